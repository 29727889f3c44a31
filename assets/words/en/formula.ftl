### What is wrong with a formula of a lesson. Read by people who write lessons.

at-column = `{ $formula }`, column { $column }: { $what }

## How it is written

claim-not-a-number = a number as it was printed goes before `==`; to compare, write `=`
bad-digits = a number of decimals up to 12, or `exact`, goes after ` :`
blank-before-digits = put a blank before the `:` of the digits, as in `y : 8`
one-comparison = use one comparison at a time; put `and` between two of them
end-expected = the formula should end here; is an operator missing?
too-long = this formula has more than { $limit } parts; use `sum` over a list
too-deep = this has too many levels of brackets or minus signs
expected = expected `{ $sign }`
compare-with-one = to compare, write one `=`
expected-x = expected `x=` after `at`
number-too-large-for-float = this number is too large for float32
input-not-a-number = expected a number; inputs are numbers, as in `at x=(0.3,0.1)`
expected-mistake = expected a mistake, such as `skipped-activation:dense`
expected-value = expected a number, a name such as `y`, an address such as `dense.z[3]`, or `(`
function-without-bracket = `{ $function }` is a function; write `(` directly after it, as in `{ $function }(y)`
number-too-large = this number is too large
not-a-number = this is not a number
unknown-function = no function is called `{ $function }`; the functions are { $known }

## What it computes

no-target = this model has no target, so `target` and `accuracy` have no value
list-in-place =
    one number is needed here, and this is a list of { $length }; choose one with an index, or use sum, max or count
list-in-condition =
    a condition needs one number, and this is a list of { $length }; choose one with an index, or use sum, max or count
other-lengths = two lists of { $left } and { $right } numbers cannot be combined
# $function is a name, or `each` or `all` for the functions of one value and of many.
arguments = { $function ->
    [worst] `worst` takes a value and the two ends of the range, not { $got } arguments
    [share] `share` takes one condition, not { $got } arguments
    [accuracy] `accuracy` takes the number of points, not { $got } arguments
    [each] a function such as abs or tanh takes one value or list, not { $got }
    [all] a function such as sum or max takes at least one value, not { $got }
   *[other] `{ $function }` takes two numbers, not { $got } arguments
}
several-inputs = `worst` goes along one input, and this model has several
no-region = this model has no range of inputs, so `share` and `accuracy` have no value
nested =
    share, accuracy and worst try many inputs, so they cannot be inside each other; compare their results instead
