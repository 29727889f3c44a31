//! Worked solutions as workbooks: every value has a formula, and the formulas give the numbers of the pass.
//!
//! `LibreOffice` is the oracle where it is installed: the stored results are taken out of each workbook, and it computes them.

#[path = "support/first_sample.rs"]
mod first_sample;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use byhand::{
    explain::workbook::{self, WorkbookError},
    load::{builtin, builtin_names},
    mistake::{Mistake, graph},
    network::{Activation, Dense, Kernel, Layer, Network, Operation, ulps},
    pass::{Pass, graph::Pass as GraphPass},
};
use calamine::{Data, Reader, Xlsx};

/// Columns of a block.
const FLOAT32: usize = 6;
const BYHAND: usize = 7;
const BLOCK: usize = 10;

/// One value of a workbook: its cell `float32`, the formula there, and the number beside it.
#[derive(Debug)]
struct Found {
    value: f64,
    formula: String,
    byhand: Option<f64>,
}

/// The values of a block by their addresses.
fn values(bytes: &[u8], block: usize) -> BTreeMap<String, Found> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut found = BTreeMap::new();
    for sheet in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&sheet).expect("formulas");
        let cells = workbook.worksheet_range(&sheet).expect("cells");
        let Some((rows, _)) = cells.end() else { continue };
        for row in 0..=rows {
            let cell = |column: usize| cells.get_value((row, (block + column) as u32));
            let formula = |column: usize| formulas.get_value((row, (block + column) as u32));
            let (Some(Data::String(address)), Some(formula)) = (cell(0), formula(FLOAT32)) else { continue };
            if formula.is_empty() || !address.contains('.') {
                continue;
            }
            let number = |data: Option<&Data>| match data {
                Some(Data::Float(number)) => Some(*number),
                Some(Data::Int(number)) => Some(*number as f64),
                _ => None,
            };
            let value = number(cell(FLOAT32)).unwrap_or(f64::NAN);
            let (formula, byhand) = (formula.clone(), number(cell(BYHAND)));
            // The last row of a value has its result.
            found.insert(address.clone(), Found { value, formula, byhand });
        }
    }
    found
}

/// A workbook, and what its blocks must have: the right way's values, and those of the way with mistakes.
struct Case {
    name: String,
    bytes: Vec<u8>,
    blocks: Vec<BTreeMap<String, f32>>,
}

fn of_chain(network: &Network, input: &[f32], mistake: Option<Mistake>) -> Case {
    let right = Pass::new(network, input, &[]).expect("a pass");
    let wrong = mistake.map(|mistake| Pass::new(network, input, &[mistake]).expect("a pass"));
    let bytes = workbook::of_chain(&right, wrong.as_ref(), None).expect("a workbook");
    let expected = |pass: &Pass| {
        let program = pass.program().expect("equations");
        let values = program.evaluate(&[(program.find("input").expect("an input"), input.to_vec())]).expect("fits");
        computed(&program, |array| values.of(array).to_vec())
    };
    let blocks = [Some(&right), wrong.as_ref()].into_iter().flatten().map(expected).collect();
    let name = mistake.map_or_else(|| network.name().to_owned(), |m| format!("{} {}", network.name(), m.name(network)));
    Case { name, bytes, blocks }
}

/// The values that a program works out; a copy of a value is no work.
fn computed(
    program: &byhand::equation::Program,
    values: impl Fn(byhand::equation::ArrayId) -> Vec<f32>,
) -> BTreeMap<String, f32> {
    let written = program.equations().iter().filter(|equation| equation.rule.actions() > 0);
    let each = written.flat_map(|equation| {
        let numbers = values(equation.array);
        (0..numbers.len()).map(move |flat| (program.address(equation.array, flat), numbers[flat])).collect::<Vec<_>>()
    });
    each.collect()
}

fn of_graph(model: &str, mistake: bool) -> Option<Case> {
    let (network, inputs) = first_sample::load(model);
    let network = Arc::new(network);
    let right = GraphPass::new(&network, &inputs, &[]).expect("fits");
    let mistake = mistake.then(|| graph::Mistake::all(network.program()).into_iter().next()).flatten();
    let wrong = mistake.map(|mistake| GraphPass::new(&network, &inputs, &[mistake]).expect("fits"));
    let bytes = match workbook::of_graph(&right, wrong.as_ref(), None) {
        Ok(bytes) => bytes,
        Err(WorkbookError::TooLarge { cells }) => {
            assert!(cells > workbook::MOST_CELLS);
            println!("{model}: {cells} cells are too many");
            return None;
        }
        Err(error) => panic!("{model}: {error}"),
    };
    let expected = |pass: &GraphPass| computed(pass.program(), |array| pass.values().of(array).to_vec());
    let blocks = [Some(&right), wrong.as_ref()].into_iter().flatten().map(expected).collect();
    Some(Case { name: model.to_owned(), bytes, blocks })
}

/// A layer for each activation of one number.
fn activations() -> Vec<Case> {
    let z = [-30.0, -6.5, -3.2, -1.0, -0.3, -1e-4, 0.0, 0.25, 0.9, 2.5, 7.0, 15.0];
    let kernel = Kernel::from_rows(1, z.len(), &z).expect("a row");
    let of = |activation: &Activation| {
        let dense = Dense::new(kernel.clone(), Some(vec![0.001; z.len()]), *activation);
        let layer = Layer { name: "d".into(), operation: Operation::Dense(dense) };
        let network = Network::new(activation.to_string(), vec![layer]).expect("a network");
        of_chain(&network, &[1.1], None)
    };
    Activation::ALL.iter().map(of).collect()
}

fn cases() -> Vec<Case> {
    let mut cases = activations();
    for name in builtin_names() {
        let model = builtin(name).expect(name);
        let mut mistakes = Mistake::all(&model.network);
        mistakes.dedup_by_key(|mistake| (mistake.kind.id, mistake.layer));
        // One way of every fifth kind stands for the others; `tests/chain_equations.rs` has all.
        for mistake in mistakes.into_iter().step_by(5).map(Some).chain([None]) {
            cases.push(of_chain(&model.network, &model.first_input(), mistake));
        }
    }
    for (i, model) in first_sample::names().iter().enumerate() {
        cases.extend(of_graph(model, i % 2 == 0));
    }
    cases
}

fn flushed(value: f64) -> f32 {
    let value = value as f32;
    if value.is_subnormal() { 0.0 } else { value }
}

#[test]
fn every_value_has_a_formula_and_the_number_of_the_pass() {
    let (mut count, all) = (0, cases());
    for case in &all {
        for (i, block) in case.blocks.iter().enumerate() {
            let found = values(&case.bytes, i * BLOCK);
            for (address, value) in block {
                let cell = found.get(address).unwrap_or_else(|| panic!("{}: no row of {address}", case.name));
                assert!(cell.formula.contains("to_float32"), "{}: {address}: {}", case.name, cell.formula);
                if value.is_finite() {
                    assert_eq!(cell.value as f32, *value, "{}: {address}", case.name);
                }
                let right = case.blocks[0].get(address).filter(|right| right.is_finite());
                if right.is_some() || !case.blocks[0].contains_key(address) {
                    assert_eq!(cell.byhand.map(|n| n as f32), right.copied(), "{}: {address}", case.name);
                }
                count += 1;
            }
        }
    }
    println!("{count} values in {} workbooks", all.len());
    assert!(count > 20_000, "{count}");
}

/// The workbook without the results that stand in it.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut stripped = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let mut text = Vec::new();
        let name = part.name().expect("a name").into_owned();
        part.read_to_end(&mut text).expect("readable");
        if name.contains("worksheets/sheet") {
            let xml = String::from_utf8(text).expect("UTF-8");
            let mut pieces = xml.split("</f><v>");
            let mut kept = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                kept.push_str("</f>");
                kept.push_str(piece.split_once("</v>").map_or(piece, |(_, rest)| rest));
            }
            text = kept.into_bytes();
        }
        stripped.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        stripped.write_all(&text).expect("written");
    }
    stripped.finish().expect("an archive").into_inner()
}

/// What `LibreOffice` makes of workbooks, converted in one go; `None` where it is not installed.
fn recomputed(folder: &Path, cases: &[Case]) -> Option<Vec<Vec<u8>>> {
    let (given, made) = (folder.join("given"), folder.join("made"));
    std::fs::create_dir_all(&given).expect("a folder");
    let mut files: Vec<PathBuf> = Vec::new();
    for (i, case) in cases.iter().enumerate() {
        files.push(given.join(format!("{i}.xlsx")));
        std::fs::write(&files[i], without_results(&case.bytes)).expect("written");
    }
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut soffice = Command::new("soffice");
    soffice.args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"]).arg(&made).args(&files);
    match soffice.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => return None,
    }
    Some((0..cases.len()).map(|i| std::fs::read(made.join(format!("{i}.xlsx"))).expect("converted")).collect())
}

#[test]
fn libreoffice_computes_the_same_float32() {
    let folder = std::env::temp_dir().join(format!("byhand-workbook-{}", std::process::id()));
    let cases = cases();
    let Some(made) = recomputed(&folder, &cases) else {
        println!("skipped: LibreOffice (soffice) is not installed here");
        return;
    };
    let (mut count, mut exact, mut worst) = (0, 0, BTreeMap::new());
    for (case, bytes) in cases.iter().zip(&made) {
        for (i, block) in case.blocks.iter().enumerate() {
            let found = values(bytes, i * BLOCK);
            for (address, &value) in block.iter().filter(|(_, value)| value.is_finite()) {
                let cell = found.get(address).unwrap_or_else(|| panic!("{}: no row of {address}", case.name));
                let apart = ulps(flushed(cell.value), value);
                count += 1;
                exact += usize::from(apart == 0);
                if apart > 0 {
                    let entry = worst.entry(&case.name).or_insert((0, address.clone(), value, cell.value));
                    if apart > entry.0 {
                        *entry = (apart, address.clone(), value, cell.value);
                    }
                }
            }
        }
    }
    std::fs::remove_dir_all(&folder).ok();
    println!("{exact} of {count} values are the same float32");
    for (case, (apart, address, value, cell)) in &worst {
        println!("{case}: {address} is {apart} ulp apart: {value} and {cell}");
    }
    assert!(count > 20_000, "{count}");
    // A few activations round once more on the way than their formula.
    assert!(worst.values().all(|(apart, ..)| *apart <= 1), "more than 1 ulp");
    assert!(exact * 1000 >= count * 999, "{exact} of {count}");
}

#[test]
fn a_workbook_is_bounded_and_says_what_to_do() {
    let kernel = Kernel::from_rows(400, 100, &vec![0.5; 40_000]).expect("numbers");
    let dense = Dense::new(kernel, None, Activation::Relu);
    let layer = Layer { name: "d".into(), operation: Operation::Dense(dense) };
    let network = Network::new("large", vec![layer]).expect("a network");
    let pass = Pass::new(&network, &[1.0; 400], &[]).expect("a pass");
    let error = workbook::of_chain(&pass, None, None).expect_err("too large").to_string();
    assert!(error.contains("--value ADDRESS"), "{error}");
    let address = "d.a[7]".parse().expect("an address");
    let found = values(&workbook::of_chain(&pass, None, Some(&address)).expect("one value"), 0);
    assert_eq!(found.get("d.a[7]").map(|found| found.value), Some(200.0));
    assert_eq!(found.len(), 2, "the sum and the activation: {found:?}");
}
