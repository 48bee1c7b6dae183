use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use rayon::prelude::*;

use super::building::{Documents, place};
use super::summary::count;
use super::terminal::{self, Terminal};
use super::{Global, Outcome};
use crate::corpus::{Document, Format, Reader};
use crate::extract::{By, Lexicon};
use crate::readings::{Key, Line, Method, Readings};
use crate::{Budgets, Desk};

const EXAMPLES: &str = "\
Examples:
  demarche read - < documents.jsonl > part.jsonl    JSON Lines in, JSON Lines out
  demarche read news/ -o news.jsonl                 files and folders; run again, it goes on
  split -n l/4 --additional-suffix=.jsonl documents.jsonl part-
  demarche read part-aa.jsonl -o a.jsonl            ... and the others on other machines
  demarche build --claims *.jsonl                   resolves them together into one graph

A document is an object a line: {\"id\", \"title\", \"date\", \"publisher\", \"author\", \"url\", \"license\",
\"language\", \"text\"}, of which only \"text\" is needed; give ids, so that those of two parts are never the same.
For each there is one line with its record and claims, in the order of the documents. What one reads of a document depends on nothing else, so parts can be
read anywhere, and the graph is the same as that of one process. A document that cannot be read is told
and has no line; the exit code is then 2.

With -o a line that is in the file already is not read again, unless the document, the program or
the ontology is another by now; what was cut short by a kill is read anew.";

/// Documents that are read before their lines are written to standard output.
const AT_ONCE: usize = 256;

/// Read texts into claims, to be resolved by `build --claims`
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Read {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH", default_value = "-", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// File to write, which may be there already
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Format of standard input, or of files whose extension does not tell
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Keep all words of web pages and of PDF, also navigation, running heads and the like
    #[arg(long)]
    keep_all: bool,
    /// Who looks for claims
    #[arg(long, value_name = "READER", default_value = "both", value_parser = super::build::reader())]
    read_by: By,
    /// Leave out a document that takes longer to be read [default: 600]
    #[arg(long, value_name = "SECONDS")]
    document_seconds: Option<u64>,
    /// Leave out a document for which more memory is needed [default: 4096]
    #[arg(long, value_name = "MIB")]
    document_memory: Option<u64>,
}

impl Read {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let ontology = global.ontology()?;
        let method = Method::new(ontology, self.read_by);
        let lexicon = Lexicon::new(ontology);
        let budgets = Budgets::new(self.document_seconds, self.document_memory);
        let annotator = global.annotator()?;
        let desk = Desk { annotator, lexicon: &lexicon, by: self.read_by, method, budgets };
        let mut reader = Reader::new(&self.paths, self.format).keep_all(self.keep_all);
        let kept = self.output.as_deref().map(Readings::open).transpose()?;
        let mut work = Work { desk, kept, keys: Vec::new(), again: 0, failed: 0 };
        let mut renamed = 0;
        loop {
            let documents = Documents::next(&mut reader, AT_ONCE, terminal);
            work.failed += documents.failed;
            renamed += documents.renamed;
            if documents.list.is_empty() && documents.is_end {
                break;
            }
            work.read(documents.list, terminal)?;
        }
        terminal.progress_done();
        let (written, again, failed) = (work.keys.len(), work.again, work.failed);
        if let Some(kept) = work.kept {
            kept.arrange(&work.keys)?;
        }
        let again = if again == 0 { String::new() } else { format!(", {again} as read before") };
        terminal.note(format_args!("{}{again}", count(written, "document")));
        if failed > 0 {
            terminal.warning(format_args!("{} left out, see above", count(failed, "document")));
        }
        Ok(if failed + renamed > 0 { Outcome::Incomplete } else { Outcome::Done })
    }
}

/// Documents that come in, and their readings that go out.
struct Work<'a> {
    desk: Desk<'a>,
    /// The file that is written, unless it is standard output.
    kept: Option<Readings>,
    /// What has been written, in the order of the documents.
    keys: Vec<Key>,
    /// How much of it had been there.
    again: usize,
    failed: usize,
}

impl Work<'_> {
    fn read(&mut self, documents: Vec<Document>, terminal: &Terminal) -> Result<()> {
        let (desk, kept) = (&self.desk, self.kept.as_ref());
        let mut unread = Vec::new();
        let mut keys: Vec<Option<Key>> = Vec::new();
        for document in documents {
            let found = kept.map_or(Ok(None), |kept| kept.get(desk.method, &document));
            if let Err(error) = &found {
                terminal.warning(format_args!(
                    "{}: read anew: the line that was there of it cannot be used: {error}",
                    place(&document)
                ));
            }
            let is_there = matches!(found, Ok(Some(_)));
            self.again += usize::from(is_there);
            keys.push(is_there.then(|| desk.method.key(&document)));
            if !is_there {
                unread.push(document);
            }
        }
        let bar = terminal.progress("reading");
        let read: Vec<_> = desk.annotator.install(|| {
            let lines = unread.par_iter().map(|document| {
                let line = desk.line(document, kept, terminal)?;
                bar.inc(1);
                Ok(line)
            });
            lines.collect::<Result<_>>()
        })?;
        let mut read = read.into_iter();
        let mut out = terminal::data();
        for key in keys {
            match key {
                Some(key) => self.keys.push(key),
                None => match read.next().flatten() {
                    Some((key, line)) => {
                        self.keys.push(key);
                        out.write_all(&line)?;
                    }
                    None => self.failed += 1,
                },
            }
        }
        Ok(out.flush()?)
    }
}

impl Desk<'_> {
    /// The key and line of one document, which is empty where it has been written into a file;
    /// `None` if it cannot be read, which has been told.
    fn line(
        &self,
        document: &Document,
        kept: Option<&Readings>,
        terminal: &Terminal,
    ) -> Result<Option<(Key, Vec<u8>)>> {
        let reading = match self.read_one(document) {
            Ok(reading) => reading,
            Err(reason) => {
                terminal.error(format_args!("{}: {reason}", place(document)));
                return Ok(None);
            }
        };
        let key = self.method.key(document);
        let mut line = Vec::new();
        match kept {
            Some(kept) => kept.put(key, self.method, &reading)?,
            None => Line::write(key, self.method, &reading, &mut line)?,
        }
        Ok(Some((key, line)))
    }
}
