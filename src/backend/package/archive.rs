//! The one zip writer. The same entries give the same bytes on every machine: fixed time, mode and system field, one
//! compression method at its default level.

use sha2::{Digest, Sha256};
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// What the manifest says of the package's zip.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zip {
    /// Below `output/<solution>/`.
    pub path: String,
    /// Hexadecimal, lower case.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

impl Zip {
    pub(super) fn of(path: String, bytes: &[u8]) -> Self {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Zip { path, sha256, size: bytes.len() as u64 }
    }
}

/// Packs `entries` in the order given.
pub(super) fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    // Writing to memory fails beyond 4 GiB only, and the size limit of a spec is far below.
    try_pack(entries).unwrap_or_default()
}

fn try_pack(entries: &[(&str, &[u8])]) -> ZipResult<Vec<u8>> {
    // Without these the crate would take the mode's default and the system field of the machine it runs on.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_same_entries_give_the_same_bytes_with_a_fixed_time_and_mode() -> ZipResult<()> {
        let entries: [(&str, &[u8]); 2] = [("a.json", b"{}\n"), ("b.json", b"[]\n")];
        let bytes = pack(&entries);
        assert_eq!(bytes, pack(&entries));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
        let names: ZipResult<Vec<_>> = archive.file_names().collect();
        assert_eq!(names?, ["a.json", "b.json"]);
        let mut file = archive.by_name("b.json")?;
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o644));
        assert_eq!(file.last_modified(), Some(DateTime::DEFAULT));
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        assert_eq!(text, "[]\n");
        Ok(())
    }

    #[test]
    fn a_zip_is_described_by_its_sha256_in_lower_case() {
        let zip = Zip::of("x.zip".to_owned(), b"abc");
        assert_eq!(zip.size, 3);
        assert_eq!(zip.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
