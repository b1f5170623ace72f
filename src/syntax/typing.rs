//! What a scalar without quotes means.

use super::Plain;

/// YAML 1.2's core schema, narrowed: a number is written as people write decimal numbers. Hexadecimal and octal forms,
/// leading zeros, `.inf`, `.nan` and whole numbers beyond 64 bits stay text.
pub(super) fn plain(text: &str) -> Plain {
    match text {
        "true" | "True" | "TRUE" => return Plain::Bool(true),
        "false" | "False" | "FALSE" => return Plain::Bool(false),
        _ => {}
    }
    if !text.as_bytes().last().is_some_and(|&byte| byte.is_ascii_digit() || byte == b'.') {
        return Plain::Text;
    }
    match shape(text) {
        Some(Shape::Int) => text.parse().map_or(Plain::Text, Plain::Int),
        Some(Shape::Real) => text.parse().ok().filter(|real: &f64| real.is_finite()).map_or(Plain::Text, Plain::Real),
        None => Plain::Text,
    }
}

/// Whether a scalar without quotes is YAML's null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

enum Shape {
    Int,
    Real,
}

fn shape(text: &str) -> Option<Shape> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = digits(unsigned);
    if whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    if rest.is_empty() {
        return (!whole.is_empty()).then_some(Shape::Int);
    }
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(after) => digits(after),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if rest.is_empty() {
        return Some(Shape::Real);
    }
    let exponent = rest.strip_prefix(['e', 'E'])?;
    let (power, rest) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    (!power.is_empty() && rest.is_empty()).then_some(Shape::Real)
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_and_decimal_numbers_are_typed() {
        assert_eq!(plain("true"), Plain::Bool(true));
        assert_eq!(plain("FALSE"), Plain::Bool(false));
        assert_eq!(plain("0"), Plain::Int(0));
        assert_eq!(plain("-12"), Plain::Int(-12));
        assert_eq!(plain("+3"), Plain::Int(3));
        assert_eq!(plain("9223372036854775807"), Plain::Int(i64::MAX));
        assert_eq!(plain("1.0"), Plain::Real(1.0));
        assert_eq!(plain("-0.5"), Plain::Real(-0.5));
        assert_eq!(plain(".5"), Plain::Real(0.5));
        assert_eq!(plain("5."), Plain::Real(5.0));
        assert_eq!(plain("1e3"), Plain::Real(1000.0));
        assert_eq!(plain("1.5E-2"), Plain::Real(0.015));
    }

    #[test]
    fn all_else_stays_text() {
        for text in [
            "no",
            "on",
            "yes",
            "y",
            "tRUE",
            "017",
            "-01",
            "1_000",
            "0x1F",
            "0o17",
            ".inf",
            "-.inf",
            ".nan",
            "1e999",
            "1e",
            "e3",
            ".",
            "-",
            "+",
            "",
            "1.0.0",
            "12:30:45",
            "2024-01-01",
            "15m",
            "9223372036854775808",
            "1 2",
            "١",
        ] {
            assert_eq!(plain(text), Plain::Text, "{text}");
        }
    }
}
