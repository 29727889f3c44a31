### What is said to answers in a lesson.

# $place is a value's address, such as dense.a[1]; $value is the right value.
right-before = `{ $place }` is { $value } in the right calculation too. The first wrong value comes later.

right-after = `{ $place }` is right: it is { $value } in the right calculation too. The first wrong value comes earlier in the list.

wrong-after = `{ $place }` is wrong, but a value before it in the list is wrong already.
