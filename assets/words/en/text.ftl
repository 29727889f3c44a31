### What is wrong with a text of printed weights, at a place in it.

at = line { $line }, column { $column }: { $problem }

cut-short = NumPy cut this print short (`...`), so weights are missing; run `import sys, numpy as np; np.set_printoptions(threshold=sys.maxsize)` and print again
cut-short-tensor = PyTorch cut this print short (`...`), so weights are missing; run `import torch; torch.set_printoptions(profile="full", precision=8)` and print again
# $row is an index such as [1]; $got and $expected are one of the next three.
ragged = row { $row } has { $got }, and the first row has { $expected }; look whether a number is missing or too many
a-number = only a number instead of a list
# What a row has
numbers = { $count ->
    [one] 1 number
   *[other] { $count } numbers
}
shape = shape { $shape }
unknown-word = `{ $word }` is among numbers and is not one; delete it, or correct it
not-a-number = `{ $word }` is not a number; write numbers as `-0.25`, `0.`, `1.e-05` or `nan`, with blanks or commas between them
out-of-range = `{ $word }` is too large for float32, whose largest value is 3.4028235e38; correct it
comma-missing = there is no comma before this number, but there are commas between the numbers before it; look whether a number was broken in two or a comma is missing
comma-added = there is a comma before this number, but not between the numbers before it; write decimals with a point, as in `0.5`
# $expected is one of the lists below.
unexpected = found `{ $found }`, expected { $expected }; look whether a bracket or a comma is missing or too many
unexpected-end = found the end of the text, expected { $expected }; look whether the end is missing
in-list = a number, a list, an array or `]`
in-braces = a name, a number, a list or `{"}"}`
in-call = a name, a number, an array or `)`
in-angle = `>`
unclosed = this `{ $bracket }` is never closed; look whether the end of the text is missing, or a bracket inside
too-deep = brackets are more than { $most } levels deep, and no array has so many axes; paste only the weights
too-many = there are more than { $most } arrays, names or words in brackets; paste the weights of one model only
brackets = too many brackets are never closed; paste only the weights
too-large = the text has { $bytes } bytes, and byhand reads at most { $most }; paste the weights of a smaller model
