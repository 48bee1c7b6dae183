use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::Global;
use crate::graph::folder;
use crate::ontology::Ontology;
use crate::rdf::{Naming, Store, quads, vocabulary};
use crate::resolve::Corpus;

/// The file in a graph folder that holds its triples for queries.
const FILE: &str = ".store";
/// Of fewer claims a store is made faster than it is worth to keep it.
const MANY: usize = 5_000;

/// The graph's store. That of a large graph is kept in its folder, where the next query finds it.
pub(super) fn store(global: &Global, ontology: &Ontology) -> Result<Store> {
    let manifest = folder::manifest(&global.graph)?;
    let naming = Naming::new(&manifest.base)?;
    if manifest.claims < MANY {
        return made(&global.corpus()?, ontology, naming);
    }
    let (path, key) = (global.graph.join(FILE), key(global)?);
    if let Some(store) = Store::kept(&path, &key, naming.clone()) {
        return Ok(store);
    }
    let corpus = global.corpus()?;
    let all = quads(&corpus, ontology, &naming).chain(vocabulary());
    match Store::keep(&path, &key, all, naming.clone()) {
        Ok(store) => Ok(store),
        // Where nothing can be written, as on a disk that is full, it is made each time.
        Err(_) => made(&corpus, ontology, naming),
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
