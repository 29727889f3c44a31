//! Numbers as people and programs write them.
//!
//! `-0.25  1.  .5  1.e-05  3.1*^-5  0.5f  −0.3  －０．９６  nan  -inf`: signs of typeset pages and full-width digits from a
//! recognised screenshot, exponents of Mathematica, suffixes of C and Rust. A number is parsed as float64 and rounded to
//! float32, as NumPy does.

/// A number as it was printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: f32,
    /// Digits after the point; `None` without a point.
    pub(super) decimals: Option<u8>,
}

/// What begins a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Run {
    /// A number, and how many bytes it takes.
    Number(Number, usize),
    /// A decimal beyond the largest float32.
    TooLarge(usize),
    /// Letters and digits that are no number.
    Word(usize),
    /// Neither.
    Nothing,
}

/// Whether `c` can be part of a number or word.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '_' | '.' | '+' | '-')
        || (!c.is_ascii() && (c.is_alphanumeric() || minus(c) || c == '．'))
}

/// Whether `c` is one of the signs that mean a minus: U+2212, U+2013, and wide or small ones.
pub(super) fn minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{2013}' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{FE63}' | '\u{FF0D}')
}

/// The run at the beginning of `text`.
pub(super) fn run(text: &str) -> Run {
    let length = length(text);
    let Some(length) = length else {
        let word = text.find(|c| !is_word(c)).unwrap_or(text.len());
        return if word == 0 { Run::Nothing } else { Run::Word(word) };
    };
    let rest = &text[length..];
    let suffix = suffix(rest);
    let after = &rest[suffix..];
    if after.starts_with(is_word) {
        let word = text.find(|c| !is_word(c)).unwrap_or(text.len());
        return Run::Word(word.max(length));
    }
    match value(&text[..length]) {
        Some(number) if number.value.is_finite() => Run::Number(number, length + suffix),
        Some(number) => {
            let digits = text[..length].contains(|c: char| c.is_ascii_digit());
            if digits { Run::TooLarge(length) } else { Run::Number(number, length + suffix) }
        }
        None => Run::Word(length),
    }
}

/// `text` as a whole, if it is a number.
pub(super) fn number(text: &str) -> Option<Number> {
    match run(text) {
        Run::Number(number, length) if length == text.len() => Some(number),
        _ => None,
    }
}

/// `text` as a whole, with a decimal comma: `0,535`.
pub(super) fn with_comma(text: &str) -> Option<Number> {
    let (before, after) = text.split_once(',')?;
    if after.is_empty() || !after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    number(&format!("{before}.{after}"))
}

/// How long the number is that begins here, without a suffix.
fn length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let sign = text.chars().next()?;
    if sign == '+' || minus(sign) {
        at = sign.len_utf8();
    }
    let rest = &text[at..];
    for word in ["nan", "NaN", "NAN", "inf", "Inf", "Infinity", "infinity", "INF"] {
        if rest.starts_with(word) && !rest[word.len()..].starts_with(is_word) {
            return Some(at + word.len());
        }
    }
    let (mut digits, mut point) = (0, false);
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9') => {
                digits += 1;
                at += 1;
            }
            Some(b'.') if !point => {
                point = true;
                at += 1;
            }
            Some(byte) if byte.is_ascii() => break,
            None => break,
            Some(_) => match text[at..].chars().next() {
                Some('０'..='９') => {
                    digits += 1;
                    at += 3;
                }
                Some('．') if !point => {
                    point = true;
                    at += 3;
                }
                _ => break,
            },
        }
    }
    if digits == 0 {
        return None;
    }
    let rest = &text[at..];
    let exponent = |marker: usize| {
        let rest = &rest[marker..];
        let sign = rest.chars().next().filter(|&c| c == '+' || minus(c)).map_or(0, char::len_utf8);
        let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then_some(marker + sign + digits)
    };
    let marker = match rest.as_bytes() {
        [b'e' | b'E', ..] => 1,
        [b'*', b'^', ..] => 2,
        [b'`', ..] if rest[1..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with("*^") => {
            rest.find("*^").map_or(0, |found| found + 2)
        }
        _ => 0,
    };
    Some(at + if marker > 0 { exponent(marker).unwrap_or(0) } else { 0 })
}

/// How long the suffix of a literal is: `f`, `f32`, Mathematica's precision mark.
fn suffix(rest: &str) -> usize {
    for suffix in ["_f32", "_f64", "f32", "f64", "f", "F", "d", "D", "L"] {
        if rest.starts_with(suffix) && !rest[suffix.len()..].starts_with(is_word) {
            return suffix.len();
        }
    }
    if let Some(precision) = rest.strip_prefix('`') {
        return 1 + precision.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    }
    0
}

fn value(text: &str) -> Option<Number> {
    if text.is_ascii() && !text.contains(['*', '`']) {
        return plain(text);
    }
    let mut ascii = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '０'..='９' => ascii.push(char::from(b'0' + (c as u32 - '０' as u32) as u8)),
            '．' => ascii.push('.'),
            '`' => while chars.next_if(|c| c.is_ascii_digit() || *c == '.').is_some() {},
            '*' => {
                chars.next();
                ascii.push('e');
            }
            c if minus(c) => ascii.push('-'),
            c => ascii.push(c),
        }
    }
    plain(&ascii)
}

fn plain(text: &str) -> Option<Number> {
    let value = text.parse::<f64>().ok()? as f32;
    let decimals = text.find('.').map(|point| {
        let digits = text[point + 1..].bytes().take_while(u8::is_ascii_digit).count();
        u8::try_from(digits).unwrap_or(u8::MAX)
    });
    Some(Number { value, decimals })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_and_programs_write_them() {
        for (text, value, decimals) in [
            ("-0.25", -0.25, Some(2)),
            ("1.", 1.0, Some(0)),
            (".5", 0.5, Some(1)),
            ("+2", 2.0, None),
            ("1.e-05", 1e-5, Some(0)),
            ("1E+3", 1000.0, None),
            ("3.1*^-5", 3.1e-5, Some(1)),
            ("-5.7`*^-2", -0.057, Some(1)),
            ("0.5`6.", 0.5, Some(1)),
            ("0.5f", 0.5, Some(1)),
            ("2.0f32", 2.0, Some(1)),
            ("-1.5_f64", -1.5, Some(1)),
            ("\u{2212}0.3", -0.3, Some(1)),
            ("\u{2212}０．９６", -0.96, Some(2)),
            ("\u{2013}1", -1.0, None),
            // By way of a float64, as NumPy reads it: directly it would be 1.0000001.
            ("1.00000005960464483", 1.0, Some(17)),
        ] {
            let read = number(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.value, read.decimals), (value, decimals), "{text}");
        }
        assert!(number("nan").is_some_and(|number| number.value.is_nan()));
        assert_eq!(number("-inf").map(|number| number.value), Some(f32::NEG_INFINITY));
        assert_eq!(run("1e39,"), Run::TooLarge(4));
        for text in ["x1", "0.5-0.2", "1.2.3", "3x2", "4-2-1", "-", ".", "e5", "1e5x", "--1", "1_000", "nano"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(with_comma("-0,535").map(|number| number.value), Some(-0.535));
        assert!(with_comma("1,x").is_none() && with_comma("0.5").is_none());
    }
}
