//! Answers from a graph folder of which no more is read than the answer needs.

use std::path::Path;

use crate::annotate::Annotator;
use crate::extract::Lexicon;
use crate::graph::Graph;
use crate::graph::folder::{FolderError, Partial};

use super::need::{Held, Need};
use super::{Answer, attempt, read};

/// A folder that questions are asked of: what was read of it, and the rest.
pub struct Library<'a> {
    lexicon: &'a Lexicon<'a>,
    partial: Partial,
    graph: Graph,
    /// Where the lines of the graph's claims begin, ascending.
    places: Vec<u64>,
    held: Held,
}

impl<'a> Library<'a> {
    /// Opens a graph folder, and reads everything but claims and texts.
    ///
    /// # Errors
    /// When it is no graph folder of this version, or a line is broken.
    pub fn open(dir: &Path, lexicon: &'a Lexicon<'a>) -> Result<Self, FolderError> {
        let (partial, things) = Partial::open(dir)?;
        let graph = Graph::new(things, lexicon.ontology);
        Ok(Self { lexicon, partial, graph, places: Vec::new(), held: Held::default() })
    }

    /// The same answer as [`super::answer`] gives from the whole folder: where one needs
    /// claims or texts that were not read yet, they are read, and it is tried again.
    /// The claims of the answer are then in the graph, with the texts of their documents,
    /// and were checked against them.
    ///
    /// # Errors
    /// When claims or texts that are needed are broken, or do not fit together.
    pub fn answer(
        mut self,
        annotator: &Annotator,
        question: &str,
    ) -> Result<(Graph, Answer), FolderError> {
        let read = read(question, annotator, self.lexicon);
        let answer = loop {
            match attempt(&self.graph, &self.held, self.lexicon, annotator, question, &read) {
                Ok(answer) => break answer,
                Err(need) => self.meet(need)?,
            }
        };
        let ids = answer.answers.iter().flat_map(|found| &found.claims);
        let shown: Vec<usize> = ids.filter_map(|id| self.graph.claim(id)).collect();
        let claims = &self.graph.corpus().claims;
        let documents = shown.iter().map(|&at| claims[at].document.clone()).collect();
        self.meet(Need::Texts(documents))?;
        let shown = shown.into_iter().map(|at| (self.places[at], &self.graph.corpus().claims[at]));
        self.partial.verify(&self.graph.corpus().documents, shown)?;
        Ok((self.graph, answer))
    }

    fn meet(&mut self, need: Need) -> Result<(), FolderError> {
        match &need {
            Need::Claims(selection) => {
                let mut found = self.partial.claims(selection)?;
                found.retain(|(place, _)| self.places.binary_search(place).is_err());
                let places = &mut self.places;
                self.graph.change_claims(|claims| {
                    found.extend(places.drain(..).zip(claims.drain(..)));
                    found.sort_by_key(|(place, _)| *place);
                    (*places, *claims) = found.into_iter().unzip();
                });
            }
            Need::Texts(documents) => {
                let texts = self.partial.texts(documents)?;
                self.graph.add_texts(texts);
            }
        }
        self.held.add(need);
        Ok(())
    }
}
