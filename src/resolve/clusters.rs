//! Mentions of one matter put together.
//!
//! First those that say the same are one group; then groups are joined, the best
//! supported first, where they do not conflict in any two of their mentions and
//! have positive evidence in common. Partners are looked up by what they share, so
//! that no step compares all pairs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::attributes::{Attribute, Attributes};
use super::knowledge::Knowledge;
use super::mentions::Mention;
use super::phrase::{HALT_OF_FORCE, Phrase, TALKS};
use super::setting::Setting;

/// Evidence that joins two groups. Shared quantity weighs 4, scope and duration 3,
/// a side that put both forward or accepted both 2, and so on.
const ENOUGH: u32 = 2;
/// How many partners one look-up may give; the best supported are met first.
const PARTNERS: usize = 48;
/// How often joining is repeated, since joined groups share more.
const ROUNDS: usize = 4;
/// Shares of words in common that make two phrases one matter.
const HALF: f64 = 0.5;
/// How many times longer one of two phrases that share a pair of words may be.
const LONGER: usize = 3;
/// As [`HALF`], where less else speaks for it.
const MOST: f64 = 0.6;
/// Distinct phrases of a group that are compared word by word.
const PHRASES: usize = 8;

/// Start of the hooks that are words.
const WORD: &str = "word|";

/// The words of a phrase, for comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words {
    /// Stems that carry meaning.
    pub content: BTreeSet<String>,
    /// Those that name actors.
    names: BTreeSet<String>,
    /// Those that name the issue.
    issue: BTreeSet<String>,
    /// Neighbours.
    pairs: BTreeSet<(String, String)>,
}

impl Words {
    fn of(phrase: &Phrase) -> Self {
        let issue = if phrase.issues.is_empty() {
            BTreeSet::new()
        } else {
            phrase.content.difference(&phrase.residue).cloned().collect()
        };
        let (content, names) = (phrase.content.clone(), phrase.names.clone());
        Self { content, names, issue, pairs: phrase.pairs.clone() }
    }

    /// Are there words that name nobody?
    pub(super) fn tells(&self) -> bool {
        self.content.difference(&self.names).next().is_some()
    }

    /// What the two share, if that is enough to denote one thing: two words that
    /// name nobody, half of all words or a pair of neighbours; or a word and a name
    /// that are most of both.
    fn in_common(&self, other: &Self) -> Option<(usize, String)> {
        let shared: Vec<&str> =
            self.content.intersection(&other.content).map(String::as_str).collect();
        let fewest = self.content.len().min(other.content.len());
        let all = self.content.len() + other.content.len() - shared.len();
        let telling = shared.iter().filter(|s| !self.names.contains(**s)).count();
        #[expect(clippy::cast_precision_loss, reason = "a few words")]
        let share = |of: usize| shared.len() as f64 / of.max(1) as f64;
        let pair = !self.pairs.is_disjoint(&other.pairs);
        // of two phrases one of which names an issue, the other must share the name
        let (a, b) = (&self.issue, &other.issue);
        if a.is_empty() != b.is_empty() && !shared.iter().any(|s| a.contains(*s) || b.contains(*s))
        {
            return None;
        }
        let alike = all <= LONGER * fewest.max(1);
        let enough = telling >= 2 && share(all) >= HALF
            || telling >= 2 && pair && alike && share(fewest) >= MOST
            || telling >= 1 && shared.len() >= 2 && share(all) >= MOST;
        enough.then(|| (shared.len(), shared.join(" ")))
    }
}

/// Mentions that denote one matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Cluster {
    /// Indices of mentions with why each is here.
    pub members: Vec<(usize, String)>,
    /// Broadest issues.
    pub families: BTreeSet<String>,
    /// Issue → number of mentions.
    pub issues: BTreeMap<String, usize>,
    /// All attributes of its mentions.
    pub attributes: Attributes,
    /// What its mentions say, each way once; those that only point back left out.
    pub shapes: BTreeSet<Attributes>,
    /// Their words, each way once.
    pub contents: BTreeSet<Words>,
    /// Whose it is said to be.
    pub owners: BTreeSet<String>,
    /// Documents of its mentions.
    pub documents: BTreeSet<String>,
    /// Who put it forward or accepted it.
    pub answers: BTreeSet<(String, String)>,
    /// Where and when.
    pub setting: Setting,
    /// Is it what is done or hit in every mention?
    pub deed: bool,
    /// Is it proposed, accepted, rejected … in some mention?
    pub on_proposals: bool,
}

impl Cluster {
    fn of(index: usize, mention: &Mention, document: &str, setting: &Setting) -> Self {
        let phrase = &mention.phrase;
        Self {
            members: vec![(index, FIRST.to_owned())],
            families: phrase.families.clone(),
            issues: phrase.issues.iter().map(|i| (i.clone(), 1)).collect(),
            attributes: phrase.attributes.clone(),
            shapes: BTreeSet::from([phrase.attributes.clone()]),
            contents: BTreeSet::from([Words::of(phrase)]),
            owners: mention.owner.iter().cloned().collect(),
            documents: BTreeSet::from([document.to_owned()]),
            answers: mention.answers.clone(),
            setting: setting.clone(),
            deed: mention.deed,
            on_proposals: mention.on_proposals,
        }
    }

    /// Takes a mention with the same [`Key`]; `is_new` if it is worded as none before.
    fn take(
        &mut self,
        index: usize,
        mention: &Mention,
        document: &str,
        setting: &Setting,
        is_new: bool,
    ) {
        self.members.push((index, SAME.to_owned()));
        for issue in &mention.phrase.issues {
            if let Some(count) = self.issues.get_mut(issue) {
                *count += 1;
            }
        }
        if is_new {
            self.families.extend(mention.phrase.families.iter().cloned());
            self.contents.insert(Words::of(&mention.phrase));
        }
        if !self.documents.contains(document) {
            self.documents.insert(document.to_owned());
        }
        self.answers.extend(mention.answers.iter().cloned());
        self.setting.extend(setting);
        self.deed &= mention.deed;
        self.on_proposals |= mention.on_proposals;
    }

    /// Takes a mention that points back here.
    pub(super) fn refer(&mut self, index: usize, mention: &Mention, why: String) {
        self.members.push((index, why));
        self.answers.extend(mention.answers.iter().cloned());
        for issue in &mention.phrase.issues {
            *self.issues.entry(issue.clone()).or_default() += 1;
        }
    }

    /// Takes over all mentions of another.
    pub(super) fn absorb(&mut self, other: Self, why: &str) {
        let founders: Vec<(usize, String)> = other
            .members
            .into_iter()
            .map(|(m, own)| (m, if own == FIRST { why.to_owned() } else { own }))
            .collect();
        self.members.extend(founders);
        self.families.extend(other.families);
        for (issue, count) in other.issues {
            *self.issues.entry(issue).or_default() += count;
        }
        self.attributes.extend(&other.attributes);
        self.shapes.extend(other.shapes);
        self.contents.extend(other.contents);
        self.owners.extend(other.owners);
        self.documents.extend(other.documents);
        self.answers.extend(other.answers);
        self.setting.extend(&other.setting);
        self.deed &= other.deed;
        self.on_proposals |= other.on_proposals;
    }

    /// Is it only words that no issue is known for?
    fn is_free(&self) -> bool {
        self.families.is_empty() || self.families.contains(TALKS)
    }

    /// Is it told of in one text alone, and never joined with what another says? One word for which
    /// no issue is known means the same thing only within a text.
    pub(super) fn is_bound(&self) -> bool {
        self.is_free()
            && self.documents.len() == 1
            && self.contents.iter().all(|it| it.content.len() <= 1)
    }

    /// The broadest issue of most mentions.
    pub(super) fn main_family(&self, knowledge: &Knowledge<'_>) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (issue, n) in &self.issues {
            *counts.entry(knowledge.family(issue)).or_default() += n;
        }
        let most = counts.into_iter().min_by_key(|(f, n)| (std::cmp::Reverse(*n), f.clone()));
        most.map(|(family, _)| family)
    }

    /// Evidence that the two are one matter, with its weight; `None` when they
    /// conflict or have too little in common.
    pub(super) fn evidence(
        &self,
        other: &Self,
        knowledge: &Knowledge<'_>,
    ) -> Option<(u32, String)> {
        let talks = |c: &Self| c.families.contains(TALKS);
        if talks(self) != talks(other) || !self.setting.fits(&other.setting) {
            return None;
        }
        let shared_families = self.families.intersection(&other.families).count();
        if shared_families < self.families.len().min(other.families.len()) {
            return None;
        }
        let owned = !self.owners.is_empty() && !other.owners.is_empty();
        if self.is_free() && owned && self.owners.is_disjoint(&other.owners) {
            return None;
        }
        for a in &self.shapes {
            for b in &other.shapes {
                if a.conflict(b, knowledge).is_some() || a.differ(b).is_some() {
                    return None;
                }
            }
        }
        let mut total = 0;
        let mut reasons: Vec<String> = Vec::new();
        if !self.is_free() && !other.is_free() && !self.deed && !other.deed {
            let (mut weight, names) = self.attributes.shared(&other.attributes);
            // that something is whole tells it apart within one text at most
            if self.attributes.parts().is_empty() && names.contains(&Attribute::Scope) {
                weight -= if self.documents.is_disjoint(&other.documents) { 2 } else { 1 };
            }
            // "attacks on energy sites" and "power plants" share a scope, but are no
            // proposal that the scope would define
            let halt = self.families.contains(HALT_OF_FORCE);
            let defining =
                [Attribute::Quantity, Attribute::Duration, Attribute::Condition, Attribute::Date];
            if !halt && !names.iter().any(|n| defining.contains(n)) {
                weight = weight.min(1);
            }
            if weight > 0 {
                total += weight;
                let names: Vec<&str> = names.into_iter().map(Attribute::as_str).collect();
                reasons.push(format!("same issue and {}", names.join(", ")));
            }
            let leaf = self.issues.keys().any(|i| other.issues.contains_key(i));
            let answer = self.answers.intersection(&other.answers).next();
            if let Some((role, power)) = answer.filter(|_| halt || leaf) {
                total += 2;
                reasons.push(format!("same issue, {role} by {power}"));
            }
            if shared_families >= 2 {
                total += 2;
                reasons.push("the same issues".to_owned());
            }
        }
        if let Some(words) = self.words_in_common(other) {
            total += 2;
            reasons.push(format!("words in common: {words}"));
        }
        (total >= ENOUGH).then(|| (total, reasons.join("; ")))
    }

    /// Words that two of the phrases share, if these are enough.
    fn words_in_common(&self, other: &Self) -> Option<String> {
        let mut best: Option<(usize, String)> = None;
        for a in self.contents.iter().take(PHRASES) {
            for b in other.contents.iter().take(PHRASES) {
                if let Some(found) = a.in_common(b)
                    && best.as_ref().is_none_or(|(n, _)| found.0 > *n)
                {
                    best = Some(found);
                }
            }
        }
        best.map(|(_, words)| words)
    }

    /// What a partner could share with it.
    fn hooks(&self) -> BTreeSet<String> {
        let mut hooks = BTreeSet::new();
        if !self.is_free() {
            for family in &self.families {
                for (name, value) in self.attributes.pairs() {
                    if name != Attribute::Duration {
                        hooks.insert(format!("{family}|{name}|{value}"));
                    }
                }
                if !self.attributes.get(Attribute::Duration).is_empty() {
                    hooks.insert(format!("{family}|{}", Attribute::Duration));
                }
                for (role, power) in &self.answers {
                    hooks.insert(format!("{family}|{role}|{power}"));
                }
                for second in self.families.iter().filter(|f| *f > family) {
                    hooks.insert(format!("{family}|{second}"));
                }
            }
        }
        for content in self.contents.iter().take(PHRASES) {
            hooks.extend(content.content.iter().map(|stem| format!("{WORD}{stem}")));
        }
        hooks
    }
}

/// Why the first mention of a matter is there.
const FIRST: &str = "first mention";
/// Why a mention that says the same is there.
const SAME: &str = "says the same";

/// What mentions of one group have in common: they say the same.
type Key<'m> =
    (&'m BTreeSet<String>, &'m Attributes, Option<&'m str>, &'m BTreeSet<String>, bool, &'m str);

fn key<'m>(mention: &'m Mention, document: &'m str) -> Key<'m> {
    let phrase = &mention.phrase;
    let free = phrase.families.is_empty() || phrase.families.contains(TALKS);
    let words = if free || mention.deed { &phrase.content } else { &phrase.residue };
    let deed = mention.deed && !phrase.families.contains(TALKS);
    // one word or a mere name says the same only within a text
    let thin = free && phrase.content.difference(&phrase.names).nth(1).is_none();
    let place = if thin { document } else { "" };
    (&phrase.issues, &phrase.attributes, mention.owner.as_deref(), words, deed, place)
}

/// Groups mentions that say the same in a fitting setting, in the order of the first of each. O(n).
pub(super) fn group<'a>(
    mentions: &'a [Mention],
    indices: impl Iterator<Item = usize>,
    context: impl Fn(usize) -> (&'a str, &'a Setting),
) -> Vec<Cluster> {
    /// Settings in which the same words were met that are looked through.
    const SETTINGS: usize = 32;
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut groups: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    let mut worded: HashSet<(usize, usize)> = HashSet::new();
    for index in indices {
        let mention = &mentions[index];
        let (document, setting) = context(index);
        let same = groups.entry(key(mention, document)).or_default();
        let fits = |at: &usize| clusters[*at].setting.fits(setting);
        let found = same.iter().rev().take(SETTINGS).copied().find(fits);
        let at = found.unwrap_or(clusters.len());
        let is_new = worded.insert((at, mention.wording));
        if found.is_some() {
            clusters[at].take(index, mention, document, setting, is_new);
        } else {
            same.push(at);
            clusters.push(Cluster::of(index, mention, document, setting));
        }
    }
    clusters
}

/// Joins groups that have enough in common, over several rounds.
pub(super) fn join(mut clusters: Vec<Cluster>, knowledge: &Knowledge<'_>) -> Vec<Cluster> {
    for _ in 0..ROUNDS {
        let before = clusters.len();
        clusters.sort_by(|a, b| {
            b.members.len().cmp(&a.members.len()).then_with(|| a.members[0].0.cmp(&b.members[0].0))
        });
        clusters = joined_once(clusters, knowledge);
        if clusters.len() == before {
            break;
        }
    }
    clusters.sort_by_key(|c| c.members.iter().map(|(m, _)| *m).min());
    clusters
}

fn joined_once(clusters: Vec<Cluster>, knowledge: &Knowledge<'_>) -> Vec<Cluster> {
    let mut placed: Vec<Cluster> = Vec::new();
    let mut at: HashMap<String, Vec<usize>> = HashMap::new();
    for cluster in clusters {
        let hooks = cluster.hooks();
        let mut partners: BTreeMap<usize, usize> = BTreeMap::new();
        for hook in &hooks {
            let found = at.get(hook).map(Vec::as_slice).unwrap_or_default();
            let is_word = hook.starts_with(WORD);
            // a word that many matters have tells nothing
            if is_word && found.len() >= PARTNERS {
                continue;
            }
            for partner in found {
                *partners.entry(*partner).or_default() += if is_word { 1 } else { 2 };
            }
        }
        let best = partners
            .into_iter()
            .filter(|(_, shared)| *shared >= 2)
            .map(|(partner, _)| partner)
            .filter_map(|p| Some((p, placed[p].evidence(&cluster, knowledge)?)))
            .min_by_key(|(p, (weight, _))| (std::cmp::Reverse(*weight), *p));
        let place = match best {
            Some((partner, (_, why))) => {
                placed[partner].absorb(cluster, &why);
                partner
            }
            None => {
                placed.push(cluster);
                placed.len() - 1
            }
        };
        for hook in hooks {
            let found = at.entry(hook).or_default();
            if found.len() < PARTNERS && !found.contains(&place) {
                found.push(place);
            }
        }
    }
    placed
}
