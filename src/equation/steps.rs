//! Which step of a pass is which, by division.
//!
//! Equations that follow one another, have the same shape, and read each other only at their own index, are computed value
//! by value: first all of them for the first index, then for the next. So a dense layer goes unit by unit: its products, its
//! bias, its activation. An equation that looks at other values too, such as the largest of a softmax, begins a new group.
//! Nothing is listed: a group is a few numbers, and a step is found among its group's steps by division.

use std::ops::Range;

use super::{ArrayId, Equation, Program, Read, Repeat};

/// Where a step is: one action of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which array is computed.
    pub array: ArrayId,
    /// Which of its values, in C order.
    pub flat: usize,
    /// Which action of this value: the term of a sum, in C order of its summation axes.
    pub term: usize,
}

/// Equations that are computed together, value by value.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    equations: Range<usize>,
    /// How many values each of them has at one time.
    values: usize,
    /// How many steps lead to one value of each.
    per_value: usize,
    /// How many steps of the same section come before.
    before: usize,
}

/// Groups that run one after the other, once or once for each time.
#[derive(Debug, Clone, PartialEq)]
struct Section {
    groups: Vec<Group>,
    repeat: Option<Repeat>,
    times: usize,
    /// How many steps at one time.
    per_time: usize,
    /// How many steps of the program come before.
    before: usize,
}

/// All steps of a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    sections: Vec<Section>,
    /// For each equation: its section and its group.
    found: Vec<(usize, usize)>,
    equations: Vec<Counted>,
    /// For each array: its equation.
    of: Vec<Option<usize>>,
    total: usize,
}

/// What counting needs to know of an equation.
#[derive(Debug, Clone, PartialEq)]
struct Counted {
    array: ArrayId,
    axes: Vec<usize>,
    actions: usize,
}

impl Program {
    /// How the program's steps are counted.
    pub fn steps(&self) -> Steps {
        let (mut sections, mut found, mut total) = (Vec::new(), Vec::new(), 0_usize);
        let mut start = 0;
        while let Some(first) = self.equations.get(start) {
            let length = self.equations[start..].iter().take_while(|next| next.repeat == first.repeat).count();
            let section = self.section(start..start + length, total);
            total = total.saturating_add(section.per_time.saturating_mul(section.times));
            for (group, members) in section.groups.iter().enumerate() {
                found.extend(members.equations.clone().map(|_| (sections.len(), group)));
            }
            sections.push(section);
            start += length;
        }
        let equations = self.equations.iter().map(|equation| Counted {
            array: equation.array,
            axes: equation.shape.axes().to_vec(),
            actions: equation.rule.actions(),
        });
        let equations: Vec<Counted> = equations.collect();
        let mut of = vec![None; self.arrays.len()];
        equations.iter().enumerate().for_each(|(at, equation)| of[equation.array.0] = Some(at));
        Steps { sections, found, equations, of, total }
    }

    fn section(&self, run: Range<usize>, before: usize) -> Section {
        let repeat = self.equations[run.start].repeat;
        let times = repeat.map_or(1, |repeat| {
            self.equations[run.clone()].iter().map(|e| e.shape.axes()[repeat.axis]).max().unwrap_or(0)
        });
        let (mut groups, mut per_time): (Vec<Group>, usize) = (Vec::new(), 0);
        for at in run {
            let equation = &self.equations[at];
            let values = repeat.map_or(equation.shape.size(), |r| equation.shape.without_axis(r.axis).size());
            match groups.last_mut() {
                Some(group) if self.belongs(equation, group.equations.clone()) => {
                    group.equations.end = at + 1;
                    group.per_value += equation.rule.actions();
                }
                _ => {
                    let per_value = equation.rule.actions();
                    groups.push(Group { equations: at..at + 1, values, per_value, before: 0 });
                }
            }
        }
        for group in &mut groups {
            group.before = per_time;
            per_time = per_time.saturating_add(group.values.saturating_mul(group.per_value));
        }
        Section { groups, repeat, times, per_time, before }
    }

    /// Whether an equation goes value by value with those before it.
    fn belongs(&self, equation: &Equation, group: Range<usize>) -> bool {
        let layer = |array: ArrayId| self.name(array).rsplit_once('.').map(|(layer, _)| layer.to_owned());
        let first = &self.equations[group.start];
        if equation.shape != first.shape
            || equation.repeat != first.repeat
            || layer(equation.array) != layer(first.array)
        {
            return false;
        }
        let members: Vec<ArrayId> = self.equations[group].iter().map(|member| member.array).collect();
        let reads = equation.rule.reads().iter().flat_map(Read::each);
        let mut inside = reads.filter(|read| members.contains(&read.array));
        let earlier = |read: &Read| equation.repeat.is_some_and(|repeat| self.reads_earlier(read, repeat));
        inside.all(|read| read.is_same(equation.shape.rank()) || earlier(read))
    }
}

impl Counted {
    /// The position in the whole array of number `value` of time `at`.
    fn whole(&self, repeat: Option<Repeat>, value: usize, at: usize) -> usize {
        let Some(repeat) = repeat else { return value };
        let after: usize = self.axes[repeat.axis + 1..].iter().product::<usize>().max(1);
        let at = turned(repeat, at, self.axes[repeat.axis]);
        (value / after * self.axes[repeat.axis] + at) * after + value % after
    }

    /// The number within its time, and the time.
    fn within(&self, repeat: Option<Repeat>, flat: usize) -> (usize, usize) {
        let Some(repeat) = repeat else { return (flat, 0) };
        let after: usize = self.axes[repeat.axis + 1..].iter().product::<usize>().max(1);
        let length = self.axes[repeat.axis].max(1);
        (flat / (after * length) * after + flat % after, turned(repeat, flat / after % length, length))
    }
}

/// The index of the time that comes at place `at`, and the other way round.
fn turned(repeat: Repeat, at: usize, length: usize) -> usize {
    if repeat.backwards { length.saturating_sub(at + 1) } else { at }
}

impl Steps {
    /// How many steps there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Where step `k` is; `None` past the end.
    pub fn place(&self, k: usize) -> Option<Place> {
        if k >= self.total {
            return None;
        }
        let section = &self.sections[self.sections.partition_point(|section| section.before <= k) - 1];
        let (at, k) = ((k - section.before) / section.per_time, (k - section.before) % section.per_time);
        let group = &section.groups[section.groups.partition_point(|group| group.before <= k) - 1];
        let (value, mut term) = ((k - group.before) / group.per_value, (k - group.before) % group.per_value);
        for equation in &self.equations[group.equations.clone()] {
            if term < equation.actions {
                return Some(Place { array: equation.array, flat: equation.whole(section.repeat, value, at), term });
            }
            term -= equation.actions;
        }
        None
    }

    /// Which step is at `place`; `None` if there is no such step.
    pub fn step_of(&self, place: Place) -> Option<usize> {
        let equation = self.equation(place.array, place.flat)?;
        (place.term < self.equations[equation].actions).then(|| self.start(equation, place.flat) + place.term)
    }

    /// How many steps must be done before a value is known; 0 for what is given, `None` if there is no such value.
    pub fn known_after(&self, array: ArrayId, flat: usize) -> Option<usize> {
        if self.of.get(array.0)?.is_none() {
            return Some(0);
        }
        let equation = self.equation(array, flat)?;
        Some(self.start(equation, flat) + self.equations[equation].actions)
    }

    /// The steps of one equation's group that lead to one index: from the first to before the last, for example all of one unit.
    pub fn run(&self, place: Place) -> Option<Range<usize>> {
        let equation = self.equation(place.array, place.flat)?;
        let (section, group) = self.found[equation];
        let group = &self.sections[section].groups[group];
        let first = self.start(equation, place.flat) - self.ahead(equation);
        Some(first..first + group.per_value)
    }

    /// The equation of an array that has this value.
    fn equation(&self, array: ArrayId, flat: usize) -> Option<usize> {
        let equation = (*self.of.get(array.0)?)?;
        (flat < self.equations[equation].axes.iter().product()).then_some(equation)
    }

    /// The first step of a value, or what would be it.
    fn start(&self, equation: usize, flat: usize) -> usize {
        let (section, group) = self.found[equation];
        let section = &self.sections[section];
        let group = &section.groups[group];
        let (value, at) = self.equations[equation].within(section.repeat, flat);
        section.before + at * section.per_time + group.before + value * group.per_value + self.ahead(equation)
    }

    /// How many actions of the same group come before an equation's, for one value.
    fn ahead(&self, equation: usize) -> usize {
        let (section, group) = self.found[equation];
        let first = self.sections[section].groups[group].equations.start;
        self.equations[first..equation].iter().map(|equation| equation.actions).sum()
    }
}
