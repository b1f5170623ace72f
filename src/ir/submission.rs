//! Files that a submission carries beside the package.

use super::{Object, Text};

/// Events for the repository's `Sample Data` folder.
#[derive(Debug, Clone)]
pub struct SampleData {
    /// The file's name.
    pub name: String,
    /// The file as it is on the disk.
    pub source: Text,
    /// The table or stream that they belong to.
    pub of: Option<Text>,
    /// Whether that is a custom table, or a stream.
    pub is_custom: bool,
    pub records: usize,
}

/// A custom detection of Microsoft Defender XDR.
#[derive(Debug, Clone)]
pub struct CustomDetection {
    pub id: Text,
    /// The file's name without `.yaml`.
    pub file_base: String,
    pub display_name: Text,
    /// The file, complete.
    pub body: Object,
}
