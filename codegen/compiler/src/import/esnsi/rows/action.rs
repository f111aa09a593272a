//! What a record does to the rows so far: adds one, updates one, removes one.

use std::collections::BTreeMap;

use super::{Row, Rows, odd};
use crate::diagnostic::Report;
use crate::import::xml::Element;
use crate::source::Span;
use crate::text;

impl Rows<'_> {
    /// Takes a record in by its action. A record without one adds, as the schema says.
    pub(super) fn add(
        &mut self,
        element: &Element<'_>,
        row: Row,
        seen: &BTreeMap<usize, Span>,
        report: &mut Report,
    ) {
        let uid = element.get("uid");
        let action = element.get("action");
        let action_word = action
            .as_ref()
            .map_or("add", |action| action.value.as_str());
        let place = action.as_ref().map_or(element.span, |action| action.span);
        let known = uid
            .as_ref()
            .and_then(|uid| self.by_uid.get(&uid.value).copied());
        match (action_word, known) {
            ("add", None) => {
                self.say_missing(&row, seen, report);
                if let Some(uid) = uid {
                    self.by_uid.insert(uid.value, self.rows.len());
                }
                self.rows.push(row);
            }
            ("add", Some(first)) => {
                let text = uid.as_ref().map_or("", |uid| uid.value.as_str());
                let finding = odd(
                    uid.as_ref().map_or(place, |uid| uid.span),
                    text!(
                        "two records have the uid `{text}`",
                        "у двух записей один uid `{text}`"
                    ),
                );
                report.push(finding.also(
                    self.rows[first].span,
                    text!("this one is taken", "взята эта"),
                ));
                self.leave_out(row);
            }
            ("update", Some(at)) => self.rows[at].update(row),
            ("remove", Some(at)) => self.rows[at].is_removed = true,
            ("update" | "remove", None) => {
                report.push(
                    odd(
                        place,
                        text!(
                            "the file changes a record that it does not hold",
                            "файл меняет запись, которой в нём нет"
                        ),
                    )
                    .help(text!(
                        "export the whole list, not its changes",
                        "выгрузите справочник целиком, а не его изменения"
                    )),
                );
                self.leave_out(row);
            }
            (other, _) => {
                report.push(odd(
                    place,
                    text!(
                        "records are added, updated and removed; `{other}` is none of these",
                        "записи добавляют (`add`), меняют (`update`) и удаляют (`remove`), а не `{other}`"
                    ),
                ));
                self.leave_out(row);
            }
        }
    }

    /// Keeps a row only to count it.
    fn leave_out(&mut self, mut row: Row) {
        row.is_broken = true;
        self.rows.push(row);
    }
}

impl Row {
    fn update(&mut self, by: Row) {
        let pairs = [
            (&mut self.code, by.code),
            (&mut self.title, by.title),
            (&mut self.parent, by.parent),
            (&mut self.latin_name, by.latin_name),
            (&mut self.start_date, by.start_date),
            (&mut self.end_date, by.end_date),
        ];
        for (old, new) in pairs {
            if new.is_some() {
                *old = new;
            }
        }
        self.is_broken |= by.is_broken;
        self.is_removed = false;
    }
}
