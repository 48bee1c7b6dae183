use anyhow::Result;
use clap::Args;

use super::{Global, Outcome};
use crate::mcp;

const EXAMPLES: &str = "\
Examples:
  demarche mcp --graph news-graph          started by a client, spoken to over its pipes
  claude mcp add news -- demarche mcp --graph /home/me/news-graph
  {\"mcpServers\": {\"news\": {\"command\": \"demarche\", \"args\": [\"mcp\", \"--graph\", \"/home/me/news-graph\"]}}}

Tools: ask, query, show, claims, evidence, disputes, stances. Resources: the documents, the files of
the ontology, the vocabulary. Nothing can be changed through it. A graph that is built anew meanwhile
is used from the next call on.";

/// Offer the graph to language models: a server of the Model Context Protocol
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Mcp {}

impl Mcp {
    pub(super) fn run(self, global: &Global) -> Result<Outcome> {
        mcp::serve_stdio(global.graph.clone(), global.ontology.clone())?;
        Ok(Outcome::Done)
    }
}
