//! The list of what-ifs, and the search in it.

use super::{
    field::{Field, FieldOf},
    walk_bench::WhatIf,
};
use crate::{mistake::Mistake, network::Network};

/// A what-if of the bench that is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// In a chain of layers.
    Chain(Mistake),
    /// In a network of any shape, or in a training.
    Walk(WhatIf),
}

/// The list of what-ifs that can be made.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIfList {
    /// Every one, with the sentence that says it.
    all: Vec<(Item, String)>,
    /// Those that are shown, by position.
    shown: Vec<usize>,
    /// Which of those that are shown is under the cursor.
    pub selected: usize,
    /// What is searched.
    pub search: String,
    /// Whether it is being typed.
    pub searching: bool,
}

impl WhatIfList {
    /// The whole list.
    pub fn new(all: Vec<Mistake>, network: &Network) -> Self {
        let says = |what_if: Mistake| (Item::Chain(what_if), what_if.says(network).replace('`', ""));
        Self::of(all.into_iter().map(says).collect())
    }

    /// A list of these, each with the sentence that says it.
    pub fn of(all: Vec<(Item, String)>) -> Self {
        Self { shown: (0..all.len()).collect(), all, selected: 0, search: String::new(), searching: false }
    }

    /// The what-ifs that are shown, with the sentence that says each.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &(Item, String)> {
        self.shown.iter().map(|&at| &self.all[at])
    }

    /// How many there are in all.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The one under the cursor.
    pub fn chosen(&self) -> Option<&Item> {
        self.all.get(*self.shown.get(self.selected)?).map(|(what_if, _)| what_if)
    }

    /// Moves the cursor.
    pub fn select(&mut self, by: isize) {
        self.selected = self.selected.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
    }

    /// Puts the cursor on one of those that are shown.
    pub fn pick(&mut self, at: usize) {
        if at < self.shown.len() {
            self.selected = at;
        }
    }

    /// Shows those whose sentence contains every word of this text.
    pub fn find(&mut self, text: String) {
        let wanted: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |says: &str| wanted.iter().all(|word| says.contains(word));
        self.shown = (0..self.all.len()).filter(|&at| fits(&self.all[at].1.to_lowercase())).collect();
        self.search = text;
        self.selected = 0;
    }

    /// Changes what is searched as a text field does.
    pub(super) fn edit(&mut self, edit: super::field::Edit) {
        let mut field = Field::reopened(FieldOf::Yours, &self.search);
        field.edit(edit);
        self.find(field.text().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::field::Edit, load::builtin};

    #[test]
    fn a_search_shows_what_contains_every_word_and_an_empty_search_shows_all() {
        let network = builtin("line-1-16-1").expect("it is built in").network;
        let mut list = WhatIfList::new(Mistake::of_method(&network), &network);
        let all = list.shown().len();
        assert!(all > 50, "{all}");
        "bias DENSE_1".chars().for_each(|c| list.edit(Edit::Insert(c)));
        assert!(list.shown().len() > 0 && list.shown().len() < all);
        assert!(list.shown().all(|(_, says)| says.contains("bias") && says.contains("dense_1")));
        assert!(list.chosen().is_some());
        list.find("no such thing".to_owned());
        assert_eq!((list.shown().len(), list.chosen()), (0, None));
        list.find(String::new());
        assert_eq!((list.shown().len(), list.len()), (all, all));
    }
}
