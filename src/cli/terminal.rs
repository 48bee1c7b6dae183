//! What is said to the user: messages and progress on standard error, styled pages
//! on standard output.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::visible::{Visible, visible};

/// Headings.
pub(super) const HEADING: Style = AnsiColor::Blue.on_default().bold();
/// What the eye should fall on.
pub(super) const STRONG: Style = Style::new().bold();
/// What it may skip.
pub(super) const DIM: Style = Style::new().dimmed();
/// The words that name an act.
pub(super) const TRIGGER: Style = AnsiColor::Yellow.on_default().bold();
/// What is wrong.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What is odd.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// The widest that prose is set, in columns.
const MEASURE: usize = 100;

/// Standard error, and how talkative to be there.
pub(super) struct Terminal {
    quiet: bool,
    verbose: bool,
    bar: ProgressBar,
}

impl Terminal {
    pub(super) fn new(quiet: bool, verbose: bool) -> Self {
        let bar = if !quiet && io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10))
        } else {
            ProgressBar::hidden()
        };
        Self { quiet, verbose, bar }
    }

    /// Says that something failed. Never kept back.
    pub(super) fn error(&self, message: impl Display) {
        self.say(ERROR, "error", message);
    }

    /// Says that something is odd, unless quiet.
    pub(super) fn warning(&self, message: impl Display) {
        if !self.quiet {
            self.say(WARNING, "warning", message);
        }
    }

    /// Says what to do about an error.
    pub(super) fn hint(&self, message: impl Display) {
        self.say(HINT, "hint", message);
    }

    /// Says what happens, unless quiet.
    pub(super) fn note(&self, message: impl Display) {
        if !self.quiet {
            self.line(format_args!("{message}"));
        }
    }

    /// Says what happens in detail, with `--verbose`.
    pub(super) fn detail(&self, message: impl Display) {
        if self.verbose {
            self.line(format_args!("{DIM}{message}{DIM:#}"));
        }
    }

    fn say(&self, style: Style, kind: &str, message: impl Display) {
        self.line(format_args!("{style}{kind}{style:#}: {message}"));
    }

    /// Nothing can be done when standard error is closed, so a failure is let go.
    fn line(&self, line: impl Display) {
        self.bar.suspend(|| {
            let _ = writeln!(Visible::new(anstream::stderr()), "{line}");
        });
    }

    /// Starts to show progress with a count of documents; seen only on a terminal.
    pub(super) fn progress(&self, doing: &'static str) -> &ProgressBar {
        let style = ProgressStyle::with_template("{spinner} {prefix} {pos} documents, {msg}")
            .expect("the template is fixed");
        self.bar.set_style(style);
        self.bar.set_prefix(doing);
        self.bar.enable_steady_tick(Duration::from_millis(120));
        &self.bar
    }

    /// Ends the progress display.
    pub(super) fn progress_done(&self) {
        self.bar.finish_and_clear();
    }
}

/// The error and its causes on one line; a cause that the line already tells is left out.
pub(super) fn chain(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line
}

/// Standard output for a page that people read, buffered: control characters are made
/// visible, colours taken out where they are not wanted.
pub(super) fn stdout() -> impl Write {
    Visible::new(BufWriter::new(anstream::stdout().lock()))
}

/// Standard output for data, buffered: every byte as it is, so that offsets fit; but on a
/// terminal control characters are made visible.
pub(super) fn data() -> Box<dyn Write> {
    let out = BufWriter::new(io::stdout().lock());
    if io::stdout().is_terminal() { Box::new(Visible::new(out)) } else { Box::new(out) }
}

/// [`data`] or [`stdout`].
pub(super) fn data_or_page(is_data: bool) -> Box<dyn Write> {
    if is_data { data() } else { Box::new(stdout()) }
}

/// A styled page as plain text.
pub(super) fn plain(page: &[u8]) -> String {
    anstream::adapter::strip_str(&visible(&String::from_utf8_lossy(page))).to_string()
}

/// Columns that prose is set in; `None` where standard output is no terminal, so
/// that what is piped has one piece of evidence a line.
pub(super) fn width() -> Option<usize> {
    comfy_table::Table::new().width().map(|columns| usize::from(columns).clamp(40, MEASURE))
}

/// Words with styles that are set as one paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// What stands between two places where a line can break.
    clusters: Vec<Vec<(Style, String)>>,
    /// Does the next piece start a new cluster?
    after_space: bool,
}

impl Paragraph {
    /// Adds `text`. White space in it is where lines can break.
    pub(super) fn push(&mut self, style: Style, text: &str) -> &mut Self {
        self.after_space |= text.starts_with(char::is_whitespace);
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 || self.after_space || self.clusters.is_empty() {
                self.clusters.push(Vec::new());
            }
            self.clusters.last_mut().expect("just pushed").push((style, word.to_owned()));
            self.after_space = false;
        }
        self.after_space |= text.ends_with(char::is_whitespace);
        self
    }

    /// Writes the paragraph after `indent` columns, in lines of at most `width`
    /// columns, or as one line.
    pub(super) fn write(
        &self,
        out: &mut dyn Write,
        indent: usize,
        width: Option<usize>,
    ) -> io::Result<()> {
        write!(out, "{:indent$}", "")?;
        let mut column = indent;
        for (index, cluster) in self.clusters.iter().enumerate() {
            let length: usize = cluster.iter().map(|(_, word)| word.chars().count()).sum();
            if index > 0 {
                if width.is_some_and(|width| column + 1 + length > width) {
                    write!(out, "\n{:indent$}", "")?;
                    column = indent;
                } else {
                    write!(out, " ")?;
                    column += 1;
                }
            }
            for (style, word) in cluster {
                write!(out, "{style}{word}{style:#}")?;
            }
            column += length;
        }
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pieces: &[&str], indent: usize, width: Option<usize>) -> String {
        let mut paragraph = Paragraph::default();
        for piece in pieces {
            paragraph.push(Style::new(), piece);
        }
        let mut out = Vec::new();
        paragraph.write(&mut out, indent, width).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn pieces_without_space_between_stay_together() {
        assert_eq!(set(&["“", "he said", "” – ", "so"], 2, Some(9)), "  “he\n  said” –\n  so\n");
    }

    #[test]
    fn without_width_it_is_one_line() {
        assert_eq!(set(&["a\nb ", "c"], 0, None), "a b c\n");
    }

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::anyhow!("disk is full").context("cannot write x: disk is full");
        assert_eq!(chain(&error), "cannot write x: disk is full");
    }
}
