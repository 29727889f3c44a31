### What `byhand predict` and `byhand models` print.

input = input   { $numbers }
output = output  { $numbers }
mistake = with    { $name }: { $says }
# $far is one of the distances below.
known = model   { $numbers } by { $author }: { $far }
known-only = model   { $numbers } by { $author }

same-digits = { $digits ->
    [one] the same to its 1 digit
   *[other] the same to its { $digits } digits
}
other-digits = { $digits ->
    [one] different in its 1 digit
   *[other] different within its { $digits } digits
}
same-float = the same float32
not-comparable = not comparable
ulps = { $far } ulp away (units in the last place of a float32)

unit = unit
layer = { $name }: { $kind }
layer-with-activation = { $name }: { $kind }, { $activation }

# A network of a model file
shaped = { $shape }  { $numbers }
input-of = input   { $name }  { $numbers }
output-of = output  { $name }  { $numbers }
missing = the layer `{ $layer }` is a { $kind }, which byhand cannot compute ({ $why }); everything before it is computed
