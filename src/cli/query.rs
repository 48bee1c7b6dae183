use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::terminal::Terminal;
use super::{Global, Outcome};

const EXAMPLES: &str = "\
Examples:
  demarche query examples/queries/who-stands-where.rq
  demarche query -e 'SELECT ?who ?what { ?who dm:rejected ?what }'
  demarche query -e 'ASK { actor:vladimir-putin dm:accepted ?matter }'
  demarche query -e 'DESCRIBE actor:kremlin' --format ttl
  demarche query --format csv --timeout 60 - < long.rq > rows.csv

What a query can ask of:
  ?who dm:proposed ?matter        and dm:demanded, dm:accepted, dm:rejected, dm:threatened …:
                                  what is said to have been done
  ?claim a dm:Claim ;             every claim, with
    dm:act act:reject ;           its act, and dm:agent, dm:addressee, dm:matter, dm:status,
    dm:accordingTo ?voice ;       who says so, dm:time,
    dm:inDocument ?document       and where; its words are an oa:TextQuoteSelector
The prefixes dm, act, actor, matter, event, claim, document, skos, prov, oa, sem, rdf,
rdfs, owl and xsd are declared. A query sees all documents; GRAPH ?document { … } tells them apart.

Exit code 0 if there is a row, 1 if there is none (or ASK says no).";

/// Run a SPARQL query over the graph
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Query {
    /// File with the query; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The query itself
    #[arg(long, short, value_name = "SPARQL", conflicts_with = "file")]
    execute: Option<String>,
    /// How to write rows (table, json, csv, tsv, xml) or triples (ttl, nt, nq, trig, rdf, jsonld)
    /// [default: table on a terminal, else tsv; ttl for triples]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Seconds after which the query is stopped
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    timeout: f64,
}

impl Query {
    pub fn run(self, _global: &Global, _terminal: &Terminal) -> Result<Outcome> {
        let _query = self.query()?;
        let _timeout = Duration::try_from_secs_f64(self.timeout)?;
        bail!("not here yet")
    }

    fn query(&self) -> Result<String> {
        if let Some(query) = &self.execute {
            return Ok(query.clone());
        }
        if self.file == Path::new("-") {
            let mut query = String::new();
            std::io::stdin().read_to_string(&mut query).context("cannot read standard input")?;
            return Ok(query);
        }
        fs::read_to_string(&self.file)
            .with_context(|| format!("cannot read {}", self.file.display()))
    }
}
