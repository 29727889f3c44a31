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

## Formulas with words in them; z is the input. Formulas of signs and names of functions only, such as 1 / (1 + e^-z), are the
## same in every language.

leaky-relu = z if z > 0, else slope × z
elu = z if z > 0, else alpha × (e^z - 1)
selu = 1.0507 × (z if z > 0, else 1.6733 × (e^z - 1))
celu = z if z > 0, else alpha × (e^(z / alpha) - 1)
step = 1 if z > 0, 0 if z < 0, at_zero if z = 0
sign = 1 if z > 0, -1 if z < 0, at_zero if z = 0
hard-shrink = z if |z| > threshold, else 0
threshold = z if z > threshold, else value
sparse-plus = 0 if z ≤ -1, (z + 1)² / 4 if z < 1, else z
sparsemax = max(0, zᵢ - tau), with tau such that the sum is 1
glu = first half × sigmoid(second half)
sloped-sigmoid = 1 / (1 + e^-(slope × z))
sloped-tanh = gain × tanh(slope × z)
soft-shrink = sign(z) × max(0, |z| - threshold)
