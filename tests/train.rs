//! Training against the frameworks: every value, gradient, slot and weight of every step.
//!
//! `tests/golden/train` holds what Keras 3.15.1 and PyTorch 2.15 computed (`tests/golden/train/README.md`).
//! `cargo test --test train -- --nocapture` prints the whole table.

#[path = "support/float64.rs"]
mod float64;

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use byhand::{
    equation::{Action, Array, ArrayId, Function, Rule},
    network::{Activation, ulps},
    train::{Done, Run, Slot, State, TrainError, Training, file},
};
use serde_json::Value as Json;

const EPS: f64 = f32::EPSILON as f64;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/train")
}

fn golden(name: &str) -> Json {
    let path = folder().join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        .expect("JSON")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let names = entries.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let mut names: Vec<String> = names.map(|path| path.file_stem().expect("a name").to_string_lossy().into()).collect();
    names.sort();
    names
}

fn number(json: &Json) -> f32 {
    match json.as_str() {
        Some(text) => text.parse().expect("NaN or an infinity"),
        None => json.as_f64().expect("a number") as f32,
    }
}

fn numbers(json: &Json) -> Vec<f32> {
    json["data"].as_array().expect("data").iter().map(number).collect()
}

/// What float64 makes of the same step.
fn exact(run: &Run<'_>, done: &Done) -> Vec<(ArrayId, Vec<f64>)> {
    let given = run.given(&done.step, done.number).expect("it fits");
    given.iter().map(|(id, array)| (*id, array.values().iter().map(|&x| f64::from(x)).collect())).collect()
}

/// How far apart two lists are.
#[derive(Default, Clone)]
struct Distance {
    values: usize,
    exact: usize,
    ulp: u32,
    relative: f64,
    /// In units of `EPS` times the largest magnitude of the tensor or of what it is made of.
    scaled: f64,
}

impl Distance {
    fn see(&mut self, ours: &[f32], theirs: &[f32], size: f64, about: &str) -> f64 {
        assert_eq!(ours.len(), theirs.len(), "{about}: as many values");
        let finite = theirs.iter().filter(|x| x.is_finite());
        let largest = finite.fold(size, |most, &x| most.max(f64::from(x.abs())));
        let mut worst = 0.0_f64;
        for (&ours, &theirs) in ours.iter().zip(theirs) {
            self.values += 1;
            if ours == theirs || (ours.is_nan() && theirs.is_nan()) {
                self.exact += 1;
                continue;
            }
            let far = (f64::from(ours) - f64::from(theirs)).abs();
            self.ulp = self.ulp.max(ulps(ours, theirs));
            self.relative = self.relative.max(far / f64::from(theirs.abs()).max(1e-30));
            worst = worst.max(if far.is_finite() { far / (EPS * largest) } else { f64::INFINITY });
        }
        self.scaled = self.scaled.max(worst);
        worst
    }

    fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.exact += other.exact;
        self.ulp = self.ulp.max(other.ulp);
        self.relative = self.relative.max(other.relative);
        self.scaled = self.scaled.max(other.scaled);
    }

    fn row(&self, name: &str, what: &str) -> String {
        let exact = 100.0 * self.exact as f64 / self.values.max(1) as f64;
        let Self { values, ulp, relative, scaled, .. } = self;
        format!("{name:32} {what:12} {values:6} {exact:6.1} % {ulp:10} {relative:9.1e} {scaled:8.2}")
    }
}

/// Our address of a golden's name.
fn address(name: &str) -> String {
    name.replace(".xhat", ".normalized").replace(".dxhat", ".dnormalized")
}

/// The values of an address in one step; of one time, of all rows, if the name says `layer[t=0].h`.
fn ours(done: &Done, name: &str) -> Result<Vec<f32>, TrainError> {
    let name = address(name);
    let Some((layer, rest)) = name.split_once("[t=") else {
        return Ok(done.values.of(done.step.find(&name)?.array).to_vec());
    };
    let (time, stage) = rest.split_once("].").expect("a time");
    let time: usize = time.parse().expect("a number");
    let array = done.step.find(&format!("{layer}.{stage}"))?.array;
    let shape = done.step.program.shape(array).axes().to_vec();
    let (times, width) = (shape[1], shape[2]);
    let values = done.values.of(array);
    Ok((0..shape[0]).flat_map(|row| values[(row * times + time) * width..][..width].to_vec()).collect())
}

fn training(name: &str) -> (Json, Training) {
    let json = golden(name);
    let training = file::training(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
    (json, training)
}

/// The bound of each kind of value, in units of `EPS` times the largest magnitude of the tensor, or of what a sum adds up.
const BOUNDS: [(&str, f64); 5] =
    [("forward", 4.0), ("loss", 6.0), ("gradients", 24.0), ("slots", 24.0), ("weights", 8.0)];

/// The bias in front of a batch normalization has gradient 0, and rounding leaves noise: it is compared with the largest gradient.
fn is_noise(name: &str, what: &str) -> bool {
    name.starts_with("batchnorm") && what == "dense.bias"
}

/// The weights and slots before a step, as they were recorded.
fn recorded(json: &Json, training: &Training, at: usize) -> State {
    let array = |json: &Json| {
        let shape: Vec<usize> =
            json["shape"].as_array().expect("a shape").iter().map(|n| n.as_u64().expect("n") as usize).collect();
        Array::new(shape, numbers(json)).expect("as many")
    };
    let mut state = State { weights: training.weights().into_iter().collect(), slots: BTreeMap::new(), steps: at };
    let Some(before) = at.checked_sub(1).map(|at| &json["steps"][at]) else { return state };
    for (name, weight) in before["weights"].as_object().expect("weights") {
        state.weights.insert(name.clone(), array(weight));
    }
    let slots = [Slot::M, Slot::V, Slot::VMax, Slot::MeanGradient, Slot::Velocity, Slot::Accumulator];
    for slot in slots {
        for (name, value) in before["state"].get(slot.in_file()).and_then(Json::as_object).into_iter().flatten() {
            state.slots.insert((name.clone(), slot), array(value));
        }
    }
    state
}

/// The largest sum of magnitudes that a value of an array adds up: a sum that nearly cancels is not known better by anybody.
fn added_up(done: &Done, name: &str) -> f64 {
    let Ok(found) = done.step.find(name) else { return 0.0 };
    let program = &done.step.program;
    let mut array = found.array;
    let mut size = 0.0_f64;
    // A bias and the sum before it.
    for _ in 0..3 {
        let Some(equation) = program.equation_of(array) else { break };
        let of = |read: &byhand::equation::Read| {
            done.values.of(read.array).iter().fold(0.0_f64, |most, &x| most.max(f64::from(x.abs())))
        };
        match &equation.rule {
            Rule::Sum { over, factors } => {
                return size.max(factors.iter().map(of).product::<f64>() * (over.size() as f64).sqrt());
            }
            Rule::Map {
                function: Function::Add | Function::Subtract | Function::Copy | Function::Activation(Activation::Linear),
                of: reads,
            } => {
                size = reads.iter().map(of).fold(size, f64::max);
                array = reads[0].array;
            }
            _ => break,
        }
    }
    size
}

fn check(
    name: &str,
    table: &mut String,
    wrong: &mut Vec<String>,
    excused: &mut usize,
) -> (BTreeMap<&'static str, Distance>, f64) {
    let (json, training) = training(name);
    let mut found: BTreeMap<&'static str, Distance> = BTreeMap::new();
    let fault = |error: TrainError| -> ! { panic!("{name}: {error}") };
    let mut free = Run::new(&training).unwrap_or_else(|error| fault(error));
    let mut drift = 0.0_f64;
    for (at, step) in json["steps"].as_array().map_or(&[][..], Vec::as_slice).iter().enumerate() {
        let before = recorded(&json, &training, at);
        let mut run = Run::from(&training, before.clone()).unwrap_or_else(|error| fault(error));
        let start = run.clone();
        let done = run.next_step().unwrap_or_else(|error| fault(error)).expect("a step");
        // What is further away than the bound must be nearer to float64 than the framework is: then its own order of sums shows.
        let mut exactly = None;
        let mut nearer = |found: Option<ArrayId>, ours: &[f32], theirs: &[f32]| {
            let Some(id) = found else { return false };
            let exactly = exactly.get_or_insert_with(|| float64::Exact::new(&done.step.program, &exact(&start, &done)));
            let far = |values: &[f32]| {
                let pairs = values.iter().zip(exactly.of(id));
                pairs.fold(0.0_f64, |most, (&value, exact)| most.max((f64::from(value) - exact).abs()))
            };
            far(ours) < far(theirs)
        };
        let mut see = |kind: &'static str, what: &str, ours: &[f32], theirs: &[f32], size: f64| {
            let far = found.entry(kind).or_default().see(ours, theirs, size, &format!("{name} {at} {what}"));
            let bound = BOUNDS.iter().find(|(other, _)| *other == kind).expect("a bound").1;
            let is_weight = json["initial"].get(what).is_some();
            let (layer, stage) = what.rsplit_once('.').unwrap_or(("", what));
            let address = match kind {
                "weights" => format!("{what}.new"),
                "gradients" if is_weight => format!("{layer}.d{stage}"),
                _ => address(what),
            };
            let id = done.step.find(&address).ok().map(|found| found.array);
            if far > bound && nearer(id, ours, theirs) {
                *excused += 1;
            } else if far > bound || far.is_nan() {
                wrong.push(format!("{name} step {at} {what}: {far:.1} {ours:?} {theirs:?}"));
            }
        };
        let largest = |values: &[f32]| values.iter().fold(0.0_f64, |most, x| most.max(f64::from(x.abs())));
        for (what, theirs) in step["forward"].as_object().expect("forward") {
            let ours = ours(&done, what).unwrap_or_else(|error| fault(error));
            see("forward", what, &ours, &numbers(theirs), added_up(&done, what));
        }
        see("loss", "loss", &[done.loss()], &[number(&step["loss"])], 0.0);
        see("loss", "rows", done.values.of(done.step.loss_of_rows), &numbers(&step["loss_per_sample"]), 0.0);
        let gradients = step["gradients"].as_object().expect("gradients");
        let top = gradients.values().filter(|json| !json.is_null()).flat_map(numbers);
        let top = f64::from(top.fold(0.0_f32, |most, x| most.max(x.abs())));
        for (what, theirs) in gradients.iter().filter(|(_, theirs)| !theirs.is_null()) {
            let (layer, stage) = what.rsplit_once('.').expect("LAYER.STAGE");
            let is_weight = json["initial"].get(what).is_some();
            let name_of = if is_weight { format!("{layer}.d{stage}") } else { what.clone() };
            let ours = ours(&done, &name_of).unwrap_or_else(|error| fault(error));
            let size = if is_noise(name, what) { top } else { added_up(&done, &address(&name_of)) };
            see("gradients", what, &ours, &numbers(theirs), size);
        }
        for (what, theirs) in step["weights"].as_object().expect("weights") {
            let ours = run.state().weights[what].values();
            // The velocity may be larger than the weight, and most of it be taken back.
            let slots = before.slots.iter().filter(|((weight, _), _)| weight == what);
            let size =
                slots.fold(largest(before.weights[what].values()), |most, (_, slot)| most.max(largest(slot.values())));
            see("weights", what, ours, &numbers(theirs), size);
        }
        for (slot, weights) in step["state"].as_object().expect("state").iter().filter(|(slot, _)| *slot != "step") {
            for (what, theirs) in weights.as_object().expect("weights") {
                let is_it = |((weight, own), _): &(&(String, Slot), &Array)| weight == what && own.in_file() == slot;
                let ours = run.state().slots.iter().find(is_it).unwrap_or_else(|| panic!("{name}: {slot} of {what}"));
                let old = before.slots.iter().find(is_it).map_or(0.0, |(_, array)| largest(array.values()));
                let size = if is_noise(name, what) { top } else { old };
                see("slots", &format!("{slot} of {what}"), ours.1.values(), &numbers(theirs), size);
            }
        }
        // A run of our own, never corrected.
        free.next_step().unwrap_or_else(|error| fault(error)).expect("a step");
        for (what, theirs) in step["weights"].as_object().expect("weights") {
            let far = free.state().weights[what].values().iter().zip(numbers(theirs));
            drift = far.fold(drift, |most, (&ours, theirs)| most.max(f64::from((ours - theirs).abs())));
        }
    }
    if json.get("steps").is_some() {
        let (ours, theirs) = (free.loss_on_all().expect("a loss"), number(&json["final_loss_on_all"]));
        let far = f64::from((ours - theirs).abs() / theirs.abs().max(1e-30));
        assert!(far < 2e-5, "{name}: the last loss is {ours}, not {theirs}");
    }
    for (kind, distance) in &found {
        writeln!(table, "{}", distance.row(name, kind)).expect("a string");
    }
    if json.get("steps").is_some() {
        writeln!(table, "{name:32} own run      weights within {drift:.1e}").expect("a string");
    }
    (found, drift)
}

#[test]
fn every_gradient_slot_and_weight_is_the_frameworks() {
    let only = std::env::var("TRUTH").unwrap_or_default();
    let (mut table, mut wrong, mut all) = (String::new(), Vec::new(), BTreeMap::<&str, Distance>::new());
    let (mut worst, mut steps, mut excused) = (0.0_f64, 0, 0);
    for name in names().iter().filter(|name| name.contains(&only)) {
        let (found, drift) = check(name, &mut table, &mut wrong, &mut excused);
        worst = worst.max(drift);
        steps += usize::from(!found.is_empty());
        for (kind, distance) in found {
            all.entry(kind).or_default().add(&distance);
        }
    }
    println!(
        "{:32} {:12} {:>6} {:>8} {:>10} {:>9} {:>8}",
        "file", "values", "count", "exact", "ulp", "relative", "scaled"
    );
    println!("{table}");
    for (kind, distance) in all {
        let bound = BOUNDS.iter().find(|(other, _)| *other == kind).map_or(0.0, |(_, bound)| *bound);
        println!("{} of {bound:.0}", distance.row("all", kind));
    }
    println!("{steps} files; runs of our own from the first weights stay within {worst:.1e} of all weights");
    println!("{excused} tensors are further away than the bound, each nearer to float64 than the framework's own");
    assert!(excused <= 12, "{excused} tensors are excused");
    assert!(!only.is_empty() || steps >= 83, "only {steps} files have steps");
    assert!(worst < 2e-5, "weights drift by {worst}");
    assert!(wrong.is_empty(), "{} further away than rounding explains:\n{}", wrong.len(), wrong.join("\n"));
}

/// The longest steps of a whole run, with what Keras recorded on the way.
fn follow(name: &str, loss_within: impl Fn(usize) -> f64, weights_within: impl Fn(usize) -> f64) {
    let (json, training) = training(name);
    let mut run = Run::new(&training).expect("it fits");
    let history: BTreeMap<usize, f32> = json["history_epochs"]
        .as_array()
        .expect("epochs")
        .iter()
        .map(|epoch| epoch.as_u64().expect("an epoch") as usize)
        .zip(numbers(&json["history"]["loss"]))
        .collect();
    let snapshots: BTreeMap<usize, &Json> = json["snapshots"]
        .as_array()
        .expect("snapshots")
        .iter()
        .map(|snapshot| (snapshot["epoch"].as_u64().expect("an epoch") as usize, snapshot))
        .collect();
    let epochs = training.steps() / training.steps_per_epoch();
    let (mut sum, mut rows, mut worst) = (0.0_f64, 0, 0.0_f64);
    for epoch in 0..=epochs {
        if let Some(snapshot) = snapshots.get(&epoch) {
            let far = snapshot["weights"].as_object().expect("weights").iter().flat_map(|(name, theirs)| {
                let ours = run.state().weights[name].values().to_vec();
                ours.into_iter().zip(numbers(theirs)).map(|(ours, theirs)| f64::from((ours - theirs).abs()))
            });
            let far = far.fold(0.0_f64, f64::max);
            println!("{name} epoch {epoch}: weights within {far:.1e}");
            assert!(far <= weights_within(epoch), "{name} epoch {epoch}: weights {far:.1e} away");
        }
        for _ in 0..training.steps_per_epoch() {
            let Some(done) = run.next_step().expect("it fits") else { break };
            sum += f64::from(done.loss()) * done.batch.len() as f64;
            rows += done.batch.len();
        }
        if let Some(&theirs) = history.get(&(epoch + 1)) {
            let far = (sum / rows.max(1) as f64 / f64::from(theirs) - 1.0).abs();
            worst = worst.max(far);
            assert!(far <= loss_within(epoch + 1), "{name} epoch {}: loss {far:.1e} away", epoch + 1);
        }
        (sum, rows) = (0.0, 0);
    }
    println!("{name}: the loss of an epoch differs by {worst:.1e} of itself at most");
}

/// From about epoch 950 Adam's small bursts grow from rounding: a float64 run leaves Keras' there, too.
#[test]
fn the_posted_line_is_trained_as_keras_trained_it() {
    let loss = |epoch| {
        if epoch <= 500 {
            1e-4
        } else if epoch <= 800 {
            1e-3
        } else {
            f64::INFINITY
        }
    };
    follow("fit_line_1_16_1", loss, |epoch| if epoch <= 500 { 1e-4 } else { 0.02 });
}

#[test]
fn the_posted_hinge_network_is_trained_as_keras_trained_it() {
    follow("fit_hinge_2_5_1", |_| 1e-4, |_| 1e-5);
}

/// The printed digits of the 2-2-2 example (Mazur 2015, "A Step by Step Backpropagation Example").
#[test]
fn the_textbook_example_has_its_printed_digits() {
    let printed = |value: f32, text: &str| {
        let digits = text.split('.').nth(1).expect("decimals").len();
        let far = (f64::from(value) - text.parse::<f64>().expect("a number")).abs();
        // Float32 has seven to eight digits; the text's own last digit may be half wrong.
        assert!(far <= 0.5 * 10_f64.powi(-(digits as i32)) + 6e-8, "{value} is not {text}");
    };
    for (name, b2) in [("textbook_222", "0.53075"), ("textbook_222_biases_fixed", "0.6")] {
        let (_, training) = training(name);
        let mut run = Run::new(&training).expect("it fits");
        let step = run.next_step().expect("it fits").expect("a step");
        printed(step.at("loss").expect("a loss"), "0.298371109");
        printed(step.at("dense_1.kernel.new[0,0]").expect("w5"), "0.35891648");
        printed(step.at("dense_1.kernel.new[1,0]").expect("w6"), "0.408666186");
        printed(step.at("dense.kernel.new[0,0]").expect("w1"), "0.149780716");
        printed(step.at("dense.kernel.new[1,1]").expect("w4"), "0.29950229");
        printed(run.state().weights["dense_1.bias"].values()[0], b2);
        if b2 == "0.6" {
            printed(run.loss_on_all().expect("a loss"), "0.291027774");
        }
    }
}

#[test]
fn every_step_of_a_training_is_found_by_division_and_gives_its_value() {
    let mut random = fastrand::Rng::with_seed(8);
    for name in ["simple_rnn", "opt_adam", "conv_avgpool", "cce_saturated_clipped", "batchnorm", "embedding_adam"] {
        let (_, training) = training(name);
        let mut run = Run::new(&training).expect("it fits");
        let done = run.next_step().expect("it fits").expect("a step");
        let (program, values) = (&done.step.program, &done.values);
        let steps = program.steps();
        let mut reached = 0;
        for _ in 0..600 {
            let k = random.usize(..steps.total());
            let place = steps.place(k).expect("a step");
            assert_eq!(steps.step_of(place), Some(k), "{name}");
            if place.term + 1 < program.equation_of(place.array).expect("an equation").rule.actions() {
                continue;
            }
            reached += 1;
            let step = program.step(&steps, values, k).expect("a step");
            let (after, value) = (step.action.after(), values.of(place.array)[place.flat]);
            assert!(after.to_bits() == value.to_bits(), "{name}, step {k}: {after} and {value}");
            // Everything that it reads is known before.
            for operand in operands(&step.action) {
                let Some((array, flat)) = operand else { continue };
                let known = steps.known_after(array, flat).expect("a value");
                assert!(known <= k, "{name}, step {k} reads {} too early", program.address(array, flat));
            }
        }
        assert!(reached > 50, "{name}");
    }
}

/// The numbers that an action reads.
fn operands(action: &Action) -> Vec<Option<(ArrayId, usize)>> {
    match action {
        Action::Term { factors, .. } => factors.iter().map(|operand| operand.from).collect(),
        Action::Compare { with, .. } => vec![with.from],
        Action::Apply { operands, .. } => operands.iter().map(|operand| operand.from).collect(),
    }
}
