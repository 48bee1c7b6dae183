//! Which of the earlier mentions a pronoun goes back to: how likely each is, by signs with
//! weights that are fitted to annotated texts (`models/antecedents.tsv`).
//!
//! Distance, the place of both in their sentences (subjects stay in mind), what the annotator's
//! coreference head says and how often somebody is spoken of are signs; what grammar rules out
//! [`super::pronoun`] has left out before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::slots::Slots;
use super::tree::Tree;
use super::who::{Referent, Who};
use crate::annotate::{Deprel, Upos};
use crate::logistic::{Logistic, Sign};
use crate::ontology::{ActorKind, NameKind, WordClass};

const SHIPPED: &str = include_str!("../../models/antecedents.tsv");

/// Sentences farther than this are all as far.
const FARTHEST: usize = 4;

/// Somebody whom a pronoun may mean.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The word that names them.
    pub at: usize,
    /// Who they are.
    pub meant: Vec<Referent>,
    /// Are they two who are named apart ("A met B", "A argued with B")?
    pub two: bool,
}

/// A mention with what speaks for it.
#[derive(Debug, Clone)]
pub(super) struct Antecedent {
    pub mention: Mention,
    pub signs: Vec<Sign>,
}

impl Antecedent {
    /// What speaks for it, as the shipped weights have it.
    pub(super) fn points(&self) -> f64 {
        static TABLE: OnceLock<Logistic> = OnceLock::new();
        TABLE
            .get_or_init(|| Logistic::read(SHIPPED).expect("the embedded table is tested"))
            .points(&self.signs)
    }
}

/// The mentions, given from the nearest on, with their signs for the pronoun at `i`.
pub(super) fn weighed(who: &Who<'_>, i: usize, mentions: Vec<Mention>) -> Vec<Antecedent> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let around = Around::of(who, i);
    let keys: Vec<Vec<String>> =
        mentions.iter().map(|m| m.meant.iter().map(Referent::key).collect()).collect();
    let mut times: BTreeMap<&[String], usize> = BTreeMap::new();
    keys.iter().for_each(|key| *times.entry(key).or_insert(0) += 1);
    let spoken_of = spoken_of(who, i);
    let mut nearer: BTreeSet<&[String]> = BTreeSet::new();
    let mut found = Vec::with_capacity(mentions.len());
    for (mention, key) in mentions.into_iter().zip(&keys) {
        let mut signs = around.signs(who, i, &mention);
        let most = key.iter().filter_map(|key| spoken_of.get(key)).max();
        signs.push(("spoken of".to_owned(), (*most.unwrap_or(&0) as f64).ln_1p()));
        signs.push(("others-nearer".to_owned(), (nearer.len() as f64).ln_1p()));
        if !nearer.insert(key) {
            signs.push(("named-nearer".to_owned(), 1.0));
        }
        signs.push(("times".to_owned(), (times[key.as_slice()] as f64).ln()));
        found.push(Antecedent { mention, signs });
    }
    found
}

/// Words before a pronoun in which it is counted how often somebody is spoken of.
const COUNTED: usize = 600;

/// How often each is spoken of before `i`.
fn spoken_of(who: &Who<'_>, i: usize) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for referent in (i.saturating_sub(COUNTED)..i).flat_map(|j| who.one(j)) {
        *times.entry(referent.key()).or_insert(0) += 1;
    }
    times
}

/// What stands around a pronoun.
struct Around {
    /// The pronoun, in lower case.
    form: String,
    /// Its place in the sentence.
    place: Place,
    /// Of an owning pronoun the subjects of its clause, of the subject of a clause set into another
    /// those of the other.
    clause_subjects: Vec<usize>,
    /// The subjects of the verb of saying above it.
    reporters: Vec<usize>,
    /// The annotator's antecedent, and who that is.
    coreferent: Option<usize>,
    coreferent_means: Vec<String>,
    /// Does the pronoun stand in a subject ("his army"), or is it one?
    opens: bool,
    quoted: bool,
}

impl Around {
    fn of(who: &Who<'_>, i: usize) -> Self {
        let tree = who.tree;
        let slots = Slots { tree, ontology: who.ontology };
        let owns = tree.is(i, Deprel::NmodPoss);
        let owned = || tree.ancestors(i).find(|&a| tree.upos(a) == Upos::Verb);
        // "India, though it had proposed the word, objected"
        let around = || {
            let clause = tree
                .head(i)
                .filter(|&clause| tree.is(i, Deprel::Nsubj) && tree.is(clause, Deprel::Advcl))?;
            tree.head(clause).filter(|&main| tree.upos(main) == Upos::Verb && main > i)
        };
        let verb = if owns { owned() } else { around() };
        let coreferent = tree.annotation().antecedent.get(i).copied().flatten();
        let means = coreferent.map(|c| who.one(c)).unwrap_or_default();
        Self {
            form: tree.word(i).form.to_lowercase(),
            place: place(tree, i),
            clause_subjects: verb.map(|verb| slots.tree_subjects(verb, 6)).unwrap_or_default(),
            reporters: reporters(who, i),
            coreferent,
            coreferent_means: means.iter().map(Referent::key).collect(),
            opens: tree.is(i, Deprel::Nsubj)
                || owns && tree.head(i).is_some_and(|h| tree.is(h, Deprel::Nsubj)),
            quoted: quoted(tree, i),
        }
    }

    /// The signs of one mention, whatever others there are.
    fn signs(&self, who: &Who<'_>, i: usize, mention: &Mention) -> Vec<Sign> {
        let (tree, j) = (who.tree, mention.at);
        let apart = tree.sentence(i) - tree.sentence(j);
        let there = place(tree, j);
        let mut found = vec![
            ("words".to_owned(), ((i - j) as f64).ln()),
            (format!("sentences:{}", apart.min(FARTHEST)), 1.0),
            (format!("place:{}", there.as_str()), 1.0),
            (format!("kind:{}", self.kind(mention)), 1.0),
        ];
        let subject = there == Place::Subject;
        let means = |keys: &[String]| mention.meant.iter().any(|m| keys.contains(&m.key()));
        let name = who.name(j);
        let known = |r: &Referent| {
            r.actor.as_ref().is_some_and(|actor| who.ontology.actor(&actor.id).is_some())
        };
        let verb = |w: usize| tree.head(w).filter(|&h| tree.upos(h) == Upos::Verb);
        let same_verb = verb(i).zip(verb(j)).is_some_and(|(a, b)| tree.lemma(a) == tree.lemma(b));
        let opens = |w: usize| tree.annotation().sentences[tree.sentence(w)].start == w;
        for (sign, holds) in [
            ("subject for a subject", subject && self.place == Place::Subject),
            ("subject of the sentence before", subject && self.opens && apart == 1),
            ("subject of another sentence", subject && self.opens && apart > 1),
            ("same place", there == self.place),
            ("subject of the clause", self.clause_subjects.contains(&j)),
            ("reporter", self.reporters.contains(&j)),
            ("in an opening phrase", in_opening_phrase(tree, i, j)),
            ("coreferent", self.coreferent == Some(j)),
            ("somebody else is coreferent", self.coreferent.is_some_and(|c| c != j)),
            ("means the coreferent", self.coreferent != Some(j) && means(&self.coreferent_means)),
            ("adjective", name.is_some_and(|n| n.how == NameKind::Adjective)),
            ("name", name.is_some()),
            ("pronoun", tree.upos(j) == Upos::Pron),
            ("same pronoun", tree.word(j).form.to_lowercase() == self.form),
            ("two apart", mention.two),
            ("in the first sentence", tree.sentence(j) == 0),
            ("out of the quotation", self.quoted && !quoted(tree, j)),
            ("coordinated", tree.is(j, Deprel::Conj)),
            ("known", mention.meant.iter().all(known)),
            ("same verb", same_verb),
            ("both open a sentence", opens(i) && opens(j)),
            ("in the same clause", tree.dominates(tree.head(i).unwrap_or(i), j)),
        ] {
            if holds {
                found.push((sign.to_owned(), 1.0));
            }
        }
        found
    }

    /// What kind of actor the mention is, beside the pronoun.
    fn kind(&self, mention: &Mention) -> String {
        let several = mention.meant.len() > 1;
        let plural = mention.meant[0].plural;
        let kind = match mention.meant[0].kind() {
            Some(ActorKind::State) => "state",
            Some(ActorKind::Person) => "person",
            Some(ActorKind::Organisation) => "organisation",
            Some(ActorKind::Group) => "group",
            Some(_) => "other",
            None => "nobody known",
        };
        let number = if several {
            "several"
        } else if plural {
            "plural"
        } else {
            "one"
        };
        format!("{}, {kind}, {number}", self.form)
    }
}

/// Is there a quotation mark that opens between the speaker's clause and `i`?
pub(super) fn quoted(tree: &Tree<'_>, i: usize) -> bool {
    let start = tree.annotation().sentences[tree.sentence(i)].start;
    (start..i)
        .filter(|&w| matches!(tree.word(w).form.as_str(), "\"" | "“" | "”" | "``" | "''"))
        .count()
        % 2
        == 1
}

/// The place of a word in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Subject of an active verb.
    Subject,
    /// Subject of a passive.
    PassiveSubject,
    /// Whose something is.
    Owner,
    /// Object, direct or not.
    Object,
    /// In a phrase with a preposition at a verb.
    Oblique,
    /// Below a noun.
    OfNoun,
    /// Beside a noun, for the same.
    Apposition,
    /// A later member of a list.
    Coordinated,
    /// What something is said to be.
    Predicate,
    /// Anywhere else.
    Elsewhere,
}

impl Place {
    /// What the table of weights calls it.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::PassiveSubject => "subject of a passive",
            Self::Owner => "owner",
            Self::Object => "object",
            Self::Oblique => "oblique",
            Self::OfNoun => "of a noun",
            Self::Apposition => "apposition",
            Self::Coordinated => "coordinated",
            Self::Predicate => "predicate",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// The place of a word in its sentence.
fn place(tree: &Tree<'_>, j: usize) -> Place {
    if tree.head(j).is_none() && tree.child(j, Deprel::Cop).is_some() {
        return Place::Predicate;
    }
    [
        (Deprel::NsubjPass, Place::PassiveSubject),
        (Deprel::Nsubj, Place::Subject),
        (Deprel::NmodPoss, Place::Owner),
        (Deprel::Obj, Place::Object),
        (Deprel::Iobj, Place::Object),
        (Deprel::Obl, Place::Oblique),
        (Deprel::Nmod, Place::OfNoun),
        (Deprel::Compound, Place::OfNoun),
        (Deprel::Amod, Place::OfNoun),
        (Deprel::Appos, Place::Apposition),
        (Deprel::Conj, Place::Coordinated),
    ]
    .into_iter()
    .find(|(relation, _)| tree.is(j, *relation))
    .map_or(Place::Elsewhere, |(_, place)| place)
}

/// "In a letter to Sisi she asked": is `j` in a phrase that hangs on the verb of the
/// subject `i` and stands before it?
fn in_opening_phrase(tree: &Tree<'_>, i: usize, j: usize) -> bool {
    let Some(verb) = tree.head(i).filter(|_| tree.is(i, Deprel::Nsubj)) else { return false };
    tree.children_by(verb, Deprel::Obl).any(|phrase| phrase < i && tree.dominates(phrase, j))
}

/// "Egypt said it was ready": the subjects of the verb of saying in whose complement
/// the subject `i` stands.
fn reporters(who: &Who<'_>, i: usize) -> Vec<usize> {
    let tree = who.tree;
    let reported = || {
        let clause = tree.head(i).filter(|_| tree.is(i, Deprel::Nsubj))?;
        // "asked whether he": about anybody
        let open = |&c: &usize| who.ontology.is(tree.lemma(c), WordClass::Conditional);
        if tree.children_by(clause, Deprel::Mark).any(|c| open(&c)) {
            return None;
        }
        let verb = tree.head(clause).filter(|_| tree.is(clause, Deprel::Ccomp))?;
        who.ontology.is(tree.lemma(verb), WordClass::SpeechVerb).then_some(verb)
    };
    let slots = Slots { tree, ontology: who.ontology };
    reported().map(|verb| slots.tree_subjects(verb, 6)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::reads;

    #[test]
    fn the_shipped_table_is_read() {
        let table = Logistic::read(SHIPPED).unwrap();
        for sign in ["words", "spoken of", "coreferent", "sentences:0"] {
            assert!(table.knows(sign), "{sign}");
        }
        for place in [Place::Subject, Place::Owner, Place::Object, Place::OfNoun, Place::Elsewhere]
        {
            assert!(table.knows(&format!("place:{}", place.as_str())), "{place:?}");
        }
    }

    #[test]
    fn whoever_does_the_same_before() {
        reads(
            "Macron told Starmer about the truce. He told reporters that he rejected the offer.",
            &[
                "actual state [emmanuel-macron] to [keir-starmer] ‹the truce›",
                "actual reject [emmanuel-macron] ‹the offer› source [emmanuel-macron]",
            ],
        );
        reads("It rained on Macron. It rained again.", &[]);
    }
}
