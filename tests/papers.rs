//! Worked solutions as papers: LaTeX compiles, tables of Markdown are tables, pages of HTML are whole and have no scripts.

#[path = "support/first_sample.rs"]
mod first_sample;

use std::{fs, process::Command, sync::Arc};

use byhand::{
    explain::{Sheet, graph, latex, markdown, matrix, page},
    load::{builtin, builtin_names},
    mistake::Mistake,
    network::number::Digits,
    pass::{Pass, graph::Pass as GraphPass},
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Every built-in network, rightly and with every tenth mistake.
fn ways() -> Vec<(Pass, Option<Pass>)> {
    let mut ways = Vec::new();
    for name in builtin_names() {
        let model = builtin(name).expect(name);
        let right = Pass::new(&model.network, &model.first_input(), &[]).expect("a pass");
        let mut mistakes = Mistake::all(&model.network);
        mistakes.dedup_by_key(|mistake| (mistake.kind.id, mistake.layer));
        ways.push((right.clone(), None));
        for mistake in mistakes.into_iter().step_by(10) {
            let wrong = Pass::new(&model.network, &model.first_input(), &[mistake]).expect("a pass");
            ways.push((right.clone(), Some(wrong)));
        }
    }
    ways
}

fn sheet(right: &Pass, wrong: Option<&Pass>) -> Sheet {
    wrong.map_or_else(|| Sheet::new(right, None), |wrong| Sheet::beside(right, wrong, None)).expect("a sheet")
}

fn graphs() -> Vec<(String, GraphPass)> {
    let of = |model: String| {
        let (network, inputs) = first_sample::load(&model);
        let pass = GraphPass::new(&Arc::new(network), &inputs, &[]).expect("fits");
        (model, pass)
    };
    first_sample::names().into_iter().map(of).collect()
}

/// Checks that every row of every table has the cells of its head, and counts the tables.
fn tables(text: &str, about: &str) -> usize {
    let (mut tables, mut columns, mut cells) = (0, 0, 0);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments.len();
                tables += 1;
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => cells = 0,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow) => assert_eq!(cells, columns, "{about}"),
            Event::Html(html) | Event::InlineHtml(html) => panic!("{about}: HTML in Markdown: {html}"),
            // A line of a table that was not understood as one.
            Event::Text(text) => assert!(!text.contains("| ---"), "{about}: {text}"),
            _ => {}
        }
    }
    // The parser fills rows that are too short; so the cells of the text itself are counted too.
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace(r"\|", "").matches('|').count();
        assert!(bars == 3 || bars == 4, "{about}: {line}");
    }
    tables
}

#[test]
fn tables_of_markdown_are_tables() {
    let mut count = 0;
    for (right, wrong) in ways() {
        let sheet = sheet(&right, wrong.as_ref());
        let about = format!("{} {:?}", sheet.model, sheet.mistakes);
        let rows = sheet.sections.iter().filter(|section| !section.units.is_empty()).count();
        let found = tables(&markdown::write(&sheet, Digits::FOUR), &about);
        assert_eq!(found, rows, "{about}");
        count += found;
    }
    for (model, pass) in graphs() {
        let solution = graph::Solution::of(&pass, None, None).expect("a solution");
        let with_work = solution.sections.iter().filter(|section| !section.works.is_empty()).count();
        let found = tables(&graph::markdown::write(&solution, Digits::FOUR), &model);
        assert_eq!(found, with_work, "{model}");
        count += found;
    }
    assert!(count > 100, "{count}");
}

/// Checks that tags are closed in order, and that nothing runs or comes from elsewhere.
fn is_whole(page: &str, about: &str) {
    assert!(page.starts_with("<!DOCTYPE html>\n") && page.ends_with("</html>\n"), "{about}");
    for word in
        ["<script", "javascript:", "http://", "https://", "<link", "<img", "<iframe", " onload", "@import", "NaN "]
    {
        assert!(!page.contains(word), "{about}: {word}");
    }
    let mut open: Vec<&str> = Vec::new();
    for piece in page.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or_else(|| panic!("{about}: <{piece}"));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match tag {
            tag if tag.starts_with('!') || tag.ends_with('/') => {}
            _ if ["meta", "br", "hr"].contains(&name) => {}
            tag if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{about}: </{name}>"),
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{about}: {open:?}");
}

#[test]
fn pages_are_whole_and_have_no_scripts() {
    for (right, wrong) in ways() {
        let sheet = sheet(&right, wrong.as_ref());
        let shown = wrong.as_ref().unwrap_or(&right);
        let about = format!("{} {:?}", sheet.model, sheet.mistakes);
        let mut pictures = vec![(page::diagram(shown), "the network".to_owned())];
        let plot = page::plot(&right, wrong.as_ref(), (-2.0, 8.0));
        assert_eq!(plot.is_some(), right.input().len() == 1 && right.output().len() <= 4, "{about}");
        pictures.extend(plot.map(|plot| (plot, "a curve".to_owned())));
        let page = page::write(&sheet.model, &markdown::write(&sheet, Digits::FOUR), &pictures);
        is_whole(&page, &about);
        assert_eq!(page.matches("<svg").count(), pictures.len(), "{about}");
        assert!(page.contains("<table>"), "{about}");
    }
    for (model, pass) in graphs() {
        let solution = graph::Solution::of(&pass, None, None).expect("a solution");
        let picture = (page::layers(pass.network()), "layers".to_owned());
        let page = page::write(&model, &graph::markdown::write(&solution, Digits::FOUR), &[picture]);
        is_whole(&page, &model);
    }
    let hostile = page::write("<script>alert(1)</script>\u{1b}]0;x", "# a\\<b `<i>`", &[]);
    is_whole(&hostile, "a hostile name");
}

#[test]
fn latex_of_both_forms_compiles() {
    let folder = std::env::temp_dir().join(format!("byhand-latex-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let mut text = "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\usepackage[utf8]{inputenc}\n\
                    \\begin{document}\n"
        .to_owned();
    for (right, wrong) in ways() {
        text += &latex::write(&sheet(&right, wrong.as_ref()), Digits::FOUR);
        let matrices = matrix::write(&right, wrong.as_ref(), Digits::FOUR);
        let count = matrices.matches(r"\begin{align*}").count();
        let layers = right.network().depth() * if wrong.is_some() { 2 } else { 1 };
        assert_eq!(count, layers, "{matrices}");
        text += &matrices;
    }
    for (_, pass) in graphs() {
        let solution = graph::Solution::of(&pass, None, None).expect("a solution");
        text += &graph::latex::write(&solution, Digits::FOUR);
    }
    text += "\\end{document}\n";
    fs::write(folder.join("all.tex"), &text).expect("written");
    let mut latex = Command::new("pdflatex");
    latex.args(["-interaction=nonstopmode", "-halt-on-error", "all.tex"]).current_dir(&folder);
    match latex.output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let errors: Vec<&str> =
                said.lines().filter(|line| line.starts_with('!') || line.starts_with("l.")).collect();
            assert!(output.status.success(), "{errors:?} in {}", folder.display());
            println!("{} lines of LaTeX compile", text.lines().count());
        }
        Err(_) => println!("skipped: pdflatex is not installed here"),
    }
    fs::remove_dir_all(&folder).ok();
}

/// What people write: `tanh(W^T x + b)`, with the numbers of the network that was posted with the question.
#[test]
fn the_matrix_form_is_the_one_that_people_write() {
    let model = builtin("sum-2-5-1").expect("a model");
    let right = Pass::new(&model.network, &[0.3, 0.1], &[]).expect("a pass");
    let text = matrix::write(&right, None, Digits::FOUR);
    let layer: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("&=")).take(3).collect();
    let kernel = r"\begin{bmatrix} -1.0824 & 0.3248 & 0.9501 & 0.0050 & -0.4738 \\ -0.5668 & 1.1575 & 0.9162 & 0.3752 & -0.6764 \end{bmatrix}^{\mathsf{T}}";
    let expected = format!(
        r"&= \tanh \left( {kernel} \begin{{bmatrix}} 0.3000 \\ 0.1000 \end{{bmatrix}} + \begin{{bmatrix}} -0.1829 \\ 0.2145 \\ 0.0135 \\ 0.2774 \\ 0.0960 \end{{bmatrix}} \right) \\"
    );
    assert_eq!(layer[0], expected);
    // NumPy: z = kernel.T @ x + bias, then np.tanh(z).
    assert_eq!(
        layer[1..],
        [
            r"&= \tanh \begin{bmatrix} -0.5643 \\ 0.4277 \\ 0.3902 \\ 0.3164 \\ -0.1137 \end{bmatrix} \\",
            r"&= \begin{bmatrix} -0.5112 \\ 0.4034 \\ 0.3715 \\ 0.3063 \\ -0.1133 \end{bmatrix}",
        ]
    );
}
