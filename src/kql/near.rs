//! The known name that was probably meant.
//!
//! The leaf has its own, because it uses no other module.

/// The name nearest to `word`, if it is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within((word.len() / 3).clamp(1, 4), word, known)
}

/// The name that is `word` but for a slip. For names of which most are unknown: tables and functions of others.
pub fn slip<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within((word.len() / 6).clamp(1, 2), word, known)
}

fn within<'a>(limit: usize, word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_ascii_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        if name.len().abs_diff(word.len()) > limit {
            continue;
        }
        let distance = distance(&lower, &name.to_ascii_lowercase());
        let better = best.is_none_or(|(least, shortest)| (distance, name.len()) < (least, shortest.len()));
        if distance <= limit && better {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Insertions, deletions, substitutions and swaps of neighbours, in bytes.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = usize::from(x != y);
            let mut least = (cell(&last, j + 1) + 1).min(cell(&row, j) + 1).min(cell(&last, j) + cost);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                least = least.min(cell(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    cell(&last, b.len())
}
