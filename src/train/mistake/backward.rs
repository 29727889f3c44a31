//! Mistakes in the backward pass: derivatives, kernels, paths.

use super::{Kind, Layer, Mistake, Of, each_and_all};
use crate::{
    equation::{ArrayId, Function, Index, Read, Rule, fixed, signed},
    words::training_mistake,
};

const AT_Z: Kind =
    Kind { id: "derivative-at-z", common: 3.0, says: |layer, _| training_mistake::derivative_at_z(layer) };
const AGAIN: Kind =
    Kind { id: "derivative-of-a-again", common: 2.0, says: |layer, _| training_mistake::derivative_again(layer) };
const LEFT_OUT: Kind =
    Kind { id: "derivative-left-out", common: 4.0, says: |layer, _| training_mistake::derivative_left_out(layer) };
const OTHERS: Kind = Kind {
    id: "other-derivative",
    common: 2.0,
    says: |layer, detail| training_mistake::other_derivative(detail, layer),
};
const UPDATED: Kind =
    Kind { id: "updated-weights", common: 5.0, says: |layer, _| training_mistake::updated_weights(layer) };
const TURNED: Kind =
    Kind { id: "transposed-backward", common: 2.0, says: |layer, _| training_mistake::transposed_backward(layer) };
const ONE_PATH: Kind =
    Kind { id: "one-path", common: 3.0, says: |layer, detail| training_mistake::one_path(detail, layer) };
const Z_FOR_A: Kind = Kind { id: "z-for-a", common: 2.0, says: |layer, _| training_mistake::z_for_a(layer) };
const NO_INPUT: Kind =
    Kind { id: "input-left-out", common: 1.0, says: |layer, _| training_mistake::input_left_out(layer) };
const NO_DZ: Kind = Kind {
    id: "gradient-of-activation",
    common: 2.0,
    says: |layer, _| training_mistake::gradient_of_activation(layer),
};
const TIME: Kind =
    Kind { id: "one-path-through-time", common: 2.0, says: |layer, _| training_mistake::one_path_through_time(layer) };
const MASK: Kind = Kind { id: "mask-left-out", common: 1.0, says: |layer, _| training_mistake::mask_left_out(layer) };

/// The most outputs of which one path alone is tried.
const MOST_PATHS: usize = 8;

impl Of<'_> {
    fn gradient(&self, layer: &Layer, stage: &str) -> Option<ArrayId> {
        self.find(&format!("{}.d{stage}", layer.name))
    }

    pub(super) fn backward(&self, found: &mut Vec<Mistake>) {
        self.derivatives(found);
        self.kernels(found);
        self.kernel_gradients(found);
        let (mut times, mut masks) = (Vec::new(), Vec::new());
        for (id, rule) in self.step.program.equations().iter().map(|equation| (equation.array, &equation.rule)) {
            let name = self.step.program.name(id);
            if let (Some(layer), Rule::Map { function: Function::Add, of }) = (name.strip_suffix(".dh"), rule) {
                let outside = of.iter().find(|read| !self.step.program.name(read.array).ends_with(".by.uh"));
                if let Some(read) = outside.filter(|_| of.len() == 2) {
                    times.push((layer.to_owned(), vec![(id, Rule::copy(read.clone()))]));
                }
            }
            let Rule::Map { function: Function::Multiply, of } = rule else { continue };
            let is_mask = |read: &&Read| self.step.program.name(read.array).rsplit('.').next() == Some("mask");
            if let (Some(mask), [first, _]) = (of.iter().find(is_mask), &of[..])
                && self.step.program.name(first.array).strip_suffix(".da").is_some()
            {
                let layer = self.step.program.name(mask.array).trim_end_matches(".mask").to_owned();
                masks.push((layer, vec![(id, Rule::copy(first.clone()))]));
            }
        }
        each_and_all(found, &TIME, times);
        each_and_all(found, &MASK, masks);
    }

    fn derivatives(&self, found: &mut Vec<Mistake>) {
        let (mut at_z, mut again, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for layer in &self.layers {
            let name = layer.name.clone();
            let slope = self.find(&format!("{name}.slope")).or_else(|| self.find(&format!("{name}.h_slope")));
            let rank = self.step.program.shape(layer.a).rank();
            let (z, a) = (Read::same(layer.z, rank), Read::same(layer.a, rank));
            if let (Some(slope), Some(activation)) = (slope, layer.activation) {
                let function = Function::Slope(activation);
                // Only where the formula is written with the activation's own value.
                if activation.slope(0.3, 0.5) != activation.slope(0.3, 0.7) {
                    at_z.push((name.clone(), vec![(slope, Rule::map(function, [z.clone(), z.clone()]))]));
                }
                if activation.slope(0.3, 0.5) != activation.slope(1.3, 0.7) {
                    again.push((name.clone(), vec![(slope, Rule::map(function, [a.clone()]))]));
                }
                for other in &self.layers {
                    let Some(theirs) = other.activation.filter(|theirs| *theirs != activation) else { continue };
                    let rule = Rule::map(Function::Slope(theirs), [z.clone(), a.clone()]);
                    let detail = Some(theirs.to_string());
                    let known = |mistake: &Mistake| {
                        mistake.kind.id == OTHERS.id
                            && mistake.layer.as_ref() == Some(&name)
                            && mistake.detail == detail
                    };
                    if !found.iter().any(known) {
                        found.push(Mistake::of_program(&OTHERS, Some(&name), detail, move |draft| {
                            draft.set(slope, rule.clone())
                        }));
                    }
                }
            }
            let after = self.gradient(layer, "a").or_else(|| self.gradient(layer, "h"));
            if let (Some(dz), Some(da)) = (self.gradient(layer, "z"), after)
                && !matches!(self.rule(dz), Some(Rule::Map { function: Function::Copy, .. }))
            {
                left_out.push((name, vec![(dz, Rule::copy(Read::same(da, rank)))]));
            }
        }
        each_and_all(found, &AT_Z, at_z);
        each_and_all(found, &AGAIN, again);
        each_and_all(found, &LEFT_OUT, left_out);
    }

    /// Where the gradient goes back through a kernel: its new numbers, its transpose, one output alone.
    fn kernels(&self, found: &mut Vec<Mistake>) {
        let mut updated = Vec::new();
        let backward = &self.step.program.equations()[self.step.parts().0..self.step.parts().1];
        for line in &self.step.weights {
            let Some(layer) = line.name.strip_suffix(".kernel") else { continue };
            for equation in backward {
                let Rule::Sum { over, factors } = &equation.rule else { continue };
                let Some(at) = factors.iter().position(|read| read.array == line.old) else { continue };
                if let Some(new) = line.new {
                    let mut factors = factors.clone();
                    factors[at].array = new;
                    updated.push((layer.to_owned(), vec![(equation.array, Rule::Sum { over: over.clone(), factors })]));
                }
                let shape = self.step.program.shape(line.old).axes();
                if let [inputs, units] = *shape {
                    if inputs == units && inputs > 1 {
                        let mut factors = factors.clone();
                        factors[at].index.swap(0, 1);
                        let (array, rule) = (equation.array, Rule::Sum { over: over.clone(), factors });
                        found.push(Mistake::of_program(&TURNED, Some(layer), None, move |draft| {
                            draft.set(array, rule.clone())
                        }));
                    }
                    paths(found, layer, (equation.array, over, factors), units);
                }
            }
        }
        each_and_all(found, &UPDATED, updated);
    }

    /// What a kernel's or bias' gradient is multiplied from.
    fn kernel_gradients(&self, found: &mut Vec<Mistake>) {
        let (mut z_for_a, mut no_input, mut no_dz) = (Vec::new(), Vec::new(), Vec::new());
        for layer in &self.layers {
            let find = |stage: &str| self.find(&format!("{}.{stage}", layer.owner));
            let (Some(dz), Some(dkernel)) = (self.gradient(layer, "z"), find("dkernel")) else { continue };
            let Some(Rule::Sum { over, factors }) = self.rule(dkernel) else { continue };
            if factors.len() != 2 {
                continue;
            }
            let with = |at: usize, array: ArrayId| {
                let mut factors = factors.clone();
                factors[at].array = array;
                Rule::Sum { over: over.clone(), factors }
            };
            // The layer in front, by its activation.
            if let Some(front) = self.layers.iter().find(|front| front.a == factors[0].array)
                && front.activation != Some(crate::network::Activation::Linear)
            {
                z_for_a.push((layer.name.clone(), vec![(dkernel, with(0, front.z))]));
            }
            no_input.push((
                layer.name.clone(),
                vec![(dkernel, Rule::Sum { over: over.clone(), factors: vec![factors[1].clone()] })],
            ));
            if let Some(da) = self.gradient(layer, "a")
                && !matches!(self.rule(dz), Some(Rule::Map { function: Function::Copy, .. }))
            {
                let mut changes = vec![(dkernel, with(1, da))];
                if let Some(dbias) = find("dbias")
                    && let Some(Rule::Sum { over, factors }) = self.rule(dbias)
                {
                    let mut factors = factors.clone();
                    factors.iter_mut().filter(|read| read.array == dz).for_each(|read| read.array = da);
                    let rule = Rule::Sum { over: over.clone(), factors };
                    found.push(Mistake::of_program(&NO_DZ, Some(&layer.name), Some("bias".to_owned()), {
                        let rule = rule.clone();
                        move |draft| draft.set(dbias, rule.clone())
                    }));
                    changes.push((dbias, rule));
                }
                no_dz.push((layer.name.clone(), changes));
            }
        }
        each_and_all(found, &Z_FOR_A, z_for_a);
        each_and_all(found, &NO_INPUT, no_input);
        each_and_all(found, &NO_DZ, no_dz);
    }
}

/// The gradient through one output alone, where several lead back.
fn paths(
    found: &mut Vec<Mistake>,
    layer: &str,
    (array, over, factors): (ArrayId, &crate::equation::Shape, &[Read]),
    units: usize,
) {
    if over.axes() != [units] || !(2..=MOST_PATHS).contains(&units) {
        return;
    }
    for unit in 0..units {
        let only = |read: &Read| {
            let mut read = read.clone();
            for index in &mut read.index {
                if let Index::At(affine) = index
                    && affine.coefficient(crate::equation::Axis::Over(0)) == 1
                {
                    *index = Index::At(fixed(signed(unit)));
                }
            }
            read
        };
        let rule = Rule::map(Function::Multiply, factors.iter().map(only).collect::<Vec<_>>());
        found.push(Mistake::of_program(&ONE_PATH, Some(layer), Some(unit.to_string()), move |draft| {
            draft.set(array, rule.clone())
        }));
    }
}
