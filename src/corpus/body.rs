//! The words of a web page: its body, whole, without what belongs to the site and not to the
//! text.
//!
//! Readers for people keep the one stretch that looks most like an article; of a live page that
//! is one post of many. Here everything stays that is not navigation, a form to fill in or the like.

use dom_query::NodeRef;

use super::element::{Element, ElementKind, Written, is_inline};
use super::table::{Cell, Table};

/// Elements that are no words of the text, as the HTML standard means them.
const SKIPPED: [&str; 21] = [
    "amp-ad",
    "amp-sidebar",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "button",
    "form",
    "select",
    "textarea",
    "nav",
    "aside",
    "footer",
    "figcaption",
    "head",
    "title",
    "dialog",
    "menu",
];
/// … of these the ones that nobody sees.
const INVISIBLE: [&str; 8] =
    ["script", "style", "noscript", "template", "svg", "iframe", "object", "head"];
/// Roles (WAI-ARIA) of regions that are not the text.
const ROLES: [&str; 7] =
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"];
/// What sites call the parts of their pages that are not the text.
const CALLED: [&str; 26] = [
    "footer",
    "more-on",
    "read-more",
    "read-next",
    "tags",
    "nav",
    "navbar",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "share",
    "sharing",
    "social",
    "newsletter",
    "subscribe",
    "promo",
    "advert",
    "advertisement",
    "ads",
    "cookie",
    "cookies",
    "related",
    "recommended",
    "most-read",
    "skip-link",
];
/// … and those that are none however much they say, unless they are most of the page.
const ASKING: [&str; 9] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "onetrust",
    "newsletter",
    "subscribe",
    "paywall",
    "signup",
];
/// What sites call the parts of their pages where readers speak.
const COMMENTS: [&str; 8] = [
    "comments",
    "comments-area",
    "comments-count",
    "comment-count",
    "comment-list",
    "comment-section",
    "disqus",
    "respond",
];
/// A page has a text of its own, beside its comments, from so many words in paragraphs on.
const OWN_TEXT: usize = 15;
/// Parts that are called so, and hold paragraphs, are no text if they have no more words.
const SMALL: usize = 30;
/// A line in bold type that is a heading has no more words.
const LONGEST_HEADING: usize = 14;
/// Elements that a list of links stands in.
const HOLDS_LINKS: [&str; 7] = ["ul", "ol", "div", "p", "td", "section", "center"];
/// A list of links has at least so many.
const FEWEST_LINKS: usize = 3;

/// The words of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Body {
    /// Blocks with an empty line between; items of lists begin with "- " or a number, cells of a
    /// row stand in a line between bars.
    pub text: String,
    /// What the page says that the stretches of the text are, in order.
    pub elements: Vec<Element>,
    /// Words that a person would see and that are not in `text`.
    pub left_out: usize,
    /// All that a person would see.
    pub visible: usize,
}

/// Reads the body of a page; with `keep_all` also what belongs to the site.
pub(super) fn read(body: &NodeRef<'_>, keep_all: bool) -> Body {
    let main: Vec<NodeRef<'_>> = body
        .descendants()
        .into_iter()
        .filter(|node| node.has_name("main") || node.attr_or("role", "").as_ref() == "main")
        .collect();
    let root = match &main[..] {
        [one] if !keep_all => *one,
        _ => *body,
    };
    let own_text = !keep_all && words_of_paragraphs(&root, |node| !is_comments(node)) >= OWN_TEXT;
    let visible = visible_words(body);
    let mut writer = Writer { keep_all, own_text, visible, ..Writer::default() };
    writer.block(&root);
    writer.end_block();
    let Written { text, elements, .. } = writer.written;
    let left_out = visible.saturating_sub(text.split_whitespace().filter(|w| !is_mark(w)).count());
    Body { text, elements, left_out, visible }
}

/// Words of all paragraphs in it, but for parts that are not let in.
fn words_of_paragraphs(root: &NodeRef<'_>, lets_in: impl Fn(&NodeRef<'_>) -> bool) -> usize {
    let (mut count, mut open) = (0, vec![*root]);
    while let Some(node) = open.pop() {
        match name(&node) {
            Some(name) if name == "p" => count += count_words(&node.text()),
            Some(_) if !lets_in(&node) => {}
            _ => open.extend(node.children()),
        }
    }
    count
}

/// Is it the part of a page where readers speak?
fn is_comments(node: &NodeRef<'_>) -> bool {
    is_called(node, |word| COMMENTS.contains(&word))
}

/// Does a word of its class or id, in lower case, pass?
fn is_called(node: &NodeRef<'_>, passes: impl Fn(&str) -> bool) -> bool {
    ["class", "id"].iter().any(|attribute| {
        let value = node.attr_or(attribute, "").to_lowercase();
        value.split(|c: char| c.is_whitespace() || c == '_').any(&passes)
    })
}

/// "-" and "|" are the program's.
fn is_mark(word: &str) -> bool {
    word == "-" || word == "|"
}

fn visible_words(node: &NodeRef<'_>) -> usize {
    let mut count = 0;
    let mut open = vec![*node];
    while let Some(node) = open.pop() {
        if node.is_text() {
            count += node.text().split_whitespace().count();
        } else if !name(&node).is_some_and(|name| INVISIBLE.contains(&&*name)) {
            open.extend(node.children());
        }
    }
    count
}

#[derive(Default)]
struct Writer {
    keep_all: bool,
    /// Is there a text beside the comments of readers?
    own_text: bool,
    /// Words that a person would see on the page.
    visible: usize,
    written: Written,
    line: String,
    /// What the next line begins with.
    mark: String,
    /// Lines of one list stand together.
    close: bool,
    within: Within,
    /// Lists so far.
    lists: usize,
}

/// What is open around a place in a page.
#[derive(Debug, Clone, Copy, Default)]
struct Within {
    heading: bool,
    quotation: bool,
    lists: usize,
    /// Number of the innermost list.
    list: usize,
}

impl Within {
    /// What a line is here; `is_marked` says whether it has the mark of an item.
    fn kind(self, is_marked: bool) -> ElementKind {
        match self {
            Self { heading: true, .. } => ElementKind::Heading,
            Self { lists: 1.., .. } => {
                ElementKind::Item { list: self.list, depth: self.lists - 1, is_first: is_marked }
            }
            Self { quotation: true, .. } => ElementKind::Quotation,
            Self { .. } => ElementKind::Paragraph,
        }
    }

    /// … and in an element of this name.
    fn and(self, node: &NodeRef<'_>, name: &str) -> Self {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self { heading: true, ..self },
            "blockquote" => Self { quotation: true, ..self },
            "p" | "div" if is_set_as_heading(node) => Self { heading: true, ..self },
            _ => self,
        }
    }
}

impl Writer {
    fn block(&mut self, node: &NodeRef<'_>) {
        for child in node.children() {
            if child.is_text() {
                self.words(&child.text());
                continue;
            }
            let Some(name) = name(&child) else { continue };
            if self.is_skipped(&child, &name) {
                continue;
            }
            match &*name {
                "br" => self.line.push('\n'),
                "ul" | "ol" => self.list(&child, &name),
                "dl" => self.definitions(&child),
                "table" if is_data(&child) => self.table(&child),
                // whom a quotation is signed by
                "cite" if self.within.quotation && signs(&child) => {
                    self.end_block();
                    self.block(&child);
                    self.end_block();
                }
                inline if is_inline(inline) => self.block(&child),
                "pre" => {
                    self.end_block();
                    self.line = child.text().to_string();
                    self.end_block();
                }
                name => {
                    self.end_block();
                    let around = self.within;
                    self.within = around.and(&child, name);
                    self.block(&child);
                    self.end_block();
                    self.within = around;
                }
            }
        }
    }

    fn words(&mut self, written: &str) {
        let opens = written.starts_with(char::is_whitespace);
        let closes = written.ends_with(char::is_whitespace);
        for (number, word) in written.split_whitespace().enumerate() {
            if number > 0 || opens && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if closes && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
            self.line.push(' ');
        }
    }

    fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lines: Vec<&str> = line.split('\n').map(str::trim).collect();
        let lines = lines.join("\n");
        // Two line breaks or more part paragraphs.
        let mut close = self.close;
        for part in lines.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            let mark = std::mem::take(&mut self.mark);
            let kind = self.within.kind(!mark.is_empty());
            self.written.line(kind, &mark, part, close);
            close = false;
        }
    }

    fn list(&mut self, list: &NodeRef<'_>, name: &str) {
        self.end_block();
        let (depth, around) = (self.within.lists, self.within.list);
        self.lists += 1;
        let start = list.attr("start").and_then(|it| it.trim().parse().ok()).unwrap_or(1);
        self.within.lists += 1;
        self.within.list = self.lists;
        let items = list.children().into_iter().filter(|child| child.has_name("li"));
        for (number, item) in (start..).zip(items) {
            let indent = "  ".repeat(depth.min(8));
            self.mark = match name {
                "ol" => format!("{indent}{number}. "),
                _ => format!("{indent}- "),
            };
            self.block(&item);
            self.end_block();
            self.mark.clear();
            self.close = true;
        }
        (self.within.lists, self.within.list) = (depth, around);
        self.close = depth > 0;
    }

    fn definitions(&mut self, list: &NodeRef<'_>) {
        self.end_block();
        let mut terms: Vec<String> = Vec::new();
        let mut told = false;
        let mut head = 0;
        for child in list.descendants() {
            if child.has_name("dt") {
                if std::mem::take(&mut told) {
                    terms.clear();
                }
                terms.push(one_line(&child));
            } else if child.has_name("dd") {
                self.written.begin_line(self.close);
                if !told {
                    head = self.written.element(ElementKind::Head, &terms.join(", "));
                    self.written.say(" | ");
                }
                self.written.element(ElementKind::Definition { head }, &one_line(&child));
                self.close = true;
                told = true;
            }
        }
        if !told {
            self.line = terms.join(", ");
            self.end_block();
        }
        self.close = false;
    }

    fn table(&mut self, table: &NodeRef<'_>) {
        self.end_block();
        for caption in table.children().into_iter().filter(|child| child.has_name("caption")) {
            self.line = one_line(&caption);
            let around = self.within;
            self.within.heading = true;
            self.end_block();
            self.within = around;
        }
        let mut rows = Table::default();
        for row in table.descendants().into_iter().filter(|node| node.has_name("tr")) {
            let cells: Vec<Cell> = row
                .children()
                .into_iter()
                .filter(|cell| cell.has_name("td") || cell.has_name("th"))
                .map(|cell| Cell {
                    words: one_line(&cell),
                    is_head: cell.has_name("th") || is_bold(&cell),
                    columns: reach(&cell, "colspan"),
                    rows: reach(&cell, "rowspan"),
                    continues: false,
                })
                .collect();
            if cells.iter().any(|cell| !cell.words.is_empty()) {
                rows.row(&cells, self.close, &mut self.written);
                self.close = true;
            }
        }
        self.close = false;
    }

    /// Is an element that mostly belongs to the site part of the text here: a form around the whole
    /// page, an aside of whole paragraphs, whom a quotation is signed by?
    fn holds_text(&self, node: &NodeRef<'_>, name: &str) -> bool {
        match name {
            "form" => {
                words_of_paragraphs(node, |_| true) > 0 && visible_words(node) * 2 >= self.visible
            }
            "aside" => words_of_paragraphs(node, |_| true) > SMALL && !is_links(node),
            "footer" => node.ancestors(None).iter().any(|around| around.has_name("blockquote")),
            _ => false,
        }
    }

    fn is_skipped(&self, node: &NodeRef<'_>, name: &str) -> bool {
        if INVISIBLE.contains(&name) {
            return true;
        }
        if self.keep_all {
            return false;
        }
        let attribute = |name: &str| node.attr_or(name, "").to_lowercase();
        let hidden = node.has_attr("hidden")
            || attribute("aria-hidden") == "true"
            || attribute("style").replace(' ', "").contains("display:none");
        let called = |names: &[&str], word: &str| {
            names.contains(&word)
                || word.split('-').any(|part| names.contains(&part)) && word.len() < 28
        };
        SKIPPED.contains(&name) && !self.holds_text(node, name)
            || hidden
            || ROLES.contains(&&*attribute("role"))
            || is_called(node, |word| called(&ASKING, word))
                && visible_words(node) * 2 < self.visible
            || is_called(node, |word| called(&CALLED, word))
                && (!node.descendants().iter().any(|inner| inner.has_name("p"))
                    || node.text().split_whitespace().nth(SMALL).is_none())
            || self.own_text && is_comments(node)
            || HOLDS_LINKS.contains(&name) && is_links(node)
    }
}

/// Is it nothing but a list of links?
fn is_links(node: &NodeRef<'_>) -> bool {
    let links: Vec<usize> = node
        .descendants()
        .iter()
        .filter(|inner| inner.has_name("a"))
        .map(|link| count_words(&link.text()))
        .collect();
    links.len() >= FEWEST_LINKS
        && links.iter().sum::<usize>() * 5 >= count_words(&node.text()) * 4
        && links.iter().all(|&words| words < 16)
}

/// Words, without bars and dots between them.
fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Does a table hold data, and not the page's columns?
fn is_data(table: &NodeRef<'_>) -> bool {
    let inner = table.descendants();
    let count = |name: &str| inner.iter().filter(|node| node.has_name(name)).count();
    count("table") == 0 && count("tr") > 1 && count("p") <= count("td") + count("th")
}

/// How many rows or columns a cell reaches over.
fn reach(cell: &NodeRef<'_>, attribute: &str) -> usize {
    cell.attr(attribute).and_then(|it| it.trim().parse().ok()).unwrap_or(1)
}

/// Are all words of an element bold?
fn is_bold(node: &NodeRef<'_>) -> bool {
    let mut bold = false;
    for child in node.children() {
        let is_bold = child.has_name("b") || child.has_name("strong");
        if !is_bold && !child.text().trim().is_empty() {
            return false;
        }
        bold |= is_bold && !child.text().trim().is_empty();
    }
    bold
}

/// A short line in bold type without an end, as the headings of pages that know no others.
fn is_set_as_heading(node: &NodeRef<'_>) -> bool {
    let words = node.text();
    let words = words.trim();
    is_bold(node)
        && count_words(words) <= LONGEST_HEADING
        && !words.ends_with(['.', '!', ':', ';', ',', '”', '"'])
        && !node.descendants().iter().any(|inner| inner.has_name("br"))
}

/// Does an element name whom a quotation is by, behind its words?
fn signs(cite: &NodeRef<'_>) -> bool {
    let mut after = std::iter::successors(cite.next_sibling(), NodeRef::next_sibling);
    after.all(|it| it.text().trim().is_empty())
}

/// The words of an element in one line, also those of blocks in it.
fn one_line(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    write_words(node, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_words(node: &NodeRef<'_>, words: &mut String) {
    for child in node.children() {
        if child.is_text() {
            words.push_str(&child.text());
            continue;
        }
        let Some(name) = name(&child).filter(|name| !INVISIBLE.contains(&&**name)) else {
            continue;
        };
        let parts = if is_inline(&name) { "" } else { " " };
        words.push_str(parts);
        write_words(&child, words);
        words.push_str(parts);
    }
}

fn name(node: &NodeRef<'_>) -> Option<String> {
    node.node_name().map(|name| name.to_string())
}
