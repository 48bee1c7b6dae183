//! What a page costs to be parsed, told from its tags before it is parsed.
//!
//! A parser of HTML opens the formatting elements that a page has left open (`<b>`, `<i>`)
//! again in every block, and looks through all open elements for many a tag: a page of a
//! hundred kilobytes can ask for gigabytes, or for hours. So the tags are read here as a
//! parser reads them, as far as it matters for what is open.

use std::ops::Range;

/// Elements within elements that a page may have, as in browsers; parsing and
/// readability take time quadratic in this.
pub(super) const MAX_DEPTH: usize = 512;
/// Formatting elements that may be open at once.
const MAX_FORMATTING: usize = 64;
/// Elements and stretches of text that a page may make.
const MAX_NODES: usize = 1_000_000;
/// The sum of the depths of all tags: what is looked through to take a page apart.
const MAX_DEPTHS: usize = 10_000_000;

/// Attributes that an element may have: each is compared with all before it.
const MAX_ATTRIBUTES: usize = 1_000;

/// Elements that have no content, or that one of their kind or their parent's end closes;
/// they nest only within others that are counted.
const FLAT: [&str; 46] = [
    "a", "area", "base", "basefont", "bgsound", "body", "br", "button", "caption", "col",
    "colgroup", "embed", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr",
    "html", "image", "img", "input", "keygen", "link", "meta", "nobr", "optgroup", "option",
    "param", "rb", "rp", "rt", "rtc", "source", "tbody", "td", "tfoot", "th", "thead", "tr",
    "track", "wbr",
];

/// Elements that are opened again where a block begins, when they are left open.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements whose content is no markup.
const RAW: [&str; 9] =
    ["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// Elements of other languages.
const FOREIGN: [&str; 2] = ["math", "svg"];

/// Elements that no end of an inline element goes past.
const SPECIAL: [&str; 40] = [
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "object",
    "ol",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "svg",
    "table",
    "template",
    "ul",
    "math",
    "noscript",
    "dd",
    "dt",
    "li",
    "p",
];

/// Elements that nothing inside closes.
const BARS: [&str; 8] =
    ["applet", "marquee", "math", "object", "select", "svg", "table", "template"];

/// Why the page is too much to parse, if it is.
pub(super) fn objection(page: &str) -> Option<String> {
    nodes(page).err()
}

/// How many elements and stretches of text the page makes, at most.
///
/// # Errors
/// Why it is too much to parse, if it is.
fn nodes(page: &str) -> Result<usize, String> {
    let mut open = Open::default();
    let mut tags = Tags { rest: page, others: 0 };
    while let Some(tag) = tags.next() {
        if attributes_of(tag.attributes) > MAX_ATTRIBUTES {
            return Err(format!("an element with more than {MAX_ATTRIBUTES} attributes"));
        }
        open.take(&tag);
        if !tag.closes && open.foreign == 0 && is_in(tag.name, &RAW) {
            tags.rest = after_raw(tags.rest, tag.name);
        }
        if open.elements.len() > MAX_DEPTH {
            return Err(format!("elements nested more than {MAX_DEPTH} deep"));
        }
        if open.formatting.len() > MAX_FORMATTING {
            return Err(format!("more than {MAX_FORMATTING} formatting elements left open"));
        }
        if open.depths > MAX_DEPTHS {
            return Err("too many elements nested too deep".to_owned());
        }
        if open.nodes + tags.others > MAX_NODES {
            return Err(format!("more than {MAX_NODES} elements"));
        }
    }
    Ok(open.nodes + tags.others)
}

/// Is it one of these names, whatever its case?
fn is_in(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What is open at a place in a page, as far as it is counted.
#[derive(Default)]
struct Open<'p> {
    /// Names of elements.
    elements: Vec<&'p str>,
    /// Formatting elements as written, with their attributes: name and all.
    formatting: Vec<(&'p str, &'p str)>,
    /// How many elements all tags together stand in.
    depths: usize,
    /// How many elements and texts there are so far, with those that are opened again.
    nodes: usize,
    /// How many of [`FOREIGN`] are open; in them nests what in HTML does not, and nothing
    /// is raw.
    foreign: usize,
}

impl<'p> Open<'p> {
    fn take(&mut self, tag: &Tag<'p>) {
        // A tag, the text after it, and all that is opened again before either.
        self.nodes += 2 + self.formatting.len();
        self.depths += self.elements.len();
        if tag.closes {
            self.close(tag.name);
            return;
        }
        let is = |names: &[&str]| is_in(tag.name, names);
        if is(&FORMATTING) {
            // Of the same element with the same attributes three are opened again.
            let same = |other: &(&str, &str)| {
                other.0.eq_ignore_ascii_case(tag.name) && other.1 == tag.attributes
            };
            if is(&["a", "nobr"]) {
                self.formatting.retain(|(name, _)| !name.eq_ignore_ascii_case(tag.name));
            } else if self.formatting.iter().filter(|it| same(it)).count() >= 3
                && let Some(first) = self.formatting.iter().position(same)
            {
                self.formatting.remove(first);
            }
            self.formatting.push((tag.name, tag.attributes));
        }
        if self.foreign == 0 {
            self.make_way(tag.name);
        }
        let nests = match self.foreign {
            0 => !is(&FLAT),
            _ => !tag.attributes.ends_with('/') && !is(&["br", "embed", "hr", "img", "meta"]),
        };
        if nests {
            self.foreign += usize::from(is(&FOREIGN));
            self.elements.push(tag.name);
        }
    }

    /// Closes what the beginning of an element closes: a paragraph that of a block, an item
    /// that of the next, a cell that of another.
    fn make_way(&mut self, name: &str) {
        const CELLS: [&str; 8] =
            ["caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];
        let kin: &[&str] = match name.to_ascii_lowercase().as_str() {
            "li" => &["li"],
            "dd" | "dt" => &["dd", "dt"],
            name if CELLS.contains(&name) => {
                let bars = |other: &&str| is_in(other, &["table", "template"]);
                if let Some(at) = self.elements.iter().rposition(bars) {
                    self.elements.truncate(at + 1);
                }
                return;
            }
            _ => &[],
        };
        let ends_items =
            |other: &str| is_in(other, &SPECIAL) && !is_in(other, &["address", "div", "p"]);
        if let Some(at) =
            self.elements.iter().rposition(|other| is_in(other, kin) || ends_items(other))
            && is_in(self.elements[at], kin)
        {
            self.elements.truncate(at);
        }
        if is_in(name, &SPECIAL) {
            let found = self.elements.iter().rposition(|it| is_in(it, &["p"]) || is_in(it, &BARS));
            if let Some(at) = found.filter(|&at| is_in(self.elements[at], &["p"])) {
                self.elements.truncate(at);
            }
        }
    }

    fn close(&mut self, name: &str) {
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        if is_in(name, &FORMATTING) {
            if let Some(at) = self.formatting.iter().rposition(|(other, _)| same(other)) {
                self.formatting.remove(at);
            }
            // Blocks inside stay open, with the element itself taken out.
            if let Some(at) = self.elements.iter().rposition(|other| same(other)) {
                self.elements.remove(at);
            }
            return;
        }
        let special = is_in(name, &SPECIAL);
        for at in (0..self.elements.len()).rev() {
            let other = self.elements[at];
            if same(other) {
                self.elements.truncate(at);
                let foreign = |name: &&&str| is_in(name, &FOREIGN);
                self.foreign = self.elements.iter().filter(foreign).count();
                return;
            }
            // Nothing closes what is around a table, nor an inline element what is around a block.
            let bars =
                ["table", "template", "object", "applet", "marquee", "select", "svg", "math"];
            if is_in(other, &bars) || (!special && is_in(other, &SPECIAL)) {
                return;
            }
        }
    }
}

/// A tag of a page.
struct Tag<'p> {
    closes: bool,
    name: &'p str,
    attributes: &'p str,
}

/// The tags of a page; comments and what is no markup are passed over, and counted.
struct Tags<'p> {
    rest: &'p str,
    /// How many nodes may have been passed over.
    others: usize,
}

impl<'p> Iterator for Tags<'p> {
    type Item = Tag<'p>;

    fn next(&mut self) -> Option<Tag<'p>> {
        loop {
            let rest = &self.rest[memchr::memchr(b'<', self.rest.as_bytes())? + 1..];
            self.rest = rest;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.others += 2;
                self.rest = after_comment(comment);
                continue;
            }
            let (closes, inner) = rest.strip_prefix('/').map_or((false, rest), |it| (true, it));
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.others += 2;
                continue;
            }
            let ends = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
            let name = &inner[..inner.find(ends).unwrap_or(inner.len())];
            let attributes = attributes(inner, name.len());
            self.rest = inner.get(attributes.end + 1..).unwrap_or_default();
            return Some(Tag { closes, name, attributes: &inner[attributes] });
        }
    }
}

/// Where the attributes of a tag stand that has its name up to `start`; a `>` in quotes ends
/// none.
fn attributes(tag: &str, start: usize) -> Range<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in tag.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return start..at,
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    start..tag.len()
}

/// How many attributes these are, at most: stretches between blanks and slashes, and what
/// follows a value in quotes.
fn attributes_of(written: &str) -> usize {
    let (mut count, mut quote) = (0, None);
    let (mut apart, mut after_equals) = (true, false);
    for byte in written.bytes() {
        let blank = byte.is_ascii_whitespace();
        match (quote, byte) {
            (Some(open), _) if open == byte => (quote, apart) = (None, true),
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, _) if blank || byte == b'/' => apart |= !after_equals,
            (None, _) => {
                count += usize::from(apart);
                apart = false;
            }
        }
        after_equals = byte == b'=' || (after_equals && blank);
    }
    count
}

/// What follows a comment, whose content this begins with.
fn after_comment(comment: &str) -> &str {
    if let Some(rest) = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->")) {
        return rest;
    }
    memchr::memmem::find(comment.as_bytes(), b"-->").map_or("", |end| &comment[end + 3..])
}

/// What follows the content of an element that is no markup, from its end tag on.
fn after_raw<'p>(content: &'p str, name: &str) -> &'p str {
    let mut rest = content;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"</") {
        let end = &rest[at + 2..];
        if end.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
            return &rest[at..];
        }
        rest = end;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;
    use proptest::prelude::*;

    /// What pages are made of here.
    const PIECES: [&str; 34] = [
        "<b>",
        "</b>",
        "<i class=x>",
        "</i>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<a href=x>",
        "</a>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<li>",
        "<ul>",
        "</ul>",
        "<font size=1>",
        "<span>",
        "</span>",
        "<svg>",
        "</svg>",
        "<math>",
        "<select>",
        "<option>",
        "<template>",
        "</template>",
        "<button>",
        "<h1>",
        "<nobr>",
        "<!-- x -->",
        "words ",
        "<br>",
        "<form>",
    ];

    #[test]
    fn what_asks_for_too_much_is_refused() {
        for page in [
            "<b>".repeat(40_000),
            "<span>".repeat(1_000),
            "<div></span>".repeat(1_000),
            "<span><div></span>".repeat(1_000),
            "<div title='</div>'>".repeat(1_000),
            (0..1_000).map(|n| format!("<div><font size={n}></div>")).collect(),
            format!("<svg>{}", "<a>".repeat(1_000)),
            format!("<b><i><u><s>{}", "<p>x".repeat(300_000)),
            "<br>".repeat(600_000),
            format!("{}{}", "<div>".repeat(500), "<p>x".repeat(100_000)),
            "<hgroup><pre><summary>".repeat(400),
            format!("<p {}>", (0..2_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
            format!("<p {}>", (0..2_000).map(|n| format!("a{n}='1'")).collect::<String>()),
            format!("<p \"{}>", (0..2_000).map(|n| format!("a{n}/")).collect::<String>()),
        ] {
            assert!(objection(&page).is_some(), "{}", &page[..60]);
        }
    }

    #[test]
    fn what_pages_have_is_let_through() {
        for page in [
            "<p>words<p>words<br><li>x<td>y<a href=x>z".repeat(1_000),
            "<div><b>one</b> <i>two</i></div><ul><li>x</ul>".repeat(1_000),
            format!("<table>{}", "<tr><td><b><span>left open".repeat(1_000)),
            format!("<ul>{}", "<li><b><span>left open".repeat(1_000)),
            "<p><i><span>left open".repeat(1_000),
            format!("<script>{}</script><p>words", "<div>".repeat(1_000)),
            format!("<!-- {} --><p>words", "<div>".repeat(1_000)),
            format!("<p title=\"{}\">words", "<div>".repeat(1_000)),
            "<svg><path d=x /><title>x</title></svg><br><p>x<li>y".repeat(1_000),
            "<div>".repeat(400),
            format!(
                "<p style='{}' title=\"{}\">words",
                "a: b; ".repeat(2_000),
                "c / ".repeat(2_000)
            ),
        ] {
            assert_eq!(objection(&page), None, "{}", &page[..30]);
        }
    }

    proptest! {
        /// What the tags tell is never less than what the parser makes of them.
        #[test]
        fn what_is_let_through_makes_no_more_than_is_counted(
            parts in prop::collection::vec(
                (prop::sample::select(&PIECES[..]), prop::sample::select(&[1_usize, 2, 3, 40, 300][..])),
                1..12,
            )
        ) {
            let page: String = parts.iter().map(|(piece, times)| piece.repeat(*times)).collect();
            if let Ok(counted) = nodes(&page) {
                let (mut made, mut deepest) = (0, 0);
                let parsed = Document::from(page.as_str());
                let mut open = vec![(parsed.root(), 0)];
                while let Some((node, depth)) = open.pop() {
                    made += 1;
                    deepest = deepest.max(depth);
                    open.extend(node.children().into_iter().map(|child| (child, depth + 1)));
                }
                // Some elements are made that no tag opens: bodies of tables, heads of pages.
                prop_assert!(made <= 4 * counted + 16, "{made} of {counted}");
                prop_assert!(deepest <= 4 * MAX_DEPTH, "{deepest}");
            }
        }

        #[test]
        fn any_page_is_looked_at_without_harm(page in "(<|</|>|!--|-->|b|div|script|\"|'|=| |é){0,60}") {
            let _ = objection(&page);
        }
    }
}
