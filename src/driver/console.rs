//! The two ends of the terminal: results to stdout, words for people to stderr.

use super::arguments::Arguments;
use crate::diag::render::{self, Style};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Sources;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::Mutex;

/// Widest and narrowest text in columns; wider lines are hard to read, narrower ones break every path.
const WIDTH: std::ops::RangeInclusive<usize> = 80..=120;
/// Columns when nobody says how wide the terminal is.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

/// Where a command writes. A reader that has gone away (`| head`) is not an error: what it does not want is dropped.
#[derive(Debug)]
pub struct Console {
    pub style: Style,
    /// Colours on stdout, for reports that people read there.
    pub color_out: bool,
    lost: Mutex<Option<String>>,
}

impl Console {
    /// Reads the terminal and the environment: `NO_COLOR` (any text but an empty one: no colours), `TERM=dumb`,
    /// `COLUMNS`, and the locale for box-drawing characters.
    pub fn from_environment() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let terminal = io::stderr().is_terminal();
        let wants_color = variable("NO_COLOR").is_empty() && variable("TERM") != "dumb";
        let color = terminal && wants_color;
        Console {
            style: Style {
                color,
                width: if terminal { terminal_width(&variable("COLUMNS")) } else { WIDTH_WITHOUT_TERMINAL },
                unicode: speaks_unicode([&variable("LC_ALL"), &variable("LC_CTYPE"), &variable("LANG")]),
                links: color,
            },
            color_out: wants_color && io::stdout().is_terminal(),
            lost: Mutex::new(None),
        }
    }

    /// A result.
    pub fn out(&self, text: &str) {
        self.keep(write_all(&mut io::stdout().lock(), text.as_bytes()));
    }

    /// Words of ours, which may quote a name: nothing in them acts on a terminal.
    pub fn say(&self, text: &str) {
        self.err(&render::visible(text, self.style.unicode));
    }

    /// Text that is for people and ready for the terminal: findings as drawn, what az prints.
    pub fn err(&self, text: &str) {
        self.keep(write_all(&mut io::stderr().lock(), text.as_bytes()));
    }

    /// Findings, as people read them, and how many there are.
    pub fn findings(&self, diagnostics: &Diagnostics, sources: &Sources) {
        if !diagnostics.is_empty() {
            self.err(&render::terminal(diagnostics, sources, self.style));
        }
    }

    /// One finding about the command line.
    pub fn finding(&self, finding: Diagnostic, arguments: &Arguments) {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(finding);
        self.findings(&diagnostics, &arguments.clone().into_sources());
    }

    /// What kept a result from arriving, if anything did.
    pub fn lost(&self) -> Option<String> {
        self.lost.lock().ok().and_then(|lost| lost.clone())
    }

    fn keep(&self, result: io::Result<()>) {
        if let (Err(error), Ok(mut lost)) = (result, self.lost.lock()) {
            lost.get_or_insert(error.to_string());
        }
    }
}

fn write_all(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    match to.write_all(bytes).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn terminal_width(columns: &str) -> usize {
    let measured = || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    columns
        .parse()
        .ok()
        .filter(|&width| width > 0)
        .or_else(measured)
        .unwrap_or(WIDTH_WITHOUT_TERMINAL)
        .clamp(*WIDTH.start(), *WIDTH.end())
}

/// POSIX: the first of `LC_ALL`, `LC_CTYPE`, `LANG` that says something decides. Where none does (Windows, most CI)
/// UTF-8 is the rule today.
fn speaks_unicode(locale: [&str; 3]) -> bool {
    match locale.into_iter().find(|value| !value.is_empty()) {
        Some("C" | "POSIX") => false,
        Some(value) => !value.contains('.') || value.to_lowercase().replace('-', "").contains("utf8"),
        None => true,
    }
}

/// `1 error`, `3 warnings`
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `812 B`, `4.2 kB`, `1.5 MB`: thousands, as file managers count.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_on_unicode() {
        assert!(speaks_unicode(["", "", "en_US.UTF-8"]));
        assert!(speaks_unicode(["", "", ""]));
        assert!(speaks_unicode(["C.utf8", "", "C"]));
        assert!(!speaks_unicode(["C", "", "en_US.UTF-8"]));
        assert!(!speaks_unicode(["", "de_DE.ISO-8859-1", ""]));
    }

    #[test]
    fn columns_are_kept_readable() {
        assert_eq!(terminal_width("20"), 80);
        assert_eq!(terminal_width("96"), 96);
        assert_eq!(terminal_width("500"), 120);
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [size(0), size(999), size(1_000), size(182_345), size(4_194_304)],
            ["0 B", "999 B", "1.0 kB", "182.3 kB", "4.1 MB"]
        );
    }
}
