### How the parts of a list are joined. A list of 3 is joined from its end: a, b and c.

and = { $first } and { $last }

comma = { $first }, { $rest }

# Between clauses that contain commas or "and".
semicolon = { $first }; { $rest }

clauses = { $first }, and { $last }
