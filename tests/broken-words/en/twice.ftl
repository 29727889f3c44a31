same = the first
same = the second
Upper_Case = an id that is no id
