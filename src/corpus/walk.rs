use std::fs;
use std::path::{Path, PathBuf};

use super::error::{PassedOver, Place, ReadError, ReadErrorKind, WhyPassedOver};
use super::format::Format;
use crate::files;

/// The files under `folder` that have a known extension, at any depth, sorted by
/// path. What cannot be listed is an error in its place.
///
/// Passed over, and told in the second list, are hidden files and folders, links to folders, which
/// could lead round in circles, and folders that hold a built graph or are among `without`
/// (canonical paths): what the program has written is no source. A link to a file that lies
/// elsewhere is an error, and so is what is no regular file.
pub(super) fn files(
    folder: &Path,
    without: &[PathBuf],
) -> (Vec<Result<PathBuf, ReadError>>, Vec<PassedOver>) {
    let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mut found = Found::default();
    list(folder, &Bounds { root: &root, without }, &mut found);
    (found.files, found.passed_over)
}

/// What a walk has come by so far.
#[derive(Default)]
struct Found {
    files: Vec<Result<PathBuf, ReadError>>,
    passed_over: Vec<PassedOver>,
}

impl Found {
    fn fail(&mut self, path: &Path, kind: ReadErrorKind) {
        self.files.push(Err(ReadError { place: Place::of(Some(path)), kind }));
    }

    fn pass_over(&mut self, path: PathBuf, why: WhyPassedOver) {
        self.passed_over.push(PassedOver { path, why });
    }
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

fn list(folder: &Path, bounds: &Bounds<'_>, found: &mut Found) {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) => return found.fail(folder, error.into()),
    };
    let mut entries = Vec::new();
    for entry in listing {
        match entry {
            Ok(entry) => entries.push(entry),
            Err(error) => found.fail(folder, error.into()),
        }
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.pass_over(path, WhyPassedOver::Hidden);
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                if bounds.holds_texts(&path) {
                    list(&path, bounds, found);
                } else {
                    found.pass_over(path, WhyPassedOver::Graph);
                }
            }
            Ok(_) if path.is_dir() => found.pass_over(path, WhyPassedOver::LinkedFolder),
            Ok(kind) if Format::from_extension(&path).is_some() => {
                match bounds.objection(&path, kind.is_symlink()) {
                    Some(objection) => found.fail(&path, objection),
                    None => found.files.push(Ok(path)),
                }
            }
            Ok(_) => {
                let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
                found.pass_over(path, WhyPassedOver::Extension(extension));
            }
            Err(error) => found.fail(&path, error.into()),
        }
    }
}
