//! Every lesson of the course, followed from its first step to its end with the app's own messages; wrong answers first.
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod support;

use std::time::Duration;

use byhand::{
    app::{App, Asked, Effects, Feedback, Msg, Overlay, Progress, Study, Tone, field::Edit, field::FieldOf},
    course::{BenchSetting, Course, Diagnose, FIRST_LANGUAGE, Folder, Hunt, Line, Span, TaskKind},
    diagnose::Answer,
    mistake::Mistake,
    network::{Network, Weight},
    pass::Pass,
    setting::Setting,
    ui::{
        self,
        theme::{Background, ColorLevel, Theme},
    },
};
use ratatui::{Terminal, backend::TestBackend};
use support::guide::{first_wrong, is_right, number};

/// The sizes at which every step is drawn.
const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (1, 1)];

/// The app in a lesson, and a clock.
#[derive(Clone)]
struct Walker {
    app: App,
    now: Duration,
}

impl Walker {
    fn new() -> Self {
        let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
        let app = App::new(course, Folder::Embedded, FIRST_LANGUAGE, Progress::default());
        Self { app, now: Duration::ZERO }
    }

    fn tell(&mut self, msg: Msg) -> Effects {
        self.now += Duration::from_millis(1);
        self.app.update(msg, self.now)
    }

    fn tell_all(&mut self, messages: impl IntoIterator<Item = Msg>) {
        for msg in messages {
            let _ = self.tell(msg);
        }
    }

    fn study(&self) -> &Study {
        self.app.study().unwrap()
    }

    fn setting(&self) -> &Setting {
        self.study().setting().unwrap()
    }

    fn kind(&self) -> TaskKind {
        self.study().current().unwrap().task.kind.clone()
    }

    fn network(&self) -> &Network {
        self.app.bench().unwrap().network()
    }

    /// Lets time pass until nothing moves. Every frame lies later than the one before.
    fn waits(&mut self) {
        let limit = self.now + Duration::from_secs(3600);
        while let Some(next) = self.app.next_change(self.now) {
            assert!(next > self.now && next < limit, "{}: it never rests", self.place());
            self.now = next;
            let _ = self.app.update(Msg::Frame, next);
        }
    }

    /// Which step of which lesson this is.
    fn place(&self) -> String {
        let study = self.study();
        let step = study.current().map_or("its end", |step| step.task.id.as_str());
        format!("{}, {step}", study.lesson.id)
    }

    fn draws_at_every_size(&self) {
        let theme = Theme::new(ColorLevel::True, Background::Dark, false);
        for (columns, rows) in SIZES {
            let mut app = self.app.clone();
            let _ = app.update(Msg::Resize(columns, rows), self.now);
            let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
            terminal.draw(|frame| ui::draw(frame, &app, &theme, self.now)).unwrap();
        }
    }

    fn says(&self) -> &Feedback {
        self.study().feedback.as_ref().unwrap_or_else(|| panic!("{}: nothing is said", self.place()))
    }

    /// Expects that the last answer was wrong, that something is said to it, and that the task stays open.
    fn was_wrong(&self, answer: &str) -> String {
        let Feedback { tone, text } = self.says();
        assert!(*tone != Tone::Right, "{}: `{answer}` counts as right", self.place());
        let said: String = text.iter().map(words).collect();
        assert!(!said.trim().is_empty(), "{}: nothing is said to `{answer}`", self.place());
        said
    }

    fn types(&mut self, text: &str) {
        let edits = [Edit::Clear, Edit::Paste(text.to_owned())];
        self.tell_all(edits.map(Msg::Edit));
        let _ = self.tell(Msg::Enter);
    }

    /// Switches what-ifs in the list until exactly these are on.
    fn switches(&mut self, wanted: &[Mistake]) {
        for what_if in Mistake::all(self.network()) {
            let bench = self.app.bench().unwrap();
            if bench.what_ifs().contains(&what_if) != wanted.contains(&what_if) {
                let at = bench.what_if_list().iter().position(|listed| *listed == what_if).unwrap();
                self.tell_all([Msg::OpenWhatIfs, Msg::Pick(at), Msg::Enter, Msg::Back]);
            }
        }
    }

    /// Brings the bench into this state: what-ifs, then weights, then the input.
    fn edits(&mut self, example: &BenchSetting) {
        let wanted = self.setting().then(example).unwrap();
        self.switches(&wanted.what_ifs);
        for (layer, weight) in weights(self.network()) {
            let value = wanted.network.weight(layer, weight).unwrap();
            if self.network().weight(layer, weight) != Some(value) {
                let inputs = self.network().layer(layer).unwrap().operation.as_dense().unwrap().kernel().inputs();
                let (row, unit) = match weight {
                    Weight::Kernel { input, unit } => (input, unit),
                    Weight::Bias { unit } => (inputs, unit),
                    Weight::Listed { .. } => panic!("no lesson edits {weight:?}"),
                };
                self.tell_all([Msg::EditWeights, Msg::MoveLayer(-9), Msg::MoveLayer(layer as isize)]);
                self.tell_all([Msg::GoToCell(row, unit), Msg::EditCell]);
                self.types(&value.to_string());
                let _ = self.tell(Msg::Back);
            }
        }
        if self.app.bench().unwrap().input() != wanted.input {
            let _ = self.tell(Msg::Focus(FieldOf::Input));
            let input: Vec<String> = wanted.input.iter().map(ToString::to_string).collect();
            self.types(&input.join(", "));
        }
        let bench = self.app.bench().unwrap();
        assert_eq!((bench.network(), bench.input()), (&wanted.network, &wanted.input[..]), "{}", self.place());
        assert!(bench.field.is_none() && bench.cell.is_none(), "{}", self.place());
    }

    /// Does what the step asks for, wrong answers first.
    fn solves(&mut self) {
        match self.kind() {
            TaskKind::Watch(_) => {
                let _ = self.tell(Msg::Enter);
                self.waits();
            }
            TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } => {
                let right = options.iter().position(|option| is_right(option, self.setting())).unwrap();
                for wrong in (0..options.len()).filter(|&option| option != right) {
                    let mut other = self.clone();
                    other.tell_all([Msg::Pick(wrong), Msg::Enter]);
                    other.waits();
                    other.was_wrong(&format!("option {}", wrong + 1));
                }
                self.tell_all([Msg::Pick(right), Msg::Enter]);
                // What is to be watched is watched before it is said what it shows.
                let before = self.says().clone();
                let watches = matches!(self.study().asked, Asked::Watch { .. });
                self.waits();
                assert!(self.says().tone == Tone::Right, "{}", self.place());
                assert_eq!(watches, before != *self.says(), "{}", self.place());
            }
            TaskKind::Type { lines, given, decimals, .. } => {
                for line in &lines[given..] {
                    self.fills(line, decimals);
                }
            }
            TaskKind::Toggle { what_ifs, .. } => {
                let wanted = self.setting().mistakes(&what_ifs).unwrap();
                self.switches(&wanted);
            }
            TaskKind::Edit { example, .. } => self.edits(&example),
            TaskKind::Find { planted, places, .. } => {
                let right = first_wrong(self.setting(), &planted, &places);
                for (wrong, place) in places.iter().enumerate().filter(|(i, _)| *i != right) {
                    let mut other = self.clone();
                    other.tell_all([Msg::Pick(wrong), Msg::Enter]);
                    let said = other.was_wrong(place);
                    assert!(!other.study().is_done(), "{}", other.place());
                    // A value that is the same in the right calculation is never called wrong.
                    let same = same_value(self.setting(), &planted, place);
                    assert_eq!(said.contains(" is wrong"), !same, "{}: {place}: {said}", other.place());
                }
                self.tell_all([Msg::Pick(right), Msg::Enter]);
                assert!(self.says().tone == Tone::Right, "{}", self.place());
            }
            TaskKind::Hunt(hunt) => self.hunts(&hunt),
            TaskKind::Diagnose(task) => self.diagnoses(&task),
            TaskKind::Own { .. } => self.brings(),
        }
    }

    /// Types the example's numbers, each at its input; another number first, which must not count where a mistake is asked for.
    fn diagnoses(&mut self, task: &Diagnose) {
        if !task.names.is_empty() {
            let mut other = self.clone();
            other.tell_all([Msg::Focus(FieldOf::Yours)]);
            other.types("123.4567");
            other.waits();
            assert!(!other.study().is_done(), "{}", other.place());
        }
        for number in &task.example {
            let input = number.input.clone().unwrap_or_else(|| self.setting().input.clone());
            if self.app.bench().unwrap().input() != input {
                let _ = self.tell(Msg::Focus(FieldOf::Input));
                let input: Vec<String> = input.iter().map(ToString::to_string).collect();
                self.types(&input.join(", "));
            }
            let _ = self.tell(Msg::Focus(FieldOf::Yours));
            let at = number.at.as_ref().map_or(String::new(), |at| format!("{at} = "));
            self.types(&format!("{at}{}", number.answer));
            self.waits();
            self.draws_at_every_size();
            if matches!(self.app.overlay, Overlay::Finding(_)) {
                let _ = self.tell(Msg::Back);
            }
        }
        assert!(self.says().tone == Tone::Right, "{}", self.place());
    }

    /// Opens the page of one's own, goes back from it, and takes the built-in model of the step.
    fn brings(&mut self) {
        let name = self.setting().model.network.name().to_owned();
        self.tell_all([Msg::Enter, Msg::Back]);
        assert!(!self.study().is_done(), "{}", self.place());
        self.tell_all([Msg::Enter, Msg::Edit(Edit::Paste(name)), Msg::Enter]);
    }

    /// Picks the first wrong value of the chosen mistake, then gives the mistake its name; each with its wrong answers first.
    fn hunts(&mut self, hunt: &Hunt) {
        let task = self.study().current().unwrap().task.id.clone();
        let chosen = self.study().hunts.round(&task).unwrap().1.suspect;
        let before = self.study().hunts.points();
        let place = first_wrong(self.setting(), &hunt.suspects[chosen].planted, &hunt.places);
        for (right, count) in [(place, hunt.places.len()), (chosen, hunt.suspects.len())] {
            let points = self.study().hunts.points();
            for wrong in (0..count).filter(|&i| i != right) {
                let mut other = self.clone();
                other.tell_all([Msg::Pick(wrong), Msg::Enter]);
                other.was_wrong(&format!("pick {}", wrong + 1));
                assert!(!other.study().is_done(), "{}", other.place());
                other.draws_at_every_size();
                // Right at last, or after going away and coming back: the first answer counts.
                other.tell_all([Msg::NextStep, Msg::PreviousStep, Msg::Pick(place), Msg::Enter]);
                other.tell_all([Msg::Pick(chosen), Msg::Enter]);
                assert!(other.study().is_done(), "{}", other.place());
                assert_eq!(other.study().hunts.points(), before + 1, "{}", other.place());
            }
            self.tell_all([Msg::Pick(right), Msg::Enter]);
            assert!(self.says().tone == Tone::Right, "{}", self.place());
            assert_eq!(self.study().hunts.points(), points + 1, "{}", self.place());
        }
    }

    /// Types nonsense, the wrong sign and a forgotten activation into the blank line, each on its own; then the number.
    fn fills(&mut self, line: &Line, decimals: usize) {
        let value = number(self.setting(), &line.value, &[]);
        let digits = decimals.max(4);
        let mut wrong = vec![String::new(), "twenty".to_owned(), "1.2.3".to_owned()];
        let sign = format!("{:.digits$}", -value);
        if !sign.parse::<Answer>().unwrap().agrees(value) {
            wrong.push(sign);
        }
        for answer in &wrong {
            let mut other = self.clone();
            other.types(answer);
            other.was_wrong(answer);
        }
        for mistake in Mistake::all(self.network()).iter().filter(|mistake| mistake.kind.id == "skipped-activation") {
            let text = format!("{:.digits$}", number(self.setting(), &line.value, &[*mistake]));
            let answer: Answer = text.parse().unwrap();
            if !answer.agrees(value) && !answer.is_cut_from(value) {
                let mut other = self.clone();
                other.types(&text);
                let said = other.was_wrong(&text);
                // The pre-activation is known by its own name, whatever is asked about a later value is a mistake.
                let named = said.starts_with("It looks as if you skipped") || said.contains("before the activation");
                assert!(named, "{}: {said}", self.place());
            }
        }
        self.types(&format!("{value:.digits$}"));
        assert!(self.says().tone == Tone::Right, "{}: {value}", self.place());
    }

    /// Hints come one by one until there are no more.
    fn asks_for_hints(&self) {
        let mut other = self.clone();
        let most = other.study().current().unwrap().task.hints.len();
        for pressed in 1..=most + 2 {
            let _ = other.tell(Msg::Hint);
            assert_eq!(other.study().hints, pressed.min(most), "{}", other.place());
        }
        other.draws_at_every_size();
    }

    /// Nothing is locked: the next step and the one before are open at any time.
    fn looks_around(&self) {
        let mut other = self.clone();
        let (here, last) = (other.study().step, other.study().lesson.steps.len());
        let _ = other.tell(Msg::NextStep);
        assert_eq!(other.study().step, here + 1, "{}", self.place());
        let _ = other.tell(Msg::PreviousStep);
        let _ = other.tell(Msg::PreviousStep);
        assert_eq!(other.study().step, here.saturating_sub(1), "{}", self.place());
        for _ in here.saturating_sub(1)..last {
            let _ = other.tell(Msg::NextStep);
        }
        assert!(other.study().current().is_none(), "{}", self.place());
    }
}

fn words(span: &Span) -> &str {
    match span {
        Span::Plain(text) | Span::Code(text) | Span::Stress(text) | Span::Strong(text) | Span::Value(text) => text,
    }
}

/// Whether a value is the same with the planted mistakes as without.
fn same_value(setting: &Setting, planted: &[String], place: &str) -> bool {
    let pass = |mistakes: &[Mistake]| Pass::new(&setting.network, &setting.input, mistakes).unwrap();
    let value = |pass: &Pass| pass.get(&place.parse().unwrap()).unwrap()[0];
    value(&pass(&setting.mistakes(planted).unwrap())) == value(&pass(&[]))
}

/// Every weight of a network of dense layers.
fn weights(network: &Network) -> Vec<(usize, Weight)> {
    let mut all = Vec::new();
    for (i, layer) in network.layers().enumerate() {
        let Some(dense) = layer.operation.as_dense() else { continue };
        let (inputs, units) = (dense.kernel().inputs(), dense.kernel().units());
        let kernel = (0..inputs * units).map(|flat| Weight::Kernel { input: flat / units, unit: flat % units });
        let bias = (0..dense.bias().map_or(0, <[f32]>::len)).map(|unit| Weight::Bias { unit });
        all.extend(kernel.chain(bias).map(|weight| (i, weight)));
    }
    all
}

#[test]
fn every_lesson_can_be_followed_to_its_end() {
    let mut walker = Walker::new();
    for number in 0..walker.app.course.entries.len() {
        walker.app.open_lesson(number).unwrap();
        let steps = walker.study().lesson.steps.len();
        for step in 0..steps {
            assert_eq!(walker.study().step, step, "{}", walker.place());
            assert_eq!(walker.app.next_change(walker.now), None, "{}", walker.place());
            assert!(!walker.study().is_done(), "{}", walker.place());
            walker.draws_at_every_size();
            walker.asks_for_hints();
            walker.looks_around();
            walker.solves();
            assert!(walker.study().is_done(), "{} is not finished: {:?}", walker.place(), walker.study().asked);
            assert_eq!(walker.app.next_change(walker.now), None, "{}", walker.place());
            walker.draws_at_every_size();
            let _ = walker.tell(Msg::Enter);
        }
        assert!(walker.study().current().is_none(), "{}", walker.place());
        assert_eq!(walker.study().asked, Asked::Nothing);
        walker.draws_at_every_size();
        let lesson = &walker.study().lesson;
        let tasks = lesson.steps.iter().map(|step| step.task.id.clone()).collect();
        assert_eq!(walker.app.progress.of(&lesson.id), tasks);
        assert_eq!(walker.app.finished(number), walker.app.steps(number));
    }
    // Enter goes on to the next lesson, and from the last one to the list.
    assert!(walker.tell(Msg::Enter).save);
    assert!(walker.app.study().is_none());
}

/// A walker whose next step is one to be watched, in the lesson that has one.
fn before_something_to_watch() -> Walker {
    let mut walker = Walker::new();
    for number in 0..walker.app.course.entries.len() {
        walker.app.open_lesson(number).unwrap();
        while walker.study().current().is_some() {
            if matches!(walker.study().asked, Asked::Watch { .. }) {
                return walker;
            }
            let _ = walker.tell(Msg::NextStep);
        }
    }
    panic!("no lesson has anything to watch");
}

#[test]
fn enter_while_a_step_plays_jumps_to_its_end_and_no_further() {
    // Right after the beginning, and so late that only the last stride is under way.
    for early in [true, false] {
        let mut walker = before_something_to_watch();
        let Asked::Watch { to, .. } = walker.study().asked else { unreachable!() };
        let step = walker.study().step;
        let _ = walker.tell(Msg::Enter);
        while !early && walker.app.bench().unwrap().is_playing() {
            walker.now = walker.app.next_change(walker.now).unwrap();
            let _ = walker.tell(Msg::Frame);
        }
        assert!(!walker.study().is_done());
        let effects = walker.tell(Msg::Enter);
        assert!(walker.study().is_done() && effects.save, "early: {early}");
        assert_eq!((walker.study().step, walker.app.bench().unwrap().position()), (step, to), "early: {early}");
        let _ = walker.tell(Msg::Enter);
        assert_eq!(walker.study().step, step + 1, "early: {early}");
    }
}

#[test]
fn a_key_that_ends_the_last_stride_of_a_watch_step_finishes_the_step() {
    for key in [Msg::Help, Msg::Hint, Msg::NextDigits, Msg::NextStep] {
        let mut walker = before_something_to_watch();
        let _ = walker.tell(Msg::Enter);
        while walker.app.bench().unwrap().is_playing() {
            walker.now = walker.app.next_change(walker.now).unwrap();
            let _ = walker.tell(Msg::Frame);
        }
        let step = walker.study().current().unwrap().task.id.clone();
        let effects = walker.tell(key.clone());
        assert!(walker.study().done.contains(&step) && effects.save, "{key:?}");
    }
}

/// A walker in the lesson with hunts, chosen by this seed.
fn hunter(seed: u32) -> Walker {
    let mut walker = Walker::new();
    walker.app.seed = seed;
    let number = walker.app.course.position("find-the-bug").unwrap();
    walker.app.open_lesson(number).unwrap();
    walker
}

#[test]
fn every_bug_that_a_seed_plants_can_be_found_and_named() {
    let mut chosen = std::collections::BTreeSet::new();
    for seed in 0..12 {
        let mut walker = hunter(seed);
        let mut rounds = 0;
        while walker.study().current().is_some() {
            if let TaskKind::Hunt(hunt) = walker.kind() {
                let task = walker.study().current().unwrap().task.id.clone();
                chosen.insert((task.clone(), walker.study().hunts.round(&task).unwrap().1.suspect));
                walker.hunts(&hunt);
                rounds += 1;
            }
            let _ = walker.tell(Msg::NextStep);
        }
        assert_eq!((rounds, walker.study().hunts.points(), walker.study().hunts.most()), (6, 12, 12), "seed {seed}");
    }
    assert!(chosen.len() > 20, "12 seeds choose only {}", chosen.len());
}

#[test]
fn a_hunt_continues_after_a_restart_and_starts_again_only_on_request() {
    let mut walker = hunter(5);
    let number = walker.study().number;
    while !matches!(walker.kind(), TaskKind::Hunt(_)) {
        let _ = walker.tell(Msg::NextStep);
    }
    let TaskKind::Hunt(hunt) = walker.kind() else { unreachable!() };
    let task = walker.study().current().unwrap().task.id.clone();
    let suspect = walker.study().hunts.round(&task).unwrap().1.suspect;
    let place = first_wrong(walker.setting(), &hunt.suspects[suspect].planted, &hunt.places);
    // A wrong answer is kept at once.
    let wrong = (place + 1) % hunt.places.len();
    let effects = [Msg::Pick(wrong), Msg::Enter].map(|msg| walker.tell(msg));
    assert!(effects[1].save);
    let kept = walker.app.progress.clone();

    let mut tomorrow = Walker::new();
    tomorrow.app.seed = 99;
    tomorrow.app.progress = kept;
    tomorrow.app.open_lesson(number).unwrap();
    assert_eq!(tomorrow.study().current().unwrap().task.id, task);
    assert_eq!(tomorrow.study().settings, walker.study().settings);
    assert_eq!(tomorrow.study().hunts, walker.study().hunts);
    tomorrow.tell_all([Msg::Pick(place), Msg::Enter, Msg::Pick(suspect), Msg::Enter]);
    assert!(tomorrow.study().is_done());
    assert_eq!(tomorrow.study().hunts.points(), 1, "yesterday's wrong answer was the first");

    while tomorrow.study().current().is_some() {
        let _ = tomorrow.tell(Msg::NextStep);
    }
    let before = tomorrow.study().hunts.clone();
    let lesson = tomorrow.study().lesson.id.clone();
    let seed = tomorrow.app.progress.hunted[&lesson].seed;
    let _ = tomorrow.tell(Msg::HuntAgain);
    assert_eq!(tomorrow.study().current().unwrap().task.id, task, "the first round");
    assert_eq!(tomorrow.study().hunts.points(), 0);
    assert!(!tomorrow.study().is_done());
    assert_ne!(tomorrow.app.progress.hunted[&lesson].seed, seed);
    assert_ne!(tomorrow.study().hunts, before);
}
