//! The built-in tables of Log Analytics, searched without being parsed.
//!
//! Must not know queries. The data file says where its facts come from.

use super::types::Type;

const DATA: &str = include_str!("data/tables.txt");

/// The columns of the built-in table `name`.
pub fn columns(name: &str) -> Option<impl Iterator<Item = (&'static str, Type)> + use<>> {
    let columns = line(DATA, name)?;
    Some(columns.split(',').filter_map(|column| {
        let (name, letter) = column.split_once(':')?;
        Some((name, of_letter(letter)?))
    }))
}

/// Every built-in table, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    DATA.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).map(|(name, _)| name)
}

/// What follows `name` on its line; the lines are sorted by their first word.
fn line<'d>(data: &'d str, name: &str) -> Option<&'d str> {
    let (mut low, mut high) = (0, data.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let bytes = data.as_bytes();
        let start = bytes.get(low..middle)?.iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes.get(middle..high)?.iter().position(|byte| *byte == b'\n').map_or(high, |at| middle + at);
        let line = data.get(start..end)?;
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match if line.starts_with('#') { std::cmp::Ordering::Less } else { first.cmp(name) } {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

fn of_letter(letter: &str) -> Option<Type> {
    Some(match letter {
        "s" => Type::String,
        "t" => Type::DateTime,
        "r" => Type::Real,
        "i" => Type::Int,
        "l" => Type::Long,
        "d" => Type::DYNAMIC,
        "b" => Type::Bool,
        "g" => Type::Guid,
        "n" => Type::TimeSpan,
        "c" => Type::Decimal,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_found() {
        assert_eq!(names().filter(|name| columns(name).is_none()).collect::<Vec<_>>(), Vec::<&str>::new());
        assert!(names().count() > 800);
        assert!(columns("NoSuchTable").is_none());
        assert!(
            columns("SigninLogs").is_some_and(|mut columns| columns.any(|c| c == ("TimeGenerated", Type::DateTime)))
        );
    }
}
