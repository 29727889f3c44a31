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
lessons = List the lessons, or check lessons that you write
models = List the built-in models
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
explain-format = The format: text, markdown, latex, csv or json
explain-digits = The number of decimals, or `exact`
explain-json = The same as --format json: one line for each input
explain-examples =
    Examples:
      byhand explain line-1-16-1 --input 10
      byhand explain line-1-16-1 --input 10 --value 'dense.z[1]' --digits exact
      byhand explain line-1-16-1 --input 10 --mistake skipped-activation:dense
      byhand explain sum-2-5-1 --input 0.3,0.1 --format csv
      byhand explain weights.txt --activations relu,softmax --input @sample.csv | less

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
