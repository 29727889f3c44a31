//! The messages that the app takes, and the effects that it returns.

use super::{
    bench::Pane,
    field::{Edit, FieldOf},
};
use crate::pass::Stride;

/// One thing to do. Keys, the mouse and the clock all become one of these.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The screen has this many columns and rows.
    Resize(u16, u16),
    /// The time for the next frame has come.
    Frame,
    /// One stride on.
    Forward(Stride),
    /// One stride back.
    Backward(Stride),
    /// To the beginning of the pass.
    ToStart,
    /// To the end of the pass.
    ToEnd,
    /// To this position.
    Scrub(usize),
    /// So many twentieths of the pass on, or back.
    ScrubBy(isize),
    /// To where this unit is computed.
    GoToUnit {
        /// The layer.
        layer: usize,
        /// The unit.
        unit: usize,
    },
    /// Plays, or stops playing.
    Play,
    /// Faster (1) or slower (-1).
    ChangeSpeed(isize),
    /// Play by actions, units or layers.
    NextStride,
    /// Leaves the layer's activation out, or puts it back.
    ToggleActivation,
    /// Leaves the layer's bias out, or puts it back.
    ToggleBias,
    /// Opens the list of what-ifs.
    OpenWhatIfs,
    /// Explains the learner's own number.
    OpenFinding,
    /// Plays the right pass and the learner's side by side, from the first difference.
    PlayBoth,
    /// Shows the input at which the learner's way gives nonsense.
    Contradict,
    /// Sets the input that separates the explanations.
    TryNext,
    /// Opens the lesson that teaches the right way.
    OpenLesson,
    /// Puts the cursor into a field.
    Focus(FieldOf),
    /// Moves among the weights.
    EditWeights,
    /// Starts or ends the cell at the cursor.
    EditCell,
    /// Moves the cursor among the weights: rows, columns.
    MoveCell(isize, isize),
    /// To the weights of the layer before (-1) or after (1).
    MoveLayer(isize),
    /// Puts the cursor on a weight: row, column.
    GoToCell(usize, usize),
    /// Adds so many hundredths to the weight at the cursor.
    Nudge(i32),
    /// Begins to type a new weight with this character.
    TypeCell(char),
    /// The next pane or picture.
    NextPane,
    /// The one before.
    PreviousPane,
    /// This pane.
    Show(Pane),
    /// Four digits, eight, exact.
    NextDigits,
    /// Takes the last change back.
    Undo,
    /// Redoes it.
    Redo,
    /// The posted weights and the first input.
    Posted,
    /// Animation on or off.
    ToggleMotion,
    /// Mouse reports on or off.
    ToggleMouse,
    /// The next hint.
    Hint,
    /// The next step of the lesson.
    NextStep,
    /// The step before.
    PreviousStep,
    /// Does what the step asks: answer, play, go on.
    Enter,
    /// Moves the selection by so many.
    Select(isize),
    /// Picks this option.
    Pick(usize),
    /// Scrolls the lesson or the help by so many lines.
    Scroll(isize),
    /// Copies the value that was computed last to the clipboard.
    CopyValue,
    /// Copies the worked solution to the clipboard.
    CopySolution,
    /// Opens or closes the help.
    Help,
    /// Opens or closes the glossary.
    Glossary,
    /// Closes what is open, or goes back.
    Back,
    /// Ends the program.
    Quit,
    /// Stops the job.
    Suspend,
    /// Types into the field.
    Edit(Edit),
    /// Chooses other bugs for the hunts of the lesson.
    HuntAgain,
    /// A digit of a lesson's number, in the list of lessons.
    Digit(usize),
    /// Opens the field that searches the list of what-ifs.
    Search,
    /// Moves among the learner's own numbers, in the panel that explains them.
    SelectNumber(isize),
    /// Deletes the learner's number at the cursor.
    DeleteNumber,
    /// Counts the learner's numbers for other inputs too, or sets them aside.
    CountOtherInputs,
    /// A character that is no part of a number was typed into a field for numbers.
    NotANumber(char),
    /// Opens the page for the learner's own network.
    BringOwn,
    /// The next (1) or the previous (-1) answer to a question with few answers.
    Turn(isize),
    /// Keeps the network that is on the bench.
    Keep,
    /// So many steps of the training on or back.
    OtherStep(isize),
    /// So many epochs of the training on or back.
    OtherEpoch(isize),
    /// The shell has read a file, or says why not.
    FileRead(Result<FileText, String>),
    /// The shell has kept a network under this name, or says why not.
    Kept(Result<String, String>),
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// The name of a network that came from it.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl Msg {
    /// Whether it would show the answer to a guess.
    pub(super) fn looks_ahead(&self) -> bool {
        matches!(
            self,
            Self::Forward(_)
                | Self::Play
                | Self::Scrub(_)
                | Self::ScrubBy(_)
                | Self::ToEnd
                | Self::GoToUnit { .. }
                | Self::ToggleActivation
                | Self::ToggleBias
                | Self::OpenWhatIfs
                | Self::EditWeights
                | Self::Focus(FieldOf::Input)
                | Self::Posted
                | Self::CopySolution
        )
    }
}

/// What the app asks of the shell after a message.
#[must_use = "the shell does what this says"]
#[allow(clippy::struct_excessive_bools)] // independent wishes, not a state
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effects {
    /// The picture has changed.
    pub redraw: bool,
    /// End the program.
    pub quit: bool,
    /// Stop the job.
    pub suspend: bool,
    /// Keep the progress.
    pub save: bool,
    /// Do what [`App::take_wanted`](super::App::take_wanted) says.
    pub want: bool,
}

/// Something that only the shell can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Read the file of this name, and answer with [`Msg::FileRead`].
    Read(String),
    /// Read the network that was kept under this name, and answer with [`Msg::FileRead`].
    ReadKept(String),
    /// Copy this text to the clipboard.
    Copy(String),
    /// Copy the worked solution of the pass on the bench.
    CopySolution,
    /// Keep a network, and answer with [`Msg::Kept`].
    Keep {
        /// Its name.
        name: String,
        /// What is to be written.
        text: String,
    },
}

impl Effects {
    /// Nothing to do.
    pub const NONE: Self = Self { redraw: false, quit: false, suspend: false, save: false, want: false };
    /// Draw.
    pub const REDRAW: Self = Self { redraw: true, ..Self::NONE };
    /// Draw, and do what the effects ask.
    pub(super) const WANT: Self = Self { want: true, ..Self::REDRAW };
    /// Draw and keep the progress.
    pub const SAVE: Self = Self { save: true, ..Self::REDRAW };
}
