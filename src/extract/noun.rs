//! A noun that names an act: "Egypt's proposal", "a demand by Egypt", "talks between
//! A and B", and with a support verb: "made an offer".

use super::claim::Status;
use super::lexicon::Evoked;
use super::reading::{Candidate, Reading};
use super::status;
use super::who::Referent;
use crate::annotate::Upos;
use crate::ontology::{Slot, TriggerKind};

/// The claim that an act noun makes (codebook rule 3). Without an agent it is kept
/// only when it says what it is about (rule 11).
pub(super) fn read(reading: &Reading<'_>, evoked: &Evoked<'_>) -> Option<Candidate> {
    if evoked.trigger.kind != TriggerKind::Noun || reading.tree.deprel(evoked.head) == "compound" {
        return None; // "the ceasefire talks": the talks, not the ceasefire
    }
    let tree = reading.tree;
    let frame = &evoked.trigger.frame;
    let mut construction = "noun";
    let (mut agent, mut agent_words) = reading.actors_at(evoked.head, &frame.agent);
    if agent.is_empty() {
        let subjects = reading.slots().fill(evoked.head, &Slot::Subject);
        agent = reading.referents(&subjects);
        if !agent.is_empty() {
            construction = "light-verb";
            agent_words = subjects;
        }
    }
    if agent.is_empty() {
        (agent, agent_words) = by_means(reading, evoked);
        if !agent.is_empty() {
            construction = "noun-of-means";
        }
    }
    let (addressee, addressee_words) = reading.actors_at(evoked.head, &frame.addressee);
    let addressee = reading.others(addressee, &agent);
    let mutual = reading.lexicon.is(&evoked.trigger.act, "mutual-act");
    if mutual && agent.is_empty() {
        agent = reading.pair_before(evoked.head);
    }
    let definite = tree.children(evoked.head).iter().any(|&c| {
        tree.is(c, "det") && matches!(tree.lemma(c), "the" | "this" | "that" | "both")
            || tree.is(c, "nmod:poss")
    });
    let event = reading.lexicon.is(&evoked.trigger.act, "pointed-act");
    if event && agent.is_empty() && definite && addressee.is_empty() {
        agent = reading.talkers_before(evoked.head);
        construction = "event-mention";
    }
    let mut taken = agent_words.clone();
    if !addressee.is_empty() {
        taken.extend(addressee_words);
    }
    let mut matter = reading.matter_at(evoked, &taken);
    let own_matter = !matter.is_empty();
    if matter.is_empty() && reading.lexicon.is(&evoked.trigger.act, "content-act") {
        matter = predicate_of(reading, evoked.head);
    }
    if matter.is_empty() {
        // "a ceasefire proposal"
        matter = tree
            .children_by(evoked.head, "compound")
            .filter(|&c| {
                c < evoked.head && tree.upos(c) == Upos::Noun && !evoked.words.contains(&c)
            })
            .collect();
    }
    if reading.lexicon.is_plain(&evoked.trigger.act)
        && matter.is_empty()
        && construction != "light-verb"
    {
        return None; // "the statement" says nothing yet
    }
    let mut spoken_by_agent = false;
    if agent.is_empty()
        && reading.lexicon.is(&evoked.trigger.act, "speaker-act")
        && let Some(predicated) = predicated(reading, evoked.head)
        && let Some(speaker) = reading.speech.of(evoked.head).first()
    {
        // "“This is a red line,” she said"
        agent = reading.referents(&[speaker.source]);
        spoken_by_agent = true;
        matter = predicated;
    }
    if agent.is_empty() && said_elsewhere(reading, evoked.head) {
        return None;
    }
    if evoked.trigger.weight < 0.6
        && (agent.is_empty() || matter.is_empty() && addressee.is_empty())
    {
        return None; // a doubtful word needs its arguments
    }
    if agent.is_empty()
        && mutual
        && (!own_matter || !event && evoked.trigger.weight < 0.8)
        && reading.speech.of(evoked.head).is_empty()
    {
        return None;
    }
    let told = mutual && !reading.speech.of(evoked.head).is_empty();
    if agent.is_empty()
        && (matter.is_empty() && !told || !reading.lexicon.is(&evoked.trigger.act, "agentless-act"))
    {
        return None;
    }
    Some(Candidate {
        construction,
        act: evoked.trigger.act.clone(),
        trigger: evoked.words.clone(),
        head: evoked.head,
        agent,
        agent_words,
        addressee,
        matter,
        status: whose_own(reading, evoked.head),
        spoken_by_agent,
    })
}

/// What a demand noun is said of, or is said to be: "a truce is our condition", "the
/// condition is a truce".
fn predicated(reading: &Reading<'_>, noun: usize) -> Option<Vec<usize>> {
    let tree = reading.tree;
    if tree.child(noun, "cop").is_some() {
        return Some(tree.children_by(noun, "nsubj").collect());
    }
    let predicate = predicate_of(reading, noun);
    (!predicate.is_empty()).then_some(predicate)
}

/// Is a proposal without a proposer only what another act is about ("accepted the
/// proposal", "the proposal put forward by Egypt")?
fn said_elsewhere(reading: &Reading<'_>, noun: usize) -> bool {
    let tree = reading.tree;
    let slots = reading.slots();
    let participle = tree
        .children_by(noun, "acl")
        .any(|c| tree.is_passive(c) && !reading.lexicon.evoked(&slots, c).is_empty());
    let answered = tree.head(noun).is_some_and(|head| {
        (tree.is(noun, "obj") || tree.is(noun, "obl") || tree.deprel(noun) == "nsubj:pass")
            && reading.lexicon.answers(tree, head)
    });
    participle || answered
}

/// "A pause in Russian strikes": an act with its doer's name on it happens, even where
/// it is what is to stop.
fn whose_own(reading: &Reading<'_>, noun: usize) -> Option<Status> {
    let own = !reading.referents(&reading.slots().modifiers(noun)).is_empty()
        || reading.tree.child(noun, "nmod:poss").is_some();
    (own && status::status(reading.tree, reading.lexicon, noun).is_none()).then_some(Status::Actual)
}

/// "Broke the truce with a strike", "set it as a condition", "hit many places,
/// including a strike on …": whoever does what the noun is the means or a case of.
pub(super) fn by_means(reading: &Reading<'_>, evoked: &Evoked<'_>) -> (Vec<Referent>, Vec<usize>) {
    let tree = reading.tree;
    let noun = tree.first_conjunct(evoked.head);
    let mut at = noun;
    // "came for talks", "said in a call": the meeting is the subject's
    let class = if reading.lexicon.is(&evoked.trigger.act, "mutual-act") {
        "occasion-preposition"
    } else {
        "means-preposition"
    };
    let instrumental = tree.case_marks(noun).iter().any(|c| reading.lexicon.is(c, class));
    if !instrumental {
        return (Vec::new(), Vec::new());
    }
    while let Some(head) = tree.head(at) {
        if tree.upos(head) == Upos::Verb {
            let subjects = reading.slots().tree_subjects(head, 6);
            let mut agent = reading.referents(&subjects);
            if agent.is_empty() {
                agent = subjects.iter().flat_map(|&s| reading.agents_of_event(s)).collect();
            }
            return (agent, Vec::new());
        }
        at = head;
    }
    (Vec::new(), Vec::new())
}

/// "The aim is to survive", "the one proposal is a truce": what the noun is said to be.
fn predicate_of(reading: &Reading<'_>, noun: usize) -> Vec<usize> {
    let tree = reading.tree;
    match tree.head(noun) {
        Some(head)
            if tree.is(noun, "nsubj")
                && (tree.child(head, "cop").is_some() || tree.lemma(head) == "be") =>
        {
            if tree.lemma(head) == "be" {
                tree.children(head)
                    .iter()
                    .copied()
                    .filter(|&c| tree.is(c, "xcomp") || tree.is(c, "ccomp") || tree.is(c, "advcl"))
                    .collect()
            } else if tree.upos(head) == Upos::Adj {
                Vec::new() // "the proposal is unacceptable" does not say what it is
            } else {
                vec![head]
            }
        }
        _ => Vec::new(),
    }
}
