//! RSS and Atom: each entry is a document.

use std::vec;

use feed_rs::model::{Entry, Feed, Link, Person, Text};
use feed_rs::parser;

use super::body::Body;
use super::draft::{Draft, Metadata};
use super::error::{Place, ReadError, ReadErrorKind, Warning, WarningKind};
use super::format::Format;
use super::html;
use super::limits::MAX_ENTRIES;

/// The documents of a feed, in its order.
pub(super) type Entries = vec::IntoIter<Result<Draft, ReadError>>;

/// Reads a feed; an entry has the feed's name as its publisher, and its content, or its summary
/// where it has none, or at least its title as its text. With `keep_all` also what belongs to the site stays.
///
/// # Errors
/// When it is none, or so broken that no entry is found.
pub(super) fn read(
    bytes: &[u8],
    keep_all: bool,
    place: &Place,
    stem: &str,
) -> Result<Entries, ReadError> {
    let fail = |kind| ReadError { place: place.clone(), kind };
    let broken = |reason| fail(ReadErrorKind::broken(Format::Feed, reason));
    let feed = parser::parse(bytes).map_err(|error| broken(error.to_string()))?;
    if feed.entries.is_empty() {
        return Err(fail(ReadErrorKind::Empty));
    }
    let whole = feed.entries.len();
    let publisher = one_line(&feed.title);
    let draft = |(entry, number)| -> Result<Draft, ReadError> {
        let draft = draft(&feed, entry, keep_all, place.at_entry(number))?;
        let publisher = publisher.clone();
        let metadata = Metadata { publisher, ..draft.metadata };
        Ok(Draft { default_id: format!("{stem}-{number}"), metadata, ..draft })
    };
    let mut drafts: Vec<Result<Draft, ReadError>> =
        feed.entries.iter().take(MAX_ENTRIES).zip(1..).map(draft).collect();
    if whole > MAX_ENTRIES
        && let Some(Ok(last)) = drafts.last_mut()
    {
        let kind = WarningKind::MoreEntries(MAX_ENTRIES);
        last.warnings.push(Warning { place: place.clone(), kind });
    }
    Ok(drafts.into_iter())
}

/// What an entry says itself; its feed's name and its number are the caller's.
fn draft(feed: &Feed, entry: &Entry, keep_all: bool, place: Place) -> Result<Draft, ReadError> {
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let summary = entry.summary.as_ref().map(|text| text.content.as_str());
    let title = entry.title.as_ref().map(|text| text.content.as_str());
    let said = |it: &&str| !it.trim().is_empty();
    // Some feeds hold headlines alone.
    let written = content.filter(said).or(summary.filter(said)).or(title).unwrap_or_default();
    let Body { text, elements, .. } = words(written, keep_all)
        .map_err(|reason| ReadError { place: place.clone(), kind: ReadErrorKind::Html(reason) })?;
    let date = entry.published.or(entry.updated);
    let authors = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    let metadata = Metadata {
        id: None,
        title: one_line(&entry.title),
        date: date.map(|date| date.format("%Y-%m-%d").to_string()),
        publisher: None,
        author: Some(names(authors)),
        url: address(&entry.links),
        license: license(&entry.links).or_else(|| license(&feed.links)),
        language: entry.language.clone().or_else(|| feed.language.clone()),
    };
    Ok(Draft { place, metadata, text, elements, ..Draft::default() })
}

/// The words of a title.
fn one_line(text: &Option<Text>) -> Option<String> {
    let words = text.as_ref().map(|text| html::words_of(&text.content))?;
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What a page's address is among the links of an entry.
fn address(links: &[Link]) -> Option<String> {
    let page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    links.iter().find(page).or(links.first()).map(|link| link.href.clone())
}

/// The licence that links name.
fn license(links: &[Link]) -> Option<String> {
    let found = links.iter().find(|link| link.rel.as_deref() == Some("license"));
    found.map(|link| link.href.clone())
}

fn names(persons: &[Person]) -> String {
    let names: Vec<&str> =
        persons.iter().filter_map(|person| person.name.as_deref()).map(str::trim).collect();
    names.join(", ")
}

/// The words of an entry, which may be written in HTML whatever it says of itself.
fn words(written: &str, keep_all: bool) -> Result<Body, String> {
    let tagged = written.contains("</") || written.contains("<p") || written.contains("<br");
    if !tagged && !written.contains('&') {
        return Ok(Body { text: written.trim().to_owned(), ..Body::default() });
    }
    html::fragment(written, keep_all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::ElementKind;

    const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"
        xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <title>The Harbour Post</title><language>en-gb</language>
        <item><title>Ferry &amp; fish</title><link>https://harbour.example/1</link>
        <pubDate>Tue, 05 Nov 2024 08:30:00 +0000</pubDate><dc:creator>Ida Storm</dc:creator>
        <description>Short.</description>
        <content:encoded><![CDATA[<p>Aland rejected the plan.</p><p>Boria <b>did</b> not.</p>]]></content:encoded>
        </item><item><description>Coria waits &amp;amp; sees.</description></item></channel></rss>"#;

    fn entries(feed: &str) -> Vec<Result<Draft, ReadError>> {
        read(feed.as_bytes(), false, &Place::default(), "news").unwrap().collect()
    }

    #[test]
    fn each_entry_of_rss_is_a_document() {
        let read = entries(RSS);
        let [Ok(first), Ok(second)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(first.text, "Aland rejected the plan.\n\nBoria did not.");
        let metadata = &first.metadata;
        assert_eq!(metadata.title.as_deref(), Some("Ferry & fish"));
        assert_eq!(metadata.date.as_deref(), Some("2024-11-05"));
        assert_eq!(metadata.author.as_deref(), Some("Ida Storm"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Harbour Post"));
        assert_eq!(metadata.url.as_deref(), Some("https://harbour.example/1"));
        assert_eq!(metadata.language.as_deref(), Some("en-gb"));
        assert_eq!(
            (second.default_id.as_str(), second.text.as_str()),
            ("news-2", "Coria waits & sees.")
        );
        assert_eq!(second.metadata.date, None);
    }

    #[test]
    fn each_entry_of_atom_is_a_document() {
        let read = entries(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>x</id>
            <author><name>Wire Desk</name></author>
            <entry><id>1</id><title type="html">No &lt;i&gt;deal&lt;/i&gt;</title>
            <link rel="self" href="https://wire.example/1.xml"/><link href="https://wire.example/1"/>
            <updated>2025-03-18T21:04:00Z</updated>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Aland said no.</p>
            <ul><li>boats</li><li>fish</li></ul></div></content></entry></feed>"#,
        );
        let [Ok(one)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(one.text, "Aland said no.\n\n- boats\n- fish");
        assert_eq!(one.metadata.title.as_deref(), Some("No deal"));
        assert_eq!(one.metadata.url.as_deref(), Some("https://wire.example/1"));
        assert_eq!(one.metadata.author.as_deref(), Some("Wire Desk"));
        assert_eq!(one.metadata.date.as_deref(), Some("2025-03-18"));
    }

    #[test]
    fn an_entry_of_a_headline_alone_is_read() {
        let read = entries(
            "<rss version='2.0'><channel><item><title>Aland rejects the plan</title><description> \
             </description></item></channel></rss>",
        );
        let [Ok(one)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(one.text, "Aland rejects the plan");
    }

    #[test]
    fn what_a_page_would_say_an_entry_says() {
        let read = entries(
            "<rss version='2.0'><channel><item><description>&lt;h2&gt;Talks&lt;/h2&gt;&lt;ul&gt;\
             &lt;li&gt;boats&lt;/li&gt;&lt;/ul&gt;</description></item></channel></rss>",
        );
        let kinds: Vec<_> = read[0].as_ref().unwrap().elements.iter().map(|it| it.kind).collect();
        assert_eq!(
            kinds,
            [ElementKind::Heading, ElementKind::Item { list: 1, depth: 0, is_first: true }]
        );
    }

    #[test]
    fn what_is_no_feed_is_told() {
        for feed in [
            "",
            "<html><p>x</p></html>",
            "<rss",
            "<rss version='2.0'><channel></channel></rss>",
            "words",
            "{}",
        ] {
            let error = read(feed.as_bytes(), false, &Place::default(), "x").unwrap_err();
            let told = matches!(error.kind, ReadErrorKind::Broken { .. } | ReadErrorKind::Empty);
            assert!(told, "{feed}: {error}");
        }
    }

    #[test]
    fn a_broken_entry_costs_itself_alone() {
        let bomb = "&lt;b&gt;".repeat(40_000);
        let feed = format!(
            "<rss version='2.0'><channel><item><description>{bomb}&lt;/b&gt;</description></item>\
             <item><description>Coria waits.</description></item></channel></rss>"
        );
        let read = entries(&feed);
        assert!(read[0].is_err());
        assert_eq!(read[1].as_ref().unwrap().text, "Coria waits.");
    }
}
