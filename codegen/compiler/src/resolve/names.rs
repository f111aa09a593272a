//! Names of one sort: who declared each, who declared it again, and the nearest one to a slip.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Report, Text, code};
use crate::source::declaration::Word;
use crate::source::nearest::nearest;
use crate::source::{Span, Spanned};
use crate::text;

/// What a sort of names is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sort {
    /// The finding when there is no such name.
    pub(super) unknown: Code,
    /// English: `table`.
    pub(super) en: &'static str,
    /// Russian, nominative: `таблица`.
    pub(super) ru: &'static str,
    /// Russian, genitive: `таблицы`.
    pub(super) ru_of: &'static str,
}

/// Names of one sort with the position of each.
#[derive(Debug)]
pub(super) struct Names<'a> {
    sort: Sort,
    known: BTreeMap<&'a str, (usize, Span)>,
    /// Whether everything that may declare such a name was read.
    complete: bool,
}

impl<'a> Names<'a> {
    pub(super) fn new(sort: Sort, complete: bool) -> Self {
        Names {
            sort,
            known: BTreeMap::new(),
            complete,
        }
    }

    /// Collects names in order; positions count them, repeated ones included.
    pub(super) fn collect(
        sort: Sort,
        complete: bool,
        words: impl IntoIterator<Item = &'a Word>,
        report: &mut Report,
    ) -> Self {
        let mut names = Names::new(sort, complete);
        for (at, word) in words.into_iter().enumerate() {
            names.add(word, at, report);
        }
        names
    }

    /// Adds a name; a repeated one is reported and keeps its first place.
    pub(super) fn add(&mut self, word: &'a Word, at: usize, report: &mut Report) -> bool {
        if let Some((_, first)) = self.known.get(word.value.as_str()) {
            report.push(twice(self.sort, word, *first));
            return false;
        }
        self.known.insert(&word.value, (at, word.span));
        true
    }

    /// The position of a name, without a word when there is none.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.known.get(name).map(|(at, _)| *at)
    }

    /// The place of a name's declaration.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.known.get(name).map(|(_, span)| *span)
    }

    /// The position of a name; reports it when there is none.
    pub(super) fn find(&self, word: &Word, report: &mut Report) -> Option<usize> {
        self.find_or(word, report, |finding| finding)
    }

    /// As [`Names::find`]; the finding may be given more to say.
    pub(super) fn find_or(
        &self,
        word: &Word,
        report: &mut Report,
        finish: impl FnOnce(Diagnostic) -> Diagnostic,
    ) -> Option<usize> {
        let found = self.get(&word.value);
        if found.is_none() && self.complete {
            let (name, en, ru_of) = (&word.value, self.sort.en, self.sort.ru_of);
            let finding = Diagnostic::new(
                self.sort.unknown,
                text!("there is no {en} `{name}`", "нет {ru_of} `{name}`"),
            )
            .at(word.span)
            .suggest(self.nearest(name));
            report.push(finish(finding));
        }
        found
    }

    /// The nearest known name.
    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        nearest(name, self.known.keys().copied())
    }

    /// The known names in a row, for a help of at most a dozen.
    pub(super) fn listed(&self) -> Option<Text> {
        let names: Vec<String> = self.known.keys().map(|name| format!("`{name}`")).collect();
        let names = names.join(", ");
        (1..=12)
            .contains(&self.known.len())
            .then(|| text!("known: {names}", "известны: {names}"))
    }
}

/// The finding about a name that is declared again.
pub(super) fn twice(sort: Sort, word: &Word, first: Span) -> Diagnostic {
    let (name, en, ru) = (&word.value, sort.en, sort.ru);
    Diagnostic::new(
        code::DUPLICATE_NAME,
        text!(
            "the {en} `{name}` is declared twice",
            "{ru} `{name}`: повторное объявление"
        ),
    )
    .at(word.span)
    .also(first, text!("first here", "впервые здесь"))
    .help(text!(
        "rename or remove one of the two",
        "переименуйте или удалите одно из двух"
    ))
}

/// Reports values that stand in a list twice; hands back the list without the repetitions.
pub(super) fn once<T: Clone + Ord + std::fmt::Display>(
    list: &[Spanned<T>],
    report: &mut Report,
) -> Vec<Spanned<T>> {
    let mut seen: BTreeMap<&T, Span> = BTreeMap::new();
    let mut kept = Vec::with_capacity(list.len());
    for item in list {
        if let Some(first) = seen.get(&item.value) {
            let name = &item.value;
            report.push(
                Diagnostic::new(
                    code::DUPLICATE_NAME,
                    text!("`{name}` is named twice", "`{name}` названо дважды"),
                )
                .at(item.span)
                .also(*first, text!("first here", "впервые здесь")),
            );
        } else {
            seen.insert(&item.value, item.span);
            kept.push(item.clone());
        }
    }
    kept
}
