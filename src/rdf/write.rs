use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, Literal, Quad, Term, Triple};
use thiserror::Error;

use super::kept::{Kept, Places, Sum};
use super::parts::Made;
use super::whole::{Piece, ordered, pieces, told};
use super::{Naming, json_ld, prefixes};
use crate::escaped::xml_text;
use crate::ontology::Ontology;
use crate::resolve::Corpus;

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
    if let RdfFormat::JsonLd { .. } = format {
        return json_ld::write(quads, naming, out);
    }
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

/// Parts that a thread makes ahead of those that are written: some megabytes each.
const AHEAD: usize = 2;

/// Writes all of a graph as TriG, made on as many threads as the pool of the caller has: the bytes are
/// those of [`write()`] of [`quads`](super::quads).
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_trig(
    corpus: &Corpus,
    ontology: &Ontology,
    naming: &Naming,
    out: impl Write,
) -> io::Result<()> {
    write_trig_with(corpus, ontology, naming, &Kept::nothing(ontology, naming), out).map(drop)
}

/// As [`write_trig`], the same bytes; what is kept of them is copied. Says where the graphs of
/// documents are in it.
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_trig_with(
    corpus: &Corpus,
    ontology: &Ontology,
    naming: &Naming,
    kept: &Kept,
    mut out: impl Write,
) -> io::Result<Places> {
    let pieces = pieces(corpus, ontology, naming);
    let (count, threads) = (pieces.len(), rayon::current_num_threads());
    let mut shares: Vec<Vec<Piece<'_>>> = (0..threads).map(|_| Vec::new()).collect();
    for (at, piece) in pieces.into_iter().enumerate() {
        shares[at % threads].push(piece);
    }
    // Threads of their own and not those of the pool: what allocates and frees as much as this does it
    // several times faster in a heap that resolving has not left in pieces.
    thread::scope(|scope| {
        let mut made = Vec::new();
        for share in shares {
            let (sender, receiver) = mpsc::sync_channel(AHEAD);
            // It ends early when nobody listens any more.
            let send = move |it| sender.send(trig(it, ontology, naming, kept));
            let work = move || drop(share.into_iter().try_for_each(send));
            scope.spawn(work);
            made.push(receiver);
        }
        let (mut places, mut end) = (Places::default(), 0);
        for at in 0..count {
            // Where there is none, its thread has panicked, and with it all of this.
            let Ok(piece) = made[at % threads].recv() else { break };
            let Trig { prefixes, body, own } = piece?;
            if end == 0 && !body.is_empty() {
                out.write_all(&prefixes)?;
                end = prefixes.len() as u64;
            }
            places.append(own, end);
            out.write_all(&body)?;
            end += body.len() as u64;
        }
        out.flush()?;
        Ok(places)
    })
}

/// A piece as it is written.
#[derive(Default)]
struct Trig {
    /// The declarations of prefixes, if there is anything else.
    prefixes: Vec<u8>,
    /// What follows them.
    body: Vec<u8>,
    /// Where in it what is kept is: the graphs of documents, and parts of the default graph.
    own: Places,
}

fn trig(piece: Piece<'_>, ontology: &Ontology, naming: &Naming, kept: &Kept) -> io::Result<Trig> {
    let mut trig = Trig::default();
    match piece {
        Piece::Merged(Made { quads, of: None }) => trig.add(quads, naming)?,
        Piece::Merged(Made { quads, of: Some(of) }) => {
            trig.add_kept(kept.key_of(&of()), kept, naming, || quads)?;
        }
        Piece::Documents(some) => {
            for (document, claims) in some {
                let claims = ordered(claims, naming);
                let key = kept.key(document, &claims);
                trig.add_kept(key, kept, naming, || told(document, claims, ontology, naming))?;
            }
        }
    }
    Ok(trig)
}

impl Trig {
    /// What is kept under the key, else what `make` gives; where it is.
    fn add_kept<I: Iterator<Item = Quad>>(
        &mut self,
        key: Sum,
        kept: &Kept,
        naming: &Naming,
        make: impl FnOnce() -> I,
    ) -> io::Result<()> {
        let at = self.body.len();
        let mut sum = None;
        match kept.get(&key) {
            Some((bytes, found)) => {
                sum = Some(found);
                if self.prefixes.is_empty() && !bytes.is_empty() {
                    self.prefixes = declarations(naming)?;
                }
                self.body.extend(bytes);
            }
            None => self.add(make(), naming)?,
        }
        self.own.add(key, at as u64, &self.body[at..], sum);
        Ok(())
    }

    fn add(&mut self, part: impl Iterator<Item = Quad>, naming: &Naming) -> io::Result<()> {
        let mut written = Vec::new();
        write(part, naming, RdfFormat::TriG, &mut written)?;
        let body = without_prefixes(&written);
        if self.prefixes.is_empty() && !body.is_empty() {
            self.prefixes = written[..written.len() - body.len()].to_vec();
        }
        self.body.extend_from_slice(body);
        Ok(())
    }
}

/// The declarations of prefixes as they stand before anything.
fn declarations(naming: &Naming) -> io::Result<Vec<u8>> {
    let anything = naming.document("");
    let quad = Quad::new(anything.clone(), anything.clone(), anything, GraphName::DefaultGraph);
    let mut trig = Trig::default();
    trig.add(std::iter::once(quad), naming)?;
    Ok(trig.prefixes)
}

/// What follows the declarations of prefixes, which stand at the beginning.
fn without_prefixes(mut trig: &[u8]) -> &[u8] {
    while trig.starts_with(b"@prefix ") {
        let end = memchr::memchr(b'\n', trig).map_or(trig.len(), |at| at + 1);
        trig = &trig[end..];
    }
    trig
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
    if let RdfFormat::JsonLd { .. } = format {
        let quads = triples.iter().map(|it| it.clone().in_graph(GraphName::DefaultGraph));
        return json_ld::write(quads, naming, out);
    }
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
    use crate::extract::Claim;
    use crate::fixture;
    use crate::rdf::quads;
    use crate::resolve::DocumentRecord;
    use oxigraph::model::vocab::rdfs;

    #[test]
    fn any_number_of_threads_writes_the_same() {
        let (mut corpus, ontology, naming) =
            (fixture::corpus(), fixture::ontology(), Naming::default());
        // enough documents for several parts, and more threads than parts
        for at in 0..40 {
            let record =
                DocumentRecord { id: format!("more-{at:02}"), ..corpus.documents[0].clone() };
            let claim = Claim {
                id: format!("more-{at:02}-propose-1"),
                document: record.id.clone(),
                ..corpus.claims[0].clone()
            };
            corpus.documents.push(record);
            corpus.claims.push(claim);
        }
        let mut one_by_one = Vec::new();
        write(quads(&corpus, &ontology, &naming), &naming, RdfFormat::TriG, &mut one_by_one)
            .unwrap();
        for threads in [1, 2, 3, 64] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let mut together = Vec::new();
            pool.install(|| write_trig(&corpus, &ontology, &naming, &mut together)).unwrap();
            assert!(together == one_by_one, "{threads} threads");
        }
    }

    #[test]
    fn who_takes_no_more_ends_the_writing() {
        /// Takes nothing.
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let refused =
            write_trig(&fixture::corpus(), &fixture::ontology(), &Naming::default(), Full);
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

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
