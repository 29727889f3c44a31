### Why layers do not make a network, and inputs that do not fit one.

empty = network `{ $network }` has no layer; give at least one kernel

same-name = network `{ $network }` has two layers named `{ $layer }`; rename one of them

# $from is the layer before.
inputs = layer `{ $layer }` multiplies { $wanted ->
    [one] 1 input
   *[other] { $wanted } inputs
}, but { $got ->
    [one] 1 value arrives
   *[other] { $got } values arrive
} from `{ $from }`; look whether an array is missing or in the wrong place

inputs-turned = layer `{ $layer }` multiplies { $wanted ->
    [one] 1 input
   *[other] { $wanted } inputs
}, but { $got ->
    [one] 1 value arrives
   *[other] { $got } values arrive
} from `{ $from }`; this kernel seems transposed: Keras stores (inputs, units), PyTorch (units, inputs)

bias = layer `{ $layer }` has a kernel of shape ({ $inputs }, { $units }) and a bias of { $got ->
    [one] 1 number
   *[other] { $got } numbers
}; a bias has one number for each unit, { $units } here

list = layer `{ $layer }` has { $got ->
    [one] 1 number
   *[other] { $got } numbers
} in `{ $list }`, and { $expected } units; give one number for each unit

size = layer `{ $layer }` has a kernel of shape ({ $inputs }, { $units }); both must be between 1 and { $most }

odd = layer `{ $layer }` cannot apply `{ $activation }` to { $units ->
    [one] 1 value
   *[other] { $units } values
}; `{ $activation }` needs an even number

unknown-layer = no layer is called `{ $layer }`; the layers are { $known }

no-weight = layer `{ $layer }` has no weight { $weight }; its kernel has shape ({ $inputs }, { $units })

input = `{ $network }` takes { $wanted ->
    [one] 1 number
   *[other] { $wanted } numbers
}, and { $got ->
    [one] 1 was given
   *[other] { $got } were given
}

decimals = write a number from 0 to { $most }, or `exact`
