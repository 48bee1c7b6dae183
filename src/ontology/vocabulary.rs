//! Namespaces of the ontology, and IRIs written short for people to read.

/// Prefixes and their namespaces, those of the program first. Turtle files and
/// messages use these; queries may use them without declaring them.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dm", "https://w3id.org/demarche/ontology#"),
    ("act", "https://w3id.org/demarche/ontology/act#"),
    ("frame", "https://w3id.org/demarche/ontology/frame#"),
    ("tr", "https://w3id.org/demarche/ontology/trigger#"),
    ("word", "https://w3id.org/demarche/ontology/word#"),
    ("office", "https://w3id.org/demarche/ontology/office#"),
    ("collective", "https://w3id.org/demarche/ontology/collective#"),
    ("issue", "https://w3id.org/demarche/ontology/issue#"),
    ("actor", "https://w3id.org/demarche/id/actor/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("wd", "http://www.wikidata.org/entity/"),
];

/// How many of [`PREFIXES`], from the first, are the program's own.
const OWN: usize = 9;

/// `https://w3id.org/demarche/ontology#act` → `dm:act`; an IRI in no known
/// namespace comes back whole.
pub(super) fn shorten(iri: &str) -> String {
    let cut = iri.rfind(['#', '/']).map_or(0, |i| i + 1);
    let (namespace, local) = iri.split_at(cut);
    match PREFIXES.iter().find(|(_, known)| *known == namespace) {
        Some((prefix, _)) => [prefix, ":", local].concat(),
        None => iri.to_owned(),
    }
}

/// Is the short name in a namespace of the program's own?
pub(super) fn is_own(short: &str) -> bool {
    PREFIXES[..OWN]
        .iter()
        .any(|(prefix, _)| short.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':')))
}

/// The id of a term: the last part of its IRI (`dm:act` → `act`,
/// `http://example.org/my#blockade` → `blockade`).
pub(super) fn id_of(short: &str) -> &str {
    let own = PREFIXES.iter().find_map(|(prefix, _)| short.strip_prefix(prefix)?.strip_prefix(':'));
    own.unwrap_or_else(|| short.rsplit(['#', '/']).next().unwrap_or(short))
}

/// Kebab-case of a label: lower-case, without accents, apostrophes and the stops
/// of abbreviations; every other run of signs becomes one hyphen.
pub fn kebab(label: &str) -> String {
    let mut id = String::with_capacity(label.len());
    for c in fold(label).chars() {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !matches!(c, '\'' | '.') && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// Lower-case without accents, typographic apostrophes and dashes made plain.
pub(super) fn fold(text: &str) -> String {
    fold_accents(text).to_lowercase()
}

/// The text without accents, typographic apostrophes and dashes made plain; case kept.
pub(super) fn fold_accents(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if text.is_ascii() {
        return text.to_owned();
    }
    let plain = |c: char| match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{2032}' => '\'',
        '\u{2010}'..='\u{2015}' => '-',
        '\u{00A0}' | '\u{202F}' => ' ',
        c => c,
    };
    without_marks(text.nfd()).map(plain).collect()
}

/// Letters without their accents: of text that is decomposed, which takes most of them apart, and
/// for those that Unicode does not decompose, the Latin letters that they are written with.
pub(crate) fn without_marks(decomposed: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let letters = |c: char| {
        let (first, second) = match c {
            'ł' => ('l', None),
            'Ł' => ('L', None),
            'ø' => ('o', None),
            'Ø' => ('O', None),
            'đ' => ('d', None),
            'Đ' => ('D', None),
            'ı' => ('i', None),
            'ß' => ('s', Some('s')),
            'æ' => ('a', Some('e')),
            'Æ' => ('A', Some('e')),
            'ə' => ('e', None),
            'Ə' => ('E', None),
            c => (c, None),
        };
        std::iter::once(first).chain(second)
    };
    decomposed.filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(letters)
}

/// The candidate nearest to a mistyped word, if it is near at all.
pub(crate) fn nearest<'a>(
    wrong: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let most = |candidate: &str| 1 + candidate.chars().count() / 4;
    let length = wrong.chars().count();
    candidates
        .filter(|c| c.chars().count().abs_diff(length) <= most(c))
        .map(|c| (strsim::levenshtein(wrong, c), c))
        .filter(|(d, c)| *d <= most(c))
        .min()
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_are_written_short() {
        assert_eq!(shorten("https://w3id.org/demarche/ontology/act#propose"), "act:propose");
        assert_eq!(shorten("http://example.org/x#y"), "http://example.org/x#y");
        assert_eq!(id_of("tr:rule-out.v"), "rule-out.v");
        assert_eq!(id_of("http://example.org/x#y"), "y");
        assert!(is_own("actor:russia") && !is_own("skos:broader") && !is_own("wd:Q1"));
    }

    #[test]
    fn labels_become_kebab_case() {
        assert_eq!(kebab("Vladimir Putin"), "vladimir-putin");
        assert_eq!(kebab("Élysée"), "elysee");
        assert_eq!(kebab("Côte d’Ivoire"), "cote-divoire");
        assert_eq!(kebab("U.S. State Department"), "us-state-department");
        assert_eq!(kebab("Recep Tayyip Erdoğan"), "recep-tayyip-erdogan");
        assert_eq!(kebab("30-day truce (partial)"), "30-day-truce-partial");
    }

    #[test]
    fn the_nearest_word_is_offered_only_when_near() {
        let slots = ["subject", "object", "clause"];
        assert_eq!(nearest("subjct", slots.into_iter()), Some("subject"));
        assert_eq!(nearest("against", slots.into_iter()), None);
    }
}
