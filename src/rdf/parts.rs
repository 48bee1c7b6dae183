//! Parts of the quads of a graph, which can be made and written apart.

use oxigraph::model::{NamedNode, Quad};

/// Some of the quads, made as they are taken. No subject is in two parts, and no named graph.
pub(super) type Part<'a> = Box<dyn Iterator<Item = Quad> + Send + 'a>;

/// Things of the default graph that are one part.
pub(super) const THINGS: usize = 1_000;

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
