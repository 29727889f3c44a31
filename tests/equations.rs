//! Every equation that byhand prints is true as it is printed: recomputed from its own printed digits, it gives the printed
//! result at that result's last digit. A line that says `≈` is nearly true, and there the exact digits do not help.
//!
//! The reader of equations and the arithmetic here are their own: they share nothing with the library but the names of
//! activations. `cargo test --test equations -- --nocapture` prints how many equations were read.
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

#[path = "support/exact.rs"]
mod exact;
#[path = "diagnosis/models.rs"]
#[expect(dead_code, reason = "half of it serves `diagnosis`")]
mod models;
#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "half of it serves `screens`")]
mod stage;

use byhand::{
    course::{Block, Course, FIRST_LANGUAGE, Folder, Span, TaskKind, lesson},
    explain::{Sheet, Solution, beside, csv, latex, markdown, text},
    load::{Facts, Model, builtin, builtin_names},
    mistake::Mistake,
    network::{Activation, Network, number::Digits},
    pass::Pass,
    setting::seeded,
};
use exact::activate;
use stage::Stage;

/// A word of an equation.
#[derive(Debug, Clone, PartialEq)]
enum Word {
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
struct Equation {
    /// As words.
    left: Vec<Word>,
    /// The printed result.
    result: String,
    /// What the printed numbers give.
    gives: f64,
    /// The largest number on the way.
    size: f64,
    /// Whether it says `=`; else `≈`.
    exact: bool,
}

impl Equation {
    fn is_true(&self) -> bool {
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
fn equations(line: &str) -> Vec<Equation> {
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
struct Count {
    read: usize,
    about: usize,
    wrong: Vec<String>,
}

impl Count {
    fn take(&mut self, place: &str, line: &str) {
        for equation in equations(line) {
            self.read += 1;
            self.about += usize::from(!equation.exact);
            if !equation.is_true() {
                let says = format!("{place}: {} gives {} in `{}`", equation.result, equation.gives, line.trim());
                self.wrong.push(says);
            }
        }
    }

    fn take_all(&mut self, place: &str, text: &str) {
        text.lines().for_each(|line| self.take(place, line));
    }

    fn ends(self, what: &str, least: usize) {
        let Self { read, about, mut wrong } = self;
        println!("{what}: {read} equations read, {about} of them say ≈, {} are false", wrong.len());
        let false_ones = wrong.len();
        wrong.truncate(40);
        assert!(wrong.is_empty(), "{false_ones} of {read} are false\n{}", wrong.join("\n"));
        assert!(read >= least, "only {read} equations were read");
    }
}

/// Text of several panes side by side: what stands between the frames, a result on a line of its own with its calculation.
fn take_screen(count: &mut Count, place: &str, screen: &str) {
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

#[test]
fn false_equations_are_caught_and_true_ones_are_not() {
    for (line, says) in [
        ("10 × 0.4890 = 4.8899", [false].as_slice()),
        ("10 × 0.48899 = 4.8899", &[true]),
        ("    wx = 10 × (-0.1038) = -1.0383", &[false]),
        ("    z  = 4.88993 + 1.17054 = 6.0605", &[true]),
        ("10 × 0.0366 + -0.4132 = -0.0474. And 2 × 3 = 6.", &[false, true]),
        ("▸  3  0.4034 × 1.0935 = 0.4412            sum 0.8897     ", &[false]),
        ("tanh(-0.1000) = -0.0997", &[true]),
        ("tanh(-0.1000) = -0.0998", &[false]),
        ("leaky_relu(0.2)(-1) = -0.2", &[true]),
        ("5 - mean 0.0589 = 4.9411, 4.9411 / deviation 0.9545 = 5.1769", &[true, false]),
        (r"z_{0} &= -0.3814 + (-0.1829) = -0.5643 \\", &[true]),
        (r"a_{0} &= \operatorname{tanh}(-0.5643) = -0.5112", &[true]),
        (r"a_{0} &= 0.9 \times \text{scale } 2 = 1.9", &[false]),
        ("| `hidden.a[0]` | **tanh(-0.5643) = -0.5112** |", &[true]),
        ("max(0, 2.5 - 1) = 1.5", &[true]),
        ("4.889929 + 1.1705374 ≈ 6.0604663", &[true]),
        ("4.889929 + 1.1705374 ≈ 6.07", &[true]),
        ("4.889929 + 1.1705374 ≈ 6.1704663", &[false]),
        ("y = 25, x = 10; hidden.a[1] = 0.5; 3 of 4 = 0.75 units", &[]),
    ] {
        let found: Vec<bool> = equations(line).iter().map(Equation::is_true).collect();
        assert_eq!(found, says, "{line}");
    }
    // Whatever is true is false with another last digit.
    let pass = Pass::new(&builtin("line-1-16-1").unwrap().network, &[10.0], &[]).unwrap();
    let solution = text::write(&Solution::new(&pass, None).unwrap(), Digits::FOUR);
    let (mut spoilt, mut caught) = (0, 0);
    for mut equation in solution.lines().flat_map(equations).filter(|equation| equation.exact) {
        assert!(equation.is_true(), "{equation:?}");
        // A calculation that has no more digits than its result allows no other one.
        let value: f64 = equation.result.parse().unwrap();
        let decimals = equation.result.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        equation.result = format!("{:.decimals$}", value + 10f64.powi(-(decimals as i32)));
        spoilt += 1;
        caught += usize::from(!equation.is_true());
    }
    assert!(spoilt >= 50 && caught == spoilt, "{caught} of {spoilt}");
}

#[test]
fn every_equation_of_every_lesson_is_true() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
    let mut count = Count::default();
    for entry in &course.entries {
        let lesson = lesson(&Folder::Embedded, &entry.id, FIRST_LANGUAGE).unwrap();
        for seed in 0..8 {
            let settings = seeded(&lesson, seed).unwrap();
            for (step, setting) in lesson.steps.iter().zip(&settings) {
                let place = format!("{}, {}", entry.id, step.task.id);
                let mut texts: Vec<Vec<Span>> = vec![step.heading.clone()];
                texts.extend(step.prose.iter().filter_map(|(_, block)| match block {
                    Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) => Some(text.clone()),
                    Block::Fence { .. } => None,
                }));
                texts.extend(step.task.hints.iter().cloned());
                texts.extend(step.task.question().cloned());
                match &step.task.kind {
                    TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } => {
                        texts.extend(options.iter().flat_map(|option| [option.text.clone(), option.says.clone()]));
                    }
                    TaskKind::Type { lines, .. } => texts.extend(lines.iter().map(|line| {
                        let mut text = line.text.clone();
                        text.extend([Span::Plain(" = ".to_owned()), Span::Value(line.value.clone())]);
                        text
                    })),
                    TaskKind::Find { says, .. } => texts.push(says.clone()),
                    TaskKind::Hunt(hunt) => texts.extend(hunt.suspects.iter().map(|suspect| suspect.says.clone())),
                    _ => {}
                }
                for text in texts {
                    count.take(&place, &setting.texts(&text).concat());
                }
            }
            if lesson.steps.iter().all(|step| !matches!(step.task.kind, TaskKind::Hunt(_))) {
                break;
            }
        }
    }
    count.ends("lessons' texts", 80);
}

#[test]
fn every_screen_of_every_lesson_shows_true_equations() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
    let mut count = Count::default();
    for entry in &course.entries {
        for size in [(80, 24), (120, 40)] {
            let mut stage = Stage::lesson(&entry.id).sized(size);
            let steps = stage.app.study().unwrap().lesson.steps.len();
            for step in 0..steps {
                let place = format!("{} step {} at {size:?}", entry.id, step + 1);
                for _ in 0..3 {
                    take_screen(&mut count, &place, &stage.text());
                    stage = stage.presses("d");
                }
                stage = stage.presses("n wait:5000");
            }
        }
    }
    count.ends("lessons' screens", 300);
}

/// Inputs to try a network with: the first one of its model, zeros, and some by chance.
fn inputs(network: &Network, first: &[f32], random: &mut fastrand::Rng) -> Vec<Vec<f32>> {
    let width = network.inputs();
    let mut by_chance = |size: f32| (0..width).map(|_| (random.f32() * 2.0 - 1.0) * size).collect::<Vec<f32>>();
    let hundredths = |input: Vec<f32>| input.into_iter().map(|x| (x * 100.0).round() / 100.0).collect();
    vec![first.to_vec(), vec![0.0; width], hundredths(by_chance(2.0)), hundredths(by_chance(60.0)), by_chance(3.0)]
}

/// All the built-in models and the golden networks.
fn networks() -> Vec<(Network, Vec<f32>)> {
    let built_in = builtin_names().iter().map(|name| builtin(name).unwrap()).map(|model| {
        let first = model.first_input();
        (model.network, first)
    });
    let golden = models::models().into_iter().map(|model| {
        let width = model.network.inputs();
        (model.network, vec![0.5; width])
    });
    built_in.chain(golden).collect()
}

#[test]
fn every_equation_of_every_worked_solution_is_true() {
    let mut random = fastrand::Rng::with_seed(4_890);
    let mut count = Count::default();
    for (network, first) in networks() {
        let mistakes = Mistake::all(&network);
        for input in inputs(&network, &first, &mut random) {
            let mistake = mistakes[random.usize(..mistakes.len())];
            let right = Pass::new(&network, &input, &[]).unwrap();
            let wrong = Pass::new(&network, &input, &[mistake]).unwrap();
            for digits in ["2", "4", "6", "8", "exact"] {
                let digits: Digits = digits.parse().unwrap();
                let place = format!("{} {input:?}, digits {digits}, {}", network.name(), mistake.name(&network));
                let solution = Solution::new(&right, None).unwrap();
                let (one, two) = (Sheet::new(&right, None).unwrap(), Sheet::beside(&right, &wrong, None).unwrap());
                count.take_all(&place, &text::write(&solution, digits));
                for sheet in [&one, &two] {
                    count.take_all(&place, &beside::write(sheet, digits));
                    count.take_all(&place, &markdown::write(sheet, digits));
                    count.take_all(&place, &latex::write(sheet, digits));
                }
                for row in csv::write(&one, digits).lines().skip(1) {
                    let row = row.replace('"', "");
                    let Some((_, row)) = row.split_once("],") else { continue };
                    let cells: Vec<&str> = row.rsplitn(3, ',').collect();
                    let [_, result, calculation] = cells[..] else { continue };
                    let sign = if result.starts_with('≈') { "" } else { "=" };
                    count.take(&place, &format!("{calculation} {sign} {result}"));
                }
            }
        }
    }
    count.ends("worked solutions", 20_000);
}

#[test]
fn every_position_of_the_bench_shows_true_equations() {
    let mut count = Count::default();
    let steps_of = |network: &Network, input: &[f32]| Pass::new(network, input, &[]).unwrap().steps();
    for (network, first) in networks() {
        // Some positions of each, from the first to the last.
        let stride = (steps_of(&network, &first) / 12).max(1);
        for size in [(80, 24), (120, 40)] {
            let mut stage = Stage::course();
            let model = Model { network: network.clone(), facts: Facts::default() };
            stage.app.open_model(model, Some(first.clone())).unwrap();
            let mut stage = stage.sized(size);
            for _ in 0..13 {
                for _ in 0..3 {
                    take_screen(&mut count, &format!("{} at {size:?}", network.name()), &stage.text());
                    stage = stage.presses("d");
                }
                stage = stage.presses(&"Right ".repeat(stride.min(40)));
            }
        }
    }
    count.ends("bench positions", 3_000);
}
