//! What a question wants of a matter, and how much of it a claim has.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use regex::bytes::Regex;

use crate::extract::{Claim, Hole, Lexicon};
use crate::graph::folder::{About, Selection, beginnings};
use crate::resolve::{Attribute, Matter};

use super::cast::holds_name;
use super::matcher::Matcher;
use super::need::Need;
use super::understood::Pattern;
use super::weights::{matter, word};
use super::words::{alike, beginning, words};
use crate::ontology::{ActTrait, Family, WordClass};

/// How many wordings of a matter are looked at, the most frequent first.
const VARIANTS: usize = 12;

/// What a pattern needs of a matter, computed once.
pub(super) struct Wanted<'p> {
    /// What is asked.
    pub pattern: &'p Pattern,
    /// Words of the matter.
    pub lemmas: Vec<Wish<'p>>,
    /// Actors named in the matter, with their names.
    actors: Vec<(&'p str, Vec<Vec<String>>)>,
    /// Names of the addressees.
    pub addressees: Vec<Vec<Vec<String>>>,
    /// How well each matter of the graph is the one asked for.
    matters: HashMap<&'p str, f64>,
    /// The one most spoken of, where the question names only their issue ("the
    /// ceasefire").
    pub most_discussed: Option<&'p str>,
    /// Do the words around a claim count?
    pub around: bool,
    /// Finds the texts that can have any of it, so that others need not be cut into words.
    terms: Option<Regex>,
    /// What a claim must be about; `None` where names alone are wanted, which may show
    /// in any role.
    pub about: Option<About>,
    /// The issues asked for and those under them.
    issues: BTreeSet<&'p str>,
    /// Issues that are a part only.
    parts: BTreeSet<&'p str>,
    /// Issues that are the whole.
    wholes: BTreeSet<&'p str>,
}

/// A word that is asked for.
pub(super) struct Wish<'p> {
    lemma: &'p str,
    /// How much it counts; 1 and more for words that a claim can hardly do without.
    pub weight: f64,
    /// Is it a word of an issue asked for?
    in_issue: bool,
    /// Nouns of which it tells the kind ("tax" for "wealth"): who speaks of a tax and not
    /// of wealth speaks of another, though the issue be the same.
    kind_of: Vec<String>,
    /// Is it a word for any proposal, and not of an issue?
    points_back: bool,
    /// Other words for it.
    same: Vec<&'p str>,
}

impl Wanted<'_> {
    /// Ids of the matters of the graph that are what is asked about.
    pub(super) fn matters(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.matters.keys().map(|id| (*id).to_owned()).collect();
        ids.sort();
        ids
    }

    /// Does the matter name actors?
    pub(super) fn has_actors(&self) -> bool {
        !self.actors.is_empty()
    }

    /// The lemmas of the matter that a claim can hardly do without.
    pub(super) fn essential(&self) -> Vec<String> {
        let full = self.lemmas.iter().filter(|wish| wish.weight >= word::WORD);
        full.map(|wish| wish.lemma.to_owned()).collect()
    }
}

impl<'a> Matcher<'a> {
    /// What a pattern wants of a matter.
    ///
    /// # Errors
    /// The matters that can be meant, when they are not at hand.
    pub(super) fn wanted<'p>(&self, pattern: &'p Pattern) -> Result<Wanted<'p>, Need>
    where
        'a: 'p,
    {
        let lemmas = self.wishes(pattern);
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
            terms: None,
            about: None,
            issues: self.under(pattern.issues.iter().map(String::as_str)),
            parts: self.under(self.class(WordClass::PartIssue)),
            wholes: self.under(self.class(WordClass::WholeIssue)),
        };
        if !wanted.lemmas.is_empty() || !wanted.actors.is_empty() {
            let words = self.terms(&wanted);
            wanted.terms = beginnings(&words).ok();
            let issues = wanted.issues.iter().map(|id| (*id).to_owned()).collect();
            let about = About { words, issues, matters: BTreeSet::new() };
            let about_it = Some(about.clone());
            self.held.matters(Selection { about: about_it, ..Selection::default() })?;
            for matter in &self.graph.corpus().matters {
                let issues: Vec<&str> = matter.issues.iter().map(String::as_str).collect();
                // one wording must have it, not a word here and another there
                let variants = matter.variants.iter().take(VARIANTS).map(|(variant, _)| variant);
                let wordings = std::iter::once(&matter.label).chain(variants);
                let covered = wordings
                    .map(|text| self.coverage(&wanted, &Text::new(text, &issues), None))
                    .fold(0.0, f64::max);
                if covered >= matter::COVERAGE {
                    wanted.matters.insert(&matter.id, covered);
                }
            }
            if !wanted.lemmas.is_empty() {
                let of_issue =
                    |m: &&Matter| m.issues.iter().any(|i| wanted.issues.contains(i.as_str()));
                let matters = self.graph.corpus().matters.iter().filter(of_issue).map(|m| &m.id);
                let matters = matters.cloned().chain(wanted.matters()).collect();
                wanted.about = Some(About { matters, ..about });
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
        Ok(wanted)
    }

    /// The words of the matter asked for, with how much each counts.
    fn wishes<'p>(&self, pattern: &'p Pattern) -> Vec<Wish<'p>>
    where
        'a: 'p,
    {
        let ontology = self.lexicon.ontology;
        let issues = pattern.issues.iter().filter_map(|id| ontology.issue(id));
        let issue_labels: Vec<Vec<String>> =
            issues.flat_map(|issue| issue.words.iter().map(|w| words(w))).collect();
        pattern
            .matter
            .iter()
            .map(|lemma| {
                let is = |class| self.lexicon.is(lemma, class);
                let labels = issue_labels.iter().filter(|label| label.contains(lemma));
                let in_issue = labels.clone().next().is_some();
                let whole = labels.filter(|l| l.iter().all(|w| pattern.matter.contains(w)));
                let kinds = whole.filter_map(|l| l.last().filter(|last| *last != lemma).cloned());
                let is_number = lemma.starts_with(|c: char| c.is_ascii_digit());
                let weight = if is(WordClass::TransparentNoun) || is(WordClass::PartNoun) {
                    word::TRANSPARENT
                } else if is_number || is(WordClass::TimeUnit) || is(WordClass::NumberWord) {
                    word::NUMBER
                } else if is(WordClass::ProposalNoun) && !in_issue || is(WordClass::SameWhole) {
                    word::PROPOSAL
                } else if pattern.names.contains(lemma) {
                    word::NAME
                } else {
                    word::WORD
                };
                let points_back = !in_issue && is(WordClass::ProposalNoun);
                let kind_of = kinds.collect();
                Wish { lemma, weight, in_issue, points_back, kind_of, same: self.same(lemma) }
            })
            .collect()
    }

    /// How words begin that a text must have one of, to have anything that is wanted.
    fn terms(&self, wanted: &Wanted<'_>) -> BTreeSet<String> {
        let mut terms: Vec<&str> = Vec::new();
        for wish in &wanted.lemmas {
            terms.push(wish.lemma);
            terms.extend(&wish.same);
            if wish.points_back {
                terms.extend(self.class(WordClass::ProposalNoun));
            }
        }
        let mut terms: BTreeSet<String> =
            terms.into_iter().map(|term| beginning(term).to_lowercase()).collect();
        if wanted.lemmas.is_empty() {
            let names = wanted.actors.iter().flat_map(|(_, names)| names);
            for name in names.filter_map(|name| name.first()) {
                terms.insert(beginning(name).to_owned());
                // "U.S." is a form of "us"
                terms.extend(name.chars().next().map(|first| format!("{first}.")));
            }
        }
        terms
    }

    fn class<'p>(&self, class: WordClass) -> impl Iterator<Item = &'p str>
    where
        'a: 'p,
    {
        self.lexicon.ontology.words_of(class).iter().map(String::as_str)
    }

    /// These issues and all that are narrower.
    fn under<'p>(&self, broad: impl Iterator<Item = &'p str>) -> BTreeSet<&'p str>
    where
        'a: 'p,
    {
        let all = self.lexicon.ontology.issues.iter().map(|issue| issue.id.as_str());
        let broad: BTreeSet<&str> = broad.collect();
        let narrower =
            all.filter(|id| broad.iter().any(|broad| self.lexicon.ontology.is_under(id, broad)));
        narrower.collect::<Vec<_>>().into_iter().chain(broad.iter().copied()).collect()
    }

    /// Other words for `lemma`: those of its classes of like words, and those that
    /// name the same act of force or movement.
    fn same<'p>(&self, lemma: &str) -> Vec<&'p str>
    where
        'a: 'p,
    {
        let ontology = self.lexicon.ontology;
        let mut same: Vec<&str> = Vec::new();
        for class in ontology.classes_of(Family::Same).filter(|class| class.has(lemma)) {
            let wider = ontology.classes_of(Family::Meets).filter(|c| c.value == class.value);
            let words = std::iter::once(class).chain(wider).flat_map(|class| &class.words);
            same.extend(words.map(String::as_str));
        }
        let act = ontology
            .triggers
            .iter()
            .find(|t| t.words == [lemma] && self.lexicon.act_is(&t.act, ActTrait::Interchangeable))
            .map(|t| &t.act);
        if let Some(act) = act {
            let triggers = ontology.triggers.iter().filter(|t| t.act == *act && t.words.len() == 1);
            same.extend(triggers.map(|t| t.words[0].as_str()));
        }
        same.sort_unstable();
        same.dedup();
        same
    }

    /// How well a claim is about what is asked for, 0 to 1.
    pub(super) fn matter_weight(&self, wanted: &Wanted<'_>, claim: &Claim) -> f64 {
        if wanted.lemmas.is_empty() && wanted.actors.is_empty() {
            return 1.0;
        }
        let mention = claim.matter.as_ref();
        let matter = mention.and_then(|m| self.graph.matter(m.id.as_deref()?));
        let matter = matter.map(|at| &self.graph.corpus().matters[at]);
        let own = mention.into_iter().flat_map(|m| &m.issues);
        let issues: Vec<&str> =
            own.chain(matter.into_iter().flat_map(|m| &m.issues)).map(String::as_str).collect();
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
        let quoted =
            matter::QUOTED * self.coverage(wanted, &Text::new(&claim.quote, issues), Some(claim));
        let mut covered = own.max(matter::SHARED * shared).max(quoted);
        if wanted.around && covered < matter::COVERAGE && is_bare(claim, self.lexicon) {
            let sentence = self.sentences_around(claim);
            let around = self.coverage(wanted, &Text::new(&sentence, issues), Some(claim));
            covered = matter::AROUND * around;
        }
        if other {
            covered *= matter::OTHER;
        }
        // whether somebody accepted a coalition with one is not told by one with another
        let named = || wanted.pattern.hole != Hole::Status || self.names_all(wanted, claim);
        if covered < matter::COVERAGE || !named() {
            return 0.0;
        }
        covered * self.scope(wanted, claim, issues)
    }

    /// Does a claim, or the sentence that it stands in, name all those whom the matter asked about names?
    fn names_all(&self, wanted: &Wanted<'_>, claim: &Claim) -> bool {
        let mut actors = wanted.actors.iter();
        actors.all(|(id, names)| {
            self.among(id, &claim.agent) > 0.0
                || self.among(id, &claim.addressee) > 0.0
                || holds_name(&self.sentence(claim), names)
        })
    }

    /// Share of what is asked for that a text has, by weight.
    fn coverage(&self, wanted: &Wanted<'_>, text: &Text<'_>, claim: Option<&Claim>) -> f64 {
        let issue = text.issues.iter().any(|found| wanted.issues.contains(found));
        let of_issue = issue && wanted.lemmas.iter().any(|wish| wish.in_issue);
        let may_have = |terms: &Regex| terms.is_match(text.text.as_bytes());
        if !wanted.lemmas.is_empty() && !of_issue && !wanted.terms.as_ref().is_none_or(may_have) {
            return 0.0;
        }
        let (mut sum, mut met) = (0.0, 0.0);
        // "the deal" alone is no plan and no offer
        let more = wanted.lemmas.iter().any(|wish| !wish.points_back) || wanted.has_actors();
        let another_kind = |wish: &Wish<'_>| {
            wish.kind_of.iter().any(|noun| text.words().iter().any(|w| alike(w, noun)))
        };
        // a word of the text meets one word of the question, and the same word first
        let mut used = vec![false; text.words().len()];
        let mut others = Vec::new();
        for wish in &wanted.lemmas {
            sum += wish.weight;
            match text.words().iter().position(|w| alike(w, wish.lemma)) {
                Some(at) => {
                    used[at] = true;
                    met += wish.weight;
                }
                None => others.push(wish),
            }
        }
        for wish in others {
            let same = |w: &String| wish.same.iter().any(|same| alike(w, same));
            let back = |w: &String| self.lexicon.is(w, WordClass::ProposalNoun);
            let like = (0..used.len()).find(|&at| !used[at] && same(&text.words()[at]));
            if let Some(at) = like {
                used[at] = true;
            }
            if like.is_some()
                || wish.in_issue && issue && !another_kind(wish)
                || more && wish.points_back && text.words().iter().any(back)
            {
                met += word::ALIKE * wish.weight;
            }
        }
        // names alone are everywhere
        if sum > 0.0 && met == 0.0 {
            return 0.0;
        }
        for (id, names) in &wanted.actors {
            sum += word::ACTOR;
            if holds_name(text.text, names) {
                met += word::ACTOR;
            } else if let Some(claim) = claim {
                let asked = wanted.pattern.hole == Hole::Agent;
                let agent = if asked { 0.0 } else { self.among(id, &claim.agent) };
                let role = agent.max(self.among(id, &claim.addressee));
                met += word::ACTOR * word::IN_ROLE * role;
            }
        }
        if self.is_another_number(wanted, text) {
            return 0.0;
        }
        let unnamed =
            wanted.pattern.names.iter().any(|name| !text.words().iter().any(|w| alike(w, name)));
        let strange = if unnamed { matter::UNNAMED } else { 1.0 };
        if sum == 0.0 { 1.0 } else { strange * met / sum }
    }

    /// Does a text tell another number than the one asked for ("690,000" for "740,000")?
    fn is_another_number(&self, wanted: &Wanted<'_>, text: &Text<'_>) -> bool {
        let digits = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let asked: Vec<String> = wanted
            .lemmas
            .iter()
            .flat_map(|wish| words(wish.lemma))
            .filter(|word| digits(word))
            .collect();
        let own: Vec<&String> = text.words().iter().filter(|w| digits(w)).collect();
        !asked.is_empty() && !own.is_empty() && asked.iter().any(|number| !own.contains(&number))
    }

    /// A part is not the whole: an energy truce does not answer for a full one.
    fn scope(&self, wanted: &Wanted<'_>, claim: &Claim, issues: &[&str]) -> f64 {
        let pattern = wanted.pattern;
        let any = |kinds: &BTreeSet<&str>| issues.iter().any(|issue| kinds.contains(issue));
        let asked = |kinds: &BTreeSet<&str>| {
            pattern.issues.iter().any(|issue| kinds.contains(issue.as_str()))
        };
        let asked_part = asked(&wanted.parts);
        let asked_whole = asked(&wanted.wholes)
            || pattern.matter.iter().any(|lemma| self.lexicon.is(lemma, WordClass::SameWhole));
        let id = claim.matter.as_ref().and_then(|m| m.id.as_deref());
        let attributes = id
            .and_then(|id| self.graph.matter(id))
            .map_or(&[][..], |at| &self.graph.corpus().matters[at].attributes);
        let scope = |whole: bool| {
            attributes.iter().any(|(name, value)| {
                *name == Attribute::Scope && self.lexicon.is(value, WordClass::SameWhole) == whole
            })
        };
        let told = claim.matter.as_ref().is_some_and(|m| {
            words(&m.text).iter().any(|word| self.lexicon.is(word, WordClass::SameWhole))
        });
        let part = any(&wanted.parts) || scope(false);
        let whole = told || any(&wanted.wholes) || scope(true);
        if asked_whole && part && !whole || asked_part && whole && !part {
            matter::OTHER_SCOPE
        } else if part && !asked_part && !whole && pattern.hole != Hole::Matter {
            matter::PART
        } else if asked_whole && !whole || asked_part && !part {
            matter::UNTOLD
        } else {
            1.0
        }
    }
}

/// Does the claim leave open what it is about: no matter, or only a word that
/// points back?
pub(super) fn is_bare(claim: &Claim, lexicon: &Lexicon<'_>) -> bool {
    let Some(matter) = &claim.matter else { return true };
    let words = words(&matter.text);
    pointed_at(claim, lexicon).is_some()
        || words.len() <= 3
            && words.iter().any(|w| {
                [WordClass::It, WordClass::They, WordClass::Demonstrative, WordClass::ProposalNoun]
                    .iter()
                    .any(|&class| lexicon.is(w, class))
            })
}

/// The noun by which a claim points back at what was said before: "the cut".
pub(super) fn pointed_at(claim: &Claim, lexicon: &Lexicon<'_>) -> Option<String> {
    let words = words(&claim.matter.as_ref()?.text);
    let [definite, noun] = words.as_slice() else { return None };
    lexicon.is(definite, WordClass::MatterDefinite).then(|| noun.clone())
}

/// A text, cut into words when it must be, with the issues that it is known to name.
struct Text<'t> {
    text: &'t str,
    words: OnceCell<Vec<String>>,
    issues: &'t [&'t str],
}

impl<'t> Text<'t> {
    fn new(text: &'t str, issues: &'t [&'t str]) -> Self {
        Self { text, words: OnceCell::new(), issues }
    }

    fn words(&self) -> &[String] {
        self.words.get_or_init(|| words(self.text))
    }
}
