//! Where keys hold.

/// Where a row of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Everywhere but in a text field.
    Always,
    /// In the list of lessons.
    Menu,
    /// On the bench.
    Bench,
    /// In a lesson.
    Lesson,
    /// At the end of a lesson with points.
    Scored,
    /// Where there are options to pick from.
    Options,
    /// While weights are being changed.
    Weights,
    /// In a text field.
    Field,
    /// Where the reason for a wrong number is shown.
    Finding,
    /// In the text of one's own network.
    Pasted,
    /// Among the questions about one's own network.
    Asked,
    /// Where it is shown why the model's own number is another one.
    ModelSays,
    /// In the list of what-ifs.
    WhatIfs,
    /// While the list of what-ifs is searched.
    Search,
    /// In the help.
    Help,
    /// In the glossary.
    Glossary,
}

impl When {
    /// The heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "Anywhere",
            Self::Menu => "In the list of lessons",
            Self::Bench => "The pass",
            Self::Lesson => "In a lesson",
            Self::Scored => "At the end of a lesson with points",
            Self::Options => "With options to pick from",
            Self::Weights => "Changing weights (after e)",
            Self::Field => "Typing",
            Self::Finding => "Why your number is another (after f)",
            Self::ModelSays => "Why the model says something else (after y, model = 0.93)",
            Self::WhatIfs => "In the list of what-ifs (after w)",
            Self::Search => "Searching that list (after /)",
            Self::Pasted => "Your own network: the arrays",
            Self::Asked => "Your own network: activations and input",
            Self::Glossary => "In the glossary (after G)",
            Self::Help => "In this help",
        }
    }
}
