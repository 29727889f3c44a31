//! The pictures that a lesson can ask for.

use std::{fmt, str::FromStr};

use super::SettingError;

/// Which picture the bench shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Units and edges.
    Network,
    /// Kernels as matrices.
    Matrix,
    /// The learned function (one input) or the decision map (two).
    Plot,
    /// The activation's curve.
    Curve,
    /// Contributions to a sum.
    Bars,
    /// The right values beside those with what-ifs.
    Compare,
}

impl View {
    /// Every view, in the order in which the screen shows them.
    pub const ALL: [Self; 6] = [Self::Network, Self::Matrix, Self::Plot, Self::Curve, Self::Bars, Self::Compare];

    /// Its name in a lesson.
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Matrix => "matrix",
            Self::Plot => "plot",
            Self::Curve => "curve",
            Self::Bars => "bars",
            Self::Compare => "compare",
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for View {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        Self::ALL
            .into_iter()
            .find(|view| view.name() == text)
            .ok_or_else(|| SettingError::View { text: text.to_owned(), known: Self::ALL.map(Self::name).join(", ") })
    }
}
