//! The diagnosis as a whole, over the built-in models; `tests/diagnosis.rs` counts over the golden ones.

use super::*;
use crate::{
    load::{Model, builtin},
    mistake::Mistake,
    pass::{Address, Pass},
};

fn observe(input: &[f32], at: &str, answers: &[&str]) -> Observation {
    let answers = answers.iter().map(|text| text.parse().expect(text)).collect();
    Observation { input: input.to_vec(), at: at.parse().expect(at), answers }
}

/// `budget` wrong passes at most.
fn explain(model: &Model, observations: &[Observation], mut budget: usize) -> Diagnosis {
    let mut more = || {
        budget = budget.saturating_sub(1);
        budget > 0
    };
    diagnose(&model.network, &model.facts.region, observations, &mut more).expect("fits")
}

fn named(model: &Model, mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| mistake.name(&model.network)).collect::<Vec<_>>().join(" + ")
}

/// `value` with so many significant digits, as one writes it.
fn written(value: f32, digits: usize) -> String {
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    format!("{:.decimals$}", f64::from(value))
}

#[test]
fn the_forgotten_relu_is_found() {
    let model = builtin("line-1-16-1").expect("built in");
    let diagnosis = explain(&model, &[observe(&[10.0], "output[0]", &["20.475"])], 20_000);
    assert_eq!(diagnosis.conclusion, Conclusion::Mistake);
    let first = &diagnosis.candidates[0];
    assert_eq!(named(&model, &first.mistakes), "skipped-activation:dense");
    assert!(first.probability > 0.9, "{}", first.probability);
    let difference = first.difference.as_ref().expect("they differ");
    assert_eq!((difference.at.to_string().as_str(), difference.right), ("dense.a[0]", 0.0));
    assert!(difference.wrong < 0.0);
    let next = diagnosis.next_input.as_ref().expect("there is one");
    assert_ne!(next.input, [10.0]);
}

#[test]
fn a_second_observation_narrows_down() {
    let model = builtin("sum-2-5-1").expect("built in");
    let mistake = Mistake::named("skipped-bias:0", &model.network).expect("a bias");
    let answer = |input: &[f32]| {
        let pass = Pass::new(&model.network, input, &[mistake]).expect("fits");
        observe(input, "output[0]", &[&written(pass.output()[0], 1)])
    };
    let one = explain(&model, &[answer(&[0.3, 0.1])], 20_000);
    let two = explain(&model, &[answer(&[0.3, 0.1]), answer(&[1.0, -1.0])], 20_000);
    let alone =
        |diagnosis: &Diagnosis| diagnosis.candidates.iter().filter(|candidate| candidate.mistakes.len() == 1).count();
    assert!(alone(&two) < alone(&one), "{} {}", alone(&two), alone(&one));
    let share = |diagnosis: &Diagnosis| {
        let of = diagnosis.candidates.iter().find(|candidate| candidate.mistakes == [mistake]);
        of.map_or(0.0, |candidate| candidate.probability)
    };
    assert!(share(&two) > share(&one), "{} {}", share(&two), share(&one));
}

#[test]
fn two_mistakes_together_are_found() {
    let model = builtin("line-1-16-1").expect("built in");
    let both = [
        Mistake::plain("skipped-activation", "dense", &model.network).expect("relu"),
        Mistake::plain("skipped-bias", "dense_1", &model.network).expect("a bias"),
    ];
    let pass = Pass::new(&model.network, &[3.0], &both).expect("fits");
    let text = written(pass.output()[0], 7);
    let diagnosis = explain(&model, &[observe(&[3.0], "output[0]", &[&text])], 50_000);
    assert_eq!(diagnosis.conclusion, Conclusion::Mistake);
    assert_eq!(named(&model, &diagnosis.candidates[0].mistakes), "skipped-activation:dense + skipped-bias:dense_1");
}

#[test]
fn intermediate_values_name_the_first_that_differs() {
    let model = builtin("sum-2-5-1").expect("built in");
    let input = [0.3, 0.1];
    let mistake = Mistake::named("skipped-bias:0", &model.network).expect("a bias");
    let pass = Pass::new(&model.network, &input, &[mistake]).expect("fits");
    let all = |at: &str| {
        let at: Address = at.parse().expect(at);
        let texts: Vec<String> = pass.get(&at).expect("there").iter().map(|&value| written(value, 6)).collect();
        observe(&input, &at.to_string(), &texts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let diagnosis = explain(&model, &[all("output"), all("0.z"), all("0.wx")], 10_000);
    let first = diagnosis.first_wrong.as_ref().expect("there is one");
    assert_eq!((first.observation, first.at.to_string().as_str()), (1, "0.z[0]"));
    assert_eq!(named(&model, &diagnosis.candidates[0].mistakes), mistake.name(&model.network));
    assert!(diagnosis.candidates.iter().all(|candidate| candidate.mistakes.iter().all(|m| m.layer == 0)));
}

#[test]
fn observations_that_do_not_fit_are_refused() {
    let model = builtin("sum-2-5-1").expect("built in");
    let name = &model.network.layer(0).expect("first").name;
    let kernel = format!("{name}.kernel");
    for (observation, expected) in [
        (observe(&[1.0], "output[0]", &["1"]), "takes 2 numbers"),
        (observe(&[1.0, 2.0], "output[3]", &["1"]), "outside"),
        (observe(&[1.0, 2.0], "0.z", &["1"]), "has 5 numbers, and 1 was given; say which one you mean"),
        (observe(&[1.0, 2.0], &kernel, &["1"]), "is given, not computed"),
        (observe(&[1.0, 2.0], "input[0]", &["1"]), "is given, not computed"),
    ] {
        let error = diagnose(&model.network, &[], &[observation], &mut || true).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(diagnose(&model.network, &[], &[], &mut || true).expect_err("none"), ObservationError::None);
}
