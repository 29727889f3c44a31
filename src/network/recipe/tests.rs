use super::*;

fn recipe(inputs: usize, units: usize, finish: Vec<Finish>) -> Recipe {
    let values: Vec<f32> = (0..inputs * units).map(|i| i as f32 * 0.25 - 1.0).collect();
    let kernel = Kernel::from_rows(inputs, units, &values).map(Arc::new);
    Recipe::new(inputs, kernel, finish)
}

fn all() -> Vec<Recipe> {
    let bias = || Finish::add_bias(vec![0.5, -0.5, 0.25, 1.0].into());
    let late_bias = || Finish { gives: Stage::A, ..bias() };
    let (relu, softmax) = (Finish::activate(Activation::Relu), Finish::activate(Activation::Softmax));
    vec![
        recipe(3, 4, vec![bias(), relu.clone()]),
        recipe(3, 4, vec![]),
        recipe(1, 4, vec![bias(), softmax.clone()]),
        recipe(2, 4, vec![relu.clone(), late_bias()]),
        recipe(2, 4, vec![bias(), softmax, late_bias(), relu]),
    ]
}

#[test]
fn every_step_has_one_place_and_every_place_its_step() {
    for recipe in all() {
        for k in 0..recipe.steps() {
            let place = recipe.place(k).expect("within the steps");
            assert_eq!(recipe.step_of(place), Some(k), "{recipe:?} {place:?}");
        }
        assert_eq!(recipe.place(recipe.steps()), None);
    }
}

#[test]
fn the_last_step_of_a_unit_leaves_its_value() {
    for recipe in all() {
        let values = recipe.values(&[2.0, -1.0, 0.5][..recipe.inputs]);
        for stage in [Stage::Wx, Stage::Z, Stage::A] {
            for unit in 0..recipe.units() {
                let known = recipe.known_after(stage, unit).expect("a dense recipe has every stage");
                let (place, action) = recipe.action(known - 1, &values).expect("a step");
                assert_eq!(place.unit, unit);
                assert_eq!(action.after(), values.stage(stage).expect("a stage")[unit], "{stage:?} {recipe:?}");
            }
        }
    }
}

#[test]
fn each_action_starts_from_what_the_one_before_left() {
    for recipe in all() {
        let values = recipe.values(&[2.0, -1.0, 0.5][..recipe.inputs]);
        for unit in 0..recipe.units() {
            let mut sum = 0.0;
            for k in 0..recipe.steps() {
                let (place, action) = recipe.action(k, &values).expect("a step");
                if place.unit != unit {
                    continue;
                }
                let before = match action {
                    Action::Multiply { before, .. }
                    | Action::Combine { before, .. }
                    | Action::Argmax { before, .. }
                    | Action::Activate { before, .. } => before,
                };
                assert_eq!(before, sum, "{recipe:?} step {k}");
                sum = action.after();
            }
        }
    }
}
