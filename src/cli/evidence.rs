//! Claims as people read them: the words in their context, the document, and who
//! says so.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use anstyle::Style;

use super::terminal::{DIM, Paragraph, STRONG, TRIGGER};
use crate::extract::{Claim, Participant, Status};
use crate::ontology::Ontology;
use crate::resolve::{Corpus, Dispute, DocumentRecord, Side};

/// Characters of context on each side of a quote.
const CONTEXT: usize = 60;

/// A corpus in which claims are looked up and written out.
pub(super) struct Evidence<'a> {
    pub corpus: &'a Corpus,
    ontology: &'a Ontology,
    documents: HashMap<&'a str, &'a DocumentRecord>,
    claims: HashMap<&'a str, &'a Claim>,
    width: Option<usize>,
}

impl<'a> Evidence<'a> {
    /// `width`: columns to set in, `None` for one line a piece of evidence.
    pub(super) fn new(corpus: &'a Corpus, ontology: &'a Ontology, width: Option<usize>) -> Self {
        let documents = corpus.documents.iter().map(|it| (it.id.as_str(), it)).collect();
        let claims = corpus.claims.iter().map(|it| (it.id.as_str(), it)).collect();
        Self { corpus, ontology, documents, claims, width }
    }

    /// The claims of these ids, in the given order.
    pub(super) fn claims<'b>(&'b self, ids: &'b [String]) -> impl Iterator<Item = &'a Claim> + 'b {
        ids.iter().filter_map(|id| self.claims.get(id.as_str()).copied())
    }

    /// "called for": the act as something done.
    pub(super) fn past<'b>(&'b self, act: &'b str) -> &'b str {
        match self.ontology.act(act) {
            Some(known) if !known.past.is_empty() => &known.past,
            _ => act,
        }
    }

    /// "Donald Trump proposed 30-day ceasefire to Russia": the claim in the labels of
    /// the graph, in words of the text where there is none.
    pub(super) fn statement(&self, claim: &Claim) -> String {
        let mut words = names(&claim.agent).unwrap_or_else(|| "somebody".to_owned());
        words.push(' ');
        words.push_str(self.past(&claim.act));
        if let Some(matter) = &claim.matter {
            words.push_str(": ");
            words.push_str(matter.name());
        }
        if let Some(addressee) = names(&claim.addressee) {
            words.push_str(" → ");
            words.push_str(&addressee);
        }
        words
    }

    /// Writes the quote in its context, and who says it where.
    pub(super) fn write(
        &self,
        out: &mut dyn Write,
        claim: &Claim,
        indent: usize,
    ) -> io::Result<()> {
        self.line(claim).write(out, indent, self.width)
    }

    /// As [`Self::write`], with the day and the id of the claim, by which `show` finds it.
    pub(super) fn write_with_id(
        &self,
        out: &mut dyn Write,
        claim: &Claim,
        indent: usize,
    ) -> io::Result<()> {
        let mut line = self.line(claim);
        let published = self.documents.get(claim.document.as_str());
        let published = published.and_then(|it| it.date.as_deref());
        if let Some(time) = &claim.time {
            line.push(DIM, &format!(" {time}"));
        } else if let Some(date) = published {
            line.push(DIM, &format!(" in a text of {date}"));
        }
        line.push(DIM, &format!(" ({})", claim.id));
        line.write(out, indent, self.width)
    }

    fn line(&self, claim: &Claim) -> Paragraph {
        let mut line = Paragraph::default();
        let text = self.documents.get(claim.document.as_str()).map_or("", |it| it.text.as_str());
        let (before, after) = context(text, claim);
        let (lead, trigger, tail) = around_trigger(claim);
        line.push(DIM, "“").push(DIM, &before);
        line.push(STRONG, lead).push(TRIGGER, trigger).push(STRONG, tail);
        line.push(DIM, &after).push(DIM, "” ");
        line.push(Style::new(), &format!("— {}", voice(claim)));
        if claim.status != Status::Actual {
            line.push(DIM, &format!(" [{}]", claim.status.as_str()));
        }
        line
    }

    /// "Kremlin", "the author of 002": who takes this side of a dispute.
    pub(super) fn voices(&self, side: &Side) -> Vec<String> {
        let own: BTreeSet<_> = self
            .claims(&side.claims)
            .filter(|claim| claim.source.is_empty())
            .map(|claim| claim.document.as_str())
            .collect();
        // The first of them with such an author or title: there may be thousands, and as many voices.
        let mut named: HashMap<&str, &DocumentRecord> = HashMap::new();
        for document in own.iter().filter_map(|id| self.documents.get(id)) {
            for name in [&document.author, &document.title].into_iter().flatten() {
                named.entry(name).or_insert(document);
            }
        }
        let document = |voice: &str| named.get(voice).copied();
        let mut voices = Vec::new();
        let mut speaks = BTreeSet::new();
        for voice in side.voices.iter().filter(|voice| !voice.is_empty()) {
            match document(voice) {
                Some(document) if document.author.as_deref() == Some(voice) => {
                    speaks.insert(document.id.as_str());
                    voices.push(format!("{voice}, author of {}", document.id));
                }
                // A title says nothing; its document has an author all the same.
                Some(_) => {}
                None => voices.push(voice.clone()),
            }
        }
        // Who states something himself is the voice; then no author is.
        let unheard = own.iter().filter(|id| !speaks.contains(*id));
        if voices.is_empty() || side.voices.iter().any(|v| v.is_empty() || document(v).is_some()) {
            voices.extend(unheard.map(|id| format!("the author of {id}")));
        }
        voices
    }

    /// Writes what the voices disagree on, with the words of each side.
    pub(super) fn write_dispute(
        &self,
        out: &mut dyn Write,
        dispute: &Dispute,
        indent: usize,
    ) -> io::Result<()> {
        writeln!(out, "{:indent$}{STRONG}{}{STRONG:#}", "", dispute.label)?;
        for side in &dispute.sides {
            writeln!(
                out,
                "{:indent$}  {} — says {}",
                "",
                side.label,
                self.voices(side).join("; ")
            )?;
            for claim in self.claims(&side.claims) {
                self.write_with_id(out, claim, indent + 4)?;
            }
        }
        Ok(())
    }
}

/// The labels of participants, or their words; `None` where there is nobody.
pub(super) fn names(participants: &[Participant]) -> Option<String> {
    let names: Vec<_> = participants.iter().map(Participant::name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

/// "001, according to Kremlin, via Al Jazeera".
pub(super) fn voice(claim: &Claim) -> String {
    let mut voice = claim.document.clone();
    if let Some(source) = names(&claim.source) {
        voice.push_str(", according to ");
        voice.push_str(&source);
    }
    if !claim.via.is_empty() {
        let via: Vec<_> = claim.via.iter().map(Participant::name).collect();
        voice.push_str(", via ");
        voice.push_str(&via.join(", "));
    }
    voice
}

/// The words of the same paragraph before and after the quote, whole words only.
fn context(text: &str, claim: &Claim) -> (String, String) {
    let from = claim.start.saturating_sub(CONTEXT);
    let mut characters = text.chars().skip(from);
    let before: String = characters.by_ref().take(claim.start - from).collect();
    let mut characters = characters.skip(claim.end - claim.start);
    let after: String = characters.by_ref().take(CONTEXT).collect();
    let cut_after = characters.next().is_some();
    let before = match before.rsplit_once('\n') {
        Some((_, line)) => line.to_owned(),
        None if from > 0 => match before.split_once(char::is_whitespace) {
            Some((_, words)) => format!("… {words}"),
            None => String::new(),
        },
        None => before,
    };
    let after = match after.split_once('\n') {
        Some((line, _)) => line.to_owned(),
        None if cut_after => match after.rsplit_once(char::is_whitespace) {
            Some((words, _)) => format!("{words} …"),
            None => String::new(),
        },
        None => after,
    };
    (before, after)
}

/// The quote before, at and after the trigger; all of it is "before" where the
/// trigger does not lie inside.
fn around_trigger(claim: &Claim) -> (&str, &str, &str) {
    let inside = claim.start <= claim.trigger_start && claim.trigger_end <= claim.end;
    let byte = |character: usize| {
        let offset = character.checked_sub(claim.start)?;
        let ends = claim.quote.char_indices().map(|(at, _)| at).chain([claim.quote.len()]);
        ends.into_iter().nth(offset)
    };
    match (byte(claim.trigger_start), byte(claim.trigger_end)) {
        (Some(start), Some(end)) if inside && start <= end => {
            (&claim.quote[..start], &claim.quote[start..end], &claim.quote[end..])
        }
        _ => (&claim.quote, "", ""),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::extract::MatterMention;

    /// A claim on `text`, whose quote is `quote` and whose trigger is `trigger`.
    pub(crate) fn claim(id: &str, text: &str, quote: &str, trigger: &str, act: &str) -> Claim {
        let at = |words: &str, from: usize| {
            let byte = from + text[from..].find(words).expect("the words are in the text");
            (text[..byte].chars().count(), text[..byte + words.len()].chars().count())
        };
        let (start, end) = at(quote, 0);
        let (trigger_start, trigger_end) = at(trigger, text.find(quote).unwrap());
        Claim {
            id: id.to_owned(),
            document: "001".to_owned(),
            start,
            end,
            quote: quote.to_owned(),
            trigger: trigger.to_owned(),
            trigger_start,
            trigger_end,
            act: act.to_owned(),
            status: Status::Actual,
            agent: Vec::new(),
            addressee: Vec::new(),
            source: Vec::new(),
            via: Vec::new(),
            matter: None,
            condition: None,
            time: None,
            confidence: 1.0,
            extractor: "test".to_owned(),
            evidence: Default::default(),
        }
    }

    /// Somebody with an id, whose words are the label.
    pub(crate) fn participant(id: &str, label: &str) -> Participant {
        Participant {
            id: Some(id.to_owned()),
            label: Some(label.to_owned()),
            text: label.to_owned(),
        }
    }

    /// A matter with an id, whose words are the label.
    pub(crate) fn matter(id: &str, label: &str) -> MatterMention {
        MatterMention {
            text: label.to_owned(),
            start: 0,
            end: 0,
            id: Some(id.to_owned()),
            label: Some(label.to_owned()),
            issues: Vec::new(),
            about: Vec::new(),
        }
    }

    #[test]
    fn evidence_shows_the_quote_in_its_paragraph_and_who_says_so() {
        let text = "Title\nAccording to the Kremlin, Putin — “gladly” — agreed to a truce.\nMore";
        let mut agreed =
            claim("c", text, "Putin — “gladly” — agreed to a truce", "agreed", "accept");
        agreed.source = vec![participant("kremlin", "Kremlin")];
        let record =
            DocumentRecord { id: "001".into(), text: text.into(), ..DocumentRecord::default() };
        let corpus = Corpus { documents: vec![record], claims: vec![agreed], ..Corpus::default() };
        let ontology = Ontology::default();
        let mut out = Vec::new();
        Evidence::new(&corpus, &ontology, None).write(&mut out, &corpus.claims[0], 2).unwrap();
        let line = crate::cli::terminal::plain(&out);
        assert_eq!(
            line,
            "  “According to the Kremlin, Putin — “gladly” — agreed to a truce.” — 001, according to Kremlin\n"
        );
    }

    #[test]
    fn context_is_cut_between_words() {
        let text = format!("{}said no{}", "word ".repeat(40), " word".repeat(40));
        let said = claim("c", &text, "said no", "said no", "reject");
        let (before, after) = context(&text, &said);
        assert!(before.starts_with("… word ") && after.ends_with(" word …"), "{before}|{after}");
    }
}
