//! String literals in Rust sources that read like English: sentences, or pieces of one.
//!
//! Not looked at: tests, comments, attributes that only the compiler reads, the messages of `expect`, `panic!` and `assert!`, and texts
//! that something is compared with (`text.contains("out of")`, `match` arms).

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Macros whose message only a developer sees.
const MACROS: &[&str] =
    &["assert", "assert_eq", "assert_ne", "debug_assert", "debug_assert_eq", "panic", "unreachable"];
/// Methods whose message only a developer sees.
const REASONS: &[&str] = &["expect", "expect_err"];
/// Methods that compare with a text.
const COMPARISONS: &[&str] = &[
    "contains",
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "split_once",
    "rsplit_once",
    "split",
    "rsplit",
    "find",
    "rfind",
    "match_indices",
    "matches",
    "replace",
    "trim_start_matches",
    "trim_end_matches",
    "eq_ignore_ascii_case",
];
/// Attributes that only the compiler reads.
const ATTRIBUTES: &[&str] =
    &["doc", "expect", "allow", "warn", "deny", "cfg", "cfg_attr", "must_use", "deprecated", "path"];

/// The literals of a source that read like English, each with its line.
pub(crate) fn english(source: &str) -> syn::Result<Vec<(usize, String)>> {
    let mut literals = Literals { found: Vec::new() };
    literals.visit_file(&syn::parse_file(source)?);
    Ok(literals.found)
}

/// Whether a text has a blank and a word of two letters or more. Placeholders (`{name}`) and backquoted code are not words.
pub(crate) fn reads_like_english(text: &str) -> bool {
    let mut plain = String::new();
    let (mut quoted, mut depth) = (false, 0_usize);
    for c in text.replace("{{", "").replace("}}", "").chars() {
        match c {
            '`' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth = depth.saturating_sub(1),
            _ if quoted || depth > 0 => {}
            c => plain.push(if c.is_whitespace() { ' ' } else { c }),
        }
    }
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        word.len() >= 2 && word.chars().all(|c| c.is_ascii_alphabetic() || "'-".contains(c))
    };
    plain.contains(' ') && plain.split(' ').any(is_word)
}

struct Literals {
    found: Vec<(usize, String)>,
}

impl Literals {
    fn literal(&mut self, line: usize, text: String) {
        if reads_like_english(&text) {
            self.found.push((line, text));
        }
    }

    /// The literals in the tokens of a macro or an attribute.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut before: Option<String> = None;
        let mut in_attribute = false;
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => {
                    if let Ok(syn::Lit::Str(text)) = syn::parse_str(&literal.to_string()) {
                        self.literal(literal.span().start().line, text.value());
                    }
                }
                TokenTree::Group(group) => {
                    let skipped = |list: &[&str]| before.as_deref().is_some_and(|name| list.contains(&name));
                    if in_attribute || skipped(MACROS) || skipped(REASONS) || skipped(COMPARISONS) {
                        before = None;
                    } else {
                        self.tokens(group.stream());
                    }
                    in_attribute = false;
                }
                TokenTree::Ident(name) => before = Some(name.to_string()),
                TokenTree::Punct(punct) => {
                    in_attribute = punct.as_char() == '#';
                    if punct.as_char() != '!' {
                        before = None;
                    }
                }
            }
        }
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let cfg_test = || attribute.parse_args::<syn::Ident>().is_ok_and(|argument| argument == "test");
        attribute.path().is_ident("test") || attribute.path().is_ident("cfg") && cfg_test()
    })
}

impl Visit<'_> for Literals {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_attribute(&mut self, attribute: &syn::Attribute) {
        if ATTRIBUTES.iter().any(|name| attribute.path().is_ident(name)) {
            return;
        }
        match &attribute.meta {
            syn::Meta::List(list) => self.tokens(list.tokens.clone()),
            syn::Meta::NameValue(value) => self.visit_expr(&value.value),
            syn::Meta::Path(_) => {}
        }
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        let name = call.method.to_string();
        if REASONS.contains(&name.as_str()) || COMPARISONS.contains(&name.as_str()) {
            self.visit_expr(&call.receiver);
        } else {
            visit::visit_expr_method_call(self, call);
        }
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if !matches!(binary.op, syn::BinOp::Eq(_) | syn::BinOp::Ne(_)) {
            visit::visit_expr_binary(self, binary);
        }
    }

    fn visit_macro(&mut self, call: &syn::Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if !MACROS.contains(&name.as_str()) {
            self.tokens(call.tokens.clone());
        }
    }

    fn visit_pat(&mut self, _: &syn::Pat) {}

    fn visit_lit_str(&mut self, literal: &syn::LitStr) {
        self.literal(literal.span().start().line, literal.value());
    }
}
