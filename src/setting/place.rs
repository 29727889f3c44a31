//! A position in a pass, by name.

use std::{fmt, str::FromStr};

use super::SettingError;
use crate::{
    course::Watch,
    pass::{Address, AddressError, Pass, Source, Stride},
};

/// A place in a pass. The number of steps up to it depends on the pass: what-ifs leave steps out and put steps in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Place {
    /// Nothing is done.
    #[default]
    Start,
    /// All is done.
    End,
    /// This value was just found; without an index, the last of the list.
    After(Address),
}

impl Place {
    /// How many steps of `pass` are done here.
    ///
    /// # Errors
    /// [`SettingError`] if the pass has no such value, or finds it in no step because it is a weight.
    pub fn steps(&self, pass: &Pass) -> Result<usize, SettingError> {
        let address = match self {
            Self::Start => return Ok(0),
            Self::End => return Ok(pass.steps()),
            Self::After(address) => address,
        };
        let place = address.resolve(pass.network())?;
        let no_value = || AddressError::NoValue { address: address.to_string() };
        match place.source {
            Source::Input => Ok(0),
            Source::Kernel(_) | Source::Bias(_) | Source::List(..) => {
                Err(SettingError::NotInPass { address: address.to_string() })
            }
            Source::Stage(layer, stage) => {
                let last = match place.index {
                    Some(index) => index,
                    None => pass.get(address)?.len().checked_sub(1).ok_or_else(no_value)?,
                };
                Ok(pass.known_after(layer, stage, last).ok_or_else(no_value)?)
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("start"),
            Self::End => f.write_str("end"),
            Self::After(address) => address.fmt(f),
        }
    }
}

impl FromStr for Place {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        Ok(match text {
            "start" => Self::Start,
            "end" => Self::End,
            address => Self::After(address.parse()?),
        })
    }
}

/// The stretch of `pass` that is to be watched: the position before, the position after, and the stride.
///
/// # Errors
/// [`SettingError`] for places that the pass does not have, an end that does not come after the beginning, and an unknown
/// stride.
pub fn stretch(pass: &Pass, watch: &Watch) -> Result<(usize, usize, Stride), SettingError> {
    let position = |at: &str| at.parse::<Place>()?.steps(pass);
    let (start, end) = (position(&watch.from)?, position(&watch.to)?);
    let stride = match watch.stride.as_deref() {
        None | Some("action") => Stride::Action,
        Some("unit") => Stride::Unit,
        Some("layer") => Stride::Layer,
        Some(text) => return Err(SettingError::Stride { text: text.to_owned() }),
    };
    if start < end {
        return Ok((start, end, stride));
    }
    Err(SettingError::Backwards { from: watch.from.clone(), start, to: watch.to.clone(), end })
}
