use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread::available_parallelism;

use rayon::prelude::*;

use super::annotation::{Annotation, Attribution, Entity, EntityKind, Upos, Word};
use super::attribution::{self, Role};
use super::completion;
use super::coreference;
use super::dateline;
use super::deprel::Deprel;
use super::entities;
use super::lemma::{Lexicon, Script};
use super::model::{Labels, Load, Logits, ModelError, Network, Scores, Spelling, greatest};
use super::orthography::Orthography;
use super::pieces::{Pieces, letter_case};
use super::sentences::sentences;
use super::sighting::{self, Sighting};
use super::spans::{self, Tag};
use super::tokens::{self, plain};
use super::tree::{self, HeadScores};
use super::window::{self, Window};
use crate::budget::{Budget, OverBudget};
use crate::corpus::{Document, Span, Text};
use crate::layout::{self, Page};

/// Width of a row of the relation head: 128 features and one constant.
const RELATION_WIDTH: usize = 129;

/// Turns texts into [`Annotation`]s. Made once, used by many threads at once.
pub struct Annotator {
    orthography: Orthography,
    pieces: Pieces,
    network: Network,
    labels: Labels,
    upos: Vec<Upos>,
    relations: Vec<Deprel>,
    scripts: Vec<Script>,
    name_tags: Vec<Tag<EntityKind>>,
    role_tags: Vec<Tag<Role>>,
    root: usize,
    lexicon: Lexicon,
}

impl Annotator {
    /// The annotator that is part of the program, on as many threads as the
    /// machine runs at once. About 60 ms.
    ///
    /// # Errors
    /// When the embedded model is broken.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::with_threads(available_parallelism().map_or(1, NonZeroUsize::get))
    }

    /// As [`Annotator::embedded`], on a given number of threads. The number
    /// changes no result.
    ///
    /// # Errors
    /// When the embedded model is broken.
    pub fn with_threads(threads: usize) -> Result<Self, ModelError> {
        Self::new(Network::embedded(threads.max(1), Load::Packed)?)
    }

    /// As [`Annotator::embedded`], for a question or two: it is there sooner, and reads a tenth
    /// slower. It changes no result.
    ///
    /// # Errors
    /// When the embedded model is broken.
    pub fn for_questions() -> Result<Self, ModelError> {
        let threads = available_parallelism().map_or(1, NonZeroUsize::get);
        Self::new(Network::embedded(threads, Load::AsStored)?)
    }

    fn new(network: Network) -> Result<Self, ModelError> {
        let labels = Labels::embedded()?;
        let unknown = |label: &str| ModelError::Label(label.to_owned());
        let upos = labels
            .upos
            .iter()
            .map(|l| l.parse().map_err(|_| unknown(l)))
            .collect::<Result<_, _>>()?;
        let scripts = labels
            .lemma
            .iter()
            .map(|l| Script::parse(l).ok_or_else(|| unknown(l)))
            .collect::<Result<_, _>>()?;
        let name_tags = labels
            .ner
            .iter()
            .map(|l| Tag::parse(l, entity_kind).ok_or_else(|| unknown(l)))
            .collect::<Result<_, _>>()?;
        let role_tags = labels
            .role
            .iter()
            .map(|l| Tag::parse(l, Role::parse).ok_or_else(|| unknown(l)))
            .collect::<Result<_, _>>()?;
        if labels.status != sighting::STATUSES {
            return Err(unknown(&labels.status.join(", ")));
        }
        let relations = labels
            .rel
            .iter()
            .map(|l| Deprel::named(l).ok_or_else(|| unknown(l)))
            .collect::<Result<Vec<_>, _>>()?;
        let root = relations
            .iter()
            .position(|relation| *relation == Deprel::Root)
            .ok_or_else(|| unknown(Deprel::Root.as_str()))?;
        Ok(Self {
            orthography: Orthography::embedded(),
            pieces: Pieces::embedded(),
            network,
            labels,
            upos,
            relations,
            scripts,
            name_tags,
            role_tags,
            root,
            lexicon: Lexicon::embedded(),
        })
    }

    /// Ids of the acts that the network tells apart, in the order of its classes.
    pub fn acts(&self) -> &[&'static str] {
        &self.labels.act
    }

    /// Runs `work` on the annotator's threads. Documents that are annotated in
    /// parallel (rayon) inside it share these threads with the network, so that
    /// no more run at once than were asked for.
    pub fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.network.install(work)
    }

    /// Is a word, in small letters, known to the language as anything but a name?
    pub fn is_common(&self, word: &str) -> bool {
        self.lexicon.is_common(word)
    }

    /// The dictionary forms of a word in small letters, as any part of speech but a name.
    pub fn lemmas(&self, word: &str) -> impl Iterator<Item = &'static str> {
        self.lexicon.lemmas(word)
    }

    /// Is a word, in small letters, the dictionary form of a verb that the language is known to have?
    /// O(n) in the words of the list.
    pub fn is_verb(&self, lemma: &str) -> bool {
        self.lexicon.is_lemma(lemma, Upos::Verb)
    }

    /// For each word the mean of the encoder's vectors of its pieces, `[384]` each, whatever
    /// stands around it.
    pub(super) fn vectors<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Vec<Vec<f32>> {
        let pieces: Vec<Vec<u32>> = words.into_iter().map(|w| self.pieces.encode(w)).collect();
        let all: Vec<u32> = pieces.iter().flatten().copied().collect();
        if all.is_empty() {
            return Vec::new();
        }
        let found = self.network.vectors(&all);
        let mut at = 0;
        let mean = |own: &Vec<u32>| {
            let rows = at..at + own.len();
            at = rows.end;
            let mut sum = found.row(rows.start).to_vec();
            for row in rows.clone().skip(1) {
                sum.iter_mut().zip(found.row(row)).for_each(|(x, y)| *x += y);
            }
            sum.iter_mut().for_each(|x| *x /= rows.len() as f32);
            sum
        };
        pieces.iter().map(mean).collect()
    }

    /// A document as it is read aloud, with lead-ins before every item of a list.
    pub fn page(&self, document: &Document) -> Page {
        layout::page(document, &self.lexicon)
    }

    /// A document as it is read aloud, every word once.
    pub fn page_of_words(&self, document: &Document) -> Page {
        layout::page_of_words(document, &self.lexicon)
    }

    /// Annotates one text. The result depends on the text alone.
    ///
    /// Windows go through the network in parallel.
    pub fn annotate(&self, text: &Text) -> Annotation {
        let annotation = self.annotate_within(text, &Budget::unlimited());
        annotation.expect("what is unlimited is never used up")
    }

    /// As [`Annotator::annotate`], as long as the budget lasts; it is asked before each window.
    ///
    /// # Errors
    /// When it is used up.
    pub fn annotate_within(&self, text: &Text, budget: &Budget) -> Result<Annotation, OverBudget> {
        let sheet = Sheet::new(self, text);
        let read = |window| budget.check().map(|()| self.read(&sheet, window));
        let readings: Vec<Reading> =
            self.install(|| sheet.windows.par_iter().map(read).collect::<Result<_, _>>())?;
        Ok(self.assemble(sheet, readings))
    }

    /// Runs a window through the network and decodes what it says.
    fn read(&self, sheet: &Sheet, window: &Window) -> Reading {
        let words = window.words();
        let spellings: Vec<Spelling> = words.clone().map(|word| sheet.spelling(word)).collect();
        let logits = self.network.run(&spellings);
        let heads = heads(&logits.arc, window, sheet);
        let relations = self.relations(&logits, &heads);
        let mention: Vec<bool> =
            logits.mention.rows().into_iter().map(|row| row[0] > 0.0).collect();
        let antecedent = coreference::antecedents(&mention, |i, j| logits.coref.get(i, j));
        let names = spans::spans(&spans::decode(&self.name_tags, &logits.ner.rows()));
        let roles = spans::spans(&spans::decode(&self.role_tags, &logits.role.rows()));
        let attributions = attribution::link(&roles, |i, j| logits.link.get(i, j));

        let in_document = |word: usize| word + words.start;
        let shift = |range: Range<usize>| in_document(range.start)..in_document(range.end);
        let shift_all = |ranges: Vec<Range<usize>>| ranges.into_iter().map(shift).collect();
        Reading {
            upos: logits.upos.best(),
            xpos: logits.xpos.best(),
            lemma: logits.lemma.best(),
            heads: heads.into_iter().map(|head| head.map(in_document)).collect(),
            relations,
            mention,
            antecedent: antecedent.into_iter().map(|word| word.map(in_document)).collect(),
            names: names.into_iter().map(|(range, kind)| (shift(range), kind)).collect(),
            attributions: attributions
                .into_iter()
                .map(|a| Attribution {
                    source: shift_all(a.source),
                    cue: shift_all(a.cue),
                    content: shift_all(a.content),
                })
                .collect(),
            sightings: sighting::sightings(&logits.claims, &self.labels.act)
                .into_iter()
                .map(|sighting| sighting.moved_by(words.start))
                .collect(),
        }
    }

    /// The best relation of every word to its chosen head. The logits of a word
    /// and its head are products of rows; only those of chosen heads are computed.
    fn relations(&self, logits: &Logits, heads: &[Option<usize>]) -> Vec<usize> {
        let relation = |(word, head): (usize, &Option<usize>)| {
            let Some(head) = head else { return self.root };
            let governor = logits.rel_head.row(head + 1);
            let rows = logits.rel_dep.row(word).chunks_exact(RELATION_WIDTH);
            greatest(rows.enumerate().map(|(relation, row)| {
                if relation == self.root {
                    return f32::NEG_INFINITY;
                }
                row.iter().zip(governor).map(|(a, b)| a * b).sum()
            }))
        };
        heads.iter().enumerate().map(relation).collect()
    }

    /// Puts the readings of the windows together, in order.
    fn assemble(&self, sheet: Sheet, readings: Vec<Reading>) -> Annotation {
        let datelines: Vec<usize> = sheet.sentences.iter().map(|s| sheet.dateline(s)).collect();
        let mut annotation = Annotation {
            words: Vec::with_capacity(sheet.spans.len()),
            sentences: sheet.sentences,
            ..Annotation::default()
        };
        let mut spans = sheet.spans.into_iter().zip(sheet.forms);
        for reading in readings {
            for (w, (span, form)) in (0..reading.upos.len()).zip(&mut spans) {
                let upos = self.upos[reading.upos[w]];
                annotation.words.push(Word {
                    span,
                    lemma: self.lemma(&form, upos, reading.lemma[w]),
                    form,
                    upos,
                    xpos: self.labels.xpos[reading.xpos[w]],
                    head: reading.heads[w],
                    deprel: self.relations[reading.relations[w]],
                });
            }
            annotation.mention.extend(reading.mention);
            annotation.antecedent.extend(reading.antecedent);
            annotation.attributions.extend(reading.attributions);
            annotation.sightings.extend(reading.sightings);
            for (words, kind) in reading.names {
                // A name does not go on in the next sentence.
                let end = annotation.sentences[annotation.sentence_of(words.start)].end;
                annotation.entities.push(Entity { words: words.start..words.end.min(end), kind });
            }
        }
        annotation.join_segments();
        annotation.place_datelines(&datelines);
        entities::mend(&mut annotation);
        completion::complete(&mut annotation);
        annotation
    }

    fn lemma(&self, form: &str, upos: Upos, script: usize) -> String {
        let form: String = form.chars().map(plain).collect();
        match self.lexicon.get(&form, upos) {
            Some(lemma) => lemma.to_owned(),
            None => self.scripts[script].apply(&form),
        }
    }
}

impl Annotation {
    /// A dateline says where, and no more, of the report that it hangs on.
    fn place_datelines(&mut self, datelines: &[usize]) {
        for (sentence, &words) in self.sentences.iter().zip(datelines) {
            let report = sentence.start + words;
            for word in &mut self.words[sentence.start..report] {
                if word.head.is_some_and(|head| head >= report) {
                    word.deprel = Deprel::Obl;
                }
            }
        }
    }

    /// A sentence that was too long for the encoder has a root in each part: the
    /// later ones hang on the first.
    fn join_segments(&mut self) {
        for sentence in &self.sentences {
            let mut first = None;
            for word in sentence.clone() {
                if self.words[word].head.is_none() {
                    match first {
                        None => first = Some(word),
                        Some(first) => {
                            self.words[word].head = Some(first);
                            self.words[word].deprel = Deprel::Parataxis;
                        }
                    }
                }
            }
        }
    }
}

fn entity_kind(name: &str) -> Option<EntityKind> {
    [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Event]
        .into_iter()
        .find(|kind| kind.as_str() == name)
}

/// The tree of every segment of a window; heads are numbered in the window. A dateline has a tree of
/// its own, which hangs on that of the report.
fn heads(arc: &Scores, window: &Window, sheet: &Sheet) -> Vec<Option<usize>> {
    let first = window.words().start;
    let mut heads = Vec::with_capacity(window.words().len());
    for segment in &window.segments {
        let parts = dateline::parts(segment, sheet.dateline(segment));
        let mut roots = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let start = part.start - first;
            let scores = HeadScores::new(part.len(), |word, head| {
                arc.get(start + word, if head == 0 { 0 } else { start + head })
            });
            let tree = tree::decode(&scores).into_iter().map(|head| head.map(|h| h + start));
            heads.extend(tree);
            roots.push((start..heads.len()).find(|&word| heads[word].is_none()));
        }
        if let [Some(line), Some(report)] = roots[..] {
            heads[line] = Some(report);
        }
    }
    heads
}

/// A text cut into words, sentences and windows, ready to be read.
struct Sheet {
    spans: Vec<Span>,
    forms: Vec<String>,
    sentences: Vec<Range<usize>>,
    windows: Vec<Window>,
    /// Pieces of each word, as a range of `ids`.
    pieces: Vec<Range<usize>>,
    ids: Vec<u32>,
    cases: Vec<i32>,
}

impl Sheet {
    /// How many words of a sentence are its dateline.
    fn dateline(&self, sentence: &Range<usize>) -> usize {
        let touches = |word: usize| {
            let word = sentence.start + word;
            self.spans[word - 1].end == self.spans[word].start
        };
        dateline::dateline(&self.forms[sentence.clone()], touches)
    }

    fn new(annotator: &Annotator, text: &Text) -> Self {
        let plain = tokens::plain_characters(text);
        let spans = tokens::words(text, &plain, &annotator.orthography);
        let sentences = sentences(&plain, &spans, &annotator.orthography);
        let forms: Vec<String> = spans.iter().map(|span| text.slice(*span).to_owned()).collect();
        let mut ids = Vec::new();
        let mut pieces = Vec::with_capacity(spans.len());
        // Most words occur more than once.
        let mut known: HashMap<&str, Range<usize>> = HashMap::new();
        for form in &forms {
            let range = known.entry(form).or_insert_with(|| {
                let start = ids.len();
                ids.extend(annotator.pieces.encode(form));
                start..ids.len()
            });
            pieces.push(range.clone());
        }
        let sizes: Vec<usize> = pieces.iter().map(Range::len).collect();
        let cases = forms.iter().map(|form| letter_case(form)).collect();
        let first_of_line = |word: usize| {
            word == 0 || plain[spans[word - 1].end..spans[word].start].contains(&'\n')
        };
        let segments = window::segments(&sentences, &sizes);
        let windows = window::windows(&segments, &sizes, first_of_line);
        Self { spans, forms, sentences, windows, pieces, ids, cases }
    }

    fn spelling(&self, word: usize) -> Spelling<'_> {
        Spelling { pieces: &self.ids[self.pieces[word].clone()], case: self.cases[word] }
    }
}

/// What the network says about one window. Words are numbered in the document.
struct Reading {
    upos: Vec<usize>,
    xpos: Vec<usize>,
    lemma: Vec<usize>,
    heads: Vec<Option<usize>>,
    relations: Vec<usize>,
    mention: Vec<bool>,
    antecedent: Vec<Option<usize>>,
    names: Vec<(Range<usize>, EntityKind)>,
    attributions: Vec<Attribution>,
    sightings: Vec<Sighting>,
}
