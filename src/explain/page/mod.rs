//! A worked solution as one page of HTML: the Markdown of the solution with pictures before it.
//!
//! The page is one file without scripts and without anything from elsewhere, and prints on white paper.

mod diagram;
mod layers;
mod plot;
mod svg;

pub use diagram::diagram;
pub use layers::layers;
pub use plot::plot;

use pulldown_cmark::{Options, Parser, html};

use self::svg::escaped;
use crate::plain::plain;

/// How the page looks: system fonts, figures of one width, thin rules, no page break inside a row.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem;break-after:avoid}\
table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}\
th,td{text-align:left;padding:.15rem .75rem .15rem 0;border-bottom:1px solid #8884;vertical-align:top}\
code{font:0.9em ui-monospace,monospace}tr{break-inside:avoid}\
figure{margin:1.5rem 0;break-inside:avoid}svg{max-width:100%;height:auto}figcaption{font-size:.9rem;opacity:.75}\
@media print{:root{color-scheme:light}body{margin:0;max-width:none;font-size:10pt}}";

/// A page of a solution in Markdown. Each picture is an SVG with its caption.
pub fn write(title: &str, markdown: &str, pictures: &[(String, String)]) -> String {
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    let mut figures = String::new();
    for (svg, caption) in pictures {
        figures.extend(["<figure>", svg, "<figcaption>", &escaped(caption), "</figcaption></figure>\n"]);
    }
    // The pictures come after the heading.
    let body = match body.split_once("</h1>\n") {
        Some((heading, rest)) => format!("{heading}</h1>\n{figures}{rest}"),
        None => figures + &body,
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n{body}</body>\n</html>\n",
        escaped(&plain(title))
    )
}
