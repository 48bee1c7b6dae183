//! Files of the user, opened so that nothing can hold the program up: regular files
//! only, and never waited for.
//!
//! A pipe that nobody writes into, or a device that never ends, would stop a build for
//! ever; both are errors here, before a byte is read. What is to be piped in comes by
//! standard input.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

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

/// Opens a file that the program keeps for itself, to lock or to add to, and makes it where there is none. What is in it stays, and a
/// link is not followed: whoever may write beside could else choose the file.
///
/// # Errors
/// As [`open`], and when it is a link.
pub fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    require_regular(options.open(path)?)
}

/// Writes a file that the program keeps for itself anew, in its place: half of it must do no harm.
///
/// # Errors
/// As [`open_own`], and when it cannot be written.
pub fn write_own(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = open_own(path)?;
    file.set_len(0)?;
    file.write_all(bytes)
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

/// SHA-256 of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    digits(&Sha256::digest(bytes))
}

/// Some bytes in hexadecimal digits, two each.
pub fn digits(bytes: &[u8]) -> String {
    let of = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [of(byte >> 4), of(byte & 0xf)]).collect()
}

/// The 32 bytes of which these are the [`digits`].
pub fn sum_of(digits: &str) -> Option<[u8; 32]> {
    let mut sum = [0; 32];
    if digits.len() != 2 * sum.len() {
        return None;
    }
    for (byte, two) in sum.iter_mut().zip(digits.as_bytes().chunks(2)) {
        let [high, low] = [two[0], two[1]].map(|it| char::from(it).to_digit(16));
        *byte = u8::try_from(high? << 4 | low?).ok()?;
    }
    Some(sum)
}

/// A file in the making: written beside its place, then put there at once, so that whoever looks
/// sees the old file or the new one. Unless it is put there, nothing changes.
#[derive(Debug)]
pub struct Replacement {
    beside: NamedTempFile,
    place: PathBuf,
}

impl Replacement {
    /// Begins a file that is to stand at `path`. A link stays a link: what it points to is
    /// replaced.
    ///
    /// # Errors
    /// When the folder cannot be written in.
    pub fn of(path: &Path) -> io::Result<Self> {
        let place = followed(path);
        let folder = place.parent().filter(|it| !it.as_os_str().is_empty());
        let mut beside = tempfile::Builder::new();
        #[cfg(unix)]
        beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let beside = beside.prefix(".demarche-").suffix(".tmp");
        let beside = beside.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self { beside, place })
    }

    /// Where what is written lies meanwhile.
    pub fn path(&self) -> &Path {
        self.beside.path()
    }

    /// Puts it in its place, with the permissions of the file that was there.
    ///
    /// # Errors
    /// When the system refuses; what was there is still whole.
    pub fn put(self) -> io::Result<()> {
        if let Ok(before) = fs::metadata(&self.place) {
            self.beside.as_file().set_permissions(before.permissions())?;
        }
        self.beside.as_file().sync_all()?;
        self.beside.persist(&self.place).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.beside.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.beside.flush()
    }
}

/// How many links may lead from one to the next.
const LONGEST_CHAIN: usize = 40;

/// Where links lead, also where nothing is there yet.
fn followed(path: &Path) -> PathBuf {
    if let Ok(place) = fs::canonicalize(path) {
        return place;
    }
    let mut place = path.to_owned();
    for _ in 0..LONGEST_CHAIN {
        let Ok(next) = fs::read_link(&place) else { break };
        place = place.parent().unwrap_or(Path::new("")).join(next);
    }
    place
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

    #[test]
    fn digits_are_those_of_a_sum_and_back() {
        let sum: [u8; 32] = std::array::from_fn(|at| 8 * at as u8);
        let digits = digits(&sum);
        assert!(digits.starts_with("000810") && digits.ends_with("f0f8") && digits.len() == 64);
        assert_eq!(sum_of(&digits), Some(sum));
        for wrong in ["", &digits[1..], &digits.replace("f8", "+8"), &digits.replace("f8", "ä")] {
            assert_eq!(sum_of(wrong), None, "{wrong}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused_also_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("a.txt");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        assert_eq!(open(&link).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        assert!(open_own(&link).is_err());
    }

    #[test]
    fn a_replacement_is_seen_when_it_is_put_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let write = |path: &Path| {
            let mut new = Replacement::of(path).unwrap();
            new.write_all(b"new").unwrap();
            new
        };
        drop(write(&path));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write(&path).put().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_outlive_what_is_in_a_file() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::set_permissions(at("a"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a", at("to-a")).unwrap();
        symlink("b", at("to-nothing")).unwrap();
        for link in ["to-a", "to-nothing"] {
            Replacement::of(&at(link)).unwrap().put().unwrap();
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}");
        }
        assert_eq!(fs::metadata(at("a")).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read(at("a")).unwrap(), b"");
        assert!(at("b").exists());
    }

    #[test]
    fn a_lock_keeps_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        fs::write(&path, "mine").unwrap();
        open_own(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mine");
    }
}
