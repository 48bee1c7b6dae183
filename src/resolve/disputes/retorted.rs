//! Who did it, told back: "Ondine says that Brackwell cancelled the meeting; Brackwell says that Ondine
//! did."

use super::hearing::{Hearing, is_shortly_before, matter_id};
use crate::extract::{Claim, MatterMention};
use crate::ontology::{KeyAct, WordClass};
use crate::resolve::about::name_at;
use crate::resolve::corpus::{Dispute, DisputeKind};
use crate::resolve::words::words;

/// Characters between what is told and what is told back.
const NEAR: usize = 300;

/// What one side tells of another and this tells back of the one, by its name and a verb that stands for
/// the one before.
pub(super) fn who_tells_it_back(hearing: &Hearing<'_>) -> Vec<Dispute> {
    let claims = hearing.claims;
    let mut found = Vec::new();
    for (i, answer) in claims.iter().enumerate().filter(|(_, it)| it.act == KeyAct::State) {
        let Some(named) = named_alone(answer, hearing) else { continue };
        let accused = hearing.told_by(answer);
        let told = claims[..i].iter().rev().take_while(|it| is_shortly_before(it, answer, NEAR));
        let deed =
            told.filter(|it| it.act != KeyAct::State && hearing.is_asserted(it)).find(|it| {
                hearing.powers(&it.agent) == accused && hearing.told_by(it).contains(&named)
            });
        let Some(deed) = deed.filter(|_| !accused.contains(&named)) else { continue };
        let Some(act) = hearing.knowledge.ontology.act(&deed.act) else { continue };
        let thing = deed.matter.as_ref().map(MatterMention::name);
        let thing = thing.map(|it| format!(" {}", hearing.thing(it))).unwrap_or_default();
        let label = format!("Who {}{thing}?", act.past);
        let other = hearing.did_named(&named);
        let sides = vec![(hearing.did(&[deed], &accused), vec![deed]), (other, vec![answer])];
        let matter = matter_id(deed).map(str::to_owned);
        found.extend(hearing.dispute(DisputeKind::Agent, label, matter.as_deref(), sides));
    }
    found
}

/// "That Ondine did": the side that is all that is said.
fn named_alone(claim: &Claim, hearing: &Hearing<'_>) -> Option<String> {
    let words = words(&claim.matter.as_ref()?.text);
    let is =
        |at: usize, class| hearing.knowledge.ontology.is(&words[at].form.to_lowercase(), class);
    let start = usize::from(!words.is_empty() && is(0, WordClass::ClauseMark));
    let start = start + usize::from(start < words.len() && is(start, WordClass::DefiniteArticle));
    let (length, id) = name_at(&words, start, hearing.called, hearing.knowledge)?;
    let rest = start + length;
    let stands = |at: usize| {
        hearing.knowledge.ontology.is(&words[at].stem, WordClass::EchoVerb)
            || hearing.knowledge.is_at(&words, at, WordClass::MatterFinite).is_some()
    };
    let verb = rest + 1 == words.len() && stands(rest);
    verb.then(|| hearing.knowledge.power(&id, hearing.acts_for))
}
