use super::*;

/// `1 step, ...` in Polish has `few` and `many`; a language without a folder of its own tests the rules alone.
#[test]
fn a_plural_is_chosen_by_number_then_by_category_then_by_the_last() {
    static TEXTS: &[&[Part]] = &[&[
        Part::Plural(
            0,
            &[(0, &[Part::Text("no step")])],
            &[(PluralCategory::ONE, &[Part::Text("one step")])],
            &[Part::Argument(0), Part::Text(" steps")],
        ),
        Part::Text(" of "),
        Part::Argument(1),
    ]];
    let said = |count| say(TEXTS, &[Argument::Count(count), Argument::Shown(&"dense")]);
    for (count, expected) in [(0, "no step of dense"), (1, "one step of dense"), (2, "2 steps of dense")] {
        assert_eq!(Language::ENGLISH.within(|| said(count)), expected);
    }
    // Without plurals and blanks, as in Chinese and Japanese.
    assert_eq!(Language::PSEUDO.within(|| said(1)), "1ｓｔｅｐｓｏｆdense");
}

#[test]
fn a_word_chooses_a_variant() {
    static TEXTS: &[&[Part]] = &[&[Part::Choice(0, &[("kernel", &[Part::Text("weights")])], &[Part::Argument(0)])]];
    for (word, expected) in [("kernel", "weights"), ("bias", "bias")] {
        assert_eq!(say(TEXTS, &[Argument::Shown(&word)]), expected);
    }
}

#[test]
fn a_language_is_found_by_option_and_by_locale() {
    for name in ["en", "EN", "en_US.UTF-8", "en-GB", "en_US@euro"] {
        assert_eq!(Language::named(name), Some(Language::ENGLISH), "{name}");
    }
    for name in ["", "C", "C.UTF-8", "POSIX", "tlh", "e"] {
        assert_eq!(Language::named(name), None, "{name}");
    }
    assert_eq!(Language::named("qps"), Some(Language::PSEUDO));
    assert!(Language::all().all(|language| language != Language::PSEUDO));
}

#[test]
fn a_language_within_ends_with_its_closure() {
    let before = Language::chosen();
    let inside = Language::PSEUDO.within(|| Language::ENGLISH.within(Language::chosen));
    assert_eq!((inside, Language::chosen()), (Language::ENGLISH, before));
}

#[test]
fn the_pseudo_language_leaves_names_in_backquotes() {
    let mut text = String::new();
    let mut pseudo = Pseudo::default();
    pseudo.push("no layer is called `", &mut text);
    text.push_str("dense");
    pseudo.push("`, try `byhand models`.\n  Next", &mut text);
    assert_eq!(text, "ｎｏｌａｙｅｒｉｓｃａｌｌｅｄ`dense`、ｔｒｙ`byhand models`。\n  Ｎｅｘｔ");
}
