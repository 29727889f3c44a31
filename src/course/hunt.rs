//! A hunt: somebody's pass has one mistake in it, chosen by a seed. The learner picks the first wrong value, then names the
//! mistake.
//!
//! Everything in a hunt is a function of the task and the seed; whoever keeps the seed has the same pass again tomorrow.

use serde::Deserialize;

use super::text::{Text, spans};

/// A hunt as its author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hunt {
    /// What is asked before the place is found.
    pub question: Text,
    /// What may have been done; a seed chooses one of these.
    pub suspects: Vec<Suspect>,
    /// The inputs that a seed may choose; empty for the bench's own.
    pub inputs: Vec<Vec<f32>>,
    /// The addresses to pick from, in the order of the pass.
    pub places: Vec<String>,
}

/// Something that may have been done.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    /// The mistakes that it is.
    pub planted: Vec<String>,
    /// How it is offered as a name.
    pub text: Text,
    /// What is said when it is named and is the one.
    pub says: Text,
}

/// What a seed chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Which of the suspects.
    pub suspect: usize,
    /// Which of the inputs, if there is a choice.
    pub input: Option<usize>,
}

impl Hunt {
    /// What the seed chooses for the hunt of this task; for other tasks of the lesson it chooses again.
    pub fn choose(&self, task: &str, seed: u32) -> Chosen {
        // FNV-1a over the id.
        let mixed =
            task.bytes().fold(u64::from(seed), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        let mut random = fastrand::Rng::with_seed(mixed);
        let mut one_of = |count: usize| (count > 0).then(|| random.usize(..count));
        Chosen { suspect: one_of(self.suspects.len()).unwrap_or(0), input: one_of(self.inputs.len()) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuspectFile {
    planted: Vec<String>,
    text: String,
    says: String,
}

/// The fields of a hunt in a task block.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HuntFile {
    question: String,
    suspects: Vec<SuspectFile>,
    #[serde(default)]
    inputs: Vec<Vec<f32>>,
    #[serde(rename = "where")]
    places: Vec<String>,
}

impl From<HuntFile> for Hunt {
    fn from(file: HuntFile) -> Self {
        let suspect = |s: SuspectFile| Suspect { planted: s.planted, text: spans(&s.text), says: spans(&s.says) };
        Self {
            question: spans(&file.question),
            suspects: file.suspects.into_iter().map(suspect).collect(),
            inputs: file.inputs,
            places: file.places,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hunt(suspects: usize, inputs: usize) -> Hunt {
        let suspect = |i| Suspect { planted: vec![format!("kind:{i}")], text: Vec::new(), says: Vec::new() };
        Hunt {
            question: Vec::new(),
            suspects: (0..suspects).map(suspect).collect(),
            inputs: vec![vec![0.0]; inputs],
            places: Vec::new(),
        }
    }

    #[test]
    fn a_seed_deals_the_same_again_and_seeds_deal_everything() {
        let hunt = hunt(4, 3);
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let Chosen { suspect, input } = hunt.choose("round-1", seed);
            assert_eq!(hunt.choose("round-1", seed), Chosen { suspect, input });
            seen.insert((suspect, input));
        }
        assert_eq!(seen.len(), 12);
    }

    #[test]
    fn rounds_of_one_lesson_are_dealt_apart() {
        let hunt = hunt(4, 1);
        let apart =
            (0..400).filter(|&seed| hunt.choose("round-1", seed).suspect != hunt.choose("round-2", seed).suspect);
        let apart = apart.count();
        assert!((250..350).contains(&apart), "{apart} of 400, where 300 are to be expected");
    }

    #[test]
    fn a_hunt_without_choice_deals_what_there_is() {
        assert_eq!(hunt(1, 0).choose("a", 7), Chosen { suspect: 0, input: None });
        assert_eq!(hunt(0, 0).choose("a", 7), Chosen { suspect: 0, input: None });
    }
}
