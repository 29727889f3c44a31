//! The bench of networks of any shape and of training, used as a person uses it.

#![allow(clippy::unwrap_used, dead_code)] // a test that cannot unwrap says nothing; the stage has more than is needed here

#[path = "screens/stage.rs"]
mod stage;

use byhand::{
    app::{Screen, walk_bench::WalkBench},
    pass::Strides,
    walk::Walk,
};
use stage::Stage;

fn bench(stage: &Stage) -> &WalkBench {
    match &stage.app.screen {
        Screen::Walk(bench) => bench,
        other => panic!("{other:?}"),
    }
}

fn walk(stage: &Stage) -> &Walk {
    bench(stage).walk()
}

#[test]
fn a_number_without_the_activation_is_named_and_shown_beside_the_right_one() {
    let stage = Stage::network("i_conv1d").presses("a");
    assert_eq!(bench(&stage).what_ifs().len(), 1);
    // What the what-if gives is what somebody who forgot the activation would have typed.
    let address = walk(&stage).address(walk(&stage).outputs()[0], 0);
    let wrong = walk(&stage).get(&address).unwrap()[0];
    let stage = stage.presses("u");
    assert!(bench(&stage).what_ifs().is_empty());
    assert_ne!(walk(&stage).get(&address).unwrap()[0].to_bits(), wrong.to_bits());
    let stage = stage.presses(&format!("y text:{address}={wrong:.6} Enter wait:60000"));
    let finding = bench(&stage).finding().unwrap();
    assert!(!finding.is_searching() && !finding.causes().is_empty(), "{:?}", finding.lines());
    assert!(stage.text().contains("Why your number differs"));
    // Enter switches the cause on and goes to the first value that it changes.
    let stage = stage.presses("Enter");
    let shown = walk(&stage).get(&address).unwrap()[0];
    assert!((shown - wrong).abs() < 1e-5, "{shown} for {wrong}");
    assert!(walk(&stage).difference().is_some() && stage.is_at_rest());
}

#[test]
fn another_input_is_typed_and_taken_back() {
    let stage = Stage::network("k_two_inputs");
    let before: Vec<Vec<f32>> = bench(&stage).inputs().to_vec();
    let text: Vec<String> = before.iter().map(|input| vec!["0.5"; input.len()].join(",")).collect();
    let stage = stage.presses(&format!("i text:{} Enter", text.join(";")));
    assert!(bench(&stage).inputs().iter().flatten().all(|&x| x == 0.5), "{}", stage.text());
    assert_eq!(bench(&stage.presses("u")).inputs(), before);
}

#[test]
fn every_position_is_reached_forwards_and_backwards() {
    let mut stage = Stage::network("j_rnn").presses("Home");
    let steps = walk(&stage).steps();
    for expected in 1..=40.min(steps) {
        stage = stage.presses("Right wait:5000");
        assert_eq!(bench(&stage).player().position(), expected);
    }
    for expected in (0..40.min(steps)).rev() {
        stage = stage.presses("Left");
        assert_eq!(bench(&stage).player().position(), expected);
    }
}

#[test]
fn a_gradient_agrees_with_the_slope_by_two_losses() {
    // Not a relu whose sum is exactly 0: at its kink the slope by two losses is half of what it is beside it.
    for name in ["act_tanh", "textbook_222", "hinge_2_5_1"] {
        let stage = Stage::training(name).presses("wait:2000");
        let total = walk(&stage).steps();
        let gradients: Vec<usize> = (0..=total)
            .filter(|&k| {
                let place = k.checked_sub(1).and_then(|k| walk(&stage).place(k));
                place.is_some_and(|place| {
                    walk(&stage).weight_of_gradient(place.array).is_some()
                        && walk(&stage).known_after(place.array, place.flat) == Some(k)
                })
            })
            .collect();
        assert!(!gradients.is_empty(), "{name}");
        let mut stage = stage;
        let mut compared = 0;
        for k in gradients.into_iter().take(12) {
            let _ = stage.app.update(byhand::app::Msg::Scrub(k), std::time::Duration::from_secs(100));
            let (array, flat) = bench(&stage).looked_at().unwrap();
            let (gradient, slope) = (walk(&stage).value(array, flat), bench(&stage).slope(array, flat));
            let slope = slope.unwrap_or_else(|| panic!("{name}: no slope at {k}"));
            // A kink of relu or hinge may lie between the two losses; float32 has about 7 digits.
            let far = (slope - gradient).abs();
            assert!(far <= 0.02 * gradient.abs().max(0.05), "{name}: {gradient} by hand, {slope} by two losses");
            compared += 1;
        }
        assert!(compared > 0);
    }
}

#[test]
fn a_training_is_computed_in_the_background_and_every_step_can_be_seen() {
    let stage = Stage::training("fit_line_1_16_1");
    let (trained, _) = bench(&stage).training().unwrap();
    let steps = trained.steps();
    assert!(!trained.is_over() && !stage.is_at_rest());
    let mut stage = stage;
    while !stage.is_at_rest() {
        stage.wait(10_000);
    }
    let (trained, _) = bench(&stage).training().unwrap();
    assert_eq!(trained.curve().losses.len(), steps);
    let losses = trained.curve().losses.to_vec();
    // The loss of a step is the loss of its pass, wherever one looks from.
    let per_epoch = trained.curve().per_epoch;
    let stage = stage.presses("} } ]");
    let (_, at) = bench(&stage).training().unwrap();
    assert_eq!(at, 2 * per_epoch + 1);
    assert_eq!(walk(&stage).get("loss").unwrap()[0].to_bits(), losses[at].to_bits());
    let stage = stage.presses("v v v");
    let function = bench(&stage).function().expect("one input: its function is drawn");
    assert!(function.learned.len() > 100 && stage.text().contains("learned so far"), "{}", stage.text());
}

#[test]
fn a_very_wide_layer_draws_only_what_fits() {
    use byhand::{
        equation::Array,
        graph::{Network, op::Dense},
        network::Activation,
    };
    let mut network = Network::new("wide");
    let x = network.input("x", [1]).unwrap();
    let width = 30_000;
    let kernel = Array::new([1, width], (0..width).map(|i| i as f32 / 1e4 - 1.5).collect()).unwrap();
    let hidden = network.add("hidden", Dense::new(kernel, None, Activation::Relu), [x]).unwrap();
    let kernel = Array::new([width, 1], (0..width).map(|i| (i % 7) as f32 / 1e4).collect()).unwrap();
    let out = network.add("out", Dense::new(kernel, None, Activation::Linear), [hidden]).unwrap();
    network.set_outputs([out]);
    let mut stage = Stage::course();
    stage.app.open_walk(WalkBench::of_network(network, vec![vec![1.0]]).unwrap());
    for size in stage::SIZES {
        let stage = stage.clone().sized(size);
        // The units around the one that contributes most: 1.4997 times 0.0006.
        assert!(stage.text().contains("29994") || size.0 < 80, "{}", stage.text());
    }
}
