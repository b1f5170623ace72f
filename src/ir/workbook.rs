//! Workbooks.

use super::{Object, Text, graph::Symbol};

/// A page of texts, inputs and charts over queries.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// In the graph.
    pub symbol: Symbol,
    /// The file's name without `.json`.
    pub file_base: String,
    /// The file as it is on the disk.
    pub source: Text,
    /// The content id: `workbookKey`.
    pub key: Text,
    /// The name of the resource: the key, or a GUID made from it.
    pub resource_name: String,
    pub title: Text,
    pub description: Text,
    pub version: Text,
    /// What the service keeps: the file on one line, without what stands for nothing.
    pub serialized: Text,
    /// The entry in the repository's `WorkbooksMetadata.json`, complete.
    pub entry: Object,
    pub data_types: Vec<Text>,
    pub connectors: Vec<Text>,
    pub preview_images: Vec<Text>,
    pub preview_images_dark: Vec<Text>,
    /// Files for `Workbooks/Images/Preview`: their names and contents.
    pub previews: Vec<(Text, Vec<u8>)>,
    /// Whether the solution's logo is the workbook's, and goes into `Workbooks/Images/Logos`.
    pub uses_logo: bool,
    pub queries: Vec<WorkbookQuery>,
}

/// A query of a workbook.
#[derive(Debug, Clone)]
pub struct WorkbookQuery {
    /// The step or parameter that the query belongs to.
    pub name: String,
    /// As its author wrote it.
    pub written: String,
    /// With values in place of the workbook's parameters.
    pub text: String,
    /// Where a value stands in the text and how long it is, and how long the parameter was.
    pub filled: Vec<(usize, usize, usize)>,
}

impl WorkbookQuery {
    /// The byte of [`WorkbookQuery::written`] that byte `at` of [`WorkbookQuery::text`] comes from.
    pub fn written_at(&self, at: usize) -> usize {
        let mut shift = 0isize;
        for (start, len, written) in &self.filled {
            if at < start + len {
                break;
            }
            shift += isize::try_from(*written).unwrap_or(0) - isize::try_from(*len).unwrap_or(0);
        }
        at.saturating_add_signed(shift)
    }
}
