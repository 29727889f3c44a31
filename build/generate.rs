//! Sentences to Rust: a module for each file, a function for each sentence.

use std::fmt::Write as _;

use super::read::{Language, Message, Part};

/// Names that Rust keeps for itself.
const KEPT: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The whole of `words.rs`.
pub(crate) fn code(languages: &[Language]) -> String {
    let mut out = String::from("/// The languages that have texts, English first.\nconst CODES: &[&str] = &[");
    for language in languages {
        let _ = write!(out, "{:?}, ", language.code);
    }
    out.push_str("];\n");
    let Some(english) = languages.first() else { return out };
    for (room, messages) in &english.rooms {
        if messages.is_empty() {
            continue;
        }
        let takes_arguments = messages.values().any(|message| !message.arguments.is_empty());
        let argument = if takes_arguments { "Argument, " } else { "" };
        let _ = writeln!(out, "\n/// The sentences of `{room}.ftl`.\npub(crate) mod {} {{", name(room));
        let _ = writeln!(out, "    use super::{{{argument}Part, say}};");
        for (id, message) in messages {
            let texts = languages.iter().map(|language| language.rooms.get(room).and_then(|room| room.get(id)));
            function(&mut out, id, message, texts);
        }
        out.push_str("}\n");
    }
    out
}

fn function<'l>(out: &mut String, id: &str, english: &Message, texts: impl Iterator<Item = Option<&'l Message>>) {
    let arguments: Vec<(&str, bool)> = english.arguments.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let mut shown = String::new();
    show(&english.parts, &mut shown);
    out.push('\n');
    for line in ["```text"].into_iter().chain(shown.lines()).chain(["```"]) {
        let _ = writeln!(out, "    #[doc = {line:?}]");
    }
    let _ = write!(out, "    pub(crate) fn {}(", name(id));
    for (argument, count) in &arguments {
        let kind = if *count { "usize" } else { "impl std::fmt::Display" };
        let _ = write!(out, "{}: {kind}, ", name(argument));
    }
    out.push_str(") -> String {\n        static TEXTS: &[&[Part]] = &[");
    for text in texts {
        // What is missing is said in English.
        list(out, &text.unwrap_or(english).parts, &arguments);
        out.push_str(", ");
    }
    out.push_str("];\n        say(TEXTS, &[");
    for (argument, count) in &arguments {
        let (kind, by) = if *count { ("Count", "") } else { ("Shown", "&") };
        let _ = write!(out, "Argument::{kind}({by}{}), ", name(argument));
    }
    out.push_str("])\n    }\n");
}

fn list(out: &mut String, parts: &[Part], arguments: &[(&str, bool)]) {
    let number = |name: &str| arguments.iter().position(|(known, _)| *known == name).unwrap_or_default();
    out.push_str("&[");
    for part in parts {
        match part {
            Part::Text(text) => {
                let _ = write!(out, "Part::Text({text:?})");
            }
            Part::Argument(name) => {
                let _ = write!(out, "Part::Argument({})", number(name));
            }
            Part::Plural(name, exact, named, rest) => {
                let _ = write!(out, "Part::Plural({}, &[", number(name));
                for (count, parts) in exact {
                    let _ = write!(out, "({count}, ");
                    list(out, parts, arguments);
                    out.push_str("), ");
                }
                out.push_str("], &[");
                for (category, parts) in named {
                    let _ = write!(out, "(intl_pluralrules::PluralCategory::{}, ", category.to_uppercase());
                    list(out, parts, arguments);
                    out.push_str("), ");
                }
                out.push_str("], ");
                list(out, rest, arguments);
                out.push(')');
            }
            Part::Choice(name, named, rest) => {
                let _ = write!(out, "Part::Choice({}, &[", number(name));
                for (word, parts) in named {
                    let _ = write!(out, "({word:?}, ");
                    list(out, parts, arguments);
                    out.push_str("), ");
                }
                out.push_str("], ");
                list(out, rest, arguments);
                out.push(')');
            }
        }
        out.push_str(", ");
    }
    out.push(']');
}

/// The sentence as its function's documentation shows it, variants after `|`.
fn show(parts: &[Part], out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Argument(name) => {
                let _ = write!(out, "{{ ${name} }}");
            }
            Part::Plural(name, exact, named, rest) => {
                let _ = write!(out, "{{ ${name}:");
                let exact = exact.iter().map(|(count, parts)| (count.to_string(), parts));
                let named = named.iter().map(|(category, parts)| (category.clone(), parts));
                for (key, parts) in exact.chain(named).chain([("other".to_owned(), rest)]) {
                    let _ = write!(out, " [{key}] ");
                    show(parts, out);
                }
                out.push_str(" }");
            }
            Part::Choice(name, named, rest) => {
                let _ = write!(out, "{{ ${name}:");
                for (word, parts) in named {
                    let _ = write!(out, " [{word}] ");
                    show(parts, out);
                }
                out.push_str(" [*] ");
                show(rest, out);
                out.push_str(" }");
            }
        }
    }
}

/// An id as Rust writes it.
fn name(id: &str) -> String {
    let name = id.replace('-', "_");
    match name.as_str() {
        // These are not allowed even as raw names.
        "self" | "super" | "crate" => format!("{name}_"),
        _ if KEPT.contains(&name.as_str()) => format!("r#{name}"),
        _ => name,
    }
}
