//! A store that opens at once: triples in a file, sorted so that they are found without being
//! loaded into a store first. They stay in the file; what is asked for is read in blocks.
//!
//! | part | what |
//! | --- | --- |
//! | head | [`MAGIC`], the key of what it was made of, numbers of terms and quads, bytes of the terms |
//! | places | where each term begins, and where the last one ends; `u64` |
//! | terms | in the order of their bytes; its place in it is a term's number |
//! | quads | four numbers each (graph, subject, predicate, object), four times in other orders |
//!
//! Numbers are little-endian `u32` unless said otherwise; the default graph has the last one.

use std::cmp::Ordering;
use std::io::{self, BufWriter, Read, Write};
use std::iter;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use oxigraph::model::vocab::xsd;
use oxigraph::model::{
    BlankNode, GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};
use spareval::{InternalQuad, QueryableDataset};
use thiserror::Error;

use super::blocks::{BLOCK, Block, Blocks};
use crate::files;

/// How a file begins; another format has another number.
const MAGIC: &[u8; 16] = b"demarche quads 1";
/// What a snapshot was made of: another sum, another snapshot.
pub(super) type Key = [u8; 32];
/// The number of the default graph.
const DEFAULT: u32 = u32::MAX;
/// Bytes of the head.
const HEAD: usize = 16 + 32 + 3 * 8;
/// Bytes of a quad.
const QUAD: usize = 16;
/// Quads of a block.
const QUADS: usize = BLOCK / QUAD;

/// In which order the numbers of a quad (graph, subject, predicate, object) are compared.
const ORDERS: [[usize; 4]; 4] = [[1, 2, 3, 0], [2, 3, 1, 0], [3, 1, 2, 0], [0, 1, 2, 3]];

/// What a snapshot holds is not what it should be.
#[derive(Debug, Error)]
#[error("the snapshot of the graph is broken; remove it")]
pub(super) struct Broken;

/// Quads in a file.
#[derive(Clone)]
pub(super) struct Snapshot {
    blocks: Arc<Blocks>,
    /// Of each list the first quad of every block, read when the list is first asked.
    firsts: Arc<[OnceLock<Vec<[u32; 4]>>; ORDERS.len()]>,
    terms: usize,
    quads: usize,
    /// Where the terms begin.
    words: usize,
    /// Where the quads begin.
    lists: usize,
}

impl Snapshot {
    /// Opens the file if it was made of this; what cannot be read, or is of something else, is
    /// none.
    pub(super) fn open(path: &Path, key: &Key) -> Option<Self> {
        let mut file = files::open(path).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        if head[..16] != *MAGIC || head[16..48] != *key {
            return None;
        }
        let number =
            |at: usize| usize::try_from(u64::from_le_bytes(head[at..at + 8].try_into().ok()?)).ok();
        let (terms, quads, length) = (number(48)?, number(56)?, number(64)?);
        let words = HEAD.checked_add(terms.checked_add(1)?.checked_mul(8)?)?;
        let lists = words.checked_add(length)?;
        let whole = lists.checked_add(quads.checked_mul(QUAD * ORDERS.len())?)?;
        if file.metadata().ok()?.len() != whole as u64 {
            return None;
        }
        let blocks = Arc::new(Blocks::new(file, whole));
        Some(Self { blocks, firsts: Arc::default(), terms, quads, words, lists })
    }

    /// Writes quads into a file, whole or not at all. Each is there once.
    ///
    /// # Errors
    /// The first of the quads; when the file cannot be written, or there are too many terms.
    pub(super) fn write(
        path: &Path,
        key: &Key,
        quads: impl Iterator<Item = io::Result<Quad>>,
    ) -> io::Result<()> {
        let mut numbers: std::collections::HashMap<Vec<u8>, u32> = Default::default();
        let mut number = |term: Vec<u8>| -> io::Result<u32> {
            let next = u32::try_from(numbers.len()).ok().filter(|next| *next < DEFAULT);
            let next = next.ok_or(io::ErrorKind::FileTooLarge)?;
            Ok(*numbers.entry(term).or_insert(next))
        };
        let mut all: Vec<[u32; 4]> = Vec::new();
        for quad in quads {
            let quad = quad?;
            let graph = match quad.graph_name {
                GraphName::DefaultGraph => DEFAULT,
                GraphName::NamedNode(node) => number(packed(&node.into()))?,
                GraphName::BlankNode(node) => number(packed(&node.into()))?,
            };
            let subject = match quad.subject {
                NamedOrBlankNode::NamedNode(node) => packed(&node.into()),
                NamedOrBlankNode::BlankNode(node) => packed(&node.into()),
            };
            let predicate = packed(&quad.predicate.into());
            let object = packed(&quad.object);
            all.push([graph, number(subject)?, number(predicate)?, number(object)?]);
        }
        let mut terms: Vec<(Vec<u8>, u32)> = numbers.into_iter().collect();
        terms.sort_unstable();
        let mut place = vec![0_u32; terms.len()];
        for (at, (_, number)) in terms.iter().enumerate() {
            place[*number as usize] = at as u32;
        }
        for quad in &mut all {
            for number in quad.iter_mut().filter(|number| **number != DEFAULT) {
                *number = place[*number as usize];
            }
        }
        let mut new = files::Replacement::of(path)?;
        let mut out = BufWriter::new(&mut new);
        out.write_all(MAGIC)?;
        out.write_all(key)?;
        let length: usize = terms.iter().map(|(term, _)| term.len()).sum();
        all.sort_unstable();
        all.dedup();
        for count in [terms.len(), all.len(), length] {
            out.write_all(&(count as u64).to_le_bytes())?;
        }
        let mut at = 0_u64;
        for (term, _) in &terms {
            out.write_all(&at.to_le_bytes())?;
            at += term.len() as u64;
        }
        out.write_all(&at.to_le_bytes())?;
        for (term, _) in &terms {
            out.write_all(term)?;
        }
        for order in ORDERS {
            all.sort_unstable_by_key(|quad| order.map(|part| quad[part]));
            for number in all.iter().flatten() {
                out.write_all(&number.to_le_bytes())?;
            }
        }
        out.flush()?;
        drop(out);
        new.put()
    }

    /// How many quads there are.
    pub(super) fn len(&self) -> usize {
        self.quads
    }

    /// All quads of one graph, or of all.
    pub(super) fn quads(&self, graph: Option<&GraphName>) -> Result<Vec<Quad>, Broken> {
        let graph = match graph {
            None => None,
            Some(GraphName::DefaultGraph) => Some(DEFAULT),
            Some(GraphName::NamedNode(node)) => match self.find(&packed(&node.clone().into()))? {
                Some(number) => Some(number),
                None => return Ok(Vec::new()),
            },
            Some(GraphName::BlankNode(_)) => return Ok(Vec::new()),
        };
        let found = self.matching([graph, None, None, None]);
        found
            .map(|quad| {
                let [graph, subject, predicate, object] = quad?;
                let node = |number| match self.term(number)? {
                    Term::NamedNode(node) => Ok(NamedOrBlankNode::from(node)),
                    Term::BlankNode(node) => Ok(node.into()),
                    _ => Err(Broken),
                };
                let Term::NamedNode(predicate) = self.term(predicate)? else { return Err(Broken) };
                let graph = match graph {
                    DEFAULT => GraphName::DefaultGraph,
                    number => node(number)?.into(),
                };
                Ok(Quad::new(node(subject)?, predicate, self.term(object)?, graph))
            })
            .collect()
    }

    /// The bytes of the term of that number.
    fn bytes(&self, number: u32) -> Option<Vec<u8>> {
        let number = number as usize;
        if number >= self.terms {
            return None;
        }
        let at = HEAD + 8 * number;
        let places = self.blocks.bytes(HEAD, at, at + 16)?;
        let place = |bytes: &[u8]| {
            let place = u64::from_le_bytes(bytes.try_into().ok()?);
            self.words.checked_add(usize::try_from(place).ok()?)
        };
        let end = place(&places[8..]).filter(|end| *end <= self.lists)?;
        self.blocks.bytes(self.words, place(&places[..8])?, end)
    }

    fn term(&self, number: u32) -> Result<Term, Broken> {
        self.bytes(number).and_then(|bytes| unpacked(&bytes)).ok_or(Broken)
    }

    /// The number of a term.
    fn find(&self, term: &[u8]) -> Result<Option<u32>, Broken> {
        let (mut from, mut to) = (0, self.terms);
        while from < to {
            let middle = from + (to - from) / 2;
            match self.bytes(middle as u32).ok_or(Broken)?.as_slice().cmp(term) {
                Ordering::Equal => return Ok(Some(middle as u32)),
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
            }
        }
        Ok(None)
    }

    /// The quad at a place of one of the lists.
    fn quad(&self, list: usize, at: usize, held: &mut Option<Block>) -> Result<[u32; 4], Broken> {
        let from = self.block(list, at / QUADS);
        if held.as_ref().is_none_or(|(begins, _)| *begins != from) {
            *held = Some((from, self.blocks.at(from).ok_or(Broken)?));
        }
        let (_, block) = held.as_ref().ok_or(Broken)?;
        let place = at % QUADS * QUAD;
        block.get(place..place + QUAD).map(numbers).ok_or(Broken)
    }

    /// Where a block of a list begins.
    fn block(&self, list: usize, at: usize) -> usize {
        self.lists + list * self.quads * QUAD + at * BLOCK
    }

    /// The first quads of the blocks of a list.
    fn firsts(&self, list: usize) -> Result<&[[u32; 4]], Broken> {
        let held = &self.firsts[list];
        if let Some(firsts) = held.get() {
            return Ok(firsts);
        }
        let first = |at| self.blocks.read(self.block(list, at), QUAD).map(|it| numbers(&it));
        let all: Option<Vec<_>> = (0..self.quads.div_ceil(QUADS)).map(first).collect();
        let all = all.ok_or(Broken)?;
        Ok(held.get_or_init(|| all))
    }

    /// The first place of a list, from `from` on, whose quad is not before what is looked for.
    fn bound(
        &self,
        list: usize,
        from: usize,
        is_before: impl Fn([u32; 4]) -> bool,
    ) -> Result<usize, Broken> {
        // It stands behind the first quad of a block, or is the first of the next.
        let next = self.firsts(list)?.partition_point(|quad| is_before(*quad));
        let Some(block) = next.checked_sub(1) else { return Ok(from) };
        let (mut from, mut to) = (from.max(block * QUADS + 1), self.quads.min((block + 1) * QUADS));
        let mut held = None;
        while from < to {
            let middle = from + (to - from) / 2;
            if is_before(self.quad(list, middle, &mut held)?) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Ok(from)
    }

    /// The quads that have these numbers where some are asked for.
    fn matching(
        &self,
        wanted: [Option<u32>; 4],
    ) -> impl Iterator<Item = Result<[u32; 4], Broken>> + use<> {
        // The list in whose order most of what is wanted comes first.
        let lead =
            |order: &[usize; 4]| order.iter().take_while(|at| wanted[**at].is_some()).count();
        let list = (0..ORDERS.len()).rev().max_by_key(|list| lead(&ORDERS[*list])).unwrap_or(0);
        let order = ORDERS[list];
        let prefix = lead(&order);
        let key: Vec<u32> = order[..prefix].iter().filter_map(|at| wanted[*at]).collect();
        let compare =
            |quad: [u32; 4]| order[..prefix].iter().map(|at| quad[*at]).cmp(key.iter().copied());
        let first = self.bound(list, 0, |quad| compare(quad) == Ordering::Less);
        let range = first.and_then(|from| {
            Ok(from..self.bound(list, from, |quad| compare(quad) != Ordering::Greater)?)
        });
        let (range, broken) = match range {
            Ok(range) => (range, None),
            Err(broken) => (0..0, Some(Err(broken))),
        };
        let it = self.clone();
        let mut held = None;
        let fits = move |quad: &[u32; 4]| {
            quad.iter().zip(wanted).all(|(number, wanted)| wanted.is_none_or(|it| it == *number))
        };
        let found = range.map(move |at| it.quad(list, at, &mut held));
        broken.into_iter().chain(found.filter(move |quad| quad.as_ref().map_or(true, fits)))
    }
}

/// The numbers of a quad.
fn numbers(bytes: &[u8]) -> [u32; 4] {
    [0, 4, 8, 12].map(|at| u32::from_le_bytes([0, 1, 2, 3].map(|n| bytes[at + n])))
}

/// A term of the snapshot, or one that a query makes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Name {
    Number(u32),
    Other(Arc<Term>),
}

impl QueryableDataset<'static> for Snapshot {
    type InternalTerm = Name;
    type Error = Broken;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Name>,
        predicate: Option<&Name>,
        object: Option<&Name>,
        graph_name: Option<Option<&Name>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Name>, Broken>> + use<> {
        let number = |name: &Name| match name {
            Name::Number(number) => Some(*number),
            Name::Other(_) => None,
        };
        // What is not in the snapshot is in none of its quads.
        let known = |name: Option<&Name>| name.is_none_or(|name| number(name).is_some());
        let is_known = [subject, predicate, object, graph_name.flatten()].into_iter().all(known);
        // Without a graph all are meant, the default graph, too: the evaluator leaves out what it
        // does not want.
        let graph = graph_name.map(|name| name.map_or(Some(DEFAULT), number));
        let parts = [subject, predicate, object].map(|name| name.and_then(number));
        let found =
            is_known.then(|| self.matching([graph.flatten(), parts[0], parts[1], parts[2]]));
        found.into_iter().flatten().map(|quad| {
            quad.map(|[graph, subject, predicate, object]| InternalQuad {
                subject: Name::Number(subject),
                predicate: Name::Number(predicate),
                object: Name::Number(object),
                graph_name: (graph != DEFAULT).then_some(Name::Number(graph)),
            })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Name, Broken>> + use<> {
        // Each is looked for behind the one before.
        let it = self.clone();
        let list = ORDERS.len() - 1;
        let mut at = 0;
        iter::from_fn(move || {
            if at >= it.quads {
                return None;
            }
            let graph = it.quad(list, at, &mut None).map(|quad| quad[0]);
            let next = graph.and_then(|graph| {
                at = it.bound(list, at, |quad| quad[0] <= graph)?;
                Ok(graph)
            });
            if next.is_err() {
                at = it.quads;
            }
            Some(next)
        })
        .filter(|graph| !matches!(graph, Ok(DEFAULT)))
        .map(|graph| graph.map(Name::Number))
    }

    fn internalize_term(&self, term: Term) -> Result<Name, Broken> {
        let found = self.find(&packed(&term))?;
        Ok(found.map_or_else(|| Name::Other(Arc::new(term)), Name::Number))
    }

    fn externalize_term(&self, term: Name) -> Result<Term, Broken> {
        match term {
            Name::Number(number) => self.term(number),
            Name::Other(term) => Ok(Arc::unwrap_or_clone(term)),
        }
    }
}

/// A number in its shortest form, so that `0.90` is found as `0.9`.
fn shortest<'a>(value: &'a str, datatype: NamedNodeRef<'_>) -> &'a str {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if datatype == xsd::DECIMAL && is_plain && value.contains('.') && !value.starts_with('.') {
        value.trim_end_matches('0').trim_end_matches('.')
    } else {
        value
    }
}

/// A term as bytes: what it is, then its parts, apart by a zero.
fn packed(term: &Term) -> Vec<u8> {
    let parts: (u8, &str, &str) = match term {
        Term::NamedNode(node) => (b'I', node.as_str(), ""),
        Term::BlankNode(node) => (b'B', node.as_str(), ""),
        Term::Literal(it) => match it.language() {
            Some(language) => (b'G', it.value(), language),
            None => (b'T', shortest(it.value(), it.datatype()), it.datatype().as_str()),
        },
        // No graph of ours has triples in triples; a query's are met by none.
        #[allow(unreachable_patterns, reason = "depends on the features of oxigraph")]
        _ => (b'?', "", ""),
    };
    let (kind, value, more) = parts;
    let mut bytes = Vec::with_capacity(value.len() + more.len() + 2);
    bytes.push(kind);
    bytes.extend_from_slice(more.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(value.as_bytes());
    bytes
}

fn unpacked(bytes: &[u8]) -> Option<Term> {
    let (kind, rest) = bytes.split_first()?;
    let text = std::str::from_utf8(rest).ok()?;
    let (more, value) = text.split_once('\0')?;
    Some(match kind {
        b'I' => NamedNode::new_unchecked(value).into(),
        b'B' => BlankNode::new_unchecked(value).into(),
        b'G' => Literal::new_language_tagged_literal_unchecked(value, more).into(),
        b'T' => Literal::new_typed_literal(value, NamedNode::new_unchecked(more)).into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::rdf::{Naming, quads, vocabulary};

    fn all() -> Vec<Quad> {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let naming = Naming::default();
        quads(&corpus, &ontology, &naming).chain(vocabulary()).collect()
    }

    #[test]
    fn what_is_written_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        Snapshot::write(&path, &[7; 32], all().into_iter().map(Ok)).unwrap();
        let snapshot = Snapshot::open(&path, &[7; 32]).unwrap();
        let sorted = |quads: Vec<Quad>| {
            // Numbers by their value.
            let line = |it: &Quad| {
                let object = packed(&it.object);
                format!("{} {} {object:?} {}", it.subject, it.predicate, it.graph_name)
            };
            let mut lines: Vec<String> = quads.iter().map(line).collect();
            lines.sort();
            lines.dedup();
            lines
        };
        assert_eq!(sorted(snapshot.quads(None).unwrap()), sorted(all()));
        assert_eq!(snapshot.len(), sorted(all()).len());
        let graph = Naming::default().graph("002");
        let of_graph: Vec<Quad> =
            all().into_iter().filter(|it| it.graph_name == graph.clone().into()).collect();
        assert_eq!(sorted(snapshot.quads(Some(&graph.into())).unwrap()), sorted(of_graph));
        assert!(Snapshot::open(&path, &[8; 32]).is_none(), "of something else");
    }

    #[test]
    fn what_is_cut_off_or_of_another_format_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        Snapshot::write(&path, &[7; 32], all().into_iter().map(Ok)).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        for cut in [0, 10, HEAD, bytes.len() - 1] {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            assert!(Snapshot::open(&path, &[7; 32]).is_none(), "{cut}");
        }
        let mut odd = bytes;
        odd[HEAD - 1] = 255;
        std::fs::write(&path, &odd).unwrap();
        assert!(Snapshot::open(&path, &[7; 32]).is_none());
    }

    #[test]
    fn numbers_are_found_by_their_value() {
        let decimal = |value: &str| packed(&Literal::new_typed_literal(value, xsd::DECIMAL).into());
        assert_eq!(decimal("0.90"), decimal("0.9"));
        assert_eq!(decimal("1.0"), decimal("1"));
        assert_ne!(decimal("10"), decimal("1"));
        assert_ne!(packed(&Literal::from("0.90").into()), packed(&Literal::from("0.9").into()));
    }

    #[test]
    fn terms_are_packed_and_unpacked() {
        for term in [
            Term::from(NamedNode::new_unchecked("https://example.org/a")),
            BlankNode::new_unchecked("b").into(),
            Literal::from("two\nlines").into(),
            Literal::new_language_tagged_literal("no", "en").unwrap().into(),
            Literal::from(7).into(),
        ] {
            assert_eq!(unpacked(&packed(&term)), Some(term));
        }
    }
}
