//! Names made safe without making two of them one: what cannot stay is escaped, never
//! folded or dropped.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Component, Path};

/// What opens an escape: two hexadecimal digits follow, for one byte of UTF-8.
const ESCAPE: char = '~';

/// `name` with all but letters, digits and the characters of `kept` escaped. No two names
/// give the same, as long as `~` is not kept.
///
/// # Example
/// ```
/// use demarche::corpus::escaped;
///
/// assert_eq!(escaped("my-article", "-"), "my-article");
/// assert_eq!(escaped("Report 1", "-"), "Report~201");
/// assert_eq!(escaped("a~20b", "-"), "a~7E20b");
/// ```
pub fn escaped(name: &str, kept: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        if c != ESCAPE && (c.is_alphanumeric() || kept.contains(c)) {
            id.push(c);
        } else {
            escape(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut id);
        }
    }
    id
}

/// The id of a file: its path in the folder that is read, without extension and with `/`
/// between folders. Bytes that are no UTF-8 are escaped, so that files that differ in them
/// stay apart.
pub(super) fn of_file(path: &Path) -> String {
    let whole = path.with_extension("");
    let names: Vec<String> = whole
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(readable(name)),
            _ => None,
        })
        .collect();
    names.join("/")
}

/// A name of the file system as text; only bytes that are no UTF-8, control characters and
/// `~` are escaped.
pub(super) fn readable(name: &OsStr) -> String {
    let mut id = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if c == ESCAPE || c.is_control() {
                escape(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut id);
            } else {
                id.push(c);
            }
        }
        escape(chunk.invalid(), &mut id);
    }
    id
}

fn escape(bytes: &[u8], id: &mut String) {
    for byte in bytes {
        let _ = write!(id, "{ESCAPE}{byte:02X}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_named_by_its_path_in_the_folder() {
        assert_eq!(of_file(Path::new("000.txt")), "000");
        assert_eq!(of_file(Path::new("my-article.tar.md")), "my-article.tar");
        assert_eq!(of_file(Path::new("./a/b c.html")), "a/b c");
        assert_eq!(of_file(Path::new("a\nb~.txt")), "a~0Ab~7E");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let id = |name: &[u8]| of_file(Path::new(OsStr::from_bytes(name)));
        assert_eq!(id(b"\xff.txt"), "~FF");
        assert_ne!(id(b"\xff.txt"), id(b"\xfe.txt"));
        assert_ne!(id(b"\xff.txt"), id(b"~FF.txt"));
    }

    proptest! {
        #[test]
        fn two_names_are_never_one(a in "[aA~ é20-]{0,6}", b in "[aA~ é20-]{0,6}") {
            prop_assert_eq!(a == b, escaped(&a, "-") == escaped(&b, "-"));
        }
    }
}
