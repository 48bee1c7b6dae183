//! Turtle read into terms and what is said of them.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};

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
    /// A literal: text, language (or empty), datatype with its prefix.
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

/// Reads all sources. A syntax error loses only the statement it stands in.
pub(super) fn parse(sources: &[Source], findings: &mut Vec<Finding>) -> Statements {
    let mut statements = Statements::new();
    for (file, source) in sources.iter().enumerate() {
        let mut errors = 0;
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(source.text.as_bytes()) {
            match quad {
                Ok(quad) => {
                    let subject = match quad.subject {
                        NamedOrBlankNode::NamedNode(node) => shorten(node.as_str()),
                        NamedOrBlankNode::BlankNode(node) => blank(file, node.as_str()),
                    };
                    let value = match quad.object {
                        Term::NamedNode(node) => Value::Iri(shorten(node.as_str())),
                        Term::BlankNode(node) => Value::Blank(blank(file, node.as_str())),
                        Term::Literal(literal) => Value::Literal {
                            text: literal.value().to_owned(),
                            language: literal.language().unwrap_or_default().to_owned(),
                            datatype: shorten(literal.datatype().as_str()),
                        },
                        #[allow(
                            unreachable_patterns,
                            reason = "triple terms are a feature of RDF 1.2"
                        )]
                        _ => continue,
                    };
                    let property = shorten(quad.predicate.as_str());
                    statements.entry(subject).or_default().push(Statement {
                        property,
                        value,
                        file,
                    });
                }
                Err(error) => {
                    errors += 1;
                    findings.push(Finding {
                        file: source.name.clone(),
                        line: error.location().map(|l| l.start.line as usize + 1),
                        severity: Severity::Error,
                        term: String::new(),
                        what: format!("not valid Turtle: {error}"),
                        valid: String::new(),
                    });
                    if errors == MOST_SYNTAX_ERRORS {
                        break;
                    }
                }
            }
        }
    }
    statements
}

/// Names of nameless nodes are only unique within a file.
fn blank(file: usize, name: &str) -> String {
    format!("_:{file}.{name}")
}
