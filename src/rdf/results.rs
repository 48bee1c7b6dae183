use std::fmt::Write as _;
use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term, Triple};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use thiserror::Error;

use super::write::for_xml;
use super::{Naming, RdfFormat, UnknownRdfFormat, prefixes, rdf_format, write_triples};
use crate::escaped::inert;
use crate::ruled::ruled;

/// What a query gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Of SELECT.
    Rows {
        /// The columns.
        variables: Vec<Variable>,
        /// The rows; `None` where a variable is unbound.
        rows: Vec<Vec<Option<Term>>>,
    },
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE, sorted.
    Triples(Vec<Triple>),
}

/// A name that is no format of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "{0:?} is no format; there are table, json, csv, tsv, xml for rows and ttl, trig, nt, nq, rdf, \
     jsonld for triples"
)]
pub struct UnknownResultFormat(pub String);

/// How to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResultFormat {
    /// For people: IRIs short, columns as wide as the terminal allows.
    Table {
        /// Characters in a line, if they are limited.
        width: Option<u16>,
    },
    /// A W3C results format: JSON, CSV, TSV or XML.
    Results(QueryResultsFormat),
    /// For triples.
    Rdf(RdfFormat),
}

impl ResultFormat {
    /// The format of a name: `table`, `json`, `csv`, `tsv`, `xml`, or an extension
    /// of RDF. `xml` is SPARQL results; RDF/XML is `rdf`.
    ///
    /// # Errors
    /// When there is no such format.
    pub fn from_name(name: &str) -> Result<Self, UnknownResultFormat> {
        match name.to_ascii_lowercase().as_str() {
            "table" => Ok(Self::Table { width: None }),
            "json" | "srj" => Ok(Self::Results(QueryResultsFormat::Json)),
            "csv" => Ok(Self::Results(QueryResultsFormat::Csv)),
            "tsv" => Ok(Self::Results(QueryResultsFormat::Tsv)),
            "xml" | "srx" => Ok(Self::Results(QueryResultsFormat::Xml)),
            other => rdf_format(other.as_ref())
                .map(Self::Rdf)
                .map_err(|UnknownRdfFormat(name)| UnknownResultFormat(name)),
        }
    }
}

impl Answer {
    /// Is there no row, no triple, or a no?
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Rows { rows, .. } => rows.is_empty(),
            Self::Boolean(yes) => !yes,
            Self::Triples(triples) => triples.is_empty(),
        }
    }

    /// Writes the answer.
    ///
    /// # Errors
    /// When `out` refuses to be written to, or rows are to be written as RDF or
    /// triples as rows (kind `InvalidInput`).
    pub fn write(
        &self,
        format: ResultFormat,
        naming: &Naming,
        mut out: impl Write,
    ) -> io::Result<()> {
        let mismatch =
            |what: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, what.to_owned()));
        match (self, format) {
            (Self::Rows { variables, rows }, ResultFormat::Table { width }) => {
                writeln!(out, "{}", table(variables, rows, width, naming))
            }
            (Self::Boolean(yes), ResultFormat::Table { .. }) => {
                writeln!(out, "{}", if *yes { "yes" } else { "no" })
            }
            (Self::Triples(triples), ResultFormat::Table { .. }) => {
                write_triples(triples, naming, RdfFormat::Turtle, out)
            }
            (Self::Rows { variables, rows }, ResultFormat::Results(format)) => {
                let serializer = QueryResultsSerializer::from_format(format);
                let mut writer =
                    serializer.serialize_solutions_to_writer(&mut out, variables.clone())?;
                for row in rows {
                    let fit = |term: &Term| match format {
                        QueryResultsFormat::Xml => for_xml(term.clone()),
                        _ => term.clone(),
                    };
                    let row: Vec<Option<Term>> =
                        row.iter().map(|term| term.as_ref().map(fit)).collect();
                    let bound = variables.iter().zip(&row);
                    writer.serialize(bound.filter_map(|(v, t)| Some((v, t.as_ref()?))))?;
                }
                writer.finish()?;
                end_line(format, out)
            }
            (Self::Boolean(yes), ResultFormat::Results(format)) => {
                let serializer = QueryResultsSerializer::from_format(format);
                serializer.serialize_boolean_to_writer(&mut out, *yes)?;
                end_line(format, out)
            }
            (Self::Triples(triples), ResultFormat::Rdf(format)) => {
                write_triples(triples, naming, format, out)
            }
            (Self::Triples(_), ResultFormat::Results(_)) => mismatch(
                "the query gives triples: choose an RDF format (ttl, nt, nq, trig, rdf, jsonld)",
            ),
            (_, ResultFormat::Rdf(_)) => {
                mismatch("the query gives rows: choose table, json, csv, tsv or xml")
            }
        }
    }
}

impl Answer {
    /// The same rows with no cell that a spreadsheet would take for a formula.
    #[must_use]
    pub fn for_spreadsheet(self) -> Self {
        let Self::Rows { variables, rows } = self else { return self };
        let cell = |term: Term| match &term {
            Term::Literal(it) if it.language().is_some() || it.datatype() == xsd::STRING => {
                Literal::from(inert(it.value().to_owned(), true)).into()
            }
            _ => term,
        };
        let row = |row: Vec<Option<Term>>| row.into_iter().map(|it| it.map(cell)).collect();
        Self::Rows { variables, rows: rows.into_iter().map(row).collect() }
    }
}

/// JSON and XML come without a last line break.
fn end_line(format: QueryResultsFormat, mut out: impl Write) -> io::Result<()> {
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn table(
    variables: &[Variable],
    rows: &[Vec<Option<Term>>],
    width: Option<u16>,
    naming: &Naming,
) -> String {
    let prefixes = prefixes(naming);
    let mut table = Table::new();
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(variables.iter().map(Variable::as_str));
    for row in rows {
        table.add_row(
            row.iter().map(|term| term.as_ref().map_or(String::new(), |t| shortened(t, &prefixes))),
        );
    }
    let mut text = ruled(table);
    let _ = write!(text, "\n{} {}", rows.len(), if rows.len() == 1 { "row" } else { "rows" });
    text
}

/// A term for people: prefixed names, literals without type and language.
pub fn short(term: &Term, naming: &Naming) -> String {
    shortened(term, &prefixes(naming))
}

fn shortened(term: &Term, prefixes: &[(String, String)]) -> String {
    match term {
        Term::NamedNode(node) => prefixes
            .iter()
            .filter_map(|(prefix, namespace)| {
                let local = node.as_str().strip_prefix(namespace.as_str())?;
                (!local.contains('/')).then(|| format!("{prefix}:{local}"))
            })
            .next()
            .unwrap_or_else(|| node.to_string()),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}
