### What `byhand check` prints, and its errors.

## What was given. The words at the beginning of a line have one width.

input = input   { $numbers }
yours = yours   { $at } = { $numbers }
yours-differs = yours   { $at } = { $numbers }  (differs)
right = right   { $at } = { $numbers }
model = model   { $at } = { $numbers }
model-differs = model   { $at } = { $numbers }  (differs)
and-more = { $numbers }, and { $count } more

## The verdict

# $digits is `cut` or `rounded`, $few `yes` or `no`.
correct = Correct to the digits that you gave{ $digits ->
    [cut] , though digits were cut off where they should be rounded
   *[rounded] { "" }
}{ $few ->
    [yes] ; so few digits prove little
   *[no] { "" }
}.
rounding = Rounding: { $how }. ({ $percent })
first-wrong = Your first value that differs is { $at }: { $number }, not { $right }.
# Numbered if there are several.
explanation = { $what } ({ $percent })
numbered-explanation = { $number }. { $what } ({ $percent })
gives = That gives { $value }; the right value is { $right }.
rounded = Rounded in { $ways ->
    [one] 1 other way
   *[other] { $ways } other ways
}, it gives this too ({ $percent } together).
leaves = The two calculations first differ at { $at }: right { $right }, this way { $wrong }.
lesson = Lesson: byhand learn { $lesson }
see-it = You can see it: this way, input { $input } gives { $at } = { $value }, and { $why }.
more = { $count ->
    [one] 1 more explanation gives
   *[other] { $count } more explanations give
} it too ({ $percent } together).
# $most of the $count explanations are of the kind $title.
more-of-a-kind = { $count ->
    [one] 1 more explanation gives
   *[other] { $count } more explanations give
} it too ({ $percent } together); { $most } of them: { $title }.
something-else = Something else: { $percent }.
# $singles (count) $pairs (count) $triples (count)
unknown = Unknown: no mistake explains it well enough. Tried: { $singles } single mistakes, { $pairs } pairs, { $triples } triples{ $stopped ->
    [yes] {" "}before the time was over; a longer --budget tries more
   *[no] { "" }
}.
nearest = The nearest is { $name }: { $distance } away.
nearest-value = The nearest is { $name }, which gives { $value }: { $distance } away.
may-be-chance = These give it, but it may be chance:
# $ways are the next two, one after the other.
try-next = Try --input { $input } next: { $at } is { $right } if calculated right{ $ways }.
way = , { $value } way { $number }
this-way = , { $value } this way

# While byhand searches
# $ways (count)
searching = Searching: { $percent } %, { $ways } ways tried

## Errors

pairs = there are { $inputs } `--input` and { $answers } `--answer`; give each answer its input, or one input for all of them
addresses = there are { $addresses } `--at` and { $answers } `--answer`; give `--at` once, or once for each answer
# $option is `--answer` or `--model-says`.
answer = { $option }: { $why }
answer-in-file = { $option } `{ $file }`: { $why }
answer-in-line = { $option } `{ $file }`, line { $line }: { $why }
answer-in-cell = { $option } `{ $file }`, line { $line }, column { $column }: { $why }
columns = { $option }: `{ $name }` has several columns: { $columns }; say which one, as in @{ $name }:{ $example }
no-column = { $option }: `{ $name }` has no column `{ $column }`; the columns are { $columns }
format = { $option }: `{ $name }` is { $format }; save your numbers as text first, in Python: np.savetxt("mine.csv", y.ravel())
address = --at { $address }: { $why }
observation = { $option } { $answer }: { $why }
observation-comma = { $option } { $answer }: { $why }; write decimals with a point, as in 20.475
data = --data: { $why }
data-format = --data: `{ $name }` is { $format }; save the table as CSV first, in Python: pd.DataFrame(x).to_csv("train.csv", index=False)
budget = --budget: { $seconds } is not a time; give seconds, such as 1 or 0.2
