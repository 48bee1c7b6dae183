//! Who is meant by a noun phrase or a pronoun.
//!
//! Names come from [`super::names`]; this file adds offices ("the Russian leader"),
//! groups that act for somebody ("its forces"), pairs ("the two sides"),
//! documents that speak for their makers ("the Kremlin's account") and people who
//! are only described ("a White House aide"). What cannot be told stays untold
//! (codebook rule 8).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::claim::Participant;
use super::lexicon::Lexicon;
use super::names::{Known, NameSpan, find_names};
use super::pronoun;
use super::tree::Tree;
use crate::annotate::Upos;
use crate::corpus::Text;
use crate::ontology::{ActorKind, NameKind, Ontology, kebab};

/// How many sentences back the two of "the two leaders" are sought.
const PAIR_REACH: usize = 6;

/// How much a mention counts for "the two sides" that is one sentence further back.
const FADING: f64 = 0.95;

/// The longest "of" phrase, in words, that belongs to who is meant ("relatives of the
/// hostages").
const OF_PHRASE: usize = 4;

/// Somebody who is meant, and the words that say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Referent {
    /// The actor; `None` for people who are only described.
    pub actor: Option<Known>,
    /// The words.
    pub text: String,
    /// Is it a group of several that is not told apart?
    pub plural: bool,
}

impl Referent {
    /// What identifies it in one document: the id, else its words.
    pub fn key(&self) -> String {
        self.actor.as_ref().map_or_else(|| kebab(&self.text), |a| a.id.clone())
    }

    /// What kind of actor it is, if known.
    pub fn kind(&self) -> Option<ActorKind> {
        self.actor.as_ref().map(|a| a.kind)
    }

    /// The form that claims have.
    pub fn participant(&self) -> Participant {
        Participant {
            id: self.actor.as_ref().map(|a| a.id.clone()),
            label: self.actor.as_ref().map(|a| a.label.clone()),
            text: self.text.clone(),
        }
    }
}

/// All that is known of who is meant where in one document.
pub struct Who<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) ontology: &'a Ontology,
    pub(super) lexicon: &'a Lexicon<'a>,
    text: &'a Text,
    date: Option<Date>,
    names: Vec<NameSpan>,
    name_at: Vec<Option<usize>>,
    /// For each word that heads a phrase about somebody: who.
    pub(super) meant: Vec<Vec<Referent>>,
}

impl<'a> Who<'a> {
    /// Reads a document from front to end. O(words × window of antecedents).
    pub fn new(
        tree: &'a Tree<'a>,
        lexicon: &'a Lexicon<'a>,
        text: &'a Text,
        date: Option<Date>,
        speakers: &[Option<usize>],
    ) -> Self {
        let ontology = lexicon.ontology;
        let names = find_names(tree, lexicon);
        let mut name_at = vec![None; tree.len()];
        for (n, name) in names.iter().enumerate() {
            for word in name.words.clone() {
                name_at[word] = Some(n);
            }
        }
        let meant = vec![Vec::new(); tree.len()];
        let mut who = Self { tree, ontology, lexicon, text, date, names, name_at, meant };
        for i in 0..tree.len() {
            who.meant[i] = if matches!(tree.upos(i), Upos::Pron | Upos::Det | Upos::Num) {
                pronoun::resolve(&who, i, speakers)
            } else {
                who.describe(i)
            };
        }
        // "I" and "we" can stand before the words that say who speaks
        for i in 0..tree.len() {
            if tree.upos(i) == Upos::Pron && who.meant[i].is_empty() {
                who.meant[i] = pronoun::first_person(&who, i, speakers);
            }
        }
        who
    }

    /// Who is meant by the phrase that `head` heads, its coordinated parts included.
    pub fn all(&self, head: usize) -> Vec<Referent> {
        let mut found: Vec<Referent> = Vec::new();
        for part in self.tree.conjuncts(head) {
            if part != head && self.tree.heads_clause(part) && self.tree.upos(part) == Upos::Verb {
                continue;
            }
            for referent in &self.meant[part] {
                if found.iter().all(|f| f.key() != referent.key()) {
                    found.push(referent.clone());
                }
            }
        }
        found
    }

    /// Who is meant by the phrase that `head` heads, without coordinated parts.
    pub fn one(&self, head: usize) -> &[Referent] {
        &self.meant[head]
    }

    /// The name at `word`, if one stands there.
    pub fn name(&self, word: usize) -> Option<&NameSpan> {
        self.name_at[word].map(|n| &self.names[n])
    }

    fn known(&self, actor: &crate::ontology::Actor) -> Known {
        Known {
            id: actor.id.clone(),
            label: actor.label.clone(),
            kind: actor.kind,
            gender: actor.gender.clone(),
        }
    }

    /// The words of a noun phrase up to its head, with a short "of" phrase and without
    /// whatever else follows.
    pub(super) fn words(&self, head: usize) -> String {
        let tree = self.tree;
        let of = |c: usize| {
            tree.is(c, "nmod")
                && tree.head(c) == Some(head)
                && tree.marked(c, "of")
                && tree.subtree(c).len() <= OF_PHRASE
        };
        let belongs = |c: usize| std::iter::once(c).chain(tree.ancestors(c)).any(of);
        let hyphen = |c: usize| tree.word(c).form == "-" && c < head;
        let counts = |c: usize| tree.head(c).is_some_and(|n| tree.is(n, "nummod") && n < head);
        let part = tree.subtree_without(head, |c| {
            if belongs(c) {
                return tree.is(c, "punct");
            }
            c > head && !tree.is(c, "flat") && !tree.is(c, "compound")
                || tree.is(c, "punct") && !hyphen(c)
                || counts(c) // "at least 20 people"
                || tree.is(c, "cc") && tree.head(c) == Some(head)
                || tree.is(c, "conj") && tree.head(c) == Some(head)
                || tree.is(c, "case")
                || tree.is(c, "mark")
                || tree.is(c, "appos")
                || tree.is(c, "acl")
        });
        // only the run of words that ends in the head
        let mut first = head;
        while first > 0 && part.contains(&(first - 1)) {
            first -= 1;
        }
        let mut last = head;
        while part.contains(&(last + 1)) {
            last += 1;
        }
        let words: BTreeSet<usize> = (first..=last).collect();
        self.text.slice(tree.span(&words)).to_owned()
    }

    fn referent(&self, actor: Known, head: usize) -> Referent {
        Referent { actor: Some(actor), text: self.words(head), plural: false }
    }

    /// A noun or adjective that is no pronoun.
    fn describe(&self, i: usize) -> Vec<Referent> {
        let tree = self.tree;
        let (upos, lemma) = (tree.upos(i), tree.lemma(i));
        if matches!(upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp | Upos::Adv | Upos::Num)
        {
            return Vec::new();
        }
        if let Some(name) = self.name(i) {
            return self.named(i, name);
        }
        if !matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) {
            return Vec::new();
        }
        if let Some(person) = self.name_inside(i).or_else(|| self.name_after(i)) {
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
        if let Some(pair) = self.pair(i) {
            return pair;
        }
        if let Some(holder) = self.office(i) {
            return holder;
        }
        if let Some(group) = self.collective(i) {
            return group;
        }
        if self.ontology.is(lemma, "statement-noun") {
            return self.owner(i);
        }
        if let Some(again) = self.named_again(i) {
            return again;
        }
        if upos == Upos::Noun || upos == Upos::Propn {
            let person = self.ontology.is(lemma, "person-noun");
            let group = self.ontology.is(lemma, "group-noun");
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
        let text = self
            .text
            .slice(tree.annotation().span(name.words.clone()))
            .trim_end_matches("'s")
            .trim_end_matches("’s")
            .to_owned();
        if name.how == NameKind::Demonym
            && tree.upos(i) != Upos::Adj
            && tree.child(i, "det").is_some()
            && matches!(tree.word(i).xpos, "NN" | "NNP")
        {
            // "the Russian will need to decide": the person of that state spoken of last
            if let Some(person) = self.last_person_of(i, &name.actor.id) {
                return vec![Referent { text, ..person }];
            }
        }
        vec![Referent { actor: Some(name.actor.clone()), text, plural: false }]
    }

    /// "President Donald Trump", "the fund's head, Kirill Dmitriev": the name that
    /// stands in the phrase for the same person.
    fn name_inside(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let mut found: Vec<Referent> = Vec::new();
        for rel in ["flat", "appos", "compound", "nmod:desc", "list", "dep", "parataxis"] {
            for c in tree.children_by(i, rel) {
                if rel == "compound" && c < i {
                    continue;
                }
                for part in tree.conjuncts(c) {
                    let Some(name) = self.name(part) else { continue };
                    let same = matches!(name.how, NameKind::Name | NameKind::FamilyName)
                        && (name.actor.kind == ActorKind::Person
                            || rel == "appos" && name.actor.kind != ActorKind::Place);
                    if same && found.iter().all(|f| f.key() != name.actor.id) {
                        found.push(Referent {
                            actor: Some(name.actor.clone()),
                            text: self
                                .text
                                .slice(tree.annotation().span(name.words.clone()))
                                .to_owned(),
                            plural: false,
                        });
                    }
                }
            }
            if !found.is_empty() {
                return Some(found);
            }
        }
        // "Russian counterpart Vladimir Putin" with the name as head of the title is
        // found at the name itself; "leader Xi" may be split by a comma
        None
    }

    /// "Leila Farhadi, a former adviser,", "the bloc's envoy, Josep Borrell,": the person
    /// whose name the phrase explains. Commas tell it where the tree does not.
    fn apposed_to(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let describes = tree.upos(i) == Upos::Noun
            && !matches!(tree.word(i).xpos, "NNS" | "NNPS")
            && (self.ontology.is(tree.lemma(i), "person-noun")
                || !self.offices_of(tree.lemma(i)).is_empty());
        if !describes {
            return None;
        }
        let person = |name: &&NameSpan| name.actor.kind == ActorKind::Person;
        let comma = |w: usize| w < tree.len() && tree.word(w).form == ",";
        let by_tree = tree.head(i).filter(|&h| tree.is(i, "appos") && h < i);
        let after = || {
            let name = (i + 2 < tree.len() && comma(i + 1)).then(|| self.name(i + 2)).flatten();
            name.filter(|n| n.words.start == i + 2 && n.words.len() > 1)
        };
        let before = || {
            let start = tree.annotation().sentences[tree.sentence(i)].start;
            let phrase = |&w: &usize| {
                matches!(
                    tree.upos(w),
                    Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part | Upos::Pron
                )
            };
            let first = (start..i).rev().take_while(phrase).last().unwrap_or(i);
            let name = self.name(first.checked_sub(2).filter(|_| comma(first - 1))?)?;
            (name.words.end == first - 1 && self.is_set_off(i)).then_some(name)
        };
        let name = by_tree.and_then(|h| self.name(h)).or_else(after).or_else(before);
        name.filter(person).map(|name| {
            let actor = Some(name.actor.clone());
            vec![Referent { actor, text: self.words(i), plural: false }]
        })
    }

    /// Does a comma or a relative clause follow the phrase before any verb?
    fn is_set_off(&self, i: usize) -> bool {
        let tree = self.tree;
        let end = tree.annotation().sentences[tree.sentence(i)].end;
        let told = (i + 1..end).find(|&w| {
            tree.upos(w) == Upos::Punct && tree.word(w).form != "-"
                || self.ontology.is(tree.lemma(w), "relative")
                || matches!(tree.upos(w), Upos::Verb | Upos::Aux)
        });
        told.is_none_or(|w| !matches!(tree.upos(w), Upos::Verb | Upos::Aux))
    }

    /// "South Korean President Lee Jae-myung" with the title hanging on the name: the
    /// name right after a title, without a comma.
    fn name_after(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        if tree.child(i, "det").is_some() {
            return None;
        }
        let name = (i + 1 < tree.len()).then(|| self.name(i + 1)).flatten()?;
        let titled = name.actor.kind == ActorKind::Person
            && name.words.start == i + 1
            && (!self.offices_of(tree.lemma(i)).is_empty()
                || self.ontology.is(tree.lemma(i), "person-noun")
                || self.ontology.is(tree.lemma(i), "title"));
        titled.then(|| {
            vec![Referent {
                actor: Some(name.actor.clone()),
                text: self.text.slice(tree.annotation().span(name.words.clone())).to_owned(),
                plural: false,
            }]
        })
    }

    /// "the two leaders", "both sides": the two of that kind spoken of last.
    fn pair(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        if !self.ontology.is(tree.lemma(i), "pair-noun") {
            return None;
        }
        // "neither side", "either party": two as well
        let one_of_two = tree.children(i).iter().any(|&c| {
            (tree.is(c, "det") || tree.is(c, "cc")) && self.ontology.is(tree.lemma(c), "one-of-two")
        });
        let plural = matches!(tree.word(i).xpos, "NNS" | "NNPS");
        if !plural && !one_of_two {
            return None;
        }
        let two = tree.children(i).iter().any(|&c| {
            matches!(tree.lemma(c), "two" | "both")
                && (tree.is(c, "nummod")
                    || tree.is(c, "det")
                    || tree.is(c, "amod")
                    || tree.is(c, "cc"))
        });
        // "two diplomats said": some two, not the two
        let definite = tree.children(i).iter().any(|&c| {
            tree.is(c, "det") && matches!(tree.lemma(c), "the" | "both" | "these" | "those")
                || tree.lemma(c) == "both"
                || tree.is(c, "nmod:poss")
        });
        // a bare "the sides" are the two as well
        let sides = plural && self.ontology.is(tree.lemma(i), "party-noun");
        if !one_of_two && !(definite && (two || sides)) {
            return None;
        }
        let persons = !self.offices_of(tree.lemma(i)).is_empty()
            || self.ontology.is(tree.lemma(i), "person-noun");
        let leaders = !self.offices_of(tree.lemma(i)).is_empty();
        let states = self.ontology.is(tree.lemma(i), "state-pair-noun");
        let fits = |referent: &Referent| match referent.kind() {
            // leaders hold some office; somebody only described is none
            Some(ActorKind::Person) => {
                let known = referent.actor.as_ref().and_then(|a| self.ontology.actor(&a.id));
                persons && (!leaders || known.is_some_and(|a| !a.tenures.is_empty()))
            }
            Some(ActorKind::State) => !persons,
            Some(ActorKind::Organisation | ActorKind::Forces) => !persons && !states,
            _ => false,
        };
        let doer = self.clause_subject(i);
        let mut nearest_pair: Option<Vec<Referent>> = None;
        let mut found: Vec<Referent> = Vec::new();
        let mut spoken: Vec<(f64, usize, Referent)> = Vec::new(); // weight, last place
        for j in (0..i).rev() {
            // who the parties are shows in the whole text, who two leaders are nearby
            let near = tree.sentence(i) - tree.sentence(j) <= PAIR_REACH;
            if persons && !near {
                break;
            }
            let together = self.all(j);
            if near && together.len() == 2 && nearest_pair.is_none() && tree.upos(j) != Upos::Adj {
                if together.iter().all(fits) && persons {
                    // two of them named together, unless two others were named since
                    if spoken.len() < 2 {
                        found = together;
                    }
                    break;
                }
                let does = |r: &Referent| doer.iter().any(|d| d.key() == r.key());
                if together.iter().any(does) {
                    continue;
                }
                if !persons
                    && tree.sentence(i) - tree.sentence(j) <= 1
                    && together.iter().all(fits)
                    && tree.is(j, "nsubj")
                {
                    // "A and B met. Both sides …"
                    found = together;
                    break;
                }
                nearest_pair = Some(together.clone());
            }
            if !persons && together.len() == 2 && together.iter().all(fits) {
                // who is named together belongs together
                let faded = FADING.powi((tree.sentence(i) - tree.sentence(j)) as i32);
                for referent in together {
                    match spoken.iter_mut().find(|(_, _, r)| r.key() == referent.key()) {
                        Some((sum, _, _)) => *sum += faded,
                        None => spoken.push((faded, j, referent)),
                    }
                }
            }
            for referent in &self.meant[j] {
                if !fits(referent) || doer.iter().any(|d| d.key() == referent.key()) {
                    continue;
                }
                // a place or an owner is less of a party than whoever acts
                let aside = ["nmod", "compound", "amod", "obl"].iter().any(|rel| tree.is(j, rel));
                let role = if aside { 0.5 } else { 1.0 };
                let faded = FADING.powi((tree.sentence(i) - tree.sentence(j)) as i32);
                let weight = role * faded;
                match spoken.iter_mut().find(|(_, _, r)| r.key() == referent.key()) {
                    Some((sum, _, _)) => *sum += weight,
                    None => spoken.push((weight, j, referent.clone())),
                }
            }
        }
        if found.len() < 2 {
            // the two spoken of most; leaders, the two spoken of last
            if !persons {
                spoken.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
            }
            found = spoken.into_iter().take(2).map(|(_, _, r)| r).collect();
            found.reverse();
        }
        if found.len() < 2 {
            // "the two sides" of a talk of two leaders are the two
            found = nearest_pair.unwrap_or_default();
        }
        if found.len() < 2 {
            return None;
        }
        found.truncate(2);
        for referent in &mut found {
            referent.text = self.words(i);
        }
        Some(found)
    }

    /// The subject of the clause in which `i` stands as something else: "Egypt urged
    /// both sides" does not mean Egypt.
    fn clause_subject(&self, i: usize) -> Vec<Referent> {
        let tree = self.tree;
        if tree.is(i, "nsubj") {
            return Vec::new();
        }
        tree.ancestors(i)
            .find(|&a| tree.upos(a) == Upos::Verb)
            .and_then(|verb| tree.child(verb, "nsubj"))
            .map(|subject| self.all(subject))
            .unwrap_or_default()
    }

    /// "the group", "the country": the organisation or state spoken of last; "the army":
    /// the forces spoken of last.
    fn pointed_at(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        let definite = tree.children_by(i, "det").any(|d| matches!(tree.lemma(d), "the" | "this"));
        // "the Iran-backed group" points back as well, "the Hamas group" names it
        let described = |c: usize| {
            (tree.is(c, "amod") || tree.is(c, "compound"))
                && self.ontology.is(lemma, "organisation-noun")
                && !self.meant[c].iter().any(|r| r.kind() == Some(ActorKind::Organisation))
        };
        let bare = tree.children(i).iter().all(|&c| {
            c > i
                || described(c)
                || tree.is(c, "det")
                || tree.is(c, "case")
                || tree.is(c, "punct")
                || tree.is(c, "cc")
                || tree.is(c, "mark")
        });
        let plain = !tree.children_by(i, "nmod").any(|c| tree.marked(c, "of"));
        if !definite
            || !bare
            || !plain
            || matches!(tree.word(i).xpos, "NNS" | "NNPS") && lemma != "troop"
        {
            return None;
        }
        let class = |name: &str| self.ontology.is(lemma, name);
        let forces =
            self.ontology.collectives.iter().any(|c| {
                c.id == "forces" && (c.label == lemma || c.names.iter().any(|n| n == lemma))
            });
        let wanted: &[ActorKind] = if class("organisation-noun") {
            &[ActorKind::Organisation]
        } else if class("state-noun") {
            &[ActorKind::State]
        } else if forces {
            &[ActorKind::Forces]
        } else {
            return None;
        };
        (0..i)
            .rev()
            .take_while(|&j| tree.sentence(i) - tree.sentence(j) <= 2 * PAIR_REACH)
            .filter(|&j| self.name(j).is_none_or(|n| n.how != NameKind::Adjective))
            .flat_map(|j| self.meant[j].iter())
            .find(|r| match r.kind() {
                // "the army": also one that has a name of its own
                Some(ActorKind::Institution) if forces => self.is_army(r),
                Some(kind) => wanted.contains(&kind) && (!forces || r.key().ends_with("-forces")),
                None => false,
            })
            .map(|r| vec![Referent { text: self.words(i), ..r.clone() }])
    }

    /// Is the institution called by a word for forces ("Sudanese Armed Forces")?
    fn is_army(&self, referent: &Referent) -> bool {
        let label = referent.actor.as_ref().map_or("", |a| a.label.as_str());
        let last = label.rsplit(' ').next().unwrap_or(label);
        let named = |names: &[String]| names.iter().any(|n| n.eq_ignore_ascii_case(last));
        self.ontology.collectives.iter().any(|c| c.id == "forces" && named(&c.names))
    }

    /// "M23 rebels … the rebels": whom the last phrase with the same noun meant.
    fn named_again(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        let definite = tree
            .children_by(i, "det")
            .any(|d| matches!(tree.lemma(d), "the" | "this" | "those" | "these"));
        let bare =
            tree.children(i).iter().all(|&c| c > i || tree.is(c, "det") || tree.is(c, "case"));
        let somebody =
            self.ontology.is(lemma, "person-noun") || self.ontology.is(lemma, "group-noun");
        if !definite
            || !bare
            || !somebody
            || tree.children_by(i, "nmod").any(|c| tree.marked(c, "of"))
        {
            return None;
        }
        let same = |&j: &usize| {
            tree.lemma(j) == lemma
                && tree.word(j).xpos == tree.word(i).xpos
                && !self.meant[j].is_empty()
                && self.meant[j].iter().all(|r| r.actor.is_some())
        };
        let near = |&j: &usize| tree.sentence(i) - tree.sentence(j) <= 2 * PAIR_REACH;
        let j = (0..i).rev().take_while(near).find(same)?;
        let text = self.words(i);
        Some(self.meant[j].iter().map(|r| Referent { text: text.clone(), ..r.clone() }).collect())
    }

    /// "the latter", "the former": of the two named last the second or the first.
    fn former_or_latter(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let form = tree.word(i).form.to_lowercase();
        let latter = self.ontology.is(&form, "latter");
        if !latter && !self.ontology.is(&form, "former") || tree.child(i, "det").is_none() {
            return None;
        }
        // "the former president": a title, not a pointer
        if !["nsubj", "obj", "obl", "nmod", "iobj", "conj"].iter().any(|rel| tree.is(i, rel)) {
            return None;
        }
        let mut named: Vec<Referent> = Vec::new();
        for j in (0..i).rev().take_while(|&j| tree.sentence(i) - tree.sentence(j) <= 1) {
            let adjective = self.name(j).is_some_and(|n| n.how == NameKind::Adjective);
            for referent in self.meant[j].iter().rev() {
                if !adjective
                    && tree.upos(j) != Upos::Pron
                    && named.iter().all(|n| n.key() != referent.key())
                {
                    named.push(referent.clone());
                }
            }
            if named.len() >= 2 {
                break;
            }
        }
        let found = if latter { named.first() } else { named.get(1) }?;
        Some(vec![Referent { text: self.words(i), ..found.clone() }])
    }

    fn offices_of(&self, words: &str) -> Vec<&str> {
        self.ontology
            .offices
            .iter()
            .filter(|o| {
                o.label.eq_ignore_ascii_case(words)
                    || o.names.iter().any(|n| n.eq_ignore_ascii_case(words))
            })
            .map(|o| o.id.as_str())
            .collect()
    }

    /// "the Russian leader", "his French counterpart", "the US secretary of state":
    /// whoever holds the office.
    fn office(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let lemma = tree.lemma(i);
        if matches!(tree.word(i).xpos, "NNS" | "NNPS") {
            return self.offices(i);
        }
        // "a White House aide" is one of several
        if tree
            .children_by(i, "det")
            .any(|d| matches!(tree.lemma(d), "a" | "an" | "some" | "another"))
        {
            return None;
        }
        let counterpart = self.ontology.is(lemma, "counterpart");
        // the longest name of an office that ends (or, with "of", starts) here
        let mut words: Vec<&str> = tree
            .children_by(i, "compound")
            .filter(|&c| c < i && self.name(c).is_none())
            .map(|c| tree.lemma(c))
            .chain(
                tree.children_by(i, "amod")
                    .filter(|&c| c < i && self.name(c).is_none())
                    .map(|c| tree.lemma(c)),
            )
            .collect();
        words.push(lemma);
        let of = tree
            .children_by(i, "nmod")
            .find(|&c| c > i && tree.marked(c, "of"))
            .map(|c| format!("{lemma} of {}", tree.lemma(c)));
        let mut offices = of.map(|of| self.offices_of(&of)).unwrap_or_default();
        let mut from = 0;
        while offices.is_empty() && from < words.len() {
            offices = self.offices_of(&words[from..].join(" "));
            from += 1;
        }
        if offices.is_empty() && !counterpart {
            return None;
        }
        let state = self.state_of(i);
        if counterpart {
            let state = self.qualifier(i).or(state)?;
            return self.holder(i, &self.offices_matched(i), &state);
        }
        if let Some(state) = state {
            return self.holder(i, &offices, &state);
        }
        // "the president": whoever of those spoken of holds such an office
        let definite = tree.children_by(i, "det").any(|d| tree.lemma(d) == "the");
        if !definite {
            return None;
        }
        for j in (0..i).rev() {
            if tree.sentence(i) - tree.sentence(j) > 5 {
                break;
            }
            for referent in &self.meant[j] {
                let Some(actor) = referent.actor.as_ref().and_then(|a| self.ontology.actor(&a.id))
                else {
                    continue;
                };
                if actor.tenures.iter().any(|t| offices.contains(&t.office.as_str())) {
                    return Some(vec![self.referent(self.known(actor), i)]);
                }
            }
        }
        None
    }

    /// The offices in which somebody can be the counterpart that `i` names: those of
    /// whoever "his" or the subject means; of a head of state or government, and where
    /// nobody is known, all such heads.
    fn offices_matched(&self, i: usize) -> Vec<&str> {
        let leading = |office: &str| self.ontology.is(office, "leading-office");
        let meant = match self.tree.child(i, "nmod:poss") {
            Some(possessor) => self.meant[possessor].clone(),
            None => self.clause_subject(i),
        };
        let date = self.date.unwrap_or(Date::MAX);
        let held: Vec<&str> = meant
            .iter()
            .find_map(|r| r.actor.as_ref().and_then(|actor| self.ontology.actor(&actor.id)))
            .into_iter()
            .flat_map(|actor| &actor.tenures)
            .filter(|t| t.from.is_none_or(|f| f <= date) && t.until.is_none_or(|u| date < u))
            .map(|t| t.office.as_str())
            .collect();
        if held.is_empty() || held.iter().any(|o| leading(o)) {
            let all = self.ontology.offices.iter().map(|o| o.id.as_str());
            return all.filter(|o| leading(o)).collect();
        }
        held
    }

    /// "the leaders of Russia and the United States", "the French and German foreign
    /// ministers": the holder in each state, else the state.
    fn offices(&self, i: usize) -> Option<Vec<Referent>> {
        let tree = self.tree;
        let mut words: Vec<&str> = tree
            .children(i)
            .iter()
            .filter(|&&c| {
                c < i && (tree.is(c, "compound") || tree.is(c, "amod")) && self.name(c).is_none()
            })
            .map(|&c| tree.lemma(c))
            .collect();
        words.push(tree.lemma(i));
        let offices = (0..words.len())
            .map(|from| self.offices_of(&words[from..].join(" ")))
            .find(|o| !o.is_empty())?;
        let mut states: Vec<usize> = Vec::new();
        for &c in tree.children(i) {
            let before = c < i && (tree.is(c, "amod") || tree.is(c, "compound"));
            let after = c > i && tree.is(c, "nmod") && tree.marked(c, "of");
            if before || after {
                states.extend(tree.conjuncts(c));
            }
        }
        let mut found: Vec<Referent> = Vec::new();
        for place in states {
            let Some(name) = self.name(place) else { continue };
            if !matches!(name.actor.kind, ActorKind::State | ActorKind::Organisation) {
                continue;
            }
            let one = self
                .holder(i, &offices, &name.actor.id)
                .and_then(|holders| holders.into_iter().next())
                .unwrap_or_else(|| self.referent(name.actor.clone(), i));
            if found.iter().all(|f| f.key() != one.key()) {
                found.push(one);
            }
        }
        (found.len() >= 2).then_some(found)
    }

    fn holder(&self, i: usize, offices: &[&str], state: &str) -> Option<Vec<Referent>> {
        let holders = self.ontology.holder(offices, state, self.date);
        // "the Ukrainian leader" may fit a president and a prime minister: the one spoken of
        let mut spoken: Vec<&crate::ontology::Actor> = holders
            .iter()
            .copied()
            .filter(|h| self.names.iter().any(|n| n.actor.id == h.id))
            .collect();
        if spoken.is_empty() {
            spoken = holders;
        }
        let first = *spoken.first()?;
        if spoken.len() > 1 {
            // offices are listed from the highest down; take the head of state or government
            let by_rank = offices.iter().find_map(|office| {
                spoken
                    .iter()
                    .copied()
                    .find(|h| h.tenures.iter().any(|t| t.office == *office && t.of == state))
            });
            return by_rank.map(|h| vec![self.referent(self.known(h), i)]);
        }
        Some(vec![self.referent(self.known(first), i)])
    }

    /// The state or organisation that a noun belongs to by adjective, possessor or "of".
    pub(super) fn state_of(&self, i: usize) -> Option<String> {
        self.owner_of(i).and_then(|referent| {
            let actor = referent.actor?;
            match actor.kind {
                ActorKind::Person => {
                    // "his forces", "Trump's administration": the person's state
                    let person = self.ontology.actor(&actor.id)?;
                    person.tenures.last().map(|t| t.of.clone())
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

    /// The state that an adjective or a name right before a noun gives ("his Russian
    /// counterpart" is of Russia, not of him).
    fn qualifier(&self, i: usize) -> Option<String> {
        let tree = self.tree;
        tree.children(i)
            .iter()
            .filter(|&&c| c < i && (tree.is(c, "amod") || tree.is(c, "compound")))
            .find_map(|&c| self.meant[c].first()?.actor.as_ref().map(|a| a.id.clone()))
    }

    /// Whoever a noun belongs to by adjective, name before it, possessor, or "of".
    pub(super) fn owner_of(&self, i: usize) -> Option<Referent> {
        let tree = self.tree;
        let before =
            |c: &usize| *c < i && ["compound", "amod", "flat"].iter().any(|rel| tree.is(*c, rel));
        let mut places: Vec<usize> = tree.children(i).iter().copied().filter(before).collect();
        places.extend(tree.children_by(i, "nmod").filter(|&c| c < i));
        places.extend(tree.children_by(i, "nmod").filter(|&c| {
            c > i && (tree.marked(c, "of") || tree.marked(c, "from") || tree.marked(c, "by"))
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

    fn owner(&self, i: usize) -> Vec<Referent> {
        self.owner_of(i).into_iter().collect()
    }

    /// "Russian forces", "the US administration", "the Israeli side".
    fn collective(&self, i: usize) -> Option<Vec<Referent>> {
        let lemma = self.tree.lemma(i);
        let phrase = self
            .tree
            .children_by(i, "amod")
            .chain(self.tree.children_by(i, "compound"))
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
            .filter(|_| self.tree.is(i, "compound"))
            .and_then(|head| self.state_of(head));
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

    /// People who are described, not named: an actor by the words themselves.
    fn described(&self, i: usize, group: bool) -> Vec<Referent> {
        let tree = self.tree;
        let text = self.words(i);
        let plural = matches!(tree.word(i).xpos, "NNS" | "NNPS")
            || tree.word(i).form.to_lowercase() == format!("{}s", tree.lemma(i));
        // "him", "the official": without anything that tells them apart they are nobody
        let told_apart = tree.children(i).iter().any(|&c| {
            tree.is(c, "amod")
                || tree.is(c, "compound")
                || tree.is(c, "nmod")
                || tree.is(c, "nummod")
        });
        if !told_apart && (!plural || group) {
            return Vec::new();
        }
        let plural = plural || group;
        if tree.children_by(i, "nmod:poss").any(|p| tree.upos(p) == Upos::Pron) {
            // "his counterpart", "whose envoy": somebody else in every sentence
            return vec![Referent { actor: None, text, plural }];
        }
        let mut label = text.clone();
        for article in ["a ", "an ", "the ", "A ", "An ", "The "] {
            if let Some(rest) = label.strip_prefix(article) {
                label = rest.to_owned();
                break;
            }
        }
        let id = kebab(&label);
        if id.is_empty() {
            return Vec::new();
        }
        let kind = if plural { ActorKind::Group } else { ActorKind::Person };
        vec![Referent { actor: Some(Known { id, label, kind, gender: None }), text, plural }]
    }

    /// The person of `state` spoken of last before `i`.
    fn last_person_of(&self, i: usize, state: &str) -> Option<Referent> {
        let tree = self.tree;
        (0..i)
            .rev()
            .take_while(|&j| tree.sentence(i) - tree.sentence(j) <= 6)
            .flat_map(|j| self.meant[j].iter())
            .find(|r| {
                r.kind() == Some(ActorKind::Person)
                    && r.actor
                        .as_ref()
                        .and_then(|a| self.ontology.actor(&a.id))
                        .is_some_and(|a| a.tenures.iter().any(|t| t.of == state))
            })
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn an_office_means_its_holder() {
        reads(
            "The Turkish president rejected the UN plan for Cyprus.",
            &[
                "actual reject [recep-tayyip-erdogan] ‹the UN plan for Cyprus›",
                "actual propose [united-nations] ‹Cyprus›",
            ],
        );
        reads(
            "The Israeli prime minister rejected the plan.",
            &["actual reject [benjamin-netanyahu] ‹the plan›"],
        );
        reads(
            "The president of Rwanda rejected the plan.",
            &["actual reject [paul-kagame] ‹the plan›"],
        );
        reads(
            "The Canadian prime minister rejected the tariffs.",
            &["actual reject [mark-carney] ‹the tariffs›"],
        );
        reads(
            "The UN secretary-general proposed a conference on Sudan.",
            &["actual propose [antonio-guterres] ‹a conference on Sudan›"],
        );
        reads("The president slept.", &[]);
    }

    #[test]
    fn a_counterpart_holds_the_same_office() {
        reads(
            "Netanyahu met his Hungarian counterpart.",
            &["actual consult [benjamin-netanyahu] to [viktor-orban]"],
        );
        reads(
            "Macron met his Egyptian counterpart.",
            &["actual consult [emmanuel-macron] to [abdel-fattah-el-sisi]"],
        );
    }

    #[test]
    fn both_sides_are_the_two_before() {
        reads(
            "London and Brussels met in Bruges. Both sides rejected the compromise.",
            &[
                "actual consult [united-kingdom, european-union]",
                "actual reject [united-kingdom, european-union] ‹the compromise›",
            ],
        );
        reads(
            "Serbia and Kosovo signed a deal. The two countries exchanged ambassadors.",
            &[
                "actual cooperate [serbia, kosovo] ‹a deal›",
                "actual cooperate [serbia, kosovo] ‹ambassadors›",
            ],
        );
        reads(
            "Kagame and Tshisekedi met in Doha. The two leaders agreed to a ceasefire.",
            &[
                "actual consult [paul-kagame, felix-tshisekedi]",
                "actual accept [paul-kagame, felix-tshisekedi] ‹a ceasefire›",
            ],
        );
        reads(
            "Sudan and Chad met. The two countries accused each other of raids.",
            &["actual consult [sudan, chad]", "actual accuse [sudan, chad] ‹raids›"],
        );
        reads("Both cats slept.", &[]);
    }

    #[test]
    fn the_latter_and_the_former() {
        reads(
            "Egypt and Qatar mediate between Israel and Hamas. The latter wants a permanent end to the war.",
            &[
                "actual consult [egypt, qatar] to [israel, hamas]",
                "actual intend [hamas] ‹a permanent end to the war›",
            ],
        );
        reads(
            "Egypt met Hamas. The former proposed a truce.",
            &["actual consult [egypt] to [hamas]", "actual propose [egypt] ‹a truce›"],
        );
        reads(
            "Serbia met Kosovo. The latter demanded recognition.",
            &["actual consult [serbia] to [kosovo]", "actual demand [kosovo] ‹recognition›"],
        );
        reads("The former minister left.", &[]);
    }

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
    fn its_minister_is_the_minister_of_the_subject() {
        reads(
            "Canada rejected Mexico's plan, and its foreign minister demanded a new one.",
            &[
                "actual reject [canada] ‹Mexico's plan›",
                "actual propose [mexico]",
                "actual demand [melanie-joly] ‹a new one›",
            ],
        );
    }

    #[test]
    fn somebody_described() {
        reads(
            "A senior Hamas official rejected the truce.",
            &["actual reject [hamas] ‹the truce›"],
        );
        reads("Eritrea backed the rebels.", &["actual aid [eritrea] ‹the rebels›"]);
        reads("A man crossed the street.", &[]);
    }

    #[test]
    fn neither_side_and_either_side_are_both() {
        reads(
            "Serbia and Kosovo met in Ohrid. Neither side accepted the plan.",
            &["actual consult [serbia, kosovo]", "negated accept [serbia, kosovo] ‹the plan›"],
        );
        reads(
            "London and Brussels met. Neither side rejected the quota.",
            &[
                "actual consult [united-kingdom, european-union]",
                "negated reject [united-kingdom, european-union] ‹the quota›",
            ],
        );
        reads(
            "Congo and Rwanda met in Doha. Either side can leave the treaty.",
            &[
                "actual consult [democratic-republic-of-the-congo, rwanda]",
                "unrealised withhold [democratic-republic-of-the-congo, rwanda] ‹the treaty›",
            ],
        );
        reads(
            "Hamas and Israel met in Doha. Each side rejected the offer.",
            &["actual consult [hamas, israel]", "actual reject [hamas, israel] ‹the offer›"],
        );
        reads("Neither cat slept.", &[]);
    }

    #[test]
    fn the_sides_are_the_two() {
        reads(
            "Sudan's army and the RSF met in Jeddah. The sides agreed to a pause.",
            &[
                "actual consult [sudanese-forces, rapid-support-forces]",
                "actual accept [sudanese-forces, rapid-support-forces] ‹a pause›",
            ],
        );
        reads(
            "Iran and Oman met. The sides signed a treaty.",
            &["actual consult [iran, oman]", "actual cooperate [iran, oman] ‹a treaty›"],
        );
        reads("The sides of the box are green.", &[]);
    }

    #[test]
    fn two_countries_are_states() {
        reads(
            "Iran, Oman and Hamas met in Doha. The two countries signed a treaty.",
            &["actual consult [iran, oman, hamas]", "actual cooperate [iran, oman] ‹a treaty›"],
        );
        reads(
            "Hamas met Egypt and Qatar. The two countries proposed a truce.",
            &[
                "actual consult [hamas] to [egypt, qatar]",
                "actual propose [egypt, qatar] ‹a truce›",
            ],
        );
    }

    #[test]
    fn who_met_last_wins_over_who_is_named_often() {
        reads(
            "Israel rejected the plan. Israel demanded guarantees. Israel attacked Iran. Serbia and Kosovo met in Ohrid. Both sides agreed to a truce.",
            &[
                "actual reject [israel] ‹the plan›",
                "actual demand [israel] ‹guarantees›",
                "actual attack [israel] to [iran]",
                "actual consult [serbia, kosovo]",
                "actual accept [serbia, kosovo] ‹a truce›",
            ],
        );
        reads(
            "Rwanda rejected the offer. Rwanda attacked Goma. Rwanda met Congo. Canada and Mexico met. Both sides agreed to a quota.",
            &[
                "actual reject [rwanda] ‹the offer›",
                "actual attack [rwanda] ‹Goma›",
                "actual consult [rwanda] to [democratic-republic-of-the-congo]",
                "actual consult [canada, mexico]",
                "actual accept [canada, mexico] ‹a quota›",
            ],
        );
    }

    #[test]
    fn the_rebels_are_those_spoken_of() {
        reads(
            "M23 rebels attacked Goma. Egypt proposed a truce. The rebels rejected the offer.",
            &[
                "actual attack [m23] ‹Goma›",
                "actual propose [egypt] ‹a truce›",
                "actual reject [m23] ‹the offer›",
            ],
        );
        reads(
            "Houthi rebels attacked a tanker. Oman proposed a pause. The rebels accepted the plan.",
            &[
                "actual attack [houthi-fighters] ‹a tanker›",
                "actual propose [oman] ‹a pause›",
                "actual accept [houthi-fighters] ‹the plan›",
            ],
        );
        reads("The rebels rejected the offer.", &["actual reject [“The rebels”] ‹the offer›"]);
    }

    #[test]
    fn an_apposition_between_commas() {
        reads(
            "Leila Farhadi, a former adviser, rejected the plan.",
            &["actual reject [leila-farhadi] ‹the plan›"],
        );
        reads(
            "The bloc's envoy, Josep Borrell, rejected the plan.",
            &["actual reject [josep-borrell] ‹the plan›"],
        );
        reads(
            "The president's adviser, Amira Salem, proposed a vote.",
            &["actual propose [amira-salem] ‹a vote›"],
        );
        reads(
            "Qatar, a friend of Egypt, rejected the plan.",
            &["actual reject [qatar] ‹the plan›"],
        );
        reads("A former adviser slept.", &[]);
    }

    #[test]
    fn a_counterpart_of_a_minister_is_a_minister() {
        reads(
            "Araghchi met his Turkish counterpart.",
            &["actual consult [abbas-araghchi] to [hakan-fidan]"],
        );
        reads(
            "Lavrov met his Egyptian counterpart.",
            &["actual consult [sergei-lavrov] to [badr-abdelatty]"],
        );
        reads(
            "Putin met his Egyptian counterpart.",
            &["actual consult [vladimir-putin] to [abdel-fattah-el-sisi]"],
        );
        reads(
            "Scholz met his Canadian counterpart.",
            &["actual consult [olaf-scholz] to [mark-carney]"],
        );
    }

    #[test]
    fn an_army_with_a_name_of_its_own() {
        reads(
            "The Sudanese Armed Forces attacked Omdurman. The army rejected the truce.",
            &[
                "actual attack [sudanese-armed-forces] ‹Omdurman›",
                "actual reject [sudanese-armed-forces] ‹the truce›",
            ],
        );
        reads(
            "The Lebanese Armed Forces seized a depot. The military rejected the offer.",
            &[
                "actual coerce [lebanese-army] ‹a depot›",
                "actual reject [lebanese-army] ‹the offer›",
            ],
        );
        reads(
            "The Israel Defense Forces bombed Rafah. The army rejected the offer.",
            &[
                "actual attack [israel-defense-forces] ‹Rafah›",
                "actual reject [israel-defense-forces] ‹the offer›",
            ],
        );
        reads(
            "The Sudanese Armed Forces seized the palace. The parliament rejected the truce.",
            &[
                "actual coerce [sudanese-armed-forces] ‹the palace›",
                "actual reject [“The parliament”] ‹the truce›",
            ],
        );
    }

    #[test]
    fn a_group_that_is_described_points_back() {
        reads(
            "Hamas rejected the truce. The Iran-backed group demanded guarantees.",
            &["actual reject [hamas] ‹the truce›", "actual demand [hamas] ‹guarantees›"],
        );
        reads(
            "Hezbollah attacked Haifa. The Lebanese group rejected the truce.",
            &["actual attack [hezbollah] ‹Haifa›", "actual reject [hezbollah] ‹the truce›"],
        );
        reads("The group rejected the truce.", &["actual reject [“The group”] ‹the truce›"]);
    }

    #[test]
    fn both_and_a_possessor() {
        reads(
            "Both Canada and Mexico's president rejected the tariffs.",
            &["actual reject [canada, claudia-sheinbaum] ‹the tariffs›"],
        );
        reads("Both cats slept.", &[]);
    }
}
