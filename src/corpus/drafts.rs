//! From the bytes of a file to what its format holds of documents: one place for all formats.

use std::io::{BufReader, Cursor, Read};

use super::decode::{declared_charset, decode};
use super::draft::{Draft, Metadata};
#[cfg(any(feature = "html", feature = "pdf"))]
use super::error::Warning;
#[cfg(feature = "html")]
use super::error::WarningKind;
use super::error::{Place, ReadError, ReadErrorKind};
use super::format::Format;
use super::json_lines::JsonLines;
use super::limits::MAX_DOCUMENT_BYTES;
use super::{Markup, Pages, front_matter};

/// Share of a page's words, in hundred, from which on it is told that they are left out …
#[cfg(feature = "html")]
const MUCH_LEFT_OUT: usize = 50;
/// … if the page has so many.
#[cfg(feature = "html")]
const FEWEST_VISIBLE: usize = 100;

/// What a file holds.
pub(super) enum Drafts {
    /// One document, or why there is none.
    One(Box<Result<Draft, ReadError>>),
    /// Documents that are read one by one.
    Many(Box<dyn Iterator<Item = Result<Draft, ReadError>> + Send>),
}

/// How a file is read.
pub(super) struct Reading {
    pub(super) format: Format,
    /// Keep also what belongs to the site, or to the pages.
    #[cfg_attr(
        not(any(feature = "feeds", feature = "html", feature = "pdf")),
        allow(dead_code, reason = "of text and Markdown all is kept")
    )]
    pub(super) keep_all: bool,
    pub(super) place: Place,
    /// The id of its document, or how the ids of its documents begin.
    pub(super) stem: String,
}

impl Reading {
    /// Reads a stream that begins with `head`; only JSON Lines are not read as a whole at once.
    pub(super) fn read(self, head: Vec<u8>, input: Box<dyn Read + Send>) -> Drafts {
        let is_utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        let stream = Cursor::new(head).chain(input);
        if self.format == Format::JsonLines && !is_utf16 {
            let input = Box::new(BufReader::new(stream));
            let lines = JsonLines::new(input, self.place, self.stem, MAX_DOCUMENT_BYTES);
            return Drafts::Many(Box::new(lines));
        }
        let mut bytes = Vec::new();
        let kind = match stream.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes) {
            Ok(read) if read <= MAX_DOCUMENT_BYTES => return self.whole(bytes),
            Ok(_) => ReadErrorKind::TooLong { limit: MAX_DOCUMENT_BYTES },
            Err(error) => error.into(),
        };
        Drafts::One(Box::new(Err(self.fail(kind))))
    }

    /// Reads all bytes of a file.
    fn whole(self, bytes: Vec<u8>) -> Drafts {
        match self.format {
            Format::JsonLines => {
                // Line ends of UTF-16 are not single bytes, so it is decoded as a whole.
                let json = decode(&bytes, None, &self.place).map(|(json, _)| json.into_owned());
                match json {
                    Ok(json) => {
                        let input = Box::new(Cursor::new(json));
                        let lines =
                            JsonLines::new(input, self.place, self.stem, MAX_DOCUMENT_BYTES);
                        Drafts::Many(Box::new(lines))
                    }
                    Err(error) => Drafts::One(Box::new(Err(error))),
                }
            }
            #[cfg(feature = "feeds")]
            Format::Feed => match self.feed(&bytes) {
                Ok(entries) => Drafts::Many(entries),
                Err(error) => Drafts::One(Box::new(Err(error))),
            },
            #[cfg(feature = "pdf")]
            Format::Pdf => Drafts::One(Box::new(self.pdf(bytes))),
            #[cfg(feature = "docx")]
            Format::Docx => Drafts::One(Box::new(self.docx(&bytes))),
            #[cfg(feature = "html")]
            Format::Html => Drafts::One(Box::new(self.text(&bytes))),
            Format::Text | Format::Markdown => Drafts::One(Box::new(self.text(&bytes))),
            #[allow(unreachable_patterns, reason = "no format is left where all are built in")]
            _ => Drafts::One(Box::new(Err(self.not_built_in()))),
        }
    }

    /// Text with or without markup.
    fn text(self, bytes: &[u8]) -> Result<Draft, ReadError> {
        let declared = if self.format == Format::Html { declared_charset(bytes) } else { None };
        let (content, warning) = decode(bytes, declared, &self.place)?;
        let mut draft = Draft { warnings: warning.into_iter().collect(), ..self.empty() };
        match self.format {
            Format::Markdown => {
                let (metadata, body, warning) = front_matter::split(&content, &self.place)?;
                draft.warnings.extend(warning);
                draft.metadata = metadata;
                draft.markup = Markup::Markdown;
                body.clone_into(&mut draft.text);
            }
            #[cfg(feature = "html")]
            Format::Html => self.page(&content, &mut draft)?,
            Format::Text => {
                draft.metadata.title = headline(&content);
                draft.pages = Pages::of_form_feeds(&content);
                draft.text = content.into_owned();
            }
            _ => draft.text = content.into_owned(),
        }
        Ok(draft)
    }

    /// The words of a web page, with a warning where many of those seen are left out.
    #[cfg(feature = "html")]
    fn page(&self, content: &str, draft: &mut Draft) -> Result<(), ReadError> {
        let (metadata, body) = super::html::article(content, self.keep_all)
            .map_err(|reason| self.fail(ReadErrorKind::Html(reason)))?;
        let share = body.left_out * 100 / body.visible.max(1);
        if share >= MUCH_LEFT_OUT && body.visible >= FEWEST_VISIBLE {
            let kind = WarningKind::LeftOut { share };
            draft.warnings.push(Warning { place: self.place.clone(), kind });
        }
        draft.metadata = metadata;
        draft.elements = body.elements;
        draft.text = body.text;
        Ok(())
    }

    #[cfg(feature = "pdf")]
    fn pdf(self, bytes: Vec<u8>) -> Result<Draft, ReadError> {
        let read = super::pdf::read(bytes, self.keep_all).map_err(|kind| self.fail(kind))?;
        let warn = |kind| Warning { place: self.place.clone(), kind };
        let warnings = read.warnings.into_iter().map(warn).collect();
        let super::pdf::Read { metadata, text, pages, .. } = read;
        Ok(Draft { metadata, text, pages, warnings, markup: Markup::Wrapped, ..self.empty() })
    }

    #[cfg(feature = "docx")]
    fn docx(self, bytes: &[u8]) -> Result<Draft, ReadError> {
        let read = super::docx::read(bytes).map_err(|kind| self.fail(kind))?;
        let super::docx::Read { metadata, text, elements } = read;
        Ok(Draft { metadata, text, elements, ..self.empty() })
    }

    #[cfg(feature = "feeds")]
    fn feed(
        &self,
        bytes: &[u8],
    ) -> Result<Box<dyn Iterator<Item = Result<Draft, ReadError>> + Send>, ReadError> {
        Ok(Box::new(super::feed::read(bytes, self.keep_all, &self.place, &self.stem)?))
    }

    fn not_built_in(&self) -> ReadError {
        let feature = self.format.feature().unwrap_or_default();
        self.fail(ReadErrorKind::NotBuiltIn { format: self.format, feature })
    }

    fn empty(&self) -> Draft {
        Draft {
            place: self.place.clone(),
            default_id: self.stem.clone(),
            metadata: Metadata::default(),
            ..Draft::default()
        }
    }

    fn fail(&self, kind: ReadErrorKind) -> ReadError {
        ReadError { place: self.place.clone(), kind }
    }
}

/// The most characters of a line that is taken for a headline.
const HEADLINE: usize = 120;

/// The first line of a plain text where it looks like its title: a short one that stands alone,
/// begins like a headline and does not end like a sentence.
fn headline(text: &str) -> Option<String> {
    let mut lines = text.trim_start().lines();
    let first = lines.next()?.trim();
    let stands_alone = lines.next().is_some_and(|it| it.trim().is_empty())
        && lines.any(|it| !it.trim().is_empty());
    let begins = first.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let ends = !first.ends_with(['.', ':', ';', ',', '”', '"', ')', '…']);
    let is_short = first.chars().count() <= HEADLINE && first.split_whitespace().count() > 1;
    (stands_alone && begins && ends && is_short).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_is_a_title_only_where_it_looks_like_one() {
        let title = |text: &str| headline(text);
        assert_eq!(title("Talks end early\n\nPutin left.").as_deref(), Some("Talks end early"));
        assert_eq!(title("\n Is it over?\n\nNo.").as_deref(), Some("Is it over?"));
        for none in [
            "Putin left early.\n\nTrump stayed.",
            "Putin left early\nand Trump stayed.",
            "Talks end early",
            "MOSCOW\n\nPutin left.",
            "Moderator:\n\nWelcome.",
            "and so on\n\nPutin left.",
            "",
        ] {
            assert_eq!(title(none), None, "{none}");
        }
        assert_eq!(title(&format!("A{}\n\nText.", " long".repeat(40))), None);
    }
}
