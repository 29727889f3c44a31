//! Text to [`Formula`]: one function a level of precedence, loosest first.

use thiserror::Error;

use super::{FUNCTIONS, Formula, Inline, Name, Node, Operator, Shown};
use crate::pass::Address;

/// Brackets nested deeper than this are refused.
const DEEPEST: usize = 32;

/// Why a text is not a formula.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}`, column {column}: {what}")]
pub struct SyntaxError {
    /// The whole text.
    pub text: String,
    /// Where, in characters from 1.
    pub column: usize,
    /// What is wrong and what was expected.
    pub what: String,
}

pub(super) fn formula(text: &str) -> Result<Node, SyntaxError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let node = parser.either()?;
    parser.end()?;
    Ok(node)
}

pub(super) fn inline(text: &str) -> Result<Inline, SyntaxError> {
    let error = |what: &str, column: usize| SyntaxError { text: text.trim().to_owned(), column, what: what.to_owned() };
    let (claim, rest) = match text.split_once("==") {
        Some((claim, rest)) => (Some(claim.trim().to_owned()), rest),
        None => (None, text),
    };
    if claim.as_ref().is_some_and(|claim| claim.parse::<f64>().is_err()) {
        return Err(error("a number as it was printed goes before `==`; to compare, write `=`", 1));
    }
    // A colon within a mistake's name has no blank before it; the one before the digits has.
    let (formula_text, shown) = match rest.rsplit_once(" :") {
        None => (rest, Shown::Plainly),
        Some((formula, digits)) => match (digits.trim(), digits.trim().parse()) {
            ("exact", _) => (formula, Shown::Exact),
            (_, Ok(decimals)) if decimals <= 12 => (formula, Shown::Decimals(decimals)),
            _ => return Err(error("a number of decimals up to 12, or `exact`, goes after ` :`", text.chars().count())),
        },
    };
    Ok(Inline { claim, formula: Formula(formula(formula_text.trim())?), shown })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
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

    fn end(&mut self) -> Parsed<()> {
        self.blanks();
        if self.rest().is_empty() { Ok(()) } else { self.error("the formula should end here; is an operator missing?") }
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
        if self.sign(sign) { Ok(()) } else { self.error(format!("expected `{sign}`")) }
    }

    /// Takes the longest run of characters that `belongs` accepts.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        self.blanks();
        let length = self.rest().find(|c| !belongs(c)).unwrap_or(self.rest().len());
        let run = &self.rest()[..length];
        self.at += length;
        run
    }

    fn binary(&mut self, operator: Operator, left: Node, right: Node) -> Node {
        Node::Binary(operator, Box::new(left), Box::new(right))
    }

    fn either(&mut self) -> Parsed<Node> {
        let mut left = self.both()?;
        while self.word("or") {
            let right = self.both()?;
            left = self.binary(Operator::Or, left, right);
        }
        Ok(left)
    }

    fn both(&mut self) -> Parsed<Node> {
        let mut left = self.comparison()?;
        while self.word("and") {
            let right = self.comparison()?;
            left = self.binary(Operator::And, left, right);
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
                let right = self.sum()?;
                return Ok(self.binary(operator, left, right));
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
            left = self.binary(operator, left, right);
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
            left = self.binary(operator, left, right);
        }
    }

    fn signed(&mut self) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.error("this is nested too deeply");
        }
        let node = if self.sign("-") { Node::Negate(Box::new(self.signed()?)) } else { self.modified()? };
        self.depth -= 1;
        Ok(node)
    }

    fn modified(&mut self) -> Parsed<Node> {
        let mut node = self.primary()?;
        loop {
            if self.word("at") {
                if !self.word("x") {
                    return self.error("expected `x=` after `at`");
                }
                self.expect("=")?;
                node = Node::At(Box::new(node), self.several(Self::number)?);
            } else if self.word("with") {
                node = Node::With(Box::new(node), self.several(Self::mistake)?);
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
        match self.text[start..self.at].trim().parse() {
            Ok(number) => Ok(number),
            Err(_) => self.error("expected a number"),
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
        let name = self.run(|c| c.is_alphanumeric() || "-_.:".contains(c));
        if name.contains(':') { Ok(name.to_owned()) } else { self.error("expected a mistake, such as `skipped-activation:dense`") }
    }

    fn primary(&mut self) -> Parsed<Node> {
        if self.sign("(") {
            let node = self.either()?;
            self.expect(")")?;
            return Ok(node);
        }
        self.blanks();
        let start = self.at;
        if self.rest().starts_with(|c: char| c.is_ascii_digit() || c == '.') && !self.position_address() {
            self.digits();
            return match self.text[start..self.at].parse() {
                Ok(number) => Ok(Node::Number(number)),
                Err(_) => self.error("this is not a number"),
            };
        }
        let word = self.run(|c| c.is_alphanumeric() || c == '_' || c == '.');
        if word.is_empty() {
            return self.error("expected a number, a name such as `y`, an address such as `dense.z[3]`, or `(`");
        }
        if self.rest().starts_with('(') {
            return self.call(start, word);
        }
        if self.rest().starts_with('[') {
            self.run(|c| c != ']');
            self.expect("]")?;
        }
        let text = &self.text[start..self.at];
        let name = match text {
            "x" => Name::X,
            "y" => Name::Y,
            "target" => Name::Target,
            "parameters" => Name::Parameters,
            "steps" => Name::Steps,
            _ => {
                return match text.parse::<Address>() {
                    Ok(address) => Ok(Node::Address(address)),
                    Err(why) => {
                        self.at = start;
                        self.error(why.to_string())
                    }
                };
            }
        };
        Ok(Node::Name(name))
    }

    /// Whether what comes next is an address by position, such as `0.z[3]`.
    fn position_address(&self) -> bool {
        let rest = self.rest().trim_start_matches(|c: char| c.is_ascii_digit());
        rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase() && c != 'e'))
    }

    fn call(&mut self, start: usize, word: &str) -> Parsed<Node> {
        let Some(&(_, function)) = FUNCTIONS.iter().find(|(name, _)| *name == word) else {
            self.at = start;
            let known = FUNCTIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return self.error(format!("no function is called `{word}`; the functions are {known}"));
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
        Ok(Node::Call(function, arguments))
    }
}
