//! Stored builds: reading any folder as one, and blessing a build as the expected one.

use sentinel_gen::backend::Bundle;
use sentinel_gen::diff::Build;
use sentinel_gen::driver::golden::{bless, read};
use sentinel_gen::driver::output;
use sentinel_gen::source::{FileId, Origin, Span};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

const SOLUTION: &str = "acme";

fn build(files: &[(&str, &[u8])]) -> Build {
    Build { files: files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect() }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn zip(text: &str, method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    writer.start_file("mainTemplate.json", options).expect("an entry");
    writer.write_all(text.as_bytes()).expect("its contents");
    writer.finish().expect("a zip").into_inner()
}

fn modified(file: &Path) -> std::time::SystemTime {
    fs::metadata(file).and_then(|data| data.modified()).expect("a file")
}

#[test]
fn blessed_build_is_read_back() {
    let dir = folder();
    let fresh = build(&[("model.json", b"{}"), ("a/b c.txt", b"x"), ("package/.script/t.json", b"[]")]);
    let done = bless(dir.path(), SOLUTION, &fresh).expect("it is stored");
    assert_eq!(done.written.len(), 3);
    assert_eq!(read(dir.path(), SOLUTION).expect("it is read"), fresh);
    let again = bless(dir.path(), SOLUTION, &fresh).expect("it is stored");
    assert_eq!((again.written.len(), again.removed.len(), again.unchanged), (0, 0, 3));
}

#[test]
fn what_is_no_longer_made_is_removed_with_its_folder() {
    let dir = folder();
    bless(dir.path(), SOLUTION, &build(&[("model.json", b"{}"), ("a/old.txt", b"x")])).expect("it is stored");
    let done = bless(dir.path(), SOLUTION, &build(&[("model.json", b"{}")])).expect("it is stored");
    assert_eq!(done.removed, ["a/old.txt"]);
    assert!(!dir.path().join(SOLUTION).join("a").exists());
}

#[test]
fn nothing_stored_is_a_build_without_files() {
    let dir = folder();
    assert!(read(dir.path(), SOLUTION).expect("it is read").files.is_empty());
    assert!(read(&dir.path().join("nowhere"), SOLUTION).expect("it is read").files.is_empty());
}

#[test]
fn output_folders_are_read_by_their_list() {
    let dir = folder();
    let origin = Origin::written(Span::start_of(FileId(0)));
    let mut old = Bundle::default();
    old.text("model.json", "{}", origin);
    old.text("package/Package/3.0.0.zip", "old", origin);
    output::write(dir.path(), SOLUTION, &old).expect("it is written");
    let mut new = Bundle::default();
    new.text("model.json", "{}", origin);
    new.text("package/Package/3.0.1.zip", "new", origin);
    output::write(dir.path(), SOLUTION, &new).expect("it is written");
    fs::write(dir.path().join(SOLUTION).join("notes.txt"), "mine").expect("a file of somebody else");
    assert_eq!(read(dir.path(), SOLUTION).expect("it is read"), Build::from(&new));
}

#[test]
fn output_folders_are_not_blessed() {
    let dir = folder();
    let mut bundle = Bundle::default();
    bundle.text("model.json", "{}", Origin::written(Span::start_of(FileId(0))));
    output::write(dir.path(), SOLUTION, &bundle).expect("it is written");
    let error = bless(dir.path(), SOLUTION, &build(&[("model.json", b"[]")])).expect_err("it is refused");
    assert_eq!(error.rule.code.to_string(), "SG0029");
    assert!(output::status(dir.path(), SOLUTION).expect("it is read").flaws.is_empty());
}

#[test]
fn repacked_zip_is_left_alone_unless_something_else_changes() {
    use zip::CompressionMethod::{Deflated, Stored};
    let dir = folder();
    let (stored, deflated) = (zip("{\"a\": 1}", Stored), zip("{\"a\": 1}", Deflated));
    assert!(stored != deflated);
    let path = dir.path().join(SOLUTION).join("3.0.0.zip");
    bless(dir.path(), SOLUTION, &build(&[("manifest.json", b"1"), ("3.0.0.zip", &stored)])).expect("it is stored");
    let before = modified(&path);
    let done = bless(dir.path(), SOLUTION, &build(&[("manifest.json", b"1"), ("3.0.0.zip", &deflated)]));
    assert!(done.expect("it is stored").written.is_empty());
    assert_eq!(modified(&path), before);
    let done = bless(dir.path(), SOLUTION, &build(&[("manifest.json", b"2"), ("3.0.0.zip", &deflated)]));
    assert_eq!(done.expect("it is stored").written, ["3.0.0.zip", "manifest.json"]);
    assert_eq!(fs::read(&path).expect("a zip"), deflated);
}

#[test]
fn leftovers_of_a_killed_blessing_are_no_files_of_the_build() {
    let dir = folder();
    let fresh = build(&[("model.json", b"{}")]);
    bless(dir.path(), SOLUTION, &fresh).expect("it is stored");
    let staging = dir.path().join(SOLUTION).join(".staging-killed");
    fs::create_dir(&staging).expect("a folder");
    fs::write(staging.join("0"), "half").expect("a file");
    assert_eq!(read(dir.path(), SOLUTION).expect("it is read"), fresh);
    bless(dir.path(), SOLUTION, &fresh).expect("it is stored");
    assert!(!staging.exists());
}

#[test]
fn files_in_the_place_of_folders_are_named() {
    let dir = folder();
    fs::write(dir.path().join(SOLUTION), "a file").expect("a file");
    let error = read(dir.path(), SOLUTION).expect_err("a file is no folder");
    assert_eq!(error.rule.code.to_string(), "SG0022");
    assert!(bless(dir.path(), SOLUTION, &build(&[("a", b"a")])).is_err());
    let error = read(&dir.path().join(SOLUTION), SOLUTION).expect_err("a file is no folder");
    assert!(error.message.contains(SOLUTION), "{}", error.message);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let dir = folder();
    let secret = dir.path().join("secret");
    fs::write(&secret, "secret").expect("a file");
    fs::create_dir(dir.path().join(SOLUTION)).expect("a folder");
    std::os::unix::fs::symlink(&secret, dir.path().join(SOLUTION).join("model.json")).expect("a link");
    let error = read(dir.path(), SOLUTION).expect_err("a link is refused");
    assert_eq!(error.rule.code.to_string(), "SG0023");
    assert!(bless(dir.path(), SOLUTION, &build(&[("model.json", b"{}")])).is_err());
    assert_eq!(fs::read_to_string(&secret).ok().as_deref(), Some("secret"));
}

#[cfg(unix)]
#[test]
fn unreadable_folders_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    bless(dir.path(), SOLUTION, &build(&[("model.json", b"{}")])).expect("it is stored");
    let file = dir.path().join(SOLUTION).join("model.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).expect("permissions");
    if fs::read(&file).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let error = read(dir.path(), SOLUTION).expect_err("it cannot be read");
    assert_eq!(error.rule.code.to_string(), "SG0028");
}
