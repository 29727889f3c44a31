//! Numbers of the learner's own: what counts, what is refused, what is kept, what is not given away.

use byhand::{
    app::{Asked, Overlay, Screen},
    course::TaskKind,
};

use super::{app, every_step, flat, says, stage::Stage, step};

fn line(keys: &str) -> Stage {
    Stage::model("line-1-16-1").sized((80, 24)).presses(keys)
}

#[test]
fn several_numbers_are_listed_with_what_differs_first_and_each_can_be_deleted() {
    let stage = line("y text:dense.a[1]=5 Enter wait:300 Esc y text:20.475 Enter wait:300");
    let text = flat(&stage.text());
    for expected in [
        "Why dense.a[1] = 5?",
        "2 numbers of yours count at x = 10:",
        "✗ dense.a[1] = 5 differs first, explained here",
        "✗ output[0] = 20.475 follows from your earlier numbers",
        "x delete",
    ] {
        assert!(text.contains(expected), "no {expected:?} in\n{}", stage.text());
    }
    // The cursor is on the one that is explained; without it the other one is explained.
    let stage = stage.presses("x wait:300");
    let text = flat(&stage.text());
    assert!(text.contains("Why 20.475?") && text.contains("You skipped relu in layer dense"), "{}", stage.text());
    assert!(text.contains("dense.a[1] = 5 is deleted"), "{}", stage.text());
    let stage = stage.presses("x");
    assert!(matches!(stage.app.overlay, Overlay::None) && app(&stage).bench().unwrap().own_numbers().is_empty());
}

#[test]
fn numbers_for_another_input_are_set_aside_and_count_again_later() {
    let stage = line("i text:-3 Enter y text:dense.z[1]=4.89 Enter wait:300 Esc i text:3 Enter");
    assert!(stage.text().contains("your number for x = -3 is set aside; it counts again there"), "{}", stage.text());
    assert!(!stage.text().contains("yours"), "{}", stage.text());
    let stage = stage.presses("y text:99 Enter wait:300");
    let text = flat(&stage.text());
    assert!(
        text.contains("Why 99?") && text.contains("Set aside: dense.z[1] = 4.89 at x = -3. o counts it too"),
        "{}",
        stage.text()
    );
    // Counted together if that is asked for.
    let together = stage.clone().presses("o wait:300");
    assert!(flat(&together.text()).contains("2 numbers of yours count"), "{}", together.text());
    let back = stage.presses("Esc i text:-3 Enter");
    assert!(back.text().contains("your number for x = -3 counts again"), "{}", back.text());
    assert!(back.text().contains("dense.z[1] = 4.89"), "{}", back.text());
}

#[test]
fn what_explains_a_number_stays_when_its_key_is_pressed_again() {
    let stage = line("y text:20.475 Enter wait:300 f");
    assert!(stage.text().contains("Why 20.475?"), "{}", stage.text());
}

#[test]
fn the_first_digit_replaces_a_refused_number_and_arrows_correct_it() {
    let stage = step("by-hand", "unit-5").presses("text:0 Enter");
    assert!(!says(&stage).is_empty());
    let field = |stage: &Stage| app(stage).bench().unwrap().field.as_ref().unwrap().text().to_owned();
    assert_eq!(field(&stage.clone().presses("text:-1.16")), "-1.16");
    assert_eq!(field(&stage.presses("Backspace text:7")), "7");
    let refused = line("y text:1.2.3 Enter");
    assert_eq!(field(&refused.clone().presses("text:20.475")), "20.475");
    assert_eq!(field(&refused.presses("Left Backspace")), "1.23");
    let weight = Stage::model("gate-2-1").sized((80, 24)).presses("e text:1-1 Enter");
    assert_eq!(field(&weight.presses("text:2")), "2");
}

#[test]
fn esc_never_quits_and_never_loses_a_number() {
    // A number that is typed and not taken yet.
    let stage = line("y text:20.4 Esc y");
    assert_eq!(app(&stage).bench().unwrap().field.as_ref().unwrap().text(), "20.4");
    assert_eq!(app(&stage.presses("text:75")).bench().unwrap().field.as_ref().unwrap().text(), "20.475");
    let blank = step("by-hand", "unit-1").presses("text:6.06 Esc Enter");
    assert_eq!(app(&blank).bench().unwrap().field.as_ref().unwrap().text(), "6.06");
    // An input or a weight goes back to what it was.
    assert_eq!(app(&line("i text:99 Esc")).bench().unwrap().input(), [10.0]);
    assert_eq!(app(&line("i text:99 Enter u")).bench().unwrap().input(), [10.0], "one change, taken back at once");
    // A network of one's own, with everything on it.
    let mut stage = line("y text:20.475 Enter wait:300 Esc a");
    for _ in 0..4 {
        assert!(
            !stage.press_with(ratatui::crossterm::event::KeyCode::Esc, ratatui::crossterm::event::KeyModifiers::NONE)
        );
        stage = stage.presses("");
    }
    if let Screen::Menu { .. } = stage.app.screen {
        stage = stage.presses("Esc");
    }
    let bench = app(&stage).bench().expect("the network is there again");
    assert_eq!((bench.own_numbers().len(), bench.what_ifs().len()), (1, 1));
    // A lesson that is left for the list is as it was left.
    let filled = step("by-hand", "unit-2").presses("text:0.36 Enter Esc Esc Enter");
    let _ = filled;
    let stage = step("one-neuron", "three-lines");
    let value = stage.app.study().unwrap().setting().unwrap().evaluate("output.wx[0]").unwrap().number().unwrap();
    let stage = stage.presses(&format!("text:{value:.4} Enter"));
    let Asked::Blanks { line, .. } = app(&stage).study().unwrap().asked else { panic!("two lines are open") };
    let again = stage.presses("Esc Esc");
    assert!(app(&again).study().is_none(), "{}", again.text());
    let again = again.presses("Enter");
    assert!(matches!(app(&again).study().unwrap().asked, Asked::Blanks { line: now, .. } if now == line));
}

#[test]
fn an_asked_number_is_nowhere_on_the_screen_until_it_is_found() {
    let mut looked_at = 0;
    for size in [(80, 24), (120, 40)] {
        every_step(size, |place, stage| {
            let study = stage.app.study().unwrap();
            let Some(TaskKind::Type { lines, given, .. }) = study.current().map(|step| &step.task.kind) else { return };
            let setting = study.setting().unwrap();
            let shown = |formula: &str| setting.show(formula).unwrap();
            // A weight that is the same number is given, and shown.
            let dense = |layer: &byhand::network::Layer| -> Vec<f32> {
                let dense = layer.operation.as_dense();
                dense.map_or(Vec::new(), |d| [d.kernel().values(), d.bias().unwrap_or(&[])].concat())
            };
            let weights: Vec<String> =
                setting.network.layers().flat_map(dense).map(|weight| format!("{weight:.4}")).collect();
            let known: Vec<String> = lines[..*given].iter().map(|line| shown(&line.value)).collect();
            let values: Vec<String> = lines[*given..]
                .iter()
                .filter(|line| {
                    line.value.parse::<byhand::pass::Address>().is_ok_and(|at| {
                        matches!(at.of, byhand::pass::address::Of::Stage(..) | byhand::pass::address::Of::Output)
                    })
                })
                .map(|line| shown(&line.value))
                .filter(|value| value.len() > 5 && !known.contains(value) && !weights.contains(value))
                .collect();
            if values.is_empty() {
                return;
            }
            looked_at += 1;
            // Wherever the pass stands and whichever picture is shown.
            let mut stage = stage.clone().presses("Esc");
            for keys in [
                "Home",
                "Right wait:2000",
                "Right wait:2000",
                "Right wait:2000",
                "Down wait:2000",
                "Down wait:2000",
                "End",
            ] {
                stage = stage.presses(keys);
                for view in 0..5 {
                    let text = stage.text();
                    for value in &values {
                        let at = |line: &&str| line.contains(value.as_str());
                        // A weight may be the same number: the matrix only shows what is given.
                        assert!(
                            !text.lines().any(|line| at(&line) && !line.contains("kernel")),
                            "{place} shows {value} after {keys}, picture {view}\n{text}"
                        );
                    }
                    stage = stage.presses("v");
                }
                while !app(&stage).bench().unwrap().views().is_empty()
                    && app(&stage).bench().unwrap().view != byhand::setting::View::Network
                {
                    stage = stage.presses("v");
                }
            }
            for value in &known {
                assert!(stage.text().contains(value.as_str()), "{place} hides the given {value}\n{}", stage.text());
            }
        });
    }
    assert!(looked_at > 8, "{looked_at}");
}

#[test]
fn a_number_that_the_what_ifs_give_is_reported() {
    let stage = line("y text:20.475 Enter wait:300 Esc a");
    assert!(stage.text().contains("20.4750 = yours"), "{}", stage.text());
}

#[test]
fn the_number_of_the_line_before_is_named_as_such() {
    // tanh(-0.1) = -0.0997 is asked for; with one decimal that is the sum again.
    let stage = step("one-neuron", "last-line").presses("text:-0.1 Enter");
    let says = says(&stage);
    assert!(says.contains("they also fit the number in the line before"), "{says}");
    assert!(!says.contains("So far so good"), "{says}");
    let stage = stage.presses("text:-0.0997 Enter");
    assert!(stage.app.study().unwrap().is_done(), "{}", stage.text());
}
