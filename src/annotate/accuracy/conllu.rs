//! Reading treebanks: CoNLL-U with the text of every sentence.

use std::path::Path;

use super::AccuracyError;

/// A document of a treebank.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TreebankDocument {
    pub sentences: Vec<TreebankSentence>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct TreebankSentence {
    /// `# text`.
    pub text: String,
    /// Does a paragraph begin with it?
    pub paragraph: bool,
    /// Was a `# newpar` read between the first comment of the sentence before and
    /// the first of this one? (EWT has `# newpar` as a second comment.)
    pub late_paragraph: bool,
    pub words: Vec<TreebankWord>,
    /// Written words that are several words of the tree: index of the first, one
    /// past the last, as written.
    pub compounds: Vec<(usize, usize, String)>,
}

#[derive(Debug, PartialEq)]
pub(super) struct TreebankWord {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    /// Index in the sentence, `None` for the root.
    pub head: Option<usize>,
    pub deprel: String,
}

/// Reads the documents of one CoNLL-U file.
///
/// # Errors
/// When it cannot be read, or a line has not ten fields or no numbers where
/// numbers belong.
pub(super) fn read(path: &Path) -> Result<Vec<TreebankDocument>, AccuracyError> {
    let content = std::fs::read_to_string(path)
        .map_err(|source| AccuracyError::Read { path: path.to_owned(), source })?;
    parse(&content).map_err(|(line, reason)| AccuracyError::Line {
        path: path.to_owned(),
        line,
        reason,
    })
}

fn parse(content: &str) -> Result<Vec<TreebankDocument>, (usize, String)> {
    let mut documents: Vec<TreebankDocument> = Vec::new();
    let mut sentence = TreebankSentence::default();
    let mut paragraph = false;
    let mut late_paragraph = false;
    let mut commented = false;
    let lines = content.lines().chain([""]);
    for (number, line) in (1..).zip(lines) {
        if line.starts_with("# newdoc") {
            documents.push(TreebankDocument::default());
        } else if line.starts_with("# newpar") {
            paragraph = true;
            late_paragraph = true;
        } else if line.starts_with('#') {
            if !std::mem::replace(&mut commented, true) {
                sentence.late_paragraph = std::mem::take(&mut late_paragraph);
            }
            if let Some(text) = line.strip_prefix("# text =") {
                sentence.text = text.trim().to_owned();
            }
        } else if line.is_empty() {
            commented = false;
            if !sentence.words.is_empty() {
                sentence.paragraph = std::mem::take(&mut paragraph);
                if documents.is_empty() {
                    documents.push(TreebankDocument::default());
                }
                let document = documents.len() - 1;
                documents[document].sentences.push(std::mem::take(&mut sentence));
            }
        } else {
            word(line, &mut sentence).map_err(|reason| (number, reason))?;
        }
    }
    Ok(documents)
}

fn word(line: &str, sentence: &mut TreebankSentence) -> Result<(), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, deprel, _, _] = fields[..] else {
        return Err(format!("a word has ten fields between tabs, not {}", fields.len()));
    };
    if id.contains('.') {
        return Ok(()); // an empty node of the enhanced graph
    }
    let count = |field: &str| {
        field.parse::<usize>().map_err(|_| format!("{field:?} should be the number of a word"))
    };
    if let Some((first, last)) = id.split_once('-') {
        let first = count(first)?.checked_sub(1).ok_or("words are counted from 1")?;
        sentence.compounds.push((first, count(last)?, form.to_owned()));
        return Ok(());
    }
    sentence.words.push(TreebankWord {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        xpos: xpos.to_owned(),
        head: count(head)?.checked_sub(1),
        deprel: deprel.to_owned(),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_paragraphs_and_compounds_are_read() {
        let content = "# newdoc id = a\n# sent_id = 1\n# newpar\n# text = Don't.\n\
            1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
            1\tDo\tdo\tAUX\tVB\t_\t0\troot\t_\t_\n\
            2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n\
            3\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n\
            # text = Go\n1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n";
        let documents = parse(content).unwrap();
        let [first, second] = &documents[0].sentences[..] else { panic!("two sentences") };
        assert_eq!(first.compounds, [(0, 2, "Don't".to_owned())]);
        assert!(first.paragraph && !second.paragraph);
        assert!(!first.late_paragraph && second.late_paragraph);
        assert_eq!(first.words[1].head, Some(0));
        assert_eq!(second.words[0].head, None);
    }

    #[test]
    fn a_broken_line_is_named() {
        assert_eq!(parse("# text = a\n1\ta\n").unwrap_err().0, 2);
        assert!(parse("1\ta\ta\tX\tX\t_\tx\tdep\t_\t_").unwrap_err().1.contains("\"x\""));
    }
}
