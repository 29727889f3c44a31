//! Every mistake in every layer of every golden model: it has a name that reads back and a sentence, leaves a program that runs,
//! and changes a value somewhere.

#[path = "support/first_sample.rs"]
mod first_sample;

use std::collections::BTreeMap;

use byhand::mistake::graph::{KINDS, Mistake, changed};

/// How many ways of one kind in one layer are run; kinds like a missing term have thousands.
const MOST: usize = 30;

#[derive(Default)]
struct Count {
    models: Vec<String>,
    ways: usize,
    run: usize,
    seen: usize,
}

#[test]
fn every_mistake_can_be_made_and_changes_a_value() {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for model in first_sample::names() {
        let (network, inputs) = first_sample::load(&model);
        let right = network.program();
        let given = network.given(&inputs).expect("they fit");
        let values = right.evaluate(&given).expect("they fit");
        let mut tried: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for mistake in Mistake::all(right) {
            let count = counts.entry(mistake.kind.id).or_default();
            count.ways += 1;
            if count.models.last() != Some(&model) {
                count.models.push(model.clone());
            }
            let tried = tried.entry((mistake.kind.id, mistake.layer.clone())).or_default();
            *tried += 1;
            if *tried > MOST {
                continue;
            }
            let name = mistake.name();
            let read = Mistake::named(&name, right).unwrap_or_else(|error| panic!("{model}: {name}: {error}"));
            assert_eq!(read, mistake, "{model}: {name}");
            assert!(mistake.says(right).starts_with("you "), "{model}: {name}: {}", mistake.says(right));
            let program = changed(right, std::slice::from_ref(&mistake));
            let program = program.unwrap_or_else(|error| panic!("{model}: {name}: {error}"));
            let wrong = program.evaluate(&given).expect("the same inputs");
            let differs = right.equations().iter().any(|equation| {
                let name = right.name(equation.array);
                let there = program.find(name).expect("every address still names a value");
                let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
                bits(values.of(equation.array)) != bits(wrong.of(there))
            });
            count.run += 1;
            count.seen += usize::from(differs);
        }
    }
    println!("{:28} {:>6} {:>7} {:>6} {:>6}", "kind", "models", "ways", "run", "seen");
    for (id, Count { models, ways, run, seen }) in &counts {
        println!("{id:28} {:6} {ways:7} {run:6} {seen:6}", models.len());
    }
    for kind in KINDS {
        let count = counts.get(kind.id).unwrap_or_else(|| panic!("no golden model has room for `{}`", kind.id));
        assert!(count.seen > 0, "`{}` never changes a value", kind.id);
    }
}
