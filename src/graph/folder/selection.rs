//! Which claims of a file are wanted, told by the bytes of their lines.

use std::collections::BTreeSet;

use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};

use crate::ontology::KeyAct;

/// Which claims, or matters, are wanted: those that meet every condition that is given,
/// and the default is all. A condition is tried on a line before it is parsed, so that a
/// few more may come than were asked for, never fewer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of one of these acts.
    pub acts: Option<BTreeSet<String>>,
    /// With one of these actors in any role, by id …
    pub actors: Option<BTreeSet<String>>,
    /// … or, where actors are wanted, with a word that begins with one of these: the words of
    /// somebody who is no actor of the graph.
    pub described: BTreeSet<String>,
    /// With one of these ids.
    pub ids: Option<BTreeSet<String>>,
    /// About this.
    pub about: Option<About>,
    /// That tell a time.
    pub dated: bool,
    /// That are statements, or told by somebody.
    pub spoken: bool,
}

/// What a claim or matter is about, in any of these ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// A word begins, whatever its case and accents, with one of these.
    pub words: BTreeSet<String>,
    /// It names one of these issues, by id.
    pub issues: BTreeSet<String>,
    /// The claim is about one of these matters, by id.
    pub matters: BTreeSet<String>,
}

impl Selection {
    /// All claims of some acts.
    pub fn of_acts<'a>(acts: impl IntoIterator<Item = &'a String>) -> Self {
        Self { acts: Some(acts.into_iter().cloned().collect()), ..Self::default() }
    }

    /// Is everything that `other` selects selected here, as far as the conditions tell?
    pub fn covers(&self, other: &Self) -> bool {
        let wider = |own: &Option<BTreeSet<String>>, other: &Option<BTreeSet<String>>| {
            own.as_ref().is_none_or(|own| other.as_ref().is_some_and(|it| it.is_subset(own)))
        };
        wider(&self.acts, &other.acts)
            && wider(&self.actors, &other.actors)
            && (self.actors.is_none() || other.described.is_subset(&self.described))
            && wider(&self.ids, &other.ids)
            && (self.about.is_none() || self.about == other.about)
            && self.dated <= other.dated
            && self.spoken <= other.spoken
    }
}

/// A [`Selection`] made ready to be tried on many lines.
///
/// The keys of a line stand in the order of the format, and a quotation mark inside a
/// string is always escaped: so `,"act":"` with its commas and quotation marks is found
/// nowhere but at the key.
pub(super) struct Sieve<'s> {
    selection: &'s Selection,
    ids: Option<BTreeSet<String>>,
    act: memmem::Finder<'static>,
    unsaid: memmem::Finder<'static>,
    undated: memmem::Finder<'static>,
    matter: memmem::Finder<'static>,
    matter_id: memmem::Finder<'static>,
    actors: Option<Regex>,
    /// Words and issues that it may be about.
    terms: Option<Regex>,
    /// Ids of matters that it may be about.
    matters: BTreeSet<String>,
}

/// Letters beyond ASCII, which may be an accent on what is looked for; but not the
/// dashes and quotation marks, which all begin with `E2`.
const ACCENTED: &str = r"[\xC3-\xE1\xE3-\xF4]";

impl<'s> Sieve<'s> {
    pub(super) fn new(selection: &'s Selection) -> Result<Self, regex::Error> {
        let actors = selection.actors.as_ref().map(|ids| {
            let ids = ids.iter().map(|id| regex::escape(&format!("\"id\":{}", json(id))));
            let words = Some(&selection.described).filter(|words| !words.is_empty());
            any(ids.chain(words.into_iter().flat_map(beginning)).collect())
        });
        let terms = selection.about.as_ref().map(|about| {
            let issues = about.issues.iter().map(|id| regex::escape(&json(id)));
            any(beginning(&about.words).chain(issues).collect())
        });
        let matters = selection.about.iter().flat_map(|about| &about.matters);
        Ok(Self {
            selection,
            ids: selection.ids.as_ref().map(|ids| ids.iter().map(|id| json(id)).collect()),
            act: memmem::Finder::new(",\"act\":\""),
            unsaid: memmem::Finder::new(",\"source\":[],"),
            undated: memmem::Finder::new(",\"time\":null,"),
            matter: memmem::Finder::new(",\"matter\":{"),
            matter_id: memmem::Finder::new(",\"id\":"),
            actors: actors.transpose()?,
            terms: terms.transpose()?,
            matters: matters.map(|id| json(id)).collect(),
        })
    }

    /// May the claim of this line be one that is wanted?
    pub(super) fn lets_through(&self, line: &[u8]) -> bool {
        let act = || {
            let rest = &line[self.act.find(line)? + self.act.needle().len()..];
            std::str::from_utf8(&rest[..memchr::memchr(b'"', rest)?]).ok()
        };
        // What is no claim at all is let through, and told of when it is parsed.
        if let Some(acts) = &self.selection.acts
            && act().is_some_and(|act| !acts.contains(act))
        {
            return false;
        }
        if let Some(ids) = &self.ids {
            let id = line.strip_prefix(b"{\"id\":").and_then(string);
            if id.is_some_and(|id| !ids.contains(id)) {
                return false;
            }
        }
        if self.selection.dated && self.undated.find(line).is_some() {
            return false;
        }
        if self.selection.spoken
            && self.unsaid.find(line).is_some()
            && act().is_none_or(|act| *act != KeyAct::State)
        {
            return false;
        }
        self.actors.as_ref().is_none_or(|actors| actors.is_match(line))
            && self.terms.as_ref().is_none_or(|terms| terms.is_match(line) || self.is_about(line))
    }

    /// Is the claim of this line about one of the matters?
    fn is_about(&self, line: &[u8]) -> bool {
        let id = || {
            let matter = &line[self.matter.find(line)?..];
            string(&matter[self.matter_id.find(matter)? + self.matter_id.needle().len()..])
        };
        !self.matters.is_empty() && id().is_some_and(|id| self.matters.contains(id))
    }
}

/// Finds texts with a word that begins, whatever its case and accents, with one of
/// `words`; and maybe a few more.
///
/// # Errors
/// When there are too many words.
pub fn beginnings(words: &BTreeSet<String>) -> Result<Regex, regex::Error> {
    any(beginning(words).collect())
}

fn beginning(words: &BTreeSet<String>) -> impl Iterator<Item = String> {
    let plain = words.iter().filter(|word| word.is_ascii());
    plain.map(|word| format!("(?i:{})", regex::escape(word))).chain([ACCENTED.to_owned()])
}

fn any(parts: Vec<String>) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!("(?-u:{})", parts.join("|"))).size_limit(1 << 26).build()
}

/// The JSON string that `rest` begins with, in its quotation marks.
fn string(rest: &[u8]) -> Option<&str> {
    let mut at = 1;
    while *rest.get(at)? != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    std::str::from_utf8(&rest[..=at]).ok()
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn chosen(selection: &Selection) -> Vec<String> {
        let sieve = Sieve::new(selection).unwrap();
        let claims = fixture::corpus().claims;
        let through = |claim: &&crate::extract::Claim| {
            sieve.lets_through(&serde_json::to_vec(claim).unwrap())
        };
        claims.iter().filter(through).map(|claim| claim.id.clone()).collect()
    }

    fn set(words: &[&str]) -> Option<BTreeSet<String>> {
        Some(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn fewer_conditions_cover_more() {
        let all = Selection::default();
        let two = Selection { acts: set(&["propose", "reject"]), ..Selection::default() };
        let one = Selection { acts: set(&["reject"]), dated: true, ..Selection::default() };
        assert!(all.covers(&two) && two.covers(&one) && one.covers(&one));
        assert!(!two.covers(&all) && !one.covers(&two));
    }

    #[test]
    fn no_condition_lets_all_through() {
        assert_eq!(chosen(&Selection::default()).len(), fixture::corpus().claims.len());
    }

    #[test]
    fn conditions_are_those_of_the_parsed_claim() {
        let claims = fixture::corpus().claims;
        let ids = |keep: &dyn Fn(&crate::extract::Claim) -> bool| -> Vec<String> {
            claims.iter().filter(|c| keep(c)).map(|c| c.id.clone()).collect()
        };
        let acts = Selection { acts: set(&["propose", "reject"]), ..Selection::default() };
        assert_eq!(chosen(&acts), ids(&|c| c.act == "propose" || c.act == "reject"));
        let dated = Selection { dated: true, ..Selection::default() };
        assert_eq!(chosen(&dated), ids(&|c| c.time.is_some()));
        let spoken = Selection { spoken: true, ..Selection::default() };
        assert_eq!(chosen(&spoken), ids(&|c| c.act == "state" || !c.source.is_empty()));
        let one = Selection { ids: set(&["001-propose-182"]), ..Selection::default() };
        assert_eq!(chosen(&one), ["001-propose-182"]);
        let kremlin = Selection { actors: set(&["kremlin"]), ..Selection::default() };
        let takes_part = |c: &crate::extract::Claim| {
            let mut roles = c.participants();
            roles.any(|p| p.id.as_deref() == Some("kremlin"))
        };
        assert_eq!(chosen(&kremlin), ids(&takes_part));
        let described = set(&["macron"]).unwrap();
        let macron = Selection { actors: set(&["nobody"]), described, ..Selection::default() };
        let tells = |c: &crate::extract::Claim| {
            serde_json::to_string(c).unwrap().to_lowercase().contains("macron")
        };
        assert_eq!(chosen(&macron), ids(&tells));
        assert!(!kremlin.covers(&macron) && Selection::default().covers(&macron));
    }

    #[test]
    fn what_a_claim_is_about_may_show_in_its_matter_alone() {
        let matters = set(&["energy-truce"]).unwrap();
        let about = Some(About { words: set(&["xylo"]).unwrap(), matters, ..About::default() });
        let found = chosen(&Selection { about, ..Selection::default() });
        let claims = fixture::corpus().claims;
        let about = |c: &crate::extract::Claim| {
            c.matter.as_ref().is_some_and(|m| m.id.as_deref() == Some("energy-truce"))
        };
        let expected: Vec<String> =
            claims.iter().filter(|c| about(c)).map(|c| c.id.clone()).collect();
        assert!(!expected.is_empty());
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_found_in_any_case_and_with_accents() {
        let words = set(&["elys", "truc"]).unwrap();
        let about = Some(About { words, ..About::default() });
        let selection = Selection { about, ..Selection::default() };
        let sieve = Sieve::new(&selection).unwrap();
        assert!(sieve.lets_through("{\"quote\":\"a Truce\"}".as_bytes()));
        assert!(sieve.lets_through("{\"quote\":\"the Élysée\"}".as_bytes()));
        assert!(!sieve.lets_through("{\"quote\":\"a “plan” – no more\"}".as_bytes()));
    }
}
