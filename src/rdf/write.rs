use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{Literal, Quad, Term, Triple};
use thiserror::Error;

use super::{Naming, prefixes};
use crate::escaped::xml_text;

/// A name that is no RDF format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is no RDF format; there are ttl, trig, nt, nq, rdf, jsonld")]
pub struct UnknownRdfFormat(pub String);

/// The RDF format of a file by its extension: `ttl`, `trig`, `nt`, `nq`, `rdf` (or
/// `xml`, `owl`), `jsonld`. Also takes a bare extension.
///
/// # Errors
/// When it is none of these.
pub fn rdf_format(path: &Path) -> Result<RdfFormat, UnknownRdfFormat> {
    let extension = path.extension().or(path.file_name()).unwrap_or_default().to_string_lossy();
    match extension.to_ascii_lowercase().as_str() {
        "ttl" | "turtle" => Ok(RdfFormat::Turtle),
        "trig" => Ok(RdfFormat::TriG),
        "nt" => Ok(RdfFormat::NTriples),
        "nq" => Ok(RdfFormat::NQuads),
        "rdf" | "xml" | "owl" => Ok(RdfFormat::RdfXml),
        "jsonld" => Ok(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        other => Err(UnknownRdfFormat(other.to_owned())),
    }
}

/// Writes quads in the order given, with the prefixes declared.
///
/// Formats without named graphs (Turtle, N-Triples, RDF/XML) get the triples of
/// all graphs.
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write(
    quads: impl Iterator<Item = Quad>,
    naming: &Naming,
    format: RdfFormat,
    out: impl Write,
) -> io::Result<()> {
    let mut serializer = with_prefixes(format, naming)?.for_writer(out);
    for quad in quads {
        if format.supports_datasets() {
            serializer.serialize_quad(&quad)?;
        } else {
            serializer.serialize_triple(&fitting(Triple::from(quad), format))?;
        }
    }
    serializer.finish()?.flush()
}

/// Writes triples, as CONSTRUCT and DESCRIBE give them, in the order given.
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_triples(
    triples: &[Triple],
    naming: &Naming,
    format: RdfFormat,
    out: impl Write,
) -> io::Result<()> {
    let mut serializer = with_prefixes(format, naming)?.for_writer(out);
    for triple in triples {
        serializer.serialize_triple(&fitting(triple.clone(), format))?;
    }
    serializer.finish()?.flush()
}

/// The triple as the format can hold it: XML has no form feed, for one.
fn fitting(triple: Triple, format: RdfFormat) -> Triple {
    if format != RdfFormat::RdfXml {
        return triple;
    }
    Triple { object: for_xml(triple.object), ..triple }
}

/// A term that XML can hold: see [`xml_text`].
pub(super) fn for_xml(term: Term) -> Term {
    let Term::Literal(literal) = &term else { return term };
    let Cow::Owned(value) = xml_text(literal.value()) else { return term };
    let literal = match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
        None => Literal::new_typed_literal(value, literal.datatype()),
    };
    literal.into()
}

fn with_prefixes(format: RdfFormat, naming: &Naming) -> io::Result<RdfSerializer> {
    prefixes(naming).into_iter().try_fold(RdfSerializer::from_format(format), |out, (p, iri)| {
        out.with_prefix(p, iri).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::vocab::rdfs;

    #[test]
    fn xml_holds_nothing_that_it_forbids() {
        let naming = Naming::default();
        let words = "one\u{c}two\u{1b}\u{ffff}\tthree";
        for literal in
            [Literal::from(words), Literal::new_language_tagged_literal_unchecked(words, "en")]
        {
            let triple = Triple::new(naming.claim("a"), rdfs::LABEL, literal);
            let mut out = Vec::new();
            write_triples(&[triple], &naming, RdfFormat::RdfXml, &mut out).unwrap();
            let xml = String::from_utf8(out).unwrap();
            assert!(xml.contains("one\u{fffd}two\u{fffd}\u{fffd}\tthree"), "{xml}");
        }
    }
}
