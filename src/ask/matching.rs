//! How well each claim of the graph fits a claim with a hole.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::corpus::{self, Span};
use crate::extract::{Claim, Hole, Lexicon, Participant, Status};
use crate::graph::Graph;
use crate::resolve::Matter;

use super::cast::{Cast, holds_name};
use super::understood::{NEAR, Pattern, opposite};
use super::words::{alike, words};

/// A claim that fits worse is no answer: a wrong answer is worse than none.
pub const THRESHOLD: f64 = 0.33;
/// How much less another matter of the issue counts than the most discussed one.
const OTHER_MATTER: f64 = 0.92;
/// How much a claim counts that does not say whether it is about the whole asked for.
const UNTOLD: f64 = 0.5;
/// So few matters leave room for those of near acts.
const FEW: usize = 3;
/// How much words count that stand in the sentence, outside the claim.
const AROUND: f64 = 0.8;
/// A claim that fits so well needs no help from acts that are only near.
const SURE: f64 = 0.7;
/// Share of the matter asked for that a claim must have.
const COVERAGE: f64 = 0.5;

/// A claim that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Index of the claim in the corpus.
    pub claim: usize,
    /// How well, 0 to 1.
    pub score: f64,
}

/// The claims of a graph, ready to be matched.
pub struct Matcher<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// The ontology with its indexes.
    pub lexicon: &'a Lexicon<'a>,
    /// Its actors.
    pub cast: &'a Cast<'a>,
    by_act: BTreeMap<&'a str, Vec<usize>>,
    documents: HashMap<&'a str, &'a str>,
    texts: RefCell<HashMap<String, corpus::Text>>,
    closeness: RefCell<HashMap<(String, String), f64>>,
}

/// What a pattern needs of a matter, computed once.
struct Wanted<'p> {
    pattern: &'p Pattern,
    lemmas: Vec<Wish<'p>>,
    /// Actors named in the matter, with their names.
    actors: Vec<(&'p str, Vec<Vec<String>>)>,
    /// Names of the addressees.
    addressees: Vec<Vec<Vec<String>>>,
    /// How well each matter of the graph is the one asked for.
    matters: HashMap<&'p str, f64>,
    /// The one most spoken of, where the question names only their issue ("the
    /// ceasefire").
    most_discussed: Option<&'p str>,
    /// Do the words around a claim count?
    around: bool,
}

/// A word that is asked for.
struct Wish<'p> {
    lemma: &'p str,
    weight: f64,
    /// Is it a word of an issue asked for?
    in_issue: bool,
    /// Other words for it.
    same: Vec<&'p str>,
}

impl<'a> Matcher<'a> {
    /// Indexes the claims by act. O(claims).
    pub fn new(graph: &'a Graph, lexicon: &'a Lexicon<'a>, cast: &'a Cast<'a>) -> Self {
        let mut by_act: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, claim) in graph.corpus().claims.iter().enumerate() {
            by_act.entry(&claim.act).or_default().push(at);
        }
        let documents = graph.corpus().documents.iter();
        let documents = documents.map(|d| (d.id.as_str(), d.text.as_str())).collect();
        let (texts, closeness) = (RefCell::default(), RefCell::default());
        Self { graph, lexicon, cast, by_act, documents, texts, closeness }
    }

    /// The claims that fit, best first; equal ones in the order of the corpus.
    pub fn fitting(&self, pattern: &Pattern) -> Vec<Fit> {
        let mut wanted = self.wanted(pattern);
        let mut fits: Vec<Fit> = Vec::new();
        let look = |wanted: &Wanted<'_>, fits: &mut Vec<Fit>, claims: &[usize], weight: f64| {
            for &at in claims {
                let score = weight * self.score(wanted, &self.graph.corpus().claims[at], weight);
                if score >= THRESHOLD {
                    fits.push(Fit { claim: at, score: score.min(1.0) });
                }
            }
        };
        if pattern.any_act {
            self.by_act.values().for_each(|claims| look(&wanted, &mut fits, claims, 1.0));
        } else {
            // acts that are only near count where the one asked about gives nothing sure
            let (own, near): (Vec<_>, Vec<_>) =
                pattern.acts.iter().partition(|(_, weight)| *weight > NEAR);
            let of = |act: &str| self.by_act.get(act).map_or(&[][..], Vec::as_slice);
            own.iter().for_each(|(act, weight)| look(&wanted, &mut fits, of(act), *weight));
            let claims = &self.graph.corpus().claims;
            let sure = |fits: &[Fit]| {
                let done = |fit: &Fit| claims[fit.claim].status == pattern.status;
                fits.iter().any(|fit| fit.score >= SURE && done(fit))
            };
            // what somebody threatens shows in several acts; who did it in one
            // names alone, or nothing, are too little for another act than the one asked about
            let told = !wanted.lemmas.is_empty() || !pattern.agents.is_empty();
            if told && (!sure(&fits) || pattern.hole == Hole::Matter && fits.len() < FEW) {
                near.iter().for_each(|(act, weight)| look(&wanted, &mut fits, of(act), *weight));
            }
            if !sure(&fits) && wanted.lemmas.iter().any(|wish| wish.weight >= 1.0) {
                // the matter may stand in the sentence, outside the claim's words
                wanted.around = true;
                own.iter().for_each(|(act, weight)| look(&wanted, &mut fits, of(act), *weight));
            }
        }
        if pattern.any_act && fits.is_empty() && !wanted.lemmas.is_empty() {
            wanted.around = true;
            self.by_act.values().for_each(|claims| look(&wanted, &mut fits, claims, 1.0));
        }
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.claim.cmp(&b.claim)));
        let mut seen = BTreeSet::new();
        fits.retain(|fit| seen.insert(fit.claim));
        fits
    }

    /// Claims of acts that exclude the one asked about, which answer "no".
    pub fn opposing(&self, pattern: &Pattern) -> Vec<Fit> {
        let Some((act, _)) = pattern.acts.first() else { return Vec::new() };
        let acts = opposite(self.lexicon, act).iter().map(|a| (a.clone(), 1.0)).collect();
        self.fitting(&Pattern { acts, lemma: String::new(), ..pattern.clone() })
    }

    /// The lemmas of the matter that a claim can hardly do without.
    pub fn essential(&self, pattern: &Pattern) -> Vec<String> {
        let wanted = self.wanted(pattern);
        let full = wanted.lemmas.iter().filter(|wish| wish.weight >= 1.0);
        full.map(|wish| wish.lemma.to_owned()).collect()
    }

    /// How near `found` is to `asked`, remembered.
    pub fn closeness(&self, asked: &str, found: &str) -> f64 {
        let key = (asked.to_owned(), found.to_owned());
        if let Some(&known) = self.closeness.borrow().get(&key) {
            return known;
        }
        let computed = self.cast.closeness(asked, found);
        self.closeness.borrow_mut().insert(key, computed);
        computed
    }

    /// The best closeness of `asked` among some participants.
    pub fn among(&self, asked: &str, role: &[Participant]) -> f64 {
        role.iter()
            .filter_map(|p| p.id.as_deref())
            .map(|id| self.closeness(asked, id))
            .fold(0.0, f64::max)
    }

    fn wanted<'p>(&self, pattern: &'p Pattern) -> Wanted<'p>
    where
        'a: 'p,
    {
        let ontology = self.lexicon.ontology;
        let issue_words: Vec<String> = pattern
            .issues
            .iter()
            .filter_map(|id| ontology.issue(id))
            .flat_map(|issue| issue.words.iter().flat_map(|w| words(w)))
            .collect();
        let lemmas = pattern
            .matter
            .iter()
            .map(|lemma| {
                let is = |class| self.lexicon.is(lemma, class);
                let in_issue = issue_words.contains(lemma);
                let is_number = lemma.starts_with(|c: char| c.is_ascii_digit());
                let weight = if is("transparent-noun") || is("part-noun") {
                    0.2
                } else if is_number || is("time-unit") || is("number-word") {
                    0.25
                } else if is("proposal-noun") && !in_issue || is("same-whole") {
                    0.35
                } else if pattern.names.contains(lemma) {
                    1.6
                } else {
                    1.0
                };
                Wish { lemma, weight, in_issue, same: self.same(lemma) }
            })
            .collect();
        let actors =
            pattern.matter_actors.iter().map(|id| (id.as_str(), self.cast.names(id))).collect();
        let addressees = pattern.addressees.iter().map(|id| self.cast.names(id)).collect();
        let mut wanted = Wanted {
            pattern,
            lemmas,
            actors,
            addressees,
            matters: HashMap::new(),
            most_discussed: None,
            around: false,
        };
        if !wanted.lemmas.is_empty() || !wanted.actors.is_empty() {
            for matter in &self.graph.corpus().matters {
                let mut text = matter.label.clone();
                for (variant, _) in matter.variants.iter().take(12) {
                    text.push_str(" ; ");
                    text.push_str(variant);
                }
                let text = Text::new(&text, &matter.issues);
                let covered = self.coverage(&wanted, &text, None);
                if covered >= COVERAGE {
                    wanted.matters.insert(&matter.id, covered);
                }
            }
            let only_issue = wanted.actors.is_empty() && wanted.lemmas.iter().all(|w| w.in_issue);
            if only_issue && wanted.lemmas.len() == 1 {
                let claims = |m: &&Matter| (m.claims.len(), std::cmp::Reverse(m.id.clone()));
                let of_issue = self.graph.corpus().matters.iter().filter(|m| {
                    wanted.matters.contains_key(m.id.as_str())
                        && pattern.issues.iter().any(|i| m.issues.contains(i))
                });
                wanted.most_discussed = of_issue.max_by_key(claims).map(|m| m.id.as_str());
            }
        }
        wanted
    }

    /// Ids of the matters of the graph that are what a pattern asks about, and the
    /// one that a bare issue was taken for.
    pub fn matters(&self, pattern: &Pattern) -> (Vec<String>, Option<String>) {
        let wanted = self.wanted(pattern);
        let mut ids: Vec<String> = wanted.matters.keys().map(|id| (*id).to_owned()).collect();
        ids.sort();
        (ids, wanted.most_discussed.map(str::to_owned))
    }

    /// Other words for `lemma`: those of its classes of like words, and those that
    /// name the same act of force or movement.
    fn same<'p>(&self, lemma: &str) -> Vec<&'p str>
    where
        'a: 'p,
    {
        let ontology = self.lexicon.ontology;
        let classes = ontology.word_classes.iter().filter(|(class, words)| {
            class.starts_with("same-") && words.iter().any(|w| w == lemma)
        });
        let mut same: Vec<&str> = Vec::new();
        for (class, words) in classes {
            let wider = ontology.word_classes.get(&class.replacen("same-", "meets-", 1));
            same.extend(words.iter().chain(wider.into_iter().flatten()).map(String::as_str));
        }
        let act = ontology
            .triggers
            .iter()
            .find(|t| t.words == [lemma] && self.lexicon.is(&t.act, "same-by-act"))
            .map(|t| &t.act);
        if let Some(act) = act {
            let triggers = ontology.triggers.iter().filter(|t| t.act == *act && t.words.len() == 1);
            same.extend(triggers.map(|t| t.words[0].as_str()));
        }
        same.sort_unstable();
        same.dedup();
        same
    }

    /// The sentence that holds a claim.
    fn sentence(&self, claim: &Claim) -> String {
        let Some(document) = self.documents.get(claim.document.as_str()) else {
            return claim.quote.clone();
        };
        let mut texts = self.texts.borrow_mut();
        let text =
            texts.entry(claim.document.clone()).or_insert_with(|| corpus::Text::new(*document));
        if claim.end > text.len() {
            return claim.quote.clone();
        }
        text.slice(sentence_bounds(text, claim.span())).to_owned()
    }

    fn score(&self, wanted: &Wanted<'_>, claim: &Claim, act_weight: f64) -> f64 {
        let pattern = wanted.pattern;
        let status = status_weight(pattern.status, claim.status);
        if status == 0.0 {
            return 0.0;
        }
        let source = self.source_weight(pattern, claim);
        if source == 0.0 {
            return 0.0;
        }
        if pattern.hole == Hole::Agent && !pattern.any_act && claim.agent.is_empty() {
            return 0.0;
        }
        let agent = if pattern.any_act {
            self.speaker_weight(pattern, claim)
        } else {
            self.agent_weight(pattern, claim)
        };
        if agent == 0.0 {
            return 0.0;
        }
        let time = time_weight(&pattern.dates, claim);
        let addressee = self.addressee_weight(wanted, claim);
        if status * source * agent * addressee * time * act_weight < THRESHOLD {
            return 0.0;
        }
        let matter = self.matter_weight(wanted, claim);
        let mut score = status * source * agent * addressee * matter * time;
        if !pattern.lemma.is_empty()
            && words(&claim.trigger).iter().any(|w| alike(w, &pattern.lemma))
        {
            score *= 1.08;
        } else {
            score *= 0.95;
        }
        if !pattern.context.is_empty() {
            let quote = words(&claim.quote);
            let met = pattern.context.iter().filter(|c| quote.iter().any(|w| alike(w, c))).count();
            score *= 0.92 + 0.12 * met as f64 / pattern.context.len() as f64;
        }
        score * (0.9 + 0.1 * claim.confidence)
    }

    fn source_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if pattern.sources.is_empty() {
            return 1.0;
        }
        let one = |asked: &String| {
            let said = self.among(asked, &claim.source);
            let passed_on = 0.9 * self.among(asked, &claim.via);
            // what somebody does by speaking is in his own words
            let own =
                if claim.source.is_empty() { 0.6 * self.among(asked, &claim.agent) } else { 0.0 };
            said.max(passed_on).max(own)
        };
        pattern.sources.iter().map(one).fold(f64::INFINITY, f64::min)
    }

    fn agent_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if pattern.agents.is_empty() {
            return 1.0;
        }
        let mutual = self.is_mutual(claim);
        let one = |asked: &String| {
            let agent = self.among(asked, &claim.agent);
            if mutual { agent.max(0.9 * self.among(asked, &claim.addressee)) } else { agent }
        };
        let each: Vec<f64> = pattern.agents.iter().map(one).collect();
        let mean = each.iter().sum::<f64>() / each.len() as f64;
        if each.contains(&0.0) && each.len() > 1 { 0.6 * mean } else { mean }
    }

    /// Who says it: the agent of a statement, or whose words a claim is told in.
    fn speaker_weight(&self, pattern: &Pattern, claim: &Claim) -> f64 {
        if pattern.agents.is_empty() {
            return if claim.act == "state" || !claim.source.is_empty() { 1.0 } else { 0.0 };
        }
        let one = |asked: &String| {
            let agent =
                self.among(asked, &claim.agent) * if claim.act == "state" { 1.0 } else { 0.85 };
            agent.max(0.95 * self.among(asked, &claim.source))
        };
        pattern.agents.iter().map(one).fold(f64::INFINITY, f64::min)
    }

    /// Is it an act that two do together, so that agent and addressee can change places?
    pub fn is_mutual(&self, claim: &Claim) -> bool {
        self.lexicon.is(&claim.act, "mutual-act")
    }

    fn addressee_weight(&self, wanted: &Wanted<'_>, claim: &Claim) -> f64 {
        let pattern = wanted.pattern;
        if pattern.addressees.is_empty() {
            return 1.0;
        }
        let mutual = self.is_mutual(claim);
        let one = |(asked, names): (&String, &Vec<Vec<String>>)| {
            let addressee = self.among(asked, &claim.addressee);
            let agent = if mutual { self.among(asked, &claim.agent) } else { 0.0 };
            let matter = claim.matter.as_ref().is_some_and(|m| holds_name(&m.text, names));
            let named = if matter {
                0.85
            } else if holds_name(&claim.quote, names) && self.among(asked, &claim.agent) == 0.0 {
                0.75
            } else {
                0.0
            };
            addressee.max(agent).max(named)
        };
        pattern.addressees.iter().zip(&wanted.addressees).map(one).fold(f64::INFINITY, f64::min)
    }

    fn matter_weight(&self, wanted: &Wanted<'_>, claim: &Claim) -> f64 {
        if wanted.lemmas.is_empty() && wanted.actors.is_empty() {
            return 1.0;
        }
        let mention = claim.matter.as_ref();
        let mut issues: Vec<String> = mention.map(|m| m.issues.clone()).unwrap_or_default();
        if let Some(at) = mention.and_then(|m| self.graph.matter(m.id.as_deref()?)) {
            issues.extend(self.graph.corpus().matters[at].issues.iter().cloned());
        }
        let issues = issues.as_slice();
        // the trigger may hold the object ("suspended military aid")
        let named = match &claim.matter {
            Some(matter) => format!("{} {}", claim.trigger, matter.text),
            None => claim.trigger.clone(),
        };
        let own = self.coverage(wanted, &Text::new(&named, issues), Some(claim));
        let shared = claim
            .matter
            .as_ref()
            .and_then(|m| m.id.as_deref())
            .and_then(|id| wanted.matters.get(id).copied())
            .filter(|_| !wanted.lemmas.is_empty())
            .unwrap_or(0.0);
        let other = wanted
            .most_discussed
            .is_some_and(|most| mention.and_then(|m| m.id.as_deref()).is_some_and(|id| id != most));
        let quoted = 0.8 * self.coverage(wanted, &Text::new(&claim.quote, issues), Some(claim));
        let mut covered = own.max(0.95 * shared).max(quoted);
        if wanted.around && covered < COVERAGE && is_bare(claim, self.lexicon) {
            let sentence = self.sentence(claim);
            let around = self.coverage(wanted, &Text::new(&sentence, issues), Some(claim));
            covered = AROUND * around;
        }
        if other {
            covered *= OTHER_MATTER;
        }
        if covered < COVERAGE { 0.0 } else { covered * self.scope(wanted.pattern, claim, issues) }
    }

    /// Share of what is asked for that a text has, by weight.
    fn coverage(&self, wanted: &Wanted<'_>, text: &Text<'_>, claim: Option<&Claim>) -> f64 {
        let issue = wanted
            .pattern
            .issues
            .iter()
            .any(|asked| text.issues.iter().any(|found| self.is_under(found, asked)));
        let (mut sum, mut met) = (0.0, 0.0);
        for wish in &wanted.lemmas {
            sum += wish.weight;
            let back = |w: &String| self.lexicon.is(w, "proposal-noun");
            let points_back = !wish.in_issue && self.lexicon.is(wish.lemma, "proposal-noun");
            let same = |w: &String| wish.same.iter().any(|same| alike(w, same));
            if text.words.iter().any(|w| alike(w, wish.lemma)) {
                met += wish.weight;
            } else if wish.in_issue && issue
                || text.words.iter().any(same)
                || points_back && text.words.iter().any(back)
            {
                met += 0.9 * wish.weight;
            }
        }
        // names alone are everywhere
        if sum > 0.0 && met == 0.0 {
            return 0.0;
        }
        for (id, names) in &wanted.actors {
            sum += 0.8;
            if holds_name(text.text, names) {
                met += 0.8;
            } else if let Some(claim) = claim {
                let asked = wanted.pattern.hole == Hole::Agent;
                let agent = if asked { 0.0 } else { self.among(id, &claim.agent) };
                let role = agent.max(self.among(id, &claim.addressee));
                met += 0.8 * 0.8 * role;
            }
        }
        let unnamed =
            wanted.pattern.names.iter().any(|name| !text.words.iter().any(|w| alike(w, name)));
        let strange = if unnamed { 0.5 } else { 1.0 };
        if sum == 0.0 { 1.0 } else { strange * met / sum }
    }

    /// A part is not the whole: an energy truce does not answer for a full one.
    fn scope(&self, pattern: &Pattern, claim: &Claim, issues: &[String]) -> f64 {
        let any = |issues: &[String], class: &str| {
            let kinds = self.lexicon.ontology.word_classes.get(class);
            kinds.is_some_and(|kinds| {
                kinds.iter().any(|kind| issues.iter().any(|i| self.is_under(i, kind)))
            })
        };
        let asked_part = any(&pattern.issues, "part-issue");
        let asked_whole = any(&pattern.issues, "whole-issue")
            || pattern.matter.iter().any(|lemma| self.lexicon.is(lemma, "same-whole"));
        let id = claim.matter.as_ref().and_then(|m| m.id.as_deref());
        let attributes = id
            .and_then(|id| self.graph.matter(id))
            .map_or(&[][..], |at| &self.graph.corpus().matters[at].attributes);
        let scope = |whole: bool| {
            attributes.iter().any(|(name, value)| {
                name == "scope" && self.lexicon.is(value, "same-whole") == whole
            })
        };
        let told = claim
            .matter
            .as_ref()
            .is_some_and(|m| words(&m.text).iter().any(|word| self.lexicon.is(word, "same-whole")));
        let part = any(issues, "part-issue") || scope(false);
        let whole = told || any(issues, "whole-issue") || scope(true);
        if asked_whole && part && !whole || asked_part && whole && !part {
            0.3
        } else if part && !asked_part && !whole && pattern.hole != Hole::Matter {
            0.6
        } else if asked_whole && !whole {
            UNTOLD
        } else {
            1.0
        }
    }

    /// Is `issue` the same as `broad`, or narrower?
    pub fn is_under(&self, issue: &str, broad: &str) -> bool {
        let mut open = vec![issue];
        for _ in 0..32 {
            let Some(at) = open.pop() else { return false };
            if at == broad {
                return true;
            }
            if let Some(known) = self.lexicon.ontology.issue(at) {
                open.extend(known.broader.iter().map(String::as_str));
            }
        }
        false
    }
}

/// Does the claim leave open what it is about: no matter, or only a word that
/// points back?
fn is_bare(claim: &Claim, lexicon: &Lexicon<'_>) -> bool {
    let Some(matter) = &claim.matter else { return true };
    let words = words(&matter.text);
    words.len() <= 3
        && words.iter().any(|w| {
            ["it", "they", "demonstrative", "proposal-noun"]
                .iter()
                .any(|class| lexicon.is(w, class))
        })
}

/// From the end of the sentence or line before a span to the end of its own.
pub fn sentence_bounds(text: &corpus::Text, span: Span) -> Span {
    let all = text.as_str();
    let (first, last) = (text.byte(span.start), text.byte(span.end));
    let ends = |at: usize, c: char| {
        c == '\n'
            || matches!(c, '.' | '!' | '?') && {
                let rest = &all[at + c.len_utf8()..];
                rest.chars()
                    .next()
                    .is_none_or(|next| next.is_whitespace() || matches!(next, '”' | '"'))
            }
    };
    let before = all[..first].char_indices().rev().find(|&(at, c)| ends(at, c));
    let mut start = before.map_or(0, |(at, c)| at + c.len_utf8());
    start += all[start..first].len() - all[start..first].trim_start().len();
    let after = all[last..].char_indices().find(|&(at, c)| ends(last + at, c));
    let end = after
        .map_or(all.len(), |(at, c)| if c == '\n' { last + at } else { last + at + c.len_utf8() });
    Span::new(text.char_at_byte(start), text.char_at_byte(end))
}

/// A text cut into words, with the issues that it is known to name.
struct Text<'t> {
    text: &'t str,
    words: Vec<String>,
    issues: &'t [String],
}

impl<'t> Text<'t> {
    fn new(text: &'t str, issues: &'t [String]) -> Self {
        Self { text, words: words(text), issues }
    }
}

fn status_weight(asked: Status, found: Status) -> f64 {
    match (asked, found) {
        (Status::Actual, Status::Actual) | (Status::Negated, Status::Negated) => 1.0,
        (Status::Unrealised, Status::Unrealised) => 1.0,
        (Status::Unrealised, Status::Actual) => 0.95,
        (Status::Actual, Status::Unrealised) => 0.65,
        (_, Status::Negated) => 0.4,
        (Status::Negated, _) => 0.0,
    }
}

/// `--03-11` fits any year; a month fits its days.
pub fn same_time(asked: &str, found: &str) -> bool {
    match asked.strip_prefix('-') {
        Some(day) => found.get(..10).unwrap_or(found).ends_with(day),
        None => found.starts_with(asked) || asked.starts_with(found) && found.len() >= 7,
    }
}

fn time_weight(asked: &[String], claim: &Claim) -> f64 {
    match &claim.time {
        _ if asked.is_empty() => 1.0,
        Some(found) if asked.iter().any(|a| same_time(a, found)) => 1.0,
        Some(_) => 0.0,
        None => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_year_fits_every_year() {
        assert!(same_time("--03-11", "2025-03-11"));
        assert!(same_time("2025-03", "2025-03-11"));
        assert!(!same_time("--03-11", "2025-03-12"));
        assert!(!same_time("1999-07-04", "2025-07-04"));
    }
}
