good = well
bad = { $unclosed
