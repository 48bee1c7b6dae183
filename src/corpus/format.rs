use std::ffi::OsStr;
use std::path::Path;
use std::str::FromStr;

use thiserror::Error;

/// How a file's bytes hold documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text, one document a file.
    Text,
    /// Markdown with optional YAML front matter, one document a file.
    Markdown,
    /// A web page, one document a file.
    Html,
    /// JSON Lines, one document a line.
    JsonLines,
}

/// A name that is no format.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("“{0}” is no format; valid: txt, md, html, jsonl")]
pub struct UnknownFormat(pub String);

impl Format {
    /// Names for the command line, in the order of the variants.
    pub const NAMES: [&'static str; 4] = ["txt", "md", "html", "jsonl"];

    /// The format that the name of `path` tells, if any.
    pub fn from_extension(path: &Path) -> Option<Self> {
        path.extension().and_then(OsStr::to_str)?.parse().ok()
    }

    /// Guesses from the first bytes of a stream: HTML from its doctype or root,
    /// JSON Lines from an opening `{"`, Markdown from an opening `---` line, else
    /// plain text.
    pub(super) fn sniff(head: &[u8]) -> Self {
        let head = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
        let first = head.trim_start();
        let opens =
            |with: &str| first.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with));
        if ["<!doctype html", "<html", "<head", "<body"].into_iter().any(opens) {
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
        Self::NAMES[self as usize]
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        match name.to_ascii_lowercase().as_str() {
            "txt" | "text" => Ok(Self::Text),
            "md" | "markdown" => Ok(Self::Markdown),
            "html" | "htm" => Ok(Self::Html),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            _ => Err(UnknownFormat(name.to_owned())),
        }
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
        assert_eq!(Format::from_extension(Path::new("a.pdf")), None);
        assert_eq!(Format::from_extension(Path::new(".txt")), None);
    }

    #[test]
    fn every_name_reads_back() {
        for name in Format::NAMES {
            assert_eq!(name.parse::<Format>().unwrap().to_string(), name);
        }
    }

    #[test]
    fn a_stream_is_text_unless_it_looks_otherwise() {
        assert_eq!(Format::sniff(b"Peace talks {\"a\""), Format::Text);
        assert_eq!(Format::sniff(b"\n{ \"id\": 1"), Format::JsonLines);
        assert_eq!(Format::sniff(b"{curly} words"), Format::Text);
        assert_eq!(Format::sniff(b"\xEF\xBB\xBF<!DOCTYPE html>"), Format::Html);
        assert_eq!(Format::sniff(b"---\r\ntitle: x"), Format::Markdown);
        assert_eq!(Format::sniff("€€€€€€€€€€€€€€€".as_bytes()), Format::Text);
    }
}
