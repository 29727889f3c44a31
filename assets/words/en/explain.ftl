### What `byhand explain` prints: a pass, or the right and the wrong way side by side, with every step.

## The first lines

# $input is a list of numbers.
by-hand = { $model } for input { $input }, calculated by hand

value = { $address } of { $model } for input { $input }

both-ways = { $model } for input { $input }, the right way and the wrong way

value-both-ways = { $address } of { $model } for input { $input }, the right way and the wrong way

title = { $model } for input { $input }

the-value = The value { $address }.

# $says is what was done wrong, such as "you left out the bias of layer dense".
mistake = with a mistake: { $says }

wrong-way-is = wrong: { $says }

another-name = { $address } is another name of { $other }

given = It is given: nothing is computed.

trained = It was trained: nothing is computed.

# A comment in LaTeX.
needs = needs { $package }

## Layers and units

heading = { $layer }: { $kind }, { $inputs ->
    [one] 1 input
   *[other] { $inputs } inputs
}, { $units ->
    [one] 1 unit
   *[other] { $units } units
}, { $activations }

no-activation = no activation

wrong-way-applies = the wrong way: { $activations }

the-wrong-way = The wrong way: { $activations }.

nothing-done = Nothing is done here.

unit = unit { $unit }

unit-gives = unit { $unit }: { $address }

unit-same = unit { $first }: the same both ways ({ $lines ->
    [one] 1 line
   *[other] { $lines } lines
})

units-same = units { $first } to { $last }: the same both ways ({ $lines ->
    [one] 1 line
   *[other] { $lines } lines
})

unit-same-values = unit { $first }: the same values, but other lines ({ $lines ->
    [one] 1 line
   *[other] { $lines } lines
})

units-same-values = units { $first } to { $last }: the same values, but other lines ({ $lines ->
    [one] 1 line
   *[other] { $lines } lines
})

lines-same = … { $lines ->
    [one] 1 line
   *[other] { $lines } lines
}, the same both ways …

more-products = … { $count ->
    [one] 1 more product
   *[other] { $count } more products
} …

more = … { $count } more …

# $example is the address of a value, such as dense.a[255].
left-out = … units { $first } to { $last } left out; see one with --value '{ $example }'

left-out-products = … units { $first } to { $last } left out ({ $products ->
    [one] 1 product
   *[other] { $products } products
}); see one with --value '{ $example }'

sum = sum

index-of-largest = index of the largest ({ $value })

## Activations that use all units together: z is the pre-activation, a the output. $sign is = or ≈.

all-together = { $activation } uses { $count ->
    [one] the only number
   *[other] all { $count } numbers
} of { $layer } together

powers = power { $sign } e^(z - { $largest }): the largest z is subtracted first; this keeps the powers small and changes no share

all-powers = sum of all powers = { $sum }

share = a { $sign } power / sum: a share of the whole, so all a add up to 1

log-share = a { $sign } z - { $largest } - ln(sum)

tau = tau = { $tau }: chosen so that all a add up to 1

above-tau = a { $sign } z - tau, or 0 where that is negative

gate = a { $sign } z × sigmoid of the z that is { $count ->
    [one] 1 place
   *[other] { $count } places
} later

column-power = power

## Two ways side by side

right = right

wrong = wrong

same = same

column-value = value

column-calculation = calculation

the-same = the same

not-done = (not done)

not-there = (left out)

not-there-still = (left out: still { $value })

never-differ = The two ways never differ: for this input the mistake changes nothing.

differ-at = The two ways first differ at { $address }.

differ-marked = The two ways first differ at { $address }; among these lines, at the mark.

differ-elsewhere = The two ways first differ at { $address }, which is not among these lines; see it with --value '{ $address }'.

count-same = { $count ->
    [one] { $same } of 1 line is the same both ways.
   *[other] { $same } of { $count } lines are the same both ways.
}

# $right is what the right way gives.
end = { $mistakes ->
    [one] With this mistake { $name } = { $wrong }; done right it is { $right }.
   *[other] With these mistakes { $name } = { $wrong }; done right it is { $right }.
}

end-same = { $mistakes ->
    [one] With this mistake { $name } = { $wrong }, and done right it is the same.
   *[other] With these mistakes { $name } = { $wrong }, and done right it is the same.
}

end-none = { $mistakes ->
    [one] With this mistake there is no { $name }; done right it is { $right }.
   *[other] With these mistakes there is no { $name }; done right it is { $right }.
}

## The last lines

depends-on = It depends on { $addresses }.

# A list of numbers that goes on.
numbers = { $shown }, … ({ $count ->
    [one] 1 number
   *[other] { $count } numbers
})

digits = Shown with at most { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}, computed in float32; `--digits exact` shows all.
