//! The worked solution says what the pass did: every action once, with the pass's own numbers.

use byhand::{
    explain::{Block, Shared, Sheet, Solution, beside, csv, json, latex, markdown, sheet::Pair},
    load::{builtin, builtin_names},
    mistake::Mistake,
    network::{Action, Activation, Dense, Kernel, Layer, Network, Operation, number::Digits},
    pass::Pass,
};
use serde_json::Value;

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
fn every_step_of_a_right_or_wrong_pass_is_written_once() {
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
            let mut steps: Vec<String> = (0..pass.steps())
                .map(|k| pass.step(k).expect("a step"))
                .filter(|step| !pass.recipe(step.layer).expect("a layer").leaves_out_at(step.place))
                .map(|step| format!("{:?}", step.action))
                .collect();
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
fn a_value_is_written_with_the_values_it_depends_on() {
    let model = builtin("sum-2-5-1").expect("built in");
    let pass = Pass::new(&model.network, &[0.3, 0.1], &[]).expect("a pass");
    for (address, lines, depends_on) in [
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
        let names: Vec<String> = about.depends_on.iter().map(ToString::to_string).collect();
        assert_eq!(names, depends_on, "{address}");
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

/// Every mistake of a few networks, with the network's first input.
fn wrong_ways() -> Vec<(Pass, Pass)> {
    let mut cases: Vec<(Network, Vec<f32>)> = [Activation::Softmax, Activation::Relu]
        .map(|activation| (one_layer(3, 4, activation), vec![0.5, -1.0, 2.0]))
        .into();
    for name in builtin_names() {
        let model = builtin(name).expect(name);
        cases.push((model.network.clone(), model.first_input()));
    }
    let mut ways = Vec::new();
    for (network, input) in cases {
        let right = Pass::new(&network, &input, &[]).expect("a pass");
        let mut mistakes = Mistake::all(&network);
        // One way of each kind at each layer stands for the others.
        mistakes.dedup_by_key(|mistake| (mistake.kind.id, mistake.layer));
        for mistake in mistakes {
            ways.push((right.clone(), Pass::new(&network, &input, &[mistake]).expect("a pass")));
        }
    }
    ways
}

#[test]
fn side_by_side_every_line_of_both_ways_is_written_once() {
    for (right, wrong) in wrong_ways() {
        let sheet = Sheet::beside(&right, &wrong, None).expect("a sheet");
        let about = format!("{} {:?}", right.network().name(), wrong.mistakes());
        let lines = |pass: &Pass| written(&Solution::new(pass, None).expect("a solution")).len();
        assert_eq!(sheet.pairs().filter(|pair| pair.right.is_some()).count(), lines(&right), "{about}");
        assert_eq!(sheet.pairs().filter(|pair| pair.wrong.is_some()).count(), lines(&wrong), "{about}");
        let wrong_values =
            sheet.pairs().filter(|pair| pair.wrong.is_none() && pair.address.to_string().contains(".a["));
        for pair in wrong_values.filter(|pair| pair.right.is_some()) {
            assert!(wrong.get(&pair.address).is_ok_and(|value| value.len() == 1), "{about} {pair:?}");
        }
        for pair in sheet.pairs() {
            assert!(!pair.same || pair.agrees(), "{about} {pair:?}");
            assert!(pair.right.is_some() || pair.wrong.is_some(), "{about}");
        }
    }
}

#[test]
fn the_first_different_line_is_marked_and_all_before_it_agree() {
    for (right, wrong) in wrong_ways() {
        let sheet = Sheet::beside(&right, &wrong, None).expect("a sheet");
        let about = format!("{} {:?}", right.network().name(), wrong.mistakes());
        let other = sheet.other.as_ref().expect("two passes");
        let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        if bits(right.output()) != bits(wrong.output()) {
            assert!(other.differs_at.is_some(), "{about}");
        }
        let marked: Vec<_> = sheet.pairs().filter(|pair| pair.differs_first).collect();
        assert_eq!(marked.len(), usize::from(other.differs_at.is_some()), "{about}");
        for layer in sheet
            .sections
            .iter()
            .take_while(|layer| !layer.units.iter().flat_map(|u| &u.pairs).any(|p| p.differs_first))
        {
            let last = layer.units.iter().filter_map(|unit| unit.pairs.last());
            assert!(last.into_iter().all(Pair::agrees), "{about}");
        }
        if let Some(at) = &other.differs_at {
            let text = beside::write(&sheet, Digits::default());
            assert!(text.contains(&format!("The two ways first differ at {at}.")), "{about}: {text}");
            assert_eq!(text.matches('▶').count(), 1, "{about}: {text}");
        }
    }
}

#[test]
fn two_ways_side_by_side_fit_80_columns_in_every_model() {
    for (right, wrong) in wrong_ways() {
        let sheet = Sheet::beside(&right, &wrong, None).expect("a sheet");
        let text = beside::write(&sheet, Digits::default());
        // What names the mistake and the layer is as long as the names are.
        for line in text.lines().filter(|line| line.starts_with("    ") || line.starts_with("  ▶")) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
#[rustfmt::skip] // one line a case
fn the_wrong_way_is_written_beside_the_right_one() {
    for (model, input, mistake, value, expected) in [
        // 10 × -0.10383 + 0 is negative: relu makes it 0. Unit 1 is positive: nothing changes.
        ("line-1-16-1", &[10.0][..], "skipped-activation:dense", None, &["The two ways first differ at dense.a[0].", "▶ a  = relu(-1.0383) = 0               ≠ (left out: still -1.0383)", "unit 1: the same values, but other lines (3 lines)", "32 of 66 lines are the same both ways.", "With this mistake output = 20.4750; done right it is 25.0047."][..]),
        ("line-1-16-1", &[10.0], "skipped-activation:dense", Some("dense.a[1]"), &["The two ways first differ at dense.a[0], which is not among these lines; see it with --value 'dense.a[0]'.", "With this mistake dense.a[1] = 6.0605, and done right it is the same."]),
        ("line-1-16-1", &[10.0], "skipped-activation:dense", Some("dense.a[8]"), &["The two ways first differ at dense.a[0]; among these lines, at the mark.", "▶ a  = relu(-3.6325) = 0"]),
        // the product and the activation are the same kind in another order: the bias stands alone on each side
        ("sum-2-5-1", &[0.3, 0.1], "bias-after-activation:hidden", Some("hidden.a[1]"), &["z  = 0.2132 + 0.2145 = 0.4277", "(left out: still 0.2132)", "tanh(0.2132) = 0.2100", "a  = (not done)", "With this mistake hidden.a[1] = 0.4246; done right it is 0.4034."]),
        ("scaled-1-1-1", &[0.95], "unscaled-input:scaler_in", None, &["▶ a  = 0.95 × scale 2 = 1.9    ≠ (left out: still 0.95)", "With this mistake output = 0.8100; done right it is 0.7850."]),
        ("norm-1", &[5.0], "batch-norm-variance:batch_normalization", None, &["same   a  = 5 - mean 0.0589 = 4.9411", "▶ right  a  = 4.94115 / deviation 0.95447 = 5.1769\n    wrong     = 4.9411 / deviation 0.9110 = 5.4238", "done right it is 4.1749."]),
        ("sum-2-5-1", &[0.3, 0.1], "reversed-order:output", None, &["units 0 to 4: the same both ways (20 lines)", "20 of 27 lines are the same both ways."]),
        // four decimals would hide a difference in the fifth
        ("sum-2-5-1", &[0.3, 0.1], "rounded-values:round[5]", None, &["▶ right  wx = -0.3247178 + 0.1 × (-0.5668275) ≈ -0.38140053", "wrong     = -0.3247178 + 0.1 × (-0.5668275) = -0.3814\n"]),
    ] {
        let network = builtin(model).expect(model).network;
        let mistake = Mistake::named(mistake, &network).expect(mistake);
        let (right, wrong) = (Pass::new(&network, input, &[]).expect("fits"), Pass::new(&network, input, &[mistake]).expect("fits"));
        let asked = value.map(|value| value.parse().expect("an address"));
        let text = beside::write(&Sheet::beside(&right, &wrong, asked.as_ref()).expect("a sheet"), Digits::default());
        for expected in expected {
            assert!(text.contains(expected), "no {expected:?} in\n{text}");
        }
    }
}

#[test]
fn a_value_that_the_wrong_way_lacks_is_reported_as_missing() {
    let network = one_layer(2, 3, Activation::Softmax);
    let mistake = Mistake::named("argmax-for-value:d", &network).expect("can be made");
    let (right, wrong) = (Pass::new(&network, &[1.0, 2.0], &[]), Pass::new(&network, &[1.0, 2.0], &[mistake]));
    let (right, wrong) = (right.expect("fits"), wrong.expect("fits"));
    let asked = "output[2]".parse().expect("an address");
    let text = beside::write(&Sheet::beside(&right, &wrong, Some(&asked)).expect("a sheet"), Digits::default());
    assert!(text.contains("With this mistake there is no output[2]; done right it is "), "{text}");
    assert!(Sheet::beside(&right, &wrong, Some(&"output[3]".parse().expect("an address"))).is_err());
}

#[test]
fn each_format_has_one_pass_and_two() {
    let network = builtin("sum-2-5-1").expect("built in").network;
    let mistake = Mistake::named("bias-after-activation:hidden", &network).expect("can be made");
    let (right, wrong) = (Pass::new(&network, &[0.3, 0.1], &[]), Pass::new(&network, &[0.3, 0.1], &[mistake]));
    let (right, wrong) = (right.expect("fits"), wrong.expect("fits"));
    let asked = "hidden.a[0]".parse().expect("an address");
    let (one, two) = (Sheet::new(&right, Some(&asked)), Sheet::beside(&right, &wrong, Some(&asked)));
    let (one, two) = (one.expect("a sheet"), two.expect("a sheet"));
    let four = Digits::default();
    for (text, expected) in [
        (
            markdown::write(&one, four),
            &["| value | calculation |\n| --- | --- |\n", "| `hidden.a[0]` | tanh(-0.5643) = -0.5112 |"][..],
        ),
        (
            markdown::write(&two, four),
            &[
                "| value | right | wrong |\n| --- | --- | --- |\n",
                "| `hidden.z[0]` | **-0.3814 + (-0.1829) = -0.5643** | **(left out: still -0.3814)** |",
                "| `hidden.wx[0]` | 0.3 × (-1.0824) = -0.3247 | the same |",
            ],
        ),
        (
            latex::write(&one, four),
            &[
                "\\begin{align*}\n(wx)_{0} &= 0.3 \\times (-1.0824) = -0.3247 \\\\\n",
                "a_{0} &= \\operatorname{tanh}(-0.5643) = -0.5112\n\\end{align*}",
            ],
        ),
        (
            latex::write(&two, four),
            &["&\\text{right} & &\\text{wrong} \\\\\n", "z_{0} &= \\boxed{-0.3814 + (-0.1829) = -0.5643} & z_{0} &"],
        ),
        (
            csv::write(&one, four),
            &["address,calculation,result,exact\nhidden.wx[0],0.3 × (-1.0824),-0.3247,-0.3247178\n"],
        ),
        (
            csv::write(&two, four),
            &[
                "address,right_calculation,right,wrong_calculation,wrong,same,right_exact,wrong_exact\n",
                ",true,-0.38140053,-0.38140053\nhidden.z[0],-0.3814 + (-0.1829),-0.5643,",
                ",false,-0.5643062,-0.38140053\n",
            ],
        ),
    ] {
        for expected in expected {
            assert!(text.contains(expected), "no {expected:?} in\n{text}");
        }
    }
    let json: Value = serde_json::from_str(&json::beside(&right, &wrong, Some(&asked)).expect("JSON")).expect("JSON");
    assert_eq!((&json["parts_at"], &json["value"]), (&"hidden.z[0]".into(), &"hidden.a[0]".into()));
    for way in ["right", "wrong"] {
        assert_eq!(json[way]["lines"].as_array().map(Vec::len), Some(4));
        assert_eq!(json[way]["values"].as_array().map(Vec::len), Some(1));
    }
    assert_eq!(json["right"]["lines"][3]["action"], "activate");
    assert_eq!(json["wrong"]["lines"][3]["action"], "add-bias");
}

#[test]
fn a_layer_without_sums_has_no_stage_z() {
    for name in ["norm-1", "scaled-1-1-1"] {
        let model = builtin(name).expect(name);
        let pass = Pass::new(&model.network, &model.first_input(), &[]).expect("fits");
        for pair in Sheet::new(&pass, None).expect("a sheet").pairs() {
            assert!(pass.get(&pair.address).is_ok_and(|values| values.len() == 1), "{name} {}", pair.address);
        }
    }
}

#[test]
fn two_ways_through_a_huge_layer_are_bounded_and_leave_out_the_same_lines() {
    let network = one_layer(5_000, 300, Activation::Softmax);
    let input = vec![0.01; 5_000];
    let right = Pass::new(&network, &input, &[]).expect("a pass");
    for mistake in
        ["skipped-bias:d", "wrong-activation:d:relu", "skipped-activation:d", "rounded-values:cut-products[1]"]
    {
        let mistake = Mistake::named(mistake, &network).expect(mistake);
        let wrong = Pass::new(&network, &input, &[mistake]).expect("a pass");
        let sheet = Sheet::beside(&right, &wrong, None).expect("a sheet");
        assert!(sheet.pairs().count() < 5_000, "{mistake:?}");
        let text = beside::write(&sheet, Digits::default());
        assert!(text.contains("… 3000 more products …") || text.contains("(5001 lines)"), "{mistake:?}: {text}");
        for pair in sheet.pairs().filter(|pair| pair.wrong.is_none()) {
            // Only what the wrong way really does not do stands alone.
            let value = wrong.get(&pair.address).map(<[f32]>::to_vec);
            assert!(value.is_ok_and(|value| value == [pair.values.1]), "{mistake:?} {pair:?}");
        }
        assert!(
            text.contains("… units 1 to 298 left out (1490000 products); see one with --value 'd."),
            "{mistake:?}: {text}"
        );
        let asked = "d.z[7]".parse().expect("an address");
        let sheet = Sheet::beside(&right, &wrong, Some(&asked)).expect("a sheet");
        assert!(sheet.pairs().count() <= 5_002, "{mistake:?}");
        assert!(sheet.sections[0].units.iter().all(|rows| rows.unit == 7), "{mistake:?}");
    }
}

#[test]
fn a_term_that_is_left_out_has_no_calculation_and_one_that_joins_twice_is_written_as_such() {
    let dense = |kernel: &[f32], bias: &[f32]| {
        let kernel = Kernel::from_rows(2, 2, kernel).expect("as many");
        Operation::Dense(Dense::new(kernel, Some(bias.to_vec()), Activation::Relu))
    };
    let layers = vec![
        Layer { name: "first".into(), operation: dense(&[0.5, 1.0, 0.25, -2.0], &[0.75, 3.0]) },
        Layer { name: "last".into(), operation: dense(&[2.0, 1.5, 0.5, 4.0], &[0.0, -1.0]) },
    ];
    let network = Network::new("by hand", layers).expect("fits");
    let right = Pass::new(&network, &[2.0, 4.0], &[]).expect("fits");
    // By hand: first.wx = [2 × 0.5 + 4 × 0.25, 2 × 1 + 4 × (-2)] = [2, -6]; first.a = [2.75, 0]; last.wx[0] = 5.5.
    for (mistake, wrong, never) in [
        ("missing-term:first:kernel[1,0]", &["(left out)", "1 + 0.75 = 1.75"][..], "4 × 0 "),
        ("missing-term:first:bias[0]", &["(left out: still 2)", "relu(2) = 2"], "2 + 0 "),
        ("bias-per-input:first", &["2 + 2 × 0.75 = 3.5", "-6 + 2 × 3 = 0"], "+ 1.5"),
        ("skipped-unit:last:unit[0]", &["(left out)", "0 + 0 × 0.5 = 0"], "2.75 × 0 "),
    ] {
        let mistake = Mistake::named(mistake, &network).expect(mistake);
        let pass = Pass::new(&network, &[2.0, 4.0], &[mistake]).expect("fits");
        let sheet = Sheet::beside(&right, &pass, None).expect("a sheet");
        let (beside, table) = (beside::write(&sheet, Digits::FOUR), markdown::write(&sheet, Digits::FOUR));
        let formulas =
            latex::write(&sheet, Digits::FOUR).replace(r"\times", "×").replace(r"\operatorname{relu}", "relu");
        for text in [beside, table, formulas] {
            for part in wrong {
                assert!(text.contains(part), "{mistake:?} without {part}: {text}");
            }
            assert!(!text.contains(never), "{mistake:?} with {never}: {text}");
        }
        let table = csv::write(&sheet, Digits::FOUR);
        let bare = table.lines().filter(|line| line.contains(",,")).count();
        assert_eq!(bare > 0, mistake.kind.id != "bias-per-input", "{table}");
        assert!(!table.contains(never), "{table}");
        let object: Value = serde_json::from_str(&json::beside(&right, &pass, None).expect("an object")).expect("JSON");
        let lines = |way: &str| object[way]["lines"].as_array().expect("a list").clone();
        let fewer = lines("right").len() - lines("wrong").len();
        let expected = match mistake.kind.id {
            "bias-per-input" => 0,
            "skipped-unit" => 2,
            _ => 1,
        };
        assert_eq!(fewer, expected, "{mistake:?}");
        let twice = lines("wrong").iter().filter(|line| line["numbers"]["times"] == 2).count();
        assert_eq!(twice, if mistake.kind.id == "bias-per-input" { 2 } else { 0 }, "{mistake:?}");
    }
}
