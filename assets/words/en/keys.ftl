### The keys: what each does, for the help; `.label` is one or two words for the bottom line. The names of keys, such as
### Enter or F1, stay as they are.

# The title of the help.
title = Help

## Lessons, and the list of lessons

menu-choose = move among the lessons
    .label = choose

menu-number = go to the lesson with this number, such as 7 or 12; Enter opens it
    .label = number

menu-enter = open the lesson
    .label = open

menu-back = back to the network that you opened, if there is one
    .label = your network

choose = move among the options
    .label = choose

pick = pick an option

# What Enter does depends on the step; one of these labels is shown.
enter = do what the step asks: play, answer or go on
    .label = go on
    .to-end = to its end
    .next = next step
    .watch = play
    .answer = take it

hint = a hint; press it again for a stronger one, up to 3 times
    .label = hint

steps = the next step, the step before; no step is locked
    .label = next, back

scroll = scroll the lesson's text

other-bugs = start again with other bugs and 0 points
    .label = other bugs

## The bench, and everywhere

move-cell = move among the weights; the last row is the bias
    .label = move

type-cell = type a new number (also - and .); Enter takes it, Esc keeps the old number
    .label = type

nudge = 0.1 less, 0.1 more; {"{"} and {"}"}: 0.01 less, 0.01 more
    .label = ± 0.1

weights-layer = the weights of another layer
    .label = layer

weights-done = stop changing weights
    .label = done

edit-cell = change the number at the cursor

play = play the pass, or stop
    .label = play
    .stops = stop

enter-plays = play (outside of a lesson)

step = one action back or forward
    .label = step

unit = one unit back or forward
    .label = unit

layer = one layer back or forward

ends = to the start or the end of the pass

scrub = 5 % of the pass back or forward

speed = play faster or slower

stride = play by actions, by units or by layers

activation = leave out the activation of the layer, or put it back
    .label = activation

bias = leave out the bias of the layer, or put it back
    .label = bias

what-ifs = all mistakes that you can try; / searches the list
    .label = what if

input = type another input
    .label = input

weights = change weights and biases
    .label = weights

yours = type your own number for the output or for another value, such as dense.z[1] = 4.89
    .label = yours

why = find out why your own number differs
    .label = why

picture = the next picture: network, matrix, plot, curve, bars; with a what-if also compare
    .label = picture

copy = copy the value that was computed last; C the worked solution

digits = 4 decimals, 8 decimals, or all digits

undo = undo the last change, or make it again
    .label = undo, redo

posted = back to the original weights and the first input; in a lesson: start the step again

back = to the list of lessons
    .label = lessons

help = show this help
    .label = help

motion = animation on or off

mouse = mouse on or off; without it you can select text

quit = quit; your place is saved
    .label = quit

## Text fields, and panels over the screen

take = take what you typed
    .label = take it

leave = leave the field; your own number is there again when you come back
    .label = leave

clear = empty the field
    .label = empty

delete-word = delete a word

cursor = move the cursor

play-both = play the right pass and yours side by side, from the first difference
    .label = play both

contradict = show an input where your way gives an impossible value
    .label = contradiction

try-next = the input that separates the explanations; type your number for it, and both numbers count
    .label = try next

its-lesson = the lesson that teaches the right way
    .label = lesson

others = show another explanation
    .label = others

numbers = move among the numbers that you typed
    .label = your numbers

delete-number = delete the number at the cursor
    .label = delete

other-inputs = count your numbers for other inputs too, or set them aside
    .label = other inputs

finding-scroll = scroll the text

finding-close = back to the bench; f opens it again
    .label = close

describe = change the network on the bench as this explanation says; u undoes it
    .label = describe it so

model-others = choose another explanation
    .label = choose

model-scroll = scroll the text

model-close = back to the bench
    .label = close

what-if-choose = move among the what-ifs
    .label = choose

switch = switch it on or off
    .label = on or off

search = search the list: type a word of the sentence
    .label = search

what-ifs-close = close the list
    .label = close

search-choose = move among the results
    .label = choose

search-done = keep the results
    .label = done

search-cancel = show the whole list again
    .label = all

help-scroll = scroll the help
    .label = scroll

help-close = close the help
    .label = close

## The page of your own network, and the glossary

bring-own = bring a network of your own
    .label = own network

keep = save this network; the list of lessons then offers it

pasted-enter = go on if the arrays are complete; otherwise a new line
    .label = go on

pasted-back = leave; the text is there again when you come back
    .label = back

pasted-clear = empty the text
    .label = empty

pasted-cursor = move the cursor; with no text, choose a built-in model

pasted-help = show this help
    .label = help

question = move among the questions
    .label = question

turn = choose another activation (or type its first letter); in the input, move the cursor
    .label = change

open-own = open the network
    .label = open

asked-back = back to the arrays
    .label = arrays

asked-type = type the input

asked-help = show this help
    .label = help

glossary-scroll = scroll the glossary
    .label = scroll

glossary-close = close the glossary
    .label = close

glossary = the glossary: what wx, z, a, kernel, ulp and other words mean
    .label = words
## Where the keys work: headings of the help

where-always = Everywhere

where-menu = In the list of lessons

where-bench = The pass

where-lesson = In a lesson

where-scored = At the end of a lesson with points

where-options = Where you choose an option

where-weights = While you change weights (after e)

where-field = While you type

where-finding = Why your number differs (after f)

where-model-says = Why the model says something else (after y, model = 0.93)

where-what-ifs = In the list of what-ifs (after w)

where-search = While you search that list (after /)

where-pasted = Your own network: the arrays

where-asked = Your own network: activations and input

where-glossary = In the glossary (after G)

where-help = In this help

## Training, and wrong numbers of networks of any shape

where-training = In a training

training-step = the step before, the next step of the training
    .label = training step

training-epoch = the epoch before, the next epoch

cause-show = switch this cause on, and show where it changes the first value
    .label = show it

cause-choose = another cause
    .label = cause

cause-scroll = scroll

cause-close = close
    .label = close
