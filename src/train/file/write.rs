//! A network as the layers of a training file.

use serde_json::{Map, Value as Json, json};

use crate::network::{Layer, List, Network, Operation};

/// The layers and the weights of a network of the recipes: `{"name": …, "layers": […], "initial": {…}}`.
pub fn described(network: &Network) -> Json {
    let (mut layers, mut weights) = (Vec::new(), Map::new());
    for (at, layer) in network.layers().enumerate() {
        let mut described = one(layer, &mut weights);
        if at == 0 {
            described["input_shape"] = json!([network.inputs()]);
        }
        layers.push(described);
    }
    json!({"name": network.name(), "layers": layers, "initial": weights})
}

fn one(layer: &Layer, weights: &mut Map<String, Json>) -> Json {
    let name = &layer.name;
    let mut put = |weight: &str, shape: &[usize], values: &[f32]| {
        weights.insert(format!("{name}.{weight}"), array(shape, values));
    };
    match &layer.operation {
        Operation::Dense(dense) => {
            let kernel = dense.kernel();
            put("kernel", &[kernel.inputs(), kernel.units()], kernel.values());
            if let Some(bias) = dense.bias() {
                put("bias", &[bias.len()], bias);
            }
            json!({
                "name": name, "kind": "dense", "units": kernel.units(), "activation": dense.activation().to_string(),
                "use_bias": dense.bias().is_some(),
            })
        }
        Operation::Scaling(scaling) => {
            let list = |list| scaling.list(list).unwrap_or_default().iter().copied().map(number).collect::<Vec<_>>();
            json!({"name": name, "kind": "rescaling", "scale": list(List::Scale), "offset": list(List::Offset)})
        }
        Operation::BatchNormalization(norm) => {
            let lists = [
                ("gamma", List::Gamma),
                ("beta", List::Beta),
                ("moving_mean", List::MovingMean),
                ("moving_variance", List::MovingVariance),
            ];
            for (weight, list) in lists {
                if let Some(values) = norm.list(list) {
                    put(weight, &[values.len()], values);
                }
            }
            json!({"name": name, "kind": "batchnorm", "epsilon": number(norm.epsilon())})
        }
    }
}

/// `{"shape": […], "data": […]}`.
pub fn array(shape: &[usize], values: &[f32]) -> Json {
    json!({"shape": shape, "data": values.iter().copied().map(number).collect::<Vec<_>>()})
}

/// A number as its shortest text; NaN and the infinities are texts.
pub fn number(value: f32) -> Json {
    let text = value.to_string();
    if value.is_finite() { serde_json::from_str(&text).unwrap_or(Json::Null) } else { Json::String(text) }
}
