//! Lists in the chosen language: the signs and words between their parts are sentences too.

use super::list;

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, |first, last| list::and(first, last), |first, rest| list::comma(first, rest))
}

/// Clauses: `a`, `a, and b`, `a, and b, and c`.
pub(crate) fn clauses<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, |first, last| list::clauses(first, last), |first, rest| list::clauses(first, rest))
}

/// `a; b; c`.
pub(crate) fn semicolons<T: AsRef<str>>(items: &[T]) -> String {
    joined(items, |first, rest| list::semicolon(first, rest), |first, rest| list::semicolon(first, rest))
}

/// Joins from the end: `last` joins the last two, `before` what stands before them.
fn joined<T: AsRef<str>>(
    items: &[T],
    last: impl Fn(&str, &str) -> String,
    before: impl Fn(&str, &str) -> String,
) -> String {
    let mut items = items.iter().rev().map(AsRef::as_ref);
    let Some(end) = items.next() else { return String::new() };
    let Some(second) = items.next() else { return end.to_owned() };
    items.fold(last(second, end), |rest, first| before(first, &rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn a_list_is_joined_from_its_end() {
        Language::ENGLISH.within(|| {
            assert_eq!(and::<&str>(&[]), "");
            assert_eq!(and(&["a"]), "a");
            assert_eq!(and(&["a", "b"]), "a and b");
            assert_eq!(and(&["a", "b", "c", "d"]), "a, b, c and d");
            assert_eq!(clauses(&["a", "b", "c"]), "a, and b, and c");
            assert_eq!(semicolons(&["a", "b", "c"]), "a; b; c");
        });
        assert_eq!(Language::PSEUDO.within(|| and(&["a", "b"])), "aａｎｄb");
    }
}
