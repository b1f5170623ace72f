//! The order of strings.

use std::cmp::Ordering;

/// Which of two strings Resource Manager puts first: by letters whatever their case, then small before capital. That is
/// documented (`greater('A', 'a')` is true) and observed (the order of `items` in the tests of the Bicep compiler) for
/// letters and digits. Punctuation goes before them; between two marks, and for the marks between `9` and `A` or `Z` and
/// `a`, the orders of .NET differ, and which one holds is not documented: `None`, as for what is not ASCII.
pub fn of_texts(left: &str, right: &str) -> Option<Ordering> {
    if left == right {
        return Some(Ordering::Equal);
    }
    let unlike = left.bytes().zip(right.bytes()).find(|(a, b)| !a.eq_ignore_ascii_case(b));
    if let Some((a, b)) = unlike {
        let known = (rank(a)?, rank(b)?);
        let both_marks = known.0 == 0 && known.1 == 0;
        return (!both_marks).then(|| known.0.cmp(&known.1));
    }
    let by_length = left.len().cmp(&right.len());
    let case = || left.bytes().zip(right.bytes()).find(|(a, b)| a != b).map_or(Ordering::Equal, |(a, b)| b.cmp(&a));
    (left.is_ascii() && right.is_ascii()).then(|| by_length.then_with(case))
}

/// The place of a character: marks before digits before letters.
fn rank(byte: u8) -> Option<u8> {
    match byte {
        b' '..=b'/' => Some(0),
        b'0'..=b'9' | b'A'..=b'Z' => Some(byte),
        b'a'..=b'z' => Some(byte.to_ascii_uppercase()),
        _ => None,
    }
}

/// Sorts by a string; `false` if the order of some two of them is not known.
pub fn sort_by_text<T>(items: &mut [T], key: impl Fn(&T) -> &str) -> bool {
    let upper = |item: &T| key(item).to_ascii_uppercase();
    items.sort_by(|a, b| upper(a).cmp(&upper(b)).then_with(|| key(b).cmp(key(a))));
    // Two whose order is not known have such a pair of neighbours between them: they share what goes before the mark.
    items.windows(2).all(|pair| match pair {
        [a, b] => of_texts(key(a), key(b)).is_some(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_breaks_ties_alone_and_what_is_not_known_is_said() {
        use Ordering::{Equal, Greater, Less};
        let cases = [
            ("abc", "abc", Some(Equal)),
            ("ABC", "abd", Some(Less)),
            ("A", "a", Some(Greater)),
            ("a", "A", Some(Less)),
            ("aB", "Ab", Some(Less)),
            ("ab", "abc", Some(Less)),
            ("AB", "abc", Some(Less)),
            ("9", "A", Some(Less)),
            ("a-b", "ab", Some(Less)),
            ("a_b", "ab", None),
            ("a-b", "a.b", None),
            ("é", "e", None),
            ("é", "éa", None),
        ];
        for (left, right, order) in cases {
            assert_eq!(of_texts(left, right), order, "{left} {right}");
            assert_eq!(of_texts(right, left), order.map(Ordering::reverse), "{right} {left}");
        }
    }
}
