//! The words of the subject, each with its meaning.

use crate::words::glossary;

/// The words and their meanings, in the order in which a lesson needs them. Code in the meanings is in backquotes.
pub fn entries() -> Vec<(String, String)> {
    vec![
        (glossary::unit(), glossary::unit_means()),
        (glossary::kernel(), glossary::kernel_means()),
        (glossary::bias(), glossary::bias_means()),
        (glossary::activation(), glossary::activation_means()),
        ("in".to_owned(), glossary::in_means()),
        ("wx".to_owned(), glossary::wx_means()),
        ("z".to_owned(), glossary::z_means()),
        ("a".to_owned(), glossary::a_means()),
        (glossary::address(), glossary::address_means()),
        (glossary::logits(), glossary::logits_means()),
        (glossary::target(), glossary::target_means()),
        (glossary::this_pass(), glossary::this_pass_means()),
        (glossary::model(), glossary::model_means()),
        (glossary::yours(), glossary::yours_means()),
        (glossary::what_if(), glossary::what_if_means()),
        ("float32".to_owned(), glossary::float32_means()),
        ("ulp".to_owned(), glossary::ulp_means()),
        (glossary::scaler(), glossary::scaler_means()),
        (glossary::moving(), glossary::moving_means()),
        ("gamma".to_owned(), glossary::gamma_means()),
        ("beta".to_owned(), glossary::beta_means()),
        ("epsilon".to_owned(), glossary::epsilon_means()),
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
