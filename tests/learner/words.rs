//! No word is cut at 80x24: what stands there in part stands on a large screen whole.

use std::{collections::BTreeSet, fs, path::Path};

use byhand::{network::number::Digits, pass::Pass};

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

#[test]
fn no_word_of_a_header_is_cut_on_any_screen() {
    let mut looked_at = 0;
    for size in [(40, 12), (60, 20), (80, 24)] {
        every_step(size, |place, stage| {
            let study = stage.app.study().unwrap();
            let title = words(&study.title);
            let text = stage.text();
            let header = text.lines().next().unwrap();
            let end = format!("step {}/{}", study.step + 1, study.lesson.steps.len());
            let rest = match study.current() {
                Some(_) => header.trim_end().strip_suffix(&end),
                None => header.trim_end().strip_suffix("done"),
            };
            let rest = rest.unwrap_or_else(|| panic!("{place} at {size:?}: no {end:?} in {header:?}"));
            let shown = words(rest);
            assert!(shown.iter().any(|word| title.contains(word)), "{place} at {size:?}: {header:?}");
            for word in shown.iter().filter(|word| *word != "byhand") {
                assert!(title.contains(word), "{place} at {size:?}: {word:?} in {header:?}");
            }
            looked_at += 1;
        });
    }
    assert!(looked_at > 300, "{looked_at}");
}

#[test]
fn no_running_sum_is_cut_where_all_digits_are_shown() {
    let network = byhand::load::builtin("line-1-16-1").unwrap().network;
    let pass = Pass::new(&network, &[-3.0], &[]).unwrap();
    let sums: BTreeSet<String> =
        (0..pass.steps()).filter_map(|k| pass.step(k)).map(|step| Digits::Exact.inline(step.action.after())).collect();
    for size in [(80, 24), (120, 40), (40, 12)] {
        let mut seen = 0;
        let mut stage = Stage::model("line-1-16-1").sized(size).presses("i text:-3 Enter d d Home");
        for _ in 0..=pass.steps() {
            let text = stage.text();
            for (at, _) in text.match_indices(" sum ") {
                let number = text[at + 5..].split([' ', '│', '\n']).next().unwrap_or_default();
                // What is not known yet is dots.
                if number.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                    assert!(sums.contains(number), "{number:?} at {size:?} in\n{text}");
                    seen += 1;
                }
            }
            stage = stage.presses("Right");
        }
        assert!(seen > 10 || size.0 < 80, "{seen} at {size:?}");
    }
}

/// Words and phrases that are archaic, or that a dictionary does not explain.
const HARD: &[&str] = &[
    "hold against",
    "holds against",
    "hold it against",
    "held against",
    "works out",
    "worked out",
    "parts from",
    "anew",
    "for ever",
    "rightly",
    "whoever",
    "stands on",
    "reckon",
    "twins",
    "hearken",
    "thereby",
    "whereby",
    "henceforth",
    "ere",
    "nought",
    "amiss",
    "astray",
    "and it is none",
    "is no x",
];

#[test]
fn no_text_for_people_uses_archaic_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md"), root.join("ARCHITECTURE.md"), root.join("lessons/README.md")];
    for (folder, name) in [("assets/words/en", None), ("lessons", Some("en.md")), ("docs", None)] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let path = name.map_or(path.clone(), |name| path.join(name));
            let is_text = path.extension().is_some_and(|extension| extension == "md" || extension == "ftl");
            files.extend(Some(path).filter(|path| is_text && path.is_file()));
        }
    }
    assert!(files.len() > 50, "{}", files.len());
    let mut found = Vec::new();
    for path in files {
        for (i, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let plain: String = line.to_lowercase().chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
            let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
            let hard = HARD.iter().filter(|hard| plain.contains(&format!(" {hard} ")));
            found.extend(hard.map(|hard| format!("{}:{}: {hard:?} in {line}", path.display(), i + 1)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
