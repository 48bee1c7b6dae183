//! What is known of English spelling, from `models/orthography.tsv`: which words
//! keep a full stop, which parts a hyphen glues, which words are two.

use std::collections::{HashMap, HashSet};

/// The lists that the tokeniser and the sentence splitter look words up in; all
/// entries are in lower case.
#[derive(Debug, Default)]
pub(super) struct Orthography {
    /// Words that keep their full stop (`etc.`).
    pub abbreviations: HashSet<&'static str>,
    /// Abbreviations after which no sentence ends (`Mr.`).
    pub titles: HashSet<&'static str>,
    /// Abbreviations that stand before a number only (`no.`).
    pub ordinals: HashSet<&'static str>,
    /// Words that open a sentence after any other abbreviation.
    pub starters: HashSet<&'static str>,
    /// Parts that a hyphen after them glues to the next part (`anti`).
    pub prefixes: HashSet<&'static str>,
    /// Parts that a hyphen before them glues to the part before (`wise`).
    pub suffixes: HashSet<&'static str>,
    /// Written words that are two, with the length in characters of the first.
    pub contractions: HashMap<String, usize>,
    /// Endings that are words of their own (`n't`).
    pub clitics: Vec<&'static str>,
    /// Endings of numbers in digits (`1st`, `1990s`).
    pub number_endings: Vec<&'static str>,
    /// Words that begin with an apostrophe (`'em`).
    pub elisions: Vec<&'static str>,
    /// Top-level domains of bare web addresses.
    pub domains: Vec<&'static str>,
}

impl Orthography {
    /// Reads the embedded lists.
    pub(super) fn embedded() -> Self {
        let mut lists = Self::default();
        for line in include_str!("../../models/orthography.tsv").lines() {
            let Some((class, entries)) = line.split_once('\t') else { continue };
            let entries = entries.split(' ');
            match class {
                "abbreviation" => lists.abbreviations.extend(entries),
                "title" => lists.titles.extend(entries),
                "ordinal" => lists.ordinals.extend(entries),
                "starter" => lists.starters.extend(entries),
                "prefix" => lists.prefixes.extend(entries),
                "suffix" => lists.suffixes.extend(entries),
                "contraction" => lists.contractions.extend(
                    entries
                        .filter_map(|entry| entry.split_once('|'))
                        .map(|(first, rest)| (format!("{first}{rest}"), first.chars().count())),
                ),
                "clitic" => lists.clitics.extend(entries),
                "number ending" => lists.number_endings.extend(entries),
                "elision" => lists.elisions.extend(entries),
                "domain" => lists.domains.extend(entries),
                _ => {}
            }
        }
        // Longest first, so that the first that fits is the right one.
        lists.elisions.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        lists.clitics.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_known_and_read() {
        let lists = Orthography::embedded();
        assert!(lists.abbreviations.contains("u.s."));
        assert!(lists.titles.is_subset(&lists.abbreviations));
        assert_eq!(lists.contractions["cannot"], 3);
        assert_eq!(lists.contractions["d'ye"], 2);
        assert!(lists.number_endings.contains(&"th"));
        let known = [
            "abbreviation",
            "title",
            "starter",
            "prefix",
            "suffix",
            "contraction",
            "clitic",
            "elision",
            "domain",
            "ordinal",
            "number ending",
        ];
        for line in include_str!("../../models/orthography.tsv").lines() {
            let class = line.split('\t').next().unwrap_or_default();
            assert!(line.starts_with('#') || known.contains(&class), "{line}");
        }
    }
}
