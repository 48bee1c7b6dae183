use std::fs;
use std::path::{Path, PathBuf};

use super::error::{Place, ReadError};
use super::format::Format;

/// The files under `folder` that have a known extension, at any depth, sorted by
/// path. Hidden files and folders are passed over, and so are links to folders,
/// which could lead round in circles. What cannot be listed is an error in its place.
pub(super) fn files(folder: &Path) -> Vec<Result<PathBuf, ReadError>> {
    let fail = |path: &Path, error: std::io::Error| {
        Err(ReadError { place: Place::of(Some(path)), kind: error.into() })
    };
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) => return vec![fail(folder, error)],
    };
    let mut found = Vec::new();
    let mut entries = Vec::new();
    for entry in listing {
        match entry {
            Ok(entry) => entries.push(entry),
            Err(error) => found.push(fail(folder, error)),
        }
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&path)),
            Ok(_) if Format::from_extension(&path).is_some() && !path.is_dir() => {
                found.push(Ok(path));
            }
            Ok(_) => {}
            Err(error) => found.push(fail(&path, error)),
        }
    }
    found
}
