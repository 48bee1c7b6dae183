//! How many events are found, and how many claims are right, act by act.

use std::collections::BTreeMap;
use std::fmt;

use crate::eval::report::share;

/// How many of some, with and without their participants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// All of them.
    pub n: usize,
    /// Those whose act is right.
    pub act: usize,
    /// … and whose agent is right.
    pub agent: usize,
    /// … and whose addressee is right.
    pub both: usize,
}

impl Share {
    /// Counts one more, right in so far as said; who is not told of is not asked for.
    pub(super) fn count(&mut self, found: Found) {
        self.n += 1;
        self.act += usize::from(found >= Found::Act);
        self.agent += usize::from(found >= Found::Agent);
        self.both += usize::from(found >= Found::Both);
    }
}

/// How far a claim and an event agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// Not in the act.
    #[default]
    No,
    /// In the act.
    Act,
    /// In act and agent.
    Agent,
    /// In act, agent and addressee.
    Both,
}

impl Found {
    pub(super) fn of(act: bool, agent: bool, addressee: bool) -> Self {
        match (act, agent, addressee) {
            (false, ..) => Self::No,
            (true, false, _) => Self::Act,
            (true, true, false) => Self::Agent,
            (true, true, true) => Self::Both,
        }
    }
}

/// One act's events and claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActTally {
    /// The events of the gold: their recall.
    pub events: Share,
    /// The claims read: their precision.
    pub claims: Share,
}

/// The table of all acts: recall and precision, each by act, with agent, with both.
pub(super) fn write(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    acts: &BTreeMap<String, ActTally>,
) -> fmt::Result {
    writeln!(f, "{title:<10} events recall  agent   both  claims   prec  agent   both")?;
    for (act, ActTally { events, claims }) in acts {
        write!(f, "{act:<10} {:>6}", events.n)?;
        shares(f, events)?;
        write!(f, " {:>7}", claims.n)?;
        shares(f, claims)?;
        writeln!(f)?;
    }
    Ok(())
}

fn shares(f: &mut fmt::Formatter<'_>, of: &Share) -> fmt::Result {
    for part in [of.act, of.agent, of.both] {
        match of.n {
            0 => write!(f, "      –")?,
            n => write!(f, " {:>6.3}", share(part, n))?,
        }
    }
    Ok(())
}
