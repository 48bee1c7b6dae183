use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;

use super::store::store_until;
use super::terminal::{self, Terminal};
use super::{Global, Outcome};
use crate::files;
use crate::graph::folder;
use crate::rdf::{
    Answer, Endpoint, EndpointError, MAX_QUERY_BYTES, Naming, QueryError, RdfFormat, ResultFormat,
    unknown_terms,
};

const EXAMPLES: &str = "\
Examples:
  demarche query examples/queries/who-stands-where.rq
  demarche query -e 'SELECT ?who ?what { ?who dm:rejected ?what }'
  demarche query -e 'ASK { actor:vladimir-putin dm:accepted ?matter }'
  demarche query -e 'DESCRIBE actor:kremlin' --format ttl
  demarche query --format csv --timeout 60 - < long.rq > rows.csv
  demarche query --endpoint http://localhost:7878/query examples/queries/demands.rq

What a query can ask of:
  ?who dm:proposed ?matter        and dm:demanded, dm:accepted, dm:rejected, dm:threatened …:
                                  what is said to have been done
  ?deed a dm:Deed                 such an edge as a node: dm:actor, dm:act, dm:target, dm:supportedBy,
                                  and dm:reported true where all that it rests on is reported
  ?claim a dm:Claim ;             every claim, with
    dm:act act:reject ;           its act, and dm:agent, dm:addressee, dm:matter, dm:status,
    dm:accordingTo ?voice ;       who says so, dm:time,
    dm:inDocument ?document ;     and where; its words are an oa:TextQuoteSelector
    dm:participant ?part          who takes part, also who is not known: dm:role, dm:order,
                                  dm:text (the words), dm:actor
    dm:reports ?inner             a claim in the words of another; dm:condition, the words that an
                                  act depends on; dm:about, an actor where others have a matter
  ?stance a dm:Stance             who stands where: dm:actor, dm:matter, dm:position, dm:leaning,
                                  dm:changedFrom (an earlier one that it turns from)
The prefixes dm, act, actor, matter, event, claim, document, graph, skos, prov, oa, sem, rdf,
rdfs, owl and xsd are declared. A query sees all documents; GRAPH ?graph { … } tells them apart,
where ?graph prov:wasDerivedFrom ?document. Classes and properties are there too. A dm:, act: or
issue: term that does not exist is told with the nearest one.

--endpoint asks a server that holds an exported graph instead of the folder; its default
graph must hold the claims (`demarche export -o graph.nt`, or a union default graph). Only
this option, here and in `ask`, uses the network.

Exit code 0 if there is a row, 1 if there is none (or ASK says no).";

/// Run a SPARQL query over the graph
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Query {
    /// File with the query; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The query itself
    #[arg(long, short, value_name = "SPARQL", conflicts_with = "file")]
    execute: Option<String>,
    /// How to write rows (table, json, csv, tsv, xml) or triples (ttl, nt, nq, trig, rdf, jsonld)
    /// [default: table on a terminal, else tsv; ttl for triples]
    #[arg(long, value_name = "FORMAT", value_parser = ResultFormat::from_name)]
    format: Option<ResultFormat>,
    /// Seconds after which the query is stopped, counted from the start of the program
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
    /// In CSV, put an apostrophe before words that a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet: bool,
    /// Ask the SPARQL 1.1 endpoint at this URL
    #[arg(long, value_name = "URL", value_hint = clap::ValueHint::Url)]
    endpoint: Option<String>,
}

impl Query {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let query = self.query()?;
        let (started, timeout) = (Instant::now(), self.timeout);
        let (answer, naming) = match &self.endpoint {
            Some(url) => {
                let endpoint = Endpoint::new(url, Naming::default(), timeout)?;
                // The prefixes are those of what it holds; where that cannot be told, those of
                // the graph at hand.
                let endpoint = match endpoint.clone().discover() {
                    Ok(known) => known,
                    Err(error @ EndpointError::Query(QueryError::Timeout(_))) => {
                        return Err(error.into());
                    }
                    Err(_) => match folder::manifest(&global.graph) {
                        Ok(it) => endpoint.with_naming(Naming::new(&it.base)?),
                        Err(_) => endpoint,
                    },
                };
                // Both queries have the time together.
                let left = timeout.saturating_sub(started.elapsed());
                let answer = endpoint.clone().within(left).query(&query);
                let answer = answer.map_err(|error| match error {
                    EndpointError::Query(QueryError::Timeout(_)) => {
                        QueryError::Timeout(timeout).into()
                    }
                    error => error,
                })?;
                (answer, endpoint.naming().clone())
            }
            None => {
                let ontology = global.ontology()?;
                for unknown in unknown_terms(&query, ontology) {
                    terminal.warning(unknown);
                }
                // A time that is too long to be counted is no end.
                let deadline = started.checked_add(timeout);
                let Some(store) = store_until(global, ontology, deadline)? else {
                    return Err(QueryError::Timeout(timeout).into());
                };
                let naming = store.naming().clone();
                let left = timeout.saturating_sub(started.elapsed());
                let answer = store.query(&query, left).map_err(|error| match error {
                    QueryError::Timeout(_) => QueryError::Timeout(timeout),
                    error => error,
                })?;
                (answer, naming)
            }
        };
        let format = self.format(&answer);
        let is_sheet = matches!(format, ResultFormat::Results(it) if it.file_extension() == "csv");
        let answer = if self.spreadsheet && is_sheet { answer.for_spreadsheet() } else { answer };
        let is_data = !matches!(format, ResultFormat::Table { .. });
        let mut out = terminal::data_or_page(is_data);
        answer.write(format, &naming, &mut out)?;
        out.flush()?;
        Ok(if answer.is_empty() { Outcome::Nothing } else { Outcome::Done })
    }

    /// The format asked for, else one for people on a terminal and one for programs
    /// in a pipe.
    fn format(&self, answer: &Answer) -> ResultFormat {
        let terminal = std::io::stdout().is_terminal();
        let width = terminal::width().and_then(|width| u16::try_from(width).ok());
        match (self.format, answer) {
            (Some(ResultFormat::Table { .. }), _) => ResultFormat::Table { width },
            (Some(format), _) => format,
            (None, Answer::Triples(_)) => ResultFormat::Rdf(RdfFormat::Turtle),
            (None, Answer::Rows { .. }) if !terminal => {
                ResultFormat::from_name("tsv").expect("tsv is a format")
            }
            (None, _) => ResultFormat::Table { width },
        }
    }

    fn query(&self) -> Result<String> {
        if let Some(query) = &self.execute {
            return Ok(query.clone());
        }
        let most = MAX_QUERY_BYTES as u64 + 1;
        if self.file == Path::new("-") {
            let mut query = String::new();
            let mut input = std::io::stdin().take(most);
            input.read_to_string(&mut query).context("cannot read standard input")?;
            return Ok(query);
        }
        files::read_to_string(&self.file, most)
            .with_context(|| format!("cannot read {}", self.file.display()))
    }
}

/// A time; one that is too long to be counted is for ever.
fn seconds(value: &str) -> Result<Duration, String> {
    match value.parse::<f64>() {
        Ok(seconds) if seconds >= 0.0 => {
            Ok(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
        }
        _ => Err("valid: a number of seconds, 0 or more".to_owned()),
    }
}
