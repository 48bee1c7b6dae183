use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::{NewIssue, Read, Tally};
use crate::annotate::{Annotation, Deprel, Upos};
use crate::corpus::Span;
use crate::extract::{Lexicon, MatterMention};
use crate::ontology::WordClass;
use crate::resolve::Corpus;

/// What claims are about where no issue names it: a noun with the nouns and adjectives right
/// before it, in lemmas; the most frequent first.
pub(super) fn unknown(
    corpus: &Corpus,
    documents: &[Read<'_>],
    lexicon: &Lexicon<'_>,
    least: usize,
) -> Vec<NewIssue> {
    let read: HashMap<&str, &Read<'_>> =
        documents.iter().map(|it| (it.record.id.as_str(), it)).collect();
    let mut tallies: BTreeMap<String, Tally<'_>> = BTreeMap::new();
    for claim in &corpus.claims {
        let matter = claim.matter.as_ref().filter(|it| it.issues.is_empty());
        let (Some(matter), Some(read)) = (matter, read.get(claim.document.as_str())) else {
            continue;
        };
        let Some((head, words)) = noun(&read.annotation, matter, lexicon) else { continue };
        tallies.entry(words).or_default().meet(&claim.document, || read.sentence(head));
    }
    // A noun alone seldom says what is negotiated about: it must be met twice as often.
    let enough = |words: &str| if words.contains(' ') { least } else { least.saturating_mul(2) };
    let often = tallies.into_iter().filter(|(words, tally)| tally.times >= enough(words));
    let mut found: Vec<NewIssue> =
        often.map(|(words, tally)| NewIssue { words, met: tally.met() }).collect();
    found.sort_by_key(|it| (Reverse(it.met.times), it.words.clone()));
    found
}

/// The noun that the words of a matter are about, and what it is called; `None` where that is a
/// name, a pronoun, a time or the noun of an act.
fn noun(
    annotation: &Annotation,
    matter: &MatterMention,
    lexicon: &Lexicon<'_>,
) -> Option<(usize, String)> {
    let span = Span::new(matter.start, matter.end);
    let words = &annotation.words;
    let first = words.partition_point(|it| it.span.end <= span.start);
    let last = words.partition_point(|it| it.span.start < span.end);
    let inside = |at: usize| (first..last).contains(&at);
    let mut head = (first..last).find(|at| words[*at].head.is_none_or(|head| !inside(head)))?;
    if words[head].upos == Upos::Verb {
        head = (first..last)
            .find(|at| words[*at].head == Some(head) && words[*at].deprel.is(Deprel::Obj))?;
    }
    let is_time = [WordClass::TimeNoun, WordClass::TimeUnit]
        .iter()
        .any(|class| lexicon.is(&words[head].lemma, *class));
    // "his proposal" names an act, and not what it is about.
    let is_act = lexicon.knows(&words[head].lemma);
    if words[head].upos != Upos::Noun || is_time || is_act {
        return None;
    }
    let before = (first..head).rev().take_while(|at| {
        let (word, is_near) = (&words[*at], words[*at].head == Some(head));
        is_near
            && matches!(word.upos, Upos::Noun | Upos::Adj)
            && (word.deprel.is(Deprel::Compound) || word.deprel.is(Deprel::Amod))
    });
    let start = before.last().unwrap_or(head);
    let lemmas: Vec<String> =
        words[start..=head].iter().map(|it| it.lemma.to_lowercase()).collect();
    let name = lemmas.join(" ").replace('-', " ");
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (is_plain && !name.is_empty()).then_some((head, name))
}
