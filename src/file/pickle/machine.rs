//! The machine: instructions of a pickle, one after the other.

use std::{collections::BTreeMap, rc::Rc};

use super::{Heap, Object, Value, known, refused};
use crate::{file::FileError, words::formats};

/// Values at a time, at most, in the stack and in compound values together. A hostile pickle doubles with each instruction.
const MOST_VALUES: usize = 500_000;

struct Machine<'b> {
    bytes: &'b [u8],
    at: usize,
    heap: Heap,
    stack: Vec<Value>,
    marks: Vec<usize>,
    memo: BTreeMap<usize, Value>,
}

/// Reads one pickle. Gives its value, and how many bytes it takes.
pub(in crate::file) fn load(bytes: &[u8], heap: Heap) -> Result<(Value, Heap, usize), FileError> {
    let (stack, marks, memo) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut machine = Machine { bytes, at: 0, heap, stack, marks, memo };
    let mut values = 0_usize;
    loop {
        let before = machine.at;
        let opcode = machine.take(1)?[0];
        if opcode == b'.' {
            let value = machine.pop()?;
            return Ok((value, machine.heap, machine.at));
        }
        machine.step(opcode, before)?;
        values += 1;
        if values > MOST_VALUES {
            return Err(damaged(before, formats::more_than(MOST_VALUES)));
        }
    }
}

fn damaged(at: usize, why: String) -> FileError {
    FileError::Damaged { format: formats::pickle(), place: formats::at_byte(at), why }
}

impl<'b> Machine<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], FileError> {
        let part = self.at.checked_add(length).and_then(|end| self.bytes.get(self.at..end));
        let part = part.ok_or_else(|| damaged(self.at, formats::past_the_end()))?;
        self.at += length;
        Ok(part)
    }

    /// An unsigned number of so many bytes, little endian.
    fn number(&mut self, length: usize) -> Result<usize, FileError> {
        let bytes = self.take(length)?;
        Ok(bytes.iter().rev().fold(0_usize, |number, &byte| (number << 8) | usize::from(byte)))
    }

    fn line(&mut self) -> Result<String, FileError> {
        let rest = &self.bytes[self.at..];
        let end =
            rest.iter().position(|&byte| byte == b'\n').ok_or_else(|| damaged(self.at, formats::past_the_end()))?;
        let line = String::from_utf8_lossy(&rest[..end]).into_owned();
        self.at += end + 1;
        Ok(line)
    }

    fn pop(&mut self) -> Result<Value, FileError> {
        let lowest = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() <= lowest {
            return Err(damaged(self.at, formats::stack_empty()));
        }
        self.stack.pop().ok_or_else(|| damaged(self.at, formats::stack_empty()))
    }

    /// Everything above the last mark.
    fn above_mark(&mut self) -> Result<Vec<Value>, FileError> {
        let mark = self.marks.pop().ok_or_else(|| damaged(self.at, formats::stack_empty()))?;
        if mark > self.stack.len() {
            return Err(damaged(self.at, formats::stack_empty()));
        }
        Ok(self.stack.split_off(mark))
    }

    fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    fn push_object(&mut self, object: Object) {
        let value = self.heap.add(object);
        self.stack.push(value);
    }

    fn text(&mut self, length: usize) -> Result<(), FileError> {
        let text = String::from_utf8_lossy(self.take(length)?);
        self.push(Value::Text(Rc::from(text.as_ref())));
        Ok(())
    }

    fn bytes(&mut self, length: usize) -> Result<(), FileError> {
        let bytes = Rc::from(self.take(length)?);
        self.push(Value::Bytes(bytes));
        Ok(())
    }

    fn global(&mut self, module: &str, name: &str) -> Result<(), FileError> {
        let name = format!("{module}.{name}");
        if !known(&name) {
            return Err(refused(name));
        }
        self.push(Value::Global(Rc::from(name)));
        Ok(())
    }

    fn top(&mut self) -> Result<&mut Object, FileError> {
        let damaged = damaged(self.at, formats::stack_empty());
        match self.stack.last() {
            Some(Value::At(place)) => self.heap.objects.get_mut(*place).ok_or(damaged),
            _ => Err(damaged),
        }
    }

    fn append(&mut self, values: Vec<Value>) -> Result<(), FileError> {
        let at = self.at;
        match self.top()? {
            Object::List(list) => list.extend(values),
            // A set is a call with a list of its members, which nobody asks for.
            Object::Called { .. } => {}
            _ => return Err(damaged(at, formats::stack_empty())),
        }
        Ok(())
    }

    fn set(&mut self, values: Vec<Value>) -> Result<(), FileError> {
        let at = self.at;
        let mut values = values.into_iter();
        let pairs = std::iter::from_fn(|| Some((values.next()?, values.next()?)));
        match self.top()? {
            Object::Dict(entries) | Object::Called { items: entries, .. } => entries.extend(pairs),
            _ => return Err(damaged(at, formats::stack_empty())),
        }
        Ok(())
    }

    fn call(&mut self) -> Result<(), FileError> {
        let (arguments, function) = (self.pop()?, self.pop()?);
        if !matches!(function, Value::Global(_)) {
            return Err(damaged(self.at, formats::no_call()));
        }
        self.push_object(Object::Called { function, arguments, state: Value::None, items: Vec::new() });
        Ok(())
    }

    fn build(&mut self) -> Result<(), FileError> {
        let given = self.pop()?;
        let at = self.at;
        match self.top()? {
            Object::Called { state, .. } => *state = given,
            _ => return Err(damaged(at, formats::no_call())),
        }
        Ok(())
    }

    fn tuple(&mut self, length: usize) -> Result<(), FileError> {
        let mut values = Vec::with_capacity(length);
        for _ in 0..length {
            values.push(self.pop()?);
        }
        values.reverse();
        self.push_object(Object::Tuple(values));
        Ok(())
    }

    fn keep(&mut self, place: usize) -> Result<(), FileError> {
        let value = self.stack.last().cloned().ok_or_else(|| damaged(self.at, formats::stack_empty()))?;
        self.memo.insert(place, value);
        Ok(())
    }

    fn recall(&mut self, place: usize) -> Result<(), FileError> {
        let value = self.memo.get(&place).cloned().ok_or_else(|| damaged(self.at, formats::not_there()))?;
        self.push(value);
        Ok(())
    }

    fn step(&mut self, opcode: u8, before: usize) -> Result<(), FileError> {
        match opcode {
            0x80 => drop(self.take(1)?),
            0x95 => drop(self.take(8)?),
            b'(' => self.marks.push(self.stack.len()),
            b'0' => drop(self.pop()?),
            b'1' => drop(self.above_mark()?),
            b'2' => {
                let top = self.stack.last().cloned().ok_or_else(|| damaged(before, formats::stack_empty()))?;
                self.push(top);
            }
            b'N' => self.push(Value::None),
            0x88 => self.push(Value::Bool(true)),
            0x89 => self.push(Value::Bool(false)),
            b'J' => {
                let number = self.number(4)? as u32;
                self.push(Value::Int(i64::from(number.cast_signed())));
            }
            b'K' | b'M' => {
                let number = self.number(if opcode == b'K' { 1 } else { 2 })?;
                self.push(Value::Int(number as i64));
            }
            0x8a => {
                let length = self.number(1)?;
                let bytes = self.take(length)?;
                // Longer ones, such as PyTorch's magic number, do not matter.
                let sign = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
                let mut wide = if sign { [0xff; 8] } else { [0; 8] };
                wide.iter_mut().zip(bytes).for_each(|(wide, byte)| *wide = *byte);
                self.push(Value::Int(i64::from_le_bytes(wide)));
            }
            b'G' => {
                let bytes = self.take(8)?;
                let number = bytes.first_chunk::<8>().map_or(f64::NAN, |bytes| f64::from_be_bytes(*bytes));
                self.push(Value::Float(number));
            }
            b'U' | 0x8c => {
                let length = self.number(1)?;
                self.text(length)?;
            }
            b'T' | b'X' => {
                let length = self.number(4)?;
                self.text(length)?;
            }
            0x8d => {
                let length = self.number(8)?;
                self.text(length)?;
            }
            b'C' => {
                let length = self.number(1)?;
                self.bytes(length)?;
            }
            b'B' => {
                let length = self.number(4)?;
                self.bytes(length)?;
            }
            0x8e | 0x96 => {
                let length = self.number(8)?;
                self.bytes(length)?;
            }
            b')' => self.push_object(Object::Tuple(Vec::new())),
            b't' => {
                let values = self.above_mark()?;
                self.push_object(Object::Tuple(values));
            }
            0x85..=0x87 => self.tuple(usize::from(opcode - 0x84))?,
            b']' | 0x8f => self.push_object(Object::List(Vec::new())),
            b'l' => {
                let values = self.above_mark()?;
                self.push_object(Object::List(values));
            }
            b'a' => {
                let value = self.pop()?;
                self.append(vec![value])?;
            }
            b'e' | 0x90 => {
                let values = self.above_mark()?;
                self.append(values)?;
            }
            b'}' => self.push_object(Object::Dict(Vec::new())),
            b's' => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.set(vec![key, value])?;
            }
            b'u' => {
                let values = self.above_mark()?;
                self.set(values)?;
            }
            b'q' | b'r' => {
                let place = self.number(if opcode == b'q' { 1 } else { 4 })?;
                self.keep(place)?;
            }
            0x94 => self.keep(self.memo.len())?,
            b'h' | b'j' => {
                let place = self.number(if opcode == b'h' { 1 } else { 4 })?;
                self.recall(place)?;
            }
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.global(&module, &name)?;
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                match (module.text(), name.text()) {
                    (Some(module), Some(name)) => self.global(module, name)?,
                    _ => return Err(damaged(before, formats::no_call())),
                }
            }
            b'R' | 0x81 => self.call()?,
            b'b' => self.build()?,
            b'Q' => {
                let outside = self.pop()?;
                self.push_object(Object::Outside(outside));
            }
            other => return Err(refused(formats::instruction(before, format!("0x{other:02x}")))),
        }
        Ok(())
    }
}
