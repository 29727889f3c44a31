### A lesson: its pane, what its steps say, what is said to answers.

## The pane: at the end of a lesson

learnt = What you learned

steps-done = { $finished } of { $of } steps are done so far. p goes back to the others.

last-lesson = That was the last lesson. Enter: the list of lessons

next-lesson = Enter: next lesson, { $title }

## The pane: keys that do something now

type-number = Enter: type the number

key-take = take it

key-leave = leave

key-keep-old = keep the old one

key-to-end = to its end

key-next-step = next step

key-type = type a number

key-done = done

key-play = play

key-lock = lock your guess

key-take-this = take this one

key-activation = activation

key-bias = bias

key-more = more

key-weights = change weights

key-input = type another input

key-your-number = your number

key-other-input = input

key-bring = bring your network

key-hint = hint

key-next-hint = hint { $number } of { $of }

key-again = start again

## Hunts: find the bug, then name it

compare-values = The bench shows the right pass. Compare each value with it.

round = { $points ->
    [one] Round { $number } of { $of }, 1 point so far
   *[other] Round { $number } of { $of }, { $points } points so far
}

what-was-done = What was done?

score = { $points } of { $most } points

other-bugs = o: again with other bugs

found-place = That is the first wrong one. Now give it its name.

# What the value would be with the mistake that the learner named, and what it is.
named-gives = With that `{ $place }` would be { $named }. Here it is { $shown }.

not-it = That is not it.

# $lesson is the lesson's number and title.
look-again-lesson = Look again at lesson { $number }, { $title }: it is about the mistake of round { $round }.

look-again-name = Look again at round { $round }: its name was the hard part.

look-again-place = Every name was right at the first try. Look again at round { $round }: which value before it was still right?

all-found = You found and named every bug at the first try.

## What is said to answers

# $place is a value's address, such as dense.a[1]; $value is the right value.
right-before = `{ $place }` is { $value } in the right calculation too. The first wrong value comes later.

right-after = `{ $place }` is right: it is { $value } in the right calculation too. The first wrong value comes earlier in the list.

wrong-after = `{ $place }` is wrong too, but a value before it in the list is wrong already.

# What a what-if changes in the output.
still = Still { $value }.

instead = { $value } instead of { $right }.

solved = That does it.

locked = Your guess is locked. Watch what comes out.

# $why is a message without a full stop.
not-taken = Not taken: { $why }.

# $on lists what-ifs, such as: you left out the bias of layer dense.
solved-before-on = Solved before. Now this is on: { $on }.

solved-before-off = Solved before. Now nothing is switched on.

solved-before-numbers = Solved before. It is not solved with the numbers that are on the bench now: u goes back, R starts again.

too-many-on = { $count } are on: { $on }. This step asks for { $wanted }. The same key switches one off; R starts again.

other-on = On: { $on }. That is not it yet. The same key switches it off; R starts again.

## Why a key does nothing in a step

choose-first = choose with the arrow keys or a digit, then Enter

refuted = this one is wrong: choose another

switch-first = switch it with a (activation), b (bias) or w (more)

edit-first = change weights with e or the input with i

type-first = type your number with y; i changes the input

lock-first = lock your guess first; n skips the step

find-yourself = in this step you find it yourself; f works again when it is solved. h: hint

press-enter-first = f explains a wrong number: type yours and press Enter first

three-tries-first = not before you have tried three times; h gives a hint

only-about = this step is only about { $names }

no-more-hints = there is no other hint for this step

starts-again = the step starts again
