use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use rayon::prelude::*;

use super::summary::{count, thousands};
use super::terminal::{self, DIM, HEADING, Terminal};
use super::{Global, Outcome, summary};
use crate::annotate::Annotator;
use crate::budget::{self, Budget};
use crate::corpus::{Document, Format, Reader, Text};
use crate::decisions::{self, Lost};
use crate::draw::{DrawError, Options, View, draw};
use crate::extract::{self, By, Claim, Lexicon};
use crate::graph::Graph;
use crate::graph::folder::Folder;
use crate::ontology::Ontology;
use crate::rdf::{self, Naming, RdfFormat};
use crate::resolve::{Constraints, DocumentRecord, resolve_with};

const EXAMPLES: &str = "\
Examples:
  demarche build                          the texts in seeds/ into the graph out/
  demarche build news/ statement.html     folders and files: .txt, .md, .html, .jsonl, .pdf, .docx, .rss
  demarche build news/ -o graphs/news     into another folder; read it with --graph graphs/news
  curl -s URL | demarche build - --format html
  demarche build --ontology my-terms/     with acts, actors and issues of your own
  demarche build --min-confidence 0.7     only claims that are right in 7 of 10 cases or more
  demarche build --decisions mine.yaml    with your corrections
  demarche build --base https://example.org/talks/   names of your own in RDF

What it writes, all of it or nothing, the same bytes for the same input:
  claims.jsonl    one claim a line: who did what, according to whom, in which words
  graph.trig      the graph as RDF: a named graph for each document
  *.svg           who stands where, when things happened, who reports what
  summary.txt     what is printed at the end

A file of decisions is a YAML list. A claim is named by its id and its words, so that it is found
again when another version of the program gives it another id:
  - reject: 001-propose-6135
    quote: a proposal in the drawer
    by: Ann Reed
    when: 2025-04-02
    why: nobody put it forward
  - accept: 001-reject-210
    quote: Putin rejected it
  - edit: 001-accept-310
    quote: he agreed to a halt
    agent: Vladimir Putin
    status: unrealised
  - add: 001
    quote: Kyiv is not convinced
    trigger: not convinced
    act: reject
    agent: Ukraine
  - merge-actors: [Volodymyr Zelensky, V. Selenskyj]
  - keep-apart-actors: [John Smith, J. Smith]
  - merge-matters: [30-day ceasefire, the American idea]
  - keep-apart-matters: [30-day ceasefire, a maritime truce]
`edit` and `add` take act, status, agent, addressee, source, matter and time. What is decided is in
the graph with who, when and why; a decision that no longer matches is told and left out.

A document that cannot be read is told and left out; the exit code is then 2.";

/// The drawings of a graph folder.
const DRAWINGS: [(&str, View); 3] = [
    ("sources.svg", View::Sources),
    ("stances.svg", View::Stances),
    ("timeline.svg", View::Timeline),
];

/// Read texts and build their knowledge graph
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Build {
    /// Files and folders to read; `-` is standard input
    #[arg(value_name = "PATH", default_value = "seeds", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Folder to write [default: the one of --graph]
    #[arg(long, short, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    output: Option<PathBuf>,
    /// Format of standard input, or of files whose extension does not tell
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Keep all words of web pages and of PDF, also navigation, running heads and the like
    #[arg(long)]
    keep_all: bool,
    /// Corrections by a person to apply: a YAML list, see below
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    decisions: Option<PathBuf>,
    /// Leave out claims of less confidence, the share of such claims that are right: 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_confidence: Option<f64>,
    /// Who looks for claims: rules and network, one of them alone, or both with also what is
    /// too unsure to be a claim, which `eval --calibrate` is fitted to
    #[arg(long, value_name = "READER", default_value = "both", value_parser = reader())]
    read_by: By,
    /// Leave out a document that takes longer to be read
    #[arg(long, value_name = "SECONDS", default_value_t = budget::DEFAULT_TIME.as_secs())]
    document_seconds: u64,
    /// Leave out a document for which more memory is needed
    #[arg(long, value_name = "MIB", default_value_t = budget::DEFAULT_MEMORY >> 20)]
    document_memory: u64,
    /// IRI under which actors, matters, events, claims and documents are named in RDF
    /// [default: one made from the documents, so that no two graphs share a name by chance]
    #[arg(long, value_name = "IRI", value_parser = Naming::new)]
    base: Option<Naming>,
}

impl Build {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let path = self.output.as_deref().unwrap_or(&global.graph);
        let ontology = global.ontology()?;
        let decided = match self.decisions.as_deref().map(|file| decisions::read(file, ontology)) {
            None => Vec::new(),
            Some(Ok(decided)) => decided,
            Some(Err(errors)) => {
                errors.into_iter().for_each(|error| terminal.error(error));
                return Ok(Outcome::Incomplete);
            }
        };
        let folder = Folder::lock(path)?;
        let annotator = global.annotator()?;

        let started = Instant::now();
        let lexicon = Lexicon::new(ontology);
        let mut read = annotator.install(|| self.read(path, annotator, &lexicon, terminal));
        terminal.progress_done();
        if read.documents.is_empty() {
            bail!("nothing to build from: no document could be read");
        }
        let words: usize = read.documents.iter().map(|it| it.words).sum();
        let seconds = started.elapsed().as_secs_f64();

        let mut report = decisions::Report::default();
        if !decided.is_empty() {
            let documents = read.documents.iter();
            let texts = documents.map(|it| (it.id.as_str(), Text::new(it.text.as_str()))).collect();
            report = decisions::apply(&mut read.claims, &decided, &texts, ontology);
        }
        if let Some(least) = self.min_confidence {
            read.claims.retain(|claim| claim.confidence >= least);
        }
        let mut constraints = Constraints::of(&decided);
        let mut corpus = resolve_with(read.documents, read.claims, ontology, &mut constraints);
        report.records.extend(constraints.records());
        report.lost.extend(constraints.unmet().map(Lost::unmet));
        decisions::number(&mut report.records);
        corpus.decisions = report.records;
        let mut page = Vec::new();
        summary::write(&mut page, &corpus, ontology)?;
        if let Some(file) = &self.decisions {
            let (kept, lost) = (corpus.decisions.len(), report.lost.len());
            writeln!(
                page,
                "\n{HEADING}Decisions{HEADING:#}\n  {kept} applied, {lost} no longer match"
            )?;
            for Lost { line, reason } in &report.lost {
                terminal.warning(format_args!(
                    "{}:{line}: the decision no longer matches: {reason}",
                    file.display()
                ));
            }
        }
        let graph = Graph::new(corpus, ontology);
        let documents = &graph.corpus().documents;
        let naming = self.base.clone().unwrap_or_else(|| Naming::of(documents));
        let files = write_files(&folder, &graph, ontology, &naming, &page)?;

        tell(&page, path, &files)?;
        if self.base.is_none() {
            terminal.note(format_args!(
                "things are named under {}, made from the documents; --base gives names that \
                 stay when documents change",
                naming.base()
            ));
        }
        terminal.note(format_args!(
            "read {} in {seconds:.1} s, {} a second; {:.1} s in all",
            count(words, "word"),
            count((words as f64 / seconds) as usize, "word"),
            started.elapsed().as_secs_f64(),
        ));
        if read.failed > 0 {
            terminal
                .warning(format_args!("{} left out, see above", count(read.failed, "document")));
        }
        Ok(if read.failed + read.renamed > 0 { Outcome::Incomplete } else { Outcome::Done })
    }

    /// What a document may ask for that is begun now.
    fn budget(&self) -> Budget {
        let time = Duration::from_secs(self.document_seconds);
        Budget::from_now(time, self.document_memory.saturating_mul(1 << 20))
    }

    /// Annotates and extracts in parallel while documents come in; nothing of `output` is one.
    fn read(
        &self,
        output: &Path,
        annotator: &Annotator,
        lexicon: &Lexicon<'_>,
        terminal: &Terminal,
    ) -> Read {
        let bar = terminal.progress("reading");
        let failed = AtomicUsize::new(0);
        let renamed = AtomicUsize::new(0);
        let words = AtomicUsize::new(0);
        let started = Instant::now();
        let fail = |message: String| {
            terminal.error(message);
            failed.fetch_add(1, Ordering::Relaxed);
        };
        // The reader is asked by one thread at a time, in order, so that what it has
        // to say comes in the order of the documents.
        let reader = Reader::new(&self.paths, self.format).keep_all(self.keep_all).without(output);
        let documents = reader.filter_map(|item| match item {
            Ok((document, warnings)) => {
                for warning in warnings {
                    terminal.warning(warning);
                }
                Some(document)
            }
            Err(error) if error.kind.is_read() => {
                renamed.fetch_add(1, Ordering::Relaxed);
                terminal.error(terminal::chain(&anyhow::Error::from(error)));
                None
            }
            Err(error) => {
                fail(terminal::chain(&anyhow::Error::from(error)));
                None
            }
        });
        let mut read: Vec<(DocumentRecord, Vec<Claim>)> = documents
            .par_bridge()
            .filter_map(|document| {
                let claims = self
                    .read_one(&document, annotator, lexicon)
                    .map_err(|reason| fail(format!("{}: {reason}", place(&document))))
                    .ok()?;
                let so_far = words.fetch_add(claims.0.words, Ordering::Relaxed) + claims.0.words;
                bar.inc(1);
                let speed = so_far as f64 / started.elapsed().as_secs_f64();
                bar.set_message(format!(
                    "{}, {} a second",
                    count(so_far, "word"),
                    count(speed as usize, "word")
                ));
                terminal.detail(format_args!(
                    "{}: {}, {}",
                    place(&document),
                    count(claims.0.words, "word"),
                    count(claims.1.len(), "claim")
                ));
                Some(claims)
            })
            .collect();
        // Threads end in any order; from here on nothing depends on it.
        read.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let (documents, claims): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let claims = claims.into_iter().flatten().collect();
        let (failed, renamed) = (failed.into_inner(), renamed.into_inner());
        Read { documents, claims, failed, renamed }
    }

    /// What one document tells, or why it is left out.
    fn read_one(
        &self,
        document: &Document,
        annotator: &Annotator,
        lexicon: &Lexicon<'_>,
    ) -> Result<(DocumentRecord, Vec<Claim>), String> {
        // A bug that one text brings to light must not cost the others.
        let read = panic::catch_unwind(AssertUnwindSafe(|| {
            let budget = self.budget();
            crate::read_within(document, annotator, &budget, |page, annotation| {
                extract::extract_within(self.read_by, page, annotation, lexicon, &budget)
            })
        }));
        match read {
            Ok(read) => read.map_err(|over| over.to_string()),
            Err(_) => Err("a bug in demarche stopped the reading of this document; \
                           please report it"
                .to_owned()),
        }
    }
}

/// Writes all files of a graph, and gives the names and sizes of those that people read.
fn write_files(
    folder: &Folder,
    graph: &Graph,
    ontology: &Ontology,
    naming: &Naming,
    page: &[u8],
) -> Result<Vec<(String, u64)>> {
    let corpus = graph.corpus();
    let mut generation = folder.generation()?;
    generation.file("graph.trig", |out| {
        rdf::write(rdf::quads(corpus, ontology, naming), naming, RdfFormat::TriG, out)
    })?;
    generation.file("summary.txt", |out| out.write_all(terminal::plain(page).as_bytes()))?;
    for (name, view) in DRAWINGS {
        match draw(graph, view, &Options::default()) {
            Ok(drawing) => {
                generation.file(name, |out| out.write_all(drawing.to_svg().as_bytes()))?;
            }
            Err(DrawError::Nothing(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let sizes = generation.commit(corpus, naming.base())?;
    let listed = |name: &str| !name.ends_with(".jsonl") || name == "claims.jsonl";
    Ok(sizes
        .into_iter()
        .map(|(name, sum)| (name, sum.bytes))
        .filter(|(name, _)| listed(name))
        .collect())
}

/// Writes the page, and the files with their sizes.
fn tell(page: &[u8], folder: &Path, files: &[(String, u64)]) -> Result<()> {
    let mut out = terminal::stdout();
    out.write_all(page)?;
    writeln!(out, "\n{HEADING}Files in {}{HEADING:#}", folder.display())?;
    for (file, size) in files {
        writeln!(out, "  {file:<16} {DIM}{:>11} bytes{DIM:#}", thousands(*size as usize))?;
    }
    Ok(out.flush()?)
}

/// One of the names of [`By`].
fn reader() -> impl TypedValueParser<Value = By> {
    PossibleValuesParser::new(By::ALL.map(|(_, name)| name)).map(|name| {
        By::ALL.iter().find(|(_, known)| *known == name).map_or(By::Both, |(by, _)| *by)
    })
}

/// A share of 0 to 1.
fn share(value: &str) -> Result<f64, String> {
    match value.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("valid: a number from 0 to 1".to_owned()),
    }
}

/// All documents that could be read.
struct Read {
    documents: Vec<DocumentRecord>,
    claims: Vec<Claim>,
    /// How many documents were left out.
    failed: usize,
    /// How many had an id that is another document's, and were read under another one.
    renamed: usize,
}

/// The file of a document, or its id.
fn place(document: &Document) -> String {
    document.path.as_deref().map_or_else(|| document.id.clone(), |path| path.display().to_string())
}
