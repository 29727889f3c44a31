### Faults in the form of the lessons' files, and the shell's message about them. Read by people who write lessons.

fault = { $path }:{ $line }: { $what }
list-missing = this file is missing; it lists the lessons in order
file-missing = this file is missing
json = { $why }; lessons/README.md shows the form
json-at = { $why }, column { $column }; lessons/README.md shows the form
json-field = `{ $field }`: { $why }
step-without-task = this step has no task; end it with a ```json task block
second-lesson-block = this is a second ```json lesson block; keep one
task-without-step = this task has no step of its own; a step is a `##` heading, prose and one task
outside-of-steps = this is outside of any step; begin a step with a `##` heading
no-lesson-block = the ```json lesson block is missing; it names the model and what is learnt
task-without-id = the task has no `id`; give it one that never changes
task-without-kind = the task has no `kind`; name one of { $kinds }
unknown-kind = `{ $kind }` is not a kind of task; the kinds are { $kinds }
markdown-not-offered =
    only headings (`##`), paragraphs, lists, fenced code, `code`, *stress* and **strong** are shown; use one of these
