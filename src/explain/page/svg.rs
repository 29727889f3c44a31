//! The pieces of a picture. Colours can be told apart in print and by people who see no red or no green.

use std::fmt::Write as _;

/// Blue: what is right, and positive weights.
pub(super) const BLUE: &str = "#2b6cb0";
/// Orange: mistakes, and negative weights.
pub(super) const ORANGE: &str = "#c05621";

/// Text in which nothing is read as XML.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A picture while it is drawn, in user units. What is drawn uses the colour of the text around it, unless it has its own.
pub(super) struct Svg(String);

impl Svg {
    pub(super) fn new(width: f64, height: f64, title: &str) -> Self {
        let title = escaped(title);
        Self(format!(
            "<svg viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" \
             fill=\"none\" stroke=\"currentColor\" font-family=\"system-ui,sans-serif\"><title>{title}</title>"
        ))
    }

    pub(super) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), style: &str) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "<path d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\" {style}/>");
    }

    /// Lines through points; a gap where there is none.
    pub(super) fn curve(&mut self, points: &[Option<(f64, f64)>], style: &str) {
        let mut path = String::new();
        let mut pen = 'M';
        for point in points {
            match point {
                Some((x, y)) => {
                    let _ = write!(path, "{pen}{x:.1} {y:.1}");
                    pen = 'L';
                }
                None => pen = 'M',
            }
        }
        let _ = write!(self.0, "<path d=\"{path}\" {style}/>");
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, style: &str) {
        let _ = write!(self.0, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" {style}/>");
    }

    pub(super) fn rectangle(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), style: &str) {
        let _ = write!(
            self.0,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"6\" {style}/>"
        );
    }

    /// Text around (`middle`), before (`end`) or after (`start`) a place.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: &str, size: f64, text: &str) {
        let _ = write!(
            self.0,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"currentColor\" \
             stroke=\"none\">{}</text>",
            escaped(text)
        );
    }

    pub(super) fn end(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }
}
