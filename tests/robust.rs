//! What a hostile file, argument, terminal or neighbour does to the program. `docs/robust.md` lists it all.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

#[cfg(unix)]
mod support;

#[cfg(unix)]
#[path = "robust/in_a_terminal.rs"]
mod in_a_terminal;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn byhand() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_byhand"));
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    byhand().args(arguments).output().unwrap()
}

/// A folder of its own for a test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("byhand-robust-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    #[cfg(unix)]
    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every row of the table names a test that is there.
#[test]
fn every_row_of_the_table_names_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("docs/robust.md")).unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| D")).collect();
    for number in 1..=17 {
        assert!(rows.iter().any(|row| row.starts_with(&format!("| D{number} |"))), "no row D{number}");
    }
    for row in rows {
        let names: Vec<&str> = row.rsplit('|').nth(1).unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names {
            let (file, test) = name.split_once("::").unwrap_or_else(|| panic!("`{name}` is not FILE::TEST"));
            let source = fs::read_to_string(root.join(file)).unwrap_or_else(|_| panic!("no file {file}"));
            assert!(source.contains(&format!("fn {test}(")), "{file} has no test {test}");
        }
    }
}

/// Each place of an argument that a message quotes.
const PLACES: [&[&str]; 31] = [
    &["{}"],
    &["--{}"],
    &["-{}"],
    &["help", "{}"],
    &["--language", "{}"],
    &["--progress", "{}", "{}"],
    &["--lessons", "{}"],
    &["learn", "{}"],
    &["open", "{}"],
    &["lessons", "{}"],
    &["lessons", "check", "{}"],
    &["models", "{}"],
    &["predict", "{}", "--input", "1"],
    &["predict", "line-1-16-1", "--input", "{}"],
    &["predict", "line-1-16-1", "--input", "@{}"],
    &["predict", "line-1-16-1", "--input", "1", "--mistake", "{}"],
    &["predict", "line-1-16-1", "--input", "1", "--mistake", "skipped-activation:{}"],
    &["predict", "line-1-16-1", "--input", "1", "--activations", "{}"],
    &["predict", "line-1-16-1", "--input", "1", "--scaling", "{}"],
    &["predict", "line-1-16-1", "--input", "1", "--scaling", "input={}"],
    &["predict", "line-1-16-1", "--input", "1", "--orientation", "{}"],
    &["check", "line-1-16-1", "--input", "1", "--answer", "{}"],
    &["check", "line-1-16-1", "--input", "1", "--answer", "1.2345", "--at", "{}"],
    &["check", "line-1-16-1", "--input", "1", "--answer", "1.2345", "--budget", "{}"],
    &["check", "line-1-16-1", "--input", "1", "--answer", "1.2345", "--data", "{}"],
    &["explain", "line-1-16-1", "--input", "1", "--digits", "{}"],
    &["explain", "line-1-16-1", "--input", "1", "--format", "{}"],
    &["explain", "line-1-16-1", "--input", "1", "--value", "{}"],
    &["train", "line-1-16-1", "--input", "1", "--target", "1", "--loss", "{}"],
    &["train", "line-1-16-1", "--input", "1", "--target", "1", "--optimizer", "{}"],
    &["train", "line-1-16-1", "--input", "1", "--target", "{}"],
];

fn complaint(place: &[&str], text: &str) -> String {
    let arguments: Vec<String> = place.iter().map(|part| part.replace("{}", text)).collect();
    let output = byhand().args(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{place:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn no_argument_reaches_the_terminal_as_a_command() {
    // ESC, OSC, C1, a direction mark, a carriage return.
    for hostile in ["\u{1b}]0;x\u{7}y", "\u{9b}31my", "a\u{202e}b", "a\u{200b}\rb", "\u{1b}[2J\u{1b}[Hy"] {
        for place in PLACES {
            let said = complaint(place, hostile);
            let unsafe_character = said.chars().find(|&c| c != '\n' && byhand::plain::is_unsafe(c));
            assert_eq!(unsafe_character, None, "{place:?} {hostile:?}: {said:?}");
        }
    }
}

#[test]
fn messages_quote_the_beginning_and_the_end_of_a_long_argument() {
    let long = "x1".repeat(10_000);
    for place in PLACES {
        let said = complaint(place, &long);
        let longest = said.split(|c: char| !c.is_alphanumeric() && c != '…').map(|word| word.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= 80), "{place:?}: {longest:?} {said:.300}");
        assert!(said.len() < 2_000, "{place:?}: {} bytes", said.len());
    }
}

#[test]
#[cfg(unix)]
fn a_verdict_survives_a_reader_that_is_gone() {
    let wrong = ["check", "line-1-16-1", "--input", "10", "--answer", "20.475"];
    let right = ["check", "line-1-16-1", "--input", "10", "--answer", "25.0047"];
    for (arguments, code) in [(wrong, 1), (right, 0)] {
        let mut child = byhand().args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(code));
    }
    // What has no verdict ends without a word.
    let mut child = byhand().args(["explain", "line-1-16-1", "--input", "10"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_also_by_help() {
    for arguments in [&["--help"][..], &["--version"], &["check", "line-1-16-1", "--input", "10", "--answer", "20.475"]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = byhand().args(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write the result"), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_no_text_is_a_file_all_the_same() {
    use std::os::unix::ffi::OsStringExt;
    let folder = Folder::new("names");
    let name = |bytes: &[u8]| folder.0.join(std::ffi::OsString::from_vec(bytes.to_vec()));
    let (model, input) = (name(b"mod\xe8le \xff.txt"), name(b"entr\xe9e.csv"));
    fs::write(&model, "[[2.0]]\n[1.0]\n").unwrap();
    fs::write(&input, "3").unwrap();
    let mut at = std::ffi::OsString::from("@");
    at.push(&input);
    let output = byhand().arg("predict").arg(&model).args(["--activations", "linear", "--input"]).arg(&at).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(String::from_utf8_lossy(&output.stdout).contains("output  7"), "{said}");
    // Where it is missing it is named, with a sign for each byte that is no letter.
    let output = byhand().arg("predict").arg(name(b"gon\xe8")).args(["--input", "1"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("gon\u{fffd}"), "{said}");
}

#[test]
fn files_without_an_end_are_given_up() {
    if cfg!(target_os = "linux") {
        for arguments in [
            &["predict", "/dev/zero", "--input", "1"][..],
            &["predict", "line-1-16-1", "--input", "@/dev/zero"],
            &["check", "line-1-16-1", "--input", "1", "--answer", "@/dev/zero"],
        ] {
            let said = String::from_utf8(run(arguments).stderr).unwrap();
            assert!(said.contains("larger than 64 MiB"), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn a_text_of_millions_of_numbers_is_refused_before_it_costs_anything() {
    let folder = Folder::new("many");
    let text = folder.0.join("row.txt");
    fs::write(&text, format!("[[{}]]", "0.5,".repeat(4_000_000))).unwrap();
    let at = format!("@{}", text.display());
    for arguments in [
        &["predict", text.to_str().unwrap(), "--activations", "linear", "--input", "1"][..],
        &["predict", "line-1-16-1", "--input", &at],
        &["check", "line-1-16-1", "--input", "1", "--answer", &at],
        &["check", "line-1-16-1", "--input", "1", "--model-says", "2.5", "--data", text.to_str().unwrap()],
    ] {
        let begin = std::time::Instant::now();
        let said = String::from_utf8(run(arguments).stderr).unwrap();
        assert!(said.contains("more than 2000000 numbers") && said.contains("numpy.savez"), "{arguments:?}: {said}");
        assert!(begin.elapsed().as_secs() < 5, "{:?}", begin.elapsed());
    }
}

#[test]
fn the_budget_holds_for_a_large_kernel() {
    let folder = Folder::new("large");
    let text = folder.0.join("kernel.txt");
    // 400 × 400 weights, of which each could be wrong in several ways.
    let row = |i: usize| (0..400).map(|j| format!("{}.{:03}", i % 3, (i * 7 + j) % 997)).collect::<Vec<_>>().join(",");
    let rows = (0..400).map(|i| format!("[{}]", row(i))).collect::<Vec<_>>().join(",\n");
    fs::write(&text, format!("[{rows}]\n[{}]\n", vec!["0.5"; 400].join(","))).unwrap();
    let input = vec!["0.1"; 400].join(",");
    let model = text.to_str().unwrap();
    let model = [model, "--activations", "relu", "--orientation", "keras", "--input", &input];
    let seconds = |arguments: &[&str]| {
        let begin = std::time::Instant::now();
        run(arguments);
        begin.elapsed().as_secs_f64()
    };
    let read = seconds(&[&["predict"][..], &model].concat());
    let asked = ["--at", "output[0]", "--answer", "3.14159", "--budget", "0.1"];
    let checked = seconds(&[&["check"][..], &model, &asked].concat());
    assert!(checked < 2.0 * read + 5.0, "{checked} s, where reading the model takes {read} s");
}

#[test]
fn values_in_the_tails_of_activations_are_right_as_float64_gives_them() {
    let folder = Folder::new("tails");
    let one = folder.0.join("one.txt");
    fs::write(&one, "[[1.]]\n[0.]\n").unwrap();
    // Computed with mpmath at 30 digits.
    for (activation, input, answer) in [
        ("mish", "-8", "-0.00268325"),
        ("mish", "-12", "-7.37e-05"),
        ("selu", "-0.001", "-0.00175722"),
        ("elu", "-0.0001", "-9.9995e-05"),
        ("celu", "-0.0001", "-9.9995e-05"),
        ("gelu", "-5", "-1.43e-06"),
        ("silu", "-20", "-4.12231e-08"),
        ("tanh_shrink", "0.001", "3.3333e-10"),
        ("squareplus", "-100", "0.009999"),
    ] {
        let (input, answer) = (format!("--input={input}"), format!("--answer={answer}"));
        let output = run(&["check", one.to_str().unwrap(), "--activations", activation, &input, &answer]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{activation} {input}: {said}");
    }
}

#[test]
fn a_frame_of_a_wide_layer_costs_no_more_than_one_of_a_narrow_one() {
    use byhand::{
        app::{App, Msg, Progress},
        course::{Course, FIRST_LANGUAGE, Folder as Lessons},
        load::{Given, open},
        ui::{
            self,
            theme::{Background, ColorLevel, Theme},
        },
    };
    use ratatui::{Terminal, backend::TestBackend};
    use std::time::{Duration, Instant};

    let frame = |units: usize| {
        let row = |value: &str| vec![value; units].join(",");
        let column = vec!["[0.25]"; units].join(",");
        let text = format!("[[{}]]\n[{}]\n[{column}]\n[0.5]\n", row("0.5"), row("0.125"));
        let given = Given {
            activations: Some(vec!["relu".parse().unwrap(), "linear".parse().unwrap()]),
            ..Given::named("wide")
        };
        let model = open(text.into_bytes(), &given).unwrap().model;
        let course = Course::read(&Lessons::Embedded, FIRST_LANGUAGE).unwrap();
        let mut app = App::new(course, Lessons::Embedded, FIRST_LANGUAGE, Progress::default());
        app.open_model(model, None).unwrap();
        let _ = app.update(Msg::Resize(120, 40), Duration::ZERO);
        let theme = Theme::new(ColorLevel::True, Background::Dark, false);
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        terminal.draw(|frame| ui::draw(frame, &app, &theme, Duration::ZERO)).unwrap();
        let begin = Instant::now();
        for _ in 0..3 {
            terminal.draw(|frame| ui::draw(frame, &app, &theme, Duration::ZERO)).unwrap();
        }
        begin.elapsed().as_secs_f64() / 3.0
    };
    let (narrow, wide) = (frame(300), frame(30_000));
    assert!(wide < 20.0 * narrow + 0.1, "{wide} s, and {narrow} s for a hundredth of the units");
}
