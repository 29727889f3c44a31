### A training table (CSV) that is given with --data.

empty = `{ $name }` has no rows of numbers; give a table with one column for each input and each target

ragged = `{ $name }`, line { $line }: this row has { $got ->
    [one] 1 column
   *[other] { $got } columns
}, the first has { $expected }; columns are separated by commas, semicolons or tabs, the same in every row

not-csv = `{ $name }` cannot be read as a table: { $why }

not-a-number = `{ $name }`, line { $line }, column { $column }: `{ $cell }` is not a number; inputs must be numbers

no-column = there is no column `{ $column }` in `{ $name }`; the columns are { $known }

no-target = --targets is empty; write the names or numbers of the target columns, such as price or 3,4

columns = `{ $name }` has { $got ->
    [one] 1 column
   *[other] { $got } columns
} besides the targets ({ $known }), and the network takes { $expected ->
    [one] 1 number
   *[other] { $expected } numbers
}; name the target columns with --targets, and delete columns that the network does not get
