### What is wrong with the bench of a lesson. Read by people who write lessons.

no-value = `{ $formula }`: { $why }

not-a-weight =
    `{ $address }` is not a weight; name one weight as LAYER.kernel[INPUT,UNIT] or LAYER.bias[UNIT], or all of them as LAYER.kernel or LAYER.bias

other-weights = `{ $address }` takes { $expected }, not { $got }

too-large = `{ $what }` is too large for float32; use a number below 3.4e38

not-in-pass =
    `{ $address }` is known before the pass begins; name a value of the pass (in, wx, z or a), `start` or `end`

backwards =
    `{ $to }` (step { $end }) does not come after `{ $from }` (step { $start }); exchange them, or choose a later end

not-a-stride = `{ $text }` is not a stride; the strides are action, unit and layer

not-a-view = `{ $text }` is not a view; the views are { $known }

yours-not-a-number =
    `yours` is `{ $text }`, which is not a number; write it as the learner types it, such as "20.475", or "" for none

## What a weight takes

one-number = one number
list-of = { $length ->
    [one] a list of 1 number
   *[other] a list of { $length } numbers
}
rows-of = { $rows ->
    [one] 1 row of { $units } numbers
   *[other] { $rows } rows of { $units } numbers
}
a-number = a number
# $length (count)
a-list-of = a list of { $length }

step = step { $step }: { $why }
