//! The operators of a model, one after the other, to a network.
//!
//! ONNX counts the samples as an axis, a network here does not: the axis of the samples is *hidden*. Each value knows its whole
//! shape and which of its axes is hidden; all else follows from its array, because an axis of length 1 changes no place.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Constant, Onnx, constant::folded, messages::NodeProto, operators};
use crate::{
    equation::Array,
    file::FileError,
    graph::{GraphError, Missing, Network, Operation, Partial, Source, op},
    words::formats,
};

/// A value between operators.
#[derive(Debug, Clone)]
pub(super) struct Flowing {
    pub(super) source: Source,
    /// Its shape, that of the samples included.
    pub(super) full: Vec<usize>,
    /// Which axis is that of the samples.
    pub(super) hidden: Option<usize>,
}

/// What a name of the model stands for.
#[derive(Debug, Clone)]
pub(super) enum Known {
    Constant(Constant),
    Value(Flowing),
}

/// A network while it is made.
pub(super) struct Builder<'m> {
    pub(super) onnx: &'m Onnx,
    pub(super) network: Network,
    pub(super) known: BTreeMap<String, Known>,
    /// How often each name is taken.
    uses: BTreeMap<&'m str, usize>,
    /// Operators that became part of another one.
    pub(super) joined: BTreeSet<usize>,
    names: BTreeSet<String>,
}

/// The network. Axes without a length get the length `open`.
pub(in crate::file) fn network(onnx: &Onnx, open: Option<usize>) -> Result<Partial, FileError> {
    let graph = &onnx.graph;
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in graph.node.iter().flat_map(|node| &node.input).chain(graph.output.iter().map(|output| &output.name)) {
        *uses.entry(name).or_default() += 1;
    }
    let known = onnx.constants.iter().map(|(name, constant)| (name.clone(), Known::Constant(constant.clone())));
    let (known, network) = (known.collect(), Network::new(graph.name.clone()));
    let mut builder = Builder { onnx, network, known, uses, joined: BTreeSet::new(), names: BTreeSet::new() };
    builder.inputs(open)?;
    let wanted = builder.wanted();
    let (mut missing, mut after) = (Vec::new(), Vec::new());
    for (at, node) in graph.node.iter().enumerate() {
        let is_wanted = node.output.iter().any(|output| wanted.contains(output.as_str()));
        if !is_wanted || builder.joined.contains(&at) || node.op_type == "Constant" {
            continue;
        }
        let unknown = node.input.iter().find(|name| !name.is_empty() && !builder.known.contains_key(*name));
        if unknown.is_some() {
            after.push(Builder::called(node));
            continue;
        }
        if let Err(why) = builder.node(at, node) {
            missing.push(Missing { layer: Builder::called(node), kind: node.op_type.clone(), why });
        }
    }
    let outputs: Vec<Source> = graph
        .output
        .iter()
        .filter_map(|output| match builder.known.get(&output.name) {
            Some(Known::Value(value)) => Some(value.source),
            _ => None,
        })
        .collect();
    let mut network = builder.network;
    if outputs.is_empty() {
        let last = network.last();
        if let (None, Some(first)) = (last, missing.first()) {
            return Err(first.why.clone().into());
        }
        network.set_outputs(last);
    } else {
        network.set_outputs(outputs);
    }
    Ok(Partial { network, missing, after })
}

impl<'m> Builder<'m> {
    fn inputs(&mut self, open: Option<usize>) -> Result<(), FileError> {
        let onnx = self.onnx;
        for input in &onnx.graph.input {
            if self.known.contains_key(&input.name) {
                continue;
            }
            let tensor = input.r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref());
            let dims = tensor.and_then(|tensor| tensor.shape.as_ref()).map_or(&[][..], |shape| &shape.dim);
            let mut full = Vec::with_capacity(dims.len());
            let mut hidden = None;
            for (axis, dim) in dims.iter().enumerate() {
                let length = usize::try_from(dim.dim_value).unwrap_or(0);
                if axis == 0 && length <= 1 {
                    hidden = Some(0);
                    full.push(1);
                } else if length > 0 {
                    full.push(length);
                } else {
                    full.push(open.ok_or_else(|| GraphError::Unknown { input: input.name.clone() })?);
                }
            }
            let shape: Vec<usize> = full.iter().skip(hidden.map_or(0, |_| 1)).copied().collect();
            let name = self.free(&plain(&input.name));
            let source = self.network.input(name, shape)?.into();
            self.known.insert(input.name.clone(), Known::Value(Flowing { source, full, hidden }));
        }
        Ok(())
    }

    /// The names on the way to the outputs. Class labels beside probabilities are left out: they are no numbers of the network.
    fn wanted(&self) -> BTreeSet<&'m str> {
        let graph = &self.onnx.graph;
        let kind = |at: usize| {
            let tensor = graph.output[at].r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref());
            tensor.map_or(0, |tensor| tensor.elem_type)
        };
        let is_float = |at: &usize| matches!(kind(*at), 1 | 10 | 11 | 0);
        let all: Vec<usize> = (0..graph.output.len()).collect();
        let floats: Vec<usize> = all.iter().copied().filter(is_float).collect();
        let kept = if floats.is_empty() { all } else { floats };
        let mut wanted: BTreeSet<&str> = kept.into_iter().map(|at| graph.output[at].name.as_str()).collect();
        // Nodes are in topological order, so one walk from behind finds all.
        for node in graph.node.iter().rev() {
            if node.output.iter().any(|output| wanted.contains(output.as_str())) {
                wanted.extend(node.input.iter().map(String::as_str));
            }
        }
        wanted
    }

    fn node(&mut self, at: usize, node: &'m NodeProto) -> Result<(), GraphError> {
        let output = node.output.first().cloned().unwrap_or_default();
        if node.op_type == "Shape"
            && let Some(Known::Value(value)) = node.input.first().and_then(|name| self.known.get(name))
        {
            let lengths = value.full.iter().map(|&n| n as i64).collect();
            let constant = Constant::ints(vec![value.full.len()], lengths);
            self.known.insert(output, Known::Constant(constant));
            return Ok(());
        }
        let constants: Option<Vec<&Constant>> = node
            .input
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| match self.known.get(name) {
                Some(Known::Constant(constant)) => Some(constant),
                _ => None,
            })
            .collect();
        let axis = node.attribute.iter().find(|attribute| attribute.name == "axis").map(|attribute| attribute.i);
        if let Some(constant) =
            constants.filter(|all| !all.is_empty()).and_then(|all| folded(&node.op_type, &all, axis))
        {
            self.known.insert(output, Known::Constant(constant));
            return Ok(());
        }
        operators::build(self, at, node)
    }

    /// What a layer of this operator is called: the last part of its name that is no operator, `dense_1` of
    /// `sequential/dense_1/MatMul`.
    pub(super) fn layer_name(&mut self, node: &NodeProto, kind: &str) -> String {
        let parts: Vec<&str> = node.name.split('/').filter(|part| !part.is_empty()).collect();
        let name = match parts.as_slice() {
            [.., layer, _] => plain(layer),
            _ => kind.to_owned(),
        };
        self.free(&name)
    }

    /// What a single operator is called.
    pub(super) fn operator_name(&mut self, node: &NodeProto) -> String {
        let name = Self::called(node);
        self.free(&name)
    }

    fn called(node: &NodeProto) -> String {
        let parts: Vec<&str> = node.name.split('/').filter(|part| !part.is_empty()).collect();
        let first = usize::from(parts.len() > 2);
        let name = parts[first.min(parts.len())..].join("/");
        if name.is_empty() { node.op_type.to_lowercase() } else { plain(&name) }
    }

    /// A name that no layer has yet.
    fn free(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut count = 1;
        while !self.names.insert(free.clone()) {
            free = format!("{name}_{count}");
            count += 1;
        }
        free
    }

    /// The only operator that takes a name, if the name is no output of the model.
    pub(super) fn only_use(&self, name: &str) -> Option<(usize, &'m NodeProto)> {
        if self.uses.get(name) != Some(&1) {
            return None;
        }
        let mut nodes = self.onnx.graph.node.iter().enumerate();
        nodes.find(|(_, node)| node.input.iter().any(|input| input == name))
    }

    pub(super) fn fault(node: &NodeProto, why: String) -> GraphError {
        GraphError::Layer { layer: node.name.clone(), fault: why }
    }

    /// The value that an operator takes at a place.
    pub(super) fn value(&self, node: &NodeProto, place: usize) -> Result<Flowing, GraphError> {
        match node.input.get(place).and_then(|name| self.known.get(name)) {
            Some(Known::Value(value)) => Ok(value.clone()),
            _ => Err(Self::fault(node, formats::no_value(place))),
        }
    }

    /// The constant that an operator takes at a place, if there is one.
    pub(super) fn constant(&self, node: &NodeProto, place: usize) -> Option<&Constant> {
        match node.input.get(place).and_then(|name| self.known.get(name)) {
            Some(Known::Constant(constant)) => Some(constant),
            _ => None,
        }
    }

    /// The weights that an operator takes at a place.
    pub(super) fn weights(&self, node: &NodeProto, place: usize) -> Result<Array, GraphError> {
        let constant = self.constant(node, place);
        let array = constant.and_then(|constant| Array::new(constant.shape.clone(), constant.values()));
        array.ok_or_else(|| Self::fault(node, formats::no_constant(place)))
    }

    /// Adds an operation on one value. Its result has the shape `full`; what is hidden stays so.
    pub(super) fn add(
        &mut self,
        name: String,
        operation: impl Operation + 'static,
        from: Vec<Source>,
        output: &str,
        hidden: Option<usize>,
    ) -> Result<(), GraphError> {
        let node = self.network.add_shared(name.clone(), name, Arc::new(operation), from)?;
        let value = self.flowing(Source::from(node), hidden);
        self.known.insert(output.to_owned(), Known::Value(value));
        Ok(())
    }

    /// A result with its whole shape.
    pub(super) fn flowing(&self, source: Source, hidden: Option<usize>) -> Flowing {
        let mut full = self.network.value(source).map(|value| value.axes().to_vec()).unwrap_or_default();
        if let Some(hidden) = hidden {
            full.insert(hidden.min(full.len()), 1);
        }
        Flowing { source, full, hidden }
    }

    /// Gives a name to a value that there is already.
    pub(super) fn rename(&mut self, output: &str, value: Flowing) {
        self.known.insert(output.to_owned(), Known::Value(value));
    }

    /// Another shape for the same numbers. An axis of samples at its beginning is hidden again.
    pub(super) fn reshape(&mut self, node: &NodeProto, value: &Flowing, full: Vec<usize>) -> Result<(), GraphError> {
        let output = node.output.first().cloned().unwrap_or_default();
        if full == value.full {
            self.rename(&output, value.clone());
            return Ok(());
        }
        let hidden = value.hidden.and_then(|hidden| {
            let same = full.get(hidden) == Some(&1) && full[..hidden] == value.full[..hidden];
            if same { Some(hidden) } else { full.iter().position(|&n| n == 1).filter(|&at| at == 0) }
        });
        let shape: Vec<i64> =
            full.iter().enumerate().filter(|(axis, _)| Some(*axis) != hidden).map(|(_, &n)| n as i64).collect();
        let before: Vec<i64> =
            self.network.value(value.source).map(|v| v.axes().iter().map(|&n| n as i64).collect()).unwrap_or_default();
        if shape == before {
            self.rename(&output, Flowing { source: value.source, full, hidden });
            return Ok(());
        }
        let name = self.operator_name(node);
        let operation: Arc<dyn Operation> =
            if shape.len() == 1 { Arc::new(op::Flatten::default()) } else { Arc::new(op::Reshape::new(shape)) };
        let made = self.network.add_shared(name.clone(), name, operation, vec![value.source])?;
        self.rename(&output, Flowing { source: made.into(), full, hidden });
        Ok(())
    }
}

/// A name without the marks of an exporter: `:0` at its end.
fn plain(name: &str) -> String {
    name.strip_suffix(":0").unwrap_or(name).to_owned()
}
