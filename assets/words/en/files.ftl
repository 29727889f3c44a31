### Files and standard input that cannot be read, and the progress file.

standard-input = standard input
unreadable = cannot read `{ $name }`: { $why }
is-folder = `{ $name }` is a folder; name a file in it
special = `{ $name }` is not a regular file but a pipe or a device; save what it gives in a file and name that
no-regular-file = it is not a regular file
not-folder = `{ $name }` is not a folder; lessons are a folder that contains `course.json`
too-large =
    `{ $name }` is larger than { $most } MiB, the limit; byhand is for networks that a person can follow
too-many-numbers = `{ $name }` has more than { $most } numbers, the limit for texts; give fewer, or save them with `numpy.savez`
not-text = `{ $name }` is not text: byte 0x{ $byte } in line { $line } is not UTF-8; save it as UTF-8 text

progress-no-place = progress is not saved: there is no home folder; name a file with `--progress FILE`
progress-not-written =
    progress is not saved: `{ $path }` cannot be written ({ $why }); name another file with `--progress FILE`
progress-not-read =
    progress is not saved: `{ $path }` cannot be read ({ $why }); name another file with `--progress FILE`
progress-newer =
    progress is not saved: `{ $path }` was written by a newer byhand; name another file with `--progress FILE`
progress-locked = progress is not saved yet: another byhand holds `{ $path }`; it is tried again when you go on and when you quit
progress-damaged = `{ $path }` cannot be read ({ $why }); it is kept under another name
progress-too-large = too large
