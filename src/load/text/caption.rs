//! What an array is called: the words before it on its line, or on the line above.

/// A caption, and whether it is an assignment (`W1 = ...`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Caption {
    pub(super) name: Option<String>,
    pub(super) assigned: bool,
    /// The words belong to a call that takes or gives data: `model.predict(`.
    pub(super) data: bool,
}

/// Calls whose arguments and results are no weights.
const DATA_CALLS: &[&str] = &[
    "predict",
    "evaluate",
    "fit",
    "forward",
    "sim",
    "train",
    "transform",
    "activate",
    "compute",
    "run",
    "predict_on_batch",
];

/// Whether a call of this name takes or gives data.
pub(super) fn is_data_call(name: &str) -> bool {
    let name = name.rsplit(['.', ':']).next().unwrap_or(name);
    DATA_CALLS.contains(&name.to_lowercase().as_str())
}

/// The text without what a prompt or a notebook put before it.
pub(super) fn without_prompt(line: &str) -> &str {
    let mut line = line.trim();
    for prompt in [">>>", "...:", "julia>", ">>", "> ", "$ ", "octave:", "- ", "* ", "// ", "# ", "%% ", "\\("] {
        if let Some(rest) = line.strip_prefix(prompt) {
            line = rest.trim_start();
        }
    }
    // `In [14]:`, `Out[9]=`, `octave:3>`
    for prompt in ["In [", "In[", "Out[", "Out ["] {
        if let Some(rest) = line.strip_prefix(prompt)
            && let Some(end) = rest.find(']')
            && rest[..end].bytes().all(|byte| byte.is_ascii_digit())
        {
            line = rest[end + 1..].trim_start_matches([':', '=', ' ']);
        }
    }
    line.trim()
}

/// The caption in `words`, the text before an array that begins with `open`.
pub(super) fn caption(words: &str, open: char) -> Caption {
    let words = without_prompt(words);
    let words = words.strip_suffix("Parameter containing:").unwrap_or(words);
    let words = words.trim_end_matches([' ', '\t', '\u{a0}']);
    if words.is_empty() {
        return Caption::default();
    }
    // `print("W1", W1)`, `h2o.weights(dl, matrix_id = 2)`, `cat w1.txt`
    if let Some(name) = of_command(words) {
        return Caption { name, assigned: false, data: is_data(words) };
    }
    let (left, assigned) = match divided(words) {
        Some((left, '=')) => (left, true),
        Some((left, _)) => (left, false),
        None => (words, false),
    };
    let left = left.trim();
    let several = left.split_whitespace().count() > 1;
    let keyword = [
        "const",
        "float",
        "double",
        "var",
        "let",
        "local",
        "static",
        "val",
        "auto",
        "final",
        "public",
        "private",
        "real",
        "my",
        "return",
        "constexpr",
        "PROGMEM",
    ]
    .iter()
    .any(|keyword| left.split_whitespace().next() == Some(keyword));
    let name = if !several {
        identifier(left, open)
    } else if !assigned && !keyword {
        phrase(left)
    } else {
        identifier(left.split_whitespace().last().unwrap_or(left), open).or_else(|| phrase(left))
    };
    Caption { name, assigned, data: is_data(words) }
}

/// Whether the words end in a call that gives data: `model.predict(x)`.
fn is_data(words: &str) -> bool {
    words.find('(').is_some_and(|open| {
        let name = words[..open].rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
        is_data_call(name)
    })
}

/// A name in a command or a call: `Some(None)` if there is none in it.
#[expect(clippy::option_option, reason = "a call without a name is another thing than no call")]
fn of_command(words: &str) -> Option<Option<String>> {
    if let Some(file) =
        words.strip_prefix("cat ").or_else(|| words.strip_prefix("type ")).or_else(|| words.strip_prefix("less "))
    {
        let file = file.trim().rsplit(['/', '\\']).next().unwrap_or("");
        return Some(Some(file.split('.').next().unwrap_or(file).to_owned()));
    }
    let open = words.find('(')?;
    if divided(&words[..open]).is_some() {
        return None;
    }
    let (call, arguments) = (&words[..open], &words[open + 1..]);
    if !call.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ' ')) {
        return None;
    }
    let arguments = arguments.split(')').next().unwrap_or("");
    if let Some(what) = call.strip_prefix("h2o.") {
        let number: String = arguments.chars().filter(char::is_ascii_digit).collect();
        return Some(Some(format!("{what} {number}")));
    }
    let call = call.trim();
    if matches!(call, "print" | "disp" | "display" | "println" | "console.log" | "cat" | "show" | "echo") {
        let first = arguments.split(',').next().unwrap_or("").trim().trim_matches(['\'', '"']);
        let name = caption(first.trim_end_matches([':', '=', ' ']), '[').name;
        return Some(name);
    }
    // `Weights (2x3)` is a phrase; `model.get_weights()` is a call.
    if call.ends_with(char::is_whitespace) || call.contains(' ') || words[..open].ends_with(' ') {
        return None;
    }
    Some(None)
}

/// Cuts at the first `=`, `:=`, `<-` or `:` outside of brackets and quotation marks.
fn divided(words: &str) -> Option<(&str, char)> {
    let mut depth = 0usize;
    let mut quote = None;
    let mut before = ' ';
    for (i, c) in words.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') if !before.is_alphanumeric() => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, '=') if depth == 0 && !words[i + 1..].starts_with('=') && before != '=' => {
                return Some((words[..i].trim_end_matches([':', '+']), '='));
            }
            (None, '<') if depth == 0 && words[i + 1..].starts_with('-') => return Some((&words[..i], '=')),
            (None, ':') if depth == 0 && !words[i + 1..].starts_with([':', '0', '=']) && before != ':' => {
                // `const W1: [[f32; 3]; 2] =` is an assignment.
                let kind = if words[i..].contains('=') { '=' } else { ':' };
                return Some((&words[..i], kind));
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// The name in one word: with its index, without the dimensions of C.
fn identifier(word: &str, open: char) -> Option<String> {
    let word = word.trim_matches(['\'', '"', '`', '*', '$', ',']);
    let begin = word.find(|c: char| c.is_alphanumeric() || c == '_')?;
    let word = &word[begin..];
    if word.len() > 80 {
        return None;
    }
    if let Some((name, index)) = word.split_once('[') {
        let index = index.trim_end_matches(']').trim_matches(['\'', '"']);
        if name.is_empty() || name.contains("Extract") {
            return None;
        }
        return Some(match index {
            // `w1[2][3] = {`, `double[] w`
            "" => name.to_owned(),
            _ if open == '{' => name.to_owned(),
            _ if index.parse::<u32>().is_ok() || index.contains('.') => word.to_owned(),
            _ if index.contains(['[', ']']) => word.to_owned(),
            _ => format!("{name}.{index}"),
        });
    }
    let plain = word.chars().all(|c| c.is_alphanumeric() || "_./:{},^()-$".contains(c));
    (plain && (!word.starts_with(|c: char| c.is_ascii_digit()) || word.contains('.'))).then(|| word.to_owned())
}

/// A caption of several words, if it speaks of weights or biases.
fn phrase(words: &str) -> Option<String> {
    const SPEAKING: &[&str] = &[
        "weight",
        "bias",
        "kernel",
        "threshold",
        "gewicht",
        "layer",
        "w1",
        "w2",
        "b1",
        "b2",
        "matrix",
        "coef",
        "intercept",
        "neuron",
    ];
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != ']');
    let count = words.split_whitespace().count();
    let lower = words.to_lowercase();
    let speaks = SPEAKING.iter().any(|part| lower.contains(part));
    (count <= 8 && words.len() <= 80 && speaks)
        .then(|| words.split(['(', '[']).next().unwrap_or(words).trim().to_owned())
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_found_in_the_text_before_an_array() {
        for (words, open, name) in [
            ("W1 = ", '[', Some("W1")),
            (">>> W1 = np.", '[', Some("W1")),
            ("W1:", '[', Some("W1")),
            ("const float w1[2][3] = ", '{', Some("w1")),
            ("const PROGMEM float HiddenWeights[2][4] = ", '{', Some("HiddenWeights")),
            ("const W1: [[f32; 3]; 2] = ", '[', Some("W1")),
            ("double[][] w1 = ", '{', Some("w1")),
            ("var hidden = [][]", '{', Some("hidden")),
            ("hidden := [][]", '{', Some("hidden")),
            ("W1 <- ", '[', Some("W1")),
            ("weights['h1'] = ", '[', Some("weights.h1")),
            ("W[1] = ", '[', Some("W[1]")),
            ("net.IW{1,1} =", '[', Some("net.IW{1,1}")),
            ("fc1.weight ", '[', Some("fc1.weight")),
            ("0.weight Parameter containing:", '(', Some("0.weight")),
            ("hidden.weight \t ", '[', Some("hidden.weight")),
            ("dense ", '[', Some("dense")),
            ("first layer weights:", '[', Some("first layer weights")),
            ("Weights of the hidden layer (2x3):", '[', Some("Weights of the hidden layer")),
            (">>> net.fc1.bias", '[', Some("net.fc1.bias")),
            ("> W1", '[', Some("W1")),
            ("$ cat out/w1.txt", '[', Some("w1")),
            ("> h2o.weights(dl, matrix_id = 2)", '[', Some("weights 2")),
            ("print(\"W1\", ", '[', Some("W1")),
            ("print(model.get_weights())", '[', None),
            (">>> model.get_weights()", '[', None),
            ("Out[15]: ", '[', None),
            ("What is this number", '[', None),
            ("", '[', None),
        ] {
            assert_eq!(caption(words, open).name.as_deref(), name, "{words}");
        }
        assert!(caption(">>> model.predict(x)", '[').data && !caption("W1 = ", '[').data);
        assert!(caption("W1 = ", '[').assigned && !caption("W1:", '[').assigned);
    }
}
