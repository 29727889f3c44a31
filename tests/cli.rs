//! The program as one runs it: arguments and standard input to exit code, results and messages.

use std::{
    fs,
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use byhand::network::ulps;
use serde_json::Value;

/// What `print(model.get_weights())` shows for Dense(2) -> Dense(1).
const TORCH_SQUARE: &str = "[Parameter containing:\ntensor([[0.15, 0.20],\n        [0.25, 0.30]], requires_grad=True), Parameter containing:\ntensor([0.35, 0.35], requires_grad=True), Parameter containing:\ntensor([[0.40, 0.45],\n        [0.50, 0.55]], requires_grad=True), Parameter containing:\ntensor([0.60, 0.60], requires_grad=True)]";
const SQUARE: &str = "[[0.15, 0.20], [0.25, 0.30]] [0.35, 0.35] [[0.40, 0.45], [0.50, 0.55]] [0.60, 0.60]";
const PRINTED: &str = "[array([[1., -2.]], dtype=float32), array([0.5, 0.25], dtype=float32), array([[1.],\n       [3.]], dtype=float32), array([-1.], dtype=float32)]";

fn byhand(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let stdin = stdin.to_owned();
    // A program that refuses its arguments does not read: the pipe may break.
    let writer = std::thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("written");
    output
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A folder of its own for each test.
fn folder(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("byhand-cli-{}-{test}", std::process::id()));
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

/// Arguments (split at blanks; `FOLDER` is the test's own), standard input, exit code, what standard output and standard
/// error hold.
type Case<'c> = (&'c str, &'c str, i32, &'c [&'c str], &'c [&'c str]);

fn hold(test: &str, files: &[(&str, &[u8])], cases: &[Case]) {
    let folder = folder(test, files);
    for (arguments, stdin, code, results, messages) in cases {
        let arguments: Vec<String> = arguments
            .split(' ')
            .map(|word| word.replace("FOLDER", &folder.to_string_lossy()))
            .filter(|w| !w.is_empty())
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = byhand(&arguments, stdin.as_bytes());
        let (out, err) = (said(&output.stdout), said(&output.stderr));
        let about = format!("byhand {}\nstdout: {out}\nstderr: {err}", arguments.join(" "));
        assert_eq!(output.status.code(), Some(*code), "{about}");
        for expected in *results {
            assert!(out.contains(expected), "{expected:?} is missing on standard output: {about}");
        }
        for expected in *messages {
            assert!(err.contains(expected), "{expected:?} is missing on standard error: {about}");
        }
        assert!(*code == 2 || err.is_empty(), "a fine run says nothing on standard error: {about}");
        assert!(*code != 2 || out.is_empty(), "a failed run has no result: {about}");
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_answers_are_those_of_the_framework() {
    for (arguments, expected, most_ulps) in [
        (&["predict", "line-1-16-1", "--input", "10", "--json"][..], 25.004_662, 2),
        (&["predict", "sum-2-5-1", "--input", "0.3,0.1", "--json"], 0.930_159_1, 1),
    ] {
        let output = byhand(arguments, b"");
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let answer = json["passes"][0]["output"][0].as_f64().expect("a number") as f32;
        assert!(ulps(answer, expected) <= most_ulps, "{arguments:?}: {answer} {expected}");
        assert!((answer - expected).abs() < 1e-7 || most_ulps > 1);
    }
}

#[test]
fn what_was_assumed_is_said_on_standard_error() {
    let arguments = ["predict", "-", "--activations", "sigmoid,sigmoid", "--input", "0.05,0.10"];
    let output = byhand(&arguments, SQUARE.as_bytes());
    assert!(String::from_utf8_lossy(&output.stdout).contains("output  0.7569319, 0.7677179"));
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        notes.starts_with("note: nothing says how the kernels are stored") && notes.contains("`--orientation torch`"),
        "{notes}"
    );
    assert_eq!(notes.lines().count(), 1, "{notes}");
}

#[test]
#[rustfmt::skip] // one line a case
fn results_go_to_standard_output() {
    hold(
        "fine",
        &[("w.txt", PRINTED.as_bytes()), ("x.csv", b"3\n"), ("x.json", b"[[3.0]]"), ("o.json", b"{\"x\": [3]}")],
        &[
            ("predict line-1-16-1 --input 10", "", 0, &["input   10\noutput  25.00466", "model   25.0046616 by Keras 3.15.1: "], &[]),
            // relu(3 * 1 + 0.5) = 3.5, relu(3 * -2 + 0.25) = 0; 3.5 * 1 + 0 * 3 - 1 = 2.5
            // PyTorch's square kernels: 0.15 * 0.05 + 0.20 * 0.10 + 0.35 = 0.3775, and so on. What PyTorch answers is 0.75136507.
            ("predict - --activations sigmoid,sigmoid --input 0.05,0.10", TORCH_SQUARE, 0, &["0.751365", "0.772928"], &[]),
            ("predict - --activations sigmoid,sigmoid --input 0.05,0.10 --orientation torch", SQUARE, 0, &["0.751365", "0.772928"], &[]),
            ("check - --activations sigmoid,sigmoid --input 0.05,0.10 --answer 0.75136507,0.7729285", TORCH_SQUARE, 0, &["orrect"], &[]),
            // hardlim(3.5) = 1, hardlim(-5.75) = 0; 1 * 1 + 0 * 3 - 1 = 0
            ("predict - --activations hardlim,purelin --input 3", PRINTED, 0, &["output  0\n"], &[]),
            ("predict - --activations relu,linear --input 3", PRINTED, 0, &["output  2.5\n"], &[]),
            ("predict FOLDER/w.txt --activations relu,linear --input @FOLDER/x.csv", "", 0, &["output  2.5\n"], &[]),
            ("predict FOLDER/w.txt --activations relu,linear --input @FOLDER/x.json", "", 0, &["output  2.5\n"], &[]),
            ("predict FOLDER/w.txt --activations relu,linear --input @FOLDER/o.json", "", 0, &["output  2.5\n"], &[]),
            ("predict FOLDER/w.txt --activations relu,linear --input 3 --layers", "", 0, &["dense: Dense, relu", "0   3    3.5  3.5\n", "1  -6  -5.75    0\n", "dense_1: Dense, linear"], &[]),
            ("predict FOLDER/w.txt --activations linear,linear --input -1 --input -2", "", 0, &["input   -1\noutput  5.25", "\n\ninput   -2\n"], &[]),
            ("predict FOLDER/w.txt --activations relu,linear --input nan --json", "", 0, &["{\"model\":\"w.txt\",\"passes\":[{\"input\":[\"nan\"],\"output\":[\"nan\"]}]}"], &[]),
            ("predict FOLDER/w.txt --activations relu,linear --input -inf --json", "", 0, &["\"input\":[\"-inf\"],\"output\":[\"inf\"]"], &[]),
            ("predict - --activations relu,linear --input 3 --json --layers", PRINTED, 0, &["\"layers\":[{\"name\":\"dense\",\"kind\":\"Dense\",\"activation\":\"relu\",\"wx\":[3.0,-6.0],\"z\":[3.5,-5.75],\"a\":[3.5,0.0]},{\"name\":\"dense_1\""], &[]),
            ("explain line-1-16-1 --input 10", "", 0, &["dense: Dense, 1 input, 16 units, relu", "wx = 10 × 0.48899 = 4.8899\n    z  = 4.88993 + 1.17054 = 6.0605\n    a  = relu(6.0605) = 6.0605", "output = 25.0047"], &[]),
            ("explain line-1-16-1 --input 10 --digits exact --value dense.z[1]", "", 0, &["wx = 10 × 0.48899287 = 4.889929\n", "dense.z[1] = 6.060466", "It stands on input[0], dense.kernel[0,1] and dense.bias[1]."], &[]),
            ("explain line-1-16-1 --input 10 --value input[0]", "", 0, &["It is given: nothing is computed."], &[]),
            ("explain line-1-16-1 --input 10 --value dense.kernel[0,3]", "", 0, &["It was trained: nothing is computed."], &[]),
            ("explain line-1-16-1 --input 10 --value 1.in[1]", "", 0, &["1.in[1] is another name of dense.a[1]", "1.in[1] = 6.0605"], &[]),
            ("explain - --activations softmax,linear --input 3", PRINTED, 0, &["softmax looks at all 2 numbers of dense together", "sum of all powers = ", "dense.a[0]"], &[]),
            ("explain - --activations relu,linear --input 3 --json", PRINTED, 0, &["{\"address\":\"dense.z[0]\",\"action\":\"add-bias\",\"numbers\":{\"before\":3.0,\"bias\":0.5},\"result\":3.5}"], &[]),
            // 16 of 0..64 is -0.5 of [-1, 1]: relu(-0.5 * 1 + 0.5) = 0, relu(-0.5 * -2 + 0.25) = 1.25; 1.25 * 3 - 1 = 2.75;
            // back from [-1, 1] to 0..200 that is (2.75 + 1) * 100 = 375
            ("predict - --activations relu,linear --input 16 --scaling input=0,64:-1,1 --scaling output=0,200:-1,1 --layers", PRINTED, 0, &["scaling_in: Scaling\n", "-0.5\n", "1.25", "2.75", "scaling_out: Scaling\n", "output  375\n"], &[]),
            // a built-in model's own answer is that of the bare network, and not shown; Keras gives 14.9447737 for 5
            ("predict line-1-16-1 --input 10 --scaling input=/2", "", 0, &["input   10\noutput  14.944774\n"], &[]),
            ("explain - --activations relu,linear --input 16 --scaling input=0,64:-1,1 --value scaling_in.a[0] --digits exact", PRINTED, 0, &["a  = 16 × scale 0.03125 = 0.5", "a  = 0.5 + offset (-1) = -0.5"], &[]),
            // posted with three digits: nothing is known beyond them
            ("predict scaled-1-1-1 --input 0.95", "", 0, &["model   0.785 by MATLAB, as posted: the same to its 3 digits\n"], &[]),
            ("predict norm-1 --input 1", "", 0, &["model   0.79519051 by Keras, as posted: "], &[]),
            ("models", "", 0, &["line-1-16-1", "sum-2-5-1"], &[]),
            ("models --json", "", 0, &["{\"models\":[{\"name\":\"gate-2-1\"", "\"parameters\":49"], &[]),
            ("--version", "", 0, &["byhand "], &[]),
            ("--help", "", 0, &["Examples:", "byhand explain line-1-16-1 --input 10"], &[]),
            ("help predict", "", 0, &["byhand predict sum-2-5-1", "--layers"], &[]),
        ],
    );
}

#[test]
#[rustfmt::skip] // one line a case
fn what_cannot_be_understood_is_named_with_a_remedy() {
    hold(
        "wrong",
        &[
            ("w.txt", PRINTED.as_bytes()),
            ("model.h5", b"\x89HDF\r\n\x1a\n\0\0"),
            ("model.keras", b"PK\x03\x04\x14\0"),
            ("w.npy", b"\x93NUMPY\x01\0"),
            ("w.pkl", b"\x80\x04\x95\0"),
            ("latin.txt", b"[1.]\n\xE9"),
            ("cut.txt", b"[array([[1., ..., 2.]])]"),
            ("empty.txt", b""),
            ("hostile.txt", b"[array([[1., \x1b[2Jx]])]"),
            ("x.csv", b"x0,x1\n1,2\n"),
        ],
        &[
            ("predict line-1-16 --input 10", "", 2, &[], &["did you mean `line-1-16-1`?", "no file `line-1-16` here"]),
            ("predict FOLDER/none.txt --input 1", "", 2, &[], &["cannot read", "none.txt`", "give a file, `-` for standard input, or a built-in model: gate-2-1"]),
            ("predict FOLDER --input 1", "", 2, &[], &["is a folder"]),
            ("predict FOLDER/model.h5 --input 1", "", 2, &[], &["the HDF5 file is damaged or cut short"]),
            ("predict FOLDER/model.keras --input 1", "", 2, &[], &["the zip archive is damaged or cut short"]),
            ("predict FOLDER/w.npy --input 1", "", 2, &[], &["the NumPy file (.npy) is damaged or cut short"]),
            ("predict FOLDER/w.pkl --input 1", "", 2, &[], &["Python pickle"]),
            ("predict FOLDER/latin.txt --input 1", "", 2, &[], &["is not text: byte 0xe9 in line 2"]),
            ("predict FOLDER/cut.txt --input 1", "", 2, &[], &["cut.txt`, line 1", "cut this print short"]),
            ("predict FOLDER/empty.txt --input 1", "", 2, &[], &["there is no array here"]),
            ("predict FOLDER/hostile.txt --input 1", "", 2, &[], &["line 1"]),
            ("predict FOLDER/w.txt --input 1", "", 2, &[], &["the arrays make 2 layers, and 0 activations were given", "--activations relu,linear"]),
            ("predict - --activations tanh,linear --input 1", "[array([[1.],[2.]]), array([[0.5]]), array([0.1])]", 2, &[], &["looks like the kernel of a recurrent layer, SimpleRNN(1)"]),
            ("predict - --activations relu,linear --input 1 --orientation torch", PRINTED, 2, &[], &["with `--orientation keras` they fit"]),
            ("predict - --activations relu,linear --input 1 --orientation tf", PRINTED, 2, &[], &["--orientation: `tf` is not known; write `keras`"]),
            ("predict line-1-16-1 --orientation torch --input 1", "", 2, &[], &["has its own kernels; leave `--orientation` out"]),
            ("predict - --input 1", PRINTED, 2, &[], &["`standard input`: the arrays make 2 layers"]),
            ("predict FOLDER/w.txt --activations rellu,linear --input 1", "", 2, &[], &["--activations: unknown activation `rellu`", "`relu`"]),
            ("predict line-1-16-1 --activations relu,linear --input 1", "", 2, &[], &["has its own activations"]),
            ("predict sum-2-5-1 --input 0.3", "", 2, &[], &["--input 0.3: `sum-2-5-1` takes 2 numbers, and 1 was given"]),
            ("predict line-1-16-1 --input 0,3", "", 2, &[], &["takes 1 number, and 2 were given; write decimals with a point"]),
            ("predict sum-2-5-1 --input 0.3,0.1,0.5,0.5", "", 2, &[], &["each `--input` is one sample"]),
            ("predict sum-2-5-1 --input 0.3,x", "", 2, &[], &["`x` at character 5 is not a number"]),
            ("predict sum-2-5-1 --input @FOLDER/x.csv", "", 2, &[], &["`x0` at line 1, column 1"]),
            ("predict sum-2-5-1 --input @FOLDER/w.npy", "", 2, &[], &["NumPy array file", "np.savetxt"]),
            ("predict sum-2-5-1 --input @FOLDER/none.csv", "", 2, &[], &["cannot read"]),
            ("predict sum-2-5-1", "", 2, &[], &["--input <X>"]),
            ("predict", "", 2, &[], &["<MODEL>"]),
            ("explain line-1-16-1 --input 10 --value dense.q[1]", "", 2, &[], &["--value dense.q[1]: `q` is not a stage"]),
            ("explain line-1-16-1 --input 10 --value dense.z[16]", "", 2, &[], &["is outside: `dense.z` has shape (16)"]),
            ("explain line-1-16-1 --input 10 --value z", "", 2, &[], &["is not an address"]),
            ("explain line-1-16-1 --input 10 --digits 99", "", 2, &[], &["a number from 0 to 20, or `exact`"]),
            ("predict sum-2-5-1 --input 1,2 --scaling input=0,0", "", 2, &[], &["--scaling input=0,0: `0,0`: the range from 0 to 0 is empty; write the lowest and the highest number"]),
            ("open sum-2-5-1 --scaling input=0,1;0,2;0,3", "", 2, &[], &["--scaling input=0,1;0,2;0,3: `sum-2-5-1` has 2 inputs, and 3 mappings were given; give one mapping for each"]),
            ("open sum-2-5-1 --input 1", "", 2, &[], &["takes 2 numbers, and 1 was given"]),
            ("open FOLDER/w.txt", "", 2, &[], &["--activations relu,linear"]),
            ("pridict line-1-16-1", "", 2, &[], &["predict"]),
            ("predict line-1-16-1 --inputs 3", "", 2, &[], &["--input"]),
            ("--light --dark", "", 2, &[], &["cannot be used with"]),
            ("--lessons FOLDER/none learn", "", 2, &[], &["cannot read"]),
            ("--lessons FOLDER/w.txt learn", "", 2, &[], &["is not a folder"]),
        ],
    );
}

#[test]
fn a_mistake_can_be_made_on_purpose() {
    let wrong = "--mistake skipped-activation:dense";
    hold(
        "mistakes",
        &[],
        &[
            (&format!("predict line-1-16-1 --input 10 --json {wrong}"), "", 0, &["\"output\":[20.475021]"], &[]),
            (
                &format!("predict line-1-16-1 --input 10 {wrong}"),
                "",
                0,
                &["you skipped relu in layer `dense`", "model   25.0046616 by Keras 3.15.1\n"],
                &[],
            ),
            (
                &format!("explain line-1-16-1 --input 10 --value dense.a[0] {wrong}"),
                "",
                0,
                &["▶ a  = relu(-1.0383) = 0         ≠ (left out: still -1.0383)"],
                &[],
            ),
            (
                &format!("explain line-1-16-1 --input 10 --input 0 --format csv {wrong}"),
                "",
                0,
                &[
                    "address,right_calculation,right,wrong_calculation,wrong,same,right_exact,wrong_exact\n",
                    "\n\naddress,",
                ],
                &[],
            ),
            (
                &format!("explain line-1-16-1 --input 10 --json {wrong}"),
                "",
                0,
                &["\"parts_at\":\"dense.a[0]\",\"right\":{\"lines\":[", "\"wrong\":{\"lines\":["],
                &[],
            ),
            (
                &format!("explain line-1-16-1 --input 10 --format markdown {wrong}"),
                "",
                0,
                &["| value | right | wrong |"],
                &[],
            ),
            (&format!("explain line-1-16-1 --input 10 --format latex {wrong}"), "", 0, &["\\begin{align*}"], &[]),
            // 51 / 255 + 102 / 255 - 0.5 = 0.1, whose tanh is 0.0996680
            (
                "predict gate-2-1 --input 51,102 --scaling input=0,255:-1,1 --mistake wrong-range:scaling_in:to[0,1]",
                "",
                0,
                &["output  0.0996", "you mapped the input to [0, 1], not to [-1, 1] (layer `scaling_in`)"],
                &[],
            ),
            (
                "predict line-1-16-1 --input 10 --mistake skiped-bias:dense",
                "",
                2,
                &[],
                &["did you mean `skipped-bias`?"],
            ),
            (
                "predict line-1-16-1 --input 10 --mistake skipped-bias:output",
                "",
                2,
                &[],
                &["the layers are `dense`, `dense_1`"],
            ),
        ],
    );
}

#[test]
#[rustfmt::skip] // one line a case
fn lessons_are_listed_checked_and_found() {
    let course: &[u8] = br#"{"lessons": [{"id": "one-neuron", "title": {"en": "One neuron"}, "about": {"en": "Multiply."}, "minutes": 4}]}"#;
    hold(
        "lessons",
        &[("good/course.json", course), ("bad/course.json", b"{\n\"lessons\": 3}"), ("bare/notes.txt", b"")],
        &[
            ("lessons list FOLDER/good", "", 0, &[" 1 one-neuron   4 min  One neuron: Multiply."], &[]),
            ("--lessons FOLDER/good lessons list --json", "", 0, &["{\"lessons\":[{\"id\":\"one-neuron\",\"title\":\"One neuron\",\"about\":\"Multiply.\",\"minutes\":4}]}"], &[]),
            ("lessons list FOLDER/bad", "", 2, &[], &["course.json:2:", "lessons check"]),
            ("lessons check FOLDER/bad", "", 1, &["course.json:2:", "fault"], &[]),
            ("lessons check FOLDER/bare --json", "", 1, &["{\"faults\":[{\"path\":\"course.json\",\"line\":1,\"what\":\""], &[]),
            ("lessons check FOLDER/good", "", 1, &["course.json:1: there is no one-neuron/en.md"], &[]),
            ("--lessons FOLDER/good learn one-nueron", "", 2, &[], &["no lesson is called `one-nueron` (did you mean `one-neuron`?); the lessons are one-neuron"]),
            ("lessons", "", 0, &[" 1 one-neuron", "15 "], &[]),
        ],
    );
}

#[test]
fn nothing_from_a_file_acts_on_the_terminal() {
    let folder =
        folder("hostile", &[("w\u{9b}31m.txt", PRINTED.as_bytes()), ("x.txt", b"[array([[1., \x1b]0;x\x07y]])]")]);
    let own = folder.join("w\u{9b}31m.txt").to_string_lossy().into_owned();
    let broken = folder.join("x.txt").to_string_lossy().into_owned();
    for arguments in [
        vec!["predict", &own, "--activations", "relu,linear", "--input", "1", "--json"],
        vec!["explain", &own, "--activations", "relu,linear", "--input", "1"],
        vec!["explain", &own, "--activations", "relu,linear", "--input", "1", "--json"],
        vec!["predict", &own, "--activations", "relu,linear", "--input", "1,2"],
        vec!["predict", &broken, "--activations", "relu,linear", "--input", "1"],
    ] {
        let output = byhand(&arguments, b"");
        let all = said(&output.stdout) + &said(&output.stderr);
        assert!(!all.is_empty());
        assert!(all.chars().all(|c| c == '\n' || !c.is_control()), "{arguments:?}: {all:?}");
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(["predict", "line-1-16-1", "--layers", "--json"])
        .args((0..2_000).flat_map(|i| ["--input".to_owned(), i.to_string()]))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 10];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("ten bytes");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), said(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn a_large_layer_is_cut_and_any_unit_of_it_can_be_seen() {
    let row = vec!["0.5"; 500].join(", ");
    let printed = format!("[{}]", vec![format!("[{row}]"); 100].join(",\n"));
    let input = vec!["1"; 100].join(",");
    let base = ["explain", "-", "--activations", "relu", "--input", &input];
    let whole = said(&byhand(&base, printed.as_bytes()).stdout);
    assert!(whole.lines().count() < 3_000, "{} lines", whole.lines().count());
    assert!(
        whole.contains("… units 10 to 489 left out (48000 products); see one with --value 'dense.a[250]'"),
        "{whole}"
    );
    let one = said(&byhand(&[&base[..], &["--value", "dense.a[250]"]].concat(), printed.as_bytes()).stdout);
    assert!(one.contains("input[99]  1 × 0.5 = 0.5         50"), "{one}");
    let json = byhand(&[&base[..], &["--json"]].concat(), printed.as_bytes());
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["left_out"][0]["units"], serde_json::json!([10, 489]));
    assert_eq!(json["lines"].as_array().map(Vec::len), Some(20 * 101));
}
