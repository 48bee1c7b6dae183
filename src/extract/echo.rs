//! Sentences that say again what was just told, of somebody else or with a "not": "Spain rejected
//! the quota; Ireland did not", "as did Portugal", "I have read that I agreed. I did not."

use super::claim::{Claim, Status};
use super::confidence;
use super::construction::Construction;
use super::reading::{Candidate, Reading};
use crate::annotate::{Deprel, Upos};
use crate::ontology::WordClass;

/// How many sentences back that can stand which is said again.
const REACH: usize = 1;

/// The claims that echo those in `claims`, whose triggers are in text order and do not overlap:
/// the same act and matter, by whoever is the subject of the auxiliary. O(words × log claims).
pub(super) fn read(reading: &Reading<'_>, claims: &[Claim]) -> Vec<Claim> {
    let tree = reading.tree;
    (0..tree.len()).filter_map(|word| echo(reading, claims, word)).collect()
}

fn echo(reading: &Reading<'_>, claims: &[Claim], word: usize) -> Option<Claim> {
    let tree = reading.tree;
    if !tree.in_class(word, WordClass::EchoVerb) || stands_for_itself(reading, word) {
        return None;
    }
    let subject = tree.child(word, Deprel::Nsubj).or_else(|| subject_around(reading, word))?;
    let agent = reading.referents(&[subject]);
    if agent.is_empty() {
        return None;
    }
    let denied = tree
        .children(word)
        .iter()
        .copied()
        .chain([word + 1])
        .filter(|&w| w < tree.len() && tree.sentence(w) == tree.sentence(word))
        .find(|&w| reading.lexicon.is(&tree.word(w).form.to_lowercase(), WordClass::Negator));
    let so = word > 0 && tree.in_class(word - 1, WordClass::EchoWord)
        || word + 1 < tree.len() && tree.in_class(word + 1, WordClass::EchoWord);
    if denied.is_none() && !so {
        return None; // "Iran has", of nothing in particular
    }
    let told = told_before(reading, claims, word)?;
    let status = match (denied.is_some(), told.status) {
        (false, status) => status,
        (true, Status::Actual) => Status::Negated,
        (true, _) => return None, // "did not agree; Chad did not" says the same again
    };
    let mut candidate = Candidate {
        trigger: [word].into_iter().chain(denied).collect(),
        agent,
        agent_words: vec![subject],
        status: Some(status),
        ..Candidate::new(Construction::Echo, told.act.clone(), word)
    };
    candidate.evidence.taught = told.evidence.taught;
    let mut claim = reading.claim(&candidate)?;
    claim.matter = told.matter.clone();
    claim.addressee = told.addressee.clone();
    claim.confidence = told.confidence;
    Some(claim)
}

/// Is the word an auxiliary of some verb, or has it an object of its own ("Iran has a plan")?
fn stands_for_itself(reading: &Reading<'_>, word: usize) -> bool {
    let tree = reading.tree;
    let helps = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop].iter().any(|&r| tree.is(word, r));
    let says_more = [
        Deprel::Obj,
        Deprel::Iobj,
        Deprel::Xcomp,
        Deprel::Ccomp,
        Deprel::Aux,
        Deprel::Csubj,
        Deprel::Expl,
    ];
    helps
        || !matches!(tree.upos(word), Upos::Aux | Upos::Verb)
        || tree.children(word).iter().any(|&c| says_more.iter().any(|&r| tree.is(c, r)))
}

/// "As did Portugal", "so did Chad": the name right behind, where the tree hangs it elsewhere.
fn subject_around(reading: &Reading<'_>, word: usize) -> Option<usize> {
    let name = (word + 1 < reading.tree.len()).then(|| reading.who.name(word + 1)).flatten()?;
    Some(name.words.start)
}

/// The claim that a word says again: the last before it, in its sentence or the one before, that
/// is told as done or not done.
fn told_before<'c>(reading: &Reading<'_>, claims: &'c [Claim], word: usize) -> Option<&'c Claim> {
    let tree = reading.tree;
    let first = tree.annotation().sentences[tree.sentence(word).saturating_sub(REACH)].start;
    let within = tree.word(first).span.start..tree.word(word).span.start;
    let end = claims.partition_point(|c| c.trigger_end <= within.end);
    let near = claims[..end].iter().rev().take_while(|c| c.trigger_start >= within.start);
    near.into_iter().find(|c| c.status != Status::Unrealised)
}

/// Puts the echoes among the claims, each as sure as what it says again.
pub(super) fn with_echoes(reading: &Reading<'_>, mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by_key(|c| (c.trigger_start, c.trigger_end));
    let overlaps = |echo: &Claim| {
        let next = claims.partition_point(|c| c.trigger_end <= echo.trigger_start);
        claims.get(next).is_some_and(|c| c.trigger_start < echo.trigger_end)
    };
    let echoes: Vec<Claim> = read(reading, &claims)
        .into_iter()
        .filter(|echo| echo.confidence >= confidence::LEAST && !overlaps(echo))
        .collect();
    claims.extend(echoes);
    claims
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::chooses;

    #[test]
    fn did_not_denies_what_another_did() {
        chooses(
            "Spain rejected the quota. Ireland did not.",
            &["actual reject [spain] ‹the quota›", "negated reject [ireland] ‹the quota›"],
        );
    }

    #[test]
    fn as_did_says_it_of_another() {
        chooses(
            "Spain rejected the quota, as did Portugal.",
            &["actual reject [spain] ‹the quota›", "actual reject [portugal] ‹the quota›"],
        );
    }

    #[test]
    fn an_auxiliary_with_its_verb_echoes_nothing() {
        chooses(
            "Spain rejected the quota. Ireland did not attack the fleet.",
            &[
                "actual reject [spain] ‹the quota›",
                "negated attack [ireland] to [“the fleet”] ‹the fleet›",
            ],
        );
        chooses(
            "Spain rejected the quota. Ireland has a fleet.",
            &["actual reject [spain] ‹the quota›"],
        );
    }
}
