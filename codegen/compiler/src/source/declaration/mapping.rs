//! Picks typed values out of a checked mapping.

use super::Word;
use crate::source::shape::Object;
use crate::source::shape::scalar::{Taken, taken_for};
use crate::source::yaml::{Node, NodeKind};
use crate::source::{Fragment, Span, Spanned};

/// A mapping of YAML and the text of its file.
#[derive(Clone, Copy)]
pub(crate) struct Mapping<'a> {
    entries: &'a [(Spanned<String>, Node)],
    /// The place of its first key.
    pub(crate) span: Span,
    text: &'a str,
}

impl<'a> Mapping<'a> {
    /// The mapping that a node is, if it is one.
    pub(crate) fn of(node: &'a Node, text: &'a str) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(entries) => Some(Mapping {
                entries,
                span: node.span,
                text,
            }),
            _ => None,
        }
    }

    /// Whether it has no field at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the field is written, with whatever value, be its name misspelt.
    pub(crate) fn has(&self, field: &str, shape: &Object) -> bool {
        let mut entries = self.entries.iter();
        self.get(field).is_some() || entries.any(|(key, _)| shape.meant(&key.value) == Some(field))
    }

    /// The place of the field's key.
    pub(crate) fn key(&self, field: &str) -> Option<Span> {
        let mut entries = self.entries.iter();
        entries
            .find(|(key, _)| key.value == field)
            .map(|(key, _)| key.span)
    }

    /// The field's value, if it has one.
    fn get(&self, field: &str) -> Option<&'a Node> {
        let mut entries = self.entries.iter();
        entries
            .find(|(key, _)| key.value == field)
            .map(|(_, node)| node)
    }

    /// A scalar's text.
    pub(crate) fn word(&self, field: &str) -> Option<Word> {
        self.get(field).and_then(word)
    }

    /// A scalar's text without its place.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        self.word(field).map(|word| word.value)
    }

    /// What YAML takes a scalar for, when it stands without quotes and looks like no text.
    pub(crate) fn unquoted(&self, field: &str) -> Option<Taken> {
        match &self.get(field)?.kind {
            NodeKind::Scalar { text, plain: true } => taken_for(text),
            _ => None,
        }
    }

    /// A truth value.
    pub(crate) fn boolean(&self, field: &str) -> Option<Spanned<bool>> {
        let word = self.word(field)?;
        match word.value.as_str() {
            "true" => Some(Spanned::new(true, word.span)),
            "false" => Some(Spanned::new(false, word.span)),
            _ => None,
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, field: &str) -> Option<Spanned<u32>> {
        number(&self.word(field)?)
    }

    /// A semantic version.
    pub(crate) fn version(&self, field: &str) -> Option<Spanned<semver::Version>> {
        let word = self.word(field)?;
        let version = semver::Version::parse(&word.value).ok()?;
        Some(Spanned::new(version, word.span))
    }

    /// One word of a closed list.
    pub(crate) fn one_of<T: Copy>(&self, field: &str, words: &[(&str, T)]) -> Option<T> {
        find(&self.word(field)?, words)
    }

    /// One or several words of a closed list.
    pub(crate) fn many_of<T: Copy>(&self, field: &str, words: &[(&str, T)]) -> Vec<T> {
        self.words(field)
            .iter()
            .filter_map(|word| find(word, words))
            .collect()
    }

    /// The scalars of a list, or one scalar as a list of one.
    pub(crate) fn words(&self, field: &str) -> Vec<Word> {
        match self.get(field) {
            Some(node) => words(node),
            None => Vec::new(),
        }
    }

    /// The whole numbers of a list.
    pub(crate) fn numbers(&self, field: &str) -> Vec<Spanned<u32>> {
        self.words(field).iter().filter_map(number).collect()
    }

    /// The lists of a list.
    pub(crate) fn lists(&self, field: &str) -> Vec<Spanned<Vec<Word>>> {
        self.nodes(field)
            .iter()
            .filter(|node| matches!(node.kind, NodeKind::List(_)))
            .map(|node| Spanned::new(words(node), node.span))
            .collect()
    }

    /// A piece of SQL or a pattern.
    pub(crate) fn fragment(&self, field: &str) -> Option<Fragment> {
        let word = self.word(field)?;
        Some(Fragment::new(word.value, word.span, self.text))
    }

    /// The pieces of SQL, or paths, of a list; absent when it is no list of scalars.
    pub(crate) fn fragments(&self, field: &str) -> Option<Vec<Fragment>> {
        let NodeKind::List(nodes) = &self.get(field)?.kind else {
            return None;
        };
        let fragment = |word: Word| Fragment::new(word.value, word.span, self.text);
        nodes.iter().map(|node| word(node).map(fragment)).collect()
    }

    /// Every key of the mapping under a field with its value, both as pieces of SQL.
    pub(crate) fn pairs(&self, field: &str) -> Vec<(Fragment, Fragment)> {
        let fragment = |word: Word| Fragment::new(word.value, word.span, self.text);
        let inner = self.mapping(field);
        let entries = inner.iter().flat_map(|inner| inner.table());
        entries
            .map(|(key, value)| (fragment(key.clone()), fragment(value)))
            .collect()
    }

    /// Whether the field holds a list without an entry.
    pub(crate) fn is_empty_list(&self, field: &str) -> bool {
        matches!(self.get(field).map(|node| &node.kind), Some(NodeKind::List(nodes)) if nodes.is_empty())
    }

    /// The mapping under a field, or the mappings of a list; absent when something else is there.
    pub(crate) fn one_or_many(&self, field: &str) -> Option<Vec<Mapping<'a>>> {
        let node = self.get(field)?;
        match &node.kind {
            NodeKind::List(nodes) => nodes
                .iter()
                .map(|node| Mapping::of(node, self.text))
                .collect(),
            _ => Some(vec![Mapping::of(node, self.text)?]),
        }
    }

    /// The mapping under a field.
    pub(crate) fn mapping(&self, field: &str) -> Option<Mapping<'a>> {
        Mapping::of(self.get(field)?, self.text)
    }

    /// The mappings of a list.
    pub(crate) fn mappings(&self, field: &str) -> impl Iterator<Item = Mapping<'a>> + use<'a> {
        let text = self.text;
        self.nodes(field)
            .iter()
            .filter_map(move |node| Mapping::of(node, text))
    }

    /// The pieces of SQL of a mapping with free keys.
    pub(crate) fn named_fragments(
        &self,
        field: &str,
    ) -> impl Iterator<Item = (Word, Fragment)> + use<'a> {
        let text = self.text;
        self.mapping(field)
            .into_iter()
            .flat_map(|mapping| mapping.table())
            .map(move |(key, word)| (key.clone(), Fragment::new(word.value, word.span, text)))
    }

    /// How many entries a list has.
    pub(crate) fn length(&self, field: &str) -> usize {
        self.nodes(field).len()
    }

    /// Every key with the text of its value.
    pub(crate) fn table(&self) -> impl Iterator<Item = (&'a Word, Word)> + use<'a> {
        self.entries
            .iter()
            .filter_map(|(key, node)| Some((key, word(node)?)))
    }

    fn nodes(&self, field: &str) -> &'a [Node] {
        match self.get(field).map(|node| &node.kind) {
            Some(NodeKind::List(nodes)) => nodes,
            _ => &[],
        }
    }
}

fn word(node: &Node) -> Option<Word> {
    match &node.kind {
        NodeKind::Scalar { text, .. } if !text.trim().is_empty() => {
            Some(Spanned::new(text.clone(), node.span))
        }
        _ => None,
    }
}

fn words(node: &Node) -> Vec<Word> {
    match &node.kind {
        NodeKind::List(nodes) => nodes.iter().filter_map(word).collect(),
        _ => word(node).into_iter().collect(),
    }
}

fn number(word: &Word) -> Option<Spanned<u32>> {
    let number: u32 = word.value.parse().ok()?;
    if number.to_string() != word.value {
        return None;
    }
    Some(Spanned::new(number, word.span))
}

fn find<T: Copy>(word: &Word, words: &[(&str, T)]) -> Option<T> {
    let found = words.iter().find(|(name, _)| *name == word.value);
    found.map(|(_, value)| *value)
}
