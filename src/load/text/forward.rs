//! Code and formulas that use the kernels: they show how the kernels are stored, and what is applied to the sums.

use super::edges::activation_named;
use crate::{
    load::{
        Evidence,
        build::{is_bias_name, is_data_name},
        found::{Array, Hints, Orientation},
    },
    network::Activation,
};

/// Code and formulas that use the kernels: `x @ W1`, `tansig(iw*p + b1)`, `\sigma(W^{(2)} ...)`.
pub(super) fn forward_code(text: &str, arrays: &[Array], hints: &mut Hints) {
    /// The code of a larger network is not followed.
    const MOST: usize = 64;
    if arrays.len() > MOST {
        return;
    }
    let mut activations: Vec<Option<Activation>> = Vec::new();
    let (mut keras, mut torch) = (None, None);
    let matlab = text.contains("tansig")
        || text.contains("purelin")
        || text.contains("logsig")
        || text.contains("satlin")
        || text.contains("end\n")
        || text.contains("zeros(");
    for array in
        arrays.iter().filter(|array| array.shape.len() <= 2 && array.values.len() > 1 || array.shape.len() == 2)
    {
        let Some(name) = &array.name else { continue };
        if is_bias_name(name) || is_data_name(name) {
            continue;
        }
        let spellings = match name.split_once('.') {
            Some((outer, key)) if !key.contains('.') => {
                vec![format!("{outer}['{key}']"), format!("{outer}[\"{key}\"]"), name.clone()]
            }
            _ => vec![name.clone()],
        };
        let used = spellings.iter().find_map(|name| spot(text, name, matlab));
        let Some((at, orientation, how)) = used else { continue };
        match orientation {
            Orientation::Keras => keras = keras.or(Some(how)),
            Orientation::Torch => torch = torch.or(Some(how)),
        }
        activations.push(around(text, at));
    }
    match (keras, torch) {
        (Some(how), None) if hints.orientation.is_none() => {
            hints.orientation = Some((Orientation::Keras, Evidence::Code(how)));
        }
        (None, Some(how)) if hints.orientation.is_none() => {
            hints.orientation = Some((Orientation::Torch, Evidence::Code(how)));
        }
        _ => {}
    }
    if hints.activations.is_empty() && hints.named_activations.is_empty() && !activations.is_empty() {
        hints.activations = activations;
    }
}

/// Where a kernel is multiplied with something, which way round, and how that is written.
fn spot(text: &str, name: &str, matlab: bool) -> Option<(usize, Orientation, String)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    for (at, _) in text.match_indices(name) {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        if before.ends_with(is_part) || after.starts_with(is_part) {
            continue;
        }
        let (line_before, line_after) =
            (before.rsplit('\n').next().unwrap_or(""), after.split('\n').next().unwrap_or(""));
        let (trimmed_before, trimmed_after) = (line_before.trim_end(), line_after.trim_start());
        let word_before = || {
            trimmed_before
                .trim_end_matches(['@', '*', ' ', ','])
                .rsplit(|c: char| !is_part(c))
                .next()
                .unwrap_or("")
                .to_owned()
        };
        let word_after = || {
            trimmed_after
                .trim_start_matches(['@', '*', ' ', ',', '(', '.'])
                .split(|c: char| !is_part(c))
                .next()
                .unwrap_or("")
                .to_owned()
        };
        if trimmed_before.ends_with("/@") || trimmed_before.ends_with("//") {
            continue;
        }
        if trimmed_before.ends_with('@') {
            return Some((at, Orientation::Keras, format!("{} @ {name}", word_before())));
        }
        if trimmed_after.starts_with('@') {
            return Some((at, Orientation::Torch, format!("{name} @ {}", word_after())));
        }
        let call = |names: &[&str]| names.iter().any(|call| trimmed_before.ends_with(&format!("{call}(")));
        if call(&["dot", "matmul", "mm", "mv"]) && trimmed_after.starts_with(',') {
            return Some((at, Orientation::Torch, format!("dot({name}, {})", word_after())));
        }
        if let Some(inside) = trimmed_after.strip_prefix(".dot(") {
            let inside = inside.split(')').next().unwrap_or("");
            return Some((at, Orientation::Torch, format!("{name}.dot({inside})")));
        }
        let inside_call = ["dot(", "matmul(", "mm("].iter().any(|call| {
            trimmed_before
                .rfind(call)
                .is_some_and(|open| !trimmed_before[open..].contains(')') || trimmed_before[open..].ends_with(','))
        });
        if inside_call && (trimmed_before.ends_with(',') || trimmed_before.ends_with(".dot(")) {
            return Some((at, Orientation::Keras, format!("dot({}, {name})", word_before())));
        }
        if trimmed_before.ends_with(".dot(") {
            return Some((at, Orientation::Keras, format!("{}.dot({name})", word_before().trim_end_matches("dot"))));
        }
        if matlab && trimmed_after.starts_with('*') && !trimmed_after.starts_with("**") {
            return Some((at, Orientation::Torch, format!("{name}*{}", word_after())));
        }
        if matlab && trimmed_before.ends_with('*') && !trimmed_before.ends_with("**") {
            return Some((at, Orientation::Keras, format!("{}*{name}", word_before())));
        }
        // LaTeX and notes: `W^{(1)} x`, `W_1 x`.
        let formula = name.contains('^') || trimmed_before.ends_with('(') || line_before.contains('$');
        if formula
            && line_after.starts_with(' ')
            && trimmed_after.starts_with(|c: char| c.is_ascii_lowercase() || c == '\\')
            && !trimmed_after.starts_with("\\begin")
            && !trimmed_after.starts_with("\\in")
        {
            return Some((at, Orientation::Torch, format!("{name} {}", word_after())));
        }
    }
    None
}

/// The activation around the use of a kernel at `at`: a function around it, or one that is applied later to the
/// variable; linear if the line only assigns the sum.
fn around(text: &str, at: usize) -> Option<Activation> {
    let line_begin = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[line_begin..at];
    let mut depth = 0;
    for (i, c) in line.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => {
                let before = line[..i].trim_end_matches("\\left").trim_end_matches(['{', ' ']);
                let name: String = before
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '\\'))
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                if matches!(name.rsplit('.').next(), Some("maximum" | "max")) {
                    return Some(Activation::Relu);
                }
                if let Some(activation) = activation_named(&name) {
                    return Some(activation);
                }
            }
            _ => {}
        }
    }
    let (variable, _) = line.split_once('=')?;
    let variable = variable.trim().rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
    if variable.is_empty() {
        return None;
    }
    for pattern in [format!("({variable})"), format!("({variable},")] {
        for (use_at, _) in text[at..].match_indices(&pattern) {
            let before = &text[..at + use_at];
            let name: String = before
                .chars()
                .rev()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            if let Some(activation) = activation_named(&name) {
                return Some(activation);
            }
        }
    }
    Some(Activation::Linear)
}
