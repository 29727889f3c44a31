### What `byhand models FILE` prints: the layers of a network, or the arrays of a file.

title-of = { $title }: { $format }

# Headings of columns
layer = layer (kind)
shape = output shape
parameters = parameters
from = from
array = array
array-shape = shape
numbers = numbers
kind = kind

# In place of a shape
not-computed = not computed
behind = after that

total = { $count ->
    [one] 1 parameter
   *[other] { $count } parameters
}
missing = The layer `{ $layer }` is a { $kind }, which byhand cannot compute: { $why }. Everything before it is computed.
stages-heading = The stages of each layer with their shapes, without the axis of the samples:
stages = { "  " }{ $layer }: { $stages }
arrays-only = The file has only arrays. Describe the network with `--architecture FILE`, or for Dense layers one after the other say their activations: `--activations relu,linear`
