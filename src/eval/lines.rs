//! Files of JSON Lines.

use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::files;

/// The values of a file, one a line, each with its line from 1; empty lines are none. What is no
/// such value is an error beside the others.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn read<T: DeserializeOwned>(
    path: &Path,
) -> io::Result<Vec<(u64, serde_json::Result<T>)>> {
    let content = files::read_to_string(path, u64::MAX)?;
    let lines = (1..).zip(content.lines()).filter(|(_, line)| !line.trim().is_empty());
    Ok(lines.map(|(number, line)| (number, serde_json::from_str(line))).collect())
}
