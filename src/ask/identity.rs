//! "Who is X?": the offices and descriptions that ontology and texts give, and what X did.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::annotate::{Annotation, Deprel, Upos};
use crate::corpus::{Span, Text};
use crate::extract::{HOLE, Participant, Status};

use super::answer::{Evidence, Found, Kind};
use super::matching::Fit;
use super::sentence::sentences;
use super::understood::Reading;
use super::words::words;
use super::{Asking, Attempt, cast, filling};
use crate::ontology::WordClass;

/// How many sentences with the name are read again.
const SENTENCES: usize = 12;
/// How many of his acts tell who somebody is.
const ACTS: usize = 5;

/// "Who is Marta Quill?", "What is the Halmar Dockers' Union?"
pub(super) fn identity(asking: &Asking<'_>) -> Attempt {
    let Some(id) = asked_for(asking) else { return Ok(None) };
    let understood = asking.understood(Reading::Identity, vec![id.clone()]);
    let known = asking.graph.actor(&id);
    let mut found = Vec::new();
    let documents = asking.graph.corpus().documents.iter();
    asking.held.texts(documents.map(|d| d.id.clone()).collect())?;
    asking.held.claims(asking.matcher.taking_part(std::slice::from_ref(&id)))?;
    let acts: Vec<Fit> = (0..asking.graph.corpus().claims.len())
        .filter(|&at| asking.matcher.among(&id, &asking.claim(at).agent) >= 0.9)
        .filter(|&at| asking.claim(at).status == Status::Actual)
        .map(|claim| Fit { claim, score: 0.5 + 0.4 * asking.claim(claim).confidence })
        .collect();
    if let Some(role) = known.and_then(|at| asking.graph.corpus().actors[at].role.clone()) {
        let claims: Vec<usize> = acts.iter().take(1).map(|fit| fit.claim).collect();
        let kind = (Kind::Claim, format!("{id}/{}", words(&role).join("-")));
        found.push(filling::from_claims(asking.graph, kind.0, kind.1, role, &claims, 2.0));
    }
    found.extend(descriptions(asking, &id));
    let mut done = filling::group(asking.graph, &acts, |claim| vec![filling::words_of(claim, 1.0)]);
    done.truncate(ACTS);
    found.extend(done);
    Ok(Some((understood, found, Vec::new())))
}

/// The actor that a question names beside "who is" and nothing else.
fn asked_for(asking: &Asking<'_>) -> Option<String> {
    let said: Vec<usize> = (0..asking.form.words.len())
        .filter(|&w| asking.form.words[w].upos != Upos::Punct)
        .collect();
    let [asks, is, rest @ ..] = said.as_slice() else { return None };
    let lemma = |at: &usize| asking.form.lemma(*at);
    if !asking.lexicon.is(&lemma(asks), WordClass::AsksIdentity)
        || !asking.lexicon.is(&lemma(is), WordClass::Copula)
        || rest.is_empty()
    {
        return None;
    }
    let text: Vec<&str> = rest.iter().map(|&w| asking.form.words[w].form.as_str()).collect();
    let text = text.join(" ").replace(" '", "'").replace(" ’", "’");
    // of an office ("Who is the mediator?") the holder is asked for, not what it does
    let named = rest.iter().all(|&w| {
        matches!(asking.form.words[w].upos, Upos::Propn | Upos::Det | Upos::Part | Upos::Adp)
            || asking.form.words[w].form.starts_with(char::is_uppercase)
    });
    let participant = asking
        .read
        .actors
        .iter()
        .find(|p| p.id.as_deref() != Some(HOLE) && words(&p.text) == words(&text))
        .cloned()
        .unwrap_or(Participant { id: None, label: None, text });
    let id = asking.cast.id(&participant);
    let known = asking.graph.actor(&id).is_some();
    (known || named).then_some(id)
}

/// What the sentences that name an actor call it: "the general secretary of the union",
/// "Transport Minister", "who leads the Liberal Party".
fn descriptions(asking: &Asking<'_>, id: &str) -> Vec<Found> {
    let names = asking.cast.names(id);
    let mut found: Vec<Found> = Vec::new();
    let mut seen = BTreeSet::new();
    let documents = asking.graph.corpus().documents.iter();
    let naming = documents.flat_map(|document| {
        let held = sentences(&document.text).into_iter();
        let held = held.filter(|(_, sentence)| cast::holds_name(sentence, &names));
        held.map(|(span, sentence)| (document, span, sentence)).collect::<Vec<_>>()
    });
    for (document, span, sentence) in naming.take(SENTENCES) {
        let text = Text::new(sentence.as_str());
        let annotation = asking.annotator.annotate(&text);
        for (label, at) in called(&annotation, &text, &names, asking) {
            if !seen.insert(words(&label)) {
                continue;
            }
            let id = format!("{id}/{}", words(&label).join("-"));
            let whole = Span::new(span.start + at.start, span.start + at.end);
            let evidence = Evidence::at(&document.id, whole, text.slice(at));
            found.push(Found::told(Kind::Claim, id, label, evidence, document, 1.5));
        }
    }
    found
}

/// The words of a sentence that say what the bearer of a name is, with where they and
/// the name stand.
fn called(
    annotation: &Annotation,
    text: &Text,
    names: &[Vec<String>],
    asking: &Asking<'_>,
) -> Vec<(String, Span)> {
    let tree = &annotation.words;
    let folded: Vec<String> = tree.iter().map(|w| words(&w.form).join("")).collect();
    let mut found = Vec::new();
    for name in names {
        let Some(first) = folded.windows(name.len()).position(|w| w == name.as_slice()) else {
            continue;
        };
        let bearer = first..first + name.len();
        let outside = |w: usize| tree[w].head.is_none_or(|h| !bearer.contains(&h));
        let Some(head) = bearer.clone().find(|&w| outside(w)) else { continue };
        let mut said = |range: Range<usize>| {
            let range = trimmed(annotation, range);
            if range.is_empty() || range.clone().any(|w| bearer.contains(&w)) {
                return;
            }
            let own = annotation.span(range.clone());
            let whole = own.cover(annotation.span(bearer.clone()));
            let label = text.slice(own).split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((label, whole));
        };
        for w in 0..tree.len() {
            let (of, rel) = (tree[w].head, tree[w].deprel);
            let beside = (rel == Deprel::Appos || rel == Deprel::AclRelcl) && w > head;
            let subject = rel.is(Deprel::Nsubj) && tree[head].upos != Upos::Verb;
            if of == Some(head) && (beside || subject) {
                said(subtree(annotation, w, &bearer));
            }
        }
        // "the mediator, Judge Brandt"
        if tree[head].deprel == Deprel::Appos
            && let Some(noun) = tree[head].head.filter(|&noun| noun < first)
        {
            said(subtree(annotation, noun, &bearer).start..noun + 1);
        }
        // "She is the mediator"
        if let Some(noun) = tree[head].head.filter(|_| tree[head].deprel == Deprel::Nsubj)
            && tree[noun].upos == Upos::Noun
        {
            said(subtree(annotation, noun, &bearer).start.max(bearer.end)..noun + 1);
        }
        // "Transport Minister Peter Vane"
        let title = |w: &usize| {
            matches!(tree[*w].upos, Upos::Propn | Upos::Noun | Upos::Adj)
                && tree[*w].form.starts_with(|c: char| c.is_alphabetic())
        };
        let before = (0..first).rev().take_while(title).last().unwrap_or(first);
        let office = (before..first).any(|w| {
            let lemma = tree[w].lemma.to_lowercase();
            [
                WordClass::PersonNoun,
                WordClass::Title,
                WordClass::ActorDelegate,
                WordClass::LeadingOffice,
            ]
            .iter()
            .any(|&class| asking.lexicon.is(&lemma, class))
        });
        if office {
            said(before..first);
        }
    }
    found
}

/// From the first to the last word of what hangs on a word, without a name beside it.
fn subtree(annotation: &Annotation, head: usize, without: &Range<usize>) -> Range<usize> {
    let tree = &annotation.words;
    let under = |w: usize| {
        let mut at = Some(w);
        std::iter::from_fn(|| {
            let here = at?;
            at = tree[here].head;
            Some(here)
        })
        .take(tree.len())
        .take_while(|up| !without.contains(up))
        .any(|up| up == head)
    };
    let of: Vec<usize> = (0..tree.len()).filter(|&w| under(w)).collect();
    let (first, last) = (of.first().copied(), of.last().copied());
    let (mut first, mut last) = (first.unwrap_or(head), last.unwrap_or(head) + 1);
    if first < without.end && head >= without.end {
        first = without.end;
    }
    if last > without.start && head < without.start {
        last = without.start;
    }
    first..last
}

/// Without marks at its ends.
fn trimmed(annotation: &Annotation, mut range: Range<usize>) -> Range<usize> {
    let mark = |w: usize| annotation.words[w].upos == Upos::Punct;
    while !range.is_empty() && mark(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && mark(range.end - 1) {
        range.end -= 1;
    }
    range
}
