### What is said to a number that a learner typed.

right = Right.
right-shown = Right with the digits shown; exactly { $exact }.
right-cut = Right, cut off; rounded it is { $rounded }.
# $calculation is what was typed, $value what it gives.
calculated = { $calculation } is { $value }. { $verdict }

few-digits = { $decimals ->
    [one] These digits fit, but there are too few to tell. Give at least 1 decimal.
   *[other] These digits fit, but there are too few to tell. Give at least { $decimals } decimals.
}
# The same number rounds from two values that differ.
few-digits-earlier = { $decimals ->
    [one] These digits fit, but they also fit the number in the line before. Give at least 1 decimal.
   *[other] These digits fit, but they also fit the number in the line before. Give at least { $decimals } decimals.
}

looks-as-if = It looks as if { $says }.
rounded = Nearly: that is rounding on the way. Keep more decimals until the end.
before-activation = That is the number before the activation.
before-bias = That is the sum before the bias joins.
relu-keeps = relu keeps a number above zero.
relu-drops = relu turns a number below zero into 0.

lost-sign = Not yet: it has the other sign.
below-zero = Not yet: the number is below zero.
above-zero = Not yet: the number is above zero.
too-large = Not yet: it is too large.
too-small = Not yet: it is too small.
decimal = { $n ->
    [1] Not yet: it differs in the first decimal.
    [2] Not yet: it differs in the second decimal.
    [3] Not yet: it differs in the third decimal.
    [4] Not yet: it differs in the fourth decimal.
   *[other] Not yet: it differs in decimal { $n }.
}

type-a-number = type a number
not-a-number = `{ $text }` is not a number; write one such as 20.475 or -1.5e-3, or a calculation such as 1.64+0.98

# A number of an input.
input-not-a-number = `{ $text }` is not a number; write one such as 0.3 or -2

which-value = `{ $address }` has several values; name one of them, such as `{ $address }[0]`

which-output = the output has several values; write which one, such as `output[0] = 0.5`

input-count = { $wanted ->
    [one] this network takes one number, such as 10, and here are { $got }
   *[other] this network takes { $wanted } numbers, such as 0.3, 0.1, and here are { $got }
}
