//! The graph as servers hold it: opened once, with what every page counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
#[cfg(feature = "mcp")]
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;

use thiserror::Error;

#[cfg(feature = "mcp")]
use crate::annotate::{Annotator, ModelError};
#[cfg(feature = "mcp")]
use crate::ask::{self, Answer};
use crate::corpus::Text;
use crate::decisions::Lost;
use crate::extract::Claim;
#[cfg(feature = "mcp")]
use crate::extract::Lexicon;
use crate::graph::folder::{self, FolderError, Manifest};
use crate::graph::{Graph, Matrix};
use crate::ontology::{Ontology, OntologyErrors};
#[cfg(feature = "mcp")]
use crate::ontology::{Source, shipped_sources, sources};
use crate::rdf::{BaseError, Naming};
#[cfg(feature = "mcp")]
use crate::rdf::{Store, StoreError, quads, vocabulary};
use crate::resolve::{Corpus, DocumentRecord, stances};

/// How many characters around a quote are shown with it.
const AROUND: usize = 140;

/// Why a graph cannot be opened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The ontology is wrong.
    #[error(transparent)]
    Ontology(#[from] OntologyErrors),
    /// The graph's base is no IRI.
    #[error(transparent)]
    Base(#[from] BaseError),
}

/// A graph, its ontology, and what is looked up in them.
pub(crate) struct Site {
    pub graph: Graph,
    pub ontology: Arc<Ontology>,
    pub naming: Naming,
    pub matrix: Matrix,
    pub manifest: Manifest,
    /// Where the words before and after the quote of each claim stand, in bytes of its text.
    around: Vec<[Range<usize>; 2]>,
    pub counts: Counts,
    /// The first and the last day of each claim: of itself, else of its document.
    pub days: Vec<Option<(Date, Date)>>,
    /// Ids of claims on which a person has decided.
    pub decided: HashSet<String>,
    /// Indices of the disputes of a claim.
    pub disputes_of: HashMap<String, Vec<usize>>,
    /// Decisions that it is mended by and that match nothing.
    pub lost: Vec<Lost>,
    /// Another number for every graph that is held.
    pub revision: usize,
    /// The files of the ontology.
    #[cfg(feature = "mcp")]
    pub sources: Vec<Source>,
    #[cfg(feature = "mcp")]
    store: OnceLock<Store>,
}

/// How often things are met.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Claims of a document.
    pub documents: HashMap<String, usize>,
    /// Claims of an actor as agent, as source or reporter, as addressee.
    pub actors: HashMap<String, [usize; 3]>,
    /// Actors and documents of a matter.
    pub matters: HashMap<String, (usize, usize)>,
    /// Claims of an act.
    pub acts: HashMap<String, usize>,
}

impl Site {
    /// Opens a graph folder.
    pub(crate) fn open(folder: &Path, layers: &[PathBuf]) -> Result<Self, OpenError> {
        let ontology = Ontology::load(layers)?;
        let manifest = folder::manifest(folder)?;
        let naming = Naming::new(&manifest.base)?;
        #[cfg_attr(not(feature = "mcp"), expect(unused_mut, reason = "it has no files then"))]
        let mut site = Self::new(folder::open(folder)?, ontology, naming, manifest);
        #[cfg(feature = "mcp")]
        {
            site.sources = sources(layers).0;
        }
        Ok(site)
    }

    /// Holds a corpus that is there already.
    pub(crate) fn new(
        corpus: Corpus,
        ontology: Ontology,
        naming: Naming,
        manifest: Manifest,
    ) -> Self {
        Self::made(corpus, Arc::new(ontology), naming, manifest, Vec::new())
    }

    /// The same with another corpus, mended by decisions of which some are lost.
    pub(crate) fn with(&self, corpus: Corpus, lost: Vec<Lost>) -> Self {
        let (naming, manifest) = (self.naming.clone(), self.manifest.clone());
        Self::made(corpus, Arc::clone(&self.ontology), naming, manifest, lost)
    }

    fn made(
        corpus: Corpus,
        ontology: Arc<Ontology>,
        naming: Naming,
        manifest: Manifest,
        lost: Vec<Lost>,
    ) -> Self {
        static HELD: AtomicUsize = AtomicUsize::new(0);
        let revision = HELD.fetch_add(1, Ordering::Relaxed);
        let graph = Graph::new(corpus, &ontology);
        let corpus = graph.corpus();
        let matrix = Matrix::new(&graph, stances(corpus, &ontology));
        let (around, counts, days) = (around(corpus), counts(corpus), corpus.claim_days());
        let decided = corpus.decisions.iter().flat_map(|it| it.about.iter().cloned()).collect();
        let mut disputes_of: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, dispute) in corpus.disputes.iter().enumerate() {
            for claim in dispute.sides.iter().flat_map(|side| &side.claims) {
                let of = disputes_of.entry(claim.clone()).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
        }
        Self {
            graph,
            ontology,
            naming,
            matrix,
            manifest,
            around,
            counts,
            days,
            decided,
            disputes_of,
            lost,
            revision,
            #[cfg(feature = "mcp")]
            sources: shipped_sources(),
            #[cfg(feature = "mcp")]
            store: OnceLock::new(),
        }
    }

    /// A document by its id.
    pub(crate) fn document(&self, id: &str) -> Option<&DocumentRecord> {
        self.corpus().document(id)
    }

    pub(crate) fn corpus(&self) -> &Corpus {
        self.graph.corpus()
    }

    /// The place of a claim in the corpus.
    pub(crate) fn claim_at(&self, id: &str) -> Option<usize> {
        self.graph.claim(id)
    }

    /// The words before and after the quote of the claim at a place of the corpus.
    pub(crate) fn around(&self, at: usize) -> (&str, &str) {
        let text =
            self.document(&self.corpus().claims[at].document).map_or("", |it| it.text.as_str());
        let [before, after] = self.around[at].clone().map(|it| text.get(it).unwrap_or_default());
        (before, after)
    }

    pub(crate) fn claim(&self, id: &str) -> Option<&Claim> {
        self.claim_at(id).map(|at| &self.corpus().claims[at])
    }

    /// The triples of the graph and the vocabulary, for queries; made when first asked for.
    #[cfg(feature = "mcp")]
    pub(crate) fn store(&self) -> Result<&Store, StoreError> {
        if let Some(store) = self.store.get() {
            return Ok(store);
        }
        let all = quads(self.corpus(), &self.ontology, &self.naming).chain(vocabulary());
        let made = Store::load(all, self.naming.clone())?;
        Ok(self.store.get_or_init(|| made))
    }

    /// Answers a question in English.
    #[cfg(feature = "mcp")]
    pub(crate) fn ask(&self, question: &str) -> Result<Answer, ModelError> {
        static ANNOTATOR: OnceLock<Annotator> = OnceLock::new();
        let annotator = match ANNOTATOR.get() {
            Some(annotator) => annotator,
            None => {
                let made = Annotator::embedded()?;
                ANNOTATOR.get_or_init(|| made)
            }
        };
        let lexicon = Lexicon::new(&self.ontology);
        Ok(ask::answer(&self.graph, &lexicon, annotator, question))
    }
}

fn around(corpus: &Corpus) -> Vec<[Range<usize>; 2]> {
    let documents: HashMap<&str, &str> =
        corpus.documents.iter().map(|it| (it.id.as_str(), it.text.as_str())).collect();
    let mut last: Option<(&str, Text)> = None;
    let mut all = Vec::with_capacity(corpus.claims.len());
    for claim in &corpus.claims {
        if last.as_ref().is_none_or(|(id, _)| *id != claim.document) {
            let text = documents.get(claim.document.as_str()).copied().unwrap_or_default();
            last = Some((&claim.document, Text::new(text)));
        }
        let Some((_, text)) = &last else { continue };
        all.push(if claim.end <= text.len() && claim.start <= claim.end {
            let from = claim.start.saturating_sub(AROUND);
            let until = text.len().min(claim.end + AROUND);
            let [from, start, end, until] =
                [from, claim.start, claim.end, until].map(|at| text.byte(at));
            [from..start, end..until]
        } else {
            [0..0, 0..0]
        });
    }
    all
}

fn counts(corpus: &Corpus) -> Counts {
    let mut counts = Counts::default();
    let mut matters: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for claim in &corpus.claims {
        *counts.documents.entry(claim.document.clone()).or_default() += 1;
        *counts.acts.entry(claim.act.clone()).or_default() += 1;
        let reporters = claim.source.iter().chain(&claim.via);
        let roles: [Vec<&str>; 3] = [
            claim.agent.iter().filter_map(|it| it.id.as_deref()).collect(),
            reporters.filter_map(|it| it.id.as_deref()).collect(),
            claim.addressee.iter().filter_map(|it| it.id.as_deref()).collect(),
        ];
        for (role, ids) in roles.iter().enumerate() {
            // One actor may be named twice in a role.
            for id in ids.iter().collect::<BTreeSet<_>>() {
                counts.actors.entry((*id).to_owned()).or_default()[role] += 1;
            }
        }
        if let Some(id) = claim.matter.as_ref().and_then(|it| it.id.as_deref()) {
            let (actors, documents) = matters.entry(id).or_default();
            actors.extend(&roles[0]);
            documents.insert(&claim.document);
        }
    }
    let sizes = |(id, (actors, documents)): (&str, (BTreeSet<&str>, BTreeSet<&str>))| {
        (id.to_owned(), (actors.len(), documents.len()))
    };
    counts.matters = matters.into_iter().map(sizes).collect();
    counts
}
