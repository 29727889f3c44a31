//! Edges and equations as a person writes them: `h1 -> o: 0.5`, `y = 0.5*h1 - 0.2`.

use super::{
    caption::without_prompt,
    number::{self, is_word, minus},
    units::Units,
};
use crate::network::Activation;

/// Reads lines of edges; `None` where the text has no two of them.
pub(super) fn edges(text: &str) -> Option<Units> {
    let mut units = Units::default();
    for line in text.lines() {
        let line = without_prompt(line).trim_end_matches([';', ',', '.']);
        let arrow = ["-->", "->", "→", "=>"].iter().find_map(|arrow| line.split_once(arrow));
        let Some((from, rest)) = arrow else { continue };
        let rest = rest.trim();
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '[' | '(' | ',')).unwrap_or(rest.len());
        let (to, weight) = rest.split_at(end);
        // Graphviz: `[label="0.5"]`.
        let weight = weight
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '[' | ']' | '(' | ')' | '"' | '\''));
        let weight = weight.rsplit(['=', ':']).next().unwrap_or(weight).trim_matches(['"', ' ', '\'']);
        let Some(number) = number::number(weight) else { continue };
        let clean = |name: &str| name.trim().trim_matches(['"', '\'', '`']).to_owned();
        let (from, to) = (clean(from), clean(to));
        if from.is_empty() || to.is_empty() || from.split_whitespace().count() > 3 {
            continue;
        }
        units.digits(number.decimals);
        if is_bias(&from) {
            units.bias(&to, number.value);
        } else {
            units.edge(&from, &to, number.value);
        }
    }
    (units.edge_count() > 1).then_some(units)
}

/// `bias`, `b`, `0B`, `bias_1`, `b1`.
fn is_bias(name: &str) -> bool {
    let lower = name.to_lowercase();
    let rest = lower.strip_prefix('b').unwrap_or("x");
    let numbered = rest.chars().all(|c| c.is_ascii_digit() || c == '_');
    let behind = lower
        .strip_suffix('b')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    lower.contains("bias") || numbered || behind || lower == "1" || lower == "+1"
}

/// One term of a sum.
#[derive(Debug, Clone, PartialEq)]
enum Term {
    /// Coefficient times variable.
    Of(f32, String, bool),
    /// A number alone: the bias.
    Alone(f32),
}

/// Reads lines of equations; `None` where the text has none.
pub(super) fn equations(text: &str) -> Option<Units> {
    let mut units = Units::default();
    let mut count = 0;
    // `h1 = sigmoid(z1)`: the unit is z1, its value is called h1.
    let mut alias: std::collections::HashMap<String, String> = std::collections::HashMap::new();
    for line in text.lines() {
        let line = without_prompt(line).trim_end_matches([';', ',', '.']).trim_matches(['$', ' ']);
        let Some((left, right)) = line.split_once('=') else { continue };
        let left = left.trim().trim_start_matches("let ").trim_start_matches("const ").trim();
        let left = left.split('(').next().unwrap_or(left).trim();
        if left.is_empty() || left.contains(char::is_whitespace) || !left.starts_with(char::is_alphabetic) {
            continue;
        }
        let Some((activation, sum)) = of_function(right) else { continue };
        let Some((terms, decimals)) = terms(sum) else { continue };
        let resolve = |name: &str| alias.get(name).cloned().unwrap_or_else(|| name.to_owned());
        if let ([Term::Of(coefficient, name, false)], Some(activation)) = (&terms[..], activation)
            && *coefficient == 1.0
        {
            let unit = resolve(name);
            units.activate(&unit, activation);
            alias.insert(left.to_owned(), unit);
            continue;
        }
        // At least one number written as a decimal: `i = i + 1` is no unit.
        if decimals.is_none() || !terms.iter().any(|term| matches!(term, Term::Of(_, _, true))) {
            continue;
        }
        count += 1;
        units.digits(decimals);
        let mut bias = None;
        for term in terms {
            match term {
                Term::Of(coefficient, name, _) => units.edge(&resolve(&name), left, coefficient),
                Term::Alone(number) => bias = Some(bias.unwrap_or(0.0) + number),
            }
        }
        if let Some(bias) = bias {
            units.bias(left, bias);
        }
        units.activate(left, activation.unwrap_or(Activation::Linear));
    }
    (count > 0).then_some(units)
}

/// `sigmoid(...)` apart into activation and sum; a sum alone has none. `None` if a function is unknown.
fn of_function(right: &str) -> Option<(Option<Activation>, &str)> {
    let right = right.trim();
    let Some(open) = right.find('(').filter(|&open| open > 0) else {
        return Some((None, right.trim_matches(['(', ')', ' '])));
    };
    let name = right[..open].trim().trim_start_matches('\\').trim_end_matches("\\left");
    let inside = right[open + 1..].strip_suffix(')')?.trim_end_matches("\\right");
    if matches!(name, "max" | "np.maximum" | "Math.max" | "maximum") {
        let inside = inside.trim();
        let sum =
            inside.strip_prefix("0,").or_else(|| inside.strip_prefix("0.0,")).or_else(|| inside.strip_suffix(", 0"));
        return sum.map(|sum| (Some(Activation::Relu), sum));
    }
    activation_named(name).map(|activation| (Some(activation), inside))
}

/// The activation of this name; also the letters of formulas.
pub(super) fn activation_named(name: &str) -> Option<Activation> {
    let name = name.trim().trim_start_matches('\\');
    let name = name.rsplit('.').next().unwrap_or(name).trim_end_matches("_apply").trim_end_matches("_activation");
    match name {
        "σ" | "sigma" | "sig" | "sigm" | "logistic" => Some(Activation::Sigmoid),
        "ReLU" | "relu" | "rectify" => Some(Activation::Relu),
        "" => None,
        other => other.parse().ok(),
    }
}

/// The terms of `-1.07*x1 + 1.37 x2 - 0.31`; the most digits after the point.
fn terms(sum: &str) -> Option<(Vec<Term>, Option<u8>)> {
    let mut terms = Vec::new();
    let mut decimals = None;
    let mut rest = sum.trim();
    let mut first = true;
    while !rest.is_empty() {
        let mut sign = 1.0;
        let mut signs = 0;
        while let Some(c) = rest.chars().next().filter(|&c| c == '+' || minus(c)) {
            if c != '+' {
                sign = -sign;
            }
            signs += 1;
            rest = rest[c.len_utf8()..].trim_start();
        }
        if !first && signs == 0 {
            return None;
        }
        first = false;
        let bracket = rest.strip_prefix('(');
        let (number, name, after) = if let Some(inside) = bracket {
            // `(-0.4)*x2`, `(-0.5)`
            let (number, after) = inside.split_once(')')?;
            let number = number::number(number.trim())?;
            let (name, after) = factor(after);
            (Some(number), name, after)
        } else {
            let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            if digits > 0 {
                // An exponent: `1.5e-3`.
                let exponent = rest[digits..].strip_prefix(['e', 'E']).map_or(0, |e| {
                    let sign = usize::from(e.starts_with(['+', '-']));
                    let count = e[sign..].bytes().take_while(u8::is_ascii_digit).count();
                    if count > 0 { 1 + sign + count } else { 0 }
                });
                let number = number::number(&rest[..digits + exponent])?;
                let (name, after) = factor(&rest[digits + exponent..]);
                (Some(number), name, after)
            } else {
                let (name, after) = variable(rest)?;
                let after_trimmed = after.trim_start();
                // `x1 * 0.5`
                match after_trimmed.strip_prefix(['*', '·', '×']) {
                    Some(times) => {
                        let times = times.trim_start();
                        let end = times
                            .char_indices()
                            .find(|&(i, c)| {
                                !(is_word(c) && (i == 0 || !(c == '+' || c == '-') || times[..i].ends_with(['e', 'E'])))
                            })
                            .map_or(times.len(), |(i, _)| i);
                        let number = number::number(&times[..end])?;
                        (Some(number), Some(name), &times[end..])
                    }
                    None => (None, Some(name), after),
                }
            }
        };
        decimals = decimals.max(number.and_then(|number| number.decimals));
        terms.push(match (number, name) {
            (Some(number), Some(name)) => Term::Of(sign * number.value, name, true),
            (None, Some(name)) => Term::Of(sign, name, false),
            (Some(number), None) => Term::Alone(sign * number.value),
            (None, None) => return None,
        });
        rest = after.trim_start();
    }
    (!terms.is_empty()).then_some((terms, decimals))
}

/// A variable after a coefficient, with or without a sign of multiplication.
fn factor(text: &str) -> (Option<String>, &str) {
    let trimmed = text.trim_start();
    let times = ["\\cdot", "\\times", "*", "·", "×", "⋅"].iter().find_map(|sign| trimmed.strip_prefix(sign));
    let at = times.unwrap_or(trimmed).trim_start();
    match variable(at) {
        Some((name, after)) => (Some(name), after),
        None => (None, text),
    }
}

/// `x1`, `x_1`, `x_{1}`, `h[0]`.
fn variable(text: &str) -> Option<(String, &str)> {
    if !text.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '{' | '}' | '[' | ']'))).unwrap_or(text.len());
    let name: String = text[..end].chars().filter(|c| !matches!(c, '{' | '}' | '[' | ']' | '_')).collect();
    Some((name, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_people_write_them() {
        for (text, expected) in [
            ("-1.07*x1 + 1.37*x2 - 0.31", &[(-1.07, "x1"), (1.37, "x2"), (-0.31, "")][..]),
            ("0.5 x_1 − 2x_{2}", &[(0.5, "x1"), (-2.0, "x2")]),
            ("x1*0.5 + (-0.4)*x2 + 1.5e-3", &[(0.5, "x1"), (-0.4, "x2"), (0.0015, "")]),
            ("0.25 \\cdot h1 + 1", &[(0.25, "h1"), (1.0, "")]),
        ] {
            let (terms, _) = terms(text).expect(text);
            let ours: Vec<(f32, &str)> = terms
                .iter()
                .map(|term| match term {
                    Term::Of(number, name, _) => (*number, name.as_str()),
                    Term::Alone(number) => (*number, ""),
                })
                .collect();
            assert_eq!(ours, expected, "{text}");
        }
        assert!(terms("x1 x2").is_none() && terms("0.5 +").is_none() && terms("a / b").is_none());
    }
}
