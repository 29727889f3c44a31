### What is wrong with the arguments of the command line.

error = error: { $message }
hint = `{ $command }` shows how it is used
did-you-mean = did you mean `{ $word }`?

unknown-option = there is no option `{ $option }`
unexpected-word = `{ $word }` is one word too many
unknown-command = there is no command `{ $word }`
command-missing = a command is missing
missing = missing: { $options }
value-missing = `{ $option }` needs a value
value-unexpected = `{ $option }` takes no value, and `{ $value }` was given
values-too-many = `{ $option }` has `{ $value }`, which is one value too many
not-a-choice = `{ $option }` cannot be `{ $value }`; the choices are { $known }
bad-value = `{ $option }` cannot be `{ $value }`: { $why }
conflict = `{ $option }` cannot be used with `{ $other }`
repeated = `{ $option }` can be given only once
not-unicode = an argument is not valid UTF-8
other = the arguments are not understood: { $why }

# Command errors
address = --value { $address }: { $why }
mistake = --mistake: { $why }
no-lesson = no lesson is called `{ $id }`; the lessons are { $known }
no-lesson-near = no lesson is called `{ $id }` (did you mean `{ $near }`?); the lessons are { $known }
course = { $fault }; `byhand lessons check` reports every fault
output = cannot write the result: { $why }

# Inputs
at-character = character { $character }
at-column = line { $line }, column { $column } of `{ $file }`
input = --input: { $why }
input-format =
    --input: `{ $name }` is { $format }; save the sample as text first, in Python: np.savetxt("x.csv", x.reshape(1, -1), delimiter=",")
input-not-a-number =
    --input: `{ $word }` at { $place } is not a number; write numbers with a decimal point and commas between them, such as 0.3,0.1
input-out-of-range = --input: `{ $word }` at { $place } is too large for float32, whose largest value is 3.4028235e38
input-missing = --input: a number is missing at { $place }
input-bracket = --input: the bracket at { $place } has no partner
input-empty = --input: there is no number in { $place }; write numbers with commas between them, such as 0.3,0.1
input-json = --input: { $place } is not valid JSON: { $why }
input-count = --input { $text }: { $why }
input-count-point = --input { $text }: { $why }; write decimals with a point, as in 0.3
input-count-samples = --input { $text }: { $why }; each `--input` is one sample
json-one-input = write one input, as in {"{"}"x": [0.3, 0.1]{"}"}
json-too-large = `{ $word }` is too large for float32
json-not-a-number = `{ $word }` is not a number
input-graph = --input { $text }: { $why }
input-names = --input { $text }: the network has the inputs { $known }; write an object with all of them, as in { $example }
input-numbers = --input { $text }: the input `{ $name }` has shape { $shape }, { $expected } numbers, and { $got } are given
input-numbers-open = --input { $text }: the input `{ $name }` has shape { $shape }, and { $got } numbers do not fit it for any length

no-command = no command is called `{ $name }`; the commands are { $known }
no-command-near = no command is called `{ $name }` (did you mean `{ $near }`?); the commands are { $known }

one-input = `open` shows one input; leave out `--input { $text }`, or give targets too (`--target`) to train on several rows
