### The list of lessons.

title = The course

minutes = { $count } min

lessons = the lessons are 1 to { $count }

no-lesson = there is no such lesson

no-steps = it has no steps

cannot-show = lesson `{ $id }` cannot be shown: { $why } (see `byhand lessons check`)
