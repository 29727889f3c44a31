### The page on which a learner brings a network of their own, and the networks that they keep.

title = My own network

about = Paste your arrays, type your number, and see where it went wrong.

about-kept = A network that you have kept.

about-byhand = Compute a network by hand, and find where your calculation went wrong.

arrays = Your arrays

understood = What was understood

missing = What a print of weights does not show

how = Paste what `print(model.get_weights())` (Keras) or `print(model.state_dict())` (PyTorch) prints. You can also type it, or type the name of a file. Or take a built-in model:

opens-builtin = Enter opens the built-in model `{ $name }`.

reads-file = Enter reads the file `{ $name }`.

# $problem is a sentence that says what is wrong and what to do.
place = line { $line }, column { $column }: { $problem }

# $shape is as NumPy writes it: (1, 16).
kernel = kernel { $shape }

bias = bias { $shape }

no-bias = no bias

as-keras = Keras: a column of the kernel for each unit

as-torch = PyTorch: a row of the kernel for each unit

go-on = Enter: go on to the activations

activations = Choose the activation of each layer. Keras lists them with `[l.activation.__name__ for l in model.layers]`, PyTorch with `print(model)`.

input = input

output = output

too-long = the text is longer than { $most } MB, the most that fits here; save it as a file and open it from the command line

no-file = there is no file `{ $name }` here; paste the arrays, or type the name of a file

# $format is a file format, such as: an HDF5 file (.h5).
not-text = `{ $name }` is { $format }, which cannot be read here; paste what print(model.get_weights()) prints

# $why says what is wrong in the file `$name`.
file = `{ $name }`: { $why }

no-chain = this page takes Dense and BatchNormalization layers one after the other; `byhand explain` and `byhand check` take this file

# $kind is a class of layers, such as Conv2D.
not-whole = the layer `{ $layer }` is a { $kind }, which byhand cannot compute

no-arrays = there are no arrays yet

kept = kept as `{ $name }`; the list of lessons offers it from now on

not-finite = a weight of layer `{ $layer }` is not a finite number; such a network cannot be kept

no-folder = there is no folder to keep networks in; give a file for the progress with --progress FILE

not-written = `{ $folder }` cannot be written ({ $why })

too-many = there are { $count } networks called `{ $name }` already; delete some in `{ $folder }`

# $row and $number count from 0 and from 1.
ragged = array { $number }: row { $row } has { $has } numbers, the first row has { $first }
