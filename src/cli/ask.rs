use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use super::evidence::Evidence;
use super::terminal::{self, DIM, HEADING, STRONG, Terminal};
use super::{Global, Outcome};
use crate::annotate::Annotator;
use crate::ask::{self, Answer, Conversation, Found, Kind, Library, Reading, Understood};
use crate::extract::{Hole, Lexicon, Status};
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
Who somebody is, what must be done, when, how many, which documents:
  demarche ask Who is Kirill Dmitriev?
  demarche ask What must Ukraine do?
  demarche ask What happened between 7 and 12 March?
  demarche ask Which documents mention Greenland?
Over the whole graph:
  demarche ask Who stands where on the ceasefire?
  demarche ask How are Macron and Putin connected?
  demarche ask Who is most central?
One question after another, also “and Ukraine?”, “why?”, “What did he say?”:
  demarche ask -i
As SPARQL, or over a server that holds an exported graph:
  demarche ask --sparql Who proposed the 30-day ceasefire? | demarche query
  demarche ask --endpoint http://localhost:7878/query Who proposed the 30-day ceasefire?

An answer comes with the words it rests on, the document, the day, the id of the claim, who
says so, and who disagrees; what is only possible, not done or said by one side is marked.
Where the texts do not say, it answers “nothing found” with exit code 1, never a guess, and
shows the nearest sentences as what they are, and what may have been misspelled.
The rows of the SPARQL are the claims of the answer, in the order of the texts. An endpoint's
default graph must hold the claims (`demarche export -o graph.nt`, or a union default graph).
It has quotes but no texts, so places, numbers and reasons are read in the quotes only. Only
--endpoint, here and in `query`, uses the network.
Quote a question that holds an apostrophe or an asterisk from your shell.";

/// Ask the graph a question in English
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Ask {
    /// The question
    #[arg(required_unless_present = "interactive", value_name = "QUESTION")]
    question: Vec<String>,
    /// Ask one question after another, a line each; a question may follow from the last
    #[arg(long, short, conflicts_with_all = ["json", "sparql", "endpoint"])]
    interactive: bool,
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
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let question = self.question.join(" ");
        if question.chars().nth(LONGEST).is_some() {
            bail!("the question has more than {LONGEST} characters; ask in one sentence");
        }
        let annotator = || if self.interactive { global.annotator() } else { global.questioner() };
        let (ontology, annotator) = rayon::join(|| global.ontology(), annotator);
        let (ontology, annotator) = (ontology?, annotator?);
        let lexicon = Lexicon::new(ontology);
        if self.interactive {
            return self.converse(global, terminal, &lexicon, annotator);
        }
        let mut remote = None;
        let (graph, mut answer) = match &self.endpoint {
            Some(url) => {
                let endpoint = Endpoint::new(url, Naming::default(), PATIENCE)?.discover()?;
                remote = Some(endpoint.naming().clone());
                over(&endpoint, &lexicon, annotator, &question)?
            }
            // what a query finds is told by all claims
            None if self.sparql => {
                let graph = Graph::new(global.corpus()?, ontology);
                let answer = ask::answer(&graph, &lexicon, annotator, &question);
                (graph, answer)
            }
            None => Library::open(&global.graph, &lexicon)?.answer(annotator, &question)?,
        };
        answer.answers.truncate(self.limit);
        if self.sparql {
            let naming = remote.map_or_else(|| global.naming(), Ok)?;
            let mut out = terminal::data();
            write!(out, "{}", ask::sparql(&graph, ontology, &naming, &answer))?;
            out.flush()?;
            return Ok(Outcome::Done);
        }
        let mut out = terminal::data_or_page(self.json);
        if self.json {
            serde_json::to_writer_pretty(&mut out, &answer)?;
            writeln!(out)?;
        } else {
            let evidence = Evidence::new(graph.corpus(), ontology, terminal::width());
            tell(&mut out, terminal, &answer, &evidence)?;
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

    /// Answers a line after another until the input ends.
    fn converse(
        &self,
        global: &Global,
        terminal: &Terminal,
        lexicon: &Lexicon<'_>,
        annotator: &Annotator,
    ) -> Result<Outcome> {
        let graph = Graph::new(global.corpus()?, lexicon.ontology);
        let evidence = Evidence::new(graph.corpus(), lexicon.ontology, terminal::width());
        let typed = io::stdin().is_terminal();
        let mut conversation = Conversation::default();
        let mut asked: Vec<String> = Vec::new();
        let mut lines = io::stdin().lines();
        let mut outcome = Outcome::Nothing;
        loop {
            let mut out = terminal::stdout();
            if typed {
                write!(out, "{HEADING}?{HEADING:#} ")?;
                out.flush()?;
            }
            let Some(line) = lines.next() else { break };
            let line = line?;
            match line.trim() {
                "" => continue,
                "quit" | "exit" => break,
                "history" => {
                    for (number, question) in asked.iter().enumerate() {
                        writeln!(out, "{:>3}  {question}", number + 1)?;
                    }
                    out.flush()?;
                    continue;
                }
                line => {
                    let question = conversation.whole(line, annotator, lexicon);
                    if question != line {
                        writeln!(out, "{DIM}{question}{DIM:#}")?;
                    }
                    let mut answer = ask::answer(&graph, lexicon, annotator, &question);
                    answer.answers.truncate(self.limit);
                    tell(&mut out, terminal, &answer, &evidence)?;
                    if answer.is_empty() {
                        writeln!(out, "nothing found")?;
                    } else {
                        outcome = Outcome::Done;
                    }
                    writeln!(out)?;
                    out.flush()?;
                    conversation.heard(annotator, lexicon, &answer);
                    asked.push(question);
                }
            }
        }
        Ok(outcome)
    }
}

/// What was understood, the answers or what is nearest to one.
fn tell(
    out: &mut dyn Write,
    terminal: &Terminal,
    answer: &Answer,
    evidence: &Evidence<'_>,
) -> Result<()> {
    for note in &answer.understood.notes {
        terminal.note(note);
    }
    write(out, answer, evidence)?;
    if answer.is_empty() {
        write_nearest(out, answer)?;
    }
    Ok(())
}

/// Answers from the graph that an endpoint holds: its actors and matters tell what
/// the question means, the question's SPARQL finds the claims, and these are matched
/// as those of a folder are.
fn over(
    endpoint: &Endpoint,
    lexicon: &Lexicon<'_>,
    annotator: &Annotator,
    question: &str,
) -> Result<(Graph, Answer)> {
    let mut corpus = endpoint.things()?;
    let bare = Graph::new(corpus.clone(), lexicon.ontology);
    let mut understood = ask::answer(&bare, lexicon, annotator, question).understood;
    // Whether something is so is told by claims of other acts, too.
    if understood.hole == Some(Hole::Status) {
        understood.act.clear();
    }
    if matches!(understood.reading, Reading::Match | Reading::Keywords) {
        // Words of the matter are weighed here, as in a folder; where that would be too
        // many claims, only those that hold the words come.
        let wide = Understood { keywords: Vec::new(), matters: Vec::new(), ..understood.clone() };
        let mut ids = match understood.reading {
            Reading::Match => claims(&endpoint.query(&ask::search(&wide))?),
            _ => Vec::new(),
        };
        if ids.is_empty() || ids.len() > MANY {
            ids = claims(&endpoint.query(&ask::search(&understood))?);
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

/// What keeps an answer from being simply so: not done, only possible, or said by one
/// side alone.
fn caution(found: &Found, evidence: &Evidence<'_>) -> Option<String> {
    let status = match (found.kind, found.status) {
        (Kind::YesNo, _) | (_, Status::Actual) => None,
        (_, Status::Negated) => Some("not done".to_owned()),
        _ => Some("not done: only possible, wanted or still to come".to_owned()),
    };
    let mut claims = evidence.claims(&found.claims).peekable();
    let alleged = claims.peek().is_some() && claims.all(|claim| !claim.source.is_empty());
    let alleged = alleged.then(|| format!("as {} says", found.according_to.join(", ")));
    match (status, alleged) {
        (Some(status), Some(alleged)) => Some(format!("{status}; {alleged}")),
        (status, alleged) => status.or(alleged),
    }
}

/// What was not understood, and the sentences that come nearest.
fn write_nearest(out: &mut dyn Write, answer: &Answer) -> Result<()> {
    if !answer.understood.unknown.is_empty() {
        writeln!(out, "not understood: {}", answer.understood.unknown.join(", "))?;
    }
    if let Some(meant) = &answer.understood.did_you_mean {
        writeln!(out, "did you mean: {STRONG}{meant}{STRONG:#}")?;
    }
    if !answer.nearest.is_empty() {
        writeln!(out, "{HEADING}Nearest sentences, which are no answer{HEADING:#}")?;
    }
    for near in &answer.nearest {
        let sentence = near.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        write!(out, "  {DIM}“{DIM:#}{sentence}{DIM}”{DIM:#} — {}", near.document)?;
        if let Some(date) = &near.date {
            write!(out, " {DIM}{date}{DIM:#}")?;
        }
        match near.status {
            Some(Status::Negated) => write!(out, " {DIM}[not done]{DIM:#}")?,
            Some(Status::Unrealised) => write!(out, " {DIM}[only possible]{DIM:#}")?,
            _ => {}
        }
        if let Some(claim) = &near.claim {
            write!(out, " {DIM}({claim}){DIM:#}")?;
        }
        writeln!(out)?;
    }
    Ok(())
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
        write!(out, "{STRONG}{}{STRONG:#}", found.heading())?;
        if let (Kind::YesNo | Kind::Document, Some(date)) = (found.kind, &found.date) {
            write!(out, " {DIM}({date}){DIM:#}")?;
        }
        if let Some(caution) = caution(found, evidence) {
            write!(out, " {DIM}[{caution}]{DIM:#}")?;
        }
        writeln!(out)?;
        for claim in evidence.claims(&found.claims).take(QUOTES) {
            evidence.write_with_id(out, claim, 2)?;
        }
        // numbers, offices and documents rest on words that are no claim
        let words = if found.claims.is_empty() { found.evidence.as_slice() } else { &[] };
        for words in words.iter().take(QUOTES) {
            let quote = words.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out, "  {DIM}“{DIM:#}{quote}{DIM}”{DIM:#} — {}", words.document)?;
        }
        let more = found.claims.len().max(words.len()).saturating_sub(QUOTES);
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
