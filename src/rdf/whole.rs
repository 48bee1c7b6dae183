//! The quads of a whole graph, in parts.

use std::collections::HashMap;

use oxigraph::model::Quad;

use super::parts::{Made, Part, apart, in_order};
use super::reports::reports;
use super::{Naming, claims, merged, terms};
use crate::corpus::Text;
use crate::extract::Claim;
use crate::ontology::Ontology;
use crate::resolve::{Corpus, DocumentRecord};

/// Documents whose claims are one part: some megabytes of TriG.
const DOCUMENTS: usize = 16;

/// A part, or documents with their claims that are one.
pub(super) enum Piece<'a> {
    /// Of all documents together.
    Merged(Made<'a>),
    /// Each of them has a graph of its own; claims are in no order.
    Documents(Vec<(&'a DocumentRecord, Vec<&'a Claim>)>),
}

/// All parts, in the order of the quads.
pub(super) fn parts<'a>(
    corpus: &'a Corpus,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> Vec<Part<'a>> {
    let part = |piece| match piece {
        Piece::Merged(made) => made.quads,
        Piece::Documents(some) => {
            let each = some.into_iter();
            Box::new(each.flat_map(|(document, claims)| {
                told(document, ordered(claims, naming), ontology, naming)
            }))
        }
    };
    pieces(corpus, ontology, naming).into_iter().map(part).collect()
}

/// The same with documents apart.
pub(super) fn pieces<'a>(
    corpus: &'a Corpus,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> Vec<Piece<'a>> {
    let mut by_document: HashMap<&str, Vec<&Claim>> = HashMap::new();
    for claim in &corpus.claims {
        by_document.entry(&claim.document).or_default().push(claim);
    }
    let documents = in_order(&corpus.documents, |it| naming.document(&it.id));
    let with_claims = documents
        .into_iter()
        .map(|document| (document, by_document.remove(document.id.as_str()).unwrap_or_default()));
    let mut pieces: Vec<Piece<'a>> =
        merged::parts(corpus, ontology, naming).into_iter().map(Piece::Merged).collect();
    pieces.extend(apart(with_claims, DOCUMENTS).map(Piece::Documents));
    let terms: Part<'a> = Box::new(terms::quads(ontology));
    pieces.push(Piece::Merged(terms.into()));
    pieces
}

/// Claims in the order of their IRIs.
pub(super) fn ordered<'a>(mut claims: Vec<&'a Claim>, naming: &Naming) -> Vec<&'a Claim> {
    claims.sort_by_cached_key(|it| naming.claim(&it.id).into_string());
    claims
}

/// What is said in the graph of a document, of its claims in the order of their IRIs. It depends on
/// nothing but what is given: see [`Kept`](super::Kept).
pub(super) fn told<'a>(
    document: &'a DocumentRecord,
    claims: Vec<&'a Claim>,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> impl Iterator<Item = Quad> + Send + 'a {
    let text = Text::new(document.text.as_str());
    let mut reports = reports(&claims, ontology);
    claims.into_iter().flat_map(move |claim| {
        let reported = reports.remove(claim.id.as_str()).unwrap_or_default();
        claims::quads(claim, &reported, &text, naming)
    })
}
