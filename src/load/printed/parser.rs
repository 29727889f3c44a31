//! Brackets and wrappers to arrays, by recursive descent with a bounded depth.

use super::error::{PrintedError, Problem};
use super::scan::{Number, Scan, is_word, number};
use super::{super::found::Origin, Array};

/// How deep brackets, wrappers and groups may stand in each other.
pub(super) const MOST_DEPTH: usize = 32;

/// How many arrays a text may hold. Keeps the memory below a small multiple of the text.
const MOST_ARRAYS: usize = 65_536;

/// What may begin a value.
const A_VALUE: &str = "a number, `[` or `array(`";

/// Boxed: it travels through every level and is nearly always absent.
pub(super) type Result<T> = std::result::Result<T, Box<PrintedError>>;

/// What one value of the text turned out to be.
pub(super) enum Value {
    /// No array yet: the numbers lie at the end of `Parser::values`.
    Numbers(Numbers),
    /// Arrays, already in `Parser::arrays`.
    Arrays,
}

/// Nested numbers.
pub(super) struct Numbers {
    /// Empty for a number without brackets.
    pub(super) shape: Vec<usize>,
    pub(super) decimals: Option<u8>,
}

impl Numbers {
    fn is_scalar(&self) -> bool {
        self.shape.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.shape.contains(&0)
    }
}

/// Where a value begins: in the text, and in what was read before it.
#[derive(Clone, Copy)]
pub(super) struct Begin {
    /// Byte offset.
    pub(super) at: usize,
    line: usize,
    /// Length of `Parser::values`.
    values: usize,
    /// Length of `Parser::arrays`.
    arrays: usize,
}

/// A list while it is read.
struct List {
    begin: Begin,
    count: usize,
    /// Shape of the first item, and so of all.
    item_shape: Vec<usize>,
    decimals: Option<u8>,
    holds_arrays: bool,
}

/// Reads text from the front; what it has read waits here.
pub(super) struct Parser<'t> {
    pub(super) scan: Scan<'t>,
    arrays: Vec<Array>,
    /// Numbers of lists that are still open.
    values: Vec<f32>,
    /// Index of the current item in each open list of the current array.
    pub(super) path: Vec<usize>,
    /// Whether a `tensor(` is open.
    pub(super) in_tensor: bool,
}

pub(super) fn parse(text: &str) -> Result<Vec<Array>> {
    let scan = Scan::new(text);
    let mut parser = Parser { scan, arrays: Vec::new(), values: Vec::new(), path: Vec::new(), in_tensor: false };
    parser.text()?;
    Ok(parser.arrays)
}

impl Parser<'_> {
    pub(super) fn fail<T>(&self, problem: Problem, at: usize) -> Result<T> {
        Err(Box::new(PrintedError::new(problem, self.scan.text, at)))
    }

    pub(super) fn unexpected<T>(&self, expected: &'static str) -> Result<T> {
        self.fail(Problem::unexpected(self.scan.rest(), expected), self.scan.at)
    }

    pub(super) fn begin(&self) -> Begin {
        Begin { at: self.scan.at, line: self.scan.line, values: self.values.len(), arrays: self.arrays.len() }
    }

    /// The whole text: values, with or without a comma between them.
    fn text(&mut self) -> Result<()> {
        loop {
            self.scan.space();
            if self.scan.peek().is_none() {
                return Ok(());
            }
            self.parameter_name();
            let begin = self.begin();
            match self.value(0, false)? {
                Value::Numbers(numbers) if numbers.is_scalar() => {
                    return self.fail(Problem::LooseNumber, begin.at);
                }
                Value::Numbers(numbers) => self.bare(numbers, begin)?,
                Value::Arrays => {}
            }
            self.scan.space();
            self.scan.eat(',');
        }
    }

    /// Passes over the `0.weight` of `0.weight Parameter containing:`.
    fn parameter_name(&mut self) {
        let rest = self.scan.rest();
        let after = rest.trim_start_matches(is_word).trim_start_matches(' ');
        if after.starts_with("Parameter containing:") {
            self.scan.at += rest.len() - after.len();
        }
    }

    /// One value. `in_array`: inside `array(...)`, where an empty list counts.
    pub(super) fn value(&mut self, depth: usize, in_array: bool) -> Result<Value> {
        if depth > MOST_DEPTH {
            return self.fail(Problem::TooDeep(MOST_DEPTH), self.scan.at);
        }
        match self.scan.peek() {
            Some('[') => self.list(']', depth, in_array),
            Some('(') => self.list(')', depth, in_array),
            Some('{') => self.list('}', depth, in_array),
            Some('<') => self.variable(depth),
            Some(c) if is_word(c) => self.word(depth, in_array),
            _ => self.unexpected(A_VALUE),
        }
    }

    /// A number becomes the last of `values`.
    pub(super) fn number(&mut self, word: &str, at: usize) -> Result<Value> {
        match number(word) {
            Ok(Number { value, decimals }) => {
                self.values.push(value);
                Ok(Value::Numbers(Numbers { shape: Vec::new(), decimals }))
            }
            Err(_) if word.is_empty() => self.unexpected("a number"),
            Err(problem) => self.fail(problem, at),
        }
    }

    /// A list and everything in it, from its bracket to `close`.
    pub(super) fn list(&mut self, close: char, depth: usize, in_array: bool) -> Result<Value> {
        let begin = self.begin();
        let mut list = List { begin, count: 0, item_shape: Vec::new(), decimals: None, holds_arrays: false };
        let mut after_number = false;
        // Whether two numbers have a comma between them, once that is known.
        let mut commas = None;
        self.scan.bump();
        loop {
            self.scan.space();
            let comma_at = self.scan.at;
            let comma = list.count > 0 && self.scan.eat(',');
            self.scan.space();
            match self.scan.peek() {
                None => return self.fail(Problem::unclosed(close), begin.at),
                Some(c) if c == close => break,
                Some('\'' | '"') if close != ']' && !in_array => {
                    self.name()?;
                    continue;
                }
                Some(c) if !begins_value(c) => return self.unexpected(in_list(close)),
                Some(_) => {}
            }
            let begin = self.begin();
            self.path.push(list.count);
            let value = self.value(depth + 1, in_array)?;
            let is_number = matches!(&value, Value::Numbers(numbers) if numbers.is_scalar());
            if is_number && after_number && *commas.get_or_insert(comma) != comma {
                return if comma {
                    self.fail(Problem::CommaAdded, comma_at)
                } else {
                    self.fail(Problem::CommaMissing, begin.at)
                };
            }
            after_number = is_number;
            self.item(&mut list, value, begin)?;
            self.path.pop();
        }
        self.scan.bump();
        if list.holds_arrays {
            return Ok(Value::Arrays);
        }
        let mut shape = vec![list.count];
        shape.append(&mut list.item_shape);
        if !in_array && shape.contains(&0) {
            // Lists of empty lists are as empty as `[]`: layers without weights.
            shape = vec![0];
        }
        Ok(Value::Numbers(Numbers { shape, decimals: list.decimals }))
    }

    /// A name in a group: `'0.weight',` or `'0.weight':`.
    fn name(&mut self) -> Result<()> {
        if !self.scan.quotation() {
            return self.unexpected("a name in quotation marks");
        }
        self.scan.space();
        if !self.scan.eat(':') {
            self.scan.eat(',');
        }
        Ok(())
    }

    /// Adds an item to the list that is open.
    fn item(&mut self, list: &mut List, value: Value, begin: Begin) -> Result<()> {
        match value {
            Value::Arrays if list.holds_arrays => {}
            Value::Arrays => {
                list.holds_arrays = true;
                self.numbers_before(list, begin.arrays)?;
            }
            Value::Numbers(numbers) if list.holds_arrays => self.bare(numbers, begin)?,
            Value::Numbers(Numbers { shape, decimals }) => {
                if list.count == 0 {
                    list.item_shape = shape;
                } else if list.item_shape != shape {
                    return self.fail(Problem::ragged(&self.path, &shape, &list.item_shape), begin.at);
                }
                list.decimals = list.decimals.max(decimals);
            }
        }
        list.count += 1;
        Ok(())
    }

    /// A list turns out to hold arrays: its items so far are arrays too, and stand before
    /// those found since, which begin at `later`.
    fn numbers_before(&mut self, list: &List, later: usize) -> Result<()> {
        let size: usize = list.item_shape.iter().product();
        if list.count == 0 || size == 0 {
            return Ok(());
        }
        let later_arrays = self.arrays.split_off(later);
        // From the last to the first, because `array` takes the end of `values`.
        for item in (0..list.count).rev() {
            let numbers = Numbers { shape: list.item_shape.clone(), decimals: list.decimals };
            self.array(numbers, Begin { values: list.begin.values + item * size, ..list.begin }, Origin::Plain)?;
        }
        self.arrays[later..].reverse();
        self.arrays.extend(later_arrays);
        Ok(())
    }

    /// A nested list without `array(...)`: an array, unless it is empty.
    fn bare(&mut self, numbers: Numbers, begin: Begin) -> Result<()> {
        if numbers.is_empty() { Ok(()) } else { self.array(numbers, begin, Origin::Plain) }
    }

    /// Makes an array of all values read since `begin`.
    pub(super) fn array(&mut self, numbers: Numbers, begin: Begin, origin: Origin) -> Result<()> {
        if self.arrays.len() >= MOST_ARRAYS {
            return self.fail(Problem::TooMany(MOST_ARRAYS), begin.at);
        }
        let Numbers { shape, decimals } = numbers;
        let values = self.values.drain(begin.values..).collect();
        self.arrays.push(Array { name: None, shape, values, line: begin.line, decimals, origin });
        Ok(())
    }
}

/// Whether a value can begin with `c`.
fn begins_value(c: char) -> bool {
    is_word(c) || matches!(c, '[' | '(' | '{' | '<')
}

/// What may stand in a list that ends with `close`.
fn in_list(close: char) -> &'static str {
    match close {
        ']' => "a number, a list, an array or `]`",
        '}' => "a name, an array or `}`",
        _ => "a name, an array or `)`",
    }
}
