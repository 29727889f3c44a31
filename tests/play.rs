//! The real program in a real pseudo terminal, followed by keys alone. `--reduced-motion` is used wherever the animation
//! is not what is looked at.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

#[path = "play/hunting.rs"]
mod hunting;
#[path = "play/progress.rs"]
mod progress;
mod support;
#[path = "play/surroundings.rs"]
mod surroundings;

use byhand::{load::builtin, network::Network, pass::Pass};
use support::{
    guide::Guide,
    learner::{Home, Learner, byhand},
    session::command,
};

fn network() -> Network {
    builtin("line-1-16-1").unwrap().network
}

/// The value at an address of the posted network, for an input.
fn value(network: &Network, input: &[f32], address: &str) -> f32 {
    Pass::new(network, input, &[]).unwrap().get(&address.parse().unwrap()).unwrap()[0]
}

/// What only a finished step shows.
const FINISHED: &str = "Enter: next step";

#[test]
fn a_lesson_is_followed_to_its_end_over_two_sessions() {
    let home = Home::new();
    let guide = Guide::to("forgotten-activation");
    let network = network();
    let slips_in = |unit: usize| {
        let of = |address: String| value(&network, &[10.0], &address);
        of(format!("dense.z[{unit}]")) * of(format!("dense_1.kernel[{unit},0]"))
    };

    Learner::starts(&home, &["learn", "forgotten-activation", "--reduced-motion"])
        .sees("4 The forgotten activation")
        .sees(&guide.header("recipe"))
        .sees("For x = 10 the network says 25.0047")
        .presses("+ + +")
        .sees("speed 8")
        .answers(&guide.key("recipe"))
        .sees("this pass 20.4750")
        .sees("model 25.0047")
        .goes_on_to(&guide.header("slips-in"))
        .types(&format!("{:.2}", -slips_in(2)))
        .presses("Enter")
        .sees("Not yet: it has the other sign")
        .presses("Ctrl-U")
        .types(&format!("{:.2}", slips_in(2)))
        .presses("Enter")
        .sees("✓ Right.")
        .types(&format!("{:.4}", slips_in(11)))
        .presses("Enter")
        .goes_on_to(&guide.header("unit-0"))
        .answers(&guide.key("unit-0"))
        .goes_on_to(&guide.header("keeps-out"))
        .quits();
    assert_eq!(home.finished("forgotten-activation").len(), guide.step("keeps-out"));

    Learner::starts(&home, &["--reduced-motion"])
        .sees("4 The forgotten activation")
        .sees(&guide.header("keeps-out"))
        .answers(&guide.key("keeps-out"))
        .goes_on_to(&guide.header("switch"))
        .presses("a")
        .sees("dense ✗")
        .goes_on_to(&guide.header("at-zero"))
        .presses("+ + +")
        .sees("speed 8")
        .answers(&guide.key("at-zero"))
        .goes_on_to(&guide.header("hides"))
        .presses("i")
        .sees("x [3")
        .presses("Ctrl-U")
        .types("0.4")
        .presses("Enter")
        .goes_on_to(&guide.header("far-away"))
        .answers(&guide.key("far-away"))
        .goes_on_to(&guide.header("find-relu"))
        .answers(&guide.place("find-relu"))
        .goes_on_to(&guide.header("where-to-look"))
        .answers(&guide.key("where-to-look"))
        .sees(FINISHED)
        .presses("Enter")
        .sees("What you learned")
        .sees("Enter: next lesson")
        .rests()
        .quits();
    assert_eq!(home.finished("forgotten-activation"), guide.tasks());
}

#[test]
fn the_weights_are_set_by_keys_until_the_map_is_right() {
    let home = Home::new();
    let guide = Guide::to("set-the-weights");
    let (hidden, output) = (0, 1);
    let gate = {
        let setting = &guide.settings[guide.step("carry-the-gate")];
        move |address: &str| format!("{:.4}", value(&setting.network, &setting.input, address))
    };

    Learner::starts(&home, &["learn", "set-the-weights", "--reduced-motion"])
        .sees(&guide.header("bias-to-minus-one"))
        .answers(&guide.key("bias-to-minus-one"))
        .goes_on_to(&guide.header("fix-bias"))
        .begins_to_change_weights()
        .sets((0, 2, 0), "-0.5")
        .ends_changing_weights()
        .presses("v")
        .sees("200 of 200 points right: 100.0 %")
        .goes_on_to(&guide.header("tilted"))
        .answers(&guide.key("tilted"))
        .goes_on_to(&guide.header("fix-slope"))
        .begins_to_change_weights()
        .sets((0, 1, 0), "1")
        .ends_changing_weights()
        .goes_on_to(&guide.header("doubled"))
        .answers(&guide.key("doubled"))
        .goes_on_to(&guide.header("only-the-bias"))
        .begins_to_change_weights()
        .sets((output, 5, 0), "-1.55")
        .ends_changing_weights()
        .goes_on_to(&guide.header("why-not-all"))
        .answers(&guide.key("why-not-all"))
        .goes_on_to(&guide.header("carry-the-gate"))
        .types(&gate("output.z[0]"))
        .presses("Enter")
        .sees("✓ Right.")
        .types(&gate("output.a[0]"))
        .presses("Enter")
        .goes_on_to(&guide.header("one-unit"))
        .begins_to_change_weights()
        .sets((hidden, 0, 1), "1")
        .sets((hidden, 1, 1), "1")
        .sets((hidden, 2, 1), "-0.5")
        .ends_changing_weights()
        .goes_on_to(&guide.header("whole-network"))
        .begins_to_change_weights()
        .sets((output, 0, 0), "0")
        .sets((output, 1, 0), "1")
        .sets((output, 2, 0), "0")
        .sets((output, 3, 0), "0")
        .sets((output, 4, 0), "0")
        .sets((output, 5, 0), "0")
        .sets((hidden, 0, 1), "1")
        .sets((hidden, 1, 1), "1")
        .sets((hidden, 2, 1), "-0.5")
        .ends_changing_weights()
        .presses("v")
        .sees("200 of 200 points right: 100.0 %")
        .goes_on_to(&guide.header("recall-baseline"))
        .answers(&guide.key("recall-baseline"))
        .sees(FINISHED)
        .presses("Enter")
        .sees("What you learned")
        .quits();
    assert_eq!(home.finished("set-the-weights"), guide.tasks());
}

#[test]
fn from_the_list_to_a_lesson_and_back_every_screen_is_at_rest() {
    let home = Home::new();
    Learner::starts(&home, &[])
        .sees("The course")
        .sees("1 One neuron")
        .rests()
        .presses("?")
        .sees("move among the lessons")
        .rests()
        .presses("Esc")
        .sees_no_more("move among the lessons")
        .presses("Down Enter")
        .sees("2 Reading get_weights()")
        .rests()
        .presses("w")
        .sees("lock your guess first")
        .rests()
        .presses("n w")
        .sees("What if ...")
        .rests()
        .presses("Enter Esc")
        .sees_no_more("What if ...")
        .presses("?")
        .sees("In a lesson")
        .presses("?")
        .sees_no_more("In a lesson")
        .presses("Esc")
        .sees("The course")
        .quits();
}

#[test]
fn animations_end_and_a_resize_during_one_loses_nothing() {
    let home = Home::new();
    let steps = Pass::new(&network(), &[10.0], &[]).unwrap().steps();
    let last = format!("{steps} of {steps}");
    let learner = Learner::starts(&home, &["open", "line-1-16-1"]).sees(&last).sees("25.0047").rests();
    let picture = learner.picture();
    learner
        .presses("Home")
        .sees(&format!(" 0 of {steps}"))
        .presses("Space")
        .sees(&format!("▸ 1 of {steps}"))
        .resizes(80, 24)
        .sees(&format!("▸ 2 of {steps}"))
        .resizes(20, 5)
        .sees("byhand needs")
        .resizes(120, 40)
        .sees(&format!("▸ 3 of {steps}"))
        .presses("+ + + +")
        .sees("speed 8")
        .sees(&format!("▸ 4 of {steps} 8×"))
        .presses("g g Space")
        .sees(&last)
        .rests()
        .presses("- - - g Down")
        .sees_no_more("8×")
        .sees_picture(&picture)
        .quits();
}

#[test]
fn a_click_on_the_timeline_goes_there() {
    let home = Home::new();
    let steps = Pass::new(&network(), &[10.0], &[]).unwrap().steps();
    let timeline = support::session::ROWS - 2;
    Learner::starts(&home, &["open", "line-1-16-1"])
        .sees(&format!("{steps} of {steps}"))
        .clicks(1, timeline)
        .sees(&format!(" 0 of {steps}"))
        .clicks(49, timeline)
        .sees(&format!(" {} of {steps}", steps / 2))
        .clicks(97, timeline)
        .sees(&format!("{steps} of {steps}"))
        .presses("M")
        .sees("mouse off")
        .sees_that("no mouse mode", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None)
        .quits();
}

#[test]
fn an_input_can_be_pasted() {
    let home = Home::new();
    let at_three = value(&network(), &[3.0], "y");
    Learner::starts(&home, &["open", "line-1-16-1"])
        .sees("25.0047")
        .presses("i Ctrl-U")
        .pastes("3\r\n")
        .sees(&format!("this pass {at_three:.4}"))
        .presses("Enter")
        .sees(" x 3 ")
        .sees_that("no paste mode", |screen| !screen.bracketed_paste())
        .presses("u")
        .sees("25.0047")
        .quits();
}

#[test]
fn a_lesson_that_is_suspended_comes_back_unchanged() {
    let home = Home::new();
    let words = byhand(&home, &["learn", "one-neuron", "--reduced-motion"]);
    let line: Vec<String> = words.get_argv().iter().map(|word| format!("'{}'", word.to_str().unwrap())).collect();
    let learner = Learner::runs(command(&["sh", "-i"]))
        .types(&line.join(" "))
        .presses("Enter")
        .sees("1 One neuron")
        .presses("h")
        .sees("1. ")
        .rests();
    let picture = learner.picture();
    learner
        .presses("Ctrl-Z")
        .finds_the_shell("Stopped")
        .types("echo back-$((6*7))\r")
        .sees("back-42")
        .types("fg; echo ended-$((6*7))\r")
        .sees_picture(&picture)
        .presses("q")
        .finds_the_shell("ended-42")
        .types("exit\r");
}
