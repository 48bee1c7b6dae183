//! The sentences of a text with what stands around each: the heading, whose turn it is, the
//! sentence before. A question finds its words there, too.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotate::Annotator;
use crate::corpus::Span;
use crate::ontology::{Ontology, WordClass};
use crate::resolve::DocumentRecord;

use super::cast;
use super::sentence::{asks, sentences};
use super::term::{Term, TermKind, Wording};
use super::words::{alike, words};

/// What a word counts for that is akin to one of the question, as far as it is.
const AKIN: f64 = 0.6;
/// What a word counts for that stands before the sentence.
pub(super) const BESIDE: f64 = 0.5;
/// What one counts for that stands in the heading or the name of the document.
pub(super) const HEADED: f64 = 0.6;
/// What somebody counts for to whom a pronoun goes back.
const BACK: f64 = 0.7;
/// What somebody counts for whose own "I" it is.
const SPEAKS: f64 = 0.9;
/// Words from the start of a sentence among which a pronoun goes back to somebody before it.
const OPENING: usize = 3;
/// How many characters of the beginning of a paragraph may be the label of a turn.
const LABEL: usize = 60;
/// How many words a line may have that signs a text.
const SIGNATURE: usize = 6;

/// The sentences of one document.
#[derive(Default)]
pub(super) struct Told {
    /// Place of the document in the corpus.
    place: usize,
    /// With their places, in order.
    pub sentences: Vec<(Span, String)>,
    /// Folded words of each.
    pub words: Vec<Vec<String>>,
    /// Their dictionary forms, where they are others.
    lemmas: Vec<Vec<String>>,
    /// Folded words of the heading and of the name of the document.
    pub heading: Vec<String>,
    /// How many of the first sentences are the heading itself.
    pub headed: usize,
    /// What stands before each: the label of the turn, the sentence before it.
    before: Vec<String>,
    /// Folded words of that.
    words_before: Vec<Vec<String>>,
    /// Who says "I" in each: the label of the turn, else who signs the text.
    speakers: Vec<String>,
    /// Does each begin with a pronoun that can go back to somebody named before?
    opens_back: Vec<bool>,
    /// Has each a "he", "her" that can?
    points_back: Vec<bool>,
    /// Has each an "I" or "we"?
    says_i: Vec<bool>,
    /// Does each ask a "you", who replies?
    asks_you: Vec<bool>,
    /// Does each begin a paragraph?
    pub begins: Vec<bool>,
    /// When it was published.
    pub date: Option<String>,
}

/// A sentence of a text, with how much of the question it has.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    /// Place of the document in the corpus.
    pub document: usize,
    /// Place of the sentence among those of the document.
    pub number: usize,
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub sentence: String,
    /// The share of the question that it has, 0 to 1.
    pub share: f64,
    /// Are all whom the question names in it, or just before?
    pub names_all: bool,
    /// Does it say what the question asks about, or reply to a question that does?
    pub has_main: bool,
    /// Can it, or what goes on with it, hold what is asked for?
    pub suits: bool,
    /// How likely it answers the question, 0 to 1, where that was weighed.
    pub chance: f64,
}

impl Told {
    pub(super) fn new(
        place: usize,
        record: &DocumentRecord,
        ontology: &Ontology,
        annotator: &Annotator,
    ) -> Self {
        let found = sentences(&record.text);
        let characters: Vec<char> = record.text.chars().collect();
        let first = found.first().map_or("", |(_, sentence)| sentence.as_str());
        // without a title the first line is one, if it is no sentence
        let titled = record.title.as_deref().is_some_and(|title| title == first)
            || record.title.is_none() && !first.ends_with(['.', '!', '”', '"']);
        let title = record.title.as_deref().unwrap_or(if titled { first } else { "" });
        let signed = signature(&found, title, ontology);
        let (mut before, mut speakers, mut begins) = (Vec::new(), Vec::new(), Vec::new());
        let mut label = String::new();
        for (at, (span, sentence)) in found.iter().enumerate() {
            let gap = at.checked_sub(1).map(|last| found[last].0.end..span.start);
            let starts = gap.is_none_or(|gap| characters[gap].contains(&'\n'));
            begins.push(starts);
            let own: String = sentence.chars().take(LABEL).collect();
            if let Some((name, _)) = own.split_once(':').filter(|_| starts)
                && name.chars().any(char::is_alphabetic)
            {
                label = name.to_owned();
            }
            let last = at.checked_sub(1).map_or("", |last| found[last].1.as_str());
            before.push(format!("{label} {last}"));
            speakers.push(if label.is_empty() { signed.clone() } else { label.clone() });
        }
        let words_before = before.iter().map(|text| words(text)).collect();
        let words_of: Vec<Vec<String>> =
            found.iter().map(|(_, sentence)| words(sentence)).collect();
        let lemmas = words_of.iter().map(|own| lemmas(own, annotator)).collect();
        let pronoun = |word: &String| ontology.is_personal_pronoun(word);
        // "Orla kept her word": the pronoun is hers
        let opens_back = |own: &Vec<String>| {
            let mut opening = own.iter().take(OPENING);
            let first = opening.find(|word| pronoun(word) || !annotator.is_common(word));
            first.is_some_and(pronoun)
        };
        // "its" is mostly of somebody in the sentence, "her" of somebody before it
        let has = |own: &Vec<String>, classes: [WordClass; 2]| {
            own.iter().any(|word| classes.iter().any(|&class| ontology.is(word, class)))
        };
        let person = [WordClass::He, WordClass::She];
        let asks_you = |((_, sentence), own): (&(Span, String), &Vec<String>)| {
            asks(sentence) && own.iter().any(|word| ontology.is(word, WordClass::Second))
        };
        let first_person = [WordClass::FirstSingular, WordClass::FirstPlural];
        Self {
            place,
            opens_back: words_of.iter().map(opens_back).collect(),
            points_back: words_of.iter().map(|own| has(own, person)).collect(),
            says_i: words_of.iter().map(|own| has(own, first_person)).collect(),
            asks_you: found.iter().zip(&words_of).map(asks_you).collect(),
            heading: words(&format!("{title} {}", record.id)),
            headed: usize::from(titled),
            sentences: found,
            words: words_of,
            lemmas,
            before,
            words_before,
            speakers,
            begins,
            date: record.date.clone(),
        }
    }

    /// How far a sentence has a term, 0 to 1.
    pub(super) fn met(&self, at: usize, term: &Term, who_is_asked: bool) -> f64 {
        let own = self.has(at, term);
        if own > 0.0 {
            return own;
        }
        match &term.kind {
            TermKind::Word { form, lemma, .. } => {
                let same = |w: &String| alike(w, lemma) || alike(w, form);
                let beside = if self.is_headed(term) {
                    HEADED
                } else if self.words_before[at].iter().any(same) {
                    BESIDE
                } else {
                    0.0
                };
                self.akin(at, term).max(beside)
            }
            TermKind::Actor { names, parts } => {
                // "He rejected it" does not name the one to whom, where it is asked who
                let back = match who_is_asked {
                    true => self.points_back[at] && !self.opens_back[at],
                    false => self.points_back[at] || self.opens_back[at],
                };
                let own = if back && cast::holds_name(&self.before[at], names) {
                    BACK
                } else if !who_is_asked
                    && (self.says_i[at] && self.is_spoken_by(at, names)
                        || self.asks_you[at]
                            && at + 1 < self.speakers.len()
                            && self.is_spoken_by(at + 1, names))
                {
                    SPEAKS
                } else {
                    0.0
                };
                own.max(self.part(at, parts))
            }
            TermKind::Date { .. } => 0.0,
        }
    }

    /// How far a sentence has a word that is akin to one of the question, 0 to 1.
    pub(super) fn akin(&self, at: usize, term: &Term) -> f64 {
        let TermKind::Word { wording, .. } = &term.kind else { return 0.0 };
        kin(&self.words[at], wording)
    }

    /// Has the heading a word?
    pub(super) fn is_headed(&self, term: &Term) -> bool {
        let TermKind::Word { form, lemma, .. } = &term.kind else { return false };
        self.heading.iter().any(|w| alike(w, lemma) || alike(w, form))
    }

    /// How far a sentence itself has a term.
    pub(super) fn has(&self, at: usize, term: &Term) -> f64 {
        match &term.kind {
            TermKind::Word { form, lemma, .. } => {
                let mut own = self.words[at].iter().chain(&self.lemmas[at]);
                f64::from(u8::from(own.any(|w| alike(w, lemma) || alike(w, form))))
            }
            TermKind::Actor { names, .. } => {
                f64::from(u8::from(cast::holds_name(&self.sentences[at].1, names)))
            }
            TermKind::Date { day, words } => {
                let has = |word: &String| self.words[at].contains(word);
                let told = self.date.as_ref().is_some_and(|date| day.holds(date));
                if words.iter().all(has) {
                    1.0
                } else if told {
                    BACK
                } else {
                    0.0
                }
            }
        }
    }

    /// What part somebody has, 0 to 1, in what claims tell of a sentence.
    fn part(&self, at: usize, parts: &BTreeMap<(usize, usize), f64>) -> f64 {
        let span = self.sentences[at].0;
        let told = parts.range((self.place, span.start)..(self.place, span.end));
        told.fold(0.0, |most, (_, part)| part.max(most))
    }

    /// Is what a sentence says with "I" said by the bearer of one of these names?
    pub(super) fn is_spoken_by(&self, at: usize, names: &[Vec<String>]) -> bool {
        let speaker = words(&self.speakers[at]);
        let holds = |name: &Vec<String>| {
            // of a turn the surname is the label
            let surname = name.last().into_iter();
            !speaker.is_empty()
                && (speaker.windows(name.len()).any(|w| w == name.as_slice())
                    || surname.filter(|_| name.len() > 1).any(|last| speaker == [last.clone()]))
        };
        names.iter().any(holds)
    }
}

/// The words of the texts by their dictionary forms.
#[derive(Debug, Default)]
pub(super) struct Forms(BTreeMap<String, BTreeSet<String>>);

impl Forms {
    pub(super) fn of(told: &[Told], annotator: &Annotator) -> Self {
        let words: BTreeSet<&String> =
            told.iter().flat_map(|of_document| of_document.words.iter().flatten()).collect();
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for word in words {
            let lemmas = annotator.lemmas(word).map(str::to_owned);
            for lemma in lemmas.chain([word.clone()]) {
                found.entry(lemma).or_default().insert(word.clone());
            }
        }
        Self(found)
    }

    pub(super) fn written(&self, lemma: &str) -> impl Iterator<Item = &String> {
        self.0.get(lemma).into_iter().flatten()
    }
}

/// How far some words have one that is akin, 0 to 1.
pub(super) fn kin(own: &[String], wording: &Wording) -> f64 {
    AKIN * wording.most(own)
}

/// The dictionary forms of words that have another.
fn lemmas(own: &[String], annotator: &Annotator) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for lemma in own.iter().flat_map(|word| annotator.lemmas(word)) {
        if !own.iter().any(|word| word == lemma) && !found.iter().any(|known| known == lemma) {
            found.push(lemma.to_owned());
        }
    }
    found
}

/// Who signs a text: a name alone in one of the last lines; else who is named after "by" in
/// its heading.
fn signature(found: &[(Span, String)], title: &str, ontology: &Ontology) -> String {
    let is_name = |text: &str| {
        let own: Vec<&str> = text.split_whitespace().collect();
        (2..=SIGNATURE).contains(&own.len())
            && !text.ends_with(['.', ',', ':', '?', '!'])
            && own.iter().all(|word| {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                bare.starts_with(char::is_uppercase)
                    || ontology.is(&bare.to_lowercase(), WordClass::NameParticle)
            })
    };
    let last = found.iter().rev().take(3).map(|(_, sentence)| sentence.as_str());
    last.skip_while(|line| line.contains(','))
        .find(|line| is_name(line))
        .map_or_else(|| title.to_owned(), str::to_owned)
}
