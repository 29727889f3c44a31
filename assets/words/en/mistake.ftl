### What was done wrong, in the second person and the past tense. Read by people who look for their mistake. No full stop: sentences are
### joined by a list.

# $input is `input[0]` in backquotes or without, $layer the name of the layer that it goes into.
input-sign = you took { $input } with the other sign on its way into layer `{ $layer }`

# $side is `right` or `left`.
input-point = you took { $input } with its point { $places ->
    [one] 1 place
   *[other] { $places } places
} too far to the { $side ->
    [right] right
   *[left] left
} on its way into layer `{ $layer }`

# $first and $second count the digits from 1.
input-digits = you took { $input } with its digits { $first } and { $second } exchanged on its way into layer `{ $layer }`

input-misread = you misread an input on its way into layer `{ $layer }`

# $weight is `kernel[0,1]`, $typed what the learner took for it, $right what it is.
digits = you took { $weight } of layer `{ $layer }` as { $typed }; it is { $right }

digits-of-some = you copied two digits of a number of layer `{ $layer }` wrongly

# $one and $other are two numbers of one unit: `kernel[0,1]` and `bias[1]`.
exchanged = you exchanged { $one } and { $other } of layer `{ $layer }`

exchanged-some = you exchanged two numbers of a unit of layer `{ $layer }`

order-forward = you took the numbers of unit { $unit } of layer `{ $layer }` one place too late: each stands where the next belongs

order-back = you took the numbers of unit { $unit } of layer `{ $layer }` one place too early: each stands where the one before belongs

order-of-some = you took the numbers of a unit of layer `{ $layer }` in shifted order

epsilon = you added { $epsilon } as epsilon in layer `{ $layer }`; it is { $right }

epsilon-of-some = you added another epsilon in layer `{ $layer }`

# The mean and variance of all the inputs that the learner worked out.
batch = you normalised layer `{ $layer }` with the mean and variance of all your inputs together, not with the moving ones

batch-corrected = you normalised layer `{ $layer }` with the mean of all your inputs together and their variance by n - 1, not with the moving ones
