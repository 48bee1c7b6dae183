//! What is known of how English pages are set, from `models/layout.tsv`.

use std::sync::LazyLock;

use crate::named::named;

named! {
    /// A list of `models/layout.tsv`, which says what is in it.
    pub enum Sign {
        /// How a body begins whose decisions follow.
        Article = "article",
        /// Words that announce what stands for itself behind a colon.
        Announcing = "announcing",
        /// Words that stay in capitals.
        Capitals = "capitals",
        /// How a credit begins.
        Credit = "credit",
        /// How a credit ends.
        CreditEnd = "credit-end",
        /// Words between the last two items of a list.
        Joining = "joining",
        /// Such a word with the sign before it.
        Joint = "joint",
        /// Letters that stand for a bullet.
        LetterBullet = "letter-bullet",
        /// Adverbs before the verb of a decision.
        OperativeAdverb = "operative-adverb",
        /// How such an adverb ends.
        OperativeAdverbEnd = "operative-adverb-end",
        /// How the verb of a decision ends.
        OperativeVerbEnd = "operative-verb-end",
        /// How words end that are no such verb.
        OperativeVerbNot = "operative-verb-not",
        /// Last words of a lead-in that runs on.
        RunningOn = "running-on",
    }
}

static LISTS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    include_str!("../../models/layout.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(class, entries)| (class, entries.split('|').collect()))
        .collect()
});

/// Is `words` in the list of that name? Letter case makes no difference.
pub(super) fn is(words: &str, sign: Sign) -> bool {
    let words = words.to_lowercase();
    entries(sign).any(|entry| entry == words)
}

/// Does `line` begin with an entry of the list of that name?
pub(super) fn begins(line: &str, sign: Sign) -> bool {
    let line = line.to_lowercase();
    entries(sign).any(|entry| line.starts_with(entry))
}

/// Does `line` end with an entry of the list of that name?
pub(super) fn ends(line: &str, sign: Sign) -> bool {
    let line = line.to_lowercase();
    entries(sign).any(|entry| line.ends_with(entry))
}

/// The entries of a list, in small letters.
pub(super) fn entries(sign: Sign) -> impl Iterator<Item = &'static str> {
    LISTS
        .iter()
        .filter(move |(name, _)| *name == sign.as_str())
        .flat_map(|(_, entries)| entries)
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_what_they_should() {
        assert!(begins("Photo: AFP", Sign::Credit));
        assert!(!begins("Photographs show the bridge", Sign::Credit));
        assert!(is("US", Sign::Capitals));
        let mut lists: Vec<&str> = LISTS.iter().map(|(name, _)| *name).collect();
        lists.sort_unstable();
        assert!(lists.into_iter().eq(Sign::ALL.iter().map(|sign| sign.as_str())), "{LISTS:?}");
    }
}
