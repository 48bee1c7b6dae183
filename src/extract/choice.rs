//! Choosing: rules and network both propose candidates. Those of one act at one trigger
//! are one claim, with both as evidence; of several acts at one trigger the surest stays;
//! what is too unsure is dropped.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::claim::{Agreement, Claim, Evidence, Status};
use super::company::take_company;
use super::confidence;
use super::construction::Construction;
use super::lexicon::Lexicon;
use super::outsider;
use super::parties::Talks;
use super::reading::{Candidate, Reading};
use super::sighted;
use super::tree::Tree;
use super::who::Referent;
use crate::annotate::{Deprel, Sighting, Upos};
use crate::budget::{Budget, OverBudget};
use crate::ontology::{ActTrait, WordClass};

/// Puts the candidates of the rules and the sightings of the network together. Every
/// candidate of either is in what comes back.
///
/// # Errors
/// When the budget is used up before.
pub(super) fn combine(
    reading: &Reading<'_>,
    rules: Vec<Candidate>,
    budget: &Budget,
) -> Result<Vec<Claim>, OverBudget> {
    let seen = Seen::of(reading);
    let mut sighted: Vec<Candidate> = Vec::new();
    for (number, sighting) in seen.sightings.iter().enumerate() {
        budget.check_at(number)?;
        sighted.push(sighted::read(reading, sighting));
    }
    let talks = Talks::among(reading, rules.iter().chain(&sighted));
    let mut met = vec![false; seen.sightings.len()];
    let mut claims = Vec::new();
    for (number, candidate) in rules.into_iter().enumerate() {
        budget.check_at(number)?;
        let same = seen
            .at(&candidate)
            .into_iter()
            .map(|number| (number, &seen.sightings[number]))
            .filter(|(_, s)| s.act == candidate.act)
            .max_by(|(_, a), (_, b)| {
                // "fulfil the agreement from Brussels": whose it is shows at the verb
                let at_head =
                    |s: &Sighting| s.trigger.contains(&candidate.head) && s.chance >= AT_HEAD;
                at_head(a).cmp(&at_head(b)).then(a.chance.total_cmp(&b.chance))
            });
        let joined = match same {
            Some((number, _)) => {
                met[number] = true;
                join(reading, candidate, sighted[number].clone())
            }
            None => alone(candidate, Agreement::Rules),
        };
        claims.extend(claim(reading, &seen, &talks, joined));
    }
    let unmet = sighted.into_iter().zip(&met).filter(|(_, met)| !**met);
    for (number, (mut sighted, _)) in unmet.enumerate() {
        budget.check_at(number)?;
        take_owner(reading, &mut sighted);
        claims.extend(claim(reading, &seen, &talks, alone(sighted, Agreement::Model)));
    }
    Ok(claims)
}

/// What the network sees, by the words where it sees it.
struct Seen<'a> {
    sightings: &'a [Sighting],
    /// For each word: numbers of the sightings whose trigger holds it.
    by_word: Vec<Vec<usize>>,
}

impl<'a> Seen<'a> {
    fn of(reading: &Reading<'a>) -> Self {
        let sightings = &reading.tree.annotation().sightings;
        let mut by_word = vec![Vec::new(); reading.tree.len()];
        for (number, sighting) in sightings.iter().enumerate() {
            for word in sighting.trigger.clone() {
                by_word[word].push(number);
            }
        }
        Self { sightings, by_word }
    }

    /// Numbers of the sightings where the rules have their trigger, ascending.
    fn at(&self, candidate: &Candidate) -> BTreeSet<usize> {
        let words = candidate.trigger.iter().chain([&candidate.head]);
        words.flat_map(|&word| self.by_word[word].iter().copied()).collect()
    }
}

/// The claim that a candidate makes, once it is settled who does it.
fn claim(
    reading: &Reading<'_>,
    seen: &Seen<'_>,
    talks: &Talks,
    mut candidate: Candidate,
) -> Option<Claim> {
    leave_outsiders(reading, &mut candidate);
    take_sender(reading, &mut candidate);
    take_parties(reading, talks, &mut candidate);
    take_company(reading, &mut candidate);
    if !candidate.agent.is_empty() && keys(&candidate.agent) == keys(&candidate.addressee) {
        // "he was forced into a retreat": by whom is not said; else nobody does it to himself
        if reading.tree.is_passive(candidate.head) {
            candidate.agent.clear();
            candidate.agent_words.clear();
        } else {
            candidate.addressee.clear();
        }
    }
    let others = seen.at(&candidate).into_iter().map(|number| &seen.sightings[number]);
    candidate.evidence.other = others
        .filter(|s| s.act != candidate.act)
        .map(|s| sighted::rounded(s.chance))
        .fold(0.0, f64::max);
    reading.claim(&candidate)
}

/// Whom the network alone takes for the doer is left out where he only stands by.
fn leave_outsiders(reading: &Reading<'_>, candidate: &mut Candidate) {
    if candidate.evidence.agent == Agreement::Model && outsider::stands_outside(reading, candidate)
    {
        candidate.agent.clear();
        candidate.agent_words.clear();
        candidate.evidence.agent = Agreement::Neither;
    }
}

/// "Reed has drawn criticism from Oslo": whoever stands behind "from" right after what is said has
/// said it, whatever else was found.
fn take_sender(reading: &Reading<'_>, candidate: &mut Candidate) {
    let (tree, noun) = (reading.tree, candidate.head);
    let said =
        tree.upos(noun) == Upos::Noun && reading.lexicon.act_is(&candidate.act, ActTrait::Said);
    let Some(head) = sender(tree, noun).filter(|_| said) else { return };
    let senders = reading.who.all(head);
    if senders.is_empty() || keys(&senders) == keys(&candidate.agent) {
        return;
    }
    put_agent(candidate, senders, vec![head]);
}

/// Makes those whom the words of a phrase name the doers, and nobody of them an addressee.
fn put_agent(candidate: &mut Candidate, agent: Vec<Referent>, words: Vec<usize>) {
    candidate.evidence.agent =
        if candidate.agent.is_empty() { Agreement::Rules } else { Agreement::Differ };
    candidate.addressee.retain(|addressee| !addressee.is_among(&agent));
    candidate.agent = agent;
    candidate.agent_words = words;
}

/// Whom "from" or "by" names right behind a noun, or behind its phrase with "of" ("criticism of
/// the bank by exporters").
fn sender(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let behind = |at: usize| {
        let mark = (at + 1 < tree.len()).then_some(at + 1)?;
        let near = tree.sentence(mark) == tree.sentence(noun);
        let head = tree.head(mark).filter(|&head| head > mark)?;
        (near && tree.in_class(mark, WordClass::VoiceMark)).then_some(head)
    };
    let of = tree
        .children_by(noun, Deprel::Nmod)
        .find(|&c| c > noun && tree.marked(c, WordClass::BelongingMark));
    behind(noun).or_else(|| of.and_then(behind))
}

/// "A mediated talks between B and C": those whom the phrase names take part, whatever else was
/// found; where it names none, those of the talks told of before.
fn take_parties(reading: &Reading<'_>, talks: &Talks, candidate: &mut Candidate) {
    let known = || talks.both_of(reading, candidate).map(|parties| (parties, Vec::new()));
    let Some((parties, words)) = reading.named_parties(candidate).or_else(known) else { return };
    let noun = candidate.trigger.contains(&candidate.head)
        && reading.tree.upos(candidate.head) != Upos::Verb;
    // "Egypt and Qatar hosted talks between …" is theirs, where both readers say so
    if keys(&candidate.agent) == keys(&parties)
        || !noun && candidate.evidence.agent == Agreement::Both
    {
        return;
    }
    put_agent(candidate, parties, words);
}

/// A candidate that only one of the two has.
fn alone(mut candidate: Candidate, finder: Agreement) -> Candidate {
    candidate.evidence.status = finder;
    candidate.evidence.agent = if candidate.agent.is_empty() { Agreement::Neither } else { finder };
    candidate
}

/// Chance from which on what the network sees is a claim also where whoever does it is known by
/// words alone: the act was right in 9 of 10 such claims on texts that it had not seen.
const SURE_ACT: f64 = 0.9;

/// Chance from which on the network's status is taken before that of the rules.
const SURE_STATUS: f64 = 0.9;

/// Chance from which on what the network sees at the head of a trigger counts before what it sees at
/// another word of it, however sure: it is likelier so than not.
const AT_HEAD: f32 = 0.5;

/// … and from which on its agent.
const SURE_AGENT: f64 = 0.75;

/// … and from which on also where it is somebody nobody knows ("two trade unions").
const CERTAIN_AGENT: f64 = 0.9;

/// One candidate of two for the same act at the same trigger. Matter and addressee are the
/// network's where it has any, its status where it is sure; the source is that of the rules,
/// which see beyond a window. All this is as it was right more often on texts that neither had
/// seen. Of two agents the rules' are taken, which can
/// be traced, unless the network is sure of its own, sees more of a list, or alone knows them.
fn join(reading: &Reading<'_>, rules: Candidate, model: Candidate) -> Candidate {
    let mut joined = rules;
    let (agent, finder) = agent(reading, &joined, &model);
    joined.evidence = Evidence { taught: joined.evidence.taught, ..model.evidence };
    joined.evidence.agent = finder;
    if agent {
        joined.agent = model.agent;
        joined.agent_words = model.agent_words;
    }
    joined.evidence.status =
        if joined.status == model.status { Agreement::Both } else { Agreement::Differ };
    // what words deny is not done, however sure the network is of the act
    let denied = joined.status == Some(Status::Negated) && model.status == Some(Status::Actual);
    if model.evidence.status_model >= SURE_STATUS && !denied {
        joined.status = model.status;
    }
    // "held talks with Norland, Sudria and Chad", of whom the network takes some for the doers:
    // whoever sees more of a list sees it whole
    let whole = !agent && keys(&model.addressee).is_subset(&keys(&joined.addressee));
    if !model.addressee.is_empty() && !whole {
        // two readers can disagree on who speaks to whom; nobody speaks to himself
        let agents = keys(&joined.agent);
        joined.addressee = model.addressee;
        joined.addressee.retain(|addressee| !agents.contains(&addressee.key()));
    }
    if let Some(words) = model.matter_words.filter(|words| !is_elsewhere(reading, &joined, words)) {
        joined.matter_words = Some(words);
    }
    joined
}

/// "The Bank, asked to step in, rejected the plan": do the rules find what it is about below a
/// participle that describes somebody, and the network elsewhere in the sentence?
fn is_elsewhere(reading: &Reading<'_>, rules: &Candidate, words: &Range<usize>) -> bool {
    let (tree, verb) = (reading.tree, rules.head);
    let below = |w: usize| tree.dominates(verb, w);
    tree.is(verb, Deprel::Acl)
        && !rules.matter.is_empty()
        && rules.matter.iter().all(|&w| below(w))
        && !words.clone().any(below)
}

/// What tells people apart.
fn keys(who: &[Referent]) -> BTreeSet<String> {
    who.iter().map(Referent::key).collect()
}

/// Is the network's agent the better one, and who says so?
fn agent(reading: &Reading<'_>, rules: &Candidate, model: &Candidate) -> (bool, Agreement) {
    // people who are only described are known to nobody
    let known = |agent: &[Referent]| {
        let named =
            |id: &str| reading.lexicon.ontology.actor(id).is_some() || reading.who.is_named(id);
        agent.iter().all(|a| a.actor.as_ref().is_some_and(|actor| named(&actor.id)))
    };
    if !rules.agent.is_empty() && is_patient(reading.tree, model) {
        return (false, Agreement::Differ);
    }
    let differ = !rules.agent.is_empty()
        && !model.agent.is_empty()
        && keys(&rules.agent) != keys(&model.agent);
    if differ
        && (obliges(reading, rules, model)
            || does_other(reading.tree, model)
            || outsider::stands_outside(reading, model)
            || known(&rules.agent) && is_named_at(reading, rules, model)
            || is_subject(reading, rules, model)
            || is_by_phrase(reading.tree, rules))
    {
        return (false, Agreement::Differ);
    }
    match (rules.agent.is_empty(), model.agent.is_empty()) {
        (true, true) => (false, Agreement::Neither),
        (false, true) => (false, Agreement::Rules),
        (true, false) => (true, Agreement::Model),
        (false, false) if keys(&rules.agent) == keys(&model.agent) => (false, Agreement::Both),
        (false, false) => {
            // "the army and the rebels": whoever sees more of a list sees it whole
            let more = keys(&rules.agent).is_subset(&keys(&model.agent))
                && in_one_list(reading.tree, &model.agent_words);
            let chance = model.evidence.agent_model;
            let better = more
                || known(&model.agent) && (chance >= SURE_AGENT || !known(&rules.agent))
                || chance >= CERTAIN_AGENT && model.agent.iter().all(|a| a.actor.is_some());
            (better, Agreement::Differ)
        }
    }
}

/// "The outline put forward by Egypt": do the rules have whoever stands behind "by" at a passive?
fn is_by_phrase(tree: &Tree<'_>, rules: &Candidate) -> bool {
    let verb = rules.head;
    let by = |&w: &usize| {
        let w = tree.first_conjunct(w);
        // the tree alone can take "with" for "by"
        w > verb && tree.head(w) == Some(verb) && tree.marked(w, WordClass::AgentMark)
    };
    tree.is_passive(verb) && !rules.agent_words.is_empty() && rules.agent_words.iter().all(by)
}

/// "Hamas must leave": has the network taken whoever must do something for whoever demands it?
fn obliges(reading: &Reading<'_>, rules: &Candidate, model: &Candidate) -> bool {
    let tree = reading.tree;
    let verb = tree.head(rules.head).filter(|_| tree.upos(rules.head) == Upos::Aux);
    let Some(verb) = verb.filter(|_| rules.construction == Some(Construction::Obligation)) else {
        return false;
    };
    let subjects: Vec<usize> = tree.children_by(verb, Deprel::Nsubj).collect();
    let subject = |&w: &usize| subjects.iter().any(|&s| tree.dominates(s, w));
    let speaker = |&w: &usize| {
        let form = tree.word(w).form.to_lowercase();
        reading.lexicon.is(&form, WordClass::FirstPlural)
    };
    !model.agent_words.is_empty() && model.agent_words.iter().all(|w| subject(w) && !speaker(w))
}

/// "He was scolded", "the Fund, asked by Torvia to step in": is the agent of the network the
/// subject of a passive, or what a participle describes?
fn is_patient(tree: &Tree<'_>, model: &Candidate) -> bool {
    let verb = model.head;
    let subject = |&w: &usize| tree.is(w, Deprel::NsubjPass);
    let described = |&w: &usize| {
        tree.head(verb) == Some(w) && tree.is(verb, Deprel::Acl) && tree.word(verb).xpos == "VBN"
    };
    tree.is_passive(verb) && model.agent_words.iter().any(subject)
        || !model.agent_words.is_empty() && model.agent_words.iter().all(described)
}

/// "Norway, opposed by Chad, proposed": are all agents of the network told to do another verb, one
/// that only describes somebody?
fn does_other(tree: &Tree<'_>, model: &Candidate) -> bool {
    let other = |&w: &usize| {
        let by = tree.is(w, Deprel::Obl) && tree.marked(w, WordClass::AgentMark);
        let verb = tree.head(w).filter(|_| by);
        verb.is_some_and(|verb| {
            verb != model.head && tree.is(verb, Deprel::Acl) && !tree.dominates(verb, model.head)
        })
    };
    !model.agent_words.is_empty() && model.agent_words.iter().all(other)
}

/// "We are fed up with the Houthi attacks": do the rules have the name that stands right before
/// the noun, as its owner or its adjective, and the network somebody who stands elsewhere?
fn is_named_at(reading: &Reading<'_>, rules: &Candidate, model: &Candidate) -> bool {
    let (tree, noun) = (reading.tree, rules.head);
    let at_noun = |&w: &usize| {
        w < noun
            && tree.head(w) == Some(noun)
            && tree.upos(w) != Upos::Pron
            && [Deprel::Amod, Deprel::Compound, Deprel::NmodPoss].iter().any(|&r| tree.is(w, r))
    };
    tree.upos(noun) == Upos::Noun
        && !rules.agent_words.is_empty()
        && rules.agent_words.iter().all(at_noun)
        && !model.agent_words.iter().any(|&w| tree.dominates(noun, w))
}

/// "After the groups left, a mob killed three": do the rules have the subject of the verb itself,
/// somebody whom a noun names, and the network somebody who stands elsewhere?
fn is_subject(reading: &Reading<'_>, rules: &Candidate, model: &Candidate) -> bool {
    let (tree, verb) = (reading.tree, rules.head);
    let somebody = |w: usize| {
        !reading.who.one(w).is_empty()
            || reading.lexicon.is(tree.lemma(w), WordClass::PersonNoun)
            || reading.lexicon.is(tree.lemma(w), WordClass::GroupNoun)
    };
    let subject = |&w: &usize| {
        w < verb
            && tree.head(w) == Some(verb)
            && tree.is(w, Deprel::Nsubj)
            && matches!(tree.upos(w), Upos::Noun | Upos::Propn)
            && somebody(w)
    };
    tree.upos(verb) == Upos::Verb
        && !tree.is_passive(verb)
        && rules.agent_words.len() == 1
        && rules.agent_words.iter().all(subject)
        && !model.agent_words.iter().any(|&w| {
            rules.agent_words.iter().any(|&s| tree.dominates(s, w)) || tree.head(w) == Some(verb)
        })
}

/// "Reed has drawn Cole's scorn", of which the network alone knows: whoever owns the noun by name
/// does what it names, and nobody who stands elsewhere.
fn take_owner(reading: &Reading<'_>, candidate: &mut Candidate) {
    let (tree, noun) = (reading.tree, candidate.head);
    let owner = tree
        .children_by(noun, Deprel::NmodPoss)
        .find(|&w| reading.who.name(w).is_some() && !reading.who.one(w).is_empty());
    let Some(owner) = owner.filter(|_| tree.upos(noun) == Upos::Noun) else { return };
    let own = |&w: &usize| tree.dominates(noun, w);
    if candidate.agent.is_empty() || candidate.agent_words.iter().any(own) {
        return;
    }
    let agent = reading.referents(&[owner]);
    candidate.addressee = reading.others(std::mem::take(&mut candidate.addressee), &agent);
    candidate.agent = agent;
    candidate.agent_words = vec![owner];
}

/// Do the words stand in one list?
fn in_one_list(tree: &Tree<'_>, words: &[usize]) -> bool {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.windows(2).all(|pair| sighted::in_one_list(tree, pair[0], pair[1]))
}

/// Keeps of the claims at one trigger the surest, and none that is too unsure; but what an entry
/// of the user's ontology finds, which the network was never shown, stays and comes first.
pub(super) fn choose(mut claims: Vec<Claim>, lexicon: &Lexicon<'_>) -> Vec<Claim> {
    claims.iter_mut().for_each(|claim| confidence::set(claim, lexicon));
    claims.retain(|claim| {
        claim.evidence.taught
            || claim.confidence >= confidence::LEAST
            || claim.evidence.model >= SURE_ACT && !claim.agent.is_empty()
    });
    surest(claims)
}

/// What claims have in common that say the same of one matter, at two words ("fell short of",
/// "meeting"): act, place of the matter and agents.
type Said = (String, (usize, usize), Vec<(Option<String>, String)>);

fn said(claim: &Claim) -> Option<Said> {
    let matter = claim.matter.as_ref()?;
    let agents = claim.agent.iter().map(|p| (p.id.clone(), p.text.clone())).collect();
    Some((claim.act.clone(), (matter.start, matter.end), agents))
}

/// Of claims whose triggers overlap the one with the most confidence; what is beaten beats
/// nobody.
fn surest(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by(|a, b| {
        let sureness = |claim: &Claim| (claim.confidence, claim.evidence.model);
        let taught = b.evidence.taught.cmp(&a.evidence.taught);
        let (a_sure, b_sure) = (sureness(a), sureness(b));
        let surer = b_sure.0.total_cmp(&a_sure.0).then(b_sure.1.total_cmp(&a_sure.1));
        taught.then(surer).then_with(|| {
            (a.trigger_start, a.trigger_end, &a.act).cmp(&(b.trigger_start, b.trigger_end, &b.act))
        })
    });
    // The triggers that are kept, which do not overlap: where each begins, and ends.
    let mut triggers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut known: BTreeSet<Said> = BTreeSet::new();
    claims.retain(|claim| {
        let (start, end) = (claim.trigger_start, claim.trigger_end);
        let before = triggers.range(..end).next_back();
        let said = said(claim);
        let free = before.is_none_or(|(_, &other)| other <= start)
            && said.as_ref().is_none_or(|said| !known.contains(said));
        if free {
            triggers.insert(start, end);
            known.extend(said);
        }
        free
    });
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::{chooses, lexicon};
    use crate::extract::{Evidence, Status};

    #[test]
    fn criticism_is_whoevers_from_whom_it_comes() {
        chooses(
            "Macron has drawn criticism from Norway, Chad and Peru.",
            &["actual accuse [norway, chad, peru] ‹Macron›"],
        );
    }

    fn claim(act: &str, trigger: (usize, usize), confidence: f64) -> Claim {
        Claim {
            id: format!("{act}-{}", trigger.0),
            document: "d".to_owned(),
            start: trigger.0,
            end: trigger.1,
            quote: String::new(),
            trigger: String::new(),
            trigger_start: trigger.0,
            trigger_end: trigger.1,
            act: act.to_owned(),
            status: Status::Actual,
            agent: Vec::new(),
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            condition: None,
            time: None,
            confidence,
            extractor: "model".to_owned(),
            evidence: Evidence::default(),
        }
    }

    fn ids(claims: Vec<Claim>) -> Vec<String> {
        claims.into_iter().map(|claim| claim.id).collect()
    }

    #[test]
    fn of_two_acts_at_one_trigger_the_surer_stays() {
        let claims = vec![
            claim("demand", (5, 10), 0.9),
            claim("accuse", (4, 10), 0.6),
            claim("accept", (20, 26), 0.3),
        ];
        assert_eq!(ids(surest(claims)), ["demand-5", "accept-20"]);
    }

    #[test]
    fn what_is_beaten_beats_nobody() {
        let mut chain = vec![
            claim("demand", (0, 10), 0.9),
            claim("accuse", (5, 15), 0.8),
            claim("accept", (12, 20), 0.7),
        ];
        assert_eq!(ids(surest(chain.clone())), ["demand-0", "accept-12"]);
        chain.reverse();
        assert_eq!(ids(surest(chain)), ["demand-0", "accept-12"], "the order does not matter");
    }

    #[test]
    fn what_is_too_unsure_is_no_claim() {
        // one that neither rules nor network have much to say for
        assert!(choose(vec![claim("demand", (5, 10), 1.0)], lexicon()).is_empty());
    }

    #[test]
    fn whom_a_participle_describes_does_not_do_it() {
        chooses(
            "The World Bank, asked by Norland to step in, rejected the plan.",
            &[
                "actual reject [world-bank] ‹the plan›",
                "actual demand [norland] to [world-bank] ‹step in›",
            ],
        );
    }

    #[test]
    fn whoever_describes_is_not_whoever_does() {
        chooses(
            "Norway, opposed by Chad, proposed a pause.",
            &["actual propose [norway] ‹a pause›", "actual reject [chad] to [norway] ‹a pause›"],
        );
    }
}
