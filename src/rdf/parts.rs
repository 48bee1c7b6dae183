//! The quads of a graph in parts, which can be made and written apart.

use std::collections::HashMap;

use oxigraph::model::{NamedNode, Quad};

use super::{Naming, claims, merged, terms};
use crate::corpus::Text;
use crate::extract::Claim;
use crate::ontology::Ontology;
use crate::resolve::{Corpus, DocumentRecord};

/// Some of the quads, made as they are taken. No subject is in two parts, and no named graph.
pub(super) type Part<'a> = Box<dyn Iterator<Item = Quad> + Send + 'a>;

/// Documents whose claims are one part: some megabytes of TriG.
const DOCUMENTS: usize = 16;
/// Things of the default graph that are one part.
pub(super) const THINGS: usize = 1_000;

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
        parts.push(Box::new(each.flat_map(|(document, claims)| told(document, claims, naming))));
    }
    parts.push(Box::new(terms::quads(ontology)));
    parts
}

/// What is said in the graph of a document.
fn told<'a>(
    document: &'a DocumentRecord,
    mut claims: Vec<&'a Claim>,
    naming: &'a Naming,
) -> impl Iterator<Item = Quad> + Send + 'a {
    let text = Text::new(document.text.as_str());
    claims.sort_by_cached_key(|it| naming.claim(&it.id).into_string());
    claims.into_iter().flat_map(move |claim| claims::quads(claim, &text, naming))
}

/// Things in the order of their IRIs.
pub(super) fn in_order<T>(items: &[T], name: impl Fn(&T) -> NamedNode) -> Vec<&T> {
    let mut items: Vec<&T> = items.iter().collect();
    items.sort_by_cached_key(|item| name(item).into_string());
    items
}

/// What is said of things, in the order of their IRIs.
pub(super) fn listed<'a, T: Sync>(
    items: &'a [T],
    name: impl Fn(&T) -> NamedNode,
    said: impl Fn(&'a T) -> Vec<Quad> + Clone + Send + 'a,
) -> Vec<Part<'a>> {
    let items = in_order(items, name);
    let part = |some: Vec<&'a T>| Box::new(some.into_iter().flat_map(said.clone())) as Part<'a>;
    apart(items.into_iter(), THINGS).map(part).collect()
}

/// At most so many of the items at a time.
pub(super) fn apart<T>(
    mut items: impl Iterator<Item = T>,
    most: usize,
) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        let some: Vec<T> = items.by_ref().take(most).collect();
        (!some.is_empty()).then_some(some)
    })
}

/// What is made at once, when it is asked for.
pub(super) fn one<'a>(said: impl FnOnce() -> Vec<Quad> + Send + 'a) -> Part<'a> {
    Box::new(std::iter::once_with(said).flatten())
}
