//! PDF: the words of its pages, in the order in which they are drawn.
//!
//! A page says where each letter stands, not what belongs together. So letters become lines
//! ([`page`]), what repeats on every page is taken out ([`furniture`]), and lines become
//! paragraphs ([`paragraphs`]): within one a line break stands where a line was full, an empty
//! line stands between two. Notes at the foot of pages stand behind everything, so that they
//! interrupt no sentence.

mod furniture;
mod inflated;
mod page;
mod paragraphs;

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use encoding_rs::{UTF_8, UTF_16BE, WINDOWS_1252};
use hayro_interpret::hayro_syntax::object::DateTime;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use super::Pages;
use super::draft::Metadata;
use super::error::{ReadErrorKind, TooMuch, WarningKind};
use super::format::Format;
use super::limits::{MAX_DRAWN, MAX_PAGES};
use page::Page;

/// Titles that programs give, and no person, end or begin so.
const NO_TITLE: [&str; 9] =
    [".doc", ".docx", ".indd", ".qxd", ".pdf", ".tex", "untitled", "microsoft word", "powerpoint"];
/// Share of letters that the file does not explain, in hundred, from which on it is told.
const UNKNOWN: usize = 2;

/// How long a file may take to be taken apart. A thousand pages take some seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// The stack on which it is, for what is nested; it is memory only as far as it is used.
const STACK: usize = 256 << 20;

/// What is read of a PDF.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) metadata: Metadata,
    pub(super) text: String,
    pub(super) pages: Pages,
    pub(super) warnings: Vec<WarningKind>,
}

/// Reads a PDF; with `keep_all` also what repeats on its pages, and their numbers.
///
/// # Errors
/// When it is none, is locked, asks for too much, or holds no text.
pub(super) fn read(bytes: Vec<u8>, keep_all: bool) -> Result<Read, ReadErrorKind> {
    inflated::check(&bytes)?;
    let (done, waiting) = mpsc::channel();
    // The library is written for broken files, but a bug of its own, or a file that it looks
    // through again and again, must cost this file alone. By unwinding it is also told to stop
    // (`page::Stop`).
    let work = move || {
        let read = panic::catch_unwind(AssertUnwindSafe(|| words(bytes, keep_all)));
        // Nobody listens any more after a while.
        let _ = done.send(read.unwrap_or_else(|cause| Err(stopped(cause.as_ref()))));
    };
    thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work)?;
    waiting.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        let seconds = PATIENCE.as_secs();
        Err(broken(&format!("its parts are not found within {seconds} s")))
    })
}

fn broken(reason: &str) -> ReadErrorKind {
    ReadErrorKind::broken(Format::Pdf, reason)
}

fn stopped(cause: &(dyn Any + Send)) -> ReadErrorKind {
    if cause.is::<page::Stop>() {
        return ReadErrorKind::too_much(TooMuch::Drawn, MAX_DRAWN);
    }
    broken("its pages cannot be taken apart")
}

fn words(bytes: Vec<u8>, keep_all: bool) -> Result<Read, ReadErrorKind> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => broken("it is locked with a password"),
        LoadPdfError::Invalid => broken("its parts are not found"),
    })?;
    let count = pdf.pages().len();
    if count > MAX_PAGES {
        return Err(ReadErrorKind::too_much(TooMuch::Pages, MAX_PAGES));
    }
    let mut pages = page::read(&pdf);
    let letters: usize = pages.iter().map(|page| page.letters).sum();
    let unknown: usize = pages.iter().map(|page| page.unknown).sum();
    if letters == 0 && unknown == 0 {
        return Err(ReadErrorKind::NoTextInPdf { pages: count });
    }
    if letters == 0 {
        return Err(broken("it does not say what its letters are (a font without names)"));
    }
    let mut warnings = Vec::new();
    let without = pages.iter().filter(|page| page.pictures > 0 && page.letters == 0).count();
    if without > 0 {
        warnings.push(WarningKind::PagesWithoutText { without, pages: count });
    }
    let share = unknown * 100 / (letters + unknown);
    if share >= UNKNOWN {
        warnings.push(WarningKind::UnknownLetters { share });
    }
    if !keep_all {
        furniture::take_out(&mut pages);
    }
    let (text, turns) = paragraphs::text(&pages);
    let metadata = metadata(&pdf, &pages, &text);
    Ok(Read { metadata, text, pages: turns, warnings })
}

fn metadata(pdf: &Pdf, pages: &[Page], text: &str) -> Metadata {
    let given = pdf.metadata();
    let field = |bytes: &Option<Box<[u8]>>| bytes.as_deref().and_then(string);
    let title = field(&given.title).filter(|title| {
        let title = title.to_lowercase();
        !NO_TITLE.iter().any(|name| title.starts_with(name) || title.ends_with(name))
    });
    // The day on which a file was made is worth less than the day that the text gives.
    let made = given.creation_date.as_ref().or(given.modification_date.as_ref());
    let date = if super::date::find(text).is_none() { made.and_then(day) } else { None };
    Metadata {
        title: title.or_else(|| paragraphs::headline(pages)),
        author: field(&given.author),
        date,
        ..Metadata::default()
    }
}

fn day(date: &DateTime) -> Option<String> {
    let written = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    super::date::parse(&written).map(|_| written)
}

/// A string of a PDF: UTF-16 or UTF-8 with a mark, else an encoding close to Windows-1252.
fn string(bytes: &[u8]) -> Option<String> {
    let encoding = match bytes {
        [0xFE, 0xFF, ..] => UTF_16BE,
        [0xEF, 0xBB, 0xBF, ..] => UTF_8,
        _ => WINDOWS_1252,
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let says_nothing = text.is_empty() || text == "(anonymous)" || text == "(unspecified)";
    (!says_nothing && !text.contains(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests;
