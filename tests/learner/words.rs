//! No word is cut at 80x24: what stands there in part stands on a large screen whole.

use std::collections::BTreeSet;

use super::{every_step, stage::Stage};

/// The words of a screen: runs of letters.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect()
}

/// What is looked at in a step besides its beginning.
const KEYS: [&str; 7] = ["", "h h h", "text:3.33 Enter", "a b", "v", "v v", "v v v v"];

fn every_screen(size: (u16, u16), mut look: impl FnMut(&str, &str)) {
    every_step(size, |place, stage| {
        for keys in KEYS {
            look(&format!("{place} after {keys}"), &stage.clone().presses(keys).text());
        }
    });
    let models: Vec<String> = byhand::load::builtin_names().iter().map(|name| (*name).to_owned()).collect();
    for model in models {
        for keys in [
            "",
            "a",
            "v",
            "v v",
            "v v v",
            "v v v v",
            "a v v v v v",
            "w",
            "w Down Down Down Down",
            "e",
            "Home Down wait:3000",
            "y text:9.87 Enter wait:2000",
            "y text:zz Enter",
            "y text:1,2,3,4,5,6,7 Enter",
        ] {
            look(&format!("{model} after {keys}"), &Stage::model(&model).sized(size).presses(keys).text());
        }
    }
    for keys in ["", "Down Down", "?"] {
        look(&format!("the list after {keys}"), &Stage::course().sized(size).presses(keys).text());
    }
}

#[test]
fn no_word_is_cut_at_80_by_24() {
    let mut whole = BTreeSet::new();
    every_screen((200, 70), |_, text| whole.extend(words(text)));
    // What only a small screen says.
    whole.extend(words(
        "next more line lines above rows units of numbers layer in border truth own edited network what if",
    ));
    let mut cut = BTreeSet::new();
    every_screen((80, 24), |place, text| {
        for line in text.lines() {
            let ends_cut = line.char_indices().any(|(at, c)| {
                c == '…'
                    && line[..at]
                        .chars()
                        .next_back()
                        .is_some_and(|before| before.is_alphanumeric() || "()[]_.,/".contains(before))
            });
            if ends_cut {
                cut.insert(format!("{place}: {line}"));
            }
            for word in words(line).difference(&whole) {
                cut.insert(format!("{place}: {word:?} in {line}"));
            }
        }
    });
    assert!(cut.is_empty(), "{} places\n{}", cut.len(), cut.iter().take(60).cloned().collect::<Vec<_>>().join("\n"));
}
