//! Files of the user, opened so that nothing can hold the program up: regular files
//! only, and never waited for.
//!
//! A pipe that nobody writes into, or a device that never ends, would stop a build for
//! ever; both are errors here, before a byte is read. What is to be piped in comes by
//! standard input.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Name of the file that makes a folder one that holds a built graph.
pub const MANIFEST: &str = "demarche.json";

/// Name of the folder in a graph folder where a graph lies that is being put in place.
pub const COMMIT: &str = ".commit";

/// Does the folder hold a built graph, or one that is being put in place?
pub fn is_graph_folder(folder: &Path) -> bool {
    folder.join(MANIFEST).exists() || folder.join(COMMIT).join(MANIFEST).exists()
}

/// Opens a regular file for reading; a link is followed.
///
/// # Errors
/// When the system refuses, or when it is a folder, a pipe, a device or a socket (kind
/// `InvalidInput`).
pub fn open(path: &Path) -> io::Result<File> {
    regular(OpenOptions::new().read(true), path)
}

/// Opens a file to lock, and makes it where there is none. What is in it stays, and a
/// link is not followed: whoever may write beside could else choose the file.
///
/// # Errors
/// As [`open`], and when it is a link.
pub fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    require_regular(options.open(path)?)
}

/// Is this the file that is found at the path now?
pub fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let place = |found: std::fs::Metadata| (found.dev(), found.ino());
        let own = file.metadata().map(place);
        own.is_ok_and(|own| std::fs::symlink_metadata(path).is_ok_and(|found| place(found) == own))
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}

/// The whole of a regular file of at most `most` bytes.
///
/// # Errors
/// As [`open`], and when it is longer (kind `FileTooLarge`).
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let reason = format!("longer than {most} bytes, the most that is read");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

/// As [`read`], as UTF-8.
///
/// # Errors
/// As [`read`], and when it is no UTF-8 (kind `InvalidData`).
pub fn read_to_string(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        io::Error::new(io::ErrorKind::InvalidData, format!("no UTF-8 at byte {at}"))
    })
}

fn regular(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // To open a pipe would else wait for its writer.
        options.custom_flags(libc::O_NONBLOCK);
    }
    require_regular(options.open(path)?)
}

fn require_regular(file: File) -> io::Result<File> {
    let kind = file.metadata()?.file_type();
    if kind.is_file() {
        return Ok(file);
    }
    let what = if kind.is_dir() { "a folder" } else { "a pipe or a device" };
    let reason =
        format!("this is {what}; valid: a file, or `-` for standard input where it is read");
    Err(io::Error::new(io::ErrorKind::InvalidInput, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "words").unwrap();
        assert_eq!(read_to_string(&path, 5).unwrap(), "words");
        assert_eq!(read(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path(), 9).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused_also_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("a.txt");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        assert_eq!(open(&link).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        assert!(open_lock(&link).is_err());
    }

    #[test]
    fn a_lock_keeps_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        fs::write(&path, "mine").unwrap();
        open_lock(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mine");
    }
}
