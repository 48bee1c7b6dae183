use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::evidence::Evidence;
use super::terminal::{self, DIM, HEADING, STRONG, Terminal};
use super::{Global, Outcome};
use crate::ask::{self, Answer};
use crate::extract::Lexicon;
use crate::graph::Graph;

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

An answer comes with the words it rests on, the document, who says so, and who disagrees.
Where the texts do not say, it answers “nothing found” with exit code 1, never a guess.
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
}

/// How many quotes are printed under an answer.
const QUOTES: usize = 3;

impl Ask {
    pub fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let ontology = global.ontology()?;
        let graph = Graph::new(global.corpus()?, &ontology);
        let annotator = global.annotator()?;
        let question = self.question.join(" ");
        let lexicon = Lexicon::new(&ontology);
        let mut answer = ask::answer(&graph, &lexicon, &annotator, &question);
        answer.answers.truncate(self.limit);

        let mut out = terminal::stdout();
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
        if answer.is_empty() {
            terminal.note("nothing found");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
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
                [] => "the documents themselves".to_owned(),
                voices => voices.join(", "),
            };
            writeln!(out, "    {} {DIM}— says {voices}{DIM:#}", side.label)?;
        }
    }
    Ok(())
}
