//! What the words around the numbers say: names, activations, orientation, sizes, tools.

use super::edges::activation_named;
use crate::{
    load::{
        BiasPlace, Evidence,
        found::{Found, Hints, Orientation},
    },
    network::Activation,
};

/// Longer texts are not searched for words: they contain numbers.
const MOST: usize = 1 << 20;

/// Adds what the text says to what was found in it.
pub(super) fn add(text: &str, found: &mut Found) {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    super::scales::scaling(text, found);
    let hints = &mut found.hints;
    torch_modules(text, hints);
    summary(text, hints);
    configuration(text, hints);
    model_code(text, hints);
    sklearn(text, hints);
    if hints.orientation.is_none() {
        hints.orientation = sentences(text);
    }
    if hints.bias_place.is_none() {
        hints.bias_place = bias_place(text);
    }
    super::forward::forward_code(text, &found.arrays, &mut found.hints);
    super::scales::tools(text, found);
}

/// `print(model)` of PyTorch: `(0): Linear(in_features=2, ..)`, `(1): ReLU()`.
fn torch_modules(text: &str, hints: &mut Hints) {
    if !text.contains("Linear(in_features=") {
        return;
    }
    let sequential = text.contains("Sequential(");
    let mut layers: Vec<(String, Option<Activation>)> = Vec::new();
    for line in text.lines().map(str::trim) {
        let Some((name, module)) = line.strip_prefix('(').and_then(|line| line.split_once("): ")) else { continue };
        let class = module.split('(').next().unwrap_or("");
        match class {
            "Linear" => layers.push((name.to_owned(), None)),
            "Dropout" | "Flatten" | "Identity" | "Sequential" => {}
            "BatchNorm1d" => hints.layers.push((name.to_owned(), "BatchNorm1d".to_owned())),
            _ => match (torch_activation(module), layers.last_mut()) {
                (Some(activation), Some((_, own))) => *own = Some(activation),
                _ => hints.layers.push((name.to_owned(), class.to_owned())),
            },
        }
    }
    for (name, activation) in layers {
        hints.layers.push((name.clone(), "Linear".to_owned()));
        // In a class of one's own the activations may be in `forward`, which is not printed.
        if sequential {
            hints.named_activations.push((name, activation.unwrap_or(Activation::Linear)));
        } else if let Some(activation) = activation {
            hints.named_activations.push((name, activation));
        }
    }
}

/// `LeakyReLU(negative_slope=0.01)`, `Softmax(dim=1)`, `GELU(approximate='none')`.
fn torch_activation(module: &str) -> Option<Activation> {
    let name = module.split('(').next()?;
    let arguments = module.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
    match name {
        "GELU" => Some(if arguments.contains("tanh") { Activation::GeluTanh } else { Activation::Gelu }),
        "LeakyReLU" | "ELU" | "CELU" => {
            let number = arguments.split(',').next()?.rsplit('=').next()?.trim();
            format!("{name}({number})").parse().ok()
        }
        _ => name.parse().ok(),
    }
}

/// `model.summary()` of Keras: ` dense (Dense)   (None, 3)   9 `.
fn summary(text: &str, hints: &mut Hints) {
    if !hints.layers.is_empty() {
        return;
    }
    for line in text.lines().filter(|line| line.contains("(None")) {
        let cell = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '│' | '┃' | '|' | '║'));
        let Some((name, rest)) = cell.split_once('(') else { continue };
        let Some((class, _)) = rest.split_once(')') else { continue };
        let (name, class) = (name.trim(), class.trim());
        let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_');
        if word(name) && word(class) && class != "None" {
            hints.layers.push((name.to_owned(), class.to_owned()));
        }
    }
}

/// `model.to_json()`, and the topology of TensorFlow.js: classes with name and activation, in order.
fn configuration(text: &str, hints: &mut Hints) {
    if !text.contains("\"class_name\"") {
        return;
    }
    hints.layers.clear();
    let mut own: Option<(String, Option<Activation>)> = None;
    let done = |own: Option<(String, Option<Activation>)>, hints: &mut Hints| {
        if let Some((name, Some(activation))) = own {
            hints.named_activations.push((name, activation));
        }
    };
    for part in text.split("\"class_name\"").skip(1) {
        let string = |key: &str| -> Option<&str> {
            let rest = &part[part.find(&format!("\"{key}\""))? + key.len() + 2..];
            let rest = rest.trim_start_matches([':', ' ']);
            rest.strip_prefix('"')?.split('"').next()
        };
        let class =
            part.trim_start_matches([':', ' ']).strip_prefix('"').and_then(|rest| rest.split('"').next()).unwrap_or("");
        let known = matches!(class, "Dense" | "BatchNormalization") || super::super::build::known(class).is_some();
        let activation = string("activation").and_then(|name| name.parse::<Activation>().ok());
        if known && let Some(name) = string("name") {
            done(own.take(), hints);
            hints.layers.push((name.to_owned(), class.to_owned()));
            own = Some((name.to_owned(), activation));
        } else if let Some((_, own)) = &mut own {
            // Parts of the same layer (its policy, its initializers), and layers that only apply an activation.
            *own = activation.or(*own);
        }
        if class == "BatchNormalization"
            && let Some(at) = part.find("\"epsilon\"")
        {
            let rest = part[at + "\"epsilon\"".len()..].trim_start_matches([':', ' ']);
            hints.epsilon = rest.split([',', '}']).next().and_then(|number| number.trim().parse().ok());
        }
    }
    done(own, hints);
}

/// Code that makes the model: `Dense(3, activation='relu')`, `nn.Linear(2, 3), nn.ReLU()`.
fn model_code(text: &str, hints: &mut Hints) {
    let mut layers: Vec<(String, String, Option<Activation>)> = Vec::new();
    let printed = text.contains("in_features=");
    let mut rest = text;
    let mut torch = false;
    while let Some(open) = rest.find('(') {
        let name: String = rest[..open]
            .chars()
            .rev()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let before = &rest[..open - name.len()];
        let arguments = &rest[open + 1..];
        let close = closing(arguments).unwrap_or(0);
        let inside = &arguments[..close];
        let argument = |key: &str| -> Option<String> {
            let at = inside.find(&format!("{key}="))?;
            Some(inside[at + key.len() + 1..].split([',', ')']).next()?.trim().trim_matches(['\'', '"']).to_owned())
        };
        // `dense (Dense)` and `<Dense(` of prints are no code.
        let code = close > 0 && !before.trim_end().ends_with(':') && inside.len() < 300;
        match name.as_str() {
            "Dense" if code && inside.starts_with(|c: char| c.is_ascii_digit() || c.is_alphabetic()) => {
                let activation = match argument("activation") {
                    Some(name) => activation_named(&name),
                    None => Some(Activation::Linear),
                };
                // Julia's `Dense(2 => 3, relu)` is another language.
                if !inside.contains("=>") && !inside.contains("None") {
                    layers.push((argument("name").unwrap_or_default(), "Dense".to_owned(), activation));
                }
            }
            "Activation" | "ReLU" | "LeakyReLU" | "Softmax" | "Sigmoid" | "Tanh"
                if before.ends_with(['.', ' ', '(', '[', '\n', ',']) && !printed =>
            {
                let own = if name == "Activation" { inside.trim_matches(['\'', '"']).to_owned() } else { name.clone() };
                if let (Some((_, _, own_activation)), Some(activation)) = (layers.last_mut(), activation_named(&own)) {
                    *own_activation = Some(activation);
                }
            }
            "Linear" if code && before.ends_with("nn.") && !printed => {
                torch = true;
                layers.push((String::new(), "Linear".to_owned(), Some(Activation::Linear)));
            }
            "BatchNormalization" if code || before.ends_with(['.', ' ', '(', '[', '\n', ',']) => {
                layers.push((argument("name").unwrap_or_default(), "BatchNormalization".to_owned(), None));
            }
            class if code && super::super::build::known(class).is_some() && class.starts_with(char::is_uppercase) => {
                let own = argument("name").unwrap_or_else(|| class.to_lowercase());
                layers.push((own, class.to_owned(), None));
            }
            _ => {}
        }
        rest = &rest[open + 1..];
    }
    // In a class of one's own the activations are in `forward`.
    let own_class = torch && !text.contains("nn.Sequential(");
    if layers.is_empty() {
        return;
    }
    if hints.layers.is_empty() && !torch {
        hints.layers = layers.iter().map(|(name, class, _)| (name.clone(), class.clone())).collect();
    }
    if hints.activations.is_empty() && hints.named_activations.is_empty() && !own_class {
        hints.activations = layers
            .into_iter()
            .filter(|(_, class, _)| matches!(class.as_str(), "Dense" | "Linear"))
            .map(|(.., activation)| activation)
            .collect();
    }
}

/// Where the round bracket closes that was opened before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().take(2000).find_map(|(i, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(i)
    })
}

/// scikit-learn: the activation of the hidden layers in the constructor, that of the output in `out_activation_`.
fn sklearn(text: &str, hints: &mut Hints) {
    let constructor = ["MLPRegressor(", "MLPClassifier("].iter().find_map(|name| Some((*name, text.find(name)?)));
    let Some((class, at)) = constructor else { return };
    let arguments = &text[at + class.len()..];
    let arguments = &arguments[..closing(arguments).unwrap_or(arguments.len())];
    let hidden = match arguments.find("activation=") {
        Some(at) => arguments[at + "activation=".len()..]
            .split([',', ')'])
            .next()
            .and_then(|name| activation_named(name.trim_matches(['\'', '"', ' ']))),
        // The default of both classes.
        None => Some(Activation::Relu),
    };
    let said = text
        .split_once("out_activation_")
        .and_then(|(_, rest)| rest.split(['\'', '"']).nth(1).and_then(activation_named));
    let output = said.or(if class == "MLPRegressor(" { Some(Activation::Linear) } else { None });
    hints.hidden_and_output = Some((hidden, output));
}

/// Sentences about rows and columns.
fn sentences(text: &str) -> Option<(Orientation, Evidence)> {
    let lower = text.to_lowercase();
    let unit = ["neuron", "unit", "node", "perceptron", "output"];
    for sentence in lower.split(['\n', '.', ';']) {
        let find = |words: &[&str]| words.iter().find_map(|word| sentence.find(word));
        let row =
            find(&["each row", "every row", "one row", "rows are", "row is", "rows =", "rows correspond", "a row per"]);
        let column = find(&[
            "each column",
            "every column",
            "one column",
            "columns are",
            "column is",
            "columns =",
            "columns correspond",
            "a column per",
        ]);
        let (at, is_row) = match (row, column) {
            (Some(row), Some(column)) if column < row => (column, false),
            (Some(row), _) => (row, true),
            (None, Some(column)) => (column, false),
            (None, None) => continue,
        };
        let after = &sentence[at..];
        let first = |words: &[&str]| words.iter().filter_map(|word| after.find(word)).min().unwrap_or(usize::MAX);
        let (unit, input) = (first(&unit), first(&["input", "feature", "weights from"]));
        if unit == input {
            continue;
        }
        // `rows are units, columns are inputs`: the nearer word belongs to the row.
        let row_is_unit = (unit < input) == is_row;
        let words: String = sentence.trim_matches(|c: char| !c.is_alphanumeric()).chars().take(60).collect();
        let by = Evidence::Words(super::collect::shown(&words));
        return Some((if row_is_unit { Orientation::Torch } else { Orientation::Keras }, by));
    }
    shapes_said(&lower)
}

/// `units x inputs`, `(in, out)`.
fn shapes_said(lower: &str) -> Option<(Orientation, Evidence)> {
    let by = |words: &str| Evidence::Words(words.to_owned());
    for words in [
        "units x inputs",
        "outputs x inputs",
        "out x in",
        "(out, in)",
        "(units, inputs)",
        "(outputs, inputs)",
        "units × inputs",
        "out_features x in_features",
    ] {
        if lower.contains(words) {
            return Some((Orientation::Torch, by(words)));
        }
    }
    for words in [
        "inputs x units",
        "inputs x outputs",
        "in x out",
        "(in, out)",
        "(inputs, units)",
        "(inputs, outputs)",
        "inputs × units",
    ] {
        if lower.contains(words) {
            return Some((Orientation::Keras, by(words)));
        }
    }
    None
}

/// Which of a unit's weights is its bias, if the text says so.
fn bias_place(text: &str) -> Option<BiasPlace> {
    let lower = text.to_lowercase();
    if lower.contains("[[1]][[1]]") && lower.contains("weights") {
        // R's neuralnet keeps it in the first row.
        return Some(BiasPlace::First);
    }
    lower.split(['\n', '.', ';']).find_map(|sentence| {
        if !sentence.contains("bias") && !sentence.contains("threshold") && !sentence.contains("intercept") {
            return None;
        }
        let (first, last) =
            (sentence.contains("first"), sentence.contains("last") || sentence.contains("bias at the end"));
        let of_layer = sentence.contains("layer")
            && !sentence.contains("row")
            && !sentence.contains("column")
            && !sentence.contains("number");
        match (first, last) {
            _ if of_layer => None,
            (true, false) => Some(BiasPlace::First),
            (false, true) => Some(BiasPlace::Last),
            _ => None,
        }
    })
}

/// The sizes in `a 2-3-1 network`, `sizes [2, 3, 1]`.
pub(super) fn sizes(text: &str) -> Vec<usize> {
    let text: String = text.chars().take(1 << 16).collect();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ':' | ';')) {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        for divider in ["-", "\u{2013}", "x", "×", "->", "→"] {
            let parts: Option<Vec<usize>> = word
                .split(divider)
                .map(|part| part.parse().ok().filter(|&n: &usize| (1..=100_000).contains(&n)))
                .collect();
            // `2021-03-11` is a date.
            let date = word.len() == 10 && word.starts_with("20") || word.starts_with("19") && word.len() == 10;
            if let Some(parts) = parts.filter(|parts| parts.len() >= 2 && !date && (divider != "-" || parts.len() >= 2))
            {
                return parts;
            }
        }
    }
    Vec::new()
}
