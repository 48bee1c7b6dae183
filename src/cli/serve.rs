use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;

use super::store::{Place, is_kept, made, store};
use super::terminal::{self, Terminal};
use super::{Global, Outcome};
use crate::decisions::kept;
use crate::extract::Lexicon;
use crate::graph::{Graph, folder};
use crate::ontology::Ontology;
use crate::rdf::Store;
use crate::resolve::{Corpus, mended};
use crate::serve::{self, Settings, Work};

const EXAMPLES: &str = "\
Examples:
  demarche serve --open                     the explorer in the browser
  demarche serve --graph news-graph --port 8000
  demarche serve --open --decisions mine.yaml  review: correct claims, merge and split actors …
  demarche serve --cors https://example.org    its pages may ask from a browser
  curl 'http://localhost:7878/api/claims?act=reject&actor=kremlin'
  curl --data-urlencode 'query=SELECT * { ?who dm:rejected ?what }' http://localhost:7878/query

Where:
  /                    the explorer: documents with their claims, actors, matters, disputes …
  /query, /sparql      SPARQL 1.1 Protocol, read-only; without a query its service description
  /store               Graph Store reads: ?graph=IRI, ?default, or all
  /api/openapi.json    what there is as JSON

It is heard on this machine alone unless --address says otherwise, and answers to its own names
only. Each query or question has a process that is killed when it takes too long; a few run at a
time, some wait, others are told to come again (503). Nothing can be changed through it but the file of
--decisions, and no query can read files or ask other servers. When the folder is built anew, the new graph is served.";

/// Serve the graph: an explorer in the browser, SPARQL and JSON
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Serve {
    /// Port; 0 takes any that is free
    #[arg(long, short, value_name = "PORT", default_value_t = 7878)]
    port: u16,
    /// Address to listen at; 0.0.0.0 lets the network in
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Another name that the server answers to; repeatable
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Origin whose pages may ask from a browser; `*` is all
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<String>,
    /// File into which decisions go that are made in the explorer, and which is applied to what is
    /// served; `build --decisions` applies it for good
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    decisions: Option<PathBuf>,
    /// Seconds that a query or a question may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    timeout: Duration,
    /// How many queries are answered at a time
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
    /// Open the explorer in the browser
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        folder::manifest(&global.graph)?;
        let listener = TcpListener::bind((self.address, self.port))
            .with_context(|| format!("cannot listen at {}, port {}", self.address, self.port))?;
        let bound = listener.local_addr()?;
        let name = if bound.ip().is_unspecified() {
            "localhost".to_owned()
        } else {
            bound.ip().to_string()
        };
        let name = if name.contains(':') { format!("[{name}]") } else { name };
        let url = format!("http://{name}:{}/", bound.port());
        let settings = Settings {
            folder: global.graph.clone(),
            ontology: global.ontology.clone(),
            hosts: self.allow_host,
            cors: self.cors,
            decisions: self.decisions,
            timeout: self.timeout,
            workers: usize::from(self.workers),
        };
        if !bound.ip().is_loopback() {
            terminal
                .warning(format_args!("{bound} can be reached by others; there is no password"));
        }
        // Said before the graph is opened: who waits for this line waits no longer than needed.
        let mut out = terminal::stdout();
        writeln!(out, "serving {} at {url} (end with Ctrl-C)", global.graph.display())?;
        out.flush()?;
        if self.open {
            open(&url, terminal);
        }
        let program = std::env::current_exe().context("cannot find this program")?;
        let held = settings.clone();
        serve::serve(&settings, listener, move |work| worker(&program, &held, work))?;
        Ok(Outcome::Done)
    }
}

/// A process that answers queries or questions over what is served.
fn worker(program: &PathBuf, settings: &Settings, work: Work) -> Command {
    let mut command = Command::new(program);
    command.args(["serve-worker", "--quiet", "--graph"]).arg(&settings.folder);
    for layer in &settings.ontology {
        command.arg("--ontology").arg(layer);
    }
    if let Some(file) = &settings.decisions {
        command.arg("--decisions").arg(file);
    }
    if work == Work::Questions {
        command.arg("--questions");
    }
    command.stderr(Stdio::null());
    command
}

/// Asks the desktop to show the page.
fn open(url: &str, terminal: &Terminal) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        terminal.note(format_args!("no browser could be opened; open {url}"));
    }
}

/// Answer queries for `serve`
#[derive(Debug, Args)]
pub(super) struct Worker {
    /// File of decisions by which the graph is mended
    #[arg(long)]
    decisions: Option<PathBuf>,
    /// Answer questions in English, not queries
    #[arg(long)]
    questions: bool,
    /// Only make what queries are asked of, and end
    #[arg(long)]
    prepare: bool,
}

impl Worker {
    pub(super) fn run(self, global: &Global) -> Result<Outcome> {
        let ontology = global.ontology()?;
        let (tasks, out) = (io::stdin().lock(), io::stdout().lock());
        // Who does not listen any more has ended.
        let _ = if self.questions {
            let corpus = self.corpus(global, ontology)?.map_or_else(|| global.corpus(), Ok)?;
            let (graph, lexicon) = (Graph::new(corpus, ontology), Lexicon::new(ontology));
            serve::work_on_questions(&graph, &lexicon, global.annotator()?, tasks, out)
        } else {
            let store = self.store(global, ontology)?;
            if self.prepare {
                return Ok(Outcome::Done);
            }
            serve::work(&store, tasks, out)
        };
        // What still runs in a thread ends here.
        std::process::exit(0)
    }

    /// The graph as it is mended by decisions; none where there are none.
    fn corpus(&self, global: &Global, ontology: &Ontology) -> Result<Option<Corpus>> {
        // A file that is wrong changes nothing; the server says so.
        let kept = self.decisions.as_deref().and_then(|file| kept(file, ontology).ok());
        let Some(kept) = kept.filter(|kept| !kept.is_empty()) else { return Ok(None) };
        let decided: Vec<_> = kept.into_iter().map(|it| it.decision).collect();
        Ok(Some(mended(&global.corpus()?, &decided, ontology).0))
    }

    /// What queries are asked of.
    fn store(&self, global: &Global, ontology: &Ontology) -> Result<Store> {
        let file = self.decisions.as_deref();
        let file = file.filter(|file| kept(file, ontology).is_ok_and(|kept| !kept.is_empty()));
        if is_kept(global)? {
            let place = Place::of(global, file)?;
            if let Some(store) = place.opened(global)? {
                return Ok(store);
            }
            if !self.prepare {
                // To make it takes much memory, which a process gives back only with its end.
                let mut maker = Command::new(std::env::current_exe()?);
                maker.args(std::env::args_os().skip(1)).arg("--prepare");
                let maker = maker.stdin(Stdio::null()).stdout(Stdio::null()).status();
                if maker.is_ok_and(|it| it.success())
                    && let Some(store) = Place::of(global, file)?.opened(global)?
                {
                    return Ok(store);
                }
            }
        }
        let place = Place::of(global, file)?;
        match self.corpus(global, ontology)? {
            None => store(global, ontology),
            // While the file was read somebody may have written into it.
            Some(corpus) if is_kept(global)? && Place::of(global, file)? == place => {
                place.keep(&corpus, ontology, global.naming()?)
            }
            Some(corpus) => made(&corpus, ontology, global.naming()?),
        }
    }
}

fn seconds(value: &str) -> Result<Duration, String> {
    match value.parse::<f64>() {
        Ok(seconds) if (0.001..=3_600.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("valid: a number of seconds, up to 3600".to_owned()),
    }
}
