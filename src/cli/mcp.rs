use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::building::Order;
use super::{Global, Outcome, terminal};
use crate::graph::folder::{self, Partial};
use crate::mcp::{self, Adding, NewText, Offer};

const EXAMPLES: &str = "\
Examples:
  demarche mcp --graph news-graph          started by a client, spoken to over its pipes
  claude mcp add news -- demarche mcp --graph /home/me/news-graph
  {\"mcpServers\": {\"news\": {\"command\": \"demarche\", \"args\": [\"mcp\", \"--graph\", \"/home/me/news-graph\"]}}}
  demarche mcp --graph news-graph --http 8001      heard at http://127.0.0.1:8001/mcp
  claude mcp add --transport http news http://127.0.0.1:8001/mcp

  demarche mcp --graph news-graph --allow-adding news/added   with the tool `add`

Tools: ask, query, show, claims, evidence, disputes, stances. Resources: the documents, the files of
the ontology that the graph was built with, the vocabulary. Answers fit into a context window: lists
come in pages, long texts in parts. A graph that is built anew meanwhile is used from the next call on.

Nothing can be changed through it, unless --allow-adding is given. Then there is the tool `add` too: a
text that the model gives is written into that folder, as a file of JSON Lines under its id, and added
as `demarche add` does it. What cannot be added leaves no file.

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
    /// Let texts be added to the graph, which are written into this folder
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    allow_adding: Option<PathBuf>,
}

impl Mcp {
    pub(super) fn run(self, global: &Global) -> Result<Outcome> {
        let graph = &global.graph;
        let adding = self.allow_adding.map(|texts| adding(graph, texts)).transpose()?;
        let offer = Offer { folder: graph.clone(), ontology: global.ontology.clone(), adding };
        let Some(address) = self.http else {
            mcp::serve_stdio(offer)?;
            return Ok(Outcome::Done);
        };
        folder::manifest(graph)?;
        let listener =
            TcpListener::bind(address).with_context(|| format!("cannot listen at {address}"))?;
        // Said before the graph is opened: whoever connects now is heard as soon as it is.
        let mut out = terminal::stdout();
        let (bound, path) = (listener.local_addr()?, mcp::PATH);
        writeln!(out, "offering {} at http://{bound}{path} (end with Ctrl-C)", graph.display())?;
        out.flush()?;
        mcp::serve_http(listener, offer)?;
        Ok(Outcome::Done)
    }
}

/// Writes a text into the folder, and starts this program anew to add it as a user would.
fn adding(graph: &Path, texts: PathBuf) -> Result<Adding> {
    if Order::update(graph)?.recipe.readings {
        bail!("{}: was built from claims; texts cannot be added", graph.display());
    }
    fs::create_dir_all(&texts).with_context(|| texts.display().to_string())?;
    let (graph, program) = (graph.to_owned(), std::env::current_exe()?);
    Ok(Box::new(move |text| {
        let path = texts.join(format!("{}.jsonl", text.id));
        let failed = |error: io::Error| format!("{}: {error}", path.display());
        write(&path, text).map_err(failed)?;
        let mut command = Command::new(&program);
        command.args(["add", "--quiet", "--color", "never", "--graph"]).arg(&graph).arg(&path);
        // Standard output is the client's.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let done = command.output();
        let is_there = Partial::open(&graph)
            .is_ok_and(|(_, frame)| frame.documents.iter().any(|it| it.id == text.id));
        if !is_there {
            fs::remove_file(&path).map_err(failed)?;
        }
        let said = String::from_utf8_lossy(&done.map_err(failed)?.stderr).trim().to_owned();
        if is_there { Ok(said) } else { Err(format!("the text was not added: {said}")) }
    }))
}

/// Writes a text as one line of a new file.
fn write(path: &Path, text: &NewText) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    serde_json::to_writer(&mut file, text)?;
    file.write_all(b"\n")?;
    file.sync_all()
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
