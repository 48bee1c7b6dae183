//! How far a name goes: its words, without titles and with what belongs to it.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::tree::{Tree, capitalised};
use crate::annotate::{Deprel, Entity, EntityKind, Upos};
use crate::ontology::{ActorKind, WordClass};

/// The one word in brackets that opens at `open`: "(NDU)".
pub(super) fn bracketed<'a>(tree: &Tree<'a>, open: usize) -> Option<&'a str> {
    let words = tree.annotation().words.get(open..open + 3)?;
    (words[0].form == "(" && words[2].form == ")").then_some(words[1].form.as_str())
}

/// Is the one-word name part of a longer personal name ("Ivanka Trump")?
pub(super) fn in_longer_person(tree: &Tree<'_>, name: &Range<usize>) -> bool {
    entity_at(tree, name.start).is_some_and(|e| {
        e.kind == EntityKind::Person
            && e.words.end >= name.end
            && e.words.len() > name.len()
            // another given name, not a title that the annotator took in
            && tree.upos(e.words.start) == Upos::Propn
            && tree.is(name.start, Deprel::Flat)
            && tree.head(name.start) == Some(e.words.start)
    })
}

/// Is the name that the annotator sees a full one, and so perhaps another person's?
pub(super) fn in_full(entity: Option<&Entity>) -> bool {
    entity.is_some_and(|e| e.kind == EntityKind::Person && e.words.len() > 1)
}

/// The longest personal name after a title, in words.
pub(super) const LONGEST_PERSON: usize = 4;

/// Words between an office and the end of what it is of, at most ("Minister of Foreign Affairs").
pub(super) const LONGEST_OFFICE: usize = 4;

/// A personal name that the annotator has not seen as one: capitalised proper nouns right
/// after a word that says who it is ("negotiator Ahmed Qureia", "Chairman Bruce Ash").
pub(super) fn unseen_person(tree: &Tree<'_>, lexicon: &Lexicon<'_>, at: usize) -> Option<Entity> {
    let proper = |w: usize| tree.upos(w) == Upos::Propn && capitalised(&tree.word(w).form);
    let before = at.checked_sub(1).filter(|&w| tree.sentence(w) == tree.sentence(at))?;
    let calling = |w: usize| lexicon.names_calling(&tree.word(w).form);
    // "Secretary of State Robert Zoellick": an office in several words before a given name
    let office = || {
        is_given(tree, lexicon, at)
            && tree.upos(before) == Upos::Propn
            && (before.saturating_sub(LONGEST_OFFICE)..before).any(|w| {
                tree.sentence(w) == tree.sentence(at)
                    && calling(w)
                    && tree.in_class(w + 1, WordClass::BelongingMark)
            })
    };
    let sentence_end = tree.annotation().sentences[tree.sentence(at)].end;
    let end = (at..sentence_end.min(at + LONGEST_PERSON)).find(|&w| !proper(w));
    let end = end.unwrap_or(sentence_end.min(at + LONGEST_PERSON));
    // "The Kestrian energy minister, Vera Stol, called it blackmail"
    let apposed = || {
        let comma = |w: usize| tree.word(w).form == ",";
        comma(before)
            && end < sentence_end
            && comma(end)
            && before.checked_sub(1).is_some_and(|noun| {
                calling(noun)
                    && tree.word(noun).xpos == "NN"
                    && tree.sentence(noun) == tree.sentence(at)
            })
    };
    if calling(at) || !calling(before) && !office() && !apposed() {
        return None;
    }
    let free = (at..end).all(|w| entity_at(tree, w).is_none());
    (end - at >= 2 && free).then_some(Entity { words: at..end, kind: EntityKind::Person })
}

pub(super) fn is_title(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    lexicon.is(&tree.word(word).form.to_lowercase(), WordClass::Title)
}

/// "President of Armenia Vahagn Khachaturyan": does a person's name follow the state's?
pub(super) fn names_state(tree: &Tree<'_>, lexicon: &Lexicon<'_>, words: &Range<usize>) -> bool {
    let end = title_end(tree, lexicon, words);
    end > words.start + 2 && end < words.end
}

/// "Defence Minister Rosa Inder", "FCCC Co-Chair Owusu", taken for a body: behind an office a given
/// name, or one word that is no noun for a body.
pub(super) fn is_titled_person(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    words: &Range<usize>,
) -> bool {
    let end = title_end(tree, lexicon, words);
    let rest = end..words.end;
    let named = match rest.len() {
        1 => is_surname(tree, lexicon, end),
        2..=LONGEST_PERSON => is_given(tree, lexicon, end),
        _ => false,
    };
    end > words.start && named
}

/// Can the word behind an office be a surname, and not say what the office is part of ("Prime
/// Minister Office", "Secretary General")?
fn is_surname(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    let form = &tree.word(word).form;
    let body = lexicon.names_kind_of_body(&form.to_lowercase());
    let mixed = capitalised(form) && form.chars().any(char::is_lowercase);
    mixed && !body && !knows_body(lexicon, form) && !lexicon.names_calling(form)
}

/// Is a name that of somebody known who is no person?
fn knows_body(lexicon: &Lexicon<'_>, name: &str) -> bool {
    let hits = lexicon.names.find_actor(name);
    hits.iter().any(|(actor, _)| lexicon.ontology.actors[*actor].kind != ActorKind::Person)
}

/// Is there the word for an office or a calling inside a personal name, before its last word?
pub(super) fn titled(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &Range<usize>) -> bool {
    title_end(tree, lexicon, name) > name.start + 1
}

/// One past the last word for an office or a calling in a personal name, before its last
/// word; its start where there is none.
pub(super) fn title_end(tree: &Tree<'_>, lexicon: &Lexicon<'_>, name: &Range<usize>) -> usize {
    let calling = |&w: &usize| lexicon.names_calling(&tree.word(w).form);
    let end = (name.start..name.end - 1).rev().find(calling).map_or(name.start, |w| w + 1);
    // "Secretary of", and the annotator takes "State Robert Zoellick" for the name
    let office = name.start >= 2
        && tree.in_class(name.start - 1, WordClass::BelongingMark)
        && calling(&(name.start - 2));
    if end == name.start && office && !is_given(tree, lexicon, name.start) {
        let given = (name.start + 1..name.end - 1).find(|&w| is_given(tree, lexicon, w));
        return given.unwrap_or(end);
    }
    if end == name.start || end >= name.end || !tree.in_class(end, WordClass::BelongingMark) {
        return end;
    }
    // "President of Armenia Vahagn Khachaturyan": the state is not the person's
    let from = if tree.in_class(end + 1, WordClass::DefiniteArticle) { end + 2 } else { end + 1 };
    let state = |len: &usize| knows_body(lexicon, &tree.text(from..from + len));
    let longest = (1..name.end.saturating_sub(from)).rev().find(state);
    // "Secretary of State Robert Zoellick"
    let given = || (from + 1..name.end - 1).find(|&w| is_given(tree, lexicon, w));
    longest.map(|len| from + len).or_else(given).unwrap_or(end)
}

/// Is a word somebody's given name, as far as the ontology knows?
pub(super) fn is_given(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    let form = tree.word(word).form.to_lowercase();
    lexicon.is(&form, WordClass::GivenNameFemale) || lexicon.is(&form, WordClass::GivenNameMale)
}

/// The name that the annotator sees at a word. O(log n).
pub(super) fn entity_at<'a>(tree: &Tree<'a>, word: usize) -> Option<&'a Entity> {
    let entities = &tree.annotation().entities;
    let at = entities.partition_point(|entity| entity.words.end <= word);
    entities.get(at).filter(|entity| entity.words.contains(&word))
}

/// The name around a proper noun: what the annotator takes for one, else the proper nouns in
/// a row that hang together.
pub(super) fn run(tree: &Tree<'_>, word: usize) -> Range<usize> {
    if let Some(entity) = entity_at(tree, word) {
        return entity.words.clone();
    }
    let sentence = &tree.annotation().sentences[tree.sentence(word)];
    let proper = |w: usize| tree.upos(w) == Upos::Propn && capitalised(&tree.word(w).form);
    let joins = |a: usize, b: usize| tree.head(a) == Some(b) || tree.head(b) == Some(a);
    let (mut start, mut end) = (word, word + 1);
    while start > sentence.start && proper(start - 1) && (start..end).any(|w| joins(start - 1, w)) {
        start -= 1;
    }
    while end < sentence.end && proper(end) && (start..end).any(|w| joins(end, w)) {
        end += 1;
    }
    start..end
}

/// "Runge-Metzger": a name goes on behind its hyphen; in small letters where the surname stands
/// first ("Han Ji-won").
pub(super) fn with_hyphen(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    mut words: Range<usize>,
) -> Range<usize> {
    if words.len() > 1 && tree.word(words.end - 1).form == "-" {
        words.end -= 1;
    }
    let touches = |w: usize| w < tree.len() && tree.word(w - 1).span.end == tree.word(w).span.start;
    let surname = tree.word(words.start).form.to_lowercase();
    let given = |words: &Range<usize>| {
        // "the Han Min-led delegation"
        let describes = tree.head(words.end + 1).is_some_and(|head| head > words.end + 1)
            && (tree.is(words.end + 1, Deprel::Amod) || tree.is(words.end + 1, Deprel::Compound));
        words.len() == 2 && lexicon.is(&surname, WordClass::FamilyNameFirst) && !describes
    };
    while touches(words.end)
        && tree.word(words.end).form == "-"
        && touches(words.end + 1)
        && (capitalised(&tree.word(words.end + 1).form) || given(&words))
    {
        words.end += 2;
    }
    words
}

/// "Paul D. Ryan" as "Paul Ryan": without initials between first and last name.
pub(super) fn without_initials(name: &str) -> String {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let initial = |part: &str| {
        part.trim_end_matches('.').chars().count() == 1 && part.starts_with(char::is_uppercase)
    };
    let last = parts.len().saturating_sub(1);
    let kept =
        parts.iter().enumerate().filter(|(at, part)| *at == 0 || *at == last || !initial(part));
    kept.map(|(_, part)| *part).collect::<Vec<_>>().join(" ")
}

/// Words of a name that initials in brackets stand for, at most.
pub(super) const LONGEST_ABBREVIATED: usize = 14;

/// "The Rail, Maritime and Transport union (RMT)": names that end before brackets with their
/// initials, however much of them the annotator has seen.
pub(super) fn abbreviated(tree: &Tree<'_>) -> Vec<Entity> {
    let mut found = Vec::new();
    for open in 1..tree.len() {
        let letters: Option<Vec<char>> = bracketed(tree, open).map(|l| l.chars().collect());
        let Some(letters) = letters.filter(|l| l.len() > 2 && l.iter().all(|c| c.is_uppercase()))
        else {
            continue;
        };
        let start = tree.annotation().sentences[tree.sentence(open)].start;
        let mut left = letters.as_slice();
        for w in (start.max(open.saturating_sub(LONGEST_ABBREVIATED))..open).rev() {
            let form = &tree.word(w).form;
            if !capitalised(form) {
                continue;
            }
            let Some((last, rest)) = left.split_last() else { break };
            if !form.starts_with(*last) {
                break;
            }
            left = rest;
            if left.is_empty() {
                found.push(Entity { words: w..open, kind: EntityKind::Organisation });
                break;
            }
        }
    }
    found
}

/// Names in letters that are not Latin ("Иван Петров", "王毅"): words of them that stand together
/// and, where they have capitals, begin with one.
pub(super) fn in_other_letters(tree: &Tree<'_>) -> Vec<Entity> {
    let other = |w: usize| {
        let form = &tree.word(w).form;
        let letters = form.chars().all(|c| c.is_alphabetic() && u32::from(c) >= FIRST_NON_LATIN);
        letters && !form.starts_with(char::is_lowercase)
    };
    let mut found: Vec<Entity> = Vec::new();
    for w in (0..tree.len()).filter(|&w| other(w)) {
        match found.last_mut() {
            Some(name) if name.words.end == w && tree.sentence(w - 1) == tree.sentence(w) => {
                name.words.end = w + 1;
            }
            _ => found.push(Entity { words: w..w + 1, kind: EntityKind::Person }),
        }
    }
    found
}

/// Where Latin, and what looks like it, ends in Unicode: Greek begins.
pub(super) const FIRST_NON_LATIN: u32 = 0x370;

/// "The African Union's Peace and Security Council", which the annotator takes for one name: does
/// a body's name of two words at least begin at a word behind its owner?
pub(super) fn is_owned(tree: &Tree<'_>, entity: &Entity, at: usize) -> bool {
    entity.kind == EntityKind::Organisation
        && entity.words.start < at
        && at + 1 < entity.words.end
        && tree.word(at - 1).xpos == "POS"
}

/// "The retailer Brask": does a noun for a body stand right before a name?
pub(super) fn is_called_a_body(tree: &Tree<'_>, lexicon: &Lexicon<'_>, at: usize) -> bool {
    let Some(noun) = at.checked_sub(1).filter(|&w| tree.sentence(w) == tree.sentence(at)) else {
        return false;
    };
    tree.upos(noun) == Upos::Noun
        && tree.word(noun).xpos == "NN"
        && !capitalised(&tree.word(noun).form)
        && (lexicon.is(tree.lemma(noun), WordClass::OrganisationNoun)
            || lexicon.is(tree.lemma(noun), WordClass::CompanyNoun))
}

/// "Tunde" where the tree goes on with "Bako": the name with the proper nouns that are flat on
/// it, and with what follows its particle ("Ghali ag Moussa").
pub(super) fn with_flat(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    mut words: Range<usize>,
) -> Range<usize> {
    let flat = |words: &Range<usize>, w: usize| {
        w < tree.len()
            && tree.is(w, Deprel::Flat)
            && tree.head(w).is_some_and(|head| words.contains(&head))
    };
    let proper = |w: usize| tree.upos(w) == Upos::Propn && capitalised(&tree.word(w).form);
    loop {
        let next = words.end;
        let particle = flat(&words, next)
            && lexicon.is(&tree.word(next).form, WordClass::NameParticle)
            && flat(&words, next + 1)
            && proper(next + 1);
        if particle {
            words.end += 2;
        } else if flat(&words, next) && proper(next) && entity_at(tree, next).is_none() {
            words.end += 1;
        } else {
            return words;
        }
    }
}

/// "The Tupac Amaru Revolutionary Movement", of which the annotator takes "Tupac" for one name and
/// the rest for another: the body behind that the first is a part of.
pub(super) fn with_body_behind(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    entity: &Entity,
) -> Option<Entity> {
    let behind = (entity.words.end < tree.len()).then(|| entity_at(tree, entity.words.end))??;
    let starts = behind.kind == EntityKind::Organisation
        && behind.words.start == entity.words.end
        && behind.words.len() > 1
        && tree.sentence(entity.words.start) == tree.sentence(behind.words.start);
    // "the rebel Tupac": what is written small is no part of the name
    let proper = |w: &usize| capitalised(&tree.word(*w).form) && tree.upos(*w) == Upos::Propn;
    let start = entity.words.clone().rev().take_while(proper).last()?;
    let last = behind.words.end - 1;
    let part = (start..entity.words.end)
        .any(|w| tree.head(w) == Some(last) && tree.is(w, Deprel::Compound));
    let known = |words: Range<usize>| !lexicon.names.find_actor(&tree.text(words)).is_empty();
    let calls = (start..entity.words.end).any(|w| lexicon.names_calling(&tree.word(w).form));
    let free = !known(start..entity.words.end) && !known(behind.words.clone()) && !calls;
    (starts && part && free)
        .then_some(Entity { words: start..behind.words.end, kind: EntityKind::Organisation })
}

/// "Castle & Drew" is one name.
pub(super) fn with_ampersand(tree: &Tree<'_>, words: Range<usize>) -> Range<usize> {
    let joined = words.end + 1 < tree.len()
        && tree.word(words.end).form == "&"
        && capitalised(&tree.word(words.end + 1).form);
    if !joined {
        return words;
    }
    let second = entity_at(tree, words.end + 1).map_or(words.end + 2, |e| e.words.end);
    words.start..second.max(words.end + 2)
}

/// A name without the possessive and the small words that it cannot end with.
pub(super) fn without_ending(tree: &Tree<'_>, words: Range<usize>) -> Range<usize> {
    let possessive = |w: usize| tree.form_in_class(w, WordClass::PossessiveMark);
    let small = |w: usize| matches!(tree.upos(w), Upos::Adp | Upos::Cconj | Upos::Det);
    Tree::trimmed(Tree::trimmed(words, possessive), small)
}

/// The words of what the annotator takes for a name that are one; none where it begins further on.
pub(super) fn name_in(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    entity: &Entity,
) -> Option<Range<usize>> {
    let mut words = without_ending(
        tree,
        with_ampersand(tree, with_hyphen(tree, lexicon, entity.words.clone())),
    );
    if entity.kind == EntityKind::Person && words.end == entity.words.end {
        words = with_flat(tree, lexicon, words);
    }
    // "the Prime Minister" is whoever holds the office
    let calls = |w: usize| lexicon.names_calling(&tree.word(w).form) || is_title(tree, lexicon, w);
    if words.clone().all(calls) || is_office(tree, lexicon, entity, &words) {
        return None;
    }
    let person = entity.kind == EntityKind::Person
        || is_titled_person(tree, lexicon, &words)
        || is_title(tree, lexicon, words.start) && names_state(tree, lexicon, &words);
    // "Shadow Home Secretary Yvette Cooper": the name begins further on, and "Secretary of State"
    // before a name is none
    let behind = title_end(tree, lexicon, &words) == words.start + 1;
    let title = entity.kind == EntityKind::Person
        && (is_title(tree, lexicon, words.start) || behind && !calls(words.start));
    let none = title || person && titled(tree, lexicon, &words);
    (!none).then_some(words)
}

/// "Vice President", "Indiana Governor", taken for somebody's name: it ends in the word for an
/// office, and no given name begins it ("Larry King").
pub(super) fn is_office(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    entity: &Entity,
    words: &Range<usize>,
) -> bool {
    let last = tree.word(words.end - 1).form.to_lowercase();
    let calling = |lemma: &str| lexicon.ontology.offices.iter().any(|o| o.id == lemma);
    entity.kind == EntityKind::Person
        && words.len() > 1
        && (calling(&last) || lexicon.is(&last, WordClass::Title))
        && !is_given(tree, lexicon, words.start)
}
