//! Values to the text that a lesson shows.

use super::Value;
use crate::network::number::Digits;

impl Value {
    /// The text of the number, or of the list in brackets.
    pub fn text(&self, digits: Digits) -> String {
        match self {
            Self::Number(number) => digits.inline(*number),
            Self::List(list) => {
                let texts: Vec<String> = list.iter().map(|&number| digits.inline(number)).collect();
                format!("[{}]", texts.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_stands_in_brackets() {
        assert_eq!(Value::List(vec![1.0, -0.25, 1.0 / 3.0]).text(Digits::FOUR), "[1, -0.25, 0.3333]");
    }
}
