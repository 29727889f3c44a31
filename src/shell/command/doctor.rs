//! `byhand doctor`: what a bug report needs to say about terminal, paths and versions, and nothing personal.

use std::{
    collections::BTreeSet,
    env,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde::Serialize;

use super::{Done, VERSION, screen};
use crate::{
    json,
    plain::{cells, pad, plain},
    shell::{kept_networks::KeptNetworks, language, play, progress_file::ProgressFile, signals},
    ui::{layout::SMALLEST, theme::ColorLevel},
    words::{doctor, help},
};

#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[arg(long, help = help::option_json())]
    json: bool,
}

#[derive(Serialize)]
struct Entry {
    about: String,
    says: String,
}

impl Doctor {
    pub(super) fn run(self, before: &screen::Options, out: &mut impl Write) -> Done {
        let file = ProgressFile::at(before.progress.clone());
        let entries: Vec<Entry> = [
            (doctor::version(), VERSION.to_owned()),
            (doctor::system(), format!("{} {}", env::consts::OS, env::consts::ARCH)),
            (doctor::terminal(), terminal()),
            (doctor::streams(), doctor::streams_say(word(signals::has_keyboard()), word(io::stdout().is_terminal()))),
            (doctor::size(), size()),
            (doctor::colors(), colors()),
            (doctor::signs(), signs(before.ascii)),
            (doctor::language(), language::of_lessons().to_owned()),
            (doctor::program(), env::current_exe().map_or_else(|why| why.to_string(), |path| nameless(&path))),
            (doctor::progress(), progress(&file)),
            (doctor::networks(), doctor::networks_count(KeptNetworks::beside(file.path()).names().len())),
            (doctor::screen(), works()),
        ]
        .map(|(about, says)| Entry { about, says: anonymous(&says) })
        .into();
        if self.json {
            writeln!(out, "{}", json::text(&entries))?;
            return Ok(ExitCode::SUCCESS);
        }
        let width = entries.iter().map(|entry| cells(&entry.about)).max().unwrap_or(0);
        for Entry { about, says } in &entries {
            writeln!(out, "{}", plain(&format!("{}  {says}", pad(about, width))))?;
        }
        writeln!(out, "\n{}", doctor::note())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn variable(name: &str) -> String {
    env::var(name).ok().filter(|value| !value.is_empty()).unwrap_or_else(doctor::not_set)
}

fn terminal() -> String {
    doctor::terminal_says(variable("COLORTERM"), variable("TERM_PROGRAM"), variable("TERM"))
}

fn size() -> String {
    match crossterm::terminal::size() {
        _ if !io::stdout().is_terminal() && !signals::has_keyboard() => doctor::size_unknown(),
        Ok((columns, rows)) if columns < SMALLEST.0 || rows < SMALLEST.1 => {
            doctor::size_small(columns, SMALLEST.0, SMALLEST.1, rows)
        }
        Ok((columns, rows)) => doctor::size_says(columns, rows),
        Err(_) => doctor::size_unknown(),
    }
}

fn colors() -> String {
    match play::color_level() {
        ColorLevel::None => doctor::colors_none(),
        ColorLevel::Sixteen => doctor::colors_16(),
        ColorLevel::TwoFiftySix => doctor::colors_256(),
        ColorLevel::True => doctor::colors_true(),
    }
}

fn signs(asked: bool) -> String {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(|name| env::var(name).is_ok_and(|v| !v.is_empty()));
    let locale = locale.map_or_else(doctor::not_set, |name| format!("{name}={}", variable(name)));
    if asked || play::is_ascii_terminal() { doctor::signs_ascii(locale) } else { doctor::signs_unicode(locale) }
}

fn progress(file: &ProgressFile) -> String {
    let Some(path) = file.path() else { return doctor::progress_no_place() };
    let shown = nameless(path);
    let (progress, why) = file.read();
    match why {
        // The reason names the file, which may be anywhere.
        Some(why) => doctor::progress_bad(&shown, why.to_string().replace(&path.display().to_string(), &shown)),
        None if path.exists() => doctor::progress_good(progress.done.values().map(BTreeSet::len).sum(), shown),
        None => doctor::progress_new(shown),
    }
}

fn works() -> String {
    let dumb = env::var("TERM").is_ok_and(|term| term == "dumb");
    match (io::stdout().is_terminal(), signals::has_keyboard()) {
        (false, _) => doctor::screen_no_output(),
        (_, false) => doctor::screen_no_keyboard(),
        _ if dumb => doctor::screen_plain(),
        _ => doctor::screen_works(),
    }
}

/// A path that tells nothing about the person: below their home from `~` on, of others only the last name.
fn nameless(path: &Path) -> String {
    let home = ["HOME", "USERPROFILE"].into_iter().find_map(|name| env::var_os(name).filter(|home| !home.is_empty()));
    let below = home.map(PathBuf::from).and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned));
    match below {
        Some(below) => Path::new("~").join(below).display().to_string(),
        None => Path::new("…").join(path.file_name().unwrap_or_default()).display().to_string(),
    }
}

/// Texts without the person's name, wherever a system or a path below the home puts it.
fn anonymous(text: &str) -> String {
    let names = ["USER", "USERNAME", "LOGNAME"].into_iter().filter_map(|name| env::var(name).ok());
    let mut text = text.to_owned();
    // A short name, such as `al`, stands in many words; it is replaced only where it is one of its own.
    for name in names.filter(|name| !name.is_empty()) {
        let parts: Vec<&str> = text.split_inclusive(|c: char| !c.is_alphanumeric()).collect();
        let part = |part: &&str| {
            let end = part.len() - part.chars().last().filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
            if part[..end] == name { format!("~{}", &part[end..]) } else { (*part).to_owned() }
        };
        text = parts.iter().map(part).collect();
    }
    text
}
