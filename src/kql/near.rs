//! The known name that was probably meant.
//!
//! The leaf has its own, because it uses no other module.

use super::work::steps;

/// The name nearest to `word`, if it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within((word.len() / 3).clamp(1, 4), word, known)
}

/// The name that is `word` but for a slip. For names of which most are unknown: tables and functions of others.
pub fn slip<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within((word.len() / 6).clamp(1, 2), word, known)
}

fn within<'a>(limit: usize, word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut rows = Rows::default();
    let letters_of_word = letters(word);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let limit = best.map_or(limit, |(least, _)| least);
        if name.len().abs_diff(word.len()) > limit {
            continue;
        }
        // Each letter that only one of the two has costs a step of its own: most names are out before they are compared.
        let letters_of_name = letters(name);
        let only = |a: u32, b: u32| (a & !b).count_ones() as usize;
        if only(letters_of_word, letters_of_name).max(only(letters_of_name, letters_of_word)) > limit {
            continue;
        }
        let Some(distance) = rows.distance(word.as_bytes(), name.as_bytes(), limit) else { continue };
        if best.is_none_or(|(least, shortest)| (distance, name.len()) < (least, shortest.len())) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Which bytes a word has, whatever their case; some share a place.
fn letters(word: &str) -> u32 {
    steps(word.len());
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() % 32))
}

/// The last three rows of the table of distances; kept from one name to the next.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

impl Rows {
    /// Insertions, deletions, substitutions and swaps of neighbours, in bytes whatever their case; `None` beyond `limit`.
    fn distance(&mut self, a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
        steps(a.len() * b.len());
        self.last.clear();
        self.last.extend(0..=b.len());
        let same = |x: u8, y: u8| x.eq_ignore_ascii_case(&y);
        for (i, x) in a.iter().enumerate() {
            self.row.clear();
            self.row.push(i + 1);
            let (mut left, mut least_of_row) = (i + 1, i + 1);
            let mut y_before = 0;
            for (j, (y, pair)) in b.iter().zip(self.last.windows(2)).enumerate() {
                let [diagonal, above] = [pair.first(), pair.last()].map(|cell| cell.copied().unwrap_or(limit));
                let mut least = (above + 1).min(left + 1).min(diagonal + usize::from(!same(*x, *y)));
                let x_before = i.checked_sub(1).and_then(|i| a.get(i)).filter(|_| j > 0);
                if x_before.is_some_and(|x_before| same(*x_before, *y) && same(*x, y_before)) {
                    least = least.min(self.before.get(j - 1).copied().unwrap_or(limit) + 1);
                }
                (left, y_before) = (least, *y);
                least_of_row = least_of_row.min(least);
                self.row.push(least);
            }
            // A swap reaches back two rows, and costs one: the row before may still matter.
            if least_of_row > limit && self.last.iter().all(|cell| *cell >= limit) {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.row);
        }
        self.last.last().copied().filter(|distance| *distance <= limit)
    }
}
