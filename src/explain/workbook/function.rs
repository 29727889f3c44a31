//! Functions as formulas of a spreadsheet.
//!
//! A formula has the same roundings as the float32 function (see `network/activation/scalar.rs`): what is rounded on the way
//! stands in the column `between`. Formulas are written in Excel's own language, English, with `,` between arguments; every
//! program shows them in the language that it is set to.

use super::SPLITTER;
use crate::{equation::Function, network::Activation};

/// A formula: what is computed first and rounded to float32 (with its value in float64), and the result.
pub(super) struct Formula {
    pub(super) between: Option<(String, f64)>,
    pub(super) result: String,
}

/// Where the result finds what was computed first.
const BETWEEN: &str = "{between}";

/// A formula rounded to float32.
pub(super) fn float32(formula: &str) -> String {
    format!("({formula})*{SPLITTER}-(({formula})*{SPLITTER}-({formula}))")
}

/// The formula of a function of cells, whose values are `values`; `None` for one that spreadsheets do not have. `between` is
/// the cell of what is computed first.
pub(super) fn formula(function: Function, cells: &[String], values: &[f64], between: &str) -> Option<Formula> {
    let joined = |sign: &str| cells.join(sign);
    let call = |name: &str| format!("{name}({})", cells.join(","));
    let compare = |sign: &str| format!("IF({},1,0)", cells.join(sign));
    let plain = |result: String| Some(Formula { between: None, result });
    let cell = cells.first()?;
    match function {
        Function::Copy => plain(cell.clone()),
        Function::Add => plain(joined("+")),
        Function::Subtract => plain(joined("-")),
        Function::Multiply => plain(joined("*")),
        Function::Divide => plain(joined("/")),
        // Frameworks multiply with the reciprocal, which is rounded by itself.
        Function::Share => {
            let [share, whole] = cells else { return None };
            let reciprocal = 1.0 / values.get(1)?;
            Some(Formula { between: Some((format!("1/{whole}"), reciprocal)), result: format!("{share}*{between}") })
        }
        Function::Maximum => plain(call("MAX")),
        Function::Minimum => plain(call("MIN")),
        Function::SquareRoot => plain(call("SQRT")),
        Function::Square => plain(format!("{cell}*{cell}")),
        Function::Logarithm => plain(call("LN")),
        Function::Erf => plain(call("ERF")),
        Function::Negate => plain(format!("-{cell}")),
        Function::Absolute => plain(call("ABS")),
        Function::Sign => plain(call("SIGN")),
        Function::AtLeast => plain(compare(">=")),
        Function::Above => plain(compare(">")),
        Function::Differs => plain(compare("<>")),
        Function::Equals => plain(compare("=")),
        Function::Select => {
            let [which, yes, no] = cells else { return None };
            plain(format!("IF({which}<>0,{yes},{no})"))
        }
        Function::Round { decimals, cut } => plain(written(cell, decimals, cut)),
        Function::Activation(activation) => {
            let (first, result) = activated(activation, *values.first()?)?;
            let with = |text: &str| text.replace("{z}", cell).replace(BETWEEN, between);
            Some(Formula { between: first.map(|(text, value)| (with(&text), value)), result: with(&result) })
        }
        Function::Slope(_) => None,
    }
}

/// Rounded half to even, or cut; what has so few decimals already stays as it is.
fn written(cell: &str, decimals: u8, cut: bool) -> String {
    let scale = 10f64.powi(decimals.into());
    if cut {
        return format!(
            "IF(ABS(ROUND({cell},{decimals})-{cell})<=ABS({cell})/16777216,{cell},TRUNC({cell},{decimals}))"
        );
    }
    format!(
        "IF(ABS({cell}*{scale}-TRUNC({cell}*{scale}))=0.5,2*ROUND({cell}*{scale}/2,0)/{scale},ROUND({cell},{decimals}))"
    )
}

// Beyond 700 the power is no number of a spreadsheet, and the result 0 long before.
const SIGMOID: &str = "1/(1+EXP(MIN(-{z},700)))";
const RELU6: &str = "MIN(MAX(0,{z}+3),6)";
const SOFTPLUS: &str = "IF({z}>13.942385,{z},IF({z}<-13.942385,EXP({z}),LN(1+EXP({z}))))";

/// `{z}` is the cell before the activation.
fn activated(activation: Activation, z: f64) -> Option<(Option<(String, f64)>, String)> {
    let alone = |formula: &str| Some((None, formula.to_owned()));
    let after = |first: &str, value: f64, result: String| Some((Some((first.to_owned(), value)), result));
    let number = |number: f32| f64::from(number).to_string();
    let sixth = number(1.0 / 6.0);
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    match activation {
        Activation::Linear => alone("{z}"),
        Activation::Relu => alone("MAX(0,{z})"),
        Activation::Relu6 => alone("MIN(MAX(0,{z}),6)"),
        Activation::LeakyRelu { slope } => alone(&format!("IF({{z}}>0,{{z}},{}*{{z}})", number(slope))),
        Activation::Elu { alpha } => {
            let result = format!("IF({{z}}>0,{{z}},{}*({BETWEEN}-1))", number(alpha));
            after("EXP(MIN({z},0))", z.min(0.0).exp(), result)
        }
        Activation::Selu => {
            let [scale, both] = [1.050_701_f32, 1.758_099_3].map(number);
            let result = format!("IF({{z}}>0,{scale}*{{z}},{both}*({BETWEEN}-1))");
            after("EXP(MIN({z},0))", z.min(0.0).exp(), result)
        }
        Activation::Celu { alpha } => {
            let alpha = number(alpha);
            let first = format!("EXP(MIN({{z}},0)/{alpha})");
            let result = format!("IF({{z}}>0,{{z}},{alpha}*({BETWEEN}-1))");
            after(&first, (z.min(0.0) / alpha.parse::<f64>().ok()?).exp(), result)
        }
        Activation::Gelu => {
            // The error function is rounded by itself.
            let value = 1.0 + f64::from(crate::network::activation::erf(z / std::f64::consts::SQRT_2) as f32);
            let first = format!("1+({})", float32("ERF({z}/SQRT(2))"));
            after(&first, value, format!("0.5*{{z}}*{BETWEEN}"))
        }
        Activation::GeluTanh => {
            let inner = (2.0 / std::f64::consts::PI).sqrt() * (z + 0.044_715 * z.powi(3));
            let first = format!("1+({})", float32("TANH(SQRT(2/PI())*({z}+0.044715*{z}*{z}*{z}))"));
            after(&first, 1.0 + f64::from(inner.tanh() as f32), format!("0.5*{{z}}*{BETWEEN}"))
        }
        Activation::Silu => after(SIGMOID, sigmoid(z), format!("{{z}}*{BETWEEN}")),
        Activation::Softplus => alone(SOFTPLUS),
        Activation::Softsign => after("1+ABS({z})", 1.0 + z.abs(), format!("{{z}}/{BETWEEN}")),
        Activation::Sigmoid => alone(SIGMOID),
        Activation::HardSigmoid => after(RELU6, (z + 3.0).clamp(0.0, 6.0), format!("{BETWEEN}*{sixth}")),
        Activation::HardSigmoidKeras2 => {
            let fifth = number(0.2);
            after(&format!("{fifth}*{{z}}"), f64::from(0.2_f32) * z, format!("MIN(MAX(0,{BETWEEN}+0.5),1)"))
        }
        Activation::HardSilu => {
            let first = format!("{{z}}*{sixth}");
            after(&first, z * f64::from(1.0_f32 / 6.0), format!("{BETWEEN}*{RELU6}"))
        }
        Activation::Tanh => alone("TANH({z})"),
        Activation::TanhShrink => after("TANH({z})", z.tanh(), format!("{{z}}-{BETWEEN}")),
        Activation::HardTanh => alone("MIN(MAX(-1,{z}),1)"),
        Activation::Satlin => alone("MIN(MAX(0,{z}),1)"),
        Activation::Step { at_zero } => alone(&format!("IF({{z}}>0,1,IF({{z}}<0,0,{}))", number(at_zero))),
        Activation::Sign { at_zero } => alone(&format!("IF({{z}}>0,1,IF({{z}}<0,-1,{}))", number(at_zero))),
        Activation::SlopedSigmoid { slope } => alone(&format!("1/(1+EXP(MIN(-({}*{{z}}),700)))", number(slope))),
        Activation::SlopedTanh { slope, gain } => alone(&format!("{}*TANH({}*{{z}})", number(gain), number(slope))),
        Activation::HardShrink { threshold } => alone(&format!("IF(ABS({{z}})>{},{{z}},0)", number(threshold))),
        Activation::SoftShrink { threshold } => {
            let t = number(threshold);
            alone(&format!("IF({{z}}>{t},{{z}}-{t},IF({{z}}<-({t}),{{z}}+{t},0))"))
        }
        Activation::Threshold { threshold, value } => {
            alone(&format!("IF({{z}}>{},{{z}},{})", number(threshold), number(value)))
        }
        Activation::LogSigmoid => alone(&format!("-{}", SOFTPLUS.replace("{z}", "(-{z})"))),
        Activation::Exponential => alone("EXP({z})"),
        Activation::Mish => {
            let square = float32(&format!("{BETWEEN}*{BETWEEN}"));
            let result = format!("IF({{z}}>20,{{z}},{{z}}*(({square}-1)/({square}+1)))");
            after("1+EXP(MIN({z},20))", 1.0 + z.min(20.0).exp(), result)
        }
        Activation::Squareplus { b } => {
            let inside = float32(&format!("{}+{}", float32("{z}*{z}"), number(b)));
            let value = (z * z + f64::from(b)).sqrt();
            after(&format!("SQRT({inside})"), value, format!("0.5*({{z}}+{BETWEEN})"))
        }
        Activation::SparsePlus => {
            after("{z}+1", z + 1.0, format!("IF({{z}}<=-1,0,IF({{z}}<1,0.25*{BETWEEN}*{BETWEEN},{{z}}))"))
        }
        Activation::SparseSigmoid => alone("IF({z}<=-1,0,IF({z}>=1,1,0.5*({z}+1)))"),
        Activation::Softmax | Activation::LogSoftmax | Activation::Sparsemax | Activation::Glu => None,
    }
}
