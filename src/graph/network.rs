//! The graph: nodes in topological order, and the program of all their equations.

use std::{collections::BTreeSet, sync::Arc};

use super::{GraphError, Lines, Operation, Value};
use crate::{
    equation::{ArrayId, EvaluateError, Program, Shape},
    words::operation,
};

/// A node of a network, by its place in topological order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(usize);

impl NodeId {
    /// Its place in topological order.
    pub fn position(self) -> usize {
        self.0
    }
}

/// A result of a node; most have one, number 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source {
    /// The node.
    pub node: NodeId,
    /// Which of its results.
    pub result: usize,
}

impl From<NodeId> for Source {
    fn from(node: NodeId) -> Self {
        Self { node, result: 0 }
    }
}

/// One use of an operation.
#[derive(Debug, Clone)]
pub struct Node {
    /// The layer's name; the second use of a layer is called `dense#2`, one in a model in a model `encoder/dense`.
    pub name: String,
    /// What it computes; `None` for an input.
    pub operation: Option<Arc<dyn Operation>>,
    /// The values it takes.
    pub from: Vec<Source>,
    /// The layer that has its weights: its own name unless it is used again.
    pub owner: String,
    /// Its results.
    pub results: Vec<Value>,
}

impl Node {
    /// The shape of its (first) result, without the axis of the samples.
    pub fn shape(&self) -> &Shape {
        &self.results[0].shape
    }

    /// The array of its (first) result.
    pub fn array(&self) -> ArrayId {
        self.results[0].array
    }

    /// The framework's name of the class.
    pub fn kind(&self) -> &'static str {
        self.operation.as_ref().map_or("InputLayer", |operation| operation.kind())
    }

    /// How many numbers its operation has, if this is its first use; a second use has none of its own.
    pub fn parameters(&self) -> usize {
        let first = self.owner == self.name;
        self.operation.as_ref().filter(|_| first).map_or(0, |operation| operation.parameters())
    }
}

/// Operations as a graph, with their weights and all their equations.
#[derive(Debug, Clone)]
pub struct Network {
    name: String,
    nodes: Vec<Node>,
    names: BTreeSet<String>,
    inputs: Vec<NodeId>,
    outputs: Vec<Source>,
    program: Program,
}

impl Network {
    /// A network without nodes.
    pub fn new(name: impl Into<String>) -> Self {
        let (names, program) = (BTreeSet::new(), Program::default());
        Self { name: name.into(), nodes: Vec::new(), names, inputs: Vec::new(), outputs: Vec::new(), program }
    }

    /// The network's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The nodes in topological order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of this number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The number of the node at this place in topological order.
    pub fn id(&self, position: usize) -> Option<NodeId> {
        (position < self.nodes.len()).then_some(NodeId(position))
    }

    /// The nodes that are inputs, in order.
    pub fn inputs(&self) -> &[NodeId] {
        &self.inputs
    }

    /// The results that are outputs, in order.
    pub fn outputs(&self) -> &[Source] {
        &self.outputs
    }

    /// All equations.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The result of the node that was added last, if it computes something.
    pub fn last(&self) -> Option<Source> {
        let last = self.nodes.iter().rposition(|node| node.operation.is_some())?;
        Some(Source::from(NodeId(last)))
    }

    /// The value of a result.
    pub fn value(&self, source: Source) -> Option<&Value> {
        self.nodes.get(source.node.0)?.results.get(source.result)
    }

    /// One more input.
    ///
    /// # Errors
    /// [`GraphError`] if the name is taken or the shape too large.
    pub fn input(&mut self, name: impl Into<String>, shape: impl Into<Shape>) -> Result<NodeId, GraphError> {
        let (name, shape) = (name.into(), shape.into());
        let array = self.program.input(name.clone(), shape.clone())?;
        let results = vec![Value::new(array, shape)];
        let id = self.push(Node { owner: name.clone(), name, operation: None, from: Vec::new(), results });
        self.inputs.push(id);
        Ok(id)
    }

    /// One more node; an operation with a name of its own.
    ///
    /// # Errors
    /// [`GraphError`] if the operation does not fit the values it takes, or the name is taken.
    pub fn add<S: Into<Source>>(
        &mut self,
        name: impl Into<String>,
        operation: impl Operation + 'static,
        from: impl IntoIterator<Item = S>,
    ) -> Result<NodeId, GraphError> {
        let name = name.into();
        self.add_shared(name.clone(), name, Arc::new(operation), from.into_iter().map(Into::into).collect())
    }

    /// One more node, perhaps with an operation that another node has too: then `owner` is the layer whose weights it uses.
    ///
    /// # Errors
    /// [`GraphError`] if the operation does not fit the values it takes, or the name is taken.
    pub fn add_shared(
        &mut self,
        name: impl Into<String>,
        owner: impl Into<String>,
        operation: Arc<dyn Operation>,
        from: Vec<Source>,
    ) -> Result<NodeId, GraphError> {
        let (name, owner) = (name.into(), owner.into());
        let taken: Option<Vec<Value>> = from.iter().map(|&source| self.value(source).cloned()).collect();
        let Some(taken) = taken else {
            return Err(GraphError::Layer { layer: name, fault: operation::no_value() });
        };
        if self.names.contains(&name) {
            let fault = operation::name_twice();
            return Err(GraphError::Layer { layer: name, fault });
        }
        let results = operation.equations(&mut Lines::new(&mut self.program, name.clone(), owner.clone()), &taken)?;
        Ok(self.push(Node { name, operation: Some(operation), from, owner, results }))
    }

    fn push(&mut self, node: Node) -> NodeId {
        self.names.insert(node.name.clone());
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// Says which results are the network's outputs.
    pub fn set_outputs<S: Into<Source>>(&mut self, outputs: impl IntoIterator<Item = S>) {
        self.outputs = outputs.into_iter().map(Into::into).collect();
    }

    /// The numbers of each input, in order, as the program takes them.
    ///
    /// # Errors
    /// [`EvaluateError`] if there are too few or too many, or one has another length.
    pub fn given(&self, inputs: &[Vec<f32>]) -> Result<Vec<(ArrayId, Vec<f32>)>, EvaluateError> {
        let mut given = Vec::with_capacity(inputs.len());
        for (position, id) in self.inputs.iter().enumerate() {
            let node = self.node(*id);
            let (name, shape) = (node.name.clone(), node.shape().to_string());
            let Some(numbers) = inputs.get(position) else { return Err(EvaluateError::Missing { name, shape }) };
            let (expected, got) = (node.shape().size(), numbers.len());
            if expected != got {
                return Err(EvaluateError::Length { name, shape, expected, got });
            }
            given.push((node.array(), numbers.clone()));
        }
        Ok(given)
    }
}
