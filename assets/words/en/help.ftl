### The command line's help: `byhand --help`, `byhand help predict` and so on.

# Headings
usage = Usage
commands = Commands
arguments = Arguments
options = Options
screen = Screen

# The program
about = Compute a neural network by hand, one multiplication at a time, and find where your own calculation went wrong
details = Without a command, byhand continues the course where you stopped.
examples =
    Examples:
      byhand                                   follow the course
      byhand learn by-hand                     open one lesson
      byhand predict line-1-16-1 --input 10    print the answer of a built-in model
      byhand explain line-1-16-1 --input 10    the same, with every product written out
      byhand check line-1-16-1 --input 10 --answer 20.475
                                               find the mistake that gives this number
      byhand open weights.txt --activations relu,linear
                                               follow your own printed weights step by step

    `byhand help predict` says more about a command.
    Exit code: 0 success, 1 `check` found a difference, 2 wrong usage or unreadable input.

# Commands
learn = Open one lesson (none is locked), or continue the course
open = Follow your own model step by step on the screen
predict = Print what a model answers
explain = Print the worked solution: every product, sum, bias and activation
check = Find the mistake behind your own number
train = Train a network by hand: loss, gradients, new weights
lessons = List the lessons, or check lessons that you write
models = List the built-in models
doctor = Print what a bug report needs: terminal, paths, versions
completions = Print the completions for a shell
completions-shell = bash, elvish, fish, powershell or zsh
completions-examples =
    Examples:
      byhand completions bash > ~/.local/share/bash-completion/completions/byhand
      byhand completions fish > ~/.config/fish/completions/byhand.fish
      byhand completions zsh > ~/.zfunc/_byhand          with ~/.zfunc in fpath
      byhand completions powershell >> $PROFILE
man = Print the manual page
man-command = The command whose page is wanted, such as check
man-examples =
    Examples:
      byhand man > ~/.local/share/man/man1/byhand.1
      byhand man check | man -l -
option-plain = Show the lesson as text, question by question: for screen readers and terminals without a screen
help = Print this help, or the help of a command

# Options that several commands have
option-help = Print help
option-version = Print the version
option-language = The language of texts and lessons, such as en; otherwise the system's
option-json = Print JSON, for programs
option-model = A built-in model, a model file (.keras, .h5, .npz, .safetensors, .pt, .onnx ...), a file with printed weights, or - for standard input
option-activations = The activation of each layer, such as relu,linear: printed weights do not show them
option-architecture = The description of the network, for a file that has only weights: what model.to_json() gives, or what print(model) prints in PyTorch
option-orientation = Which way round kernels are stored, where the text does not say: keras (inputs x units) or torch (units x inputs)
option-indices = What w12 means, where the text does not say: from-to (from 1 to 2) or to-from (to 1 from 2)
option-bias = Where each unit's bias stands among its weights, if it does: first or last
option-scaling = How the numbers were scaled before training, such as input=0,100:-1,1 or output=/255; once for each end
option-input = The input: 0.3,0.1 or @FILE (CSV or JSON, one sample); once for each pass
option-mistake = Make this mistake, such as skipped-activation:dense or wrong-activation:dense:tanh; can be repeated

not-a-language = write a language code such as en, ja or pt-BR

# The screen
option-lessons = Take the lessons from this folder instead of the built-in ones
option-progress = Save your progress in this file instead of the usual place
option-light = The terminal has a light background
option-dark = The terminal has a dark background
option-reduced-motion = Show each step at once, without animation
option-ascii = Draw with ASCII characters only
option-no-mouse = Do not use the mouse

learn-lesson = The lesson's name or number; without it, the course continues where you stopped
learn-examples =
    Examples:
      byhand learn                          continue where you stopped
      byhand learn forgotten-activation     open one lesson
      byhand lessons list                   list the lessons

open-input = The first input: 0.3,0.1 or @FILE
open-examples =
    Examples:
      byhand open                                         paste your arrays, or choose a built-in model
      byhand open line-1-16-1                             a built-in model
      byhand open weights.txt --activations relu,linear   what print(model.get_weights()) printed
      byhand open weights.txt --activations tanh,tanh --input 0.3,0.1
      cat weights.txt | byhand open - --activations relu,linear
      byhand open line-1-16-1 --scaling input=0,100       with scaled inputs

    `byhand help predict` lists every form of --scaling.

predict-layers = Print every layer: weighted sums (wx), with bias (z), after the activation (a)
predict-examples =
    Examples:
      byhand predict line-1-16-1 --input 10
      byhand predict line-1-16-1 --input 10 --mistake skipped-activation:dense
      byhand predict sum-2-5-1 --input 0.3,0.1 --input 1,1 --layers
      byhand predict weights.txt --activations relu,softmax --input @sample.csv --json
      byhand predict weights.txt --activations tanh,linear --input 40 \
          --scaling input=0,100:-1,1 --scaling output=0,205:-1,1
      python dump.py | byhand predict - --activations tanh,tanh --input 0.3,0.1

    `weights.txt` contains what print(model.get_weights()) printed. `byhand models`
    lists the built-in models. If the network was trained on scaled numbers, say so
    with --scaling, and write the numbers as they were before scaling:
      --scaling input=0,100             0 to 100 was mapped to [0, 1]
      --scaling input=0,100:-1,1        0 to 100 was mapped to [-1, 1]
      --scaling input=/255              divided by 255
      --scaling input=standard:5,2      mean 5 subtracted, then divided by deviation 2
      --scaling 'input=0,100;standard:5,2'   two inputs, each scaled differently
      --scaling output=0,205:-1,1       targets were scaled; the answer is mapped back
    Where the framework's own answer is known, the distance to it is printed too.
    Numbers are float32, written with the fewest digits that read back to the same
    number. JSON has no NaN and no infinity: they are the strings "nan", "inf"
    and "-inf".

explain-value = Only this value and what it is computed from, such as dense.z[3]
explain-format = The format: text, markdown, html, latex, csv, json or xlsx (a workbook with formulas)
explain-form = The form of LaTeX: lines (one for each action) or matrix (one equation for each layer)
explain-output = Write to this file instead of the terminal
explain-digits = The number of decimals, or `exact`
explain-json = The same as --format json: one line for each input
explain-examples =
    Examples:
      byhand explain line-1-16-1 --input 10
      byhand explain line-1-16-1 --input 10 --value 'dense.z[1]' --digits exact
      byhand explain line-1-16-1 --input 10 --mistake skipped-activation:dense
      byhand explain sum-2-5-1 --input 0.3,0.1 --format csv
      byhand explain sum-2-5-1 --input 0.3,0.1 --format xlsx --output sum.xlsx
      byhand explain sum-2-5-1 --input 0.3,0.1 --format latex --form matrix
      byhand explain line-1-16-1 --input 10 --format html > line.html
      byhand explain weights.txt --activations relu,softmax --input @sample.csv | less

    With the options of `byhand train` (--target, --loss, --learning-rate ...) or with a
    training file, --value names gradients and new weights too:
      byhand explain training.json --value 'dense_1.kernel.new[0,0]'

    The address of a value is LAYER.STAGE[INDEX], counted from 0. The stages are in
    (the layer's input), wx (the weighted sum), z (with bias) and a (after the
    activation); input[0] and output[0] belong to the network. The middle units of
    large layers are left out; --value shows any one of them.

    With --mistake, the wrong calculation is printed beside the right one, and the
    first line that differs is marked. markdown has one table for each layer, latex
    an align* (it needs amsmath), csv one row for each action with all digits of
    the results; json has the members "right" and "wrong". `byhand help predict`
    lists every form of --scaling.

lessons-list = List the lessons in order
lessons-check = Compile the lessons and report every fault
lessons-folder = A folder of lessons; without it, the built-in ones
lessons-examples =
    Examples:
      byhand lessons
      byhand lessons check lessons      compile every lesson of a folder, report all faults

    lessons/README.md describes how to write a lesson. `check` ends with exit code 1
    if there are faults.

models-examples =
    The models are networks that people posted questions about, with their arrays as
    they were printed.

    Examples:
      byhand models
      byhand predict line-1-16-1 --input 10
      byhand open sum-2-5-1

check-answer = What you got: a number, a list such as 0.1,0.2, @FILE or @FILE:COLUMN of a table, @FILE.xlsx:Sheet1!C2:C17 of a workbook; once for each input
check-model-says = What the framework says, written as --answer; once for each input
check-data = The training table (CSV), for the numbers of a scaling: a column for each input, then the targets
check-targets = Which columns of --data are targets, by heading or number, such as price or 3,4
check-at = Which value it is, such as dense.z[3], or dense.z for the whole list; once for all or once for each answer
check-budget = How long to search
check-examples =
    Examples:
      byhand check line-1-16-1 --input 10 --answer 20.475
      byhand check line-1-16-1 --input 10 --answer 20.475 --input 0 --answer 5.0739
      byhand check sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer @mine.csv:z
      byhand check weights.txt --activations relu,linear --input 3 --answer 9.69 --json
      byhand check weights.txt --activations tanh,linear --input 40 --answer 0.31
          --scaling input=0,100:-1,1 --scaling output=0,205:-1,1
      byhand check line-1-16-1 --input 40 --answer 85.0086 --model-says 5.7705
      byhand check weights.txt --activations relu,linear --data train.csv
          --input 40 --model-says 85.01

    Write the answer with all the digits that you got: with more digits, chance decides
    less. A list answers every value of --at in order; without --at that is the
    network's output. One --input serves several --answer --at pairs. --scaling says
    how the numbers were mapped before training (`byhand help predict` lists every
    form), so that a forgotten or a different scaling can be found.

    --model-says is the framework's own number. If your sum is right and the framework
    still says something else, the network is not as you described it. Then byhand
    searches for what was not described: a scaling, an activation, a transposed kernel,
    an epsilon or the order of the arrays. Two or more pairs of --input and --model-says
    find a scaling with unknown numbers; --data takes them from the training table.

    With the options of `byhand train`, or with a training file, --at names gradients
    and new weights too: loss, dense.dz[0], dense.dkernel[0,1], dense.kernel.new[0,1],
    dense.kernel.m[0,1]. In a batch of several rows, the row is the first index of a
    value that belongs to a row; 3:dense.kernel.new[0,0] is of step 3, counted from 0.
      byhand check weights.txt --activations sigmoid,sigmoid --input 0.05,0.1
          --target 0.01,0.99 --loss half_squared_error --learning-rate 0.5
          --at dense_1.kernel.new[0,0] --answer 0.42575687

    Exit code: 0 all numbers fit the network, 1 one does not, 2 it cannot be checked.

# `byhand train`
train-input = The input of a row: 0.3,0.1 or @FILE; once for each row, each with its --target
train-target = The target of a row: 0.01,0.99 or @FILE; once for each row
train-data = The training table (CSV): a column for each input, then the targets
train-targets = Which columns of --data are targets, by heading or number, such as price or 3,4
train-loss = The loss: mean_squared_error, half_squared_error, hinge, binary_crossentropy and so on
train-reduction = How rows are put together: mean or sum
train-from-logits = The output is logits, not probabilities
train-optimizer = The optimizer: sgd, rmsprop, adagrad, adam or adamw
train-learning-rate = The learning rate
train-momentum = The momentum of sgd or rmsprop
train-nesterov = Nesterov's momentum
train-option = Another number of the optimizer, such as epsilon=1e-3, beta_1=0.8 or weight_decay=0.1; can be repeated
train-convention = Whose formulas and defaults: keras or torch
train-epochs = How often all rows are used
train-batch-size = How many rows make a step; all without it
train-freeze = What stays as it is: bias, a layer such as dense, or a weight such as dense.bias
train-l2 = This share of the sum of squares of every kernel is added to the loss
train-save = Write the training with its steps to this file; MODEL can be such a file
train-examples =
    Examples:
      byhand train weights.txt --activations sigmoid,sigmoid --input 0.05,0.1 --target 0.01,0.99 \
          --loss half_squared_error --optimizer sgd --learning-rate 0.5
      byhand train line-1-16-1 --data train.csv --loss mse --optimizer adam --epochs 100 --batch-size 10
      byhand train training.json --json
      byhand train training.json --freeze bias --save again.json

    Up to 3 steps are written out: old weight - learning rate × gradient = new weight.
    More steps are a list of losses and the last weights. Ctrl-C ends a long training
    and prints what there is. --json has every gradient, weight and slot of each step.
    A training file is JSON with layers, initial weights, data, loss and optimizer;
    --save writes one.
