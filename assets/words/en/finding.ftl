### The panel that explains a wrong number (key f).

title-number = Why { $number }?

lesson = Lesson { $number }: { $title }

## The learner's own numbers

# $input is the input for which the numbers are, such as 10.
count-at = { $count ->
    [one] 1 number of yours counts at x = { $input }:
   *[other] { $count } numbers of yours count at x = { $input }:
}

count = { $count ->
    [one] 1 number of yours counts:
   *[other] { $count } numbers of yours count:
}

number-at = { $number } at x = { $input }

set-aside-one = Set aside: { $number } at x = { $input }. `o` counts it too.

set-aside = { $count ->
    [one] Set aside: 1 number for another input. `o` counts it too.
   *[other] Set aside: { $count } numbers for other inputs. `o` counts them too.
}

## The search

searching = It is not right. Looking for the reason:

progress = { $percent } %, { $tried ->
    [one] 1 wrong way tried
   *[other] { $tried } wrong ways tried
}

## What was found

correct = It is right.

rounding = Rounding: { $says }.

rounding-hidden = Rounding: numbers rounded on the way explain it.

# $percent is such as "99.7 %".
rounded-otherwise = { $percent }; { $others } rounded in another way

nothing-likely = Nothing likely explains it.

nothing-known = No mistake that byhand knows explains it.

tried = { $singles } single mistakes, { $pairs } pairs and { $triples } triples were tried.

by-chance = By chance it could be this: { $says }

nearest = The nearest number, { $value }, comes out if { $says }.

type-middle = Type a value from the middle after y, such as `{ $address } = 1.5`: then byhand searches only before it.

same-everywhere = { $more ->
    [0] The same everywhere: `{ $name }`.
   *[other] The same everywhere: `{ $name }` and { $more } more.
}

## The table of values

address-at = { $address } at { $input }

column-right = right

column-wrong = your way

yours = you: { $number }

first-difference = the first difference

shows-best = shows the difference best

tells-most = try this input next

## Other explanations

explanation = Explanation { $number } of { $count } (←→).

less-likely = { $count } less likely ({ $percent } together).

less-likely-kind = { $count } less likely ({ $percent } together, { $most } of them: { $kind }).

something-else = Something else: { $percent }.
