//! How far a text is scrolled.

/// How far a text is scrolled: so many lines from its top, or from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// Lines hidden above.
    Top(usize),
    /// Lines hidden below.
    End(usize),
}

impl Scroll {
    /// Scrolls by so many lines.
    #[must_use]
    pub fn by(self, lines: isize) -> Self {
        const MOST: usize = 200;
        match self {
            Self::Top(hidden) => Self::Top(hidden.saturating_add_signed(lines).min(MOST)),
            Self::End(hidden) => Self::End(hidden.saturating_add_signed(-lines).min(MOST)),
        }
    }

    /// Lines hidden above, where `most` can be.
    pub fn above(self, most: usize) -> usize {
        match self {
            Self::Top(hidden) => hidden.min(most),
            Self::End(hidden) => most.saturating_sub(hidden),
        }
    }
}
