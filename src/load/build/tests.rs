use super::{orient::InOut, *};
use crate::load::Array;
use crate::pass::Pass;

fn array(name: &str, shape: &[usize], values: &[f32]) -> Array {
    let name = (!name.is_empty()).then(|| name.to_owned());
    let values = if values.is_empty() { vec![0.5; shape.iter().product()] } else { values.to_vec() };
    Array { name, shape: shape.to_vec(), values, line: 7, decimals: Some(1), origin: Origin::Plain }
}

fn found(arrays: Vec<Array>) -> Found {
    Found { arrays, ..Found::default() }
}

fn unnamed(shapes: &[&[usize]]) -> Found {
    found(shapes.iter().map(|shape| array("", shape, &[])).collect())
}

fn given(activations: &[&str]) -> Given {
    let activations = activations.iter().map(|name| name.parse().expect("an activation")).collect();
    Given { activations: Some(activations), ..Given::named("own") }
}

/// Names, (inputs, units) and remarks.
fn read(found: &Found, given: &Given) -> (Vec<String>, Vec<InOut>, Vec<String>) {
    let plan = plan(found, given).unwrap_or_else(|why| panic!("{why}"));
    let layers = plan.layers();
    let names = layers.iter().map(|layer| layer.name.clone()).collect();
    let sides = layers.iter().map(|layer| (layer.inputs, layer.units)).collect();
    (names, sides, plan.remarks.iter().map(ToString::to_string).collect())
}

#[test]
fn matrices_and_vectors_become_layers() {
    let (names, sides, remarks) = read(&unnamed(&[&[2, 3], &[3], &[3, 1]]), &given(&[]));
    assert_eq!(names, ["dense", "dense_1"]);
    assert_eq!(sides, [(2, 3), (3, 1)]);
    assert_eq!(remarks, ["no bias was found for `dense_1`; read as a layer without bias"]);
}

#[test]
fn the_orientation_is_concluded_said_assumed_or_given() {
    let square = || unnamed(&[&[2, 2], &[2], &[2, 2], &[2]]);
    let torch = || {
        let mut found = square();
        found.arrays.iter_mut().for_each(|array| array.origin = Origin::Torch);
        found
    };
    let turned = Given { orientation: Some(Orientation::Torch), ..Given::default() };
    // The arrays; what else is known; a remark, if one is made.
    let table: &[(Found, Given, Option<&str>, bool)] = &[
        (square(), Given::default(), Some("use `--orientation torch`"), false),
        (square(), turned.clone(), None, true),
        (torch(), Given::default(), None, true),
        (torch(), Given { orientation: Some(Orientation::Keras), ..Given::default() }, None, false),
        // Only units x inputs fits: 3 units of 2 inputs, 1 unit of 3.
        (unnamed(&[&[3, 2], &[3], &[1, 3], &[1]]), Given::default(), Some("units x inputs: the shapes fit only"), true),
        // A square kernel whose neighbour is not square.
        (
            unnamed(&[&[2, 2], &[2], &[2, 1], &[1]]),
            Given::default(),
            Some("inputs x units: the shapes fit only"),
            false,
        ),
        (unnamed(&[&[2, 2], &[2], &[1, 2], &[1]]), Given::default(), Some("units x inputs: the shapes fit only"), true),
        // Columns as biases.
        (unnamed(&[&[2, 2], &[2], &[2, 2], &[2]]), turned, None, true),
    ];
    for (found, given, remark, expected) in table {
        let plan = plan(found, given).expect("fits");
        let Weights::Dense { turned, .. } = plan.layers[0].weights else { panic!("dense") };
        assert_eq!(turned, *expected, "{:?}", plan.remarks);
        let remarks: Vec<String> = plan.remarks.iter().map(ToString::to_string).collect();
        assert_eq!(remarks.len(), usize::from(remark.is_some()), "{remarks:?}");
        assert!(remark.is_none_or(|remark| remarks[0].contains(remark)), "{remarks:?}");
    }
    let biases = [("W1", &[2, 2][..]), ("b1", &[2, 1]), ("W2", &[2, 2]), ("b2", &[2, 1])];
    let columns = found(biases.iter().map(|(name, shape)| array(name, shape, &[])).collect());
    assert!(
        read(&columns, &Given::default()).2[0].contains("units x inputs, because of the biases, which are columns")
    );
}

#[test]
fn a_question_contains_both_readings() {
    // x = (1, 2), kernel [[0.15, 0.20], [0.25, 0.30]], bias (0.35, 0.35), linear.
    let kernel = [0.15, 0.20, 0.25, 0.30];
    let found = found(vec![array("", &[2, 2], &kernel), array("", &[2], &[0.35, 0.35])]);
    let given = given(&["linear"]);
    let plan = plan(&found, &given).expect("fits");
    let chosen = model(&found, &plan, &given).expect("made");
    let question = question(&found, &plan, &given, &chosen).expect("square and unlabelled");
    assert_eq!(question.about.option(), "--orientation");
    let answer =
        |i: usize| Pass::new(&question.choices[i].model.network, &[1.0, 2.0], &[]).expect("fits").output().to_vec();
    // keras: 0.15 + 2 * 0.25 + 0.35 = 1.0, 0.2 + 2 * 0.3 + 0.35 = 1.15; torch: 0.15 + 2 * 0.2 + 0.35 = 0.9, 0.25 + 0.6 + 0.35 = 1.2
    for (ours, expected) in answer(0).iter().chain(&answer(1)).zip([1.0, 1.15, 0.9, 1.2]) {
        assert!((ours - expected).abs() < 1e-6, "{ours} {expected}");
    }
}

/// Names and shapes of the arrays; the layers' names, inputs and units; how many remarks.
type Case<'a> = (&'a [(&'a str, &'a [usize])], &'a [&'a str], &'a [InOut], usize);

#[test]
fn names_decide_what_belongs_together_and_in_which_order() {
    let named = |list: &[(&str, &[usize])]| found(list.iter().map(|(name, shape)| array(name, shape, &[])).collect());
    let table: &[Case] = &[
        // Listed from the output back.
        (&[("W2", &[3, 1]), ("b2", &[1]), ("W1", &[2, 3]), ("b1", &[3])], &["dense", "dense_1"], &[(2, 3), (3, 1)], 1),
        // Kernels first, biases in another dictionary, one of them under another name.
        (
            &[("weights.h1", &[3, 4]), ("weights.out", &[4, 2]), ("biases.b1", &[4]), ("biases.out", &[2])],
            &["h1", "out"],
            &[(3, 4), (4, 2)],
            0,
        ),
        (
            &[("fc1.weight", &[4, 3]), ("fc1.bias", &[4]), ("fc2.weight", &[2, 4]), ("fc2.bias", &[2])],
            &["fc1", "fc2"],
            &[(3, 4), (4, 2)],
            1,
        ),
        (
            &[("weightsHO", &[1, 3]), ("weightsIH", &[3, 2]), ("biasH", &[3, 1]), ("biasO", &[1, 1])],
            &["dense", "dense_1"],
            &[(2, 3), (3, 1)],
            1,
        ),
        (&[("wih", &[3, 2]), ("who", &[1, 3])], &["dense", "dense_1"], &[(2, 3), (3, 1)], 2),
        // The name says that it is no weight.
        (&[("W1", &[2, 1]), ("b1", &[1]), ("x", &[1, 2])], &["dense"], &[(2, 1)], 1),
        // A vector as the kernel of one unit.
        (&[("w1", &[2, 2]), ("b1", &[2]), ("w2", &[2]), ("b2", &[])], &["dense", "dense_1"], &[(2, 2), (2, 1)], 1),
        // Everything is a row.
        (
            &[("W1", &[1, 5]), ("b1", &[1, 5]), ("W2", &[1, 5]), ("b2", &[])],
            &["dense", "dense_1"],
            &[(1, 5), (5, 1)],
            1,
        ),
    ];
    for (list, names, sides, remarks) in table {
        let ours = read(&named(list), &Given::default());
        assert_eq!((&ours.0[..], &ours.1[..]), (&names.map_to_owned()[..], &sides[..]), "{list:?}");
        assert_eq!(ours.2.len(), *remarks, "{list:?}: {:?}", ours.2);
    }
}

trait Owned {
    fn map_to_owned(&self) -> Vec<String>;
}

impl Owned for &[&str] {
    fn map_to_owned(&self) -> Vec<String> {
        self.iter().map(|name| (*name).to_owned()).collect()
    }
}

#[test]
fn a_normalization_is_four_vectors() {
    let (names, sides, remarks) = read(&unnamed(&[&[2, 3], &[3], &[3], &[3], &[3], &[3], &[3, 1], &[1]]), &given(&[]));
    assert_eq!(names, ["dense", "batch_normalization", "dense_1"]);
    assert_eq!(sides, [(2, 3), (3, 3), (3, 1)]);
    assert!(remarks[0].contains("epsilon") && remarks[0].contains("0.001"), "{remarks:?}");
}

#[test]
fn the_bias_may_be_part_of_the_kernel() {
    // R's neuralnet: the first row. 1 + 2 * 3 = 7 and 10 + 2 * 30 = 70 for x = 2.
    let kernel = [1.0, 10.0, 3.0, 30.0];
    let arrays = vec![array("", &[2, 2], &kernel), array("", &[3, 1], &[0.0, 1.0, 1.0])];
    let mut first = found(arrays.clone());
    first.hints.bias_place = Some(BiasPlace::First);
    let given = given(&["linear", "linear"]);
    let open = |found: &Found| model(found, &plan(found, &given).expect("fits"), &given).expect("made");
    assert_eq!(Pass::new(&open(&first).network, &[2.0], &[]).expect("fits").output(), [77.0]);
    // One row a unit, the bias last: 3 * 2 + 30, 1 * 2 + 10; then 2 * 36 + 12 * 3 + 4.
    let rows = [3.0, 30.0, 1.0, 10.0];
    let mut last = found(vec![array("", &[2, 2], &rows), array("", &[1, 3], &[2.0, 3.0, 4.0])]);
    last.hints.bias_place = Some(BiasPlace::Last);
    assert_eq!(Pass::new(&open(&last).network, &[2.0], &[]).expect("fits").output(), [112.0]);
    // Nothing says which: asked.
    let why = plan(&found(arrays), &Given::default()).expect_err("asked").to_string();
    assert!(why.contains("`--bias first` or `--bias last`"), "{why}");
}

#[test]
fn arrays_that_do_not_fit_are_named() {
    let named = |list: &[(&str, &[usize])]| found(list.iter().map(|(name, shape)| array(name, shape, &[])).collect());
    let table: Vec<(Found, &[&str], &str)> = vec![
        (unnamed(&[]), &[], "there is no array here"),
        (unnamed(&[&[3]]), &["relu"], "array 1 (line 7) is a bias of 3 numbers, but there is no kernel before it"),
        (unnamed(&[&[1, 2], &[2], &[3]]), &["relu"], "2 vectors follow array 1 (line 7); the first would be its bias"),
        (
            unnamed(&[&[1, 2], &[2, 1]]),
            &["relu"],
            "2 layers, and 1 activation was given; give one activation for each layer, as in `--activations relu,linear`",
        ),
        (
            unnamed(&[&[1, 2], &[3]]),
            &["relu"],
            "array 1 (line 7) has shape (1, 2), and its bias array 2 (line 7) has 3 numbers; a bias has one number for each unit, here 2 (inputs x units) or 1 (units x inputs)",
        ),
        (
            unnamed(&[&[1, 2], &[2], &[5, 2], &[2]]),
            &["relu", "relu"],
            "array 1 (line 7) has shape (1, 2) and gives 2 numbers, but array 3 (line 7) has shape (5, 2) and takes 5, read as inputs x units",
        ),
        (
            named(&[("W1", &[3, 1]), ("b1", &[1]), ("W2", &[2, 3]), ("b2", &[3])]),
            &[],
            "the order of the names is `W1` (3, 1) → `W2` (2, 3), which does not fit, and the shapes fit in the order `W2` (2, 3) → `W1` (3, 1)",
        ),
        // Recurrent layers, convolutions: by shape, by rank, by name.
        (
            unnamed(&[&[5, 1], &[1, 1], &[1]]),
            &["tanh", "linear"],
            "array 1 (line 7) looks like the kernel of a recurrent layer, SimpleRNN(1), with kernel and recurrent kernel of shapes (5, 1) and (1, 1)",
        ),
        (unnamed(&[&[1, 8], &[2, 8], &[8], &[2, 1], &[1]]), &[], "LSTM(2)"),
        (unnamed(&[&[1, 6], &[2, 6], &[2, 6], &[2, 1], &[1]]), &[], "GRU(2)"),
        (unnamed(&[&[1, 6], &[2, 6], &[6], &[2, 1], &[1]]), &[], "GRU(2, reset_after=False)"),
        (
            unnamed(&[&[2, 2, 1, 2], &[2], &[8, 1], &[1]]),
            &[],
            "has shape (2, 2, 1, 2) and looks like the kernel of a `Conv2D` layer (convolution)",
        ),
        (unnamed(&[&[3, 1, 4], &[4]]), &[], "Conv1D"),
        (
            named(&[("lstm/lstm_cell/kernel:0", &[1, 8])]),
            &[],
            "`lstm/lstm_cell/kernel:0` has shape (1, 8) and belongs to a layer of class `LSTM` (recurrent)",
        ),
        (named(&[("rnn.weight_ih_l0", &[2, 1]), ("rnn.weight_hh_l0", &[2, 2])]), &[], "recurrent"),
        (named(&[("conv1.weight", &[4, 1, 3, 3])]), &[], "Conv"),
    ];
    for (found, activations, expected) in table {
        let given = given(activations);
        let why = plan(&found, &given).and_then(|plan| model(&found, &plan, &given)).expect_err(expected).to_string();
        assert!(why.contains(expected), "{why}\n{expected}");
    }
    // Two Dense layers, the first without a bias, can be said by name.
    let dense = named(&[("W1", &[5, 1]), ("W2", &[1, 1]), ("b2", &[1])]);
    assert_eq!(read(&dense, &Given::default()).1, [(5, 1), (1, 1)]);
    let wrong = Given { orientation: Some(Orientation::Torch), ..Given::default() };
    let why = plan(&unnamed(&[&[2, 3], &[3], &[3, 1], &[1]]), &wrong).expect_err("does not fit").to_string();
    assert!(why.contains("with `--orientation keras` they fit"), "{why}");
}
