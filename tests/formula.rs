//! The formula language of the lessons: what it reads, what it computes, and what it says about the rest.

use byhand::{
    formula::{Formula, Inline, Scene, Value, random_points, spread_points},
    load::{Model, builtin},
    mistake::Mistake,
    network::number::Digits,
    pass::{Address, Pass},
};

/// Works `formula` out for the first input of a built-in model.
fn evaluate(model: &str, formula: &str) -> Result<Value, String> {
    let Model { network, facts } = builtin(model).expect("built in");
    let target = facts.target.map(|target| Formula::parse(&target.formula).expect("reads"));
    let scene =
        Scene { network: &network, input: &facts.input, mistakes: &[], target: target.as_ref(), region: &facts.region };
    let formula = Formula::parse(formula).map_err(|why| why.to_string())?;
    formula.evaluate(&scene).map_err(|why| why.to_string())
}

fn number(model: &str, formula: &str) -> f64 {
    let value = evaluate(model, formula).unwrap_or_else(|why| panic!("{formula}: {why}"));
    value.number().unwrap_or_else(|why| panic!("{formula}: {why}"))
}

#[test]
fn arithmetic_binds_as_in_python() {
    // The right column is what Python says to the left one, True and False as 1 and 0.
    for (formula, expected) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("8 - 3 - 2", 3.0),
        ("8 / 4 / 2", 1.0),
        ("8 / 4 * 2", 4.0),
        ("-2 + 5", 3.0),
        ("2 - -3", 5.0),
        ("2 * -3", -6.0),
        ("--4", 4.0),
        ("-(1 + 2) * 2", -6.0),
        ("1 + 1 < 3", 1.0),
        ("2 < 1 + 1", 0.0),
        ("2 <= 1 + 1", 1.0),
        ("3 >= 4", 0.0),
        ("3 != 4", 1.0),
        ("3 = 3.0", 1.0),
        ("1 = 1 and 2 = 3", 0.0),
        ("1 = 2 and 1 = 2 or 1 = 1", 1.0),
        ("1 = 1 or 1 = 2 and 1 = 2", 1.0),
        ("(1 = 1 or 1 = 2) and 1 = 2", 0.0),
        (".5 + 5.", 5.5),
        ("1e3 + 1E-1", 1000.1),
        ("1.5e+2", 150.0),
        ("1/0 > 1e308", 1.0),
        ("0/0 = 0/0", 0.0),
        ("  1+1\t", 2.0),
    ] {
        assert_eq!(number("line-1-16-1", formula), expected, "{formula}");
    }
}

#[test]
fn names_and_addresses_are_those_of_the_pass() {
    let network = builtin("line-1-16-1").expect("built in").network;
    let pass = |x: f32, mistakes: &[&str]| {
        let mistakes: Vec<Mistake> = mistakes.iter().map(|name| Mistake::named(name, &network).expect(name)).collect();
        Pass::new(&network, &[x], &mistakes).expect("fits")
    };
    let skipped = "skipped-activation:dense";
    for (formula, address, pass) in [
        ("x", "input[0]", pass(10.0, &[])),
        ("y", "output[0]", pass(10.0, &[])),
        ("x[0]", "x[0]", pass(10.0, &[])),
        ("dense.z[3]", "dense.z[3]", pass(10.0, &[])),
        ("0.z[3]", "dense.z[3]", pass(10.0, &[])),
        ("1.a[0]", "y[0]", pass(10.0, &[])),
        ("dense.kernel[0, 4]", "dense.kernel[0,4]", pass(10.0, &[])),
        ("dense.bias[15]", "dense.bias[15]", pass(10.0, &[])),
        ("dense_1.in[5]", "dense.a[5]", pass(10.0, &[])),
        ("y at x=3", "y", pass(3.0, &[])),
        ("y at x=(-3)", "y", pass(-3.0, &[])),
        ("y at x = 1e1", "y", pass(10.0, &[])),
        ("x at x=7", "x", pass(7.0, &[])),
        ("y with skipped-activation:dense", "y", pass(10.0, &[skipped])),
        (
            "y with (skipped-activation:dense, skipped-bias:dense_1)",
            "y",
            pass(10.0, &[skipped, "skipped-bias:dense_1"]),
        ),
        ("y with skipped-activation:dense with skipped-bias:1", "y", pass(10.0, &[skipped, "skipped-bias:dense_1"])),
        ("y with skipped-activation:dense at x=-3", "y", pass(-3.0, &[skipped])),
        ("y at x=-3 with skipped-activation:dense", "y", pass(-3.0, &[skipped])),
        ("dense.a[0] with wrong-activation:dense:tanh", "dense.a[0]", pass(10.0, &["wrong-activation:dense:tanh"])),
        ("y with sign-error:dense:kernel[0,3]", "y", pass(10.0, &["sign-error:dense:kernel[0,3]"])),
        ("y with sign-error:dense:kernel[0, 3] at x=2", "y", pass(2.0, &["sign-error:dense:kernel[0,3]"])),
        ("y with rounded-values:cut-results[1]", "y", pass(10.0, &["rounded-values:cut-results[1]"])),
        (
            "y with (wrong-bias:dense:shift[-1], sign-error:dense_1:kernel[7,0])",
            "y",
            pass(10.0, &["wrong-bias:dense:shift[-1]", "sign-error:dense_1:kernel[7,0]"]),
        ),
        (
            "dense.a[0] with wrong-activation:dense:leaky_relu(0.3)",
            "dense.a[0]",
            pass(10.0, &["wrong-activation:dense:leaky_relu(0.3)"]),
        ),
        (
            "y with mistyped-weight:dense_1:bias[0]=-2.5 at x=3",
            "y",
            pass(3.0, &["mistyped-weight:dense_1:bias[0]=-2.5"]),
        ),
    ] {
        let address: Address = address.parse().expect(address);
        let expected = pass.get(&address).expect("in the pass")[0];
        assert_eq!(number("line-1-16-1", formula), f64::from(expected), "{formula}");
    }
    assert_eq!(number("line-1-16-1", "parameters"), 49.0);
    assert_eq!(number("line-1-16-1", "steps"), pass(0.0, &[]).steps() as f64);
    assert_eq!(
        number("line-1-16-1", "steps with skipped-bias:dense"),
        pass(0.0, &["skipped-bias:dense"]).steps() as f64
    );
    assert_eq!(number("line-1-16-1", "target"), 25.0);
    // After other details `=` compares, blanks or not.
    assert_eq!(number("line-1-16-1", "x with sign-error:dense:kernel[0,3]=10"), 1.0);
    assert_eq!(number("norm-1", "len(y with batch-norm-bessel:0:samples[32])"), 1.0);
}

#[test]
fn at_and_with_belong_to_what_stands_just_before() {
    let (at_3, at_10) = (number("line-1-16-1", "y at x=3"), number("line-1-16-1", "y"));
    for (formula, expected) in [
        ("y + y at x=3", at_10 + at_3),
        ("(y + y) at x=3", at_3 + at_3),
        ("-y at x=3", -at_3),
        ("y at x=3 - 1", at_3 - 1.0),
        ("abs(y) at x=3", at_3),
        ("sum(y, y at x=3)", at_10 + at_3),
        ("y at x=3 at x=10", at_3),
        ("(y at x=3) at x=10", at_3),
        ("target at x=3", 11.0),
        ("abs(y - target) at x=3 < 0.1", 1.0),
    ] {
        assert_eq!(number("line-1-16-1", formula), expected, "{formula}");
    }
}

#[test]
fn lists_go_one_by_one() {
    for (formula, expected) in [
        ("x * 2", vec![0.6, 0.2]),
        ("1 - x", vec![0.7, 0.9]),
        ("x < 0.2", vec![0.0, 1.0]),
        ("x < 0.2 and x > 0", vec![0.0, 1.0]),
        ("-x", vec![-0.3, -0.1]),
        ("x - x", vec![0.0, 0.0]),
        ("sign(x - 0.2)", vec![1.0, -1.0]),
        ("x at x=(0.5,-2)", vec![0.5, -2.0]),
        ("relu(x at x=(0.5,-2))", vec![0.5, 0.0]),
    ] {
        let value = evaluate("gate-2-1", formula).expect(formula);
        let near = value.list().iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-7);
        assert!(near && value.list().len() == expected.len(), "{formula}: {value:?}");
    }
}

#[test]
fn functions_compute_what_numpy_computes() {
    // Expected: NumPy 2 on the same lists, rounded to 9 digits.
    for (formula, expected) in [
        ("abs(-2)", 2.0),
        ("sqrt(3)", 1.732_050_808),
        ("exp(2)", 7.389_056_099),
        ("sign(-3)", -1.0),
        ("sign(0)", 0.0),
        ("tanh(0.5)", 0.462_117_157),
        ("sigmoid(0)", 0.5),
        ("min(3, 1, 2)", 1.0),
        ("max(x)", 0.3),
        ("sum(x, 1)", 1.4),
        ("mean(1, 2, 6)", 3.0),
        ("count(x > 0.2)", 1.0),
        ("len(x)", 2.0),
        ("len(output.kernel)", 2.0),
        ("round(2.675, 2)", 2.67),
        ("round(0.125, 2)", 0.12),
        ("round(2.5, 0)", 2.0),
        ("ulps(1, 1.0000001)", 1.0),
        ("ulps(y, y)", 0.0),
        ("max(1, 0/0) = max(1, 0/0)", 0.0),
        ("min(0/0, 1) = 1", 0.0),
    ] {
        assert!((number("gate-2-1", formula) - expected).abs() < 1e-7, "{formula}: {}", number("gate-2-1", formula));
    }
}

#[test]
fn measures_are_what_counting_passes_gives() {
    let Model { network, facts } = builtin("sum-2-5-1").expect("built in");
    let y = |input: &[f32], mistakes: &[Mistake]| Pass::new(&network, input, mistakes).expect("fits").output()[0];
    let skipped = Mistake::named("skipped-bias:output", &network).expect("fits");
    let count = |mistakes: &[Mistake], limit: f32| {
        spread_points(&facts.region, 20_000).filter(|point| y(point, mistakes) > limit).count() as f64 / 20_000.0
    };
    assert_eq!(number("sum-2-5-1", "share(y > 0.95)"), count(&[], 0.95));
    assert_eq!(number("sum-2-5-1", "share(y > 0.9) with skipped-bias:output"), count(&[skipped], 0.9));
    assert_eq!(number("sum-2-5-1", "share((y with skipped-bias:output) > 0.9)"), count(&[skipped], 0.9));
    assert!((number("sum-2-5-1", "share(target > 0)") - 0.875).abs() < 0.0005);
    let right = random_points(&facts.region, 200, byhand::formula::ACCURACY_SEED)
        .filter(|point| (y(point, &[]) > 0.0) == (point[0] + point[1] > 0.5))
        .count();
    assert_eq!(number("sum-2-5-1", "accuracy(200)"), right as f64 / 200.0);

    let line = builtin("line-1-16-1").expect("built in").network;
    let worst = (0..=2000).map(|i| {
        let x = f64::from(i) / 20.0;
        let y = Pass::new(&line, &[x as f32], &[]).expect("fits").output()[0];
        (f64::from(y) - (2.0 * f64::from(x as f32) + 5.0)).abs()
    });
    assert_eq!(number("line-1-16-1", "worst(abs(y - target), 0, 100)"), worst.fold(0.0, f64::max));
}

#[test]
fn what_is_no_formula_is_named_by_its_column() {
    for (text, column, what) in [
        ("", 1, "expected a number, a name"),
        ("1 +", 4, "expected a number, a name"),
        ("y z", 3, "the formula should end here"),
        ("2y", 2, "is an operator missing?"),
        ("(1 + 2", 7, "expected `)`"),
        ("1 < 2 < 3", 7, "one comparison at a time"),
        ("y == 3", 4, "to compare, write one `=`"),
        ("y:4", 2, "put a blank before the `:`"),
        ("1.2.3", 1, "this is not a number"),
        ("1 + 1e999", 5, "too large"),
        ("foo", 1, "`foo` is not an address"),
        ("1 + dense.q[0]", 5, "`q` is not a stage"),
        ("dense.z[1", 10, "expected `]`"),
        ("dense.z[a]", 1, "is not an address"),
        ("target[0]", 1, "is not an address"),
        ("abs", 4, "`abs` is a function"),
        ("abs (y)", 4, "`abs` is a function"),
        ("squash(y)", 1, "no function is called `squash`; the functions are abs, sqrt"),
        ("abs(y", 6, "expected `)`"),
        ("y at 10", 6, "expected `x=` after `at`"),
        ("y at x 10", 8, "expected `=`"),
        ("y at x=y", 8, "expected a number; inputs are numbers"),
        ("y at x=(1,)", 11, "expected a number; inputs are numbers"),
        ("y at x=()", 9, "expected a number"),
        ("y at x=(1", 10, "expected `)`"),
        ("y at x=1e39", 8, "too large for float32"),
        ("y with skipped-bias", 8, "expected a mistake"),
        ("y with (skipped-bias:dense", 27, "expected `)`"),
        ("y with sign-error:dense:kernel[0,0", 35, "expected `]`"),
        ("y with wrong-activation:dense:leaky_relu(0.2", 45, "expected `)`"),
        ("y with mistyped-weight:dense:bias[0]=", 38, "expected a number"),
        ("é + 1", 1, "is not an address"),
        ("1 + €", 5, "expected a number, a name"),
    ] {
        let error = Formula::parse(text).expect_err(text);
        assert!(error.what.contains(what), "{text}: {error}");
        assert_eq!(error.column, column, "{text}: {error}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    for (model, formula, what) in [
        ("gate-2-1", "dense.z[0]", "no layer is called `dense`; the layers are `output`"),
        ("gate-2-1", "output.z[1]", "is outside"),
        ("gate-2-1", "x[2]", "is outside"),
        ("gate-2-1", "y at x=1", "takes 2 numbers, and 1 was given"),
        ("gate-2-1", "x at x=(1,2,3)", "takes 2 numbers, and 3 were given"),
        ("gate-2-1", "y with skipped-tanh:output", "is not a mistake"),
        ("gate-2-1", "y with skipped-bias:dense", "no layer is called `dense`"),
        ("gate-2-1", "y with sign-error:output:kernel[7,0]", "cannot be made"),
        ("gate-2-1", "y with sign-error:output:kernel[a]", "does not say in which way"),
        ("gate-2-1", "abs(x, y)", "takes one value or list, not 2"),
        ("gate-2-1", "sum()", "takes at least one value, not 0"),
        ("gate-2-1", "round(y)", "`round` takes two numbers, not 1"),
        ("gate-2-1", "round(x, 2)", "one number is needed here, and this is a list of 2"),
        ("gate-2-1", "share(x > 0)", "a condition needs one number"),
        ("gate-2-1", "worst(y, 0, 1)", "goes along one input"),
        ("gate-2-1", "share(share(y > 0) > 0)", "cannot be inside each other"),
        ("gate-2-1", "share(accuracy(200) > 0)", "cannot be inside each other"),
        ("line-1-16-1", "worst(worst(y, 0, 1), 0, 1)", "cannot be inside each other"),
        ("line-1-16-1", "dense.z + dense_1.z * (x - x) + dense.kernel - dense_1.kernel + sum(dense.z)", ""),
        ("sum-2-5-1", "hidden.z + x", "two lists of 5 and 2 numbers"),
    ] {
        match evaluate(model, formula) {
            Ok(_) => assert_eq!(what, "", "{formula}"),
            Err(why) => assert!(!what.is_empty() && why.contains(what), "{formula}: {why}"),
        }
    }
}

#[test]
fn deep_and_long_formulas_are_refused_before_the_stack_is() {
    let many = |open: &str, inner: &str, close: &str| open.repeat(100_000) + inner + &close.repeat(100_000);
    for text in [
        many("(", "1", ")"),
        many("-", "1", ""),
        many("- ", "1", ""),
        many("abs(", "1", ")"),
        many("1 + ", "1", ""),
        many("1*", "1", ""),
        many("1 or ", "1", ""),
        many("", "y", " at x=1"),
        many("", "y", " with skipped-bias:dense"),
        many("sum(", "1", ",1)"),
        format!("sum({})", many("1,", "1", "")),
    ] {
        let error = Formula::parse(&text).expect_err("too deep").what;
        assert!(error.contains("too many levels") || error.contains("more than 250 parts"), "{error}");
    }
    // The longest that is taken, computed on a test's small stack.
    assert_eq!(number("line-1-16-1", &("1+".repeat(124) + "1")), 125.0);
    assert_eq!(number("line-1-16-1", &format!("{}1{}", "(".repeat(31), ")".repeat(31))), 1.0);
}

#[test]
fn what_stands_in_a_text_has_a_claim_or_digits() {
    let read = |text: &str| Inline::parse(text).map(|inline| (inline.claim, inline.digits));
    let claim = |text: &str| Some(text.to_owned());
    for (text, expected) in [
        ("y", (None, Digits::FOUR)),
        (" y : 8 ", (None, Digits::Fixed(8))),
        ("y :0", (None, Digits::Fixed(0))),
        ("y : exact", (None, Digits::Exact)),
        ("y with skipped-bias:dense : 3", (None, Digits::Fixed(3))),
        ("y with sign-error:dense:kernel[0,0] : 3", (None, Digits::Fixed(3))),
        ("0.93015909 == y at x=(0.3,0.1)", (claim("0.93015909"), Digits::FOUR)),
        ("-1e-3 == y", (claim("-1e-3"), Digits::FOUR)),
        ("1 == y = 2", (claim("1"), Digits::FOUR)),
    ] {
        assert_eq!(read(text).as_ref(), Ok(&expected), "{text}");
    }
    for (text, column, what) in [
        ("y == 3", 1, "to compare, write `=`"),
        ("inf == y", 1, "a number as it was printed"),
        ("1e999 == y", 1, "a number as it was printed"),
        ("1 == 2 == 3", 4, "to compare, write one `=`"),
        ("y : 13", 5, "a number of decimals up to 12"),
        ("y : many", 5, "a number of decimals up to 12"),
        ("y :", 4, "a number of decimals up to 12"),
        ("y : -1", 5, "a number of decimals up to 12"),
        ("", 1, "expected a number"),
        ("0.5 ==", 1, "expected a number"),
    ] {
        let error = Inline::parse(text).expect_err(text);
        assert!(error.what.contains(what), "{text}: {error}");
        assert_eq!(error.column, column, "{text}: {error}");
    }
}

#[test]
fn no_text_makes_the_language_panic() {
    const TOKENS: &[&str] = &[
        "1",
        "-",
        "+",
        "*",
        "/",
        "<",
        "=",
        "==",
        "!=",
        "(",
        ")",
        ",",
        "[",
        "]",
        ".",
        ":",
        " ",
        " : ",
        "e",
        "1e",
        "0.z",
        "x",
        "y",
        "target",
        "output.z[0]",
        "output.kernel[0,1]",
        " at x=",
        " at ",
        " with ",
        " with sign-error:output:kernel[0,0]",
        " with mistyped-weight:output:bias[0]=",
        "skipped-bias:output",
        "abs(",
        "round(",
        "max(",
        "and",
        " or ",
        "\u{e9}",
        "\u{2212}",
        "{{",
        "\t",
        "99999999999999999999",
        "sum",
    ];
    let mut random = fastrand::Rng::with_seed(1);
    let mut read = 0;
    for _ in 0..20_000 {
        let text: String = (0..random.usize(1..9)).map(|_| TOKENS[random.usize(..TOKENS.len())]).collect();
        let _ = Inline::parse(&text);
        if Formula::parse(&text).is_ok() {
            read += 1;
            let _ = evaluate("gate-2-1", &text);
        }
    }
    assert!(read > 100, "only {read} of them are formulas; the test tries nothing");
}
