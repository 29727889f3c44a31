//! Six bugs, found and named in the real program, with a night in between.

use std::fs;

use byhand::app::Progress;

use crate::{
    FINISHED,
    support::{
        guide::Guide,
        learner::{Home, Learner},
    },
};

const LESSON: &str = "find-the-bug";

/// What is kept of the hunts.
fn kept(home: &Home) -> (u32, usize) {
    let text = fs::read_to_string(home.progress_file()).unwrap();
    let hunted = serde_json::from_str::<Progress>(&text).unwrap().hunted[LESSON].clone();
    (hunted.seed, hunted.marks.values().map(|marks| marks.points()).sum())
}

#[test]
fn six_bugs_are_found_and_named_for_points_over_two_sessions() {
    let home = Home::new();
    fs::write(home.progress_file(), r#"{"version": 1, "hunted": {"find-the-bug": {"seed": 7}}}"#).unwrap();
    let guide = Guide::seeded(LESSON, 7);
    let hunts = guide.hunts();
    assert_eq!(hunts.len(), 6);
    // Somebody who names the first bug wrongly before naming it rightly.
    let wrong = if guide.name(&hunts[0]) == "1" { "2" } else { "1" };
    let mut learner = Learner::starts(&home, &["learn", LESSON, "--reduced-motion"])
        .sees(&guide.header("where-to-begin"))
        .answers(&guide.key("where-to-begin"))
        .goes_on_to(&guide.header(&hunts[0]))
        .sees("Round 1 of 6, 0 points so far")
        .answers(&guide.place(&hunts[0]))
        .sees("What was done?")
        .answers(wrong)
        .sees("Here it is")
        .answers(&guide.name(&hunts[0]))
        .sees("1 point so far")
        .goes_on_to(&guide.header(&hunts[1]));
    learner.quits();
    assert_eq!(kept(&home), (7, 1));

    learner = Learner::starts(&home, &["--reduced-motion"]).sees(&guide.header(&hunts[1])).sees("1 point so far");
    for (before, hunt) in (1..).step_by(2).zip(&hunts[1..]) {
        learner = learner
            .sees(&guide.header(hunt))
            .answers(&guide.place(hunt))
            .sees("What was done?")
            .answers(&guide.name(hunt))
            .sees(&format!("{} points so far", before + 2))
            .sees(FINISHED)
            .presses("Enter");
    }
    learner
        .sees(&guide.header("recall-middle"))
        .answers(&guide.key("recall-middle"))
        .sees(FINISHED)
        .presses("Enter")
        .sees("11 of 12 points")
        .sees("Look again at lesson")
        .rests()
        .presses("o")
        .sees("Round 1 of 6, 0 points so far")
        .quits();
    assert_eq!(home.finished(LESSON), guide.tasks(), "what was finished stays finished");
    let (seed, points) = kept(&home);
    assert!(seed != 7 && points == 0, "seed {seed}, {points} points");
}
