use serde::Deserialize;

use super::draft::{License, Metadata, Names};
use super::error::{Place, ReadError, ReadErrorKind, Warning, WarningKind};

/// The keys that are read; others are let be.
#[derive(Debug, Default, Deserialize)]
struct FrontMatter {
    id: Option<String>,
    title: Option<String>,
    date: Option<String>,
    publisher: Option<String>,
    author: Option<Names>,
    url: Option<String>,
    #[serde(alias = "licence")]
    license: Option<License>,
    language: Option<String>,
}

/// Splits a Markdown file into its front matter and the body after it, as written.
///
/// Front matter opens with a first line `---` and closes with the next such line.
/// A file whose opening line is never closed has none, and gets a warning.
///
/// # Errors
/// [`ReadErrorKind::FrontMatter`], with the line in the file. A document with half
/// of its metadata lost could pass under the wrong id or date, so it is not read.
pub(super) fn split<'t>(
    content: &'t str,
    place: &Place,
) -> Result<(Metadata, &'t str, Option<Warning>), ReadError> {
    let Some(after) = opening(content) else {
        return Ok((Metadata::default(), content, None));
    };
    let mut end = 0;
    for line in after.split_inclusive('\n') {
        if is_fence(line) {
            let metadata = parse(&after[..end], place)?;
            return Ok((metadata, &after[end + line.len()..], None));
        }
        end += line.len();
    }
    let warning = Warning { place: place.at_line(1), kind: WarningKind::OpenFrontMatter };
    Ok((Metadata::default(), content, Some(warning)))
}

/// What follows the opening line.
fn opening(content: &str) -> Option<&str> {
    let line = content.split_inclusive('\n').next()?;
    is_fence(line).then(|| &content[line.len()..])
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

fn parse(yaml: &str, place: &Place) -> Result<Metadata, ReadError> {
    if yaml.trim().is_empty() {
        return Ok(Metadata::default());
    }
    let fields: FrontMatter = serde_saphyr::from_str(yaml).map_err(|error| {
        // The first line of the file is the opening `---`.
        let line = error.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(0) + 1);
        let message = error.without_snippet().to_string();
        let reason = message.lines().next().unwrap_or_default().to_owned();
        ReadError { place: place.at_line(line), kind: ReadErrorKind::FrontMatter(reason) }
    })?;
    Ok(Metadata {
        id: fields.id,
        title: fields.title,
        date: fields.date,
        publisher: fields.publisher,
        author: fields.author.map(|names| names.0),
        url: fields.url,
        license: fields.license.and_then(License::words),
        language: fields.language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_ok(content: &str) -> (Metadata, &str) {
        let (metadata, body, _) = split(content, &Place::default()).unwrap();
        (metadata, body)
    }

    #[test]
    fn the_body_is_what_follows_as_written() {
        let (metadata, body) =
            split_ok("---\r\ntitle: Talks\r\nextra: [1]\r\n---\r\n\r\n*Body*\r\n---\r\nmore");
        assert_eq!(metadata.title.as_deref(), Some("Talks"));
        assert_eq!(body, "\r\n*Body*\r\n---\r\nmore");
    }

    #[test]
    fn scalars_keep_their_spelling() {
        let (metadata, _) = split_ok("---\nid: 007\ndate: 2025-03-18\ntitle: 1.50\nurl: ~\n---\n");
        assert_eq!(metadata.id.as_deref(), Some("007"));
        assert_eq!(metadata.date.as_deref(), Some("2025-03-18"));
        assert_eq!(metadata.title.as_deref(), Some("1.50"));
        assert_eq!(metadata.url, None);
    }

    #[test]
    fn several_authors_are_joined() {
        let (metadata, _) = split_ok("---\nauthor: [A. One, B. Two]\n---\n");
        assert_eq!(metadata.author.as_deref(), Some("A. One, B. Two"));
        let (metadata, _) = split_ok("---\nauthor: A. One\n---\n");
        assert_eq!(metadata.author.as_deref(), Some("A. One"));
    }

    #[test]
    fn a_licence_is_an_address_or_words_in_either_spelling() {
        let license = |yaml: &str| split_ok(&format!("---\n{yaml}\n---\n")).0.license;
        let cc = "https://creativecommons.org/licenses/by/4.0/";
        assert_eq!(license(&format!("license: {cc}")).as_deref(), Some(cc));
        assert_eq!(license("licence: CC BY 4.0").as_deref(), Some("CC BY 4.0"));
        assert_eq!(license("license: [MIT, Apache-2.0]").as_deref(), Some("MIT, Apache-2.0"));
        assert_eq!(license(&format!("license: {{name: CC, url: {cc}}}")).as_deref(), Some(cc));
        // The document is read all the same.
        for other in ["license: 4", "license: ~", "license: {text: free}"] {
            assert_eq!(license(other), None, "{other}");
        }
    }

    #[test]
    fn without_front_matter_all_is_body() {
        for content in ["", "# Title\n\n---\ntext\n---\n", "--- no\n---\n"] {
            assert_eq!(split_ok(content), (Metadata::default(), content));
        }
    }

    #[test]
    fn front_matter_never_closed_is_text_and_said() {
        let (metadata, body, warning) = split("---\ntitle: x\n", &Place::default()).unwrap();
        assert_eq!((metadata, body), (Metadata::default(), "---\ntitle: x\n"));
        assert_eq!(warning.unwrap().kind, WarningKind::OpenFrontMatter);
    }

    #[test]
    fn what_is_no_mapping_is_an_error_at_its_line() {
        for (content, line) in [
            ("---\ntitle: a\ndate: [2025\n---\nBody", 3..=4),
            ("---\njust words\n---\nBody", 2..=2),
            ("---\ntitle: a: b: c\n---\nBody", 2..=2),
            ("---\ntitle: a\nurl: [x, y]\n---\nBody", 3..=3),
        ] {
            let error = split(content, &Place::default()).unwrap_err();
            assert!(matches!(error.kind, ReadErrorKind::FrontMatter(_)));
            assert!(line.contains(&error.place.line.unwrap()), "{content}: {error}");
        }
    }
}
