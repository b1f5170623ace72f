//! What changed between two builds, in the words of a reviewer. No files.
