//! What a learner runs into: keys that are named and do nothing, words that are cut, numbers that are lost or given away.
#![allow(clippy::unwrap_used, clippy::panic, clippy::format_push_string, reason = "a test fails by panicking")]

#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "the screens use more of it")]
mod stage;

#[path = "learner/keys.rs"]
mod keys;
#[path = "learner/numbers.rs"]
mod numbers;
#[path = "learner/words.rs"]
mod words;

use byhand::{
    app::{App, Asked},
    course::{Span, TaskKind, Text},
};
use stage::Stage;

/// Every step of every lesson, entered and not touched, at this size.
fn every_step(size: (u16, u16), mut look: impl FnMut(&str, Stage)) {
    let ids: Vec<String> = Stage::course().app.course.entries.iter().map(|entry| entry.id.clone()).collect();
    for id in ids {
        let mut stage = Stage::lesson(&id).sized(size);
        while let Some(step) = stage.app.study().unwrap().current() {
            let place = format!("{id}, {}", step.task.id);
            look(&place, stage.clone());
            stage = stage.presses("n");
        }
        look(&format!("{id}, its end"), stage);
    }
}

fn plain(text: &Text) -> String {
    let words = |span: &Span| match span {
        Span::Plain(text) | Span::Code(text) | Span::Stress(text) | Span::Strong(text) | Span::Value(text) => {
            text.clone()
        }
    };
    text.iter().map(words).collect()
}

/// The step that has this task.
fn step(lesson: &str, task: &str) -> Stage {
    let mut stage = Stage::lesson(lesson).sized((80, 24));
    while stage.app.study().unwrap().current().expect("the task is in the lesson").task.id != task {
        stage = stage.presses("n");
    }
    stage
}

fn says(stage: &Stage) -> String {
    stage.app.study().unwrap().feedback.as_ref().map(|feedback| plain(&feedback.text)).unwrap_or_default()
}

/// The words of a screen in a row, whatever lines and borders part them.
fn flat(text: &str) -> String {
    text.replace(['│', '╭', '╮', '╰', '╯', '─'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_question_stays_on_the_screen_and_every_line_of_the_text_can_be_reached() {
    every_step((80, 24), |place, mut stage| {
        for hints in 0..4 {
            let study = stage.app.study().unwrap();
            let Some(question) = study.current().and_then(|step| step.task.question()).map(plain) else { return };
            // The panel is 34 cells wide: each of its words stands on it, in this order.
            let panel: Vec<String> = stage.text().lines().map(|line| line.chars().take(37).collect()).collect();
            assert!(flat(&panel.join("\n")).contains(&flat(&question)), "{place}, {hints} hints:\n{}", stage.text());
            if matches!(study.asked, Asked::Blanks { .. }) {
                assert!(stage.text().contains('['), "{place}: no field\n{}", stage.text());
            }
            stage = stage.presses("h");
        }
        // Up to the top, then down line by line: the prose comes by, and the sign says both ways.
        stage = stage.presses(&"k ".repeat(30));
        let prose = stage.app.study().unwrap().current().unwrap().heading.clone();
        assert!(flat(&stage.text()).contains(&flat(&plain(&prose))), "{place}\n{}", stage.text());
        let mut seen = flat(&stage.text());
        for _ in 0..25 {
            let before = stage.text();
            let more = before.contains("more line") && before.contains(": j");
            stage = stage.presses("j");
            assert_eq!(before != stage.text(), more, "{place}: what the sign says and what j does\n{before}");
            seen = seen + " " + &flat(&stage.text());
        }
        for hint in &stage.app.study().unwrap().current().unwrap().task.hints {
            let last = plain(hint);
            let last = last.split_whitespace().last().unwrap_or_default();
            assert!(seen.contains(last), "{place}: the hint's end {last:?}");
        }
    });
}

#[test]
fn a_right_value_is_called_right_in_a_find_step() {
    let stage = step("forgotten-activation", "find-relu");
    for (key, expected) in [("5", "in the right calculation too"), ("4", "in the right calculation too")] {
        let said = says(&stage.clone().presses(&format!("{key} Enter")));
        assert!(said.contains(expected) && !said.contains("is wrong"), "{key}: {said}");
    }
    // Whatever is picked in whichever step: what is said about it is true.
    every_step((80, 24), |place, stage| {
        let study = stage.app.study().unwrap();
        let Some(TaskKind::Find { places, .. }) = study.current().map(|step| &step.task.kind) else { return };
        let Asked::Places { values, first_wrong, .. } = &study.asked else { panic!("{place} asks for a place") };
        let right = study.setting().unwrap().right_pass().unwrap();
        for (i, (address, value)) in values.iter().enumerate().filter(|(i, _)| i != first_wrong) {
            let is_right = right.get(&address.parse().unwrap()).unwrap()[0] == *value;
            let said = says(&stage.clone().presses(&format!("{} Enter", i + 1)));
            assert_eq!(said.contains("is wrong"), !is_right, "{place}, {}: {said}", places[i]);
        }
    });
}

#[test]
fn a_second_what_if_is_reported_and_one_key_restarts_the_step() {
    let stage = step("forgotten-activation", "switch").presses("b a");
    let said = says(&stage);
    assert!(said.contains("2 are on") && said.contains("bias") && said.contains("relu"), "{said}");
    assert!(stage.text().contains("R: start again") && !stage.app.study().unwrap().is_done(), "{}", stage.text());
    let stage = stage.presses("R a");
    assert!(stage.app.study().unwrap().is_done() && stage.text().contains('✓'), "{}", stage.text());
    // What was solved and is undone no longer has its tick.
    let stage = stage.presses("b");
    assert!(says(&stage).starts_with("Solved before. Now this is on:"), "{}", says(&stage));
    let stage = stage.presses("b");
    assert!(!says(&stage).starts_with("Solved before"), "{}", says(&stage));
}

#[test]
fn an_edit_that_is_undone_loses_its_tick() {
    let stage = step("one-neuron", "move-limit").presses("e text:2 Enter");
    assert!(says(&stage).contains("That does it"), "{}", stage.text());
    let stage = stage.presses("text:-0.9 Enter");
    assert!(says(&stage).starts_with("Solved before."), "{}", says(&stage));
    assert!(says(&stage.presses("text:2 Enter")).contains("That does it"));
}

#[test]
fn a_guess_is_played_before_its_answer_is_shown() {
    let mut watched = 0;
    every_step((80, 24), |place, stage| {
        let study = stage.app.study().unwrap();
        let Some(TaskKind::Predict { options, watch: Some(_), .. }) = study.current().map(|step| &step.task.kind)
        else {
            return;
        };
        let told = flat(&plain(&options[0].says));
        let mut stage = stage.clone().sized((120, 40)).presses("1 Enter");
        if !stage.app.bench().unwrap().is_playing() {
            return;
        }
        watched += 1;
        assert!(!flat(&stage.text()).contains(&told), "{place} tells at once\n{}", stage.text());
        assert!(stage.text().contains("Enter: to its end"), "{place}\n{}", stage.text());
        stage.wait(600_000);
        assert_eq!(says(&stage), plain(&options[0].says), "{place}");
    });
    assert!(watched > 5, "{watched}");
}

#[test]
fn the_panel_covers_the_screen_below_without_a_strip() {
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("y text:20.475 Enter wait:300");
    let text = stage.text();
    let rows: Vec<&str> = text.lines().collect();
    let from = rows.iter().position(|row| row.contains("Why")).unwrap();
    let to = rows.iter().rposition(|row| row.contains('╰')).unwrap();
    assert!(
        rows[from..to].iter().all(|row| row.starts_with(['╭', '│', '╰']) && row.ends_with(['╮', '│', '╯'])),
        "{text}"
    );
    assert!(!text.contains("─╯│") && !text.contains("│─╯") && !text.contains("│─╮"), "{text}");
}

#[test]
fn the_map_draws_the_border_of_the_network_beside_the_true_one() {
    let stage = Stage::model("gate-2-1").sized((120, 40)).presses("v v");
    assert!(stage.text().contains("own border") || stage.text().contains("border"), "{}", stage.text());
    // Another bias moves the network's border and leaves the true one where it is.
    let before = stage.text();
    let moved = stage.presses("e Down Down text:-1 Enter Esc v").text();
    assert_ne!(before, moved);
}

#[test]
fn drawing_a_frame_evaluates_no_formula() {
    every_step((80, 24), |place, stage| {
        let study = stage.app.study().unwrap();
        let Some(step) = study.current() else { return };
        let mut shown: Vec<&Text> = vec![&step.heading];
        shown.extend(step.task.question());
        shown.extend(&step.task.hints);
        let open = shown.iter().flat_map(|text| text.iter()).any(|span| matches!(span, Span::Value(_)));
        assert!(!open, "{place} still has a formula in its texts");
        assert!(!stage.text().contains("?)"), "{place}\n{}", stage.text());
    });
}

#[test]
fn digits_select_a_lesson_and_enter_opens_it() {
    let at = |keys: &str| Stage::course().sized((80, 24)).presses(keys);
    for (keys, id) in [("7", 6), ("1 2", 11), ("1 5", 14), ("2 5", 4), ("1 Down", 1), ("1 2 3", 2), ("9 9", 8)] {
        let stage = at(keys);
        assert!(stage.app.study().is_none(), "{keys}: nothing opens before Enter");
        let stage = stage.presses("Enter");
        assert_eq!(stage.app.study().unwrap().number, id, "{keys}");
    }
}

#[test]
fn the_list_of_what_ifs_is_searched() {
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("w / text:subtracted");
    assert!(
        stage.text().contains("Search: subtracted") && stage.text().contains("you subtracted the bias"),
        "{}",
        stage.text()
    );
    assert!(!stage.text().contains("you skipped relu"), "{}", stage.text());
    let stage = stage.presses("Enter Enter");
    assert_eq!(stage.app.bench().unwrap().what_ifs().len(), 1);
    // Esc shows all again, then closes; nothing is switched off.
    let stage = stage.presses("Esc");
    assert!(stage.text().contains("  1 of ") && !stage.text().contains("subtracted`"), "{}", stage.text());
    let stage = stage.presses("Esc");
    assert!(!stage.text().contains("What if ...") && stage.app.bench().unwrap().what_ifs().len() == 1);
}

/// The app of a stage, for what only its state says.
fn app(stage: &Stage) -> &App {
    &stage.app
}

#[test]
fn lessons_teach_to_type_a_number_and_to_ask_why() {
    for lesson in ["name-the-mistake", "your-own"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons").join(lesson).join("en.md");
        let text = std::fs::read_to_string(path).unwrap();
        for key in ["`y`", "`f`"] {
            assert!(text.contains(key), "{lesson} does not name {key}");
        }
    }
    // The first step that does: the number of somebody who forgot relu, and the reason.
    let stage = step("name-the-mistake", "your-number").presses("y text:20.475 Enter wait:2000");
    assert!(flat(&stage.text()).contains("You skipped relu in layer dense"), "{}", stage.text());
}
