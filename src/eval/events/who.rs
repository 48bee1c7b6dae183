//! Does a claim name whom the event data name?

use crate::eval::names::kebab;
use crate::extract::Participant;
use crate::ontology::{Actor, Names, Ontology};

/// Names of the actors that event data use, which are states and organisations.
pub(super) struct Parties<'o> {
    ontology: &'o Ontology,
    names: Names,
}

impl<'o> Parties<'o> {
    pub(super) fn of(ontology: &'o Ontology) -> Self {
        Self { ontology, names: Names::new(ontology) }
    }

    /// Is one of these participants the party, or somebody of it: its forces, an institution
    /// or an office holder that acts for it, or its people ("Borian troops")?
    pub(super) fn meet(&self, party: &str, named: &[Participant]) -> bool {
        let known = self.names.find_actor(party).first().map(|(at, _)| *at);
        let Some(actor) = known.map(|at| &self.ontology.actors[at]) else {
            let party = kebab(party);
            return named.iter().flat_map(spoken).any(|name| stands(&kebab(name), &party));
        };
        let names = all_names(actor);
        named.iter().any(|who| {
            who.id.as_deref().is_some_and(|id| self.acts_for(id, &actor.id))
                || spoken(who).any(|words| names.iter().any(|name| stands(&kebab(words), name)))
        })
    }

    /// Is `id` the actor `party`, or does it act for it, at whatever date?
    fn acts_for(&self, id: &str, party: &str) -> bool {
        if id == party {
            return true;
        }
        let Some(actor) = self.ontology.actor(id) else { return false };
        // What acts for somebody is a part of it; parts of parts are few.
        let owner = actor.acts_for.as_deref();
        actor.principals().any(|of| of == party)
            || owner.is_some_and(|owner| owner != id && self.acts_for(owner, party))
    }
}

/// Words and label of a participant.
pub(super) fn spoken(who: &Participant) -> impl Iterator<Item = &str> {
    [Some(who.text.as_str()), who.label.as_deref()].into_iter().flatten()
}

fn all_names(actor: &Actor) -> Vec<String> {
    let lists = [&actor.names, &actor.adjectives, &actor.demonyms, &actor.capitals];
    let mut names: Vec<String> = lists.into_iter().flatten().map(|name| kebab(name)).collect();
    names.push(kebab(&actor.label));
    names.retain(|name| !name.is_empty());
    names
}

/// Does the name stand in the words as whole words?
fn stands(words: &str, name: &str) -> bool {
    format!("-{words}-").contains(&format!("-{name}-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, id: Option<&str>) -> Vec<Participant> {
        vec![Participant { id: id.map(str::to_owned), label: None, text: text.into() }]
    }

    #[test]
    fn who_acts_for_a_state_is_of_it() {
        let ontology = Ontology::shipped().unwrap();
        let parties = Parties::of(&ontology);
        let meet = |gold, text, id| parties.meet(gold, &named(text, id));
        assert!(meet("Russia", "Moscow", Some("russia")));
        assert!(meet("Russia", "the palace", Some("kremlin")));
        assert!(meet("Russia", "Russian troops", None));
        assert!(meet("Russia", "he", Some("vladimir-putin")));
        assert!(!meet("Russia", "he", Some("donald-trump")));
        assert!(!meet("Ukraine", "Russian troops", None));
        assert!(meet("Grey Brigade of Avel", "the Grey Brigade of Avel's men", None));
        assert!(!meet("Grey Brigade of Avel", "the brigade", None));
    }
}
