### The verdict on a learner's own numbers, on the screen and from `byhand check`.

# Mistakes that were made together; each is a sentence of mistake.ftl.
and = { $first }, and { $second }
# $what begins with a capital letter.
sentence = { $what }.

## How probable something is

percent = { $percent } %
percent-most = over 99.9 %
percent-least = under 0.1 %

## Why a number is a little off. The next three follow "Rounding:".

rounding-off = you are off by { $off }; rounding on the way to { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
} moves this value by up to { $most }
# $decimals (count)
rounding-shown = this follows from numbers that are shown with { $decimals } decimals
rounding-on-the-way = numbers rounded on the way explain it

## Too few digits

too-few-digits = Too few digits, so this is neither right nor wrong: { $number } fits every number from { $low } to { $high }. Give at least { $decimals } decimals.
too-few-digits-of = Too few digits, so this is neither right nor wrong: { $number } fits every number from { $low } to { $high }. One of them is { $right }, the right value of `{ $at }`. Give at least { $decimals } decimals.

## Why a value is impossible

outside = { $activation } gives nothing outside of { $low } to { $high }
below = { $activation } gives nothing below { $low }
above = { $activation } gives nothing above { $high }
sum-not-one = the outputs add up to { $sum }, not to 1
not-finite = this is not a finite number

## What happened to a right number

misplaced = { $numbers ->
    [one] Your number is right, but it is `{ $found }`, not `{ $at }`.
   *[other] Your numbers are right, but they are `{ $found }`, not `{ $at }`.
}
# $slip is one of the next three.
slip = Your number is the right one { $slip }.
slip-sign = with the other sign
slip-point = with its point { $places ->
    [one] 1 place
   *[other] { $places } places
} too far to the { $side ->
    [right] right
   *[left] left
}
slip-exchanged = with two digits exchanged
not-together = Nothing explains all your numbers together. { $number } by itself:

## Numbers that cannot be checked

nothing = there is no answer to check; give an input and the number that you got
given = `{ $address }` is given, not computed; name a value of the pass, such as `output[0]` or `0.z[0]`
count = `{ $address }` has { $expected ->
    [one] 1 number
   *[other] { $expected } numbers
}, and { $got ->
    [one] 1 was given; say which one you mean, as in `{ $address }[0]`, or give all of them
   *[other] { $got } were given
}
comma = `{ $text }` has a comma; write the decimals after a point, as in { $with-point }
not-a-number = `{ $text }` is not a number; write one such as 20.475 or -1.5e-3
