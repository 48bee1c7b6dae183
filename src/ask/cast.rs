//! How near one actor is to another: a question about Russia may be answered by its
//! president, less well.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::extract::Participant;
use crate::graph::Graph;
use crate::ontology::{ActorKind, Ontology, WordClass};

use super::words::words;

/// The same actor.
pub(super) const SAME: f64 = 1.0;
/// The one found acts for the one asked about (Putin for Russia).
const ACTS_FOR: f64 = 0.8;
/// The one asked about acts for the one found (asked for Putin, found Russia).
const IS_ACTED_FOR: f64 = 0.55;
/// Both act for a third (the Kremlin, Putin).
const SIBLING: f64 = 0.45;
/// How long chains of acting for another may be.
const CHAIN: usize = 3;

/// The actors of a graph and whom they act for.
pub(super) struct Cast<'a> {
    graph: &'a Graph,
    ontology: &'a Ontology,
    /// Bodies of the graph by the last word of their label: "union" → the dockers' union.
    bodies: HashMap<String, Vec<(Vec<String>, &'a str)>>,
    described: RefCell<HashMap<String, String>>,
}

impl<'a> Cast<'a> {
    /// Over a graph and the ontology's own actors.
    pub(super) fn new(graph: &'a Graph, ontology: &'a Ontology) -> Self {
        let mut bodies: HashMap<String, Vec<(Vec<String>, &str)>> = HashMap::new();
        for actor in &graph.corpus().actors {
            let label = words(&actor.label);
            if let Some(last) = label.last().filter(|_| is_body(&actor.kind)) {
                bodies.entry(last.clone()).or_default().push((label, &actor.id));
            }
        }
        Self { graph, ontology, bodies, described: RefCell::default() }
    }

    /// The actor that words without a name describe: "the union", where the graph has
    /// one body only whose name ends so. Else the words themselves, as an id, so that
    /// "the company" of a question is "the company" of a text.
    pub(super) fn described(&self, text: &str) -> String {
        if let Some(known) = self.described.borrow().get(text) {
            return known.clone();
        }
        let mut core = words(text);
        let article = |word: &String| {
            [WordClass::MatterDefinite, WordClass::MatterIndefinite]
                .iter()
                .any(|&c| self.ontology.is(word, c))
                // "its government" is that of somebody else in every sentence
                && !self.ontology.is_personal_pronoun(word)
        };
        if core.len() > 1 && article(&core[0]) {
            core.remove(0);
        }
        let named = core.last().and_then(|last| self.bodies.get(last)).into_iter().flatten();
        let mut fitting = named.filter(|(label, _)| label.ends_with(&core)).map(|(_, id)| *id);
        let id = match (fitting.next(), fitting.next()) {
            (Some(id), None) => id.to_owned(),
            _ => core.join("-"),
        };
        self.described.borrow_mut().insert(text.to_owned(), id.clone());
        id
    }

    /// The last word of the label of a body of the graph, which is in all words that can
    /// describe it.
    pub(super) fn kind_of_body(&self, id: &str) -> Option<String> {
        let actor = &self.graph.corpus().actors[self.graph.actor(id)?];
        words(&actor.label).pop().filter(|_| is_body(&actor.kind))
    }

    /// The id in the graph of somebody whom a question names; an actor that the
    /// graph does not have keeps the id of the ontology, and matches nothing.
    pub(super) fn id(&self, named: &Participant) -> String {
        let own = named.id.clone().unwrap_or_else(|| self.described(&named.text));
        if self.graph.actor(&own).is_some() || self.ontology.actor(&own).is_some() {
            return own;
        }
        // "Hayya" for "Khalil Hayya", whom only a text knows; not when it could be two
        let asked = words(&named.text);
        let mut fitting = self.graph.corpus().actors.iter().filter(|actor| {
            std::iter::once(&actor.label).chain(actor.names.iter().map(|(name, _)| name)).any(
                |name| {
                    let name = words(name);
                    !asked.is_empty() && name.ends_with(&asked)
                },
            )
        });
        match (fitting.next(), fitting.next()) {
            (Some(actor), None) => actor.id.clone(),
            _ => self.described(&named.text),
        }
    }

    /// The label of an actor.
    pub(super) fn label(&self, id: &str) -> String {
        if let Some(at) = self.graph.actor(id) {
            return self.graph.corpus().actors[at].label.clone();
        }
        self.ontology.actor(id).map_or_else(|| id.to_owned(), |actor| actor.label.clone())
    }

    /// Whom `id` acts for, nearest first.
    pub(super) fn principals(&self, id: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut at = id.to_owned();
        for _ in 0..CHAIN {
            let Some(next) = self.principal(&at) else { break };
            if next == id || found.contains(&next) {
                break;
            }
            found.push(next.clone());
            at = next;
        }
        found
    }

    fn principal(&self, id: &str) -> Option<String> {
        let here =
            self.graph.actor(id).and_then(|at| self.graph.corpus().actors[at].acts_for.clone());
        // a question has no date of its own: of several offices the one held last
        here.or_else(|| self.ontology.actor(id)?.principal(None).map(str::to_owned))
    }

    /// How well `found` stands for `asked`, 0 to 1.
    pub(super) fn closeness(&self, asked: &str, found: &str) -> f64 {
        if asked == found {
            return SAME;
        }
        let (of_found, of_asked) = (self.principals(found), self.principals(asked));
        if of_found.iter().any(|p| p == asked) {
            ACTS_FOR
        } else if of_asked.iter().any(|p| p == found) {
            IS_ACTED_FOR
        } else if of_found.iter().any(|p| of_asked.contains(p)) {
            SIBLING
        } else if self.is_delegate(asked, found) {
            ACTS_FOR
        } else {
            0.0
        }
    }

    /// Is the one found described as somebody of the one asked for ("No 10 spokesman")?
    fn is_delegate(&self, asked: &str, found: &str) -> bool {
        let Some(at) = self.graph.actor(found) else { return false };
        let label = words(&self.graph.corpus().actors[at].label);
        label.split_last().is_some_and(|(last, name)| {
            self.ontology.is(last, WordClass::ActorDelegate)
                && !name.is_empty()
                && self.names(asked).iter().any(|known| known == name)
        })
    }

    /// Every name that a text may use for the actor, as folded words.
    pub(super) fn names(&self, id: &str) -> Vec<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        if let Some(at) = self.graph.actor(id) {
            names.push(self.graph.corpus().actors[at].label.clone());
        }
        if let Some(actor) = self.ontology.actor(id) {
            names.push(actor.label.clone());
            names.extend(actor.names.iter().cloned());
            names.extend(actor.adjectives.iter().cloned());
            names.extend(actor.demonyms.iter().cloned());
            names.extend(actor.capitals.iter().cloned());
            names.extend(actor.family_name.iter().cloned());
        }
        let mut names: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        names
    }
}

/// Does a text, as folded words, hold one of the names? "US" is found in capitals only.
pub(super) fn holds_name(text: &str, names: &[Vec<String>]) -> bool {
    let in_text = words(text);
    names.iter().any(|name| match name.as_slice() {
        [short] if short.chars().count() <= 3 => {
            let upper = short.to_uppercase();
            text.split(|c: char| !c.is_alphanumeric() && c != '.')
                .any(|word| word == upper || word.replace('.', "") == upper)
        }
        _ => in_text.windows(name.len()).any(|window| window == name.as_slice()),
    })
}

/// Can words for its kind ("the union", "the commission") stand for such an actor?
fn is_body(kind: &str) -> bool {
    kind != ActorKind::Person.as_str() && kind != ActorKind::State.as_str()
}
