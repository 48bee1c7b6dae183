use std::path::{Path, PathBuf};

use crate::extract::When;
use jiff::civil::Date;
use serde_saphyr::Spanned;
use thiserror::Error;

use super::{Addition, Decision, Entry, Parts, Target, Verdict};
use crate::files;
use crate::ontology::{Names, Ontology, kebab};

/// The longest file of decisions that is read: 16 MiB.
pub(super) const MAX_BYTES: u64 = 16 << 20;

/// What is wrong in a file of decisions.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}:{line}: {reason}", path.display())]
#[non_exhaustive]
pub struct DecisionError {
    /// The file.
    pub path: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// Reads a file of decisions, in its order. A file with an error decides nothing: half
/// of a person's corrections would be a third reading that nobody meant.
///
/// # Errors
/// All that is wrong in it, with lines.
pub fn read(path: &Path, ontology: &Ontology) -> Result<Vec<Decision>, Vec<DecisionError>> {
    let error = |line, reason| DecisionError { path: path.to_owned(), line, reason };
    let content = files::read_to_string(path, MAX_BYTES)
        .map_err(|cause| vec![error(1, format!("cannot be read: {cause}"))])?;
    if content.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#')) {
        return Ok(Vec::new());
    }
    let entries: Vec<Spanned<Entry>> = serde_saphyr::from_str(&content).map_err(|cause| {
        let line = cause.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
        let message = cause.without_snippet().to_string();
        let reason = message.lines().next().unwrap_or_default();
        vec![error(line, format!("no list of decisions: {reason}"))]
    })?;
    let names = Names::new(ontology);
    let (mut decisions, mut errors) = (Vec::new(), Vec::new());
    for entry in entries {
        let line = usize::try_from(entry.referenced.line()).unwrap_or(1);
        match checked(entry.value, line, ontology, &names) {
            Ok(decision) => decisions.push(decision),
            Err(reason) => errors.push(error(line, reason)),
        }
    }
    if errors.is_empty() { Ok(decisions) } else { Err(errors) }
}

const KINDS: &str = "accept, reject, edit, add, merge-actors, keep-apart-actors, merge-matters, \
                     keep-apart-matters, rename-actor, rename-matter";

/// The decision of an entry, or what is wrong with it.
// Long: one kind of decision after the other, each in a few lines.
fn checked(
    entry: Entry,
    line: usize,
    ontology: &Ontology,
    names: &Names,
) -> Result<Decision, String> {
    if let Some(act) = entry.act.as_ref().filter(|act| ontology.act(act).is_none()) {
        let acts: Vec<&str> = ontology.acts.iter().map(|act| act.id.as_str()).collect();
        return Err(format!("no act {act:?}; valid: {}", acts.join(", ")));
    }
    if let Some(time) = entry.time.as_ref().filter(|time| !is_time(time)) {
        return Err(format!("no time {time:?}; valid: 2025, 2025-03, 2025-03-18 or two with /"));
    }
    if let Some(when) = entry.when.as_ref().filter(|when| when.parse::<Date>().is_err()) {
        return Err(format!("no date {when:?} in `when`; valid: 2025-03-18"));
    }
    let is_given = |it: &Option<Vec<String>>| it.is_some();
    let kinds = [&entry.accept, &entry.reject, &entry.edit, &entry.add].map(Option::is_some);
    let lists = [
        &entry.merge_actors,
        &entry.keep_apart_actors,
        &entry.merge_matters,
        &entry.keep_apart_matters,
    ]
    .map(is_given);
    let renamed = [&entry.rename_actor, &entry.rename_matter].map(Option::is_some);
    if kinds.iter().chain(&lists).chain(&renamed).filter(|given| **given).count() != 1 {
        return Err(format!("an entry decides one thing; valid: one of {KINDS}"));
    }
    let parts = Parts {
        act: entry.act,
        status: entry.status,
        agent: entry.agent.map(Into::into),
        addressee: entry.addressee.map(Into::into),
        source: entry.source.map(Into::into),
        via: entry.via.map(Into::into),
        matter: entry.matter,
        time: entry.time,
    };
    let of_claim = entry.edit.is_some() || entry.add.is_some();
    if !of_claim && parts != Parts::default() {
        return Err("only `edit` and `add` take parts of a claim".to_owned());
    }
    if entry.label.is_some() && !renamed.contains(&true) {
        return Err("only `rename-actor` and `rename-matter` take a label".to_owned());
    }
    if entry.add.is_none() && (entry.trigger.is_some() || entry.at.is_some()) {
        return Err(
            "only `add` takes a trigger and a place; that of a claim cannot be edited".to_owned()
        );
    }
    let quote = entry.quote;
    let target = |id: String| match quote.clone().filter(|quote| !quote.trim().is_empty()) {
        Some(quote) => Ok(Target { id, quote }),
        None => {
            Err("no quote; valid: the words of the claim, by which it is found again".to_owned())
        }
    };
    let label = || match entry.label.as_deref().map(str::trim) {
        Some(label) if !label.is_empty() => Ok(label.to_owned()),
        _ => Err("no label; valid: what it is to be called".to_owned()),
    };
    let several = |list: Vec<String>| match list.len() {
        0 | 1 => Err("at least two names are needed".to_owned()),
        _ => Ok(list),
    };
    let actors =
        |list| Ok::<_, String>(several(list)?.iter().map(|n| id(n, ontology, names)).collect());
    let verdict = if let Some(id) = entry.accept {
        Verdict::Accept(target(id)?)
    } else if let Some(id) = entry.reject {
        Verdict::Reject(target(id)?)
    } else if let Some(id) = entry.edit {
        if parts == Parts::default() {
            return Err("nothing to edit; valid: act, status, agent, addressee, source, via, \
                        matter, time"
                .to_owned());
        }
        Verdict::Edit(target(id)?, parts)
    } else if let Some(document) = entry.add {
        let (Some(trigger), Some(act)) = (entry.trigger, parts.act.clone()) else {
            return Err("`add` needs a quote, a trigger in it and an act".to_owned());
        };
        let Target { id: document, quote } = target(document)?;
        Verdict::Add(Addition { document, quote, trigger, at: entry.at, act, parts })
    } else if let Some(list) = entry.merge_actors {
        Verdict::MergeActors(actors(list)?)
    } else if let Some(list) = entry.keep_apart_actors {
        Verdict::KeepApartActors(actors(list)?)
    } else if let Some(list) = entry.merge_matters {
        Verdict::MergeMatters(several(list)?)
    } else if let Some(name) = &entry.rename_actor {
        Verdict::RenameActor(id(name, ontology, names), label()?)
    } else if let Some(name) = entry.rename_matter.clone() {
        Verdict::RenameMatter(name, label()?)
    } else {
        Verdict::KeepApartMatters(several(entry.keep_apart_matters.unwrap_or_default())?)
    };
    Ok(Decision { line, by: entry.by, when: entry.when, why: entry.why, verdict })
}

/// The id of the actor of that name: of the ontology's if it can be only one.
pub(super) fn id(name: &str, ontology: &Ontology, names: &Names) -> String {
    match names.find_actor(name) {
        [(only, _)] => ontology.actors[*only].id.clone(),
        _ => kebab(name),
    }
}

/// A time as claims have it, or nothing.
fn is_time(time: &str) -> bool {
    time.is_empty() || time.parse::<When>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use std::fs;

    fn read_text(content: &str) -> Result<Vec<Decision>, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d.yaml");
        fs::write(&path, content).unwrap();
        let messages = |errors: Vec<DecisionError>| {
            let shown = errors.iter().map(|e| format!("{}: {}", e.line, e.reason));
            shown.collect()
        };
        read(&path, &fixture::ontology()).map_err(messages)
    }

    #[test]
    fn every_kind_is_read_with_its_line() {
        let decisions = read_text(
            "# by hand\n\
             - reject: 001-propose-12\n  quote: he proposed it\n  by: Ann Reed\n  when: 2025-04-02\n\
             - accept: 001-reject-2\n  quote: 'no'\n\
             - edit: 001-accept-3\n  quote: said yes\n  agent: [Putin, Kremlin]\n  matter: ''\n\
             - add: 001\n  quote: said no\n  trigger: said no\n  act: reject\n  agent: Putin\n\
             - merge-actors: [Vladimir Putin, V. Poutine]\n\
             - keep-apart-actors: [a, b]\n\
             - merge-matters: [a, b]\n\
             - keep-apart-matters: [a, b, c]\n\
             - rename-actor: Putin\n  label: V. Putin\n\
             - rename-matter: a truce\n  label: the truce\n",
        )
        .unwrap();
        let kinds: Vec<_> = decisions.iter().map(|d| (d.line, d.verdict.kind().as_str())).collect();
        assert_eq!(
            kinds,
            [
                (2, "reject"),
                (6, "accept"),
                (8, "edit"),
                (12, "add"),
                (17, "merge-actors"),
                (18, "keep-apart-actors"),
                (19, "merge-matters"),
                (20, "keep-apart-matters"),
                (21, "rename-actor"),
                (23, "rename-matter"),
            ]
        );
        assert_eq!(decisions[0].by.as_deref(), Some("Ann Reed"));
        let Verdict::Add(added) = &decisions[3].verdict else { panic!() };
        assert_eq!((added.document.as_str(), added.act.as_str()), ("001", "reject"));
        let Verdict::MergeActors(actors) = &decisions[4].verdict else { panic!() };
        assert_eq!(actors, &["vladimir-putin", "v-poutine"]);
        assert_eq!(read_text("# nothing yet\n"), Ok(Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong = |content: &str| read_text(content).unwrap_err().join("\n");
        assert!(
            wrong("- reject: a\n- accept: b\n  quote: x\n  act: propose")
                .starts_with("1: no quote")
        );
        assert_eq!(
            wrong("- reject: a\n- accept: b\n  quote: x\n  act: propose").lines().count(),
            2
        );
        assert!(
            wrong("- edit: a\n  quote: x\n  act: dance")
                .contains("no act \"dance\"; valid: accept")
        );
        assert!(wrong("- edit: a\n  quote: x\n  time: soon").contains("no time"));
        assert!(wrong("- edit: a\n  quote: x").contains("nothing to edit"));
        assert!(wrong("- edit: a\n  quote: x\n  status: perhaps").starts_with('3'));
        assert!(wrong("- by: Ann").contains("decides one thing"));
        assert!(wrong("- add: '001'\n  quote: x\n  act: reject").contains("trigger"));
        assert!(wrong("- merge-actors: [a]").contains("two"));
        assert!(wrong("- rename-actor: a").contains("label"));
        assert!(wrong("- reject: a\n  quote: x\n  label: y").contains("label"));
        assert!(wrong("- reject: a\n  quote: x\n  at: 4").contains("place"));
        assert!(wrong("- rejct: a").contains("rejct"));
        assert!(wrong("reject: a").starts_with("1: no list"));
        assert!(!read(Path::new("/no/such.yaml"), &fixture::ontology()).unwrap_err().is_empty());
    }
}
