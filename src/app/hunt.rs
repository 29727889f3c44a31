//! Hunts (find-the-bug tasks): the bugs that a seed selects, and the points of the first answers.
//!
//! The first answer counts and is kept at once: a point for the place, a point for the name. Later answers, hints, going
//! back and coming again change nothing. The seed comes from the shell and is kept beside the points, so that a lesson
//! that is continued tomorrow is the same one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answering::{Asked, Feedback, Tone};
use crate::{
    course::{Course, Hunt, Lesson, TaskKind, spans},
    mistake::Mistake,
    network::number::Digits,
    pass::Pass,
    setting::Setting,
    words::lesson,
};

/// The most points of one hunt.
pub const WORTH: usize = 2;

/// What the first answers of one hunt were; `None` where none was given yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Marks {
    /// Whether the first place picked was the first wrong value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<bool>,
    /// Whether the first name given was the mistake's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<bool>,
}

impl Marks {
    /// Their points.
    pub fn points(self) -> usize {
        usize::from(self.place == Some(true)) + usize::from(self.name == Some(true))
    }

    /// Whether both answers were given.
    pub fn are_complete(self) -> bool {
        self.place.is_some() && self.name.is_some()
    }

    /// These, completed with `other` where these are open.
    #[must_use]
    fn or(self, other: Self) -> Self {
        Self { place: self.place.or(other.place), name: self.name.or(other.name) }
    }
}

/// What is kept of a lesson with hunts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HuntRecord {
    /// The seed that selected everything in it.
    pub seed: u32,
    /// The first answers by task.
    #[serde(default)]
    pub marks: BTreeMap<String, Marks>,
}

impl HuntRecord {
    /// Adds the answers that another instance got, if it has the same seed; ours stay.
    pub fn merge(&mut self, other: &Self) {
        if self.seed != other.seed {
            return;
        }
        for (task, theirs) in &other.marks {
            let ours = self.marks.entry(task.clone()).or_default();
            *ours = ours.or(*theirs);
        }
    }
}

/// One hunt of a lesson, with the bug that the seed selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its task.
    pub task: String,
    /// The suspect that the seed selected.
    pub suspect: usize,
    /// The first answers.
    pub marks: Marks,
    /// The number and the title of the lesson that teaches the right way, if the course has it.
    pub taught: Option<(usize, String)>,
}

/// The hunts of a lesson, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hunts {
    seed: u32,
    rounds: Vec<Round>,
}

impl Hunts {
    /// Selects the bugs of a lesson's hunts; `settings` must come from the same seed.
    pub fn choose(lesson: &Lesson, settings: &[Setting], kept: &HuntRecord, course: &Course) -> Self {
        let taught = |setting: &Setting, name: &String| {
            let mistake = Mistake::named(name, &setting.network).ok()?;
            let number = course.position(mistake.kind.lesson)?;
            Some((number + 1, course.entries.get(number)?.title.clone()))
        };
        let rounds = lesson.steps.iter().zip(settings).filter_map(|(step, setting)| {
            let TaskKind::Hunt(hunt) = &step.task.kind else { return None };
            let task = step.task.id.clone();
            let suspect = hunt.choose(&task, kept.seed).suspect;
            let marks = kept.marks.get(&task).copied().unwrap_or_default();
            let planted = hunt.suspects.get(suspect).and_then(|suspect| suspect.planted.first());
            Some(Round { task, suspect, marks, taught: planted.and_then(|name| taught(setting, name)) })
        });
        Self { seed: kept.seed, rounds: rounds.collect() }
    }

    /// Whether the lesson has none.
    pub fn is_empty(&self) -> bool {
        self.rounds.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rounds.len()
    }

    /// The hunt of a task, and which it is, from 0.
    pub fn round(&self, task: &str) -> Option<(usize, &Round)> {
        self.rounds.iter().enumerate().find(|(_, round)| round.task == task)
    }

    /// The first of them.
    pub fn first(&self) -> Option<&Round> {
        self.rounds.first()
    }

    /// The points so far.
    pub fn points(&self) -> usize {
        self.rounds.iter().map(|round| round.marks.points()).sum()
    }

    /// The points that can be had.
    pub fn most(&self) -> usize {
        WORTH * self.rounds.len()
    }

    /// What is to be kept.
    pub fn kept(&self) -> HuntRecord {
        let answered = self.rounds.iter().filter(|round| round.marks != Marks::default());
        HuntRecord { seed: self.seed, marks: answered.map(|round| (round.task.clone(), round.marks)).collect() }
    }

    /// One sentence at the lesson's end: what to look at again. `None` while anything is open.
    pub fn look_again(&self) -> Option<String> {
        if !self.rounds.iter().all(|round| round.marks.are_complete()) {
            return None;
        }
        let missed = |by: fn(&Marks) -> Option<bool>| {
            self.rounds.iter().enumerate().find(|(_, round)| by(&round.marks) == Some(false))
        };
        let unnamed = missed(|marks| marks.name);
        let unplaced = missed(|marks| marks.place);
        Some(match (unnamed, unplaced) {
            (Some((at, Round { taught: Some((number, title)), .. })), _) => {
                lesson::look_again_lesson(number, at + 1, title)
            }
            (Some((at, _)), _) => lesson::look_again_name(at + 1),
            (None, Some((at, _))) => lesson::look_again_place(at + 1),
            (None, None) => lesson::all_found(),
        })
    }

    /// Takes what the learner picked: a place first, then a name.
    pub(super) fn answer(&mut self, hunt: &Hunt, task: &str, asked: &mut Asked, setting: &Setting) -> Option<Feedback> {
        let round = self.rounds.iter_mut().find(|round| round.task == task)?;
        let suspect = hunt.suspects.get(round.suspect)?;
        match asked {
            Asked::Places { .. } => {
                let found = spans(&lesson::found_place());
                let said = asked.find(&hunt.places, &found, setting);
                let right = said.tone == Tone::Right;
                round.marks.place.get_or_insert(right);
                if right {
                    *asked = Asked::Options { selected: None, count: hunt.suspects.len(), refuted: Vec::new() };
                }
                Some(said)
            }
            Asked::Options { selected: Some(named), refuted, .. } => {
                let right = *named == round.suspect;
                round.marks.name.get_or_insert(right);
                if right {
                    *asked = Asked::Nothing;
                    return Some(Feedback { tone: Tone::Right, text: suspect.says.clone() });
                }
                let other = hunt.suspects.get(*named)?;
                if !refuted.contains(named) {
                    refuted.push(*named);
                }
                let said = contradiction(&suspect.planted, &other.planted, &hunt.places, setting);
                Some(Feedback { tone: Tone::Wrong, text: spans(&said) })
            }
            _ => None,
        }
    }
}

/// The first place in which a name does not agree with what is shown.
fn contradiction(shown: &[String], named: &[String], places: &[String], setting: &Setting) -> String {
    let seen = |planted: &[String], place: &String| {
        let pass = Pass::new(&setting.network, &setting.input, &setting.mistakes(planted).ok()?).ok()?;
        let value = *pass.get(&place.parse().ok()?).ok()?.first()?;
        Some(Digits::FOUR.inline(value))
    };
    let differs = |place: &String| Some((place.clone(), seen(named, place)?, seen(shown, place)?));
    match places.iter().filter_map(differs).find(|(_, named, shown)| named != shown) {
        Some((place, named, shown)) => lesson::named_gives(named, place, shown),
        None => lesson::not_it(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hunts(marks: &[(Option<bool>, Option<bool>)]) -> Hunts {
        let round = |(i, &(place, name)): (usize, &(Option<bool>, Option<bool>))| Round {
            task: format!("round-{i}"),
            suspect: 0,
            marks: Marks { place, name },
            taught: Some((4, "The forgotten activation".to_owned())),
        };
        Hunts { seed: 1, rounds: marks.iter().enumerate().map(round).collect() }
    }

    #[test]
    fn each_first_answer_that_is_right_is_a_point() {
        let (yes, no) = (Some(true), Some(false));
        for (marks, points, says) in [
            (&[(yes, yes), (yes, yes)][..], 4, Some("You found and named every bug")),
            (&[(yes, yes), (no, yes)], 3, Some("Look again at round 2: which value")),
            (
                &[(yes, yes), (no, no)],
                2,
                Some("Look again at lesson 4, The forgotten activation: it is about the mistake of round 2"),
            ),
            (&[(no, no), (no, no)], 0, Some("of round 1")),
            (&[(yes, yes), (None, None)], 2, None),
            (&[(yes, None), (yes, yes)], 3, None),
        ] {
            let hunts = hunts(marks);
            assert_eq!((hunts.points(), hunts.most()), (points, 4), "{marks:?}");
            let said = hunts.look_again();
            assert_eq!(said.is_some(), says.is_some(), "{marks:?}");
            assert!(says.is_none_or(|says| said.as_ref().is_some_and(|said| said.contains(says))), "{said:?}");
        }
    }

    #[test]
    fn answers_of_another_instance_are_added_and_ours_stay() {
        let mut ours = hunts(&[(Some(true), None)]).kept();
        ours.merge(&hunts(&[(Some(false), Some(false)), (Some(true), Some(true))]).kept());
        let expected = hunts(&[(Some(true), Some(false)), (Some(true), Some(true))]).kept();
        assert_eq!(ours, expected);
        ours.merge(&HuntRecord { seed: 2, marks: BTreeMap::from([("round-9".to_owned(), Marks::default())]) });
        assert_eq!(ours, expected, "another seed chooses another hunt");
    }

    #[test]
    fn a_saved_hunt_is_read_again() {
        let kept = hunts(&[(Some(true), None), (None, None)]).kept();
        let text = serde_json::to_string(&kept).expect("plain data");
        assert_eq!(text, r#"{"seed":1,"marks":{"round-0":{"place":true}}}"#);
        assert_eq!(serde_json::from_str::<HuntRecord>(&text).expect("its own form"), kept);
    }
}
