//! Where `-o` writes: a file whole or not at all, or standard output.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::terminal;
use crate::files::Replacement;

/// Fills `path`, or standard output where it is `-`.
///
/// A file is written beside its place and then moved there, so that an error
/// leaves what was there before; a device or pipe is written as it is.
/// On a terminal, control characters are made visible.
pub(super) fn write(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    if path == Path::new("-") {
        let mut out = terminal::data();
        fill(&mut out)?;
        return Ok(out.flush()?);
    }
    write_file(path, fill).with_context(|| format!("cannot write {}", path.display()))
}

fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let finish = |mut out: BufWriter<&mut dyn Write>| -> Result<()> {
        fill(&mut out)?;
        Ok(out.flush()?)
    };
    // What the process has open already, such as /dev/stdout, may be a file that others
    // write to: it is added to.
    let is_open = path.starts_with("/dev") || path.starts_with("/proc");
    if is_open || fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let mut device = File::options().append(true).open(path)?;
        return finish(BufWriter::new(&mut device));
    }
    let mut new = Replacement::of(path)?;
    finish(BufWriter::new(&mut new))?;
    Ok(new.put()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write(&path, |out| Ok(out.write_all(b"before")?)).unwrap();
        let error = write(&path, |out| {
            out.write_all(b"half")?;
            anyhow::bail!("stop")
        });
        assert!(error.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside");
    }
}
