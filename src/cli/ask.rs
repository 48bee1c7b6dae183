use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use super::evidence::Evidence;
use super::terminal::{self, DIM, HEADING, STRONG, Terminal};
use super::{Global, Outcome};
use crate::annotate::Annotator;
use crate::ask::{self, Answer, Library, Understood};
use crate::extract::Lexicon;
use crate::graph::Graph;
use crate::rdf::{self, Endpoint, Naming};

const EXAMPLES: &str = "\
A question is read like any sentence of the texts; what it asks for is a hole in a claim.

Who, what, whom, when, where, how many, did:
  demarche ask Who proposed the 30-day ceasefire?
  demarche ask What did Putin demand?
  demarche ask Whom did Trump call?
  demarche ask When did Trump and Putin speak?
  demarche ask Did Ukraine accept the ceasefire?
According to somebody:
  demarche ask What did Putin agree to, according to the Kremlin?
  demarche ask What does Zelensky say?
Over the whole graph:
  demarche ask Who stands where on the ceasefire?
  demarche ask How are Macron and Putin connected?
  demarche ask Who is most central?
As SPARQL, or over a server that holds an exported graph:
  demarche ask --sparql Who proposed the 30-day ceasefire? | demarche query
  demarche ask --endpoint http://localhost:7878/query Who proposed the 30-day ceasefire?

An answer comes with the words it rests on, the document, who says so, and who disagrees.
Where the texts do not say, it answers “nothing found” with exit code 1, never a guess.
The SPARQL finds the claims of the answer; ranking and grouping are done here. An endpoint's
default graph must hold the claims (`demarche export -o graph.nt`, or a union default graph).
It has quotes but no texts, so places, numbers and reasons are read in the quotes only. Only
--endpoint, here and in `query`, uses the network.
Quote a question that holds an apostrophe or an asterisk from your shell.";

/// Ask the graph a question in English
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Ask {
    /// The question
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    /// Write JSON: how the question was understood, answers, evidence, disputes
    #[arg(long)]
    json: bool,
    /// How many answers to give
    #[arg(long, short = 'n', value_name = "N", default_value = "10")]
    limit: usize,
    /// Write the SPARQL query of the question, and do not answer it
    #[arg(long, conflicts_with = "json")]
    sparql: bool,
    /// Ask the SPARQL 1.1 endpoint at this URL
    #[arg(long, value_name = "URL", value_hint = clap::ValueHint::Url)]
    endpoint: Option<String>,
}

/// The longest question, in characters.
const LONGEST: usize = 2_000;

/// How long an endpoint may take to answer one query.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many claims are compared with a question over an endpoint, if its SPARQL can
/// find fewer.
const MANY: usize = 1000;

/// How many quotes are printed under an answer.
const QUOTES: usize = 3;

impl Ask {
    pub fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let question = self.question.join(" ");
        if question.chars().nth(LONGEST).is_some() {
            bail!("the question has more than {LONGEST} characters; ask in one sentence");
        }
        let (ontology, annotator) = rayon::join(|| global.ontology(), || global.annotator());
        let (ontology, annotator) = (ontology?, annotator?);
        let lexicon = Lexicon::new(&ontology);
        let (graph, mut answer) = match &self.endpoint {
            Some(url) => over(url, &lexicon, &annotator, &question)?,
            None => Library::open(&global.graph, &lexicon)?.answer(&annotator, &question)?,
        };
        if self.sparql {
            let mut out = terminal::data();
            write!(out, "{}", ask::sparql(&answer.understood))?;
            out.flush()?;
            return Ok(Outcome::Done);
        }
        answer.answers.truncate(self.limit);

        let mut out = terminal::data_or_page(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &answer)?;
            writeln!(out)?;
        } else {
            for note in &answer.understood.notes {
                terminal.note(note);
            }
            let evidence = Evidence::new(graph.corpus(), &ontology, terminal::width());
            write(&mut out, &answer, &evidence)?;
        }
        out.flush()?;
        // The process ends here; to take a large graph apart first would take time.
        std::mem::forget(graph);
        if answer.is_empty() {
            terminal.note("nothing found");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
}

/// Answers from the graph that an endpoint holds: its actors and matters tell what
/// the question means, the question's SPARQL finds the claims, and these are matched
/// as those of a folder are.
fn over(
    url: &str,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
) -> Result<(Graph, Answer)> {
    let endpoint = Endpoint::new(url, Naming::default(), PATIENCE)?.discover()?;
    let mut corpus = endpoint.things()?;
    let bare = Graph::new(corpus.clone(), lexicon.ontology);
    let mut understood = ask::answer(&bare, lexicon, annotator, question).understood;
    // Whether something is so is told by claims of other acts, too.
    if understood.hole.as_deref() == Some("status") {
        understood.act.clear();
    }
    if ["match", "keywords"].contains(&understood.reading.as_str()) {
        // Words of the matter are weighed here, as in a folder; where that would be too
        // many claims, only those that hold the words come.
        let wide = Understood { keywords: Vec::new(), matters: Vec::new(), ..understood.clone() };
        let mut ids = match understood.reading.as_str() {
            "match" => claims(&endpoint.query(&ask::sparql(&wide))?),
            _ => Vec::new(),
        };
        if ids.is_empty() || ids.len() > MANY {
            ids = claims(&endpoint.query(&ask::sparql(&understood))?);
        }
        corpus.claims = endpoint.claims(Some(&ids), &corpus)?;
        let graph = Graph::new(corpus.clone(), lexicon.ontology);
        let answer = ask::answer(&graph, lexicon, annotator, question);
        if !answer.is_empty() {
            return Ok((graph, answer));
        }
    }
    // What is computed needs all, and so does the last attempt, by words alone.
    corpus.claims = endpoint.claims(None, &corpus)?;
    let graph = Graph::new(corpus, lexicon.ontology);
    let answer = ask::answer(&graph, lexicon, annotator, question);
    Ok((graph, answer))
}

/// Ids of the claims in the first column.
fn claims(answer: &rdf::Answer) -> Vec<String> {
    let rdf::Answer::Rows { rows, .. } = answer else { return Vec::new() };
    let ids: BTreeSet<String> =
        rows.iter().filter_map(|row| Some(rdf::id(row.first()?.as_ref()?))).collect();
    ids.into_iter().collect()
}

/// The answers, each with its words, then what the voices disagree on.
fn write(out: &mut dyn Write, answer: &Answer, evidence: &Evidence<'_>) -> Result<()> {
    for found in &answer.answers {
        write!(out, "{STRONG}{}{STRONG:#}", found.label)?;
        if found.status != "actual" {
            write!(out, " {DIM}[{}]{DIM:#}", found.status)?;
        }
        writeln!(out)?;
        for claim in evidence.claims(&found.claims).take(QUOTES) {
            evidence.write(out, claim, 2)?;
        }
        let more = found.claims.len().saturating_sub(QUOTES);
        if more > 0 {
            writeln!(out, "  {DIM}and {more} more{DIM:#}")?;
        }
    }
    if !answer.disputes.is_empty() {
        writeln!(out, "\n{HEADING}The voices disagree{HEADING:#}")?;
    }
    for dispute in &answer.disputes {
        writeln!(out, "  {STRONG}{}{STRONG:#}", dispute.label)?;
        for side in &dispute.sides {
            let voices = match side.according_to.as_slice() {
                [] => "the author".to_owned(),
                voices => voices.join(", "),
            };
            writeln!(out, "    {} {DIM}— says {voices}{DIM:#}", side.label)?;
        }
    }
    Ok(())
}
