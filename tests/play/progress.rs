//! What a learner finds again, whatever happens to the file that it is kept in.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::{
    FINISHED,
    support::{
        guide::Guide,
        learner::{Home, Learner},
        session::command,
    },
};

#[test]
fn a_damaged_progress_file_is_set_aside_and_reported() {
    let home = Home::new();
    fs::write(home.progress_file(), "{\"version\": 1, \"done\": [").unwrap();
    let guide = Guide::to("forgotten-activation");
    Learner::starts(&home, &["--reduced-motion"])
        .sees("cannot be read")
        .sees("The course")
        .presses("Down Down Down Enter + + +")
        .sees("speed 8")
        .answers(&guide.key("recipe"))
        .sees(FINISHED)
        .quits();
    assert_eq!(home.finished("forgotten-activation").len(), 1);
    let aside = fs::read_to_string(home.path().join("progress.json.damaged")).unwrap();
    assert_eq!(aside, "{\"version\": 1, \"done\": [");
}

#[test]
fn progress_that_cannot_be_saved_is_reported_once_and_the_lesson_continues() {
    let home = Home::new();
    let guide = Guide::to("forgotten-activation");
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // Nothing is closed to root; but nobody makes files there.
    let closed =
        if fs::write(home.path().join("open"), "").is_ok() { "/proc/1".into() } else { home.path().to_owned() };
    let file = closed.join("progress.json");
    let mut words = command(&[env!("CARGO_BIN_EXE_byhand"), "--reduced-motion", "--progress"]);
    words.arg(&file);
    Learner::runs(words)
        .sees("The course")
        .presses("Down Down Down Enter")
        .sees("progress is not saved")
        .presses("+ + +")
        .sees("speed 8")
        .sees_no_more("progress is not saved")
        .answers(&guide.key("recipe"))
        .sees(FINISHED)
        .sees_no_more("progress is not saved")
        .quits();
    assert!(!file.exists());
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn two_instances_keep_what_the_other_has_finished() {
    let home = Home::new();
    let guide = Guide::to("forgotten-activation");
    let one = Learner::starts(&home, &["learn", "forgotten-activation"]).sees(&guide.header("recipe"));
    let other = Learner::starts(&home, &["learn", "forgotten-activation"]).sees(&guide.header("recipe"));
    one.presses("n n n").sees(&guide.header("keeps-out")).answers(&guide.key("keeps-out")).sees(FINISHED).quits();
    other.presses("n n").sees(&guide.header("unit-0")).answers(&guide.key("unit-0")).sees(FINISHED).quits();
    let both: Vec<String> = home.finished("forgotten-activation").into_iter().collect();
    assert_eq!(both, ["keeps-out", "unit-0"]);
}
