//! Rows of a CSV, each with its place in the text.

use std::ops::Range;

/// A row: its fields, and where it stands in the text.
pub struct Row {
    pub fields: Vec<String>,
    pub range: Range<usize>,
}

/// The rows of a CSV as RFC 4180 has them, without empty lines.
pub fn rows(text: &str, skip: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = text.match_indices('\n').map(|(at, _)| at + 1).nth(skip.wrapping_sub(1)).unwrap_or(0);
    while at < text.len() {
        let row = row(text, at);
        at = row.range.end + 1;
        let range = row.range.start..row.range.start + text[row.range.clone()].trim_end_matches('\r').len();
        if !range.is_empty() {
            rows.push(Row { range, ..row });
        }
    }
    rows
}

/// The row at a byte of a text; its range ends before the line feed.
fn row(text: &str, start: usize) -> Row {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut end = text.len();
    for (at, c) in text[start..].char_indices().map(|(at, c)| (start + at, c)) {
        match c {
            // A doubled quotation mark leaves and enters again, and only the text between matters here.
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            '\n' if !quoted => {
                end = at;
                break;
            }
            _ => fields.last_mut().into_iter().for_each(|field| field.push(c)),
        }
    }
    Row { fields, range: start..end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str, skip: usize) -> Vec<(usize, &str)> {
        rows(text, skip).into_iter().map(|row| (row.fields.len(), &text[row.range])).collect()
    }

    #[test]
    fn rows_end_where_a_line_ends_outside_of_quotes() {
        assert_eq!(
            counts("a,b\r\n\"x, \"\"y\"\"\n\",2\r\n\r\n1,\r\n", 0),
            [(2, "a,b"), (2, "\"x, \"\"y\"\"\n\",2"), (2, "1,")]
        );
    }

    #[test]
    fn lines_before_the_heading_are_skipped() {
        assert_eq!(counts("note\na\n1\n", 1), [(1, "a"), (1, "1")]);
        assert_eq!(counts("", 0), []);
        assert_eq!(counts("a", 5), [(1, "a")]);
    }
}
