//! Stand-ins for rooms that are still being built.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::destination;
use crate::annotate::Annotation;
use crate::corpus::{Document, Text};
use crate::extract::Claim;
use crate::resolve::{Corpus, DocumentRecord};

pub type Format = String;

#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct ReadError {
    path: PathBuf,
    #[source]
    error: std::io::Error,
}

pub fn read(
    paths: &[PathBuf],
    _format: Option<Format>,
) -> impl Iterator<Item = Result<(Document, Vec<String>), ReadError>> + Send {
    let paths = paths.to_vec();
    paths
        .into_iter()
        .flat_map(|path| match fs::read_dir(&path) {
            Ok(files) => files.flatten().map(|it| it.path()).collect::<BTreeSet<_>>(),
            Err(_) => BTreeSet::from([path]),
        })
        .map(|path| match fs::read_to_string(&path) {
            Ok(text) => Ok((
                Document {
                    id: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                    path: Some(path),
                    title: None,
                    date: None,
                    publisher: None,
                    author: None,
                    url: None,
                    language: None,
                    text: Text::new(text),
                },
                Vec::new(),
            )),
            Err(error) => Err(ReadError { path, error }),
        })
}

pub struct Annotator;

impl Annotator {
    pub fn embedded() -> Result<Self, Infallible> {
        Ok(Self)
    }

    pub fn annotate(&self, _text: &Text) -> Annotation {
        Annotation::default()
    }
}

pub mod folder {
    use super::*;

    pub struct Folder(PathBuf);

    impl Folder {
        pub fn lock(dir: &Path) -> Result<Self> {
            fs::create_dir_all(dir)?;
            Ok(Self(dir.to_owned()))
        }

        pub fn save(&self, corpus: &Corpus, _base: &str) -> Result<()> {
            self.lines("documents.jsonl", &corpus.documents)?;
            self.lines("claims.jsonl", &corpus.claims)
        }

        pub fn file(
            &self,
            name: &str,
            write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
        ) -> Result<()> {
            destination::write(&self.0.join(name), |out| Ok(write(out)?))
        }

        fn lines<T: serde::Serialize>(&self, name: &str, things: &[T]) -> Result<()> {
            self.file(name, |out| {
                for thing in things {
                    serde_json::to_writer(&mut *out, thing)?;
                    writeln!(out)?;
                }
                Ok(())
            })
        }
    }

    pub fn open(folder: &Path) -> Result<Corpus> {
        fn read<T: serde::de::DeserializeOwned>(path: PathBuf) -> Result<Vec<T>> {
            let file =
                fs::File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
            BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
        }
        let documents: Vec<DocumentRecord> = read(folder.join("documents.jsonl"))?;
        let claims: Vec<Claim> = read(folder.join("claims.jsonl"))?;
        Ok(Corpus { documents, claims, ..Corpus::default() })
    }
}
