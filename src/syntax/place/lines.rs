//! Block scalars: a value line is what stands in a file line after the indentation.

use super::{TextMap, Walk, break_len};

/// The map of a `|` scalar. `start` is its first character that is not a line break, `indent` the blanks before each line.
pub fn literal(text: &str, start: usize, indent: usize, value: &str) -> Option<TextMap> {
    let mut lines = Lines::before(text, start, indent, value)?;
    let mut walk = Walk::new(value);
    while !walk.rest.is_empty() {
        let line = lines.next()?;
        walk.verbatim(line.content, line.content_start)?;
        if !walk.rest.is_empty() {
            walk.replaced_break(line.content_start + line.content.len(), line.break_len)?;
        }
    }
    walk.finish()
}

/// The map of a `>` scalar. A space that stands for a line break has its place at that break.
pub fn folded(text: &str, start: usize, indent: usize, value: &str) -> Option<TextMap> {
    let mut lines = Lines::before(text, start, indent, value)?;
    let mut walk = Walk::new(value);
    while walk.rest.starts_with('\n') {
        let line = lines.next().filter(|line| line.content.is_empty())?;
        walk.replaced_break(line.content_start, line.break_len)?;
    }
    while !walk.rest.is_empty() {
        let line = lines.next()?;
        walk.verbatim(line.content, line.content_start)?;
        let mut breaks = vec![(line.content_start + line.content.len(), line.break_len)];
        while let Some(empty) = lines.clone().next().filter(|next| next.content.is_empty() && next.break_len > 0) {
            breaks.push((empty.content_start, empty.break_len));
            lines.next();
        }
        let kept = walk.rest.bytes().take_while(|&byte| byte == b'\n').count();
        if kept == 0 && walk.rest.starts_with(' ') && breaks.len() == 1 {
            walk.replaced(' ', breaks[0].0, breaks[0].1)?;
        } else {
            // Between two lines of text the first break folds away; around indented lines and at the end it stays.
            let at_the_end = kept == walk.rest.len();
            let skip = if at_the_end { 0 } else { breaks.len().checked_sub(kept).filter(|&skip| skip <= 1)? };
            for (file, len) in breaks.into_iter().skip(skip).take(kept) {
                walk.replaced_break(file, len)?;
            }
        }
    }
    walk.finish()
}

struct Line<'a> {
    content: &'a str,
    content_start: usize,
    /// 0 at the end of the file.
    break_len: usize,
}

#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    indent: usize,
}

impl<'a> Lines<'a> {
    /// From the line of the value's first character on: that of `start`, or one line up for each break that leads the value.
    fn before(text: &'a str, start: usize, indent: usize, value: &str) -> Option<Self> {
        let line_start = |until: usize| text.get(..until).map(|before| before.rfind('\n').map_or(0, |at| at + 1));
        let mut at = line_start(start)?;
        for _ in value.bytes().take_while(|&byte| byte == b'\n') {
            at = line_start(at.checked_sub(1)?)?;
        }
        Some(Lines { text, at, indent })
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = rest.find('\n').map_or(rest.len(), |end| end - usize::from(rest[..end].ends_with('\r')));
        let indent = self.indent.min(len);
        let line = Line {
            content: rest.get(indent..len)?,
            content_start: self.at + indent,
            break_len: break_len(&rest[len..]),
        };
        self.at += len + line.break_len;
        Some(line)
    }
}
