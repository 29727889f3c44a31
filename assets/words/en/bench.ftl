### The bench: its panes, its pictures, the row of numbers.

# In the bottom line, as long as progress cannot be saved.
unsaved = not saved

too-small = byhand needs { $columns } columns and { $rows } rows; q quits

## Titles of panes

lesson = Lesson

network = Network

effect = What it does

calculation = Calculation

# Pictures, in the title of the pane that shows them: one word each.
view-network = network

view-matrix = matrix

view-plot = plot

view-map = map

view-curve = curve

view-bars = bars

view-compare = compare

## The first line and the timeline

parameters = { $count ->
    [one] 1 parameter
   *[other] { $count } parameters
}

step = step { $step }/{ $of }

done = done

position = { $position } of { $steps }

## The row of numbers

input-numbers = { $count ->
    [one] 1 number
   *[other] { $count } numbers
}

yours = yours

this-pass = this pass

is-yours = = yours

model = model

# The model's answer after weights were changed.
right-with-weights = right with these weights

# Where the model's answer comes from, if the framework's own number is not known.
computed = computed

target = target

target-of = { $formula } = { $value }

## The calculation

sum = sum { $value }

largest = largest: { $value }

# $index is the place of the largest number.
largest-at = at { $index }

# $says is what was done wrong, such as "you left out the bias of layer dense".
what-if = what if { $says }

right = right

same = the same

no-activation-in = no activation in { $layer }

all-units = { $activation } uses all units together: { $formula }

## Pictures

# The place of a layer, where its name is too long.
layer = layer { $number }

input = input

input-short = in

# Which units of a layer are drawn.
units = { $first }-{ $last } of { $units }

rows-columns = { $layer }: rows are inputs, columns are units

bias = bias

# Which rows and columns of a matrix are shown, such as 0-3.
shown-part = rows { $rows }, columns { $columns }

none = none

target-curve = target { $formula }

what-if-curve = what if

edited = edited

trained = trained on these inputs

trained-short = trained here

trained-shorter = trained

not-drawable = byhand draws a function of 1 or 2 inputs; this network has more

counted = counted

# $share is a percentage.
points-right = { $right } of { $count ->
    [one] 1 point
   *[other] { $count } points
} right: { $share } %

positive = positive

negative = negative

own-border = own border

own-border-short = border

true-border = true border

true-border-short = truth

right-points = right

wrong-points = wrong

all-units-here = this activation uses all units together

no-activation = no activation here

find-first = you find these numbers yourself first

nothing-added = nothing is added up yet: play the pass

# $name is what is subtracted, such as mean.
minus = minus { $name }

more = { $count } more

switch-on = Switch on a what-if: a, b or w.

first-difference = first difference

## More lines than the screen shows, with the keys that scroll to them

more-below = { $count ->
    [one] 1 more line: j
   *[other] { $count } more lines: j
}

more-above = { $count ->
    [one] 1 more line: k
   *[other] { $count } more lines: k
}

above = { $count }: k
