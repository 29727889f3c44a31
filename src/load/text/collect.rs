//! Pieces of a text to named arrays.

use super::{
    error::{Fault, Problem},
    rows::Table,
    survey::{Content, Piece, line_of, transposed},
    tree::{Grid, Item, List, Node, Result},
};
use crate::{
    load::{
        Evidence, Remark,
        build::{is_bias_name, is_kernel_name, is_scalar_weight},
        found::{Array, Found, Orientation, Origin},
    },
    network::Activation,
    plain::plain,
};

/// The arrays of all pieces.
pub(super) fn collect(text: &str, pieces: Vec<Piece<'_>>, found: &mut Found) -> Result<()> {
    let mut collector = Collector { text, found, activations: Vec::new(), counted: (0, 1) };
    for piece in pieces {
        let name = piece.caption.name.clone();
        match piece.content {
            Content::Table(table) => collector.table(name, &table, piece.at),
            Content::Literal(node) => collector.node(name, node, piece.caption.assigned, 0)?,
        }
    }
    let activations = std::mem::take(&mut collector.activations);
    if !activations.is_empty() {
        found.hints.activations = activations.into_iter().map(Some).collect();
    }
    Ok(())
}

struct Collector<'f, 't> {
    text: &'t str,
    found: &'f mut Found,
    /// Activations in the same bracket as the arrays of a layer.
    activations: Vec<Activation>,
    /// A place, and its line: the next place is usually behind it.
    counted: (usize, usize),
}

/// A name from the text, safe to show.
pub(super) fn shown(name: &str) -> String {
    plain(name).chars().take(80).collect()
}

impl Collector<'_, '_> {
    fn push(&mut self, name: Option<String>, grid: Grid) {
        let Grid { shape, mut values, decimals, at, origin, .. } = grid;
        values.shrink_to_fit();
        let name = name.map(|name| shown(&name));
        let line = self.line(at);
        self.found.arrays.push(Array { name, shape, values, line, decimals, origin });
    }

    fn line(&mut self, at: usize) -> usize {
        let (before, line) = self.counted;
        let line = match self.text.get(before..at) {
            Some(between) => line + between.bytes().filter(|&byte| byte == b'\n').count(),
            None => line_of(self.text, at),
        };
        self.counted = (at, line);
        line
    }

    fn node(&mut self, name: Option<String>, node: Node<'_>, assigned: bool, depth: usize) -> Result<()> {
        if depth > super::tree::MOST_DEPTH {
            return Ok(());
        }
        match node {
            Node::Grid(grid) => self.grid(name, grid, assigned),
            Node::Call(call, list) if call.rsplit('.').next() == Some("matrix") => {
                if let Some(grid) = r_matrix(&list) {
                    self.push(name, grid);
                }
            }
            Node::Call(call, _) if super::caption::is_data_call(call) => {}
            Node::List(list) | Node::Call(_, list) => self.list(name, list, depth)?,
            Node::Number(number) => {
                // `'b2': 0.57`; of the many other numbers of a dictionary none is a weight.
                if let Some(name) = name.filter(|name| is_scalar_weight(name)) {
                    let (values, decimals) = (vec![number.value], number.decimals);
                    let (shape, line) = (Vec::new(), 1);
                    self.found.arrays.push(Array {
                        name: Some(shown(&name)),
                        shape,
                        values,
                        line,
                        decimals,
                        origin: Origin::Plain,
                    });
                }
            }
            Node::Text(_) | Node::Word(_) | Node::Other => {}
        }
        Ok(())
    }

    fn grid(&mut self, name: Option<String>, grid: Grid, assigned: bool) {
        if grid.values.is_empty() {
            return;
        }
        // MATLAB: one row a line.
        if let (true, Some((rows, columns)), [_]) = (assigned, grid.lines, &grid.shape[..]) {
            self.push(name, Grid { shape: vec![rows, columns], ..grid });
            return;
        }
        // Nobody types the kernel of a convolution: three levels of brackets are a list of matrices, two levels under the name
        // of biases are a list of vectors.
        let typed = !grid.whole && grid.commas == Some(true);
        let biases = name.as_deref().is_some_and(|name| is_bias_name(name) && name.ends_with(['s', '_']));
        if let [count, rows, columns] = grid.shape[..]
            && typed
        {
            let size = (rows * columns).max(1);
            for (i, matrix) in grid.values.chunks(size).enumerate() {
                let name = name.as_ref().map(|name| format!("{name}[{i}]"));
                self.push(name, Grid { shape: vec![rows, columns], values: matrix.to_vec(), ..clone_of(&grid) });
            }
            let _ = count;
            return;
        }
        if let [rows, columns] = grid.shape[..]
            && typed
            && biases
            && rows > 1
            && columns > 1
        {
            for (i, vector) in grid.values.chunks(columns).enumerate() {
                let name = name.as_ref().map(|name| format!("{name}[{i}]"));
                self.push(name, Grid { shape: vec![columns], values: vector.to_vec(), ..clone_of(&grid) });
            }
            return;
        }
        self.push(name, grid);
    }

    fn list(&mut self, name: Option<String>, list: List<'_>, depth: usize) -> Result<()> {
        let List { items, at, open, ragged } = list;
        if let Some(ragged) = ragged
            && !name.as_deref().is_some_and(is_bias_name)
        {
            let problem = Problem::ragged(ragged.row, &ragged.got, &ragged.expected);
            return Err(Box::new(Fault { problem, at: ragged.at }));
        }
        // `<Variable path=.. value=..>`: the item's key is its name.
        if open == '<' {
            for item in items {
                self.node(item.key.map(str::to_owned), item.node, false, depth + 1)?;
            }
            return Ok(());
        }
        // `{"name": "dense/kernel", "shape": [2, 3], "data": [..]}`, `{rows: 3, cols: 2, data: [..]}`
        if let Some((own, grid)) = described(&items) {
            self.push(own.or(name), Grid { at, ..grid });
            return Ok(());
        }
        // `('0.weight', tensor(..))`
        if let [
            Item { key: None, node: Node::Text(own), .. },
            Item { key: None, node: Node::Grid(_) | Node::List(_), .. },
        ] = &items[..]
        {
            let own = (*own).to_owned();
            if let Some(item) = items.into_iter().nth(1) {
                self.node(Some(own), item.node, false, depth + 1)?;
            }
            return Ok(());
        }
        // `(kernel, bias, 'tanh')`
        let activation = items.iter().rev().find_map(|item| match (&item.node, item.key) {
            (Node::Text(text) | Node::Word(text), None | Some("activation" | "act" | "f")) => {
                text.parse::<Activation>().ok()
            }
            _ => None,
        });
        let grids: Vec<usize> = items
            .iter()
            .filter_map(|item| match &item.node {
                Node::Grid(grid) if !grid.values.is_empty() => Some(grid.shape.len()),
                _ => None,
            })
            .collect();
        if let Some(activation) = activation.filter(|_| !grids.is_empty()) {
            self.activations.push(activation);
        }
        let keyed = items.iter().any(|item| item.key.is_some());
        let parts = name.as_deref().filter(|_| !keyed).map_or_else(Vec::new, |name| names_of_parts(name, &grids));
        let mut part = parts.into_iter();
        for item in items {
            let is_grid = matches!(&item.node, Node::Grid(grid) if !grid.values.is_empty());
            let own = match (item.key, name.as_deref()) {
                (Some(key), Some(outer)) => Some(joined(outer, key)),
                (Some(key), None) => Some(key.to_owned()),
                (None, _) if is_grid => part.next().flatten(),
                // A list in a list: the name may still say what its parts are.
                (None, Some(outer)) if !keyed => {
                    Some(outer.to_owned()).filter(|_| matches!(item.node, Node::List(_) | Node::Call(..)))
                }
                _ => None,
            };
            self.node(own, item.node, false, depth + 1)?;
        }
        Ok(())
    }

    /// A table to a kernel and its bias, or to one array under its caption.
    fn table(&mut self, name: Option<String>, table: &Table, at: usize) {
        if table.comma && !self.found.remarks.contains(&Remark::DecimalComma) {
            self.found.remarks.push(Remark::DecimalComma);
        }
        let (rows, columns) = (table.rows(), table.columns);
        let shape = match &table.shape {
            Some(shape) => shape.clone(),
            None if table.vector => vec![table.values.len()],
            None => vec![rows, columns],
        };
        let grid = |shape: Vec<usize>, values: Vec<f32>| Grid {
            shape,
            values,
            decimals: table.decimals,
            at,
            origin: Origin::Plain,
            whole: true,
            commas: None,
            lines: None,
            open: ' ',
        };
        let bias_row = table.labels.iter().position(|label| label.iter().any(|word| is_bias_label(word)));
        let bias_column = table.header.iter().position(|word| is_bias_label(word));
        let layer = table.labels.iter().find_map(|label| label.iter().find(|word| is_layer_word(word))).cloned();
        let row = |i: usize| table.values[i * columns..(i + 1) * columns].to_vec();
        match (bias_row, bias_column) {
            (Some(bias), _) if rows > 1 => {
                let kernel = (0..rows).filter(|&i| i != bias).flat_map(row).collect();
                self.layer(layer.as_ref(), grid(vec![rows - 1, columns], kernel), grid(vec![columns], row(bias)));
            }
            (None, Some(bias)) if columns > 1 => {
                let others = |i: usize| row(i).into_iter().enumerate().filter(|(j, _)| *j != bias).map(|(_, w)| w);
                let turned: Vec<f32> = (0..rows).flat_map(others).collect();
                let kernel = transposed(&turned, rows, columns - 1);
                let biases = (0..rows).map(|i| table.values[i * columns + bias]).collect();
                self.layer(layer.as_ref(), grid(vec![columns - 1, rows], kernel), grid(vec![rows], biases));
            }
            _ => self.push(name, grid(shape, table.values.clone())),
        }
    }

    /// A kernel that is known to be inputs x units, and its bias.
    fn layer(&mut self, name: Option<&String>, kernel: Grid, bias: Grid) {
        self.found.hints.orientation.get_or_insert((Orientation::Keras, Evidence::Print));
        let part = |part: &str| name.map(|name| format!("{name}/{part}"));
        self.push(part("kernel"), kernel);
        self.push(part("bias"), bias);
    }
}

fn clone_of(grid: &Grid) -> Grid {
    Grid { values: Vec::new(), shape: Vec::new(), ..*grid }
}

fn is_bias_label(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(
        word.trim_matches(['(', ')', ':', ' ', '*']),
        "bias"
            | "biases"
            | "b"
            | "intercept"
            | "(intercept)"
            | "threshold"
            | "theta"
            | "b0"
            | "constant"
            | "schwelle"
            | "biais"
            | "sesgo"
    )
}

fn is_layer_word(word: &str) -> bool {
    let word = word.to_lowercase();
    ["hidden", "output", "dense", "layer"].iter().any(|part| word.starts_with(part)) && !word.contains(' ')
}

/// Names of the arrays of one list: `dense [kernel, bias]`, `coefs_ [w, w]`.
fn names_of_parts(name: &str, ranks: &[usize]) -> Vec<Option<String>> {
    let part = |part: &str| Some(format!("{name}/{part}"));
    if is_kernel_name(name) || is_bias_name(name) {
        let wanted = if is_bias_name(name) { 1 } else { 2 };
        let all = ranks.iter().all(|&rank| rank == wanted);
        return (0..ranks.len()).map(|i| Some(format!("{name}[{i}]")).filter(|_| all)).collect();
    }
    // The name of a layer, if it is one word.
    if name.contains(char::is_whitespace) || super::is_collection(name) {
        return Vec::new();
    }
    match ranks {
        [2] => vec![part("kernel")],
        [2, 1] => vec![part("kernel"), part("bias")],
        [1, 1, 1, 1] => vec![part("gamma"), part("beta"), part("moving_mean"), part("moving_variance")],
        _ => Vec::new(),
    }
}

/// The name of an item in a dictionary that has a name itself.
fn joined(outer: &str, key: &str) -> String {
    let plural = matches!(outer.to_lowercase().as_str(), "weights" | "biases" | "kernels" | "weight" | "bias");
    let role = matches!(
        key.to_lowercase().as_str(),
        "w" | "b"
            | "weight"
            | "weights"
            | "bias"
            | "biases"
            | "kernel"
            | "gamma"
            | "beta"
            | "moving_mean"
            | "moving_variance"
    );
    if plural {
        format!("{outer}.{key}")
    } else if role && !super::is_collection(outer) {
        format!("{outer}/{key}")
    } else {
        key.to_owned()
    }
}

/// An array in the form of a dictionary that says its shape, or its rows and columns.
fn described(items: &[Item<'_>]) -> Option<(Option<String>, Grid)> {
    let get = |names: &[&str]| {
        items.iter().find(|item| item.key.is_some_and(|key| names.contains(&key))).map(|item| &item.node)
    };
    let grid = match get(&["data", "values", "value", "elements", "_data", "mat"])? {
        Node::Grid(grid) if !grid.values.is_empty() => grid,
        _ => return None,
    };
    let whole = |node: &Node<'_>| match node {
        Node::Number(number) if number.value >= 0.0 => Some(number.value as usize),
        _ => None,
    };
    let shape = match get(&["shape", "dims", "size"]) {
        Some(Node::Grid(shape)) => Some(shape.values.iter().map(|&n| n as usize).collect::<Vec<_>>()),
        _ => match (get(&["rows", "_rows"]).and_then(whole), get(&["cols", "columns", "_cols"]).and_then(whole)) {
            (Some(rows), Some(columns)) => Some(vec![rows, columns]),
            _ => None,
        },
    };
    let shape = shape
        .filter(|shape| shape.iter().product::<usize>() == grid.values.len())
        .unwrap_or_else(|| grid.shape.clone());
    let name = match get(&["name", "path"]) {
        Some(Node::Text(name)) => Some((*name).to_owned()),
        _ => None,
    };
    Some((name, Grid { shape, whole: true, ..grid.clone() }))
}

/// R's `matrix(c(..), nrow = 2)`: filled by column unless `byrow = TRUE`.
fn r_matrix(list: &List<'_>) -> Option<Grid> {
    let values = list.items.iter().find_map(|item| match &item.node {
        Node::Grid(grid) if item.key.is_none_or(|key| key == "data") => Some(grid),
        _ => None,
    })?;
    let number = |key: &str, position: usize| {
        let by_key = list.items.iter().find(|item| item.key == Some(key));
        let by_place = list.items.iter().filter(|item| item.key.is_none()).nth(position);
        match by_key.or(by_place).map(|item| &item.node) {
            Some(Node::Number(number)) => Some(number.value as usize),
            _ => None,
        }
    };
    let count = values.values.len();
    let (rows, columns) = match (number("nrow", 1), number("ncol", 2)) {
        (Some(rows), Some(columns)) => (rows, columns),
        (Some(rows), None) => (rows, count.checked_div(rows)?),
        (None, Some(columns)) => (count.checked_div(columns)?, columns),
        (None, None) => (count, 1),
    };
    if rows.checked_mul(columns)? != count {
        return None;
    }
    let by_row = list
        .items
        .iter()
        .any(|item| item.key == Some("byrow") && matches!(item.node, Node::Word("TRUE" | "T" | "True")));
    // Column after column is the transposed matrix row after row.
    let filled = if by_row { values.values.clone() } else { transposed(&values.values, columns, rows) };
    Some(Grid { shape: vec![rows, columns], values: filled, whole: true, ..values.clone() })
}
