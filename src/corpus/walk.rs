use std::fs;
use std::path::{Path, PathBuf};

use super::error::{Place, ReadError, ReadErrorKind};
use super::format::Format;
use crate::files;

/// The files under `folder` that have a known extension, at any depth, sorted by
/// path. What cannot be listed is an error in its place.
///
/// Passed over are hidden files and folders, links to folders, which could lead round in
/// circles, and folders that hold a built graph or are among `without` (canonical paths):
/// what the program has written is no source. A link to a file that lies elsewhere is an
/// error, and so is what is no regular file.
pub(super) fn files(folder: &Path, without: &[PathBuf]) -> Vec<Result<PathBuf, ReadError>> {
    let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mut found = Vec::new();
    list(folder, &Bounds { root: &root, without }, &mut found);
    found
}

/// What is within a walk, and what is not.
struct Bounds<'a> {
    /// The folder that was named, without links.
    root: &'a Path,
    without: &'a [PathBuf],
}

impl Bounds<'_> {
    /// Is this a folder to look into?
    fn holds_texts(&self, folder: &Path) -> bool {
        let own = || fs::canonicalize(folder).is_ok_and(|path| self.without.contains(&path));
        !files::is_graph_folder(folder) && (self.without.is_empty() || !own())
    }

    /// Why the file is none to read, if so.
    fn objection(&self, path: &Path, is_link: bool) -> Option<ReadErrorKind> {
        if is_link && !fs::canonicalize(path).is_ok_and(|target| target.starts_with(self.root)) {
            return Some(ReadErrorKind::LinkOut);
        }
        match fs::metadata(path) {
            Ok(found) if !found.is_file() => Some(ReadErrorKind::NoFile),
            _ => None,
        }
    }
}

fn list(folder: &Path, bounds: &Bounds<'_>, found: &mut Vec<Result<PathBuf, ReadError>>) {
    let fail =
        |path: &Path, kind: ReadErrorKind| Err(ReadError { place: Place::of(Some(path)), kind });
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) => return found.push(fail(folder, error.into())),
    };
    let mut entries = Vec::new();
    for entry in listing {
        match entry {
            Ok(entry) => entries.push(entry),
            Err(error) => found.push(fail(folder, error.into())),
        }
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                if bounds.holds_texts(&path) {
                    list(&path, bounds, found);
                }
            }
            Ok(kind) if Format::from_extension(&path).is_some() && !path.is_dir() => {
                found.push(match bounds.objection(&path, kind.is_symlink()) {
                    Some(objection) => fail(&path, objection),
                    None => Ok(path),
                });
            }
            Ok(_) => {}
            Err(error) => found.push(fail(&path, error.into())),
        }
    }
}
