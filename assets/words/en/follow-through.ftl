### What becomes of the later wrong values of a calculation. Read by people who checked several of their numbers.

# $at is a value's name, $number what the learner wrote.
right = `{ $at }` = { $number } is right, given your own earlier numbers.

second = `{ $at }` = { $number } is a second mistake: your own earlier numbers give { $follows }.
