### Why equations do not make a program, and inputs that do not fit one. $name is the array that is computed, such as dense.z.

name-twice = two arrays are called `{ $name }`; every array needs its own name
unknown = no array is called `{ $name }`
given = `{ $name }` is given, not computed, so it has no equation
size = `{ $name }` would have shape { $shape }, more than { $most } numbers; give smaller inputs
read = `{ $name }` reads `{ $read }` with { $got }, but the shape of `{ $read }` is { $shape }
early = `{ $name }` reads `{ $read }`, which is computed after it

# The end of `read`
view = a view of shape { $shape }
indices = { $count ->
    [one] 1 index
   *[other] { $count } indices
}
unknown-axis = an axis that the equation does not have
fixed-division = a division of a fixed index

too-many-axes = `{ $name }` has more than { $most } axes
too-many-steps = `{ $name }` takes more steps than can be counted; give smaller inputs
repeated-axis = `{ $name }` repeats along an axis that it does not have
repeated-otherwise = `{ $name }` repeats another number of times than the rest of its block
no-factors = `{ $name }` multiplies nothing; give it at least one factor
values = `{ $name }` gives { $count ->
    [one] 1 value
   *[other] { $count } values
} to the function { $function }, which takes another number

## Changes of a program

no-copy = `{ $name }` cannot be left out: it reads no value at its own index that could replace it
no-function = `{ $name }` has no function to exchange
no-axes = `{ $name }` reads an array of { $rank } axes, so axes { $one } and { $other } cannot be exchanged
no-axis = `{ $name }` reads an array of { $rank } axes, so it has no axis { $axis }
no-numbers = `{ $name }` is computed, so it has no given numbers
no-number = `{ $name }` has shape { $shape }, so it has no number { $flat }
other-shape = `{ $name }` does not have given numbers of shape { $shape }
no-operand = `{ $name }` reads { $count ->
    [one] 1 value
   *[other] { $count } values
}, so it has no operand { $operand }

## Inputs

input-missing = the input `{ $name }` is missing; it has shape { $shape }
input-length = the input `{ $name }` has shape { $shape }, so it takes { $expected ->
    [one] 1 number
   *[other] { $expected } numbers
}, not { $got }
