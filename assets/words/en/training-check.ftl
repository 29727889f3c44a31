### What `byhand check` says about a number of a training.

right = { $address } = { $answer } is right.
wrong = { $address } = { $answer } is not right; it is { $right }.
few-digits = These are too few digits to tell the right number from others; give more.
rounding = Rounding on the way explains the difference ({ $percent } %): keep more decimals until the end.
# $singles and $pairs count what was tried.
unknown = No known mistake gives this number ({ $singles } mistakes and { $pairs } pairs were tried).
candidate = { $percent } %: { $says }
same = { "     " }or, with the same numbers in the whole step: { $says }
both = { $one }; and { $other }
# $values are in the order of the candidates.
next = To tell these apart, compare { $at }: it would be { $values }.
stopped = The time was over before all mistakes were tried; `--budget 10` searches longer.
