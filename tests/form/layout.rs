//! `tests/layout`: each text has its blocks, a line each: the kind (or kinds, where it makes no
//! difference), the words, the words of the block that leads it in or heads its row, and of the one
//! that heads its column.

use demarche::corpus::Text;
use demarche::layout::{Block, Piece, blocks_of};

use crate::{Case, cases};

/// The words of a block as they are read, but for the letters that nobody sees.
fn words(block: &Block, text: &Text) -> String {
    let read = |piece: &Piece| match piece {
        Piece::Words(span) => text.slice(*span).to_owned(),
        Piece::Space(_) | Piece::Line(_) => " ".to_owned(),
    };
    let words: String = block.pieces.iter().map(read).collect();
    let words = words.replace(['\u{ad}', '\u{200b}'], "");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the blocks of a case differ from what is expected, in words.
fn deviations(case: &Case) -> Vec<String> {
    let document = case.document();
    let text = &document.text;
    let found = blocks_of(&document);
    let mut told = Vec::new();
    for at in 0..found.len().max(case.expected.len()) {
        let line = found.get(at).map_or_else(String::new, |block| {
            let heads = [block.lead_in, block.column].into_iter().flatten();
            let heads: String = heads.map(|at| format!("\t{}", words(&found[at], text))).collect();
            format!("{}\t{}{heads}", block.kind.as_str(), words(block, text))
        });
        let is_met = case.expected.get(at).is_some_and(|expected| {
            let (kinds, rest) = (expected[0].split('|'), expected[1..].join("\t"));
            kinds.into_iter().any(|kind| format!("{kind}\t{rest}") == line)
        });
        if !is_met {
            let expected = case.expected.get(at).map_or_else(String::new, |it| it.join("\t"));
            told.push(format!("{}: expected {expected:?}\n    found {line:?}", case.name));
        }
    }
    told
}

#[test]
fn texts_have_the_blocks_that_people_see() {
    let cases = cases("layout");
    assert!(cases.len() >= 15, "{}", cases.len());
    let told: Vec<String> = cases.iter().flat_map(deviations).collect();
    assert!(told.is_empty(), "{} deviations\n{}", told.len(), told.join("\n"));
}
