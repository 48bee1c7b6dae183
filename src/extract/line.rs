//! A claim on one line, for tests: who does what to whom, about what, said by whom.
//!
//! `actual accept [hamas] to [egypt] ‹the truce› source [qatar] via [al-jazeera] 2025-03-18`;
//! parts that are empty are left out, actors without an id stand in quotation marks.

use super::{Claim, Participant};

/// The line of one claim.
pub(crate) fn line(claim: &Claim) -> String {
    let names = |people: &[Participant]| {
        let named: Vec<String> = people
            .iter()
            .map(|p| p.id.clone().unwrap_or_else(|| format!("“{}”", p.text)))
            .collect();
        named.join(", ")
    };
    let mut line = format!("{} {} [{}]", claim.status.as_str(), claim.act, names(&claim.agent));
    for (role, people) in [("to", &claim.addressee), ("source", &claim.source), ("via", &claim.via)]
    {
        if role == "source"
            && let Some(matter) = &claim.matter
        {
            line.push_str(&format!(" ‹{}›", matter.text));
        }
        if !people.is_empty() {
            line.push_str(&format!(" {role} [{}]", names(people)));
        }
    }
    if let Some(time) = &claim.time {
        line.push_str(&format!(" {time}"));
    }
    line
}
