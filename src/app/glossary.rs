//! The words of the subject, each with its meaning.

use crate::words::glossary as words;

/// The words and their meanings, in the order in which a lesson needs them. Code in the meanings is in backquotes.
pub fn entries() -> Vec<(String, String)> {
    vec![
        (words::unit(), words::unit_means()),
        (words::kernel(), words::kernel_means()),
        (words::bias(), words::bias_means()),
        (words::activation(), words::activation_means()),
        ("in".to_owned(), words::in_means()),
        ("wx".to_owned(), words::wx_means()),
        ("z".to_owned(), words::z_means()),
        ("a".to_owned(), words::a_means()),
        (words::address(), words::address_means()),
        (words::logits(), words::logits_means()),
        (words::target(), words::target_means()),
        (words::this_pass(), words::this_pass_means()),
        (words::model(), words::model_means()),
        (words::yours(), words::yours_means()),
        (words::what_if(), words::what_if_means()),
        ("float32".to_owned(), words::float32_means()),
        ("ulp".to_owned(), words::ulp_means()),
        (words::scaler(), words::scaler_means()),
        (words::moving(), words::moving_means()),
        ("gamma".to_owned(), words::gamma_means()),
        ("beta".to_owned(), words::beta_means()),
        ("epsilon".to_owned(), words::epsilon_means()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_explained_twice() {
        let mut words: Vec<String> = entries().into_iter().map(|(word, _)| word).collect();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
