### What `byhand lessons` prints.

entry = { $number } { $id }  { $minutes } min  { $title }: { $about }
faults = { $count ->
    [0] the lessons have no faults
    [one] 1 fault
   *[other] { $count } faults
}
