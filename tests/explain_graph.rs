//! The worked solution of a graph says what the pass did: every action of a value once, ending at its value.

#[path = "support/first_sample.rs"]
mod first_sample;

use std::sync::Arc;

use byhand::{
    explain::graph::{Solution, csv, json, latex, markdown, text},
    mistake::graph::Mistake,
    network::number::Digits,
    pass::graph::Pass,
};
use serde_json::Value;

fn pass(model: &str, mistakes: &[&str]) -> Pass {
    let (network, inputs) = first_sample::load(model);
    let mistakes: Vec<Mistake> =
        mistakes.iter().map(|name| Mistake::named(name, network.program()).expect("can be made")).collect();
    Pass::new(&Arc::new(network), &inputs, &mistakes).expect("fits")
}

#[test]
fn the_work_of_every_value_ends_at_the_value() {
    let (mut values, mut lines) = (0, 0);
    for model in first_sample::names() {
        let pass = pass(&model, &[]);
        let solution = Solution::of(&pass, None, None).expect("the whole pass");
        for work in solution.sections.iter().flat_map(|section| &section.works) {
            let (found, numbers) = pass.get(&work.address).expect("an address that reads back");
            let last = work.lines.last().expect("a line").action.after();
            assert_eq!(last.to_bits(), numbers[0].to_bits(), "{model}: {}", work.address);
            assert_eq!(work.value.to_bits(), last.to_bits());
            let actions = pass.program().worked(pass.values(), found.array, found.flat.unwrap_or(0));
            let left_out = work.left_out.map_or(0, |(_, count)| count);
            assert_eq!(work.lines.len() + left_out, actions.len(), "{model}: {}", work.address);
            let known = pass.steps().known_after(found.array, found.flat.unwrap_or(0)).expect("a step");
            let step = pass.step(known - 1).expect("the last step");
            assert_eq!(step.action.after().to_bits(), last.to_bits(), "{model}: {}", work.address);
            (values, lines) = (values + 1, lines + work.lines.len());
        }
        for (digits, name) in [(Digits::FOUR, "four"), (Digits::Exact, "exact")] {
            let parsed: Value = serde_json::from_str(&json::write(&solution)).expect("JSON");
            assert_eq!(parsed["model"], solution.model, "{name}");
            for written in [
                text::write(&solution, digits),
                markdown::write(&solution, digits),
                latex::write(&solution, digits),
                csv::write(&solution, digits),
            ] {
                assert!(written.lines().count() > 3 && !written.contains('\u{1b}'));
            }
        }
    }
    println!("{values} values in {lines} lines");
}

#[test]
fn one_value_as_text() {
    for (model, address, mistakes) in [
        ("i_conv2d_more", "conv2d.a[1,1,0]", &[][..]),
        ("i_conv2d_more", "conv2d.a[1,1,0]", &["flipped-kernel:conv2d"]),
        ("p_lstm", "state.h[1,0]", &[]),
        ("p_lstm", "state.h[1,0]", &["gate-order:state:i,o,f,g"]),
        ("n_attention", "mha.weights[0,1,0]", &[]),
        ("p_pools", "mean.a[0,0,0]", &["whole-window:mean"]),
    ] {
        let (right, wrong) = (pass(model, &[]), pass(model, mistakes));
        let right = Some(&right).filter(|_| !mistakes.is_empty());
        let solution = match Solution::of(&wrong, right, Some(address)) {
            Ok(solution) => solution,
            Err(error) => panic!("{model}: {error}"),
        };
        let name = format!("{model} {address} {}", mistakes.concat());
        insta::assert_snapshot!(name, text::write(&solution, Digits::FOUR));
    }
}
