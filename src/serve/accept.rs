//! Content negotiation: which of several media types a client likes best (RFC 9110, 12.5.1).

/// One of `offered` (in the order in which they are preferred here) that `accept` allows with the
/// greatest weight; the first one where nothing is asked for, none where none is allowed.
pub(super) fn choose<'a>(accept: Option<&str>, offered: &[&'a str]) -> Option<&'a str> {
    let ranges: Vec<Range> = match accept.map(str::trim) {
        None | Some("") => return offered.first().copied(),
        Some(accept) => accept.split(',').filter_map(Range::read).collect(),
    };
    let mut best: Option<(&str, f32)> = None;
    for media in offered {
        // The most specific range that a type is in tells its weight.
        let fitting = ranges.iter().filter(|range| range.holds(media));
        let Some(range) = fitting.max_by_key(|range| range.parts) else { continue };
        if range.weight > best.map_or(0.0, |(_, weight)| weight) {
            best = Some((media, range.weight));
        }
    }
    best.map(|(media, _)| media)
}

/// The media type that a client likes best, with what stands beside it.
///
/// # Errors
/// What there is, in words, where it takes none of them.
pub(super) fn one_of<'a, T: Copy>(
    accept: Option<&str>,
    offered: &[(&'a str, T)],
) -> Result<(&'a str, T), String> {
    let names: Vec<&str> = offered.iter().map(|(media, _)| *media).collect();
    let chosen = choose(accept, &names);
    let found = offered.iter().find(|(media, _)| Some(*media) == chosen).copied();
    found.ok_or_else(|| format!("it can be had as {}", names.join(", ")))
}

/// May the answer be packed with gzip?
pub(super) fn takes_gzip(accept_encoding: Option<&str>) -> bool {
    let mut codings = accept_encoding.unwrap_or_default().split(',').map(str::trim);
    codings.any(|coding| {
        let (name, rest) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = rest.trim().trim_start_matches(['q', 'Q', '=']).parse::<f32>();
        matches!(name.trim().to_ascii_lowercase().as_str(), "gzip" | "x-gzip")
            && (rest.is_empty() || weight.is_ok_and(|weight| weight > 0.0))
    })
}

/// `text/*;q=0.5`
struct Range {
    /// `text/` of `text/*`; all of it where nothing is left open.
    start: String,
    /// 0 of `*/*`, 1 of `text/*`, 2 of `text/turtle`.
    parts: u8,
    weight: f32,
}

impl Range {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let media = parts.next()?.to_ascii_lowercase();
        let weight =
            parts
                .find_map(|it| it.strip_prefix("q=").or_else(|| it.strip_prefix("Q=")))
                .map_or(Some(1.0), |q| q.parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q)))?;
        let (kind, name) = media.split_once('/')?;
        let (start, parts) = match (kind, name) {
            ("*", _) => (String::new(), 0),
            (kind, "*") => (format!("{kind}/"), 1),
            _ => (media, 2),
        };
        Some(Self { start, parts, weight })
    }

    fn holds(&self, media: &str) -> bool {
        if self.parts == 2 { self.start == media } else { media.starts_with(&self.start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [&str; 3] = ["text/turtle", "application/n-triples", "text/csv"];

    #[test]
    fn gzip_is_given_where_it_is_taken() {
        for yes in ["gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5", "deflate,gzip; q=1"] {
            assert!(takes_gzip(Some(yes)), "{yes}");
        }
        for no in ["", "br", "gzip;q=0", "gzip; q=0.0", "identity", "gzipped"] {
            assert!(!takes_gzip(Some(no)), "{no}");
        }
        assert!(!takes_gzip(None));
    }

    #[test]
    fn the_greatest_weight_wins_then_the_order_here() {
        for (accept, chosen) in [
            ("text/csv", Some("text/csv")),
            ("text/turtle;q=0.2, text/csv;q=0.9", Some("text/csv")),
            ("*/*", Some("text/turtle")),
            ("application/*", Some("application/n-triples")),
            ("text/*;q=0.5, text/csv", Some("text/csv")),
            ("*/*, text/turtle;q=0", Some("application/n-triples")),
            ("text/html, application/xhtml+xml, */*;q=0.8", Some("text/turtle")),
            ("TEXT/CSV; charset=utf-8; q=0.3", Some("text/csv")),
            ("text/html", None),
            ("*/*;q=0", None),
            ("nonsense, ;;, text/csv;q=7, text/csv;q=x", None),
            ("", Some("text/turtle")),
        ] {
            assert_eq!(choose(Some(accept), &OFFERED), chosen, "{accept}");
        }
        assert_eq!(choose(None, &OFFERED), Some("text/turtle"));
    }
}
