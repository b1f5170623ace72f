//! Writing `output/<solution>/`: all or nothing, healed when torn, other people's files left alone.

use sentinel_gen::backend::Bundle;
use sentinel_gen::driver::output::{Flaw, LIST, LOCK, Written, status, write};
use sentinel_gen::source::{FileId, Origin, Span};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const SOLUTION: &str = "acme";
const ZIP: &str = "package/Solutions/Acme/Package/3.0.0.zip";

fn bundle(files: &[(&str, &str)]) -> Bundle {
    let origin = Origin::written(Span::start_of(FileId(0)));
    let mut bundle = Bundle::default();
    for (path, text) in files {
        bundle.text(*path, *text, origin);
    }
    bundle
}

fn usual() -> Bundle {
    bundle(&[("model.json", "{\"modelVersion\": 1}\n"), ("deploy/main.bicep", "one\n"), ("docs/README.md", "# Acme\n")])
}

fn built(out: &Path, bundle: &Bundle) -> Written {
    write(out, SOLUTION, bundle).expect("the build is written")
}

fn refused(out: &Path, bundle: &Bundle) -> String {
    let before = tree(out);
    let error = write(out, SOLUTION, bundle).expect_err("the build is refused");
    assert_eq!(tree(out), before, "a refused build changes nothing");
    assert!(!error.help.is_empty());
    format!("{} {}", error.rule.code, error.message)
}

/// Every file below a folder with its text, folders with `/`; the empty lock apart.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().filter_map(Result::ok);
    let mut tree = BTreeMap::new();
    for entry in entries.filter(|entry| entry.file_name() != LOCK) {
        let path = entry.path().strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
        if entry.file_type().is_dir() {
            tree.insert(format!("{path}/"), String::new());
        } else {
            tree.insert(path, String::from_utf8_lossy(&fs::read(entry.path()).unwrap_or_default()).into_owned());
        }
    }
    tree
}

fn out() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let out = dir.path().join("output");
    (dir, out)
}

#[test]
fn first_build_writes_all_files_and_the_list() {
    let (_dir, out) = out();
    let done = built(&out, &usual());
    assert_eq!(done.written, ["deploy/main.bicep", "docs/README.md", "model.json"]);
    assert!(done.healed.is_empty() && done.unchanged.is_empty() && done.removed.is_empty());
    let list = fs::read_to_string(out.join(SOLUTION).join(LIST)).expect("a list");
    let expected = include_str!("output/build-list.json");
    assert_eq!(list, expected);
    assert!(status(&out, SOLUTION).expect("it can be read").flaws.is_empty());
}

#[test]
fn unchanged_build_writes_nothing() {
    let (_dir, out) = out();
    built(&out, &usual());
    let times = |out: &Path| -> Vec<_> {
        let entries = walkdir::WalkDir::new(out).sort_by_file_name().into_iter().filter_map(Result::ok);
        entries.map(|e| (e.path().to_owned(), e.metadata().ok().and_then(|m| m.modified().ok()))).collect()
    };
    let before = times(&out);
    std::thread::sleep(Duration::from_millis(20));
    let done = built(&out, &usual());
    assert_eq!(times(&out), before);
    assert!(done.written.is_empty());
    assert_eq!(done.unchanged.len(), 3);
}

#[test]
fn only_what_changed_is_written() {
    let (_dir, out) = out();
    built(&out, &usual());
    let mut next = usual();
    next.files.append(&mut bundle(&[("docs/README.md", "# Acme 2\n")]).files);
    let done = built(&out, &next);
    assert_eq!(done.written, ["docs/README.md"]);
    assert_eq!(done.unchanged, ["deploy/main.bicep", "model.json"]);
}

#[test]
fn dropped_files_and_their_empty_folders_are_removed() {
    let (_dir, out) = out();
    built(&out, &bundle(&[("model.json", "{}"), ("a/b/c.txt", "c"), ("a/d.txt", "d")]));
    fs::write(out.join(SOLUTION).join("a/mine.txt"), "mine").expect("a file of somebody else");
    let done = built(&out, &bundle(&[("model.json", "{}")]));
    assert_eq!(done.removed, ["a/b/c.txt", "a/d.txt"]);
    let left: Vec<_> = tree(&out.join(SOLUTION)).into_keys().collect();
    assert_eq!(left, ["a/", "a/mine.txt", LIST, "model.json"]);
}

#[test]
fn packages_of_earlier_versions_stay() {
    let (_dir, out) = out();
    let newer = "package/Solutions/Acme/Package/3.0.1.zip";
    built(&out, &bundle(&[("model.json", "{}"), (ZIP, "old")]));
    let done = built(&out, &bundle(&[("model.json", "{}"), (newer, "new")]));
    assert_eq!(done.earlier, [ZIP]);
    assert!(done.removed.is_empty());
    assert_eq!(fs::read_to_string(out.join(SOLUTION).join(ZIP)).ok().as_deref(), Some("old"));
    // And again: it stays listed, and nothing is written.
    let again = built(&out, &bundle(&[("model.json", "{}"), (newer, "new")]));
    assert!(again.written.is_empty() && again.earlier == [ZIP]);
    // Back to the earlier version with other contents: the file is known to be a build's own.
    let back = built(&out, &bundle(&[("model.json", "{}"), (ZIP, "old, corrected")]));
    assert_eq!(back.written, [ZIP]);
    assert_eq!(back.earlier, [newer]);
}

#[test]
fn files_of_others_stop_the_build_unless_they_are_the_same() {
    let (_dir, out) = out();
    let readme = out.join(SOLUTION).join("docs/README.md");
    fs::create_dir_all(readme.parent().expect("docs")).expect("folders");
    fs::write(&readme, "by hand\n").expect("a file");
    let refused = refused(&out, &usual());
    assert!(refused.starts_with("SG0021"), "{refused}");
    assert!(refused.contains("acme/docs/README.md"), "{refused}");
    fs::write(&readme, "# Acme\n").expect("a file");
    assert_eq!(built(&out, &usual()).unchanged, ["docs/README.md"]);
}

#[test]
fn changed_and_missing_files_are_noticed_and_healed() {
    let (_dir, out) = out();
    built(&out, &usual());
    fs::write(out.join(SOLUTION).join("deploy/main.bicep"), "edited\n").expect("an edit");
    fs::remove_file(out.join(SOLUTION).join("docs/README.md")).expect("a deletion");
    let flaws = [Flaw::Missing("docs/README.md".into()), Flaw::Changed("deploy/main.bicep".into())];
    let found = status(&out, SOLUTION).expect("it can be read");
    assert_eq!(found.flaws, flaws);
    let finding = found.finding(Span::start_of(FileId(0))).expect("a finding");
    assert_eq!(finding.code().to_string(), "SG0025");
    let done = built(&out, &usual());
    assert_eq!(done.healed, flaws);
    let finding = done.finding(Span::start_of(FileId(0))).expect("a finding");
    assert_eq!(finding.code().to_string(), "SG0024");
    assert!(status(&out, SOLUTION).expect("it can be read").flaws.is_empty());
}

#[test]
fn missing_and_damaged_lists_are_healed() {
    for damage in [None, Some("{\"listVersion\": 1, \"files\": ["), Some("")] {
        let (_dir, out) = out();
        built(&out, &usual());
        let list = out.join(SOLUTION).join(LIST);
        let whole = fs::read(&list).expect("a list");
        match damage {
            None => fs::remove_file(&list).expect("a deletion"),
            Some(text) => fs::write(&list, text).expect("a damage"),
        }
        let mut next = usual();
        next.files.append(&mut bundle(&[("docs/README.md", "# Acme 2\n")]).files);
        let done = built(&out, &next);
        let flaw = if damage.is_none() { Flaw::NoList } else { Flaw::UnreadableList };
        assert_eq!(done.healed, [flaw]);
        built(&out, &usual());
        assert_eq!(fs::read(&list).expect("a list"), whole);
    }
}

#[test]
fn a_lost_list_is_told_from_a_stored_build() {
    let (_dir, out) = out();
    built(&out, &usual());
    fs::remove_file(out.join(SOLUTION).join(LIST)).expect("a deletion");
    let found = status(&out, SOLUTION).expect("it can be read");
    assert!(found.built);
    assert_eq!(found.flaws, [Flaw::NoList]);
    fs::remove_file(out.join(SOLUTION).join(LOCK)).expect("a deletion");
    let found = status(&out, SOLUTION).expect("it can be read");
    assert!(!found.built && found.flaws.is_empty());
}

#[test]
fn a_list_cannot_reach_outside_its_folder() {
    let (_dir, out) = out();
    built(&out, &usual());
    fs::write(out.join("precious.txt"), "precious").expect("a file outside");
    let list = out.join(SOLUTION).join(LIST);
    let text = fs::read_to_string(&list).expect("a list").replace("docs/README.md", "../precious.txt");
    fs::write(&list, text).expect("a forged list");
    let done = built(&out, &bundle(&[("model.json", "{\"modelVersion\": 1}\n")]));
    assert_eq!(done.healed, [Flaw::UnreadableList]);
    assert!(out.join("precious.txt").exists());
}

/// The state of a kill after everything was staged and some files were renamed: the old list, and a staging folder that
/// holds the new one.
fn torn(out: &Path, old: Option<&Bundle>, new: &Bundle, renamed: &[&str]) {
    let scratch = tempfile::tempdir().expect("a folder");
    built(scratch.path(), new);
    if let Some(old) = old {
        built(out, old);
    }
    let staging = out.join(SOLUTION).join(".staging-killed");
    fs::create_dir_all(&staging).expect("a staging folder");
    fs::copy(scratch.path().join(SOLUTION).join(LIST), staging.join(LIST)).expect("the new list");
    fs::write(staging.join("0"), "staged").expect("a staged file");
    for file in renamed {
        let place = out.join(SOLUTION).join(file);
        fs::create_dir_all(place.parent().expect("a parent")).expect("folders");
        fs::write(place, &new.files[*file].bytes).expect("a renamed file");
    }
}

#[test]
fn kill_before_the_first_rename_leaves_the_old_build_and_is_swept() {
    let (_dir, out) = out();
    let new = bundle(&[("model.json", "{\"modelVersion\": 1, \"n\": 2}\n")]);
    torn(&out, Some(&usual()), &new, &[]);
    assert_eq!(status(&out, SOLUTION).expect("it can be read").flaws, [Flaw::Leftover(".staging-killed".into())]);
    let done = built(&out, &usual());
    assert_eq!(done.healed, [Flaw::Leftover(".staging-killed".into())]);
    assert!(done.written.is_empty());
    assert!(!out.join(SOLUTION).join(".staging-killed").exists());
}

#[test]
fn kill_between_renames_is_healed_even_after_the_spec_changed_again() {
    let (_dir, out) = out();
    let second =
        bundle(&[("model.json", "{\"modelVersion\": 1}\n"), ("deploy/main.bicep", "two\n"), ("new.txt", "new")]);
    torn(&out, Some(&usual()), &second, &["deploy/main.bicep", "new.txt"]);
    let third = bundle(&[("model.json", "{\"modelVersion\": 1}\n"), ("deploy/main.bicep", "three\n")]);
    let done = built(&out, &third);
    let flaws = [Flaw::Leftover(".staging-killed".into()), Flaw::Changed("deploy/main.bicep".into())];
    assert_eq!(done.healed, flaws);
    assert_eq!(done.removed, ["docs/README.md", "new.txt"]);
    let left: Vec<_> = tree(&out.join(SOLUTION)).into_keys().collect();
    assert_eq!(left, [LIST, "deploy/", "deploy/main.bicep", "model.json"]);
}

#[test]
fn kill_of_the_first_build_is_healed_without_any_list() {
    let (_dir, out) = out();
    torn(&out, None, &usual(), &["deploy/main.bicep"]);
    let next = bundle(&[("model.json", "{\"modelVersion\": 1}\n"), ("deploy/main.bicep", "changed since\n")]);
    let done = built(&out, &next);
    assert_eq!(done.healed, [Flaw::NoList, Flaw::Leftover(".staging-killed".into())]);
    assert_eq!(done.written, ["deploy/main.bicep", "model.json"]);
    assert!(status(&out, SOLUTION).expect("it can be read").flaws.is_empty());
}

/// Not a test of its own: what [`killed_processes_never_leave_half_a_file`] starts and kills.
#[test]
#[ignore = "a process for another test to kill"]
fn writer_for_the_kill_test() {
    let Some(out) = std::env::var_os("SENTINEL_GEN_TEST_OUT") else { return };
    let (a, b) = (big('a'), big('b'));
    for _ in 0..100_000 {
        built(Path::new(&out), &a);
        built(Path::new(&out), &b);
    }
}

fn big(letter: char) -> Bundle {
    let text: String = std::iter::repeat_n(letter, 100_000).collect();
    let mut files = vec![("model.json".to_owned(), format!("{{\"modelVersion\": 1, \"letter\": \"{letter}\"}}"))];
    files.extend((0..8).map(|i| (format!("folder{}/{letter}{i}.txt", i % 3), text.clone())));
    files.extend((0..8).map(|i| (format!("folder{}/common{i}.txt", i % 3), text.clone())));
    bundle(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

#[test]
fn killed_processes_never_leave_half_a_file() {
    let (_dir, out) = out();
    let (a, b) = (big('a'), big('b'));
    for round in 0..12_u64 {
        let exe = std::env::current_exe().expect("the test itself");
        let mut child = Command::new(exe)
            .args(["--exact", "writer_for_the_kill_test", "--ignored"])
            .env("SENTINEL_GEN_TEST_OUT", &out)
            .stdout(Stdio::null())
            .spawn()
            .expect("a process");
        std::thread::sleep(Duration::from_millis(40 + round * 7));
        child.kill().expect("a kill");
        child.wait().expect("an end");
        for (path, text) in tree(&out.join(SOLUTION)) {
            let whole = |bundle: &Bundle| bundle.files.get(&path).is_some_and(|file| file.bytes == text.as_bytes());
            let ours = !path.ends_with('/') && !path.starts_with(".staging-") && path != LIST;
            assert!(!ours || whole(&a) || whole(&b), "half a file after round {round}: {path}");
        }
        built(&out, if round % 2 == 0 { &a } else { &b });
        assert!(status(&out, SOLUTION).expect("it can be read").flaws.is_empty(), "healed after round {round}");
        let wanted = if round % 2 == 0 { &a } else { &b };
        let files = tree(&out.join(SOLUTION)).into_keys().filter(|path| !path.ends_with('/')).count();
        assert_eq!(files, wanted.files.len() + 1, "nothing is left over after round {round}");
    }
}

#[test]
fn builds_at_the_same_time_leave_one_whole_build() {
    let (_dir, out) = out();
    let (a, b) = (big('a'), big('b'));
    std::thread::scope(|scope| {
        for bundle in [&a, &b, &a, &b] {
            let out = &out;
            scope.spawn(move || (0..5).for_each(|_| drop(built(out, bundle))));
        }
    });
    assert!(status(&out, SOLUTION).expect("it can be read").flaws.is_empty());
}

#[test]
fn unsafe_names_are_refused() {
    let names =
        ["../x", "/x", "a//b", "a/./b", "a\\b", "a:b", "nul", "a/COM1.txt", "a.", "a\u{7}b", "", LIST, ".staging-x"];
    for name in names {
        let (dir, out) = out();
        let refused = refused(&out, &bundle(&[(name, "x")]));
        assert!(refused.starts_with("SG0027"), "{name}: {refused}");
        assert_eq!(tree(dir.path()).len(), 0);
    }
    let (_dir, out) = out();
    let refused = refused(&out, &bundle(&[("Docs/a", "x"), ("docs/a", "x")]));
    assert!(refused.starts_with("SG0027"), "{refused}");
    assert!(write(&out, "../acme", &usual()).is_err());
}

#[test]
fn names_that_change_in_case_alone_leave_one_file() {
    let (_dir, out) = out();
    built(&out, &bundle(&[("model.json", "{}"), ("package/acme.txt", "x")]));
    let done = built(&out, &bundle(&[("model.json", "{}"), ("package/Acme.txt", "x")]));
    assert_eq!(done.written, ["package/Acme.txt"]);
    assert_eq!(done.removed, ["package/acme.txt"]);
    assert!(out.join(SOLUTION).join("package/Acme.txt").exists());
}

#[test]
fn files_in_the_place_of_folders_and_folders_in_the_place_of_files_are_named() {
    let (dir, out) = out();
    fs::write(&out, "a file").expect("a file");
    let error = write(&out, SOLUTION, &usual()).expect_err("a file is no folder");
    assert_eq!(error.rule.code.to_string(), "SG0022", "{}", error.message);
    assert_eq!(tree(dir.path()).len(), 1);
    fs::remove_file(&out).expect("a deletion");
    fs::create_dir_all(out.join(SOLUTION)).expect("a folder");
    fs::write(out.join(SOLUTION).join("docs"), "a file").expect("a file");
    assert!(refused(&out, &usual()).starts_with("SG0022"));
    fs::remove_file(out.join(SOLUTION).join("docs")).expect("a deletion");
    fs::create_dir_all(out.join(SOLUTION).join("docs/README.md")).expect("a folder");
    assert!(refused(&out, &usual()).starts_with("SG0022"));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn links_are_not_followed() {
        let (dir, out) = out();
        let elsewhere = dir.path().join("elsewhere");
        fs::create_dir_all(&elsewhere).expect("a folder");
        fs::create_dir_all(out.join(SOLUTION)).expect("a folder");
        symlink(&elsewhere, out.join(SOLUTION).join("docs")).expect("a link");
        let text = refused(&out, &usual());
        assert!(text.starts_with("SG0023"), "{text}");
        assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
        fs::remove_file(out.join(SOLUTION).join("docs")).expect("a deletion");
        symlink(elsewhere.join("x"), out.join(SOLUTION).join("model.json")).expect("a link");
        assert!(refused(&out, &usual()).starts_with("SG0023"));
        assert!(!elsewhere.join("x").exists());
    }

    #[test]
    fn the_output_folder_itself_may_be_a_link() {
        let (dir, out) = out();
        fs::create_dir_all(dir.path().join("elsewhere")).expect("a folder");
        symlink(dir.path().join("elsewhere"), &out).expect("a link");
        assert_eq!(built(&out, &usual()).written.len(), 3);
    }

    #[test]
    fn read_only_folders_are_named_and_nothing_is_left() {
        let (dir, out) = out();
        built(&out, &usual());
        let docs = out.join(SOLUTION).join("docs");
        fs::set_permissions(&docs, fs::Permissions::from_mode(0o555)).expect("permissions");
        if tempfile::tempfile_in(&docs).is_ok() {
            eprintln!("skipped: this user may write to read-only folders");
            return;
        }
        let next = bundle(&[("model.json", "{\"modelVersion\": 1}\n"), ("docs/README.md", "2"), ("new/a.txt", "a")]);
        let text = refused(&out, &next);
        fs::set_permissions(&docs, fs::Permissions::from_mode(0o755)).expect("permissions");
        assert!(text.starts_with("SG0020"), "{text}");
        drop(dir);
    }

    /// Needs a file system of less than 1 MB, which only an administrator can make:
    /// `mount -t tmpfs -o size=100k tmpfs DIR`, then `SENTINEL_GEN_SMALL_FOLDER=DIR`.
    #[test]
    fn full_folders_are_named_and_nothing_is_left() {
        let Some(small) = std::env::var_os("SENTINEL_GEN_SMALL_FOLDER") else {
            eprintln!("skipped: SENTINEL_GEN_SMALL_FOLDER names no small file system");
            return;
        };
        let out = Path::new(&small).join("output");
        assert!(refused(&out, &big('a')).starts_with("SG0020"));
        assert!(!out.exists());
        built(&out, &usual());
        let mut next = big('a');
        next.files.append(&mut usual().files);
        assert!(refused(&out, &next).starts_with("SG0020"));
        assert!(status(&out, SOLUTION).expect("it can be read").flaws.is_empty());
        fs::remove_dir_all(&out).expect("a deletion");
    }

    #[test]
    fn files_can_be_read_by_others() {
        let (_dir, out) = out();
        built(&out, &usual());
        let mode = fs::metadata(out.join(SOLUTION).join("model.json")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o700, 0o600);
        let plain = out.join("plain");
        fs::write(&plain, "").expect("a file");
        assert_eq!(mode, fs::metadata(&plain).expect("a file").permissions().mode());
    }
}
