### Why the name of a value or weight names nothing. Read by everybody who writes such names.

# $known are the names of the weights there are, in backquotes.
no-weights = `{ $address }` does not exist: `{ $layer }` is a { $kind } layer; its weights are { $known }

syntax =
    `{ $text }` is not an address; write LAYER.STAGE[INDEX], such as `dense.z[3]`, `output[0]` or `dense.kernel[0,3]`

stage = `{ $stage }` is not a stage; the stages are in, wx, z and a, and the weights are kernel and bias

index = `{ $address }` is outside: `{ $what }` has shape ({ $shape }), and indices count from 0

no-value =
    `{ $address }` has no value in this pass; every layer has the stages in and a, and layers with a kernel also have wx and z
