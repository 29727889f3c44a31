### Answers in the cells of a workbook (`check --answer @FILE.xlsx:Sheet1!C2:C17`).

# $why is what the reader says.
damaged = the workbook is damaged: { $why }

no-parts = no sheet is in it

# $most is a number of cells.
too-large = the workbook is too large; byhand reads at most { $most } cells

no-sheet = no sheet is called `{ $name }`; the sheets are { $known }

# $cells is what was written.
not-cells = `{ $cells }` is no range of cells and no heading; write it like Sheet1!C2:C17, C2:C17 or C

too-many = { $cells } has more than { $most } cells

empty = the cell is empty

# $text is what is in the cell.
not-a-number = `{ $text }` is not a number

# $cell is such as Sheet1!C5; $why is the reason.
in-cell = { $option } `{ $file }`, cell { $cell }: { $why }

in-file = { $option } `{ $file }`: { $why }

# $cell is such as Sheet1!C5; $address is such as dense.z[3].
first-wrong = The first cell that differs is { $cell }, which is { $address }: { $number }, not { $right }.
