//! The worker process: loads the graph, then answers one task after another.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use oxigraph::io::JsonLdProfileSet;
use oxigraph::model::{GraphName, NamedNode};

use super::accept::one_of;
use super::worker::{Outcome, READY, Task, Wanted};
use crate::rdf::{
    Answer, GraphChoice, QueryError, RdfFormat, ResultFormat, Store, StoreError, write,
};

/// Media types of rows, and of yes or no; the first is given where nothing is asked for.
const ROWS: [(&str, &str); 7] = [
    ("application/sparql-results+json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("application/json", "json"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
];

/// Media types of triples.
pub(super) const TRIPLES: [(&str, RdfFormat); 6] = [
    ("text/turtle", RdfFormat::Turtle),
    ("application/n-triples", RdfFormat::NTriples),
    ("application/ld+json", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    ("application/rdf+xml", RdfFormat::RdfXml),
    ("application/trig", RdfFormat::TriG),
    ("application/n-quads", RdfFormat::NQuads),
];

/// Media types of quads.
const QUADS: [(&str, RdfFormat); 3] = [
    ("application/trig", RdfFormat::TriG),
    ("application/n-quads", RdfFormat::NQuads),
    ("application/ld+json", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
];

/// Answers the tasks of standard input until it ends, or until a query could not be stopped.
///
/// # Errors
/// When nobody listens any more.
pub fn work(store: &Store, tasks: impl BufRead, out: impl Write) -> io::Result<()> {
    each(tasks, out, |task, body| done(store, task, body))
}

/// Does one task after another; what keeps one from an answer comes as an error.
pub(super) fn each(
    tasks: impl BufRead,
    mut out: impl Write,
    mut done: impl FnMut(&Task, &mut Capped) -> Result<Outcome, Outcome>,
) -> io::Result<()> {
    writeln!(out, "{READY}")?;
    out.flush()?;
    for line in tasks.lines() {
        let task: Task = serde_json::from_str(&line?)?;
        let mut body = Capped { bytes: Vec::new(), most: task.bytes };
        let mut outcome = done(&task, &mut body).unwrap_or_else(|it| it);
        if let Outcome::Answer { bytes, .. } = &mut outcome {
            *bytes = body.bytes.len();
        } else {
            body.bytes.clear();
        }
        serde_json::to_writer(&mut out, &outcome)?;
        out.write_all(b"\n")?;
        out.write_all(&body.bytes)?;
        out.flush()?;
        if matches!(outcome, Outcome::Spent(_)) {
            // What does not stop goes on in a thread; with the process it ends.
            return Ok(());
        }
    }
    Ok(())
}

/// The outcome of a task; what keeps it from an answer comes as an error.
fn done(store: &Store, task: &Task, body: &mut Capped) -> Result<Outcome, Outcome> {
    let media = match &task.wanted {
        Wanted::Query { query, default, named } => {
            let graphs = GraphChoice { default: graphs(default)?, named: graphs(named)? };
            let time = Duration::from_secs_f64(task.seconds);
            let answer = store.query_over(query, &graphs, time).map_err(refusal)?;
            answer_in(&answer, store, task, body)?
        }
        Wanted::Graph(name) => {
            let (media, format) = chosen(task, &TRIPLES)?;
            let graph = match name {
                Some(name) => GraphName::NamedNode(graph(name)?),
                None => GraphName::DefaultGraph,
            };
            let mut quads = store.quads(Some(&graph)).map_err(broken)?;
            if let (Some(name), true) = (name, quads.is_empty()) {
                return Err(Outcome::Missing(format!("there is no graph {name}")));
            }
            // It is asked for itself, so its name is not said again.
            quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
            write(quads.into_iter(), store.naming(), format, &mut *body)
                .map_err(|e| body.why(&e))?;
            media
        }
        Wanted::Dataset => {
            let (media, format) = chosen(task, &QUADS)?;
            let quads = store.quads(None).map_err(broken)?;
            write(quads.into_iter(), store.naming(), format, &mut *body)
                .map_err(|e| body.why(&e))?;
            media
        }
        Wanted::Question { .. } => {
            return Err(Outcome::Wrong("a question in English is for another worker".to_owned()));
        }
    };
    Ok(Outcome::Answer { media: with_charset(media), bytes: 0 })
}

fn answer_in<'a>(
    answer: &Answer,
    store: &Store,
    task: &Task,
    body: &mut Capped,
) -> Result<&'a str, Outcome> {
    let (media, format) = match answer {
        Answer::Triples(_) => {
            let (media, format) = chosen(task, &TRIPLES)?;
            (media, ResultFormat::Rdf(format))
        }
        Answer::Rows { .. } | Answer::Boolean(_) => {
            let (media, name) = chosen(task, &ROWS)?;
            (
                media,
                ResultFormat::from_name(name)
                    .map_err(|unknown| Outcome::Wrong(unknown.to_string()))?,
            )
        }
    };
    answer.write(format, store.naming(), &mut *body).map_err(|error| body.why(&error))?;
    Ok(media)
}

/// The media type that the client likes best.
fn chosen<T: Copy>(
    task: &Task,
    offered: &[(&'static str, T)],
) -> Result<(&'static str, T), Outcome> {
    one_of(task.accept.as_deref(), offered).map_err(Outcome::NotAcceptable)
}

fn with_charset(media: &str) -> String {
    if media.starts_with("text/") { format!("{media}; charset=utf-8") } else { media.to_owned() }
}

fn graphs(names: &[String]) -> Result<Vec<NamedNode>, Outcome> {
    names.iter().map(|name| graph(name)).collect()
}

fn graph(name: &str) -> Result<NamedNode, Outcome> {
    let wrong = |error| Outcome::Wrong(format!("{name:?} is no IRI of a graph: {error}"));
    NamedNode::new(name).map_err(wrong)
}

fn refusal(error: QueryError) -> Outcome {
    let words = error.to_string();
    match error {
        QueryError::Update(_) => Outcome::Update(words),
        // It may go on for a while, and holds its memory until then.
        error if error.is_stopped() => Outcome::Spent(words),
        _ => Outcome::Wrong(words),
    }
}

fn broken(error: StoreError) -> Outcome {
    Outcome::Spent(error.to_string())
}

/// Bytes up to a limit.
pub(super) struct Capped {
    bytes: Vec<u8>,
    most: usize,
}

impl Capped {
    /// Why it could not be written into: only for its limit.
    pub(super) fn why(&self, error: &io::Error) -> Outcome {
        if error.kind() == io::ErrorKind::QuotaExceeded {
            let (most, words) =
                (self.most >> 20, "MiB; ask for less (LIMIT), or in several queries");
            return Outcome::Wrong(format!("the answer has more than {most} {words}"));
        }
        Outcome::Wrong(error.to_string())
    }
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
