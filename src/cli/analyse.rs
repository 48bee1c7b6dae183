use std::io::Write;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::evidence::Evidence;
use super::lookup::{self, Thing};
use super::summary::count;
use super::terminal::{self, DIM, HEADING, STRONG, Terminal};
use super::{Global, Outcome};
use crate::extract::Claim;
use crate::graph::{Centrality, Graph, Loss, Measure, Node, Step};

const EXAMPLES: &str = "\
Examples:
  demarche analyse connect Macron Putin              by the fewest claims
  demarche analyse connect Macron Putin --strongest  by the best supported ones
  demarche analyse brokers                           who lies between the others
  demarche analyse camps                             who stands together, and against whom
  demarche analyse without Kremlin                   what nobody else reports
  demarche analyse without 002                       what only this document has

Each result is shown with the words that it was computed from; --json has all of them.";

/// Compute on the network: connections, brokers, camps, what hangs on one source
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Analyse {
    #[command(subcommand)]
    analysis: Analysis,
    /// Write JSON, with the claims
    #[arg(long, global = true)]
    json: bool,
    /// How many results to give, and claims under each
    #[arg(long, short = 'n', global = true, value_name = "N", default_value = "10")]
    limit: usize,
}

#[derive(Debug, Subcommand)]
enum Analysis {
    /// How two actors are connected: who did what to whom, or about the same matter
    Connect {
        /// The one; quote a name of several words
        from: String,
        /// The other
        to: String,
        /// The best supported connection instead of the shortest
        #[arg(long)]
        strongest: bool,
    },
    /// Who lies on the shortest connections of others (betweenness, Freeman 1977)
    Brokers,
    /// Who stands together, by agreement and opposition (correlation clustering)
    Camps,
    /// What would fall away if nothing was believed that one voice or document reports
    Without {
        /// An actor that reports, or a document
        #[arg(required = true)]
        source: Vec<String>,
    },
}

/// How many claims are quoted under a step or result.
const QUOTES: usize = 2;

impl Analyse {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let ontology = global.ontology()?;
        let graph = Graph::new(global.corpus()?, ontology);
        let evidence = Evidence::new(graph.corpus(), ontology, terminal::width());
        let page = Page { graph: &graph, evidence: &evidence, limit: self.limit, json: self.json };
        let mut out = terminal::data_or_page(self.json);
        let found = match &self.analysis {
            Analysis::Connect { from, to, strongest } => {
                let Some((from, to)) = page.actor(from, terminal).zip(page.actor(to, terminal))
                else {
                    return Ok(Outcome::Nothing);
                };
                let measure = if *strongest { Measure::Strongest } else { Measure::Fewest };
                page.connect(&mut out, from, to, measure)?
            }
            Analysis::Brokers => page.brokers(&mut out)?,
            Analysis::Camps => page.camps(&mut out)?,
            Analysis::Without { source } => {
                let name = source.join(" ");
                let found = lookup::find(graph.corpus(), &name);
                let loss = found.iter().find_map(|&thing| match thing {
                    Thing::Actor(it) => Some((thing, graph.loss(graph.actor(&it.id)?))),
                    Thing::Document(it) => {
                        Some((thing, graph.loss_of(|claim| claim.document == it.id)))
                    }
                    _ => None,
                });
                let Some((thing, loss)) = loss else {
                    lookup::tell_nothing(graph.corpus(), &name, terminal);
                    return Ok(Outcome::Nothing);
                };
                page.without(&mut out, thing, &loss)?
            }
        };
        out.flush()?;
        if !found {
            terminal.note("nothing found");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
}

/// Results, written out. Each says whether there is any.
struct Page<'a> {
    graph: &'a Graph,
    evidence: &'a Evidence<'a>,
    limit: usize,
    json: bool,
}

impl<'a> Page<'a> {
    /// The actor of a name; that there is none is told.
    fn actor(&self, name: &str, terminal: &Terminal) -> Option<usize> {
        let corpus = self.graph.corpus();
        let found = lookup::of_kind(corpus, name, "actor");
        let Some(thing) = found.first() else {
            lookup::tell_nothing(corpus, name, terminal);
            return None;
        };
        self.graph.actor(thing.id())
    }

    fn connect(&self, out: &mut dyn Write, from: usize, to: usize, by: Measure) -> Result<bool> {
        let way = self.graph.connection(from, to, by).filter(|way| !way.steps.is_empty());
        if self.json {
            let way = way.as_ref().map(|way| {
                let steps: Vec<Value> = way.steps.iter().map(|step| self.step(step)).collect();
                json!({ "support": way.support, "steps": steps })
            });
            write_json(out, &json!(way))?;
            return Ok(way.is_some());
        }
        let Some(way) = way else { return Ok(false) };
        let mut nodes = vec![self.graph.label(way.steps[0].from)];
        nodes.extend(way.steps.iter().map(|step| self.graph.label(step.to)));
        writeln!(
            out,
            "{STRONG}{}{STRONG:#} {DIM}support {:.2}{DIM:#}",
            nodes.join(" — "),
            way.support
        )?;
        for step in &way.steps {
            let ends = (self.graph.label(step.from), self.graph.label(step.to));
            if step.claims.is_empty() {
                writeln!(out, "  {} and {}: one acts for the other", ends.0, ends.1)?;
                continue;
            }
            writeln!(out, "  {} and {}, by {}", ends.0, ends.1, count(step.claims.len(), "claim"))?;
            self.quotes(out, &step.claims, 4)?;
        }
        Ok(true)
    }

    fn step(&self, step: &Step) -> Value {
        json!({
            "from": self.node(step.from),
            "to": self.node(step.to),
            "claims": self.claims(&step.claims),
        })
    }

    fn brokers(&self, out: &mut dyn Write) -> Result<bool> {
        let mut brokers: Vec<Centrality> = self.graph.brokers();
        brokers.truncate(self.limit);
        if self.json {
            let list: Vec<Value> = brokers
                .iter()
                .map(|it| {
                    json!({
                        "actor": self.node(Node::Actor(it.actor)),
                        "betweenness": it.score,
                        "claims": self.claims(&it.claims),
                    })
                })
                .collect();
            write_json(out, &json!(list))?;
            return Ok(!brokers.is_empty());
        }
        for it in &brokers {
            let label = self.graph.label(Node::Actor(it.actor));
            writeln!(
                out,
                "{STRONG}{label}{STRONG:#} {:.0} % of connections between others {DIM}by {}{DIM:#}",
                it.score * 100.0,
                count(it.claims.len(), "claim")
            )?;
            self.quotes(out, &it.claims, 2)?;
        }
        Ok(!brokers.is_empty())
    }

    fn camps(&self, out: &mut dyn Write) -> Result<bool> {
        /// How many actors are put into camps, the most active ones.
        const ACTORS: usize = 60;
        let found = self.graph.camps(ACTORS);
        let names = |camp: &[usize]| -> Vec<&str> {
            camp.iter().map(|&at| self.graph.label(Node::Actor(at))).collect()
        };
        if self.json {
            let camps: Vec<Vec<Value>> = found
                .camps
                .iter()
                .map(|camp| camp.iter().map(|&at| self.node(Node::Actor(at))).collect())
                .collect();
            let oppositions: Vec<Value> = found
                .oppositions
                .iter()
                .map(|it| {
                    json!({
                        "between": [it.between.0, it.between.1],
                        "weight": it.weight,
                        "claims": self.claims(&it.claims),
                    })
                })
                .collect();
            write_json(out, &json!({ "camps": camps, "oppositions": oppositions }))?;
            return Ok(!found.camps.is_empty());
        }
        let together = found.camps.iter().enumerate().filter(|(_, camp)| camp.len() > 1);
        for (at, camp) in together {
            writeln!(out, "{HEADING}Camp {}{HEADING:#} {}", at + 1, names(camp).join(", "))?;
        }
        let alone: Vec<&str> =
            found.camps.iter().filter(|camp| camp.len() == 1).flat_map(|it| names(it)).collect();
        if !alone.is_empty() {
            writeln!(out, "{HEADING}Alone{HEADING:#}  {DIM}{}{DIM:#}", alone.join(", "))?;
        }
        let called = |at: usize| match found.camps[at].as_slice() {
            [only] => self.graph.label(Node::Actor(*only)).to_owned(),
            _ => format!("camp {}", at + 1),
        };
        for it in found.oppositions.iter().take(self.limit) {
            let (one, other) = (called(it.between.0), called(it.between.1));
            writeln!(
                out,
                "\n{STRONG}{one} against {other}{STRONG:#} {DIM}{}{DIM:#}",
                opposing(it.weight)
            )?;
            self.quotes(out, &it.claims, 2)?;
        }
        Ok(!found.camps.is_empty())
    }

    fn without(&self, out: &mut dyn Write, source: Thing<'_>, loss: &Loss) -> Result<bool> {
        let all = self.graph.corpus().claims.len();
        if self.json {
            let edges: Vec<Value> = loss
                .edges
                .iter()
                .map(|(from, to, edge)| {
                    json!({
                        "from": self.node(*from),
                        "act": edge.act,
                        "status": edge.status,
                        "to": self.node(*to),
                        "claims": self.claims(&edge.claims),
                    })
                })
                .collect();
            let nodes: Vec<Value> = loss.nodes.iter().map(|&node| self.node(node)).collect();
            let page = json!({
                "source": { "kind": source.kind(), "id": source.id(), "label": source.label() },
                "claims": self.claims(&loss.claims),
                "edges": edges,
                "things": nodes,
            });
            write_json(out, &page)?;
            return Ok(!loss.claims.is_empty());
        }
        if loss.claims.is_empty() {
            return Ok(false);
        }
        writeln!(
            out,
            "{STRONG}Without {}{STRONG:#}, {} of {all} would fall away",
            source.label(),
            count(loss.claims.len(), "claim")
        )?;
        if !loss.edges.is_empty() {
            writeln!(out, "\n{HEADING}Nobody else says that{HEADING:#}")?;
        }
        for (from, to, edge) in loss.edges.iter().take(self.limit) {
            let (from, to) = (self.graph.label(*from), self.graph.label(*to));
            let past = self.evidence.past(&edge.act);
            let status = if edge.status.as_str() == "actual" { "" } else { edge.status.as_str() };
            writeln!(out, "  {from} {past} {to} {DIM}{status}{DIM:#}")?;
            self.quotes(out, &edge.claims, 4)?;
        }
        more(out, loss.edges.len(), self.limit)?;
        let things: Vec<&str> = loss
            .nodes
            .iter()
            .filter(|node| matches!(node, Node::Actor(_) | Node::Matter(_) | Node::Event(_)))
            .map(|&node| self.graph.label(node))
            .collect();
        if !things.is_empty() {
            writeln!(out, "\n{HEADING}Nobody else speaks of{HEADING:#}")?;
            for thing in things.iter().take(self.limit) {
                writeln!(out, "  {thing}")?;
            }
            more(out, things.len(), self.limit)?;
        }
        Ok(true)
    }

    /// The words of the first claims.
    fn quotes(&self, out: &mut dyn Write, claims: &[usize], indent: usize) -> Result<()> {
        for claim in self.claims(claims).into_iter().take(QUOTES.min(self.limit)) {
            self.evidence.write(out, claim, indent)?;
        }
        Ok(())
    }

    fn claims(&self, claims: &[usize]) -> Vec<&'a Claim> {
        claims.iter().map(|&at| &self.graph.corpus().claims[at]).collect()
    }

    fn node(&self, node: Node) -> Value {
        let kind = match node {
            Node::Actor(_) => "actor",
            Node::Matter(_) => "matter",
            Node::Event(_) => "event",
            Node::Claim(_) => "claim",
            Node::Document(_) => "document",
        };
        json!({ "kind": kind, "id": self.graph.id(node), "label": self.graph.label(node) })
    }
}

/// "1 more claim opposes than agrees".
fn opposing(weight: f64) -> String {
    if weight == 1.0 {
        return "1 more claim opposes than agrees".to_owned();
    }
    format!("{weight} more claims oppose than agree")
}

fn more(out: &mut dyn Write, all: usize, shown: usize) -> Result<()> {
    if all > shown {
        writeln!(out, "  {DIM}and {} more{DIM:#}", all - shown)?;
    }
    Ok(())
}

fn write_json(out: &mut dyn Write, value: &Value) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
