### Model files: what they are called, and why one cannot be opened.

# Names of formats, as they stand in `models` and in errors.
zip-archive = zip archive
hdf5-file = HDF5 file
keras-archive = Keras archive (.keras)
keras-hdf5 = Keras HDF5 file (.h5)
keras-weights = Keras weights (.weights.h5)
keras-weights-only = Keras 2 weights (.h5)
hdf5-arrays = HDF5 file with arrays

# Places in a file
its-directory = the list of its files
its-beginning = the beginning

# Reasons; they stand behind "is damaged at PLACE: "
past-the-end = it reaches past the end of the file
outside = the name leaves the folder of the model; only files beside it are read
not-there = it is not in the file
packing = it is packed in a way that byhand does not unpack; save it again with Python
other-size = its size is not the one that the file says
checksum = its checksum is another one
too-deep = there are more than { $most } groups within groups
more-than = there are more than { $most } of them

# Errors
unreadable-part = cannot be read: { $why }
damaged = the { $format } is damaged or cut short at `{ $place }` ({ $why }); save or copy it again
too-large = holds more than { $most } MiB, the limit for a file that is read as a whole; byhand is for networks that a person can follow
too-many-numbers = holds more than { $most } numbers, the limit; byhand is for networks that a person can follow
length = the array `{ $name }` has { $got } numbers, but its shape is { $shape }
kind = the array `{ $name }` holds { $kind }, and byhand reads only numbers
neighbour = the file `{ $name }` beside it is needed and cannot be read: { $why }
json-wrong = the description of the model is not valid JSON: { $why }
no-layer = the array `{ $array }` belongs to a layer `{ $layer }`, which the description does not have; give the description of the same model
needs-architecture = has weights but no description of the network; give one with `--architecture FILE` (in Python: open("model.json", "w").write(model.to_json()) for Keras, print(model) for PyTorch), or for Dense layers one after the other say their activations, as in `--activations relu,linear`
needs-weights = describes a network but has no weights; give the file of weights, and this one as `--architecture FILE`
own-architecture = has its own description of the network; leave `--architecture` out
no-architecture = --architecture: this is no description of a network; it should be what `model.to_json()` gives for Keras, or what `print(model)` prints for PyTorch
model-file = `{ $name }` { $why }
model-fault = `{ $name }`: { $why }
no-chain = `{ $name }` is read, but this command works only for Dense and BatchNormalization layers one after the other; `byhand predict`, `explain`, `check` and `models` work for every network
not-whole = `{ $name }`: the layer `{ $layer }` is a { $kind }, which byhand cannot compute; `byhand predict` computes everything before it
npy-file = NumPy file (.npy)
npz-file = NumPy archive (.npz)
unknown-zip = is a zip archive, but no model: byhand reads `.keras`, `.npz` and PyTorch's `.pt`
safetensors-file = safetensors file
torch-file = PyTorch file (.pt)
torch-module = PyTorch module (.pt)
pickle = Python pickle
its-header = its header
its-end = the end
too-long = it is longer than { $most } MiB
at-byte = byte { $byte }
stack-empty = an instruction has nothing to work on
no-call = it calls something that is no name
instruction = the instruction { $instruction } at byte { $byte }
pickle-refused = contains `{ $what }`, which byhand does not read: a Python pickle can run programs, and byhand runs nothing. If you trust the file, convert it in Python: import torch; from safetensors.torch import save_file; save_file(torch.load("model.pt", weights_only=True), "model.safetensors")
pickle-no-weights = is a Python pickle without a dictionary of weights; save the weights alone, in Python: torch.save(model.state_dict(), "model.pt")
no-tensor = its description is not one of a tensor
storage = numbers of a kind that byhand does not know
other-objects = Python objects
no-weight-axis = its weight has another number of axes
no-input-shape = the shape of the input cannot be read from this layer; begin with the first layer that has weights
not-lengths = `{ $key }` is { $got }, not { $count } whole numbers
axis-last = log_softmax along axis { $axis } cannot be computed, only along the last one
adaptive = adaptive pooling can be computed for an output of size 1 only
padding-mode = padding can be computed with zeros only
pooling-mode = pooling with dilation or ceil_mode cannot be computed
# $most is a number of layers.
recurrent-layers = recurrent modules are computed up to { $most } layers

recurrent-mode = recurrent layers with `proj_size` cannot be computed
torch-classes = Linear, Conv1d to Conv3d, ConvTranspose1d to ConvTranspose3d, MaxPool, AvgPool, AdaptiveAvgPool, BatchNorm, LayerNorm, GroupNorm, Embedding, LSTM, GRU, RNN, Flatten, Dropout, Softmax and the activations
activations = has { $layers } layers with weights, and { $given } activations were given; say one for each, as in `--activations relu,linear`

onnx-file = ONNX file
tfjs-file = TensorFlow.js model (JSON)
no-message = it is no list of fields, or has too many of them
no-graph = it has no graph
no-graph-model = is a TensorFlow.js graph model, which has no layers; convert the Keras model with tensorflowjs_converter --output_format=tfjs_layers_model
no-value = its input { $place } is not a value that the network computes
no-constant = its input { $place } is not a fixed number
samples-apart = it works along the axis of the samples, which byhand computes one by one
samples-first = it needs the samples as the first axis
gemm = transA, alpha, beta or post_transform cannot be computed as they are
exponent = powers can be computed with the exponents 2 and 0.5
gather = single places of a value, or rows of a table, can be taken
conv-transpose = transposed convolutions can be computed in 1 group, with `pads` and without `output_shape`
recurrent-onnx = recurrent operators can be computed with samples as the second axis, without an initial state and with their usual activations
onnx-operators = MatMul, Gemm, Conv, ConvTranspose, pooling, normalizations, LSTM, GRU, RNN, activations, arithmetic, reductions, and changes of shape
too-many-values = needs more than { $most } values for one input, the limit; byhand is for networks that a person can follow
