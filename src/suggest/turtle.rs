use std::io::{self, Write};

use super::{Met, Suggestions};
use crate::ontology::kebab;

/// Writes suggestions as a file of an ontology: actors, verbs, issues, each with its counts and a
/// sentence as comments. Verbs of which the network knows no act are written as comments: which
/// act they name is for a person to say.
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write(suggestions: &Suggestions, out: &mut dyn Write) -> io::Result<()> {
    for prefix in ["dm", "act", "frame", "tr", "issue", "actor", "skos", "rdfs"] {
        let known = crate::ontology::PREFIXES.iter().find(|(name, _)| *name == prefix);
        if let Some((_, namespace)) = known {
            writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
        }
    }
    let Suggestions { actors, verbs, issues } = suggestions;
    head(out, "Actors whom no file describes", actors.len())?;
    for it in actors {
        tell(out, &it.label, &it.met, "")?;
        let others: Vec<String> = it.names.iter().map(|name| english(name)).collect();
        writeln!(out, "actor:{} a dm:{} ;", it.id, it.kind)?;
        write!(out, "    skos:prefLabel {}", english(&it.label))?;
        if !others.is_empty() {
            write!(out, " ;\n    skos:altLabel {}", others.join(", "))?;
        }
        writeln!(out, " .")?;
    }
    head(out, "Verbs that name no act", verbs.len())?;
    for it in verbs {
        let (seen, act, mark) = match &it.act {
            Some((act, times)) => (format!("; {act} to the network in {times}"), act.as_str(), ""),
            None => ("; which act?".to_owned(), "…", "# "),
        };
        tell(out, &it.lemma, &it.met, &seen)?;
        writeln!(out, "{mark}tr:{}.v a dm:VerbTrigger ;", kebab(&it.lemma))?;
        writeln!(out, "{mark}    dm:act act:{act} ; dm:frame frame:{} ;", it.frame)?;
        writeln!(out, "{mark}    rdfs:label {} .", quoted(&it.lemma))?;
    }
    head(out, "What claims are about and no issue names", issues.len())?;
    for it in issues {
        tell(out, &it.words, &it.met, "")?;
        writeln!(out, "issue:{} a skos:Concept ;", kebab(&it.words))?;
        writeln!(out, "    skos:inScheme issue:scheme ; skos:topConceptOf issue:scheme ;")?;
        writeln!(out, "    skos:definition {} ;", english(&capital(&it.words)))?;
        writeln!(out, "    skos:prefLabel {} .", english(&it.words))?;
    }
    Ok(())
}

fn head(out: &mut dyn Write, title: &str, count: usize) -> io::Result<()> {
    writeln!(out, "\n# {title}: {count}")
}

fn tell(out: &mut dyn Write, name: &str, met: &Met, more: &str) -> io::Result<()> {
    let times = if met.times == 1 { "once".to_owned() } else { format!("{} times", met.times) };
    let documents = if met.documents == 1 { "document" } else { "documents" };
    writeln!(out, "\n# {name}: {times} in {} {documents}{more}", met.documents)?;
    writeln!(out, "#   “{}” ({})", met.sentence, met.document)
}

/// With a capital and a full stop: the beginning of a definition.
fn capital(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

fn english(words: &str) -> String {
    format!("{}@en", quoted(words))
}

/// Words as a literal of Turtle.
fn quoted(words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
    format!("\"{words}\"")
}
