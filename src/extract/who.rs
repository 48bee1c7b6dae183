//! Who is meant by a noun phrase or a pronoun.
//!
//! Names come from [`super::names`], and a file each reads appositions, offices ("the
//! Russian leader"), pairs ("the two sides"), nouns that point back ("the group") and
//! pronouns. This one asks them in turn, and adds groups that act for somebody ("its
//! forces"), documents that speak for their makers ("the Kremlin's account") and people
//! who are only described ("a White House aide"). What cannot be told stays untold
//! (codebook rule 8).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::claim::Participant;
use super::first_person;
use super::lexicon::Lexicon;
use super::name::{Known, NameSpan};
use super::names::{bodies_by_noun, find_names};
use super::office::Bearers;
use super::pronoun;
use super::speech::Speech;
use super::tree::{Tree, capitalised};
use super::turns;
use crate::annotate::{Deprel, Upos};
use crate::budget::{Budget, OverBudget};
use crate::corpus::{Document, Text};
use crate::ontology::{ActorKind, NameKind, Ontology, WordClass, kebab};

/// The longest "of" phrase, in words, that belongs to who is meant ("members of the remote
/// fishing village of Kula").
const OF_PHRASE: usize = 9;

/// How many words before a member of a group the noun for the group can stand.
const MEMBER_REACH: usize = 8;

/// How many words before a name a word that leaves it out can stand ("but not its partner").
const EXCLUSION: usize = 5;

/// Words before the dash of a dateline, at most.
const LONGEST_DATELINE: usize = 14;

/// Words of the name of a group that somebody speaks for, with what stands before it.
const LONGEST_GROUP: usize = 10;

/// How many words after the last name of a list the next can begin, with its title.
const LONGEST_TITLE: usize = 5;

/// Words that can stand between two dashes before the last name of a list.
const LONGEST_ASIDE: usize = 12;

/// Somebody who is meant, and the words that say so.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Referent {
    /// The actor; `None` for people who are only described.
    pub actor: Option<Known>,
    /// The words.
    pub text: String,
    /// Is it a group of several that is not told apart?
    pub plural: bool,
}

impl Referent {
    /// What identifies it in one document: the id, else its words.
    pub(super) fn key(&self) -> String {
        self.actor.as_ref().map_or_else(|| kebab(&self.text), |a| a.id.clone())
    }

    /// Is it one of these?
    pub(super) fn is_among(&self, others: &[Self]) -> bool {
        others.iter().any(|other| other.key() == self.key())
    }

    /// What kind of actor it is, if known.
    pub(super) fn kind(&self) -> Option<ActorKind> {
        self.actor.as_ref().map(|a| a.kind)
    }

    /// The form that claims have.
    pub(super) fn participant(&self) -> Participant {
        Participant {
            id: self.actor.as_ref().map(|a| a.id.clone()),
            label: self.actor.as_ref().map(|a| a.label.clone()),
            text: self.text.clone(),
        }
    }
}

/// What whoever asks in a transcript is called, by the codebook.
pub(super) const REPORTER: &str = "reporter";

/// All that is known of who is meant where in one document.
pub(super) struct Who<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) ontology: &'a Ontology,
    pub(super) lexicon: &'a Lexicon<'a>,
    pub(super) text: &'a Text,
    /// What the document is called, where that does not stand in its text.
    pub(super) title: Option<&'a str>,
    /// Who has written it, where that is told beside the text.
    pub(super) author: Option<&'a str>,
    pub(super) date: Option<Date>,
    pub(super) names: Vec<NameSpan>,
    name_at: Vec<Option<usize>>,
    /// Ids of all whom a name names, and how often.
    named: BTreeMap<String, usize>,
    /// How often the state is named that is named most.
    most_of_a_state: usize,
    /// See [`Who::reports_proceedings`].
    proceedings: bool,
    pub(super) bearers: Bearers,
    /// See [`bodies_by_noun`].
    pub(super) bodies_by_noun: BTreeMap<String, Vec<usize>>,
    /// For each word that heads a phrase about somebody: who.
    pub(super) meant: Vec<Vec<Referent>>,
}

impl<'a> Who<'a> {
    /// Reads a document from front to end. O(words × window of antecedents).
    pub(super) fn new(
        tree: &'a Tree<'a>,
        lexicon: &'a Lexicon<'a>,
        document: &'a Document,
        speech: &Speech,
    ) -> Self {
        let who = Self::within(tree, lexicon, document, speech, &Budget::unlimited());
        who.expect("what is unlimited is never used up")
    }

    /// As [`Who::new`], as long as the budget lasts.
    pub(super) fn within(
        tree: &'a Tree<'a>,
        lexicon: &'a Lexicon<'a>,
        document: &'a Document,
        speech: &Speech,
        budget: &Budget,
    ) -> Result<Self, OverBudget> {
        let ontology = lexicon.ontology;
        let Document { text, date, title, author, .. } = document;
        let (date, title, author) = (*date, title.as_deref(), author.as_deref());
        let names = find_names(tree, lexicon, date);
        budget.check()?;
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        let mut most_of_a_state = 0;
        for NameSpan { actor, .. } in &names {
            let times = named.entry(actor.id.clone()).or_default();
            *times += 1;
            if actor.kind == ActorKind::State {
                most_of_a_state = most_of_a_state.max(*times);
            }
        }
        let mut name_at = vec![None; tree.len()];
        for (n, name) in names.iter().enumerate() {
            for word in name.words.clone() {
                name_at[word] = Some(n);
            }
        }
        let meant = vec![Vec::new(); tree.len()];
        let proceedings = delegations(&names, tree, ontology) >= DELEGATIONS;
        let bearers = Bearers::of(&names, tree, ontology);
        let bodies_by_noun = bodies_by_noun(&names, tree);
        let mut who = Self {
            tree,
            ontology,
            lexicon,
            text,
            title,
            author,
            date,
            names,
            name_at,
            named,
            most_of_a_state,
            proceedings,
            bearers,
            bodies_by_noun,
            meant,
        };
        who.date = date.or_else(|| first_person::era(&who));
        for i in 0..tree.len() {
            budget.check_at(i)?;
            who.meant[i] = if turns::is_questioner(tree, lexicon, i) {
                vec![who.reporter(i)]
            } else if matches!(tree.upos(i), Upos::Pron | Upos::Det | Upos::Num) {
                pronoun::resolve(&who, i, speech)
            } else {
                who.describe(i)
            };
        }
        // "I" and "we" can stand before the words that say who speaks
        for i in 0..tree.len() {
            budget.check_at(i)?;
            if tree.upos(i) == Upos::Pron && who.meant[i].is_empty() {
                who.meant[i] = first_person::resolve(&who, i, speech);
            }
        }
        Ok(who)
    }

    /// Whoever asks in a transcript without a name ("QUESTION:", "Q").
    fn reporter(&self, label: usize) -> Referent {
        let actor = Known {
            id: REPORTER.to_owned(),
            label: REPORTER.to_owned(),
            kind: ActorKind::Person,
            gender: None,
        };
        Referent { actor: Some(actor), text: self.tree.word(label).form.clone(), plural: false }
    }

    /// Who is meant by the phrase that `head` heads, its coordinated parts included.
    pub(super) fn all(&self, head: usize) -> Vec<Referent> {
        let mut found: Vec<Referent> = Vec::new();
        let mut parts = self.tree.conjuncts(head);
        // a long list of names is seen whole as it stands, whatever the tree makes of it
        let listed = self.listed_with(head);
        parts.extend(listed.into_iter().filter(|w| !parts.contains(w)).collect::<Vec<_>>());
        parts.sort_unstable();
        let (members, all) = self.members(head);
        if all {
            // "four countries (Norway, Chad …)" are these
            parts.retain(|&part| part != head);
        }
        parts.extend(members);
        parts.extend(self.joined_by(head));
        parts.extend(self.speaker_with(head));
        parts.extend(self.represented(head));
        for part in parts {
            if part != head && self.tree.heads_clause(part) && self.tree.upos(part) == Upos::Verb
                || self.is_excluded(part)
            {
                continue;
            }
            let beside = self.beside_hyphen(part).into_iter().flat_map(|w| &self.meant[w]);
            for referent in self.meant[part].iter().chain(self.spoken_for(part)).chain(beside) {
                if found.iter().all(|f| f.key() != referent.key()) {
                    found.push(referent.clone());
                }
            }
        }
        found
    }

    /// "Kestria, but not its partner Tirvana", "Colombia, not Venezuela": is a member of a list
    /// the one who is not meant?
    pub(super) fn is_excluded(&self, member: usize) -> bool {
        let tree = self.tree;
        let start = tree.annotation().sentences[tree.sentence(member)].start;
        let first = self.name(member).map_or(member, |name| name.words.start);
        let inside =
            |w: usize| !matches!(tree.upos(w), Upos::Punct | Upos::Cconj | Upos::Verb | Upos::Aux);
        let is = |w: usize, class| self.ontology.is(&tree.word(w).form.to_lowercase(), class);
        let words = (start..first).rev().take(EXCLUSION).take_while(|&w| inside(w));
        let mut not = words.filter(|&w| is(w, WordClass::ExcludingWord));
        not.next().is_some_and(|not| {
            let limits = is(not + 1, WordClass::NegatedLimit); // "not only Kestria"
            // "has not Kestria", "he did not": the verb is denied, and nobody left out
            let apart = not == start || matches!(tree.upos(not - 1), Upos::Punct | Upos::Cconj);
            let end = self.name(member).map_or(member + 1, |name| name.words.end);
            let contrast = end < tree.len()
                && tree.is(end, Deprel::Cc)
                && self.ontology.is(tree.lemma(end), WordClass::ContrastWord);
            (apart || contrast) && !limits
        })
    }

    /// "U.S.-China talks", "the Israeli-Palestinian dispute": the other of two names that a
    /// hyphen joins.
    pub(super) fn beside_hyphen(&self, head: usize) -> Option<usize> {
        let name = self.name(head)?;
        let tree = self.tree;
        let joins = |w: usize| {
            w > 0
                && w + 1 < tree.len()
                && ["-", "–"].contains(&tree.word(w).form.as_str())
                && tree.word(w - 1).span.end == tree.word(w).span.start
                && tree.word(w).span.end == tree.word(w + 1).span.start
        };
        let after = joins(name.words.end).then(|| name.words.end + 1);
        let before = name.words.start.checked_sub(1).filter(|&w| joins(w)).map(|w| w - 1);
        let other = after.or(before)?;
        let other = self.name(other)?;
        (other.actor.id != name.actor.id).then_some(other.words.start)
    }

    /// "Chad, Niger, the RSF (RSF) and Mali": the names of the list, three at least, that a
    /// name stands in; none of a shorter one. "Chad, Niger pledge help" is a list of two.
    pub(super) fn listed_with(&self, head: usize) -> Vec<usize> {
        let (mut list, mut joined) = self.list_from(head);
        if list.is_empty() {
            return list;
        }
        while let Some((before, by_word)) = self.before_in_list(list[0]) {
            if by_word && list.len() > 1 {
                break;
            }
            joined |= by_word;
            list.insert(0, before);
        }
        let kinds: BTreeSet<bool> = list
            .iter()
            .filter_map(|&first| self.name(first))
            .map(|name| name.actor.kind == ActorKind::Person)
            .collect();
        let whole = if joined {
            list.len() > 2 || self.both_do(&list) || self.explains_several(list[0])
        } else {
            list.len() > 1 && self.all_do(&list)
        };
        let whole = whole && kinds.len() == 1;
        if whole { list } else { Vec::new() }
    }

    /// "Two trawler firms, Nordhav and Sealine, sued", "the two unions — the Bakers' League and
    /// Seamless — struck": does a list behind a comma or the like explain who several are?
    fn explains_several(&self, first: usize) -> bool {
        let tree = self.tree;
        let article = first.checked_sub(1).filter(|&w| tree.upos(w) == Upos::Det);
        let sets_off =
            |w: &usize| tree.word(*w).form == "," || tree.form_in_class(*w, WordClass::ListMark);
        let comma = article.unwrap_or(first).checked_sub(1).filter(sets_off);
        let beside = comma.and_then(|comma| comma.checked_sub(1));
        let apposed = self.name(first).and_then(|name| {
            name.words.clone().find(|&w| tree.is(w, Deprel::Appos)).and_then(|w| tree.head(w))
        });
        let several =
            |w: usize| tree.upos(w) == Upos::Noun && tree.is_plural(w) && self.name(w).is_none();
        comma.is_some() && apposed.or(beside).is_some_and(several)
    }

    /// "The United States of America (United States) and India are pleased": do two names with "and"
    /// between them open a sentence, right before its verb?
    fn both_do(&self, list: &[usize]) -> bool {
        let tree = self.tree;
        let start = tree.annotation().sentences[tree.sentence(list[0])].start;
        let opens = list[0] == start
            || list[0] == start + 1 && tree.in_class(start, WordClass::DefiniteArticle);
        let end = list.last().and_then(|&w| self.name(w)).map(|name| name.words.end);
        let verb =
            end.filter(|&w| w < tree.len() && matches!(tree.upos(w), Upos::Verb | Upos::Aux));
        let apart = list.last().and_then(|&w| self.name(w)).is_some_and(|name| {
            name.words.clone().all(|w| !tree.is(w, Deprel::Conj)) // the tree has not seen it
        });
        list.len() == 2 && opens && apart && verb.is_some()
    }

    /// "Carney, Scholz pledge help", "President Reed, Chairman Cole have agreed": do names with
    /// commas alone between them stand before a verb in the plural?
    fn all_do(&self, list: &[usize]) -> bool {
        let tree = self.tree;
        let Some(last) = list.last().and_then(|&w| self.name(w)) else { return false };
        let sentence = &tree.annotation().sentences[tree.sentence(list[0])];
        let end = last.words.end;
        let comma = end < sentence.end && tree.word(end).form == ",";
        let verb = if comma { end + 1 } else { end };
        let opens = (sentence.start..list[0])
            .all(|w| self.lexicon.names_calling(&tree.word(w).form) || tree.upos(w) == Upos::Det);
        opens
            && verb < sentence.end
            && matches!(tree.upos(verb), Upos::Verb | Upos::Aux)
            && (tree.word(verb).xpos == "VBP"
                || tree.word(verb).form.to_lowercase() == tree.lemma(verb))
    }

    /// The name after a comma or "and", and whether it is "and".
    fn next_in_list(&self, end: usize) -> Option<(Range<usize>, bool)> {
        let tree = self.tree;
        let form = |w: usize| (w < tree.len()).then(|| tree.word(w).form.as_str());
        let bracket = form(end) == Some("(") && form(end + 2) == Some(")");
        let abbreviated = bracket.then_some(end + 3);
        let past = || self.past_home(end).or_else(|| self.past_group(end));
        let end = abbreviated.or_else(past).unwrap_or(end);
        let mut at = end;
        let mut by_word = false;
        if form(at) == Some(",") {
            at += 1;
        }
        if at < tree.len() && tree.upos(at) == Upos::Cconj && tree.in_class(at, WordClass::Joining)
        {
            by_word = true;
            at += 1;
        }
        if at == end {
            return None;
        }
        at = self.past_aside(at);
        if at < tree.len() && tree.in_class(at, WordClass::DefiniteArticle) {
            at += 1;
        }
        let at = self.past_title(at);
        let name = (at < tree.len()).then(|| self.name(at)).flatten()?;
        let here = name.words.start == at && tree.sentence(at) == tree.sentence(end - 1);
        (here && name.how != crate::ontology::NameKind::Adjective)
            .then(|| (name.words.clone(), by_word))
    }

    /// "Zsolt Erdei of Miskola and Ada Wronska of Cieszbor": past where the person comes from whose
    /// name ends at `end`.
    fn past_home(&self, end: usize) -> Option<usize> {
        let tree = self.tree;
        let person = self.name(end.checked_sub(1)?)?.actor.kind == ActorKind::Person;
        let of = person && end < tree.len() && tree.in_class(end, WordClass::BelongingMark);
        let home = |&w: &usize| tree.upos(w) == Upos::Propn;
        let words = (end + 1..tree.len()).take(LONGEST_TITLE).take_while(home).count();
        (of && words > 0).then_some(end + 1 + words)
    }

    /// "Ecuador, on behalf of the group, and Samoa": past the group that the one speaks for whose name
    /// ends at `end`, where the list goes on behind it.
    fn past_group(&self, end: usize) -> Option<usize> {
        let tree = self.tree;
        let speaker = end.checked_sub(1).filter(|&w| !self.spoken_for(w).is_empty())?;
        let from = self.name(speaker)?.words.end + 1;
        (from..tree.len().min(from + LONGEST_GROUP)).find(|&w| tree.word(w).form == ",")
    }

    /// Past what stands between dashes: "Nepal and — to general surprise — Bhutan".
    fn past_aside(&self, at: usize) -> usize {
        let tree = self.tree;
        let mut near = at + 1..tree.len().min(at + LONGEST_ASIDE);
        let opens = at < tree.len() && tree.is_dash(at);
        let closing = opens.then(|| near.find(|&w| tree.is_dash(w))).flatten();
        let inside = closing.filter(|&w| tree.sentence(w) == tree.sentence(at));
        inside.map_or(at, |closing| closing + 1)
    }

    /// Past the title before a person's name, if one starts at `at`: "President Reed", "Italian Prime
    /// Minister Rosa Inder".
    pub(super) fn past_title(&self, at: usize) -> usize {
        let tree = self.tree;
        // "German" is both an adjective and whoever comes from there
        let of_state =
            self.name(at).is_some_and(|n| n.how != NameKind::Name && n.words == (at..at + 1));
        let from = if of_state { at + 1 } else { at };
        let end = tree.len().min(from + LONGEST_TITLE);
        let plain = |w: usize| self.name(w).is_none() && capitalised(&tree.word(w).form);
        let past = (from..end).find(|&w| !plain(w)).unwrap_or(end);
        let person = self
            .name(past)
            .is_some_and(|n| n.words.start == past && n.actor.kind == ActorKind::Person);
        // the annotator can take the last word of a title for one of the name
        let calling = (from..tree.len().min(past + 1))
            .any(|w| self.lexicon.names_calling(&tree.word(w).form));
        if past > at && person && calling { past } else { at }
    }

    /// The first words of the names of a list from the name at `head` on, and whether "and"
    /// stands before the last; none where no name stands there.
    fn list_from(&self, head: usize) -> (Vec<usize>, bool) {
        let Some(name) = self.name(head) else { return (Vec::new(), false) };
        let (mut list, mut end, mut joined) = (vec![name.words.start], name.words.end, false);
        while let Some((next, by_word)) = self.next_in_list(end).filter(|_| !joined) {
            list.push(next.start);
            (end, joined) = (next.end, by_word);
        }
        (list, joined)
    }

    /// Those whom the list names that begins at `first`, with a title or an article or without.
    pub(super) fn listed_from(&self, first: usize) -> Vec<Referent> {
        let article = first < self.tree.len() && self.tree.upos(first) == Upos::Det;
        let list = self.list_from(self.past_title(first + usize::from(article))).0;
        let named = list.iter().filter_map(|&w| self.name(w));
        named.map(|name| self.referent(name.actor.clone(), name.words.start)).collect()
    }

    /// The first word of the name that the one at `first` follows in a list, and whether "and"
    /// stands between.
    fn before_in_list(&self, first: usize) -> Option<(usize, bool)> {
        let at = self.names.partition_point(|n| n.words.start < first);
        // "Ecuador, on behalf of the group, and Samoa": not the group
        let speaker = at.checked_sub(2).filter(|&n| {
            let end = self.names[n].words.end;
            let next = self.past_group(end).and_then(|_| self.next_in_list(end));
            next.is_some_and(|(next, _)| next.start == first)
        });
        let before = &self.names[speaker.or(at.checked_sub(1))?].words;
        // "which, according to AFP, Norland and Chad have criticised"
        let reporter = (before.start.saturating_sub(2)..before.start)
            .any(|w| self.tree.in_class(w, WordClass::AccordingTo));
        if reporter {
            return None;
        }
        let (next, by_word) = self.next_in_list(before.end)?;
        (next.start == first).then_some((before.start, by_word))
    }

    /// "several countries, including Norway and Chad", "four countries (Norway, Chad …)", "two
    /// states: Norway and Chad": the members that are named, and whether they are all of them.
    pub(super) fn members(&self, head: usize) -> (Vec<usize>, bool) {
        let tree = self.tree;
        let group =
            tree.is_plural(head) || self.ontology.is(tree.lemma(head), WordClass::GroupNoun);
        if self.name(head).is_some() || !group {
            return (Vec::new(), false);
        }
        let form = |w: usize| tree.word(w).form.to_lowercase();
        let end = tree.annotation().sentences[tree.sentence(head)].end;
        let below = tree.subtree(head).into_iter().max().unwrap_or(head) + 1;
        let including = |&w: &usize| {
            let two = || (w + 1 < end).then(|| format!("{} {}", form(w), form(w + 1)));
            let is = |words: &str| self.ontology.is(words, WordClass::Including);
            let says = is(&form(w)) || two().is_some_and(|two| is(&two));
            (w < below || !is(&form(w))) && says && (form(w - 1) == "," || w == head + 1)
        };
        let opens = |w: &usize| self.ontology.is(&form(*w), WordClass::ListMark);
        let near = || (head + 1..end).take(8);
        let all = || near().find(opens).filter(|&w| self.is_list(w + 1));
        let some = near().find(including);
        let whole = if some.is_none() { all() } else { None };
        let Some(before) = some.or(whole) else { return (Vec::new(), false) };
        let first = (before + 1..end).take(3).find(|&w| self.name(w).is_some());
        let members = first.map(|first| self.list_from(first).0).unwrap_or_default();
        let all = whole.is_some() && !members.is_empty();
        (members, all)
    }

    /// "Thirty-one countries, among them Fiji", of which the member was found: the group.
    pub(super) fn group_of_member(&self, head: usize) -> Option<usize> {
        let tree = self.tree;
        let name = self.name(head)?;
        let start = tree.annotation().sentences[tree.sentence(head)].start;
        let near = name.words.start.saturating_sub(MEMBER_REACH).max(start);
        let group = (near..name.words.start).rev().find(|&w| {
            // "developing countries" are a group by their name
            let group = self.name(w).is_none_or(|n| n.actor.kind == ActorKind::Group);
            tree.upos(w) == Upos::Noun && tree.is_plural(w) && group
        })?;
        let (members, all) = self.members(group);
        (!all && members.contains(&name.words.start)).then_some(group)
    }

    /// Do two names at least stand in a list from `first` on?
    fn is_list(&self, first: usize) -> bool {
        let end = self.tree.len().min(first + 2);
        let first = (first..end).find(|&w| self.name(w).is_some());
        first.is_some_and(|first| {
            let (list, joined) = self.list_from(first);
            list.len() > 1 && joined
        })
    }

    /// "Brazil, with the G77 and China, argued": the names beside a name, set off by commas.
    pub(super) fn joined_by(&self, head: usize) -> Vec<usize> {
        let tree = self.tree;
        let Some(name) = self.name(head) else { return Vec::new() };
        let form = |w: usize| (w < tree.len()).then(|| tree.word(w).form.as_str());
        // "Bolivia, for the G77, with Brazil, argued"
        let group = (name.words.end + 1..tree.len().min(name.words.end + LONGEST_GROUP))
            .find(|&w| form(w) == Some(","))
            .filter(|_| !self.spoken_for(head).is_empty());
        let comma = group.unwrap_or(name.words.end);
        let with = form(comma) == Some(",")
            && form(comma + 1).is_some_and(|f| self.ontology.is(f, WordClass::JoinedBy));
        if !with {
            return Vec::new();
        }
        // "together with the Nurses' College"
        let idle = |&w: &usize| {
            matches!(tree.upos(w), Upos::Adp | Upos::Det | Upos::Sconj) || self.name(w).is_some()
        };
        let after = (comma + 2..(comma + 6).min(tree.len())).take_while(idle);
        let first = after.into_iter().find(|&w| self.name(w).is_some());
        let Some(first) = first else {
            // "Marta Olin, along with two deputies from the coalition, refused"
            let people = |&w: &usize| {
                tree.is_plural(w) && self.ontology.is(tree.lemma(w), WordClass::PersonNoun)
            };
            let described = (comma + 2..(comma + 6).min(tree.len())).find(people);
            let both = name.actor.kind == ActorKind::Person;
            return described.filter(|_| both).into_iter().collect();
        };
        let mut list = self.list_from(first).0;
        let Some(last) = list.last().and_then(|&w| self.name(w)) else { return Vec::new() };
        let people = |w: usize| {
            self.name(w).is_some_and(|n| n.actor.kind == ActorKind::Person)
                == (name.actor.kind == ActorKind::Person)
        };
        if form(last.words.end) != Some(",") {
            list.clear();
        }
        list.retain(|&w| people(w));
        list
    }

    /// "Nauru, for AOSIS, opposed the text": the group that a name speaks for.
    pub(super) fn spoken_for(&self, head: usize) -> &[Referent] {
        let tree = self.tree;
        let Some(name) = self.name(head) else { return &[] };
        let form = |w: usize| (w < tree.len()).then(|| tree.word(w).form.as_str());
        let is = |w: usize, class: WordClass| form(w).is_some_and(|f| self.ontology.is(f, class));
        let comma = name.words.end;
        // "Tuvalu, on behalf of the forum,", "Bolivia, speaking for ALBA,"
        let longer = (comma + 1..comma + 3).any(|w| is(w, WordClass::OnBehalf));
        if form(comma) != Some(",") || !longer {
            return &[];
        }
        let behind = (comma + 2..(comma + 6).min(tree.len())).find(|&w| self.name(w).is_some());
        let Some(group) = behind.and_then(|w| self.name(w)) else { return &[] };
        let idle = (comma + 2..group.words.start)
            .all(|w| matches!(tree.upos(w), Upos::Det | Upos::Adp | Upos::Noun | Upos::Sconj));
        let mut end = group.words.end;
        // "the Baltic Group" is told by an adjective
        if group.how == NameKind::Adjective
            && tree.head(group.words.start) == Some(end)
            && capitalised(&tree.word(end).form)
        {
            end += 1;
            let ends = form(end).is_some_and(|f| [",", ":", ";"].contains(&f));
            return if idle && ends { &self.meant[end - 1] } else { &[] };
        }
        let ends =
            form(end).is_some_and(|f| [",", ":", ";"].contains(&f)) || is(end, WordClass::Joining);
        let a_group = matches!(group.actor.kind, ActorKind::Organisation | ActorKind::Group);
        if idle && ends && a_group { &self.meant[group.words.start] } else { &[] }
    }

    /// "On behalf of the families, the lawyer Rui Mendes rejected it": the noun for those whom the
    /// subject of a sentence that begins so speaks for.
    pub(super) fn represented(&self, head: usize) -> Option<usize> {
        let tree = self.tree;
        let sentence = &tree.annotation().sentences[tree.sentence(head)];
        let behalf = sentence.start + 1;
        let first = self.name(head).map_or(head, |name| name.words.start);
        let begins = behalf + 3 < sentence.end.min(first)
            && tree.upos(behalf) == Upos::Noun
            && tree.form_in_class(behalf, WordClass::OnBehalf)
            && tree.in_class(behalf + 1, WordClass::BelongingMark);
        let whose = tree.head(begins.then_some(behalf + 1)?).filter(|&whose| whose < first)?;
        let comma = (whose + 1..first).find(|&w| tree.word(w).form == ",")?;
        // the subject stands right behind the phrase
        let near = (comma + 1..first)
            .all(|w| matches!(tree.upos(w), Upos::Det | Upos::Noun | Upos::Adj | Upos::Propn));
        near.then_some(whose)
    }

    /// "Nauru, for AOSIS, opposed the text", "Brazil, with the G77, argued", of which the second
    /// name was found: the first word of the first.
    pub(super) fn speaker_with(&self, head: usize) -> Option<usize> {
        let name = self.name(head)?;
        let comma = name.words.end < self.tree.len() && self.tree.word(name.words.end).form == ",";
        let same = |r: &Referent| r.key() == name.actor.id;
        let speaks = |speaker: &&NameSpan| {
            let first = speaker.words.start;
            let together = self.joined_by(first).contains(&name.words.start)
                || self.spoken_for(first).iter().any(same);
            comma && together && self.tree.sentence(first) == self.tree.sentence(head)
        };
        // whoever speaks for the group, before the group
        let reach = LONGEST_TITLE + LONGEST_GROUP;
        let before: Vec<_> = self.names_before(name.words.start, reach).take(2).collect();
        before.into_iter().rev().find(speaks).map(|speaker| speaker.words.start)
    }

    /// Who is meant by the phrase that `head` heads, without coordinated parts.
    pub(super) fn one(&self, head: usize) -> &[Referent] {
        &self.meant[head]
    }

    /// Does the text name the actor of that id anywhere?
    pub(super) fn is_named(&self, id: &str) -> bool {
        self.named.contains_key(id)
    }

    /// Is the text a report of proceedings, in which delegations take the floor one after the other?
    pub(super) fn reports_proceedings(&self) -> bool {
        self.proceedings
    }

    /// Does the whole text name no other state more often than this one?
    pub(super) fn is_main_state(&self, state: &Referent) -> bool {
        self.named.get(&state.key()).copied().unwrap_or_default() >= self.most_of_a_state
    }

    /// The name at `word`, if one stands there; none behind the last word.
    pub(super) fn name(&self, word: usize) -> Option<&NameSpan> {
        self.name_at.get(word).copied().flatten().map(|n| &self.names[n])
    }

    pub(super) fn known(&self, actor: &crate::ontology::Actor) -> Known {
        Known::from(actor)
    }

    /// "LONDON/PARIS (Reuters) - Germany …": does a word stand in a dateline, which says where, and
    /// means nobody?
    pub(super) fn in_dateline(&self, word: usize) -> bool {
        let tree = self.tree;
        let sentence = &tree.annotation().sentences[tree.sentence(word)];
        if word - sentence.start >= LONGEST_DATELINE {
            return false;
        }
        let capitals = |w: usize| tree.word(w).form.chars().filter(|c| c.is_uppercase()).count();
        let large = |w: usize| !tree.word(w).form.chars().any(char::is_lowercase);
        let reach = sentence.start..sentence.end.min(sentence.start + LONGEST_DATELINE);
        // "Lisbon, Portugal: Mozambique threw out the accord"
        let place = |w: usize| {
            tree.word(w).form == ","
                || self.name(w).map_or(tree.upos(w) == Upos::Propn, |name| {
                    matches!(name.actor.kind, ActorKind::Place | ActorKind::State)
                })
        };
        let colon = reach.clone().find(|&w| !place(w)).filter(|&w| tree.word(w).form == ":");
        let comma = |colon: usize| (sentence.start..colon).any(|w| tree.word(w).form == ",");
        if tree.sentence(word) == 0 && colon.is_some_and(|colon| word < colon && comma(colon)) {
            return true;
        }
        reach.into_iter().skip(1).find(|&w| tree.is_dash(w)).is_some_and(|dash| {
            word < dash && large(sentence.start) && capitals(sentence.start) > 2
        })
    }

    /// The names that begin in a stretch of words, in text order.
    pub(super) fn names_in(&self, words: &Range<usize>) -> &[NameSpan] {
        let at = |word: usize| self.names.partition_point(|name| name.words.start < word);
        &self.names[at(words.start)..at(words.end).max(at(words.start))]
    }

    /// The names that end before `i` and begin at most so many words before it, the nearest first.
    pub(super) fn names_before(&self, i: usize, words: usize) -> impl Iterator<Item = &NameSpan> {
        let end = self.names.partition_point(|name| name.words.end <= i);
        let near = move |name: &&NameSpan| name.words.start + words >= i;
        self.names[..end].iter().rev().take_while(near)
    }

    /// The words of a noun phrase up to its head, with an "of" phrase and without
    /// whatever else follows.
    pub(super) fn words(&self, head: usize) -> String {
        self.slice(self.stretch(head))
    }

    /// The words as they stand in the text.
    pub(super) fn slice(&self, words: Range<usize>) -> String {
        self.text.slice(self.tree.annotation().span(words)).to_owned()
    }

    /// Where [`Self::words`] stand.
    pub(super) fn stretch(&self, head: usize) -> Range<usize> {
        let tree = self.tree;
        let plain = |c: usize| {
            let below = tree.subtree(c);
            below.len() <= OF_PHRASE
                && below.iter().all(|&w| {
                    // "a group of developing countries"
                    !matches!(tree.upos(w), Upos::Verb | Upos::Aux) || tree.is(w, Deprel::Amod)
                })
        };
        let of = |c: usize| {
            tree.is(c, Deprel::Nmod)
                && tree.head(c) == Some(head)
                && tree.marked(c, WordClass::BelongingMark)
                && plain(c)
        };
        let belongs = |c: usize| std::iter::once(c).chain(tree.ancestors(c)).any(of);
        let hyphen = |c: usize| tree.word(c).form == "-" && c < head;
        let counts =
            |c: usize| tree.head(c).is_some_and(|n| tree.is(n, Deprel::Nummod) && n < head);
        let part = tree.subtree_without(head, |c| {
            if belongs(c) {
                return tree.is(c, Deprel::Punct);
            }
            c > head && !tree.is(c, Deprel::Flat) && !tree.is(c, Deprel::Compound)
                || tree.is(c, Deprel::Punct) && !hyphen(c)
                || counts(c) // "at least 20 people"
                || tree.is(c, Deprel::Cc) && tree.head(c) == Some(head)
                || tree.is(c, Deprel::Conj) && tree.head(c) == Some(head)
                || tree.is(c, Deprel::Case) && tree.head(c) == Some(head)
                || tree.is(c, Deprel::Mark)
                || tree.is(c, Deprel::Nsubj) // "Uganda is the only country"
                || tree.is(c, Deprel::Cop)
                || tree.is(c, Deprel::Appos)
                || tree.is(c, Deprel::Acl)
        });
        // only the run of words that holds the head
        let mut first = head;
        while first > 0 && part.contains(&(first - 1)) {
            first -= 1;
        }
        let mut end = head + 1;
        while part.contains(&end) {
            end += 1;
        }
        let loose = |w: usize| matches!(tree.upos(w), Upos::Adp | Upos::Det | Upos::Cconj);
        first..Tree::trimmed(head..end, loose).end
    }

    /// Somebody of whom nothing is known but the words of the phrase that `head` heads.
    pub(super) fn unknown(&self, head: usize, plural: bool) -> Referent {
        Referent { actor: None, text: self.words(head), plural }
    }

    pub(super) fn referent(&self, actor: Known, head: usize) -> Referent {
        Referent { actor: Some(actor), text: self.words(head), plural: false }
    }

    /// A noun or adjective that is no pronoun.
    fn describe(&self, i: usize) -> Vec<Referent> {
        let tree = self.tree;
        let (upos, lemma) = (tree.upos(i), tree.lemma(i));
        // "the United Kingdom", whatever the annotator takes its first word for
        if let Some(name) = self.name(i).filter(|_| !matches!(upos, Upos::Punct | Upos::Adp)) {
            return self.named(i, name);
        }
        if !matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) {
            return Vec::new();
        }
        if let Some(person) =
            self.name_inside(i).or_else(|| self.name_after(i)).or_else(|| self.name_of(i))
        {
            return person;
        }
        if let Some(named) = self.apposed_to(i) {
            return named;
        }
        if let Some(actor) = self.pointed_at(i) {
            return actor;
        }
        if let Some(one) = self.former_or_latter(i) {
            return one;
        }
        if let Some(these) = self.pair(i).or_else(|| self.counted(i)) {
            return these;
        }
        // whom the text itself calls "Norwegian Prime Minister" is meant, whoever else was one
        let introduced = self.introduced_as(i);
        let own = introduced.is_some() && self.qualifier(i).is_some();
        let holder = if own { introduced } else { self.office(i).or(introduced) };
        if let Some(holder) = holder {
            return holder;
        }
        if let Some(state) = self.country_of_owner(i) {
            return state;
        }
        if let Some(group) = self.collective(i) {
            return group;
        }
        if let Some(state) = self.government_spoken_of(i) {
            return state;
        }
        if self.ontology.is(lemma, WordClass::StatementNoun) {
            return self.owner(i);
        }
        if let Some(other) = self.other_of_two(i) {
            return vec![other];
        }
        if let Some(again) = self.named_again(i).or_else(|| self.fighters_spoken_of(i)) {
            return again;
        }
        if upos == Upos::Noun || upos == Upos::Propn {
            let person = self.ontology.is(lemma, WordClass::PersonNoun);
            let group = self.ontology.is(lemma, WordClass::GroupNoun);
            if person || group {
                return self.described(i, group);
            }
        }
        Vec::new()
    }

    fn named(&self, i: usize, name: &NameSpan) -> Vec<Referent> {
        let tree = self.tree;
        if name.actor.kind == ActorKind::Place {
            return Vec::new();
        }
        let text = self.text.slice(tree.annotation().span(name.words.clone()));
        let text = self.lexicon.without_possessive(text).to_owned();
        if let Some(other) = self.of_another_state(i, name) {
            return vec![other];
        }
        if name.how == NameKind::Demonym
            && tree.upos(i) != Upos::Adj
            && tree.child(i, Deprel::Det).is_some()
            && matches!(tree.word(i).xpos, "NN" | "NNP")
        {
            // "the Russian will need to decide": the person of that state spoken of last
            if let Some(person) = self.last_person_of(i, &name.actor.id) {
                return vec![Referent { text, ..person }];
            }
        }
        vec![Referent { actor: Some(name.actor.clone()), text, plural: false }]
    }

    /// "The Libyan House of Representatives": a known name with the adjective of a state that
    /// it does not belong to is another body of that name.
    fn of_another_state(&self, i: usize, name: &NameSpan) -> Option<Referent> {
        let acts_for = self.ontology.actor(&name.actor.id)?.acts_for.as_ref()?;
        let tree = self.tree;
        let before = name.words.start.checked_sub(1)?;
        let stranger = self.name(before).filter(|n| {
            n.actor.kind == ActorKind::State
                && n.actor.id != *acts_for
                && n.words.end == name.words.start
                && tree.upos(before) == Upos::Adj
                && tree.sentence(before) == tree.sentence(i)
        })?;
        let span = tree.annotation().span(stranger.words.start..name.words.end);
        let label = self.text.slice(span).to_owned();
        let actor = Known { id: kebab(&label), label: label.clone(), ..name.actor.clone() };
        Some(Referent { actor: Some(actor), text: label, plural: false })
    }

    /// The state or organisation that a noun belongs to by adjective, possessor or "of".
    pub(super) fn state_of(&self, i: usize) -> Option<String> {
        self.owner_of(i).and_then(|referent| {
            let actor = referent.actor?;
            match actor.kind {
                ActorKind::Person => {
                    // "his forces", "Trump's administration": the person's state
                    let person = self.ontology.actor(&actor.id)?;
                    self.body_of(person).map(|body| body.id.clone())
                }
                ActorKind::Institution => self
                    .ontology
                    .actor(&actor.id)
                    .and_then(|a| a.acts_for.clone())
                    .or(Some(actor.id)),
                _ => Some(actor.id),
            }
        })
    }

    /// Whoever a noun belongs to by adjective, name before it, possessor, or "of".
    pub(super) fn owner_of(&self, i: usize) -> Option<Referent> {
        let tree = self.tree;
        let before = |c: &usize| {
            *c < i
                && [Deprel::Compound, Deprel::Amod, Deprel::Flat]
                    .iter()
                    .any(|&rel| tree.is(*c, rel))
        };
        let mut places: Vec<usize> = tree.children(i).iter().copied().filter(before).collect();
        places.extend(tree.children_by(i, Deprel::Nmod).filter(|&c| c < i));
        // "Mr. al-Bashir's government", whatever the tree makes of it
        let mark = i.checked_sub(2).filter(|_| places.is_empty() && tree.word(i - 1).xpos == "POS");
        let owner = mark.filter(|&w| tree.sentence(w) == tree.sentence(i));
        places.extend(owner.and_then(|w| self.name(w)).map(|name| name.words.start));
        places.extend(tree.children_by(i, Deprel::Nmod).filter(|&c| {
            c > i
                && (tree.marked(c, WordClass::BelongingMark)
                    || tree.marked(c, WordClass::VoiceMark))
        }));
        places.iter().find_map(|&p| {
            let own = self.meant[p].first().cloned();
            own.or_else(|| {
                // possessor phrases that are described later in the text than they are met
                (p > i)
                    .then(|| self.name(p).map(|n| self.named(p, n)))
                    .flatten()?
                    .into_iter()
                    .next()
            })
        })
    }

    /// "The governments of Israel and Lebanon", "the Thai and Lao governments": the states, two at
    /// least.
    fn owners(&self, i: usize) -> Option<Vec<Referent>> {
        let mut found: Vec<Referent> = Vec::new();
        for name in self.names_around(i).filter(|name| name.actor.kind == ActorKind::State) {
            if found.iter().all(|f| f.key() != name.actor.id) {
                found.push(self.referent(name.actor.clone(), i));
            }
        }
        (found.len() > 1).then_some(found)
    }

    /// The names that say whose the noun at `i` is, right before it or behind "of", coordinated
    /// ones too.
    pub(super) fn names_around(&self, i: usize) -> impl Iterator<Item = &NameSpan> {
        let tree = self.tree;
        let whose = tree.children(i).iter().copied().filter(move |&c| {
            c < i && (tree.is(c, Deprel::Amod) || tree.is(c, Deprel::Compound))
                || c > i && tree.is(c, Deprel::Nmod) && tree.marked(c, WordClass::BelongingMark)
        });
        whose.flat_map(|c| tree.conjuncts(c)).filter_map(|place| self.name(place))
    }

    fn owner(&self, i: usize) -> Vec<Referent> {
        self.owner_of(i).into_iter().collect()
    }

    /// "Russian forces", "the US administration", "the Israeli side".
    fn collective(&self, i: usize) -> Option<Vec<Referent>> {
        let lemma = self.tree.lemma(i);
        let phrase = self
            .tree
            .children_by(i, Deprel::Amod)
            .chain(self.tree.children_by(i, Deprel::Compound))
            .filter(|&c| c + 1 == i)
            .map(|c| format!("{} {lemma}", self.tree.lemma(c)))
            .next();
        let fits = |names: &[String], label: &str| {
            let is = |w: &str| {
                label.eq_ignore_ascii_case(w) || names.iter().any(|n| n.eq_ignore_ascii_case(w))
            };
            is(lemma)
                || phrase.as_deref().is_some_and(is)
                || is(&self.tree.word(i).form.to_lowercase())
        };
        let collective = self.ontology.collectives.iter().find(|c| fits(&c.names, &c.label))?;
        // "Sudan's army chief": the army is Sudan's too
        let above = self
            .tree
            .head(i)
            .filter(|_| self.tree.is(i, Deprel::Compound))
            .and_then(|head| self.state_of(head));
        if self.tree.is_plural(i)
            && let Some(owners) = self.owners(i).filter(|_| collective.stands_for_owner)
        {
            return Some(owners);
        }
        let Some(owner) = self.state_of(i).or(above) else {
            // "the administration", "troops" of nobody in particular
            return None;
        };
        let actor = self.ontology.actor(&owner);
        if actor.is_none()
            && let Some(forces) = self.owner_of(i).and_then(|o| o.actor)
            && forces.kind == ActorKind::Forces
        {
            return Some(vec![self.referent(forces, i)]); // "the army … its warplanes"
        }
        let whole = |a: &crate::ontology::Actor| a.kind == ActorKind::Organisation;
        let named_so = |c: &usize| *c < i && !self.tree.is(*c, Deprel::NmodPoss);
        let tree = self.tree;
        if actor.is_some_and(whole)
            && tree.children(i).iter().any(|c| named_so(c) && !self.meant[*c].is_empty())
        {
            // "the Houthi militants", "FARC rebels": the movement is its fighters
            return actor.map(|actor| vec![self.referent(self.known(actor), i)]);
        }
        if collective.stands_for_owner {
            let known = match actor {
                Some(actor) => self.known(actor),
                None => self.owner_of(i)?.actor?,
            };
            return Some(vec![self.referent(known, i)]);
        }
        let adjective = actor
            .and_then(|a| a.adjectives.first().cloned())
            .or_else(|| actor.map(|a| a.label.clone()))
            .unwrap_or(owner);
        let label = format!("{adjective} {}", collective.label);
        let known = Known { id: kebab(&label), label, kind: ActorKind::Forces, gender: None };
        Some(vec![self.referent(known, i)])
    }
}

/// How many states say something in a report of proceedings, at least.
const DELEGATIONS: usize = 5;

/// How many states are the subject of a verb of saying.
fn delegations(names: &[NameSpan], tree: &Tree<'_>, ontology: &Ontology) -> usize {
    let says = |w: usize| {
        let verb = tree.head(w).filter(|_| tree.is(w, Deprel::Nsubj));
        verb.is_some_and(|verb| ontology.is(tree.lemma(verb), WordClass::SpeechVerb))
    };
    let states = names.iter().filter(|n| n.actor.kind == ActorKind::State);
    let speaking = states.filter(|n| n.words.clone().any(says));
    speaking.map(|n| n.actor.id.as_str()).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn forces_and_governments() {
        reads("The Rwandan army shelled Goma.", &["actual attack [rwandan-forces] ‹Goma›"]);
        reads("Turkish troops attacked Kobani.", &["actual attack [turkish-forces] ‹Kobani›"]);
        reads(
            "The Sudanese army and the RSF signed a truce.",
            &["actual cooperate [sudanese-forces, rapid-support-forces] ‹a truce›"],
        );
        reads(
            "The Mexican government rejected the tariffs.",
            &["actual reject [mexico] ‹the tariffs›"],
        );
        reads("The Iranian side proposed a pause.", &["actual propose [iran] ‹a pause›"]);
        reads("Troops marched home.", &[]);
    }

    #[test]
    fn capitals_and_seats_of_power() {
        reads("Pyongyang rejected the offer.", &["actual reject [north-korea] ‹the offer›"]);
        reads("Brussels rejected the offer.", &["actual reject [european-union] ‹the offer›"]);
        reads(
            "Downing Street rejected the offer.",
            &["actual reject [downing-street] ‹the offer›"],
        );
        reads("The town rejected the offer.", &["actual reject [“The town”] ‹the offer›"]);
    }

    #[test]
    fn somebody_described() {
        reads(
            "A senior Hamas official rejected the truce.",
            &["actual reject [hamas] ‹the truce›"],
        );
        reads("Eritrea backed the rebels.", &["actual aid [eritrea] to [“the rebels”]"]);
        reads("A man crossed the street.", &[]);
    }

    #[test]
    fn members_in_brackets_and_governments_of_several() {
        reads(
            "Three countries (Norway, Chad and Peru) rejected the plan.",
            &["actual reject [norway, chad, peru] ‹the plan›"],
        );
        reads(
            "The governments of Israel and Lebanon rejected the plan.",
            &["actual reject [israel, lebanon] ‹the plan›"],
        );
    }

    #[test]
    fn a_list_with_commas_alone() {
        reads(
            "President Kagame, President Tshisekedi have accepted the truce.",
            &["actual accept [paul-kagame, felix-tshisekedi] ‹the truce›"],
        );
        reads(
            "Macron, Starmer reject the tariffs.",
            &["actual reject [emmanuel-macron, keir-starmer] ‹the tariffs›"],
        );
        reads(
            "Sheinbaum held talks with Josep Borrell, German Chancellor Olaf Scholz, French President Emmanuel Macron and Italian Prime Minister Giorgia Meloni.",
            &[
                "actual consult [claudia-sheinbaum] to [josep-borrell, olaf-scholz, emmanuel-macron, giorgia-meloni] ‹talks›",
            ],
        );
        reads(
            "Macron, who met Starmer, rejects the tariffs.",
            &[
                "actual consult [emmanuel-macron] to [keir-starmer]",
                "actual reject [emmanuel-macron] ‹the tariffs›",
            ],
        );
    }

    #[test]
    fn those_whom_somebody_speaks_for() {
        reads(
            "On behalf of Norway, the lawyer Rui Mendes rejected the text.",
            &["actual reject [rui-mendes, norway] ‹the text›"],
        );
        reads(
            "The Netherlands, on behalf of the Baltic Group, rejected the text.",
            &["actual reject [netherlands, baltic-group] ‹the text›"],
        );
    }

    #[test]
    fn two_names_before_their_verb() {
        reads(
            "The United States of America (United States) and India rejected the text.",
            &["actual reject [united-states, india] ‹the text›"],
        );
        reads(
            "A policy which, according to AFP, Norway and Chad rejected, is over.",
            &["actual reject [norway, chad] ‹A policy›"],
        );
    }

    #[test]
    fn a_speaker_for_a_group_and_those_who_join_him() {
        reads(
            "Mexico, for the G7, with Canada and Japan, rejected the text.",
            &["actual reject [mexico, g7, canada, japan] ‹the text›"],
        );
    }

    #[test]
    fn those_who_join_a_speaker() {
        reads(
            "Brazil, with Canada and Norway, rejected the text.",
            &["actual reject [brazil, canada, norway] ‹the text›"],
        );
        reads("Brazil, with regret, rejected the text.", &["actual reject [brazil] ‹the text›"]);
    }

    #[test]
    fn an_aside_before_the_last_of_a_list() {
        reads(
            "Norway, Chad and — with a reservation — Peru rejected the quota.",
            &["actual reject [norway, chad, peru] ‹the quota›"],
        );
        reads(
            "Norway, Ecuador, on behalf of the African Union, and Samoa rejected the quota.",
            &["actual reject [norway, ecuador, african-union, samoa] ‹the quota›"],
        );
    }
}
