//! What speaks for a sentence as the answer to a question: how much of the question it has, how
//! close together, whether it can hold what is asked for, and what stands against it. How much
//! each counts is fitted to questions whose answers people have marked (`models/answering.tsv`).

use std::sync::LazyLock;

use super::Asking;
use super::plain::{Measured, Plain};
use super::sentence::asks;
use super::term::{Term, TermKind};
use super::told::{Passage, Told};
use super::words::alike;
use crate::extract::Hole;
use crate::logistic::{ALWAYS, Logistic, Sign};
use crate::ontology::WordClass;

/// How likely a sentence with some signs answers, rather than another or none; read where it is first
/// asked for.
pub(super) static ANSWERING: LazyLock<Logistic> = LazyLock::new(|| {
    Logistic::read(include_str!("../../models/answering.tsv"))
        .expect("the embedded table is tested")
});

/// From so many words on all stretches are counted as long.
const FAR: f64 = 12.0;
/// So many words of a question are many: counts are told in parts of it, near 1, so that the
/// descent of the fit is steady.
const MANY: f64 = 6.0;

/// Among so many first words the one named begins a sentence.
const BEGINNING: usize = 5;

/// Shares that differ less are alike.
const ALIKE: f64 = 0.02;

/// What is known of all sentences that come into question, for each of them.
pub(super) struct Field {
    /// The greatest share of the question that any has, and the next.
    shares: [f64; 2],
    /// How many have as much as the best, nearly.
    equals: usize,
    /// What each has of the bare words, in their order.
    measured: Vec<Measured>,
    /// The most that any has of them and of those akin, and the next.
    akin: [f64; 2],
    /// The most neighbours.
    pairs: f64,
}

impl Field {
    /// Of sentences in any order.
    pub(super) fn of(passages: &[Passage], told: &[Told], plain: &Plain) -> Self {
        let shares = most(passages.iter().map(|passage| passage.share));
        let equals = passages.iter().filter(|p| shares[0] - p.share < ALIKE).count();
        let measure = |p: &Passage| plain.measure(&told[p.document].words[p.number]);
        let measured: Vec<Measured> = passages.iter().map(measure).collect();
        let akin = most(measured.iter().map(|m| m.akin));
        let pairs = most(measured.iter().map(|m| m.pairs))[0];
        Self { shares, equals, measured, akin, pairs }
    }
}

/// 1 where something holds.
fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// The greatest of some numbers, and the next.
fn most(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([0.0, 0.0], |[first, second], value| match value {
        _ if value > first => [value, first],
        _ => [first, second.max(value)],
    })
}

impl Asking<'_> {
    /// The signs of the sentence that is the `nth` of a field.
    pub(super) fn signs(
        &self,
        nth: usize,
        passage: &Passage,
        told: &Told,
        terms: &[Term],
        field: &Field,
    ) -> Vec<Sign> {
        let mut found = vec![(ALWAYS.to_owned(), 1.0)];
        let mut sign = |name: &str, value: f64| {
            if value != 0.0 {
                found.push((name.to_owned(), value));
            }
        };
        let hole = self.read.hole.map_or("none", Hole::as_str);
        self.shared_signs(passage, told, terms, field, &mut sign);
        plain_signs(nth, field, &mut sign);
        sign(&format!("asks:{hole}"), 1.0);
        sign("suits", flag(passage.suits));
        sign(&format!("suits:{hole}"), flag(passage.suits));
        let acted = self.acted(passage);
        sign("act told", flag(acted.is_some()));
        sign(&format!("act told:{hole}"), flag(acted.is_some()));
        sign("act told by whom", flag(acted == Some(true)));
        for (name, holds) in self.held_kinds(told, passage.number) {
            sign(&format!("{name}:{hole}"), flag(holds));
        }
        sign("amount without number", flag(self.asks_amount() && !passage.suits));
        sign("names all", flag(passage.names_all));
        sign("main", flag(passage.has_main));
        sign("main, names all", flag(passage.has_main && passage.names_all));
        sign("heading", flag(passage.number < told.headed));
        sign("a question", flag(asks(&passage.sentence)));
        sign("begins a paragraph", flag(told.begins[passage.number]));
        let goes_on =
            passage.number + 1 < told.sentences.len() && self.goes_on(told, passage.number + 1);
        sign("is gone on with", flag(goes_on));
        sign("goes on", flag(self.goes_on(told, passage.number)));
        let length = told.words[passage.number].len() as f64;
        sign("words", (1.0 + length).ln() - 3.0);
        sign("few words", flag(length < 6.0));
        sign("supposes", flag(self.supposes(passage)));
        sign("is denied", flag(self.is_denied(passage, told)));
        sign("lacks the not", flag(!self.denies_alike(passage)));
        sign("another time", flag(!self.is_within_time(passage)));
        sign(&format!("share for {hole}"), passage.share);
        self.named_signs(told, passage.number, terms, &mut sign);
        beside_signs(told, passage.number, terms, &mut sign);
        found
    }

    /// What the words of the question have to do with those of the sentence.
    fn shared_signs(
        &self,
        passage: &Passage,
        told: &Told,
        terms: &[Term],
        field: &Field,
        sign: &mut dyn FnMut(&str, f64),
    ) {
        let at = passage.number;
        let whole: f64 = terms.iter().map(|term| term.weight).sum();
        let own: Vec<f64> = terms.iter().map(|term| told.has(at, term)).collect();
        let own_share = terms.iter().zip(&own).map(|(t, met)| t.weight * met).sum::<f64>() / whole;
        sign("share", passage.share);
        sign(&format!("share:{:.0}", passage.share * 10.0), 1.0);
        let akin = terms.iter().zip(&own).map(|(t, met)| t.weight * met.max(told.akin(at, t)));
        sign("own or akin share", akin.sum::<f64>() / whole);
        sign("own share", own_share);
        sign(&format!("own share:{:.0}", own_share * 10.0), 1.0);
        let is_best = field.shares[0] - passage.share < ALIKE;
        sign("best", flag(is_best));
        sign("best alone", flag(is_best && field.equals == 1));
        sign("behind", field.shares[0] - passage.share);
        if is_best {
            sign("ahead", field.shares[0] - field.shares[1]);
        }
        let unmet = |term: &&Term| told.met(at, term, self.asks_who()) == 0.0;
        let missed: Vec<&Term> = terms.iter().filter(unmet).collect();
        let heaviest = missed.iter().map(|term| term.weight).fold(0.0, f64::max);
        sign("heaviest missed", heaviest / whole);
        sign("missed", missed.len() as f64 / terms.len() as f64);
        let noun = |term: &&&Term| matches!(term.kind, TermKind::Word { is_noun: true, .. });
        sign("nouns missed", missed.iter().filter(noun).count() as f64 / MANY);
        let named = |term: &&&Term| term.kind.is_name();
        sign("names missed", missed.iter().filter(named).count() as f64 / MANY);
        sign("a noun of no text", flag(terms.iter().any(|term| term.is_missing)));
        sign("terms", (terms.len() as f64).ln() / 2.0);
        sign("one term", flag(terms.len() == 1));
        let met = own.iter().filter(|&&met| met > 0.0).count();
        sign("terms met", met as f64 / MANY);
        sign(&format!("terms met:{}", met.min(6)), 1.0);
        sign("main itself", flag(terms.iter().zip(&own).any(|(t, &met)| t.is_main && met > 0.0)));
        let places = places(told, at, terms);
        if let Some(stretch) = stretch(&places) {
            sign("close", 1.0 - (stretch / FAR).min(1.0));
        }
        sign("in order", in_order(&places, terms.len()));
    }

    /// Whether it is the one named first whom a sentence begins with, or who says it.
    fn named_signs(&self, told: &Told, at: usize, terms: &[Term], sign: &mut dyn FnMut(&str, f64)) {
        let named = terms.iter().find_map(|term| match &term.kind {
            TermKind::Actor { names, .. } => Some(names),
            TermKind::Word { .. } | TermKind::Date { .. } => None,
        });
        let Some(names) = named else {
            sign("nobody named", 1.0);
            return;
        };
        let own = &told.words[at];
        let begins = |name: &Vec<String>| {
            !name.is_empty()
                && own.windows(name.len()).take(BEGINNING).any(|words| words == name.as_slice())
        };
        let (begins, speaks) = (names.iter().any(begins), told.is_spoken_by(at, names));
        sign("named begins", flag(begins));
        sign("named speaks", flag(speaks));
        sign("named neither begins nor speaks", flag(!begins && !speaks));
        let hole = self.read.hole.map_or("none", Hole::as_str);
        sign(&format!("named begins:{hole}"), flag(begins));
        sign(&format!("named speaks:{hole}"), flag(speaks));
    }

    /// Is it asked who?
    pub(super) fn asks_who(&self) -> bool {
        matches!(self.read.hole, Some(Hole::Agent | Hole::Source))
    }

    /// What kinds of things a sentence has that the question has not.
    fn held_kinds(&self, told: &Told, at: usize) -> [(&'static str, bool); 6] {
        let has = |classes: &[WordClass]| self.has_any(told, at, classes);
        let times = [WordClass::Month, WordClass::Weekday, WordClass::RelativeDay];
        [
            ("number", self.has_number(told, at)),
            ("name", self.has_name(told, at)),
            ("time", has(&times)),
            ("reason", has(&[WordClass::ReasonMarker, WordClass::Purpose])),
            ("condition", has(&[WordClass::Conditional, WordClass::ConditionMarker])),
            ("speech", has(&[WordClass::SpeechVerb])),
        ]
    }
}

/// What a sentence has of the bare words of the question.
fn plain_signs(nth: usize, field: &Field, sign: &mut dyn FnMut(&str, f64)) {
    let own = field.measured[nth];
    sign("bare share", own.share);
    sign("bare share or akin", own.akin);
    sign(&format!("bare share or akin:{:.0}", (own.akin * 10.0).floor()), 1.0);
    sign("bare missed", own.missed);
    sign("bare dense", own.dense);
    sign("bare behind", field.akin[0] - own.akin);
    let is_best = field.akin[0] <= own.akin;
    sign("bare best", flag(is_best));
    if is_best {
        sign("bare ahead", field.akin[0] - field.akin[1]);
    }
    sign("pairs", own.pairs);
    sign("most pairs", flag(own.pairs > 0.0 && own.pairs >= field.pairs));
}

/// What the sentences beside one have of the question, and whether it replies to one.
fn beside_signs(told: &Told, at: usize, terms: &[Term], sign: &mut dyn FnMut(&str, f64)) {
    let whole: f64 = terms.iter().map(|term| term.weight).sum();
    let share = |places: &[usize]| {
        let most = |term: &Term| places.iter().map(|&p| told.has(p, term)).fold(0.0, f64::max);
        terms.iter().map(|term| term.weight * most(term)).sum::<f64>() / whole
    };
    let after = at + 1 < told.sentences.len();
    let before = at.checked_sub(1);
    if let Some(before) = before {
        let own = share(&[before]);
        sign("share before", own);
        sign("replies", flag(asks(&told.sentences[before].1)));
        sign("replies, share before", own * flag(asks(&told.sentences[before].1)));
        sign("share with before", share(&[before, at]));
    }
    if after {
        sign("share after", share(&[at + 1]));
    }
    let first = (0..=at).rev().find(|&place| told.begins[place]).unwrap_or(at);
    let next = (at + 1..told.sentences.len()).find(|&place| told.begins[place]);
    let paragraph: Vec<usize> = (first..next.unwrap_or(told.sentences.len())).collect();
    sign("share of paragraph", share(&paragraph));
    sign("first in text", flag(at <= told.headed));
}

/// How many words lie, on average, between two words of the question in a sentence; none where
/// it has fewer than two.
fn stretch(places: &[usize]) -> Option<f64> {
    let (first, last) = (places.iter().min()?, places.iter().max()?);
    (places.len() > 1).then(|| (last - first) as f64 / (places.len() - 1) as f64)
}

/// The share of neighbours in the question that stand in the sentence in the same order.
fn in_order(places: &[usize], terms: usize) -> f64 {
    let kept = places.windows(2).filter(|pair| pair[0] < pair[1]).count();
    kept as f64 / terms.saturating_sub(1).max(1) as f64
}

/// Where the words of the question stand in a sentence, in the order of the question.
fn places(told: &Told, at: usize, terms: &[Term]) -> Vec<usize> {
    let own = &told.words[at];
    let place = |term: &Term| match &term.kind {
        TermKind::Word { form, lemma, .. } => {
            own.iter().position(|w| alike(w, lemma) || alike(w, form))
        }
        TermKind::Actor { names, .. } => names
            .iter()
            .filter_map(|name| name.last())
            .find_map(|last| own.iter().position(|w| w == last)),
        TermKind::Date { words, .. } => {
            words.first().and_then(|first| own.iter().position(|w| w == first))
        }
    };
    terms.iter().filter_map(place).collect()
}
