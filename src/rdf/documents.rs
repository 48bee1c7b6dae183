//! The documents, how they were read, and the graphs of their claims.

use std::fmt::Write;

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use sha2::{Digest, Sha256};

use super::fact::{english, fact, words};
use super::naming::{Naming, dm, term};
use super::{sorted, time};
use crate::resolve::DocumentRecord;

/// A document, the activity of its reading, and the graph that came of it.
pub(super) fn quads(document: &DocumentRecord, naming: &Naming) -> Vec<Quad> {
    let subject = naming.document(&document.id);
    let mut quads = vec![fact(&subject, rdf::TYPE.into(), dm("Document").into())];
    for (property, value) in [
        ("title", &document.title),
        ("publisher", &document.publisher),
        ("creator", &document.author),
        ("language", &document.language),
    ] {
        if let Some(value) = value {
            quads.push(fact(&subject, term("dcterms", property), words(value)));
        }
    }
    if let Some(url) = &document.url {
        let link = NamedNode::new(url.as_str());
        if let Ok(link) = &link {
            quads.push(fact(&subject, term("prov", "wasDerivedFrom"), link.clone().into()));
        }
        let link = link.map_or_else(|_| words(url), Term::from);
        quads.push(fact(&subject, term("dcterms", "source"), link));
    }
    if let Some(license) = &document.license {
        quads.push(fact(&subject, term("dcterms", "license"), licence(license)));
    }
    if let Some(date) = &document.date {
        quads.push(fact(&subject, dm("date"), time::typed(date).into()));
    }
    if !document.text.is_empty() {
        quads.push(fact(&subject, dm("sha256"), sum(&document.text).into()));
    }
    // One activity a document: it was read, by this program.
    let reading = naming.part("document", &document.id, "reading");
    quads.extend([
        fact(&reading, rdf::TYPE.into(), term("prov", "Activity").into()),
        fact(&reading, term("prov", "used"), subject.into()),
        fact(&reading, term("prov", "wasAssociatedWith"), software(naming).into()),
        fact(&reading, rdfs::LABEL.into(), english(&format!("reading of {}", document.id))),
    ]);
    sorted(quads)
}

/// A licence: its address, else the words for it.
pub(super) fn licence(license: &str) -> Term {
    NamedNode::new(license).map_or_else(|_| words(license), Term::from)
}

/// The graph of the claims of a document.
pub(super) fn graph(document: &DocumentRecord, naming: &Naming) -> Vec<Quad> {
    let graph = naming.graph(&document.id);
    let reading = naming.part("document", &document.id, "reading");
    sorted(vec![
        fact(&graph, rdf::TYPE.into(), dm("ClaimGraph").into()),
        fact(&graph, term("prov", "wasDerivedFrom"), naming.document(&document.id).into()),
        fact(&graph, term("prov", "wasGeneratedBy"), reading.into()),
        fact(&graph, rdfs::LABEL.into(), english(&format!("claims of {}", document.id))),
    ])
}

/// The SHA-256 of the text that offsets count in, as UTF-8.
fn sum(text: &str) -> Literal {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(hex, "{byte:02X}");
    }
    Literal::new_typed_literal(hex, xsd::HEX_BINARY)
}

fn software(naming: &Naming) -> NamedNode {
    naming.part("program", "demarche", "")
}

/// The program that read the documents.
pub(super) fn program(naming: &Naming) -> Vec<Quad> {
    let subject = software(naming);
    let name = format!("demarche {}", env!("CARGO_PKG_VERSION"));
    vec![
        fact(&subject, rdf::TYPE.into(), term("prov", "SoftwareAgent").into()),
        fact(&subject, rdfs::LABEL.into(), words(&name)),
    ]
}
