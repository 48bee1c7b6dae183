use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::evidence::Evidence;
use super::lookup::{self, Thing};
use super::terminal::{self, Terminal};
use super::{Global, Outcome};
use crate::graph::Graph;
use crate::resolve::Dispute;

const EXAMPLES: &str = "\
Examples:
  demarche disputes                      all, the most telling first
  demarche disputes ceasefire            about matters of this name
  demarche disputes Putin                in which this actor has a part
  demarche disputes --kind agent         who did it
  demarche disputes --json | jq '.[].sides[].voices'

Kinds: agent (who did it), status (whether it happened, or is so), matter (what exactly it
was), quantity (how many, how long). Disputes between two named voices come before those
that an author sees, and what was done before what might be.";

/// List what the voices disagree on, each side with its words
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Disputes {
    /// Only disputes about this matter, or in which this actor has a part
    name: Vec<String>,
    /// Only disputes of this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Write JSON: sides with voices and claims
    #[arg(long)]
    json: bool,
    /// How many to list at most
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Who did it
    Agent,
    /// Whether it happened, or is so
    Status,
    /// What exactly it was
    Matter,
    /// How many, how long
    Quantity,
}

impl Disputes {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let ontology = global.ontology()?;
        let graph = Graph::new(global.corpus()?, ontology);
        let evidence = Evidence::new(graph.corpus(), ontology, terminal::width());
        let mut disputes = graph.disputes();
        if !self.name.is_empty() {
            let name = self.name.join(" ");
            let things = lookup::find(graph.corpus(), &name);
            if things.is_empty() {
                lookup::tell_nothing(graph.corpus(), &name, terminal);
                return Ok(Outcome::Nothing);
            }
            disputes.retain(|dispute| things.iter().any(|&it| concerns(dispute, it, &evidence)));
        }
        if let Some(kind) = self.kind.as_ref().and_then(Kind::to_possible_value) {
            disputes.retain(|dispute| dispute.kind.as_str() == kind.get_name());
        }
        disputes.truncate(self.limit.unwrap_or(usize::MAX));

        let mut out = terminal::data_or_page(self.json);
        if self.json {
            let list: Vec<Value> =
                disputes.iter().map(|it| object(it, &graph, &evidence)).collect();
            serde_json::to_writer_pretty(&mut out, &list)?;
            writeln!(out)?;
        } else {
            for (at, dispute) in disputes.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                evidence.write_dispute(&mut out, dispute, 0)?;
            }
        }
        out.flush()?;
        if disputes.is_empty() {
            terminal.note("nothing found that voices disagree on");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
}

fn concerns(dispute: &Dispute, thing: Thing<'_>, evidence: &Evidence<'_>) -> bool {
    let mut claims = dispute.sides.iter().flat_map(|side| evidence.claims(&side.claims));
    match thing {
        Thing::Matter(it) => dispute.matter.as_ref() == Some(&it.id),
        Thing::Actor(it) => claims.any(|claim| lookup::participants(claim).any(|id| id == it.id)),
        Thing::Document(it) => claims.any(|claim| claim.document == it.id),
        Thing::Claim(it) => claims.any(|claim| claim.id == it.id),
        Thing::Dispute(it) => dispute.id == it.id,
        Thing::Event(it) => claims.any(|claim| it.claims.contains(&claim.id)),
    }
}

fn object(dispute: &Dispute, graph: &Graph, evidence: &Evidence<'_>) -> Value {
    let matter = dispute.matter.as_deref().and_then(|id| graph.matter(id));
    let sides: Vec<Value> = dispute
        .sides
        .iter()
        .map(|side| {
            json!({
                "label": side.label,
                "voices": evidence.voices(side),
                "claims": evidence.claims(&side.claims).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "id": dispute.id,
        "kind": dispute.kind,
        "label": dispute.label,
        "matter": matter.map(|at| {
            let matter = &graph.corpus().matters[at];
            json!({ "id": matter.id, "label": matter.label })
        }),
        "sides": sides,
    })
}
