### `byhand doctor`: what a bug report needs to say about the surroundings.

version = version
system = system
terminal = terminal
terminal-says = TERM={ $term }, COLORTERM={ $colorterm }, TERM_PROGRAM={ $program }
not-set = (not set)
streams = streams
streams-say = keys { $keys ->
    [yes] from a terminal
   *[no] not from a terminal
}, output { $output ->
    [yes] to a terminal
   *[no] not to a terminal
}
size = size
size-says = { $columns } columns, { $rows } rows
size-small = { $columns } columns, { $rows } rows; the screen needs { $least-columns } by { $least-rows }, and has room at 80 by 24
size-unknown = unknown: there is no terminal
colors = colours
colors-none = none (NO_COLOR, TERM, or output to no terminal)
colors-16 = 16
colors-256 = 256
colors-true = 16,777,216 (24 bits)
signs = signs
signs-unicode = Unicode, with locale { $locale }
signs-ascii = ASCII only, with locale { $locale }; a locale with UTF-8 shows more
language = language
program = program
progress = progress
progress-new = { $path }: not there yet, and it can be made
progress-good = { $path }: { $count ->
    [one] 1 finished task
   *[other] { $count } finished tasks
}
progress-bad = { $path }: { $why }
progress-no-place = no place: there is no home folder
networks = networks
networks-count = { $count ->
    [0] none kept
    [one] 1 kept
   *[other] { $count } kept
}
screen = screen
screen-works = works here: `byhand` opens it
screen-plain = does not work here (TERM=dumb); `byhand learn LESSON --plain` shows lessons as text
screen-no-keyboard = does not work here: there is no terminal for the keys
screen-no-output = cannot be judged while the output goes to a file or a pipe
note = Paste this into a bug report. It names no folder of yours: your home is ~, other folders are left out.
