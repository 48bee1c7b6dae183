//! One build at a time into one folder.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Name of the file that is locked, in the folder.
const NAME: &str = ".lock";

/// Holds a folder until it is dropped, or until the process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the folder, making it where it is missing.
    ///
    /// # Errors
    /// When another process holds it, or when it cannot be written.
    pub fn take(folder: &Path) -> Result<Self> {
        let cannot = || format!("cannot write into {}", folder.display());
        fs::create_dir_all(folder).with_context(cannot)?;
        let file = File::create(folder.join(NAME)).with_context(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => bail!(
                "another build is writing into {0}: wait for it, or build into another folder with -o",
                folder.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_once_and_free_again_after() {
        let folder = tempfile::tempdir().unwrap();
        let held = Lock::take(folder.path()).unwrap();
        let error = Lock::take(folder.path()).unwrap_err().to_string();
        assert!(error.contains("another build"), "{error}");
        drop(held);
        assert!(Lock::take(folder.path()).is_ok());
    }
}
