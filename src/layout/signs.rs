//! What is known of how English pages are set, from `models/layout.tsv`.

use std::sync::LazyLock;

static LISTS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    include_str!("../../models/layout.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(class, entries)| (class, entries.split('|').collect()))
        .collect()
});

/// Is `words` in the list of that name? Letter case makes no difference.
pub(super) fn is(words: &str, class: &str) -> bool {
    let words = words.to_lowercase();
    entries(class).any(|entry| entry == words)
}

/// Does `line` begin with an entry of the list of that name?
pub(super) fn begins(line: &str, class: &str) -> bool {
    let line = line.to_lowercase();
    entries(class).any(|entry| line.starts_with(entry))
}

/// Does `line` end with an entry of the list of that name?
pub(super) fn ends(line: &str, class: &str) -> bool {
    let line = line.to_lowercase();
    entries(class).any(|entry| line.ends_with(entry))
}

fn entries(class: &str) -> impl Iterator<Item = &'static str> {
    LISTS.iter().filter(move |(name, _)| *name == class).flat_map(|(_, entries)| entries).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_what_they_should() {
        assert!(begins("Photo: AFP", "credit"));
        assert!(!begins("Photographs show the bridge", "credit"));
        assert!(is("US", "capitals"));
        let known = ["credit", "credit-end", "capitals", "announcing", "running-on"];
        assert!(LISTS.iter().all(|(name, _)| known.contains(name)), "{LISTS:?}");
    }
}
