### Why a model cannot be opened from the command line.

unknown = { $why }, and there is no file `{ $name }` here
unread-model = { $why }; give a file, `-` for standard input, or a built-in model: { $known }
# $why says what is wrong with the file's content.
refused = `{ $name }`: { $why }
refused-at = `{ $name }`, { $why }
activation = --activations: { $why }
orientation = --orientation: `{ $word }` is not known; write `keras` (inputs x units) or `torch` (units x inputs)
indices = --indices: `{ $word }` is not known; write `from-to` or `to-from`
bias = --bias: `{ $word }` is not known; write `first` or `last`
# $what is `activations`, `kernels` or `biases`.
own = `{ $name }` has its own { $what ->
    [activations] activations
    [kernels] kernels
   *[biases] biases
}; leave `{ $option }` out

paste = Paste the printed weights, then press Ctrl+D (Windows: Ctrl+Z and Enter) on a new line.
note = note: { $remark }
