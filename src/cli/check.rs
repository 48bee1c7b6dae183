use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::summary::count;
use super::terminal::{self, DIM, ERROR, STRONG, Terminal, WARNING};
use super::{Global, Outcome, passed_over};
use crate::corpus::Reader;
use crate::graph::folder;
use crate::ontology::{Ontology, Severity};
use crate::resolve::Corpus;

const EXAMPLES: &str = "\
Examples:
  demarche check                          the ontology, and the graph in out/ if there is one
  demarche check --ontology my-terms/     with files of your own
  demarche check news/                    can these texts be read?

Each finding names file, line and term, and what would have been valid; a note says
what a file of your own overrides. The exit code is 2 if there is an error, 0 if there
are only warnings.";

/// Check the ontology, texts and a built graph, and say what is wrong where
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Check {
    /// Texts to check: files, folders, `-`
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
}

/// What was found so far, as it is written.
struct Findings<'a> {
    out: &'a mut dyn Write,
    errors: usize,
    warnings: usize,
}

impl Findings<'_> {
    fn error(&mut self, what: impl std::fmt::Display) -> Result<()> {
        self.errors += 1;
        Ok(writeln!(self.out, "{ERROR}error{ERROR:#}: {what}")?)
    }

    fn warning(&mut self, what: impl std::fmt::Display) -> Result<()> {
        self.warnings += 1;
        Ok(writeln!(self.out, "{WARNING}warning{WARNING:#}: {what}")?)
    }

    fn note(&mut self, what: impl std::fmt::Display) -> Result<()> {
        Ok(writeln!(self.out, "{DIM}note{DIM:#}: {what}")?)
    }

    fn checked(&mut self, what: &str, size: &str) -> Result<()> {
        Ok(writeln!(self.out, "{STRONG}{what}{STRONG:#} {DIM}{size}{DIM:#}")?)
    }
}

impl Check {
    pub(super) fn run(self, global: &Global, _: &Terminal) -> Result<Outcome> {
        let mut out = terminal::stdout();
        let mut findings = Findings { out: &mut out, errors: 0, warnings: 0 };
        let ontology = ontology(global, &mut findings)?;
        if !self.paths.is_empty() {
            self.texts(&mut findings)?;
        }
        if global.graph.exists() {
            graph(global, &ontology.unwrap_or_default(), &mut findings)?;
        }
        let Findings { errors, warnings, .. } = findings;
        writeln!(out, "{}, {}", count(errors, "error"), count(warnings, "warning"))?;
        out.flush()?;
        Ok(if errors > 0 { Outcome::Incomplete } else { Outcome::Done })
    }

    fn texts(&self, findings: &mut Findings<'_>) -> Result<()> {
        let mut documents = 0;
        let mut reader = Reader::new(&self.paths, None);
        for item in reader.by_ref() {
            match item {
                Ok((_, warnings)) => {
                    documents += 1;
                    for warning in warnings {
                        findings.warning(warning)?;
                    }
                }
                Err(error) => findings.error(terminal::chain(&error.into()))?,
            }
        }
        if let Some(told) = passed_over::told(reader.passed_over()) {
            findings.note(told)?;
        }
        findings.checked("texts", &count(documents, "document"))
    }
}

/// The ontology, if it can be used.
fn ontology(global: &Global, findings: &mut Findings<'_>) -> Result<Option<Ontology>> {
    let (ontology, found) = Ontology::examine(&global.ontology);
    let is_sound = found.iter().all(|finding| finding.severity != Severity::Error);
    let ontology = is_sound.then_some(ontology);
    for finding in found {
        match finding.severity {
            Severity::Error => findings.error(finding)?,
            Severity::Warning => findings.warning(finding)?,
            Severity::Note => findings.note(finding)?,
        }
    }
    let size = match &ontology {
        Some(it) => format!(
            "{}, {}, {}, {}",
            count(it.acts.len(), "act"),
            count(it.triggers.len(), "trigger"),
            count(it.actors.len(), "actor"),
            count(it.issues.len(), "issue"),
        ),
        None => "cannot be used".to_owned(),
    };
    findings.checked("ontology", &size)?;
    Ok(ontology)
}

fn graph(global: &Global, ontology: &Ontology, findings: &mut Findings<'_>) -> Result<()> {
    if let Ok(manifest) = folder::manifest(&global.graph) {
        for changed in folder::changed(&global.graph)? {
            findings.error(changed)?;
        }
        if manifest.files.is_empty() {
            let dir = global.graph.display();
            findings.warning(format_args!(
                "{dir}: made by an earlier version, which did not sum up its files; build it again"
            ))?;
        }
    }
    match global.corpus() {
        Ok(corpus) => {
            for found in folder::disorder(&corpus) {
                findings.error(format_args!("{}: {found}", global.graph.display()))?;
            }
            references(&corpus, ontology, findings)?;
            let size = format!(
                "{}, {}",
                count(corpus.documents.len(), "document"),
                count(corpus.claims.len(), "claim")
            );
            findings.checked(&format!("graph {}", global.graph.display()), &size)
        }
        Err(error) => findings.error(terminal::chain(&error)),
    }
}

/// Does all that the graph points to exist?
fn references(corpus: &Corpus, ontology: &Ontology, findings: &mut Findings<'_>) -> Result<()> {
    let has = |ids: &mut dyn Iterator<Item = &str>| -> std::collections::BTreeSet<String> {
        ids.map(str::to_owned).collect()
    };
    let actors = has(&mut corpus.actors.iter().map(|it| it.id.as_str()));
    let matters = has(&mut corpus.matters.iter().map(|it| it.id.as_str()));
    let claims = has(&mut corpus.claims.iter().map(|it| it.id.as_str()));
    for claim in &corpus.claims {
        let mut missing = Vec::new();
        if ontology.act(&claim.act).is_none() {
            missing.push(format!("act {}", claim.act));
        }
        for id in super::lookup::participants(claim).filter(|id| !actors.contains(*id)) {
            missing.push(format!("actor {id}"));
        }
        let matter = claim.matter.as_ref().and_then(|it| it.id.as_ref());
        if let Some(id) = matter.filter(|id| !matters.contains(*id)) {
            missing.push(format!("matter {id}"));
        }
        for missing in missing {
            findings.error(format_args!("claim {}: there is no {missing}", claim.id))?;
        }
    }
    let supported = corpus
        .events
        .iter()
        .map(|it| (format!("event {}", it.id), &it.claims))
        .chain(corpus.matters.iter().map(|it| (format!("matter {}", it.id), &it.claims)))
        .chain(corpus.disputes.iter().flat_map(|it| {
            it.sides.iter().map(move |side| (format!("dispute {}", it.id), &side.claims))
        }));
    for (thing, of) in supported {
        for id in of.iter().filter(|id| !claims.contains(*id)) {
            findings.error(format_args!("{thing}: there is no claim {id}"))?;
        }
    }
    Ok(())
}
