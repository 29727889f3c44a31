//! Python's pickles, read without running anything.
//!
//! A pickle is a program for a small machine with a stack. Here the machine knows only the instructions that PyTorch and NumPy
//! write, and a *call* makes nothing but a record of what would be called with what. What may be named at all is on a list;
//! `os.system` is not, and no name is ever looked up.

mod machine;

use std::rc::Rc;

use super::FileError;
pub(super) use machine::load;

/// A value of a pickle. Compound ones are kept apart, in a [`Heap`], because pickles may contain themselves.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    /// A name, `module.name`, that is on the list.
    Global(Rc<str>),
    /// A place in the heap.
    At(usize),
}

/// A compound value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Tuple(Vec<Value>),
    List(Vec<Value>),
    Dict(Vec<(Value, Value)>),
    /// What a call would have made: what was called, with what, and the state and items that were given to it.
    Called {
        function: Value,
        arguments: Value,
        state: Value,
        items: Vec<(Value, Value)>,
    },
    /// A reference to something outside of the pickle.
    Outside(Value),
}

/// The compound values of a pickle.
#[derive(Debug, Default)]
pub(super) struct Heap {
    objects: Vec<Object>,
}

impl Heap {
    fn add(&mut self, object: Object) -> Value {
        self.objects.push(object);
        Value::At(self.objects.len() - 1)
    }

    pub(super) fn objects(&self) -> &[Object] {
        &self.objects
    }

    pub(super) fn object(&self, value: &Value) -> Option<&Object> {
        match value {
            Value::At(place) => self.objects.get(*place),
            _ => None,
        }
    }

    /// The values of a tuple or list.
    pub(super) fn list(&self, value: &Value) -> Option<&[Value]> {
        match self.object(value)? {
            Object::Tuple(values) | Object::List(values) => Some(values),
            _ => None,
        }
    }

    /// The whole numbers of a tuple or list.
    pub(super) fn integers(&self, value: &Value) -> Option<Vec<i64>> {
        let list = self.list(value).or_else(|| match self.called(value)? {
            ("torch.Size", arguments) => self.list(self.list(arguments)?.first()?),
            _ => None,
        })?;
        list.iter().map(Value::integer).collect()
    }

    /// The entries of a dictionary or an `OrderedDict`.
    pub(super) fn entries(&self, value: &Value) -> Option<&[(Value, Value)]> {
        match self.object(value)? {
            Object::Dict(entries) => Some(entries),
            Object::Called { function: Value::Global(name), items, .. } if &**name == "collections.OrderedDict" => {
                Some(items)
            }
            _ => None,
        }
    }

    /// The entry of a dictionary under a name.
    pub(super) fn entry(&self, value: &Value, name: &str) -> Option<&Value> {
        let entries = self.entries(value)?;
        entries.iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
    }

    /// What was called, and with what.
    pub(super) fn called(&self, value: &Value) -> Option<(&str, &Value)> {
        match self.object(value)? {
            Object::Called { function: Value::Global(name), arguments, .. } => Some((name, arguments)),
            _ => None,
        }
    }

    /// The state that was given to an object.
    pub(super) fn state(&self, value: &Value) -> Option<&Value> {
        match self.object(value)? {
            Object::Called { state, .. } => Some(state),
            _ => None,
        }
    }
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Bool(flag) => Some(i64::from(*flag)),
            _ => None,
        }
    }
}

/// Names that may stand in a pickle. None of them is called; each is a word that a reader of this crate understands.
const NAMES: &[&str] = &[
    "collections.OrderedDict",
    "builtins.set",
    "__builtin__.set",
    "_codecs.encode",
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_parameter",
    "torch.FloatStorage",
    "torch.DoubleStorage",
    "torch.HalfStorage",
    "torch.BFloat16Storage",
    "torch.LongStorage",
    "torch.IntStorage",
    "torch.ShortStorage",
    "torch.CharStorage",
    "torch.ByteStorage",
    "torch.BoolStorage",
    "torch.Size",
    "torch.device",
    "numpy.ndarray",
    "numpy.dtype",
    "numpy.core.multiarray._reconstruct",
    "numpy._core.multiarray._reconstruct",
    "numpy.core.multiarray.scalar",
    "numpy._core.multiarray.scalar",
];

/// Classes whose objects may stand in a pickle of a whole module.
const MODULES: &str = "torch.nn.modules.";

fn known(name: &str) -> bool {
    let module = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    NAMES.contains(&name) || name.strip_prefix(MODULES).is_some_and(module)
}

fn refused(what: String) -> FileError {
    FileError::Pickle { what }
}
