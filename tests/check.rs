//! `byhand check` as one runs it: from a wrong number to its cause.

use std::{fs, process::Command};

use serde_json::Value;

/// Exit code, standard output and standard error.
fn byhand(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

fn check(arguments: &str) -> (i32, String, String) {
    let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.split(' ')).collect();
    byhand(&arguments)
}

#[test]
#[rustfmt::skip] // one line a case
fn a_number_leads_to_its_cause() {
    let folder = std::env::temp_dir().join(format!("byhand-check-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("made");
    // The five sums of sum-2-5-1 at (0.3, 0.1) are asked for; one number is not enough.
    let column = folder.join("column.csv");
    fs::write(&column, "mine\n25.0047\n").expect("written");
    let column = format!("@{}", column.display());
    for (arguments, code, expected) in [
        ("line-1-16-1 --input 10 --answer 20.475", 1, &["You skipped relu in layer `dense`.", "skipped-activation:dense", "20.475", "25.0047", "first differ at dense.a[0]", "byhand learn forgotten-activation", "Try --input"][..]),
        ("line-1-16-1 --input 10 --answer 25.0047", 0, &["Correct to the digits that you gave."]),
        ("line-1-16-1 --input 10 --answer 25", 0, &["Correct"]),
        ("line-1-16-1 --input 10 --answer 25.004", 0, &["cut off"]),
        ("line-1-16-1 --input 10 --answer @COLUMN", 0, &["Correct"]),
        ("line-1-16-1 --input 10 --answer 813.2951", 1, &["Unknown: no mistake explains it", "Tried: ", "single mistakes", "pairs"]),
        ("line-1-16-1 --input 10 --answer 20.475 --input 0 --answer 5.0739", 1, &["skipped-activation:dense"]),
        ("line-1-16-1 --input 10 --at dense.z[1] --answer 4.8899", 1, &["Your first value that differs is dense.z[1]: 4.8899, not 6.0605.", "skipped-bias:dense"]),
        // 40 of 0..100 is 0.4 of [0, 1]; the bare network gives 85.0086 for 40 itself
        ("line-1-16-1 --scaling input=0,100 --input 40 --answer 85.0086", 1, &["You forgot to scale the input: layer `scaling_in` was left out.", "byhand learn the-forgotten-scaler"]),
        // 25.004662 * 205 = 5125.9557
        ("line-1-16-1 --scaling output=0,205 --input 10 --answer 25.0047", 1, &["unscaled-output:scaling_out"]),
        ("line-1-16-1 --scaling output=0,205 --input 10 --answer 5125.96", 0, &["Correct"]),
        // 40 of 0..100 mapped to [0, 1] is 0.4, to [-1, 1] it is -0.2; the answers are those of the bare network
        ("line-1-16-1 --scaling input=0,100:-1,1 --input 40 --answer 5.6897", 1, &["You mapped the input to [0, 1], not to [-1, 1] (layer `scaling_in`).", "wrong-range:scaling_in:to[0,1]"]),
        ("sum-2-5-1 --input 0.3,0.1 --answer 0.9302", 0, &["Correct"]),
        ("line-1-16-1 --input 10 --answer 25", 0, &["so few digits prove little"]),
        // tanh left out: 1.65956; at (1, 1) that way gives 3.1786
        ("sum-2-5-1 --input 0.3,0.1 --answer 1.65956", 1, &["skipped-activation:output", "gives output[0] = 3.1786, and tanh gives nothing outside of -1 to 1."]),
        // Who does the next one rightly has understood; the first number keeps its reason.
        ("line-1-16-1 --input 10 --answer 20.475 --input 1 --answer 6.8969", 1, &["Nothing explains all your numbers together. 20.475 by itself:", "skipped-activation:dense"]),
        // Slips of the pen: 25.0047 with digits exchanged, its point moved, its sign turned.
        ("line-1-16-1 --input 10 --answer 52.0047", 1, &["Your number is the right one with two digits exchanged."]),
        ("line-1-16-1 --input 10 --answer 250.047", 1, &["with its point 1 place too far to the right."]),
        ("line-1-16-1 --input 10 --answer=-25.0047", 1, &["with the other sign."]),
        // The activations in the place of the pre-activations.
        ("sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer=-0.5112,0.4034,0.3715,0.3063,-0.1133", 1, &["Your numbers are right, but they are `hidden.a`, not `hidden.z`."]),
        ("sum-2-5-1 --input 0.3,0.1 --at output.z[0] --answer 0.9", 1, &["Your first value that differs is output.z[0]"]),
        ("sum-2-5-1 --input 0.3,0.1 --at output[0] --answer 0.7508 --at hidden.z[4] --answer=-0.2098", 1, &["Your first value that differs is hidden.z[4]", "You left the bias of layer `hidden` out."]),
        // 0.9302 with values of two decimals on the way: off by less than one in the last digit
        ("sum-2-5-1 --input 0.3,0.1 --answer 0.931", 1, &["Rounding: you are off by 0.00084; rounding on the way to 3 decimals"]),
        ("line-1-16-1 --input 10 --answer nan", 1, &["Unknown"]),
        ("line-1-16-1 --input 10 --answer 1e400", 1, &["Unknown"]),
        ("line-1-16-1 --input 10 --answer 1e-310", 1, &["Unknown"]),
    ] {
        let (status, out, err) = check(&arguments.replace("@COLUMN", &column));
        assert_eq!(status, code, "{arguments}: {out}{err}");
        assert!(err.is_empty(), "{arguments}: {err}");
        for expected in expected {
            assert!(out.contains(expected), "{arguments}: no {expected:?} in {out}");
        }
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
#[rustfmt::skip] // one line a case
fn the_models_own_number_leads_to_what_was_not_described() {
    let folder = std::env::temp_dir().join(format!("byhand-model-says-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("made");
    // A linear network on mapminmax data (MATLAB Central, 2012): by hand 0.62, the tool says 0.785.
    let linear = folder.join("linear.txt");
    fs::write(&linear, "[array([[0.4547]]), array([0.3328]), array([[2.1993]]), array([-1.0620])]").expect("written");
    // Lowest 10 and 20, highest 60 and 120; y from 100 to 300. With semicolons and decimal commas.
    let table = folder.join("train.csv");
    fs::write(&table, "a;b;price\n10;120;100\n60;20;300\n22,5;33,5;150\n").expect("written");
    let hidden = folder.join("hidden.txt");
    let arrays = "[array([[0.5, -1.25, 0.8]]), array([0.1, -0.2, 0.3]), array([[1.5], [-0.5], [0.7]]), array([0.25])]";
    fs::write(&hidden, arrays).expect("written");
    let words = |path: &std::path::Path| path.display().to_string();
    for (arguments, code, expected) in [
        ("line-1-16-1 --input 10 --answer 25.0047 --model-says 25.00466", 0, &["Correct to the digits", "The model's own number is what the network as you described it gives."][..]),
        ("line-1-16-1 --input 10 --model-says 25.0047", 0, &["The model's own number is what the network as you described it gives."]),
        ("line-1-16-1 --input 10 --model-says 3e1", 1, &["too few digits"]),
        ("line-1-16-1 --input 10 --answer 25.0047 --model-says 20.475", 1, &["Your arithmetic fits the network as you described it.", "Layer `dense` applies linear, not relu.", "--activations linear,linear"]),
        // 40 of 0..100 is 0.4, and Keras 3.15.1 answers 5.68967772 there
        ("line-1-16-1 --input 40 --answer 85.0086 --model-says 5.68968", 1, &["The input is scaled before the network: x / 100.", "--scaling input=/100"]),
        ("LINEAR --activations linear,linear --input 0.95 --answer 0.62 --model-says 0.785", 1, &["0..1 onto -1..1", "--scaling input=0,1:-1,1 --scaling output=0,1:-1,1"]),
        // 0.3 of 10..60 is 25, 0.1 of 20..120 is 30; Keras answers 0.930159092 at (0.3, 0.1), and 0.930159092 * 200 + 100 is 286.0318
        ("sum-2-5-1 --input 25,30 --answer 1.0000 --model-says 286.0318 --data TABLE", 1, &["(as MinMaxScaler does) in the table", "--scaling input=10,60;20,120 --scaling output=100,300"]),
        ("sum-2-5-1 --input 25,30 --model-says 286.0318 --data TABLE --targets price", 1, &["--scaling output=100,300"]),
        // The same numbers, and neither is the network's: only the description is wrong.
        ("line-1-16-1 --input 10 --answer 20.475 --model-says 20.475021", 1, &["Your number and the model's are the same.", "Layer `dense` applies linear, not relu."]),
        // Both are wrong, each for its own reason.
        ("line-1-16-1 --input 10 --answer 20.475 --model-says 24.99", 1, &["You skipped relu in layer `dense`.", "The model's own number is another one too"]),
        ("line-1-16-1 --input 40 --answer 85.0086 --model-says 813.2951", 1, &["Unknown: nothing that people usually leave out", "other weights", "Give 3 pairs"]),
        // y * 2.374819 + 1.221347 at 25.0046616 and 10.9208193, which Keras answers for 10 and 3: 60.60289 and 27.15632; two numbers for two unknowns
        ("line-1-16-1 --input 10 --model-says 60.60289 --input 3 --model-says 27.15632", 1, &["Unknown: nothing", "about y × 2.3748", "one more pair"]),
        // and at 5.08608484, which Keras answers for 0.1: 13.29988
        ("line-1-16-1 --input 10 --model-says 60.60289 --input 3 --model-says 27.15632 --input 0.1 --model-says 13.29988", 1, &["comes out if", "about y × 2.3748"]),
        // y * 3 - 2 at 25.004662, 10.920829 and 2.5815163
        ("line-1-16-1 --input 10 --model-says 73.01399 --input 3 --model-says 30.76249 --input=-4 --model-says 5.744549", 1, &["--scaling output=-2,1"]),
        // A scaler in front with unknown numbers, (x - 37.3) / 11.9 and then three units of tanh: in float64 (Python)
        // -0.44417930, 1.70413791, -1.53444085, 2.39795160. Two numbers are unknown, the other two verify it.
        ("HIDDEN --activations tanh,linear --input 30 --model-says=-0.4441793 --input 45 --model-says 1.7041379 --input 20 --model-says=-1.5344409 --input 55 --model-says 2.3979516", 1, &["The input is scaled before the network: 37.3..49.2 onto 0..1. (over 99.9 %)", "--scaling input=37.3,49.2"]),
        // The same as a program prints them by default, with four decimals.
        ("HIDDEN --activations tanh,linear --input 30 --model-says=-0.4442 --input 45 --model-says 1.7041 --input 20 --model-says=-1.5344 --input 55 --model-says 2.3980", 1, &["The input is scaled before the network: 37.3..49.2 onto 0..1. (over 99.9 %)"]),
        // One pair alone cannot decide it.
        ("HIDDEN --activations tanh,linear --input 30 --model-says=-0.4442", 1, &["Give 3 pairs"]),
        // The weights behind the print have one digit more: (0.95 * 0.45474 + 0.33281) * 2.19934 - 1.06203 = 0.6200538
        ("LINEAR --activations linear,linear --input 0.95 --answer 0.61995 --model-says 0.6200538", 1, &["Your arithmetic fits the network as you described it.", "The print of the weights has 4 decimals, and the digits that are missing explain the difference (9"]),
        // An epsilon of 1e-5, PyTorch's: (5 - 0.05885344) / sqrt(0.91000736 + 1e-5) * 0.80644524
        ("norm-1 --input 5 --model-says 4.1771278", 1, &["Epsilon of layer `batch_normalization` is 1e-05, not 0.001."]),
    ] {
        let arguments = arguments.replace("LINEAR", &words(&linear)).replace("TABLE", &words(&table));
        let arguments = arguments.replace("HIDDEN", &words(&hidden));
        let (status, out, err) = check(&arguments);
        assert_eq!(status, code, "{arguments}: {out}{err}");
        assert!(err.is_empty(), "{arguments}: {err}");
        for expected in expected {
            assert!(out.contains(expected), "{arguments}: no {expected:?} in {out}");
        }
    }
    for (arguments, expected) in [
        ("line-1-16-1 --input 10", "there is no number to check"),
        ("line-1-16-1 --input 10 --input 3 --model-says 1", "there are 2 `--input` and 1 `--model-says`"),
        ("line-1-16-1 --input 10 --model-says x", "--model-says: `x` is not a number"),
        ("line-1-16-1 --input 10 --model-says 1 --targets y", "--targets says which columns of --data are targets"),
        ("line-1-16-1 --input 10 --model-says 1 --data TABLE", "--data: `TABLE` has 3 columns besides the targets (a, b, price), and the network takes 1 number"),
        ("line-1-16-1 --input 10 --model-says 1 --data no-such.csv", "--data: cannot read `no-such.csv`"),
    ] {
        let (status, out, err) = check(&arguments.replace("TABLE", &words(&table)));
        assert_eq!(status, 2, "{arguments}: {out}{err}");
        let expected = expected.replace("TABLE", &words(&table));
        assert!(err.contains(&expected), "{arguments}: no {expected:?} in {err}");
    }
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn json_says_whose_number_a_candidate_explains() {
    let (status, out, _) = check("line-1-16-1 --input 10 --answer 25.0047 --model-says 20.475 --json");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((status, &json["verdict"]), (1, &"model".into()));
    let observation = &json["observations"][0];
    assert_eq!((&observation["answer"], &observation["model_says"]), (&"25.0047".into(), &"20.475".into()));
    let first = &json["candidates"][0];
    assert_eq!((&first["explains"], &first["mistakes"][0]["kind"]), (&"model".into(), &"other-activation".into()));
    assert_eq!((&first["mistakes"][0]["layer"], &first["mistakes"][0]["detail"]), (&"dense".into(), &"linear".into()));
    assert!((first["values"][0].as_f64().expect("a number") - 20.475_021).abs() < 1e-5);
    assert_eq!(first["options"], "--activations linear,linear");
    assert_eq!(json["next_input"]["explains"], "model");

    let (_, out, _) = check("line-1-16-1 --input 10 --answer 20.475 --model-says 24.99 --json");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    let explains: Vec<&Value> = json["candidates"].as_array().expect("a list").iter().map(|c| &c["explains"]).collect();
    assert_eq!((&json["verdict"], explains[0]), (&"mistake".into(), &"answer".into()));
    let next = &json["model"]["next_input"]["values"][0]["candidate"];
    assert!(next.is_null() || explains[next.as_u64().expect("a number") as usize] == "model");

    let (status, out, _) = check("line-1-16-1 --input 10 --model-says 25.0047 --json");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((status, &json["verdict"], &json["observations"][0]["answer"]), (0, &"correct".into(), &Value::Null));
}

#[test]
#[rustfmt::skip] // one line a case
fn what_cannot_be_checked_says_what_to_do() {
    for (arguments, expected) in [
        ("line-1-16-1 --input 10 --answer twenty", "`twenty` is not a number"),
        ("line-1-16-1 --input 10 --answer 20,475", "write decimals with a point, as in 20.475"),
        ("line-1-16-1 --input 10 --input 1 --input 2 --answer 1 --answer 2", "there are 3 `--input` and 2 `--answer`"),
        ("line-1-16-1 --input 10 --answer 1 --answer 2 --answer 3 --at dense.z[0] --at dense.z[1]", "there are 2 `--at` and 3 `--answer`"),
        ("line-1-16-1 --input 10 --answer 1 --at dense.q", "`q` is not a stage"),
        ("line-1-16-1 --input 10 --answer 1 --at dens.z[0]", "no layer is called `dens`"),
        ("line-1-16-1 --input 10 --answer 1 --at dense.z", "has 16 numbers, and 1 was given"),
        ("line-1-16-1 --input 10 --answer 1 --at dense.kernel[0,0]", "is given, not computed"),
        ("line-1-16-1 --input 10,2 --answer 1", "takes 1 number"),
        ("norm-1 --input 1 --answer 1 --at 0.z", "every layer has the stages in and a"),
        ("line-1-16-1 --input 10 --answer 1 --scaling input=1,1", "--scaling input=1,1: `1,1`: the range from 1 to 1 is empty"),
        ("line-1-16-1 --input 10 --answer 1 --budget=-1", "is not a time"),
        ("line-1-16-1 --input 10 --answer @no-such-file.csv", "no-such-file.csv"),
    ] {
        let (status, out, err) = check(arguments);
        assert_eq!(status, 2, "{arguments}: {out}{err}");
        assert!(out.is_empty() && err.contains(expected), "{arguments}: no {expected:?} in {err}");
    }
}

#[test]
fn json_is_the_contract() {
    let (status, out, _) = check("line-1-16-1 --input 10 --answer 20.475 --json");
    assert_eq!(status, 1);
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["verdict"], "mistake");
    let observation = &json["observations"][0];
    assert_eq!(observation["input"][0], 10.0);
    assert_eq!((&observation["at"], &observation["answer"]), (&"output[0]".into(), &"20.475".into()));
    assert!((observation["correct"].as_f64().expect("a number") - 25.004_662).abs() < 1e-5);
    let first = &json["candidates"][0];
    assert_eq!(first["mistakes"][0]["kind"], "skipped-activation");
    assert_eq!(first["mistakes"][0]["layer"], "dense");
    assert!(first["probability"].as_f64().expect("a number") > 0.9);
    assert!((first["values"][0].as_f64().expect("a number") - 20.475_021).abs() < 1e-5);
    assert_eq!(first["says"], "You skipped relu in layer `dense`.");
    let next = &json["next_input"];
    assert!(next["input"][0].is_number());
    assert_eq!(next["values"][0]["candidate"], 0);
    assert!(next["values"][0]["value"].is_number());

    let (status, out, _) = check("line-1-16-1 --input 10 --answer 25.0047 --json");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((status, &json["verdict"]), (0, &"correct".into()));
    assert_eq!(json["candidates"], Value::Array(Vec::new()));
}

#[test]
fn the_lesson_on_the_discriminating_input_says_what_check_says() {
    let first = "line-1-16-1 --input 0 --answer 5.0739";
    let (_, out, _) = check(first);
    for says in ["skipped-activation:dense", "bias-after-activation:dense", "Try --input 1 next"] {
        assert!(out.contains(says), "{out}");
    }
    let (_, out, _) = check(&format!("{first} --input 10 --answer 25.0699"));
    let (before, _) = out.split_once("bias-after-activation:dense").expect("B is named");
    assert!(!before.contains("skipped-activation:dense"), "{out}");
}

#[test]
#[rustfmt::skip] // one line a case
fn later_wrong_values_are_followed_through_from_the_learners_own() {
    let values = |answers: &[(&str, &str)]| {
        let mut all = vec!["line-1-16-1", "--input", "10", "--json"];
        for (at, answer) in answers {
            all.extend(["--at", at, "--answer", answer]);
        }
        check_json(&all)
    };
    let said = |json: &Value| -> Vec<(String, String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let kind = |later: &Value| text(&later["candidates"][0]["mistakes"][0]["name"]);
        let later = json["follow_through"].as_array().cloned().unwrap_or_default();
        later.iter().map(|later| (text(&later["at"]), text(&later["verdict"]), kind(later))).collect()
    };
    let is = |at: &str, verdict: &str, kind: &str| (at.to_owned(), verdict.to_owned(), kind.to_owned());
    // The bias of unit 1 is forgotten: 4.8899, and so are relu and what follows: 24.2620 - 0.9127 * (6.0605 - 4.8899) = 23.1936,
    // with 0.7426 that is 23.9363.
    let of_bias = [("dense.z[1]", "4.8899"), ("dense.a[1]", "4.8899"), ("output[0]", "23.9363")];
    assert_eq!(said(&values(&of_bias)), [is("dense.a[1]", "right", ""), is("output[0]", "right", "")]);
    // 23.1936 - 0.7426 = 22.4510: here the bias was subtracted.
    let second = [("dense.z[1]", "4.8899"), ("dense.a[1]", "4.8899"), ("output[0]", "22.4510")];
    assert_eq!(said(&values(&second)), [is("dense.a[1]", "right", ""), is("output[0]", "mistake", "subtracted-bias:dense_1")]);
    // Who leaves every bias of the layer out, and says so in one unit, goes on rightly: the other units are not asked for.
    let of_layer = check_json(&["sum-2-5-1", "--input", "0.3,0.1", "--at", "output[0]", "--answer", "0.7508", "--at", "hidden.z[4]", "--answer=-0.2098", "--json"]);
    assert_eq!(said(&of_layer), [is("output[0]", "right", "")]);
    // One wrong value has nothing behind it.
    assert_eq!(said(&values(&of_bias[..1])), []);
    // Of two inputs each is followed from its own numbers; nothing explains both of these.
    let both = check_json(&["line-1-16-1", "--input", "10", "--answer", "20.475", "--input", "1", "--answer", "6.1542", "--json"]);
    assert_eq!((said(&both), &both["alone"]), (vec![is("output[0]", "mistake", "skipped-bias:dense_1")], &true.into()));
    let (_, out, _) = check("line-1-16-1 --input 10 --at dense.z[1] --answer 4.8899 --at dense.a[1] --answer 4.8899 --at output[0] --answer 22.4510");
    for expected in ["`dense.a[1]` = 4.8899 is right, given your own earlier numbers.", "`output[0]` = 22.4510 is a second mistake: your own earlier numbers give 23.9363.", "You subtracted the bias of layer `dense_1`"] {
        assert!(out.contains(expected), "no {expected:?} in {out}");
    }
}

fn check_json(arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = ["check"].iter().chain(arguments).copied().collect();
    let (status, out, err) = byhand(&arguments);
    assert_eq!(status, 1, "{arguments:?}: {out}{err}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn numbers_come_from_a_column_of_a_table_by_its_heading_or_its_number() {
    let folder = std::env::temp_dir().join(format!("byhand-column-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("made");
    let table = folder.join("numbers.csv");
    // The pre-activations of `hidden` at (0.3, 0.1), of Keras; beside them the activations, and what somebody got without biases.
    fs::write(
        &table,
        "unit,z,mine\n0,-0.5643,-0.3814\n1,0.4277,0.2132\n2,0.3902,0.3766\n3,0.3164,0.0390\n4,-0.1137,-0.2098\n",
    )
    .expect("written");
    let one = folder.join("one.csv");
    fs::write(&one, "x,mine,model\n10,25.0047,20.475\n").expect("written");
    let (table, one) = (table.display(), one.display());
    for (arguments, code, expected) in [
        (format!("sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer @{table}:z"), 0, "Correct"),
        (format!("sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer @{table}:2"), 0, "Correct"),
        (
            format!("sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer @{table}:mine"),
            1,
            "You left the bias of layer `hidden` out.",
        ),
        (
            format!("line-1-16-1 --input 10 --answer @{one}:mine --model-says @{one}:model"),
            1,
            "Layer `dense` applies linear, not relu.",
        ),
        (
            format!("line-1-16-1 --input 10 --model-says @{one}:2"),
            0,
            "The model's own number is what the network as you described it gives.",
        ),
    ] {
        let (status, out, err) = check(&arguments);
        assert_eq!((status, err.as_str()), (code, ""), "{arguments}: {out}");
        assert!(out.contains(expected), "{arguments}: no {expected:?} in {out}");
    }
    for (arguments, expected) in [
        (format!("--answer @{table}:q"), "has no column `q`; the columns are 1 (`unit`), 2 (`z`), 3 (`mine`)"),
        (format!("--answer @{table}"), "has several columns: 1 (`unit`), 2 (`z`), 3 (`mine`); say which one"),
        (format!("--answer @{table}:4"), "has no column `4`"),
        (format!("--model-says @{table}:q"), "numbers.csv` has no column `q`"),
        (format!("--model-says @{table}"), "has several columns"),
        ("--model-says @no-such.csv:x".to_owned(), "--model-says: cannot read `no-such.csv`"),
    ] {
        let (status, out, err) = check(&format!("sum-2-5-1 --input 0.3,0.1 --at hidden.z {arguments}"));
        assert_eq!(status, 2, "{arguments}: {out}{err}");
        assert!(err.contains(expected), "{arguments}: no {expected:?} in {err}");
    }
    let _ = fs::remove_dir_all(folder);
}
