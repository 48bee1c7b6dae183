//! The ontology with the indexes that reading needs: entries by head, names, issues.

use super::construction::Construction;
use crate::ontology::{
    ActTrait, KeyCollective, Names, Ontology, Phrases, Trigger, TriggerKind, WordClass,
};

/// The ontology with the indexes that reading a text needs. Build it once.
pub struct Lexicon<'o> {
    /// All terms.
    pub ontology: &'o Ontology,
    /// Actors by name.
    pub names: Names,
    /// Issues by the words that name them.
    pub issues: Phrases,
    /// Sorted by head, of one head in the order of [`Ontology::triggers`].
    by_head: Vec<(&'o str, &'o Trigger)>,
    left_out: Option<Construction>,
}

impl<'o> Lexicon<'o> {
    /// Indexes an ontology.
    pub fn new(ontology: &'o Ontology) -> Self {
        let head = |trigger: &'o Trigger| {
            let head = match trigger.kind {
                TriggerKind::Noun => trigger.words.last(),
                TriggerKind::Verb | TriggerKind::Adjective => trigger.words.first(),
            };
            head.map(|head| (head.as_str(), trigger))
        };
        let mut by_head: Vec<(&str, &Trigger)> =
            ontology.triggers.iter().filter_map(head).collect();
        by_head.sort_by_key(|(head, _)| *head);
        Self {
            ontology,
            names: Names::new(ontology),
            issues: Phrases::of_issues(ontology),
            by_head,
            left_out: None,
        }
    }

    /// The same, by which texts are read without one construction: to measure what it gives.
    #[must_use]
    pub fn without(self, construction: Construction) -> Self {
        Self { left_out: Some(construction), ..self }
    }

    /// Is the construction not to be read?
    pub(super) fn is_left_out(&self, construction: Option<Construction>) -> bool {
        construction.is_some() && construction == self.left_out
    }

    /// The entries with this head, each beside it.
    pub(super) fn entries(&self, head: &str) -> &[(&'o str, &'o Trigger)] {
        let from = self.by_head.partition_point(|(other, _)| *other < head);
        let length = self.by_head[from..].partition_point(|(other, _)| *other == head);
        &self.by_head[from..from + length]
    }

    /// Is the act the most general one, which gives way to any other (codebook rule 1)?
    pub fn is_plain(&self, act: &str) -> bool {
        self.ontology.act(act).is_none_or(|a| a.specificity == 0)
    }

    /// The lemma of a word whose lemma the annotator got wrong: a regular verb form
    /// ("ejected" read as "ejecte") whose stem is the head of an entry.
    pub fn verb_lemma(&self, form: &str) -> Option<&'o str> {
        let form = form.to_lowercase();
        let stems = ["ied", "ies", "ed", "d", "ing", "es", "s"]
            .iter()
            .filter_map(|ending| form.strip_suffix(ending).map(|stem| (*ending, stem)));
        for (ending, stem) in stems {
            let mut candidates = vec![stem.to_owned()];
            match ending {
                "ied" | "ies" => candidates = vec![format!("{stem}y")],
                "ing" | "ed" => {
                    candidates.push(format!("{stem}e"));
                    let mut letters = stem.chars().rev();
                    if let (Some(a), Some(b)) = (letters.next(), letters.next())
                        && a == b
                    {
                        candidates.push(stem[..stem.len() - a.len_utf8()].to_owned());
                    }
                }
                _ => {}
            }
            for candidate in &candidates {
                let mut entries = self.entries(candidate).iter();
                if let Some(&(head, _)) = entries.find(|(_, t)| t.kind == TriggerKind::Verb) {
                    return Some(head);
                }
            }
        }
        None
    }

    /// The singular of a noun that the annotator left in the plural ("negotiators"),
    /// where only the singular is a known word.
    pub fn noun_lemma(&self, lemma: &str) -> Option<String> {
        let known = |word: &str| {
            self.knows_noun(word)
                || [WordClass::PersonNoun, WordClass::GroupNoun]
                    .iter()
                    .any(|&class| self.is(word, class))
        };
        if known(lemma) {
            return None;
        }
        let y = lemma.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let es = lemma.strip_suffix("es").map(str::to_owned);
        let s = lemma.strip_suffix('s').map(str::to_owned);
        [y, s, es].into_iter().flatten().find(|singular| known(singular))
    }

    fn knows_noun(&self, lemma: &str) -> bool {
        self.entries(lemma).iter().any(|(_, t)| t.kind == TriggerKind::Noun)
    }

    /// Does the lexicon have an entry headed by this lemma?
    pub fn knows(&self, lemma: &str) -> bool {
        !self.entries(lemma).is_empty()
    }

    /// Does the lexicon have a verb with this lemma?
    pub fn knows_verb(&self, lemma: &str) -> bool {
        self.entries(lemma).iter().any(|(_, t)| t.kind == TriggerKind::Verb)
    }

    /// Is `word` (lower-case) in the closed class?
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.ontology.is(word, class)
    }

    /// Has `word` an ending of the closed class?
    pub fn ends(&self, word: &str, class: WordClass) -> bool {
        self.ontology.ends(word, class)
    }

    /// A name without the mark of the possessive at its end: "Egypt's".
    pub fn without_possessive<'t>(&self, name: &'t str) -> &'t str {
        let marks = self.ontology.words_of(WordClass::PossessiveMark).iter();
        marks.fold(name, |name, mark| name.trim_end_matches(mark.as_str()))
    }

    /// Has the act of that id the trait?
    pub fn act_is(&self, act: &str, what: ActTrait) -> bool {
        self.ontology.act_is(act, what)
    }

    /// Is the word (in any case) one for an office or a calling: "Chairman", "spokesman"?
    pub fn names_calling(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.is(&word, WordClass::Title) || self.is(&word, WordClass::PersonNoun)
    }

    /// Is the word, in small letters, one for a kind of body: "council", "group", "company"?
    pub fn names_kind_of_body(&self, word: &str) -> bool {
        let kinds = [WordClass::OrganisationNoun, WordClass::CompanyNoun, WordClass::GroupNoun];
        kinds.iter().any(|&class| self.is(word, class))
    }

    /// Is the word (in any case) one for forces: "army", "troops"?
    pub fn names_forces(&self, word: &str) -> bool {
        let forces = self.ontology.collectives.iter().filter(|c| c.id == KeyCollective::Forces);
        forces.flat_map(|c| &c.names).any(|name| name.eq_ignore_ascii_case(word))
    }
}
