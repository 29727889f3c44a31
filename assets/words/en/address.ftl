### Why the name of a value or weight names nothing. Read by everybody who writes such names.

# $known are the names of the weights there are, in backquotes.
no-weights = `{ $address }` does not exist: `{ $layer }` is a { $kind } layer; its weights are { $known }
