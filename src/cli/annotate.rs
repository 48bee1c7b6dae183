use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::terminal::Terminal;
use super::{Global, Outcome, destination, passed_over, terminal};
use crate::annotate;
use crate::corpus::{Format, Reader};
use crate::extract::{self, Explanation, Lexicon};

const EXAMPLES: &str = "\
Examples:
  demarche annotate speech.txt                          words, lemmas and trees as CoNLL-U
  echo 'She said no.' | demarche annotate -
  demarche annotate news/ --format jsonl -o news.jsonl  names, and who says what
  demarche annotate speech.txt --explain --sentence 3   why it gives the claims that it gives
  demarche annotate speech.txt --explain --sentence 'ruled out'

CoNLL-U has `start_char` and `end_char` in MISC. JSON Lines has an object a document with
`attributions` (source, cue and content of everything that somebody says) and `entities`
(PER, ORG, LOC, EVENT). All offsets count Unicode characters in the text; ends are exclusive.

--explain shows for each sentence its words with lemma, part of speech, head and relation; after
`=` who is meant, after `«` in whose words it stands (the speaker, and the word that says so); below
a word the entries of the lexicon for it and whether they fire or what keeps them from it; and after
`⇒` the claims.";

/// Annotate texts: words, lemmas, trees, names, who says what
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Annotate {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// How to write
    #[arg(long, value_enum, default_value_t = Layer::Conllu)]
    format: Layer,
    /// Say in place of the annotation what is read as claims, and why
    #[arg(long, conflicts_with = "format")]
    explain: bool,
    /// With --explain: only the sentence of this number, or those that hold this text
    #[arg(long, requires = "explain", value_name = "N|TEXT")]
    sentence: Option<Sentence>,
    /// Format of standard input, or of files whose extension does not tell
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// File to write
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layer {
    /// Words, lemmas and trees: CoNLL-U
    Conllu,
    /// Names and attributions: JSON Lines
    Jsonl,
}

/// Which sentences of a document are explained.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sentence {
    /// The one of this number, from 1.
    Number(usize),
    /// Those that hold these words, in lower case.
    Holding(String),
}

impl FromStr for Sentence {
    type Err = &'static str;

    fn from_str(choice: &str) -> Result<Self, Self::Err> {
        match (choice.trim(), choice.trim().parse()) {
            ("", _) => Err("empty; valid: a number from 1, or words of the sentence"),
            (_, Ok(0)) => Err("sentences are counted from 1"),
            (_, Ok(number)) => Ok(Self::Number(number)),
            (words, Err(_)) => Ok(Self::Holding(words.to_lowercase())),
        }
    }
}

impl Sentence {
    fn picks(&self, number: usize, explanation: &Explanation) -> bool {
        match self {
            Self::Number(chosen) => *chosen == number,
            Self::Holding(words) => explanation.text.to_lowercase().contains(words),
        }
    }
}

impl Annotate {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let annotator = global.annotator()?;
        let ontology = self.explain.then(|| global.ontology()).transpose()?;
        let lexicon = ontology.map(Lexicon::new);
        let mut explained = 0;
        let mut outcome = Outcome::Done;
        destination::write(&self.output, |mut out| {
            let mut reader = Reader::new(&self.paths, self.from);
            for item in reader.by_ref() {
                let (document, warnings) = match item {
                    Ok(read) => read,
                    Err(error) => {
                        terminal.error(terminal::chain(&error.into()));
                        outcome = Outcome::Incomplete;
                        continue;
                    }
                };
                warnings.into_iter().for_each(|warning| terminal.warning(warning));
                if let Some(lexicon) = &lexicon {
                    let page = annotator.page(&document);
                    let annotation = annotator.annotate(&page.document.text);
                    let sentences = extract::explain(&page.document, &annotation, lexicon);
                    for (number, sentence) in (1..).zip(&sentences) {
                        if self.sentence.as_ref().is_none_or(|it| it.picks(number, sentence)) {
                            writeln!(out, "# {}, sentence {number}\n{sentence}", document.id)?;
                            explained += 1;
                        }
                    }
                    continue;
                }
                let page = annotator.page_of_words(&document);
                let annotation = annotator.annotate(&page.document.text).as_written(&page);
                match self.format {
                    Layer::Conllu => annotate::write_conllu(&document, &annotation, &mut out)?,
                    Layer::Jsonl => annotate::write_jsonl(&document, &annotation, &mut out)?,
                }
            }
            passed_over::tell(reader.passed_over(), terminal);
            Ok(())
        })?;
        if self.sentence.is_some() && explained == 0 && outcome == Outcome::Done {
            terminal.note("no sentence of that number or with these words");
            return Ok(Outcome::Nothing);
        }
        Ok(outcome)
    }
}
