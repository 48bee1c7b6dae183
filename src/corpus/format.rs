use std::ffi::OsStr;
use std::path::Path;
use std::str::FromStr;

use thiserror::Error;

/// How a file's bytes hold documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text, one document a file.
    Text,
    /// Markdown with optional YAML front matter, one document a file.
    Markdown,
    /// A web page, one document a file.
    Html,
    /// JSON Lines, one document a line.
    JsonLines,
    /// PDF, one document a file.
    Pdf,
    /// A Word document, one document a file.
    Docx,
    /// RSS or Atom, one document an entry.
    Feed,
}

/// What is known of a format.
struct Known {
    format: Format,
    /// Its name on the command line and its extensions, the usual one first.
    names: &'static [&'static str],
    /// Its media types (IANA), the usual one first.
    media_types: &'static [&'static str],
    /// The cargo feature that reads it, where it can be built without.
    feature: Option<&'static str>,
}

/// All formats, in the order of the variants.
const KNOWN: [Known; 7] = [
    Known {
        format: Format::Text,
        names: &["txt", "text"],
        media_types: &["text/plain"],
        feature: None,
    },
    Known {
        format: Format::Markdown,
        names: &["md", "markdown"],
        media_types: &["text/markdown"],
        feature: None,
    },
    Known {
        format: Format::Html,
        names: &["html", "htm", "xhtml"],
        media_types: &["text/html", "application/xhtml+xml"],
        feature: Some("html"),
    },
    Known {
        format: Format::JsonLines,
        names: &["jsonl", "ndjson"],
        media_types: &["application/jsonl", "application/x-ndjson"],
        feature: None,
    },
    Known {
        format: Format::Pdf,
        names: &["pdf"],
        media_types: &["application/pdf"],
        feature: Some("pdf"),
    },
    Known {
        format: Format::Docx,
        names: &["docx"],
        media_types: &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
        feature: Some("docx"),
    },
    Known {
        format: Format::Feed,
        names: &["rss", "atom", "feed"],
        media_types: &["application/rss+xml", "application/atom+xml"],
        feature: Some("feeds"),
    },
];

/// A name that is no format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is no format; valid: {valid}, or a media type", valid = Format::names().collect::<Vec<_>>().join(", "))]
pub struct UnknownFormat(pub String);

impl Format {
    /// Names for the command line, in the order of the variants.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|known| known.names[0])
    }

    /// The extensions that are read, for people.
    pub fn extensions() -> String {
        let all: Vec<String> =
            KNOWN.iter().flat_map(|it| it.names).map(|name| format!(".{name}")).collect();
        all.join(", ")
    }

    /// The format that the name of `path` tells, if any.
    pub fn from_extension(path: &Path) -> Option<Self> {
        Self::named(path.extension().and_then(OsStr::to_str)?)
    }

    /// The cargo feature that reads it, where the program can be built without.
    pub fn feature(self) -> Option<&'static str> {
        KNOWN[self as usize].feature
    }

    /// Guesses from the first bytes of a stream: PDF and Word documents from how they begin,
    /// HTML from its doctype or root, a feed from its root, JSON Lines from an opening `{"`,
    /// Markdown from an opening `---` line, else plain text.
    pub(super) fn sniff(head: &[u8]) -> Self {
        if head.starts_with(b"%PDF-") {
            return Self::Pdf;
        }
        if head.starts_with(b"PK\x03\x04") {
            return Self::Docx;
        }
        let head = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
        let first = head.trim_start();
        let opens =
            |with: &str| first.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with));
        let roots = ["<rss", "<feed", "<rdf:RDF"];
        if ["<!doctype html", "<html", "<head", "<body"].into_iter().any(opens) {
            Self::Html
        } else if roots.into_iter().any(opens)
            || opens("<?xml") && roots.into_iter().any(|root| head.contains(root))
        {
            Self::Feed
        } else if opens("<?xml") && head.contains("<html") {
            Self::Html
        } else if first.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"')) {
            Self::JsonLines
        } else if head.lines().next().is_some_and(|line| line.trim_end() == "---") {
            Self::Markdown
        } else {
            Self::Text
        }
    }

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        KNOWN[self as usize].names[0]
    }

    fn named(name: &str) -> Option<Self> {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        KNOWN.iter().find(|it| it.names.iter().any(is)).map(|it| it.format)
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a name, an extension or a media type; its parameters (`; charset=…`) are let be.
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let media_type = name.split(';').next().unwrap_or_default().trim();
        let is = |known: &&str| known.eq_ignore_ascii_case(media_type);
        let typed = || KNOWN.iter().find(|it| it.media_types.iter().any(is));
        Self::named(name)
            .or_else(|| typed().map(|it| it.format))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_tells_the_format() {
        assert_eq!(Format::from_extension(Path::new("a/b.HTM")), Some(Format::Html));
        assert_eq!(Format::from_extension(Path::new("a.b.txt")), Some(Format::Text));
        assert_eq!(Format::from_extension(Path::new("a.PDF")), Some(Format::Pdf));
        assert_eq!(Format::from_extension(Path::new("a.png")), None);
        assert_eq!(Format::from_extension(Path::new(".txt")), None);
    }

    #[test]
    fn every_name_reads_back() {
        for (at, known) in KNOWN.iter().enumerate() {
            assert_eq!(known.format as usize, at);
            for name in known.names.iter().chain(known.media_types) {
                assert_eq!(name.parse::<Format>(), Ok(known.format), "{name}");
            }
        }
        assert_eq!("Text/HTML; charset=utf-8".parse(), Ok(Format::Html));
        assert!("text".parse::<Format>().is_ok() && "image/png".parse::<Format>().is_err());
    }

    #[test]
    fn a_stream_is_text_unless_it_looks_otherwise() {
        assert_eq!(Format::sniff(b"Peace talks {\"a\""), Format::Text);
        assert_eq!(Format::sniff(b"\n{ \"id\": 1"), Format::JsonLines);
        assert_eq!(Format::sniff(b"{curly} words"), Format::Text);
        assert_eq!(Format::sniff(b"\xEF\xBB\xBF<!DOCTYPE html>"), Format::Html);
        assert_eq!(Format::sniff(b"---\r\ntitle: x"), Format::Markdown);
        assert_eq!(Format::sniff(b"%PDF-1.7\n"), Format::Pdf);
        assert_eq!(Format::sniff(b"PK\x03\x04\x14\0"), Format::Docx);
        assert_eq!(Format::sniff(b"<?xml version=\"1.0\"?>\n<rss version="), Format::Feed);
        assert_eq!(Format::sniff(b"<feed xmlns="), Format::Feed);
        assert_eq!(Format::sniff("€€€€€€€€€€€€€€€".as_bytes()), Format::Text);
    }
}
