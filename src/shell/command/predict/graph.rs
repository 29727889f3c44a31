//! What a network of a model file answers: values of any rank, several inputs and outputs.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::{
    equation::{ArrayId, Function, Rule, Values},
    explain::text::list,
    graph::{Network, Node},
    json::{Number, numbers},
    network::number::Digits,
    plain::plain,
    shell::command::{
        CommandError,
        input::{InputError, Inputs},
        model::FromFile,
    },
    words::{model, predict},
};

/// A layer with more units is shown in a line for each stage, which is cut.
const MOST_ROWS: usize = 256;

/// One pass through a network, and the network, whose open axes are as long as the input says.
struct Pass {
    network: Network,
    inputs: Vec<Vec<f32>>,
    values: Values,
}

/// All passes, in JSON or as text.
pub(super) fn run(
    file: &FromFile,
    inputs: &[(&str, Inputs)],
    layers: bool,
    as_json: bool,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let outline = file.outline()?;
    for missing in &outline.missing {
        eprintln!("{}", model::note(plain(&predict::missing(&missing.kind, &missing.layer, &missing.why))));
    }
    let mut passes = Vec::with_capacity(inputs.len());
    for (text, given) in inputs {
        let (network, inputs) = file.of_sample(&outline, text, given)?;
        let wrong = |why| InputError::Graph { text: super::super::short(text), why: Box::new(why) };
        let given = network.given(&inputs).map_err(wrong)?;
        let values = network.program().evaluate(&given).map_err(wrong)?;
        passes.push(Pass { network, inputs, values });
    }
    if as_json {
        let passes: Vec<Json> = passes.iter().map(|pass| pass.json(layers)).collect();
        let mut document = Map::new();
        document.insert("model".to_owned(), json!(file.title));
        if let Some(missing) = outline.missing.first() {
            document.insert("missing".to_owned(), json!({ "layer": missing.layer, "kind": missing.kind }));
        }
        document.insert("passes".to_owned(), Json::Array(passes));
        writeln!(out, "{}", crate::json::text(&Json::Object(document)))?;
        return Ok(());
    }
    for (number, pass) in passes.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        if layers {
            pass.layers(out)?;
        }
        pass.answer(out)?;
    }
    Ok(())
}

/// As JSON: a number keeps the digits of a float32.
fn value(numbers: &[Number]) -> Json {
    let number = |number: &Number| match serde_json::to_value(number) {
        // The digits of the float32, not those of the float64 that it is read as.
        Ok(Json::Number(_)) => serde_json::from_str(&crate::json::text(number)).unwrap_or(Json::Null),
        Ok(word) => word,
        Err(_) => Json::Null,
    };
    Json::Array(numbers.iter().map(number).collect())
}

/// A list of numbers, with their shape if they have other than one axis.
#[derive(Serialize)]
struct Shaped {
    shape: Vec<usize>,
    data: Json,
}

impl Pass {
    fn of(&self, array: ArrayId) -> Json {
        value(&numbers(self.values.of(array)))
    }

    fn shaped(&self, array: ArrayId) -> Json {
        let shape = self.network.program().shape(array).axes().to_vec();
        json!(Shaped { shape, data: self.of(array) })
    }

    fn json(&self, layers: bool) -> Json {
        let mut entry = Map::new();
        let inputs = self.network.inputs();
        if let [only] = inputs {
            entry.insert("input".to_owned(), value(&numbers(&self.inputs[0])));
            let axes = self.network.node(*only).shape().axes();
            if axes.len() > 1 {
                entry.insert("input_shape".to_owned(), json!(axes));
            }
        } else {
            let all = inputs.iter().zip(&self.inputs);
            let all = all.map(|(id, given)| (self.network.node(*id).name.clone(), value(&numbers(given))));
            entry.insert("inputs".to_owned(), Json::Object(all.collect()));
        }
        let outputs = self.outputs();
        if let [(_, array)] = outputs.as_slice() {
            entry.insert("output".to_owned(), self.of(*array));
            let axes = self.network.program().shape(*array).axes();
            if axes.len() > 1 {
                entry.insert("shape".to_owned(), json!(axes));
            }
        } else {
            let all = outputs.iter().map(|(name, array)| (name.clone(), self.of(*array)));
            entry.insert("outputs".to_owned(), Json::Object(all.collect()));
            let shapes =
                outputs.iter().map(|(name, array)| (name.clone(), json!(self.network.program().shape(*array).axes())));
            entry.insert("shapes".to_owned(), Json::Object(shapes.collect()));
        }
        if layers {
            let nodes = self.network.nodes().iter().filter(|node| node.operation.is_some());
            entry.insert("layers".to_owned(), nodes.map(|node| self.layer(node)).collect());
        }
        Json::Object(entry)
    }

    /// The outputs with the names of their layers; a layer with several results has a number behind its name.
    fn outputs(&self) -> Vec<(String, ArrayId)> {
        let named = self.network.outputs().iter().filter_map(|&source| {
            let node = self.network.node(source.node);
            let name = match source.result {
                0 => node.name.clone(),
                result => format!("{}:{result}", node.name),
            };
            Some((name, self.network.value(source)?.array))
        });
        let mut outputs: Vec<(String, ArrayId)> = Vec::new();
        for (name, array) in named {
            let name = if outputs.iter().any(|(other, _)| *other == name) {
                format!("{name} ({})", outputs.len() + 1)
            } else {
                name
            };
            outputs.push((name, array));
        }
        outputs
    }

    fn layer(&self, node: &Node) -> Json {
        let mut entry = Map::new();
        entry.insert("name".to_owned(), json!(node.name));
        entry.insert("kind".to_owned(), json!(node.kind()));
        if let Some(activation) = activation(&self.network, node) {
            entry.insert("activation".to_owned(), json!(activation));
        }
        let mut others = Map::new();
        for (stage, array) in stages(&self.network, node) {
            if matches!(stage.as_str(), "wx" | "z" | "a") && self.network.program().shape(array).rank() <= 1 {
                entry.insert(stage, self.of(array));
            } else if matches!(stage.as_str(), "wx" | "z" | "a") {
                if stage == "a" || !entry.contains_key("shape") {
                    entry.insert("shape".to_owned(), json!(self.network.program().shape(array).axes()));
                }
                entry.insert(stage, self.of(array));
            } else {
                others.insert(stage, self.shaped(array));
            }
        }
        if !others.is_empty() {
            entry.insert("stages".to_owned(), Json::Object(others));
        }
        Json::Object(entry)
    }

    fn line(&self, array: ArrayId) -> String {
        let shape = self.network.program().shape(array);
        let shown = list(self.values.of(array), Digits::Exact);
        if shape.rank() == 1 { shown } else { predict::shaped(shown, shape) }
    }

    fn answer(&self, out: &mut impl Write) -> std::io::Result<()> {
        let inputs = self.network.inputs();
        for id in inputs {
            let node = self.network.node(*id);
            let shown = self.line(node.array());
            let says = if inputs.len() == 1 { predict::input(shown) } else { predict::input_of(&node.name, shown) };
            writeln!(out, "{}", plain(&says))?;
        }
        let outputs = self.outputs();
        for (name, array) in &outputs {
            let says = if outputs.len() == 1 {
                let all: Vec<String> = self.values.of(*array).iter().map(|&x| Digits::Exact.column(x)).collect();
                let shape = self.network.program().shape(*array);
                predict::output(if shape.rank() == 1 { all.join(", ") } else { predict::shaped(all.join(", "), shape) })
            } else {
                predict::output_of(name, self.line(*array))
            };
            writeln!(out, "{}", plain(&says))?;
        }
        Ok(())
    }

    fn layers(&self, out: &mut impl Write) -> std::io::Result<()> {
        for node in self.network.nodes().iter().filter(|node| node.operation.is_some()) {
            let says = match activation(&self.network, node) {
                Some(activation) => predict::layer_with_activation(activation, node.kind(), &node.name),
                None => predict::layer(node.kind(), &node.name),
            };
            writeln!(out, "{}", plain(&says))?;
            let stages = stages(&self.network, node);
            let units = self.network.program().shape(node.array()).size();
            let shape = |array| self.network.program().shape(array).axes();
            if units <= MOST_ROWS && stages.iter().all(|(_, array)| shape(*array) == [units]) {
                let column = |array| self.values.of(array).iter().map(|&x| Digits::Exact.column(x)).collect();
                let columns: Vec<(&str, Vec<String>)> =
                    stages.iter().map(|(stage, array)| (stage.as_str(), column(*array))).collect();
                super::table(&columns, out)?;
                writeln!(out)?;
                continue;
            }
            let width = stages.iter().map(|(stage, _)| stage.len()).max().unwrap_or(0);
            for (stage, array) in stages {
                writeln!(out, "{}", plain(&format!("  {stage:width$}  {}", self.line(array))))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// The values of a layer, in their order.
pub(in crate::shell::command) fn stages(network: &Network, node: &Node) -> Vec<(String, ArrayId)> {
    let inside = |name: &str| name.strip_prefix(&node.name)?.strip_prefix(['.', '/']).map(str::to_owned);
    let program = network.program();
    let found = program.equations().iter().filter_map(|equation| {
        let stage = inside(program.name(equation.array))?;
        Some((stage, equation.array))
    });
    found.collect()
}

/// The activation of a layer's last action.
pub(in crate::shell::command) fn activation(network: &Network, node: &Node) -> Option<String> {
    let program = network.program();
    node.operation.as_ref()?;
    if let Rule::Map { function: Function::Activation(activation), .. } = &program.equation_of(node.array())?.rule {
        return Some(activation.to_string());
    }
    let has = |stage: &str| program.find(&format!("{}.{stage}", node.name)).is_some();
    (has("shifted") && has("sum") && has("z")).then(|| if has("log") { "log_softmax" } else { "softmax" }.to_owned())
}
