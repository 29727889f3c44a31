//! The Python package against this program. Without Python it is skipped, and the test says so; frameworks that are not
//! installed are skipped by the tests themselves.

use std::process::Command;

/// The first Python that is new enough; on some systems it is only called `python`.
fn python() -> Option<&'static str> {
    let recent = "import sys, unittest; sys.exit(sys.version_info < (3, 9))";
    let runs = |name: &&str| Command::new(name).args(["-c", recent]).output().is_ok_and(|out| out.status.success());
    ["python3", "python"].into_iter().find(runs)
}

#[test]
fn the_python_package_passes_its_own_tests() {
    let Some(python) = python() else {
        eprintln!("skipped: there is no Python 3.9 or newer");
        return;
    };
    let output = Command::new(python)
        .args(["-W", "ignore", "-B", "-m", "unittest", "discover", "-s", "python/tests"])
        .env("PYTHONPATH", "python")
        .env("BYHAND", env!("CARGO_BIN_EXE_byhand"))
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    // No test is no proof.
    let ran: Option<usize> = said.split("Ran ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
    assert!(ran.is_some_and(|ran| ran >= 20), "{said}");
}
