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

# The mean and variance of all the inputs that the learner computed.
batch = you normalised layer `{ $layer }` with the mean and variance of all your inputs together, not with the moving ones

batch-corrected = you normalised layer `{ $layer }` with the mean of all your inputs together and their variance by n - 1, not with the moving ones

class-for-value = you gave the index of the largest value of layer `{ $layer }`, not the values

averaged-sum = you took the average of the products in layer `{ $layer }`, not their sum

batch-of-one = you normalised layer `{ $layer }` with the mean and variance of your own input, not with the moving ones

corrected-variance = you corrected the variance of layer `{ $layer }` for a batch of { $n } samples

corrected-variance-of-some = you corrected the variance of layer `{ $layer }` for the size of the batch

epsilon-outside = you added epsilon outside the root in layer `{ $layer }`

gamma-for-beta = you took gamma for beta in layer `{ $layer }`, and beta for gamma

variance-for-deviation = you divided by the variance in layer `{ $layer }`, not by its root

no-epsilon = you left epsilon out of layer `{ $layer }`

late-bias = you added the bias of layer `{ $layer }` after the activation, not before

bias-per-input = you added the bias of layer `{ $layer }` to each of its { $inputs } products, not once to their sum

activation-for-none = you applied { $added } in layer `{ $layer }`, which has no activation

second-activation = you applied { $added } after { $own } in layer `{ $layer }`

extra-activation = you applied one activation too many in layer `{ $layer }`

misread-kernel = you read the kernel of layer `{ $layer }` column by column; it is printed row by row

missing-product = you left the product with { $weight } of layer `{ $layer }` out of its sum

missing-weight = you left { $weight } of layer `{ $layer }` out

missing-term = you left one term of a sum of layer `{ $layer }` out

mistyped-number = you copied a number of layer `{ $layer }` wrongly

reversed-columns = you took the columns of layer `{ $layer }` in reverse order, but not its biases

reversed-inputs = you took the inputs of layer `{ $layer }` in reverse order

rounded-values-of-some = you rounded on the way

rounded-weights-of-some = you rounded the weights

wrong-sign = you took { $weight } of layer `{ $layer }` as { $typed }, with the wrong sign

wrong-sign-of-some = you took a weight of layer `{ $layer }` with the wrong sign

no-activations = you skipped every activation

no-activation = you skipped { $skipped } in layer `{ $layer }`

no-biases = you left every bias out

no-bias = you left the bias of layer `{ $layer }` out

no-layer = you left layer `{ $layer }` out

no-unit = you left unit { $unit } of layer `{ $before }` out of the sums of layer `{ $layer }`

no-unit-of-some = you left one of the inputs of layer `{ $layer }` out

softmax-without-sum = you did not divide the exponentials of layer `{ $layer }` by their sum

softmax-over-samples = you took the softmax of layer `{ $layer }` over the samples, not over its units

subtracted-bias = you subtracted the bias of layer `{ $layer }` instead of adding it

swapped-inputs = you exchanged input[{ $a }] and input[{ $b }] on their way into layer `{ $layer }`

swapped-inputs-of-some = you exchanged two inputs on their way into layer `{ $layer }`

transposed-kernel = you took the rows of the kernel of layer `{ $layer }` for its columns

unscaled-input = you forgot to scale the input: layer `{ $layer }` was left out

unscaled-output = you forgot to scale the output back: layer `{ $layer }` was left out

absolute-value = you took the absolute value in layer `{ $layer }`, where the model has { $own }

wrong-activation = you applied { $used } in layer `{ $layer }`, where the model has { $own }

steep-activation = you multiplied by { $steep } before { $own } in layer `{ $layer }`

negative-part = you kept the negative part in layer `{ $layer }`, where { $own } keeps the positive part

other-activation = you applied another activation than { $own } in layer `{ $layer }`

bias-of-other-layer = you added the bias of layer `{ $other }` in layer `{ $layer }`

other-bias = you added another bias in layer `{ $layer }`

range-to-unit-input = you mapped the input to [0, 1], not to [-1, 1] (layer `{ $layer }`)

range-to-unit-output = you mapped the output back from [0, 1], not from [-1, 1] (layer `{ $layer }`)

range-to-symmetric-input = you mapped the input to [-1, 1], not to [0, 1] (layer `{ $layer }`)

range-to-symmetric-output = you mapped the output back from [-1, 1], not from [0, 1] (layer `{ $layer }`)

range-count = you scaled with 256, not with 255 (layer `{ $layer }`)

range-without-offset-input = you only divided the input and did not subtract the minimum or mean (layer `{ $layer }`)

range-without-offset-output = you only multiplied the output and did not add the minimum or mean (layer `{ $layer }`)

range-without-scale-input = you subtracted the mean from the input and did not divide by the deviation (layer `{ $layer }`)

range-without-scale-output = you added the mean to the output and did not multiply by the deviation (layer `{ $layer }`)

range-variance-input = you divided the input by the variance, not by the deviation (layer `{ $layer }`)

range-variance-output = you multiplied the output by the variance, not by the deviation (layer `{ $layer }`)

range-other-end-input = you scaled the input with the scaler of the targets (layer `{ $layer }`)

range-other-end-output = you mapped the output back with the scaler of the inputs (layer `{ $layer }`)

range-other = you scaled with another range than in training (layer `{ $layer }`)

# $how is `cut` or `rounded`.
rounded-results = you { $how ->
    [cut] cut
   *[rounded] rounded
} the result of every layer to { $decimals ->
    [0] whole numbers
    [one] 1 decimal
   *[other] { $decimals } decimals
}

rounded-values = you { $how ->
    [cut] cut
   *[rounded] rounded
} every value on the way to { $decimals ->
    [0] whole numbers
    [one] 1 decimal
   *[other] { $decimals } decimals
}

rounded-products = you { $how ->
    [cut] cut
   *[rounded] rounded
} every product and every value on the way to { $decimals ->
    [0] whole numbers
    [one] 1 decimal
   *[other] { $decimals } decimals
}

rounded-weights = you { $how ->
    [cut] cut
   *[rounded] rounded
} the weights to { $decimals ->
    [0] whole numbers
    [one] 1 decimal
   *[other] { $decimals } decimals
}

bias-of-unit-before = you gave each unit of layer `{ $layer }` the bias of the unit { $places ->
    [one] before it
   *[other] { $places } places before it
}

bias-of-unit-after = you gave each unit of layer `{ $layer }` the bias of the unit { $places ->
    [one] after it
   *[other] { $places } places after it
}

## What is wrong with the name of a mistake

unknown-kind = `{ $kind }` is not a mistake that byhand knows; the kinds are { $known }

unknown-kind-near = `{ $kind }` is not a mistake that byhand knows; did you mean `{ $near }`?

no-layer-named =
    `{ $text }` does not name a layer; write KIND:LAYER, such as `skipped-activation:dense`, or KIND:LAYER:ACTIVATION

bad-detail = `{ $text }`: { $why }

unknown-detail = `{ $text }` does not say in which way the mistake is made

not-here = `{ $mistake }` cannot be made: { $why }

which-activation = say which activation, as in KIND:LAYER:tanh

no-detail = this kind takes no detail after the layer

which-way = say in which way, as in `{ $example }`

which-number = say which number of layer `{ $layer }` became which, as in KIND:LAYER:kernel[0,0]=0.5

nothing-to-change = layer `{ $layer }` has nothing for it to change
