//! Items of a list: "Its terms are firm:" and then a line for each. An item without
//! a subject or a speaker has those of the sentence that opens the list.

use super::reading::Reading;
use super::who::Referent;
use crate::annotate::Upos;

/// How many sentences may stand between the opening of a list and who it is about
/// ("He has given much away. This includes:").
const OPENING_REACH: usize = 2;

/// How many items back the opening of a list is sought.
const LONGEST_LIST: usize = 1_000;

impl Reading<'_> {
    /// Is the sentence a line of a list: a dash, bullet or number at the start of a line?
    pub(super) fn is_item(&self, sentence: usize) -> bool {
        let range = &self.tree.annotation().sentences[sentence];
        let Some(first) = range.clone().next() else { return false };
        let word = self.tree.word(first);
        let bullet = word.upos == Upos::Punct
            && matches!(word.form.as_str(), "-" | "–" | "—" | "•" | "*" | "·")
            || word.form.chars().all(|c| c.is_ascii_digit())
                && range.len() > 1
                && matches!(self.tree.word(first + 1).form.as_str(), "." | ")");
        let starts_line = first == 0 || {
            let text = &self.document.text;
            let gap = crate::corpus::Span::new(self.tree.word(first - 1).span.end, word.span.start);
            text.slice(gap).contains('\n')
        };
        bullet && starts_line
    }

    /// Whom the list is about that `word` stands in: the agent of the last act named
    /// before the list.
    pub(super) fn list_owner(&self, word: usize) -> Vec<Referent> {
        let sentence = self.tree.sentence(word);
        if !self.is_item(sentence) {
            return Vec::new();
        }
        let opening = (0..sentence).rev().take(LONGEST_LIST).find(|&s| !self.is_item(s));
        let Some(opening) = opening else { return Vec::new() };
        let dealings = self.dealings.borrow();
        self.back_from(opening, OPENING_REACH, &dealings, |d| d.word)
            .find(|d| !d.agent.is_empty())
            .map(|d| d.agent.clone())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::reads;

    #[test]
    fn a_list_of_nobodys() {
        reads("Shopping list:\n- milk\n- bread", &[]);
        reads("The soup needs:\n- boiling water\n- chopped leeks", &[]);
    }
}
