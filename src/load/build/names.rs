//! What an array's name says: what it is, and which layer it belongs to.
//!
//! ```text
//! W1  weights_1  IW{1,1}          kernel of layer 1
//! sequential/dense_4/bias:0       bias of layer `dense_4`
//! fc1.weight                      kernel of layer `fc1`
//! hiddenBias  biasH  b_hidden     bias of the hidden layer
//! ```

/// What an array is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Kernel,
    Bias,
    Recurrent,
    Gamma,
    Beta,
    Mean,
    Variance,
    /// A counter or an optimizer's state: no weight.
    Counter,
    /// An input, a target, an answer: no weight.
    Data,
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) role: Option<Role>,
    /// Which layer, in lower case: `1`, `dense_4`, `hidden`; empty if the name does not say.
    pub(super) layer: String,
    /// The layer's name as a reader would keep it.
    pub(super) shown: Option<String>,
}

impl Named {
    /// The number of the layer, if it has one.
    pub(super) fn number(&self) -> Option<u32> {
        self.layer.parse().ok()
    }

    /// The position of a layer of this name among others: hidden layers before the output.
    pub(super) fn rank(&self) -> Option<u32> {
        let digits: String = self.layer.chars().filter(char::is_ascii_digit).collect();
        let number: u32 = digits.parse().unwrap_or(0);
        let word: String = self.layer.chars().filter(char::is_ascii_alphabetic).collect();
        match word.as_str() {
            "ih" | "xh" | "inputhidden" | "inhidden" | "ihidden" | "input" | "i" | "in" | "x" | "hx" => Some(0),
            "h" | "hid" | "hidden" | "hh" | "hiddenhidden" => Some(1 + number),
            "ho" | "hy" | "hiddenoutput" | "hiddenout" | "o" | "out" | "output" | "outputs" | "y" | "yh" | "oh" => {
                Some(u32::MAX)
            }
            _ => None,
        }
    }
}

/// Whether this is the name of a kernel or of several.
pub(in crate::load) fn is_kernel_name(name: &str) -> bool {
    named(name).role == Some(Role::Kernel)
}

/// Whether this is the name of a bias or of several.
pub(in crate::load) fn is_bias_name(name: &str) -> bool {
    named(name).role == Some(Role::Bias)
}

/// Whether this is the name of an input, a target or an answer.
pub(in crate::load) fn is_data_name(name: &str) -> bool {
    named(name).role == Some(Role::Data)
}

/// Whether one number under this name is a weight: `b2`, `w2`; not `weight_decay`.
pub(in crate::load) fn is_scalar_weight(name: &str) -> bool {
    let named = named(name);
    match named.role {
        Some(Role::Bias) => true,
        Some(Role::Kernel) => named.number().is_some(),
        _ => false,
    }
}

/// Names that are never a weight, whatever their shape.
const DATA: &[&str] = &[
    "x",
    "xs",
    "x_train",
    "x_test",
    "y",
    "y_train",
    "y_test",
    "y_pred",
    "y_hat",
    "t",
    "input",
    "inputs",
    "target",
    "targets",
    "data",
    "sample",
    "samples",
    "prediction",
    "predictions",
    "pred",
    "expected",
    "label",
    "labels",
    "result",
    "p",
    "lr",
    "eta",
    "alpha",
    "learning_rate",
    "learningrate",
    "momentum",
    "epochs",
    "error",
    "loss",
    "input_data",
    "test",
    "test_input",
    "new_input",
    "features",
    "answer",
    "answers",
    "i",
    "img",
    "image",
    "xi",
    "x_new",
    "x1",
    "x0",
    "size",
    "sizes",
    "shape",
    "layer_sizes",
    "layers_sizes",
    "hidden_layer_sizes",
    "scores",
    "probs",
    "a1",
    "a2",
    "z1",
    "z2",
    "a0",
];

/// Takes a name apart.
pub(super) fn named(name: &str) -> Named {
    let name = name.trim();
    if DATA.contains(&name.to_lowercase().as_str()) {
        return Named { role: Some(Role::Data), ..Named::default() };
    }
    of_dictionary(name).or_else(|| path(name)).unwrap_or_else(|| words(name))
}

/// `weights.h1`, `biases.out`: a key of a dictionary whose own name is the role.
fn of_dictionary(name: &str) -> Option<Named> {
    let (outer, key) = name.split_once('.')?;
    let role = match outer.to_lowercase().as_str() {
        "weights" | "kernels" | "weight" => Role::Kernel,
        "biases" | "bias" | "intercepts" => Role::Bias,
        _ => return None,
    };
    let own = words(key);
    let layer = if own.role.is_some() { own.layer } else { key.to_lowercase() };
    let shown = (own.role.is_none() && key.parse::<u32>().is_err()).then(|| key.to_owned());
    Some(Named { role: Some(role), layer, shown })
}

/// `sequential/dense/kernel:0`, `fc1.weight`, `net.0.bias`: a layer's name before the last part, which is a role.
fn path(name: &str) -> Option<Named> {
    let name = name.split(':').next().unwrap_or(name).trim_matches(['\'', '"', ' ']);
    let slashes = name.contains('/');
    if !slashes && !name.contains('.') {
        return None;
    }
    let mut parts: Vec<&str> = name.split(if slashes { '/' } else { '.' }).filter(|part| !part.is_empty()).collect();
    let last = parts.pop()?;
    let role = match last.trim_end_matches("_l0").to_lowercase().as_str() {
        "kernel" | "weight" | "weights" | "w" | "kernel_0" | "data" | "weight_ih" => Role::Kernel,
        "bias" | "biases" | "b" | "bias_0" | "bias_ih" | "bias_hh" => Role::Bias,
        "recurrent_kernel" | "weight_hh" => Role::Recurrent,
        "gamma" => Role::Gamma,
        "beta" => Role::Beta,
        "moving_mean" | "running_mean" => Role::Mean,
        "moving_variance" | "running_var" => Role::Variance,
        "num_batches_tracked" | "iteration" | "learning_rate" | "seed_generator_state" | "count" => Role::Counter,
        _ => return None,
    };
    // The cell of a recurrent layer, and names that only contain the layers.
    if parts.last().is_some_and(|part| part.ends_with("_cell") || *part == "cell" || *part == "vars") {
        parts.pop();
    }
    while parts.first().is_some_and(|part| {
        let part = part.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_lowercase();
        matches!(part.as_str(), "sequential" | "model" | "net" | "self" | "functional" | "module" | "nn" | "network")
    }) {
        parts.remove(0);
    }
    let layer = parts.join(if slashes { "/" } else { "." });
    let shown = (!layer.is_empty() && !is_role_word(&layer)).then(|| layer.clone());
    Some(Named { role: Some(role), layer: layer.to_lowercase(), shown })
}

fn is_role_word(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "weights" | "biases" | "parameters" | "params")
}

/// A name in one word or several: `W1`, `hiddenBias`, `first layer weights`.
fn words(name: &str) -> Named {
    let (mut role, mut layer, mut recurrent): (Option<Role>, Vec<String>, bool) = (None, Vec::new(), false);
    let mut moving = false;
    let mut original: Vec<String> = Vec::new();
    // `IW{1,1}`, `LW{2,1}`, `IW1_1`: the first number is the layer.
    let mut one_number = false;
    let pieces = pieces(name);
    for (i, piece) in pieces.iter().enumerate() {
        let lower = piece.to_lowercase();
        match lower.as_str() {
            "w" | "weight" | "weights" | "kernel" | "kernels" | "coef" | "coefs" | "wts" | "syn" | "synapse" | "ws"
            | "gewichte" | "matrix" | "wt" | "theta" => role = role.or(Some(Role::Kernel)),
            "iw" | "lw" => {
                role = Some(Role::Kernel);
                one_number = true;
                let numbered = pieces[i + 1..].iter().any(|piece| piece.parse::<u32>().is_ok());
                if !numbered {
                    layer.push(if lower == "iw" { "1" } else { "2" }.to_owned());
                }
            }
            "b" | "bias" | "biases" | "intercept" | "intercepts" | "threshold" | "thresholds" | "bs" | "offset"
            | "offsets" | "schwellen" | "biais" => role = Some(Role::Bias),
            "gamma" => role = Some(Role::Gamma),
            "beta" => role = Some(Role::Beta),
            "moving" | "running" => moving = true,
            "mean" if moving => role = Some(Role::Mean),
            "variance" | "var" if moving => role = Some(Role::Variance),
            "recurrent" => recurrent = true,
            "layer" | "layers" | "net" | "model" | "self" | "of" | "the" | "for" | "params" | "parameters" | "np"
            | "array" | "my" | "vector" | "from" | "to" | "is" | "are" | "and" | "values" | "mat" | "data" | "get"
            | "nn" | "my_net" | "network" | "l" | "arr" | "const" | "float" | "double" | "with" | "a" => {}
            "first" | "1st" | "erste" => layer.push("1".to_owned()),
            "second" | "2nd" | "zweite" => layer.push("2".to_owned()),
            "third" | "3rd" => layer.push("3".to_owned()),
            "fourth" | "4th" => layer.push("4".to_owned()),
            _ if fused(&lower).is_some() && role.is_none() => {
                let (fused_role, key) = fused(&lower).unwrap_or((Role::Kernel, String::new()));
                role = Some(fused_role);
                layer.push(key);
            }
            _ if piece.bytes().all(|byte| byte.is_ascii_digit()) => {
                if !(one_number && layer.iter().any(|part| part.parse::<u32>().is_ok())) {
                    let number = piece.trim_start_matches('0');
                    layer.push(if number.is_empty() { "0" } else { number }.to_owned());
                }
            }
            _ => {
                layer.push(lower);
                original.push(piece.clone());
            }
        }
    }
    if recurrent && role == Some(Role::Kernel) {
        role = Some(Role::Recurrent);
    }
    let layer = layer.join("_");
    // A word such as `hidden` is a name to keep; letters and numbers are the writer's counting.
    let shown = (original.len() == 1 && original[0].len() >= 3).then(|| layer.clone());
    Named { role, layer, shown }
}

/// `wih`, `who`, `wxh`, `bh`, `bo`: a role and the places it connects, in one word.
fn fused(word: &str) -> Option<(Role, String)> {
    let (first, rest) = word.split_at_checked(1)?;
    let role = match first {
        "w" => Role::Kernel,
        "b" => Role::Bias,
        _ => return None,
    };
    let places = rest.chars().all(|c| matches!(c, 'i' | 'h' | 'o' | 'x' | 'y'));
    (places && (1..=2).contains(&rest.len())).then(|| (role, rest.to_owned()))
}

/// The words of a name: cut at everything that is no letter or digit, at `aB`, and between letters and digits.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in name.chars() {
        let joins = before.is_some_and(|before| {
            let same = c.is_alphabetic() == before.is_alphabetic() && c.is_ascii_digit() == before.is_ascii_digit();
            let camel = c.is_uppercase() && before.is_lowercase();
            same && !camel
        });
        if c.is_alphanumeric() {
            match pieces.last_mut() {
                Some(last) if joins => last.push(c),
                _ => pieces.push(c.to_string()),
            }
            before = Some(c);
        } else {
            before = None;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_array_is_and_where_it_belongs() {
        use Role::{Bias, Counter, Data, Gamma, Kernel, Mean, Recurrent, Variance};
        let table: &[(&str, Option<Role>, &str, Option<&str>)] = &[
            ("W1", Some(Kernel), "1", None),
            ("b1", Some(Bias), "1", None),
            ("w_2", Some(Kernel), "2", None),
            ("weights2", Some(Kernel), "2", None),
            ("B2", Some(Bias), "2", None),
            ("W^{(2)}", Some(Kernel), "2", None),
            ("b^{(1)}", Some(Bias), "1", None),
            ("IW{1,1}", Some(Kernel), "1", None),
            ("net.LW{2,1}", Some(Kernel), "2", None),
            ("LW3_2", Some(Kernel), "3", None),
            ("net.b{2}", Some(Bias), "2", None),
            ("iw", Some(Kernel), "1", None),
            ("LW", Some(Kernel), "2", None),
            ("first layer weights", Some(Kernel), "1", None),
            ("second layer bias", Some(Bias), "2", None),
            ("weights of layer 3", Some(Kernel), "3", None),
            ("hidden", None, "hidden", Some("hidden")),
            ("hiddenBias", Some(Bias), "hidden", Some("hidden")),
            ("HiddenWeights", Some(Kernel), "hidden", Some("hidden")),
            ("output_bias", Some(Bias), "output", Some("output")),
            ("weightsIH", Some(Kernel), "ih", None),
            ("biasO", Some(Bias), "o", None),
            ("wih", Some(Kernel), "ih", None),
            ("bh", Some(Bias), "h", None),
            ("W_xh", Some(Kernel), "xh", None),
            ("Theta1", Some(Kernel), "1", None),
            ("syn0", Some(Kernel), "0", None),
            ("dense_4/kernel:0", Some(Kernel), "dense_4", Some("dense_4")),
            ("sequential_2/dense_3/bias", Some(Bias), "dense_3", Some("dense_3")),
            ("simple_rnn/simple_rnn_cell/recurrent_kernel:0", Some(Recurrent), "simple_rnn", Some("simple_rnn")),
            ("fc1.weight", Some(Kernel), "fc1", Some("fc1")),
            ("net.fc2.bias", Some(Bias), "fc2", Some("fc2")),
            ("0.weight", Some(Kernel), "0", Some("0")),
            ("layers.1.bias", Some(Bias), "layers.1", Some("layers.1")),
            ("bn.running_mean", Some(Mean), "bn", Some("bn")),
            (
                "batch_normalization/moving_variance:0",
                Some(Variance),
                "batch_normalization",
                Some("batch_normalization"),
            ),
            ("bn/gamma", Some(Gamma), "bn", Some("bn")),
            ("bn.num_batches_tracked", Some(Counter), "bn", Some("bn")),
            ("weights.h1", Some(Kernel), "h1", Some("h1")),
            ("biases.b1", Some(Bias), "1", None),
            ("biases.out", Some(Bias), "out", Some("out")),
            ("gamma", Some(Gamma), "", None),
            ("moving_mean", Some(Mean), "", None),
            ("x", Some(Data), "", None),
            ("X_train", Some(Data), "", None),
            ("y", Some(Data), "", None),
        ];
        for &(name, role, layer, shown) in table {
            let expected = Named { role, layer: layer.to_owned(), shown: shown.map(str::to_owned) };
            assert_eq!(named(name), expected, "{name}");
        }
    }

    #[test]
    fn hidden_layers_come_before_the_output() {
        let rank = |name: &str| named(name).rank();
        assert!(rank("weightsIH") < rank("weightsHO") && rank("hidden1") < rank("hidden2"));
        assert!(rank("hidden2") < rank("output") && rank("encoder").is_none());
    }
}
