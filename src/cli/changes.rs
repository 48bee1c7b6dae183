//! What has changed between two graphs, on a page.

use std::io::{self, Write};

use super::summary::count;
use super::terminal::{DIM, HEADING, STRONG};
use crate::extract::Claim;
use crate::graph::{Changes, Regrouped, Thing, ThingChanges};

/// How many of each kind are named on a short page.
const FEW: usize = 6;

/// How much is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// A few of each kind, and no claims.
    Short,
    /// All.
    Whole,
}

/// Writes what has changed.
pub(super) fn write(out: &mut dyn Write, changes: &Changes, length: Length) -> io::Result<()> {
    if changes.is_empty() {
        return writeln!(out, "\n{HEADING}Changes{HEADING:#}\n  none");
    }
    writeln!(out, "\n{HEADING}Changes{HEADING:#}")?;
    let page = Page { length };
    let documents = &changes.documents;
    page.names(out, '+', "new", "document", documents.gained.iter().map(String::as_str))?;
    page.names(out, '−', "gone", "document", documents.lost.iter().map(String::as_str))?;
    page.names(out, '~', "edited", "document", documents.changed.iter().map(String::as_str))?;
    page.claims(out, changes)?;
    page.things(out, "actor", &changes.actors)?;
    page.things(out, "matter", &changes.matters)?;
    page.things(out, "dispute", &changes.disputes)
}

struct Page {
    length: Length,
}

impl Page {
    /// "+ 2 documents new: a, b".
    fn names<'n>(
        &self,
        out: &mut dyn Write,
        sign: char,
        what: &str,
        noun: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> io::Result<()> {
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            return Ok(());
        }
        let named = if self.length == Length::Whole { names.len() } else { FEW.min(names.len()) };
        let more = names.len() - named;
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let (number, names) = (count(names.len(), noun), names[..named].join(", "));
        writeln!(out, "  {sign} {STRONG}{number} {what}{STRONG:#}: {names}{DIM}{more}{DIM:#}")
    }

    fn claims(&self, out: &mut dyn Write, changes: &Changes) -> io::Result<()> {
        let claims = &changes.claims;
        let lists = [
            ('+', "gained", claims.gained.len()),
            ('−', "lost", claims.lost.len()),
            ('~', "changed", claims.changed.len()),
        ];
        for (sign, what, number) in lists.into_iter().filter(|it| it.2 > 0) {
            writeln!(out, "  {sign} {STRONG}{} {what}{STRONG:#}", count(number, "claim"))?;
            if self.length == Length::Short {
                continue;
            }
            match sign {
                '+' => claims.gained.iter().try_for_each(|it| claim(out, it))?,
                '−' => claims.lost.iter().try_for_each(|it| claim(out, it))?,
                _ => {
                    for changed in &claims.changed {
                        claim(out, &changed.after)?;
                        for change in &changed.changes {
                            writeln!(out, "        {change}")?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn things(&self, out: &mut dyn Write, noun: &str, things: &ThingChanges) -> io::Result<()> {
        self.names(out, '+', "new", noun, things.gained.iter().map(|it| it.label.as_str()))?;
        self.names(out, '−', "gone", noun, things.lost.iter().map(|it| it.label.as_str()))?;
        let lists =
            [("merged", &things.merged), ("split", &things.split), ("renamed", &things.renamed)];
        for (what, list) in lists {
            let told: Vec<String> = list.iter().map(told).collect();
            self.names(out, '~', what, noun, told.iter().map(String::as_str))?;
        }
        Ok(())
    }
}

/// "V. Selenskyj, Zelensky → Volodymyr Zelensky".
fn told(regrouped: &Regrouped) -> String {
    let names = |things: &[Thing]| {
        things.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join(" + ")
    };
    format!("{} → {}", names(&regrouped.before), names(&regrouped.after))
}

fn claim(out: &mut dyn Write, claim: &Claim) -> io::Result<()> {
    writeln!(out, "      {DIM}{}{DIM:#} “{}”", claim.id, claim.quote)
}
