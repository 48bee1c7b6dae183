//! Whether a name that the ontology has means there whom it means elsewhere: what else stands around it,
//! and the time, can say that it is another's.

use jiff::civil::Date;

use super::extent::{entity_at, is_given};
use super::lexicon::Lexicon;
use super::name::NameSpan;
use super::tree::{Tree, capitalised};
use crate::annotate::{Deprel, Entity, EntityKind, Upos};
use crate::ontology::{ActorKind, NameKind, WordClass};

/// The longest name in words; "Secretary-General of the United Nations" has six.
pub(super) const LONGEST_NAME: usize = 7;

/// "Jordan Hale", "Chad Osborne": is a name of one word the given name of somebody?
pub(super) fn is_given_name(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan) -> bool {
    let place = matches!(name.actor.kind, ActorKind::State | ActorKind::Place);
    let named = matches!(name.how, NameKind::Name | NameKind::Capital);
    if !place || name.words.len() != 1 || !named {
        return false;
    }
    // "Sofia Lenz", whatever the annotator takes her for
    let surname = name.words.end;
    if is_given(tree, lexicon, name.words.start)
        && surname < tree.len()
        && tree.sentence(surname) == tree.sentence(name.words.start)
        && tree.upos(surname) == Upos::Propn
        && capitalised(&tree.word(surname).form)
        && tree.is(surname, Deprel::Flat)
    {
        return true;
    }
    let person = entity_at(tree, name.words.start).filter(|e| e.kind == EntityKind::Person);
    person.is_some_and(|e| {
        let rest = name.words.end..e.words.end;
        e.words.start == name.words.start
            && !rest.is_empty()
            && rest
                .clone()
                .all(|w| tree.upos(w) == Upos::Propn && !lexicon.names_calling(&tree.word(w).form))
    })
}

/// Does the text bear out that a bare surname is that of the known person: by the full name,
/// or by naming the state or body that the person has held an office of or acts for?
pub(super) fn borne_out(
    name: &NameSpan,
    lexicon: &Lexicon<'_>,
    full: &[String],
    states: &[String],
) -> bool {
    let Some(actor) = lexicon.ontology.actor(&name.actor.id) else { return true };
    let named = |id: &String| states.binary_search(id).is_ok();
    full.binary_search(&actor.id).is_ok()
        || actor.tenures.iter().any(|t| named(&t.of))
        || actor.acts_for.as_ref().is_some_and(named)
}

/// "The Senate", "the prime minister's office": is it a name that bodies of other states bear too?
pub(super) fn is_common(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan) -> bool {
    let actor = lexicon.ontology.actor(&name.actor.id);
    actor.is_some_and(|actor| actor.shares_name(&tree.text(name.words.clone())))
}

/// Words before a name that many bodies bear in which it is sought whose it was.
const TOLD_WITHIN: usize = 1000;

/// "Peru's Congress … the Congress": does the text give a name that many bodies bear to another
/// state than that of the known one?
pub(super) fn is_anothers(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan) -> bool {
    let of = lexicon.ontology.actor(&name.actor.id).and_then(|actor| actor.acts_for.as_ref());
    let article = usize::from(tree.in_class(name.words.start, WordClass::DefiniteArticle));
    let (first, len) = (name.words.start + article, name.words.len() - article);
    let same = |&at: &usize| (0..len).all(|k| tree.word(at + k).form == tree.word(first + k).form);
    let another = |from: usize, end: usize| {
        let hits = lexicon.names.find_actor(&tree.text(from..end));
        hits.iter().map(|(actor, _)| &lexicon.ontology.actors[*actor]).any(|owner| {
            owner.kind == ActorKind::State && of.is_some_and(|state| *state != owner.id)
        })
    };
    let owned = |at: usize| {
        let Some(before) = at.checked_sub(1).filter(|&w| tree.sentence(w) == tree.sentence(at))
        else {
            return false;
        };
        let possessor = tree.word(before).xpos == "POS";
        let end = if possessor { before } else { before + 1 };
        let start = if possessor { end.saturating_sub(LONGEST_NAME) } else { before };
        (start..end).any(|from| another(from, end))
    };
    (first.saturating_sub(TOLD_WITHIN)..=first).filter(same).any(owned)
}

/// Does the text name the state whose the body is, or in full somebody who held an office there?
pub(super) fn names_its_state(
    name: &NameSpan,
    lexicon: &Lexicon<'_>,
    full: &[String],
    states: &[String],
) -> bool {
    let ontology = lexicon.ontology;
    let Some(state) = ontology.actor(&name.actor.id).and_then(|a| a.acts_for.as_ref()) else {
        return true;
    };
    let of_state = |id: &String| {
        id == state || ontology.actor(id).is_some_and(|body| body.acts_for.as_ref() == Some(state))
    };
    let holds = |id: &String| {
        ontology.actor(id).is_some_and(|a| {
            a.tenures.iter().any(|t| of_state(&t.of)) || a.acts_for.as_ref().is_some_and(of_state)
        })
    };
    states.binary_search(state).is_ok() || full.iter().any(holds)
}

/// "The National Security Council" is no Security Council: does a proper noun that hangs on the
/// name of a body stand right before it, and is neither a name nor a title?
pub(super) fn goes_on_before(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan) -> bool {
    let body = matches!(name.actor.kind, ActorKind::Organisation | ActorKind::Institution);
    let Some(before) = name.words.start.checked_sub(1).filter(|_| body) else { return false };
    let form = &tree.word(before).form;
    let sentence = &tree.annotation().sentences[tree.sentence(name.words.start)];
    before > sentence.start
        && matches!(tree.upos(before), Upos::Propn | Upos::Adj)
        && capitalised(form)
        && name.words.len() > 1
        && tree.head(before).is_some_and(|head| name.words.contains(&head))
        && [Deprel::Compound, Deprel::Amod].iter().any(|&rel| tree.is(before, rel))
        && !(before.saturating_sub(LONGEST_NAME)..=before)
            .any(|start| !lexicon.names.find_actor(&tree.text(start..before + 1)).is_empty())
        && !lexicon.names_calling(form)
        && entity_at(tree, before).is_none_or(|e| e.words.contains(&name.words.start))
}

/// "The African Union's Peace and Security Council" is no Security Council: do "and" and a word of
/// the same name stand before the name of a body?
pub(super) fn is_joined_before(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan) -> bool {
    let body = matches!(name.actor.kind, ActorKind::Organisation | ActorKind::Institution);
    let Some(first) = name.words.start.checked_sub(2).filter(|_| body && name.words.len() > 1)
    else {
        return false;
    };
    let and = name.words.start - 1;
    let begins = first.checked_sub(1).is_some_and(|w| {
        tree.word(w).xpos == "POS" || tree.in_class(w, WordClass::DefiniteArticle)
    });
    let one = match entity_at(tree, first) {
        Some(entity) => entity.words.contains(&name.words.start),
        None => begins,
    };
    one && tree.sentence(first) == tree.sentence(name.words.start)
        && tree.in_class(and, WordClass::Joining)
        && capitalised(&tree.word(first).form)
        && lexicon.names.find_actor(&tree.word(first).form).is_empty()
        && !lexicon.names_calling(&tree.word(first).form)
}

/// Years after the end of an office in which somebody is still spoken of by surname alone.
pub(super) const REMEMBERED: i16 = 10;

/// Is the known person of the time of the text: in office, or no long time out of it?
pub(super) fn of_the_time(name: &NameSpan, lexicon: &Lexicon<'_>, date: Date) -> bool {
    let Some(actor) = lexicon.ontology.actor(&name.actor.id) else { return true };
    // of whom no office is told, nothing speaks against it
    actor.tenures.is_empty()
        || actor.tenures.iter().any(|t| {
            t.from.is_none_or(|from| from <= date)
                && t.until.is_none_or(|until| date.year() - until.year() <= REMEMBERED)
        })
}

/// Ids of the states, bodies and organisations that the text names, and of those that they
/// act for.
pub(super) fn states(tree: &Tree<'_>, lexicon: &Lexicon<'_>) -> Vec<String> {
    let mut ids = Vec::new();
    for at in 0..tree.len() {
        if !capitalised(&tree.word(at).form) {
            continue;
        }
        let end = tree.annotation().sentences[tree.sentence(at)].end;
        for len in 1..=LONGEST_NAME.min(end - at) {
            let text = tree.text(at..at + len);
            for (actor, _) in lexicon.names.find_actor(&text) {
                let actor = &lexicon.ontology.actors[*actor];
                if actor.kind != ActorKind::Person && !actor.shares_name(&text) {
                    ids.push(actor.id.clone());
                    ids.extend(actor.acts_for.clone());
                }
            }
        }
    }
    ids.sort();
    ids.dedup();
    ids
}

/// Ids of the known actors whose full names stand anywhere in the text, so that
/// "Powell" can be the one Powell that the text is about.
pub(super) fn full_names(tree: &Tree<'_>, lexicon: &Lexicon<'_>) -> Vec<String> {
    let mut ids = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let end = tree.annotation().sentences[tree.sentence(at)].end;
        // the longest: there is no "Republic of Congo" in "Democratic Republic of Congo"
        let longest = (2..=LONGEST_NAME.min(end - at)).rev().find_map(|len| {
            let text = tree.text(at..at + len);
            let hits = lexicon.names.find_actor(&text).iter();
            let named: Vec<usize> =
                hits.filter(|(_, how)| *how == NameKind::Name).map(|(actor, _)| *actor).collect();
            (!named.is_empty()).then_some((named, text, len))
        });
        let Some((named, text, len)) = longest else {
            at += 1;
            continue;
        };
        let actors = named.iter().map(|&actor| &lexicon.ontology.actors[actor]);
        ids.extend(actors.filter(|a| !a.shares_name(&text)).map(|a| a.id.clone()));
        at += len;
    }
    ids.sort();
    ids.dedup();
    ids
}

/// Words of a body's name behind the state that it begins with, at least.
pub(super) const OWN_WORDS: usize = 2;

/// "China International Travel Service", "Missouri House of Representatives": is the name of a
/// state or place, or what follows it, part of a longer name of a body?
pub(super) fn in_longer_body(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &NameSpan) -> bool {
    let whole = matches!(name.actor.kind, ActorKind::State | ActorKind::Place);
    let hyphen = name.words.end < tree.len() && tree.word(name.words.end).form == "-";
    if !(whole || hyphen && name.actor.kind == ActorKind::Organisation) {
        return false;
    }
    let begins_here =
        |e: &&Entity| e.kind == EntityKind::Organisation && e.words.start == name.words.start;
    let Some(body) = entity_at(tree, name.words.start).filter(begins_here) else { return false };
    let own = name.words.end..body.words.end;
    // "Sudan's Minister of State" is told by whose it is
    if own.start < own.end && tree.form_in_class(own.start, WordClass::PossessiveMark) {
        return false;
    }
    let proper = |w: usize| {
        capitalised(&tree.word(w).form)
            || tree.upos(w) == Upos::Adp
            || w == name.words.end && hyphen
    };
    if own.len() < OWN_WORDS || !own.clone().all(proper) {
        return false;
    }
    let mut last = body.words.end - 1;
    while last > body.words.start && tree.word(last).xpos == "POS" {
        last -= 1;
    }
    // ministries, armies and governments are told by whose they are
    let form = tree.word(last).form.to_lowercase();
    // "the NATO-Russia Council" is neither's
    if hyphen {
        return lexicon.is(&form, WordClass::GroupNoun);
    }
    let told = lexicon.is(&form, WordClass::MinistryNoun)
        || names_kind(tree, lexicon, last)
        || lexicon.names_forces(&form);
    let is_known = |from: usize| !lexicon.names.find_actor(&tree.text(from..last + 1)).is_empty();
    !told && !(name.words.start + 1..=last).any(is_known)
}

/// Is a word one for a kind of people, office or body ("Members", "Governments"), and so no name?
pub(super) fn names_kind(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    let form = tree.word(word).form.to_lowercase();
    let lemma = tree.lemma(word).to_lowercase();
    let kinds = [
        WordClass::Title,
        WordClass::PersonNoun,
        WordClass::GroupNoun,
        WordClass::StatementNoun,
        WordClass::PairNoun,
    ];
    kinds.iter().any(|&class| lexicon.is(&form, class) || lexicon.is(&lemma, class))
        || lexicon.ontology.collectives.iter().any(|c| c.calls(&lemma))
}
