//! Texts that are cut short or broken: each with its message and its place.

use std::fmt::Write as _;

use super::arrays;

#[test]
fn each_broken_text_is_refused_with_its_place_and_its_remedy() {
    // The text, the place, and a part of the message.
    let cases: &[(&str, &str, &str)] = &[
        ("[[1 2 ... 9]]", "line 1, column 7", "set_printoptions(threshold=sys.maxsize)` and print again"),
        (
            "[array([[1., 2.],\n       ...,\n       [3., 4.]], shape=(64, 2), dtype=float32)]",
            "line 2, column 8",
            "NumPy cut this print short",
        ),
        ("[0.5, …, 1.]", "line 1, column 7", "NumPy cut this print short"),
        ("tensor([1., ..., 2.])", "line 1, column 13", "torch.set_printoptions(profile=\"full\", precision=8)"),
        (
            "[array([[1., 2., 3.],\n        [4., 5.]])]",
            "line 2, column 9",
            "row [1] has 2 numbers, and the first row has 3 numbers",
        ),
        (
            "W = [[1, 2], 3]",
            "line 1, column 14",
            "row [1] has only a number instead of a list, and the first row has 2 numbers",
        ),
        ("[0.5, two]", "line 1, column 7", "`two` is among numbers and is not one"),
        ("[0.5-0.2, 0.1]", "line 1, column 2", "`0.5-0.2` is not a number"),
        ("[1e39, 0.5]", "line 1, column 2", "`1e39` is too large for float32"),
        ("[0.1, 0.2, 0.\n34]", "line 2, column 1", "there is no comma before this number"),
        ("[1 2,5 3]", "line 1, column 6", "there is a comma before this number"),
        ("[0.5,,2]", "line 1, column 6", "found `,`, expected a number"),
        ("[0.5, 2)", "line 1, column 8", "found `)`, expected a number"),
        ("[0.5,\n [2", "line 2, column 2", "this `[` is never closed"),
        ("<tf.Variable 'w", "line 1, column 1", "this `<` is never closed"),
    ];
    let mut wrong = String::new();
    for (text, place, says) in cases {
        match arrays(text) {
            Ok(read) => writeln!(wrong, "{text:?} was read: {read:?}").unwrap(),
            Err(error) => {
                let error = error.to_string();
                let (first, rest) = error.split_once('\n').unwrap();
                if !first.starts_with(&format!("{place}: ")) || !first.contains(says) || !rest.ends_with('^') {
                    writeln!(wrong, "{text:?}: {error}").unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_bracket_missing_at_the_end_is_added_and_prose_is_ignored() {
    let mut wrong = String::new();
    for (text, count) in [
        ("[array([[0.5, 1.]]), array([1., 2.])", 2),
        ("What is (this [thing about 3 layers? :) \n[[0.5, 1.]]", 1),
        (">>> [1]", 0),
        ("weights: [0.5]", 1),
        ("[0.5]]", 1),
        ("see [1] and (2, 3), 13 (52.00 B)", 0),
        ("<KerasVariable shape=(1, 16), path=w>", 0),
    ] {
        match arrays(text) {
            Ok(read) if read.len() == count => {}
            other => writeln!(wrong, "{text:?}: {other:?}").unwrap(),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
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
