### A pass through a graph of layers as a worked solution.

# $model is the model's name.
whole = { $model }, computed by hand

value = { $address } of { $model }

same-as = { $address } is another name of { $other }

given = It is given: nothing is computed.

with-mistake = with a mistake: { $mistake }

# $at is the address of the first value that differs.
difference = The first value that differs is { $at }: { $wrong } instead of { $right }.

no-difference = With this input the mistake makes no difference.

# $array is the name of what is read, $number what stands there.
outside = outside of { $array }: { $number }

products-left-out = … { $count } more terms …

values-left-out = … { $count } more values; `--value ADDRESS` shows one of them …

# $list is a list of addresses.
depends-on = It depends on { $list }.

digits = Shown with at most { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}, computed in float32; `--digits exact` shows all.

nothing = Nothing is computed here: numbers only get another place.


column-value = value

column-calculation = calculation

# A formula: $letters are the indices that run.
sum-over = sum over { $letters } of { $product }

# $word is `max`, `min` or `argmax`.
extreme-over = { $word } over { $letters } of { $of }

# An array that is read as if it had another shape.
seen-as = { $text } (seen as { $view })

# Before a running sum; as wide as the next one.
sum = { "sum  " }

# The printed numbers do not add up to this sum at its last digit.
sum-rounded = sum ≈
