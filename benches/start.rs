//! How long byhand takes from its start to its first byte and to its first whole screen, in a real pseudo terminal,
//! against the least program on ratatui (`examples/minimal.rs`) in alternating runs. The medians are what counts.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const RUNS: usize = 20;
const COLUMNS: u16 = 120;
const ROWS: u16 = 40;

/// Time to the first byte, and to the first screen that shows `last`.
fn start(words: &[&str], last: &str) -> (Duration, Duration) {
    let size = PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() };
    let pair = native_pty_system().openpty(size).expect("a pseudo terminal");
    let mut reader = pair.master.try_clone_reader().expect("its reader");
    let mut keyboard = pair.master.take_writer().expect("its keyboard");
    let mut command = CommandBuilder::new(words[0]);
    command.args(&words[1..]);
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    let mut parser =
        vt100::Parser::new(NonZeroU16::new(ROWS).expect("not zero"), NonZeroU16::new(COLUMNS).expect("not zero"), 0);
    let mut bytes = vec![0; 1 << 16];
    let begin = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let mut first = None;
    let whole = loop {
        let n = reader.read(&mut bytes).expect("it writes");
        assert!(n > 0, "{} ended before it showed `{last}`", words[0]);
        let now = begin.elapsed();
        first.get_or_insert(now);
        parser.process(&bytes[..n]);
        if parser.screen().contents().contains(last) {
            break now;
        }
    };
    keyboard.write_all(b"q").expect("it reads");
    // Until it ends it may have more to say, and it must be able to.
    while matches!(reader.read(&mut bytes), Ok(1..)) {}
    child.wait().expect("it ends");
    (first.unwrap_or(whole), whole)
}

fn minimal() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "--example", "minimal"]).status();
    assert!(built.is_ok_and(|status| status.success()), "`cargo build --release --example minimal` failed");
    Path::new(env!("CARGO_BIN_EXE_byhand")).with_file_name("examples").join("minimal")
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    (times[(times.len() - 1) / 2] + times[times.len() / 2]).as_secs_f64() * 500.0
}

fn main() {
    let minimal = minimal();
    let minimal = minimal.to_str().expect("UTF-8");
    let progress = std::env::temp_dir().join(format!("byhand-start-{}.json", std::process::id()));
    let progress = progress.to_str().expect("UTF-8").to_owned();
    let byhand = [env!("CARGO_BIN_EXE_byhand"), "learn", "forgotten-activation", "--progress", &progress];
    let mut times = [const { Vec::new() }; 4];
    for run in 0..=RUNS {
        let ours = start(&byhand, "quit");
        let least = start(&[minimal], "q quits");
        // The first run of each only fills the disk's cache.
        if run > 0 {
            for (times, time) in times.iter_mut().zip([ours.0, ours.1, least.0, least.1]) {
                times.push(time);
            }
        }
    }
    let _ = std::fs::remove_file(progress);
    let [first, whole, least_first, least_whole] = times.map(median);
    println!("start, medians of {RUNS} alternating runs, in milliseconds");
    println!("              byhand  minimal  ratio");
    println!("first byte    {first:6.2}  {least_first:7.2}  {:5.2}", first / least_first);
    println!("whole screen  {whole:6.2}  {least_whole:7.2}  {:5.2}", whole / least_whole);
}
