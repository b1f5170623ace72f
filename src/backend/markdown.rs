//! Text that must not format anything: code spans, fences, table cells. For pages and reports.

/// Text as a code span, whatever backticks are in it.
pub fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let ticks = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A code span inside a table, where a bar would end the cell even in code.
pub fn code_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Plain text in a paragraph. Escaped is only what would format there.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let next = rest.peek().copied();
        let formats = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // Inside a word an underscore is one, and `&` begins an entity only before a name or number.
            '_' => !is_word(before) || !is_word(next),
            '&' => is_word(next) || next == Some('#'),
            _ => false,
        };
        if formats {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Plain text in a table cell, which is one line.
pub fn cell(plain: &str) -> String {
    text(&plain.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

/// A code block whose fence is longer than any run of backticks in it.
pub fn fence(body: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(body).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", body.trim_end_matches('\n'))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_fences_hold_any_backticks() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(fence("a\n```\nb\n", "kusto"), "````kusto\na\n```\nb\n````");
    }

    #[test]
    fn only_what_formats_is_escaped() {
        assert_eq!(text("Logs_CL, R & D, *x* _y_ &lt; C:\\"), "Logs_CL, R & D, \\*x\\* \\_y\\_ \\&lt; C:\\\\");
    }

    #[test]
    fn cells_end_where_the_table_says() {
        assert_eq!(cell("a|b\n  <c>"), "a\\|b \\<c>");
        assert_eq!(code_cell("a|b"), "`a\\|b`");
    }
}
