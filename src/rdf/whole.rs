//! The quads of a whole graph, in parts.

use std::collections::HashMap;

use oxigraph::model::Quad;

use super::parts::{Part, apart, in_order};
use super::reports::reports;
use super::{Naming, claims, merged, terms};
use crate::corpus::Text;
use crate::extract::Claim;
use crate::ontology::Ontology;
use crate::resolve::{Corpus, DocumentRecord};

/// Documents whose claims are one part: some megabytes of TriG.
const DOCUMENTS: usize = 16;

/// All parts, in the order of the quads.
pub(super) fn parts<'a>(
    corpus: &'a Corpus,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> Vec<Part<'a>> {
    let mut by_document: HashMap<&str, Vec<&Claim>> = HashMap::new();
    for claim in &corpus.claims {
        by_document.entry(&claim.document).or_default().push(claim);
    }
    let documents = in_order(&corpus.documents, |it| naming.document(&it.id));
    let mut parts = merged::parts(corpus, ontology, naming);
    let with_claims = documents.into_iter().map(|document| {
        let claims = by_document.remove(document.id.as_str()).unwrap_or_default();
        (document, claims)
    });
    for some in apart(with_claims, DOCUMENTS) {
        let each = some.into_iter();
        parts.push(Box::new(
            each.flat_map(|(document, claims)| told(document, claims, ontology, naming)),
        ));
    }
    parts.push(Box::new(terms::quads(ontology)));
    parts
}

/// What is said in the graph of a document.
fn told<'a>(
    document: &'a DocumentRecord,
    mut claims: Vec<&'a Claim>,
    ontology: &'a Ontology,
    naming: &'a Naming,
) -> impl Iterator<Item = Quad> + Send + 'a {
    let text = Text::new(document.text.as_str());
    claims.sort_by_cached_key(|it| naming.claim(&it.id).into_string());
    let mut reports = reports(&claims, ontology);
    claims.into_iter().flat_map(move |claim| {
        let reported = reports.remove(claim.id.as_str()).unwrap_or_default();
        claims::quads(claim, &reported, &text, naming)
    })
}
