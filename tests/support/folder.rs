//! A spec's folder as a compilation reads it.

use sentinel_gen::source::MemoryWorld;
use std::path::Path;

/// All files of a folder and of those in it, by their paths from there.
pub fn world(folder: &Path) -> MemoryWorld {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.expect("an entry").into_path()).filter(|path| path.is_file());
    files.fold(MemoryWorld::default(), |world, file| {
        let name = file.strip_prefix(folder).ok().and_then(Path::to_str).expect("a name").replace('\\', "/");
        world.with(&name, std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
    })
}
