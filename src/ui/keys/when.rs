//! Where keys work.

use crate::words::keys;

/// Where the keys of a row work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Everywhere except in a text field.
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
    /// In the panel that explains a wrong number.
    Finding,
    /// In the text of the learner's own network.
    Pasted,
    /// Among the questions about the learner's own network.
    Asked,
    /// In the panel that explains the model's own number.
    ModelSays,
    /// In the list of what-ifs.
    WhatIfs,
    /// While the list of what-ifs is searched.
    Search,
    /// On the bench of a training.
    Training,
    /// In the panel that explains a wrong number of a network of any shape.
    WalkFinding,
    /// In the help.
    Help,
    /// In the glossary.
    Glossary,
}

impl When {
    /// The heading in the help.
    pub fn title(self) -> String {
        match self {
            Self::Always => keys::where_always(),
            Self::Menu => keys::where_menu(),
            Self::Bench => keys::where_bench(),
            Self::Lesson => keys::where_lesson(),
            Self::Scored => keys::where_scored(),
            Self::Options => keys::where_options(),
            Self::Weights => keys::where_weights(),
            Self::Field => keys::where_field(),
            Self::Finding | Self::WalkFinding => keys::where_finding(),
            Self::ModelSays => keys::where_model_says(),
            Self::WhatIfs => keys::where_what_ifs(),
            Self::Search => keys::where_search(),
            Self::Pasted => keys::where_pasted(),
            Self::Asked => keys::where_asked(),
            Self::Glossary => keys::where_glossary(),
            Self::Training => keys::where_training(),
            Self::Help => keys::where_help(),
        }
    }
}
