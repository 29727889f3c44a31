### A lesson as text: `byhand learn LESSON --plain`.

help = Type an answer and press Enter. Enter alone does what the step asks: it plays, or goes on. `h` gives a hint, `n` and `p` go to the next step and the one before, `?` shows this, `q` ends; what you finished is kept.

step = Lesson { $lesson }, { $title }: step { $step } of { $of }

end = { $title }: the end of the lesson
