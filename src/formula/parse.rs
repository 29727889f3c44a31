//! Text to [`Formula`]: one function a level of precedence, loosest first.

use thiserror::Error;

use super::{FUNCTIONS, Formula, Inline, Name, Node, Operator};
use crate::{network::number::Digits, pass::Address, words::formula};

/// Brackets and minus signs nested deeper than this are refused.
const DEEPEST: usize = 32;
/// A formula of more parts than this is refused: a chain such as `1 + 1 + …` nests as deep as it is long, and working it
/// out takes the stack that deep.
const MOST_PARTS: usize = 250;

/// Why a text is not a formula.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", formula::at_column(column, text, what))]
pub struct SyntaxError {
    /// The whole text.
    pub text: String,
    /// Where, in characters from 1.
    pub column: usize,
    /// What is wrong and what was expected.
    pub what: String,
}

pub(super) fn formula(text: &str) -> Result<Node, SyntaxError> {
    let mut parser = Parser { text, at: 0, depth: 0, parts: 0 };
    let node = parser.either()?;
    parser.end()?;
    Ok(node)
}

pub(super) fn inline(text: &str) -> Result<Inline, SyntaxError> {
    let text = text.trim();
    let error = |what: String, column: usize| SyntaxError { text: text.to_owned(), column, what: what.clone() };
    let (claim, rest) = match text.split_once("==") {
        Some((claim, rest)) => (Some(claim.trim().to_owned()), rest),
        None => (None, text),
    };
    if claim.as_ref().is_some_and(|claim| !is_printed_number(claim)) {
        return Err(error(formula::claim_not_a_number(), 1));
    }
    // A colon within a mistake's name has no blank before it; the one before the digits has.
    let (formula_text, digits) = match rest.rsplit_once(" :") {
        None => (rest, Digits::FOUR),
        Some((formula, digits)) => match (digits.trim(), digits.trim().parse()) {
            ("exact", _) => (formula, Digits::Exact),
            (_, Ok(decimals)) if decimals <= 12 => (formula, Digits::Fixed(decimals)),
            _ => {
                let column = text.chars().count() - digits.trim_start().chars().count() + 1;
                return Err(error(formula::bad_digits(), column));
            }
        },
    };
    Ok(Inline { claim, formula: Formula(formula(formula_text.trim())?), digits })
}

/// Digits with a point, a sign or an exponent; not `inf`, and nothing too large for a number.
fn is_printed_number(text: &str) -> bool {
    let of_digits = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    of_digits && text.parse::<f64>().is_ok_and(f64::is_finite)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    parts: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn error<T>(&self, what: impl Into<String>) -> Parsed<T> {
        let column = self.text[..self.at].chars().count() + 1;
        Err(SyntaxError { text: self.text.to_owned(), column, what: what.into() })
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Complains about what begins at byte `start`.
    fn error_at<T>(&mut self, start: usize, what: impl Into<String>) -> Parsed<T> {
        self.at = start;
        self.error(what)
    }

    fn end(&mut self) -> Parsed<()> {
        self.blanks();
        match self.rest().chars().next() {
            None => Ok(()),
            Some(':') => self.error(formula::blank_before_digits()),
            Some('<' | '>' | '=' | '!') => self.error(formula::one_comparison()),
            Some(_) => self.error(formula::end_expected()),
        }
    }

    /// Counts a part of the formula.
    fn part(&mut self, node: Node) -> Parsed<Node> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return self.error(formula::too_long(MOST_PARTS));
        }
        Ok(node)
    }

    /// Takes `sign` if it comes next.
    fn sign(&mut self, sign: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    /// Takes `word` if it comes next as a whole word.
    fn word(&mut self, word: &str) -> bool {
        self.blanks();
        let next = self.rest().strip_prefix(word).map(|rest| rest.chars().next());
        let found = next.is_some_and(|next| next.is_none_or(|c| !c.is_alphanumeric() && c != '_'));
        if found {
            self.at += word.len();
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.sign(sign) { Ok(()) } else { self.error(formula::expected(sign)) }
    }

    /// Takes the longest run of characters that `belongs` accepts.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        self.blanks();
        let length = self.rest().find(|c| !belongs(c)).unwrap_or(self.rest().len());
        let run = &self.rest()[..length];
        self.at += length;
        run
    }

    fn binary(&mut self, operator: Operator, left: Node, right: Node) -> Parsed<Node> {
        self.part(Node::Binary(operator, Box::new(left), Box::new(right)))
    }

    fn either(&mut self) -> Parsed<Node> {
        let mut left = self.both()?;
        while self.word("or") {
            let right = self.both()?;
            left = self.binary(Operator::Or, left, right)?;
        }
        Ok(left)
    }

    fn both(&mut self) -> Parsed<Node> {
        let mut left = self.comparison()?;
        while self.word("and") {
            let right = self.comparison()?;
            left = self.binary(Operator::And, left, right)?;
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Parsed<Node> {
        let left = self.sum()?;
        let signs = [
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("!=", Operator::NotEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
            ("=", Operator::Equal),
        ];
        for (sign, operator) in signs {
            if self.sign(sign) {
                if self.rest().starts_with('=') {
                    return self.error(formula::compare_with_one());
                }
                let right = self.sum()?;
                return self.binary(operator, left, right);
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Parsed<Node> {
        let mut left = self.product()?;
        loop {
            let operator = match () {
                () if self.sign("+") => Operator::Add,
                () if self.sign("-") => Operator::Subtract,
                () => return Ok(left),
            };
            let right = self.product()?;
            left = self.binary(operator, left, right)?;
        }
    }

    fn product(&mut self) -> Parsed<Node> {
        let mut left = self.signed()?;
        loop {
            let operator = match () {
                () if self.sign("*") => Operator::Multiply,
                () if self.sign("/") => Operator::Divide,
                () => return Ok(left),
            };
            let right = self.signed()?;
            left = self.binary(operator, left, right)?;
        }
    }

    fn signed(&mut self) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.error(formula::too_deep());
        }
        let node = if self.sign("-") {
            let inner = self.signed()?;
            self.part(Node::Negate(Box::new(inner)))?
        } else {
            self.modified()?
        };
        self.depth -= 1;
        Ok(node)
    }

    fn modified(&mut self) -> Parsed<Node> {
        let mut node = self.primary()?;
        loop {
            if self.word("at") {
                if !self.word("x") {
                    return self.error(formula::expected_x());
                }
                self.expect("=")?;
                let input = self.several(Self::number)?;
                node = self.part(Node::At(Box::new(node), input))?;
            } else if self.word("with") {
                let mistakes = self.several(Self::mistake)?;
                node = self.part(Node::With(Box::new(node), mistakes))?;
            } else {
                return Ok(node);
            }
        }
    }

    /// One item, or several in brackets.
    fn several<T>(&mut self, item: impl Fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        if !self.sign("(") {
            return Ok(vec![item(self)?]);
        }
        let mut items = vec![item(self)?];
        while self.sign(",") {
            items.push(item(self)?);
        }
        self.expect(")")?;
        Ok(items)
    }

    fn number(&mut self) -> Parsed<f32> {
        self.blanks();
        let start = self.at;
        self.sign("-");
        self.digits();
        match self.text[start..self.at].parse::<f32>() {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => self.error_at(start, formula::number_too_large_for_float()),
            Err(_) => self.error_at(start, formula::input_not_a_number()),
        }
    }

    /// Digits, a point, an exponent.
    fn digits(&mut self) {
        let exponent_follows = |text: &str| {
            let digits = text[1..].trim_start_matches(['+', '-']);
            text.len() - digits.len() <= 2 && digits.starts_with(|c: char| c.is_ascii_digit())
        };
        self.run(|c| c.is_ascii_digit() || c == '.');
        if self.rest().starts_with(['e', 'E']) && exponent_follows(self.rest()) {
            self.at += 1;
            if self.rest().starts_with(['+', '-']) {
                self.at += 1;
            }
            self.run(|c| c.is_ascii_digit());
        }
    }

    fn mistake(&mut self) -> Parsed<String> {
        self.blanks();
        let start = self.at;
        let name = self.run(|c| c.is_alphanumeric() || "-_.:".contains(c));
        if !name.contains(':') {
            return self.error_at(start, formula::expected_mistake());
        }
        // A detail in brackets follows at once: `kernel[0,0]`, `leaky_relu(0.2)`.
        for (open, close) in [("[", "]"), ("(", ")")] {
            if self.rest().starts_with(open) {
                self.run(|c| !close.contains(c));
                self.expect(close)?;
            }
        }
        // Only a mistyped weight has a number; after any other name a sign of equality compares.
        if name.starts_with("mistyped-weight:") && self.rest().starts_with('=') {
            self.at += 1;
            self.number()?;
        }
        Ok(self.text[start..self.at].to_owned())
    }

    fn primary(&mut self) -> Parsed<Node> {
        if self.sign("(") {
            let node = self.either()?;
            self.expect(")")?;
            return Ok(node);
        }
        self.blanks();
        let start = self.at;
        let word = self.run(|c| c.is_alphanumeric() || c == '_' || c == '.');
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') && !ends_in_stage(word) {
            self.at = start;
            return self.decimal();
        }
        if word.is_empty() {
            return self.error(formula::expected_value());
        }
        if self.rest().starts_with('(') {
            return self.call(start, word);
        }
        if self.rest().starts_with('[') {
            self.run(|c| c != ']');
            self.expect("]")?;
        }
        let text = &self.text[start..self.at];
        let node = match text {
            "x" => Node::Name(Name::X),
            "y" => Node::Name(Name::Y),
            "target" => Node::Name(Name::Target),
            "parameters" => Node::Name(Name::Parameters),
            "steps" => Node::Name(Name::Steps),
            _ if FUNCTIONS.iter().any(|(name, _)| *name == text) => {
                return self.error(formula::function_without_bracket(text));
            }
            _ => match text.parse::<Address>() {
                Ok(address) => Node::Address(address),
                Err(why) => return self.error_at(start, why.to_string()),
            },
        };
        self.part(node)
    }

    fn decimal(&mut self) -> Parsed<Node> {
        let start = self.at;
        self.digits();
        match self.text[start..self.at].parse::<f64>() {
            Ok(number) if number.is_finite() => self.part(Node::Number(number)),
            Ok(_) => self.error_at(start, formula::number_too_large()),
            Err(_) => self.error_at(start, formula::not_a_number()),
        }
    }

    fn call(&mut self, start: usize, word: &str) -> Parsed<Node> {
        let Some(&(_, function)) = FUNCTIONS.iter().find(|(name, _)| *name == word) else {
            let known = FUNCTIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return self.error_at(start, formula::unknown_function(word, known));
        };
        self.expect("(")?;
        let mut arguments = Vec::new();
        if !self.sign(")") {
            arguments.push(self.either()?);
            while self.sign(",") {
                arguments.push(self.either()?);
            }
            self.expect(")")?;
        }
        self.part(Node::Call(function, arguments))
    }
}

/// Whether a word that begins with a digit is an address all the same: by position (`0.z`), or of a layer such as `1st`.
fn ends_in_stage(word: &str) -> bool {
    word.rsplit_once('.')
        .is_some_and(|(layer, stage)| !layer.is_empty() && ["in", "wx", "z", "a", "kernel", "bias"].contains(&stage))
}
