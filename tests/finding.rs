//! From a wrong number on the screen to its cause, by keys: the reason, both passes, the contradiction, the next input, the lesson.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test fails by panicking")]

#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "the screens use more of it")]
mod stage;

use byhand::{
    app::{Asked, Bench, Overlay},
    course::TaskKind,
    diagnose::Conclusion,
    mistake::Mistake,
    setting::View,
};
use stage::Stage;

fn bench(stage: &Stage) -> &Bench {
    stage.app.bench().expect("a bench")
}

fn what_ifs(stage: &Stage) -> Vec<String> {
    let network = bench(stage).network();
    bench(stage).what_ifs().iter().map(|mistake: &Mistake| mistake.name(network)).collect()
}

/// The forgotten relu, found.
fn found() -> Stage {
    Stage::model("line-1-16-1").sized((80, 24)).presses("y text:20.475 Enter wait:300")
}

#[test]
fn a_wrong_number_opens_the_panel_and_a_right_one_shows_a_notice() {
    let stage = found();
    assert!(matches!(stage.app.overlay, Overlay::Finding(_)));
    for expected in [
        "Why 20.475?",
        "You skipped relu in layer dense.",
        "dense.a[0] at 10",
        "the first difference",
        "Lesson 4: The forgotten activation",
    ] {
        assert!(stage.text().contains(expected), "no {expected:?} in\n{}", stage.text());
    }
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("y text:25.0047 Enter");
    assert_eq!(stage.app.overlay, Overlay::None);
    assert!(stage.text().contains("25.0047: right"), "{}", stage.text());
}

#[test]
fn one_key_plays_both_passes_from_the_first_difference() {
    let stage = found().presses("Space");
    assert_eq!((what_ifs(&stage), bench(&stage).view), (vec!["skipped-activation:dense".to_owned()], View::Compare));
    let animation = bench(&stage).animation().expect("it plays");
    let parts = bench(&stage).pass().known_after(0, byhand::network::Stage::A, 0).expect("it is computed");
    assert!(animation.to() == bench(&stage).pass().steps() && bench(&stage).position() < parts);
    let stage = stage.presses("wait:60000");
    let text = stage.text();
    assert!(text.contains("dense.a[0]   0.0000     -1.0383 ✗ ◂ first difference"), "{text}");
    assert!(stage.is_at_rest());
    // One key takes it back.
    assert!(what_ifs(&stage.presses("u")).is_empty());
}

#[test]
fn the_contradiction_is_shown_and_the_reason_stays() {
    let stage = Stage::model("sum-2-5-1").sized((80, 24)).presses("y text:1.6596 Enter wait:300 c");
    assert_eq!(bench(&stage).input(), [1.0, 1.0]);
    assert!(bench(&stage).pass().output()[0] > 1.0, "tanh gives nothing above 1");
    let stage = stage.presses("f wait:300");
    assert!(matches!(stage.app.overlay, Overlay::Finding(_)));
    assert!(stage.text().contains("tanh gives nothing outside of -1 to 1"), "{}", stage.text());
    let stage = stage.presses("Esc u");
    assert_eq!((bench(&stage).input(), bench(&stage).what_ifs().len()), (&[0.3f32, 0.1][..], 0));
}

#[test]
fn the_next_input_is_set_and_both_numbers_count() {
    let stage = found().presses("t");
    let next = bench(&stage).input().to_vec();
    assert_ne!(next, [10.0]);
    let wrong = Mistake::named("skipped-activation:dense", bench(&stage).network()).expect("relu");
    let pass = byhand::pass::Pass::new(bench(&stage).network(), &next, &[wrong]).expect("fits");
    let stage = stage.presses(&format!("text:{:.4} Enter wait:300", pass.output()[0]));
    let finding = stage.app.finding().expect("it is looked for");
    let diagnosis = finding.diagnosis().expect("it is over");
    assert_eq!((diagnosis.conclusion, diagnosis.seen.len()), (Conclusion::Mistake, 2));
    assert_eq!(finding.chosen().expect("one").1.mistakes, [wrong]);
}

#[test]
fn the_lesson_of_an_explanation_opens() {
    let stage = found().presses("l");
    assert_eq!(stage.app.study().expect("a lesson").lesson.id, "forgotten-activation");
    assert_eq!(stage.app.overlay, Overlay::None);
}

#[test]
fn a_value_from_the_middle_narrows_the_search() {
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("y text:dense.z[1]=4.8899 Enter wait:300");
    let finding = stage.app.finding().expect("it is looked for");
    let (_, chosen) = finding.chosen().expect("one");
    assert_eq!(chosen.mistakes[0].name(bench(&stage).network()), "skipped-bias:dense");
    assert!(chosen.mistakes.iter().all(|mistake| mistake.layer == 0));
    for (typed, expected) in [
        ("dense.q[1]=4", "`q` is not a stage"),
        ("dense.z=4", "has 16 numbers, and 1 was given"),
        ("20,47,5", "is not a number; write one such as 20.475"),
        ("dense.kernel[0,0]=1", "is given, not computed"),
    ] {
        let stage = Stage::model("line-1-16-1").sized((120, 24)).presses(&format!("y text:{typed} Enter"));
        assert!(stage.text().contains(expected), "{typed}: no {expected:?} in\n{}", stage.text());
        assert!(bench(&stage).yours().is_none());
    }
}

#[test]
fn a_lesson_shows_no_answer_before_three_tries() {
    let mut stage = Stage::lesson("by-hand").sized((120, 40));
    let steps = &stage.app.study().expect("a lesson").lesson.steps;
    let at = steps.iter().position(|step| step.task.id == "unit-5").expect("the step is there");
    stage = stage.presses(&"n ".repeat(at));
    let study = stage.app.study().expect("a lesson");
    let (TaskKind::Type { lines, .. }, Asked::Blanks { line, .. }) =
        (&study.current().expect("a step").task.kind, &study.asked)
    else {
        panic!("the step asks for numbers")
    };
    let asked = study.setting().expect("a setting").show(&lines[*line].value).expect("a value");
    assert!(!stage.text().contains(&asked), "{asked} stands there anyway\n{}", stage.text());
    for tries in 1..=3 {
        stage = stage.presses(&"Backspace ".repeat(5)).presses("text:3.33 Enter f wait:300");
        assert!(matches!(stage.app.overlay, Overlay::Finding(_)), "{}", stage.text());
        assert_eq!(stage.app.reveals(), tries == 3, "try {tries}");
        if tries < 3 {
            assert!(!stage.text().contains(&asked), "try {tries} shows {asked}\n{}", stage.text());
            stage = stage.presses("Space");
            assert!(what_ifs(&stage).is_empty() && stage.text().contains("tried three times"), "{}", stage.text());
        }
        stage = stage.presses("Esc");
    }
}

#[test]
fn the_panel_stays_closed_in_a_step_that_asks_for_the_mistake() {
    let stage = Stage::lesson("batch-norm-by-hand").sized((80, 24));
    let at = stage.app.study().expect("a lesson").lesson.steps.iter().position(|step| step.task.id == "reproduce");
    let keys = "n ".repeat(at.expect("the step is there"));
    let stage = stage.presses(&keys).presses("f wait:300");
    assert_eq!(stage.app.overlay, Overlay::None);
    assert!(stage.text().contains("in this step you find it yourself"), "{}", stage.text());
}

#[test]
fn a_search_shows_its_progress_and_ends() {
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("y text:31.33 Enter");
    assert!(!stage.is_at_rest() && stage.text().contains("wrong ways tried"), "{}", stage.text());
    let closed = stage.presses("Esc wait:1000");
    assert!(closed.is_at_rest(), "it ends behind the bench too");
    assert_eq!(closed.app.overlay, Overlay::None);
    let opened = closed.presses("f");
    assert!(opened.text().contains("No mistake that byhand knows explains it."), "{}", opened.text());
}

#[test]
fn the_models_own_number_shows_what_the_description_lacks_and_enter_applies_it() {
    // Without relu the network gives 20.475021 at 10.
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("y text:model=20.475 Enter");
    assert!(matches!(stage.app.overlay, Overlay::ModelSays(_)), "{}", stage.text());
    for expected in ["Why does the model differ?", "Layer dense applies linear, not relu.", "describe it so"] {
        assert!(stage.text().contains(expected), "no {expected:?} in\n{}", stage.text());
    }
    let stage = stage.presses("Enter");
    assert_eq!(stage.app.overlay, Overlay::None);
    assert!((bench(&stage).pass().output()[0] - 20.475_021).abs() < 1e-5, "{}", stage.text());
    let stage = stage.presses("u");
    assert!((bench(&stage).pass().output()[0] - 25.004_662).abs() < 1e-5, "one key takes it back");
    // A number that fits needs no panel, and one without a cause stays unknown.
    let stage = stage.presses("y text:model=25.0047 Enter");
    assert_eq!(stage.app.overlay, Overlay::None);
    assert!(stage.text().contains("is what the network"), "{}", stage.text());
    let stage = stage.presses("y text:model=813.2951 Enter");
    assert!(stage.text().contains("other weights"), "{}", stage.text());
}

#[test]
fn the_panel_about_the_model_scrolls_and_keeps_its_keys() {
    // 10 of 0..20 would be 0.5: many scalings explain one number. What a large screen shows is reached on a small one.
    let keys = "y text:model=3.3 Enter";
    let lines = |stage: &Stage| -> Vec<String> {
        let bars = |line: &str| line.matches(['│', '║', '┃']).count() >= 2;
        let text = stage.text();
        let panel = text.split_once("Why does the model differ?").map_or("", |(_, below)| below);
        let panel = panel.split_once('╰').map_or(panel, |(panel, _)| panel);
        let inside =
            panel.lines().filter(|line| bars(line)).map(|line| line.split('│').nth(1).unwrap_or("").to_owned());
        inside.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let small = Stage::model("line-1-16-1").sized((40, 12)).presses(keys);
    assert!(matches!(small.app.overlay, Overlay::ModelSays(_)), "{}", small.text());
    let tall = Stage::model("line-1-16-1").sized((40, 200)).presses(keys);
    let count = bench(&tall).model_finding().unwrap().candidates.len();
    assert!(count > 3, "{count}");
    assert!(small.text().contains("more line"), "it says that there is more\n{}", small.text());
    let (mut seen, mut stage) = (Vec::new(), small.clone());
    for _ in 0..100 {
        assert!(stage.text().contains("Esc close"), "the keys stay\n{}", stage.text());
        seen.extend(lines(&stage));
        stage = stage.presses("j");
    }
    for line in lines(&tall) {
        assert!(seen.contains(&line), "{line:?} cannot be reached\n{}", seen.join("\n"));
    }
    // Back to the top, and every explanation is seen whole when the cursor is on it.
    let stage = stage.presses(&"k ".repeat(100));
    assert_eq!(stage.text(), small.text());
    let mut stage = stage;
    for _ in 1..count {
        stage = stage.presses("Down");
        assert!(stage.text().contains('▸'), "the cursor is on the screen\n{}", stage.text());
    }
}

#[test]
fn a_number_that_follows_from_the_shown_digits_is_right_and_the_exact_one_is_said() {
    // Shown: weight 0.5468, bias 0.9752, x = 3. 3 x 0.5468 = 1.6404, and 1.6404 + 0.9752 = 2.6156. Exactly it is 2.6155.
    let stage = Stage::model("line-1-16-1").sized((80, 24)).presses("i text:3 Enter y text:dense.z[5]=2.6156 Enter");
    assert_eq!(stage.app.overlay, Overlay::None, "{}", stage.text());
    let text = stage.text();
    assert!(text.contains("dense.z[5] = 2.6156: right with the digits shown; exactly 2.6155"), "{text}");
    assert!(text.contains("dense.z[5] = 2.6156 ✓ exactly 2.6155"), "{text}");
    // f says the same again.
    let stage = stage.presses("f");
    assert!(stage.text().contains("right with the digits shown; exactly 2.6155"), "{}", stage.text());
    // Not only rounding: one digit further it is wrong.
    let stage = stage.presses("y text:dense.z[5]=2.6256 Enter wait:2000");
    assert!(matches!(stage.app.overlay, Overlay::Finding(_)), "{}", stage.text());
    assert!(stage.presses("Esc").text().contains("2.6256 ✗"));
}

#[test]
fn what_a_lesson_asks_is_not_said_beside_a_number_that_follows_from_the_shown_digits() {
    let stage = Stage::lesson("by-hand").sized((80, 24)).presses("n n n n n n n n");
    assert!(!stage.app.reveals(), "{}", stage.text());
    let stage = stage.presses("y text:dense.z[5]=2.6156 Enter");
    assert!(!stage.text().contains("2.6155"), "{}", stage.text());
}

#[test]
fn a_number_with_too_few_digits_is_neither_right_nor_wrong() {
    // 0.4013 is 0 when it is rounded to whole numbers, and so is everything below one half.
    let stage = Stage::model("sum-2-5-1").sized((80, 24)).presses("y text:1 Enter");
    assert!(matches!(stage.app.overlay, Overlay::Finding(_)), "{}", stage.text());
    for expected in ["Too few digits", "neither right nor wrong", "0.5 to 1.5", "least 4 decimals"] {
        assert!(stage.text().contains(expected), "no {expected:?} in\n{}", stage.text());
    }
    let stage = stage.presses("Esc");
    assert!(stage.text().contains("yours 1 ? too few digits"), "{}", stage.text());
    assert!(!stage.text().contains("1 ✓") && !stage.text().contains("1 ✗"), "{}", stage.text());
    // With its digits it gets the tick.
    let stage = stage.presses("y text:0.9302 Enter");
    assert!(stage.text().contains("yours 0.9302 ✓"), "{}", stage.text());
}

#[test]
fn each_of_several_numbers_says_how_it_stands() {
    let keys = "i text:3 Enter y text:dense.wx[5]=1.6404 Enter y text:dense.z[5]=2.6156 Enter y text:dense.a[5]=0 Enter \
                Esc y text:11.3 Enter wait:2000";
    let stage = Stage::model("line-1-16-1").sized((120, 40)).presses(keys);
    let text = stage.text();
    for expected in [
        "✓ dense.wx[5] = 1.6404 right",
        "✓ dense.z[5] = 2.6156 right with the digits shown",
        "✗ dense.a[5] = 0 differs first, explained here",
    ] {
        assert!(text.contains(expected), "no {expected:?} in\n{text}");
    }
}

#[test]
fn batch_statistics_cannot_be_described_on_the_bench_and_it_says_why() {
    // gamma 1.2 / sqrt(variance 4 + 0.001): the statistics of the inputs 5 and 1 (mean 3), not those of training.
    let stage = Stage::model("norm-1").sized((80, 24));
    let norm = match &bench(&stage).network().layer(0).expect("a layer").operation {
        byhand::network::Operation::BatchNormalization(norm) => norm.clone(),
        _ => panic!("norm-1 is a normalisation"),
    };
    let gamma = f64::from(norm.list(byhand::network::List::Gamma).expect("gamma")[0]);
    let y = gamma * 2.0 / (4.0 + f64::from(norm.epsilon())).sqrt();
    let keys = format!("i text:5 Enter y text:model={y:.6} Enter Esc i text:1 Enter y text:model={:.6} Enter", -y);
    let stage = stage.presses(&keys);
    assert!(matches!(stage.app.overlay, Overlay::ModelSays(_)), "{}", stage.text());
    assert!(stage.text().contains("uses the mean and variance of the inputs"), "{}", stage.text());
    let before = bench(&stage).network().clone();
    let stage = stage.presses("Enter");
    assert!(stage.text().contains("from all the inputs of one call"), "{}", stage.text());
    assert_eq!(*bench(&stage).network(), before);
}
