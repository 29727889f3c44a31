//! `byhand models FILE`: the layers of a network as `model.summary()` prints them, and each layer's stages with their shapes.

use std::io::Write;

use serde::Serialize;

use super::{
    CommandError,
    model::{FromFile, Loaded},
    predict::graph::{activation, stages},
};
use crate::{
    file::{Entry, Model},
    graph::{Network, Node},
    json, load,
    plain::{cells, pad, plain},
    words::summary,
};

#[derive(Serialize)]
struct Document<'m> {
    model: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'m str>,
    parameters: usize,
    inputs: Vec<InputEntry<'m>>,
    outputs: Vec<String>,
    layers: Vec<LayerEntry<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<MissingEntry<'m>>,
}

#[derive(Serialize)]
struct InputEntry<'m> {
    name: &'m str,
    shape: Vec<Option<usize>>,
}

#[derive(Serialize)]
struct LayerEntry<'m> {
    name: &'m str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    activation: Option<String>,
    shape: Vec<Option<usize>>,
    parameters: usize,
    from: Vec<String>,
    weights: Vec<StageEntry>,
    stages: Vec<StageEntry>,
}

#[derive(Serialize)]
struct StageEntry {
    name: String,
    shape: Vec<usize>,
}

#[derive(Serialize)]
struct MissingEntry<'m> {
    layer: &'m str,
    kind: &'m str,
    why: String,
}

/// What a file holds that is arrays alone.
#[derive(Serialize)]
struct Bare<'m> {
    model: &'m str,
    format: &'m str,
    parameters: usize,
    arrays: Vec<ArrayEntry<'m>>,
}

#[derive(Serialize)]
struct ArrayEntry<'m> {
    name: &'m str,
    kind: &'static str,
    shape: &'m [usize],
}

/// Prints a model of the command line.
pub(super) fn run(loaded: &Loaded, as_json: bool, out: &mut impl Write) -> Result<(), CommandError> {
    match loaded {
        Loaded::Chain(model) => of_chain(model, as_json, out),
        Loaded::File(file) if !file.is_network() => arrays(file, as_json, out),
        Loaded::File(file) if !file.contents.is_described() => of_chain(&file.chain()?, as_json, out),
        Loaded::File(file) => {
            let model = file.outline()?;
            network(&file.title, Some(file.contents.format()), &model, as_json, out)
        }
    }
}

fn of_chain(model: &load::Model, as_json: bool, out: &mut impl Write) -> Result<(), CommandError> {
    let network = crate::file::graph_of(&model.network).map_err(|why| CommandError::Graph(Box::new(why)))?;
    let name = model.network.name().to_owned();
    let open_axes = vec![Vec::new(); network.nodes().len()];
    let model = Model { network, missing: Vec::new(), after: Vec::new(), open_axes };
    self::network(&name, None, &model, as_json, out)
}

fn network(
    title: &str,
    format: Option<&str>,
    model: &Model,
    as_json: bool,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let network = &model.network;
    let parameters = network.nodes().iter().map(Node::parameters).sum();
    if as_json {
        let document = Document {
            model: title,
            format,
            parameters,
            inputs: network
                .inputs()
                .iter()
                .map(|id| InputEntry { name: &network.node(*id).name, shape: model.shape(id.position()) })
                .collect(),
            outputs: network.outputs().iter().map(|source| network.node(source.node).name.clone()).collect(),
            layers: (0..network.nodes().len()).map(|at| layer(model, at)).collect(),
            missing: model
                .missing
                .iter()
                .map(|missing| MissingEntry {
                    layer: &missing.layer,
                    kind: &missing.kind,
                    why: missing.why.to_string(),
                })
                .collect(),
        };
        writeln!(out, "{}", json::text(&document))?;
        return Ok(());
    }
    match format {
        Some(format) => writeln!(out, "{}", plain(&summary::title_of(format, title)))?,
        None => writeln!(out, "{}", plain(title))?,
    }
    let heading = [summary::layer(), summary::shape(), summary::parameters(), summary::from()];
    let mut rows = vec![heading];
    for (at, node) in network.nodes().iter().enumerate() {
        let from: Vec<String> = sources(network, node);
        let name = format!("{} ({})", node.name, node.kind());
        rows.push([name, model.shape_text(at, true), node.parameters().to_string(), from.join(", ")]);
    }
    for missing in &model.missing {
        rows.push([
            format!("{} ({})", missing.layer, missing.kind),
            summary::not_computed(),
            String::new(),
            String::new(),
        ]);
    }
    rows.extend(model.after.iter().map(|layer| [layer.clone(), summary::behind(), String::new(), String::new()]));
    table(&rows, out)?;
    writeln!(out, "{}", summary::total(parameters))?;
    for missing in &model.missing {
        let says = summary::missing(&missing.kind, &missing.layer, &missing.why);
        writeln!(out, "{}", plain(&says))?;
    }
    writeln!(out)?;
    writeln!(out, "{}", summary::stages_heading())?;
    for node in network.nodes().iter().filter(|node| node.operation.is_some()) {
        let list = |entries: Vec<StageEntry>| {
            entries.iter().map(|e| format!("{} {}", e.name, text(&e.shape))).collect::<Vec<_>>().join(", ")
        };
        writeln!(out, "{}", plain(&summary::stages(&node.name, list(stage_entries(network, node)))))?;
    }
    Ok(())
}

fn text(shape: &[usize]) -> String {
    crate::equation::Shape::from(shape).to_string()
}

/// Columns as wide as their widest cell.
fn table(rows: &[[String; 4]], out: &mut impl Write) -> std::io::Result<()> {
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| plain(cell).into_owned()).collect()).collect();
    let width = |column: usize| shown.iter().map(|row| cells(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..4).map(width).collect();
    for row in &shown {
        let numbers = format!("{}{}", " ".repeat(widths[2].saturating_sub(cells(&row[2]))), row[2]);
        let line = format!("{}  {}  {numbers}  {}", pad(&row[0], widths[0]), pad(&row[1], widths[1]), row[3]);
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn sources(network: &Network, node: &Node) -> Vec<String> {
    node.from.iter().map(|source| network.node(source.node).name.clone()).collect()
}

fn stage_entries(network: &Network, node: &Node) -> Vec<StageEntry> {
    let shape = |array| network.program().shape(array).axes().to_vec();
    stages(network, node).into_iter().map(|(name, array)| StageEntry { name, shape: shape(array) }).collect()
}

fn layer(model: &Model, at: usize) -> LayerEntry<'_> {
    let node = &model.network.nodes()[at];
    let weights = node.operation.as_ref().map(|operation| operation.weights()).unwrap_or_default();
    LayerEntry {
        name: &node.name,
        kind: node.kind(),
        activation: activation(&model.network, node),
        shape: model.shape(at),
        parameters: node.parameters(),
        from: sources(&model.network, node),
        weights: weights
            .into_iter()
            .map(|(name, array)| StageEntry { name, shape: array.shape().axes().to_vec() })
            .collect(),
        stages: stage_entries(&model.network, node),
    }
}

fn arrays(file: &FromFile, as_json: bool, out: &mut impl Write) -> Result<(), CommandError> {
    let (entries, format) = (file.contents.entries(), file.contents.format());
    let parameters = entries.iter().map(Entry::size).sum();
    if as_json {
        let entry = |entry: &'_ Entry| (entry.kind.name(), entry.size());
        let arrays = entries.iter().map(|e| ArrayEntry { name: &e.name, kind: entry(e).0, shape: &e.shape }).collect();
        writeln!(out, "{}", json::text(&Bare { model: &file.title, format, parameters, arrays }))?;
        return Ok(());
    }
    writeln!(out, "{}", plain(&summary::title_of(format, &file.title)))?;
    let mut rows = vec![[summary::array(), summary::array_shape(), summary::numbers(), summary::kind()]];
    rows.extend(
        entries.iter().map(|e| [e.name.clone(), text(&e.shape), e.size().to_string(), e.kind.name().to_owned()]),
    );
    table(&rows, out)?;
    writeln!(out, "{}", summary::total(parameters))?;
    writeln!(out, "{}", summary::arrays_only())?;
    Ok(())
}
