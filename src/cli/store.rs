use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Instant, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::Global;
use crate::graph::folder;
use crate::ontology::Ontology;
use crate::rdf::{Naming, Store, StoreError, quads, vocabulary};
use crate::resolve::Corpus;

/// The file in a graph folder that holds its triples for queries.
const FILE: &str = ".store";
/// The same of the graph as decisions mend it that are not built into it.
const DECIDED: &str = ".store-decided";
/// Of fewer claims a store is made faster than it is worth to keep it.
const MANY: usize = 5_000;

/// The graph's store, or none where it takes until after `deadline`. That of a large graph is kept in its
/// folder, where the next query finds it.
pub(super) fn store_until(
    global: &Global,
    ontology: &Ontology,
    deadline: Option<Instant>,
) -> Result<Option<Store>> {
    let manifest = folder::manifest(&global.graph)?;
    let naming = Naming::new(&manifest.base)?;
    if manifest.claims < MANY {
        let Some(corpus) = corpus(global, deadline)? else { return Ok(None) };
        return in_memory(&corpus, ontology, naming, deadline);
    }
    let Place { path, key } = Place::of(global, None)?;
    if let Some(store) = Store::kept(&path, &key, naming.clone()) {
        return Ok(Some(store));
    }
    let Some(corpus) = corpus(global, deadline)? else { return Ok(None) };
    let all = quads(&corpus, ontology, &naming).chain(vocabulary());
    let kept = match deadline {
        Some(deadline) => Store::keep_until(&path, &key, all, naming.clone(), deadline),
        None => Store::keep(&path, &key, all, naming.clone()),
    };
    match kept {
        Ok(store) => Ok(Some(store)),
        Err(error) if error.kind() == ErrorKind::TimedOut => Ok(None),
        // Where nothing can be written, as on a disk that is full, it is made each time.
        Err(_) => in_memory(&corpus, ontology, naming, deadline),
    }
}

/// Where a store is kept, and a sum of all that it is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    path: PathBuf,
    key: [u8; 32],
}

impl Place {
    /// Of the graph, or of the graph as a file of decisions mends it.
    pub(super) fn of(global: &Global, decisions: Option<&Path>) -> Result<Self> {
        let key = key(global)?;
        let Some(file) = decisions else { return Ok(Self { path: global.graph.join(FILE), key }) };
        let mut sum = Sha256::new();
        sum.update(key);
        sum.update(fs::read(file)?);
        Ok(Self { path: global.graph.join(DECIDED), key: sum.finalize().into() })
    }

    /// The store that is kept here.
    pub(super) fn opened(&self, global: &Global) -> Result<Option<Store>> {
        Ok(Store::kept(&self.path, &self.key, global.naming()?))
    }

    /// Makes the store of a graph that has been mended and keeps it here, where that can be written.
    pub(super) fn keep(
        &self,
        corpus: &Corpus,
        ontology: &Ontology,
        naming: Naming,
    ) -> Result<Store> {
        let all = quads(corpus, ontology, &naming).chain(vocabulary());
        let kept = Store::keep(&self.path, &self.key, all, naming.clone());
        kept.or_else(|_| made(corpus, ontology, naming))
    }
}

/// Is the graph so large that its store is kept?
pub(super) fn is_kept(global: &Global) -> Result<bool> {
    Ok(folder::manifest(&global.graph)?.claims >= MANY)
}

/// The graph's store, whatever time it takes.
pub(super) fn store(global: &Global, ontology: &Ontology) -> Result<Store> {
    store_until(global, ontology, None)?.context("a store without a deadline is there")
}

/// What the folder holds, or none where reading it takes until after `deadline`. Reading changes
/// nothing, so the thread that does it is left to itself.
fn corpus(global: &Global, deadline: Option<Instant>) -> Result<Option<Corpus>> {
    let Some(deadline) = deadline else { return Ok(Some(global.corpus()?)) };
    let (done, waiting) = mpsc::channel();
    let folder = global.graph.clone();
    thread::spawn(move || {
        // Nobody listens any more after the deadline.
        let _ = done.send(folder::open(&folder));
    });
    match waiting.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(corpus) => Ok(Some(corpus?)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => bail!("reading the graph broke down"),
    }
}

fn in_memory(
    corpus: &Corpus,
    ontology: &Ontology,
    naming: Naming,
    deadline: Option<Instant>,
) -> Result<Option<Store>> {
    let Some(deadline) = deadline else { return made(corpus, ontology, naming).map(Some) };
    let all = quads(corpus, ontology, &naming).chain(vocabulary());
    match Store::load_until(all, naming.clone(), deadline) {
        Err(StoreError::Late) => Ok(None),
        loaded => Ok(Some(loaded?)),
    }
}

/// A store in memory.
pub(super) fn made(corpus: &Corpus, ontology: &Ontology, naming: Naming) -> Result<Store> {
    let all = quads(corpus, ontology, &naming).chain(vocabulary());
    Ok(Store::load(all, naming.clone())?)
}

/// A sum of all that the triples are made of: the graph, this program, the user's ontology.
fn key(global: &Global) -> Result<[u8; 32]> {
    let mut sum = Sha256::new();
    // The manifest has the sums of all files.
    sum.update(serde_json::to_vec(&folder::manifest(&global.graph)?)?);
    let program = std::env::current_exe().ok();
    for path in program.iter().chain(&global.ontology) {
        add(&mut sum, path);
    }
    Ok(sum.finalize().into())
}

/// A file by its length and time, a folder by its files.
fn add(sum: &mut Sha256, path: &Path) {
    sum.update(path.as_os_str().as_encoded_bytes());
    let Ok(about) = fs::metadata(path) else { return };
    let changed = about.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    sum.update(about.len().to_le_bytes());
    sum.update(changed.unwrap_or_default().as_nanos().to_le_bytes());
    if let (true, Ok(entries)) = (about.is_dir(), fs::read_dir(path)) {
        let mut files: Vec<_> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
        files.sort();
        files.iter().for_each(|file| add(sum, file));
    }
}
