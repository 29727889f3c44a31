//! What stands around lists: `array(...)`, `tensor(...)`, `<tf.Variable ...>`, `np.float32(...)`.

use super::super::found::Origin;
use super::error::{Problem, tuple};
use super::parser::{MOST_DEPTH, Parser, Result, Value};
use super::scan::{is_ellipsis, is_word};

/// What a word in front of a value means.
enum Wrapper {
    /// `array(value, dtype=float32)`.
    Array,
    /// `tensor(value, requires_grad=True)`: the same, printed by `PyTorch`.
    Tensor,
    /// `OrderedDict([...])`.
    Group,
    /// `np.float32(0.5)`.
    Scalar,
}

impl Wrapper {
    fn of(word: &str) -> Option<Self> {
        let (module, name) = word.rsplit_once('.').unwrap_or(("", word));
        if !matches!(module, "" | "np" | "numpy" | "jnp" | "jax.numpy" | "tf" | "torch") {
            return None;
        }
        match name {
            "array" | "Array" | "Tensor" => Some(Self::Array),
            "tensor" => Some(Self::Tensor),
            "OrderedDict" | "dict" | "list" | "tuple" => Some(Self::Group),
            "float16" | "float32" | "float64" | "bfloat16" | "int8" | "int16" | "int32" | "int64" | "uint8"
            | "uint16" | "uint32" | "uint64" => Some(Self::Scalar),
            _ => None,
        }
    }
}

impl Parser<'_> {
    /// A number, or a word with what it introduces.
    pub(super) fn word(&mut self, depth: usize, in_array: bool) -> Result<Value> {
        let begin = self.begin();
        let word = self.scan.word();
        if is_ellipsis(word) {
            let problem = if self.in_tensor { Problem::CutShortTensor } else { Problem::CutShort };
            return self.fail(problem, begin.at);
        }
        if word == "Parameter" && self.scan.rest().starts_with(" containing:") {
            self.scan.at += " containing:".len();
            self.scan.space();
            return self.value(depth + 1, in_array);
        }
        let Some(wrapper) = Wrapper::of(word) else {
            return self.number(word, begin.at);
        };
        self.scan.space();
        let open = self.scan.at;
        if self.scan.peek() != Some('(') {
            return self.unexpected("`(`");
        }
        if matches!(wrapper, Wrapper::Group) {
            return self.list(')', depth + 1, in_array);
        }
        self.scan.bump();
        self.scan.space();
        if matches!(wrapper, Wrapper::Scalar) {
            let at = self.scan.at;
            let word = self.scan.word();
            let value = self.number(word, at)?;
            self.close(')', open, "`)`")?;
            return Ok(value);
        }
        let outer = self.in_tensor;
        self.in_tensor |= matches!(wrapper, Wrapper::Tensor);
        let value = self.array_value(depth)?;
        let is_tensor = std::mem::replace(&mut self.in_tensor, outer);
        let origin = if is_tensor { Origin::Torch } else { Origin::NumPy };

        let stated = self.arguments(open)?;
        let Value::Numbers(mut numbers) = value else {
            return Ok(Value::Arrays);
        };
        if let Some(stated) = stated.filter(|stated| *stated != numbers.shape) {
            // An empty array shows one pair of brackets, whatever its shape.
            if numbers.shape != [0] || !stated.contains(&0) {
                let (stated, found) = (tuple(&stated), tuple(&numbers.shape));
                return self.fail(Problem::ShapeDisagrees { stated, found }, begin.at);
            }
            numbers.shape = stated;
        }
        self.array(numbers, begin, origin)?;
        Ok(Value::Arrays)
    }

    /// The nested list of one array. Its rows are counted from the array's own beginning.
    fn array_value(&mut self, depth: usize) -> Result<Value> {
        let path = std::mem::take(&mut self.path);
        let value = self.value(depth + 1, true)?;
        self.path = path;
        Ok(value)
    }

    /// `<tf.Variable 'name' shape=(1,) dtype=float32, numpy=value>` or `<Variable path=name, ... value=value>`.
    pub(super) fn variable(&mut self, depth: usize) -> Result<Value> {
        let begin = self.begin();
        loop {
            match self.scan.peek() {
                None => return self.fail(Problem::unclosed('>'), begin.at),
                Some('>') => return self.fail(Problem::WithoutValues, begin.at),
                Some('\'' | '"') if self.scan.quotation() => {}
                Some(c) if is_word(c) => {
                    let word = self.scan.word();
                    if matches!(word, "numpy" | "value") && self.scan.eat('=') {
                        break;
                    }
                }
                Some(_) => self.scan.bump(),
            }
        }
        self.scan.space();
        let value = self.array_value(depth)?;
        self.close('>', begin.at, "`>`")?;
        if let Value::Numbers(numbers) = value {
            self.array(numbers, begin, Origin::NumPy)?;
        }
        Ok(Value::Arrays)
    }

    /// The end of `array(value`: keyword arguments and `)`. The shape, if one is stated.
    fn arguments(&mut self, open: usize) -> Result<Option<Vec<usize>>> {
        let mut stated = None;
        loop {
            self.scan.space();
            let comma = self.scan.eat(',');
            self.scan.space();
            if !comma || self.scan.peek() == Some(')') {
                self.close(')', open, "`,` or `)`")?;
                return Ok(stated);
            }
            let at = self.scan.at;
            match self.scan.word() {
                "shape" | "size" if self.scan.eat('=') => stated = Some(self.shape()?),
                "dtype" | "device" | "requires_grad" | "grad_fn" | "weak_type" if self.scan.eat('=') => {
                    self.argument()?;
                }
                _ => {
                    self.scan.at = at;
                    return self.unexpected("`dtype=`, `shape=` or `)`");
                }
            }
        }
    }

    /// `(64, 32)`, and `[64, 32]` as `PyTorch` writes it.
    fn shape(&mut self) -> Result<Vec<usize>> {
        const EXPECTED: &str = "a shape such as `(64, 32)`";
        let mut shape = Vec::new();
        if !self.scan.eat('(') && !self.scan.eat('[') {
            return self.unexpected(EXPECTED);
        }
        loop {
            self.scan.space();
            if self.scan.eat(')') || self.scan.eat(']') {
                return Ok(shape);
            }
            let at = self.scan.at;
            match self.scan.word().parse() {
                Ok(length) if shape.len() < MOST_DEPTH => shape.push(length),
                _ => {
                    self.scan.at = at;
                    return self.unexpected(EXPECTED);
                }
            }
            self.scan.space();
            self.scan.eat(',');
        }
    }

    /// The value of a keyword argument that does not matter: `float32`, `'cuda:0'`, `<AddBackward0>`.
    fn argument(&mut self) -> Result<()> {
        if self.scan.quotation() || !self.scan.word().is_empty() {
            return Ok(());
        }
        if self.scan.eat('<') {
            self.scan.word();
            return self.close('>', self.scan.at, "`>`");
        }
        self.unexpected("a type such as `float32`")
    }

    /// Passes over `bracket`, which closes what was opened at `open`.
    fn close(&mut self, bracket: char, open: usize, expected: &'static str) -> Result<()> {
        self.scan.space();
        if self.scan.eat(bracket) {
            return Ok(());
        }
        if self.scan.peek().is_none() {
            return self.fail(Problem::unclosed(bracket), open);
        }
        self.unexpected(expected)
    }
}
