//! Writing an annotation as CoNLL-U, the table format of Universal Dependencies.

use std::io::{self, Write};

use super::annotation::Annotation;
use crate::corpus::Document;

/// Writes a document in CoNLL-U: a `# newdoc`, and for each sentence `# sent_id`,
/// `# text`, and a line a word. MISC has `SpaceAfter=No` where the next word
/// follows at once, and `start_char` and `end_char` in the document (Unicode
/// scalar values, end exclusive). `# text` is the sentence with its white space
/// made single spaces, so that it agrees with the words.
///
/// # Errors
/// What `out` returns.
pub fn write_conllu(
    document: &Document,
    annotation: &Annotation,
    out: &mut impl Write,
) -> io::Result<()> {
    let id: String = document.id.split_whitespace().collect::<Vec<_>>().join("_");
    for (number, sentence) in annotation.sentences.iter().enumerate() {
        if number == 0 {
            writeln!(out, "# newdoc id = {id}")?;
        }
        writeln!(out, "# sent_id = {id}-{}", number + 1)?;
        write!(out, "# text = ")?;
        let space_after = |word: usize| {
            word + 1 == sentence.end
                || annotation.words[word].span.end < annotation.words[word + 1].span.start
        };
        for word in sentence.clone() {
            let gap = if space_after(word) && word + 1 < sentence.end { " " } else { "" };
            write!(out, "{}{gap}", annotation.words[word].form)?;
        }
        writeln!(out)?;
        for index in sentence.clone() {
            let word = &annotation.words[index];
            let glued = index + 1 < annotation.words.len()
                && annotation.words[index + 1].span.start == word.span.end;
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{}start_char={}|end_char={}",
                index - sentence.start + 1,
                word.form,
                if word.lemma.is_empty() { "_" } else { &word.lemma },
                word.upos,
                word.xpos,
                word.head.map_or(0, |head| head - sentence.start + 1),
                word.deprel,
                if glued { "SpaceAfter=No|" } else { "" },
                word.span.start,
                word.span.end,
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
