//! Whether the languages say the same things: the same sentences, with the same arguments.

use super::read::{Fault, Language};

/// What differs from English, language by language.
pub(crate) fn faults(languages: &[Language]) -> Vec<Fault> {
    let Some((english, others)) = languages.split_first() else { return Vec::new() };
    let mut faults = Vec::new();
    for language in others {
        let place = |room: &str, line: usize| format!("{}/{room}.ftl:{line}", language.code);
        for (room, messages) in &english.rooms {
            for (id, message) in messages {
                let Some(other) = language.rooms.get(room).and_then(|room| room.get(id)) else {
                    let says = format!("`{id}` is missing");
                    faults.push(Fault { place: place(room, 1), says, missing: true });
                    continue;
                };
                for name in other.arguments.keys().filter(|name| !message.arguments.contains_key(*name)) {
                    let says = format!("`{id}` has no argument `${name}` in English");
                    faults.push(Fault { place: place(room, other.line), says, missing: false });
                }
                for (name, count) in &message.arguments {
                    let says = match other.arguments.get(name) {
                        None => format!("`{id}` leaves `${name}` out"),
                        Some(true) if !count => format!(
                            "`{id}` counts `${name}`, and English does not; write `# ${name} (count)` above it there"
                        ),
                        Some(_) => continue,
                    };
                    faults.push(Fault { place: place(room, other.line), says, missing: false });
                }
            }
        }
        for (room, messages) in &language.rooms {
            for (id, message) in messages {
                if !english.rooms.get(room).is_some_and(|room| room.contains_key(id)) {
                    let says = format!("`{id}` does not exist in English");
                    faults.push(Fault { place: place(room, message.line), says, missing: false });
                }
            }
        }
    }
    faults
}
