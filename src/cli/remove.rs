use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::Args;
use regex::Regex;

use super::building::Order;
use super::terminal::Terminal;
use super::{Global, Outcome};
use crate::graph::folder::Partial;

const EXAMPLES: &str = "\
Examples:
  demarche remove may/speech              the document of this id
  demarche remove 'may/*' 'draft-?'       all documents whose ids are like these
  demarche remove --graph news-graph 003

`*` stands for any characters, `?` for one. The files stay as they are: the graph remembers to leave
these documents out, until `demarche add PATH` adds them again.";

/// Take documents out of a graph
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Remove {
    /// Ids of documents, as `demarche show` gives them; `*` and `?` stand for any characters
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

impl Remove {
    pub(super) fn run(self, global: &Global, terminal: &Terminal) -> Result<Outcome> {
        let mut order = Order::update(&global.graph)?;
        let held = Partial::open(&global.graph)?.1.documents;
        let held: Vec<&str> = held.iter().map(|it| it.id.as_str()).collect();
        let mut removed: BTreeSet<&str> = BTreeSet::new();
        for wanted in &self.ids {
            let found = matching(wanted, &held)?;
            if found.is_empty() {
                bail!(
                    "no document {wanted} in {}; `demarche show` and documents.jsonl have their ids",
                    global.graph.display()
                );
            }
            removed.extend(found);
        }
        if removed.len() == held.len() {
            bail!("nothing would be left of {}; remove the folder instead", global.graph.display());
        }
        order.recipe.without.extend(removed.into_iter().map(str::to_owned));
        order.build(global, terminal)
    }
}

/// The ids that are meant: this one, or those that are like it.
fn matching<'i>(wanted: &str, ids: &[&'i str]) -> Result<Vec<&'i str>> {
    if let Some(id) = ids.iter().find(|id| **id == wanted) {
        return Ok(vec![id]);
    }
    let pattern = regex::escape(wanted).replace("\\*", ".*").replace("\\?", ".");
    let pattern = Regex::new(&format!("^(?s:{pattern})$"))?;
    Ok(ids.iter().copied().filter(|id| pattern.is_match(id)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_characters_and_an_id_for_itself() {
        let ids = ["a", "a*", "may/1", "may/10", "may/x.y"];
        let found = |wanted: &str| matching(wanted, &ids).unwrap();
        assert_eq!(found("a*"), ["a*"]);
        assert_eq!(found("may/*"), ["may/1", "may/10", "may/x.y"]);
        assert_eq!(found("may/?"), ["may/1"]);
        assert_eq!(found("may/x?y"), ["may/x.y"]);
        assert_eq!(found("*"), ids);
        assert!(found("b").is_empty());
    }
}
