### Why a description of a model and its arrays do not make a network.

layer = layer `{ $layer }`: { $fault }
weight = layer `{ $layer }`: `{ $weight }` has shape { $got }, but shape { $expected } fits here
weight-missing = layer `{ $layer }`: its weight `{ $weight }` is missing; the layer has only { $got ->
    [one] 1 array
   *[other] { $got } arrays
}
class = layer `{ $layer }` has class { $class }, which byhand cannot compute; it knows { $known }
entry = layer `{ $layer }`: `{ $key }` is { $got }; { $expected }
entry-missing = layer `{ $layer }`: `{ $key }` is missing; { $expected }

## The description of a model

nested = there are more than { $most } levels of models inside models
not-a-model = this is not a description of a Keras model: its class is `{ $class }`, not Sequential or Functional; save it with `model.to_json()`
no-layers = this description of a Keras model has no list of layers; save it with `model.to_json()`
mask = layer `{ $layer }` takes its mask from `{ $from }`; byhand can compute only masks of layers
too-many-arrays = layer `{ $layer }` has { $got ->
    [one] 1 array
   *[other] { $got } arrays
}, and { $taken } of them belong to it; give the arrays of this very model
no-shape = the input `{ $input }` has no shape; save the model after it was built
unknown-length = the input `{ $input }` has an axis of unknown length; give an input, and byhand uses its length
arrays-left = { $count ->
    [one] 1 array belongs to no layer
   *[other] { $count } arrays belong to no layer
}; give the arrays of this very model
no-layer = there are arrays for `{ $layer }`, but no such layer; give the arrays of this very model
not-an-input = the model's input `{ $input }` is not an input layer
values = the model `{ $model }` takes { $expected ->
    [one] 1 value
   *[other] { $expected } values
}, not { $got }
circle = layer `{ $layer }` takes what `{ $missing }` gives, and that is not known before it
# A layer that takes its own result
own-result = layer `{ $layer }` takes its own result, which is not known before it
no-output = the model's output `{ $output }` does not exist

## Addresses

syntax = `{ $text }` is not an address; write LAYER.STAGE[INDEX], such as `dense.z[3]`, or `output[0]`
unknown-near = `{ $name }` does not exist; did you mean `{ $near }`?
unknown-stage = `{ $name }` does not exist; layer `{ $layer }` has { $known }
outside = `{ $address }` is outside: `{ $name }` has shape { $shape }, and indices count from 0
