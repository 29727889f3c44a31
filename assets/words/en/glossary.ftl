### The glossary (key G): words of the subject, each with its meaning in plain words.

title = Words

unit = unit

unit-means = One neuron: it calculates one number from all the outputs of the layer before.

kernel = kernel

kernel-means = The weights of a layer, a table. Keras: a row for each input, a column for each unit. `dense.kernel[0,3]` is the weight from input 0 to unit 3.

bias = bias

bias-means = A number that a unit adds to its sum. `dense.bias[3]` belongs to unit 3.

activation = activation

activation-means = A function that a unit applies to its sum, such as relu or tanh. `get_weights()` does not print it.

in-means = What goes into a layer: the outputs of the layer before. `dense_1.in[0]` is the first of them.

wx-means = The weighted sum: each input times its weight, added up. `dense.wx[3]` is the sum of unit 3, without the bias.

z-means = The pre-activation: the weighted sum plus the bias. `dense.z[3]` = `dense.wx[3]` + `dense.bias[3]`.

a-means = The output of a unit: its activation, applied to z. `dense.a[3]` = relu(`dense.z[3]`), for example.

address = address

address-means = The name of a value: layer, stage, index, as in `dense.z[3]`. The stages are in, wx, z and a. Indices count from 0. `input[0]` and `output[0]` belong to the network.

logits = logits

logits-means = The values z of a last layer with softmax or sigmoid, before that activation.

target = target

target-means = The value that the network should give for this input, as it was trained.

this-pass = this pass

this-pass-means = The answer of the calculation on the screen, with the what-ifs that are on.

model = model

model-means = The answer of the network itself. (Keras) means that Keras gave this number, (computed) that byhand calculated it.

yours = yours

yours-means = Your own number (key `y`), compared with the right one.

what-if = what-if

what-if-means = A mistake that byhand makes on purpose, to show its effect (keys `a`, `b`, `w`).

float32-means = The numbers that Keras and PyTorch calculate with. A float32 has about seven digits.

ulp-means = The distance from one float32 to the next. Differences of a few ulps are rounding, not mistakes.

scaler = scaler

scaler-means = A calculation before or after the network, such as `MinMaxScaler`: times a number, plus a number. No weight shows it.

moving = moving mean and variance

moving-means = The mean and the variance that a batch normalisation keeps from training and uses at prediction.

gamma-means = The number by which a batch normalisation multiplies, learned in training.

beta-means = The number that a batch normalisation adds at the end, learned in training.

epsilon-means = A small number that is added to the variance, so that nothing is divided by 0. Keras: `0.001`, PyTorch: `0.00001`.

more = { $count ->
    [one] 1 more line
   *[other] { $count } more lines
}
