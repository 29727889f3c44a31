//! How the time to read a text grows with the text, for texts that make a reader look ahead: twice the text must take about
//! twice the time. And how long the check of the course takes, for which an author waits.

use std::time::{Duration, Instant};

use byhand::{check_course::check, course::Folder, load};

/// Pieces that are repeated.
const PIECES: &[&str] = &[
    "[]",
    "1 ",
    "[1 ",
    "'",
    "<'",
    "<\"'",
    "\n",
    "a ",
    "a.",
    "-",
    "array(",
    "(''",
    "{'':",
    "[1]\n",
    "\u{2212}",
    "[array(1),",
    "a,b\n",
    "1,2\n",
    "1\n",
    "0.5 0.25\n",
    "w[",
    "f.predict(",
    "[1.].reshape(",
    "w1=",
    "h -> o: 0.5\n",
    "<b",
    "&gt;",
    "\\begin{bmatrix}",
    "[1.]]",
    "x = 0.5*y + 1\n",
    "Dense(",
    "[[1]]\n",
    "Columns 1 through 2\n",
    "| 0.5 ",
];

/// What stands before them.
const PREFIXES: &[&str] = &["", "[", "(", "<", "array([1],", "[array([])\n,"];

/// Bytes of the smaller text; the larger one has twice as many.
const BYTES: usize = 200_000;

/// The shortest of three times.
fn time(text: &str) -> Duration {
    let once = || {
        let bytes = text.as_bytes().to_vec();
        let begin = Instant::now();
        let _ = std::hint::black_box(load::read(bytes));
        begin.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

fn main() {
    let mut rows = Vec::new();
    for piece in PIECES {
        for prefix in PREFIXES {
            let text = |bytes: usize| format!("{prefix}{}", piece.repeat(bytes / piece.len()));
            let (small, large) = (time(&text(BYTES)), time(&text(2 * BYTES)));
            rows.push((
                large,
                large.as_secs_f64() / small.as_secs_f64().max(1e-6),
                format!("{prefix:?} and many {piece:?}"),
            ));
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    println!("{} kB of text, the slowest first; growth is the time of twice the text", BYTES / 1_000);
    for (large, growth, what) in rows.iter().take(12) {
        println!("{:8.2} ms  growth {growth:4.1}  {what}", large.as_secs_f64() * 1e3);
    }
    // Below a millisecond the time of the allocation decides.
    let steepest = rows.iter().filter(|row| row.0 > Duration::from_millis(2)).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((_, growth, what)) = steepest {
        println!("steepest growth: {growth:.1} ({what})");
    }
    let begin = Instant::now();
    let faults = check(&Folder::Embedded).len();
    println!("check of the course: {:.0} ms, {faults} faults", begin.elapsed().as_secs_f64() * 1e3);
}
