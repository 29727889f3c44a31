//! Inputs and the learner's own numbers as they are typed.

use crate::{
    diagnose::{Answer, AnswerError},
    formula::calculate,
    network::Network,
    pass::Address,
    words::answers,
};

/// A number that was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The number.
    pub answer: Answer,
    /// The calculation that gave it, if one was typed.
    pub calculation: Option<String>,
}

/// More digits than this a calculator does not show.
const CALCULATOR: usize = 10;

/// Reads one number: `20.475`, `20,475` with a decimal comma, or a calculation such as `=1.6404+0.9752` or `tanh(-0.1)`.
///
/// # Errors
/// A sentence that says what cannot be read.
pub fn read_number(text: &str) -> Result<Typed, String> {
    let text = text.trim();
    let text = text.strip_prefix('=').unwrap_or(text).trim();
    let why = match text.parse::<Answer>() {
        Ok(answer) => return Ok(Typed { answer, calculation: None }),
        Err(AnswerError::Comma { with_point, .. }) => with_point.parse::<Answer>(),
        Err(why) => Err(why),
    };
    if let Ok(answer) = why {
        return Ok(Typed { answer, calculation: None });
    }
    if text.is_empty() {
        return Err(answers::type_a_number());
    }
    let value = calculate(text).filter(|value| value.is_finite());
    let value = value.ok_or_else(|| answers::not_a_number(text))?;
    let answer = calculated(value).parse::<Answer>().map_err(|why| why.to_string())?;
    Ok(Typed { answer, calculation: Some(text.to_owned()) })
}

/// A result as a calculator shows it: ten digits, without the zeros at the end.
fn calculated(value: f64) -> String {
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    if !(-5..CALCULATOR as i32).contains(&magnitude) {
        return format!("{value:.*e}", CALCULATOR - 1);
    }
    let decimals = (CALCULATOR as i32 - 1 - magnitude).max(0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// An input as it is typed: the shortest numbers, with commas.
pub fn input_text(input: &[f32]) -> String {
    input.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Reads an input: numbers with commas, semicolons or blanks between them.
///
/// # Errors
/// A sentence that names the number that does not read, or how many there should be.
pub fn read_input(text: &str, wanted: usize) -> Result<Vec<f32>, String> {
    let text = text.replace('\u{2212}', "-");
    let text = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    if wanted == 1
        && let Ok(typed) = read_number(text)
    {
        return Ok(vec![typed.answer.value() as f32]);
    }
    let parts = text.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty());
    let mut numbers = Vec::new();
    for part in parts {
        match part.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => return Err(answers::input_not_a_number(part)),
        }
    }
    if numbers.len() == wanted {
        return Ok(numbers);
    }
    Err(answers::input_count(numbers.len(), wanted))
}

/// Reads numbers of the learner's own: `20.475`, a list for several outputs, or `dense.z[1] = 4.89`.
///
/// # Errors
/// A sentence that names the address or the number that does not read.
pub fn read_yours(text: &str, network: &Network) -> Result<(Address, Vec<Answer>), String> {
    let (at, numbers) = match text.split_once('=') {
        // `=1.64+0.98` has no address: it is a calculation.
        Some((at, numbers)) if at.trim().is_empty() => (None, numbers),
        Some((at, numbers)) => (Some(at.trim().parse::<Address>().map_err(|why| why.to_string())?), numbers),
        None => (None, text),
    };
    let one = at.as_ref().map_or(network.outputs() == 1, |at| !at.index.is_empty());
    let bare = numbers.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let answers: Vec<Answer> = if one {
        let whole = read_number(numbers).or_else(|why| read_number(bare).map_err(|_| why))?;
        vec![whole.answer]
    } else {
        let parts = bare.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty());
        parts.map(|part| part.parse::<Answer>().map_err(|why| why.to_string())).collect::<Result<_, _>>()?
    };
    let at = at.unwrap_or_else(|| match network.outputs() {
        1 => Address::output(0),
        // The first of several outputs may be given alone.
        _ if answers.len() == 1 => Address::output(0),
        _ => Address::outputs(),
    });
    Ok((at, answers))
}
