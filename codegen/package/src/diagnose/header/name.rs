//! Names of columns, as headers write them.

use std::collections::BTreeMap;

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::{ColumnId, Table};

use crate::diagnose::csv_name;
use crate::look_alike;

/// Longer texts are no names.
const LONGEST: usize = 1000;

/// The names that a header may hold.
pub(super) struct Known {
    names: BTreeMap<String, ColumnId>,
    titles: BTreeMap<String, ColumnId>,
}

/// A column, and how its name is written.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) column: ColumnId,
    /// The name as it should be.
    pub(super) name: String,
    pub(super) is_blank: bool,
    pub(super) is_quoted: bool,
    pub(super) is_cased: bool,
    pub(super) is_title: bool,
    pub(super) look_alike: Option<Text>,
}

impl Known {
    pub(super) fn new(table: &Table, expected: &[ColumnId]) -> Known {
        let title = |id: &ColumnId| (table.column(*id).title.to_lowercase(), *id);
        Known {
            names: expected
                .iter()
                .map(|id| (csv_name(table, *id), *id))
                .collect(),
            titles: expected.iter().map(title).collect(),
        }
    }

    /// The column that a text of the header means.
    pub(super) fn find(&self, text: &str) -> Option<Match> {
        if text.len() > LONGEST {
            return None;
        }
        let (bare, is_blank, is_quoted) = bare(text);
        let lower = bare.to_lowercase();
        let found = |name: &str, column: ColumnId| Match {
            column,
            name: name.to_owned(),
            is_blank,
            is_quoted,
            is_cased: lower != bare,
            is_title: false,
            look_alike: None,
        };
        if let Some((name, column)) = self.names.get_key_value(&lower) {
            return Some(found(name, *column));
        }
        let latin = look_alike::latin(&lower);
        if let Some((latin, words)) = latin
            && let Some((name, column)) = self.names.get_key_value(&latin)
        {
            return Some(Match {
                look_alike: Some(words),
                ..found(name, *column)
            });
        }
        let (_, column) = self.titles.get_key_value(&lower)?;
        Some(Match {
            is_cased: false,
            is_title: true,
            ..found("", *column)
        })
    }

    /// The name that may have been meant.
    pub(super) fn nearest(&self, text: &str) -> Option<&str> {
        let lower = bare(text).0.to_lowercase();
        look_alike::nearest(&lower, self.names.keys().map(String::as_str))
    }
}

/// The text without blanks, invisible characters and quotes around it; whether there were such.
pub(super) fn bare(text: &str) -> (String, bool, bool) {
    let is_blank = |one: char| {
        one.is_whitespace() || matches!(one, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    };
    let outer = text.trim_matches(is_blank);
    let unquoted = outer
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let inner = unquoted.unwrap_or(outer).trim_matches(is_blank);
    let is_trimmed = outer.len() < text.len() || inner.len() < unquoted.unwrap_or(outer).len();
    (inner.to_owned(), is_trimmed, unquoted.is_some())
}
