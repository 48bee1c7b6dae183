//! Questions to the whole graph: who is connected, central, at odds, where somebody
//! stands, what happened when.

use crate::extract::{Claim, Hole, Status, When};
use crate::graph::folder::Selection;

use super::at_odds::disputes;
use super::documents::documents;
use super::duty::duty;
use super::happened::happened;
use super::identity::identity;
use super::network::{centrality, connection, who_talks_to_whom};
use super::positions::{change, siding, stances};
use super::signing::signing;
use super::understood::{Pattern, Reading, Understood};
use super::{Asking, Attempt};
use crate::ontology::WordClass;

/// The kinds of question that are computed, in the order in which they are tried.
const KINDS: [fn(&Asking<'_>) -> Attempt; 12] = [
    documents,
    signing,
    identity,
    duty,
    connection,
    centrality,
    disputes,
    change,
    happened,
    stances,
    siding,
    who_talks_to_whom,
];

/// Answers a question that is about the graph as a whole; `None` for any other.
pub(super) fn answer(asking: &Asking<'_>) -> Attempt {
    for kind in KINDS {
        if let Some(outcome) = kind(asking)? {
            return Ok(Some(outcome));
        }
    }
    Ok(None)
}

impl Asking<'_> {
    pub(super) fn has(&self, class: WordClass) -> bool {
        self.read.lemmas.iter().any(|lemma| self.lexicon.is(lemma, class))
    }

    pub(super) fn root_is(&self, class: WordClass) -> bool {
        self.read.root.as_deref().is_some_and(|root| self.lexicon.is(root, class))
    }

    /// Ids of the actors named, but for those whose words are asked about.
    pub(super) fn named(&self) -> Vec<String> {
        let sources: Vec<String> = self.read.source.iter().map(|p| self.cast.id(p)).collect();
        let ids = self.read.actors.iter().map(|p| self.cast.id(p));
        ids.filter(|id| !sources.contains(id)).collect()
    }

    pub(super) fn understood(&self, reading: Reading, actors: Vec<String>) -> Understood {
        Understood {
            reading,
            hole: self.read.hole,
            agent: actors,
            issues: self.read.issues.clone(),
            time: self.read.dates.iter().map(When::to_string).collect(),
            ..Understood::default()
        }
    }

    /// Claims of acts that are for or against something, by these actors or whoever is
    /// near them; by anybody, where there are none.
    pub(super) fn of_stance(&self, actors: &[String]) -> Selection {
        let acts = self.lexicon.ontology.acts.iter().filter(|act| act.stance.is_some());
        let acts = Some(acts.map(|act| act.id.clone()).collect());
        Selection { acts, ..self.matcher.taking_part(actors) }
    }

    pub(super) fn claim(&self, at: usize) -> &Claim {
        &self.graph.corpus().claims[at]
    }

    /// The words of the question that say which matter it is about.
    pub(super) fn matter_pattern(&self, without: &[WordClass]) -> Option<Pattern> {
        let names: Vec<String> =
            self.named().iter().flat_map(|id| self.cast.names(id)).flatten().collect();
        let matter: Vec<String> = self
            .read
            .content
            .iter()
            .filter(|lemma| !without.iter().any(|&class| self.lexicon.is(lemma, class)))
            .filter(|lemma| !names.contains(&super::words::fold(lemma)))
            .cloned()
            .collect();
        (!matter.is_empty()).then(|| Pattern { matter, ..self.any_matter() })
    }

    /// Does a preposition before the actor's name say that something is about it?
    pub(super) fn is_topic(&self, id: &str) -> bool {
        let named = self.read.actors.iter().find(|p| self.cast.id(p) == id);
        let at = named.and_then(|p| self.form.position(&p.text)).filter(|&at| at > 1);
        at.is_some_and(|at| {
            (at.saturating_sub(2)..at)
                .any(|before| self.lexicon.is(&self.form.lemma(before), WordClass::AsksTopic))
        })
    }

    /// A claim of any act, in the time and by the sources of the question.
    pub(super) fn any_matter(&self) -> Pattern {
        Pattern {
            acts: self.lexicon.ontology.acts.iter().map(|a| (a.id.clone(), 1.0)).collect(),
            lemma: String::new(),
            hole: Hole::Agent,
            agents: Vec::new(),
            addressees: Vec::new(),
            sources: self.read.source.iter().map(|p| self.cast.id(p)).collect(),
            matter: Vec::new(),
            names: Vec::new(),
            matter_actors: Vec::new(),
            issues: self.read.issues.clone(),
            context: Vec::new(),
            status: Status::Actual,
            dates: self.read.dates.clone(),
            period: self.form.period.clone(),
            form: String::new(),
            past: self.form.is_past(self.lexicon),
            any_act: false,
        }
    }
}
