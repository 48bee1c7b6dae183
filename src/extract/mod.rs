//! Extracting: an annotated document becomes [`Claim`]s.
//!
//! `Who` tells who is meant where, `Speech` who says what, and the lexicon
//! which words name an act; then one linguistic construction a file looks at each
//! such word and finds the roles. What they find is judged for status and time in
//! one place and checked against the text.

mod active;
mod adjective;
mod antecedent;
mod apposition;
mod bodies;
mod choice;
mod claim;
mod commitment;
mod company;
mod condition;
mod confidence;
mod construction;
mod counted;
mod country;
mod demonyms;
mod dependence;
mod described;
mod echo;
mod elliptic;
mod events;
mod evoked;
mod explain;
mod extent;
mod first_person;
mod lexicon;
#[cfg(test)]
mod line;
mod listed;
mod making;
mod matter;
mod name;
mod names;
mod namesake;
mod noun;
mod obligation;
mod office;
mod outsider;
mod pair;
mod parties;
mod passive;
mod pointing;
mod pronoun;
mod question;
mod quotation;
mod reading;
mod sighted;
mod slots;
mod speech;
mod status;
#[cfg(test)]
mod testing;
mod time;
mod tree;
mod turns;
mod when;
mod who;
mod written;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub use claim::{Agreement, Claim, Condition, Evidence, MatterMention, Participant, Status};
pub use confidence::{Confidence, features};
pub use construction::Construction;
pub use explain::{Explanation, WordSight, explain};
pub use lexicon::Lexicon;
pub use making::{claim_id, claim_stem};
pub use question::{Asked, HOLE, Hole, Question, read_question};
use reading::{Candidate, Reading};
use slots::Slots;
use speech::Speech;
use tree::Tree;
pub use when::{Duration, NoDuration, NoTime, Point, Unit, When, days};
use who::Who;
pub use written::as_written;

use crate::annotate::{Annotation, Deprel, Upos};
use crate::budget::{Budget, OverBudget};
use crate::corpus::{Document, Span};
use crate::logistic::Sign;
use crate::named::named;
use crate::ontology::{ActTrait, ContentStatus, KeyAct};

/// Reads the claims of one document, sorted by offset: a pure function of the
/// document and the lexicon. Matters get words and issues, not yet an id.
///
/// Every claim holds `text[start..end] == quote`, and so for trigger and matter.
pub fn extract(document: &Document, annotation: &Annotation, lexicon: &Lexicon<'_>) -> Vec<Claim> {
    extract_by(By::Both, document, annotation, lexicon)
}

named! {
    /// Who looks for claims, and what is done with what they find.
    #[derive(Default)]
    pub enum By {
        /// Rules and network; of what they find the sure is chosen. This is what
        /// [`extract`] does.
        #[default]
        Both = "both",
        /// The rules alone: all that they find.
        Rules = "rules",
        /// The network alone, chosen from as for both.
        Model = "model",
        /// Rules and network, also what is too unsure to be chosen: what the choice is
        /// fitted to.
        EveryCandidate = "every-candidate",
    }
}

/// As [`extract`], with what only some of those who look for claims find: to measure what each
/// of them is worth.
pub fn extract_by(
    by: By,
    document: &Document,
    annotation: &Annotation,
    lexicon: &Lexicon<'_>,
) -> Vec<Claim> {
    let claims = extract_within(by, document, annotation, lexicon, &Budget::unlimited());
    claims.expect("what is unlimited is never used up")
}

/// As [`extract_by`], as long as the budget lasts; it is asked every few words.
///
/// # Errors
/// When it is used up.
pub fn extract_within(
    by: By,
    document: &Document,
    annotation: &Annotation,
    lexicon: &Lexicon<'_>,
    budget: &Budget,
) -> Result<Vec<Claim>, OverBudget> {
    let reader = Reader::within(document, annotation, lexicon, budget)?;
    let reading = reader.reading_within(budget)?;
    let found = if by == By::Model { Vec::new() } else { by_rules_within(&reading, budget)? };
    let combined = |found: Vec<(Candidate, Claim)>| {
        let candidates = found.into_iter().map(|(candidate, _)| candidate).collect();
        choice::combine(&reading, candidates, budget)
    };
    let mut claims = match by {
        By::Rules => found.into_iter().map(|(_, claim)| claim).collect(),
        By::Model | By::Both => choice::choose(combined(found)?, lexicon),
        By::EveryCandidate => combined(found)?,
    };
    claims.iter_mut().for_each(|claim| confidence::set(claim, lexicon));
    budget.check()?;
    if by == By::Both && !lexicon.is_left_out(Some(Construction::Echo)) {
        claims = echo::with_echoes(&reading, claims);
    }
    let mut claims = sorted(document, claims);
    elliptic::complete(&mut claims, lexicon);
    Ok(claims)
}

/// What the rules alone find, as long as the budget lasts.
fn by_rules_within(
    reading: &Reading<'_>,
    budget: &Budget,
) -> Result<Vec<(Candidate, Claim)>, OverBudget> {
    let (tree, lexicon) = (reading.tree, reading.lexicon);
    let mut found: Vec<(Candidate, Claim)> = Vec::new();
    for word in 0..tree.len() {
        budget.check_at(word)?;
        if let Some(mut candidate) = read_word(reading, word) {
            reading.remember(&candidate);
            if let Some(claim) = reading.claim(&candidate) {
                candidate.status = Some(claim.status);
                found.push((candidate, claim));
            }
        }
    }
    budget.check()?;
    drop_parts_of_triggers(tree, lexicon, &mut found);
    drop_acts_of_commitments(lexicon, &mut found);
    drop_covered_statements(tree, lexicon, &mut found);
    Ok(found)
}

/// Claims in the order of the text, each once and each saying what the text says.
fn sorted(document: &Document, mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.retain(|c| is_verbatim(document, c));
    claims.sort_by(Claim::by_place);
    claims.dedup_by(|a, b| a.id == b.id);
    claims
}

/// A pronoun of the third person with those whom it may mean.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Pronoun {
    /// Where it stands.
    pub span: Span,
    /// Earlier mentions that grammar allows, each with the signs that speak for it and whom it
    /// means.
    pub antecedents: Vec<(Vec<Sign>, Vec<Participant>)>,
}

/// The pronouns of a document with what speaks for each antecedent: what the weights of
/// antecedents (`models/antecedents.tsv`) are fitted to.
pub fn pronouns(
    document: &Document,
    annotation: &Annotation,
    lexicon: &Lexicon<'_>,
) -> Vec<Pronoun> {
    let reader = Reader::new(document, annotation, lexicon);
    let reading = reader.reading();
    let pronoun = |i: usize| {
        let candidates = pronoun::candidates(&reading.who, i, &reader.speech)?;
        let antecedents = candidates.into_iter().map(|candidate| {
            let means = candidate.mention.meant.iter().map(who::Referent::participant).collect();
            (candidate.signs, means)
        });
        Some(Pronoun { span: annotation.span(i..i + 1), antecedents: antecedents.collect() })
    };
    (0..reading.tree.len()).filter_map(pronoun).collect()
}

/// A document with what is known of all its words, from which a [`Reading`] is lent.
struct Reader<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon<'a>,
    tree: Tree<'a>,
    speech: Speech,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document, annotation: &'a Annotation, lexicon: &'a Lexicon<'a>) -> Self {
        let reader = Self::within(document, annotation, lexicon, &Budget::unlimited());
        reader.expect("what is unlimited is never used up")
    }

    fn within(
        document: &'a Document,
        annotation: &'a Annotation,
        lexicon: &'a Lexicon<'a>,
        budget: &Budget,
    ) -> Result<Self, OverBudget> {
        let tree = Tree::new(annotation, lexicon);
        let speech = Speech::within(&tree, lexicon, &document.text, budget)?;
        Ok(Self { document, lexicon, tree, speech })
    }

    fn reading(&self) -> Reading<'_> {
        let reading = self.reading_within(&Budget::unlimited());
        reading.expect("what is unlimited is never used up")
    }

    fn reading_within(&self, budget: &Budget) -> Result<Reading<'_>, OverBudget> {
        let who = Who::within(&self.tree, self.lexicon, self.document, &self.speech, budget)?;
        Ok(Reading {
            document: self.document,
            tree: &self.tree,
            lexicon: self.lexicon,
            who,
            speech: &self.speech,
            talks: RefCell::new(Vec::new()),
            dealings: RefCell::new(Vec::new()),
        })
    }
}

/// The acts that one word names: the best entry of the lexicon that some
/// construction can read, an obligation, a commitment or a condition.
fn read_word(reading: &Reading<'_>, word: usize) -> Option<Candidate> {
    let read = |found: Option<Candidate>| {
        found.filter(|found| !reading.lexicon.is_left_out(found.construction))
    };
    if let Some(spoken) = read(obligation::read(reading, word))
        .or_else(|| read(commitment::read(reading, word)))
        .or_else(|| read(condition::read(reading, word)))
    {
        return Some(spoken);
    }
    let slots = Slots { tree: reading.tree, ontology: reading.lexicon.ontology };
    reading.lexicon.evoked(&slots, word).iter().find_map(|evoked| {
        let mut candidate = read(active::read(reading, evoked))
            .or_else(|| read(passive::read(reading, evoked)))
            .or_else(|| read(noun::read(reading, evoked)))
            .or_else(|| read(adjective::read(reading, evoked)))?;
        candidate.evidence.taught = evoked.trigger.layer > 0;
        Some(candidate)
    })
}

/// "Made an offer", "signed an accord" are one act: a noun that is part of another
/// trigger, or the object of a verb that means the same, makes no second claim.
fn drop_parts_of_triggers(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    found: &mut Vec<(Candidate, Claim)>,
) {
    let agreeing = |act: &str| lexicon.act_is(act, ActTrait::Agreeing);
    let alike = |act: &str, part: &Candidate| {
        let noun = tree.upos(part.head) == Upos::Noun;
        act == part.act || noun && agreeing(act) && agreeing(&part.act)
    };
    let agents = |c: &Candidate| c.agent.iter().map(who::Referent::key).collect::<Vec<_>>();
    // a document has many triggers: only those whose words meet are compared
    let mut holding: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut about: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, (candidate, _)) in found.iter().enumerate() {
        for &word in &candidate.trigger {
            holding.entry(word).or_default().push(number);
        }
        for &word in &candidate.matter {
            about.entry(word).or_default().push(number);
        }
    }
    let doers: Vec<Vec<String>> = found.iter().map(|(c, _)| agents(c)).collect();
    let part = |number: usize| {
        let candidate = &found[number].0;
        let whole = |&other: &usize| {
            let other_candidate = &found[other].0;
            other_candidate.head != candidate.head
                && other_candidate.trigger.len() > candidate.trigger.len()
                && (candidate.agent.is_empty() || doers[other] == doers[number])
        };
        let same = |&other: &usize| {
            let other_candidate = &found[other].0;
            other_candidate.head != candidate.head
                && alike(&other_candidate.act, candidate)
                && (candidate.construction == Some(Construction::LightVerb)
                    || candidate.agent.is_empty()
                    || doers[other] == doers[number])
        };
        let at =
            |index: &BTreeMap<usize, Vec<usize>>, word: usize, fits: &dyn Fn(&usize) -> bool| {
                index.get(&word).is_some_and(|numbers| numbers.iter().any(fits))
            };
        at(&holding, candidate.head, &whole)
            || candidate.trigger.iter().any(|&word| at(&about, word, &same))
    };
    let parts: Vec<bool> = (0..found.len()).map(part).collect();
    let mut parts = parts.into_iter();
    found.retain(|_| !parts.next().unwrap_or(false));
}

/// "It said it would comply" is a promise, and no acceptance beside it.
fn drop_acts_of_commitments(lexicon: &Lexicon<'_>, found: &mut Vec<(Candidate, Claim)>) {
    let is_commitment = |c: &Candidate| c.construction == Some(Construction::Commitment);
    let commitments: BTreeSet<usize> =
        found.iter().filter(|(c, _)| is_commitment(c)).map(|(c, _)| c.head).collect();
    found.retain(|(c, _)| {
        is_commitment(c)
            || !commitments.contains(&c.head)
            || !lexicon.act_is(&c.act, ActTrait::Answering) && c.act != KeyAct::Promise
    });
}

/// The most specific act wins (codebook rule 1): a mere "said" gives way to the
/// claims in what is said, but not a denial to what it denies.
fn drop_covered_statements(
    tree: &Tree<'_>,
    lexicon: &Lexicon<'_>,
    found: &mut Vec<(Candidate, Claim)>,
) {
    // for each clause the acts that it says
    let mut said: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (candidate, _) in found.iter().filter(|(candidate, _)| candidate.act != KeyAct::State) {
        for clause in saying(tree, candidate.head) {
            said.entry(clause).or_default().insert(candidate.head);
        }
    }
    found.retain(|(candidate, _)| {
        let others = |heads: &BTreeSet<usize>| heads.iter().any(|&head| head != candidate.head);
        candidate.act != KeyAct::State
            || lexicon.content_status(tree, candidate.head) == Some(ContentStatus::Negated)
            || !candidate.matter.iter().any(|clause| said.get(clause).is_some_and(others))
    });
}

/// The heads of the clauses that say an act, and do not only mention it ("said that the talks
/// went well" says more than that there were talks), the act itself first.
fn saying(tree: &Tree<'_>, act: usize) -> Vec<usize> {
    let mut clauses = vec![act];
    let mut at = act;
    while let Some(head) = tree.head(at).filter(|_| clauses.len() < 4) {
        let same = [Deprel::Conj, Deprel::Xcomp, Deprel::Aux, Deprel::Ccomp]
            .iter()
            .any(|&rel| tree.is(at, rel))
            || matches!(tree.deprel(at), Deprel::Obj | Deprel::NsubjPass)
                && tree.upos(at) == Upos::Noun;
        if !same {
            break;
        }
        clauses.push(head);
        at = head;
    }
    clauses
}

/// Does the claim say what the text says?
fn is_verbatim(document: &Document, claim: &Claim) -> bool {
    let text = &document.text;
    let holds = |span: Span, words: &str| span.end <= text.len() && text.slice(span) == words;
    holds(claim.span(), &claim.quote)
        && holds(claim.trigger_span(), &claim.trigger)
        && claim.matter.as_ref().is_none_or(|m| holds(Span::new(m.start, m.end), &m.text))
}
