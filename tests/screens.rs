//! Every screen at three sizes, and films of the animation. Each snapshot was read before it was accepted.

#![allow(clippy::unwrap_used, clippy::format_push_string)] // a test that cannot unwrap says nothing

#[path = "screens/stage.rs"]
mod stage;

use byhand::{
    app::Msg,
    ui::theme::{Background, ColorLevel},
    words::Language,
};
use stage::{SIZES, Stage};
use unicode_width::UnicodeWidthStr;

/// What is on the stage, and the keys that lead there.
type Scene = (&'static str, fn() -> Stage, &'static str);

const SCENES: &[Scene] = &[
    ("menu", Stage::course, "Down Down"),
    ("help", Stage::course, "?"),
    ("lesson_start", || Stage::lesson("one-neuron"), ""),
    ("lesson_wrong_guess", || Stage::lesson("forgotten-activation"), "3 Enter wait:60000"),
    ("lesson_blank", || Stage::lesson("by-hand"), "n"),
    ("lesson_wrong_number", || Stage::lesson("by-hand"), "n text:-6.06 Enter"),
    ("lesson_hints", || Stage::lesson("by-hand"), "n h h h"),
    ("lesson_end", || Stage::lesson("one-neuron"), "n n n n n n n n n"),
    ("hunt", || Stage::hunt(7), "n n n 1 Enter"),
    ("hunt_named", || Stage::hunt(7), "n n n n 3 Enter 1 Enter 4 Enter"),
    (
        "hunt_end",
        || Stage::hunt(7),
        "n 2 Enter 1 Enter n 4 Enter 2 Enter 1 Enter n 3 Enter 4 Enter n 3 Enter 4 Enter n 1 Enter 2 Enter n 4 Enter 3 Enter n n",
    ),
    ("bench", || Stage::model("line-1-16-1"), ""),
    ("bench_two_inputs", || Stage::model("sum-2-5-1"), ""),
    ("bench_five_inputs", || Stage::model("sum-5-20-1"), "Home Down wait:9000"),
    ("what_if_on", || Stage::model("line-1-16-1"), "a"),
    ("what_if_list", || Stage::model("line-1-16-1"), "w Down"),
    ("matrix", || Stage::model("sum-2-5-1"), "Home Down wait:9000 v"),
    ("plot", || Stage::model("line-1-16-1"), "a v v"),
    ("map", || Stage::model("sum-2-5-1"), "v v"),
    ("curve", || Stage::model("sum-2-5-1"), "Home Down wait:9000 v v v"),
    ("bars", || Stage::model("sum-2-5-1"), "v v v v"),
    ("editing_weights", || Stage::model("gate-2-1"), "e Down text:2"),
    ("editing_input", || Stage::model("sum-2-5-1"), "i text:,x Enter"),
    ("yours", || Stage::model("line-1-16-1"), "y text:25.0047 Enter"),
    ("finding", || Stage::model("line-1-16-1"), "y text:20.475 Enter wait:300"),
    ("finding_rounding", || Stage::model("sum-2-5-1"), "y text:0.931 Enter wait:300"),
    ("finding_unknown", || Stage::model("line-1-16-1"), "y text:31.33 Enter wait:300"),
    ("finding_in_a_lesson", || Stage::lesson("by-hand"), "n text:-1.04 Enter f wait:300"),
    ("contradiction", || Stage::model("sum-2-5-1"), "y text:1.6596 Enter wait:300 c"),
    ("compare", || Stage::model("line-1-16-1"), "y text:20.475 Enter wait:300 Space wait:60000"),
    ("comparing", || Stage::model("line-1-16-1"), "y text:20.475 Enter wait:300 Space wait:4000 Space"),
    ("walk_convolution", || Stage::network("i_conv2d_more"), "Home PageDown Down Down Right Right Right wait:9000"),
    ("walk_pooling", || Stage::network("p_pools"), "Home PageDown Down Right Right wait:9000"),
    ("walk_recurrent", || Stage::network("p_lstm"), "Home PageDown Down Down Down Down Down Right wait:9000"),
    ("walk_attention", || Stage::network("n_attention"), "Home wait:100 . . . . Down Right wait:9000"),
    ("walk_branches", || Stage::network("k_skip"), "v"),
    ("walk_typing", || Stage::network("k_two_inputs"), "i"),
    ("walk_what_if", || Stage::network("k_skip"), "a v v"),
    ("walk_why", || Stage::network("j_rnn"), "y text:0.4812 Enter wait:3000 y text:-0.0751 Enter wait:3000"),
    ("walk_training", || Stage::training("act_relu"), "wait:2000 Home PageDown PageDown PageDown Down Right wait:9000"),
    (
        "walk_gradient",
        || Stage::training("act_relu"),
        "wait:2000 Home PageDown PageDown PageDown PageDown Down wait:9000",
    ),
    ("walk_loss", || Stage::training("batch_size_1"), "wait:9000 v v ] ]"),
    (
        "walk_training_why",
        || Stage::training("act_relu"),
        "wait:2000 y text:dense_1.bias.new[1]=0.0009 Enter wait:3000",
    ),
    ("midway", || Stage::model("line-1-16-1"), "Home Down Down Right wait:5000 Right wait:5000"),
];

#[test]
fn every_screen_at_three_sizes() {
    for (name, stage, keys) in SCENES {
        for (columns, rows) in SIZES {
            let stage = stage().sized((columns, rows)).presses(keys);
            assert!(stage.is_at_rest(), "{name} would wake the processor for ever");
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), stage.text());
        }
    }
}

#[test]
fn films_of_every_action() {
    // One action takes 540 ms by itself: a product that travels, a bias that drops, the activation's dot.
    let films = [
        ("multiply", "Home Down PageDown wait:9000 Right wait:9000 Right"),
        ("add_bias", "Home Right wait:9000 Right wait:9000 Right"),
        ("activate", "Home Right wait:9000 Right wait:9000 Right wait:9000 Right"),
    ];
    for (name, keys) in films {
        let mut film = String::new();
        for percent in [0, 25, 50, 75, 100] {
            let stage = Stage::model("sum-2-5-1").sized((80, 24)).presses(keys);
            let stage = stage.presses(&format!("wait:{}", 540 * percent / 100));
            film += &format!("{percent} %\n{}", stage.text());
        }
        insta::assert_snapshot!(format!("film_{name}"), film);
    }
}

#[test]
fn colours_say_what_the_signs_say() {
    let stage = |level, background| {
        Stage::model("gate-2-1").sized((60, 20)).presses("a").themed(level, background, false).styles()
    };
    insta::assert_snapshot!("styles_dark", stage(ColorLevel::True, Background::Dark));
    insta::assert_snapshot!("styles_light", stage(ColorLevel::True, Background::Light));
    insta::assert_snapshot!("styles_16", stage(ColorLevel::Sixteen, Background::Dark));
    insta::assert_snapshot!("styles_none", stage(ColorLevel::None, Background::Dark));
}

#[test]
fn ascii_terminals_get_ascii() {
    for (name, stage, keys) in SCENES {
        let stage = stage().sized((80, 24)).presses(keys).themed(ColorLevel::None, Background::Dark, true);
        let odd: Vec<char> = stage.text().chars().filter(|c| !c.is_ascii()).collect();
        assert!(odd.is_empty(), "{name}: {odd:?}");
    }
}

#[test]
fn no_size_is_too_small_or_too_large() {
    for (_, stage, keys) in SCENES {
        for size in [(1, 1), (2, 40), (120, 1), (29, 8), (30, 8), (31, 9), (70, 18), (69, 17), (200, 60)] {
            let _ = stage().sized(size).presses(keys).text();
        }
    }
}

#[test]
fn a_click_in_a_hunt_picks_what_it_is_on() {
    let stage = Stage::hunt(7).sized((80, 24)).presses("n n n n");
    assert_eq!(stage.click_on("output.a[0] ="), Some(Msg::Pick(2)));
    let stage = stage.presses("3 Enter");
    // The place is found: the line that says so is no name to pick.
    assert!(!matches!(stage.click_on("output.a[0] ="), Some(Msg::Pick(_))));
    assert_eq!(stage.click_on("output not scaled back"), Some(Msg::Pick(1)));
}

/// Sentences in wide letters and without blanks, as in Chinese and Japanese: what is measured in characters instead of cells
/// would move a border, or cut a letter in half.
#[test]
fn in_wide_letters_every_frame_stays_closed() {
    let mut wide = 0;
    for (name, stage, keys) in SCENES {
        for size in SIZES {
            let buffer = Language::PSEUDO.within(|| stage().sized(size).presses(keys).buffer());
            let (columns, rows) = (buffer.area.width, buffer.area.height);
            let at = |x: u16, y: u16| buffer[(x, y)].symbol();
            for (y, x) in (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))) {
                if at(x, y).width() == 2 {
                    wide += 1;
                    assert!(x + 1 < columns, "{name} {size:?}: half a letter at the right edge of row {y}");
                    assert_eq!(at(x + 1, y), " ", "{name} {size:?}: a letter is covered at {x}, {y}");
                }
                // Below an upper right corner there is its border, down to the lower right corner or to a panel above it.
                if at(x, y) == "╮" && x > 0 && at(x - 1, y) == "─" && y + 1 < rows {
                    let begins = |row: u16| {
                        (0..x).any(|left| at(left, row) == "╭") && (x..columns).any(|right| at(right, row) == "╮")
                    };
                    let end = (y + 1..rows).find(|&row| begins(row)).unwrap_or(rows);
                    let below: Vec<&str> = (y + 1..end).map(|row| at(x, row)).take_while(|s| *s != "╯").collect();
                    let open = below.iter().find(|sign| **sign == " " || sign.width() == 2);
                    assert_eq!(open, None, "{name} {size:?}: the frame from {x}, {y} has a hole");
                }
            }
        }
    }
    assert!(wide > 100, "{wide} wide letters: the screens are not translated");
}
