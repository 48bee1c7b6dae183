//! Where the arguments of a verb, noun or adjective stand in the tree.
//!
//! A [`Slot`] of the lexicon names a place ("subject", "of"); this file finds the
//! words that stand there, through control, coordination, relative clauses,
//! passives and support verbs.

use super::tree::Tree;
use crate::annotate::{Deprel, Upos};
use crate::ontology::{Ontology, Slot, WordClass};

/// How many clauses upwards a subject is sought; deeper control does not occur in
/// well-formed sentences, and a broken tree must not be climbed for ever.
const CONTROL_DEPTH: usize = 8;

/// Finds arguments in one document.
pub struct Slots<'a> {
    /// The trees.
    pub tree: &'a Tree<'a>,
    /// For the closed word classes.
    pub ontology: &'a Ontology,
}

impl Slots<'_> {
    /// Heads of the phrases that fill `slot` of the trigger at `word`, in text
    /// order, coordinated ones apart.
    pub fn fill(&self, word: usize, slot: &Slot) -> Vec<usize> {
        let tree = self.tree;
        let verbal = matches!(tree.upos(word), Upos::Verb | Upos::Aux | Upos::Adj);
        let mut found = match slot {
            Slot::Subject if verbal => self.subjects(word),
            Slot::Subject => self.noun_subjects(word),
            Slot::Object if verbal => self.objects(word),
            Slot::Object => self.marked_phrases(word, WordClass::BelongingMark),
            Slot::Indirect => tree.children_by(word, Deprel::Iobj).collect(),
            // "what he called its obsession"
            Slot::Complement if self.names_its_head(word) => {
                tree.children_by(word, Deprel::Obj).collect()
            }
            Slot::Complement => tree
                .children_by(word, Deprel::Xcomp)
                .filter(|&c| tree.upos(c) != Upos::Verb && tree.child(c, Deprel::Mark).is_none())
                .filter(|_| tree.child(word, Deprel::Obj).is_some())
                .collect(),
            Slot::Clause => self.clauses(word),
            Slot::Mandative => self.mandatives(word),
            Slot::Infinitive => self.infinitives(word),
            Slot::ObjectInfinitive if self.objects(word).is_empty() => Vec::new(),
            Slot::ObjectInfinitive => self.infinitives(word),
            Slot::Possessor => tree.children_by(word, Deprel::NmodPoss).collect(),
            Slot::Modifier => self.modifiers(word),
            Slot::Speech => tree
                .children(word)
                .iter()
                .copied()
                .filter(|&c| {
                    (tree.is(c, Deprel::Ccomp) || tree.is(c, Deprel::Parataxis))
                        && tree.child(c, Deprel::Mark).is_none()
                })
                .collect(),
            Slot::Preposition(preposition) => self.preposition(word, preposition),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The first of `slots` that is filled, with what fills it.
    pub fn first_filled<'s>(
        &self,
        word: usize,
        slots: &'s [Slot],
    ) -> Option<(&'s Slot, Vec<usize>)> {
        slots.iter().find_map(|slot| {
            let words = self.fill(word, slot);
            (!words.is_empty()).then_some((slot, words))
        })
    }

    /// Who does the verb or is the adjective `verb`: for a passive, the "by" phrase.
    pub fn subjects(&self, verb: usize) -> Vec<usize> {
        if self.tree.is_passive(verb) {
            return self.by_phrase(verb);
        }
        self.tree_subjects(verb, CONTROL_DEPTH)
    }

    fn by_phrase(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        let own: Vec<usize> = tree
            .children(verb)
            .iter()
            .copied()
            .filter(|&c| {
                tree.deprel(c) == Deprel::OblAgent
                    || (tree.is(c, Deprel::Obl) && tree.marked(c, WordClass::AgentMark))
            })
            .collect();
        if own.is_empty() && self.ontology.is(tree.lemma(verb), WordClass::RealisingControl) {
            // "was made to wait for hours by Putin", parsed with the doer below
            let below = tree.children_by(verb, Deprel::Xcomp);
            return below
                .flat_map(|c| tree.children_by(c, Deprel::Obl).collect::<Vec<_>>())
                .filter(|&o| tree.marked(o, WordClass::AgentMark) && !self.tells_time(o))
                .collect();
        }
        if own.is_empty() && tree.is(verb, Deprel::Conj) {
            // "was proposed and accepted by Egypt" has it at the last conjunct only,
            // "was seized by Egypt and sold" at the first
            let first = tree.first_conjunct(verb);
            if tree.child(verb, Deprel::Nsubj).is_none() && tree.is_passive(first) && first != verb
            {
                return self.by_phrase(first);
            }
        }
        own
    }

    /// The grammatical subject of `verb`, active or passive, through control.
    pub fn tree_subjects(&self, verb: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut own: Vec<usize> = tree
            .children_by(verb, Deprel::Nsubj)
            .filter(|&c| tree.deprel(c) != Deprel::NsubjOuter)
            .chain(tree.children_by(verb, Deprel::Csubj))
            .collect();
        // "REED: The ministry refused", parsed with whoever speaks for a subject
        let labels = |&s: &usize| s < verb && (s..verb).any(|w| tree.word(w).form == ":");
        if !own.iter().all(labels) {
            own.retain(|s| !labels(s));
        }
        if let Some(&subject) = own.first() {
            // "director William Burns met": a title and a name, parsed as two subjects
            let relative = tree.upos(subject) == Upos::Pron;
            // but of "unions asked the retailer Brask" the second stands where objects do
            let named = own.iter().copied().rfind(|&s| {
                s > subject
                    && tree.upos(s) == Upos::Propn
                    && !relative
                    && (s < verb || subject > verb)
            });
            return self.antecedents(named.unwrap_or(subject), verb);
        }
        // "after the US had suspended aid", parsed with "had" as a clause of its own
        let perfect = verb.checked_sub(1).filter(|&had| {
            tree.word(verb).xpos == "VBN"
                && tree.in_class(had, WordClass::PerfectAuxiliary)
                && tree.head(had) == tree.head(verb)
                && tree.deprel(had) == tree.deprel(verb)
        });
        if let Some(subject) = perfect.and_then(|had| tree.child(had, Deprel::Nsubj)) {
            return vec![subject];
        }
        // "The US suspended aid", parsed as if the state belonged to the aid
        let objects = tree.children_by(verb, Deprel::Obj);
        let mut owners = objects.flat_map(|o| tree.children_by(o, Deprel::Compound));
        if let Some(subject) = owners.find(|&c| c + 1 == verb) {
            return vec![subject];
        }
        if depth == 0 {
            return Vec::new();
        }
        let Some(head) = tree.head(verb) else { return Vec::new() };
        match tree.deprel(verb) {
            Deprel::Conj => self.conjunct_subjects(head, depth),
            Deprel::Xcomp => self.controller(verb, head, depth),
            Deprel::Acl => self.subjects_of_noun_clause(verb, head, depth),
            Deprel::Advcl | Deprel::Obl | Deprel::Nmod | Deprel::Parataxis | Deprel::Dep => {
                self.subjects_of_adjunct(verb, head, depth)
            }
            Deprel::Ccomp
                if tree.is_gerund(verb) || tree.marked(verb, WordClass::InfinitiveMark) =>
            {
                let accused = self.ontology.is(tree.lemma(head), WordClass::ObjectControl)
                    && tree.marked(verb, WordClass::ChargeMark);
                match self.objects(head) {
                    objects if accused && !objects.is_empty() => objects,
                    _ => self.tree_subjects(head, depth - 1),
                }
            }
            Deprel::Csubj => Vec::new(),
            Deprel::AclRelcl if tree.word(verb).xpos == "VBG" => vec![head],
            _ => Vec::new(),
        }
    }

    /// Who does what a clause at the noun `head` tells of.
    fn subjects_of_noun_clause(&self, verb: usize, head: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let accused = tree.is(head, Deprel::Obj)
            && tree.marked(verb, WordClass::BelongingMark)
            && tree.head(head).is_some_and(|accuser| {
                self.ontology.is(tree.lemma(accuser), WordClass::ObjectControl)
            });
        // "the agreement reached", "agreements vowing to respect": the noun
        let noun = accused
            || tree.is_passive(verb)
            || tree.word(verb).xpos == "VBG" && !self.has_mark(verb);
        // "a team to discuss it"
        let people = [WordClass::PersonNoun, WordClass::GroupNoun];
        if noun || people.iter().any(|&class| self.ontology.is(tree.lemma(head), class)) {
            vec![head]
        } else {
            // "Trump's attempt to end", "the decision to strike": whoever has the noun
            self.owners(head, depth - 1)
        }
    }

    /// Who does what a clause beside `head` tells of.
    fn subjects_of_adjunct(&self, verb: usize, head: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        // "blamed it for leaving", but "blamed it by leaving" is the subject's
        let marks = tree.case_marks(verb);
        let controls = |m: &String| self.ontology.is(m, WordClass::ControlMark);
        if tree.deprel(verb) == Deprel::Advcl && marks.iter().any(controls) {
            let controlled = self.controlled_by(head);
            if !controlled.is_empty() {
                return controlled; // "accused Russia of breaking"
            }
        }
        // "quoted him as saying", "was described as refusing"
        if tree.word(verb).xpos == "VBG" && tree.marked(verb, WordClass::LikenessMark) {
            let described: Vec<usize> = tree
                .children_by(head, Deprel::NsubjPass)
                .chain(tree.children_by(head, Deprel::Obj))
                .collect();
            if !described.is_empty() {
                return described;
            }
        }
        if tree.is_passive(head) && tree.marked(verb, WordClass::BelongingMark) {
            let accused = self.objects(head);
            if !accused.is_empty() {
                return accused; // "was accused of breaking"
            }
        }
        if tree.heads_clause(head) {
            self.tree_subjects(head, depth - 1)
        } else {
            self.owners(head, depth - 1)
        }
    }

    fn has_mark(&self, verb: usize) -> bool {
        self.tree.child(verb, Deprel::Mark).is_some()
            || self.tree.child(verb, Deprel::Case).is_some()
    }

    fn conjunct_subjects(&self, head: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        if tree.heads_clause(head) || tree.upos(head) == Upos::Adj {
            return self.tree_subjects(head, depth - 1);
        }
        // "talks, and threatened": a verb coordinated with a noun
        self.owners(head, depth - 1)
    }

    /// Subject of an infinitive or gerund complement of `head`.
    fn controller(&self, verb: usize, head: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let controllers: Vec<usize> =
            self.controlled_by(head).into_iter().filter(|&o| o != verb).collect();
        if !controllers.is_empty() {
            return controllers;
        }
        if tree.heads_clause(head) || tree.upos(head) == Upos::Adj {
            self.tree_subjects(head, depth - 1)
        } else {
            self.owners(head, depth - 1)
        }
    }

    /// Whom a verb such as "urge" has do something: its object, or whoever it calls on.
    fn controlled_by(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        let controls = |phrase: &str| self.ontology.is(phrase, WordClass::ObjectControl);
        let lemma = tree.lemma(verb);
        if controls(lemma) {
            let objects = self.objects(verb);
            if !objects.is_empty() {
                return objects;
            }
            let indirect: Vec<usize> = tree.children_by(verb, Deprel::Iobj).collect();
            if !indirect.is_empty() {
                return indirect;
            }
        }
        // "called on Hamas to disarm", "appealed to Israel to stop"
        let on = |o: &usize| {
            let marks = tree.case_marks(*o);
            let plain = marks.iter().any(|m| self.ontology.is(m, WordClass::AppealMark));
            plain && controls(lemma) || marks.iter().any(|m| controls(&format!("{lemma} {m}")))
        };
        let phrases =
            tree.children_by(verb, Deprel::Obl).chain(tree.children_by(verb, Deprel::Obj));
        phrases.filter(|o| on(o) && !self.tells_time(*o)).collect()
    }

    /// Whoever a noun belongs to: its possessor, "by" or "of" phrase, else the
    /// subject of the verb whose object it is.
    fn owners(&self, noun: usize, depth: usize) -> Vec<usize> {
        let tree = self.tree;
        let possessors: Vec<usize> = tree.children_by(noun, Deprel::NmodPoss).collect();
        if !possessors.is_empty() {
            return possessors;
        }
        let by = self.marked_phrases(noun, WordClass::AgentMark);
        if !by.is_empty() {
            return by;
        }
        let modifiers = self.modifiers(noun);
        if !modifiers.is_empty() {
            return modifiers;
        }
        if depth == 0 {
            return Vec::new();
        }
        match tree.head(noun) {
            Some(head)
                if tree.is(noun, Deprel::Obj)
                    || tree.is(noun, Deprel::Obl)
                    || tree.is(noun, Deprel::Xcomp) =>
            {
                self.tree_subjects(head, depth - 1)
            }
            Some(head) if tree.is(noun, Deprel::Conj) => self.owners(head, depth - 1),
            Some(head) if tree.is(noun, Deprel::Nmod) => self.owners(head, depth - 1),
            None if tree.child(noun, Deprel::Cop).is_some() => self.tree_subjects(noun, 0),
            _ => Vec::new(),
        }
    }

    /// Names and name-like adjectives before a noun, "Franco-German" as two.
    pub fn modifiers(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        let capital = |c: usize| tree.word(c).form.chars().next().is_some_and(char::is_uppercase);
        let before = |c: usize, head: usize, rels: &[Deprel]| {
            c < head && rels.iter().any(|&rel| tree.is(c, rel)) && capital(c)
        };
        let mut found: Vec<usize> = Vec::new();
        for &modifier in tree.children(noun) {
            if before(modifier, noun, &[Deprel::Compound, Deprel::Amod, Deprel::Nmod, Deprel::Flat])
            {
                let joined = |c: usize| tree.word(c + 1).form == "-" && c + 2 == modifier;
                let first = tree.children(modifier).iter().copied();
                found.extend(first.filter(|&c| {
                    before(c, modifier, &[Deprel::Compound, Deprel::Amod]) && joined(c)
                }));
                found.push(modifier);
            }
        }
        found
    }

    /// Subjects of a noun: of its support verb, of the predicate that it is.
    fn noun_subjects(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        if tree.ends(noun, WordClass::GerundEnding)
            && let Some(doer) = tree.child(noun, Deprel::NmodPoss)
        {
            return vec![doer]; // "its blocking of the vote"
        }
        if tree.child(noun, Deprel::Cop).is_some() && tree.child(noun, Deprel::Case).is_some() {
            return tree.children_by(noun, Deprel::Nsubj).collect(); // "India is in favour of it"
        }
        let first = tree.first_conjunct(noun);
        if let Some(head) = tree.head(first) {
            let lemma = tree.lemma(head);
            if (tree.is(first, Deprel::Obj) || tree.is(first, Deprel::Xcomp))
                && [WordClass::SupportVerb, WordClass::Attempt, WordClass::Aspectual]
                    .iter()
                    .any(|&c| self.ontology.is(lemma, c))
            {
                return self.subjects(head);
            }
            if tree.is(first, Deprel::Obj)
                && self.ontology.is(lemma, WordClass::ProspectiveSupportVerb)
            {
                return self.subjects(head);
            }
            if tree.is(first, Deprel::Nsubj) && self.ontology.is(lemma, WordClass::OriginVerb) {
                // "the idea came from Cairo"
                return self.marked_phrases(head, WordClass::OriginMark);
            }
            if tree.deprel(first) == Deprel::NsubjPass
                && self.ontology.is(lemma, WordClass::SupportVerb)
            {
                return self.by_phrase(head);
            }
        }
        Vec::new()
    }

    /// What a verb is done to: objects of an active, subject of a passive, the
    /// noun of a relative clause.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        if tree.is_passive(verb) {
            let objects: Vec<usize> = tree.children_by(verb, Deprel::Obj).collect();
            let subjects = self.tree_subjects(verb, CONTROL_DEPTH);
            return if subjects.is_empty() { objects } else { subjects };
        }
        let mut own: Vec<usize> = tree.children_by(verb, Deprel::Obj).collect();
        if own.is_empty() && tree.child(verb, Deprel::Iobj).is_none() {
            // "called Emmanuel Macron", parsed as if he were called that: a name with
            // nothing beside it that could be called so
            own = tree
                .children_by(verb, Deprel::Xcomp)
                .filter(|&c| tree.upos(c) == Upos::Propn && tree.child(c, Deprel::Mark).is_none())
                .collect();
        }
        if own.is_empty() && self.ontology.is(tree.lemma(verb), WordClass::ObjectControl) {
            // "accused Pakistan of violating", parsed with the accused as subject below
            let below = tree
                .children_by(verb, Deprel::Ccomp)
                .filter(|&c| tree.marked(c, WordClass::BelongingMark));
            own = below.filter_map(|c| tree.child(c, Deprel::Nsubj)).collect();
        }
        if own.is_empty() {
            // "that has broken several accords", parsed with a second subject after the verb
            let subjects: Vec<usize> = tree.children_by(verb, Deprel::Nsubj).collect();
            if subjects.iter().any(|&s| s < verb) {
                own = subjects.into_iter().filter(|&s| s > verb).collect();
            }
        }
        if own.is_empty() {
            // "violated the agreements reached", parsed as if they were reached by that
            let bare =
                |&c: &usize| tree.word(c).xpos == "VBN" && tree.child(c, Deprel::Mark).is_none();
            let below = tree.children_by(verb, Deprel::Xcomp).filter(bare);
            own =
                below.filter_map(|c| tree.child(c, Deprel::Nsubj)).filter(|&n| n > verb).collect();
        }
        if own.is_empty() {
            // "Xi met Starmer", parsed as if the second name belonged to the first
            let subjects = tree.children_by(verb, Deprel::Nsubj);
            let beyond =
                subjects.flat_map(|s| tree.children_by(s, Deprel::Compound)).filter(|&c| c > verb);
            own = beyond.collect();
        }
        if let Some(&object) = own.first() {
            return self.antecedents(object, verb);
        }
        if tree.deprel(verb) == Deprel::AclRelcl
            && !self.has_relative(verb)
            && let Some(head) = tree.head(verb)
        {
            // "the land it has held"
            return vec![head];
        }
        if tree.is(verb, Deprel::Conj)
            && let Some(head) = tree.head(verb)
            && tree.upos(head) == Upos::Verb
            && tree.child(verb, Deprel::Nsubj).is_none()
            && head < verb
        {
            // "breached and then tore up the pact": the shared object hangs on one of the two
            let shared: Vec<usize> =
                tree.children_by(head, Deprel::Obj).filter(|&o| o > verb).collect();
            return shared;
        }
        if own.is_empty() {
            // "violated and sabotaged the agreement", parsed with the object at the last verb
            let later: Vec<usize> = tree
                .children_by(verb, Deprel::Conj)
                .filter(|&c| tree.upos(c) == Upos::Verb && c > verb && c - verb <= 3)
                .filter(|&c| tree.child(c, Deprel::Nsubj).is_none())
                .flat_map(|c| tree.children_by(c, Deprel::Obj).collect::<Vec<_>>())
                .collect();
            return later;
        }
        own
    }

    /// Is the verb in a relative clause with an object beside the noun that it tells of?
    fn names_its_head(&self, verb: usize) -> bool {
        self.tree.deprel(verb) == Deprel::AclRelcl
            && self.tree.child(verb, Deprel::Nsubj).is_some()
            && !self.has_relative(verb)
    }

    fn has_relative(&self, verb: usize) -> bool {
        let tree = self.tree;
        tree.children(verb).iter().any(|&c| self.ontology.is(tree.lemma(c), WordClass::Relative))
    }

    /// A relative pronoun stands for the noun of its clause; anything else for itself.
    fn antecedents(&self, word: usize, verb: usize) -> Vec<usize> {
        let tree = self.tree;
        if self.ontology.is(tree.lemma(word), WordClass::Relative)
            && tree.upos(word) == Upos::Pron
            && let Some(clause) = std::iter::once(verb)
                .chain(tree.ancestors(verb))
                .take(3)
                .find(|&v| tree.deprel(v).is_relative())
            && let Some(noun) = tree.head(clause)
        {
            return vec![
                self.named_beside(word).filter(|_| tree.upos(noun) == Upos::Noun).unwrap_or(noun),
            ];
        }
        vec![word]
    }

    /// "Talks of Chad with Norway, which rejected it", whatever the tree hangs the clause on: the
    /// head of the name right before the comma before "which".
    fn named_beside(&self, word: usize) -> Option<usize> {
        let tree = self.tree;
        let last = word.checked_sub(2)?;
        let beside = tree.word(word - 1).form == ","
            && tree.upos(last) == Upos::Propn
            && tree.sentence(last) == tree.sentence(word)
            && !self.ontology.is(tree.lemma(word), WordClass::RelativePerson);
        let name = beside.then(|| tree.name_head(last))?;
        let several = tree.is(name, Deprel::Conj) || tree.child(name, Deprel::Conj).is_some();
        (!several).then_some(name)
    }

    /// Does the phrase say when ("on Wednesday", "in March", "for 30 days")?
    fn tells_time(&self, head: usize) -> bool {
        let tree = self.tree;
        let is = |w: usize| {
            let form = tree.word(w).form.to_lowercase();
            [WordClass::Weekday, WordClass::Month, WordClass::RelativeDay]
                .iter()
                .any(|&class| self.ontology.is(&form, class))
                || self.ontology.is(tree.lemma(w), WordClass::TimeUnit)
        };
        is(head) || tree.upos(head) == Upos::Num && tree.children(head).iter().any(|&c| is(c))
    }

    fn clauses(&self, word: usize) -> Vec<usize> {
        let tree = self.tree;
        tree.children(word)
            .iter()
            .copied()
            .filter(|&c| {
                tree.is(c, Deprel::Ccomp)
                    || (tree.is(c, Deprel::Acl) && tree.marked(c, WordClass::ClauseMark))
                    || (tree.is(c, Deprel::Advcl) && tree.marked(c, WordClass::ClauseMark))
                    || (tree.is(c, Deprel::Csubj) && tree.upos(word) != Upos::Verb)
            })
            .collect()
    }

    /// Clauses that ask for something: in the subjunctive ("that it withdraw") or
    /// with an auxiliary of obligation ("that it must").
    fn mandatives(&self, word: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut clauses = self.clauses(word);
        clauses.retain(|&c| {
            let aux = |class: WordClass| {
                tree.children_by(c, Deprel::Aux).any(|a| self.ontology.is(tree.lemma(a), class))
            };
            // "that Iran withdraw": the base form with a subject in the singular
            let singular = tree.child(c, Deprel::Nsubj).is_some_and(|s| {
                matches!(tree.word(s).xpos, "NN" | "NNP") && tree.child(s, Deprel::Conj).is_none()
                    || [WordClass::He, WordClass::She, WordClass::It]
                        .iter()
                        .any(|&class| tree.in_class(s, class))
            });
            let base = tree.word(c).form.to_lowercase() == tree.lemma(c);
            let verb = tree.upos(c) == Upos::Verb;
            let bare = verb
                && (tree.word(c).xpos == "VB" || singular && base)
                && tree.child(c, Deprel::Aux).is_none()
                || tree
                    .children_by(c, Deprel::AuxPass)
                    .chain(tree.children_by(c, Deprel::Cop))
                    .any(|a| {
                        tree.form_in_class(a, WordClass::Copula)
                            && tree.child(c, Deprel::Aux).is_none_or(|x| x == a)
                    });
            // "insists that the rebels leave": plain in form, and no state of things
            let plural = verb && base && !self.ontology.is(tree.lemma(c), WordClass::StativeVerb);
            let insists = tree.child(c, Deprel::Aux).is_none()
                && tree.child(c, Deprel::Cop).is_none()
                && plural
                && tree.marked(c, WordClass::ClauseMark)
                && self.ontology.is(tree.lemma(word), WordClass::MandativeVerb);
            (bare || insists) && tree.child(c, Deprel::Nsubj).is_some()
                || aux(WordClass::Obligation)
        });
        clauses
    }

    fn infinitives(&self, word: usize) -> Vec<usize> {
        let tree = self.tree;
        tree.children(word)
            .iter()
            .copied()
            .filter(|&c| {
                tree.is(c, Deprel::Xcomp) && (tree.marked(c, WordClass::InfinitiveMark) || tree.upos(c) == Upos::Verb)
                    || (tree.is(c, Deprel::Acl) || tree.is(c, Deprel::Advcl) || tree.is(c, Deprel::Ccomp))
                        && tree.marked(c, WordClass::InfinitiveMark)
                        && tree.deprel(c) != Deprel::AclRelcl
                        // "agreed a deal to end the war": the infinitive is the deal's
                        && !(tree.is(c, Deprel::Advcl)
                            && tree.child(word, Deprel::Obj).is_some_and(|o| o > word)
                            // "pressed Congo to disarm"
                            && !self.ontology.is(tree.lemma(word), WordClass::ObjectControl))
            })
            .collect()
    }

    /// Words in a phrase with `preposition` that hangs on `word`.
    pub fn preposition(&self, word: usize, preposition: &str) -> Vec<usize> {
        self.phrases(word, |mark| self.tree.lemma(mark) == preposition)
    }

    /// Words in a phrase with a preposition of the class that hangs on `word`.
    pub fn marked_phrases(&self, word: usize, class: WordClass) -> Vec<usize> {
        self.phrases(word, |mark| self.tree.in_class(mark, class))
    }

    /// Words in a phrase that hangs on `word` with a preposition that is wanted.
    fn phrases(&self, word: usize, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let tree = self.tree;
        let infinitive = |c: usize| {
            tree.upos(c) == Upos::Verb
                && tree.word(c).xpos == "VB"
                && tree
                    .marks(c)
                    .any(|m| is_wanted(m) && tree.in_class(m, WordClass::InfinitiveMark))
        };
        let mut found: Vec<usize> = tree
            .children(word)
            .iter()
            .copied()
            .filter(|&c| {
                [
                    Deprel::Obl,
                    Deprel::Nmod,
                    Deprel::Advcl,
                    Deprel::Acl,
                    Deprel::Xcomp,
                    Deprel::Ccomp,
                    Deprel::Obj,
                    Deprel::Advmod,
                ]
                .iter()
                .any(|&rel| tree.is(c, rel))
                    && tree.marks(c).any(&is_wanted)
                    && tree.deprel(c) != Deprel::AclRelcl
                    && !self.tells_time(c)
                    && !infinitive(c)
            })
            .flat_map(|c| self.antecedents(c, word))
            .collect();
        if found.is_empty()
            && tree.upos(word) == Upos::Verb
            && tree.children(word).iter().any(|&c| {
                tree.upos(c) == Upos::Adp && is_wanted(c) && c > word && tree.children(c).is_empty()
            })
        {
            // a stranded preposition: "agreed to by Ukraine", "the plan they agreed to"
            if tree.deprel(word) == Deprel::AclRelcl || tree.deprel(word) == Deprel::Acl {
                found.extend(tree.head(word));
            } else if tree.is_passive(word) {
                found.extend(self.tree_subjects(word, CONTROL_DEPTH));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn which_is_whoever_is_named_right_before_it() {
        reads(
            "Talks of Chad with Norway, which rejected the truce, failed.",
            &["actual consult [chad] to [norway]", "actual reject [norway] ‹the truce›"],
        );
    }

    #[test]
    fn what_one_insists_on_being_done() {
        reads(
            "Kosovo insisted on being recognised.",
            &["actual demand [kosovo] ‹being recognised›"],
        );
        reads("Hamas insisted on being consulted.", &["actual demand [hamas] ‹being consulted›"]);
        reads("Iran insisted first on being heard.", &["actual demand [iran] ‹being heard›"]);
        reads("Egypt insisted.", &[]);
    }

    #[test]
    fn a_gerund_with_its_doer() {
        reads(
            "Turkey's blocking of the vote angered Greece.",
            &["actual reject [turkey] ‹the vote›"],
        );
        reads(
            "Turkey rejected the plan. Its blocking of the vote angered Greece.",
            &["actual reject [turkey] ‹the plan›", "actual reject [turkey] ‹the vote›"],
        );
        reads(
            "Russia's vetoing of the resolution angered Kyiv.",
            &["actual reject [russia] ‹the resolution›"],
        );
        reads("The blocking of the road took hours.", &[]);
        reads("The farmer's shelling of peas took hours.", &[]);
    }

    #[test]
    fn what_one_calls_something() {
        reads(
            "Erdoğan denounced what he called a betrayal.",
            &[
                "actual accuse [recep-tayyip-erdogan] ‹what he called a betrayal›",
                "actual accuse [recep-tayyip-erdogan] ‹a betrayal›",
            ],
        );
        reads("Sudan described what it called a dream.", &["actual state [sudan] ‹a dream›"]);
    }

    #[test]
    fn the_accused_is_the_subject_of_the_gerund() {
        reads(
            "India accused Pakistan of violating the truce.",
            &[
                "actual accuse [india] to [pakistan] ‹violating the truce›",
                "actual breach [pakistan] ‹the truce› source [india]",
            ],
        );
        reads(
            "Congo accused Rwanda of arming the rebels.",
            &[
                "actual accuse [democratic-republic-of-the-congo] to [rwanda] ‹arming the rebels›",
                "actual aid [rwanda] to [“the rebels”] source [democratic-republic-of-the-congo]",
            ],
        );
        reads("The teacher accused the boy of sleeping.", &["actual accuse [“The teacher”]"]);
    }

    #[test]
    fn what_one_insists_that_others_do() {
        reads(
            "Egypt insists that the troops withdraw.",
            &[
                "actual demand [egypt] ‹the troops withdraw›",
                "unrealised withdraw [“the troops”] source [egypt]",
            ],
        );
        reads(
            "Israel insists that the hostages return.",
            &["actual demand [israel] ‹the hostages return›"],
        );
        reads("Serbia insists that it rains.", &["actual state [serbia] ‹it rains›"]);
        reads(
            "Kenya insists that the rebels want peace.",
            &["actual intend [“the rebels”] ‹peace› source [kenya]"],
        );
    }

    #[test]
    fn what_was_reached_is_broken() {
        reads(
            "Rwanda violated the agreements reached in Luanda.",
            &["actual breach [rwanda] ‹the agreements reached in Luanda›"],
        );
        reads(
            "Kosovo violated the agreements reached in Brussels.",
            &["actual breach [kosovo] ‹the agreements reached in Brussels›"],
        );
    }

    #[test]
    fn whoever_is_quoted_as_saying_it() {
        reads(
            "Reuters quoted Mark Carney as saying that Norway had rejected the truce.",
            &[
                "actual state [reuters] ‹Mark Carney› source [mark-carney]",
                "actual reject [norway] ‹the truce› source [mark-carney] via [reuters]",
            ],
        );
    }

    #[test]
    fn whoever_is_called_upon_is_to_do_it() {
        reads(
            "Egypt called upon Hamas to release the hostages.",
            &[
                "actual demand [egypt] to [hamas] ‹release the hostages›",
                "unrealised concede [hamas] ‹the hostages› source [egypt]",
            ],
        );
        reads(
            "The UN called on Rwanda to withdraw its troops.",
            &[
                "actual demand [united-nations] to [rwanda] ‹withdraw its troops›",
                "unrealised withdraw [rwanda] ‹its troops› source [united-nations]",
            ],
        );
        reads(
            "The UN called upon its members.",
            &["actual demand [united-nations] to [“its members”]"],
        );
    }
}
