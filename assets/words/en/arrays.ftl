### Why arrays make no network. Read by people who pasted or opened weights.

# How an array is called: by its name, or by its number and line.
named = `{ $name }`
numbered = array { $number } (line { $line })
# $array is one of the two, $shape is as NumPy writes it: (1, 16).
with-shape = { $array } { $shape }

# Also the kinds of files that byhand does not read
format = this is { $format }, which byhand does not read; save the output of `print(model.get_weights())` as a text file and open that file
not-text = this is not text: byte 0x{ $byte } in line { $line } is not UTF-8; save it as UTF-8 text

empty = there is no array here; print the weights with `print(model.get_weights())` and paste the whole output

## Layers that are not computed. $layer is a layer class, such as `LSTM` (recurrent).

class = { $family ->
    [recurrent] `{ $class }` (recurrent)
    [convolution] `{ $class }` (convolution)
   *[other] `{ $class }`
}
of-class = { $array } has shape { $shape } and belongs to a layer of class { $layer }; { -only-dense }
layer-of-class = layer `{ $name }` has class { $layer }; { -only-dense }
recurrent-kernel = { $array } has shape { $shape } and is the recurrent kernel of a recurrent layer; { -only-dense }
convolution = { $array } has shape { $shape } and looks like the kernel of a `Conv{ $axes }D` layer (convolution); { -only-dense }
# $like is a layer with its units, such as GRU(3); $recurrent-shape the shape of its recurrent kernel.
recurrent = { $array } looks like the kernel of a recurrent layer, { $like }, with kernel and recurrent kernel of shapes { $kernel-shape } and { $recurrent-shape }; { -only-dense }

## Arrays that do not belong together

lone-bias = { $array } is a bias of { $length ->
    [one] 1 number
   *[other] { $length } numbers
}, but there is no kernel before it; paste the arrays in the order of `get_weights()`
# $vectors (count)
vectors = { $vectors } vectors follow { $kernel }; the first would be its bias, and 4 more a batch normalization (gamma, beta, moving mean, moving variance); look whether a vector is missing or does not belong there
unmatched = { $bias } has no kernel: there { $kernels ->
    [one] is 1 kernel
   *[other] are { $kernels } kernels
} and { $biases ->
    [one] 1 bias
   *[other] { $biases } biases
}; paste all arrays of the network
# $units is what fits, such as: 3
bias = { $kernel } has shape { $shape }, and its bias { $bias } has { $length ->
    [one] 1 number
   *[other] { $length } numbers
}; a bias has one number for each unit, { $units } here; look whether an array is missing or in the wrong place
bias-either = { $kernel } has shape { $shape }, and its bias { $bias } has { $length ->
    [one] 1 number
   *[other] { $length } numbers
}; a bias has one number for each unit, here { $columns } (inputs x units) or { $rows } (units x inputs); look whether an array is missing or in the wrong place
# $orientation is `keras` or `torch`.
chain = { $first } has shape { $first-shape } and gives { $gives ->
    [one] 1 number
   *[other] { $gives } numbers
}, but { $second } has shape { $second-shape } and takes { $takes }, read as { $orientation ->
    [keras] inputs x units
   *[torch] units x inputs
}; the shapes do not fit the other way either; look whether an array is missing or in the wrong place
orientation = with `--orientation { $given }` the shapes do not fit; with `--orientation { $other }` they fit
names-against-shapes = the names and the shapes do not agree: the order of the names is { $by-name }, which does not fit, and the shapes fit in the order { $by-shape }; correct the names or the order, and open it again
sizes = the sizes { $sizes } need { $needed } numbers (kernels and biases), and the list has { $found }; look whether all numbers are there

## What only the user knows

ask-bias = the kernels fit each other only if each unit's bias is one of its weights, and nothing says whether it is the first or the last; say which with `--bias first` or `--bias last`
ask-indices = the text does not say whether w12 is the weight from 1 to 2 or the weight to 1 from 2, and both fit; say which with `--indices from-to` or `--indices to-from`
activations = the arrays make { $layers ->
    [one] 1 layer
   *[other] { $layers } layers
}, and { $activations ->
    [one] 1 activation was given
   *[other] { $activations } activations were given
}; give one activation for each layer, as in `--activations { $example }`; in Keras, `[layer.activation.__name__ for layer in model.layers]` shows them

## Named weights, such as w12

indices-do-not-fit = with `--indices { $given }` the weights do not fill whole layers; try `--indices { $other }`
gaps = the named weights make no network: they do not fill whole layers that fit each other; look whether one is missing
bias-indices = the named weights make no network: a bias has two indices, and a bias belongs to one unit; give each bias one index, such as b3
numbering = the named weights make no network: their numbers have a gap or appear twice; number them w1, w2, w3 and so on
several-ways = { $count } weights can be divided among layers in several ways; write the sizes into the text, such as `a 2-2-1 network`

## Networks that are not a chain of layers. $why is one of the sentences below.

no-chain = this network cannot be opened: { $why }; byhand opens chains of layers
no-chain-tool = this network of { $tool } cannot be opened: { $why }; byhand opens chains of layers
no-chain-weights = the weights cannot be opened: { $why }; byhand opens chains of layers

line-missing = its line `{ $line }` is missing or broken
fixed-point = it is a fixed-point network; save it with `fann_save`
shortcuts = it has shortcut connections that jump over layers
neurons = it says { $count } neurons and lists { $got }
jump = `{ $from }` feeds `{ $to }`, jumping over a layer
no-activation = `{ $unit }` has the activation `{ $activation }` of { $tool }, which byhand does not have
no-activation-in-network = it uses the activation `{ $activation }` of { $tool }, which byhand does not have
no-steep-activation = it uses the activation { $activation } of FANN with steepness { $steepness }, which byhand does not have
aggregation = `{ $unit }` combines its inputs by `{ $aggregation }`, not by a sum
response = `{ $unit }` has the response { $response }, which multiplies the sum before the bias
context-units = it is a recurrent network with context units
bias-activation = its bias activation is neither 0 nor 1
weights = it needs { $needed } weights, and lists { $got }
gated = some of its connections are gated, as in a recurrent network
mostly-empty = most of its units are not connected
two-weights = there are two weights from `{ $from }` to `{ $to }`
two-activations = `{ $unit }` has another activation than the other units of its layer
no-inputs = `{ $unit }` has a bias, but no weight leads to it
circle = its connections go round in a circle at `{ $unit }`, as in a recurrent network

## Built-in models, and networks that were kept

no-model = no built-in model is called `{ $name }`; the built-in models are { $known }
no-model-near = no built-in model is called `{ $name }` (did you mean `{ $near }`?); the built-in models are { $known }
damaged = the built-in model `{ $name }` is damaged: { $why }; install byhand again
no-such-file = `{ $path }` is missing
kept-at = line { $line }, column { $column }: { $why }
left-over = the array in line { $line } belongs to no layer
no-array = layer `{ $layer }` has no { $what ->
    [kernel] kernel
    [gamma] gamma
    [beta] beta
    [mean] moving mean
   *[variance] moving variance
}
kernel-damaged = the kernel of layer `{ $layer }` is not complete
activation-of = layer `{ $layer }`: { $why }

# More numbers than this are not read from a text.
too-many-numbers = the text has more than { $most } numbers, the limit for texts; save the arrays with `numpy.savez` and give that file
