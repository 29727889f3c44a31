//! `check --answer @mine.xlsx:Sheet1!C2:C17`: a learner's numbers in the cells of a workbook.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use rust_xlsxwriter::{Formula, Workbook};

struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("byhand-cells-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn byhand(folder: &Folder, arguments: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(arguments)
        .current_dir(&folder.0)
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    (status.code().unwrap_or(-1), text)
}

/// The pre-activations of the posted network's hidden layer for the input 10, as byhand predicts them; the tests change one.
fn hidden(folder: &Folder) -> Vec<f64> {
    let (_, csv) = byhand(folder, &["explain", "line-1-16-1", "--input", "10", "--digits", "exact", "--format", "csv"]);
    let mut z = vec![f64::NAN; 16];
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let Some(unit) = cells[0].split_once(".z[").filter(|(layer, _)| *layer == "dense") else { continue };
        let unit: usize = unit.1.trim_end_matches(']').parse().expect("an index");
        z[unit] = cells.last().expect("a number").parse().expect("a number");
    }
    assert!(z.iter().all(|z| z.is_finite()), "{csv}");
    z
}

/// A workbook whose second sheet has a heading and a column of numbers; one is typed wrong, with a formula behind it.
fn workbook(folder: &Folder, name: &str, numbers: &[f64]) {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("notes").expect("a name").write_string(0, 0, "nothing here").expect("written");
    let sheet = workbook.add_worksheet().set_name("hidden layer").expect("a name");
    sheet.write_string(0, 1, "unit").expect("written").write_string(0, 2, "mine").expect("written");
    for (i, number) in numbers.iter().enumerate() {
        let row = i as u32 + 1;
        sheet.write_number(row, 1, i as f64).expect("written");
        let formula = Formula::new(format!("={number}")).set_result(number.to_string());
        sheet.write_formula(row, 2, formula).expect("written");
    }
    sheet.write_string(20, 3, "later").expect("written");
    sheet.write_formula(21, 3, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
    workbook.save(folder.0.join(name)).expect("saved");
}

const CHECK: [&str; 6] = ["check", "line-1-16-1", "--input", "10", "--at", "dense.z"];

fn check(folder: &Folder, answer: &str) -> (i32, String) {
    byhand(folder, &[&CHECK[..], &["--answer", answer]].concat())
}

#[test]
fn the_first_cell_that_differs_is_named_with_the_cause() {
    let folder = Folder::new("named");
    let z = hidden(&folder);
    workbook(&folder, "right.xlsx", &z);
    for cells in ["hidden layer!C2:C17", "'hidden layer'!C2:C17", "hidden layer!$C$2:$C$17", "hidden layer!mine"] {
        let (code, text) = check(&folder, &format!("@right.xlsx:{cells}"));
        assert_eq!(code, 0, "{cells}: {text}");
    }
    // The bias of unit 5 is left out there.
    let (_, bias) = byhand(
        &folder,
        &["explain", "line-1-16-1", "--input", "10", "--value", "dense.wx[5]", "--digits", "exact", "--format", "csv"],
    );
    let wrong: f64 =
        bias.lines().last().and_then(|line| line.rsplit(',').next()).expect("a number").parse().expect("a number");
    let mut mine = z.clone();
    mine[5] = wrong;
    workbook(&folder, "mine.xlsx", &mine);
    let (code, text) = check(&folder, "@mine.xlsx:hidden layer!C2:C17");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("hidden layer!C7") && text.contains("dense.z[5]"), "{text}");
    assert!(text.contains("bias"), "{text}");
    let (_, json) = byhand(&folder, &[&CHECK[..], &["--json", "--answer", "@mine.xlsx:hidden layer!C"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["first_wrong_cell"], "hidden layer!C7");
}

#[test]
fn what_cannot_be_read_is_named_with_its_cell() {
    let folder = Folder::new("faults");
    workbook(&folder, "a.xlsx", &[1.0, 2.0]);
    fs::write(folder.0.join("broken.xlsx"), &fs::read(folder.0.join("a.xlsx")).expect("bytes")[..900])
        .expect("written");
    for (answer, expected) in [
        ("@a.xlsx:hidden layer!C2:C5", "cell hidden layer!C4: the cell is empty"),
        ("@a.xlsx:hidden layer!D21", "cell hidden layer!D21: `later` is not a number"),
        ("@a.xlsx:hidden layer!D22", "cell hidden layer!D22: `#DIV/0!` is not a number"),
        ("@a.xlsx:Sheet7!C2", "no sheet is called `Sheet7`; the sheets are `notes`, `hidden layer`"),
        ("@a.xlsx:hidden layer!ours", "no range of cells and no heading"),
        ("@a.xlsx:A1", "cell notes!A1: `nothing here` is not a number"),
        ("@a.xlsx:hidden layer!A1:XFD1048576", "more than"),
        ("@broken.xlsx:C2", "broken.xlsx"),
        ("@missing.xlsx:Sheet1!C2:C17", "missing.xlsx"),
    ] {
        let (code, text) = check(&folder, answer);
        assert_eq!(code, 2, "{answer}: {text}");
        assert!(text.contains(expected), "{answer}: {text}");
    }
}

#[test]
fn the_open_document_of_libreoffice_is_read_too() {
    let folder = Folder::new("ods");
    let z = hidden(&folder);
    workbook(&folder, "mine.xlsx", &z);
    let mut soffice = Command::new("soffice");
    let profile = format!("-env:UserInstallation=file://{}", folder.0.join("profile").display());
    soffice.args([&profile, "--headless", "--convert-to", "ods", "mine.xlsx"]).current_dir(&folder.0);
    if soffice.output().is_err() {
        println!("skipped: LibreOffice (soffice) is not installed here");
        return;
    }
    let (code, text) = check(&folder, "@mine.ods:hidden layer!C2:C17");
    assert_eq!(code, 0, "{text}");
    let (code, text) = check(&folder, "@mine.ods:hidden layer!C2:C18");
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("cell hidden layer!C18: the cell is empty"), "{text}");
}
