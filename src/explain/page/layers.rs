//! A graph of layers as a picture: a box for each layer, and lines from what it takes.

use super::svg::Svg;
use crate::{graph::Network, words::explain};

/// Layers that are drawn.
const MOST: usize = 60;
const BOX: (f64, f64) = (300.0, 40.0);
const ROW: f64 = 62.0;
const LEFT: f64 = 150.0;

/// The layers one below the other; a line that skips layers goes round them on the left.
pub fn layers(network: &Network) -> String {
    let nodes = &network.nodes()[..network.nodes().len().min(MOST)];
    let rest = network.nodes().len() - nodes.len();
    let (width, height) = (LEFT + BOX.0 + 20.0, (nodes.len() as f64 + f64::from(u8::from(rest > 0))) * ROW + 8.0);
    let mut svg = Svg::new(width, height, &explain::page_layers());
    let top = |i: usize| 8.0 + i as f64 * ROW;
    let middle = LEFT + BOX.0 / 2.0;
    for (i, node) in nodes.iter().enumerate() {
        for source in &node.from {
            let from = source.node.position();
            if from + 1 == i {
                svg.line((middle, top(from) + BOX.1), (middle, top(i)), "stroke-width=\"1.5\"");
            } else {
                let y = (top(from) + BOX.1 / 2.0, top(i) + BOX.1 / 2.0);
                let x = LEFT - 16.0 - 10.0 * ((i - from) % 12) as f64;
                let corners = [(LEFT, y.0), (x, y.0), (x, y.1), (LEFT, y.1)].map(Some);
                svg.curve(&corners, "stroke-width=\"1.5\"");
            }
        }
        svg.rectangle((LEFT, top(i)), BOX, "stroke-width=\"1.2\"");
        let name = if node.operation.is_some() { format!("{}: {}", node.name, node.kind()) } else { node.name.clone() };
        svg.text((middle, top(i) + 17.0), "middle", 12.0, &name.chars().take(48).collect::<String>());
        svg.text((middle, top(i) + 32.0), "middle", 11.0, &node.shape().to_string());
    }
    if rest > 0 {
        svg.text((middle, top(nodes.len()) + 20.0), "middle", 12.0, &explain::page_more_layers(rest));
    }
    svg.end()
}
