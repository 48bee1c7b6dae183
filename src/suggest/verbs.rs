use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{NewVerb, Read, Tally, slice};
use crate::annotate::{Annotation, Deprel, Upos};
use crate::extract::Lexicon;

/// The least chance that the network gives to an act for it to count.
const LEAST: f32 = 0.3;

/// How verbs are used, and the frame of the ontology that says so.
const FRAMES: [(Deprel, &str); 3] =
    [(Deprel::Obj, "object"), (Deprel::Ccomp, "clause"), (Deprel::Xcomp, "infinitive")];

#[derive(Default)]
struct Use<'a> {
    tally: Tally<'a>,
    frames: BTreeMap<usize, usize>,
    acts: BTreeMap<&'static str, usize>,
    /// Was it met in a form that nothing was cut off from to make its lemma?
    is_plain: bool,
}

/// Verbs that a name is the subject of, that have an object or a clause, and that no entry of the
/// lexicon begins with; the most frequent first. Lemmas that are guessed from forms alone are left
/// out, unless `is_verb` knows them: many are no words (“fro” of “froze”).
pub(super) fn unknown(
    documents: &[Read<'_>],
    lexicon: &Lexicon<'_>,
    is_verb: impl Fn(&str) -> bool,
    least: usize,
) -> Vec<NewVerb> {
    let mut uses: BTreeMap<&str, Use<'_>> = BTreeMap::new();
    for read in documents {
        let annotation = &read.annotation;
        for (at, word) in annotation.words.iter().enumerate() {
            let is_word = word.lemma.chars().all(|c| c.is_alphabetic() || c == '-');
            if word.upos != Upos::Verb || !is_word || lexicon.knows_verb(&word.lemma) {
                continue;
            }
            let Some(frame) = frame(annotation, at).filter(|_| is_done_by_a_name(annotation, at))
            else {
                continue;
            };
            let of_verb = uses.entry(&word.lemma).or_default();
            let form = slice(&read.record.text, word.span).to_lowercase();
            of_verb.is_plain |= form.strip_prefix(word.lemma.as_str()).is_some_and(is_third_person);
            of_verb.tally.meet(&read.record.id, || read.sentence(at));
            *of_verb.frames.entry(frame).or_default() += 1;
            let seen = annotation.sightings.iter();
            let seen = seen.filter(|it| it.trigger.contains(&at) && it.chance >= LEAST);
            if let Some(surest) = seen.max_by(|a, b| a.chance.total_cmp(&b.chance)) {
                *of_verb.acts.entry(surest.act).or_default() += 1;
            }
        }
    }
    let often = uses
        .into_iter()
        .filter(|(lemma, it)| it.tally.times >= least && (it.is_plain || is_verb(lemma)));
    let mut found: Vec<NewVerb> = often
        .map(|(lemma, it)| {
            let act = it.acts.into_iter().max_by_key(|(act, times)| (*times, Reverse(*act)));
            let frame = it.frames.into_iter().max_by_key(|(at, times)| (*times, Reverse(*at)));
            NewVerb {
                lemma: lemma.to_owned(),
                act: act.map(|(act, times)| (act.to_owned(), times)),
                frame: FRAMES[frame.map_or(0, |(at, _)| at)].1,
                met: it.tally.met(),
            }
        })
        .collect();
    found.sort_by_key(|it| (Reverse(it.met.times), it.lemma.clone()));
    found
}

/// Is it all that the third person adds to the dictionary form of most verbs, or nothing?
fn is_third_person(ending: &str) -> bool {
    ending.is_empty() || ending == "s"
}

fn children(annotation: &Annotation, head: usize) -> impl Iterator<Item = (usize, Deprel)> {
    let sentence = annotation.sentences[annotation.sentence_of(head)].clone();
    let words = sentence.map(|at| (at, &annotation.words[at]));
    words.filter(move |(_, word)| word.head == Some(head)).map(|(at, word)| (at, word.deprel))
}

/// The place in [`FRAMES`] of how the verb is used.
fn frame(annotation: &Annotation, verb: usize) -> Option<usize> {
    FRAMES.iter().position(|(relation, _)| {
        children(annotation, verb).any(|(_, deprel)| deprel.is(*relation))
    })
}

/// Is its subject a name?
fn is_done_by_a_name(annotation: &Annotation, verb: usize) -> bool {
    let mut subjects = children(annotation, verb).filter(|(_, it)| *it == Deprel::Nsubj);
    subjects.any(|(at, _)| {
        annotation.words[at].upos == Upos::Propn
            || annotation.entities.iter().any(|entity| entity.words.contains(&at))
    })
}
