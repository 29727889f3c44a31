//! The layers of a training file, by kind.

use std::{collections::BTreeMap, sync::Arc};

use super::Place;
use crate::{
    equation::Array,
    graph::{
        Network, NodeId, Operation,
        op::{
            Activate, BatchNormalization, Conv, Dense, Dropout, Embedding, Flatten, Gate, GlobalPooling, Gru, GruGate,
            LayerNormalization, Lstm, Padding, Pooling, PoolingKind, Rescaling, Reshape, Sequence, SimpleRnn,
        },
    },
    network::Activation,
    train::{Convention, TrainError},
    words::train,
};

/// Every kind of layer, as files call it, without underscores.
const KINDS: &[&str] = &[
    "dense",
    "activation",
    "batchnorm",
    "layernorm",
    "dropout",
    "flatten",
    "reshape",
    "conv1d",
    "conv2d",
    "conv3d",
    "avgpool1d",
    "avgpool2d",
    "maxpool1d",
    "maxpool2d",
    "global_avgpool1d",
    "global_avgpool2d",
    "global_maxpool1d",
    "global_maxpool2d",
    "embedding",
    "simple_rnn",
    "lstm",
    "gru",
    "rescaling",
];

/// What reading layers knows.
pub(super) struct Reader {
    pub(super) network: Network,
    pub(super) weights: BTreeMap<String, Array>,
    pub(super) convention: Convention,
    pub(super) l2: BTreeMap<String, f32>,
    /// Whether the last activation is written out, so that Keras does not know its logits.
    pub(super) by_formula: bool,
}

impl Reader {
    /// Reads all layers of a chain; `width` is the shape of a row of the data, empty if there are none yet.
    pub(super) fn read(&mut self, layers: &Place<'_>, width: &[usize]) -> Result<(), TrainError> {
        let layers = layers.list()?;
        let Some(first) = layers.first() else { return Err(unknown("layers", train::unknown_width())) };
        // A row that is a single number is a row of one.
        let shape = if width.is_empty() { self.width(first)? } else { width.to_vec() };
        let mut last = self.network.input("input", shape)?;
        let mut shared: BTreeMap<String, Arc<dyn Operation>> = BTreeMap::new();
        for (at, layer) in layers.iter().enumerate() {
            let kind = layer.get("kind", || train::expect_kind(KINDS.join(", ")))?;
            let plain = kind.text()?.to_ascii_lowercase().replace('_', "");
            let name = match layer.optional("name") {
                Some(name) => name.text()?.to_owned(),
                None => format!("{}_{at}", kind.text()?),
            };
            let owner = layer.optional("shares").map(|place| place.text()).transpose()?.unwrap_or(&name).to_owned();
            let operation = match shared.get(&owner) {
                Some(operation) => Arc::clone(operation),
                None => self.operation(layer, &plain, &name, &kind, last)?,
            };
            shared.insert(owner.clone(), Arc::clone(&operation));
            last = self.network.add_shared(name, owner, operation, vec![last.into()])?;
            self.by_formula = layer.optional("by_formula").is_some_and(|place| place.flag());
        }
        self.network.set_outputs([last]);
        Ok(())
    }

    /// The shape of the input, from the first layer.
    fn width(&self, first: &Place<'_>) -> Result<Vec<usize>, TrainError> {
        if let Some(inputs) = first.optional("inputs") {
            return Ok(vec![inputs.whole(train::expect_whole)?]);
        }
        if let Some(shape) = first.optional("input_shape") {
            return shape.list()?.iter().map(|place| place.whole(train::expect_whole)).collect();
        }
        let name = first.optional("name").map(|place| place.text()).transpose()?.unwrap_or_default();
        match self.weights.get(&format!("{name}.kernel")).map(|kernel| kernel.shape().axes()) {
            Some(&[inputs, _]) => Ok(vec![inputs]),
            _ => Err(unknown("layers[0]", train::unknown_width())),
        }
    }

    fn weight(&self, layer: &str, weight: &str) -> Result<Array, TrainError> {
        let name = format!("{layer}.{weight}");
        let found = self.weights.get(&name).cloned();
        found.ok_or_else(|| TrainError::File {
            place: format!("initial.{name}"),
            got: train::nothing(),
            expected: train::expect_weight(),
        })
    }

    fn optional(&self, layer: &str, weight: &str) -> Option<Array> {
        self.weights.get(&format!("{layer}.{weight}")).cloned()
    }

    fn bias(&self, layer: &Place<'_>, name: &str) -> Result<Option<Array>, TrainError> {
        let uses = layer.optional("use_bias").is_none_or(|place| place.flag());
        let is_there = self.weights.contains_key(&format!("{name}.bias"));
        match (uses, layer.optional("use_bias")) {
            (false, _) => Ok(None),
            (true, None) if !is_there => Ok(None),
            (true, _) => self.weight(name, "bias").map(Some),
        }
    }

    fn operation(
        &mut self,
        layer: &Place<'_>,
        plain: &str,
        name: &str,
        kind: &Place<'_>,
        from: NodeId,
    ) -> Result<Arc<dyn Operation>, TrainError> {
        for (key, weight) in [("kernel_l2", "kernel"), ("bias_l2", "bias")] {
            if let Some(share) = layer.optional(key) {
                self.l2.insert(format!("{name}.{weight}"), share.number()?);
            }
        }
        let number = |keys: &[&str], default: f32| layer.any(keys).map_or(Ok(default), |place| place.number());
        let torch = self.convention == Convention::Torch;
        let epsilon = || number(&["epsilon", "eps"], if torch { 1e-5 } else { 1e-3 });
        let linear = Activation::Linear;
        Ok(match plain {
            "dense" | "linear" => {
                let (bias, activation) = (self.bias(layer, name)?, activation(layer, linear)?);
                let Some(weight) = layer.optional("tied_to") else {
                    return Ok(Arc::new(Dense::new(self.weight(name, "kernel")?, bias, activation)));
                };
                let whole = weight.text()?;
                let (owner, stage) = whole.rsplit_once('.').unwrap_or((whole, "kernel"));
                let array = self.weight(owner, stage)?;
                Arc::new(Dense::new(array.clone(), bias, activation).tied_to(format!("{owner}.{stage}"), array))
            }
            "activation" | "relu" | "softmax" | "leakyrelu" | "elu" | "tanh" | "sigmoid" => {
                let own = plain.parse().ok().filter(|_| plain != "activation").unwrap_or(linear);
                Arc::new(Activate(activation(layer, own)?))
            }
            "batchnorm" | "batchnormalization" => {
                let momentum = number(&["momentum"], if torch { 0.1 } else { 0.99 })?;
                Arc::new(BatchNormalization {
                    axis: -1,
                    epsilon: epsilon()?,
                    gamma: self.optional(name, "gamma"),
                    beta: self.optional(name, "beta"),
                    mean: self.weight(name, "moving_mean")?,
                    variance: self.weight(name, "moving_variance")?,
                    momentum: if torch { super::super::optimizer::rest(momentum) } else { momentum },
                })
            }
            "layernorm" | "layernormalization" => Arc::new(LayerNormalization {
                axes: vec![-1],
                epsilon: epsilon()?,
                gamma: self.optional(name, "gamma"),
                beta: self.optional(name, "beta"),
            }),
            "dropout" => Arc::new(Dropout { rate: number(&["rate", "p"], 0.5)? }),
            "flatten" => Arc::new(Flatten::default()),
            "reshape" => {
                let shape = layer.get("target_shape", train::expect_whole)?.numbers()?;
                Arc::new(Reshape::new(shape.iter().map(|&n| n as i64).collect::<Vec<_>>()))
            }
            "rescaling" | "scaling" => {
                let vector = |key: &str, default: f32| -> Result<Array, TrainError> {
                    let numbers = layer.optional(key).map_or(Ok(vec![default]), |place| place.numbers())?;
                    let single = numbers.len() == 1;
                    let shape = if single { Vec::new() } else { vec![numbers.len()] };
                    Array::new(shape, numbers).ok_or_else(|| layer.wrong(train::expect_whole()))
                };
                Arc::new(Rescaling { scale: vector("scale", 1.0)?, offset: vector("offset", 0.0)? })
            }
            "conv1d" | "conv2d" | "conv3d" => {
                let kernel = self.weight(name, "kernel")?;
                let spatial = kernel.shape().rank().saturating_sub(2);
                let conv = Conv::new(kernel, self.bias(layer, name)?, activation(layer, linear)?);
                Arc::new(Conv {
                    strides: lengths(layer, &["strides", "stride"], spatial)?.unwrap_or(conv.strides.clone()),
                    dilation: lengths(layer, &["dilation_rate", "dilation"], spatial)?.unwrap_or(conv.dilation.clone()),
                    padding: padding(layer)?,
                    groups: layer.optional("groups").map_or(Ok(1), |place| place.whole(train::expect_whole))?,
                    ..conv
                })
            }
            "simplernn" => Arc::new(SimpleRnn {
                kernel: self.weight(name, "kernel")?,
                recurrent_kernel: self.weight(name, "recurrent_kernel")?,
                bias: self.bias(layer, name)?,
                recurrent_bias: self.optional(name, "recurrent_bias"),
                activation: activation(layer, Activation::Tanh)?,
                sequence: sequence(layer),
            }),
            "lstm" => Arc::new(Lstm {
                kernel: self.weight(name, "kernel")?,
                recurrent_kernel: self.weight(name, "recurrent_kernel")?,
                bias: self.bias(layer, name)?,
                recurrent_bias: self.optional(name, "recurrent_bias"),
                order: Gate::KERAS,
                activation: activation(layer, Activation::Tanh)?,
                recurrent_activation: Activation::Sigmoid,
                sequence: sequence(layer),
            }),
            "gru" => self.gru(layer, name)?,
            "embedding" => Arc::new(Embedding { embeddings: self.weight(name, "embeddings")?, mask_zero: false }),
            _ => return self.pooling(layer, plain, kind, from),
        })
    }

    fn gru(&self, layer: &Place<'_>, name: &str) -> Result<Arc<dyn Operation>, TrainError> {
        let (bias, recurrent_bias) = (self.bias(layer, name)?, self.optional(name, "recurrent_bias"));
        Ok(Arc::new(Gru {
            kernel: self.weight(name, "kernel")?,
            recurrent_kernel: self.weight(name, "recurrent_kernel")?,
            bias,
            recurrent_bias,
            order: GruGate::KERAS,
            reset_after: layer.optional("reset_after").is_none_or(|place| place.flag()),
            keeps_old: true,
            activation: activation(layer, Activation::Tanh)?,
            recurrent_activation: Activation::Sigmoid,
            sequence: sequence(layer),
        }))
    }

    fn pooling(
        &self,
        layer: &Place<'_>,
        plain: &str,
        kind: &Place<'_>,
        from: NodeId,
    ) -> Result<Arc<dyn Operation>, TrainError> {
        let (global, rest) = match plain.strip_prefix("global") {
            Some(rest) => (true, rest),
            None => (false, plain),
        };
        let pooling = if rest.starts_with("max") {
            PoolingKind::Max
        } else if rest.starts_with("avg") || rest.starts_with("average") {
            PoolingKind::Average
        } else {
            return Err(kind.wrong(train::expect_kind(KINDS.join(", "))));
        };
        let spatial = self.network.node(from).shape().rank().saturating_sub(1);
        if global {
            return Ok(Arc::new(GlobalPooling { kind: pooling, spatial, keep: false, channels_first: false }));
        }
        let size = lengths(layer, &["pool_size", "kernel_size"], spatial)?.unwrap_or(vec![2; spatial]);
        let made = Pooling::new(pooling, size);
        let strides = lengths(layer, &["strides", "stride"], spatial)?.unwrap_or(made.strides.clone());
        Ok(Arc::new(Pooling { strides, padding: padding(layer)?, ..made }))
    }
}

fn unknown(place: &str, expected: String) -> TrainError {
    TrainError::File { place: place.to_owned(), got: train::nothing(), expected }
}

/// One length for each axis, or one for all.
fn lengths(layer: &Place<'_>, keys: &[&str], axes: usize) -> Result<Option<Vec<usize>>, TrainError> {
    let Some(place) = layer.any(keys) else { return Ok(None) };
    if let Ok(length) = place.whole(train::expect_whole) {
        return Ok(Some(vec![length; axes]));
    }
    let lengths: Vec<usize> =
        place.list()?.iter().map(|place| place.whole(train::expect_whole)).collect::<Result<_, _>>()?;
    if lengths.len() == axes { Ok(Some(lengths)) } else { Err(place.wrong(train::expect_whole())) }
}

fn padding(layer: &Place<'_>) -> Result<Padding, TrainError> {
    let Some(place) = layer.optional("padding") else { return Ok(Padding::Valid) };
    match place.text()? {
        "valid" => Ok(Padding::Valid),
        "same" => Ok(Padding::Same),
        "causal" => Ok(Padding::Causal),
        _ => Err(place.wrong(train::expect_padding())),
    }
}

fn sequence(layer: &Place<'_>) -> Sequence {
    let flag = |key: &str| layer.optional(key).is_some_and(|place| place.flag());
    Sequence { return_sequences: flag("return_sequences"), backwards: flag("go_backwards"), ..Sequence::default() }
}

/// The activation with its arguments.
fn activation(layer: &Place<'_>, default: Activation) -> Result<Activation, TrainError> {
    let (place, arguments) = (layer.optional("activation"), layer.optional("activation_args"));
    let Some(place) = place else { return Ok(default) };
    let text = place.text()?;
    let made: Activation =
        text.parse().map_err(|error: crate::network::activation::ActivationError| place.wrong(error.to_string()))?;
    let Some(arguments) = arguments else { return Ok(made) };
    let number = |keys: &[&str], default: f32| arguments.any(keys).map_or(Ok(default), |place| place.number());
    Ok(match made {
        Activation::LeakyRelu { slope } => {
            Activation::LeakyRelu { slope: number(&["negative_slope", "alpha"], slope)? }
        }
        Activation::Elu { alpha } => Activation::Elu { alpha: number(&["alpha"], alpha)? },
        Activation::Celu { alpha } => Activation::Celu { alpha: number(&["alpha"], alpha)? },
        Activation::Gelu | Activation::GeluTanh => {
            let approximate = arguments.optional("approximate").is_some_and(|place| match place.text() {
                Ok(text) => text == "tanh",
                Err(_) => place.flag(),
            });
            if approximate { Activation::GeluTanh } else { Activation::Gelu }
        }
        other => other,
    })
}
