use super::{
    Action, Affine, Array, Function, Place, Program, ProgramError, Read, Repeat, Rule, Values, Which, evaluate::Ways,
    fixed, over, own, signed,
};
use crate::network::Activation;

fn numbers(random: &mut fastrand::Rng, n: usize) -> Vec<f32> {
    (0..n).map(|_| random.f32() * 4.0 - 2.0).collect()
}

fn array(random: &mut fastrand::Rng, axes: &[usize]) -> Array {
    Array::new(axes, numbers(random, axes.iter().product())).expect("as many as the shape says")
}

/// `wx`, `z`, `a` of a dense layer of 2 inputs and 2 units: kernel [[1, 2], [3, 4]], bias [0.5, -20], relu.
fn dense() -> Program {
    let mut program = Program::default();
    let x = program.input("x", [2]).expect("an input");
    let kernel = Array::new([2, 2], vec![1.0, 2.0, 3.0, 4.0]).expect("four");
    let kernel = program.weight("dense.kernel", kernel).expect("a weight");
    let bias = program.weight("dense.bias", Array::new([2], vec![0.5, -20.0]).expect("two")).expect("a weight");
    let reads = [Read::new(x, [over(0)]), Read::new(kernel, [over(0), own(0)])];
    let wx = program.equation("dense.wx", [2], Rule::sum([2], reads)).expect("fits");
    let reads = [Read::same(wx, 1), Read::same(bias, 1)];
    let z = program.equation("dense.z", [2], Rule::map(Function::Add, reads)).expect("fits");
    let relu = Function::Activation(Activation::Relu);
    program.equation("dense.a", [2], Rule::map(relu, [Read::same(z, 1)])).expect("fits");
    program
}

fn run(program: &Program, x: &[f32]) -> Values {
    program.evaluate(&[(program.find("x").expect("x"), x.to_vec())]).expect("it fits")
}

fn of<'v>(program: &Program, values: &'v Values, name: &str) -> &'v [f32] {
    values.of(program.find(name).expect(name))
}

/// A running sum of x over time, `h[t] = h[t-1] * 10 + x[t]`, and `y = h + h`.
fn recurrence(times: usize) -> Program {
    let mut program = Program::default();
    let x = program.input("x", [times, 1]).expect("an input");
    let ten = program.constant("ten", Array::scalar(10.0)).expect("a constant");
    let block = program.new_block();
    let repeat = Some(Repeat { block, axis: 0, backwards: false });
    let h = program.open("rnn.h", [times, 1]).expect("open");
    let moved = program.open("rnn.moved", [times, 1]).expect("open");
    let reads = [Read::new(h, [own(0) - 1, own(1)]), Read::same(ten, 0)];
    program.define(moved, Rule::map(Function::Multiply, reads), repeat).expect("fits");
    program.define(h, Rule::map(Function::Add, [Read::same(moved, 2), Read::same(x, 2)]), repeat).expect("fits");
    program
        .equation("rnn.y", [times, 1], Rule::map(Function::Add, [Read::same(h, 2), Read::same(h, 2)]))
        .expect("fits");
    program
}

#[test]
fn a_dense_layer_goes_unit_by_unit() {
    let program = dense();
    let (steps, values) = (program.steps(), run(&program, &[10.0, -1.0]));
    let shown: Vec<String> = (0..steps.total())
        .map(|k| {
            let place = steps.place(k).expect("a step");
            let after = program.step(&steps, &values, k).expect("a step").action.after();
            format!("{} {} = {after}", program.address(place.array, place.flat), place.term)
        })
        .collect();
    let expected = [
        "dense.wx[0] 0 = 10",
        "dense.wx[0] 1 = 7",
        "dense.z[0] 0 = 7.5",
        "dense.a[0] 0 = 7.5",
        "dense.wx[1] 0 = 20",
        "dense.wx[1] 1 = 16",
        "dense.z[1] 0 = -4",
        "dense.a[1] 0 = 0",
    ];
    assert_eq!(shown, expected);
    assert_eq!(steps.place(8), None);
    let wx = program.find("dense.wx").expect("wx");
    assert_eq!((steps.known_after(wx, 0), steps.known_after(wx, 1)), (Some(2), Some(6)));
    assert_eq!(steps.known_after(program.find("x").expect("x"), 0), Some(0));
    assert_eq!(steps.run(Place { array: wx, flat: 1, term: 0 }), Some(4..8));
}

#[test]
fn a_step_says_which_numbers_meet() {
    let program = dense();
    let (steps, values) = (program.steps(), run(&program, &[10.0, -1.0]));
    let Some(step) = program.step(&steps, &values, 5) else { panic!("a step") };
    let Action::Term { factors, product, before, after } = step.action else { panic!("a term") };
    let addresses: Vec<String> = factors
        .iter()
        .map(|factor| factor.from.map_or(String::new(), |(array, flat)| program.address(array, flat)))
        .collect();
    assert_eq!(addresses, ["x[1]", "dense.kernel[1,1]"]);
    assert_eq!((product, before, after), (-4.0, 20.0, 16.0));
}

#[test]
fn a_step_of_a_pass_of_a_billion_steps_is_found_by_division() {
    let mut program = Program::default();
    let n = 1 << 15;
    let x = program.input("x", [n]).expect("an input");
    let wx = program.equation("d.wx", [n], Rule::sum([n], [Read::new(x, [over(0)]), Read::new(x, [own(0)])]));
    let steps = program.steps();
    assert_eq!(steps.total(), 1 << 30);
    let place = Place { array: wx.expect("fits"), flat: 12_345, term: 678 };
    assert_eq!(steps.step_of(place), Some(12_345 * n + 678));
    assert_eq!(steps.place(12_345 * n + 678), Some(place));
}

#[test]
fn every_step_is_found_again() {
    for program in [dense(), recurrence(5)] {
        let steps = program.steps();
        for k in 0..steps.total() {
            let place = steps.place(k).expect("a step");
            assert_eq!(steps.step_of(place), Some(k));
            assert!(steps.run(place).expect("a run").contains(&k));
        }
    }
}

#[test]
fn time_runs_step_by_step_and_only_then_what_comes_after() {
    let program = recurrence(3);
    let values = run(&program, &[1.0, 2.0, 3.0]);
    assert_eq!(of(&program, &values, "rnn.h"), [1.0, 12.0, 123.0]);
    assert_eq!(of(&program, &values, "rnn.y"), [2.0, 24.0, 246.0]);
    let steps = program.steps();
    let order: Vec<String> = (0..steps.total())
        .map(|k| steps.place(k).map_or(String::new(), |place| program.address(place.array, place.flat)))
        .collect();
    let expected = [
        "rnn.moved[0,0]",
        "rnn.h[0,0]",
        "rnn.moved[1,0]",
        "rnn.h[1,0]",
        "rnn.moved[2,0]",
        "rnn.h[2,0]",
        "rnn.y[0,0]",
        "rnn.y[1,0]",
        "rnn.y[2,0]",
    ];
    assert_eq!(order, expected);
}

#[test]
fn one_more_axis_in_front_is_the_same_for_each_index() {
    for inner in [dense(), recurrence(3)] {
        let mut outer = Program::default();
        let x = inner.find("x").expect("x");
        let shape = inner.shape(x).with_axis(0, 2);
        let batch = outer.input("batch", shape).expect("an input");
        outer.graft(&inner, &[batch], Some(2)).expect("fits");
        let mut random = fastrand::Rng::with_seed(3);
        let samples = [0, 1].map(|_| numbers(&mut random, inner.shape(x).size()));
        let all = outer.evaluate(&[(batch, samples.concat())]).expect("it fits");
        let alone = samples.map(|sample| run(&inner, &sample));
        for equation in inner.equations() {
            let name = inner.name(equation.array);
            let expected = [of(&inner, &alone[0], name), of(&inner, &alone[1], name)].concat();
            assert_eq!(of(&outer, &all, name), expected, "{name}");
        }
    }
}

#[test]
fn fast_ways_give_the_same_bits_as_the_definition() {
    let mut random = fastrand::Rng::with_seed(11);
    for case in 0..400 {
        let program = any_program(&mut random);
        let x = program.find("x").expect("x");
        let input = vec![(x, numbers(&mut random, program.shape(x).size()))];
        let fast = program.evaluate_by(&input, Ways::Fast).expect("it fits");
        let general = program.evaluate_by(&input, Ways::General).expect("it fits");
        for equation in program.equations() {
            let bits = |values: &Values| values.of(equation.array).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&fast), bits(&general), "case {case}: {equation:?}");
        }
    }
}

/// An equation of each kind over an image and a kernel of chance sizes, with windows that leave the image.
fn any_program(random: &mut fastrand::Rng) -> Program {
    let mut program = Program::default();
    let [rows, columns, channels, filters] = [0; 4].map(|_| random.usize(1..6));
    let ([window, stride], padding) = ([random.usize(1..4), random.usize(1..3)], random.i64(-1..3));
    let x = program.input("x", [rows, columns, channels]).expect("an input");
    let kernel = program.weight("kernel", array(random, &[window, window, channels, filters])).expect("a weight");
    let depth = program.weight("depth", array(random, &[window, window, channels])).expect("a weight");
    let turned = program.weight("turned", array(random, &[filters, channels])).expect("a weight");
    let bias = program.weight("bias", array(random, &[filters])).expect("a weight");
    let place = |at: usize| {
        let moved = own(at) * signed(stride) + over(at) - padding;
        if random.bool() { moved } else { -own(at) - over(at) + 3 }
    };
    let places: Vec<Affine> = [0, 1].map(place).into();
    let image = |last: Affine| Read::new(x, places.iter().cloned().chain([last])).padded(random_padding(rows));
    let shape = [rows, columns, filters];
    let sum = [image(over(2)), Read::new(kernel, [over(0), over(1), over(2), own(2)])];
    let wx = program.equation("wx", shape, Rule::sum([window, window, channels], sum)).expect("fits");
    let sum = [Read::new(depth, [over(0), over(1), own(2)]), image(own(2))];
    program.equation("depthwise", [rows, columns, channels], Rule::sum([window, window], sum)).expect("fits");
    let sum = [Read::new(x, [own(0), fixed(0), over(0)]), Read::new(turned, [own(1), over(0)])];
    program.equation("dots", [rows, filters], Rule::sum([channels], sum)).expect("fits");
    let mean = Rule::sum([rows], [Read::new(x, [over(0), own(0), own(1)])]);
    program.equation("total", [columns, channels], mean).expect("fits");
    let which = [Which::Largest, Which::Smallest, Which::Argmax][random.usize(0..3)];
    let largest = Rule::Extreme { over: [window, window].into(), of: image(own(2)), which };
    program.equation("largest", [rows, columns, channels], largest).expect("fits");
    let z = Rule::map(Function::Add, [Read::same(wx, 3), Read::new(bias, [own(2)])]);
    let z = program.equation("z", shape, z).expect("fits");
    let functions =
        [Function::Add, Function::Subtract, Function::Multiply, Function::Divide, Function::Share, Function::Maximum];
    let function = functions[random.usize(0..functions.len())];
    let reads = [Read::same(z, 3), Read::new(wx, [fixed(0), own(1), own(2)])];
    program.equation("map", shape, Rule::map(function, reads)).expect("fits");
    let a = Activation::ALL[random.usize(0..Activation::ALL.len())];
    let a = Rule::map(Function::Activation(a), [Read::same(z, 3)]);
    program.equation("a", shape, a).expect("fits");
    let row = Read::new(z, [own(0)])
        .viewed([rows * columns * filters])
        .or(Read::new(bias, [own(0) - signed(rows * columns * filters)]));
    program.equation("row", [rows * columns * filters + filters], Rule::copy(row)).expect("fits");
    let up = Read::new(x, [own(0).floored(2), own(1).divided(2), own(2)]);
    program.equation("up", [2 * rows, 2 * columns, channels], Rule::copy(up)).expect("fits");
    program
}

fn random_padding(rows: usize) -> f32 {
    if rows.is_multiple_of(2) { 0.0 } else { -1.5 }
}

#[test]
fn a_stage_that_is_left_out_passes_its_input_on() {
    let mut program = dense();
    program.leave_out("dense.z").expect("it can go");
    let values = run(&program, &[10.0, -1.0]);
    assert_eq!(of(&program, &values, "dense.z"), [7.0, 16.0]);
    assert_eq!(of(&program, &values, "dense.a"), [7.0, 16.0]);
    assert_eq!(program.steps().total(), 6);
    let error = dense().leave_out("dense.wx").expect_err("nothing of the same shape goes in");
    assert_eq!(
        error.to_string(),
        "`dense.wx` cannot be left out: it reads no value at its own index that could replace it"
    );
}

#[test]
fn edits_do_what_their_names_say() {
    let x = &[10.0, -1.0];
    let edited = |edit: &dyn Fn(&mut Program)| {
        let mut program = dense();
        edit(&mut program);
        let values = run(&program, x);
        of(&program, &values, "dense.a").to_vec()
    };
    // Transposed kernel: 10 * 1 - 1 * 2 + 0.5 and 10 * 3 - 1 * 4 - 20.
    assert_eq!(edited(&|p| _ = p.swap_axes("dense.wx", 1, 0, 1).expect("fits")), [8.5, 6.0]);
    // Inputs exchanged: -1 * 1 + 10 * 3 + 0.5 and -1 * 2 + 10 * 4 - 20.
    assert_eq!(edited(&|p| _ = p.set_index("dense.wx", 0, 0, -over(0) + 1).expect("fits")), [29.5, 18.0]);
    // The bias taken away instead of added: 7 - 0.5, 16 + 20.
    assert_eq!(edited(&|p| _ = p.set_function("dense.z", Function::Subtract).expect("fits")), [6.5, 36.0]);
    // The bias of the other unit: 7 - 20, 16 + 0.5.
    let bias = |p: &mut Program| {
        let bias = Read::new(p.find("dense.bias").expect("bias"), [-own(0) + 1]);
        p.set_operand("dense.z", 1, bias).expect("fits");
    };
    assert_eq!(edited(&bias), [0.0, 16.5]);
    // The bias twice: 7 + 0.5 + 0.5, 16 - 20 - 20.
    let twice = |p: &mut Program| {
        let bias = Read::same(p.find("dense.bias").expect("bias"), 1);
        p.add_operand("dense.z", bias).expect("fits");
    };
    assert_eq!(edited(&twice), [8.0, 0.0]);
    // One term too few: 10 * 1 + 0.5, 10 * 2 - 20.
    assert_eq!(edited(&|p| _ = p.set_over("dense.wx", [1]).expect("fits")), [10.5, 0.0]);
    // A square behind the bias: 7.5^2, (-4)^2.
    let square = |p: &mut Program| {
        let rule = |z| Rule::map(Function::Square, [Read::same(z, 1)]);
        p.insert_after("dense.z", "dense.squared", rule).expect("fits");
    };
    assert_eq!(edited(&square), [56.25, 16.0]);
    // Another weight: kernel[1,1] 5 for 4.
    assert_eq!(edited(&|p| _ = p.set_number("dense.kernel", 3, -4.0).expect("there")), [7.5, 4.0]);
    // One unit less.
    let fewer = edited(&|p| {
        p.set_shape("dense.a", [1]).expect("fits");
    });
    assert_eq!(fewer, [7.5]);
}

#[test]
fn an_edit_that_does_not_fit_changes_nothing() {
    let mut program = dense();
    let before = program.clone();
    let late = Read::same(program.find("dense.a").expect("a"), 1);
    let error = program.set_operand("dense.z", 0, late).expect_err("too early");
    assert_eq!(error.to_string(), "`dense.z` reads `dense.a`, which is computed after it");
    let two = Function::Select;
    assert!(matches!(program.set_function("dense.z", two), Err(ProgramError::Rule { .. })));
    assert!(matches!(program.swap_axes("dense.wx", 1, 0, 2), Err(ProgramError::Rule { .. })));
    assert!(matches!(program.leave_out("x"), Err(ProgramError::Given { .. })));
    assert!(matches!(program.leave_out("nothing"), Err(ProgramError::Unknown { .. })));
    assert!(program.insert_after("dense.z", "dense.a", |z| Rule::copy(Read::same(z, 1))).is_err());
    assert_eq!(program, before);
}

#[test]
fn unchanged_values_are_not_computed_again() {
    let mut program = dense();
    let before = run(&program, &[10.0, -1.0]);
    let bias = program.set_number("dense.bias", 1, 4.0).expect("there");
    let after = program.evaluate_again(&before, &[bias]);
    assert_eq!(after, run(&program, &[10.0, -1.0]));
    let wx = program.find("dense.wx").expect("wx");
    assert!(std::ptr::eq(after.of(wx), before.of(wx)), "the sums are the same numbers in the same place");
    let mut rnn = recurrence(4);
    let before = run(&rnn, &[1.0, 2.0, 3.0, 4.0]);
    let ten = rnn.set_number("ten", 0, 100.0).expect("there");
    assert_eq!(rnn.evaluate_again(&before, &[ten]), run(&rnn, &[1.0, 2.0, 3.0, 4.0]));
}

#[test]
fn an_equation_that_does_not_fit_is_refused_with_names_and_shapes() {
    let mut program = dense();
    let kernel = program.find("dense.kernel").expect("kernel");
    let mut refused =
        |rule: Rule| program.equation("new", [2], rule).map(|_| ()).expect_err("it does not fit").to_string();
    assert_eq!(
        refused(Rule::copy(Read::new(kernel, [own(0)]))),
        "`new` reads `dense.kernel` with 1 index, but the shape of `dense.kernel` is (2, 2)"
    );
    let axis = refused(Rule::copy(Read::new(kernel, [own(0), over(0)])));
    assert!(axis.contains("an axis that the equation does not have"), "{axis}");
    let view = refused(Rule::copy(Read::new(kernel, [own(0)]).viewed([3])));
    assert!(view.contains("a view of shape (3,)"), "{view}");
    assert!(refused(Rule::sum([2], [])).contains("multiplies nothing"));
    let huge = Program::default().input("x", [1 << 20, 1 << 20]).expect_err("too large").to_string();
    assert!(huge.contains("(1048576, 1048576)"), "{huge}");
    let error = program.evaluate(&[]).expect_err("an input is missing").to_string();
    assert_eq!(error, "the input `x` is missing; it has shape (2,)");
}
