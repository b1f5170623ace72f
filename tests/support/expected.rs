//! What a test makes, against the file that says what it should be.

use std::path::Path;

/// Fails with what differs. `SENTINEL_GEN_BLESS=1` writes the file instead.
#[track_caller]
pub fn expect(file: &Path, made: &str) {
    if std::env::var_os("SENTINEL_GEN_BLESS").is_some() {
        std::fs::write(file, made).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    let diff = similar::TextDiff::from_lines(expected.as_str(), made);
    assert!(expected == made, "{} (SENTINEL_GEN_BLESS=1 accepts this):\n{}", file.display(), diff.unified_diff());
}
