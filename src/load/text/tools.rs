//! Texts of tools that write a network unit by unit: Weka, `RapidMiner`, R's nnet, NEAT, FANN, Encog.

use super::{
    number,
    units::{NoChain, Units},
};
use crate::{
    load::{
        Evidence, Remark,
        found::{Array, Found, Hints, Orientation, Origin},
    },
    network::Activation,
};

/// What a tool's text contains; or why it is not a chain of layers.
pub(super) type Read = Result<Found, NoChain>;

/// One form: what it is called, how it is recognised, and how it is read.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) recognised: fn(&str) -> bool,
    pub(super) read: fn(&str) -> Read,
}

/// The forms of tools, each with a signature that no other text has.
pub(super) const FORMS: &[Form] = &[
    Form {
        name: "FANN",
        recognised: |text| text.contains("FANN_FLO") || text.contains("FANN_FIX"),
        read: super::fann::fann,
    },
    Form { name: "Encog", recognised: |text| text.contains("[BASIC:NETWORK]"), read: encog },
    Form { name: "neat-python", recognised: |text| text.contains("DefaultConnectionGene("), read: neat },
    Form { name: "Weka", recognised: is_weka, read: weka },
    Form { name: "RapidMiner", recognised: is_rapidminer, read: rapidminer },
    Form {
        name: "R's nnet",
        recognised: |text| text.contains("->") && text.contains(" network with ") && text.contains(" weights"),
        read: nnet,
    },
];

fn value(text: &str) -> Option<(f32, Option<u8>)> {
    number::number(text.trim()).map(|number| (number.value, number.decimals))
}

/// The text after `key=`, to the end of its line.
pub(super) fn entry<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.lines().find_map(|line| line.trim_start().strip_prefix(key)?.strip_prefix('=')).map(str::trim)
}

/// R: a heading `b->h1 i1->h1 i2->h1`, and the weights on the next line.
fn nnet(text: &str) -> Read {
    let mut units = Units::default();
    let mut lines = text.lines().peekable();
    let mut outputs = std::collections::BTreeSet::new();
    while let Some(line) = lines.next() {
        let edges: Option<Vec<(&str, &str)>> = line.split_whitespace().map(|edge| edge.split_once("->")).collect();
        let Some(edges) = edges.filter(|edges| !edges.is_empty()) else { continue };
        let weights = lines.peek().copied().unwrap_or("");
        let weights: Option<Vec<(f32, Option<u8>)>> = weights.split_whitespace().map(value).collect();
        let Some(weights) = weights.filter(|weights| weights.len() == edges.len()) else { continue };
        for ((from, to), (weight, decimals)) in edges.into_iter().zip(weights) {
            units.digits(decimals);
            if from == "b" {
                units.bias(to, weight);
            } else {
                units.edge(from, to, weight);
            }
            let output = to.starts_with('o');
            if output {
                outputs.insert(to.to_owned());
            } else {
                units.activate(to, Activation::Sigmoid);
            }
        }
    }
    let activation = if text.contains("linear output units") {
        Activation::Linear
    } else if text.contains("softmax modelling") {
        Activation::Softmax
    } else {
        Activation::Sigmoid
    };
    for output in &outputs {
        units.activate(output, activation);
    }
    units.found()
}

fn is_weka(text: &str) -> bool {
    text.contains("Inputs    Weights")
        || text.contains("Node ") && text.contains("Attrib ") && text.contains("Threshold")
}

/// Weka: `Sigmoid Node 1`, then `Threshold` and one weight a line.
fn weka(text: &str) -> Read {
    let mut units = Units::default();
    let mut unit: Option<String> = None;
    for line in text.lines().map(str::trim) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [kind @ ("Sigmoid" | "Linear"), "Node", number] => {
                let name = format!("Node {number}");
                units.activate(&name, if kind == "Linear" { Activation::Linear } else { Activation::Sigmoid });
                unit = Some(name);
            }
            ["Class", ..] => unit = None,
            ["Threshold", bias] => {
                if let (Some(unit), Some((bias, decimals))) = (&unit, value(bias)) {
                    units.bias(unit, bias);
                    units.digits(decimals);
                }
            }
            ["Node", number, weight] => {
                if let (Some(unit), Some((weight, decimals))) = (&unit, value(weight)) {
                    units.edge(&format!("Node {number}"), unit, weight);
                    units.digits(decimals);
                }
            }
            ["Attrib", .., weight] => {
                if let (Some(unit), Some((weight, decimals))) = (&unit, value(weight)) {
                    let name = line["Attrib".len()..line.len() - words[words.len() - 1].len()].trim();
                    units.edge(name, unit, weight);
                    units.digits(decimals);
                }
            }
            _ => {}
        }
    }
    let mut found = units.found()?;
    name_hidden_and_output(&mut found);
    found.remarks.push(Remark::OwnScale("Weka"));
    Ok(found)
}

/// `hidden`, `hidden_1` ... and `output` as names.
fn name_hidden_and_output(found: &mut Found) {
    let layers = found.arrays.iter().filter(|array| array.shape.len() == 2).count();
    let mut layer = 0;
    for array in &mut found.arrays {
        let kernel = array.shape.len() == 2;
        layer += usize::from(kernel);
        let name = match layer {
            _ if layer == layers => "output".to_owned(),
            1 if layers == 2 => "hidden".to_owned(),
            n => format!("hidden_{n}"),
        };
        array.name = Some(format!("{name}/{}", if kernel { "kernel" } else { "bias" }));
    }
}

fn is_rapidminer(text: &str) -> bool {
    text.contains("ImprovedNeuralNet")
        || text.lines().any(|line| line.trim().starts_with("Node 1 (")) && text.contains("Threshold:")
}

/// `RapidMiner`: layers underlined with `=`, units with `-`, then `name: weight` and `Bias:` or `Threshold:`.
fn rapidminer(text: &str) -> Read {
    let mut units = Units::default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let (mut layer, mut unit): (usize, Option<String>) = (0, None);
    let mut names = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let under = lines.get(i + 1).copied().unwrap_or("");
        let underlined = |mark: char| under.len() >= 3 && under.chars().all(|c| c == mark);
        if !line.is_empty() && underlined('=') {
            layer += 1;
            names.push(line.to_lowercase().replace(' ', "_"));
            unit = None;
        } else if !line.is_empty() && underlined('-') {
            let (name, kind) =
                line.rsplit_once('(').map_or((*line, ""), |(name, kind)| (name, kind.trim_end_matches(')')));
            let own = format!("{layer}:{}", name.trim());
            if let Ok(activation) = kind.trim().parse::<Activation>() {
                units.activate(&own, activation);
            }
            unit = Some(own);
        } else if let (Some(unit), Some((from, weight))) = (&unit, line.rsplit_once(':'))
            && let Some((weight, decimals)) = value(weight)
        {
            units.digits(decimals);
            let from = from.trim();
            if matches!(from, "Bias" | "Threshold") {
                units.bias(unit, weight);
            } else if from.starts_with("Node ") && layer > 1 {
                units.edge(&format!("{}:{from}", layer - 1), unit, weight);
            } else {
                units.edge(from, unit, weight);
            }
        }
    }
    units.layer_names = names;
    let mut found = units.found()?;
    found.remarks.push(Remark::OwnScale("RapidMiner"));
    Ok(found)
}

/// neat-python: nodes with bias, response and activation; connections with weight and a switch.
fn neat(text: &str) -> Read {
    let mut units = Units::default();
    let field = |line: &str, name: &str| -> Option<String> {
        let rest = line.split_once(&format!("{name}="))?.1;
        let rest =
            rest.strip_prefix('(').map_or_else(|| rest.split([',', ')']).next(), |pair| pair.split(')').next())?;
        Some(rest.trim().to_owned())
    };
    let mut slopes = Vec::new();
    let mut disabled = 0;
    // Inputs are -1, -2, ...; they come in this order.
    let mut inputs: Vec<i64> = Vec::new();
    for line in text.lines().filter(|line| line.contains("ConnectionGene(")) {
        if let Some(from) = field(line, "key").and_then(|key| key.split(',').next()?.trim().parse::<i64>().ok())
            && from < 0
        {
            inputs.push(from);
        }
    }
    inputs.sort_unstable_by(|a, b| b.cmp(a));
    inputs.dedup();
    for input in &inputs {
        units.unit(&format!("input {}", -input));
    }
    let name = |key: i64| if key < 0 { format!("input {}", -key) } else { format!("node {key}") };
    let mut biases = Vec::new();
    let mut used = std::collections::HashSet::new();
    for line in text.lines() {
        if line.contains("ConnectionGene(") {
            let ends = field(line, "key").unwrap_or_default();
            let ends: Vec<i64> = ends.split(',').filter_map(|end| end.trim().parse().ok()).collect();
            let weight = field(line, "weight").as_deref().and_then(value);
            let ([from, to], Some((weight, decimals))) = (&ends[..], weight) else { continue };
            if field(line, "enabled").as_deref() == Some("False") {
                disabled += 1;
                continue;
            }
            units.edge(&name(*from), &name(*to), weight);
            units.digits(decimals);
            used.extend([*from, *to]);
        } else if line.contains("NodeGene(") {
            let key = field(line, "key").and_then(|key| key.parse::<i64>().ok());
            let bias = field(line, "bias").as_deref().and_then(value);
            let (Some(key), Some((bias, _))) = (key, bias) else { continue };
            let aggregation = field(line, "aggregation").unwrap_or_default();
            if aggregation != "sum" && !aggregation.is_empty() {
                return Err(NoChain::Aggregation { unit: name(key), aggregation: super::collect::shown(&aggregation) });
            }
            let response = field(line, "response").as_deref().and_then(value).map_or(1.0, |(response, _)| response);
            let activation = field(line, "activation").unwrap_or_default();
            biases.push((key, bias, response, activation));
        }
    }
    for (key, bias, response, activation) in biases {
        if !used.contains(&key) {
            continue;
        }
        if response != 1.0 {
            return Err(NoChain::Response { unit: name(key), response: response.to_string() });
        }
        let activation = match activation.as_str() {
            "sigmoid" => Activation::SlopedSigmoid { slope: 5.0 },
            "tanh" => Activation::SlopedTanh { slope: 2.5, gain: 1.0 },
            "relu" => Activation::Relu,
            "identity" => Activation::Linear,
            "clamped" => Activation::HardTanh,
            other => {
                let (unit, activation) = (Some(name(key)), super::collect::shown(other));
                return Err(NoChain::Activation { unit, activation, tool: "NEAT" });
            }
        };
        if matches!(activation, Activation::SlopedSigmoid { .. } | Activation::SlopedTanh { .. }) {
            slopes.push(activation.name());
        }
        units.bias(&name(key), bias);
        units.activate(&name(key), activation);
    }
    slopes.sort();
    slopes.dedup();
    if !slopes.is_empty() {
        units.remarks.push(Remark::Slope { tool: "NEAT", activations: slopes });
    }
    if disabled > 0 {
        units.remarks.push(Remark::DisabledEdges(disabled));
    }
    units.found()
}

/// Encog: one flat list from the output layer back, each unit with its bias last.
fn encog(text: &str) -> Read {
    let missing = NoChain::LineMissing;
    let whole = |key: &'static str| -> Result<Vec<usize>, NoChain> {
        let list: Option<Vec<usize>> =
            entry(text, key).and_then(|list| list.split(',').map(|n| n.trim().parse().ok()).collect());
        list.filter(|list| !list.is_empty()).ok_or_else(|| missing(key))
    };
    let (counts, feeds) = (whole("layerCounts")?, whole("layerFeedCounts")?);
    if whole("layerContextCount").is_ok_and(|context| context.iter().any(|&count| count > 0)) {
        return Err(NoChain::ContextUnits);
    }
    if counts.len() != feeds.len() {
        return Err(missing("layerFeedCounts"));
    }
    let list = entry(text, "weights").ok_or_else(|| missing("weights"))?;
    let weights: Option<Vec<(f32, Option<u8>)>> = list.split(',').map(value).collect();
    let weights = weights.ok_or_else(|| missing("weights"))?;
    let decimals = weights.iter().filter_map(|(_, decimals)| *decimals).max();
    let bias_one = entry(text, "biasActivation")
        .is_none_or(|list| list.split(',').all(|n| matches!(n.trim(), "0" | "1" | "0.0" | "1.0")));
    if !bias_one {
        return Err(NoChain::BiasActivation);
    }
    let mut activations: Vec<Activation> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| line.starts_with("\"Activation")) {
        let name = line.trim_matches('"').trim_start_matches("Activation");
        let activation = match name.split(['"', '|']).next().unwrap_or(name) {
            "TANH" => Activation::Tanh,
            "Sigmoid" => Activation::Sigmoid,
            "Linear" => Activation::Linear,
            "ReLU" => Activation::Relu,
            "SoftMax" => Activation::Softmax,
            "Step" => Activation::Step { at_zero: 1.0 },
            "BiPolar" => Activation::Sign { at_zero: -1.0 },
            "ElliottSymmetric" => Activation::Softsign,
            "SteepenedSigmoid" => Activation::SlopedSigmoid { slope: 4.9 },
            other => {
                let activation = super::collect::shown(other);
                return Err(NoChain::Activation { unit: None, activation, tool: "Encog" });
            }
        };
        activations.push(activation);
    }
    let mut found = Found::default();
    let mut at = 0;
    let mut layers = Vec::new();
    // From the output back: layer `i` is fed by all of layer `i + 1`, its bias included.
    for i in 0..counts.len().saturating_sub(1) {
        let (units, inputs, with_bias) = (feeds[i], feeds[i + 1], counts[i + 1]);
        let size = units.checked_mul(with_bias).ok_or_else(|| missing("layerCounts"))?;
        let own = weights.get(at..at + size).ok_or(NoChain::Weights { needed: at + size, got: weights.len() })?;
        at += size;
        let rows: Vec<&[(f32, Option<u8>)]> = own.chunks(with_bias.max(1)).collect();
        let kernel: Vec<f32> = (0..inputs).flat_map(|input| rows.iter().map(move |row| row[input].0)).collect();
        let bias = (with_bias > inputs).then(|| rows.iter().map(|row| row[inputs].0).collect::<Vec<f32>>());
        layers.push((inputs, units, kernel, bias));
    }
    for (inputs, units, kernel, bias) in layers.into_iter().rev() {
        let array = |shape, values| Array { name: None, shape, values, line: 1, decimals, origin: Origin::Plain };
        found.arrays.push(array(vec![inputs, units], kernel));
        found.arrays.extend(bias.map(|bias| array(vec![units], bias)));
    }
    // The last activation is that of the inputs.
    if activations.len() == counts.len() {
        activations.pop();
        found.hints = Hints { activations: activations.into_iter().rev().map(Some).collect(), ..Hints::default() };
    }
    found.hints.orientation = Some((Orientation::Keras, Evidence::Print));
    Ok(found)
}
