//! What `byhand --version` says: the version, and in a release the commit that it was built from.

use std::{env, fs, process::Command};

/// `0.1.0 (a1b2c3d4e)`; without a commit only the number.
pub(crate) fn version() -> String {
    let number = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    // While one works on byhand every commit would build all of it again.
    if env::var("PROFILE").is_ok_and(|profile| profile != "release") {
        return format!("{number} (development)");
    }
    match packaged().or_else(checked_out) {
        Some(commit) => format!("{number} ({})", commit.chars().take(9).collect::<String>()),
        None => number,
    }
}

/// What cargo notes in a package, such as one of crates.io.
fn packaged() -> Option<String> {
    let noted = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let commit = noted.split("\"sha1\"").nth(1)?.split('"').nth(1)?;
    commit.chars().all(|c| c.is_ascii_hexdigit()).then(|| commit.to_owned())
}

/// What git says where byhand itself is checked out, not a project that contains its package.
fn checked_out() -> Option<String> {
    if !fs::exists(".git").ok()? {
        return None;
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    };
    // The log of HEAD grows with every commit; a missing file would build everything each time.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    if fs::exists(&log).ok()? {
        println!("cargo::rerun-if-changed={log}");
    }
    git(&["rev-parse", "HEAD"])
}
