### Numbers that somebody worked out, and that do not fit a network of layers.

none = there is no answer to check; give an input and the number that you got

given = `{ $address }` is given, not computed; name a value of the pass, such as `output[0]`

count = `{ $address }` holds { $expected ->
    [one] 1 number
   *[other] { $expected } numbers
}, and { $got ->
    [one] 1 was given; say which one you mean, as in `{ $address }[0]`, or give all of them
   *[other] { $got } were given
}
