//! Classifiers: base, codes, hierarchy.

mod binding;
mod validity;
mod values;

use super::names::{Names, Sort};
use super::scalars::{self, Scalars};
use super::value;
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{BaseType, Classifier, ClassifierId, ClassifierValue};
use crate::source::declaration::{ClassifierDecl, Declarations};
use crate::source::sql::types::{self, TypeSyntax};
use crate::text;

const CLASSIFIER: Sort = Sort {
    unknown: code::NO_SUCH_CLASSIFIER,
    en: "classifier",
    ru: "справочник",
    ru_of: "справочника",
};

/// A classifier in work; `base` is absent when it is wrong.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) decl: &'a ClassifierDecl,
    pub(super) base: Option<BaseType>,
    /// The scalar type of an open list's codes.
    pub(super) form: Option<usize>,
}

impl Draft<'_> {
    /// Whether every code fits a base type; if not, the first that does not.
    pub(super) fn misfit(&self, base: BaseType) -> Option<&str> {
        let codes = self
            .decl
            .values
            .iter()
            .map(|value| value.code.value.as_str());
        codes
            .into_iter()
            .find(|code| value::check(base, code).is_err())
    }

    /// Whether a code is of the list.
    pub(super) fn has(&self, code: &str) -> bool {
        self.decl
            .values
            .iter()
            .any(|value| value.code.value == code)
    }
}

/// The classifiers by name.
#[derive(Debug)]
pub(super) struct Classifiers<'a> {
    pub(super) names: Names<'a>,
    drafts: Vec<Draft<'a>>,
}

impl<'a> Classifiers<'a> {
    pub(super) fn get(&self, at: usize) -> &Draft<'a> {
        &self.drafts[at]
    }

    /// The lists of a model without errors.
    pub(super) fn into_lists(self) -> Option<Vec<Classifier>> {
        self.drafts.into_iter().map(finish).collect()
    }
}

/// The id of a position.
pub(super) fn id(at: usize) -> ClassifierId {
    ClassifierId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Resolves every classifier.
pub(super) fn resolve<'a>(
    found: &'a Declarations,
    scalars: &Scalars<'_>,
    report: &mut Report,
) -> Classifiers<'a> {
    let words = found.classifiers.iter().map(|list| &list.name);
    let names = Names::collect(CLASSIFIER, !found.lost.classifiers, words, report);
    let drafts = found
        .classifiers
        .iter()
        .map(|decl| draft(decl, scalars, report))
        .collect();
    Classifiers { names, drafts }
}

fn draft<'a>(decl: &'a ClassifierDecl, scalars: &Scalars<'_>, report: &mut Report) -> Draft<'a> {
    let name = &decl.name.value;
    let mut broken = false;
    let form = decl.form.as_ref().and_then(|word| {
        if !decl.open {
            report.push(
                Diagnostic::new(
                    code::CLASSIFIER_FORM,
                    text!(
                        "`form` is for open lists; `{name}` is closed",
                        "`form` годится для открытых справочников, а `{name}` закрыт"
                    ),
                )
                .at(word.span)
                .help(text!(
                    "remove it, or say `open: true`",
                    "уберите его или укажите `open: true`"
                )),
            );
        }
        let at = scalars.names.find(word, report);
        broken |= at.is_none();
        at
    });
    // A form that a closed list must not have binds nothing.
    let open_form = form.filter(|_| decl.open);
    let form_base = open_form.and_then(|at| scalars.get(at).base);
    broken |= open_form.is_some() && form_base.is_none();
    let declared = match &decl.base {
        Some(fragment) => {
            let base = base(fragment, report);
            broken |= base.is_none();
            base
        }
        None => None,
    };
    if let (Some(declared), Some(of_form), Some(fragment), Some(word)) =
        (declared, form_base, &decl.base, &decl.form)
        && declared != of_form
    {
        report.push(
            Diagnostic::new(
                code::CLASSIFIER_FORM,
                text!(
                    "`type` is `{declared}`, but the form is `{of_form}`",
                    "`type` — `{declared}`, а форма — `{of_form}`"
                ),
            )
            .at(fragment.span)
            .also(word.span, text!("the form", "форма"))
            .help(text!(
                "remove `type`: the form gives it",
                "уберите `type`: его задаёт форма"
            )),
        );
    }
    let base = match form_base.or(declared) {
        _ if broken => None,
        Some(base) => Some(base),
        None => longest(decl, report),
    };
    if decl.values.is_empty() && !decl.open && !decl.values_lost {
        report.push(
            Diagnostic::new(
                code::CLASSIFIER_EMPTY,
                text!(
                    "the closed list `{name}` has no value",
                    "в закрытом справочнике `{name}` нет значений"
                ),
            )
            .at(decl.values_key.unwrap_or(decl.name.span))
            .help(text!(
                "list the values, or say `open: true` and name a `form`",
                "перечислите значения или укажите `open: true` и форму (`form`)"
            )),
        );
    }
    let mut rule = open_form
        .map(|at| scalars.get(at).form())
        .unwrap_or_default();
    rule.base = base;
    values::check(decl, rule, report);
    validity::check(decl, report);
    if let Some(esnsi) = &decl.esnsi {
        binding::check(esnsi, report);
    }
    Draft { decl, base, form }
}

/// The declared base of a list's codes.
fn base(fragment: &crate::source::Fragment, report: &mut Report) -> Option<BaseType> {
    let base = match types::parse(fragment, report)? {
        TypeSyntax::Base(base) => base,
        TypeSyntax::Named(word) => {
            let name = &word.value;
            report.push(
                Diagnostic::new(
                    code::NOT_A_BASE_TYPE,
                    text!("`{name}` is not a base type", "`{name}` — не базовый тип"),
                )
                .at(word.span)
                .help(text!(
                    "codes are texts or `int32`; a scalar type goes to `form` of an open list",
                    "коды — текст или `int32`; скалярный тип указывают в `form` открытого справочника"
                )),
            );
            return None;
        }
    };
    if base.is_text() || base == BaseType::Int32 {
        return Some(base);
    }
    report.push(
        Diagnostic::new(
            code::CLASSIFIER_FORM,
            text!("codes cannot be `{base}`", "коды не могут быть `{base}`"),
        )
        .at(fragment.span)
        .help(text!(
            "codes are texts or `int32`",
            "коды — текст или `int32`"
        )),
    );
    None
}

/// The base of a list that names none: as wide as its longest code.
fn longest(decl: &ClassifierDecl, report: &mut Report) -> Option<BaseType> {
    let widths = decl
        .values
        .iter()
        .map(|value| value.code.value.chars().count());
    let width = widths.max().and_then(|width| u32::try_from(width).ok());
    if decl.open {
        let name = &decl.name.value;
        report.push(
            Diagnostic::new(
                code::CLASSIFIER_FORM,
                text!(
                    "the open list `{name}` has neither `form` nor `type`",
                    "у открытого справочника `{name}` нет ни `form`, ни `type`"
                ),
            )
            .at(decl.name.span)
            .help(text!(
                "say what its codes look like: `form: <scalar type>` or `type: varchar(11)`",
                "укажите, как выглядят его коды: `form: <скалярный тип>` или `type: varchar(11)`"
            )),
        );
        return None;
    }
    width.map(|width| BaseType::Varchar(Some(width)))
}

fn finish(draft: Draft<'_>) -> Option<Classifier> {
    let decl = draft.decl;
    let values = decl.values.iter().map(|value| ClassifierValue {
        code: value.code.value.clone(),
        title: value.title.clone().unwrap_or_default(),
        name: value.name.as_ref().map(|name| name.value.clone()),
        parent: value.parent.as_ref().map(|parent| parent.value.clone()),
        validity: validity::finish(&value.validity),
        span: value.code.span,
    });
    Some(Classifier {
        name: decl.name.value.clone(),
        title: decl.title.clone().unwrap_or_default(),
        note: decl.note.clone(),
        authority: decl
            .authority
            .clone()
            .unwrap_or_else(|| Classifier::OWN.to_owned()),
        source: decl.source.clone(),
        validity: validity::finish(&decl.validity),
        esnsi: decl.esnsi.as_ref().map(binding::finish),
        base: draft.base?,
        open: decl.open,
        form: draft.form.map(scalars::id),
        values: values.collect(),
        span: decl.name.span,
    })
}
