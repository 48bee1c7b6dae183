//! Which claims are wanted, by names and values as a query string or a tool's arguments give them.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::site::Site;
use super::weak::Weakness;
use crate::extract::{Claim, Participant};

/// The most claims of one page, so that it stays below a megabyte.
const MOST: usize = 500;
/// How many unless told otherwise.
const PAGE: usize = 100;
/// The most claims that may be named.
const NAMED: usize = 5_000;

/// Parameters that are no filter, or that others read.
const OTHERS: [&str; 2] = ["edges", "events"];

/// What claims must have; what is empty asks for nothing.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    ids: Option<Vec<String>>,
    acts: Vec<String>,
    /// Any of these, in `role` or in any role.
    actors: Vec<String>,
    role: Option<Role>,
    matters: Vec<String>,
    documents: Vec<String>,
    /// Who says so: ids of actors, or `author`.
    voices: Vec<String>,
    statuses: Vec<String>,
    from: Option<Date>,
    until: Option<Date>,
    least_confidence: f64,
    /// Words, all of which stand in the quote, agent or matter.
    words: Vec<String>,
    /// Each is weak in one of these ways.
    weaknesses: Vec<Weakness>,
    /// Words by which one of the actors, or the matter, is called there.
    called: Vec<String>,
    /// Only those of which nothing has been decided.
    is_open: bool,
    order: Option<Order>,
    pub limit: usize,
    pub offset: usize,
}

/// In what order claims come, where it is not that of documents and offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Those first of which a decision is worth most.
    Worth,
    /// By the first day of the claim, else of its document; those without any are last.
    Time,
    /// The surest first.
    Sure,
}

impl Order {
    fn read(value: &str) -> Result<Self, String> {
        match value {
            "worth" => Ok(Self::Worth),
            "time" => Ok(Self::Time),
            "sure" => Ok(Self::Sure),
            _ => Err(format!("{value:?} is no order; there are worth, time, sure")),
        }
    }

    fn sort(self, found: &mut [usize], site: &Site) {
        let sureness = |it: f64| (it * 1e6) as u32;
        let claim = |at: &usize| &site.corpus().claims[*at];
        match self {
            // What is disputed counts most, then what is as likely right as wrong.
            Self::Worth => found.sort_by_cached_key(|at| {
                let disputes = site.disputes_of.get(&claim(at).id).map_or(0, Vec::len);
                (Reverse(disputes), sureness((claim(at).confidence - 0.5).abs()), *at)
            }),
            Self::Time => found.sort_by_cached_key(|at| {
                let day = site.days[*at].map(|it| it.0);
                (day.is_none(), day, *at)
            }),
            Self::Sure => {
                found.sort_by_cached_key(|at| (Reverse(sureness(claim(at).confidence)), *at));
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Agent,
    Addressee,
    Source,
    Via,
}

impl Filter {
    /// Reads the parameters.
    ///
    /// # Errors
    /// In words, when one is not known or its value is none.
    pub(crate) fn read<'a>(
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, String> {
        let mut filter = Self { limit: PAGE, ..Self::default() };
        for (name, value) in parameters {
            if value.is_empty() {
                continue;
            }
            let value = value.to_owned();
            match name {
                "ids" => {
                    filter.ids.get_or_insert_default().extend(value.split(',').map(str::to_owned))
                }
                "act" => filter.acts.push(value),
                "actor" => filter.actors.push(value),
                "role" => filter.role = Some(role(&value)?),
                "matter" => filter.matters.push(value),
                "document" => filter.documents.push(value),
                "voice" => filter.voices.push(value),
                "status" => filter.statuses.push(status(value)?),
                "from" => filter.from = Some(day(&value)?),
                "until" => filter.until = Some(day(&value)?),
                "confidence" => filter.least_confidence = share(&value)?,
                "text" => {
                    filter.words.extend(value.to_lowercase().split_whitespace().map(str::to_owned))
                }
                "weak" => filter.weaknesses.push(Weakness::read(&value)?),
                "called" => filter.called = words(&value),
                "open" => filter.is_open = yes(&value)?,
                "order" => filter.order = Some(Order::read(&value)?),
                "limit" => filter.limit = number(&value)?.min(MOST),
                "offset" => filter.offset = number(&value)?,
                other if OTHERS.contains(&other) => {}
                other => {
                    return Err(format!(
                        "{other:?} is no parameter here; there are ids, act, actor, role, matter, \
                     document, voice, status, from, until, confidence, text, weak, called, open, \
                     order, limit, offset"
                    ));
                }
            }
        }
        if filter.ids.as_ref().is_some_and(|ids| ids.len() > NAMED) {
            return Err(format!("at most {NAMED} ids at a time"));
        }
        Ok(filter)
    }

    /// The claims that fit, by place in the corpus: in the order of `ids` where there are some,
    /// else in that of documents and offsets. O(claims).
    pub(crate) fn claims(&self, site: &Site) -> Vec<usize> {
        let fits = |at: &usize| self.fits(*at, site);
        let mut found: Vec<usize> = match &self.ids {
            Some(ids) => ids.iter().filter_map(|id| site.graph.claim(id)).filter(fits).collect(),
            None => (0..site.corpus().claims.len()).filter(fits).collect(),
        };
        if let Some(order) = self.order {
            order.sort(&mut found, site);
        }
        found
    }

    fn fits(&self, at: usize, site: &Site) -> bool {
        let claim = &site.corpus().claims[at];
        let among = |list: &[String], id: &str| list.is_empty() || list.iter().any(|it| it == id);
        let matter = claim.matter.as_ref().and_then(|it| it.id.as_deref());
        among(&self.acts, &claim.act)
            && among(&self.statuses, claim.status.as_str())
            && among(&self.documents, &claim.document)
            && among(&self.matters, matter.unwrap_or_default())
            && claim.confidence >= self.least_confidence
            && self.has_actor(claim)
            && self.has_voice(claim)
            && self.is_in_time(site.days[at])
            && (self.weaknesses.is_empty()
                || self.weaknesses.iter().any(|it| it.is_of(claim, site)))
            && self.is_called(claim)
            && !(self.is_open && site.decided.contains(&claim.id))
            && self.has_words(claim)
    }

    fn has_actor(&self, claim: &Claim) -> bool {
        if self.actors.is_empty() {
            return true;
        }
        let roles = [
            (Role::Agent, &claim.agent),
            (Role::Addressee, &claim.addressee),
            (Role::Source, &claim.source),
            (Role::Via, &claim.via),
        ];
        let wanted = roles.iter().filter(|(role, _)| self.role.is_none_or(|it| it == *role));
        wanted.flat_map(|(_, list)| list.iter()).any(|it| is_among(it, &self.actors))
    }

    /// Is one of the actors, else the matter, called by these words?
    fn is_called(&self, claim: &Claim) -> bool {
        if self.called.is_empty() {
            return true;
        }
        let has = |text: &str| words(text).windows(self.called.len()).any(|it| it == self.called);
        let people = claim.participants().filter(|it| is_among(it, &self.actors));
        let matter = claim.matter.iter().filter(|_| self.actors.is_empty());
        people.map(|it| &it.text).chain(matter.map(|it| &it.text)).any(|text| has(text))
    }

    fn has_voice(&self, claim: &Claim) -> bool {
        let reporters = || claim.source.iter().chain(&claim.via);
        let is_author = reporters().next().is_none();
        self.voices.is_empty()
            || (is_author && self.voices.iter().any(|it| it == "author"))
            || reporters().any(|it| is_among(it, &self.voices))
    }

    /// Does the time of the claim, else of its document, fit?
    fn is_in_time(&self, days: Option<(Date, Date)>) -> bool {
        if self.from.is_none() && self.until.is_none() {
            return true;
        }
        days.is_some_and(|(first, last)| {
            self.from.is_none_or(|from| last >= from) && self.until.is_none_or(|it| first <= it)
        })
    }

    fn has_words(&self, claim: &Claim) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut all = claim.quote.to_lowercase();
        let labels = claim.agent.iter().chain(&claim.source).filter_map(|it| it.label.as_deref());
        let matter = claim.matter.as_ref().and_then(|it| it.label.as_deref());
        for label in labels.chain(matter) {
            all.push(' ');
            all.push_str(&label.to_lowercase());
        }
        self.words.iter().all(|word| all.contains(word.as_str()))
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> Vec<String> {
    let all = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    all.map(str::to_lowercase).collect()
}

fn is_among(who: &Participant, ids: &[String]) -> bool {
    who.id.as_ref().is_some_and(|id| ids.contains(id))
}

fn role(value: &str) -> Result<Role, String> {
    Ok(match value {
        "agent" => Role::Agent,
        "addressee" => Role::Addressee,
        "source" => Role::Source,
        "via" => Role::Via,
        other => {
            return Err(format!("{other:?} is no role; there are agent, addressee, source, via"));
        }
    })
}

fn status(value: String) -> Result<String, String> {
    match value.as_str() {
        "actual" | "negated" | "unrealised" => Ok(value),
        _ => Err(format!("{value:?} is no status; there are actual, negated, unrealised")),
    }
}

pub(crate) fn day(value: &str) -> Result<Date, String> {
    value.parse().map_err(|_| format!("{value:?} is no day; valid: 2025-03-18"))
}

/// Yes or no.
pub(crate) fn yes(value: &str) -> Result<bool, String> {
    value.parse().map_err(|_| format!("{value:?} is neither true nor false"))
}

fn share(value: &str) -> Result<f64, String> {
    match value.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(format!("{value:?} is no share; valid: a number from 0 to 1")),
    }
}

/// A number of things.
pub(crate) fn number(value: &str) -> Result<usize, String> {
    value.parse().map_err(|_| format!("{value:?} is no number; valid: 0 or more"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    fn site() -> Site {
        let (naming, manifest) = (Naming::default(), Manifest::default());
        Site::new(fixture::corpus(), fixture::ontology(), naming, manifest)
    }

    fn found(parameters: &str) -> Result<Vec<String>, String> {
        let site = site();
        let pairs = parameters.split('&').filter_map(|pair| pair.split_once('='));
        let filter = Filter::read(pairs)?;
        let claims = filter.claims(&site);
        Ok(claims.into_iter().map(|at| site.corpus().claims[at].id.clone()).collect())
    }

    #[test]
    fn each_filter_keeps_what_it_asks_for() {
        let all = found("").unwrap().len();
        assert_eq!(all, 26);
        for parameters in [
            "act=propose",
            "act=propose&act=demand",
            "actor=kremlin",
            "actor=kremlin&role=source",
            "voice=author",
            "voice=kremlin",
            "status=unrealised",
            "matter=energy-truce",
            "document=002",
            "confidence=0.9",
            "text=ceasefire",
            "from=2025-03-18&until=2025-03-18",
            "weak=document",
            "actor=vladimir-putin&called=putin",
            "called=truce",
        ] {
            let count = found(parameters).unwrap().len();
            assert!((1..all).contains(&count), "{parameters}: {count}");
        }
        assert_eq!(found("act=propose&document=002&text=Putin").unwrap().len(), 1);
        assert_eq!(found("actor=nobody").unwrap(), [""; 0]);
        let (some, none) =
            (found("voice=author").unwrap().len(), found("voice=kremlin").unwrap().len());
        assert!(some + none < all, "others report, too");
    }

    #[test]
    fn names_are_met_word_by_word() {
        assert_eq!(found("called=ruce").unwrap(), [""; 0]);
        assert!(!found("called=TRUCE").unwrap().is_empty());
    }

    #[test]
    fn named_claims_come_in_the_order_that_they_are_named() {
        let all = found("").unwrap();
        let asked = format!("ids={},nothing,{}", all[5], all[2]);
        assert_eq!(found(&asked).unwrap(), [all[5].clone(), all[2].clone()]);
    }

    #[test]
    fn what_is_disputed_is_worth_a_decision_first() {
        let all = found("").unwrap();
        let by_worth = found("order=worth&open=true").unwrap();
        assert_eq!(by_worth.len(), all.len());
        assert_ne!(by_worth, all);
    }

    #[test]
    fn claims_come_by_time_and_by_how_sure_they_are() {
        let site = site();
        let of = |order: &str| {
            let order = format!("order={order}");
            Filter::read(order.split_once('=')).unwrap().claims(&site)
        };
        let day = |at: &usize| site.days[*at].map(|it| it.0);
        let dated: Vec<_> = of("time").iter().filter_map(day).collect();
        assert!(dated.len() > 1 && dated.is_sorted(), "{dated:?}");
        assert!(of("time").iter().map(|at| day(at).is_none()).is_sorted(), "undated ones are last");
        let sure = of("sure");
        assert!(sure.is_sorted_by_key(|at| -site.corpus().claims[*at].confidence));
    }

    #[test]
    fn what_is_no_filter_is_told() {
        for wrong in [
            "colour=red",
            "status=maybe",
            "from=yesterday",
            "confidence=2",
            "limit=-1",
            "role=king",
            "open=perhaps",
            "order=beauty",
            "weak=knees",
        ] {
            assert!(found(wrong).is_err(), "{wrong}");
        }
        assert!(found("limit=5&offset=&edges=9").is_ok());
    }
}
