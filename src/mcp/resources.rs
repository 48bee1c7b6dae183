//! Documents, the files of the ontology and the vocabulary, by their URIs.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::json;

use super::page::MOST;
use crate::corpus::{Span, Text};
use crate::ontology::Source;
use crate::views::Site;

/// What stands before the id of a document.
pub(super) const DOCUMENT: &str = "demarche://document/";
/// What stands before the name of a file of the ontology.
pub(super) const ONTOLOGY: &str = "demarche://ontology/";
/// Acts, issues and other names that filters and queries use.
pub(super) const VOCABULARY: &str = "demarche://vocabulary";

/// What is escaped in an id that is part of a URI.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A resource as lists name it.
pub(super) struct Named {
    pub uri: String,
    pub name: String,
    pub about: String,
    pub media: &'static str,
}

/// The name of a file of the ontology in its URI: `acts.ttl` for a shipped one, `1/mine.ttl` for one
/// of the first layer over it.
fn file_name(source: &Source) -> String {
    match source.layer {
        0 => source.name.trim_start_matches("ontology/").to_owned(),
        layer => {
            let path = Path::new(&source.name);
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            format!("{layer}/{}", utf8_percent_encode(&name, ESCAPED))
        }
    }
}

/// All resources: the vocabulary, the ontology as the graph was built with it, then documents in
/// their order.
pub(super) fn all(site: &Site) -> impl Iterator<Item = Named> {
    let vocabulary = Named {
        uri: VOCABULARY.to_owned(),
        name: "vocabulary".to_owned(),
        about: "acts with their definitions, issues, statuses: what filters and queries name"
            .into(),
        media: "application/json",
    };
    let ontology = site.sources.iter().map(|it| {
        let (name, characters) = (file_name(it), it.text.chars().count());
        let of = match it.layer {
            0 => "the shipped ontology",
            _ => "the ontology that is laid over the shipped one",
        };
        let about = format!("{name} of {of}, as Turtle; {characters} characters");
        Named { uri: format!("{ONTOLOGY}{name}"), name, about, media: "text/turtle" }
    });
    let documents = site.corpus().documents.iter().map(|it| {
        let facts = [it.date.as_deref(), it.publisher.as_deref(), it.url.as_deref()];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let characters = it.text.chars().count();
        Named {
            uri: format!("{DOCUMENT}{}", utf8_percent_encode(&it.id, ESCAPED)),
            name: it.title.clone().unwrap_or_else(|| it.id.clone()),
            about: format!("{facts}; {characters} characters").trim_start_matches("; ").to_owned(),
            media: "text/plain",
        }
    });
    std::iter::once(vocabulary).chain(ontology).chain(documents)
}

/// As much of a resource as is given at a time.
pub(super) struct Part {
    pub text: String,
    pub media: &'static str,
    /// The first character of it.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Characters of the whole.
    pub total: usize,
    /// Where to read on, if more was asked for than is given.
    pub next: Option<String>,
}

/// A resource, at most [`MOST`] characters of it: from the beginning, or from where
/// `?start=…&end=…` says, which counts characters as claims do.
///
/// # Errors
/// In words, when there is none, or no such part of it.
pub(super) fn read(uri: &str, site: &Site) -> Result<Part, String> {
    let (whole, part) = uri.split_once('?').unwrap_or((uri, ""));
    let (text, media) = text(whole, site)?;
    let text = Text::new(text.as_str());
    let wanted = wanted(part, text.len())?;
    let end = wanted.end.min(wanted.start + MOST);
    let next = (end < wanted.end).then(|| {
        let end =
            if wanted.end < text.len() { format!("&end={}", wanted.end) } else { String::new() };
        format!("{whole}?start={}{end}", wanted.start + MOST)
    });
    Ok(Part {
        text: text.slice(Span::new(wanted.start, end)).to_owned(),
        media,
        start: wanted.start,
        end,
        total: text.len(),
        next,
    })
}

/// The whole of a resource and its media type.
fn text(uri: &str, site: &Site) -> Result<(String, &'static str), String> {
    if uri == VOCABULARY {
        let text = vocabulary(site).map_err(|error| error.to_string())?;
        return Ok((text, "application/json"));
    }
    if let Some(name) = uri.strip_prefix(ONTOLOGY) {
        let file = site.sources.iter().find(|it| file_name(it) == name);
        let file = file.ok_or_else(|| format!("the ontology has no file {name:?}"))?;
        return Ok((file.text.clone(), "text/turtle"));
    }
    let id = uri.strip_prefix(DOCUMENT).ok_or_else(|| {
        format!("there is no resource {uri:?}; they begin with {DOCUMENT}, {ONTOLOGY} or are {VOCABULARY}")
    })?;
    let id = percent_decode_str(id).decode_utf8_lossy();
    let document = site.document(&id).ok_or_else(|| format!("there is no document {id:?}"))?;
    Ok((document.text.clone(), "text/plain"))
}

/// Which characters of so many are asked for: `start=0&end=14`.
fn wanted(part: &str, length: usize) -> Result<Span, String> {
    let (mut start, mut end) = (0, length);
    for pair in part.split('&').filter(|it| !it.is_empty()) {
        let wrong = || format!("{pair:?} is no part; valid: start=0&end={length}");
        let (name, value) = pair.split_once('=').ok_or_else(wrong)?;
        let value = value.parse().map_err(|_| wrong())?;
        match name {
            "start" => start = value,
            "end" => end = value,
            _ => return Err(wrong()),
        }
    }
    let end = end.min(length);
    if start > end {
        return Err(format!("it has {length} characters; valid: start=0&end={length}"));
    }
    Ok(Span::new(start, end))
}

fn vocabulary(site: &Site) -> serde_json::Result<String> {
    let issues = site.ontology.issues.iter();
    let issues: Vec<_> = issues.map(|it| json!({ "id": it.id, "label": it.label })).collect();
    serde_json::to_string(&json!({
        "acts": site.act_views(),
        "issues": issues,
        "statuses": ["actual", "negated", "unrealised"],
        "roles": ["agent", "addressee", "source", "via"],
        "prefixes": crate::rdf::prefixes(&site.naming),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::folder::Manifest;
    use crate::rdf::Naming;

    #[test]
    fn every_resource_that_is_listed_is_read() {
        let mut corpus = fixture::corpus();
        corpus.documents[4].id = "may/a speech?".into();
        let site = Site::new(corpus, fixture::ontology(), Naming::default(), Manifest::default());
        let mut count = 0;
        for named in all(&site) {
            let part = read(&named.uri, &site).unwrap();
            assert!(!part.text.is_empty() && part.media == named.media, "{}", named.uri);
            count += 1;
        }
        assert_eq!(count, 1 + crate::ontology::shipped_sources().len() + 5);
        assert!(read("demarche://document/none", &site).is_err());
        assert!(read("file:///etc/passwd", &site).is_err());
        assert!(read("demarche://ontology/../secret", &site).is_err());
    }

    #[test]
    fn a_part_of_a_document_counts_as_claims_do() {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let claim = corpus.claims.iter().rfind(|it| it.document == "005").unwrap().clone();
        let site = Site::new(corpus, ontology, Naming::default(), Manifest::default());
        let part = format!("{DOCUMENT}005?start={}&end={}", claim.start, claim.end);
        assert_eq!(read(&part, &site).unwrap().text, claim.quote);
        assert!(read("demarche://document/005?start=x", &site).is_err());
        assert!(read("demarche://document/005?start=99999999", &site).is_err());
    }

    #[test]
    fn long_files_come_in_parts_that_follow_each_other() {
        let (corpus, ontology) = (fixture::corpus(), fixture::ontology());
        let mut site = Site::new(corpus, ontology, Naming::default(), Manifest::default());
        let long: String = (0..3 * MOST).map(|at| if at % 7 == 0 { 'é' } else { 'e' }).collect();
        site.sources = vec![
            Source { name: "ontology/acts.ttl".into(), text: long.clone(), layer: 0 },
            Source { name: "/home/me/terms/my acts.ttl".into(), text: "mine".into(), layer: 1 },
        ];
        let (mut next, mut whole, mut parts) =
            (Some(format!("{ONTOLOGY}acts.ttl")), String::new(), 0);
        while let Some(uri) = next {
            let part = read(&uri, &site).unwrap();
            assert_eq!((part.start, part.total), (parts * MOST, 3 * MOST));
            whole += &part.text;
            parts += 1;
            next = part.next;
        }
        assert!(whole == long && parts == 3);
        let some = read(&format!("{ONTOLOGY}acts.ttl?start=5&end={}", 2 * MOST), &site).unwrap();
        assert_eq!(
            some.next,
            Some(format!("{ONTOLOGY}acts.ttl?start={}&end={}", MOST + 5, 2 * MOST))
        );
        let mine = all(&site).find(|it| it.name.contains("my")).unwrap();
        assert_eq!(mine.uri, "demarche://ontology/1/my%20acts.ttl");
        assert_eq!(read(&mine.uri, &site).unwrap().text, "mine");
    }
}
