//! Turns `assets/words/LANGUAGE/*.ftl` into typed Rust functions, which `src/words/mod.rs` includes.
//!
//! A sentence that does not exist, or that is called with other arguments, does not compile. A sentence that nobody
//! calls is dead code. Starting the program costs nothing: the sentences are `static`.

mod compare;
mod generate;
mod read;
mod version;

use std::{env, fs, path::Path, process::ExitCode};

/// Where the sentences are, from the top of the project.
const WORDS: &str = "assets/words";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rerun-if-changed=build");
    let (languages, mut faults) = read::languages(Path::new(WORDS));
    // A language may be incomplete while it is being translated: English takes the place of what is missing.
    faults.extend(compare::faults(&languages).into_iter().filter(|fault| !fault.missing));
    for fault in &faults {
        println!("cargo::error={fault}");
    }
    if !faults.is_empty() {
        return ExitCode::FAILURE;
    }
    println!("cargo::rustc-env=BYHAND_VERSION={}", version::version());
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let out = Path::new(&out).join("words.rs");
    fs::write(out, generate::code(&languages)).expect("cargo made the folder");
    ExitCode::SUCCESS
}
