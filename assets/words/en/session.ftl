### Why the screen cannot be used, and what works without it.

output-not-a-terminal =
    standard output is not a terminal, which the screen needs; `byhand predict` and `byhand explain` work without one
no-keyboard =
    standard input is not a terminal, and there is none for the keys (/dev/tty); `byhand predict` and `byhand explain` work without one
dumb = this terminal (TERM=dumb) cannot show the screen; `byhand learn LESSON --plain`, `byhand predict` and `byhand explain` print plain text
gone = the terminal was closed
terminal = the terminal cannot be used ({ $why }); `byhand predict` and `byhand explain` work without it
no-escape-sequences = this console does not support escape sequences; use Windows Terminal
course-unreadable =
    { $fault }
    `byhand lessons check DIR` reports everything that is wrong with a lessons folder
