//! The content compiler: what it lets through, and what it says about the rest.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use byhand::{
    check_course::check,
    course::{Course, FIRST_LANGUAGE, Folder, lesson},
    mistake::KINDS,
    setting::settings,
};

fn tests(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder)
}

/// Every file below `folder` but `expected.txt`, by its path from there.
fn read(folder: &Path) -> Folder {
    let (mut files, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
            if inside != "expected.txt" {
                files.insert(inside, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    Folder::Read(files)
}

fn faults(folder: &Folder) -> String {
    let lines: Vec<String> = check(folder).iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn the_lessons_in_the_binary_have_no_fault() {
    assert_eq!(faults(&Folder::Embedded), "");
}

#[test]
fn every_kind_of_mistake_is_taught_by_a_lesson_of_the_course() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).expect("reads");
    let missing: Vec<&str> =
        KINDS.iter().map(|kind| kind.lesson).filter(|lesson| course.position(lesson).is_none()).collect();
    assert!(missing.is_empty(), "no such lessons: {missing:?}");
}

#[test]
fn a_lesson_with_every_kind_of_task_has_no_fault() {
    assert_eq!(faults(&read(&tests("sample-lessons"))), "");
}

#[test]
fn what_compiles_can_be_set_and_shown_step_by_step() {
    let folder = read(&tests("sample-lessons"));
    let course = Course::read(&folder, "de").expect("reads");
    assert_eq!(
        (course.entries[0].title.as_str(), course.entries[0].about.as_str()),
        ("Ein Muster", "One task of every kind.")
    );
    for language in [FIRST_LANGUAGE, "de", "fr"] {
        let lesson = lesson(&folder, "sample", language).expect("reads");
        let settings = settings(&lesson).expect("fits");
        let inputs: Vec<usize> = settings.iter().map(|setting| setting.network.inputs()).collect();
        assert_eq!(inputs, [2; 10]);
        let what_ifs: Vec<usize> = settings.iter().map(|setting| setting.what_ifs.len()).collect();
        assert_eq!(
            what_ifs,
            [0, 0, 1, 1, 0, 0, 0, 0, 0, 0],
            "what `then` switched on stays until a bench switches it off"
        );
    }
}

#[test]
fn every_broken_lesson_gets_the_faults_it_expects() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(tests("broken-lessons")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    assert!(cases.len() >= 25, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let got = faults(&read(&case));
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        let expected = expected.replace('\r', "");
        let expected = expected.trim_end();
        assert!(!got.is_empty(), "{} is not broken", case.display());
        if got != expected {
            wrong.push(format!("{}\nexpected\n{expected}\ngot\n{got}\n", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_damage_makes_the_compiler_panic() {
    let Folder::Read(files) = read(&tests("sample-lessons")) else { panic!("a folder that was read") };
    let mut random = fastrand::Rng::with_seed(2);
    let mut broken = 0;
    for _ in 0..400 {
        let mut damaged = files.clone();
        let path = ["course.json", "sample/en.md", "sample/de.md"][random.usize(..3)];
        let characters: Vec<char> = files[path].chars().collect();
        let (from, length) = (random.usize(..characters.len()), random.usize(..40));
        let until = (from + length).min(characters.len());
        let put = ["", "{{", "}}", "\"", "-1", "1e99", "```\n", "## ", "\u{E000}0\u{E001}", "[0]"][random.usize(..10)];
        let text = characters[..from]
            .iter()
            .chain(put.chars().collect::<Vec<_>>().iter())
            .chain(&characters[until..])
            .collect();
        damaged.insert(path.to_owned(), text);
        broken += usize::from(!check(&Folder::Read(damaged)).is_empty());
    }
    assert!(broken > 200, "only {broken} of 400 were found to be broken");
}
