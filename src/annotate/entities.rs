//! Names that the tagger parts or takes for one, put right by the tree and by what stands between.

use std::ops::Range;

use super::annotation::{Annotation, Entity, EntityKind, Upos};
use super::deprel::Deprel;

/// Puts the names of a text right.
pub(super) fn mend(annotation: &mut Annotation) {
    join_names(annotation);
    join_firms(annotation);
    part_bodies(annotation);
}

/// Words of a name behind "and the" from which on it is that of another body: "the Ministry of Trade
/// and the Environment" is one.
const OWN_NAME: usize = 2;

/// "The Ministry of Trade and Industry and the Chamber of Cocoa Exporters", tagged as one, are two.
fn part_bodies(annotation: &mut Annotation) {
    let entities = std::mem::take(&mut annotation.entities);
    for mut entity in entities {
        let words = &annotation.words;
        let article = |w: usize| words[w].upos == Upos::Det;
        let apart = entity.words.clone().skip(2).find(|&and| {
            words[and].upos == Upos::Cconj
                && and + 1 < entity.words.end
                && article(and + 1)
                && entity.words.end - (and + 2) >= OWN_NAME
        });
        if let Some(and) = apart.filter(|_| entity.kind == EntityKind::Organisation) {
            let second = Entity { words: and + 2..entity.words.end, kind: entity.kind };
            entity.words.end = and;
            annotation.entities.extend([entity, second]);
        } else {
            annotation.entities.push(entity);
        }
    }
}

/// "Harland | & | Pryce", tagged as two, is one body.
fn join_firms(annotation: &mut Annotation) {
    let entities = std::mem::take(&mut annotation.entities);
    for entity in entities {
        let start = entity.words.start;
        let last = annotation.entities.last_mut();
        let joined = last.filter(|last| {
            let between = last.words.end;
            between + 1 == start
                && annotation.words[between].form == "&"
                && [last.kind, entity.kind].contains(&EntityKind::Organisation)
                && ![last.kind, entity.kind].contains(&EntityKind::Place)
        });
        match joined {
            Some(firm) => {
                firm.words.end = entity.words.end;
                firm.kind = EntityKind::Organisation;
            }
            None => annotation.entities.push(entity),
        }
    }
}

/// "Sigrid | Aune", tagged as two people: a given name and the family name right behind it are one.
fn join_names(annotation: &mut Annotation) {
    let entities = std::mem::take(&mut annotation.entities);
    for entity in entities {
        let last = annotation.entities.last().map(|last| last.words.clone());
        let joined = last.filter(|given| is_family_name(annotation, given, &entity));
        let Some(given) = joined else {
            annotation.entities.push(entity);
            continue;
        };
        let family = &mut annotation.words[entity.words.start];
        family.head = Some(given.start);
        family.deprel = Deprel::Flat;
        if let Some(whole) = annotation.entities.last_mut() {
            whole.words.end = entity.words.end;
        }
    }
}

/// Does the tree have the second of two names that touch as a part of the first, or in its place?
fn is_family_name(annotation: &Annotation, given: &Range<usize>, second: &Entity) -> bool {
    let people = annotation.entities.last().map(|last| last.kind) == Some(EntityKind::Person)
        && second.kind == EntityKind::Person;
    let at = second.words.start;
    let touches =
        given.end == at && annotation.sentence_of(given.start) == annotation.sentence_of(at);
    if !people || !touches || annotation.words[at].upos != Upos::Propn {
        return false;
    }
    let (first, family) = (&annotation.words[given.start], &annotation.words[at]);
    let part =
        family.deprel == Deprel::Flat && family.head.is_some_and(|head| given.contains(&head));
    let beside = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl];
    let in_place = family.head == first.head
        && family.deprel == first.deprel
        && beside.contains(&first.deprel);
    part || in_place
}
