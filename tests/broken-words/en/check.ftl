# What is right must be silent.
steps = { $steps ->
    [0] no step
    [one] one step
   *[other] { $steps } steps
} of { -name } in layer { $layer }
# $digits (count)
digits = { $digits } digits
plain = nothing to say
names-a-term = { -nobody }
names-itself = { names-itself }
calls-a-function = { NUMBER($count) }
mixes = { $count ->
    [1] one
    [kernel] weights
   *[other] more
}
# $nothing (count)
says-nothing = of { $something }
