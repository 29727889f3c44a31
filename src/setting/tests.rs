use serde_json::json;

use super::*;
use crate::course::{Folder, lesson};

/// The setting of `model` after these benches, or what is wrong with the last.
fn after(model: &str, benches: &[serde_json::Value]) -> Result<Setting, SettingError> {
    let first = Setting::first(model)?;
    benches.iter().try_fold(first, |setting, bench| {
        let bench: BenchSetting = serde_json::from_value(bench.clone()).expect("a bench");
        setting.then(&bench)
    })
}

#[test]
fn a_step_keeps_what_it_does_not_name() {
    let benches = [
        json!({"input": [1, 0.5], "what_ifs": ["skipped-bias:output"], "weights": {"output.bias[0]": -1}, "at": "output.z[0]"}),
        json!({"view": "plot", "yours": "20.475"}),
        json!({}),
    ];
    let setting = after("gate-2-1", &benches).expect("fits");
    assert_eq!(setting.input, [1.0, 0.5]);
    assert_eq!(setting.what_ifs.len(), 1);
    assert_eq!(setting.evaluate("output.bias[0]"), Ok(Value::Number(-1.0)));
    assert_eq!(setting.position.to_string(), "output.z[0]");
    assert_eq!((setting.view, setting.yours.as_deref()), (Some(View::Plot), Some("20.475")));
}

#[test]
fn another_model_starts_with_its_own_values_and_the_same_model_keeps_them() {
    let change = json!({"input": [1, 0.5], "what_ifs": ["skipped-bias:output"], "at": "end", "yours": "1", "view": "bars",
        "weights": {"output.bias": [-1]}});
    let same = after("gate-2-1", &[change.clone(), json!({"model": "gate-2-1"})]).expect("fits");
    assert_eq!((same.input[0], same.what_ifs.len()), (1.0, 1));
    let other = after("gate-2-1", &[change.clone(), json!({"model": "sum-2-5-1"})]).expect("fits");
    let fresh = Setting { view: Some(View::Bars), ..Setting::first("sum-2-5-1").expect("built in") };
    assert_eq!(other, fresh);
    let posted =
        after("gate-2-1", &[change, json!({"posted": true, "weights": {"output.kernel[1,0]": 3}})]).expect("fits");
    assert_eq!(posted.evaluate("output.bias + output.kernel[1,0]"), Ok(Value::Number(2.5)));
    assert_eq!(posted.input, [1.0, 0.5]);
}

#[test]
fn weights_are_set_one_by_one_or_as_lists() {
    let rows = json!({"weights": {"hidden.kernel": [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]}});
    let flat = json!({"weights": {"hidden.kernel": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}});
    let setting = after("sum-2-5-1", &[rows]).expect("fits");
    assert_eq!(setting, after("sum-2-5-1", &[flat]).expect("fits"));
    assert_eq!(setting.evaluate("hidden.kernel[1,2]"), Ok(Value::Number(8.0)));
    // The other weights are the posted ones.
    assert_eq!(setting.evaluate("hidden.bias"), Setting::first("sum-2-5-1").expect("built in").evaluate("hidden.bias"));
}

#[test]
fn changes_that_do_not_fit_are_named() {
    for (bench, expected) in [
        (json!({"model": "gate-2"}), "did you mean `gate-2-1`?"),
        (json!({"input": [1]}), "`sum-2-5-1` takes 2 numbers, and 1 was given"),
        (json!({"what_ifs": ["skipped-activation:dense"]}), "no layer is called `dense`"),
        (json!({"weights": {"hidden.bias": [1, 2]}}), "`hidden.bias` takes a list of 5 numbers, not a list of 2"),
        (json!({"weights": {"hidden.kernel": [[1, 2], [3, 4]]}}), "`hidden.kernel` takes 2 rows of 5 numbers"),
        (json!({"weights": {"hidden.kernel[0,0]": [1]}}), "takes one number, not a list of 1"),
        (json!({"weights": {"hidden.kernel[0,0]": "1"}}), "takes one number, not `\"1\"`"),
        (json!({"weights": {"hidden.kernel[0,0]": 1e300}}), "too large for float32"),
        (json!({"weights": {"hidden.kernel[5,0]": 1}}), "`hidden.kernel` has shape (2, 5)"),
        (json!({"weights": {"hidden.z[0]": 1}}), "`hidden.z[0]` is not a weight"),
        (json!({"weights": {"input": [1, 2]}}), "`input` is not a weight"),
        (json!({"at": "middle"}), "`middle` is not an address"),
        (json!({"at": "hidden.bias[0]"}), "is known before the pass begins"),
        (json!({"at": "hidden.z[9]"}), "is outside"),
        (json!({"view": "table"}), "the views are network, matrix, plot, curve, bars"),
        (json!({"yours": "about 20"}), "is not a number"),
    ] {
        let error = after("sum-2-5-1", std::slice::from_ref(&bench)).expect_err("does not fit").to_string();
        assert!(error.contains(expected), "{bench}: {error}");
    }
    assert!(Setting::first("sum").expect_err("unknown").to_string().contains("no built-in model"));
}

#[test]
fn a_position_is_just_after_the_value_in_the_current_pass() {
    let right = after("sum-2-5-1", &[]).expect("built in").pass().expect("fits");
    let skipped =
        after("sum-2-5-1", &[json!({"what_ifs": ["skipped-bias:hidden"]})]).expect("fits").pass().expect("fits");
    // A hidden unit takes 2 products, 1 bias and 1 activation; the output unit 5 products, 1 bias and 1 activation.
    for (at, in_right, in_skipped) in [
        ("start", 0, 0),
        ("end", 27, 22),
        ("input", 0, 0),
        ("x[1]", 0, 0),
        ("hidden.wx[0]", 2, 2),
        ("hidden.z[0]", 3, 2),
        ("hidden.a[0]", 4, 3),
        ("hidden.a", 20, 15),
        ("output.in[2]", 12, 9),
        ("output.wx[0]", 25, 20),
        ("y", 27, 22),
    ] {
        assert_eq!(Setting::position(&right, at), Ok(in_right), "{at}");
        assert_eq!(Setting::position(&skipped, at), Ok(in_skipped), "{at} without bias");
    }
}

#[test]
fn formulas_are_about_the_right_pass() {
    let setting =
        after("line-1-16-1", &[json!({"input": [10], "what_ifs": ["skipped-activation:dense"]})]).expect("fits");
    assert_eq!(setting.show("y").as_deref(), Ok("25.0047"));
    assert_eq!(setting.show("y with skipped-activation:dense : 3").as_deref(), Ok("20.475"));
    assert_eq!(setting.show("20.4750 == y").as_deref(), Ok("20.4750"));
    assert_eq!(setting.show("len(dense.z)").as_deref(), Ok("16"));
    assert!(setting.show("z").is_err());
    assert_eq!(setting.holds("target = 25"), Ok(true));
}

#[test]
fn the_changes_of_then_stay_and_those_of_an_example_do_not() {
    let task = |json: &str| format!("\n\n## A step\n\nProse.\n\n```json task\n{json}\n```\n");
    let markdown = [
        "```json lesson\n{\"model\": \"gate-2-1\", \"learnt\": [\"one\"]}\n```\n".to_owned(),
        task(
            r#"{"id": "a", "kind": "predict", "question": "?", "options": [], "then": {"view": "plot"}, "bench": {"at": "end"}}"#,
        ),
        task(r#"{"id": "b", "kind": "edit", "question": "?", "until": "y > 0", "example": {"input": [1, 1]}}"#),
        task(r#"{"id": "c", "kind": "toggle", "question": "?", "what_ifs": ["skipped-bias:output"]}"#),
        task(r#"{"id": "d", "kind": "watch", "from": "start", "to": "end"}"#),
    ];
    let folder = Folder::Read([("l/en.md".to_owned(), markdown.concat())].into());
    let settings = settings(&lesson(&folder, "l", "en").expect("reads")).expect("fits");
    let views: Vec<Option<View>> = settings.iter().map(|setting| setting.view).collect();
    assert_eq!(views, [None, Some(View::Plot), Some(View::Plot), Some(View::Plot)]);
    assert!(settings.iter().all(|setting| setting.input == [0.3, 0.1] && setting.what_ifs.is_empty()));
    assert!(settings.iter().all(|setting| setting.position == Place::End));
}
