//! How a graph is saved: all files of it, or none.
//!
//! A graph is written whole into a folder of its own inside the graph folder, and synced.
//! One renaming makes that folder [`COMMIT`]: from there on the new graph holds, and readers
//! take each file from there. Then its files are moved to their places, the manifest last.
//! Whoever is stopped on the way leaves the old graph or the new one; the next build
//! finishes the moving, and sweeps away what was never switched to.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{
    ACTORS, CLAIMS, DECISIONS, DISPUTES, DOCUMENTS, EVENTS, FORMAT, FolderError, MANIFEST, MATTERS,
    Manifest, TEXTS,
};
use crate::files::{self, COMMIT};
use crate::resolve::{Corpus, DocumentRecord};

const LOCK: &str = ".lock";

/// How the name of a folder begins that a graph is written into.
const STAGED: &str = ".new-";

/// Files that versions wrote whose manifests do not name them.
const UNNAMED: [&str; 6] =
    [DECISIONS, "graph.trig", "summary.txt", "sources.svg", "stances.svg", "timeline.svg"];

/// How many things are written as lines at once, and how many of them by one thread.
const AHEAD: usize = 1 << 13;
const TOGETHER: usize = 1 << 8;

/// What a file of a graph folder holds, told by its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A folder that only this build may write into; given back when dropped.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    /// Holds the lock as long as it is open. The file stays: were it removed, two builds
    /// could each hold a lock of their own.
    _lock: File,
}

impl Folder {
    /// Makes the folder if it is not there, and locks it for this build. What an earlier
    /// build left halfway is finished, or swept away.
    ///
    /// # Errors
    /// [`FolderError::Busy`] when another build holds it.
    pub fn lock(dir: &Path) -> Result<Self, FolderError> {
        fs::create_dir_all(dir).map_err(FolderError::io(dir))?;
        let path = dir.join(LOCK);
        let lock = loop {
            let lock = files::open_own(&path).map_err(FolderError::io(&path))?;
            match lock.try_lock() {
                Ok(()) if files::is_at(&lock, &path) => break lock,
                // Somebody has put another file there meanwhile.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(FolderError::Busy(dir.to_owned())),
                Err(TryLockError::Error(source)) => return Err(FolderError::Io { path, source }),
            }
        };
        let folder = Self { dir: dir.to_owned(), _lock: lock };
        folder.recover().map_err(FolderError::io(dir))?;
        Ok(folder)
    }

    /// A graph to be written into this folder, which holds nothing yet.
    ///
    /// # Errors
    /// When there can be no new folder in it.
    pub fn generation(&self) -> Result<Generation<'_>, FolderError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGED);
        #[cfg(unix)]
        {
            // As an ordinary folder has it; the umask takes away from this.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        let staged = builder.tempdir_in(&self.dir).map_err(FolderError::io(&self.dir))?;
        Ok(Generation { folder: self, staged, files: Mutex::default() })
    }

    /// Writes a graph of nothing but the lists of the corpus.
    ///
    /// # Errors
    /// When a file cannot be written; the old graph then stays as it is.
    pub fn save(&self, corpus: &Corpus, base: &str) -> Result<(), FolderError> {
        self.generation()?.commit(corpus, base).map(drop)
    }

    /// Finishes or sweeps away what an earlier build has left.
    fn recover(&self) -> io::Result<()> {
        let moving = self.dir.join(COMMIT);
        if moving.join(MANIFEST).exists() {
            move_in(&self.dir, &mut |_| Ok(()))?;
        } else if moving.exists() {
            fs::remove_dir_all(&moving)?;
        }
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let (name, kind) = (entry.file_name(), entry.file_type()?);
            let name = name.to_string_lossy();
            if kind.is_dir() && name.starts_with(STAGED) {
                fs::remove_dir_all(entry.path())?;
            } else if kind.is_file() && is_beside(&name) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Is this the name of a file that an earlier version wrote beside its place, `.AbC123.tmp`?
fn is_beside(name: &str) -> bool {
    let random = name.strip_prefix('.').and_then(|rest| rest.strip_suffix(".tmp"));
    random.is_some_and(|it| it.len() == 6 && it.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A graph that is being written, unseen by readers until [`Generation::commit`].
#[derive(Debug)]
pub struct Generation<'f> {
    folder: &'f Folder,
    staged: TempDir,
    files: Mutex<BTreeMap<String, Sum>>,
}

impl Generation<'_> {
    /// Writes one file, and syncs it; several may be written at a time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.staged.path().join(name);
        let sum = write_summed(&path, write).map_err(FolderError::io(&path))?;
        self.sums().insert(name.to_owned(), sum);
        Ok(())
    }

    fn sums(&self) -> MutexGuard<'_, BTreeMap<String, Sum>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes all lists of the corpus, unless that has been done, and the manifest, and puts this
    /// graph in the place of the old one. Gives what each file holds, but the manifest.
    ///
    /// # Errors
    /// When a file cannot be written; the old graph then stays as it is. When one cannot be
    /// moved, the new graph holds, and the next build moves the rest.
    pub fn commit(self, corpus: &Corpus, base: &str) -> Result<BTreeMap<String, Sum>, FolderError> {
        if !self.sums().contains_key(CLAIMS) {
            self.lists(corpus)?;
        }
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            base: base.to_owned(),
            documents: corpus.documents.len(),
            claims: corpus.claims.len(),
            actors: corpus.actors.len(),
            matters: corpus.matters.len(),
            events: corpus.events.len(),
            disputes: corpus.disputes.len(),
            decisions: corpus.decisions.len(),
            files: std::mem::take(&mut *self.sums()),
        };
        self.file(MANIFEST, |out| {
            serde_json::to_writer_pretty(&mut *out, &manifest)?;
            out.write_all(b"\n")
        })?;
        let dir = self.folder.dir.clone();
        self.switch(&mut |_| Ok(())).map_err(FolderError::io(&dir))?;
        Ok(manifest.files)
    }

    /// Writes all lists of the corpus.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn lists(&self, corpus: &Corpus) -> Result<(), FolderError> {
        #[derive(Serialize)]
        struct TextLine<'a> {
            id: &'a str,
            text: &'a str,
        }
        self.lines(CLAIMS, &corpus.claims)?;
        self.lines(ACTORS, &corpus.actors)?;
        self.lines(MATTERS, &corpus.matters)?;
        self.lines(EVENTS, &corpus.events)?;
        self.lines(DISPUTES, &corpus.disputes)?;
        if !corpus.decisions.is_empty() {
            self.lines(DECISIONS, &corpus.decisions)?;
        }
        let documents: Vec<DocumentRecord> = corpus.documents.iter().map(without_text).collect();
        self.lines(DOCUMENTS, &documents)?;
        let texts: Vec<TextLine<'_>> =
            corpus.documents.iter().map(|it| TextLine { id: &it.id, text: &it.text }).collect();
        self.lines(TEXTS, &texts)
    }

    /// Writes things a line each, made on all threads.
    fn lines<T: Serialize + Sync>(&self, name: &str, items: &[T]) -> Result<(), FolderError> {
        let made = |some: &[T]| {
            let mut lines = Vec::new();
            for item in some {
                serde_json::to_writer(&mut lines, item)?;
                lines.push(b'\n');
            }
            Ok::<_, serde_json::Error>(lines)
        };
        self.file(name, |out| {
            for some in items.chunks(AHEAD) {
                let lines: Vec<Vec<u8>> =
                    some.par_chunks(TOGETHER).map(made).collect::<Result<_, _>>()?;
                lines.iter().try_for_each(|lines| out.write_all(lines))?;
            }
            Ok(())
        })
    }

    /// The folder that it is to be the graph of.
    pub(super) fn dir(&self) -> &Path {
        &self.folder.dir
    }

    /// Where the file of this name is written.
    pub(super) fn written(&self, name: &str) -> PathBuf {
        self.staged.path().join(name)
    }

    /// Makes the written files the graph of the folder; `step` is asked before each change
    /// that readers could see, so that a test can stop there.
    fn switch(self, step: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let dir = &self.folder.dir;
        sync(self.staged.path())?;
        step(COMMIT)?;
        fs::rename(self.staged.path(), dir.join(COMMIT))?;
        // It is no longer there to be removed.
        let _ = self.staged.keep();
        sync(dir)?;
        move_in(dir, step)
    }
}

fn without_text(document: &DocumentRecord) -> DocumentRecord {
    DocumentRecord { text: String::new(), ..document.clone() }
}

/// Moves the files of [`COMMIT`] to their places, and removes those of the graph before
/// that the new one has not.
fn move_in(dir: &Path, step: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
    let moving = dir.join(COMMIT);
    let names = |dir: &Path| -> Option<Vec<String>> {
        let manifest: Manifest =
            serde_json::from_slice(&fs::read(dir.join(MANIFEST)).ok()?).ok()?;
        Some(manifest.files.into_keys().filter(|name| is_plain(name)).collect())
    };
    let new = names(&moving).ok_or(io::ErrorKind::InvalidData)?;
    for name in &new {
        if moving.join(name).exists() {
            step(name)?;
            fs::rename(moving.join(name), dir.join(name))?;
        }
    }
    let old = names(dir).filter(|names| !names.is_empty());
    let old = old.unwrap_or_else(|| UNNAMED.map(str::to_owned).into());
    for name in old.iter().filter(|name| !new.contains(name)) {
        step(name)?;
        match fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    // All is in place before the manifest goes, which tells readers where to look.
    sync(dir)?;
    step(MANIFEST)?;
    fs::rename(moving.join(MANIFEST), dir.join(MANIFEST))?;
    step("end")?;
    fs::remove_dir(&moving)?;
    sync(dir)
}

/// Is it the name of a file, and no path to somewhere else?
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None))
}

/// Makes sure that the names in a folder outlast a power cut.
fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Counts and sums up what is written.
struct Summed<W> {
    inner: W,
    digest: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W> Summed<W> {
    fn new(inner: W) -> Self {
        Self { inner, digest: Sha256::new(), bytes: 0 }
    }

    fn sum(self) -> (W, Sum) {
        let sha256 = files::digits(&self.digest.finalize());
        (self.inner, Sum { bytes: self.bytes, sha256 })
    }
}

/// Writes a new file whole, and syncs it.
fn write_summed(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Sum> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let mut out = BufWriter::with_capacity(1 << 16, Summed::new(file));
    write(&mut out)?;
    let (file, sum) = out.into_inner().map_err(io::IntoInnerError::into_error)?.sum();
    file.sync_all()?;
    Ok(sum)
}

/// What a file holds.
pub(super) fn sum(path: &Path) -> io::Result<Sum> {
    let mut summed = Summed::new(io::sink());
    io::copy(&mut files::open(path)?, &mut summed)?;
    Ok(summed.sum().1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::{changed, open, save};

    const BASE: &str = "https://w3id.org/demarche/id/";

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// A folder with an old graph, which has one file that a new one has not, and the two.
    fn old_and_new() -> (TempDir, Corpus, Corpus) {
        let dir = tempfile::tempdir().unwrap();
        let old = fixture::corpus();
        let folder = Folder::lock(dir.path()).unwrap();
        let generation = folder.generation().unwrap();
        generation.file("stances.svg", |out| out.write_all(b"<svg/>")).unwrap();
        generation.commit(&old, BASE).unwrap();
        (dir, old, Corpus::default())
    }

    /// Saves, and stops before the change of this number.
    fn stopped_at(dir: &Path, corpus: &Corpus, number: usize) -> bool {
        let folder = Folder::lock(dir).unwrap();
        let generation = folder.generation().unwrap();
        generation.lists(corpus).unwrap();
        let files = generation.sums().clone();
        let manifest = Manifest { format: FORMAT, files, ..Manifest::default() };
        generation.file(MANIFEST, |out| Ok(serde_json::to_writer(out, &manifest)?)).unwrap();
        let mut left = number;
        let stopped = generation.switch(&mut |_| {
            left = left.checked_sub(1).ok_or(io::ErrorKind::Interrupted)?;
            Ok(())
        });
        stopped.is_err()
    }

    #[test]
    fn whoever_is_stopped_at_any_renaming_leaves_the_old_graph_or_the_new() {
        let mut number = 0;
        loop {
            let (dir, old, new) = old_and_new();
            let stopped = stopped_at(dir.path(), &new, number);
            let expected = if number == 0 { &old } else { &new };
            assert_eq!(&open(dir.path()).unwrap(), expected, "stopped at {number}");
            assert_eq!(changed(dir.path()).unwrap(), Vec::<String>::new(), "stopped at {number}");
            drop(Folder::lock(dir.path()).unwrap());
            assert_eq!(&open(dir.path()).unwrap(), expected, "mended after {number}");
            let hidden: Vec<String> =
                names(dir.path()).into_iter().filter(|name| name.starts_with('.')).collect();
            assert_eq!(hidden, [LOCK]);
            assert_eq!(dir.path().join("stances.svg").exists(), number == 0);
            if !stopped {
                break;
            }
            number += 1;
        }
        assert!(number > 9, "there are as many renamings as files");
    }

    #[test]
    fn whoever_is_stopped_while_writing_leaves_the_old_graph() {
        let (dir, old, new) = old_and_new();
        let folder = Folder::lock(dir.path()).unwrap();
        let generation = folder.generation().unwrap();
        generation.lists(&new).unwrap();
        std::mem::forget(generation);
        fs::write(dir.path().join(".AbC123.tmp"), "half").unwrap();
        fs::write(dir.path().join(".mine.tmp"), "kept").unwrap();
        drop(folder);
        assert_eq!(open(dir.path()).unwrap(), old);
        save(&new, BASE, dir.path()).unwrap();
        assert_eq!(open(dir.path()).unwrap(), new);
        let left = names(dir.path());
        assert!(left.iter().all(|name| !name.starts_with(STAGED)), "{left:?}");
        assert!(
            !left.contains(&".AbC123.tmp".to_owned()) && left.contains(&".mine.tmp".to_owned())
        );
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_old_graph() {
        let (dir, old, _) = old_and_new();
        let folder = Folder::lock(dir.path()).unwrap();
        let generation = folder.generation().unwrap();
        let result = generation.file("claims.jsonl", |out| {
            out.write_all(b"half a l")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(matches!(result, Err(FolderError::Io { .. })));
        drop(generation);
        assert_eq!(open(dir.path()).unwrap(), old);
        assert!(names(dir.path()).iter().all(|name| !name.starts_with(STAGED)));
    }

    #[test]
    fn only_one_build_at_a_time_and_the_lock_stays() {
        let dir = tempfile::tempdir().unwrap();
        let first = Folder::lock(dir.path()).unwrap();
        assert!(matches!(Folder::lock(dir.path()), Err(FolderError::Busy(_))));
        drop(first);
        assert!(dir.path().join(LOCK).exists());
        assert!(Folder::lock(dir.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_that_is_a_link_or_a_pipe_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("mine");
        fs::write(&target, "words").unwrap();
        std::os::unix::fs::symlink(&target, dir.path().join(LOCK)).unwrap();
        assert!(matches!(Folder::lock(dir.path()), Err(FolderError::Io { .. })));
        assert_eq!(fs::read(&target).unwrap(), b"words");
    }

    #[test]
    fn every_byte_that_changed_is_noticed() {
        let (dir, _, _) = old_and_new();
        assert_eq!(changed(dir.path()).unwrap(), Vec::<String>::new());
        fs::write(dir.path().join("stances.svg"), "<svg></svg>").unwrap();
        fs::remove_file(dir.path().join("events.jsonl")).unwrap();
        let found = changed(dir.path()).unwrap();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("events.jsonl") && found[1].contains("stances.svg"));
    }
}
