//! "What must X do?": what is demanded of X, and what the texts say that it must do.

use crate::extract::{Claim, Hole, Status};
use crate::graph::folder::Selection;

use super::answer::Kind;
use super::cast::holds_name;
use super::filling::{self, Filling};
use super::matching::Fit;
use super::understood::Reading;
use super::words::words;
use super::{Asking, Attempt};
use crate::ontology::{ActTrait, WordClass};

/// Demands come before what is only said to be necessary.
const NECESSARY: f64 = 0.9;
/// Among how many words of what is demanded its subject is looked for.
const FIRST: usize = 4;

/// "What must Iran do?", "What does Iran have to end?"
pub(super) fn duty(asking: &Asking<'_>) -> Attempt {
    let mut actors = asking.named();
    let any_act = |lemma: &str| asking.lexicon.is(lemma, WordClass::ProVerb);
    if let Some(subject) =
        asking.form.subject(any_act, asking.lexicon).filter(|_| actors.is_empty())
    {
        actors.push(asking.cast.described(&asking.form.text(&subject)));
    }
    let [actor] = actors.as_slice() else { return Ok(None) };
    if asking.read.hole != Some(Hole::Matter)
        || !asking.form.is_obliging(asking.lexicon)
        || !asking.root_is(WordClass::AsksEvent)
    {
        return Ok(None);
    }
    asking.held.claims(Selection::default())?;
    asking.held.texts(asking.graph.corpus().documents.iter().map(|d| d.id.clone()).collect())?;
    let names = asking.cast.names(actor);
    let fits: Vec<Fit> = (0..asking.graph.corpus().claims.len())
        .filter(|&at| asking.in_time(asking.claim(at)) && asking.sources_agree(asking.claim(at)))
        .filter_map(|at| {
            let claim = asking.claim(at);
            let weight = if is_demanded(asking, claim, actor, &names) {
                1.0
            } else if is_necessary(asking, claim, actor) {
                NECESSARY
            } else {
                return None;
            };
            Some(Fit { claim: at, score: weight * (0.9 + 0.1 * claim.confidence) })
        })
        .collect();
    let found = filling::group(asking.graph, &fits, |claim| {
        let wanted =
            claim.matter.as_ref().filter(|_| asking.lexicon.act_is(&claim.act, ActTrait::Duty));
        vec![match wanted {
            Some(matter) => Filling {
                kind: Kind::Matter,
                id: words(&matter.text).join("-"),
                label: matter.text.split_whitespace().collect::<Vec<_>>().join(" "),
                weight: 1.0,
                evidence: None,
            },
            None => filling::words_of(claim, 1.0),
        }]
    });
    Ok(Some((asking.understood(Reading::Duty, actors), found, Vec::new())))
}

/// Is something demanded of the actor, who is spoken to or stands first in the matter
/// ("demanded that Iran withdraw")?
fn is_demanded(asking: &Asking<'_>, claim: &Claim, actor: &str, names: &[Vec<String>]) -> bool {
    let Some(matter) =
        claim.matter.as_ref().filter(|_| asking.lexicon.act_is(&claim.act, ActTrait::Duty))
    else {
        return false;
    };
    let said: Vec<&str> = matter.text.split_whitespace().collect();
    let must =
        said.iter().position(|w| asking.lexicon.is(&w.to_lowercase(), WordClass::Obligation));
    let begins = said[..must.unwrap_or(said.len().min(FIRST))].join(" ");
    let first = holds_name(&begins, names) || asking.cast.described(&begins) == actor;
    // whoever demands does not have to do it
    let demands = asking.matcher.among(actor, &claim.agent) > 0.9;
    claim.status == Status::Actual
        && (asking.matcher.among(actor, &claim.addressee) > 0.5 && !demands || first)
}

/// Does the sentence say that the actor must do it?
fn is_necessary(asking: &Asking<'_>, claim: &Claim, actor: &str) -> bool {
    if claim.status != Status::Unrealised || asking.matcher.among(actor, &claim.agent) < 0.9 {
        return false;
    }
    let before: String =
        claim.quote.chars().take(claim.trigger_start.saturating_sub(claim.start)).collect();
    words(&before).iter().any(|word| asking.lexicon.is(word, WordClass::Obligation))
}

impl Asking<'_> {
    /// Is a claim told by those whose words are asked about, if any are?
    pub(super) fn sources_agree(&self, claim: &Claim) -> bool {
        self.read.source.iter().map(|p| self.cast.id(p)).all(|source| {
            self.matcher.among(&source, &claim.source) > 0.5
                || claim.source.is_empty() && self.matcher.among(&source, &claim.agent) > 0.5
        })
    }
}
