//! The recipes of a chain as equations: the same numbers, whatever mistake is made.

use byhand::{
    load::{builtin, builtin_names},
    mistake::Mistake,
    network::{Activation, Dense, Kernel, Layer, Network, Operation, Stage},
    pass::Pass,
};

fn softmax() -> (Network, Vec<f32>) {
    let mut random = fastrand::Rng::with_seed(9);
    let numbers: Vec<f32> = (0..12).map(|_| random.f32() - 0.5).collect();
    let kernel = Kernel::from_rows(3, 4, &numbers).expect("twelve numbers");
    let dense = Dense::new(kernel, Some(vec![0.1, -0.2, 0.3, 0.0]), Activation::Softmax);
    let layer = Layer { name: "d".into(), operation: Operation::Dense(dense) };
    (Network::new("softmax", vec![layer]).expect("a network"), vec![0.5, -1.0, 2.0])
}

#[test]
fn every_stage_of_every_mistake_has_the_same_bits() {
    let mut cases = vec![softmax()];
    for name in builtin_names() {
        let model = builtin(name).expect(name);
        cases.push((model.network.clone(), model.first_input()));
    }
    let (mut passes, mut values) = (0, 0);
    for (network, input) in cases {
        for mistake in Mistake::all(&network).into_iter().map(Some).chain([None]) {
            let mistakes: Vec<Mistake> = mistake.into_iter().collect();
            let pass = Pass::new(&network, &input, &mistakes).expect("a pass");
            let about = format!("{} {:?}", network.name(), mistakes);
            let program = pass.program().unwrap_or_else(|error| panic!("{about}: {error}"));
            let given = [(program.find("input").expect("an input"), input.clone())];
            let all = program.evaluate(&given).unwrap_or_else(|error| panic!("{about}: {error}"));
            for (i, layer) in network.layers().enumerate() {
                for stage in [Stage::Wx, Stage::Z, Stage::A] {
                    let Some(expected) = pass.stage(i, stage) else { continue };
                    let name = format!("{}.{}", layer.name, stage.name());
                    let array = program.find(&name).unwrap_or_else(|| panic!("{about}: no {name}"));
                    // The graph's sparsemax sorts nothing and rounds on the way; `tests/truth.rs` compares it with its source.
                    if about.contains("Sparsemax") {
                        let near = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-5 * b.abs().max(1.0);
                        assert!(all.of(array).iter().zip(expected).all(near), "{about}: {name}");
                        continue;
                    }
                    let bits = |numbers: &[f32]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(all.of(array)), bits(expected), "{about}: {name}");
                    values += expected.len();
                }
            }
            passes += 1;
        }
    }
    println!("{values} values of {passes} passes");
    assert!(passes > 500, "{passes}");
}
