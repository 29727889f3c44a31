### What is said about the numbers that a learner typed on the bench with `y`.

# A line about the number that was typed last. $number is such as 20.475, or dense.z[1] = 4.89.
is-right = { $number }: right
is-right-cut = { $number }: right, cut off instead of rounded
is-right-shown = { $number }: right with the digits shown; exactly { $exact }
is-right-shown-only = { $number }: right with the digits shown

# Beside the number, in the row below the bench.
exactly = exactly { $exact }
too-few-digits = too few digits

# The title of the panel about a number with too few digits.
too-few-digits-title = Too few digits to tell

# Beside each number in the panel, where there are several.
right = right
cut = right, cut off
shown-digits = right with the digits shown
explained-here = differs first, explained here
differs-too = differs too
follows = follows from your earlier numbers
second-mistake = a second mistake
