//! Where no claim answers: the sentences of the texts that are likely to, and what answers taken
//! out of them, where their trees show it.

use crate::annotate::{Deprel, Upos, Word};
use crate::corpus::Span;
use crate::extract::{Hole, Lexicon, Participant};
use crate::ontology::WordClass;

use super::Asking;
use super::answer::{Evidence, Found, Kind};
use super::need::Need;
use super::sentence::{Part, Sentence, asks};
use super::telling::is_verb;
use super::told::{Passage, Told};
use super::words::{alike, words};

/// How likely it must be that one of the sentences shown answers the question. On questions to
/// texts that the weights were not fitted to (`cargo run --release --example answering`), one of
/// them did in six of seven that were shown.
const ANSWERS: f64 = 0.6;
/// How many sentences are shown, those that are as likely as this part of the likeliest.
const TAKEN: usize = 3;
const AS_LIKELY: f64 = 0.5;
/// The share of the question that a sentence must have to say yes or no to it, or to go on with
/// why …
const SAYS_SO: f64 = 0.85;
/// … and to ask it, where the reply says so.
const SHOWS: f64 = 0.72;
/// How many words a sentence may have that only denies the one before.
const DENIAL: usize = 5;
/// How many sentences after a question are its reply.
const REPLY: usize = 2;
/// Among how many of its first words a yes or no is looked for, after the speaker's name.
const REPLYING: usize = 3;

impl Asking<'_> {
    /// Answers out of sentences that no claim was made of.
    pub(super) fn taken(&self) -> Result<Vec<Found>, Need> {
        let (told, passages) = (self.told()?, self.passages()?);
        // one word is everywhere, and of what no text has a name for none tells
        let terms = self.terms(told);
        if terms.len() < 2 || terms.iter().any(|term| term.is_missing) {
            return Ok(Vec::new());
        }
        // however likely: what the question names, asks for or denies is not dropped
        let may = |passage: &&Passage| {
            passage.suits
                && passage.names_all
                && self.is_within_time(passage)
                && !self.supposes(passage)
                && self.denies_alike(passage)
                && !self.is_denied(passage, &told[passage.document])
                && !self.tells_of_another(passage)
        };
        let mut shown: Vec<&Passage> = passages.iter().filter(may).take(TAKEN).collect();
        let Some(best) = shown.first().map(|passage| passage.chance) else {
            return Ok(Vec::new());
        };
        shown.retain(|passage| passage.chance >= best * AS_LIKELY);
        if shown.iter().map(|passage| passage.chance).sum::<f64>() < ANSWERS {
            // whoever is asked the same in a text replies to it
            let same = |passage: &&Passage| asks(&passage.sentence) && passage.share >= SAYS_SO;
            shown = passages.iter().filter(may).filter(same).take(1).collect();
        }
        let mut found: Vec<Found> = Vec::new();
        for passage in shown {
            for one in self.take(passage, &told[passage.document]) {
                match found.iter_mut().find(|f| f.id == one.id) {
                    Some(known) => known.evidence.extend(one.evidence),
                    None => found.push(one),
                }
            }
        }
        // where the likeliest has a part that fills the hole, sentences that may hold it do not
        // stand beside it
        if found.first().is_some_and(|one| one.kind != Kind::Sentence) {
            found.retain(|one| one.kind != Kind::Sentence);
        }
        found.truncate(TAKEN);
        Ok(found)
    }

    /// Does the next sentence deny what one says ("That is not true")? Whether it is so is told
    /// by both.
    pub(super) fn is_denied(&self, passage: &Passage, told: &Told) -> bool {
        let next = passage.number + 1;
        let denies = |word: &String| {
            [WordClass::Negator, WordClass::UntruthAdjective]
                .iter()
                .any(|&class| self.lexicon.is(word, class))
        };
        self.read.hole != Some(Hole::Status)
            && told.words.get(next).is_some_and(|words| {
                words.len() <= DENIAL && self.goes_on(told, next) && words.iter().any(denies)
            })
    }

    /// Has a sentence the "not" that the question has?
    pub(super) fn denies_alike(&self, passage: &Passage) -> bool {
        let denies = |word: &Word| self.is_any(word, &[WordClass::Negator]);
        // "won't" is one word of a text
        let tail = |word: &str| word.chars().skip(word.chars().count().saturating_sub(3)).collect();
        let told = passage.sentence.split_whitespace().any(|word| {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let tail: String = tail(&word);
            [&word, &tail].iter().any(|word| self.lexicon.is(word, WordClass::Negator))
        });
        told || !self.form.words.iter().any(denies)
    }

    pub(super) fn is_within_time(&self, passage: &Passage) -> bool {
        let document = &self.graph.corpus().documents[passage.document];
        match (&self.form.period, &document.date) {
            (Some(period), Some(date)) => period.holds(date),
            _ => true,
        }
    }

    /// Does a sentence only suppose what the question asks ("If the inspectors find …", "The
    /// company may refuse that" for what was refused)?
    pub(super) fn supposes(&self, passage: &Passage) -> bool {
        let is = |word: &String, class| self.lexicon.is(word, class);
        let told = words(&passage.sentence);
        let asked = self.form.folded();
        let about = self.read.hole.is_some_and(|hole| {
            matches!(hole, Hole::Agent | Hole::Matter | Hole::Status | Hole::Time | Hole::Place)
        });
        let conditional = |word: &String| is(word, WordClass::Conditional);
        let conditions = self.lexicon.ontology.words_of(WordClass::AsksCondition);
        let for_condition =
            |word: &String| conditional(word) || conditions.iter().any(|asked| alike(word, asked));
        let if_it_is = told.iter().any(conditional) && !asked.iter().any(for_condition);
        let main = self.form.main_word().map(|word| word.form.to_lowercase()).unwrap_or_default();
        let may_be = self.form.is_past(self.lexicon)
            && told.windows(2).any(|pair| is(&pair[0], WordClass::Modal) && alike(&pair[1], &main));
        about && if_it_is || may_be
    }

    /// What a sentence answers: a part of it that fills the hole, else the sentence itself.
    fn take(&self, passage: &Passage, told: &Told) -> Vec<Found> {
        let follows = self.following(passage, told);
        let sentence = self.sentence(passage.document, passage.span.start, &passage.sentence);
        let agent = matches!(self.read.hole, Some(Hole::Agent | Hole::Source | Hole::Addressee));
        // of what nobody does a sentence cannot say whether it is so, and what else is in a
        // sentence without the main word may be of something else
        let untold = !passage.has_main
            || self.read.hole == Some(Hole::Status)
                && self.form.main_word().is_none_or(|word| word.upos == Upos::Propn)
            || agent && self.is_open(&sentence.annotation().words);
        let mut answers = match self.read.hole {
            _ if untold => Vec::new(),
            _ if agent => self.somebody(passage, &sentence.annotation().words),
            Some(Hole::Status) if asks(&passage.sentence) => {
                self.reply(passage, &follows).into_iter().collect()
            }
            Some(Hole::Status) => {
                self.polarity(passage, &sentence.annotation().words).into_iter().collect()
            }
            _ => match self.fitting(&sentence) {
                Some((kind, parts)) => self.parts(passage, kind, parts),
                None => Vec::new(),
            },
        };
        if answers.is_empty() && self.lacks_answer(passage, &sentence) {
            return Vec::new();
        }
        if answers.is_empty() {
            return vec![self.whole(passage, told)];
        }
        for one in &mut answers {
            one.evidence.extend(follows.iter().cloned());
        }
        answers
    }

    /// The parts of a sentence that can fill the hole, and what they are; none where it is no hole for
    /// a time, a place or a number.
    fn fitting(&self, sentence: &Sentence) -> Option<(Kind, Vec<Part>)> {
        let lexicon = self.lexicon;
        Some(match self.read.hole? {
            Hole::Time => (Kind::Time, sentence.times(lexicon)),
            Hole::Place => (Kind::Claim, sentence.places(lexicon)),
            Hole::Duration => (Kind::Quantity, sentence.durations(lexicon)),
            Hole::Quantity => {
                (Kind::Quantity, sentence.quantities(self.read.counted.as_deref(), lexicon))
            }
            _ => return None,
        })
    }

    /// Has a sentence neither the main word of a question nor any time, place, number or reason that
    /// the question is for?
    fn lacks_answer(&self, passage: &Passage, sentence: &Sentence) -> bool {
        if passage.has_main {
            return false;
        }
        match self.read.hole {
            Some(Hole::Reason) => sentence.reasons(self.lexicon).is_empty(),
            _ => self.fitting(sentence).is_some_and(|(_, parts)| parts.is_empty()),
        }
    }

    /// A sentence as an answer, with what goes on with it.
    pub(super) fn whole(&self, passage: &Passage, told: &Told) -> Found {
        let text = &passage.sentence;
        let mut found = self.found(passage, Kind::Sentence, text.clone(), text.clone());
        found.evidence.extend(self.following(passage, told));
        found
    }

    fn sentence(&self, document: usize, start: usize, text: &str) -> Sentence {
        let document = &self.graph.corpus().documents[document];
        Sentence::at(&document.id, start, text, self.annotator)
    }

    fn found(&self, passage: &Passage, kind: Kind, id: String, label: String) -> Found {
        let document = &self.graph.corpus().documents[passage.document];
        let evidence = Evidence::at(&document.id, passage.span, &passage.sentence);
        Found::told(kind, id, label, evidence, document, passage.chance)
    }

    /// The first part of a sentence that stands for no word of the question.
    fn parts(&self, passage: &Passage, kind: Kind, parts: Vec<Part>) -> Vec<Found> {
        let mut parts = parts.into_iter();
        let new = parts.find(|part| !self.is_asked(&part.label));
        let found = new.map(|part| self.found(passage, kind, part.label.clone(), part.label));
        found.into_iter().collect()
    }

    /// Do words say nothing that the question does not?
    fn is_asked(&self, text: &str) -> bool {
        let asked = self.form.folded();
        words(text).iter().all(|word| asked.iter().any(|a| alike(a, word)))
    }

    /// The main word of the question in a sentence.
    fn main_in(&self, tree: &[Word]) -> Option<usize> {
        let root = self.form.main_word()?;
        let same = |w: &usize| {
            is_verb(&tree[*w].form.to_lowercase(), root)
                || tree[*w].lemma.to_lowercase() == root.lemma.to_lowercase()
        };
        let verbal = |w: &usize| matches!(tree[*w].upos, Upos::Verb | Upos::Noun | Upos::Adj);
        (0..tree.len()).filter(verbal).find(same)
    }

    /// Is the main word of the question denied or left open in a sentence, and not in the
    /// question? "Could not guarantee it" tells nobody who guarantees it.
    fn is_open(&self, tree: &[Word]) -> bool {
        let open = [WordClass::Negator, WordClass::Modal, WordClass::Conditional];
        let is_open = |word: &Word| self.is_any(word, &open);
        let verb = self.main_in(tree);
        verb.is_some_and(|verb| tree.iter().any(|w| w.head == Some(verb) && is_open(w)))
            && !self.form.words.iter().any(is_open)
    }

    /// Who does, or to whom is done, what the verb of the question says.
    fn somebody(&self, passage: &Passage, tree: &[Word]) -> Vec<Found> {
        let Some(verb) = self.main_in(tree) else { return Vec::new() };
        let heads = match self.read.hole {
            Some(Hole::Addressee) => addressees(tree, verb, self.lexicon),
            Some(Hole::Source) => self.speaker(tree, verb),
            _ => subjects(tree, verb, self.lexicon),
        };
        let mut found = Vec::new();
        for head in heads {
            let Some(label) = phrase(tree, head) else { continue };
            if self.is_asked(&label) {
                continue;
            }
            let id = self.cast.id(&Participant { id: None, label: None, text: label.clone() });
            let known = self.graph.actor(&id).is_some();
            let label = if known { self.cast.label(&id) } else { label };
            found.push(self.found(passage, Kind::Actor, id, label));
        }
        found
    }

    /// The subject of the verb of saying above a verb.
    fn speaker(&self, tree: &[Word], verb: usize) -> Vec<usize> {
        let mut at = verb;
        for _ in 0..tree.len() {
            if self.is_any(&tree[at], &[WordClass::SpeechVerb]) {
                return subjects(tree, at, self.lexicon);
            }
            let Some(head) = tree[at].head else { break };
            at = head;
        }
        Vec::new()
    }

    /// Yes or no, where the sentence says what the question asks: no where what is asked is
    /// denied in it.
    fn polarity(&self, passage: &Passage, tree: &[Word]) -> Option<Found> {
        if passage.share < SAYS_SO || asks(&passage.sentence) {
            return None;
        }
        let root = self.form.main_word().filter(|word| word.upos != Upos::Propn)?;
        let at = tree.iter().position(|word| is_verb(&word.form.to_lowercase(), root))?;
        let denies = |word: &Word| self.is_any(word, &[WordClass::Negator]);
        let hangs = |word: &Word| word.head == Some(at);
        let denied = tree.iter().enumerate().any(|(w, word)| {
            hangs(word)
                && (denies(word) || tree.iter().any(|below| below.head == Some(w) && denies(below)))
        });
        let classes = [
            WordClass::Modal,
            WordClass::FutureModal,
            WordClass::Conditional,
            WordClass::Obligation,
        ];
        let open = tree.iter().any(|word| {
            (hangs(word) || word.deprel == Deprel::Mark) && self.is_any(word, &classes)
        });
        // what is under another verb may be wished, reported, doubted or denied
        let top = |w: usize| tree[w].head.is_none();
        let beside = tree[at].deprel == Deprel::Conj && tree[at].head.is_some_and(top);
        let below = !top(at) && !beside;
        let elsewhere = tree.iter().any(denies);
        if self.form.words.iter().any(denies) || (open || below || elsewhere) && !denied {
            return None;
        }
        let label = if denied { "no" } else { "yes" };
        Some(self.found(passage, Kind::YesNo, label.to_owned(), label.to_owned()))
    }

    /// Yes or no, as the first word replies to a sentence that asks the same.
    fn reply(&self, passage: &Passage, follows: &[Evidence]) -> Option<Found> {
        let first = words(&follows.first()?.quote);
        // "FARROW: No."
        let label = first.iter().take(REPLYING).find_map(|word| {
            let says = |class| self.lexicon.is(word, class);
            if says(WordClass::SaysYes) {
                Some("yes")
            } else {
                says(WordClass::SaysNo).then_some("no")
            }
        })?;
        (passage.share >= SHOWS)
            .then(|| self.found(passage, Kind::YesNo, label.to_owned(), label.to_owned()))
    }

    /// The reply to a sentence that asks; what goes on with one that says.
    fn following(&self, passage: &Passage, told: &Told) -> Vec<Evidence> {
        let document = &self.graph.corpus().documents[passage.document];
        let evidence =
            |(span, sentence): &(Span, String)| Evidence::at(&document.id, *span, sentence);
        let next = passage.number + 1;
        let after = told.sentences.iter().skip(next);
        match asks(&passage.sentence) {
            true => after.take(REPLY).map(evidence).collect(),
            false if next < told.sentences.len() && self.goes_on(told, next) => {
                after.take(1).map(evidence).collect()
            }
            false => Vec::new(),
        }
    }
}

/// The subjects of a verb; of a passive those by whom; of a noun whose it is.
fn subjects(tree: &[Word], verb: usize, lexicon: &Lexicon<'_>) -> Vec<usize> {
    let child = |head: usize, wanted: Deprel| {
        (0..tree.len()).find(move |&w| tree[w].head == Some(head) && tree[w].deprel == wanted)
    };
    let by = (0..tree.len()).find(|&w| {
        tree[w].head == Some(verb)
            && (tree[w].deprel == Deprel::OblAgent
                || matches!(tree[w].deprel, Deprel::Obl | Deprel::Nmod)
                    && child(w, Deprel::Case)
                        .is_some_and(|c| lexicon.is(&tree[c].lemma, WordClass::AgentMark)))
    });
    if child(verb, Deprel::AuxPass).is_some() || child(verb, Deprel::NsubjPass).is_some() {
        return by.into_iter().collect();
    }
    let mut at = verb;
    for _ in 0..tree.len() {
        if let Some(subject) = child(at, Deprel::Nsubj) {
            // "the union, which rejected it": the union
            let relative = tree[subject].upos == Upos::Pron && tree[at].deprel == Deprel::AclRelcl;
            let subject = if relative { tree[at].head.unwrap_or(subject) } else { subject };
            return [subject]
                .into_iter()
                .chain(
                    (0..tree.len()).filter(|&w| {
                        tree[w].head == Some(subject) && tree[w].deprel == Deprel::Conj
                    }),
                )
                .collect();
        }
        let climbs = matches!(
            tree[at].deprel,
            Deprel::Conj
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::Ccomp
                | Deprel::Acl
                | Deprel::AclRelcl
        );
        match tree[at].head.filter(|_| climbs) {
            Some(head) if matches!(tree[at].deprel, Deprel::Acl | Deprel::AclRelcl) => {
                return vec![head];
            }
            Some(head) => at = head,
            None => break,
        }
    }
    child(verb, Deprel::NmodPoss).into_iter().chain(by).collect()
}

/// Those to whom something is done: "to X", the object of a person.
fn addressees(tree: &[Word], verb: usize, lexicon: &Lexicon<'_>) -> Vec<usize> {
    let of_verb = |w: &usize| tree[*w].head == Some(verb);
    let marked = |w: usize| {
        (0..tree.len()).any(|c| {
            tree[c].head == Some(w)
                && tree[c].deprel == Deprel::Case
                && lexicon.is(&tree[c].lemma, WordClass::RecipientMark)
        })
    };
    let oblique = (0..tree.len())
        .filter(of_verb)
        .find(|&w| tree[w].deprel == Deprel::Iobj || tree[w].deprel == Deprel::Obl && marked(w));
    let object = (0..tree.len()).filter(of_verb).find(|&w| tree[w].deprel == Deprel::Obj);
    oblique.or(object).into_iter().collect()
}

/// The noun phrase that a word heads, without articles; none for a pronoun.
fn phrase(tree: &[Word], head: usize) -> Option<String> {
    if !matches!(tree[head].upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    // "the minister, Ann Reed, said": Ann Reed
    let name = (0..tree.len()).find(|&w| {
        tree[w].head == Some(head)
            && tree[w].deprel == Deprel::Appos
            && tree[w].upos == Upos::Propn
            && tree[head].upos == Upos::Noun
    });
    let head = name.unwrap_or(head);
    let inside = |w: usize| {
        let mut at = w;
        for _ in 0..tree.len() {
            if at == head {
                return true;
            }
            let possessive = tree[at].xpos == "POS";
            let apart = !possessive
                && matches!(
                    tree[at].deprel,
                    Deprel::Conj
                        | Deprel::Appos
                        | Deprel::AclRelcl
                        | Deprel::Acl
                        | Deprel::Case
                        | Deprel::Punct
                        | Deprel::Cc
                        | Deprel::Parataxis
                );
            match tree[at].head.filter(|_| !apart || at == w && tree[w].deprel != Deprel::Case) {
                Some(up) if !apart => at = up,
                _ => return false,
            }
        }
        false
    };
    let words: Vec<usize> = (0..tree.len()).filter(|&w| inside(w)).collect();
    let mut words = &words[..];
    while let [first, rest @ ..] = words {
        if tree[*first].upos != Upos::Det {
            break;
        }
        words = rest;
    }
    let mut text = String::new();
    for (&w, next) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        text.push_str(&tree[w].form);
        let touches = next.is_some_and(|&next| tree[w].span.end == tree[next].span.start);
        if next.is_some() && !touches {
            text.push(' ');
        }
    }
    (!text.is_empty()).then_some(text)
}
