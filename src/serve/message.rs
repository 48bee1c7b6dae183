//! What is asked and answered, apart from how it travels.

use std::fmt::Display;

use hyper::body::Bytes;
use hyper::{HeaderMap, Method, StatusCode, header};

/// A request that has been received whole.
#[derive(Debug)]
pub(super) struct Request {
    pub method: Method,
    /// The path, unescaped piece by piece: `/api/actors/a%2Fb` is `api`, `actors`, `a/b`.
    pub path: Vec<String>,
    /// What follows `?`, in order.
    pub parameters: Parameters,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Request {
    /// A header as text; what is no text is none.
    pub(crate) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type of the body, without parameters, in lower case.
    pub(crate) fn media(&self) -> String {
        let whole = self.header(header::CONTENT_TYPE).unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// Names and values of a query string or form, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parameters(pub Vec<(String, String)>);

impl Parameters {
    /// Reads `name=value&…` (`application/x-www-form-urlencoded`).
    pub(crate) fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescape(name, true), unescape(value, true))
        });
        Self(pairs.collect())
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// All names with their values.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value of a name that is not empty.
    pub(crate) fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).find(|value| !value.is_empty())
    }
}

/// Text with `%xx` resolved, and `+` as a space where it is a form; what is no UTF-8 is replaced.
pub(super) fn unescape(text: &str, is_form: bool) -> String {
    let spaced = if is_form { text.replace('+', " ") } else { text.to_owned() };
    percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

/// An answer, whole.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: StatusCode,
    pub media: String,
    pub body: Bytes,
    /// Further headers.
    pub headers: Vec<(header::HeaderName, String)>,
}

impl Reply {
    /// An answer of this media type.
    pub(crate) fn new(media: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let (status, media, body) = (StatusCode::OK, media.into(), body.into());
        Self { status, media, body, headers: Vec::new() }
    }

    /// An error, in words.
    pub(crate) fn error(status: StatusCode, words: impl Display) -> Self {
        let body = format!("{words}\n");
        Self { status, ..Self::new("text/plain; charset=utf-8", body) }
    }

    /// That there are too many at once; to be tried again.
    pub(crate) fn busy(words: impl Display) -> Self {
        Self::error(StatusCode::SERVICE_UNAVAILABLE, words).with(header::RETRY_AFTER, "1")
    }

    /// That the method is not one of these.
    pub(crate) fn not_allowed(methods: &str) -> Self {
        let words = format!("only {methods} here");
        Self::error(StatusCode::METHOD_NOT_ALLOWED, words).with(header::ALLOW, methods)
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: header::HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_with_spaces_and_escapes() {
        let read = Parameters::read("query=ASK+%7B%7D&a=&a=b%26c&odd&=x&%ff=%zz");
        assert_eq!(read.one("query"), Some("ASK {}"));
        assert_eq!(read.one("a"), Some("b&c"));
        assert_eq!(read.all("a").count(), 2);
        assert_eq!(read.one("odd"), None);
        assert_eq!(read.one("\u{fffd}"), Some("%zz"));
        assert_eq!(unescape("a+b%20c", false), "a+b c");
    }
}
