//! Which language byhand speaks.

use std::{
    cell::Cell,
    sync::atomic::{AtomicU8, Ordering},
};

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};

use super::CODES;

/// A language that has a folder in `assets/words`, or the one of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language(u8);

/// Chosen at the start, for the whole process.
static CHOSEN: AtomicU8 = AtomicU8::new(0);

thread_local! {
    /// What [`Language::within`] asks for.
    static WITHIN: Cell<Option<Language>> = const { Cell::new(None) };
}

impl Language {
    /// English, in which every sentence exists.
    pub const ENGLISH: Self = Self(0);
    /// The language of tests, `qps`: English in letters that are two cells wide, without blanks and without plurals, as
    /// Chinese and Japanese are written. What is in backquotes stays as it is.
    pub const PSEUDO: Self = Self(u8::MAX);

    /// The languages that can be chosen.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map(Self).take(CODES.len())
    }

    /// The language that is called so, whether as an option (`zh-TW`) or as a locale of the system (`zh_TW.UTF-8`). The
    /// part before the first hyphen is enough.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
        if name.eq_ignore_ascii_case(Self::PSEUDO.code()) {
            return Some(Self::PSEUDO);
        }
        let called = |name: &str| Self::all().find(|language| language.code().eq_ignore_ascii_case(name));
        let broader = || name.split_once('-').map(|(first, _)| first);
        called(&name).or_else(|| called(broader()?))
    }

    /// Whether a text is a language's tag, such as `de` or `pt-BR`.
    pub fn is_tag(text: &str) -> bool {
        let (language, region) =
            text.split_once('-').map_or((text, None), |(language, region)| (language, Some(region)));
        let letters = |text: &str, lengths: [usize; 2]| {
            lengths.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
        };
        letters(language, [2, 3])
            && language.chars().all(|c| c.is_ascii_lowercase())
            && region.is_none_or(|region| letters(region, [2, 4]))
    }

    /// The language's code, as its folder is named.
    pub fn code(self) -> &'static str {
        CODES.get(self.number()).copied().unwrap_or("qps")
    }

    /// Says everything in this language from now on.
    pub fn choose(self) {
        CHOSEN.store(self.0, Ordering::Relaxed);
    }

    /// Says everything in this language while `f` runs, in this thread: for tests.
    pub fn within<T>(self, f: impl FnOnce() -> T) -> T {
        struct Back(Option<Language>);
        impl Drop for Back {
            fn drop(&mut self) {
                WITHIN.set(self.0);
            }
        }
        let _back = Back(WITHIN.replace(Some(self)));
        f()
    }

    /// The language of now.
    pub fn chosen() -> Self {
        WITHIN.get().unwrap_or_else(|| Self(CHOSEN.load(Ordering::Relaxed)))
    }

    pub(super) fn is_pseudo(self) -> bool {
        self == Self::PSEUDO
    }

    pub(super) fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The plural category of a count, by the rules of CLDR.
    pub(super) fn plural(self, count: usize) -> PluralCategory {
        let code = self.code().split('-').next().unwrap_or_default();
        let rules = code.parse::<unic_langid::LanguageIdentifier>().ok();
        let rules = rules.and_then(|code| PluralRules::create(code, PluralRuleType::CARDINAL).ok());
        rules.and_then(|rules| rules.select(count).ok()).unwrap_or(PluralCategory::OTHER)
    }
}
