//! The claim of a candidate: its words, status, time and source.

use std::collections::BTreeSet;
use std::ops::Range;

use super::claim::{Claim, Condition, MatterMention, Participant, Status};
use super::construction::extractor;
use super::dependence;
use super::matter;
use super::reading::{Candidate, Reading};
use super::status;
use super::time;
use super::tree::Tree;
use super::who::Referent;
use crate::annotate::{Deprel, Upos};
use crate::corpus::{Span, escaped};
use crate::ontology::WordClass;

/// How far from its head a word of a trigger may stand to be quoted with it.
const TRIGGER_REACH: usize = 6;

/// How many sentences back a report is sought that "it" can mean.
const REPORT_REACH: usize = 2;

impl Reading<'_> {
    /// Makes the claim of a candidate; `None` when its words are only to stop or
    /// be avoided, or when the act is nobody's.
    pub(super) fn claim(&self, candidate: &Candidate) -> Option<Claim> {
        let tree = self.tree;
        let status = match candidate.status {
            Some(status) => status,
            None => status::status(tree, self.lexicon, candidate.head)?,
        };
        let sentence = tree.annotation().sentences[tree.sentence(candidate.head)].clone();
        let sentence_span = tree.annotation().span(sentence.clone());
        let trigger = self.trigger_span(&candidate.trigger, candidate.head);
        let mut quote = trigger;
        for &word in &candidate.agent_words {
            if sentence.contains(&word) {
                quote = quote.cover(tree.word(word).span);
                if let Some(name) = self.who.name(word) {
                    quote = quote.cover(tree.annotation().span(name.words.clone()));
                }
            }
        }
        let matter = self.matter(candidate, &sentence);
        if let Some(matter) = &matter {
            quote = quote.cover(Span::new(matter.start, matter.end));
        }
        let quote =
            Span::new(quote.start.max(sentence_span.start), quote.end.min(sentence_span.end));
        let (mut source, mut via) = match &candidate.source {
            Some(source) => self.sighted_sources(candidate, source),
            None => self.sources(candidate),
        };
        if self.does_by_saying(candidate, &source) {
            source = via.pop().into_iter().collect();
        }
        let text = &self.document.text;
        let id = claim_id(&self.document.id, &candidate.act, trigger);
        Some(Claim {
            id,
            document: self.document.id.clone(),
            start: quote.start,
            end: quote.end,
            quote: text.slice(quote).to_owned(),
            trigger: text.slice(trigger).to_owned(),
            trigger_start: trigger.start,
            trigger_end: trigger.end,
            act: candidate.act.clone(),
            status,
            agent: participants(&candidate.agent),
            addressee: participants(&candidate.addressee),
            source,
            via,
            matter,
            condition: self.condition(candidate),
            time: time::of(self, candidate.head, status == Status::Unrealised),
            confidence: 1.0,
            extractor: extractor(candidate.construction, candidate.evidence.model > 0.0),
            evidence: candidate.evidence,
        })
    }

    /// The trigger's words as one stretch: those next to its head.
    fn trigger_span(&self, words: &[usize], head: usize) -> Span {
        let mut span = self.tree.word(head).span;
        let mut reach: BTreeSet<usize> = BTreeSet::from([head]);
        for &w in words {
            if w.abs_diff(head) <= TRIGGER_REACH {
                reach.insert(w);
            }
        }
        for w in reach {
            span = span.cover(self.tree.word(w).span);
        }
        span
    }

    fn matter(
        &self,
        candidate: &Candidate,
        sentence: &std::ops::Range<usize>,
    ) -> Option<MatterMention> {
        let tree = self.tree;
        let mut words: BTreeSet<usize> = BTreeSet::new();
        for &head in &candidate.matter {
            if sentence.contains(&head) {
                words.extend(matter::phrase(tree, head, &candidate.trigger));
            }
        }
        // what stands in another sentence is no part of the quote
        let here =
            |words: &&Range<usize>| sentence.start <= words.start && words.end <= sentence.end;
        if let Some(sighted) = candidate.matter_words.as_ref().filter(here) {
            // "not accept any such condition": what is refused, without the refusing
            let denies = |w: &usize| {
                self.lexicon.is(tree.lemma(*w), WordClass::Negator)
                    || matches!(tree.upos(*w), Upos::Part | Upos::Punct)
                        && !self.lexicon.is(&tree.word(*w).form, WordClass::QuoteMark)
            };
            let start = sighted.clone().find(|w| !denies(w)).unwrap_or(sighted.start);
            // "Norland, opposed by Chad, proposed a pause": who opposes it opposes the pause
            let above = |w: usize| {
                tree.upos(w) == Upos::Verb
                    && tree.dominates(w, candidate.head)
                    && w > candidate.head
            };
            let start = (start..sighted.end).find(|&w| !above(w)).unwrap_or(start);
            let start = self.with_denial(candidate, start);
            let end = self.phrase_end(start..sighted.end, sentence.end);
            let end = if self.points(candidate, start) { start + 1 } else { end };
            words = self.before_next_deed(candidate, start..end)?.collect();
        }
        // one run: coordinated matters are near each other, others are cut
        let (&first, &last) = (words.first()?, words.last()?);
        let span = Span::new(tree.word(first).span.start, tree.word(last).span.end);
        let issues = matter::issues(tree, self.lexicon, &(first..=last).collect());
        Some(MatterMention {
            text: self.document.text.slice(span).to_owned(),
            start: span.start,
            end: span.end,
            id: None,
            label: None,
            issues,
            about: Vec::new(),
        })
    }

    /// The words that the act of a candidate depends on.
    fn condition(&self, candidate: &Candidate) -> Option<Condition> {
        let words = dependence::condition(self.tree, self.lexicon, candidate.head)?;
        let span = self.tree.annotation().span(words);
        let text = self.document.text.slice(span).to_owned();
        Some(Condition { text, start: span.start, end: span.end })
    }

    /// "“I disavow these comments,” Reed said": who says of himself what he does is its agent, and
    /// reported by nobody (codebook rule 16).
    fn does_by_saying(&self, candidate: &Candidate, source: &[Participant]) -> bool {
        let says_i = |&w: &usize| self.tree.is_first_person(w);
        let agent = participants(&candidate.agent);
        let same = |one: &Participant| {
            agent.iter().any(|a| a.id == one.id && (a.id.is_some() || a == one))
        };
        // "Rosa Inder, foreign minister: I demand it", of which the tree may take her for the subject
        let label =
            self.speech.of(candidate.head).first().filter(|s| self.tree.word(s.cue).form == ":");
        let own = |w: &usize| says_i(w) || label.is_some_and(|label| label.source == *w);
        !candidate.agent_words.is_empty()
            && candidate.agent_words.iter().all(own)
            && !source.is_empty()
            && source.iter().all(same)
    }

    /// "Urged them not to leave": where a matter that is somebody's deed begins, with the words that
    /// deny it.
    fn with_denial(&self, candidate: &Candidate, start: usize) -> usize {
        let tree = self.tree;
        let denied = start.checked_sub(2).filter(|&not| {
            tree.upos(start) == Upos::Verb
                && tree.upos(start - 1) == Upos::Part
                && tree.sentence(not) == tree.sentence(start)
                && self.lexicon.is(tree.lemma(not), WordClass::Negator)
                && !candidate.trigger.contains(&not)
        });
        denied.unwrap_or(start)
    }

    /// "Suggested it himself, as a way out": is the object a pronoun, whatever comes behind?
    fn points(&self, candidate: &Candidate, word: usize) -> bool {
        let tree = self.tree;
        tree.upos(word) == Upos::Pron
            && tree.is(word, Deprel::Obj)
            && tree.head(word).is_some_and(|head| candidate.trigger.contains(&head))
            && tree.children(word).iter().all(|&below| below < word)
    }

    /// "Discussed areas of cooperation and exchanged views": a matter up to the next verb that is
    /// coordinated with the trigger; none where it is that verb's alone ("met the envoy or signed
    /// agreements").
    fn before_next_deed(&self, candidate: &Candidate, words: Range<usize>) -> Option<Range<usize>> {
        let (tree, verb) = (self.tree, candidate.head);
        let other = |&w: &usize| {
            w > verb
                && tree.upos(w) == Upos::Verb
                && tree.is(w, Deprel::Conj)
                && tree.head(w) == Some(verb)
        };
        let next = (verb + 1..words.end).find(other).filter(|_| tree.upos(verb) == Upos::Verb);
        let Some(next) = next.filter(|next| !candidate.trigger.contains(next)) else {
            return Some(words);
        };
        let joins = |&c: &usize| c < next && tree.is(c, Deprel::Cc);
        let and = tree.children(next).iter().copied().find(joins).unwrap_or(next);
        if words.start > next {
            // what both verbs are about stands behind the second: "accept and honour the truce"
            let own = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Pron);
            return (!(verb + 1..and).any(own)).then_some(words);
        }
        let mark = |w: usize| tree.upos(w) == Upos::Punct;
        Some(if and > words.start { Tree::trimmed(words.start..and, mark) } else { words })
    }

    /// Where a clause ends of which a stretch has the subject and not the verb: "rules that ensure
    /// that the benefits" goes on to what they do.
    fn clause_end(&self, words: Range<usize>, sentence_end: usize) -> usize {
        let tree = self.tree;
        let verb = words.clone().find_map(|w| {
            let verb = tree.head(w).filter(|&verb| (words.end..sentence_end).contains(&verb))?;
            let subject = tree.is(w, Deprel::Nsubj);
            let inside = tree.head(verb).is_some_and(|above| words.contains(&above));
            (subject && inside).then_some(verb)
        });
        let Some(verb) = verb else { return words.end };
        let clause = tree.subtree_without(verb, |c| tree.is(c, Deprel::Parataxis));
        let mut end = words.end;
        while clause.contains(&end) {
            end += 1;
        }
        let end = Tree::trimmed(words.end - 1..end, |w| tree.upos(w) == Upos::Punct).end;
        if end > verb { end } else { words.end }
    }

    /// Where a stretch of the network ends as a phrase does: "an" goes on to "an apology", and
    /// "a truce in" stops before its preposition.
    fn phrase_end(&self, words: Range<usize>, sentence_end: usize) -> usize {
        let tree = self.tree;
        let mut end = self.clause_end(words.clone(), sentence_end);
        let modifies = |w: usize| {
            let before_head = tree.head(w).filter(|&head| head > w && head < sentence_end);
            let loose = matches!(tree.upos(w), Upos::Det | Upos::Adj | Upos::Num)
                || tree.is(w, Deprel::Compound)
                || tree.is(w, Deprel::NmodPoss);
            before_head.filter(|_| loose && tree.child(w, Deprel::Cop).is_none())
        };
        while let Some(head) = modifies(end - 1) {
            end = head + 1;
        }
        let idle = |w: usize| matches!(tree.upos(w), Upos::Adp | Upos::Cconj | Upos::Det);
        Tree::trimmed(words.start..end, idle).end
    }

    /// Source and via of a candidate whose source the network has seen: what the rules
    /// know of the reporters around it stays.
    fn sighted_sources(
        &self,
        candidate: &Candidate,
        source: &[Referent],
    ) -> (Vec<Participant>, Vec<Participant>) {
        let (inner, mut via) = self.sources(candidate);
        let seen = participants(source);
        if inner == seen || seen.is_empty() && self.told_elsewhere(candidate) {
            return (inner, via);
        }
        via.retain(|reporter| seen.iter().all(|s| s.id != reporter.id || s.text != reporter.text));
        (seen, via)
    }

    /// Does what shows the speaker stand in another sentence, as the beginning of a long quotation,
    /// or in the label of a turn? The network may not see that far.
    fn told_elsewhere(&self, candidate: &Candidate) -> bool {
        let sentence = self.tree.sentence(candidate.head);
        let speaker = self.speech.of(candidate.head).first();
        let labelled = self.speech.label(candidate.head);
        speaker.is_some_and(|speaker| {
            self.tree.sentence(speaker.cue) != sentence || labelled == Some(speaker.source)
        })
    }

    /// Source and via of a candidate, from the speakers of its head word.
    fn sources(&self, candidate: &Candidate) -> (Vec<Participant>, Vec<Participant>) {
        let mut chain: Vec<Vec<Referent>> = Vec::new();
        let mut skip_own = candidate.spoken_by_agent;
        for speaker in self.speech.of(candidate.head) {
            if candidate.trigger.contains(&speaker.cue)
                || candidate.agent_words.contains(&speaker.source) && speaker.cue == candidate.head
            {
                continue;
            }
            let mut meant = self.referents(&[speaker.source]);
            if meant.is_empty() {
                meant = self.described_source(speaker.source);
            }
            if meant.is_empty() {
                continue;
            }
            let same =
                |other: &[Referent]| meant.iter().all(|m| other.iter().any(|o| o.key() == m.key()));
            if candidate.spoken_by_agent && same(&candidate.agent) || chain.iter().any(|c| same(c))
            {
                skip_own = false;
                continue; // one speaker seen twice
            }
            if skip_own {
                skip_own = false;
                continue;
            }
            chain.push(meant);
        }
        let mut chain = chain.into_iter();
        let source = chain.next().unwrap_or_default();
        let mut via: Vec<Referent> = Vec::new();
        for outer in chain.rev() {
            via.extend(outer.into_iter().filter(|o| source.iter().all(|s| s.key() != o.key())));
        }
        (participants(&source), participants(&via))
    }

    /// "A report was leaked. “…,” it says.": the text that "it" goes back to.
    fn report_before(&self, it: usize) -> Option<Referent> {
        let tree = self.tree;
        let reach = tree.sentence(it).saturating_sub(REPORT_REACH);
        let from = tree.annotation().sentences[reach].start;
        let report = (from..it).rev().find(|&w| {
            tree.upos(w) == Upos::Noun
                && self.lexicon.is(tree.lemma(w), WordClass::StatementNoun)
                && tree.is(w, Deprel::Nsubj)
        })?;
        Some(self.who.unknown(report, false))
    }

    /// A source that is nobody known: its words as they stand.
    fn described_source(&self, head: usize) -> Vec<Referent> {
        if self.lexicon.is(&self.tree.word(head).form.to_lowercase(), WordClass::It) {
            return self.report_before(head).into_iter().collect();
        }
        // a thing that suggests something is nobody who says it
        let lemma = self.tree.lemma(head);
        let form = self.tree.word(head).form.to_lowercase();
        let somebody = self.tree.upos(head) == Upos::Propn
            || [WordClass::He, WordClass::She].iter().any(|&c| self.lexicon.is(&form, c))
            || [WordClass::PersonNoun, WordClass::GroupNoun, WordClass::StatementNoun]
                .iter()
                .any(|&c| self.lexicon.is(lemma, c));
        if !somebody {
            return Vec::new();
        }
        vec![self.who.unknown(head, false)]
    }
}

fn participants(referents: &[Referent]) -> Vec<Participant> {
    referents.iter().map(Referent::participant).collect()
}

/// Ids are made of what a claim is about, so that they survive a changed program:
/// document, act and place of the trigger. No two of these give the same id.
pub fn claim_id(document: &str, act: &str, trigger: Span) -> String {
    format!("{}{}", claim_stem(document, act), trigger.start)
}

/// What the ids of all claims of one act in one document begin with.
pub fn claim_stem(document: &str, act: &str) -> String {
    // The last two hyphens of an id are those around the act, so an act can hold none.
    format!("{}-{}-", escaped(document, "-._"), escaped(act, "._"))
}
