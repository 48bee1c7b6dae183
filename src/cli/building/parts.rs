//! Documents that were read elsewhere, from the files that `demarche read` has written.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use super::Order;
use super::reading::Read;
use crate::cli::terminal::Terminal;
use crate::extract::By;
use crate::files;
use crate::ontology::Ontology;
use crate::readings::{Joined, Line, LineError, Method};

impl Order {
    /// The readings of all parts. A line that is none costs itself alone; a document that is in two
    /// parts as the same is there once.
    pub(super) fn parts(&mut self, ontology: &Ontology, terminal: &Terminal) -> Result<Read> {
        let method = Method::new(ontology, self.recipe.read_by.unwrap_or(By::Both));
        let mut read = Read::default();
        let mut met = BTreeSet::new();
        let mut joined = Joined::default();
        for part in self.recipe.paths() {
            let lines = match lines(part) {
                Ok(lines) => lines,
                Err(error) => {
                    terminal.error(format_args!("{}: cannot be read: {error}", part.display()));
                    read.failed += 1;
                    continue;
                }
            };
            let mut others = 0;
            for (number, line) in lines {
                let place = format!("{}:{number}", part.display());
                let line = match line {
                    Ok(line) => line,
                    Err(error) => {
                        terminal.error(format_args!("{place}: {error}"));
                        read.failed += 1;
                        continue;
                    }
                };
                others += usize::from(line.reader != method.sum());
                let id = &line.reading.document.id;
                if self.recipe.without.contains(id) && !self.restored.contains(part) {
                    met.insert(id.clone());
                    continue;
                }
                if let Err(error) = joined.add(line, place.clone()) {
                    terminal.error(format_args!("{place}: {error}"));
                    read.failed += 1;
                }
            }
            if others > 0 {
                terminal.warning(format_args!(
                    "{}: {others} of its documents were read by another program, ontology or \
                     --read-by than these",
                    part.display()
                ));
            }
        }
        read.readings = joined.into_readings();
        read.kept = read.readings.len();
        self.recipe.without = met;
        Ok(read)
    }
}

/// The lines of a part, with their numbers from 1; empty ones are none.
fn lines(part: &Path) -> Result<Vec<(usize, Result<Line, LineError>)>> {
    let lines = BufReader::with_capacity(1 << 20, files::open(part)?).split(b'\n');
    let lines: Vec<Vec<u8>> = lines.collect::<Result<_, _>>()?;
    let numbered = lines.into_par_iter().enumerate();
    let full = numbered.filter(|(_, line)| !line.trim_ascii().is_empty());
    Ok(full.map(|(at, line)| (at + 1, Line::parse(&line))).collect())
}
