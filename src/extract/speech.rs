//! Who says so: for every word the speakers in whose words it stands.
//!
//! Two sights are put together: the annotator's attributions (source, cue,
//! content spans) and the tree (a complement clause under a verb of saying, an
//! "according to" phrase). A report goes on over the following sentences while
//! they look like it (codebook rules 4 and 16).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::extent::entity_at;
use super::lexicon::Lexicon;
use super::quotation::{quotations, quoted_inside};
use super::slots::Slots;
use super::tree::Tree;
use super::turns::{self, Label};
use crate::annotate::{Attribution, Deprel, EntityKind, Upos};
use crate::budget::{Budget, OverBudget};
use crate::corpus::{Span, Text};
use crate::ontology::{ActTrait, WordClass};

/// How many words from the end of a paragraph the dash before a signature may stand.
const SIGNATURE_REACH: usize = 10;

/// How many words before a verb of saying inside a quotation the pronoun may stand that says who
/// speaks ("he then answered").
const SUBJECT_REACH: usize = 3;

/// Words from the noun for a text to the colon behind it, at most ("a readout of the call:").
const LONGEST_SUMMARY: usize = 9;

/// Words that say who says so, put in between, at most ("two officials familiar with it say").
const LONGEST_ASIDE: usize = 8;

/// A speaker of a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Speaker {
    /// The head word of the source phrase.
    pub source: usize,
    /// The head word of what shows the report: a verb of saying, "according".
    pub cue: usize,
    /// How many words the content has: of two, the smaller is the inner one.
    pub extent: usize,
}

/// The speakers of every word, innermost first.
pub(super) struct Speech {
    speakers: Vec<Vec<Speaker>>,
    /// First words of lines.
    paragraphs: BTreeSet<usize>,
    /// The turns of a transcript, in the order of the text.
    turns: Vec<Turn>,
}

/// What somebody says in a transcript, behind a label.
struct Turn {
    /// First word of the label.
    start: usize,
    label: Label,
    /// Whoever speaks is told to ask ("QUESTION:"), and not who it is.
    asks: bool,
}

impl Speech {
    /// Reads a document. O(words × depth of trees).
    pub(super) fn new(tree: &Tree<'_>, lexicon: &Lexicon<'_>, text: &Text) -> Self {
        let speech = Self::within(tree, lexicon, text, &Budget::unlimited());
        speech.expect("what is unlimited is never used up")
    }

    /// As [`Speech::new`], as long as the budget lasts.
    pub(super) fn within(
        tree: &Tree<'_>,
        lexicon: &Lexicon<'_>,
        text: &Text,
        budget: &Budget,
    ) -> Result<Self, OverBudget> {
        let paragraphs = tree
            .annotation()
            .sentences
            .iter()
            .map(|s| s.start)
            .filter(|&w| {
                w > 0 && w < tree.len() && {
                    let gap = Span::new(tree.word(w - 1).span.end, tree.word(w).span.start);
                    text.slice(gap).contains('\n')
                }
            })
            .collect();
        let mut speech =
            Self { speakers: vec![Vec::new(); tree.len()], paragraphs, turns: Vec::new() };
        for (number, attribution) in tree.annotation().attributions.iter().enumerate() {
            budget.check_at(number)?;
            speech.add_attribution(tree, lexicon, attribution);
        }
        let passes = [
            Self::add_complements,
            Self::add_convictions,
            Self::add_published,
            Self::add_according_to,
            Self::add_assertions,
            Self::hold_quotations,
            Self::return_to_author,
            Self::add_signatures,
            Self::follow_it,
        ];
        for pass in passes {
            pass(&mut speech, tree, lexicon);
            budget.check()?;
        }
        speech.add_labels(tree, lexicon, text);
        for speakers in &mut speech.speakers {
            speakers.sort_by_key(|s| (s.extent, s.source));
            // one source phrase counts once, also when both sights found it
            let mut seen: Vec<usize> = Vec::new();
            speakers.retain(|s| {
                let new = !seen.contains(&s.source);
                seen.push(s.source);
                new
            });
        }
        speech.carry_on(tree, lexicon);
        speech.carry_back(tree, lexicon);
        budget.check()?;
        Ok(speech)
    }

    /// The speakers of `word`, innermost first.
    pub(super) fn of(&self, word: usize) -> &[Speaker] {
        &self.speakers[word]
    }

    /// The innermost source of a word: who speaks there.
    pub(super) fn speaker(&self, word: usize) -> Option<usize> {
        self.speakers[word].first().map(|speaker| speaker.source)
    }

    /// Whom a questioner asks at a word, or anybody who speaks in turn with others where he asks:
    /// the source of the answer that follows.
    pub(super) fn asked(&self, tree: &Tree<'_>, word: usize) -> Option<usize> {
        let turn = self.turn_of(word)?;
        let answer = self.turns.get(turn + 1)?.label.source;
        let sentence = &tree.annotation().sentences[tree.sentence(word)];
        let asks = || tree.word(sentence.end - 1).form == "?";
        answer.filter(|_| self.turns[turn].asks || asks())
    }

    /// Who speaks by the label of the turn that a word stands in.
    pub(super) fn label(&self, word: usize) -> Option<usize> {
        self.turns[self.turn_of(word)?].label.source
    }

    /// Is a word in the label of another turn than the one that `of` stands in?
    pub(super) fn labels_another(&self, word: usize, of: usize) -> bool {
        let Some(turn) = self.turn_of(word) else { return false };
        word <= self.turns[turn].label.colon && self.turn_of(of) != Some(turn)
    }

    /// Number of the turn of a transcript that a word stands in.
    fn turn_of(&self, word: usize) -> Option<usize> {
        self.turns.partition_point(|turn| turn.start <= word).checked_sub(1)
    }

    fn add(&mut self, word: usize, speaker: Speaker) {
        if !self.speakers[word].contains(&speaker) && speaker.source != word {
            self.speakers[word].push(speaker);
        }
    }

    /// All of a clause is said by one whom a cue names.
    fn add_clause(&mut self, tree: &Tree<'_>, clause: usize, source: usize, cue: usize) {
        let words = tree.subtree(clause);
        let extent = words.len();
        for word in words {
            self.add(word, Speaker { source, cue, extent });
        }
    }

    fn add_attribution(
        &mut self,
        tree: &Tree<'_>,
        lexicon: &Lexicon<'_>,
        attribution: &Attribution,
    ) {
        let Some(source) = attribution.source.iter().map(|r| top(tree, r.clone())).next() else {
            return;
        };
        // a cue of wanting or believing attributes an attitude, not a report, unless
        // somebody's words are quoted; the claim of that attitude says it already
        let cue = attribution.cue.iter().map(|r| top(tree, r.clone())).next().unwrap_or(source);
        // the tree knows the subject of a verb of saying better than a span does
        let slots = Slots { tree, ontology: lexicon.ontology };
        let subject = (tree.upos(cue) == Upos::Verb && !tree.is_passive(cue))
            .then(|| slots.subjects(cue).first().copied())
            .flatten();
        let source = subject.unwrap_or(source);
        let reports = reports(tree, lexicon, cue);
        let verbal = matches!(tree.upos(cue), Upos::Verb | Upos::Aux | Upos::Adj);
        if !reports && (verbal || !quoted(tree, lexicon, attribution)) {
            return;
        }
        // "showed no sign of": a thing that is shown, not words that are said
        let object_only = tree.upos(cue) == Upos::Verb
            && tree.child(cue, Deprel::Obj).is_some()
            && [Deprel::Ccomp, Deprel::Parataxis, Deprel::Xcomp, Deprel::Advcl, Deprel::Obl]
                .iter()
                .all(|&rel| tree.child(cue, rel).is_none());
        if object_only && !quoted(tree, lexicon, attribution) {
            return;
        }
        let extent = attribution.content.iter().map(|r| r.len()).sum();
        for range in &attribution.content {
            // only quoted words run on over the end of a sentence
            if tree.sentence(range.start) > tree.sentence(cue)
                && !opens_quote(tree, lexicon, range.start)
            {
                continue;
            }
            for word in range.clone() {
                let in_source = attribution.source.iter().any(|r| r.contains(&word));
                let in_cue = attribution.cue.iter().any(|r| r.contains(&word));
                // what a noun says hangs on it ("Trump's claim that …"); spans overreach
                let beyond = tree.upos(cue) == Upos::Noun
                    && tree.sentence(word) == tree.sentence(cue)
                    && tree.is(cue, Deprel::Obl)
                    && !tree.dominates(cue, word);
                if !in_source && !in_cue && !beyond {
                    self.add(word, Speaker { source, cue, extent });
                }
            }
        }
    }

    /// "said that …", "“…,” he said": what hangs on a verb of saying as a clause.
    fn add_complements(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let slots = Slots { tree, ontology: lexicon.ontology };
        for verb in 0..tree.len() {
            if !lexicon.is(tree.lemma(verb), WordClass::SpeechVerb) {
                continue;
            }
            let Some(&source) = slots.subjects(verb).first() else { continue };
            if tree.is(verb, Deprel::Advcl)
                && tree.marked(verb, WordClass::LikenessMark)
                && let Some(main) = tree.head(verb)
            {
                // "as he put it, the truce was agreed", but "I accept it, as he suggested"
                let mut doers = tree.children_by(main, Deprel::Nsubj);
                if doers.any(|doer| tree.is_first_person(doer)) {
                    continue;
                }
                let own = tree.subtree(verb);
                let words = tree.subtree(main);
                for &word in words.difference(&own) {
                    self.add(word, Speaker { source, cue: verb, extent: words.len() });
                }
            }
            for &clause in tree.children(verb) {
                let blame = (tree.is(clause, Deprel::Obl) || tree.is(clause, Deprel::Advcl))
                    && tree.marked(clause, WordClass::ChargeMark)
                    && lexicon.evokes(tree, verb, ActTrait::Blaming);
                let complement = blame
                    || tree.is(clause, Deprel::Ccomp)
                    || tree.is(clause, Deprel::Parataxis)
                        && clause < verb
                        && tree.heads_clause(clause);
                if !complement || tree.dominates(clause, source) {
                    continue;
                }
                self.add_clause(tree, clause, source, verb);
            }
        }
    }

    /// "The ministry published a summary: Norland demanded a survey", "Sudria, officials say, refused":
    /// what stands behind the colon, or around what is put in between.
    fn add_published(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let slots = Slots { tree, ontology: lexicon.ontology };
        for verb in (0..tree.len()).filter(|&w| tree.upos(w) == Upos::Verb) {
            let sentence = &tree.annotation().sentences[tree.sentence(verb)];
            let text = tree
                .children_by(verb, Deprel::Obj)
                .find(|&o| o > verb && lexicon.is(tree.lemma(o), WordClass::StatementNoun));
            let colon = text.and_then(|text| {
                let phrase = text..sentence.end.min(text + LONGEST_SUMMARY);
                let colon = phrase.clone().find(|&w| tree.word(w).form == ":")?;
                let plain = tree.is_verbless(text..colon);
                (plain && colon + 1 < sentence.end).then_some(colon)
            });
            if let Some(colon) = colon
                && let Some(&source) = slots.subjects(verb).first()
            {
                let words = colon + 1..sentence.end;
                for word in words.clone() {
                    self.add(word, Speaker { source, cue: verb, extent: words.len() });
                }
            }
            self.add_around(tree, lexicon, verb);
        }
    }

    /// "Sudria, officials say, refused": the rest of a sentence around a subject and a verb of saying
    /// that commas set off, whatever the tree makes of it.
    fn add_around(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, verb: usize) {
        let sentence = &tree.annotation().sentences[tree.sentence(verb)];
        let comma = |w: usize| sentence.contains(&w) && tree.word(w).form == ",";
        let says = lexicon.is(tree.lemma(verb), WordClass::SpeechVerb)
            && matches!(tree.word(verb).xpos, "VBZ" | "VBP" | "VBD");
        let from = verb.saturating_sub(LONGEST_ASIDE).max(sentence.start + 1);
        let Some(first) = (from..verb).rev().find(|&w| comma(w)).filter(|_| says) else { return };
        let between = first + 1..verb;
        let plain = between.clone().all(|w| !matches!(tree.upos(w), Upos::Verb | Upos::Sconj));
        let relative = tree.deprel(verb).is_relative();
        let subject = tree.children_by(verb, Deprel::Nsubj).find(|s| between.contains(s));
        let (Some(source), true) = (subject, comma(verb + 1) && plain && !relative) else { return };
        let rest = (sentence.start..first).chain(verb + 2..sentence.end);
        let extent = sentence.len() - (verb + 2 - first);
        for word in rest {
            self.add(word, Speaker { source, cue: verb, extent });
        }
    }

    /// "It is clear to Cairo that …": whoever something is clear to holds it.
    fn add_convictions(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        for adjective in 0..tree.len() {
            if tree.upos(adjective) != Upos::Adj
                || !lexicon.is(tree.lemma(adjective), WordClass::SpeechAdjective)
            {
                continue;
            }
            let holder = tree
                .children_by(adjective, Deprel::Obl)
                .find(|&o| tree.marked(o, WordClass::GoalMark));
            let Some(source) = holder else { continue };
            for &clause in tree.children(adjective) {
                if tree.is(clause, Deprel::Csubj) || tree.is(clause, Deprel::Ccomp) {
                    self.add_clause(tree, clause, source, adjective);
                }
            }
        }
    }

    /// "according to X, …": the clause that the phrase hangs on.
    fn add_according_to(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        for noun in 0..tree.len() {
            // "in Cairo's account, …"
            let owner = tree.child(noun, Deprel::NmodPoss);
            let (Some(owner), Some(clause)) = (owner, tree.head(noun)) else { continue };
            if tree.is(noun, Deprel::Obl)
                && tree.marked(noun, WordClass::InsideMark)
                && lexicon.is(tree.lemma(noun), WordClass::AccountNoun)
            {
                let own = tree.subtree(noun);
                let words = tree.subtree(clause);
                for &word in words.difference(&own) {
                    self.add(word, Speaker { source: owner, cue: noun, extent: words.len() });
                }
            }
        }
        for source in 0..tree.len() {
            let names = |&c: &usize| tree.in_class(c, WordClass::AccordingTo) || is_per(tree, c);
            let cue = tree.marks(source).find(names);
            let (Some(cue), Some(clause)) = (cue, tree.head(source)) else { continue };
            let own = tree.subtree(source);
            let words = tree.subtree(clause);
            // a report around it has these words and its own: it is the outer one
            let extent = words.len() - own.len();
            for word in words {
                if !own.contains(&word) {
                    self.add(word, Speaker { source, cue, extent });
                }
            }
        }
    }

    /// "Denied an assertion by Reed that …": what is asserted is said by whoever made it.
    fn add_assertions(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        for noun in 0..tree.len() {
            if tree.upos(noun) != Upos::Noun
                || !lexicon.is(tree.lemma(noun), WordClass::StatementNoun)
            {
                continue;
            }
            let by = tree
                .children(noun)
                .iter()
                .copied()
                .find(|&c| c > noun && tree.marked(c, WordClass::AgentMark));
            let Some(source) = by else { continue };
            // the clause can hang on whoever asserts it, too
            let below = tree.children(noun).iter().chain(tree.children(source)).copied();
            let clauses = below.filter(|&c| {
                let clause = [Deprel::Acl, Deprel::AclRelcl, Deprel::Ccomp];
                c > source
                    && clause.iter().any(|&rel| tree.is(c, rel))
                    && tree.child(c, Deprel::Mark).is_some()
                    && tree.heads_clause(c)
            });
            for clause in clauses.collect::<Vec<_>>() {
                self.add_clause(tree, clause, source, noun);
            }
        }
    }

    /// "SECRETARY RUBIO: We agreed to it." A label in capitals at the start of a line
    /// speaks until the next one, a name in small letters for its line only. A label
    /// that is no name ("QUESTION:") has no speaker but ends the turn of the last.
    fn add_labels(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, text: &Text) {
        let sentences = &tree.annotation().sentences;
        let paragraphs = self.paragraphs.clone();
        let starts_line = |at: usize| at == 0 || paragraphs.contains(&at);
        let labels = turns::labels(tree, lexicon, starts_line);
        // one line in capitals with a colon is a headline, several are turns of a transcript
        let transcript = labels.iter().flatten().filter(|label| label.capitals).count() > 1;
        let mut turn: Option<Label> = None;
        let first_turn =
            labels.iter().position(Option::is_some).map_or(0, |sentence| sentences[sentence].start);
        // who has been announced for the next paragraph, or for all that are left
        let mut announced: Option<Announcement> = None;
        let mut statement = false;
        // where the turn before began, and who was last asked or answered
        let (mut last, mut answers) = (0, None);
        for (sentence, mut label) in sentences.iter().zip(labels) {
            if starts_line(sentence.start) {
                if let Some(label) = &mut label {
                    if turns::is_answer(tree, lexicon, sentence.start) {
                        answers = turns::addressed(tree, last..sentence.start)
                            .or(answers)
                            .or_else(|| turns::interviewed(tree, first_turn));
                        label.source = answers;
                    }
                    last = sentence.start;
                }
                match (label, turn) {
                    _ if announced.is_some() => {
                        let speaker = announced.take();
                        statement = speaker.as_ref().is_some_and(|a| a.to_the_end);
                        turn = speaker.map(|a| Label {
                            source: Some(a.source),
                            colon: a.cue,
                            capitals: false,
                        });
                    }
                    (None, Some(_)) if statement => {}
                    (Some(label), _) if transcript && label.capitals => {
                        let asks = turns::is_questioner(tree, lexicon, sentence.start);
                        self.turns.push(Turn { start: sentence.start, label, asks });
                        turn = Some(label);
                    }
                    (Some(label), _) if is_sentence(tree, sentence) && !label.is_place(tree) => {
                        turn = Some(label);
                    }
                    (None, Some(Label { capitals: true, .. })) => {}
                    _ => turn = None,
                }
            }
            announced = announcement(tree, lexicon, sentence);
            let Some(Label { source: Some(source), colon: cue, .. }) = turn else { continue };
            let extent = text.len();
            for word in sentence.clone().filter(|&word| word > cue) {
                // whoever spoke before does not speak here
                self.speakers[word].retain(|speaker| speaker.cue >= cue);
                self.add(word, Speaker { source, cue, extent });
            }
        }
    }

    /// "They issued a statement. “We reject it,” it said", "The ministry says … Sudria refused, it
    /// adds": who "it" is that says more is whoever's words came right before.
    fn follow_it(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let slots = Slots { tree, ontology: lexicon.ontology };
        let sentences = &tree.annotation().sentences;
        for s in 1..sentences.len() {
            let (before, here) = (&sentences[s - 1], &sentences[s]);
            let it = |w: &usize| tree.upos(*w) == Upos::Pron && tree.in_class(*w, WordClass::It);
            let says = here.clone().find_map(|verb| {
                let speech = lexicon.is(tree.lemma(verb), WordClass::SpeechVerb);
                let subject = tree.children_by(verb, Deprel::Nsubj).find(it);
                subject.filter(|_| speech).map(|subject| (verb, subject))
            });
            let Some((verb, it)) = says else { continue };
            let main = before.clone().find(|&w| tree.head(w).is_none());
            let text = main.filter(|&main| {
                let text = |o: usize| lexicon.is(tree.lemma(o), WordClass::StatementNoun);
                tree.children_by(main, Deprel::Obj).any(text)
            });
            let makers = text.and_then(|main| slots.subjects(main).first().copied());
            let adds = lexicon.is(tree.lemma(verb), WordClass::ReportAdding);
            let told = || {
                let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
                let speakers = before.clone().flat_map(|w| self.speakers[w].last());
                speakers.for_each(|speaker| *counts.entry(speaker.source).or_default() += 1);
                let most = counts.into_iter().max_by_key(|&(source, n)| (n, source))?.0;
                (adds && tree.upos(most) == Upos::Noun).then_some(most)
            };
            let Some(source) = makers.or_else(told) else { continue };
            for word in here.clone() {
                for speaker in self.speakers[word].iter_mut().filter(|s| s.source == it) {
                    speaker.source = source;
                }
            }
        }
    }

    /// "“The mine must close.” — Minister Orla Venn": a quotation that is signed behind a dash.
    fn add_signatures(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let mut starts: Vec<usize> = self.paragraphs.iter().copied().collect();
        starts.insert(0, 0);
        for (number, &start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(tree.len());
            if start >= end || !opens_quote(tree, lexicon, start) {
                continue;
            }
            let dash = |&w: &usize| ["—", "–", "-", "―"].contains(&tree.word(w).form.as_str());
            let Some(dash) = (start..end).rev().take(SIGNATURE_REACH).find(dash) else { continue };
            let closes = dash > start + 1 && opens_quote(tree, lexicon, dash - 1);
            let name = named_within(tree, dash + 1..end);
            let verbless = tree.is_verbless(dash + 1..end);
            let (true, true, Some(source)) = (closes, verbless, name) else { continue };
            for word in start..dash {
                self.speakers[word].retain(|speaker| (start..end).contains(&speaker.cue));
                self.add(word, Speaker { source, cue: dash, extent: dash - start });
            }
        }
    }

    /// The quotations of the text, and what they quote.
    fn hold_quotations(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let starts = |word: usize| word > 0 && self.paragraphs.contains(&word);
        let found = quotations(tree, lexicon, starts);
        for quotation in &found {
            self.hold(tree, lexicon, quotation);
        }
        for quotation in &found {
            self.quote_inside(tree, lexicon, quotation);
        }
    }

    /// A quotation has one speaker from its first word to its last: whoever is named beside
    /// it, in its first or last sentence or the one after.
    fn hold(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, quotation: &Range<usize>) {
        let sentences = &tree.annotation().sentences;
        let first = tree.sentence(quotation.start);
        let last = tree.sentence(quotation.end - 1);
        let own = |word: usize| self.speakers[word].iter().all(|s| quotation.contains(&s.cue));
        let led_in = || self.led_in(tree, lexicon, quotation, first, last);
        let before = self
            .introduced(tree, lexicon, first)
            .or_else(|| quotation.clone().all(own).then(led_in).flatten());
        if let Some((source, cue)) = before {
            for word in quotation.clone() {
                self.speakers[word].retain(|s| quotation.contains(&s.cue));
                self.add(word, Speaker { source, cue, extent: quotation.len() });
            }
            return;
        }
        if first == last {
            return; // the annotator sees a sentence as a whole
        }
        let after = sentences.get(last + 1).filter(|s| !self.paragraphs.contains(&s.start));
        let beside =
            sentences[first].start..after.map_or(sentences[last].end, |sentence| sentence.end);
        let outside = |s: &Speaker| !quotation.contains(&s.cue) && beside.contains(&s.cue);
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for word in quotation.clone() {
            for speaker in self.speakers[word].iter().filter(|s| outside(s)) {
                *counts.entry((speaker.source, speaker.cue)).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|(_, n)| *n).map(|(speaker, _)| speaker);
        let Some((source, cue)) = most.or_else(|| self.said_before(tree, lexicon, first)) else {
            return;
        };
        let beside = beside.start.min(cue)..beside.end;
        let extent = quotation.len();
        for word in quotation.clone() {
            // nobody from another paragraph speaks here
            self.speakers[word].retain(|s| beside.contains(&s.cue));
            if self.speakers[word].iter().all(|s| s.source != source) {
                self.add(word, Speaker { source, cue, extent });
            }
        }
    }

    /// "“I told the envoy, ‘We reject it,’ and he answered, ‘Then we leave.’”": whoever a quotation
    /// quotes, by the verb of saying right before.
    fn quote_inside(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>, quotation: &Range<usize>) {
        let slots = Slots { tree, ontology: lexicon.ontology };
        let mut from = quotation.start;
        for inner in quoted_inside(tree, quotation) {
            let mut verbs = (from..inner.start).rev().filter(|&w| {
                tree.upos(w) == Upos::Verb && tree.sentence(w) == tree.sentence(inner.start)
            });
            // whatever verb stands right before the mark, its comma between
            let said = verbs.find(|&w| {
                w + 3 == inner.start || lexicon.is(tree.lemma(w), WordClass::SpeechVerb)
            });
            from = inner.end;
            let Some(cue) = said else { continue };
            // the subject nearest to the verb: the tree of what is quoted in a quotation is loose
            let near = (quotation.start..cue)
                .rev()
                .take(SUBJECT_REACH)
                .find(|&w| tree.upos(w) == Upos::Pron && tree.is(w, Deprel::Nsubj));
            let Some(source) = near.or_else(|| slots.subjects(cue).first().copied()) else {
                continue;
            };
            for word in inner.clone() {
                let extent = inner.len();
                self.speakers[word].retain(|s| !inner.contains(&s.source) && s.cue != cue);
                self.add(word, Speaker { source, cue, extent });
            }
        }
    }

    /// "“…,” she said. “…": whoever has spoken in the sentence before, source and cue, where that
    /// quotes, too.
    fn said_before(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon<'_>,
        first: usize,
    ) -> Option<(usize, usize)> {
        let sentences = &tree.annotation().sentences;
        if self.paragraphs.contains(&sentences[first].start) {
            return None;
        }
        let before = sentences.get(first.checked_sub(1)?)?;
        let closes = before.clone().rev().find(|&w| opens_quote(tree, lexicon, w))?;
        let quoted = before.start..closes;
        let speaker = quoted.rev().find_map(|w| {
            self.speakers[w].iter().find(|s| s.cue > closes && before.contains(&s.cue))
        })?;
        Some((speaker.source, speaker.cue))
    }

    /// "Minister Rautio set out the position. “We will not sign.”": the person who is the subject of
    /// the sentence right before a quotation of whole sentences that names no speaker, in one
    /// paragraph with it; and the verb.
    fn led_in(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon<'_>,
        quotation: &Range<usize>,
        first: usize,
        last: usize,
    ) -> Option<(usize, usize)> {
        let sentences = &tree.annotation().sentences;
        let (start, end) = (sentences[first].start, sentences[last].end);
        let whole = quotation.start <= start + 1 && quotation.end + 1 >= end;
        let before = sentences.get(first.checked_sub(1)?)?;
        let quoted = before.clone().any(|w| opens_quote(tree, lexicon, w));
        if !whole || quoted || self.paragraphs.contains(&start) {
            return None;
        }
        let main = tree.main_word(before).filter(|&w| tree.upos(w) == Upos::Verb)?;
        let subject = tree.child(main, Deprel::Nsubj)?;
        let person = entity_at(tree, subject).is_some_and(|e| e.kind == EntityKind::Person)
            || [WordClass::PersonNoun, WordClass::He, WordClass::She]
                .iter()
                .any(|&class| tree.in_class(subject, class));
        (person && !tree.is_plural(subject)).then_some((subject, main))
    }

    /// Who is said to speak by the paragraph before a sentence that starts one: "The mayor wrote:"; and
    /// the verb.
    fn introduced(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon<'_>,
        first: usize,
    ) -> Option<(usize, usize)> {
        let sentences = &tree.annotation().sentences;
        let before = sentences.get(first.checked_sub(1)?)?;
        let colon = before.end.checked_sub(1).filter(|&w| tree.word(w).form == ":")?;
        let starts = self.paragraphs.contains(&sentences[first].start);
        let cue = (before.start..colon).rev().find(|&w| {
            matches!(tree.upos(w), Upos::Verb) && lexicon.is(tree.lemma(w), WordClass::SpeechVerb)
        })?;
        let slots = Slots { tree, ontology: lexicon.ontology };
        let source = slots.subjects(cue).first().copied().filter(|_| starts)?;
        Some((source, cue))
    }

    /// "…, hours after the army attacked": a clause of time after a comma is the
    /// author's own, unless it is quoted.
    fn return_to_author(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        for clause in 0..tree.len() {
            if tree.child(clause, Deprel::Nsubj).is_none() {
                continue;
            }
            // "…, which Egypt denies": what others make of it
            let answered =
                tree.is(clause, Deprel::AclRelcl) && lexicon.evokes(tree, clause, ActTrait::Said);
            if !tree.is(clause, Deprel::Advcl) && !answered {
                continue;
            }
            let marked = answered
                || tree.children(clause).iter().any(|&c| {
                    (tree.is(c, Deprel::Mark)
                        || tree.is(c, Deprel::Advmod)
                        || tree.is(c, Deprel::Case))
                        && lexicon.is(tree.lemma(c), WordClass::AuthorMarker)
                });
            let words = tree.subtree(clause);
            let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
            let comma =
                first > 0 && tree.word(first - 1).form == "," || tree.word(first).form == ",";
            let start = tree.annotation().sentences[tree.sentence(clause)].start;
            let quotes = (start..first).filter(|&w| opens_quote(tree, lexicon, w)).count();
            if marked && comma && quotes % 2 == 0 && tree.head(clause).is_some_and(|h| h < first) {
                for word in first..=last {
                    self.speakers[word].retain(|s| words.contains(&s.cue));
                }
            }
        }
    }

    /// A sentence goes on with the report of the one before it when it says so
    /// ("also", "further") or quotes words without naming their speaker.
    fn carry_on(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let sentences = &tree.annotation().sentences;
        for s in 1..sentences.len() {
            let (before, here) = (sentences[s - 1].clone(), sentences[s].clone());
            if here.clone().any(|w| !self.speakers[w].is_empty()) || here.is_empty() {
                continue;
            }
            if self.paragraphs.contains(&here.start) {
                continue; // a new paragraph is the author's again
            }
            // whoever's words the root of the sentence before was in
            let root = before.clone().find(|&w| tree.head(w).is_none());
            let Some(root) = root else { continue };
            let mut speakers = self.speakers[root].clone();
            if speakers.is_empty() {
                // "The Kremlin said that …": the report is the root's complement
                let mut counts: BTreeMap<Speaker, usize> = BTreeMap::new();
                for w in before.clone() {
                    if let Some(outer) = self.speakers[w].last() {
                        *counts.entry(outer.clone()).or_default() += 1;
                    }
                }
                if let Some((speaker, count)) = counts.into_iter().max_by_key(|(_, n)| *n)
                    && count * 2 > before.len()
                {
                    speakers = vec![speaker];
                }
            }
            if speakers.is_empty() {
                continue;
            }
            let continues = here.clone().take(8).any(|w| {
                lexicon.is(tree.lemma(w), WordClass::ReportContinuation) && !tree.is(w, Deprel::Obl)
            });
            let quotes = here
                .clone()
                .filter(|&w| lexicon.is(&tree.word(w).form, WordClass::QuoteMark))
                .count()
                >= 2;
            let opens = tree.lemma(here.start);
            // "seems to have": what the author makes of it
            let judged = here.clone().any(|w| {
                tree.head(w).is_none()
                    && tree.upos(w) == Upos::Verb
                    && lexicon.is(tree.lemma(w), WordClass::HedgeNeutral)
            });
            // "It also raised …": the speaker does it, and the author says so
            let acts = here.clone().any(|w| {
                tree.is(w, Deprel::Nsubj)
                    && tree.upos(w) == Upos::Pron
                    && tree.head(w).is_some_and(|h| tree.head(h).is_none())
                    && !opens_quote(tree, lexicon, here.start)
            });
            // "The line, Vik argued, had never bargained. It had refused …": told as he tells it
            let retold = is_pluperfect(tree, lexicon, root)
                && speakers.iter().any(|s| before.contains(&s.cue))
                && tree.main_word(&here).is_some_and(|verb| is_pluperfect(tree, lexicon, verb))
                && !may_mean_speaker(tree, &here, &speakers);
            let breaks = judged || acts && !retold || lexicon.is(opens, WordClass::ReportBreak);
            let goes_on = quotes && !reports_anew(tree, lexicon, &here) || continues || retold;
            if goes_on && !breaks || !judged && self.is_between(tree, lexicon, s, &speakers) {
                for w in here {
                    self.speakers[w] = speakers.clone();
                }
            }
        }
    }
}

impl Speech {
    /// "The envoy described the talks. Norland had rejected the map. … He added that …": what is
    /// told in the past perfect before somebody adds to it is of his report.
    fn carry_back(&mut self, tree: &Tree<'_>, lexicon: &Lexicon<'_>) {
        let sentences = &tree.annotation().sentences;
        for at in (1..sentences.len()).rev() {
            let adds = sentences[at].clone().flat_map(|w| &self.speakers[w]).find(|s| {
                sentences[at].contains(&s.cue)
                    && lexicon.is(tree.lemma(s.cue), WordClass::ReportAdding)
                    && tree.upos(s.source) == Upos::Pron
            });
            let Some(speaker) = adds.cloned() else { continue };
            let told = |s: &std::ops::Range<usize>| {
                let root = s.clone().find(|&w| tree.head(w).is_none());
                let perfect = root.is_some_and(|root| is_pluperfect(tree, lexicon, root));
                perfect && s.clone().all(|w| self.speakers[w].is_empty())
            };
            let mut first = at;
            while first > 0
                && !self.paragraphs.contains(&sentences[first].start)
                && told(&sentences[first - 1])
            {
                first -= 1;
            }
            let speaker = first.checked_sub(1).filter(|_| first < at).and_then(|before| {
                let root = sentences[before].clone().find(|&w| tree.head(w).is_none())?;
                let source = tree.child(root, Deprel::Nsubj)?;
                let named = matches!(tree.upos(source), Upos::Noun | Upos::Propn);
                named.then_some(Speaker { source, cue: root, ..speaker.clone() })
            });
            let Some(speaker) = speaker else { continue };
            for word in sentences[first].start..sentences[at].start {
                self.add(word, speaker.clone());
            }
        }
    }

    /// Does the sentence after the one numbered `at`, in the same paragraph, go on with the report
    /// of the same speaker ("…, the board adds")? What stands between is of that report, too.
    fn is_between(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon<'_>,
        at: usize,
        speakers: &[Speaker],
    ) -> bool {
        let sentences = &tree.annotation().sentences;
        let Some(next) = sentences.get(at + 1) else { return false };
        if self.paragraphs.contains(&next.start) || reports_anew(tree, lexicon, &sentences[at]) {
            return false;
        }
        let same = |s: &Speaker| {
            tree.upos(s.source) == Upos::Pron
                || speakers.iter().any(|known| tree.lemma(known.source) == tree.lemma(s.source))
        };
        let continuing = |s: &Speaker| {
            next.contains(&s.cue)
                && tree.children(s.cue).iter().chain([&s.cue]).any(|&w| goes_on(tree, lexicon, w))
        };
        next.clone().flat_map(|w| &self.speakers[w]).any(|s| same(s) && continuing(s))
    }
}

/// Is the subject of a sentence a pronoun that may mean whoever spoke before?
fn may_mean_speaker(
    tree: &Tree<'_>,
    sentence: &std::ops::Range<usize>,
    speakers: &[Speaker],
) -> bool {
    let verb = tree.main_word(sentence);
    let subject = verb.and_then(|verb| tree.child(verb, Deprel::Nsubj));
    let Some(subject) = subject.filter(|&w| tree.upos(w) == Upos::Pron) else { return false };
    // "it" is nobody who is "he"
    let a_person = |s: &Speaker| {
        [WordClass::He, WordClass::She].iter().any(|&class| tree.form_in_class(s.source, class))
    };
    !(tree.form_in_class(subject, WordClass::It) && speakers.iter().all(a_person))
}

/// "Had refused": is what a verb tells done before what is told?
fn is_pluperfect(tree: &Tree<'_>, lexicon: &Lexicon<'_>, verb: usize) -> bool {
    tree.children_by(verb, Deprel::Aux)
        .any(|aux| lexicon.is(&tree.word(aux).form, WordClass::Pluperfect))
}

/// Does a word carry a report on?
fn goes_on(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    lexicon.is(tree.lemma(word), WordClass::ReportContinuation)
        || lexicon.is(tree.lemma(word), WordClass::ReportAdding)
}

/// Somebody whose words follow in the next paragraph.
struct Announcement {
    source: usize,
    cue: usize,
    /// All that follows is theirs ("issued the following statement:").
    to_the_end: bool,
}

/// "Ri Yong Ho issued the following statement on Monday:", "And from Chairwoman Brigg:" at the
/// end of a paragraph.
fn announcement(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    sentence: &std::ops::Range<usize>,
) -> Option<Announcement> {
    let colon = sentence.clone().last().filter(|&w| tree.word(w).form == ":")?;
    let root = sentence.clone().find(|&w| tree.head(w).is_none())?;
    let following = sentence.clone().any(|w| {
        lexicon.is(tree.lemma(w), WordClass::StatementNoun)
            && tree.children(w).iter().any(|&c| {
                tree.in_class(c, WordClass::FollowingWord)
                    || tree.is(w, Deprel::Obj) // "released this statement"
                        && tree.form_in_class(c, WordClass::PointingDeterminer)
            })
    });
    if following {
        let slots = Slots { tree, ontology: lexicon.ontology };
        let source = slots.subjects(root).first().copied()?;
        return Some(Announcement { source, cue: root, to_the_end: true });
    }
    if !tree.is_verbless(sentence.clone()) {
        return None;
    }
    // "Jon Falk, Minister of Fisheries:" on a line of its own, "And from Chairwoman Brigg:"
    let person = entity_at(tree, sentence.start).filter(|e| {
        e.kind == EntityKind::Person && e.words.start == sentence.start && e.words.end <= colon
    });
    let named = match person {
        Some(person) => person.words.clone(),
        None => {
            let from = |&w: &usize| tree.in_class(w, WordClass::VoiceMark);
            sentence.clone().find(from)? + 1..colon
        }
    };
    let source = named_within(tree, named)?;
    Some(Announcement { source, cue: colon, to_the_end: false })
}

/// The head of the name of whoever is named in a stretch: of a person first ("Gro Nyland, chair of
/// the fund"), else the last.
fn named_within(tree: &Tree<'_>, words: std::ops::Range<usize>) -> Option<usize> {
    let person = tree
        .annotation()
        .entities
        .iter()
        .find(|e| e.kind == EntityKind::Person && words.contains(&e.words.start));
    let name = person.and_then(|e| {
        let end = e.words.end.min(words.end);
        (e.words.start..end).rev().find(|&w| tree.upos(w) == Upos::Propn)
    });
    name.or_else(|| words.clone().rev().find(|&w| tree.upos(w) == Upos::Propn))
        .map(|word| tree.name_head(word))
}

/// Does it end as a sentence does, and not as a headline?
fn is_sentence(tree: &Tree<'_>, sentence: &std::ops::Range<usize>) -> bool {
    sentence
        .clone()
        .rev()
        .map(|w| tree.word(w).form.as_str())
        .find(|form| !["\"", "”", "'", "’", ")"].contains(form))
        .is_some_and(|form| form.ends_with(['.', '?', '!', '…', ';', ',']))
}

/// "The army has accepted it, per two diplomats": is a preposition behind a comma "per"?
fn is_per(tree: &Tree<'_>, preposition: usize) -> bool {
    let before = preposition.checked_sub(1).map(|w| tree.word(w).form.as_str());
    tree.in_class(preposition, WordClass::PerMark) && matches!(before, None | Some("," | "("))
}

/// Does the sentence name somebody else who says, rejects or demands something?
fn reports_anew(tree: &Tree<'_>, lexicon: &Lexicon<'_>, sentence: &std::ops::Range<usize>) -> bool {
    sentence.clone().any(|w| {
        tree.head(w).is_none()
            && tree.children_by(w, Deprel::Nsubj).any(|s| tree.upos(s) != Upos::Pron)
            && lexicon.evokes(tree, w, ActTrait::Said)
    })
}

/// The word of a range whose head is outside it.
fn top(tree: &Tree<'_>, range: std::ops::Range<usize>) -> usize {
    range
        .clone()
        .find(|&w| {
            tree.head(w).is_none_or(|h| !range.contains(&h))
                && !tree.is(w, Deprel::Punct)
                && !tree.is(w, Deprel::Case)
        })
        .unwrap_or(range.start)
}

fn reports(tree: &Tree<'_>, lexicon: &Lexicon<'_>, cue: usize) -> bool {
    let lemma = tree.lemma(cue);
    lexicon.is(lemma, WordClass::SpeechVerb)
        || lexicon.is(lemma, WordClass::StatementNoun)
        || lexicon.is(lemma, WordClass::AccordingTo)
        || tree.children(cue).iter().any(|&c| tree.in_class(c, WordClass::AccordingTo))
}

/// Does some part of the content stand in quotation marks as a whole?
fn quoted(tree: &Tree<'_>, lexicon: &Lexicon<'_>, attribution: &Attribution) -> bool {
    attribution.content.iter().any(|range| opens_quote(tree, lexicon, range.start))
}

fn opens_quote(tree: &Tree<'_>, lexicon: &Lexicon<'_>, word: usize) -> bool {
    let form = &tree.word(word).form;
    lexicon.is(form, WordClass::QuoteMark) && !matches!(form.as_str(), "'" | "’" | "‘")
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::{chooses, reads};

    #[test]
    fn as_somebody_suggested() {
        reads(
            "I accept the quota, as Mexico suggested.\n\nRosa Inder\nForeign Minister of Norway",
            &["actual accept [rosa-inder] ‹the quota›"],
        );
    }

    #[test]
    fn per_somebody() {
        reads(
            "Norway has rejected the truce, per two diplomats.",
            &["actual reject [norway] ‹the truce› source [diplomats]"],
        );
        reads(
            "Norway rejected 30 cents per diplomat.",
            &["actual reject [norway] ‹30 cents per diplomat›"],
        );
    }

    #[test]
    fn an_assertion_by_somebody() {
        reads(
            "Canada denied an assertion by Mexico that Norway had rejected the truce.",
            &[
                "actual state [canada] ‹an assertion by Mexico that Norway had rejected the truce›",
                "actual reject [norway] ‹the truce› source [mexico]",
            ],
        );
    }

    #[test]
    fn a_clause_under_a_verb_of_saying() {
        reads(
            "Hamas said that Israel had rejected the truce.",
            &["actual reject [israel] ‹the truce› source [hamas]"],
        );
        reads(
            "Israel says Hamas rejected the offer.",
            &["actual reject [hamas] ‹the offer› source [israel]"],
        );
        reads(
            "Reuters reported that Canada had proposed a quota.",
            &["actual propose [canada] ‹a quota› source [reuters]"],
        );
        reads(
            "The Turkish foreign ministry said in a statement that Greece had violated its airspace.",
            &["actual breach [greece] ‹its airspace› source [turkish-foreign-ministry]"],
        );
    }

    #[test]
    fn a_quotation() {
        reads(
            r#""Israel bombed the hospital," Erdoğan said."#,
            &["actual attack [israel] ‹the hospital› source [recep-tayyip-erdogan]"],
        );
        reads(
            "“Rwanda broke the truce,” said Tshisekedi.",
            &["actual breach [rwanda] ‹the truce› source [felix-tshisekedi]"],
        );
    }

    #[test]
    fn what_a_text_says_and_adds() {
        reads(
            "In the Kremlin's readout, Canada rejected the quota.",
            &["actual reject [canada] ‹the quota› source [kremlin]"],
        );
        reads(
            "The ministry published a summary: Canada demanded a quota.",
            &[
                "actual state [“The ministry”] ‹a summary›",
                "actual demand [canada] ‹a quota› source [“The ministry”]",
            ],
        );
        reads(
            "The ministry says Canada rejected the quota. Mexico, it adds, accepted the tariffs.",
            &[
                "actual reject [canada] ‹the quota› source [“The ministry”]",
                "actual accept [mexico] ‹the tariffs› source [“The ministry”]",
            ],
        );
        reads(
            "Canada and Mexico issued a joint statement. “We reject the quota and the tariffs,” it said.",
            &[
                "actual cooperate [canada, mexico] ‹statement›",
                "actual reject [canada, mexico] ‹the quota and the tariffs›",
            ],
        );
        reads(
            "Canada, officials say, rejected the quota.",
            &["actual reject [canada] ‹the quota› source [“officials”]"],
        );
    }

    #[test]
    fn what_a_quotation_quotes_is_said_by_whoever_it_says() {
        reads(
            "Carney said: “I told the envoy, ‘We reject the quota,’ and he answered, ‘Then we demand the port.’ We will sign nothing.”",
            &[
                "actual reject [canada] ‹the quota› source [mark-carney]",
                "actual demand [“we”] ‹the port› source [“the envoy”] via [mark-carney]",
                "actual promise [canada] ‹sign nothing›",
            ],
        );
        reads(
            "Carney said: “The envoy’s offer is poor, and Mexico’s envoys’ demands are worse.”",
            &[
                "actual state [mark-carney] ‹“The envoy’s offer is poor, and Mexico’s envoys’ demands are worse.”›",
                "actual demand [mexican-envoys] source [mark-carney]",
            ],
        );
    }

    #[test]
    fn a_quotation_over_paragraphs_has_one_speaker() {
        reads(
            "Erdoğan said: “We demand the release of the sailors.\n\n“Greece rejected the map.\n\n\
             “Israel accepted the date.”\n\nMitsotakis left.",
            &[
                "actual demand [turkey] ‹the release of the sailors› source [recep-tayyip-erdogan]",
                "actual reject [greece] ‹the map› source [recep-tayyip-erdogan]",
                "actual accept [israel] ‹the date› source [recep-tayyip-erdogan]",
            ],
        );
    }

    #[test]
    fn a_statement_is_announced() {
        reads(
            "Erdoğan issued the following statement on Monday:\n\nIsrael attacked Gaza.\n\n\
             Greece rejected the map.",
            &[
                "actual state [recep-tayyip-erdogan] ‹the following statement› 2025-03-17",
                "actual attack [israel] ‹Gaza› source [recep-tayyip-erdogan]",
                "actual reject [greece] ‹the map› source [recep-tayyip-erdogan]",
            ],
        );
    }

    #[test]
    fn a_report_within_a_report_of_others() {
        reads(
            "Reuters reported that, according to Qatar, Hamas had rejected the truce.",
            &["actual reject [hamas] ‹the truce› source [qatar] via [reuters]"],
        );
    }

    #[test]
    fn what_stands_between_two_words_of_one_report() {
        reads(
            "According to Qatar, Hamas accepted the truce. Israel rejected the map. \
             Egypt broke the accord, Qatar added.",
            &[
                "actual accept [hamas] ‹the truce› source [qatar]",
                "actual reject [israel] ‹the map›",
                "actual breach [egypt] ‹the accord› source [qatar]",
            ],
        );
        reads(
            "The envoy described the talks. Hamas had rejected the truce. He added that Israel had \
             accepted the map.",
            &[
                "actual reject [hamas] ‹the truce› source [“The envoy”]",
                "actual accept [israel] ‹the map› source [“The envoy”]",
            ],
        );
    }

    #[test]
    fn a_quotation_is_signed_behind_a_dash_or_announced() {
        reads(
            "Two leaders commented.\n\n“We demand a second survey.” — President Kagame\n\n\
             And from President Tshisekedi:\n\n“We reject any deadline.”",
            &[
                "actual demand [rwanda] ‹a second survey› source [paul-kagame]",
                "actual reject [democratic-republic-of-the-congo] ‹any deadline› source [felix-tshisekedi]",
            ],
        );
    }

    #[test]
    fn a_headline_and_a_place_with_a_colon_say_nothing() {
        reads(
            "Geneva, Switzerland: India rejected the draft on Tuesday.",
            &["actual reject [india] ‹the draft› 2025-03-18"],
        );
        reads(
            "WTO: Members struggle on fisheries\n\nIndia rejected the date.",
            &["actual reject [india] ‹the date›"],
        );
    }

    #[test]
    fn according_to() {
        reads(
            "According to Qatar, Hamas accepted the truce.",
            &["actual accept [hamas] ‹the truce› source [qatar]"],
        );
        reads(
            "Rwanda attacked Goma, according to the African Union.",
            &["actual attack [rwanda] ‹Goma› source [african-union]"],
        );
    }

    #[test]
    fn as_somebody_tells_it() {
        reads(
            "As Congo's president tells it, Rwanda attacked Goma.",
            &["actual attack [rwanda] ‹Goma› source [felix-tshisekedi]"],
        );
        reads(
            "As Erdoğan said, Greece broke the treaty.",
            &["actual breach [greece] ‹the treaty› source [recep-tayyip-erdogan]"],
        );
    }

    #[test]
    fn a_report_of_a_report() {
        reads(
            "Al Jazeera reported that Hamas said Israel had broken the truce.",
            &["actual breach [israel] ‹the truce› source [hamas] via [al-jazeera]"],
        );
        reads(
            "Iran's state television said that Araghchi had told Lavrov that Israel had attacked Natanz.",
            &["actual attack [israel] ‹Natanz› source [abbas-araghchi] via [iranian-media]"],
        );
    }

    #[test]
    fn joint_sources() {
        reads(
            "Both Egypt and Qatar confirmed that Hamas had accepted the truce.",
            &["actual accept [hamas] ‹the truce› source [egypt, qatar]"],
        );
        reads(
            "Seoul and Tokyo said North Korea had fired a missile.",
            &["actual attack [north-korea] ‹a missile› source [south-korea, japan]"],
        );
    }

    #[test]
    fn a_report_that_goes_on() {
        reads(
            "Mexico's president said that Canada wanted a quota. She added that it had rejected the American offer.",
            &[
                "actual intend [canada] ‹a quota› source [claudia-sheinbaum]",
                "actual reject [canada] ‹the American offer› source [claudia-sheinbaum]",
                "actual propose [united-states] source [claudia-sheinbaum]",
            ],
        );
        reads(
            "Tehran's foreign minister said Europe had broken the deal. Britain, he said, had seized a tanker.",
            &[
                "actual breach [europe] ‹the deal› source [abbas-araghchi]",
                "actual coerce [united-kingdom] ‹a tanker› source [abbas-araghchi]",
            ],
        );
    }

    #[test]
    fn scare_quotes_are_nobodys_speech() {
        reads(
            r#"The so-called "peace plan" was rejected by Hamas."#,
            &[r#"actual reject [hamas] ‹The so-called "peace plan"›"#],
        );
        reads(
            r#"The "peacekeepers" bombed a market."#,
            &["actual attack [peacekeepers] ‹a market›"],
        );
        reads(r#"A "truce" was mentioned."#, &[]);
    }

    #[test]
    fn a_clause_of_time_is_the_authors() {
        reads(
            "Israel bombed Rafah, Egypt said, after Hamas had rejected the offer.",
            &["actual attack [israel] ‹Rafah› source [egypt]", "actual reject [hamas] ‹the offer›"],
        );
    }

    #[test]
    fn in_somebodys_account() {
        reads(
            "In Qatar's account, Hamas accepted the truce.",
            &["actual accept [hamas] ‹the truce› source [qatar]"],
        );
        reads(
            "In Seoul's view, Pyongyang broke the armistice.",
            &["actual breach [north-korea] ‹the armistice› source [south-korea]"],
        );
    }

    #[test]
    fn as_somebody_put_it() {
        reads(
            "As Netanyahu put it, Hamas had broken the deal.",
            &["actual breach [hamas] ‹the deal› source [benjamin-netanyahu]"],
        );
        reads(
            "Greece, as Erdoğan put it, broke the treaty.",
            &["actual breach [greece] ‹the treaty› source [recep-tayyip-erdogan]"],
        );
    }

    #[test]
    fn a_past_perfect_goes_on_with_the_report() {
        reads(
            "Araghchi said Europe had broken the deal. Britain had also seized a tanker.",
            &[
                "actual breach [europe] ‹the deal› source [abbas-araghchi]",
                "actual coerce [united-kingdom] ‹a tanker› source [abbas-araghchi]",
            ],
        );
    }

    #[test]
    fn a_label_in_capitals_speaks_until_the_next() {
        reads(
            "PRESIDENT ERDOĞAN: We reject the plan.",
            &["actual reject [turkey] ‹the plan› source [recep-tayyip-erdogan]"],
        );
        reads(
            "PRESIDENT SISI: Israel rejected the truce.\nWe proposed a new one.",
            &[
                "actual reject [israel] ‹the truce› source [abdel-fattah-el-sisi]",
                "actual propose [egypt] ‹a new one› source [abdel-fattah-el-sisi]",
            ],
        );
    }

    #[test]
    fn a_label_that_is_no_name_ends_the_turn() {
        reads(
            "PRIME MINISTER CARNEY: We accepted the quota.\nQUESTION: Canada rejected the offer.",
            &[
                "actual accept [canada] ‹the quota› source [mark-carney]",
                "actual reject [canada] ‹the offer› source [reporter]",
            ],
        );
        reads(
            "PRESIDENT KAGAME: We met President Tshisekedi.\nQUESTION: Congo violated the truce.",
            &[
                "actual consult [rwanda] to [felix-tshisekedi] source [paul-kagame]",
                "actual breach [democratic-republic-of-the-congo] ‹the truce› source [reporter]",
            ],
        );
    }

    #[test]
    fn a_name_in_small_letters_speaks_for_its_line() {
        reads(
            "Tshisekedi: Rwanda attacked Goma.\nCongo rejected the plan.",
            &[
                "actual attack [rwanda] ‹Goma› source [felix-tshisekedi]",
                "actual reject [democratic-republic-of-the-congo] ‹the plan›",
            ],
        );
        reads(
            "Emmanuel Macron: We proposed a truce.\nGermany accepted the plan.",
            &[
                "actual propose [france] ‹a truce› source [emmanuel-macron]",
                "actual accept [germany] ‹the plan›",
            ],
        );
    }

    #[test]
    fn a_colon_after_what_is_no_name() {
        reads("Note: Iran rejected the plan.", &["actual reject [iran] ‹the plan›"]);
        reads("The menu: Rice and fish.", &[]);
    }

    #[test]
    fn another_reporter_ends_the_report() {
        reads(
            "Iran said Israel had broken the truce. Egypt said Hamas had rejected the offer.",
            &[
                "actual breach [israel] ‹the truce› source [iran]",
                "actual reject [hamas] ‹the offer› source [egypt]",
            ],
        );
        reads(
            r#"Congo said Rwanda had attacked Goma. "Congo armed the militia," Kagame said."#,
            &[
                "actual attack [rwanda] ‹Goma› source [democratic-republic-of-the-congo]",
                "actual aid [democratic-republic-of-the-congo] ‹the militia› source [paul-kagame]",
            ],
        );
        reads(
            "Canada said Mexico had rejected the quota. Mexico denounced the tariffs.",
            &[
                "actual reject [mexico] ‹the quota› source [canada]",
                "actual accuse [mexico] ‹the tariffs›",
            ],
        );
        reads(
            r#""Rwanda attacked Goma," Tshisekedi said. Kagame rejected "the lies"."#,
            &[
                "actual attack [rwanda] ‹Goma› source [felix-tshisekedi]",
                r#"actual reject [paul-kagame] ‹"the lies"›"#,
            ],
        );
    }

    #[test]
    fn quotation_marks_alone_end_no_report() {
        reads(
            r#""Rwanda attacked Goma," Tshisekedi said. "Rwanda armed the rebels.""#,
            &[
                "actual attack [rwanda] ‹Goma› source [felix-tshisekedi]",
                "actual aid [rwanda] to [“the rebels”] source [felix-tshisekedi]",
            ],
        );
        reads(
            r#""Turkey broke the treaty," Mitsotakis said. "Turkey attacked Cyprus.""#,
            &[
                "actual breach [turkey] ‹the treaty› source [kyriakos-mitsotakis]",
                "actual attack [turkey] to [cyprus] source [kyriakos-mitsotakis]",
            ],
        );
    }

    #[test]
    fn what_others_make_of_it_is_the_authors() {
        reads(
            "Turkey said Cyprus had signed the treaty, which Greece rejects.",
            &[
                "actual cooperate [cyprus] ‹the treaty› source [turkey]",
                "actual reject [greece] ‹the treaty›",
            ],
        );
        reads(
            "Israel said that Egypt had broken the treaty, which Egypt denies.",
            &[
                "actual breach [egypt] ‹the treaty› source [israel]",
                "actual state [egypt] ‹the treaty›",
            ],
        );
        reads(
            "Canada said that Mexico had accepted the quota, which Carney denounced.",
            &[
                "actual accuse [mark-carney] ‹Canada said that Mexico had accepted the quota›",
                "actual accept [mexico] ‹the quota› source [canada]",
            ],
        );
    }

    #[test]
    fn a_relative_clause_of_a_place_stays_reported() {
        reads(
            "Congo said that Rwanda had attacked Goma, where Uganda bombed a market.",
            &[
                "actual attack [rwanda] ‹Goma› source [democratic-republic-of-the-congo]",
                "actual attack [uganda] ‹a market› source [democratic-republic-of-the-congo]",
            ],
        );
    }

    #[test]
    fn whoever_accuses_tells_what_was_done() {
        reads(
            "Congo accused Rwanda of aggression.",
            &[
                "actual accuse [democratic-republic-of-the-congo] to [rwanda] ‹aggression›",
                "actual attack [rwanda] source [democratic-republic-of-the-congo]",
            ],
        );
        reads(
            "Serbia accused Kosovo of violating the treaty.",
            &[
                "actual accuse [serbia] to [kosovo] ‹violating the treaty›",
                "actual breach [kosovo] ‹the treaty› source [serbia]",
            ],
        );
    }

    #[test]
    fn a_quotation_right_behind_a_sentence_about_somebody() {
        chooses(
            "Prime Minister Carney set out the position. “Norway rejected the quota last week.”",
            &[
                "actual propose [mark-carney] ‹the position›",
                "actual reject [norway] ‹the quota› source [mark-carney] 2025-03-10/2025-03-16",
            ],
        );
    }
}
