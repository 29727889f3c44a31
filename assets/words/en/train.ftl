### Training: what `byhand train` prints, and its errors.

no-loss = no loss is called `{ $name }`; the losses are { $known }
no-optimizer = no optimizer is called `{ $name }`; the optimizers are { $known }
no-gradient = byhand cannot compute the gradient through `{ $stage }`; train the layers before it with other software, or leave this layer out
# $got is the number of outputs.
one-output = { $got ->
    [0] the network has no output to train
    [one] the network has 1 output
   *[other] the network has { $got } outputs, and byhand trains networks with one; train one of them after the other
}
no-rows = there is no row to train on; give `--input` with `--target`, or `--data FILE.csv`
lengths = { $what } takes { $expected } numbers, not { $got }
input-of-row = the input of row { $row }
target-of-row = the target of row { $row }
no-row = a batch names row { $row }, but there are only { $rows } rows, counted from 0
no-step = there is no step { $step }; the training has { $steps } steps, counted from 0
no-weight = no weight is called `{ $name }`; the weights are { $known }
file = `{ $place }` is { $got }; { $expected }

## Faults of a training file: what should stand at a place. They follow `PLACE is VALUE; `.

nothing = missing
broken = broken
expect-json = save the file again as JSON: { $error }
expect-layers = it should be a list of layers, each with a `kind`
expect-array = it should be an array, as a list of lists or as an object with `shape` and `data`
expect-data = the data need `x` and `y`, each an array with one row for each sample
expect-rows = `x` and `y` should have the same number of rows, at least 1
expect-batches = it should be a whole number from 0; `batches` is a list of lists of rows
expect-known-weight = no weight is called so; name one of `initial`
expect-text = it should be a text
expect-number = it should be a number
expect-whole = it should be a whole number, or a list of them
expect-list = it should be a list
expect-object = it should be an object with names
expect-reduction = it should be `mean` or `sum`
expect-schedule = it should be a number, or an object with `schedule` `ExponentialDecay` or `InverseTimeDecay`, `initial_learning_rate`, `decay_steps` and `decay_rate`
expect-kind = it should be one of { $kinds }
expect-padding = it should be `valid`, `same` or `causal`
expect-weight = the layer needs this weight; add it, or correct the layer's name
unknown-width = give `input_shape` in the first layer, so that the shape of an input is known

## The command

in-file = `{ $name }`: { $why }
pairs = there are { $inputs } `--input` and { $targets } `--target`; give each input its target
no-model-says = --model-says is about the answer of a network, not about its training; leave it or the options of the training out
rows-twice = rows come from `--input` and `--target`, or from `--data`; leave one of them out
convention = --convention: `{ $word }` is not known; write keras or torch
key-and-number = --option: `{ $text }` is not KEY=NUMBER, such as epsilon=1e-3
table-format = --data: `{ $name }` is { $format }; save the table as CSV first, in Python: pd.DataFrame(x).to_csv("train.csv", index=False)
table-targets = { $expected ->
    [one] --data: the network takes 1 target, a number in each row; name its column with `--targets`
   *[other] --data: the network takes { $expected } targets, numbers in each row; name their columns with `--targets`
}
not-written = `{ $path }` cannot be written: { $why }
usual-loss = note: no loss is named, so it is mean_squared_error; `--loss` names another one
stopped = Stopped after { $done } of { $steps } steps.
progress = Training: step { $done } of { $steps }, loss { $loss }

## The result

# $rows lists the numbers of the rows.
step-head = { $count ->
    [one] step { $step }, row { $rows }
   *[other] step { $step }, rows { $rows }
}
step-loss = loss = { $loss }
weight-head = { $name }: old weight, gradient, new weight
by-gradient = { $address }: { $old } - { $rate } × { $gradient } = { $new }
by-step = { $address }: gradient { $gradient }  { $slots }  { $old } - { $step } = { $new }
to-new = { $address }: gradient { $gradient }  { $slots }  { $old } becomes { $new }
moved = { $address }: { $old } becomes { $new }
slot = { $name } { $value }
frozen = { $name } stays as it is
more-numbers = { $count ->
    [one] and 1 more number; `--json` has all
   *[other] and { $count } more numbers; `--json` has all
}
more-lines = { $count ->
    [one] and 1 more line; `--json` has all
   *[other] and { $count } more lines; `--json` has all
}
curve-step = step { $step }: loss { $loss }
curve-epoch = epoch { $epoch }: loss { $loss }
last-weight = { $name }, shape { $shape }
loss-on-all = { $rows ->
    [one] loss on the row afterwards = { $loss }
   *[other] loss on all { $rows } rows afterwards = { $loss }
}
