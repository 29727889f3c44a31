### Notices in the bottom line: what a key has done, or why it does nothing. No full stop.

animation-on = animation on

animation-off = animation off: it goes step by step

mouse-on = mouse on; M turns it off, so that you can select text

mouse-off = mouse off: you can select text

posted = back to the original values (u undoes this)

# $factor is how many times faster than at first.
speed = speed { $factor }

plays-units = plays unit by unit

plays-layers = plays layer by layer

plays-actions = plays action by action

decimals = { $count ->
    [one] 1 decimal
   *[other] { $count } decimals
}

all-digits = exact: all digits of the float32 number

nothing-to-undo = nothing to undo

nothing-to-redo = nothing to redo

no-digit = `{ $key }` is not part of a number; Enter takes what you typed, Esc leaves the field

no-weights = no layer here has weights that can be changed

type-weight = type a number, such as 0.5; Esc keeps the old number

quit-with-q = q quits; your place is saved

# A file that cannot be read.
file = `{ $name }`: { $why }

## The learner's own numbers

deleted = your number is deleted

number-deleted = { $number } is deleted

# $input is an input, such as 10.
counts-again = { $count ->
    [one] your number for x = { $input } counts again
   *[other] your { $count } numbers for x = { $input } count again
}

set-aside-at = { $count ->
    [one] your number for x = { $input } is set aside; it counts again there
   *[other] your { $count } numbers for x = { $input } are set aside; they count again there
}

set-aside = { $count ->
    [one] your number for another input is set aside; it counts again there
   *[other] your { $count } numbers for other inputs are set aside; they count again there
}

type-first = type your own number first, with y

type-first-here = type your own number for this input first, with y

no-other-input = there is no number for another input

all-count = your numbers for all inputs count

here-count = only your numbers for this input count

## From the panel that explains a number

both-ways = both ways, value by value; f shows the reason again, u goes back

never-shows = there is no input at which the difference shows

contradiction = x = { $input }: your way { $wrong }, right { $right }

contradiction-why = x = { $input }: your way { $wrong }, right { $right }; { $why }

no-next-input = no other input would say more

type-for-input = what do you get for { $input }? Type it; both numbers count together

no-lesson = no lesson of this course is about it

# $value is a number or a list of numbers.
copied-value = copied: { $value } (if your terminal allows it: OSC 52)

copied-solution = copied the worked solution, { $lines ->
    [one] 1 line
   *[other] { $lines } lines
} (if your terminal allows it: OSC 52)

nothing-to-copy = nothing is computed yet; → computes the next value

copy-hidden = the step asks for this value; copy it when you have found it

# $most is a number of bytes.
copy-too-long = the worked solution is longer than { $most } bytes, too long for a clipboard of a terminal; byhand explain writes it to a file
