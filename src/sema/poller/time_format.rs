//! `queryTimeFormat`: a constant of the service, or a custom date format of .NET.

/// Why a text is no time format of the service, if it is none.
///
/// Source: the data connector reference (the two constants), and .NET's custom date and time format strings: letters of a
/// format stand for parts of a date, in runs of a greatest length; `T` and `Z` stand for themselves; texts in quotes too.
pub fn problem(format: &str) -> Option<String> {
    if ["UnixTimestamp", "UnixTimestampInMills"].contains(&format) {
        return None;
    }
    let lower = format.to_ascii_lowercase();
    if lower.starts_with("unix") || lower.starts_with("epoch") {
        return Some("write UnixTimestamp for seconds, or UnixTimestampInMills for milliseconds".to_owned());
    }
    if lower.starts_with("iso") || format.trim().is_empty() {
        return Some("leave the key out for ISO 8601".to_owned());
    }
    if format.contains('%') {
        return Some("write a .NET format, such as yyyy-MM-ddTHH:mm:ssZ, instead of a strftime one".to_owned());
    }
    if ["yyyy-mm", "mm-dd", "yyyy/mm", "mm/dd", "yyyymm"].iter().any(|slip| format.contains(slip)) {
        return Some("write MM for months; mm are minutes".to_owned());
    }
    if ["HH:MM", "hh:MM", "MM:ss"].iter().any(|slip| format.contains(slip)) {
        return Some("write mm for minutes; MM are months".to_owned());
    }
    runs(format)
}

/// The first run of letters that no part of a date is, or that is too long for it.
fn runs(format: &str) -> Option<String> {
    let mut parts = 0;
    let mut rest = format.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\'' | '"' => {
                let is_closed = rest.by_ref().any(|c| c == letter);
                if !is_closed {
                    return Some(format!("close the quote that {letter} opens"));
                }
            }
            '\\' => {
                rest.next();
            }
            letter if letter.is_ascii_alphabetic() => {
                let mut length = 1;
                while rest.next_if_eq(&letter).is_some() {
                    length += 1;
                }
                parts += 1;
                match longest(letter) {
                    None => return Some(advice(letter)),
                    Some(longest) if length > longest => {
                        return Some(format!("write `{letter}` {longest} times at most"));
                    }
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }
    (parts == 0).then(|| "write a .NET format, such as yyyy-MM-ddTHH:mm:ssZ".to_owned())
}

/// How often a letter may stand after itself; `None` for letters that no part of a date is.
fn longest(letter: char) -> Option<usize> {
    Some(match letter {
        'y' => 5,
        'M' | 'd' => 4,
        'H' | 'h' | 'm' | 's' | 't' | 'g' => 2,
        'f' | 'F' => 7,
        'z' => 3,
        'K' | 'T' | 'Z' => 1,
        _ => return None,
    })
}

fn advice(letter: char) -> String {
    match letter {
        'Y' => "write yyyy for the year, as in yyyy-MM-dd".to_owned(),
        'D' => "write dd for the day, as in yyyy-MM-dd".to_owned(),
        'S' => "write ss for seconds, fff for milliseconds".to_owned(),
        other => format!("`{other}` is no part of a .NET date format; put text into quotes, as in 'T'"),
    }
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn formats_of_published_connectors_are_formats() {
        for format in [
            "UnixTimestamp",
            "UnixTimestampInMills",
            "yyyy-MM-ddTHH:mm:ssZ",
            "yyyy-MM-dd",
            "yyyy-MM-ddTHH",
            "yyyy-MM-ddTHH:mm:ss",
            "yyyy-MM-ddTHH:mm:ss.fff",
            "yyyy-MM-ddTHH:mm:ss.000000+00:00",
            "yyyy-MM-dd'T'HH:mm:ss'.00Z'",
            "MM/dd/yyyy HH:mm:ss",
            "yyyy-MM-ddTHH:mm:ss.fffffffzzz",
        ] {
            assert_eq!(problem(format), None, "{format}");
        }
    }

    #[test]
    fn slips_are_named() {
        for (format, part) in [
            ("unixtimestamp", "UnixTimestamp for seconds"),
            ("ISO8601", "leave the key out"),
            ("%Y-%m-%dT%H:%M:%SZ", "strftime"),
            ("yyyy-mm-dd", "MM for months"),
            ("yyyy-MM-ddTHH:MM:ss", "mm for minutes"),
            ("YYYY-MM-DD", "yyyy for the year"),
            ("yyyy-MM-DD", "dd for the day"),
            ("yyyy-MM-ddTHH:mm:SS", "ss for seconds"),
            ("yyyy-MM-ddTHH:mm:ss.ffffffff", "7 times at most"),
            ("yyyy-MM-ddTHH:mm:ss.SSSX", "fff for milliseconds"),
            ("yyyy-MM-dd'THH:mm", "close the quote"),
            ("yyyy-MM-dd at HH", "`a` is no part"),
            ("1234", "such as yyyy-MM-dd"),
        ] {
            let found = problem(format);
            assert!(found.as_deref().is_some_and(|help| help.contains(part)), "{format}: {found:?}");
        }
    }
}
