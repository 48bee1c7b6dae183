//! Answers from a graph folder of which no more is read than the answer needs.

use std::path::Path;

use crate::annotate::Annotator;
use crate::extract::Lexicon;
use crate::graph::Graph;
use crate::graph::folder::{FolderError, Partial, Placed, Selection};

use super::need::{Held, Need};
use super::{Answer, attempt, read};

/// A folder that questions are asked of: what was read of it, and the rest.
pub struct Library<'a> {
    lexicon: &'a Lexicon<'a>,
    partial: Partial,
    graph: Graph,
    /// Where the lines of the graph's claims begin, ascending.
    claims: Vec<u64>,
    /// Where those of its matters do.
    matters: Vec<u64>,
    held: Held,
}

impl<'a> Library<'a> {
    /// Opens a graph folder.
    ///
    /// # Errors
    /// When it is no graph folder of this version, or a line is broken.
    pub fn open(dir: &Path, lexicon: &'a Lexicon<'a>) -> Result<Self, FolderError> {
        let (partial, frame) = Partial::open(dir)?;
        let graph = Graph::new(frame, lexicon.ontology);
        Ok(Self {
            lexicon,
            partial,
            graph,
            claims: Vec::new(),
            matters: Vec::new(),
            held: Held::default(),
        })
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
        let form = read(question, annotator, self.lexicon);
        let answer = loop {
            match attempt(&self.graph, &self.held, self.lexicon, annotator, question, &form) {
                Ok(answer) => break answer,
                Err(need) => self.meet(need)?,
            }
        };
        let near = answer.nearest.iter().filter_map(|near| near.claim.as_ref());
        let ids = answer.answers.iter().flat_map(|found| &found.claims).chain(near);
        let shown: Vec<usize> = ids.filter_map(|id| self.graph.claim(id)).collect();
        let claims = &self.graph.corpus().claims;
        let documents = shown.iter().map(|&at| claims[at].document.clone()).collect();
        self.meet(Need::Texts(documents))?;
        let shown = shown.into_iter().map(|at| (self.claims[at], &self.graph.corpus().claims[at]));
        self.partial.verify(&self.graph.corpus().documents, shown)?;
        Ok((self.graph, answer))
    }

    /// Reads what is needed, and adds it to the graph, in the order of the files.
    fn meet(&mut self, need: Need) -> Result<(), FolderError> {
        match &need {
            Need::Claims(selection) => {
                let found = self.partial.claims(selection)?;
                let places = &mut self.claims;
                self.graph.change(|corpus| merge(places, &mut corpus.claims, found));
                let mentions = self.graph.corpus().claims.iter().filter_map(|c| c.matter.as_ref());
                let ids = mentions.filter_map(|mention| mention.id.as_ref());
                let ids = ids.filter(|id| self.graph.matter(id).is_none()).cloned().collect();
                self.add_matters(&Selection { ids: Some(ids), ..Selection::default() })?;
            }
            Need::Matters(selection) => self.add_matters(selection)?,
            Need::Events => {
                let events = self.partial.events()?;
                self.graph.change(|corpus| corpus.events = events);
            }
            Need::Texts(documents) => {
                let mut texts = self.partial.texts(documents)?;
                self.graph.change(|corpus| {
                    for document in &mut corpus.documents {
                        if let Some(text) = texts.remove(&document.id) {
                            document.text = text;
                        }
                    }
                });
            }
        }
        self.held.add(need);
        Ok(())
    }

    fn add_matters(&mut self, selection: &Selection) -> Result<(), FolderError> {
        let found = self.partial.matters(selection)?;
        let places = &mut self.matters;
        self.graph.change(|corpus| merge(places, &mut corpus.matters, found));
        Ok(())
    }
}

/// Adds to `held` what it does not hold yet, by place.
fn merge<T>(places: &mut Vec<u64>, held: &mut Vec<T>, mut found: Vec<Placed<T>>) {
    found.retain(|(place, _)| places.binary_search(place).is_err());
    found.extend(places.drain(..).zip(held.drain(..)));
    found.sort_by_key(|(place, _)| *place);
    (*places, *held) = found.into_iter().unzip();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_stands_in_its_place_once() {
        let (mut places, mut held) = (Vec::new(), Vec::new());
        merge(&mut places, &mut held, vec![(10, "b"), (40, "d")]);
        merge(&mut places, &mut held, vec![(0, "a"), (10, "b"), (20, "c")]);
        assert_eq!((places, held), (vec![0, 10, 20, 40], vec!["a", "b", "c", "d"]));
    }
}
