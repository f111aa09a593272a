//! YAML to [`Node`]s: the only module that knows which crate reads YAML.
//!
//! Every scalar keeps its text as written (`0123` stays `0123`), every key and value its place.
//! What this dialect leaves out is refused here: anchors, aliases, merge keys, tags, several
//! documents, deep nesting. Line ends may be LF or CRLF.

mod error;

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::span::{FileId, Span, Spanned};
use crate::diagnostic::{Diagnostic, Report, code};
use crate::text;

/// How deep lists and mappings may nest; the language itself needs six levels.
const MAX_DEPTH: usize = 48;

/// A piece of YAML with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its place; for a list or a mapping, its first element's.
    pub span: Span,
}

/// What a piece of YAML is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// A text, a number, a truth value: the text as YAML means it, before any typing.
    Scalar {
        /// The text.
        text: String,
        /// Written without quotes and not as a block.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file, repeated keys included.
    Map(Vec<(Spanned<String>, Node)>),
}

/// Reads one document. Reports at most one error of syntax; repeated keys are all reported.
pub fn parse(file: FileId, text: &str, report: &mut Report) -> Option<Node> {
    let mut budget = serde_yaml::Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.flow_nesting_limit = MAX_DEPTH;
    budget.max_documents = 1;
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    // The size of files is bounded before they are read; a model may be as large as that allows.
    budget.max_events = usize::MAX;
    budget.max_nodes = usize::MAX;
    budget.max_total_scalar_bytes = usize::MAX;
    let options = serde_yaml::options! {
        budget: Some(budget),
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    match serde_yaml::from_str_with_options::<serde_yaml::Spanned<Raw>>(text, options) {
        Ok(raw) => {
            let mut builder = Builder { file, text, report };
            Some(builder.node(raw))
        }
        Err(error) => {
            report.push(error::explain(file, text, &error));
            None
        }
    }
}

/// What the reader hands over, before places become byte ranges.
enum Raw {
    Null,
    /// A number or a truth value: its text is taken from the file.
    Typed,
    Text(String),
    List(Vec<serde_yaml::Spanned<Raw>>),
    Map(Vec<(serde_yaml::Spanned<Raw>, serde_yaml::Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        Ok(Raw::Map(entries))
    }
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    report: &'a mut Report,
}

impl Builder<'_> {
    fn node(&mut self, raw: serde_yaml::Spanned<Raw>) -> Node {
        let span = self.span(raw.referenced);
        match raw.value {
            Raw::Null => Node {
                kind: NodeKind::Null,
                span,
            },
            Raw::Typed => {
                self.refuse_tag(span);
                let text = self.slice(span).to_owned();
                let kind = NodeKind::Scalar { text, plain: true };
                Node { kind, span }
            }
            Raw::Text(text) => {
                self.refuse_tag(span);
                let span = self.without_trailing_blank(span);
                let plain = !self.slice(span).starts_with(['"', '\'', '|', '>']);
                let kind = NodeKind::Scalar { text, plain };
                Node { kind, span }
            }
            Raw::List(items) => {
                let items: Vec<Node> = items.into_iter().map(|item| self.node(item)).collect();
                let span = items.first().map_or(span, |first| {
                    if span.start == span.end {
                        first.span
                    } else {
                        span
                    }
                });
                let kind = NodeKind::List(items);
                Node { kind, span }
            }
            Raw::Map(entries) => self.map(entries, span),
        }
    }

    fn map(
        &mut self,
        raw: Vec<(serde_yaml::Spanned<Raw>, serde_yaml::Spanned<Raw>)>,
        span: Span,
    ) -> Node {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::with_capacity(raw.len());
        let mut index = None;
        for (key, value) in raw {
            let key = self.node(key);
            let value = self.node(value);
            let name = match key.kind {
                NodeKind::Scalar { text, plain } => {
                    if plain && text == "<<" {
                        self.report.push(merge_key(key.span));
                        continue;
                    }
                    text
                }
                // A field may be called `null`: only as a value it says "nothing".
                NodeKind::Null if key.span.start < key.span.end => self.slice(key.span).to_owned(),
                _ => {
                    self.report.push(
                        Diagnostic::new(
                            code::WRONG_SHAPE,
                            text!(
                                "a field's name must be a word",
                                "имя поля должно быть словом"
                            ),
                        )
                        .at(key.span),
                    );
                    continue;
                }
            };
            if let Some(first) = first_of(&name, &entries, &mut index) {
                self.report.push(
                    Diagnostic::new(
                        code::DUPLICATE_FIELD,
                        text!(
                            "the field `{name}` is set twice",
                            "поле `{name}` задано дважды"
                        ),
                    )
                    .at(key.span)
                    .also(first, text!("first here", "впервые здесь"))
                    .help(text!("keep one of the two", "оставьте одно из двух")),
                );
                continue;
            }
            if let Some(index) = &mut index {
                index.insert(name.clone(), key.span);
            }
            entries.push((Spanned::new(name, key.span), value));
        }
        let span = match entries.first() {
            Some((key, _)) if span.start == span.end => key.span,
            _ => span,
        };
        Node {
            kind: NodeKind::Map(entries),
            span,
        }
    }

    fn span(&self, location: serde_yaml::Location) -> Span {
        let span = location.span();
        let start = span.byte_offset().map_or(0, |at| at as usize);
        let length = span.byte_len().map_or(0, |len| len as usize);
        Span::new(self.file, start, start + length)
    }

    fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The place of a block scalar reaches to the next token; people want to see the text alone.
    fn without_trailing_blank(&self, span: Span) -> Span {
        let kept = self.slice(span).trim_end().len();
        Span::new(span.file, span.start as usize, span.start as usize + kept)
    }

    /// The reader takes the standard tags (`!!str`) silently; in this dialect quotes say it.
    fn refuse_tag(&mut self, span: Span) {
        let before = self.text.get(..span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        let word = line
            .trim_end()
            .rsplit([' ', '[', '{', ','])
            .next()
            .unwrap_or("");
        let tag = match (word.starts_with('!'), self.slice(span).starts_with('!')) {
            (true, _) if line.ends_with(' ') => word,
            _ => return,
        };
        let start = span.start as usize - (line.len() - line.rfind(tag).unwrap_or(0));
        self.report.push(
            Diagnostic::new(
                code::YAML_REFERENCE,
                text!(
                    "the tag `{tag}` is not part of the model language",
                    "тег `{tag}` не входит в язык модели"
                ),
            )
            .at(Span::new(span.file, start, start + tag.len()))
            .help(text!(
                "remove it; quotes make a text of a number",
                "уберите его; число становится текстом в кавычках"
            )),
        );
    }
}

fn merge_key(span: Span) -> Diagnostic {
    Diagnostic::new(
        code::YAML_REFERENCE,
        text!(
            "merge keys are not part of the model language",
            "ключи слияния не входят в язык модели"
        ),
    )
    .at(span)
    .help(text!(
        "write the fields out, or share columns through `mixins.yaml`",
        "выпишите поля полностью, а общие колонки вынесите в `mixins.yaml`"
    ))
}

/// The place of a key that came before. Objects of the language have few keys, which are compared
/// one by one; a long free mapping gets an index.
fn first_of(
    name: &str,
    entries: &[(Spanned<String>, Node)],
    index: &mut Option<HashMap<String, Span>>,
) -> Option<Span> {
    if index.is_none() && entries.len() > 32 {
        let places = entries.iter().map(|(key, _)| (key.value.clone(), key.span));
        *index = Some(places.collect());
    }
    match index {
        Some(index) => index.get(name).copied(),
        None => {
            let mut keys = entries.iter().map(|(key, _)| key);
            keys.find(|key| key.value == name).map(|key| key.span)
        }
    }
}
