//! The command line in the chosen language: clap's headings, its help and what it says about wrong arguments.

use std::{error::Error as _, ffi::OsString};

use clap::{
    Arg, ArgAction, Command, CommandFactory,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Arguments, short};
use crate::words::{help, usage};

/// Reasons quote what was written; they are cut to this many characters.
const MOST_OF_A_REASON: usize = 200;

/// Everything that clap writes by itself in English, in the chosen language.
pub(super) fn localized(command: Command) -> Command {
    let root = command.get_name() == "byhand";
    let template = if root { "{about}\n\n{after-about}" } else { "{about}\n" };
    let template = template.replace("{after-about}", &format!("{}\n", help::details()));
    let command = command
        .help_template(format!("{template}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", help::usage()))
        .subcommand_help_heading(help::commands())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(headed)
        .arg(headed(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help::option_help())));
    let version = || Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = if root { command.arg(headed(version().help(help::option_version()))) } else { command };
    command.mut_subcommands(localized)
}

/// The command that clap adds exists only once the rest is built.
pub(super) fn built(mut command: Command) -> Command {
    command.build();
    named(command)
}

fn named(command: Command) -> Command {
    let command = if command.get_name() == "help" { command.about(help::help()) } else { command };
    command.mut_subcommands(named)
}

fn headed(arg: Arg) -> Arg {
    if arg.is_positional() {
        arg.help_heading(help::arguments())
    } else if arg.get_help_heading().is_none() {
        arg.help_heading(help::options())
    } else {
        arg
    }
}

/// What is wrong with the arguments, and how they are written. `None` for an answer that is no error: `--help`, `--version`.
pub(super) fn complaint(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let first = |kind| values(error, kind).into_iter().next().unwrap_or_default();
    let list = |kind| values(error, kind).iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    let (option, value) = (first(ContextKind::InvalidArg), first(ContextKind::InvalidValue));
    let says = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::UnknownArgument if option.starts_with('-') => usage::unknown_option(&option),
        ErrorKind::UnknownArgument => usage::unexpected_word(&option),
        ErrorKind::InvalidSubcommand => usage::unknown_command(first(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => usage::command_missing(),
        ErrorKind::MissingRequiredArgument => usage::missing(list(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue if value.is_empty() => usage::value_missing(&option),
        ErrorKind::InvalidValue => usage::not_a_choice(list(ContextKind::ValidValue), &option, &value),
        ErrorKind::ValueValidation => {
            let why = error
                .source()
                .map(|source| source.to_string().chars().take(MOST_OF_A_REASON).collect::<String>())
                .unwrap_or_default();
            usage::bad_value(&option, &value, why)
        }
        ErrorKind::TooManyValues if value.is_empty() => usage::repeated(&option),
        ErrorKind::TooManyValues => usage::values_too_many(&option, &value),
        ErrorKind::TooFewValues | ErrorKind::NoEquals => usage::value_missing(&option),
        ErrorKind::WrongNumberOfValues => usage::value_unexpected(&option, &value),
        ErrorKind::ArgumentConflict => match first(ContextKind::PriorArg) {
            other if other.is_empty() || other == option => usage::repeated(&option),
            other => usage::conflict(&option, other),
        },
        ErrorKind::InvalidUtf8 => usage::not_unicode(),
        kind => usage::other(kind),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().flat_map(|kind| values(error, kind)).next();
    let known = commands();
    let asked = known.iter().find(|command| arguments.iter().any(|argument| argument == command.as_str()));
    let command = asked.map_or("byhand --help".to_owned(), |name| format!("byhand help {name}"));
    let says = near.map_or(says.clone(), |word| format!("{says}\n{}", usage::did_you_mean(word)));
    Some(format!("{says}\n{}", usage::hint(command)))
}

/// The names of byhand's own commands.
fn commands() -> Vec<String> {
    Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

/// What clap knows about a kind of thing, each cut to a length that fits a message.
fn values(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(value)) => vec![short(value)],
        Some(ContextValue::Strings(values)) => values.iter().map(|value| short(value)).collect(),
        _ => Vec::new(),
    }
}
