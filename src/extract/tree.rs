//! Walking the dependency trees of a document.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lexicon::Lexicon;
use crate::annotate::{Annotation, Deprel, Upos, Word};
use crate::corpus::Span;
use crate::ontology::{Ontology, WordClass};

/// The trees of a document with the children of every word at hand.
///
/// Words are numbered as in [`Annotation::words`].
pub struct Tree<'a> {
    annotation: &'a Annotation,
    /// For the classes of words.
    ontology: &'a Ontology,
    children: Vec<Vec<usize>>,
    lemmas: Vec<String>,
    /// Is the word a verb whose infinitive is its object's ("tell", "urge")?
    controls_object: Vec<bool>,
}

impl<'a> Tree<'a> {
    /// Indexes the children of every word. O(words).
    ///
    /// A verb whose lemma no entry of the lexicon has, but whose regular stem is
    /// one, gets the stem: the annotator's lemmas of rare verbs are often clipped. So
    /// does a noun left in the plural.
    pub fn new(annotation: &'a Annotation, lexicon: &Lexicon<'a>) -> Self {
        let mut children = vec![Vec::new(); annotation.words.len()];
        for (i, word) in annotation.words.iter().enumerate() {
            if let Some(head) = word.head {
                children[head].push(i);
            }
        }
        let lemmas: Vec<String> = annotation
            .words
            .iter()
            .map(|w| {
                let lemma = w.lemma.to_lowercase().replace('’', "'");
                let gerund =
                    lexicon.ends(&w.form, WordClass::GerundEnding) && !lexicon.knows(&lemma);
                let verbal = w.upos == Upos::Verb || gerund;
                match lexicon.verb_lemma(&w.form) {
                    Some(stem) if verbal && !lexicon.knows_verb(&lemma) => stem.to_owned(),
                    _ if w.upos == Upos::Noun => lexicon.noun_lemma(&lemma).unwrap_or(lemma),
                    _ => lemma,
                }
            })
            .collect();
        let controls_object =
            lemmas.iter().map(|l| lexicon.is(l, WordClass::ObjectControl)).collect();
        Self { annotation, ontology: lexicon.ontology, children, lemmas, controls_object }
    }

    /// The annotation whose trees these are.
    pub fn annotation(&self) -> &'a Annotation {
        self.annotation
    }

    /// The word numbered `i`.
    pub fn word(&self, i: usize) -> &'a Word {
        &self.annotation.words[i]
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.annotation.words.len()
    }

    /// Lower-case lemma, with straight apostrophes.
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// Part of speech.
    pub fn upos(&self, i: usize) -> Upos {
        self.word(i).upos
    }

    /// The head of the name that a word is part of.
    pub fn name_head(&self, word: usize) -> usize {
        if self.is(word, Deprel::Flat) { self.head(word).unwrap_or(word) } else { word }
    }

    /// Head word; `None` for a root.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.word(i).head
    }

    /// Relation to the head, with subtype.
    pub fn deprel(&self, i: usize) -> Deprel {
        self.word(i).deprel
    }

    /// Is the relation to the head `rel`, or a subtype of it?
    pub fn is(&self, i: usize, rel: Deprel) -> bool {
        self.deprel(i).is(rel)
    }

    /// The children in text order.
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// The children with relation `rel` or a subtype of it.
    pub fn children_by(&self, i: usize, rel: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children[i].iter().copied().filter(move |&c| self.is(c, rel))
    }

    /// The first child with relation `rel` or a subtype of it.
    pub fn child(&self, i: usize, rel: Deprel) -> Option<usize> {
        self.children_by(i, rel).next()
    }

    /// `i` and all words below it, in text order.
    pub fn subtree(&self, i: usize) -> BTreeSet<usize> {
        self.subtree_without(i, |_| false)
    }

    /// `i` and all words below it, leaving out every word for which `cut` holds
    /// together with what hangs on it.
    pub fn subtree_without(&self, i: usize, cut: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open = vec![i];
        while let Some(word) = open.pop() {
            if found.insert(word) {
                open.extend(self.children[word].iter().copied().filter(|&c| !cut(c)));
            }
        }
        found
    }

    /// The first word of `i` and all words below it.
    pub fn first_word(&self, i: usize) -> usize {
        let below = self.children[i].iter().map(|&c| self.first_word(c));
        below.fold(i, usize::min)
    }

    /// The heads above `i`, nearest first.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(i), |&h| self.head(h))
    }

    /// Is `below` under `above`, or `above` itself?
    pub fn dominates(&self, above: usize, below: usize) -> bool {
        above == below || self.ancestors(below).any(|a| a == above)
    }

    /// The words of a range as they stand, one space between those that are apart.
    pub fn text(&self, words: Range<usize>) -> String {
        let mut text = String::new();
        for i in words.clone() {
            let word = self.word(i);
            if i > words.start && self.word(i - 1).span.end < word.span.start {
                text.push(' ');
            }
            text.push_str(&word.form);
        }
        text
    }

    /// `i` and the words coordinated with it, in text order.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        // "both Egypt and Qatar's emir", parsed as if the second explained the first
        let joined = |&c: &usize| self.is(self.first_word(c), Deprel::Cc);
        for conjunct in self
            .children_by(i, Deprel::Conj)
            .chain(self.children_by(i, Deprel::Appos).filter(joined))
        {
            all.extend(self.conjuncts(conjunct));
        }
        all.sort_unstable();
        all
    }

    /// The word that starts the coordination in which `i` stands: `i` itself if
    /// it is no later conjunct.
    pub fn first_conjunct(&self, i: usize) -> usize {
        let mut first = i;
        while self.is(first, Deprel::Conj) {
            match self.head(first) {
                Some(head) => first = head,
                None => break,
            }
        }
        first
    }

    /// Lemmas of the prepositions and markers on `i`, "such as" as one.
    pub fn case_marks(&self, i: usize) -> Vec<String> {
        self.children[i]
            .iter()
            .filter(|&&c| self.is(c, Deprel::Case) || self.is(c, Deprel::Mark))
            .map(|&c| {
                let mut words = vec![self.lemma(c).to_owned()];
                words.extend(self.children_by(c, Deprel::Fixed).map(|f| self.lemma(f).to_owned()));
                words.join(" ")
            })
            .collect()
    }

    /// Is the lemma of `i` in the closed class?
    pub fn in_class(&self, i: usize, class: WordClass) -> bool {
        self.ontology.is(self.lemma(i), class)
    }

    /// Is the form of `i`, in lower case, in the closed class?
    pub fn form_in_class(&self, i: usize, class: WordClass) -> bool {
        self.ontology.is(&self.word(i).form.to_lowercase(), class)
    }

    /// Has the form of `i` an ending of the class?
    pub fn ends(&self, i: usize, class: WordClass) -> bool {
        self.ontology.ends(&self.word(i).form, class)
    }

    /// The prepositions and markers on `i`, of a fixed one its first word.
    pub fn marks(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let marks = |c: &usize| self.is(*c, Deprel::Case) || self.is(*c, Deprel::Mark);
        self.children[i].iter().copied().filter(marks)
    }

    /// Has `i` a preposition or marker of the class, also as the first of a fixed one?
    pub fn marked(&self, i: usize, class: WordClass) -> bool {
        self.marks(i).any(|mark| self.in_class(mark, class))
    }

    /// Has the noun at `i` a determiner of the class?
    pub fn determined(&self, i: usize, class: WordClass) -> bool {
        self.children_by(i, Deprel::Det).any(|d| self.in_class(d, class))
    }

    /// Does an article or pronoun before the noun at `i` say that it was told of before: "the
    /// attack", "this attack"?
    pub fn is_definite(&self, i: usize) -> bool {
        self.determined(i, WordClass::DefiniteArticle)
            || self.determined(i, WordClass::PointingDeterminer)
    }

    /// Sentence number of `i`.
    pub fn sentence(&self, i: usize) -> usize {
        self.annotation.sentence_of(i)
    }

    /// Is `i` a finite verb, an auxiliary chain's head, or any word that heads a
    /// clause by a copula or a subject?
    pub fn heads_clause(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb
            || self.children[i]
                .iter()
                .any(|&c| self.is(c, Deprel::Cop) || self.is(c, Deprel::Nsubj))
    }

    /// Is the noun at `i` tagged as plural?
    pub fn is_plural(&self, i: usize) -> bool {
        matches!(self.word(i).xpos, "NNS" | "NNPS")
    }

    /// Is the verb `i` a gerund: "arming", "having armed", "being armed"?
    pub fn is_gerund(&self, i: usize) -> bool {
        self.word(i).xpos == "VBG"
            || self.children_by(i, Deprel::Aux).any(|aux| self.word(aux).xpos == "VBG")
    }

    /// Is the verb `i` passive?
    pub fn is_passive(&self, i: usize) -> bool {
        if self.upos(i) != Upos::Verb && self.upos(i) != Upos::Adj {
            return false;
        }
        let marked = self.children[i].iter().any(|&c| {
            matches!(
                self.deprel(c),
                Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass | Deprel::OblAgent
            )
        });
        if marked {
            return true;
        }
        // "to be searched, sent home": a bare participle in the coordination of a passive
        if self.is(i, Deprel::Conj)
            && matches!(self.word(i).xpos, "VBN" | "VBD")
            && !self.children[i].iter().any(|&c| {
                self.is(c, Deprel::Nsubj)
                    || self.is(c, Deprel::Aux)
                    || self.is(c, Deprel::Obj)
                    || self.is(c, Deprel::Ccomp)
            })
            && (self.word(i).xpos == "VBN"
                // "was scolded and told to leave", but not "was scolded and refused to leave"
                || self
                    .child(i, Deprel::Xcomp)
                    .is_some_and(|c| !self.marked(c, WordClass::InfinitiveMark) || self.controls_object[i]))
        {
            let first = self.first_conjunct(i);
            return first != i && self.is_passive(first);
        }
        // "proposed by A and agreed to by B", however the parse ties the second
        let by_somebody =
            self.children_by(i, Deprel::Obl).any(|c| c > i && self.marked(c, WordClass::AgentMark));
        if by_somebody
            && matches!(self.word(i).xpos, "VBN" | "VBD")
            && ![Deprel::Nsubj, Deprel::Aux, Deprel::Obj]
                .iter()
                .any(|&rel| self.child(i, rel).is_some())
        {
            return true;
        }
        // "the ceasefire proposed by Trump", "have support withdrawn"
        (self.is(i, Deprel::Acl)
            || self.is(i, Deprel::Advcl)
            || self.is(i, Deprel::Xcomp)
            || self.is(i, Deprel::Amod))
            && !self.deprel(i).is_relative()
            && (self.word(i).xpos == "VBN" || self.is_tagged_past(i))
            && self.child(i, Deprel::Obj).is_none()
            && !self.children[i].iter().any(|&c| self.is(c, Deprel::Aux))
    }

    /// The words of a stretch that hang on none of its others, and its first word.
    pub fn tops(&self, words: &Range<usize>) -> Vec<usize> {
        words
            .clone()
            .filter(|&w| !matches!(self.upos(w), Upos::Punct))
            .filter(|&w| self.head(w).is_none_or(|h| !words.contains(&h)))
            .chain([words.start])
            .collect()
    }

    /// Is there no verb and no auxiliary in a stretch?
    pub fn is_verbless(&self, mut words: Range<usize>) -> bool {
        words.all(|w| !matches!(self.upos(w), Upos::Verb | Upos::Aux))
    }

    /// Is it a dash, or a hyphen as keyboards have for one?
    pub fn is_dash(&self, i: usize) -> bool {
        matches!(self.word(i).form.as_str(), "—" | "–" | "--" | "-")
    }

    /// The main word of a sentence.
    pub fn main_word(&self, sentence: &Range<usize>) -> Option<usize> {
        sentence.clone().find(|&w| self.is(w, Deprel::Root))
    }

    /// A stretch without the words at its end for which `loose` holds; its first word stays.
    pub fn trimmed(mut words: Range<usize>, loose: impl Fn(usize) -> bool) -> Range<usize> {
        while words.len() > 1 && loose(words.end - 1) {
            words.end -= 1;
        }
        words
    }

    /// Is `i` a pronoun of the first person, by its form?
    pub fn is_first_person(&self, i: usize) -> bool {
        [WordClass::FirstSingular, WordClass::FirstPlural]
            .iter()
            .any(|&class| self.form_in_class(i, class))
    }

    /// "A bill criticised as harsh": a participle behind its noun that looks like a past tense.
    fn is_tagged_past(&self, i: usize) -> bool {
        self.is(i, Deprel::Acl)
            && self.word(i).xpos == "VBD"
            && self.child(i, Deprel::Nsubj).is_none()
    }

    /// The characters from the first to the last of `words`.
    ///
    /// # Panics
    /// When there is no word.
    pub fn span(&self, words: &BTreeSet<usize>) -> Span {
        let (first, last) = (words.first().expect("a word"), words.last().expect("a word"));
        Span::new(self.word(*first).span.start, self.word(*last).span.end)
    }
}
/// Does a word begin with a capital?
pub(super) fn capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}
