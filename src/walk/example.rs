//! An input to begin with, for a network that came without one.

use crate::{
    equation::{ArrayId, Index, Program, Read},
    graph::Network,
};

/// Numbers for each input, in C order: 0.1, 0.2 … 0.9 and again from 0.1; where an embedding looks rows up, 0, 1, 2 …
pub fn example(network: &Network) -> Vec<Vec<f32>> {
    let program = network.program();
    network
        .inputs()
        .iter()
        .map(|&id| {
            let node = network.node(id);
            let size = node.shape().size();
            match rows_looked_up(program, node.array()) {
                Some(rows) => (0..size).map(|i| (i % rows.max(1)) as f32).collect(),
                None => (0..size).map(|i| (i % 9 + 1) as f32 / 10.0).collect(),
            }
        })
        .collect()
}

/// How many rows there are, if an array says which row of another is read. Copies of it count too.
fn rows_looked_up(program: &Program, array: ArrayId) -> Option<usize> {
    let mut copies = vec![array];
    for equation in program.equations() {
        for read in equation.rule.reads().iter().flat_map(Read::each) {
            for (axis, index) in read.index.iter().enumerate() {
                if let Index::Valued(by) = index
                    && copies.contains(&by.array)
                {
                    let shape = read.view.as_ref().unwrap_or_else(|| program.shape(read.array));
                    return shape.axes().get(axis).copied();
                }
            }
        }
        if equation.rule.actions() == 0 && equation.rule.reads().iter().any(|read| copies.contains(&read.array)) {
            copies.push(equation.array);
        }
    }
    None
}
