//! Equations that are true as they are printed.
//!
//! `10 × 0.4890 = 4.8899` is false: 10 × 0.4890 is 4.8900. What was multiplied is 0.48899287. A [`Line`] has as many digits as
//! it takes: `10 × 0.48899 = 4.8899`. Where no number of digits makes it true, because float32 rounds the result, the line says
//! `≈`.

use super::{Digits, bracketed};

/// The numbers of an equation as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What goes in, in order.
    pub operands: Vec<String>,
    /// What comes out.
    pub result: String,
    /// Whether the printed numbers give the printed result, at its last digit. If not, float32 rounds: `≈`.
    pub holds: bool,
}

impl Line {
    /// The sign before the result.
    pub fn sign(&self) -> &'static str {
        if self.holds { "=" } else { "≈" }
    }

    /// An operand, in brackets if it is negative; empty if there is no such operand.
    pub fn operand(&self, i: usize) -> String {
        bracketed(self.operands.get(i).cloned().unwrap_or_default())
    }

    /// An operand as it is written at the beginning of a calculation or in brackets.
    pub fn first(&self, i: usize) -> &str {
        self.operands.get(i).map_or("", String::as_str)
    }
}

/// Writes `function(operands) = result` with the wanted digits; the operands with more, if it is not true otherwise, and with all
/// where float32 rounds.
///
/// ```
/// use byhand::network::number::{Digits, line};
/// let product = line(&[10.0, f64::from(0.488_992_87_f32)], 4.889_929_f32, Digits::FOUR, |n| n[0] * n[1]);
/// assert_eq!((product.operands.join(" × "), product.sign(), product.result.as_str()), ("10 × 0.48899".into(), "=", "4.8899"));
/// ```
pub fn line(operands: &[f64], result: f32, digits: Digits, function: impl Fn(&[f64]) -> f64) -> Line {
    let write = |with: Digits, result_with: Digits| {
        let operands: Vec<String> = operands.iter().map(|&operand| with.inline(operand)).collect();
        let read: Vec<f64> = operands.iter().map(|text| text.parse().unwrap_or(f64::NAN)).collect();
        let text = result_with.inline(result);
        let holds = holds(function(&read), &text, result, digits);
        Line { operands, result: text, holds }
    };
    let mut more = digits.and_more().map(|with| write(with, digits)).chain([write(Digits::Exact, Digits::Exact)]);
    more.find(|line| line.holds).unwrap_or_else(|| write(Digits::Exact, digits))
}

/// Whether `computed` is the printed result at its digits. A whole number that is printed short claims the digits that were
/// wanted too, as far as float32 has them. What lies half-way between two results is given to neither.
pub(crate) fn holds(computed: f64, text: &str, result: f32, digits: Digits) -> bool {
    let Ok(printed) = text.parse::<f64>() else { return false };
    if computed == printed || (computed.is_nan() && printed.is_nan()) {
        return true;
    }
    let wanted = match digits {
        Digits::Fixed(decimals) => 10f64.powi(-(decimals as i32)) / 2.0,
        Digits::Exact => 0.5e-4,
    };
    let float32 = f64::from(f32::EPSILON) * f64::from(result.abs());
    let most = (unit(text) / 2.0).min(wanted.max(float32));
    (computed - printed).abs() < most * (1.0 - 1e-6)
}

/// One in the last digit of a number's text.
fn unit(text: &str) -> f64 {
    let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    10f64.powi(power.parse::<i32>().unwrap_or(0) - decimals as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(x: f32, w: f32, digits: Digits) -> String {
        let line = line(&[x.into(), w.into()], x * w, digits, |n| n[0] * n[1]);
        format!("{} × {} {} {}", line.first(0), line.operand(1), line.sign(), line.result)
    }

    #[test]
    fn a_line_has_as_many_digits_as_it_takes() {
        // 10 × 0.4890 = 4.8900, and 10 × -0.1038 = -1.0380: neither is what float32 gives.
        assert_eq!(product(10.0, 0.488_992_87, Digits::FOUR), "10 × 0.48899 = 4.8899");
        assert_eq!(product(10.0, -0.103_826_12, Digits::FOUR), "10 × (-0.10383) = -1.0383");
        assert_eq!(product(2.0, 0.5, Digits::FOUR), "2 × 0.5 = 1");
        assert_eq!(product(0.0, -0.103_826_12, Digits::FOUR), "0 × (-0.1038) = 0");
        // Half-way: 0.25 × 0.125 = 0.03125, which rounds to 0.0312 or 0.0313, as one likes.
        assert_eq!(product(0.25, 0.125, Digits::FOUR), "0.25 × 0.125 = 0.03125");
    }

    #[test]
    fn where_float32_rounds_the_line_says_so() {
        // 4.889929 + 1.1705374 = 6.0604664, and float32 has 6.0604663 and 6.060467.
        let (wx, bias) = (4.889_929_f32, 1.170_537_4_f32);
        let sum = line(&[wx.into(), bias.into()], wx + bias, Digits::Exact, |n| n[0] + n[1]);
        assert_eq!((sum.sign(), sum.result.as_str()), ("≈", "6.0604663"));
        let four = line(&[wx.into(), bias.into()], wx + bias, Digits::FOUR, |n| n[0] + n[1]);
        assert_eq!(four.operands.join(" + ") + four.sign() + &four.result, "4.88993 + 1.17054=6.0605");
    }

    #[test]
    fn values_that_are_not_finite_are_written_as_they_are() {
        let nan = line(&[f64::NAN, 1.0], f32::NAN, Digits::FOUR, |n| n[0] * n[1]);
        assert!(nan.holds && nan.result == "nan");
        let large = line(&[1e30, 1e30], f32::INFINITY, Digits::FOUR, |n| n[0] * n[1]);
        assert_eq!((large.sign(), large.result.as_str()), ("≈", "inf"));
    }
}
