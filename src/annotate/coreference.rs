//! Antecedents inside a window, and names that name the same in a document.

use super::annotation::{Annotation, Entity, EntityKind};
use super::model::greatest;

/// For every word that heads a mention, the mention head before it with the
/// greatest score; `None` when its own is greater (a new entity) or it heads no
/// mention. `score(i, j)`: `j <= i` is the antecedent of `i`, or `i` itself.
pub(super) fn antecedents(
    mention: &[bool],
    score: impl Fn(usize, usize) -> f32,
) -> Vec<Option<usize>> {
    let heads: Vec<usize> = (0..mention.len()).filter(|w| mention[*w]).collect();
    let mut antecedents = vec![None; mention.len()];
    for (k, &word) in heads.iter().enumerate() {
        let best = heads[greatest(heads[..=k].iter().map(|&j| score(word, j)))];
        antecedents[word] = (best != word).then_some(best);
    }
    antecedents
}

/// For every name, the number of the thing that it names in this document,
/// counted from 1 in text order.
///
/// Names of a kind are one when they are written alike (but for letter case), or
/// when they are persons and the shorter is the end or the beginning of the
/// nearest longer one ("Putin", "Vladimir Putin").
pub fn name_clusters(annotation: &Annotation) -> Vec<usize> {
    let key = |entity: &Entity| -> Vec<String> {
        annotation.words[entity.words.clone()].iter().map(|w| w.form.to_lowercase()).collect()
    };
    let keys: Vec<Vec<String>> = annotation.entities.iter().map(key).collect();
    let mut first_with: std::collections::BTreeMap<(EntityKind, &[String]), usize> =
        Default::default();
    let mut clusters: Vec<usize> = Vec::with_capacity(keys.len());
    let mut count = 0;
    for (entity, key) in annotation.entities.iter().zip(&keys) {
        let known = first_with.get(&(entity.kind, key.as_slice())).copied().or_else(|| {
            let person = entity.kind == EntityKind::Person;
            let mut before =
                annotation.entities[..clusters.len()].iter().zip(&keys).enumerate().rev();
            let part = |longer: &[String], part: &[String]| {
                longer.len() > part.len() && (longer.ends_with(part) || longer.starts_with(part))
            };
            let found = before.find(|(_, (other, words))| {
                person && other.kind == entity.kind && (part(words, key) || part(key, words))
            });
            found.map(|(i, _)| clusters[i])
        });
        let cluster = known.unwrap_or_else(|| {
            count += 1;
            count
        });
        first_with.insert((entity.kind, key), cluster);
        clusters.push(cluster);
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Deprel, Upos, Word};
    use crate::corpus::Span;

    #[test]
    fn a_mention_goes_back_to_the_best_before_it() {
        // 0 Putin, 2 Trump, 4 he
        let mention = [true, false, true, false, true];
        let found = antecedents(&mention, |i, j| match (i, j) {
            (4, 0) => 2.0,
            (i, j) if i == j => 1.0,
            _ => 0.0,
        });
        assert_eq!(found, [None, None, None, None, Some(0)]);
    }

    fn named(names: &[(&str, EntityKind)]) -> Annotation {
        let mut annotation = Annotation::default();
        for (name, kind) in names {
            let start = annotation.words.len();
            for form in name.split(' ') {
                annotation.words.push(Word {
                    span: Span::default(),
                    form: form.to_owned(),
                    lemma: form.to_owned(),
                    upos: Upos::Propn,
                    xpos: "NNP",
                    head: None,
                    deprel: Deprel::Root,
                });
            }
            annotation.entities.push(Entity { words: start..annotation.words.len(), kind: *kind });
        }
        annotation
    }

    #[test]
    fn surnames_go_back_to_the_full_name() {
        use EntityKind::{Organisation, Person};
        let annotation = named(&[
            ("Vladimir Putin", Person),
            ("Donald Trump", Person),
            ("Putin", Person),
            ("TRUMP", Person),
            ("Trump", Organisation),
            ("Vladimir", Person),
        ]);
        assert_eq!(name_clusters(&annotation), [1, 2, 1, 2, 3, 1]);
    }
}
