//! Parts of the quads of a graph, which can be made and written apart.

use oxigraph::model::{NamedNode, Quad};
use serde::Serialize;

/// Some of the quads, made as they are taken. No subject is in two parts, and no named graph.
pub(super) type Part<'a> = Box<dyn Iterator<Item = Quad> + Send + 'a>;

/// A part of the default graph.
pub(super) struct Made<'a> {
    pub(super) quads: Part<'a>,
    /// What they are made of but for ontology, names and program, where that is less work to tell than
    /// to make them.
    pub(super) of: Option<Of<'a>>,
}

/// Bytes that are the same only if all of it is.
type Of<'a> = Box<dyn FnOnce() -> Vec<u8> + Send + 'a>;

impl<'a> From<Part<'a>> for Made<'a> {
    fn from(quads: Part<'a>) -> Self {
        Self { quads, of: None }
    }
}

/// Things of the default graph that are one part.
pub(super) const THINGS: usize = 1_000;

/// As many are one part on average where it is kept.
const TOGETHER: u32 = 64;
/// And as many at most.
const MOST: usize = 512;

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

/// As [`listed`], in parts that are kept: what is said of a thing depends on it alone.
pub(super) fn listed_once<'a, T: Serialize + Sync>(
    kind: &'static str,
    items: &'a [T],
    name: impl Fn(&T) -> NamedNode,
    said: impl Fn(&'a T) -> Vec<Quad> + Clone + Send + 'a,
) -> Vec<Made<'a>> {
    let mut items: Vec<(String, &T)> =
        items.iter().map(|it| (name(it).into_string(), it)).collect();
    items.sort_by(|a, b| a.0.cmp(&b.0));
    let part = |some: Vec<&'a T>| {
        let all = some.clone();
        // It cannot fail: none has maps whose keys are no words.
        let of: Of<'a> = Box::new(move || serde_json::to_vec(&(kind, all)).unwrap_or_default());
        Made { quads: Box::new(some.into_iter().flat_map(said.clone())), of: Some(of) }
    };
    together(items.into_iter()).map(part).collect()
}

/// The items with their names, in groups that end where the name of the last says so, and not after a
/// number: one more or less changes no group but its own.
pub(super) fn together<T>(
    mut items: impl Iterator<Item = (String, T)>,
) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        let mut some = Vec::new();
        for (name, item) in items.by_ref() {
            some.push(item);
            if is_last(&name) || some.len() == MOST {
                break;
            }
        }
        (!some.is_empty()).then_some(some)
    })
}

/// By a sum that is the same in every build (FNV-1a).
fn is_last(name: &str) -> bool {
    let sum = name
        .bytes()
        .fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // the low bits depend on the last letters most
    (sum >> 8).is_multiple_of(TOGETHER)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(names: &[String]) -> Vec<Vec<&str>> {
        together(names.iter().map(|it| (it.clone(), it.as_str()))).collect()
    }

    #[test]
    fn one_more_changes_one_group() {
        let names: Vec<String> = (0..5_000).map(|at| format!("thing-{at:04}")).collect();
        let before = groups(&names);
        assert_eq!(before.concat(), names);
        assert!(before.len() > 20 && before.iter().all(|it| it.len() <= MOST));
        let mut more = names.clone();
        more.insert(2_000, "thing-1999b".to_owned());
        let after = groups(&more);
        let new = after.iter().filter(|it| !before.contains(it)).count();
        // two where the new one ends a group
        assert!((1..=2).contains(&new), "{new}");
    }

    #[test]
    fn many_that_end_no_group_are_several() {
        let names = vec!["same".to_owned(); 2 * MOST + 1];
        assert!(groups(&names).iter().all(|it| it.len() <= MOST));
        assert!(groups(&[]).is_empty());
    }
}
