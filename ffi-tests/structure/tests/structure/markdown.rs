//! What a page in Markdown links to, and the anchors that it has.

use std::collections::BTreeMap;

/// The lines of a page outside of fenced code, and the code of each fence by its language.
pub(crate) struct Page {
    lines: Vec<String>,
    fences: Vec<(String, String)>,
}

impl Page {
    pub(crate) fn parse(text: &str) -> Self {
        let (mut lines, mut fences, mut open) = (Vec::new(), Vec::new(), None);
        for line in text.lines() {
            match (line.strip_prefix("```"), &mut open) {
                (Some(language), None) => open = Some((language.to_owned(), String::new())),
                (Some(_), fence @ Some(_)) => fences.extend(fence.take()),
                (None, Some((_, code))) => code.extend([line, "\n"]),
                (None, None) => lines.push(line.to_owned()),
            }
        }
        assert!(open.is_none(), "a fence that is not closed");
        Self { lines, fences }
    }

    /// The code of the only fence with this language.
    pub(crate) fn code(&self, language: &str) -> &str {
        let mut fences = self.fences.iter().filter(|(name, _)| name == language);
        match (fences.next(), fences.next()) {
            (Some((_, code)), None) => code,
            _ => panic!("one fence of {language} is expected"),
        }
    }

    /// The targets of the page's links.
    pub(crate) fn links(&self) -> impl Iterator<Item = &str> {
        let after = |line: &'_ String| line.match_indices("](").map(|(at, found)| at + found.len()).collect::<Vec<_>>();
        let lines = self.lines.iter().flat_map(move |line| after(line).into_iter().map(|at| &line[at..]));
        lines.filter_map(|rest| Some(rest.split_once(')')?.0))
    }

    /// The anchors of the page's headings, as GitHub makes them: a number tells equal ones apart.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let mut seen = BTreeMap::<String, usize>::new();
        let headings = self.lines.iter().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#'));
        let numbered = headings.map(|heading| {
            let anchor = anchor(heading.trim());
            let count = seen.entry(anchor.clone()).or_default();
            *count += 1;
            if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
        });
        numbered.collect()
    }

    /// What stands in backticks.
    pub(crate) fn quoted(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().flat_map(|line| line.split('`').skip(1).step_by(2))
    }

    /// The rows of the table under this heading, without the header, each split into its cells.
    pub(crate) fn rows(&self, heading: &str) -> Vec<Vec<&str>> {
        let at = self.lines.iter().position(|line| line == heading);
        let after = at.unwrap_or_else(|| panic!("no heading {heading:?}")) + 1;
        let section = self.lines[after..].iter().take_while(|line| !line.starts_with('#'));
        let rows = section.filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
        rows.skip(2).map(|row| row.split(" | ").collect()).collect()
    }
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || "-_ ".contains(*letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).flat_map(char::to_lowercase).collect()
}

#[test]
fn a_page_is_taken_apart() {
    let page =
        Page::parse("# `a` page\n[x](y.md#z) `b`\n```sh\n[c](d)\n```\n## C\n## C++\n| h |\n| - |\n| 1 | `2` |\n");
    assert_eq!(page.links().collect::<Vec<_>>(), ["y.md#z"]);
    assert_eq!(page.anchors(), ["a-page", "c", "c-1"]);
    assert_eq!(page.code("sh"), "[c](d)\n");
    assert_eq!(page.quoted().collect::<Vec<_>>(), ["a", "b", "2"]);
    assert_eq!(page.rows("## C++"), [["1", "`2`"]]);
}
