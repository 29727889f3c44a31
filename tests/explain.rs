//! The worked solution says what the pass did: every action once, with the pass's own numbers.

use byhand::{
    explain::{Block, Shared, Solution},
    load::builtin,
    mistake::Mistake,
    network::{Action, Activation, Dense, Kernel, Layer, Network, Operation},
    pass::Pass,
};

fn one_layer(inputs: usize, units: usize, activation: Activation) -> Network {
    let mut random = fastrand::Rng::with_seed(7);
    let mut numbers = |n: usize| (0..n).map(|_| random.f32() * 4.0 - 2.0).collect::<Vec<f32>>();
    let kernel = Kernel::from_rows(inputs, units, &numbers(inputs * units)).expect("as many");
    let operation = Operation::Dense(Dense::new(kernel, Some(numbers(units)), activation));
    Network::new("one", vec![Layer { name: "d".into(), operation }]).expect("fits")
}

/// The actions of the solution that are written as lines, as a multiset of texts.
fn written(solution: &Solution) -> Vec<String> {
    let mut actions: Vec<String> = Vec::new();
    for block in &solution.blocks {
        match block {
            Block::Unit(unit) => {
                actions.extend(unit.lines.iter().map(|line| format!("{:?}", line.action)));
            }
            Block::Together(together) => actions.extend(together.rows.iter().map(|row| {
                let (activation, before, after) = (together.activation, row.before, row.after);
                format!("{:?}", Action::Activate { activation, before, after })
            })),
            Block::Layer(_) | Block::LeftOut(_) => {}
        }
    }
    actions.sort();
    actions
}

#[test]
fn every_step_of_a_pass_is_written_once_rightly_or_with_a_mistake() {
    let softmax = one_layer(3, 4, Activation::Softmax);
    let glu = one_layer(3, 4, Activation::Glu);
    let mut cases = vec![(softmax, vec![0.5, -1.0, 2.0]), (glu, vec![0.5, -1.0, 2.0])];
    for name in ["line-1-16-1", "sum-2-5-1"] {
        let model = builtin(name).expect(name);
        cases.push((model.network.clone(), model.first_input()));
    }
    for (network, input) in cases {
        let mistakes = Mistake::all(&network).into_iter().map(Some).chain([None]);
        for mistake in mistakes {
            let mistakes: Vec<Mistake> = mistake.into_iter().collect();
            let pass = Pass::new(&network, &input, &mistakes).expect("a pass");
            let solution = Solution::new(&pass, None).expect("a solution");
            let mut steps: Vec<String> =
                (0..pass.steps()).map(|k| format!("{:?}", pass.step(k).expect("a step").action)).collect();
            steps.sort();
            assert_eq!(written(&solution), steps, "{} {mistakes:?}", network.name());
            assert_eq!(solution.mistakes.len(), mistakes.len());
        }
    }
}

#[test]
fn softmax_is_explained_by_powers_that_give_the_shares() {
    let network = one_layer(2, 5, Activation::Softmax);
    let pass = Pass::new(&network, &[3.0, -50.0], &[]).expect("a pass");
    let solution = Solution::new(&pass, Some(&"d.a[1]".parse().expect("an address"))).expect("a solution");
    let together = solution.blocks.iter().find_map(|block| match block {
        Block::Together(together) => Some(together),
        _ => None,
    });
    let together = together.expect("softmax looks at all units");
    let Shared::Powers { sum, .. } = together.shared else { panic!("softmax has powers") };
    assert_eq!(together.rows.len(), 5);
    for (row, a) in together.rows.iter().zip(pass.output()) {
        assert_eq!(row.after, *a);
        assert!((row.between / sum - a).abs() <= f32::EPSILON, "{row:?}");
    }
}

#[test]
fn a_value_is_written_with_what_it_stands_on() {
    let model = builtin("sum-2-5-1").expect("built in");
    let pass = Pass::new(&model.network, &[0.3, 0.1], &[]).expect("a pass");
    for (address, lines, stands_on) in [
        ("hidden.wx[2]", 2, &["input", "hidden.kernel"][..]),
        ("hidden.z[2]", 3, &["input", "hidden.kernel", "hidden.bias[2]"]),
        ("hidden.a[2]", 4, &["input", "hidden.kernel", "hidden.bias[2]"]),
        ("hidden.a", 20, &["input", "hidden.kernel", "hidden.bias"]),
        ("output.in[2]", 4, &["input", "hidden.kernel", "hidden.bias[2]"]),
        ("output[0]", 7, &["hidden.a", "output.kernel", "output.bias[0]"]),
        ("input[1]", 0, &[]),
        ("hidden.bias[1]", 0, &[]),
    ] {
        let asked = address.parse().expect(address);
        let solution = Solution::new(&pass, Some(&asked)).expect(address);
        assert_eq!(written(&solution).len(), lines, "{address}");
        let about = solution.asked.expect("asked for");
        let names: Vec<String> = about.stands_on.iter().map(ToString::to_string).collect();
        assert_eq!(names, stands_on, "{address}");
        assert_eq!(about.values, pass.get(&asked).expect(address), "{address}");
    }
}

#[test]
fn a_solution_of_a_huge_layer_is_bounded() {
    let network = one_layer(5_000, 300, Activation::Softmax);
    let pass = Pass::new(&network, &vec![0.01; 5_000], &[]).expect("a pass");
    assert!(written(&Solution::new(&pass, None).expect("a solution")).len() < 5_000);
    let one = Solution::new(&pass, Some(&"d.z[7]".parse().expect("an address"))).expect("a solution");
    assert_eq!(written(&one).len(), 5_001);
}
