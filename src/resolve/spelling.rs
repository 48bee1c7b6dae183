//! When two spellings can be one person's name.

use crate::ontology::kebab;

/// A person's name in parts, lower-case and without accents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonName {
    /// Names before the last; empty for a bare family name.
    pub given: Vec<String>,
    /// The last name.
    pub family: String,
}

impl PersonName {
    /// The parts of a name whose words all begin with a capital, as far as four words.
    pub(super) fn read(label: &str) -> Option<Self> {
        let parts: Vec<&str> = label.split_whitespace().collect();
        let is_name = |p: &&str| {
            p.chars().next().is_some_and(char::is_uppercase) && !p.chars().any(char::is_numeric)
        };
        if parts.is_empty() || parts.len() > 4 || !parts.iter().all(is_name) {
            return None;
        }
        let mut parts: Vec<String> = parts.into_iter().map(kebab).collect();
        let family = parts.pop().filter(|f| !f.is_empty())?;
        Some(Self { given: parts, family })
    }

    /// Can both be one person: family names that differ only in transliteration, and
    /// given names that do, too, or of which one is the other's initial or leaves out
    /// a middle name? A name without given names fits any of its family.
    pub(super) fn fits(&self, other: &Self) -> bool {
        similar(&self.family, &other.family)
            && (self.given.is_empty() || other.given.is_empty() || self.given_fits(other))
    }

    fn given_fits(&self, other: &Self) -> bool {
        let (few, many) = if self.given.len() <= other.given.len() {
            (&self.given, &other.given)
        } else {
            (&other.given, &self.given)
        };
        let mut rest = many.iter();
        few.iter().all(|name| rest.any(|candidate| given_similar(name, candidate)))
    }

    /// Names with the same key may fit; others do not.
    pub(super) fn key(&self) -> String {
        skeleton(&self.family)
    }
}

fn given_similar(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    initial(a, b) || initial(b, a) || similar(a, b)
}

/// Do the two names differ at most in how they are transliterated?
fn similar(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    // Petrov and Petrova are two people
    let feminine = |x: &str, y: &str| x.strip_suffix('a') == Some(y);
    if shorter < 5 || feminine(a, b) || feminine(b, a) {
        return false;
    }
    skeleton(a) == skeleton(b) && strsim::levenshtein(a, b) <= longer / 4
}

/// What transliterations of one name have in common: its first letter and its
/// consonants, those sounds alike that are written differently ("gh", "q", "kh").
fn skeleton(name: &str) -> String {
    let mut plain = name.to_lowercase();
    for (written, sound) in [
        ("gh", "k"),
        ("kh", "k"),
        ("q", "k"),
        ("ck", "k"),
        ("tch", "ch"),
        ("tsch", "ch"),
        ("sch", "sh"),
        ("ph", "f"),
        ("w", "v"),
        ("j", "i"),
        ("x", "ks"),
        ("tz", "ts"),
        ("dh", "d"),
        ("th", "t"),
    ] {
        plain = plain.replace(written, sound);
    }
    let mut skeleton = String::new();
    for (i, c) in plain.chars().enumerate() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '-');
        if i == 0 || !vowel && !skeleton.ends_with(c) {
            skeleton.push(c);
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(a: &str, b: &str) -> bool {
        PersonName::read(a).unwrap().fits(&PersonName::read(b).unwrap())
    }

    #[test]
    fn transliterations_are_one_person() {
        for (a, b) in [
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
            ("Abbas Araghchi", "Abbas Araqchi"),
            ("Recep Tayyip Erdoğan", "Tayyip Erdogan"),
            ("J. Vance", "James Vance"),
            ("Zelensky", "Volodymyr Zelensky"),
        ] {
            assert!(fits(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn two_people_stay_two() {
        for (a, b) in [
            ("Donald Trump", "Ivanka Trump"),
            ("Ivan Petrov", "Ivan Petrova"),
            ("Vladimir Putin", "Volodymyr Putin"),
            ("George Bush", "George Busch"),
            ("Kim Jong-un", "Kim Jong-il"),
            ("North Korea", "South Korea"),
        ] {
            assert!(!fits(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        for label in ["White House aide", "russian forces", "", "Group of 7"] {
            assert_eq!(PersonName::read(label), None, "{label}");
        }
    }
}
