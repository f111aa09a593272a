//! The values of a classifier: codes that fit and stand once, parents that exist and form no ring.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Report, code};
use crate::resolve::form::Form;
use crate::source::Span;
use crate::source::declaration::{ClassifierDecl, Word};
use crate::source::nearest::nearest;
use crate::source::shape::check::unquoted;
use crate::text;

/// Judges every value of a list. `form` is what codes must fit.
pub(super) fn check(decl: &ClassifierDecl, form: Form<'_>, report: &mut Report) {
    let mut codes: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    let mut names: BTreeMap<&str, Span> = BTreeMap::new();
    for (at, value) in decl.values.iter().enumerate() {
        let code = &value.code;
        // A list of numbers is written in numbers; everywhere else quotes keep a code a text.
        if value.taken.is_some() && form.base.is_some_and(|base| base.is_text()) {
            unquoted(&code.value, code.span, "code", value.taken, report);
        }
        if code.value.trim() != code.value {
            report.push(
                Diagnostic::new(
                    code::CODE_FORM,
                    text!("the code has blanks around it", "у кода пробелы по краям"),
                )
                .at(code.span)
                .suggest(Some(format!("'{}'", code.value.trim()))),
            );
        } else {
            form.check(code::CODE_FORM, code, report);
        }
        if let Some((_, first)) = codes.get(code.value.as_str()) {
            report.push(twice(code, *first));
        } else {
            codes.insert(&code.value, (at, code.span));
        }
        if let Some(name) = &value.name {
            if let Some(first) = names.get(name.value.as_str()) {
                let text = &name.value;
                report.push(
                    Diagnostic::new(
                        code::DUPLICATE_NAME,
                        text!(
                            "two values have the name `{text}`",
                            "у двух значений одно имя `{text}`"
                        ),
                    )
                    .at(name.span)
                    .also(*first, text!("first here", "впервые здесь")),
                );
            } else {
                names.insert(&name.value, name.span);
            }
        }
    }
    parents(decl, &codes, report);
}

fn twice(word: &Word, first: Span) -> Diagnostic {
    let code = &word.value;
    Diagnostic::new(
        code::DUPLICATE_CODE,
        text!(
            "the code `{code}` stands twice in the list",
            "код `{code}` стоит в справочнике дважды"
        ),
    )
    .at(word.span)
    .also(first, text!("first here", "впервые здесь"))
    .help(text!(
        "a code means one thing: remove one",
        "код означает что-то одно: уберите лишний"
    ))
}

fn parents(decl: &ClassifierDecl, codes: &BTreeMap<&str, (usize, Span)>, report: &mut Report) {
    let mut above: Vec<Option<usize>> = Vec::with_capacity(decl.values.len());
    for value in &decl.values {
        let Some(parent) = &value.parent else {
            above.push(None);
            continue;
        };
        let found = codes.get(parent.value.as_str()).map(|(at, _)| *at);
        // An open list names only some of its codes; the parent may be another one.
        if found.is_none() && !decl.open {
            let (code, list) = (&parent.value, &decl.name.value);
            report.push(
                Diagnostic::new(
                    code::CLASSIFIER_PARENT,
                    text!(
                        "`{list}` has no code `{code}`",
                        "в `{list}` нет кода `{code}`"
                    ),
                )
                .at(parent.span)
                .suggest(nearest(code, codes.keys().copied())),
            );
        }
        above.push(found);
    }
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    for start in 0..above.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut on_path = BTreeSet::new();
        let mut next = Some(start);
        while let Some(at) = next {
            if settled.contains(&at) {
                break;
            }
            if !on_path.insert(at) {
                let ring = path.iter().skip_while(|step| **step != at);
                let mut words: Vec<&str> = ring
                    .map(|step| decl.values[*step].code.value.as_str())
                    .collect();
                words.push(&decl.values[at].code.value);
                let ring = words.join("` → `");
                let place = decl.values[at]
                    .parent
                    .as_ref()
                    .map_or(decl.name.span, |word| word.span);
                report.push(
                    Diagnostic::new(
                        code::CLASSIFIER_PARENT,
                        text!(
                            "the parents form a ring: `{ring}`",
                            "вышестоящие значения замкнуты: `{ring}`"
                        ),
                    )
                    .at(place)
                    .help(text!(
                        "the topmost value has no parent",
                        "у самого верхнего значения нет вышестоящего"
                    )),
                );
                break;
            }
            path.push(at);
            next = above[at];
        }
        settled.extend(path);
    }
}
