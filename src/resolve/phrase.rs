//! What the words of a matter say: which issue, of whom, with which attributes.

use std::collections::BTreeSet;

use super::attributes::{Attribute, Attributes, END, OF_MATTERS, START};
use super::knowledge::Knowledge;
use super::words::{Word, words};
use crate::ontology::{ActorKind, Family, KeyIssue, NameKind, WordClass};

/// The issue that a halt to the use of force is.
pub(super) const HALT_OF_FORCE: &str = KeyIssue::Ceasefire.as_str();
/// The issue that an end to a war is.
pub(super) const END_OF_WAR: &str = KeyIssue::PeaceAgreement.as_str();
/// How many words may stand between the halt and the force.
const HALT_REACH: usize = 6;
/// Family of phrases that are about talks.
pub(super) const TALKS: &str = KeyIssue::Talks.as_str();

/// A matter phrase, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Issues that it is about (not only touches), most specific first.
    pub issues: BTreeSet<String>,
    /// The broadest issues above them.
    pub families: BTreeSet<String>,
    /// What tells it from others of its issue.
    pub attributes: Attributes,
    /// Stems of its words that carry meaning.
    pub content: BTreeSet<String>,
    /// Those of its content that are names of actors.
    pub names: BTreeSet<String>,
    /// Neighbours among its words that carry meaning.
    pub pairs: BTreeSet<(String, String)>,
    /// Content that neither issue, attribute nor owner accounts for.
    pub residue: BTreeSet<String>,
    /// Actor whose matter it is said to be ("Trump's plan", "the US plan").
    pub owner: Option<String>,
    /// Does it point at something known ("the truce", "his plan")?
    pub definite: bool,
    /// Is it said to be of somebody whom no name tells ("the islands' draft")?
    pub possessed: bool,
    /// Does it point at something of its kind told of before ("no such promise")?
    pub such: bool,
    /// Is there no word that tells anything ("do", "what he has")?
    pub empty: bool,
    /// A mere "it" or "that".
    pub pronoun: bool,
    /// Is its head a noun for proposals ("plan", "deal"), the issue left open?
    pub proposal: bool,
    /// Acts that its head names ("the demand", "the offer").
    pub acts: BTreeSet<String>,
}

impl Phrase {
    /// Reads a matter phrase.
    pub(super) fn read(text: &str, knowledge: &Knowledge<'_>) -> Self {
        let all = words(text);
        let read = |words: &[Word]| {
            let core = core(words, knowledge);
            let mut phrase = Reader { words: core, knowledge, found: Self::default() }.read();
            phrase.pronoun = stands_alone(core, knowledge);
            phrase
        };
        let first = read(&all);
        // "a key principle: an end to aid" is about what follows the colon
        let colon = (1..all.len()).find(|&i| all[i].after_colon);
        match colon.filter(|_| first.families.is_empty()) {
            Some(at) => Some(read(&all[at..])).filter(|p| !p.families.is_empty()).unwrap_or(first),
            None => first,
        }
    }

    /// Is it a mere "the call", "the talks"?
    pub(super) fn is_bare_talk(&self) -> bool {
        self.definite && self.families.contains(TALKS) && self.content.len() == 1
    }

    /// Is there nothing that tells it from others of its issue, or of proposals?
    pub(super) fn is_bare(&self) -> bool {
        let told_apart = [
            Attribute::Duration,
            Attribute::Quantity,
            Attribute::Condition,
            Attribute::Territory,
            Attribute::Change,
            Attribute::Date,
        ];
        let scope = self.attributes.get(Attribute::Scope);
        self.pronoun
            || told_apart.iter().all(|name| self.attributes.get(*name).is_empty())
                && scope.is_empty()
                && self.residue.len() <= 1
                && (self.families.len() == 1 && !self.families.contains(TALKS)
                    || self.families.is_empty() && self.proposal)
    }
}

/// Are the words pronouns alone, or do they end with one of several words: "it", "having agreed to
/// anything of the sort"?
fn stands_alone(words: &[Word], knowledge: &Knowledge<'_>) -> bool {
    let pronoun = |at: usize| knowledge.is_at(words, at, WordClass::MatterPronoun);
    let ends =
        |at: usize| pronoun(at).is_some_and(|length| length > 1 && at + length == words.len());
    let mut at = 0;
    while let Some(length) = pronoun(at).filter(|_| at < words.len()) {
        at += length;
    }
    !words.is_empty() && at == words.len() || (0..words.len()).any(ends)
}

/// The words up to the first that leads away from the matter ("if", "until").
fn core<'w>(words: &'w [Word], knowledge: &Knowledge<'_>) -> &'w [Word] {
    let end = (1..words.len()).find(|&i| {
        words[i].after_colon || knowledge.is_at(words, i, WordClass::MatterAside).is_some()
    });
    &words[..end.unwrap_or(words.len())]
}

struct Reader<'w, 'k, 'o> {
    words: &'w [Word],
    knowledge: &'k Knowledge<'o>,
    found: Phrase,
}

impl Reader<'_, '_, '_> {
    fn is(&self, at: usize, class: WordClass) -> bool {
        self.knowledge.is_at(self.words, at, class).is_some()
    }

    /// Do the words at `at` give a value of one of the families?
    fn gives(&self, at: usize, families: &[Family]) -> bool {
        self.knowledge.values_at(self.words, at).any(|found| families.contains(&found.family))
    }

    fn read(mut self) -> Phrase {
        let mut used = BTreeSet::new();
        self.owner(&mut used);
        self.found.acts = self.acts();
        let end = self.issues(&mut used);
        let words = &self.words[..end];
        self.found.attributes = Attributes::read(words, self.knowledge);
        let of_issue = |f: &str| self.found.families.contains(f);
        if of_issue(TALKS) {
            // the scope is that of the truce talked about
            self.found.attributes.0.clear();
        } else if !of_issue(HALT_OF_FORCE)
            && let Some(change) = self.change(&used)
        {
            self.found.attributes.add(Attribute::Change, change);
        }
        let named = self.named(words);
        let mut before: Option<(usize, String)> = None;
        for (i, word) in words.iter().enumerate() {
            if self.is(i, WordClass::MatterFiller) || word.number().is_some() {
                continue;
            }
            let stem = self.content_stem(i);
            if let Some((at, neighbour)) = before.replace((i, stem.clone()))
                && at + 1 == i
            {
                self.found.pairs.insert((neighbour, stem.clone()));
            }
            if named.contains(&i) {
                self.found.names.insert(stem.clone());
            }
            self.found.content.insert(stem);
            let framing = [
                WordClass::MatterCarrier,
                WordClass::MatterHalt,
                WordClass::MatterChangeEnd,
                WordClass::MatterChangeStart,
                WordClass::ProposalNoun,
                WordClass::TransparentNoun,
                WordClass::MatterPronoun,
            ];
            let counted = framing.iter().any(|&class| self.is(i, class))
                || self.gives(i, OF_MATTERS)
                || self.gives(i, &[Family::Hours, Family::Number]);
            if !used.contains(&i) && !counted {
                self.found.residue.insert(word.stem.clone());
            }
        }
        self.found.empty = (0..words.len()).all(|i| {
            self.is(i, WordClass::MatterFiller)
                || self.is(i, WordClass::MatterPronoun)
                || self.is(i, WordClass::MatterCarrier)
        });
        // a halt to attacks on the grid is no attack, talks on a truce are no truce
        for family in [TALKS, HALT_OF_FORCE] {
            if self.found.families.contains(family) {
                self.found.issues.retain(|i| self.knowledge.family(i) == family);
                self.found.families = BTreeSet::from([family.to_owned()]);
            }
        }
        self.found
    }

    /// Indices of the words that name actors.
    fn named(&self, words: &[Word]) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        let mut at = 0;
        while at < words.len() {
            match self.knowledge.actor_at(words, at) {
                Some((len, ..)) => {
                    named.extend(at..at + len);
                    at += len;
                }
                None => at += 1,
            }
        }
        named
    }

    /// The stem by which the word is compared; words for one kind of talk are one.
    fn content_stem(&self, at: usize) -> String {
        let kind = self.found.families.contains(TALKS).then(|| {
            let mut values = self.knowledge.values_at(self.words, at);
            values.find(|found| found.family == Family::EventKind).map(|found| found.value)
        });
        kind.flatten().map_or_else(|| self.words[at].stem.clone(), str::to_owned)
    }

    /// One past the head of the phrase.
    fn head_end(&self) -> usize {
        let breaks = (0..self.words.len()).find(|&i| self.is(i, WordClass::MatterBreak));
        breaks.unwrap_or(self.words.len())
    }

    /// Acts that the head names as a noun.
    fn acts(&self) -> BTreeSet<String> {
        let Some(head) = self.head_end().checked_sub(1) else { return BTreeSet::new() };
        self.knowledge.acts_named(self.words, head).map(str::to_owned).collect()
    }

    /// "Trump's plan", "the American plan", "the US plan": whose it is.
    fn owner(&mut self, used: &mut BTreeSet<usize>) {
        let words = self.words;
        self.found.definite = !words.is_empty() && self.is(0, WordClass::MatterDefinite);
        // "no such promise" points at one that was told of
        let denies = words.len() > 1 && self.is_word(0, WordClass::NegativeDeterminer);
        self.found.such = denies && self.is(1, WordClass::MatterDefinite);
        self.found.definite |= self.found.such;
        let head = self.head_end();
        for at in 0..head.min(4) {
            if let Some((len, id, how)) = self.knowledge.actor_at(words, at)
                && at + len < head
            {
                let possessive = words[at + len - 1].possessive;
                let leads = (0..at).all(|i| self.is(i, WordClass::MatterFiller));
                let named_state = how == NameKind::Name
                    && leads
                    && self.is(head - 1, WordClass::ProposalNoun)
                    && self.knowledge.ontology.actor(id).is_some_and(|a| {
                        matches!(a.kind, ActorKind::State | ActorKind::Organisation)
                    });
                if leads && (possessive || how == NameKind::Adjective) || named_state {
                    self.found.owner = Some(id.to_owned());
                    self.found.definite |= possessive || at > 0;
                    used.extend(at..at + len);
                }
                return;
            }
            if words[at].possessive {
                self.found.definite = true;
                self.found.possessed = true;
            }
        }
    }

    /// Finds the issues that the head of the phrase is about, looking through
    /// words that only carry another matter. Gives where the matter ends: a list
    /// is read up to its first member.
    fn issues(&mut self, used: &mut BTreeSet<usize>) -> usize {
        let words = self.words;
        let mut start = 0;
        let mut halted: Option<usize> = None;
        while start < words.len() {
            let end = self.segment_end(start);
            if end == start {
                start += self.knowledge.is_at(words, start, WordClass::MatterBreak).unwrap_or(1);
                continue;
            }
            let head = self.head_of(start, end);
            if self.is(head, WordClass::MatterTalk) {
                self.take(head, 1, &[TALKS], used);
                return words.len();
            }
            if halted.is_none() {
                halted = (start..end).find(|&i| self.is(i, WordClass::MatterHalt));
            }
            if let Some(halt) = halted
                && let Some(force) = self.force_near(halt)
            {
                self.take(halt, 1, &[HALT_OF_FORCE], used);
                used.insert(force);
                return self.list_end(force.max(halt) + 1);
            }
            if let Some((first, last)) = self.end_of_war(start) {
                self.take(first, last + 1 - first, &[END_OF_WAR], used);
                return words.len();
            }
            if let Some((force, halt)) = self.force_to_stop(start, end) {
                self.take(halt, 1, &[HALT_OF_FORCE], used);
                used.insert(force);
                return words.len();
            }
            let last = self.issues_in(start, end, used);
            if let Some(last) = last {
                return self.list_end(last);
            }
            if self.found.definite && end == words.len() && self.is(head, WordClass::MatterTruce) {
                self.take(head, 1, &[HALT_OF_FORCE], used);
                return end;
            }
            let carried = [
                WordClass::MatterFiller,
                WordClass::MatterCarrier,
                WordClass::MatterHalt,
                WordClass::ProposalNoun,
                WordClass::TransparentNoun,
                WordClass::PartNoun,
            ]
            .iter()
            .any(|&class| self.is(head, class));
            if self.is(head, WordClass::ProposalNoun) {
                self.found.proposal = true;
            }
            if !carried {
                break;
            }
            start = end;
        }
        words.len()
    }

    /// The word of force that a halt is of: "a pause in strikes", "all fighting to stop".
    fn force_near(&self, halt: usize) -> Option<usize> {
        let after = halt + 1..self.words.len().min(halt + 2 + HALT_REACH);
        let before = halt.saturating_sub(HALT_REACH)..halt;
        after.chain(before).find(|&i| self.is(i, WordClass::MatterForce))
    }

    /// "All fighting in Ukraine to stop for 30 days": the force and its halt.
    fn force_to_stop(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let force = self.head_of(start, end);
        if !self.is(force, WordClass::MatterForce) {
            return None;
        }
        let near = force + 1..self.words.len().min(force + 2 + HALT_REACH);
        let infinitive = |i: &usize| self.is_word(*i - 1, WordClass::InfinitiveMark);
        near.into_iter()
            .filter(infinitive)
            .find(|&i| self.is(i, WordClass::MatterHalt))
            .map(|halt| (force, halt))
    }

    /// "End the war", "bring the war to an end": the first and last of these words.
    fn end_of_war(&self, start: usize) -> Option<(usize, usize)> {
        /// Words between the two.
        const REACH: usize = 3;
        let words = self.words;
        let war = (start..words.len()).find(|&i| self.is(i, WordClass::MatterWar))?;
        let near = war.saturating_sub(REACH).max(start)..words.len().min(war + REACH + 1);
        let end = near.into_iter().find(|&i| self.is(i, WordClass::MatterChangeEnd))?;
        // "to stop the conflict from escalating" does not end it
        let goes_on = war + 1 < words.len() && self.is_word(war + 1, WordClass::OriginMark);
        (!goes_on && war - start <= 2 * REACH).then(|| (war.min(end), war.max(end)))
    }

    /// Is the word by itself of the class?
    fn is_word(&self, at: usize, class: WordClass) -> bool {
        self.knowledge.ontology.is(&self.words[at].stem, class)
    }

    fn is_participle(&self, at: usize) -> bool {
        self.knowledge.ontology.ends(&self.words[at].form, WordClass::ParticipleEnding)
    }

    /// One past the last word before a preposition, a relative or a participle
    /// that follows ("ceasefire proposed by").
    fn segment_end(&self, start: usize) -> usize {
        (start..self.words.len())
            .find(|&i| {
                self.is(i, WordClass::MatterBreak) && !self.issue_spans(start, i)
                    || i > start && self.words[i].after_comma && self.is_listed(i)
            })
            .unwrap_or(self.words.len())
    }

    /// Does the word after a comma begin another member of a list, not another
    /// adjective ("an immediate, unconditional truce")?
    fn is_listed(&self, at: usize) -> bool {
        !self.gives(at, &[Family::Condition, Family::Scope, Family::Term])
    }

    /// Does a phrase for an issue reach over `at` ("exchange of prisoners")?
    fn issue_spans(&self, start: usize, at: usize) -> bool {
        (start..at)
            .any(|i| self.knowledge.issues_at(self.words, i).is_some_and(|(len, _)| i + len > at))
    }

    /// The last word of the segment that is no participle.
    fn head_of(&self, start: usize, end: usize) -> usize {
        let mut head = end - 1;
        while head > start && self.is_participle(head) {
            head -= 1;
        }
        head
    }

    /// Takes the issues at the head of the segment, and those joined to it by "and".
    fn issues_in(&mut self, start: usize, end: usize, used: &mut BTreeSet<usize>) -> Option<usize> {
        let mut last = None;
        let mut at = start;
        let open = self.is(self.head_of(start, end), WordClass::ProposalNoun);
        while at < end {
            let Some((len, issues)) = self.knowledge.issues_at(self.words, at) else {
                at += 1;
                continue;
            };
            let after = at + len;
            // "an energy and infrastructure agreement" says on what, not what
            if open && (at..after).all(|i| self.is_scope(i)) {
                at = after;
                continue;
            }
            let heads = after >= end
                || self.is(after, WordClass::MatterAnd)
                || self.is(after, WordClass::MatterBreak)
                || self.words[after].after_comma
                || (after..end).all(|i| {
                    self.is_participle(i)
                        || self.is(i, WordClass::ProposalNoun)
                        || self.is(i, WordClass::MatterCarrier)
                        || self.is(i, WordClass::PartNoun)
                        || self.is(i, WordClass::MatterFiller)
                });
            if heads && !self.is(at, WordClass::MatterTalk) {
                let same_kind = issues.iter().any(|i| {
                    self.found
                        .issues
                        .iter()
                        .any(|f| self.knowledge.family(f) == self.knowledge.family(i))
                });
                if same_kind {
                    // "a maritime ceasefire, a full ceasefire": a list of matters
                    return last;
                }
                self.take(at, len, &issues, used);
                last = Some(after);
            }
            at = after;
        }
        last
    }

    fn is_scope(&self, at: usize) -> bool {
        self.gives(at, &[Family::Scope])
    }

    fn take(&mut self, at: usize, len: usize, issues: &[&str], used: &mut BTreeSet<usize>) {
        // "breaking the fragile ceasefire" points back as "the fragile ceasefire" does
        self.found.definite |= (0..at).any(|i| self.is(i, WordClass::MatterDefinite));
        self.found.issues.extend(issues.iter().map(|i| (*i).to_owned()));
        self.found.families = self.found.issues.iter().map(|i| self.knowledge.family(i)).collect();
        used.extend(at..at + len);
    }

    /// Where the first member of a list ends: before an "and" or comma that another
    /// issue of the same family follows.
    fn list_end(&self, from: usize) -> usize {
        let words = self.words;
        let again = (from..words.len()).find(|&i| {
            self.knowledge.issues_at(words, i).is_some_and(|(_, issues)| {
                issues.iter().any(|i| self.found.families.contains(&self.knowledge.family(i)))
            })
        });
        let Some(again) = again else { return words.len() };
        (from..=again)
            .rev()
            .find(|&i| words[i].after_comma || self.is(i, WordClass::MatterAnd))
            .unwrap_or(words.len())
    }

    /// What is to change, when the words before the issue say so.
    fn change(&self, used: &BTreeSet<usize>) -> Option<&'static str> {
        let issue = used.iter().next_back().copied()?;
        (0..issue).find_map(|i| {
            let is = |class| self.is(i, class) && !used.contains(&i);
            if is(WordClass::MatterChangeEnd) {
                Some(END)
            } else if is(WordClass::MatterChangeStart) {
                Some(START)
            } else {
                None
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::shipped;

    fn with(test: impl Fn(&dyn Fn(&str) -> Phrase)) {
        let knowledge = Knowledge::new(shipped());
        test(&|text| Phrase::read(text, &knowledge));
    }

    #[test]
    fn a_ceasefire_in_many_words() {
        with(|read| {
            for text in [
                "a 30-day ceasefire in Ukraine",
                "Trump’s ceasefire proposal",
                "a mutilated ceasefire proposal restricted to energy infrastructure",
                "the promise of a full ceasefire",
                "a 30-day halt to attacks on energy infrastructure",
                "a pause in Russian air strikes against its power grid",
                "pausing attacks on energy infrastructure",
                "to comply with the truce",
                "the entire ceasefire proposed by Trump",
                "a 30-day stop to strikes on energy infrastructure",
                "all fighting in Ukraine to stop for 30 days",
            ] {
                let found = read(text);
                assert_eq!(
                    found.families.iter().collect::<Vec<_>>(),
                    ["ceasefire"],
                    "{text}: {found:?}"
                );
            }
        });
    }

    #[test]
    fn what_only_touches_a_ceasefire_is_none() {
        with(|read| {
            for text in [
                "ceasefire talks",
                "technical negotiations on a maritime ceasefire",
                "consequences for Russia if it does not agree to the ceasefire",
                "large-scale banking sanctions until a ceasefire",
                "the complaint about the energy ceasefire",
                "attacks on energy infrastructure",
            ] {
                let found = read(text);
                assert!(!found.families.contains("ceasefire"), "{text}: {found:?}");
            }
        });
    }

    #[test]
    fn an_end_to_a_thing_is_not_the_thing() {
        with(|read| {
            let end = read("an end to foreign military aid and intelligence sharing with Ukraine");
            assert!(
                end.issues.contains("military-aid") && end.issues.contains("intelligence-sharing")
            );
            assert!(end.attributes.get(Attribute::Change).contains("end"));
            let aid = read("intelligence sharing and military aid");
            assert!(aid.attributes.get(Attribute::Change).is_empty());
        });
    }

    #[test]
    fn bare_phrases_point_back() {
        with(|read| {
            for text in [
                "the ceasefire",
                "it",
                "the plan",
                "Trump’s ceasefire proposal",
                "the fragile ceasefire",
            ] {
                assert!(read(text).is_bare(), "{text}: {:?}", read(text));
            }
            for text in
                ["the 30-day ceasefire", "the energy truce", "ceasefire talks", "a hospital"]
            {
                assert!(!read(text).is_bare(), "{text}: {:?}", read(text));
            }
            assert_eq!(read("Trump’s plan").owner.as_deref(), Some("donald-trump"));
            assert_eq!(read("the US plan").owner.as_deref(), Some("united-states"));
        });
    }

    #[test]
    fn a_noun_names_what_was_done() {
        with(|read| {
            assert_eq!(read("the demand").acts, BTreeSet::from(["demand".to_owned()]));
            assert_eq!(read("the offer").acts, BTreeSet::from(["propose".to_owned()]));
            assert!(read("the map").acts.is_empty());
        });
    }

    #[test]
    fn of_a_list_the_first_member_is_read() {
        with(|read| {
            let found =
                read("a maritime ceasefire in the Black Sea, full ceasefire and permanent peace");
            assert!(found.attributes.get(Attribute::Scope).contains("maritime"), "{found:?}");
            assert!(!found.attributes.get(Attribute::Scope).contains("full"), "{found:?}");
        });
    }
}
