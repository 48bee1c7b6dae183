//! What an answer needs to see, said before it is looked at, so that a graph need hold
//! no more than that.

use std::collections::BTreeSet;

use crate::graph::folder::Selection;

/// What an answer needs that the graph at hand does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    /// Claims, with their matters.
    Claims(Box<Selection>),
    /// Matters.
    Matters(Box<Selection>),
    /// All events.
    Events,
    /// Texts of documents, by id.
    Texts(BTreeSet<String>),
}

/// What the graph at hand holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    whole: bool,
    claims: Vec<Selection>,
    matters: Vec<Selection>,
    events: bool,
    texts: BTreeSet<String>,
}

impl Held {
    /// Everything, or all that there is.
    pub(super) fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// After a need was met.
    pub(super) fn add(&mut self, met: Need) {
        match met {
            Need::Claims(selection) => self.claims.push(*selection),
            Need::Matters(selection) => self.matters.push(*selection),
            Need::Events => self.events = true,
            Need::Texts(documents) => self.texts.extend(documents),
        }
    }

    /// Claims that are about to be looked at, all of a selection.
    ///
    /// # Errors
    /// The need, when they are not at hand.
    pub(super) fn claims(&self, wanted: Selection) -> Result<(), Need> {
        if self.whole || self.claims.iter().any(|held| held.covers(&wanted)) {
            return Ok(());
        }
        Err(Need::Claims(Box::new(wanted)))
    }

    /// Matters that are about to be looked at, beside those of the claims held.
    ///
    /// # Errors
    /// The need, when they are not at hand.
    pub(super) fn matters(&self, wanted: Selection) -> Result<(), Need> {
        if self.whole || self.matters.iter().any(|held| held.covers(&wanted)) {
            return Ok(());
        }
        Err(Need::Matters(Box::new(wanted)))
    }

    /// Events that are about to be looked at.
    ///
    /// # Errors
    /// The need, when they are not at hand.
    pub(super) fn events(&self) -> Result<(), Need> {
        if self.whole || self.events { Ok(()) } else { Err(Need::Events) }
    }

    /// Texts that are about to be looked at.
    ///
    /// # Errors
    /// The need, when they are not at hand.
    pub(super) fn texts(&self, wanted: BTreeSet<String>) -> Result<(), Need> {
        if self.whole || wanted.is_subset(&self.texts) {
            return Ok(());
        }
        Err(Need::Texts(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_told_until_it_is_met() {
        let acts = Some(["propose".to_owned()].into());
        let wanted = Selection { acts, ..Selection::default() };
        let mut held = Held::default();
        let need = held.claims(wanted.clone()).unwrap_err();
        held.add(need);
        assert_eq!(held.claims(wanted), Ok(()));
        assert!(held.claims(Selection::default()).is_err());
        held.add(Need::Claims(Box::default()));
        let other = Selection { dated: true, ..Selection::default() };
        assert_eq!(held.claims(other), Ok(()));
        assert!(held.texts(["001".to_owned()].into()).is_err());
        assert_eq!(Held::whole().texts(["001".to_owned()].into()), Ok(()));
    }
}
