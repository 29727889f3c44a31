//! Reads equations out of printed text, recomputes them from their printed digits, and counts.

use byhand::network::Activation;

use super::exact::activate;

/// A word of an equation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Word {
    /// A number as it is printed.
    Number(String),
    /// `+ - * / ^ ( ) ,`
    Sign(char),
    /// A function's name, with what stands in brackets behind it if that belongs to the name.
    Name(String),
    /// `=`, or `≈` (false).
    Equals(bool),
    /// `…`: what stands there is cut off.
    Cut,
    /// Anything else.
    Break,
}

/// What stands before a number to say what it is: `+ bias 0.5`, `× scale 2`.
const ROLES: [&str; 10] = ["bias", "mean", "deviation", "gamma", "beta", "scale", "offset", "count", "largest", "sum"];

/// Without the marks of Markdown and LaTeX.
fn bare(line: &str) -> String {
    let mut line = line.replace(r"\times", "×").replace(r"\approx", "≈").replace("**", "").replace(r"\_", "_");
    for command in [r"\operatorname{", r"\text{", r"\boxed{"] {
        while let Some(at) = line.find(command) {
            // A box goes round a whole equation; the others hold a name.
            let end = line[at..].find('}').map_or(line.len(), |end| at + end);
            let inside = line[at + command.len()..end].trim().to_owned();
            line.replace_range(at..(end + 1).min(line.len()), &inside);
        }
    }
    line.replace(['}', '`'], "").replace(r"\\", "")
}

fn words(line: &str) -> Vec<Word> {
    let letters: Vec<char> = line.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let from = at;
        let digits = |mut at: usize| {
            while letters.get(at).is_some_and(char::is_ascii_digit) {
                at += 1;
            }
            at
        };
        if c.is_ascii_digit() {
            at = digits(at);
            if letters.get(at) == Some(&'.') && digits(at + 1) > at + 1 {
                at = digits(at + 1);
            }
            let signed = usize::from(matches!(letters.get(at + 1), Some('-' | '+')));
            if letters.get(at) == Some(&'e') && digits(at + 1 + signed) > at + 1 + signed {
                at = digits(at + 1 + signed);
            }
            words.push(Word::Number(letters[from..at].iter().collect()));
            continue;
        }
        at += 1;
        if c == '²' {
            words.extend([Word::Sign('^'), Word::Number("2".to_owned())]);
            continue;
        }
        if c.is_alphabetic() {
            while letters.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                at += 1;
            }
            let name: String = letters[from..at].iter().collect();
            if ROLES.contains(&name.as_str()) && matches!(words.last(), Some(Word::Sign('+' | '-' | '*' | '/'))) {
                continue;
            }
            // `leaky_relu(0.2)(-1)`: the first brackets are the name's.
            let rest: String = letters[at..].iter().collect();
            let own = rest.find(')').filter(|end| rest.starts_with('(') && rest[end + 1..].starts_with('('));
            if let Some(end) = own {
                at += end + 1;
                words.push(Word::Name(name + &rest[..=end]));
            } else if rest.starts_with('(') {
                words.push(Word::Name(name));
            } else {
                words.push(Word::Break);
            }
            continue;
        }
        words.extend(match c {
            ' ' if letters.get(at) == Some(&' ') => Some(Word::Break),
            ' ' => None,
            '×' | '*' => Some(Word::Sign('*')),
            '/' | '÷' => Some(Word::Sign('/')),
            '+' | '-' | '^' | '(' | ')' | ',' => Some(Word::Sign(c)),
            '=' => Some(Word::Equals(true)),
            '≈' => Some(Word::Equals(false)),
            '…' => Some(Word::Cut),
            _ => Some(Word::Break),
        });
    }
    words
}

/// Reads a calculation from the front; what it gives, and how many words it took.
struct Calculator<'w> {
    words: &'w [Word],
    at: usize,
    /// The largest number on the way, for what cancels out.
    size: f64,
}

impl Calculator<'_> {
    /// What all the words give, if they are a calculation.
    fn all(words: &[Word]) -> Option<(f64, f64)> {
        let mut calculator = Calculator { words, at: 0, size: 0.0 };
        let value = calculator.sum()?;
        (calculator.at == words.len()).then_some((value, calculator.size))
    }

    fn takes(&mut self, signs: &str) -> Option<char> {
        match self.words.get(self.at)? {
            Word::Sign(sign) if signs.contains(*sign) => {
                self.at += 1;
                Some(*sign)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Option<f64> {
        let mut sum = self.product()?;
        while let Some(sign) = self.takes("+-") {
            let term = self.product()?;
            sum += if sign == '+' { term } else { -term };
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.power()?;
        while let Some(sign) = self.takes("*/") {
            let factor = self.power()?;
            product = if sign == '*' { product * factor } else { product / factor };
        }
        self.size = self.size.max(product.abs());
        Some(product)
    }

    fn power(&mut self) -> Option<f64> {
        if self.takes("-").is_some() {
            return self.power().map(|value| -value);
        }
        let base = self.one()?;
        match self.takes("^") {
            Some(_) => Some(base.powf(self.power()?)),
            None => Some(base),
        }
    }

    fn one(&mut self) -> Option<f64> {
        let word = self.words.get(self.at)?.clone();
        self.at += 1;
        match word {
            Word::Number(text) => text.parse().ok(),
            Word::Sign('(') => self.brackets().filter(|values| values.len() == 1).map(|values| values[0]),
            Word::Name(name) => {
                self.takes("(")?;
                let values = self.brackets()?;
                self.size = values.iter().fold(self.size, |size, value| size.max(value.abs()));
                match (name.as_str(), values.as_slice()) {
                    ("max", _) => values.iter().copied().reduce(f64::max),
                    ("sqrt" | "root", [one]) => Some(one.sqrt()),
                    ("ln", [one]) => Some(one.ln()),
                    (name, [one]) => {
                        let activation = name.parse::<Activation>().ok()?;
                        // These subtract 1 from a power: float32 rounds what is near 1 there.
                        let subtracts = ["elu", "selu", "celu"].iter().any(|own| name.split('(').next() == Some(own));
                        if subtracts {
                            self.size = self.size.max(1.0);
                        }
                        activation.is_elementwise().then(|| activate(activation, &[*one]).unwrap()[0])
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn brackets(&mut self) -> Option<Vec<f64>> {
        let mut values = vec![self.sum()?];
        while self.takes(",").is_some() {
            values.push(self.sum()?);
        }
        self.takes(")")?;
        Some(values)
    }
}

/// An equation that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Equation {
    /// As words.
    left: Vec<Word>,
    /// The printed result.
    pub(crate) result: String,
    /// What the printed numbers give.
    gives: f64,
    /// The largest number on the way.
    size: f64,
    /// Whether it says `=`; else `≈`.
    pub(crate) exact: bool,
}

impl Equation {
    pub(crate) fn is_true(&self) -> bool {
        let printed: f64 = self.result.parse().unwrap();
        let (digits, power) = self.result.split_once('e').unwrap_or((&self.result, "0"));
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len()) as i32;
        let unit = 10f64.powi(power.parse::<i32>().unwrap() - decimals);
        let off = (self.gives - printed).abs();
        if self.exact {
            // Half a unit in the last digit, and what float64 does to it.
            return off <= unit / 2.0 + 1e-12 * printed.abs() || self.gives == printed;
        }
        // Some roundings of float32 of the largest number on the way, at the printed digits of the operands.
        off <= 2.0 * unit + 4e-6 * self.size.max(printed.abs())
    }
}

/// Whether a number goes on where the pane ends: `0.09966…`.
fn is_cut(words: &[Word], number: usize) -> bool {
    words.get(number + 1) == Some(&Word::Cut)
}

/// Every equation in a line: a calculation, a sign, and a number that stands alone.
pub(crate) fn equations(line: &str) -> Vec<Equation> {
    let words = words(&bare(line));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Word::Equals(exact) = *word else { continue };
        let negative = words.get(at + 1) == Some(&Word::Sign('-'));
        let behind = at + 1 + usize::from(negative);
        let Some(Word::Number(number)) = words.get(behind) else { continue };
        if matches!(words.get(behind + 1), Some(Word::Sign('+' | '-' | '*' | '/' | '^' | '(')))
            || is_cut(&words, behind)
        {
            continue;
        }
        let begins = words[..at].iter().rposition(|word| matches!(word, Word::Break | Word::Cut | Word::Equals(_)));
        let before = &words[begins.map_or(0, |at| at + 1)..at];
        let left = (0..before.len()).map(|from| &before[from..]).find(|left| {
            let joins = |pair: &[Word]| {
                matches!(pair[0], Word::Number(_) | Word::Sign(')'))
                    && matches!(pair[1], Word::Sign('+' | '-' | '*' | '/' | '^'))
            };
            let calculates = left.windows(2).any(joins);
            (calculates || matches!(left.first(), Some(Word::Name(_)))) && Calculator::all(left).is_some()
        });
        let Some(left) = left else { continue };
        let (gives, size) = Calculator::all(left).unwrap();
        let result = if negative { format!("-{number}") } else { number.clone() };
        found.push(Equation { left: left.to_vec(), result, gives, size, exact });
    }
    found
}

/// What was read, and what does not hold.
#[derive(Default)]
pub(crate) struct Count {
    read: usize,
    about: usize,
    wrong: Vec<String>,
}

impl Count {
    pub(crate) fn take(&mut self, place: &str, line: &str) {
        for equation in equations(line) {
            self.read += 1;
            self.about += usize::from(!equation.exact);
            if !equation.is_true() {
                let says = format!("{place}: {} gives {} in `{}`", equation.result, equation.gives, line.trim());
                self.wrong.push(says);
            }
        }
    }

    pub(crate) fn take_all(&mut self, place: &str, text: &str) {
        text.lines().for_each(|line| self.take(place, line));
    }

    pub(crate) fn ends(self, what: &str, least: usize) {
        let Self { read, about, mut wrong } = self;
        println!("{what}: {read} equations read, {about} of them say ≈, {} are false", wrong.len());
        let false_ones = wrong.len();
        wrong.truncate(40);
        assert!(wrong.is_empty(), "{false_ones} of {read} are false\n{}", wrong.join("\n"));
        assert!(read >= least, "only {read} equations were read");
    }
}

/// Text of several panes side by side: what stands between the frames, a result on a line of its own with its calculation.
pub(crate) fn take_screen(count: &mut Count, place: &str, screen: &str) {
    let mut before: Vec<String> = Vec::new();
    for row in screen.lines() {
        let cells: Vec<String> = row.split('│').map(ToOwned::to_owned).collect();
        for (i, cell) in cells.iter().enumerate() {
            let continues = cell.trim_start().starts_with(['=', '≈']);
            match before.get(i).filter(|_| continues) {
                Some(first) => count.take(place, &format!("{} {}", first.trim_end(), cell.trim())),
                None => count.take(place, cell),
            }
        }
        before = cells;
    }
}
