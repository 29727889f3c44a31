### What does not fit an operation; follows the name of a layer. Shapes are without the axis of samples.

name-twice = another layer has the same name; give each layer its own name
no-value = it takes a value that does not exist
one-value = it takes 1 value, not { $got }
two-values = it takes 2 values, not { $got }
some-value = it takes at least 1 value
axes = it takes a value of { $rank ->
    [one] 1 axis
   *[other] { $rank } axes
} (without the axis of samples), not of shape { $shape }
axis = axis { $axis } does not fit a value of { $rank ->
    [one] 1 axis
   *[other] { $rank } axes
} besides the axis of samples, which is axis 0
no-units = { $activation } needs an axis of units, not a single number
odd-units = glu divides its units into two halves, so it needs an even number, not { $units }
element-wise = its activation is { $activation }, which does not work on single numbers
no-inputs = it takes a value with an axis of inputs, not a single number
no-times = it takes a value with an axis of times, not a single number

## Kernels and other weights

# $operation is `dense`, `conv` or `transposed`.
kernel = its kernel has shape { $shape }, not { $operation ->
    [dense] (inputs, units)
    [conv] (window.., channels, filters)
   *[transposed] (window.., filters, channels)
}
table = its table has shape { $shape }, not (words, units)
bias = its bias has shape { $shape }, which does not fit { $expected }
list = its { $weight } has shape { $shape }, which does not fit a value of shape { $value }
formula-value = `{ $formula }` does not fit a value of shape { $shape }
formula-kernel = `{ $formula }` does not fit a kernel of shape { $shape }

## Windows and groups

window-zero = a window, its stride and its dilation are at least 1
window = a window of { $reach } does not fit an axis of length { $length }
strides = it has { $count ->
    [one] 1 stride
   *[other] { $count } strides
} for { $axes ->
    [one] 1 axis
   *[other] { $axes } axes
}
padding-transposed = its padding must be "valid" or "same", and its output padding one number for each axis
cropping = it cuts { $before } and { $behind } off an axis of length { $length }
groups = { $channels } channels and { $filters } filters cannot be divided into { $groups } equal groups
channel-groups = { $channels } channels cannot be divided into { $groups } equal groups

## Sequences and attention

sequence = it takes a sequence
sequence-shape = it takes a sequence of shape (times, inputs), not of shape { $shape }
states = it takes at most { $states ->
    [one] 1 initial state
   *[other] { $states } initial states
} of shape ({ $units },)
reset-after = without reset_after the new value is the last gate, and there is one bias
queries = its queries have { $queries } numbers, and its keys have { $keys }
no-scores = it has no scores
query-and-value = it takes a query and a value
values-shape = it takes values of shape (times, units)
keys = it has { $keys } keys, but { $values } values
attention-shape = it takes values of shape (times, inputs), not { $shape }
attention-parts = its q has shape { $q }, its k { $k } and its v { $v }, which do not fit each other
too-long = it has too many times
attention-mask = its attention mask has shape { $shape }, not { $expected }

## Several values. $shapes is a list of shapes.

too-many-values = it joins { $count } values; the limit is { $most }
not-so-many = it cannot take { $count ->
    [one] 1 value
   *[other] { $count } values
}
concatenated = values of shapes { $shapes } differ in other axes than axis { $axis }
merged = values of shapes { $shapes } cannot be joined
dot = the axes to sum over have lengths { $first } and { $second }
permuted = dims { $dims } do not name each of { $rank } axes once
reshaped = { $size } numbers cannot have the shape { $shape }

## What an entry of a description should be

whole-number = it should be a whole number
number = it should be a number
true-or-false = it should be true or false
text = it should be a text
data-format = it should be "channels_last" or "channels_first"
# $count (count)
whole-numbers-for-axes = it should be { $count } whole numbers
whole-numbers = it should be whole numbers
activation = it should be the name of an activation, such as "relu"
description = it should be the description of a layer
numbers = it should be numbers
merge-mode = it should be "concat", "sum", "mul", "ave" or null
nearest = byhand can compute only "nearest"
pairs = it should be 1 number, { $count } numbers or { $count } pairs of numbers
one-or-two-axes = it should be one or two axes
not-rms = byhand can compute only false; use RMSNormalization
attention-axes = byhand can compute only attention over the axis of times
one-number = it should be one number
axes-from-one = it should be axes, counted from 1
list-of-lengths = it should be a list of lengths
padding = it should be "valid", "same" or "causal"
matrices = it takes values of at least 2 axes
no-product = it cannot multiply shape { $first } with shape { $second }
no-axis = a value of shape { $shape } has no axis { $axis }
values-needed = it takes { $count ->
    [one] 1 value
   *[other] { $count } values
}
outside-part = the part is not inside of a value of shape { $shape }
