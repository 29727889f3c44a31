//! In which language byhand speaks: what `--language` says, or else what the system is set to.

use std::{
    env,
    ffi::{OsStr, OsString},
    sync::OnceLock,
};

use crate::words::Language;

const OPTION: &str = "--language";

/// The tag that was asked for, such as `de` or `pt-BR`: lessons may exist in languages that byhand does not speak itself.
static ASKED: OnceLock<String> = OnceLock::new();

/// Chooses the language for the whole process. This comes before the arguments are understood, so that the help and the
/// errors about arguments are in this language too.
pub(super) fn choose(arguments: &[OsString]) {
    let variable = |name: &str| env::var(name).ok();
    let tag = asked(arguments).or_else(|| of_the_system(variable)).unwrap_or_default();
    if let Some(language) = Language::named(&tag) {
        language.choose();
    }
    // A second choice in one process would find half of the texts made already.
    let _ = ASKED.set(if tag.is_empty() { Language::ENGLISH.code().to_owned() } else { tag });
}

/// The language that lessons are wanted in; those that do not exist in it are in English.
pub(super) fn of_lessons() -> &'static str {
    ASKED.get().map_or(Language::ENGLISH.code(), String::as_str)
}

/// Reads the value of `--language`.
///
/// # Errors
/// If it is no language's tag. Which languages exist is no part of it: texts that are not translated are in English.
pub(super) fn tag(text: &str) -> Result<String, String> {
    if Language::is_tag(text) { Ok(text.to_owned()) } else { Err(crate::words::help::not_a_language()) }
}

/// The last `--language` among the arguments.
fn asked(arguments: &[OsString]) -> Option<String> {
    let arguments = arguments.iter().map(OsString::as_os_str).take_while(|argument| *argument != "--");
    let mut value = false;
    let mut tag = None;
    for argument in arguments.filter_map(OsStr::to_str) {
        if value {
            tag = Some(argument);
        } else if let Some(joined) = argument.strip_prefix(OPTION).and_then(|rest| rest.strip_prefix('=')) {
            tag = Some(joined);
        }
        value = argument == OPTION;
    }
    tag.filter(|tag| Language::is_tag(tag)).map(str::to_owned)
}

/// What POSIX says: the first of these that is not empty. `zh_TW.UTF-8` is `zh-TW`; `C` and `POSIX` are no language.
fn of_the_system(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = names.iter().find_map(|name| variable(name).filter(|value| !value.is_empty()))?;
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    Language::is_tag(&tag).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_before_the_arguments_are_understood() {
        for (arguments, expected) in [
            ("byhand predict m", None),
            ("byhand --language ja", Some("ja")),
            ("byhand predict m --language=pt-BR --nonsense", Some("pt-BR")),
            ("byhand --language de --language ja", Some("ja")),
            ("byhand --language", None),
            ("byhand --language ../x", None),
            ("byhand -- --language ja", None),
        ] {
            let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
            assert_eq!(asked(&arguments).as_deref(), expected, "{arguments:?}");
        }
    }

    #[test]
    fn the_system_names_it_in_the_order_of_posix() {
        type Case<'c> = (&'c [(&'c str, &'c str)], Option<&'c str>);
        let cases: [Case<'_>; 7] = [
            (&[], None),
            (&[("LANG", "de_DE.UTF-8")], Some("de-DE")),
            (&[("LC_ALL", ""), ("LANG", "ja_JP.UTF-8")], Some("ja-JP")),
            (&[("LC_ALL", "C.UTF-8"), ("LANG", "ja_JP.UTF-8")], None),
            (&[("LC_MESSAGES", "zh_TW"), ("LANG", "ja_JP.UTF-8")], Some("zh-TW")),
            (&[("LANG", "sr_RS@latin")], Some("sr-RS")),
            (&[("LANG", "POSIX")], None),
        ];
        for (variables, expected) in cases {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(of_the_system(variable).as_deref(), expected, "{variables:?}");
        }
    }
}
