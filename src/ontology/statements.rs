//! Turtle read into terms and what is said of them.

use std::collections::BTreeMap;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;
use rayon::prelude::*;

use super::finding::{Finding, Severity};
use super::source::Source;
use super::vocabulary::shorten;

/// After this many syntax errors a file is given up: it is probably no Turtle.
const MOST_SYNTAX_ERRORS: usize = 5;

/// The object of a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    /// A term, with its prefix.
    Iri(String),
    /// A nameless node, unique over all files.
    Blank(String),
    /// A literal: text, language or empty, datatype with its prefix or empty for
    /// plain text.
    Literal { text: String, language: String, datatype: String },
}

impl Value {
    /// The text of a literal, the name of anything else.
    pub(super) fn text(&self) -> &str {
        match self {
            Value::Iri(s) | Value::Blank(s) => s,
            Value::Literal { text, .. } => text,
        }
    }
}

/// One thing said of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// With its prefix: `dm:act`.
    pub property: String,
    pub value: Value,
    /// Index of the source that says so.
    pub file: usize,
}

/// All statements, by subject; those of one subject in the order of the files.
pub(super) type Statements = BTreeMap<String, Vec<Statement>>;

/// Reads all sources, several at a time. A syntax error loses only the statement it
/// stands in.
pub(super) fn parse(sources: &[Source], findings: &mut Vec<Finding>) -> Statements {
    // By numbered file, so that the order does not depend on which is read first.
    let read: Vec<_> =
        sources.par_iter().enumerate().map(|(file, source)| parse_one(file, source)).collect();
    let mut statements = Statements::new();
    for (said, found) in read {
        findings.extend(found);
        for (subject, said) in said {
            statements.entry(subject).or_default().extend(said);
        }
    }
    statements
}

/// Runs of statements with one subject, in the order of the file.
type Runs = Vec<(String, Vec<Statement>)>;

fn parse_one(file: usize, source: &Source) -> (Runs, Vec<Finding>) {
    let mut runs = Runs::new();
    let mut findings = Vec::new();
    let mut parser = TurtleParser::new();
    if source.layer == 0 {
        // Shipped files were read strictly when they were tested.
        parser = parser.lenient();
    }
    for quad in parser.for_slice(source.text.as_bytes()) {
        match quad {
            Ok(quad) => {
                let subject = match &quad.subject {
                    NamedOrBlankNode::NamedNode(node) => shorten(node.as_str()),
                    NamedOrBlankNode::BlankNode(node) => blank(file, node.as_str()),
                };
                let Some(value) = value(file, quad.object) else { continue };
                let property = shorten(quad.predicate.as_str());
                let statement = Statement { property, value, file };
                match runs.last_mut() {
                    Some((last, said)) if *last == subject => said.push(statement),
                    _ => runs.push((subject, vec![statement])),
                }
            }
            Err(error) => {
                findings.push(Finding {
                    file: source.name.clone(),
                    line: Some(error.location().start.line as usize + 1),
                    severity: Severity::Error,
                    term: String::new(),
                    what: format!("not valid Turtle: {error}"),
                    valid: String::new(),
                });
                if findings.len() == MOST_SYNTAX_ERRORS {
                    break;
                }
            }
        }
    }
    (runs, findings)
}

fn value(file: usize, term: Term) -> Option<Value> {
    match term {
        Term::NamedNode(node) => Some(Value::Iri(shorten(node.as_str()))),
        Term::BlankNode(node) => Some(Value::Blank(blank(file, node.as_str()))),
        Term::Literal(literal) => {
            let datatype = match literal.datatype() {
                xsd::STRING | rdf::LANG_STRING => String::new(),
                other => shorten(other.as_str()),
            };
            let (text, _, language) = literal.destruct();
            Some(Value::Literal { text, language: language.unwrap_or_default(), datatype })
        }
        #[allow(unreachable_patterns, reason = "triple terms are a feature of RDF 1.2")]
        _ => None,
    }
}

/// Names of nameless nodes are only unique within a file.
fn blank(file: usize, name: &str) -> String {
    format!("_:{file}.{name}")
}
