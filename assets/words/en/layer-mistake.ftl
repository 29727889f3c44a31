### Mistakes in layers of all kinds, in the second person and the past tense. No full stop: sentences are joined by a list. $layer is the
### name of the layer, $stage an address such as `lstm.shown`.

no-activation-at = you skipped { $activation } at `{ $stage }`

other-activation = you applied { $used } at `{ $stage }`; it is { $right }

# $weight is the name of a bias, such as `recurrent_bias`.
no-bias = you left out `{ $weight }` of layer `{ $layer }`

subtracted-bias = you subtracted `{ $weight }` of layer `{ $layer }`; it is added

transposed = you exchanged rows and columns of `{ $weight }` of layer `{ $layer }`

misread = you read the numbers of `{ $weight }` of layer `{ $layer }` in the order outputs, inputs, window, as PyTorch stores them

flipped-kernel = you turned the kernel of layer `{ $layer }` round; deep learning does not flip it

# $how is `none-in-front`, `all-in-front`, `odd-in-front` or `half-of-window`.
wrong-padding = { $how ->
    [none-in-front] you added no zeros in front in layer `{ $layer }`
    [all-in-front] you added all zeros in front in layer `{ $layer }`
    [odd-in-front] you added the odd zero in front in layer `{ $layer }`; it comes behind
   *[half-of-window] you added half of the window as zeros on both sides in layer `{ $layer }`
}

wrong-stride = you moved the window of layer `{ $layer }` by { $places ->
    [one] 1 place
   *[other] { $places } places
}

wrong-dilation = you took places side by side for the window of layer `{ $layer }`; its dilation spreads them

channels-order = you took the numbers that go into layer `{ $layer }` with their channels on the other side of rows and columns

flatten-order = you put the numbers of layer `{ $layer }` in a row channel by channel; the channels run fastest

reversed-time = you went through the sequence from the other end in layer `{ $layer }`

# $what is `average`, `largest` or `sum`.
wrong-pooling = { $what ->
    [average] you took the average of each window in layer `{ $layer }`, not the largest number
    [largest] you took the largest number of each window in layer `{ $layer }`, not the average
   *[sum] you took the sum of each window in layer `{ $layer }`, not the average
}

whole-window = you divided by the size of the whole window at the border in layer `{ $layer }`; only numbers inside count

# $right and $taken are orders of gates, such as `i,f,g,o`.
gate-order = you took the gates of layer `{ $layer }` in the order { $taken }; the weights hold them as { $right }

# $where is `before` or `after`.
reset-gate = { $where ->
    [before] you applied the reset gate of layer `{ $layer }` before the product with the recurrent kernel; it comes after (reset_after=True)
   *[after] you applied the reset gate of layer `{ $layer }` after the product with the recurrent kernel; it comes before (reset_after=False)
}

forget-bias = you added 1 to the forget gate of layer `{ $layer }`; its bias contains it already

update-gate = you took z for 1 - z in layer `{ $layer }`

initial-state = you began layer `{ $layer }` with a state of ones; it begins with zeros

# $which is `one-too-few` or `first`.
last-step = { $which ->
    [first] you took the state of layer `{ $layer }` after the first time, not after the last
   *[one-too-few] you went through one time too few in layer `{ $layer }`
}

forgotten-state = you began every time of layer `{ $layer }` with its initial state; nothing was carried on

forgotten-memory = you did not carry the memory c of layer `{ $layer }` on to the next time

bessel = you divided the squares of layer `{ $layer }` by n - 1; it is n

# $what is `mean`, `deviation`, `gamma` or `beta`.
skipped-stage = { $what ->
    [mean] you did not subtract the mean in layer `{ $layer }`
    [deviation] you did not divide by the deviation in layer `{ $layer }`
    [gamma] you did not multiply by gamma in layer `{ $layer }`
   *[beta] you did not add beta in layer `{ $layer }`
}

normalised-first = you normalised in layer `{ $layer }` before { $activation }; { $activation } comes first

activated-first = you applied { $activation } before layer `{ $layer }`; it comes after

softmax-axis = you took the softmax of layer `{ $layer }` along axis { $axis }

softmax-of-all = you took the softmax of all numbers of layer `{ $layer }` together

unscaled-scores = you did not scale the scores of layer `{ $layer }`

# $how is `without-root`, `times-root`, `all-heads` or `as-in-paper`.
wrong-scale = { $how ->
    [without-root] you divided the scores of layer `{ $layer }` by d, not by its root
    [times-root] you multiplied the scores of layer `{ $layer }` by the root of d; they are divided by it
    [all-heads] you scaled the scores of layer `{ $layer }` by the width of all heads together; d is the width of one
   *[as-in-paper] you scaled the scores of layer `{ $layer }` by 1 / sqrt(d); this layer does not scale
}

# $which is `query-key` or `key-value`.
swapped-projections = { $which ->
    [query-key] you took queries for keys in layer `{ $layer }`, and keys for queries
   *[key-value] you took keys for values in layer `{ $layer }`, and values for keys
}

forgotten-mask = you forgot the mask of layer `{ $layer }`

# $number is a number of the weights, such as `kernel[0,3]`.
missing-term = you left out { $number } of layer `{ $layer }`

sign-error = you took { $number } of layer `{ $layer }` with the other sign

no-layer = there is no layer `{ $layer }`; the layers are { $known }

which-way = say in which way, after the layer: { $known }
