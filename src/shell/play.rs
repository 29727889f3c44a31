//! The interactive session: the app on the event loop, with its progress file and its colours.

use std::{env, io, path::PathBuf, process::ExitCode, time::Duration};

use ratatui::Frame;
use supports_color::Stream;
use thiserror::Error;

use super::{
    background::Luminance,
    event_loop::{Control, Program},
    input::Input,
    kept_networks::{self, KeptNetworks},
    language, plain_session,
    progress_file::{AT_THE_END, IN_PASSING, ProgressError, ProgressFile},
    session::{self, Options, ShellError},
};
use crate::{
    app::{self, App, Effects, Msg, Wanted, field::Edit, walk_bench::WalkBench},
    course::{Course, Fault, Folder},
    explain::{Sheet, Solution, beside, text},
    load::Model,
    ui::{
        self,
        theme::{Background, ColorLevel, Theme},
    },
    words::{self, notice},
};

/// What the session begins with.
#[derive(Debug, Clone)]
pub enum Start {
    /// The course: where the learner was.
    Course,
    /// One lesson, by its place in the course, from 0.
    Lesson(usize),
    /// The page on which the learner brings a network of their own.
    Own,
    /// The bench with a network of any shape, or with a training.
    Walk(Box<WalkBench>),
    /// The bench with a model.
    Model {
        /// The model.
        model: Box<Model>,
        /// The first input; has the model's length.
        input: Option<Vec<f32>>,
    },
}

/// How the session looks and where it keeps things.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is an option of its own
pub struct PlayOptions {
    /// Where the lessons come from.
    pub lessons: Folder,
    /// The file that progress is kept in; `None` for the usual place.
    pub progress: Option<PathBuf>,
    /// `None`: find out.
    pub background: Option<Luminance>,
    /// Nothing moves smoothly.
    pub reduced_motion: bool,
    /// Only ASCII characters.
    pub ascii: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// A lesson as text, without a screen.
    pub plain: bool,
}

/// Why a session cannot begin or continue.
#[derive(Debug, Error)]
pub enum PlayError {
    /// The terminal.
    #[error(transparent)]
    Shell(#[from] ShellError),
    /// The course cannot be read.
    #[error("{}", words::session::course_unreadable(.0))]
    Course(Fault),
    /// A lesson or a model cannot be shown.
    #[error("{0}")]
    Cannot(String),
}

impl PlayError {
    /// The exit code for this error.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Shell(error) => error.exit_code(),
            _ => 2,
        }
    }
}

/// Plays a session until the learner leaves it.
///
/// # Errors
/// [`PlayError`] if the course, the lesson, the model or the terminal cannot be used.
pub fn play(start: Start, options: PlayOptions) -> Result<ExitCode, PlayError> {
    let course = Course::read(&options.lessons, language::of_lessons()).map_err(PlayError::Course)?;
    let file = ProgressFile::at(options.progress);
    let (progress, notice) = file.read();
    let mut app = App::new(course, options.lessons, language::of_lessons(), progress);
    app.unsaved = notice.as_ref().is_some_and(ProgressError::lasts);
    app.notice = notice.as_ref().map(ToString::to_string);
    app.motion = !options.reduced_motion;
    app.mouse = options.mouse;
    app.seed = fastrand::u32(..);
    let kept = KeptNetworks::beside(file.path());
    app.kept = kept.names();
    let is_lesson = matches!(start, Start::Course | Start::Lesson(_));
    begin(&mut app, start)?;
    if is_lesson && plain_session::is_wanted(options.plain) {
        if !matches!(app.screen, app::Screen::Lesson(..)) {
            app.open_lesson(0).map_err(PlayError::Cannot)?;
        }
        let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
        plain_session::run(&mut app, &file, &mut input, &mut out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let ascii = options.ascii || is_ascii_terminal();
    let level = color_level();
    let background = options.background.map_or_else(background_from_environment, background_of);
    let mut session = Session {
        mouse: !app.mouse,
        app,
        file,
        kept,
        unsaved: notice.filter(ProgressError::lasts),
        theme: Theme::new(level, background, ascii),
        asks: options.background.is_none(),
        typing: false,
        copied: None,
    };
    let environment = Options::from_environment();
    let asks = environment.ask_background && options.background.is_none();
    session::run(&mut session, Options { ask_background: asks })?;
    // The screen is gone, and with it every word about this.
    if let Some(why) = session.unsaved {
        super::command::complain(&why.to_string());
    }
    Ok(ExitCode::SUCCESS)
}

fn begin(app: &mut App, start: Start) -> Result<(), PlayError> {
    match start {
        Start::Course => {
            app.go_on();
            Ok(())
        }
        Start::Lesson(number) => app.open_lesson(number).map_err(PlayError::Cannot),
        Start::Own => {
            let _ = app.bring_own();
            Ok(())
        }
        Start::Walk(bench) => {
            app.open_walk(*bench);
            Ok(())
        }
        Start::Model { model, input } => app.open_model(*model, input).map_err(PlayError::Cannot),
    }
}

pub(super) fn color_level() -> ColorLevel {
    match supports_color::on(Stream::Stdout) {
        None => ColorLevel::None,
        Some(level) if level.has_16m => ColorLevel::True,
        Some(level) if level.has_256 => ColorLevel::TwoFiftySix,
        Some(_) => ColorLevel::Sixteen,
    }
}

fn background_of(luminance: Luminance) -> Background {
    match luminance {
        Luminance::Light => Background::Light,
        Luminance::Dark => Background::Dark,
    }
}

/// What rxvt and its kin say (`COLORFGBG=15;0`); dark where nobody says anything, until the terminal answers.
fn background_from_environment() -> Background {
    let variable = env::var("COLORFGBG").unwrap_or_default();
    match variable.rsplit(';').next().and_then(|color| color.parse::<u8>().ok()) {
        Some(7 | 9..=15) => Background::Light,
        _ => Background::Dark,
    }
}

/// The Linux console has no braille; a locale without UTF-8 has none of our signs.
pub(super) fn is_ascii_terminal() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    let utf8 = locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    !utf8 || env::var("TERM").is_ok_and(|term| term == "linux")
}

#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Session {
    app: App,
    file: ProgressFile,
    kept: KeptNetworks,
    /// Why progress is not saved: shown once, and said again after the end.
    unsaved: Option<ProgressError>,
    theme: Theme,
    /// Whether the terminal's answer about its background counts.
    asks: bool,
    /// Whether the mouse and the paste mode are on, as far as the terminal knows.
    mouse: bool,
    typing: bool,
    /// What is to be copied to the clipboard.
    copied: Option<String>,
}

/// Terminals drop longer texts: xterm and tmux take about 75,000 bytes of base64.
const MOST_COPIED: usize = 48_000;

impl Session {
    /// Does what only the shell can do, and gives the answer to the app.
    fn obey(&mut self, effects: Effects, now: Duration) -> Effects {
        let Some(wanted) = self.app.take_wanted().filter(|_| effects.want) else { return effects };
        let answer = match wanted {
            Wanted::Read(name) => Msg::FileRead(kept_networks::read(&name)),
            Wanted::ReadKept(name) => Msg::FileRead(self.kept.read(&name)),
            Wanted::Keep { name, text } => Msg::Kept(self.kept.keep(&name, &text)),
            Wanted::Copy(text) => {
                self.copied = Some(text);
                return effects;
            }
            Wanted::CopySolution => {
                self.copy_solution();
                return Effects { redraw: true, ..effects };
            }
        };
        let after = self.app.update(answer, now);
        Effects { redraw: true, save: effects.save || after.save, ..effects }
    }

    /// The worked solution of the pass on the bench, or of both ways side by side.
    fn copy_solution(&mut self) {
        let Some(bench) = self.app.bench() else { return };
        let written = match bench.wrong() {
            None => Solution::new(bench.pass(), None).map(|solution| text::write(&solution, bench.digits)),
            Some(wrong) => Sheet::beside(bench.right(), wrong, None).map(|sheet| beside::write(&sheet, bench.digits)),
        };
        // Without an address nothing can be missing.
        let Ok(written) = written else { return };
        self.app.notice = Some(if written.len() > MOST_COPIED {
            notice::copy_too_long(MOST_COPIED)
        } else {
            let lines = written.lines().count();
            self.copied = Some(written);
            notice::copied_solution(lines)
        });
    }

    fn save(&mut self, patience: Duration) {
        let failed = self.file.write(&mut self.app.progress, patience).err();
        if let (Some(why), None) = (&failed, &self.unsaved) {
            self.app.notice = Some(why.to_string());
        }
        self.app.unsaved = failed.is_some();
        self.unsaved = failed;
    }
}

impl Program for Session {
    fn update(&mut self, input: Input, now: Duration) -> Control {
        let msg = match input {
            Input::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
            Input::Key(key) => ui::keys::message(&self.app, key),
            Input::Paste(text) => Some(Msg::Edit(Edit::Paste(text))),
            Input::Mouse(event) => ui::mouse_message(&self.app, &self.theme, event, now),
            Input::FrameDue => Some(Msg::Frame),
            Input::Background(luminance) => {
                if !self.asks {
                    return Control::NOTHING;
                }
                let background = background_of(luminance);
                if background == self.theme.background {
                    return Control::NOTHING;
                }
                self.theme = Theme::new(self.theme.level, background, self.theme.ascii);
                return Control::REDRAW;
            }
        };
        let Some(msg) = msg else { return Control::NOTHING };
        let effects = self.app.update(msg, now);
        let Effects { redraw, quit, suspend, save, .. } = self.obey(effects, now);
        if save {
            self.save(IN_PASSING);
        }
        let mut control = Control { redraw, quit, suspend, ..Control::NOTHING };
        if self.app.mouse != self.mouse {
            self.mouse = self.app.mouse;
            control = control.with_mouse(self.mouse);
        }
        if self.app.is_typing() != self.typing {
            self.typing = self.app.is_typing();
            control = control.with_paste(self.typing);
        }
        control
    }

    fn draw(&mut self, frame: &mut Frame, now: Duration) {
        ui::draw(frame, &self.app, &self.theme, now);
    }

    fn next_change(&self, now: Duration) -> Option<Duration> {
        self.app.next_change(now)
    }

    fn copied(&mut self) -> Option<String> {
        self.copied.take()
    }

    fn closing(&mut self) {
        self.save(AT_THE_END);
    }
}
