### What `byhand check` says about a number of a training.

right = { $address } = { $answer } is right.
wrong = { $address } = { $answer } is not right; it is { $right }.
slope-by-activation = The derivative is written with the activation a, which was computed already: a(1 - a) for a sigmoid, 1 - a² for tanh.
output-minus-label = Output minus label is the whole gradient here: the derivative of the last activation and that of the cross-entropy cancel.
few-digits = These are too few digits to tell the right number from others; give more.
rounding = Rounding on the way explains the difference ({ $percent }): keep more decimals until the end.
# $singles and $pairs count what was tried.
unknown = No known mistake gives this number ({ $singles } mistakes and { $pairs } pairs were tried).
candidate = { $percent }: { $says }
same = { "     " }or, with the same numbers in the whole step: { $says }
both = { $one }; and { $other }
# $values are in the order of the candidates.
next = To tell these apart, compare { $at }: it would be { $values }.
stopped = The time was over before all mistakes were tried; `--budget 10` searches longer.
