//! Terms that the program itself names: acts, issues and collectives that a rule makes or asks
//! for by id. Each stands here once, and `check` looks whether the Turtle files have it.

use super::class::Family;
use crate::named::named;

named! {
    /// An act that a rule makes or asks for by its id.
    pub enum KeyAct {
        /// Takes up what was put forward.
        Accept = "accept",
        /// Blames somebody for something.
        Accuse = "accuse",
        /// Does not keep to what was agreed.
        Breach = "breach",
        /// Talks with somebody.
        Consult = "consult",
        /// Asks for something that another is to do.
        Demand = "demand",
        /// Means to do or have something.
        Intend = "intend",
        /// Commits oneself to something.
        Promise = "promise",
        /// Puts something forward.
        Propose = "propose",
        /// Turns down what was put forward.
        Reject = "reject",
        /// Says something.
        State = "state",
        /// Gives no more of what was given.
        Withhold = "withhold",
    }
}

named! {
    /// An issue that a rule makes or asks for by its id.
    pub enum KeyIssue {
        /// That fighting stops, for a time or for good.
        Ceasefire = "ceasefire",
        /// That a war ends.
        PeaceAgreement = "peace-agreement",
        /// That sides talk.
        Talks = "talks",
    }
}

named! {
    /// A collective that a rule asks for by its id.
    pub enum KeyCollective {
        /// Those who fight and are no army.
        Fighters = "fighters",
        /// An army or a part of it.
        Forces = "forces",
        /// Those who govern, and what they govern.
        Government = "government",
    }
}

named! {
    /// A value of a [`Family`] that a rule asks for.
    pub enum KeyValue {
        /// Scope that leaves nothing out.
        Full = "full",
        /// Scope that leaves something out, without saying what.
        Limited = "limited",
        /// The scope of what is at sea.
        Maritime = "maritime",
        /// Term without an end.
        Permanent = "permanent",
    }
}

impl KeyValue {
    /// The family that it is a value of.
    pub const fn family(self) -> Family {
        match self {
            Self::Full | Self::Limited | Self::Maritime => Family::Scope,
            Self::Permanent => Family::Term,
        }
    }
}

/// Ids are compared with the terms as they are.
macro_rules! compared {
    ($($type:ident),+) => { $(
        impl PartialEq<$type> for str {
            fn eq(&self, other: &$type) -> bool {
                self == other.as_str()
            }
        }

        impl PartialEq<$type> for String {
            fn eq(&self, other: &$type) -> bool {
                self == other.as_str()
            }
        }

        impl From<$type> for String {
            fn from(term: $type) -> Self {
                term.as_str().to_owned()
            }
        }
    )+ };
}

compared!(KeyAct, KeyIssue, KeyCollective, KeyValue);

#[cfg(test)]
mod tests {
    use super::super::parsed::from_sources;
    use super::super::source::{Source, shipped_sources};

    #[test]
    fn a_term_that_no_file_has_is_an_error() {
        let sources: Vec<Source> = shipped_sources()
            .into_iter()
            .map(|mut source| {
                source.text = source.text.replace("collective:fighters a", "collective:warriors a");
                source
            })
            .collect();
        let found = from_sources(&sources, Vec::new()).1;
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains("collective:fighters: the program names this term"), "{found:?}");
    }

    #[test]
    fn a_value_that_no_file_has_is_an_error() {
        let sources: Vec<Source> = shipped_sources()
            .into_iter()
            .map(|mut source| {
                source.text = source.text.replace("dm:value \"maritime\"", "dm:value \"marine\"");
                source
            })
            .collect();
        let found = from_sources(&sources, Vec::new()).1;
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:#?}");
        let told = "maritime: the program asks for this value of scope";
        assert!(found[0].contains(told), "{found:?}");
    }
}
