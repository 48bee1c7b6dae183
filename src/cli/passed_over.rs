//! What is not read in folders, told by kind.

use std::collections::BTreeMap;

use super::terminal::Terminal;
use crate::corpus::{Format, PassedOver, WhyPassedOver};

/// Says how many files of which kind are not read; which ones, with `--verbose`.
pub(super) fn tell(passed_over: &[PassedOver], terminal: &Terminal) {
    for PassedOver { path, why } in passed_over {
        terminal.detail(format_args!("{}: not read: {why}", path.display()));
    }
    if let Some(told) = told(passed_over) {
        terminal.note(told);
    }
}

/// "not read in the folders: 2 .png, 1 hidden"; nothing where all is read.
pub(super) fn told(passed_over: &[PassedOver]) -> Option<String> {
    let mut kinds: BTreeMap<&WhyPassedOver, usize> = BTreeMap::new();
    for PassedOver { why, .. } in passed_over {
        *kinds.entry(why).or_default() += 1;
    }
    let is_extension = |why: &&WhyPassedOver| matches!(why, WhyPassedOver::Extension(_));
    let valid = if kinds.keys().any(is_extension) {
        format!("; valid: {}", Format::extensions())
    } else {
        String::new()
    };
    let kinds: Vec<String> = kinds.iter().map(|(why, count)| format!("{count} {why}")).collect();
    (!kinds.is_empty()).then(|| format!("not read in the folders: {}{valid}", kinds.join(", ")))
}
