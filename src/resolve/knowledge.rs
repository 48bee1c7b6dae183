//! What the ontology knows that resolving needs, indexed once for a corpus.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::words::{StemIndex, Word, words};
use crate::ontology::{Family, NameKind, Names, Ontology, TriggerKind, WordClass};

/// The classes whose words are looked for by stem ([`Knowledge::is_at`]).
const BY_STEM: &[WordClass] = &[
    WordClass::MatterAgreed,
    WordClass::MatterAnd,
    WordClass::MatterAside,
    WordClass::MatterBreach,
    WordClass::MatterBreak,
    WordClass::MatterCarrier,
    WordClass::MatterChangeEnd,
    WordClass::MatterChangeStart,
    WordClass::MatterDefinite,
    WordClass::MatterFiller,
    WordClass::MatterFinite,
    WordClass::MatterForce,
    WordClass::MatterGoesOn,
    WordClass::MatterHalt,
    WordClass::MatterIn,
    WordClass::MatterIndefinite,
    WordClass::MatterPronoun,
    WordClass::MatterRelative,
    WordClass::MatterTalk,
    WordClass::MatterTruce,
    WordClass::MatterWar,
    WordClass::PartNoun,
    WordClass::ProposalNoun,
    WordClass::TransparentNoun,
];

/// What a phrase found by its stems is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sense<'o> {
    Class(WordClass),
    Value(Family, &'o str),
}

/// A value that words give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ValueAt<'o> {
    /// How many words give it.
    pub len: usize,
    /// The family of the value.
    pub family: Family,
    /// The value.
    pub value: &'o str,
}

/// The ontology with the indexes that resolving looks words up in.
pub(super) struct Knowledge<'o> {
    /// The ontology itself.
    pub ontology: &'o Ontology,
    names: Names,
    issues: StemIndex<usize>,
    classes: StemIndex<Sense<'o>>,
    /// Nouns that name acts by themselves.
    acts: StemIndex<&'o str>,
    /// Issue → the broadest issue above it.
    families: BTreeMap<&'o str, &'o str>,
}

impl<'o> Knowledge<'o> {
    /// Indexes the ontology; takes some milliseconds.
    pub(super) fn new(ontology: &'o Ontology) -> Self {
        let issues = ontology.issues.iter().enumerate();
        let issues = issues.flat_map(|(i, o)| o.words.iter().map(move |w| (w.as_str(), i)));
        let classes = BY_STEM.iter().flat_map(|&class| {
            ontology.words_of(class).iter().map(move |w| (w.as_str(), Sense::Class(class)))
        });
        let of_words = ontology.value_classes.iter().filter(|it| it.family != Family::Sound);
        let values = of_words.flat_map(|class| {
            let sense = Sense::Value(class.family, &class.value);
            class.words.iter().map(move |w| (w.as_str(), sense))
        });
        let nouns = ontology
            .triggers
            .iter()
            .filter(|t| t.kind == TriggerKind::Noun && t.words.len() == 1)
            .map(|t| (t.words[0].as_str(), t.act.as_str()));
        let families = ontology.issues.iter().filter_map(|issue| {
            let top = *ontology.line_of_issue(&issue.id).last()?;
            Some((issue.id.as_str(), top.id.as_str()))
        });
        Self {
            ontology,
            names: Names::new(ontology),
            issues: StemIndex::new(issues),
            classes: StemIndex::new(classes.chain(values)),
            acts: StemIndex::new(nouns),
            families: families.collect(),
        }
    }

    /// The broadest issue above `issue`, which may be itself.
    pub(super) fn family(&self, issue: &str) -> String {
        self.families.get(issue).copied().unwrap_or(issue).to_owned()
    }

    /// Acts that the word at `at` names as a noun.
    pub(super) fn acts_named<'a>(
        &'a self,
        words: &'a [Word],
        at: usize,
    ) -> impl Iterator<Item = &'o str> + 'a {
        self.acts.at(words, at).map(|(_, act)| act)
    }

    /// Issues named at `at`, with the number of words, the longest phrase only.
    pub(super) fn issues_at(&self, words: &[Word], at: usize) -> Option<(usize, Vec<&'o str>)> {
        let found: Vec<(usize, usize)> = self.issues.at(words, at).collect();
        let longest = found.first()?.0;
        let ids = found.iter().take_while(|(len, _)| *len == longest);
        Some((longest, ids.map(|(_, i)| self.ontology.issues[*i].id.as_str()).collect()))
    }

    /// What the words at `at` give, the longest first.
    pub(super) fn values_at<'a>(
        &'a self,
        words: &'a [Word],
        at: usize,
    ) -> impl Iterator<Item = ValueAt<'o>> + 'a {
        self.classes.at(words, at).filter_map(|(len, sense)| match sense {
            Sense::Value(family, value) => Some(ValueAt { len, family, value }),
            Sense::Class(_) => None,
        })
    }

    /// Is the phrase at `at` of the class? Gives its length.
    pub(super) fn is_at(&self, words: &[Word], at: usize, class: WordClass) -> Option<usize> {
        debug_assert!(BY_STEM.contains(&class), "{class} is not looked for by stem");
        let mut found = self.classes.at(words, at);
        found.find(|(_, sense)| *sense == Sense::Class(class)).map(|(len, _)| len)
    }

    /// Is a text one word, and of the class?
    pub(super) fn is_word(&self, text: &str, class: WordClass) -> bool {
        let word = words(text);
        word.len() == 1 && self.is_at(&word, 0, class).is_some()
    }

    /// The phrase behind the first word of a class: "to end the war".
    pub(super) fn marked(&self, class: WordClass, phrase: &str) -> String {
        let mark = self.ontology.words_of(class).first().map_or("", String::as_str);
        format!("{mark} {phrase}")
    }

    /// The known actor whose name stands at `at`, with the number of words and how
    /// the name belongs to it; the longest name wins.
    pub(super) fn actor_at(&self, words: &[Word], at: usize) -> Option<(usize, &'o str, NameKind)> {
        if !words.get(at)?.is_capitalised() {
            return None;
        }
        for len in (1..=4.min(words.len() - at)).rev() {
            let forms: Vec<&str> = words[at..at + len].iter().map(|w| w.form.as_str()).collect();
            let found = self.names.find_actor(&forms.join(" "));
            if let Some(&(_, how)) = found.first() {
                // two people of one family name are nobody in particular
                let mut best = found.iter().filter(|(_, h)| *h == how);
                let (actor, how) = best.next().copied()?;
                if best.next().is_none() {
                    return Some((len, self.ontology.actors[actor].id.as_str(), how));
                }
            }
        }
        None
    }

    /// The actor for whom `actor` acts in the end: a state for its president, its
    /// ministries and forces; the actor itself when it acts for nobody.
    pub(super) fn power(&self, actor: &str, acts_for: &BTreeMap<String, String>) -> String {
        let mut at = actor.to_owned();
        for _ in 0..8 {
            match acts_for.get(&at).cloned().or_else(|| self.acts_for(&at, None)) {
                Some(next) if next != at => at = next,
                _ => break,
            }
        }
        at
    }

    /// Whom a known actor acts for at a date ([`Actor::principal`](crate::ontology::Actor)).
    pub(super) fn acts_for(&self, actor: &str, date: Option<Date>) -> Option<String> {
        self.ontology.actor(actor)?.principal(date).map(str::to_owned)
    }

    /// The office that a known person holds at the date; without a date the one held last.
    pub(super) fn tenure(
        &self,
        actor: &str,
        date: Option<Date>,
    ) -> Option<&'o crate::ontology::Tenure> {
        self.ontology.actor(actor)?.tenure(date)
    }

    /// "allies of Vladimir Putin": who they are, where a label describes somebody by whose they are
    /// and names nobody itself.
    pub(super) fn described_by_owner<'l>(&self, label: &'l str) -> Option<&'l str> {
        let of = |word: &str| self.ontology.is(word, WordClass::BelongingMark);
        let at = label.split_whitespace().find(|word| of(word))?;
        let whose = label.find(&format!(" {at} "))?;
        label.starts_with(char::is_lowercase).then(|| &label[..whose])
    }

    /// Is the last word of a label one for a group or an office?
    pub(super) fn is_collective(&self, label: &str) -> bool {
        if self.described_by_owner(label).is_some() {
            return true;
        }
        let Some(last) = label.split_whitespace().next_back() else { return true };
        let lower = last.to_lowercase();
        [WordClass::GroupNoun, WordClass::PersonNoun, WordClass::ActorDelegate]
            .iter()
            .any(|&class| self.is_one_or_several(&lower, class))
    }

    /// Is a word in small letters of the class, or what it is the plural of?
    pub(super) fn is_one_or_several(&self, word: &str, class: WordClass) -> bool {
        let singular = word.strip_suffix('s').unwrap_or(word);
        self.ontology.is(word, class) || self.ontology.is(singular, class)
    }
}
