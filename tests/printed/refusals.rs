//! Texts that are not a whole print of arrays: the exact message of each.

use std::fmt::Write as _;

use super::arrays;

#[test]
fn each_broken_print_is_refused_with_its_place_and_its_remedy() {
    // The text, the first line of the message, the excerpt, the caret below it.
    let cases: &[(&str, &str, &str, &str)] = &[
        (
            "[[1 2 ... 9]]",
            "line 1, column 7: NumPy cut this print short (`...`), so weights are missing: run `import sys, numpy as np; np.set_printoptions(threshold=sys.maxsize)` and print again",
            "[[1 2 ... 9]]",
            "      ^",
        ),
        (
            "[array([[1., 2.],\n       ...,\n       [3., 4.]], shape=(64, 2), dtype=float32)]",
            "line 2, column 8: NumPy cut this print short (`...`), so weights are missing: run `import sys, numpy as np; np.set_printoptions(threshold=sys.maxsize)` and print again",
            "       ...,",
            "       ^",
        ),
        (
            "[0.5, …, 1.]",
            "line 1, column 7: NumPy cut this print short (`...`), so weights are missing: run `import sys, numpy as np; np.set_printoptions(threshold=sys.maxsize)` and print again",
            "[0.5, …, 1.]",
            "      ^",
        ),
        (
            "tensor([1., ..., 2.])",
            "line 1, column 13: PyTorch cut this print short (`...`), so weights are missing: run `import torch; torch.set_printoptions(profile=\"full\", precision=8)` and print again",
            "tensor([1., ..., 2.])",
            "            ^",
        ),
        (
            "[array([[1., 2., 3.],\n        [4., 5.]])]",
            "line 2, column 9: row [1] has 2 numbers, the first row beside it has 3 numbers: a number was lost or added",
            "        [4., 5.]])]",
            "        ^",
        ),
        (
            "[[[1], [2]], [[3], [4, 5]]]",
            "line 1, column 20: row [1][1] has 2 numbers, the first row beside it has 1 number: a number was lost or added",
            "[[[1], [2]], [[3], [4, 5]]]",
            "                   ^",
        ),
        (
            "[[1, 2], 3]",
            "line 1, column 10: row [1] is a single number, the first row beside it has 2 numbers: a number was lost or added",
            "[[1, 2], 3]",
            "         ^",
        ),
        (
            "[[[1, 2]], [3]]",
            "line 1, column 12: row [1] has 1 number, the first row beside it has shape (1, 2): a number was lost or added",
            "[[[1, 2]], [3]]",
            "           ^",
        ),
        (
            "array([[1, 2]], shape=(2, 2))",
            "line 1, column 1: `shape=(2, 2)` does not fit the numbers, which have shape (1, 2): print the array again",
            "array([[1, 2]], shape=(2, 2))",
            "^",
        ),
        (
            "weights: [1]",
            "line 1, column 1: `weights` does not belong to a printed array: paste only what `print(model.get_weights())` shows",
            "weights: [1]",
            "^",
        ),
        (
            "[1, two]",
            "line 1, column 5: `two` does not belong to a printed array: paste only what `print(model.get_weights())` shows",
            "[1, two]",
            "    ^",
        ),
        (
            "[0.5-0.2]",
            "line 1, column 2: `0.5-0.2` is not a number: numbers look like `-0.25`, `0.`, `1.e-05`, `nan`, and stand apart",
            "[0.5-0.2]",
            " ^",
        ),
        (
            "[1e39]",
            "line 1, column 2: `1e39` does not fit a float32, whose largest value is 3.4028235e38",
            "[1e39]",
            " ^",
        ),
        (
            "0.5",
            "line 1, column 1: a number outside of brackets: arrays are printed as `[0.1 0.2]` or `array([0.1, 0.2])`",
            "0.5",
            "^",
        ),
        (
            "[0.1, 0.2, 0.\n34]",
            "line 2, column 1: no comma before this number, but between the numbers before it: a number was broken in two or a comma was lost",
            "34]",
            "^",
        ),
        (
            "[1 2,5 3]",
            "line 1, column 5: a comma before this number, but not between the numbers before it: decimals are written with a point, `0.5`",
            "[1 2,5 3]",
            "    ^",
        ),
        ("[1,,2]", "line 1, column 4: found `,`, expected a number, a list, an array or `]`", "[1,,2]", "   ^"),
        ("[,1]", "line 1, column 2: found `,`, expected a number, a list, an array or `]`", "[,1]", " ^"),
        ("[1, 2)", "line 1, column 6: found `)`, expected a number, a list, an array or `]`", "[1, 2)", "     ^"),
        ("[1]]", "line 1, column 4: found `]`, expected a number, `[` or `array(`", "[1]]", "   ^"),
        (">>> [1]", "line 1, column 1: found `>`, expected a number, `[` or `array(`", ">>> [1]", "^"),
        ("[1; 2]", "line 1, column 3: found `;`, expected a number, a list, an array or `]`", "[1; 2]", "  ^"),
        ("['w', 1]", "line 1, column 2: found `'`, expected a number, a list, an array or `]`", "['w', 1]", " ^"),
        ("('w, 1)", "line 1, column 2: found `'`, expected a name in quotation marks", "('w, 1)", " ^"),
        ("array[1]", "line 1, column 6: found `[`, expected `(`", "array[1]", "     ^"),
        (
            "array(",
            "line 1, column 7: found the end of the text, expected a number, `[` or `array(`",
            "array(",
            "      ^",
        ),
        ("array([1] 2)", "line 1, column 11: found `2`, expected `,` or `)`", "array([1] 2)", "          ^"),
        (
            "array([1], float32)",
            "line 1, column 12: found `f`, expected `dtype=`, `shape=` or `)`",
            "array([1], float32)",
            "           ^",
        ),
        (
            "array([1], shape=(a,))",
            "line 1, column 19: found `a`, expected a shape such as `(64, 32)`",
            "array([1], shape=(a,))",
            "                  ^",
        ),
        (
            "array([1], dtype=)",
            "line 1, column 18: found `)`, expected a type such as `float32`",
            "array([1], dtype=)",
            "                 ^",
        ),
        ("np.float32()", "line 1, column 12: found `)`, expected a number", "np.float32()", "           ^"),
        ("[1,\n [2", "line 2, column 2: this `[` is never closed: the end of the print is missing", " [2", " ^"),
        (
            "array([1.]",
            "line 1, column 6: this `(` is never closed: the end of the print is missing",
            "array([1.]",
            "     ^",
        ),
        (
            "<tf.Variable 'w",
            "line 1, column 1: this `<` is never closed: the end of the print is missing",
            "<tf.Variable 'w",
            "^",
        ),
        (
            "<KerasVariable shape=(1, 16), path=w>",
            "line 1, column 1: this variable shows no values: print `model.get_weights()` instead",
            "<KerasVariable shape=(1, 16), path=w>",
            "^",
        ),
        // What could act on a terminal, or hide, is replaced in the word as in the line.
        (
            "[\u{1b}[2J]",
            "line 1, column 2: found `\u{fffd}`, expected a number, a list, an array or `]`",
            "[\u{fffd}[2J]",
            " ^",
        ),
        (
            "[0.5\u{200b}1]",
            "line 1, column 5: found `\u{fffd}`, expected a number, a list, an array or `]`",
            "[0.5\u{fffd}1]",
            "    ^",
        ),
        ("\u{202e}[1]", "line 1, column 1: found `\u{fffd}`, expected a number, `[` or `array(`", "\u{fffd}[1]", "^"),
        // A caret stands below its place where characters are wider than one cell.
        (
            "[1, 重み]",
            "line 1, column 5: `重み` does not belong to a printed array: paste only what `print(model.get_weights())` shows",
            "[1, 重み]",
            "    ^",
        ),
        ("('重み', =)", "line 1, column 8: found `=`, expected a name, an array or `)`", "('重み', =)", "         ^"),
    ];
    for (text, message, excerpt, caret) in cases {
        let error = arrays(text).expect_err(text);
        assert_eq!(error.to_string(), format!("{message}\n  {excerpt}\n  {caret}"), "{text:?}");
    }
}

#[test]
fn the_excerpt_of_a_long_line_is_cut_around_the_place() {
    let mut text = "[".to_owned();
    for _ in 0..50 {
        text.push_str("0.25, ");
    }
    write!(text, "oops, {}]", "0.5, ".repeat(50)).unwrap();
    let error = arrays(&text).unwrap_err().to_string();
    let lines: Vec<_> = error.lines().collect();
    assert_eq!(lines[0].split(':').next(), Some("line 1, column 302"));
    assert_eq!(lines[1], "  …0.25, 0.25, 0.25, 0.25, 0.25, oops, 0.5, 0.5, 0.5, 0.5, 0.5,…");
    assert_eq!(lines[2], format!("  {}^", " ".repeat(31)));
}
