### Why the framework gives another number than the network as it was described. Read by people who checked their own sums.

## The verdict of `byhand check --model-says`.

agrees = The model's own number is what the network as you described it gives.
agrees-few = The model's own number fits the network as you described it, but it has too few digits to prove anything. Give at least 4 decimals.
fits-described = Your arithmetic fits the network as you described it. The model's own number is another one, so the model is not as described.
same-as-yours = Your number and the model's are the same. So what is wrong is the description, not your arithmetic.
model-differs = The model's own number is not what the network as you described it gives.
both-differ = The model's own number is another one too: the model is not as described.
comes-out-if = The model's own number comes out if:
may-come-out-if = These would give the model's own number, but that may well be chance:
unknown = Unknown: nothing that people usually leave out gives the model's own number ({ $singles } changes of the description were tried, and { $pairs } pairs{ $stopped ->
    [yes] , before the time was over; a longer --budget tries more
   *[no] { "" }
}).
other-weights = What is left is mostly other weights: print the weights of the very model that predicts, after training, with all their digits. Or another input: give `predict` exactly the numbers that you gave here.
rest = Something else, such as other weights: { $percent }.
print = The print of the weights has { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}, and the digits that are missing explain the difference ({ $percent }).
gives = That gives { $value }; as described it is { $described }.
verify = There are just enough numbers to find this: one more pair of --input and --model-says proves it or rules it out.
options = Describe it so: { $options }
same-everywhere = The same everywhere we look: { $names }{ $more ->
    [0] { "" }
   *[other] , and { $more } more
}.
more = { $count ->
    [one] 1 more explanation gives it too
   *[other] { $count } more explanations give it too
} ({ $percent } together).
open = Possible as well, and not to be decided from so few numbers: { $what }. Give { $pairs } pairs of --input and --model-says, or the training table with --data.
try-next = Try --input { $input } next and ask the model: { $at } is { $described } as described{ $ways }.
way = , { $value } by way { $number }
this-way = , { $value } this way
no-input = No simple input tells these apart.

## What differs from the description: goes on after "the model's own number comes out if", without a full stop.

and = { $first }, and { $second }
activation = { $count ->
    [one] layer { $layers } applies { $activation }
   *[other] layers { $layers } apply { $activation }
}
activation-not = { $count ->
    [one] layer { $layers } applies { $activation }, not { $own }
   *[other] layers { $layers } apply { $activation }, not { $own }
}
transposed = { $count ->
    [one] the kernel of layer { $layers } is transposed (Keras prints inputs x units, PyTorch units x inputs)
   *[other] the kernels of layers { $layers } are transposed (Keras prints inputs x units, PyTorch units x inputs)
}
by-columns = the numbers of the kernel of layer { $layer } fill it column by column, as R and MATLAB store a matrix
epsilon = { $count ->
    [one] epsilon of layer { $layers } is { $epsilon }, not { $own }
   *[other] epsilon of layers { $layers } is { $epsilon }, not { $own }
}
exchanged = { $arrays ->
    [kernels] layers { $first } and { $second } have each other's kernels
    [biases] layers { $first } and { $second } have each other's biases
   *[both] layers { $first } and { $second } have each other's kernels and biases
}
exchanged-lists = layer { $layer } has { $first } and { $second } exchanged
batch-statistics = layer { $layer } uses the mean and variance of the inputs of this call, as it does in training
without = there is no layer { $layer }
bias = layer { $layer } has a bias that was not printed: { $numbers }
input-order = the inputs come in another order: { $order }
output-order = the outputs come in another order: { $order }
then = { $activation } is applied to what the network gives
numbers-and-more = { $numbers } and { $count } more

ln = the network gets ln(x)
log1p = the network gets ln(1 + x)
log10 = the network gets log10(x)
root = the network gets the square root of x
unit-length = each sample is divided by its own length, the root of its sum of squares
unit-sum = each sample is divided by its own sum
by-largest = each sample is divided by its own largest number
own-standard = each sample is standardized with its own mean and deviation
exp = the output y becomes exp(y), for the targets were logarithms
expm1 = the output y becomes exp(y) - 1, for the targets were ln(1 + target)
power-of-ten = the output y becomes 10^y, for the targets were logarithms to base 10
squared = the output y becomes y squared, for the targets were square roots
complement = the number shown is 1 - y, the probability of the other class

## Scaling. $how is what is done to each number, such as "(x - 5) / 2".

scaled-input = the input is scaled before the network: { $how }
scaled-output = the output is scaled back behind the network: { $how }
solved-input = the input is scaled before the network: about { $how }, found from the numbers
solved-output = the output is scaled back behind the network: about { $how }, found from the numbers
table-input = the input is scaled before the network with its { $statistic } in the table: { $how }
table-output = the output is scaled back behind the network with the target's { $statistic } in the table: { $how }
given-input = the input is scaled before the network with its { $statistic } among the inputs given here: { $how }

divided = x / { $by }
multiplied = y × { $by }
range = { $low }..{ $high } onto { $to-low }..{ $to-high }
standard = (x - { $mean }) / { $deviation }

min-max = lowest and highest value onto 0..1 (as MinMaxScaler does)
min-max-signed = lowest and highest value onto -1..1 (as mapminmax does)
standard-n = mean and standard deviation (with n, as StandardScaler does)
standard-sample = mean and standard deviation (with n - 1, as pandas and R do)
max-abs = largest magnitude (as MaxAbsScaler does)
centred = mean alone
deviation = standard deviation alone
mean-over-range = mean, and highest less lowest value
robust = median and interquartile range (as RobustScaler does)
whole-min-max = lowest and highest value, all columns together
whole-standard = mean and standard deviation, all columns together

open-behind = a scaling behind the network
open-behind-each = a scaling behind the network for each output
open-front = a scaling in front of the network
open-front-each = a scaling in front of the network for each input
open-both = a scaling in front and another behind
open-bias = a bias of layer { $layer } that was not printed

## Mistakes in the options.

pairs = there are { $inputs } `--input` and { $numbers } `--model-says`; give each input the model's own number, or one input for all of them
addresses = there are { $addresses } `--at` and { $numbers } `--model-says`; give `--at` once, or once for each number
nothing = there is no number to check; give `--answer` with your own number, `--model-says` with the framework's, or both
targets-alone = --targets says which columns of --data are targets; give the table too, as in --data train.csv --targets price

## On the bench.

title = Why does the model differ?
applied = { $said } The network is described so now; u takes it back.
all-inputs = these statistics come from all the inputs of one call, and the bench computes one input, so it cannot show this
no-layer = this is done to the numbers outside of the network; the bench cannot show it
