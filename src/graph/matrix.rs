use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use crate::resolve::{Position, Stance};

/// Which way a stance leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaning {
    /// Proposes, demands, accepts, supports.
    For,
    /// Accepts under a condition.
    Conditional,
    /// Rejects, opposes.
    Against,
    /// Neither says yes nor no.
    Open,
}

impl Leaning {
    /// The leaning of a [`Stance::stance`].
    pub fn of(stance: Position) -> Self {
        match stance {
            Position::ConditionallyAccepts => Self::Conditional,
            Position::Rejects | Position::Opposes => Self::Against,
            Position::Avoids => Self::Open,
            Position::Accepts | Position::Demands | Position::Proposes | Position::Supports => {
                Self::For
            }
        }
    }

    /// The word in RDF and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Conditional => "conditional",
            Self::Against => "against",
            Self::Open => "open",
        }
    }
}

/// All that one actor holds of one matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// By first date; undated ones come first.
    pub stances: Vec<Stance>,
}

impl Cell {
    /// Does a later stance lean otherwise than an earlier one? Where both are of one
    /// date, reports differ, and nothing is known to have changed.
    pub fn changed(&self) -> bool {
        self.stances.windows(2).any(|pair| is_turn(&pair[0], &pair[1]))
    }

    /// "accepts → rejects": later ones after an arrow, what is told of the same time
    /// after a stroke.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for (at, stance) in self.stances.iter().enumerate() {
            if at > 0 {
                let turn = is_turn(&self.stances[at - 1], stance);
                words.push_str(if turn { " → " } else { " / " });
            }
            words.push_str(stance.stance.as_str());
        }
        words
    }

    /// How many claims say it.
    pub fn claims(&self) -> usize {
        self.stances.iter().map(|stance| stance.claims.len()).sum()
    }
}

/// Is the later of two stances to one matter dated after the earlier one, and does it lean otherwise?
pub(crate) fn is_turn(earlier: &Stance, later: &Stance) -> bool {
    let dated = matches!((earlier.dates.first(), later.dates.first()), (Some(a), Some(b)) if a < b);
    dated && Leaning::of(earlier.stance) != Leaning::of(later.stance)
}

/// Actors × matters: who stands where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Matrix {
    /// Indices of actors in the corpus; those with most matters come first, then
    /// those with most claims.
    pub actors: Vec<usize>,
    /// Indices of matters in the corpus; those with most actors come first, then
    /// those with most claims.
    pub matters: Vec<usize>,
    /// What an actor holds of a matter, by both indices.
    pub cells: BTreeMap<(usize, usize), Cell>,
}

impl Matrix {
    /// Lays stances out. Those of an actor or matter that the graph does not have
    /// are left out. O(s log s) for s stances.
    ///
    /// # Example
    /// ```
    /// use demarche::graph::{Graph, Matrix};
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::{Corpus, stances};
    ///
    /// let ontology = Ontology::default();
    /// let graph = Graph::new(Corpus::default(), &ontology);
    /// let matrix = Matrix::new(&graph, stances(graph.corpus(), &ontology));
    /// assert!(matrix.cells.is_empty());
    /// ```
    pub fn new(graph: &Graph, stances: Vec<Stance>) -> Self {
        let mut cells: BTreeMap<(usize, usize), Cell> = BTreeMap::new();
        for stance in stances {
            let place = graph.actor(&stance.actor).zip(graph.matter(&stance.matter));
            if let Some(place) = place {
                cells.entry(place).or_default().stances.push(stance);
            }
        }
        for cell in cells.values_mut() {
            cell.stances
                .sort_by(|a, b| (a.dates.first(), &a.stance).cmp(&(b.dates.first(), &b.stance)));
        }
        let mut matrix = Self { cells, ..Self::default() };
        matrix.rank();
        matrix
    }

    /// Keeps the cells that `keep` picks by actor and matter, and what is in them.
    pub fn retain(&mut self, keep: impl Fn(usize, usize) -> bool) {
        self.cells.retain(|&(actor, matter), _| keep(actor, matter));
        self.rank();
    }

    /// Keeps at most so many matters, then so many actors that hold something of
    /// these. Returns how many actors and matters were left out.
    pub fn truncate(&mut self, actors: usize, matters: usize) -> (usize, usize) {
        let before = (self.actors.len(), self.matters.len());
        let kept: BTreeSet<usize> = self.matters.iter().take(matters).copied().collect();
        self.retain(|_, matter| kept.contains(&matter));
        let kept: BTreeSet<usize> = self.actors.iter().take(actors).copied().collect();
        self.retain(|actor, _| kept.contains(&actor));
        (before.0 - self.actors.len(), before.1 - self.matters.len())
    }

    fn rank(&mut self) {
        let ranked = |of: fn(&(usize, usize)) -> usize| {
            let mut weight: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
            for (place, cell) in &self.cells {
                let sum = weight.entry(of(place)).or_default();
                sum.0 += 1;
                sum.1 += cell.claims();
            }
            let mut order: Vec<_> = weight.into_iter().collect();
            order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            order.into_iter().map(|(at, _)| at).collect()
        };
        (self.actors, self.matters) = (ranked(|place| place.0), ranked(|place| place.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stance(stance: &str, dates: &[&str]) -> Stance {
        Stance {
            actor: String::new(),
            matter: String::new(),
            stance: Position::named(stance).unwrap(),
            claims: vec!["c".into()],
            sources: Vec::new(),
            dates: dates.iter().map(|&date| date.into()).collect(),
        }
    }

    #[test]
    fn a_later_stance_that_leans_otherwise_is_a_change() {
        let turned = [stance("accepts", &["2025-03-11"]), stance("rejects", &["2025-03-18"])];
        let cell = Cell { stances: turned.into() };
        assert!(cell.changed());
        assert_eq!(cell.words(), "accepts → rejects");
    }

    #[test]
    fn reports_that_differ_are_no_change() {
        let same_day = [stance("accepts", &["2025-03-18"]), stance("rejects", &["2025-03-18"])];
        let undated = [stance("accepts", &[]), stance("rejects", &["2025-03-18"])];
        let same_side = [stance("proposes", &["2025-03-11"]), stance("accepts", &["2025-03-18"])];
        for stances in [same_day, undated, same_side] {
            let cell = Cell { stances: stances.into() };
            assert!(!cell.changed(), "{}", cell.words());
        }
    }
}
