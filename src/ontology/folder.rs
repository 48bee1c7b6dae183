//! The Turtle files of a user.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::finding::{Finding, Severity};
use super::source::{Source, shipped_sources};
use crate::files;

/// The longest file of an ontology that is read: 64 MiB.
const MAX_BYTES: u64 = 64 << 20;

/// The shipped files, then every `.ttl` file of each folder in sorted order. A
/// folder may also be given as one file. What cannot be read is a finding, and the
/// rest is read all the same.
pub fn sources(folders: &[PathBuf]) -> (Vec<Source>, Vec<Finding>) {
    let mut sources = shipped_sources();
    let mut findings = Vec::new();
    for (i, folder) in folders.iter().enumerate() {
        match turtle_files(folder) {
            Ok(files) if files.is_empty() => findings.push(unread(
                folder,
                Severity::Warning,
                "no Turtle file in this folder",
                "files of an ontology end in .ttl",
            )),
            Ok(files) => {
                for file in files {
                    match read(&file) {
                        Ok(text) => sources.push(Source {
                            name: file.display().to_string(),
                            text,
                            layer: i + 1,
                        }),
                        Err(what) => findings.push(unread(
                            &file,
                            Severity::Error,
                            &what,
                            "expected a Turtle file in UTF-8",
                        )),
                    }
                }
            }
            Err(error) => findings.push(unread(
                folder,
                Severity::Error,
                &format!("cannot be read: {error}"),
                "expected a folder of .ttl files",
            )),
        }
    }
    (sources, findings)
}

/// SHA-256 of what is read of one folder or file of a user, in hexadecimal digits.
pub fn layer_sum(folder: &PathBuf) -> String {
    let mut all = String::new();
    for source in sources(std::slice::from_ref(folder)).0.iter().filter(|it| it.layer > 0) {
        let _ = write!(all, "{}\n{}", source.text.len(), source.text);
    }
    files::sha256(all.as_bytes())
}

fn turtle_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !std::fs::metadata(folder)?.is_dir() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ttl")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<String, String> {
    let bytes = files::read(file, MAX_BYTES).map_err(|error| format!("cannot be read: {error}"))?;
    let text = String::from_utf8(bytes)
        .map_err(|e| format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn unread(file: &Path, severity: Severity, what: &str, valid: &str) -> Finding {
    Finding {
        file: file.display().to_string(),
        line: None,
        severity,
        term: String::new(),
        what: what.into(),
        valid: valid.into(),
    }
}
