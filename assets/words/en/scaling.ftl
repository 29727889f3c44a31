### What is wrong with `--scaling`.

# $text is what was written.
wrong = --scaling { $text }: { $why }

# $end is `input` or `output`, in every sentence here.
twice = the { $end ->
    [input] input
   *[output] output
} is already scaled; give `--scaling { $end }=` once, with `;` between several mappings
no-end = `{ $word }` is neither input nor output; write input=0,100:-1,1 or output=0,205:-1,1
missing = it does not say how the { $end ->
    [input] input
   *[output] output
} was scaled; { -scaling-forms }
zero = `{ $mapping }`: nothing can be divided by 0; write the number that was used in training
unknown = `{ $word }` is not a way to scale; { -scaling-forms }
deviation-zero = `{ $mapping }`: the deviation is 0, and nothing can be divided by 0; write the deviation that was used in training
deviation-negative = `{ $mapping }`: a deviation is not negative; write the mean first, then the deviation
empty-range = `{ $mapping }`: the range from { $low } to { $high } is empty; write the lowest and the highest number
not-two = `{ $text }` has { $got ->
    [one] 1 number
   *[other] { $got } numbers
} instead of 2; { -scaling-forms }
not-finite = `{ $text }` is not a finite number; write the number that was used in training
not-a-number = `{ $text }` is not a number; { -scaling-forms }
count = `{ $network }` has { $end ->
    [input] { $units ->
        [one] 1 input
       *[other] { $units } inputs
    }
   *[output] { $units ->
        [one] 1 output
       *[other] { $units } outputs
    }
}, and { $given ->
    [one] 1 mapping was given
   *[other] { $given } mappings were given
}; give one mapping for each with `;` between them, or one for all
too-large = number { $unit }: this mapping is too large or too small for float32; look whether a digit is missing
