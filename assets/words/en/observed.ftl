### Numbers that somebody computed, and that do not fit a network of layers.

none = there is no answer to check; give an input and the number that you got

given = `{ $address }` is given, not computed; name a value of the pass, such as `output[0]`

count = `{ $address }` holds { $expected ->
    [one] 1 number
   *[other] { $expected } numbers
}, and { $got ->
    [one] 1 was given; say which one you mean, as in `{ $address }[0]`, or give all of them
   *[other] { $got } were given
}

answer = --answer { $answer }: { $why }

input = input   { $list }

# $name is the name of one of several inputs.
input-of = input   { $name } = { $list }

yours = yours   { $at } = { $numbers }

model = model   { $at } = { $numbers }

model-differs = model   { $at } = { $numbers }  (differs)

yours-differs = yours   { $at } = { $numbers }  (differs)

right = right   { $at } = { $numbers }

# A list of numbers that is too long for its line.
and-more = { $shown }, and { $count } more

correct = Correct to the digits that you gave.

rounding = Rounding: an honest calculation with the digits that are shown can give this. ({ $probability })

too-few-digits = Too few digits: this fits the right value, and many others. Give at least four digits.

unknown = Nothing that byhand knows gives this: { $tried } ways tried. ({ $probability } for a cause that is in no list)

# $says is a sentence that begins with "You".
candidate = { $number }. { $says }. ({ $probability })

and-also = { " and " }

difference = The first value that differs is { $at }: { $wrong }, not { $right }.

same-as = The same number comes from { $names }.

lesson = Lesson: { $id }

more-candidates = { $count ->
    [one] 1 more explanation gives it too.
   *[other] { $count } more explanations give it too.
}

stopped = The search ended before all ways were tried; `--budget SECONDS` gives it more time.

next-input = To tell them apart, work out { $at } for the input { $input }:

next-right = right   { $value }

next-value = { $number }.      { $value }
