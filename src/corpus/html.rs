use dom_smoothie::{Config, Readability, TextMode};

use super::draft::Metadata;
use super::markup::{self, MAX_DEPTH};

/// Takes the article out of a page: its paragraphs, a block a line with an empty
/// line between, and what the page's head says about it.
///
/// # Errors
/// The reason, in words, when the page cannot be handled at all. A page without an
/// article gives the words of its body, which may be none.
pub(super) fn article(page: &str) -> Result<(Metadata, String), String> {
    if let Some(objection) = markup::objection(page) {
        return Err(objection);
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut readability =
        Readability::new(page, None, Some(config)).map_err(|error| error.to_string())?;
    let mut open = vec![(readability.doc.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(format!("elements nested more than {MAX_DEPTH} deep"));
        }
        open.extend(node.children().into_iter().map(|child| (child, depth + 1)));
    }
    let attribute = |selector: &str, name: &str| {
        readability.doc.select(selector).attr(name).map(|value| value.trim().to_owned())
    };
    let canonical = attribute("link[rel=canonical]", "href")
        .or_else(|| attribute("meta[property='og:url']", "content"));
    let time = attribute("meta[name=date]", "content")
        .or_else(|| attribute("meta[itemprop=datePublished]", "content"))
        .or_else(|| attribute("time[datetime]", "datetime"));
    let head = readability.get_article_metadata(readability.parse_json_ld());
    let body = readability.doc.body().map(|body| body.formatted_text().to_string());

    let (text, byline) = match readability.parse() {
        Ok(article) => (article.text_content.to_string(), article.byline),
        Err(_) => (body.unwrap_or_default(), None),
    };
    let metadata = Metadata {
        id: None,
        title: Some(head.title),
        date: head.published_time.or(time),
        publisher: head.site_name,
        author: head.byline.or(byline),
        url: canonical.or(head.url),
        language: head.lang,
    };
    Ok((metadata, tidy(&text)))
}

/// Lines without white space around them, and never two empty ones together.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            gap = !tidied.is_empty();
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        tidied.push_str(line);
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_article_and_its_head() {
        let page = include_str!("../../tests/fixtures/corpus/page.html");
        let (metadata, text) = article(page).unwrap();
        assert_eq!(metadata.title.as_deref(), Some("Ferry talks resume in Lindhaven"));
        assert_eq!(metadata.date.as_deref(), Some("2024-11-05T08:30:00Z"));
        assert_eq!(metadata.author.as_deref(), Some("Ida Storm"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Harbour Post"));
        assert_eq!(metadata.url.as_deref(), Some("https://harbour.example/ferry-talks"));
        assert_eq!(metadata.language.as_deref(), Some("en"));
        assert!(text.contains("“We will not sail on Sundays,” she said — and left."), "{text}");
        assert!(text.contains("fares.\n\nThe union"), "{text}");
        assert!(!text.contains("Subscribe") && !text.contains("track("), "{text}");
    }

    #[test]
    fn a_short_page_gives_its_words() {
        let (_, text) =
            article("<p>Aland rejected the plan.</p><p>Boria <b>did</b> not.</p>").unwrap();
        assert_eq!(text, "Aland rejected the plan.\n\nBoria did not.");
    }

    #[test]
    fn markup_without_bottom_is_refused() {
        for tag in ["<div>", "<span>", "<DIV class=a>"] {
            let page = format!("<html>{}words", tag.repeat(100_000));
            assert!(article(&page).unwrap_err().contains("512"));
        }
    }

    #[test]
    fn an_empty_page_gives_none() {
        assert_eq!(article("<html><body></body></html>").unwrap().1, "");
        assert_eq!(article("").unwrap().1, "");
    }
}
