//! Rows to values: codes that stand once, titles on one line, parents that are in the list.

use std::collections::{BTreeMap, BTreeSet};

use super::{Row, Rows};
use crate::diagnostic::{Diagnostic, Report, Text, code};
use crate::import::esnsi::tidy;
use crate::import::esnsi::value::shorten;
use crate::import::{ImportedValue, is_name};
use crate::source::{Span, Spanned};
use crate::text;

impl Rows<'_> {
    /// The sound rows as values, and how many rows were left out.
    pub(in crate::import::esnsi) fn finish(
        self,
        report: &mut Report,
    ) -> (Vec<ImportedValue>, usize) {
        let mut finishing = Finishing {
            values: Vec::new(),
            parents: Vec::new(),
            by_row: BTreeMap::new(),
            by_code: BTreeMap::new(),
            names: BTreeMap::new(),
            tidied: Vec::new(),
            report,
        };
        let rows = self.rows.iter().enumerate();
        let mut left_out = 0;
        for (at, row) in rows.filter(|(_, row)| !row.is_removed) {
            let taken = !row.is_broken && finishing.row(at, row);
            left_out += usize::from(!taken);
        }
        finishing.resolve_parents(&self.by_uid);
        finishing.cut_rings();
        finishing.say_tidied();
        (finishing.values, left_out)
    }
}

struct Finishing<'r> {
    values: Vec<ImportedValue>,
    /// The parent of each value, as the file names it.
    parents: Vec<Option<Spanned<String>>>,
    /// Positions of values by the position of their row.
    by_row: BTreeMap<usize, usize>,
    /// Positions and places by code.
    by_code: BTreeMap<String, (usize, Span)>,
    /// Places of Latin names.
    names: BTreeMap<String, Span>,
    /// Places of texts that were tidied.
    tidied: Vec<Span>,
    report: &'r mut Report,
}

impl Finishing<'_> {
    /// Takes a row in; `false` when it cannot be a value.
    fn row(&mut self, at: usize, row: &Row) -> bool {
        let Some(code) = &row.code else {
            self.report.push(finding(
                code::IMPORT_NO_CODE,
                row.span,
                text!("the row has no code", "у строки нет кода"),
            ));
            return false;
        };
        let text = code.value.trim();
        if text.contains(|c: char| c.is_control()) {
            self.report.push(finding(
                code::IMPORT_VALUE,
                code.span,
                text!(
                    "the code has a line break or another control character",
                    "в коде перевод строки или другой управляющий символ"
                ),
            ));
            return false;
        }
        let Some(title) = row.title.as_ref().and_then(|title| tidy(&title.value)) else {
            self.report.push(finding(
                code::IMPORT_NO_TITLE,
                row.span,
                text!(
                    "the row `{text}` has no title",
                    "у строки `{text}` нет названия"
                ),
            ));
            return false;
        };
        if let Some((_, first)) = self.by_code.get(text) {
            let shown = shorten(text);
            let twice = finding(
                code::IMPORT_CODE_TWICE,
                code.span,
                text!(
                    "the code `{shown}` stands twice",
                    "код `{shown}` стоит дважды"
                ),
            );
            self.report
                .push(twice.also(*first, text!("this row is taken", "взята эта строка")));
            return false;
        }
        let original = row
            .title
            .as_ref()
            .is_some_and(|original| original.value == title);
        if text != code.value || !original {
            self.tidied.push(code.span);
        }
        let position = self.values.len();
        self.by_code.insert(text.to_owned(), (position, code.span));
        self.by_row.insert(at, position);
        let (start_date, end_date) = self.period(row);
        let name = row
            .latin_name
            .as_ref()
            .and_then(|name| self.latin_name(name));
        self.values.push(ImportedValue {
            code: text.to_owned(),
            name,
            title,
            parent: None,
            start_date,
            end_date,
        });
        self.parents.push(row.parent.clone());
        true
    }

    fn latin_name(&mut self, name: &Spanned<String>) -> Option<String> {
        let text = name.value.trim();
        let problem = match self.names.get(text) {
            _ if !is_name(text) => {
                let shown = shorten(text);
                text!(
                    "`{shown}` cannot be a name for programs",
                    "`{shown}` не может быть именем для программ"
                )
            }
            Some(_) => text!(
                "two rows have the name `{text}`",
                "у двух строк одно имя `{text}`"
            ),
            None => {
                self.names.insert(text.to_owned(), name.span);
                return Some(text.to_owned());
            }
        };
        self.report
            .push(finding(code::IMPORT_VALUE, name.span, problem).help(without()));
        None
    }

    /// Both ends of a period, unless the last day comes before the first.
    fn period(&mut self, row: &Row) -> (Option<String>, Option<String>) {
        let text = |day: &Option<Spanned<String>>| day.as_ref().map(|day| day.value.clone());
        if let (Some(start), Some(end)) = (&row.start_date, &row.end_date)
            && end.value < start.value
        {
            let (from, to) = (&start.value, &end.value);
            let backwards = finding(
                code::IMPORT_VALUE,
                end.span,
                text!(
                    "the period ends on {to}, before it begins on {from}",
                    "период кончается {to}, раньше своего начала {from}"
                ),
            );
            self.report.push(backwards.help(without()));
            return (None, None);
        }
        (text(&row.start_date), text(&row.end_date))
    }

    /// Parents by code, or by the uid of their record.
    fn resolve_parents(&mut self, by_uid: &BTreeMap<String, usize>) {
        for (at, parent) in self.parents.iter().enumerate() {
            let Some(parent) = parent else { continue };
            let text = parent.value.trim();
            let by_code = self.by_code.get(text).map(|(at, _)| *at);
            let found = by_code.or_else(|| self.by_row.get(by_uid.get(text)?).copied());
            match found {
                Some(above) => {
                    let code = self.values[above].code.clone();
                    self.values[at].parent = Some(code);
                }
                None => {
                    let shown = shorten(text);
                    let unknown = finding(
                        code::IMPORT_PARENT,
                        parent.span,
                        text!(
                            "no row that was taken over has the code `{shown}`",
                            "кода `{shown}` нет ни у одной взятой строки"
                        ),
                    );
                    self.report.push(unknown.help(without()));
                }
            }
        }
    }

    /// Takes the parent off the value that closes a ring.
    fn cut_rings(&mut self) {
        let mut settled: BTreeSet<usize> = BTreeSet::new();
        for start in 0..self.values.len() {
            let mut path = BTreeSet::new();
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| !settled.contains(at)) {
                path.insert(at);
                let parent = self.values[at].parent.as_deref();
                let above = parent.and_then(|code| self.by_code.get(code));
                next = above.map(|(above, _)| *above);
                if next.is_some_and(|above| path.contains(&above)) {
                    let code = self.values[at].code.clone();
                    let place = self.parents[at].as_ref().map(|parent| parent.span);
                    self.values[at].parent = None;
                    next = None;
                    let ring = Diagnostic::new(
                        code::IMPORT_PARENT,
                        text!(
                            "the row `{code}` is above itself",
                            "строка `{code}` стоит выше самой себя"
                        ),
                    );
                    let ring = ring.help(without());
                    self.report.push(match place {
                        Some(place) => ring.at(place),
                        None => ring,
                    });
                }
            }
            settled.extend(path);
        }
    }

    /// Blanks that people do not see are no reason to ask them for each row.
    fn say_tidied(&mut self) {
        let Some(first) = self.tidied.first() else {
            return;
        };
        let count = self.tidied.len();
        let message = text!(
            "blanks and line breaks were tidied in codes or titles; rows: {count}",
            "в кодах или названиях убраны лишние пробелы и переводы строк; строк: {count}"
        );
        let tidied = Diagnostic::new(code::IMPORT_TIDIED, message);
        self.report
            .push(tidied.labelled(*first, text!("the first of them", "первая из них")));
    }
}

/// What happens to a row one of whose lesser values is wrong.
fn without() -> Text {
    text!(
        "the row is taken over without it",
        "строка взята без этого значения"
    )
}

fn finding(code: crate::diagnostic::Code, span: Span, message: Text) -> Diagnostic {
    Diagnostic::new(code, message).at(span)
}
