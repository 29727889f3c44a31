//! Sentences with equations in them that are true as they are printed.
//!
//! A lesson says `10 × {{ dense.kernel[0,1] }} = {{ dense.wx[1] }}`. With 4 decimals that would be `10 × 0.4890 = 4.8899`, which is
//! false. [`written`] finds the equations of a sentence and gives their operands as many digits as it takes; where float32
//! rounds, so that no number of digits makes it true, `=` becomes `≈`.

use crate::network::{
    Activation,
    number::{Digits, line::holds},
};

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words, signs, and numbers that somebody wrote.
    Text(String),
    /// A number that was computed.
    Value {
        /// The number.
        value: f64,
        /// How many digits it has at least, if it is not short.
        digits: Digits,
    },
}

/// The texts of the parts.
pub fn written(parts: &[Part]) -> Vec<String> {
    let mut digits: Vec<Option<Digits>> = parts.iter().map(Part::digits).collect();
    let tokens = tokens(parts);
    let mut about: Vec<(usize, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Relation { part, at: byte, is_sign } = *token else { continue };
        let Some(equation) = Equation::around(&tokens, at) else { continue };
        if !equation.make_true(parts, &mut digits) && is_sign {
            about.push((part, byte));
        }
    }
    let text = |(i, part): (usize, &Part)| match part {
        Part::Text(text) => {
            let mut text = text.clone();
            for (_, byte) in about.iter().rev().filter(|(part, _)| *part == i) {
                text.replace_range(*byte..=*byte, "≈");
            }
            text
        }
        Part::Value { value, .. } => digits[i].unwrap_or_default().inline(*value),
    };
    parts.iter().enumerate().map(text).collect()
}

impl Part {
    fn digits(&self) -> Option<Digits> {
        match self {
            Self::Text(_) => None,
            Self::Value { digits, .. } => Some(*digits),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A number, as somebody wrote it.
    Literal(String),
    /// The value of this part.
    Value(usize),
    /// `+`, `-`, `*`, `/`, `^`, `(`, `)` or `,`.
    Sign(char),
    Function(Named),
    /// `=`, or a word that means it. Where the sign stands.
    Relation {
        part: usize,
        at: usize,
        is_sign: bool,
    },
    /// What belongs to no equation.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Named {
    Activation(Activation),
    Sqrt,
    Ln,
    Max,
    Min,
    Abs,
}

impl Named {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "sqrt" | "root" => Self::Sqrt,
            "ln" | "log" => Self::Ln,
            "max" => Self::Max,
            "min" => Self::Min,
            "abs" => Self::Abs,
            name => Self::Activation(name.parse().ok().filter(|activation: &Activation| activation.is_elementwise())?),
        })
    }

    fn value(self, arguments: &[f64]) -> Option<f64> {
        let reduce = |of: fn(f64, f64) -> f64| arguments.iter().copied().reduce(of);
        let one = || if let [one] = arguments { Some(*one) } else { None };
        match self {
            Self::Activation(activation) => activation.exact(one()?),
            Self::Sqrt => one().map(f64::sqrt),
            Self::Ln => one().map(f64::ln),
            Self::Abs => one().map(f64::abs),
            Self::Max => reduce(f64::max),
            Self::Min => reduce(f64::min),
        }
    }
}

/// Words that say what `=` says.
const MEANS_EQUAL: [&str; 3] = ["is", "makes", "gives"];

fn tokens(parts: &[Part]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        match part {
            Part::Value { .. } => tokens.push(Token::Value(i)),
            Part::Text(text) => scan(i, text, &mut tokens),
        }
    }
    tokens
}

fn scan(part: usize, text: &str, tokens: &mut Vec<Token>) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match c {
            '0'..='9' => {
                let number = literal(rest);
                tokens.push(Token::Literal(number.to_owned()));
                number.len()
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let word = &rest[..end];
                tokens.push(match Named::of(word).filter(|_| rest[end..].starts_with('(')) {
                    Some(named) => Token::Function(named),
                    None if MEANS_EQUAL.contains(&word) => Token::Relation { part, at, is_sign: false },
                    None => Token::Other,
                });
                end
            }
            c => {
                tokens.extend(match c {
                    ' ' | '\u{a0}' => None,
                    '=' => Some(Token::Relation { part, at, is_sign: true }),
                    '×' | '*' | '·' => Some(Token::Sign('*')),
                    '÷' | '/' => Some(Token::Sign('/')),
                    '-' | '\u{2212}' => Some(Token::Sign('-')),
                    '+' | '^' | '(' | ')' | ',' => Some(Token::Sign(c)),
                    _ => Some(Token::Other),
                });
                c.len_utf8()
            }
        };
        at += length;
    }
}

/// The number at the beginning of a text: `25`, `25.0047`, `1.5e-05`; a full stop behind it is none of it.
pub(crate) fn literal(text: &str) -> &str {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    if text[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if let Some(power) = text[end..].strip_prefix(['e', 'E']) {
        let sign = usize::from(power.starts_with(['-', '+']));
        let from = end + 1 + sign;
        if digits(from) > 0 {
            end = from + digits(from);
        }
    }
    &text[..end]
}

/// The tokens of an equation.
struct Equation<'t> {
    left: &'t [Token],
    negative: bool,
    result: &'t Token,
}

impl<'t> Equation<'t> {
    /// The equation whose sign stands at `at`, if there is a calculation before it and a number behind it.
    fn around(tokens: &'t [Token], at: usize) -> Option<Self> {
        let behind = tokens.get(at + 1..)?;
        let negative = behind.first() == Some(&Token::Sign('-'));
        let behind = &behind[usize::from(negative)..];
        let result = behind.first().filter(|token| matches!(token, Token::Literal(_) | Token::Value(_)))?;
        let goes_on = behind.get(1).is_some_and(|next| matches!(next, Token::Sign('+' | '-' | '*' | '/' | '^' | '(')));
        let before = &tokens[..at];
        let begins = before.iter().rposition(|token| matches!(token, Token::Other | Token::Relation { .. }));
        let before = &before[begins.map_or(0, |at| at + 1)..];
        let left = (0..before.len()).map(|from| &before[from..]).find(|left| {
            let joins = |pair: &[Token]| {
                matches!(pair[0], Token::Literal(_) | Token::Value(_) | Token::Sign(')'))
                    && matches!(pair[1], Token::Sign('+' | '-' | '*' | '/' | '^'))
            };
            let calculates = left.windows(2).any(joins);
            let calculates = calculates || matches!(left.first(), Some(Token::Function(_)));
            calculates && evaluate(left, &|_| Some(1.0)).is_some()
        })?;
        (!goes_on).then_some(Self { left, negative, result })
    }

    /// Gives the operands more digits until the equation is true; whether it can be.
    fn make_true(&self, parts: &[Part], digits: &mut [Option<Digits>]) -> bool {
        let operands: Vec<usize> = self.left.iter().filter_map(Token::value).collect();
        let wanted = operands.iter().filter_map(|&i| digits[i]).min_by_key(|digits| digits.width()).unwrap_or_default();
        let own = |i: usize, with: Digits| digits[i].filter(|own| own.width() > with.width()).unwrap_or(with);
        let value = |i: usize| match parts.get(i) {
            Some(Part::Value { value, .. }) => Some(*value),
            _ => None,
        };
        let (text, result, result_digits) = match self.result {
            Token::Value(i) => {
                let (Some(value), Some(digits)) = (value(*i), digits[*i]) else { return true };
                (digits.inline(value), value, digits)
            }
            Token::Literal(text) => {
                let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                let text = if self.negative { format!("-{text}") } else { text.clone() };
                let value = text.parse().unwrap_or(f64::NAN);
                (text, value, Digits::Fixed(decimals))
            }
            _ => return true,
        };
        let is_true = |with: &Digits| {
            let read = |i: usize| own(i, *with).inline(value(i)?).parse().ok();
            let computed = evaluate(self.left, &read).unwrap_or(f64::NAN);
            holds(computed, &text, result as f32, result_digits)
        };
        let found = wanted.and_more().find(is_true);
        if let Some(found) = found {
            let more: Vec<Digits> = operands.iter().map(|&i| own(i, found)).collect();
            operands.iter().zip(more).for_each(|(&i, more)| digits[i] = Some(more));
        }
        found.is_some()
    }
}

impl Token {
    fn value(&self) -> Option<usize> {
        match self {
            Self::Value(i) => Some(*i),
            _ => None,
        }
    }
}

/// What a calculation gives; `None` if it is none. `read`: the value of a part, as it is printed.
fn evaluate(tokens: &[Token], read: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
    let mut reader = Reader { tokens, at: 0, depth: 0, read };
    let value = reader.sum()?;
    (reader.at == tokens.len()).then_some(value)
}

/// Brackets deeper than this are no sentence.
const DEEPEST: usize = 16;

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    read: &'t dyn Fn(usize) -> Option<f64>,
}

impl Reader<'_> {
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let sign = match self.tokens.get(self.at)? {
            Token::Sign(sign) if signs.contains(sign) => *sign,
            _ => return None,
        };
        self.at += 1;
        Some(sign)
    }

    fn sum(&mut self) -> Option<f64> {
        let mut sum = self.product()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            let term = self.product()?;
            sum = if sign == '+' { sum + term } else { sum - term };
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.factor()?;
        while let Some(sign) = self.sign(&['*', '/']) {
            let factor = self.factor()?;
            product = if sign == '*' { product * factor } else { product / factor };
        }
        Some(product)
    }

    fn factor(&mut self) -> Option<f64> {
        if self.sign(&['-']).is_some() {
            self.depth += 1;
            return if self.depth > DEEPEST { None } else { Some(-self.factor()?) };
        }
        let base = self.atom()?;
        match self.sign(&['^']) {
            Some(_) => Some(base.powf(self.factor()?)),
            None => Some(base),
        }
    }

    fn atom(&mut self) -> Option<f64> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        match token {
            Token::Literal(text) => text.parse().ok(),
            Token::Value(i) => (self.read)(i),
            Token::Sign('(') => {
                let [value] = self.arguments()?[..] else { return None };
                Some(value)
            }
            Token::Function(named) => {
                self.sign(&['('])?;
                named.value(&self.arguments()?)
            }
            _ => None,
        }
    }

    /// What stands in brackets, up to the closing one.
    fn arguments(&mut self) -> Option<Vec<f64>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut arguments = vec![self.sum()?];
        while self.sign(&[',']).is_some() {
            arguments.push(self.sum()?);
        }
        self.sign(&[')'])?;
        self.depth -= 1;
        Some(arguments)
    }
}

/// What a calculation gives that somebody typed, such as `1.6404+0.9752` or `tanh(-0.1)`; `None` if it is none.
pub fn calculate(text: &str) -> Option<f64> {
    let mut tokens = Vec::new();
    scan(0, text, &mut tokens);
    evaluate(&tokens, &|_| None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(parts: &[Part]) -> String {
        written(parts).concat()
    }

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn value(value: f32) -> Part {
        Part::Value { value: value.into(), digits: Digits::FOUR }
    }

    #[test]
    fn equations_in_a_sentence_come_out() {
        // 10 × 0.48899287 = 4.889929; 10 × 0.4890 would be 4.8900.
        let parts = [text("Unit 1: 10 × "), value(0.488_992_87), text(" = "), value(4.889_929), text(". Fine.")];
        assert_eq!(sentence(&parts), "Unit 1: 10 × 0.48899 = 4.8899. Fine.");
        // 10 × 0.0366 - 0.4132 would be -0.0472.
        let (w, b) = (0.036_581_4_f32, -0.413_176_6_f32);
        let parts = [text("(10 × "), value(w), text(" + "), value(b), text(" makes "), value(10.0 * w + b), text(")")];
        assert_eq!(sentence(&parts), "(10 × 0.03658 + -0.41318 makes -0.0474)");
        let parts = [text("tanh("), value(-0.1), text(") = "), value(-0.099_667_99), text(", relu(3) = 3")];
        assert_eq!(sentence(&parts), "tanh(-0.1) = -0.0997, relu(3) = 3");
    }

    #[test]
    fn what_cannot_be_made_true_says_so() {
        assert_eq!(sentence(&[text("10 × "), value(0.488_992_87), text(" = 4.88")]), "10 × 0.4890 ≈ 4.88");
        assert_eq!(sentence(&[text("2 × "), value(3.0), text(" is 7")]), "2 × 3 is 7");
    }

    #[test]
    fn what_is_no_equation_stays() {
        for same in ["y = 5", "a[1] = 3 units", "weights (1, 2) = 3", "1 of 2 is enough", "x * w + b = z", "= 4", "3 ="]
        {
            assert_eq!(sentence(&[text(same)]), same);
        }
    }

    #[test]
    fn calculations_are_worked_out() {
        for (typed, expected) in [
            ("1.6404+0.9752", 1.6404 + 0.9752),
            ("10 × -0.1038 - (2 + 1) / 4", -1.038 - 0.75),
            ("2^3^2", 512.0),
            ("-2^2", -4.0),
            ("tanh(-0.1)", -0.1f64.tanh()),
            ("relu(-3)+exp(0)+sqrt(16)", 5.0),
            ("max(0, 2.5)", 2.5),
        ] {
            assert_eq!(calculate(typed), Some(expected), "{typed}");
        }
        let deep = "(".repeat(100) + "1" + &")".repeat(100);
        for typed in ["", "1+", "two", "1 2", "softmax(1)", "(1", deep.as_str()] {
            assert_eq!(calculate(typed), None, "{typed}");
        }
    }
}
