### What was assumed, concluded or left out when weights were read. No full stop at the end.

# $orientation is `keras` or `torch`.
orientation-assumed = { $orientation ->
    [keras] nothing says how the kernels are stored, and both ways fit; they are read as inputs x units (as Keras stores them). If they are units x inputs, use `--orientation torch`
   *[torch] nothing says how the kernels are stored, and both ways fit; they are read as units x inputs (as PyTorch stores them). If they are inputs x units, use `--orientation keras`
}
# $by is one of the reasons below.
orientation-said = { $orientation ->
    [keras] the kernels are read as inputs x units, because of { $by }
   *[torch] the kernels are read as units x inputs, because of { $by }
}
orientation-concluded = { $orientation ->
    [keras] the kernels are read as inputs x units: the shapes fit only this way
   *[torch] the kernels are read as units x inputs: the shapes fit only this way
}
orientation-against = { $orientation ->
    [keras] the kernels are read as inputs x units, in spite of { $by }: the shapes fit only this way
   *[torch] the kernels are read as units x inputs, in spite of { $by }: the shapes fit only this way
}
turned-one-by-one = the kernels fit each other only if some are read as inputs x units and the others as units x inputs; they are read this way

by-words = the words `{ $words }`
by-code = `{ $code }` in the text
by-tool = { $tool }, which stores them this way
by-bias-columns = the biases, which are columns
by-bias-rows = the biases, which are rows

bias-first = the first weight of each unit is read as its bias
bias-last = the last weight of each unit is read as its bias
no-bias = no bias was found for { $layers }; read as { $count ->
    [one] a layer without bias
   *[other] layers without bias
}
no-bias-anywhere = no biases were found; all layers are read without bias

names-order = the arrays are not in the order of their names; byhand uses the order of the names
data-by-name = { $arrays } { $count ->
    [one] is left out: its name says that it is an input or an output, not a weight
   *[other] are left out: their names say that they are inputs or outputs, not weights
}
data-in-line = the numbers in line { $line } are left out: they are an input or an output, not weights
prediction = { $array } is left out: it follows a complete network and has the shape of an output
bracket-mended = the text ends inside a bracket, and byhand closed it there; look whether the end of the text is missing
bracket-ignored = the closing bracket in line { $line } has no partner and is ignored
own-scale = { $tool } scales inputs and targets by itself, and the ranges are not in the text, so input and output are on the network's own scale. Give the ranges with `--scaling input=LOW,HIGH:-1,1` and `--scaling output=LOW,HIGH:-1,1`
scaling-taken = the scaling of inputs and outputs in the text is part of the network, as layers
epsilon = the epsilon of the batch normalization is not printed; { $epsilon } is used, the default of { $tool }

# $indices is `from-to` or `to-from`.
indices = { $indices ->
    [from-to] w12 is read as the weight from 1 to 2; if it is the weight to 1 from 2, use `--indices to-from`
   *[to-from] w12 is read as the weight to 1 from 2; if it is the weight from 1 to 2, use `--indices from-to`
}
indices-said = { $indices ->
    [from-to] w12 is read as the weight from 1 to 2, as the text says
   *[to-from] w12 is read as the weight to 1 from 2, as the text says
}
indices-concluded = { $indices ->
    [from-to] w12 is read as the weight from 1 to 2: the shapes fit only this way
   *[to-from] w12 is read as the weight to 1 from 2: the shapes fit only this way
}
textbook-order = the weights are given to the units in the order of their numbers, as in textbooks: first all weights of unit 1, then those of unit 2
threshold = the thresholds have an input of -1, so each bias is minus the threshold
missing-edge = { $edges ->
    [one] there is no weight from `{ $from }` to `{ $to }`; it is read as 0
   *[other] { $edges } weights are missing, the first from `{ $from }` to `{ $to }`; they are read as 0
}
disabled-edges = { $edges ->
    [one] 1 connection is switched off and left out
   *[other] { $edges } connections are switched off and left out
}
# $activations is a list such as: sloped_sigmoid(4.9), sloped_tanh(0.5)
slope = the slopes of { $tool } belong to the activations: { $activations }
activations-of-tool = the activations are those that { $tool } always uses
decimal-comma = commas inside numbers are read as decimal commas
cut-by-sizes = the list is divided by the sizes { $sizes }: for each layer first the kernel row by row (inputs x units), then the bias

## Answers to a question about how weights are stored

choice-keras = inputs x units
choice-torch = units x inputs
choice-from-to = w12 is the weight from 1 to 2
choice-to-from = w12 is the weight to 1 from 2
choice-bias-first = the bias comes before the weights of a unit
choice-bias-last = the bias comes after the weights of a unit
