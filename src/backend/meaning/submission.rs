//! Files beside the package: what they are about, not their text.

use super::{notation, text};
use crate::ir;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

#[derive(Serialize)]
pub struct SampleData<'a> {
    /// The table or stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    records: usize,
    /// Of the file, hexadecimal.
    sha256: String,
}

impl<'a> SampleData<'a> {
    pub fn of(sample: &'a ir::SampleData) -> Self {
        let hash = Sha256::digest(sample.source.value.as_bytes());
        SampleData {
            of: text(&sample.of),
            records: sample.records,
            sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

#[derive(Serialize)]
pub struct CustomDetection<'a> {
    name: &'a str,
    body: Json,
}

impl<'a> CustomDetection<'a> {
    pub fn of(detection: &'a ir::CustomDetection) -> Self {
        CustomDetection { name: &detection.display_name.value, body: notation::body(&detection.body) }
    }
}
