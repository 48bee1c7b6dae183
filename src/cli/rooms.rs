//! Stand-ins for rooms that are still being built.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::destination;
use crate::extract::Claim;
use crate::resolve::{Corpus, DocumentRecord};

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
