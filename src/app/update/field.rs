//! What happens to a text field: typing, accepting, leaving.

use std::time::Duration;

use super::super::{
    App, Asked, Bench, Effects, Screen,
    field::{Edit, FieldOf},
    input::{input_text, read_input},
    model_says::model_numbers,
    weights,
};
use crate::words::notice;

impl App {
    pub(super) fn edit(&mut self, edit: Edit) -> Effects {
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        let Some(field) = &mut bench.field else { return Effects::NONE };
        field.edit(edit);
        follow(bench);
        self.check_task()
    }

    /// Takes what was typed into a field other than a lesson's blank line.
    pub(super) fn enter_field(&mut self, now: Duration) -> Effects {
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        let Some(field) = &bench.field else {
            if bench.cell.is_some() {
                weights::open(bench, None);
                return Effects::REDRAW;
            }
            return self.play(now);
        };
        let (of, text) = (field.of, field.text().to_owned());
        let taken = match of {
            FieldOf::Input => read_input(&text, bench.network().inputs()).map(|input| {
                bench.set_input(input);
            }),
            FieldOf::Yours if text.trim().is_empty() => {
                bench.remove_own_numbers();
                Ok(())
            }
            FieldOf::Yours => match model_numbers(&text) {
                Some(numbers) => bench.set_model_numbers(numbers),
                None => bench.set_own_numbers(&text),
            },
            FieldOf::Weight { layer, weight } => weights::take(bench, layer, weight, &text),
            FieldOf::Blank(_) => Ok(()),
        };
        if let Err(why) = taken {
            if let Some(field) = &mut bench.field {
                field.refuse(why.clone());
            }
            return self.notify(why);
        }
        let input_before = bench.input_before_edit().map(<[f32]>::to_vec);
        bench.close_field();
        self.reopen_blank();
        match of {
            FieldOf::Yours if text.trim().is_empty() => self.notice = Some(notice::deleted()),
            FieldOf::Yours if model_numbers(&text).is_some() => self.open_model_says(),
            FieldOf::Yours => {
                // An earlier answer in this step is no longer the subject.
                if let Screen::Lesson(_, study) = &mut self.screen {
                    study.finding = None;
                }
                self.open_finding();
            }
            FieldOf::Input => {
                if let Some(bench) = self.bench_mut()
                    && input_before.is_some_and(|before| before != bench.input())
                {
                    bench.another_input_was_typed();
                    self.notice = self.bench().and_then(says_what_counts);
                }
            }
            _ => {}
        }
        self.check_task()
    }

    /// Leaves the field or the weights, if one of them is open.
    pub(super) fn leave_field(&mut self) -> bool {
        let Some(bench) = self.bench_mut() else { return false };
        let was_blank = bench.field.as_ref().is_some_and(|field| matches!(field.of, FieldOf::Blank(_)));
        let left = bench.leave_field() || bench.cell.take().is_some();
        if left && !was_blank {
            self.reopen_blank();
        }
        left
    }

    /// Puts the cursor into the blank line that the step asks for, if no other field has it.
    pub(super) fn reopen_blank(&mut self) {
        let Screen::Lesson(bench, study) = &mut self.screen else { return };
        if let Asked::Blanks { line, .. } = study.asked
            && bench.field.is_none()
            && bench.cell.is_none()
        {
            bench.focus(FieldOf::Blank(line));
        }
    }
}

/// While an input or weight is typed, everything follows as soon as it reads as one.
pub(super) fn follow(bench: &mut Bench) {
    let Some(field) = &bench.field else { return };
    match field.of {
        FieldOf::Input => {
            if let Ok(input) = read_input(field.text(), bench.network().inputs()) {
                bench.set_input(input);
            }
        }
        FieldOf::Weight { layer, weight } => {
            if let Ok(value) = field.text().trim().parse() {
                bench.set_weight(layer, weight, value);
            }
        }
        FieldOf::Yours | FieldOf::Blank(_) => {}
    }
}

/// Which of the numbers typed before count at another input.
fn says_what_counts(bench: &Bench) -> Option<String> {
    let counted = bench.own_numbers().len();
    if counted > 0 {
        return Some(notice::counts_again(counted, input_text(bench.input())));
    }
    let aside = bench.numbers_set_aside();
    let first = aside.first()?;
    let all_there = aside.iter().all(|observation| observation.input == first.input);
    Some(if all_there {
        notice::set_aside_at(aside.len(), input_text(&first.input))
    } else {
        notice::set_aside(aside.len())
    })
}
