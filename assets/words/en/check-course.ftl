### Faults that `byhand lessons check` reports to people who write lessons.

# A fault and the part of the lesson where it is.
at = { $part }: { $fault }

part-learnt = learnt { $number }
part-heading = heading
part-hint = hint { $number }
part-question = question
part-says = says
part-option = option { $number }
part-option-says = option { $number }, says
part-option-if = option { $number }, if
part-line = line { $number }
part-line-value = line { $number }, value
part-suspect-planted = suspect { $number }, planted
part-suspect-text = suspect { $number }, text
part-suspect-says = suspect { $number }, says
part-suspect-input = suspect { $number }, input ({ $input })

## The list of lessons

list-empty = no lesson is listed; add one
list-not-an-id = `{ $id }` is not an id; use lower-case letters, digits and single hyphens, as in `by-hand`
list-minutes = { $minutes ->
    [one] `{ $id }` takes 1 minute
   *[other] `{ $id }` takes { $minutes } minutes
}; a lesson takes 1 to 30 minutes, so split it if it is longer
list-twice = `{ $id }` is listed twice; remove one of them from the list
list-no-file = there is no { $path }; write it, or remove `{ $id }` from the list
list-text-missing = `{ $id }` has no { $field } in `{ $language }`; add one
list-not-a-language = `{ $language }` is not a language code (the { $field } of `{ $id }`); write `en`, `de` or `pt-BR`
list-text-empty = the { $field } of `{ $id }` in `{ $language }` is empty; write one
list-text-long = the { $field } of `{ $id }` in `{ $language }` is { $width } columns wide; the limit is { $limit }
stray-file = this file does not belong to the course; remove it
stray-folder = this folder is not listed in course.json; list it there or remove it
stray-language = a lesson has one file for each language, such as en.md; remove this file

## The form of a lesson

private-characters = the characters U+E000 and U+E001 mark values while a lesson is read; remove them
other-tasks = the tasks are { $got }, and in { $path } they are { $expected }; keep the same ids in the same order
steps = { $steps ->
    [one] the lesson has 1 step
   *[other] the lesson has { $steps } steps
}; it needs 5 to 12, so split, join or add some
last-task = the last task asks once more from memory; make it `choose` or `type`
learnt = { $lines ->
    [one] `learnt` has 1 line
   *[other] `learnt` has { $lines } lines
}; name 1 to 5 things to remember
task-twice = an earlier task is also called `{ $id }`; give each task its own id
words = { $words ->
    [one] the step has 1 word
   *[other] the step has { $words } words
}; the limit is { $limit }, so split it or shorten it

## The form of a task

hints = { $hints ->
    [one] the task has 1 hint
   *[other] the task has { $hints } hints
}; give three, which point, tell and show
options-few = a question needs at least two options; add one
option-if-and-right = option { $number } has both `if` and `right`; keep `if` where byhand can compute it, else `right`
lines-given = { $given } of { $lines } lines are given; leave at least one line to be filled in
decimals = { $decimals } decimals are asked for; float32 has no more than 8 useful ones
suspects = { $suspects ->
    [one] the hunt has 1 suspect
   *[other] the hunt has { $suspects } suspects
}; give 2 to { $most }, one of which is planted
suspect-empty = suspect { $number } plants nothing; name a mistake in `planted`

## What byhand computes

options-none = no option is right, and exactly one must be; look at each `if`
options-several = options { $numbers } are right, and exactly one must be; look at each `if`
reads-alike = it reads `{ $text }`, as an earlier one does; make them differ
value-not-finite = `{ $formula }` is { $value }, which nobody can type; choose another
what-ifs-on = exactly these what-ifs are on already; ask for others, or switch some off in `bench`
until-holds = this is true before anything is edited; ask for more, or set `bench` back
may-index = `{ $text }` has an index; name the whole list, as in `input` or `dense.kernel`
example-sets-more = an edit changes numbers; set only `input` and `weights` in it
example-fails = `until` is not true with these numbers; correct one of the two
example-changes = this changes `{ $name }`, which `may` does not name; add it there or leave it unchanged
nothing-planted = nothing is planted, so there is nothing to find; name a mistake in `planted`
places-few = there are fewer than two places to choose from; add addresses to `where`
places-order = `{ $place }` is not computed after `{ $before }`; name the places in the order of the pass, each once
place-is-list = { $length ->
    [one] `{ $place }` is a list of 1
   *[other] `{ $place }` is a list of { $length }
}; give an index, so that it is one value to choose
places-equal = none of these values differs in the planted pass; name one that does
place-looks-right =
    the first wrong value, `{ $place }`, looks right with 4 decimals ({ $value }); choose an input or places where the difference is visible
suspects-alike =
    suspects { $first } and { $second } show the same values with 4 decimals for the input ({ $input }); add a place where they differ, or choose another input

## Texts

nothing-here = there is nothing here; write something
value-open = a value needs both `{"{{"}` and `{"}}"}` in one paragraph; close it or remove them
number-typed =
    `{ $number }` is a typed number; compute it as {"{{"} FORMULA {"}}"}, claim it as {"{{"} { $number } == FORMULA {"}}"}, or put it between backquotes
claim-differs =
    { $claim } is claimed, and byhand computes { $value }; correct the number or the formula in `{ $text }`
value-fails = `{ $text }`: { $why }

## The learner's own network and numbers

own-network = with a network of the learner's own: { $fault }
own-step = this step takes the learner's own network; write `"own": true` in its `bench`
part-names = names
part-example = example { $number }
diagnose-counts = `numbers` and `inputs` count from 1; leave them out for one number
# $inputs (count)
diagnose-inputs = { $inputs } inputs need at least as many numbers; raise `numbers`
# $wants (count)
example-numbers = example: { $has } of { $wants } numbers are given; add the others as they would be typed
# $wants (count)
example-inputs = example: { $has } of { $wants } inputs are given; name another `input` in one of them
example-why = example: { $why }
example-says = example: the diagnosis says { $found }, not { $names }; correct the numbers or `names`
