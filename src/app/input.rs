//! Inputs and the learner's own numbers as they are typed.

use crate::{
    diagnose::Answer,
    network::Network,
    pass::{Address, address::Of},
};

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
    let parts = text.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty());
    let mut numbers = Vec::new();
    for part in parts {
        match part.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => return Err(format!("`{part}` is not a number; write one such as 0.3 or -2")),
        }
    }
    if numbers.len() == wanted {
        return Ok(numbers);
    }
    if let (1, 2, Some((whole, decimals))) = (wanted, numbers.len(), text.split_once(','))
        && !decimals.starts_with(' ')
    {
        return Err(format!("write the decimals after a point, as in {whole}.{decimals}"));
    }
    let numbers_wanted = if wanted == 1 { "one number".to_owned() } else { format!("{wanted} numbers") };
    let example = if wanted == 1 { "10" } else { "0.3, 0.1" };
    Err(format!("this network takes {numbers_wanted}, such as {example}, and here are {}", numbers.len()))
}

/// Reads numbers of the learner's own: `20.475`, a list for several outputs, or `dense.z[1] = 4.89`.
///
/// # Errors
/// A sentence that names the address or the number that does not read.
pub fn read_yours(text: &str, network: &Network) -> Result<(Address, Vec<Answer>), String> {
    let (at, numbers) = match text.split_once('=') {
        Some((at, numbers)) => (Some(at.trim().parse::<Address>().map_err(|why| why.to_string())?), numbers),
        None => (None, text),
    };
    let numbers = numbers.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let one = at.as_ref().map_or(network.outputs() == 1, |at| !at.index.is_empty());
    let parts: Vec<&str> = if one {
        vec![numbers]
    } else {
        numbers.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty()).collect()
    };
    let answers = parts.iter().map(|part| part.parse::<Answer>().map_err(|why| why.to_string()));
    let answers: Vec<Answer> = answers.collect::<Result<_, _>>()?;
    let at = at.unwrap_or_else(|| match network.outputs() {
        1 => Address::output(0),
        // The first of several outputs may be given alone.
        _ if answers.len() == 1 => Address::output(0),
        _ => Address { of: Of::Output, index: Vec::new() },
    });
    Ok((at, answers))
}
