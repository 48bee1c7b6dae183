//! Claims of a text as it is read aloud, put back on the text as written.

use std::collections::HashSet;

use super::claim::Claim;
use super::making::claim_id;
use crate::corpus::{Document, Span};
use crate::layout::Page;

/// The claims with offsets and quotes of `document`, of which `page` is the reading: sorted by
/// offset, each once.
///
/// Words that lead in a list are read with every item; a claim that they make without the item
/// comes out once, and those that differ in the item have ids of their own.
pub fn as_written(mut claims: Vec<Claim>, page: &Page, document: &Document) -> Vec<Claim> {
    for claim in &mut claims {
        restore(claim, page, document);
    }
    claims.sort_by(Claim::by_place);
    let mut places = HashSet::new();
    let mut ids = HashSet::new();
    claims.retain_mut(|claim| {
        let matter = claim.matter.as_ref().map(|matter| (matter.start, matter.end));
        if !places.insert((claim.trigger_start, claim.act.clone(), matter)) {
            return false;
        }
        if !ids.insert(claim.id.clone()) {
            // of another item of the list
            let item = claim.matter.as_ref().map_or(claim.end, |matter| matter.start);
            claim.id = format!("{}.{item}", claim.id);
            return ids.insert(claim.id.clone());
        }
        true
    });
    claims
}

fn restore(claim: &mut Claim, page: &Page, document: &Document) {
    let text = &document.text;
    let trigger = page.written(claim.trigger_span());
    let mut quote = page.written(claim.span()).cover(trigger);
    if let Some(matter) = &mut claim.matter {
        let span = page.written(Span::new(matter.start, matter.end));
        (matter.start, matter.end) = (span.start, span.end);
        matter.text = text.slice(span).to_owned();
        quote = quote.cover(span);
    }
    if let Some(condition) = &mut claim.condition {
        let span = page.written(Span::new(condition.start, condition.end));
        (condition.start, condition.end) = (span.start, span.end);
        condition.text = text.slice(span).to_owned();
    }
    (claim.trigger_start, claim.trigger_end) = (trigger.start, trigger.end);
    claim.trigger = text.slice(trigger).to_owned();
    (claim.start, claim.end) = (quote.start, quote.end);
    claim.quote = text.slice(quote).to_owned();
    claim.id = claim_id(&claim.document, &claim.act, trigger);
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Document, Markup};
    use crate::extract::Claim;
    use crate::extract::line::line;
    use crate::extract::testing::{annotator, document, lexicon, reads};

    fn claims(text: &str, markup: Markup) -> Vec<Claim> {
        let document = Document { markup, ..document(text) };
        let (_, claims) = crate::read(&document, annotator(), lexicon());
        for claim in &claims {
            assert_eq!(document.text.slice(claim.span()), claim.quote);
            assert_eq!(document.text.slice(claim.trigger_span()), claim.trigger);
        }
        claims
    }

    #[test]
    fn an_item_is_read_with_its_lead_in() {
        let text = "Turkey demands:\n- the return of the boats\n- an apology";
        reads(
            text,
            &[
                "actual demand [turkey] ‹the return of the boats›",
                "actual demand [turkey] ‹an apology›",
            ],
        );
        let ids: Vec<String> = claims(text, Markup::Plain)
            .into_iter()
            .filter(|c| c.act == "demand")
            .map(|c| c.id)
            .collect();
        assert_eq!(ids.len(), 2);
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn a_claim_of_the_lead_in_alone_comes_once() {
        let found = claims(
            "Greece, which rejected the map, demands:\n- a survey\n- an apology",
            Markup::Plain,
        );
        assert_eq!(found.iter().filter(|c| c.act == "reject").count(), 1, "{found:#?}");
    }

    #[test]
    fn words_cut_at_a_line_end_and_soft_hyphens() {
        reads("Chad re\u{ad}jected the map.", &["actual reject [chad] ‹the map›"]);
        let found = claims("Chad called for medi-\nation by the African Union.", Markup::Plain);
        let matter = found.iter().find_map(|c| c.matter.as_ref()).expect("a matter");
        assert!(matter.text.starts_with("medi-\nation"), "{}", matter.text);
    }

    #[test]
    fn a_body_decides() {
        reads(
            "The United Nations Security Council,\n\n1. Demands an end of the war;\n\n2. Rejects the blockade.",
            &[
                "actual demand [un-security-council] ‹an end of the war›",
                "actual reject [un-security-council] ‹the blockade›",
            ],
        );
    }

    #[test]
    fn emphasis_and_links_are_no_words() {
        let found = claims("**Chad** [rejected](http://a.example) *the map*.", Markup::Markdown);
        let lines: Vec<String> = found.iter().map(line).collect();
        assert_eq!(lines, ["actual reject [chad] ‹the map›"]);
    }
}
