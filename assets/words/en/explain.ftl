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

## A workbook with formulas

# The name of the first sheet.
workbook-start = input and output

workbook-title = { $model }, calculated in cells

workbook-change = The blue cells are the input and the weights. Change one, and the spreadsheet computes everything again.

workbook-float32 = Keras and PyTorch keep about 7 digits of each result (float32). The column float32 does the same, and the next formulas use it.

workbook-byhand = The column “byhand” has the right value for the numbers as they were written. A red difference shows what has changed.

# $says is what is done wrong, such as "you left out the bias of layer dense".
workbook-what-if = what if: { $says }

# $shape is such as (2, 5).
workbook-array = { $name }, shape { $shape }

workbook-array-what-if = what if: { $name }, shape { $shape }

workbook-address = address

workbook-calculation = calculation

workbook-first = first number

workbook-second = second number

# A product, or what is computed before the value.
workbook-between = product or step

workbook-value = value

workbook-rounded = float32

workbook-right = byhand

workbook-difference = difference

workbook-output = output

workbook-sheet = this workbook

workbook-wrong = what if

workbook-too-large = a workbook of this needs { $cells } cells, more than the most, { $most }; with --value ADDRESS it has one value and what that is computed from

workbook-no-formula = a spreadsheet has no formula for { $function }

workbook-terminal = a workbook is no text for a terminal; write it to a file: --output FILE.xlsx, or > FILE.xlsx

workbook-one-input = a workbook has one input, and { $count } are given; write one workbook for each

workbook-training = a workbook shows a forward pass, and these options describe a training step; leave them out, or use another format

## A page of HTML, and matrices

page-input = input

page-diagram = The network with the values of this pass. Blue lines are positive weights, orange ones negative.

page-function = What the network computes for each input. The point is this pass.

page-function-both = What the network computes for each input: blue the right way, orange and dashed with the mistake. The points are this pass.

page-layers = The layers, with the shapes of what they give.

page-more-layers = { $count ->
    [one] and 1 more layer
   *[other] and { $count } more layers
}

matrix-rounded = The values of this layer were rounded on the way.

matrix-form = the matrix form is LaTeX: give --format latex with it

matrix-of-graph = the matrix form is for dense layers one after the other, and `{ $model }` is no such chain; leave out --form matrix
