### The list of what-ifs: mistakes that one can try.

title = What if ...

nothing = Nothing can go wrong here.

not-found = No what-if contains these words. Esc: all

search = Search:

place = { $place } of { $count }

found = with `{ $words }`: { $count } of { $all }

key-choose = choose

key-done = done

key-all = all

key-switch = on or off

key-search = search

key-close = close
