//! The base type of every column: its own, its classifier's, its target's, or the DDL's.

use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::BaseType;
use crate::resolve::Context;
use crate::source::Span;
use crate::text;

use super::ddl::disagree;
use super::draft::{Column, Draft};
use super::said::Said;

/// Settles types in the order of loading, so that a target is known before those that refer to it.
pub(super) fn resolve(
    context: &Context<'_, '_>,
    tables: &mut [Draft<'_>],
    order: &[usize],
    report: &mut Report,
) {
    for at in order {
        for column in &mut tables[*at].columns {
            column.base = own(context, column, report);
        }
        follow(tables, *at);
    }
}

/// Takes the types of references from their targets. A target in the same table may itself be a
/// reference, hence the rounds; each but the last settles a column.
fn follow(tables: &mut [Draft<'_>], at: usize) {
    loop {
        let mut settled = Vec::new();
        for key in tables[at].foreign_keys.iter().filter(|key| key.gives_type) {
            let (Some(column), Some(target)) = (key.columns.first(), key.target.first()) else {
                continue;
            };
            if tables[at].columns[*column].base.is_none()
                && let Some(base) = tables[key.table].columns[*target].base
            {
                settled.push((*column, base));
            }
        }
        if settled.is_empty() {
            return;
        }
        for (column, base) in settled {
            tables[at].columns[column].base = Some(base);
        }
    }
}

fn own(context: &Context<'_, '_>, column: &Column<'_>, report: &mut Report) -> Option<BaseType> {
    let declared = column.ddl.map(|ddl| (ddl.base.value, ddl.base.span));
    match &column.said {
        // In DDL a broken meaning leaves the base known.
        Said::Broken | Said::Nothing | Said::Reference(..) => declared.map(|(base, _)| base),
        Said::Base(base, span) => match declared {
            // A mixin serves tables of both sorts; there its type only has to agree.
            Some((stored, _)) if column.mixin.is_some() && stored == *base => Some(stored),
            Some((stored, ddl)) => {
                report.push(if column.mixin.is_some() {
                    mixin_differs(*base, stored, *span, ddl)
                } else {
                    base_in_ddl(*span, ddl)
                });
                Some(stored)
            }
            None => Some(*base),
        },
        Said::Scalar(at, span) => {
            let scalar = context.scalars.get(*at);
            let (Some(base), Some((stored, ddl))) = (scalar.base, declared) else {
                return declared.map(|(base, _)| base).or(scalar.base);
            };
            if !holds(stored, base) {
                let name = &scalar.decl.name.value;
                report.push(
                    Diagnostic::new(
                        code::TYPE_REFINEMENT,
                        text!(
                            "`{name}` is `{base}` and does not fit `{stored}` of the DDL",
                            "`{name}` — это `{base}`, в `{stored}` из DDL не помещается"
                        ),
                    )
                    .at(*span)
                    .also(ddl, text!("the DDL", "DDL"))
                    .help(text!(
                        "choose a type of that base, or one whose text is no longer",
                        "выберите тип с той же основой или с не более длинным текстом"
                    )),
                );
            }
            Some(stored)
        }
        Said::Classifier(at, span, width) => {
            let list = context.classifiers.get(*at);
            if let (Some((_, width)), Some((_, ddl))) = (width, declared) {
                report.push(base_in_ddl(*width, ddl));
            }
            let (asked, place) = match (declared, width) {
                (Some((base, ddl)), _) => (base, Some((*span, ddl))),
                (None, Some((base, width))) => (*base, Some((*width, list.decl.name.span))),
                (None, None) => return list.base,
            };
            let codes = list.base?;
            if let Some((here, there)) = place {
                check_list(list, codes, asked, here, there, report);
            }
            Some(asked)
        }
    }
}

fn mixin_differs(base: BaseType, stored: BaseType, span: Span, ddl: Span) -> Diagnostic {
    disagree(
        text!(
            "the mixin says `{base}`, the DDL `{stored}`",
            "в наборе колонок `{base}`, а в DDL `{stored}`"
        ),
        span,
        ddl,
        text!("make both equal", "сделайте их одинаковыми"),
    )
}

fn base_in_ddl(span: Span, ddl: Span) -> Diagnostic {
    Diagnostic::new(
        code::DDL_FIELD,
        text!(
            "the base type is said by the DDL of this table",
            "базовый тип этой таблицы задаёт DDL"
        ),
    )
    .at(span)
    .also(ddl, text!("the DDL", "DDL"))
    .help(text!(
        "remove it, or name a scalar type that says more",
        "уберите его или назовите скалярный тип, который его уточняет"
    ))
}

/// Whether every value of `inner` is one of `outer`.
fn holds(outer: BaseType, inner: BaseType) -> bool {
    if outer == inner {
        return true;
    }
    let is_wide = matches!(outer, BaseType::Varchar(_) | BaseType::Link) && inner.is_text();
    match (is_wide, outer.max_chars(), inner.max_chars()) {
        (true, None, _) => true,
        (true, Some(outer), Some(inner)) => inner <= outer,
        _ => outer == BaseType::BigInt && inner == BaseType::Int32,
    }
}

/// The base of a column must hold every code of its list.
fn check_list(
    list: &crate::resolve::classifiers::Draft<'_>,
    codes: BaseType,
    asked: BaseType,
    here: Span,
    there: Span,
    report: &mut Report,
) {
    let name = &list.decl.name.value;
    let families = codes.value_type() == asked.value_type();
    let misfit = if list.decl.open {
        None
    } else {
        list.misfit(asked)
    };
    let why = match misfit {
        _ if !families => text!("its codes are `{codes}`", "его коды — `{codes}`"),
        Some(code) => text!(
            "the code `{code}` does not fit",
            "код `{code}` не помещается"
        ),
        None if list.decl.open && !holds(asked, codes) => {
            text!("its codes are `{codes}`", "его коды — `{codes}`")
        }
        None => return,
    };
    report.push(
        Diagnostic::new(
            code::TYPE_REFINEMENT,
            crate::diagnostic::Text {
                en: format!(
                    "`{asked}` does not hold the classifier `{name}`: {}",
                    why.en
                ),
                ru: format!("`{asked}` не вмещает справочник `{name}`: {}", why.ru),
            },
        )
        .at(here)
        .also(there, text!("the other side", "другая сторона"))
        .help(text!(
            "the type beside a classifier may only be wider",
            "тип рядом со справочником может быть только шире"
        )),
    );
}
