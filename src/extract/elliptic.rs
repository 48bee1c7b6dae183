//! Answers that leave out what they answer: "Pell voted for the duty; Ostmere voted against."

use std::collections::BTreeSet;

use super::claim::Claim;
use super::lexicon::Lexicon;
use crate::ontology::{ActTrait, kebab};

/// How far an answer can be from the one whose matter it shares, in characters: a sentence.
const REACH: usize = 200;

/// Gives an answer without a matter the matter of the answer right before it, which is somebody
/// else's. Claims are in text order. O(n).
pub(super) fn complete(claims: &mut [Claim], lexicon: &Lexicon<'_>) {
    let answers = |claim: &Claim| lexicon.act_is(&claim.act, ActTrait::Answering);
    let who = |claim: &Claim| -> BTreeSet<String> {
        claim.agent.iter().map(|a| a.id.clone().unwrap_or_else(|| kebab(&a.text))).collect()
    };
    for at in 1..claims.len() {
        let (before, rest) = claims.split_at_mut(at);
        let answer = &mut rest[0];
        if answer.matter.is_some() || answer.agent.is_empty() || !answers(answer) {
            continue;
        }
        let near = |c: &&Claim| answer.trigger_start.saturating_sub(c.trigger_start) <= REACH;
        let first = before.iter().rev().take_while(near).find(|c| answers(c) && c.matter.is_some());
        if let Some(first) = first.filter(|first| who(first).is_disjoint(&who(answer))) {
            answer.matter = first.matter.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::chooses;

    #[test]
    fn who_votes_against_votes_against_the_same() {
        chooses(
            "Egypt voted for the quota. Sudan voted against.",
            &["actual accept [egypt] ‹the quota›", "actual reject [sudan] ‹the quota›"],
        );
    }

    #[test]
    fn an_answer_alone_has_no_matter() {
        chooses("Sudan voted against.", &["actual reject [sudan]"]);
    }
}
