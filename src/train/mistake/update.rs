//! Mistakes in the update: what stays, what adds up, rates, epsilons, corrections, conventions.

use super::{Kind, Mistake, Of, each_and_all};
use crate::{
    equation::{ArrayId, Function, Read, Rule},
    train::{Convention, Optimizer, OptimizerKind, Slot, Training},
    words::training_mistake,
};

const BIAS: Kind =
    Kind { id: "bias-not-updated", common: 7.0, says: |layer, _| training_mistake::bias_not_updated(layer) };
const NOT_ZEROED: Kind =
    Kind { id: "gradients-not-zeroed", common: 7.0, says: |_, _| training_mistake::gradients_not_zeroed() };
const EPSILON: Kind =
    Kind { id: "epsilon-elsewhere", common: 6.0, says: |_, detail| training_mistake::epsilon_elsewhere(detail) };
const CORRECTION: Kind =
    Kind { id: "bias-correction", common: 4.0, says: |_, detail| training_mistake::bias_correction(detail) };
const NO_RATE: Kind = Kind { id: "rate-left-out", common: 2.0, says: |_, _| training_mistake::rate_left_out() };
const RATE_TWICE: Kind = Kind { id: "rate-twice", common: 2.0, says: |_, _| training_mistake::rate_twice() };
const RATE: Kind = Kind { id: "rate-factor", common: 1.0, says: |_, detail| training_mistake::rate_factor(detail) };
const UPHILL: Kind = Kind { id: "uphill", common: 2.0, says: |_, _| training_mistake::uphill() };
const MOMENTUM: Kind =
    Kind { id: "momentum-convention", common: 2.0, says: |_, detail| training_mistake::momentum_convention(detail) };
const MEAN_VELOCITY: Kind =
    Kind { id: "velocity-as-mean", common: 2.0, says: |_, _| training_mistake::velocity_as_mean() };
const NESTEROV: Kind = Kind { id: "nesterov", common: 1.0, says: |_, detail| training_mistake::nesterov(detail) };
const NO_MOMENTUM: Kind =
    Kind { id: "momentum-left-out", common: 2.0, says: |_, _| training_mistake::momentum_left_out() };
const L2: Kind = Kind { id: "l2-factor", common: 2.0, says: |_, detail| training_mistake::l2_factor(detail) };
const DECAY: Kind =
    Kind { id: "decay-in-gradient", common: 2.0, says: |_, detail| training_mistake::decay_in_gradient(detail) };
const START: Kind =
    Kind { id: "accumulator-start", common: 2.0, says: |_, detail| training_mistake::accumulator_start(detail) };
const NO_ROOT: Kind = Kind { id: "root-left-out", common: 1.0, says: |_, _| training_mistake::root_left_out() };
const DEFAULTS: Kind = Kind {
    id: "epsilon-of-other-framework",
    common: 2.0,
    says: |_, detail| training_mistake::epsilon_of_other_framework(detail),
};
const UPDATED_TWICE: Kind = Kind { id: "updated-twice", common: 1.0, says: |_, _| training_mistake::updated_twice() };

/// The same change of the equation `stage` of every weight.
type OfStage<'a> = &'a dyn Fn(ArrayId, &Rule, &str) -> Option<Rule>;

impl Of<'_> {
    pub(super) fn update(&self, found: &mut Vec<Mistake>) {
        self.biases(found);
        self.zeroing(found);
        self.rates(found);
        let optimizer = &self.training.optimizer;
        match optimizer.kind {
            OptimizerKind::Sgd => {}
            OptimizerKind::Adam | OptimizerKind::AdamW => self.adam(found),
            OptimizerKind::RmsProp | OptimizerKind::Adagrad => self.roots(found),
        }
        self.conventions(found, optimizer);
    }

    fn biases(&self, found: &mut Vec<Mistake>) {
        let biases = self.step.weights.iter().filter_map(|line| {
            let (layer, new) = (line.name.strip_suffix(".bias")?, line.new?);
            let rank = self.step.program.shape(line.old).rank();
            Some((layer.to_owned(), vec![(new, Rule::copy(Read::same(line.old, rank)))]))
        });
        each_and_all(found, &BIAS, biases.collect());
    }

    /// Gradients add up from step to step.
    fn zeroing(&self, found: &mut Vec<Mistake>) {
        if self.training.steps() < 2 {
            return;
        }
        let gradients: Vec<ArrayId> =
            self.step.weights.iter().filter(|line| line.new.is_some()).filter_map(|line| line.gradient).collect();
        found.push(Mistake::of_program(&NOT_ZEROED, None, None, move |draft| {
            for &gradient in &gradients {
                let name = draft.program().name(gradient).to_owned();
                let shape = draft.program().shape(gradient).clone();
                let before = draft.given(format!("{name}.{}.before", Slot::Gradient.stage()), shape.clone())?;
                let before = Read::same(before, shape.rank());
                draft.wrap(gradient, format!("{name}.of_step"), |own| Rule::map(Function::Add, [before, own]))?;
            }
            Ok(())
        }));
    }

    /// Changes one stage of all weights that have it.
    fn of_all(
        &self,
        found: &mut Vec<Mistake>,
        kind: &'static Kind,
        detail: Option<&str>,
        stage: &str,
        rule: OfStage<'_>,
    ) {
        let changes: Vec<(ArrayId, Rule)> = self
            .step
            .weights
            .iter()
            .filter(|line| line.new.is_some() && line.gradient.is_some())
            .filter_map(|line| {
                let id = self.find(&format!("{}.{stage}", line.name))?;
                Some((id, rule(id, self.rule(id)?, &line.name)?))
            })
            .collect();
        if !changes.is_empty() {
            found.push(Mistake::of_program(kind, None, detail.map(str::to_owned), move |draft| {
                changes.iter().try_for_each(|(id, rule)| draft.set(*id, rule.clone()))
            }));
        }
    }

    fn here(&self, name: &str, stage: &str) -> Option<Read> {
        let id = self.find(&format!("{name}.{stage}"))?;
        Some(Read::same(id, self.step.program.shape(id).rank()))
    }

    fn rates(&self, found: &mut Vec<Mistake>) {
        self.of_all(found, &NO_RATE, None, "step", &|_, rule, _| Some(Rule::copy(rule.reads().get(1)?.clone())));
        self.of_all(found, &RATE_TWICE, None, "step", &|_, rule, _| {
            let [rate, of] = rule.reads() else { return None };
            Some(Rule::map(Function::Multiply, [rate.clone(), rate.clone(), of.clone()]))
        });
        self.of_all(found, &UPHILL, None, "new", &|_, rule, _| match rule {
            Rule::Map { function: Function::Subtract, of } => Some(Rule::map(Function::Add, of.clone())),
            Rule::Map { function: Function::Add, of } => Some(Rule::map(Function::Subtract, of.clone())),
            _ => None,
        });
        for (detail, factor) in [("1/2", 0.5), ("2", 2.0), ("10", 10.0), ("1/10", 0.1)] {
            found.push(Mistake::of_training(&RATE, Some(detail.to_owned()), move |training| {
                training.optimizer.rate *= factor;
            }));
        }
        if self.training.steps() > 1 && self.training.masks.iter().all(std::collections::BTreeMap::is_empty) {
            // The same batch is taken twice before the next one.
            found.push(Mistake::of_training(&UPDATED_TWICE, None, |training| {
                let steps = training.steps().min(1 << 16);
                let rows = (0..steps).map(|step| training.batch(step / 2));
                training.batches = crate::train::Batches::Lists(rows.collect());
            }));
        }
    }

    fn adam(&self, found: &mut Vec<Mistake>) {
        let optimizer = &self.training.optimizer;
        let copy = |name: &str, stage: &str| self.here(name, stage).map(Rule::copy);
        let both = |of_m: OfStage<'_>, of_v: OfStage<'_>| -> Vec<(ArrayId, Rule)> {
            let lines = self.step.weights.iter().filter(|line| line.new.is_some() && line.gradient.is_some());
            let stages = lines.flat_map(|line| [("m_hat", of_m, line), ("v_hat", of_v, line)]);
            stages
                .filter_map(|(stage, rule, line)| {
                    let id = self.find(&format!("{}.{stage}", line.name))?;
                    Some((id, rule(id, self.rule(id)?, &line.name)?))
                })
                .collect()
        };
        let times = |rule: &Rule| Some(Rule::map(Function::Multiply, rule.reads().to_vec()));
        let v = if optimizer.amsgrad { "v_max" } else { "v" };
        let no = |_: ArrayId, _: &Rule, _: &str| None;
        let (m_out, v_out) =
            (|_: ArrayId, _: &Rule, name: &str| copy(name, "m"), |_: ArrayId, _: &Rule, name: &str| copy(name, v));
        let multiplied = |_: ArrayId, rule: &Rule, _: &str| times(rule);
        let cases: [(&str, Vec<(ArrayId, Rule)>); 4] = [
            ("left-out", both(&m_out, &v_out)),
            ("m-only", both(&no, &v_out)),
            ("v-only", both(&m_out, &no)),
            ("multiplied", both(&multiplied, &multiplied)),
        ];
        for (detail, changes) in cases {
            found.push(Mistake::of_program(&CORRECTION, None, Some(detail.to_owned()), move |draft| {
                changes.iter().try_for_each(|(id, rule)| draft.set(*id, rule.clone()))
            }));
        }
        if self.training.steps() > 1 {
            // beta instead of beta^t: the corrections of the first step.
            let (beta_1, beta_2) =
                (optimizer.correction(optimizer.beta_1, 1), optimizer.correction(optimizer.beta_2, 1));
            let ids: Vec<(ArrayId, Rule, f32)> =
                both(&|_, rule, _| Some(rule.clone()), &|_, rule, _| Some(rule.clone()))
                    .into_iter()
                    .enumerate()
                    .map(|(at, (id, rule))| (id, rule, if at % 2 == 0 { beta_1 } else { beta_2 }))
                    .collect();
            found.push(Mistake::of_program(&CORRECTION, None, Some("without-t".to_owned()), move |draft| {
                for (id, rule, correction) in &ids {
                    let correction = draft.number(*correction)?;
                    draft.set(*id, Rule::map(Function::Divide, [rule.reads()[0].clone(), correction]))?;
                }
                Ok(())
            }));
        }
        self.epsilons_of_adam(found, optimizer);
        self.of_all(found, &NO_ROOT, None, "root", &|_, _, name| copy(name, "v_hat"));
    }

    fn epsilons_of_adam(&self, found: &mut Vec<Mistake>, optimizer: &Optimizer) {
        let lines: Vec<(ArrayId, ArrayId, ArrayId)> = self
            .step
            .weights
            .iter()
            .filter(|line| line.new.is_some())
            .filter_map(|line| {
                let find = |stage: &str| self.find(&format!("{}.{stage}", line.name));
                Some((find("v_hat")?, find("root")?, find("deviation")?))
            })
            .collect();
        let (epsilon, keras) = (optimizer.epsilon, optimizer.convention == Convention::Keras);
        let beside = lines.clone();
        let correction = self.find("optimizer.correction_2");
        // Keras' epsilon as PyTorch adds it, or the other way round.
        let detail = if keras { "torch" } else { "keras" };
        found.push(Mistake::of_program(&EPSILON, None, Some(detail.to_owned()), move |draft| {
            let plain = draft.number(epsilon)?;
            for (at, &(_, root, deviation)) in beside.iter().enumerate() {
                let shape = draft.program().shape(root).clone();
                let mut added = plain.clone();
                if let Some(correction) = correction.filter(|_| !keras) {
                    let of_root = Rule::map(Function::SquareRoot, [Read::same(correction, 0)]);
                    let of_root = draft.add(format!("optimizer.root_{at}"), Vec::new(), of_root)?;
                    let larger = Rule::map(Function::Divide, [plain.clone(), Read::same(of_root, 0)]);
                    added = Read::same(draft.add(format!("optimizer.epsilon_{at}"), Vec::new(), larger)?, 0);
                }
                draft.set(deviation, Rule::map(Function::Add, [Read::same(root, shape.rank()), added]))?;
            }
            Ok(())
        }));
        let inside = lines.clone();
        found.push(Mistake::of_program(&EPSILON, None, Some("inside".to_owned()), move |draft| {
            let added = draft.number(epsilon)?;
            for &(v_hat, root, deviation) in &inside {
                let (shape, name) = (draft.program().shape(root).clone(), draft.program().name(root).to_owned());
                let spread = Rule::map(Function::Add, [Read::same(v_hat, shape.rank()), added.clone()]);
                let spread = draft.add(format!("{name}_spread"), shape.clone(), spread)?;
                draft.set(root, Rule::map(Function::SquareRoot, [Read::same(spread, shape.rank())]))?;
                draft.set(deviation, Rule::copy(Read::same(root, shape.rank())))?;
            }
            Ok(())
        }));
        found.push(Mistake::of_program(&EPSILON, None, Some("left-out".to_owned()), move |draft| {
            for &(_, root, deviation) in &lines {
                let rank = draft.program().shape(root).rank();
                draft.set(deviation, Rule::copy(Read::same(root, rank)))?;
            }
            Ok(())
        }));
    }

    /// `RMSprop` and Adagrad: epsilon on the other side of the root, or nowhere; no root at all.
    fn roots(&self, found: &mut Vec<Mistake>) {
        let of = |name: &str| {
            let id = self.find(&format!("{name}.deviation"))?;
            let keras = self.training.optimizer.convention == Convention::Keras;
            let below = if keras { self.find(&format!("{name}.spread"))? } else { self.find(&format!("{name}.root"))? };
            let epsilon =
                if keras { self.rule(below)?.reads().get(1)? } else { self.rule(id)?.reads().get(1)? }.clone();
            let squares = self.rule(below)?.reads().first()?.clone();
            Some((id, below, squares, epsilon, keras))
        };
        let all: Vec<_> =
            self.step.weights.iter().filter(|line| line.new.is_some()).filter_map(|line| of(&line.name)).collect();
        let Some(&(.., keras)) = all.first() else { return };
        let (other, without, plain) = (all.clone(), all.clone(), all);
        found.push(Mistake::of_program(&EPSILON, None, Some(if keras { "outside" } else { "inside" }.to_owned()), {
            move |draft| {
                for (id, below, squares, epsilon, keras) in &other {
                    let rank = draft.program().shape(*id).rank();
                    let here = Read::same(*below, rank);
                    let (first, then) = (Function::SquareRoot, Function::Add);
                    if *keras {
                        draft.set(*below, Rule::map(first, [squares.clone()]))?;
                        draft.set(*id, Rule::map(then, [here, epsilon.clone()]))?;
                    } else {
                        draft.set(*below, Rule::map(then, [squares.clone(), epsilon.clone()]))?;
                        draft.set(*id, Rule::map(first, [here]))?;
                    }
                }
                Ok(())
            }
        }));
        found.push(Mistake::of_program(&EPSILON, None, Some("left-out".to_owned()), move |draft| {
            without
                .iter()
                .try_for_each(|(id, _, squares, ..)| draft.set(*id, Rule::map(Function::SquareRoot, [squares.clone()])))
        }));
        found.push(Mistake::of_program(&NO_ROOT, None, None, move |draft| {
            plain.iter().try_for_each(|(id, _, squares, epsilon, _)| {
                draft.set(*id, Rule::map(Function::Add, [squares.clone(), epsilon.clone()]))
            })
        }));
    }

    /// Other frameworks' conventions, and regularization.
    fn conventions(&self, found: &mut Vec<Mistake>, optimizer: &Optimizer) {
        let mut training = |kind: &'static Kind, detail: &str, change: fn(&mut Training)| {
            let detail = Some(detail.to_owned()).filter(|detail| !detail.is_empty());
            found.push(Mistake::of_training(kind, detail, change));
        };
        let keras = optimizer.convention == Convention::Keras;
        let other = if keras { "torch" } else { "keras" };
        let flip = |training: &mut Training| {
            let keras = training.optimizer.convention == Convention::Keras;
            training.optimizer.convention = if keras { Convention::Torch } else { Convention::Keras };
        };
        if optimizer.momentum != 0.0 {
            if self.training.steps() > 1 {
                training(&MOMENTUM, other, flip);
            }
            let detail = if optimizer.nesterov { "without" } else { "with" };
            training(&NESTEROV, detail, |training| training.optimizer.nesterov = !training.optimizer.nesterov);
            training(&NO_MOMENTUM, "", |training| training.optimizer.momentum = 0.0);
        }
        if optimizer.kind != OptimizerKind::Sgd {
            training(&DEFAULTS, other, |training| {
                let keras = training.optimizer.convention == Convention::Keras;
                training.optimizer.epsilon = if keras { 1e-8 } else { 1e-7 };
            });
        }
        if optimizer.kind == OptimizerKind::Adagrad {
            let zero = optimizer.initial_accumulator == 0.0;
            training(&START, if zero { "0.1" } else { "0" }, |training| {
                let zero = training.optimizer.initial_accumulator == 0.0;
                training.optimizer.initial_accumulator = if zero { 0.1 } else { 0.0 };
            });
        }
        if !self.training.l2.is_empty() {
            training(&L2, "half", |training| training.l2.values_mut().for_each(|share| *share *= 0.5));
            training(&L2, "none", |training| training.l2.clear());
        }
        if optimizer.weight_decay != 0.0 {
            training(&DECAY, "without", |training| training.optimizer.weight_decay = 0.0);
        }
        if optimizer.kind == OptimizerKind::AdamW && !keras {
            training(&DECAY, "gradient", |training| training.optimizer.kind = OptimizerKind::Adam);
        }
        if optimizer.momentum != 0.0 && optimizer.kind == OptimizerKind::Sgd {
            self.mean_velocity(found, optimizer);
        }
    }

    /// `v = momentum v + (1 - momentum) g`.
    fn mean_velocity(&self, found: &mut Vec<Mistake>, optimizer: &Optimizer) {
        let share = 1.0 - optimizer.momentum;
        let keras = optimizer.convention == Convention::Keras;
        let stage = if keras { "step" } else { "velocity" };
        let lines: Vec<(ArrayId, Rule)> = self
            .step
            .weights
            .iter()
            .filter(|line| line.new.is_some())
            .filter_map(|line| {
                let id = self.find(&format!("{}.{stage}", line.name))?;
                Some((id, self.rule(id)?.clone()))
            })
            .collect();
        found.push(Mistake::of_program(&MEAN_VELOCITY, None, None, move |draft| {
            for (id, rule) in &lines {
                let share = draft.number(share)?;
                let reads = rule.reads().to_vec();
                if keras {
                    draft.set(*id, Rule::map(Function::Multiply, [reads, vec![share]].concat()))?;
                } else {
                    let (name, shape) = (draft.program().name(*id).to_owned(), draft.program().shape(*id).clone());
                    let part = Rule::map(Function::Multiply, [reads[1].clone(), share]);
                    let part = draft.add(format!("{name}_share"), shape.clone(), part)?;
                    let sum = [reads[0].clone(), Read::same(part, shape.rank())];
                    draft.set(*id, Rule::map(Function::Add, sum))?;
                }
            }
            Ok(())
        }));
    }
}
