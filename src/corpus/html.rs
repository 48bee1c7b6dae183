use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

use super::body::{self, Body};
use super::draft::Metadata;
use super::markup::{self, MAX_DEPTH};

/// A page that shows fewer words may hold its text as data.
const FEWEST_WORDS: usize = 30;

/// Reads a page: its words, a block a line with an empty line between, and what its head says
/// about it. With `keep_all` the words of the site stay too.
///
/// # Errors
/// The reason, in words, when the page cannot be handled at all.
pub(super) fn article(page: &str, keep_all: bool) -> Result<(Metadata, Body), String> {
    if let Some(objection) = markup::objection(page) {
        return Err(objection);
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut readability =
        Readability::new(page, None, Some(config)).map_err(|error| error.to_string())?;
    within_depth(&readability.doc)?;
    let attribute = |selector: &str, name: &str| {
        readability.doc.select(selector).attr(name).map(|value| value.trim().to_owned())
    };
    let canonical = attribute("link[rel=canonical]", "href")
        .or_else(|| attribute("meta[property='og:url']", "content"));
    let license = attribute("link[rel~=license]", "href")
        .or_else(|| attribute("meta[name='dcterms.license' i]", "content"))
        .or_else(|| attribute("meta[name=license]", "content"))
        .or_else(|| attribute("meta[itemprop=license]", "content"));
    let time = attribute("meta[name=date]", "content")
        .or_else(|| attribute("meta[itemprop=datePublished]", "content"))
        .or_else(|| attribute("time[datetime]", "datetime"));
    let head = readability.get_article_metadata(readability.parse_json_ld());
    let body = readability.doc.body().map(|body| body::read(&body, keep_all)).unwrap_or_default();
    let body = match written_in_script(&readability.doc) {
        Some(written)
            if count(&body.text) < FEWEST_WORDS && count(&written) > count(&body.text) =>
        {
            // The page is empty until a script of it runs.
            let tagged = written.contains("</");
            let read = if tagged { fragment(&written, keep_all)? } else { Body::default() };
            let text = if tagged { read.text } else { written.trim().to_owned() };
            Body { text, elements: read.elements, ..body }
        }
        _ => body,
    };
    let byline = readability.parse().ok().and_then(|article| article.byline);
    let metadata = Metadata {
        id: None,
        title: Some(head.title),
        date: head.published_time.or(time),
        publisher: head.site_name,
        author: head.byline.or(byline),
        url: canonical.or(head.url),
        license,
        language: head.lang,
    };
    Ok((metadata, body))
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The words of an article that a page holds as data for search engines (JSON-LD).
fn written_in_script(page: &Document) -> Option<String> {
    let scripts = page.select("script[type='application/ld+json']");
    let data = scripts.iter().filter_map(|it| serde_json::from_str(&it.text()).ok());
    data.filter_map(|data: Value| article_body(data)).find(|text| !text.trim().is_empty())
}

/// The first article in such data, which may be listed or lie in a graph.
fn article_body(data: Value) -> Option<String> {
    match data {
        Value::Array(list) => list.into_iter().find_map(article_body),
        Value::Object(mut of) => match of.remove("articleBody") {
            Some(Value::String(text)) => Some(text),
            _ => of.remove("@graph").and_then(article_body),
        },
        _ => None,
    }
}

fn within_depth(page: &Document) -> Result<(), String> {
    let mut open = vec![(page.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(format!("elements nested more than {MAX_DEPTH} deep"));
        }
        open.extend(node.children().into_iter().map(|child| (child, depth + 1)));
    }
    Ok(())
}

/// The words of a stretch of HTML that is no page of its own.
///
/// # Errors
/// As of [`article`].
pub(super) fn fragment(written: &str, keep_all: bool) -> Result<Body, String> {
    let page = format!("<html><body>{written}</body></html>");
    if let Some(objection) = markup::objection(&page) {
        return Err(objection);
    }
    let page = Document::from(page);
    within_depth(&page)?;
    Ok(page.body().map(|body| body::read(&body, keep_all)).unwrap_or_default())
}

/// All words of a stretch of HTML, such as a title; of what cannot be parsed, as it stands.
#[cfg(feature = "feeds")]
pub(super) fn words_of(written: &str) -> String {
    if !written.contains(['<', '&']) {
        return written.to_owned();
    }
    fragment(written, true).map_or_else(|_| written.to_owned(), |body| body.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(page: &str) -> String {
        article(page, false).unwrap().1.text
    }

    #[test]
    fn takes_the_article_and_its_head() {
        let page = include_str!("../../tests/fixtures/corpus/page.html");
        let (metadata, body) = article(page, false).unwrap();
        let text = body.text;
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
    fn the_head_names_the_licence() {
        let license = |head: &str| {
            let page = format!("<html><head>{head}</head><body><p>Aland waits.</p></body></html>");
            article(&page, false).unwrap().0.license
        };
        let cc = "https://creativecommons.org/licenses/by/4.0/";
        for head in [
            format!("<link rel=license href={cc}>"),
            format!("<link rel='nofollow license' href='{cc}'>"),
            format!("<meta name='dcterms.license' content='{cc}'>"),
            format!("<meta name='DCTERMS.license' content='{cc}'>"),
            format!("<meta name=license content='{cc}'>"),
        ] {
            assert_eq!(license(&head).as_deref(), Some(cc), "{head}");
        }
        assert_eq!(license(&format!("<link rel=canonical href={cc}>")), None);
    }

    #[test]
    fn a_short_page_gives_its_words() {
        let page = "<p>Aland rejected the plan.</p><p>Boria <b>did</b> not.</p>";
        assert_eq!(words(page), "Aland rejected the plan.\n\nBoria did not.");
    }

    #[test]
    fn every_post_of_a_live_page() {
        let page = "<body><nav><a href=a>Home</a></nav><main><article><h3>No</h3><p>Aland said \
                    no.</p></article><article><p>Boria said<br>yes.</p></article></main></body>";
        assert_eq!(words(page), "No\n\nAland said no.\n\nBoria said\nyes.");
    }

    #[test]
    fn what_a_page_holds_in_a_form_an_aside_or_a_footer() {
        let whole = "<body><form id=f><input type=hidden value=x><div><p>Aland rejected the plan.</p>\
                     <select><option>One</option></select></div></form></body>";
        assert_eq!(words(whole), "Aland rejected the plan.");
        let sign_up = "<p>Aland rejected the plan, and Boria did so too on Monday morning.</p>\
                       <form><p>Your name</p><button>Send</button></form>";
        assert!(!words(sign_up).contains("Your name"));
        let long = "word ".repeat(40);
        assert!(
            words(&format!("<p>Aland spoke.</p><aside><p>{long}</p></aside>")).contains("word")
        );
        assert_eq!(words("<p>Aland spoke.</p><aside><p>Sign up.</p></aside>"), "Aland spoke.");
        let signed = "<blockquote><p>We left.</p><footer>— Ida Storm</footer></blockquote>";
        assert_eq!(words(signed), "We left.\n\n— Ida Storm");
    }

    #[test]
    fn lists_tables_and_definitions_of_the_body() {
        let page = "<div><p>Aland demands:</p><ul><li>boats</li><li>fish<ol><li>cod</li></ol></li></ul>\
                    <table><tr><th>Who</th><th>What</th></tr><tr><td>Boria</td><td>asks</td></tr></table>\
                    <dl><dt>Coria</dt><dd>waits</dd></dl></div>";
        let text = words(page);
        assert_eq!(
            text,
            "Aland demands:\n\n- boats\n- fish\n  1. cod\n\nWho | What\nBoria | asks\n\nCoria | waits"
        );
    }

    #[test]
    fn what_is_left_out_is_counted_and_can_be_kept() {
        let page = "<body><aside>Sign up now</aside><p>Aland waits.</p>\
                    <ul><li><a>One</a></li><li><a>Two</a></li><li><a>Three</a></li></ul></body>";
        let body = article(page, false).unwrap().1;
        assert_eq!((body.text.as_str(), body.left_out, body.visible), ("Aland waits.", 6, 8));
        assert!(article(page, true).unwrap().1.text.contains("Sign up now"));
    }

    #[test]
    fn a_page_that_a_script_fills_has_its_text_as_data() {
        let page = |data: &str, body: &str| {
            format!(
                "<html><head><script type='application/ld+json'>{data}</script></head><body>{body}</body></html>"
            )
        };
        let data = r#"{"@graph":[{"@type":"WebSite"},{"articleBody":"Aland waits for the boats.\n\nBoria left."}]}"#;
        let whole = "Aland waits for the boats.\n\nBoria left.";
        assert_eq!(words(&page(data, "<div id=root></div>")), whole);
        let marked = r#"[{"articleBody":"<p>Aland waits.</p><p>Boria left.</p>"}]"#;
        assert_eq!(words(&page(marked, "<p>Loading</p>")), "Aland waits.\n\nBoria left.");
        let seen = "word ".repeat(40);
        assert_eq!(words(&page(data, &format!("<p>{seen}</p>"))), seen.trim());
        assert_eq!(words(&page("{", "<p>Loading</p>")), "Loading");
    }

    #[test]
    fn two_line_breaks_part_paragraphs() {
        let page = "<body>Aland waits.<br><br>Boria left<br>in May.<br>\n<br><b>Coria</b></body>";
        let body = article(page, false).unwrap().1;
        assert_eq!(body.text, "Aland waits.\n\nBoria left\nin May.\n\nCoria");
        assert_eq!(body.elements.len(), 3);
    }

    #[test]
    fn what_asks_for_something_is_no_text_however_long() {
        let words_of = "word ".repeat(40);
        let asks = format!("<div class='cookie-consent-banner'><p>{words_of}</p></div>");
        let page = format!("<p>{}</p>{asks}", "Aland waits. ".repeat(30));
        assert!(!words(&page).contains("word"));
        assert!(words(&format!("<p>Aland waits.</p>{asks}")).contains("word"));
    }

    #[test]
    fn markup_without_bottom_is_refused() {
        for tag in ["<div>", "<span>", "<DIV class=a>"] {
            let page = format!("<html>{}words", tag.repeat(100_000));
            assert!(article(&page, false).unwrap_err().contains("512"));
        }
    }

    #[test]
    fn an_empty_page_gives_none() {
        assert_eq!(words("<html><body></body></html>"), "");
        assert_eq!(words(""), "");
    }
}
