//! Words that introduce a literal: `array(..)`, `tensor(..)`, `np.float32(0.5)`, `[]float64{..}`, `<tf.Variable ..>`.

use super::{
    error::{Expected, Problem},
    number::Number,
    tree::{Grid, Item, List, MOST_DEPTH, Node, Parser, Result},
};
use crate::load::found::Origin;

impl<'t> Parser<'t> {
    /// `array(..)`, `tensor(..)`, `Float32[..]`, `float[] {..}`, `np.float32(0.5)`, or the word alone.
    pub(super) fn introduced(&mut self, word: &'t str, at: usize, depth: usize) -> Result<Node<'t>> {
        let name = word.rsplit(['.', ':']).next().unwrap_or(word);
        let after_blank = self.rest().trim_start_matches(' ');
        let blanks = self.rest().len() - after_blank.len();
        match after_blank.chars().next() {
            Some('(') => {
                let tensor = matches!(name, "tensor" | "Parameter");
                let array = matches!(
                    name,
                    "array" | "Array" | "Tensor" | "tensor" | "Parameter" | "matrix" | "Variable" | "asarray"
                ) && !(name == "matrix" && word == name);
                if blanks > 0 && !array && !is_call(name) {
                    return Ok(Node::Word(word));
                }
                self.at += blanks;
                let outer = self.in_tensor;
                self.in_tensor |= tensor;
                let list = self.list('(', ')', depth + 1)?;
                self.in_tensor = outer;
                Ok(self.called(word, name, list, at, array, tensor))
            }
            // Typed literals: Julia's `Float32[..]`, Go's `[]float64{..}`, Java's `new double[][] {..}`.
            Some('[') if blanks == 0 && is_type(name) => {
                let empty = self.rest().starts_with("[]") || self.rest().starts_with("[,]");
                if empty {
                    while self.rest().starts_with("[]") || self.rest().starts_with("[,]") {
                        self.at += self.rest().find(']').map_or(1, |end| end + 1);
                    }
                    self.space();
                    return if self.peek() == Some('{') { self.node(depth + 1) } else { Ok(Node::Word(word)) };
                }
                let node = self.node(depth + 1)?;
                Ok(match node {
                    // `Float32[1 2 3]` is a row, `Float32[1, 2, 3]` a vector.
                    Node::Grid(grid)
                        if grid.values.len() > 1 && grid.shape.len() == 1 && grid.commas == Some(false) =>
                    {
                        Node::Grid(Grid { shape: vec![1, grid.values.len()], whole: true, ..grid })
                    }
                    Node::Grid(grid) => Node::Grid(Grid { whole: true, ..grid }),
                    other => other,
                })
            }
            Some('{') if is_type(name) => {
                self.at += blanks;
                self.node(depth + 1)
            }
            Some('[') if blanks == 0 && matches!(name, "vec!" | "vec") => self.node(depth + 1),
            _ => Ok(Node::Word(word)),
        }
    }

    /// What a call means: an array, a number, or only a list of arguments.
    #[expect(clippy::unused_self, reason = "belongs to the parser's other methods")]
    fn called(&self, word: &'t str, name: &'t str, list: Node<'t>, at: usize, array: bool, tensor: bool) -> Node<'t> {
        let list = match list {
            Node::List(list) => list,
            // `f(0.5, 1)`: numbers in round brackets.
            Node::Grid(grid) => {
                if is_scalar(name)
                    && let [value] = grid.values[..]
                {
                    return Node::Number(Number { value, decimals: grid.decimals });
                }
                if array && grid.values.len() == 1 {
                    let origin = if tensor { Origin::Torch } else { Origin::NumPy };
                    return Node::Grid(Grid { shape: Vec::new(), at, origin, whole: true, open: '[', ..grid });
                }
                let number = |&value: &f32| Item {
                    key: None,
                    node: Node::Number(Number { value, decimals: grid.decimals }),
                    at,
                };
                // Only a few arguments are ever looked at.
                let items = grid.values.iter().take(MOST_DEPTH).map(number).collect();
                // One grid inside of brackets: `f([[..]])` is a list of one, which `list` gives; this is `c(1, 2, 3)`.
                if name == "c" {
                    return Node::Grid(Grid { shape: vec![grid.values.len()], at, whole: true, open: '[', ..grid });
                }
                return Node::Call(word, List { items, at, open: '(', ragged: None });
            }
            other => return other,
        };
        if !array {
            return Node::Call(word, list);
        }
        let origin = if tensor { Origin::Torch } else { Origin::NumPy };
        let mut items = list.items;
        let stated = items.iter().find_map(|item| match (&item.node, item.key) {
            (Node::Grid(grid), Some("shape" | "size")) => {
                Some(grid.values.iter().map(|&n| n as usize).collect::<Vec<_>>())
            }
            _ => None,
        });
        let position = items.iter().position(|item| matches!(item.key, None | Some("data" | "object")));
        match position.map(|position| items.swap_remove(position).node) {
            Some(Node::Grid(mut grid)) => {
                grid.origin = origin;
                grid.whole = true;
                grid.at = at;
                if let Some(stated) = stated.filter(|stated| grid.values.is_empty() && stated.contains(&0)) {
                    grid.shape = stated;
                }
                Node::Grid(grid)
            }
            Some(Node::Number(number)) => Node::Grid(Grid {
                shape: Vec::new(),
                values: vec![number.value],
                decimals: number.decimals,
                at,
                origin,
                whole: true,
                commas: None,
                lines: None,
                open: '[',
            }),
            Some(other) => other,
            None => Node::Other,
        }
    }

    /// `<tf.Variable 'name' shape=(1,) dtype=float32, numpy=value>` or `<Variable path=name, ... value=value>`.
    pub(super) fn variable(&mut self, depth: usize) -> Result<Node<'t>> {
        let begin = self.at;
        self.at += 1;
        let rest = self.rest();
        let named =
            ["tf.Variable", "Variable", "KerasVariable", "tf.Tensor"].iter().find(|word| rest.starts_with(**word));
        let Some(word) = named else { return Ok(Node::Other) };
        self.at += word.len();
        let mut name = None;
        loop {
            self.space();
            match self.peek() {
                None => return self.fail(Problem::unclosed('>'), begin),
                Some('>') => {
                    self.at += 1;
                    self.closed = true;
                    // This print carries no numbers; they may follow on the next lines, under this name.
                    return Ok(name.map_or(Node::Other, Node::Word));
                }
                Some(quote @ ('\'' | '"')) => match self.quotation(quote) {
                    Some(text) => name = name.or(Some(text)),
                    None => self.at += 1,
                },
                Some('(') => {
                    let rest = self.rest();
                    self.at += rest.find(')').map_or(rest.len(), |end| end + 1);
                }
                Some(_) => {
                    let rest = self.rest();
                    let length = rest.find(|c: char| c.is_whitespace() || "=,>('\"".contains(c)).unwrap_or(rest.len());
                    let key = self.take(length.max(rest.chars().next().map_or(1, char::len_utf8)));
                    if !self.eat('=') {
                        continue;
                    }
                    match key {
                        "numpy" | "value" => break,
                        "path" | "name" => {
                            let rest = self.rest();
                            let length =
                                rest.find(|c: char| c.is_whitespace() || ",>".contains(c)).unwrap_or(rest.len());
                            name = Some(self.take(length));
                        }
                        _ => {}
                    }
                }
            }
        }
        self.space();
        let mut node = self.node(depth + 1)?;
        self.space();
        if !self.eat('>') {
            return self.expected(Expected::InAngle, begin, '>');
        }
        self.closed = true;
        if let Node::Number(number) = node {
            let values = vec![number.value];
            let (decimals, origin) = (number.decimals, Origin::NumPy);
            node = Node::Grid(Grid {
                shape: Vec::new(),
                values,
                decimals,
                at: begin,
                origin,
                whole: true,
                commas: None,
                lines: None,
                open: '[',
            });
        }
        if let Node::Grid(grid) = &mut node {
            grid.at = begin;
            grid.whole = true;
            grid.origin = Origin::NumPy;
        }
        let item = Item { key: name, node, at: begin };
        Ok(Node::List(List { items: vec![item], at: begin, open: '<', ragged: None }))
    }
}

/// Types whose brackets contain a literal.
fn is_type(name: &str) -> bool {
    matches!(
        name,
        "Float32"
            | "Float64"
            | "Float16"
            | "float64"
            | "float32"
            | "float"
            | "double"
            | "f32"
            | "f64"
            | "Vector"
            | "Matrix"
            | "new"
            | "vector"
    )
}

fn is_scalar(name: &str) -> bool {
    matches!(
        name,
        "float16"
            | "float32"
            | "float64"
            | "bfloat16"
            | "int8"
            | "int16"
            | "int32"
            | "int64"
            | "uint8"
            | "uint16"
            | "uint32"
            | "uint64"
            | "Float32"
            | "Float64"
            | "float"
            | "Value"
    )
}

/// Names that are called also with a blank before the bracket.
fn is_call(name: &str) -> bool {
    matches!(name, "print" | "OrderedDict" | "list" | "dict" | "tuple" | "c")
}
