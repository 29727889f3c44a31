### Why a text does not name an activation.

unknown =
    unknown activation `{ $name }`; write one such as `linear` (no activation), `relu`, `sigmoid`, `tanh` or `softmax`

# $near is one name in backquotes.
unknown-near = unknown activation `{ $name }`; did you mean { $near }?

unknown-near-several = unknown activation `{ $name }`; did you mean { $others } or { $last }?

unreadable = cannot read `{ $text }`: { $fault }; write `{ $example }`

no-defaults = it has no default parameters

bracket-missing = the closing bracket is missing at the end

other-count = it takes { $needed ->
    [0] no parameters
    [one] one parameter
   *[other] { $needed } parameters
}, not { $got }

no-parameter = it has no parameter as in `{ $argument }`

repeated = `{ $argument }` gives a parameter a second time

not-finite = `{ $value }` is not a finite number
