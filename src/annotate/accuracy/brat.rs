//! Reading attributions in brat's standoff format, as PolNeAR has them.

use std::collections::BTreeMap;
use std::path::Path;

use super::AccuracyError;
use crate::corpus::Span;

/// Character spans of an attribution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AttributionSpans {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

/// Reads the attributions (the events) of one `.ann` file.
///
/// # Errors
/// When it cannot be read or a span is none.
pub(super) fn read(path: &Path) -> Result<Vec<AttributionSpans>, AccuracyError> {
    let content = std::fs::read_to_string(path)
        .map_err(|source| AccuracyError::Read { path: path.to_owned(), source })?;
    parse(&content).map_err(|line| AccuracyError::Line {
        path: path.to_owned(),
        line,
        reason: "a text bound is `T1<tab>Kind start end[;start end]<tab>words`".to_owned(),
    })
}

/// The attributions, or the number of the line that is wrong.
fn parse(content: &str) -> Result<Vec<AttributionSpans>, usize> {
    let mut bounds: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut events: Vec<&str> = Vec::new();
    for (number, line) in (1_usize..).zip(content.lines()) {
        let Some((id, rest)) = line.split_once('\t') else { continue };
        if id.starts_with('T') {
            bounds.insert(id, text_bound(rest).ok_or(number)?);
        } else if id.starts_with('E') {
            events.push(rest);
        }
    }
    let attribution = |event: &&str| {
        let mut spans = AttributionSpans::default();
        for argument in event.split_whitespace() {
            let Some((role, id)) = argument.split_once(':') else { continue };
            let part = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut spans.source,
                "Cue" => &mut spans.cue,
                "Content" => &mut spans.content,
                _ => continue,
            };
            part.extend(bounds.get(id).into_iter().flatten());
        }
        spans
    };
    Ok(events.iter().map(attribution).collect())
}

/// `Content 115 290;300 310<tab>words`.
fn text_bound(rest: &str) -> Option<Vec<Span>> {
    let (bound, _) = rest.split_once('\t')?;
    let (_, spans) = bound.split_once(' ')?;
    let span = |span: &str| {
        let (start, end) = span.split_once(' ')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then(|| Span::new(start, end))
    };
    spans.split(';').map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_point_at_their_bounds() {
        let content = "T1\tSource 0 3\tShe\nT2\tCue 4 8\tsaid\nT3\tContent 9 11;15 17\tit is\n\
            E1\tAttribution:T2 Cue:T2 Source:T1 Content2:T3 Other:T1\nA1\tx\n";
        let attributions = parse(content).unwrap();
        assert_eq!(attributions.len(), 1);
        assert_eq!(attributions[0].content, [Span::new(9, 11), Span::new(15, 17)]);
        assert_eq!(attributions[0].source, [Span::new(0, 3)]);
    }

    #[test]
    fn a_broken_bound_is_named() {
        assert_eq!(parse("T1\tCue 1 2\tx\nT2\tCue 5 1\tx"), Err(2));
    }
}
