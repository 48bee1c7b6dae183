use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

use anyhow::{Context, Result};
use clap::Args;

use super::{Global, Outcome, terminal};
use crate::graph::folder;
use crate::mcp;

const EXAMPLES: &str = "\
Examples:
  demarche mcp --graph news-graph          started by a client, spoken to over its pipes
  claude mcp add news -- demarche mcp --graph /home/me/news-graph
  {\"mcpServers\": {\"news\": {\"command\": \"demarche\", \"args\": [\"mcp\", \"--graph\", \"/home/me/news-graph\"]}}}
  demarche mcp --graph news-graph --http 8001      heard at http://127.0.0.1:8001/mcp
  claude mcp add --transport http news http://127.0.0.1:8001/mcp

Tools: ask, query, show, claims, evidence, disputes, stances. Resources: the documents, the files of
the ontology, the vocabulary. Nothing can be changed through it. A graph that is built anew meanwhile
is used from the next call on.

Over HTTP (the protocol's \"streamable HTTP\") it is heard on this machine alone, answers to this
machine's own names and to no page of another site, and keeps nothing between two requests.";

/// Offer the graph to language models: a server of the Model Context Protocol
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Mcp {
    /// Be heard over HTTP instead of standard input and output, at this port of 127.0.0.1 or at an
    /// address of this machine alone; port 0 takes any that is free
    #[arg(long, value_name = "[ADDRESS:]PORT", value_parser = address)]
    http: Option<SocketAddr>,
}

impl Mcp {
    pub(super) fn run(self, global: &Global) -> Result<Outcome> {
        let (graph, ontology) = (global.graph.clone(), global.ontology.clone());
        let Some(address) = self.http else {
            mcp::serve_stdio(graph, ontology)?;
            return Ok(Outcome::Done);
        };
        folder::manifest(&graph)?;
        let listener =
            TcpListener::bind(address).with_context(|| format!("cannot listen at {address}"))?;
        // Said before the graph is opened: whoever connects now is heard as soon as it is.
        let mut out = terminal::stdout();
        let (bound, path) = (listener.local_addr()?, mcp::PATH);
        writeln!(out, "offering {} at http://{bound}{path} (end with Ctrl-C)", graph.display())?;
        out.flush()?;
        mcp::serve_http(listener, graph, ontology)?;
        Ok(Outcome::Done)
    }
}

/// An address that this machine alone can reach; a port alone is one of 127.0.0.1.
fn address(value: &str) -> Result<SocketAddr, String> {
    let port = value.parse().map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    let valid = "valid: a port (8001), or an address of this machine alone with a port \
                 (127.0.0.1:8001, [::1]:8001)";
    match port.or_else(|_| value.parse::<SocketAddr>()) {
        Ok(address) if address.ip().is_loopback() => Ok(address),
        Ok(_) => Err(format!("others could reach it, and there is no password; {valid}")),
        Err(_) => Err(valid.to_owned()),
    }
}
