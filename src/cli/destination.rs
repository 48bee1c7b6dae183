//! Where `-o` writes: a file whole or not at all, or standard output.

use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

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

/// Fills a folder that is not there yet, or is empty. It is filled beside its place and then moved
/// there, so that an error leaves nothing half done.
pub(super) fn write_folder(path: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let write = || -> Result<()> {
        match fs::read_dir(path).map(Iterator::count) {
            Ok(0) => fs::remove_dir(path)?,
            Ok(_) => bail!("it holds files already; name a new folder, or empty it first"),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let beside = path.parent().filter(|it| !it.as_os_str().is_empty());
        let mut new = tempfile::Builder::new();
        #[cfg(unix)]
        new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let new = new.prefix(".demarche-").tempdir_in(beside.unwrap_or(Path::new(".")))?;
        fill(new.path())?;
        fs::rename(new.path(), path)?;
        let _ = new.keep();
        Ok(())
    };
    write().with_context(|| format!("cannot write {}", path.display()))
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

    #[test]
    fn a_folder_is_written_whole_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        assert!(write_folder(&path, |_| bail!("stop")).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
        let fill = |folder: &Path| Ok(fs::write(folder.join("a.md"), "new")?);
        write_folder(&path, fill).unwrap();
        assert_eq!(fs::read(path.join("a.md")).unwrap(), b"new");
        assert!(write_folder(&path, fill).is_err());
    }
}
