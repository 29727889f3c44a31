### The bench of networks of any shape and of training.

no-steps = the training has no steps; give `--epochs` or more rows
no-training = this is a pass without training: there are no other steps
no-such = no layer here has the what-if `{ $kind }`; press `w` for the list
input-of-training = the rows of a training are not typed here; give them with `--input` and `--target`, or `--data FILE.csv`
input-too-long = the input has { $numbers } numbers, too many to type; give it with `--input @FILE`
first-again = the first input again, without what-ifs
weights-stay = the weights of this network cannot be changed here; the input (`i`) and the what-ifs (`w`) can
not-kept = a network like this one is not saved here; its file stays as it is

## The panes

layers = Layers
view-values = values
view-layers = layers
view-curve = loss
view-function = function
forward = forward
loss = loss
backward = backward
update = update
more = { $count } more
reads = reads { $layers }
nothing-yet = nothing is computed yet; press → or the space bar
padding = padding
right = right
what-if = what-if
right-is = without the what-ifs: { $value }
by-two-losses = by two losses: (loss(w + h) - loss(w - h)) / 2h = { $value }
step-of = step { $step } of { $steps }, epoch { $epoch }
computing = computing
loss-of-batch = loss of each step's batch
learned = learned so far
rows = the rows
why = Why your number differs
searching = looking for the cause: { $percent } %
key-show = show it on the bench
