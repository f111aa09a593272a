//! Scalar types: base, pattern, algorithm, hash, examples.

use super::form::Form;
use super::names::{Names, Sort};
use super::pattern;
use crate::diagnostic::{Diagnostic, Report, code};
use crate::model::{BaseType, Hashing, ScalarId, ScalarType};
use crate::source::Span;
use crate::source::declaration::{Declarations, ScalarDecl, Word};
use crate::source::sql::types::{self, TypeSyntax};
use crate::text;

const SCALAR: Sort = Sort {
    unknown: code::UNKNOWN_TYPE,
    en: "type",
    ru: "тип",
    ru_of: "типа",
};

/// A scalar type in work; `base` is absent when it is wrong.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) decl: &'a ScalarDecl,
    pub(super) base: Option<BaseType>,
    pattern: Option<crate::model::Pattern>,
    hash_of: Option<usize>,
}

impl Draft<'_> {
    /// What values must fit.
    pub(super) fn form(&self) -> Form<'_> {
        let place = self.decl.pattern.as_ref().map(|fragment| fragment.span);
        Form {
            base: self.base,
            pattern: self.pattern.as_ref().zip(place),
            algorithm: self.decl.algorithm,
        }
    }
}

/// The scalar types by name.
#[derive(Debug)]
pub(super) struct Scalars<'a> {
    pub(super) names: Names<'a>,
    drafts: Vec<Draft<'a>>,
}

impl<'a> Scalars<'a> {
    pub(super) fn get(&self, at: usize) -> &Draft<'a> {
        &self.drafts[at]
    }

    /// The types of a model without errors.
    pub(super) fn into_types(self) -> Option<Vec<ScalarType>> {
        self.drafts.into_iter().map(finish).collect()
    }
}

/// The id of a position.
pub(super) fn id(at: usize) -> ScalarId {
    ScalarId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Resolves every scalar type.
pub(super) fn resolve<'a>(found: &'a Declarations, report: &mut Report) -> Scalars<'a> {
    let words = found.scalars.iter().map(|scalar| &scalar.name);
    let names = Names::collect(SCALAR, !found.lost.scalars, words, report);
    let mut drafts: Vec<Draft<'a>> = found
        .scalars
        .iter()
        .map(|decl| draft(decl, report))
        .collect();
    for at in 0..drafts.len() {
        let Some(word) = &drafts[at].decl.hash_of else {
            continue;
        };
        let Some(target) = names.find(word, report) else {
            continue;
        };
        check_hash(at, target, word, &drafts, report);
        drafts[at].hash_of = Some(target);
    }
    for draft in &drafts {
        for example in &draft.decl.examples {
            draft.form().check(code::EXAMPLE_FORM, example, report);
        }
    }
    Scalars { names, drafts }
}

fn draft<'a>(decl: &'a ScalarDecl, report: &mut Report) -> Draft<'a> {
    let base = decl
        .base
        .as_ref()
        .and_then(|fragment| match types::parse(fragment, report)? {
            TypeSyntax::Base(base) => Some(base),
            TypeSyntax::Named(word) => {
                report.push(not_a_base(&word));
                None
            }
        });
    let pattern = decl
        .pattern
        .as_ref()
        .and_then(|fragment| pattern::resolve(fragment, report));
    if let Some(base) = base.filter(|base| !base.is_text()) {
        let rules = [
            ("pattern", decl.pattern.as_ref().map(|pattern| pattern.span)),
            ("algorithm", decl.algorithm_key),
            ("hash_of", decl.hash_of.as_ref().map(|word| word.span)),
        ];
        for (rule, span) in rules {
            if let Some(span) = span {
                report.push(not_text(rule, base, span, decl));
            }
        }
    }
    Draft {
        decl,
        base,
        pattern,
        hash_of: None,
    }
}

fn not_a_base(word: &Word) -> Diagnostic {
    let name = &word.value;
    Diagnostic::new(
        code::NOT_A_BASE_TYPE,
        text!("`{name}` is not a base type", "`{name}` — не базовый тип"),
    )
    .at(word.span)
    .suggest(crate::source::nearest::nearest(
        name,
        crate::source::sql::types::WORDS,
    ))
    .help(text!(
        "a scalar type stands on a base type: `varchar(12)`, `int32`, `date` …",
        "скалярный тип строится на базовом: `varchar(12)`, `int32`, `date` …"
    ))
}

fn not_text(rule: &str, base: BaseType, span: Span, decl: &ScalarDecl) -> Diagnostic {
    let name = &decl.name.value;
    let finding = Diagnostic::new(
        code::FORM_OF_TEXT,
        text!(
            "`{rule}` is for texts, but `{name}` is `{base}`",
            "`{rule}` годится для текста, а `{name}` — `{base}`"
        ),
    )
    .at(span)
    .help(text!(
        "use a text base, or a check",
        "возьмите текстовую основу или проверку"
    ));
    match &decl.base {
        Some(fragment) => finding.also(fragment.span, text!("the base", "основа")),
        None => finding,
    }
}

/// A hash is made of a text that is no hash, and takes 128 characters.
fn check_hash(at: usize, target: usize, word: &Word, drafts: &[Draft<'_>], report: &mut Report) {
    let (own, raw) = (&drafts[at], &drafts[target]);
    let (name, of) = (&own.decl.name.value, &word.value);
    if at == target {
        report.push(
            Diagnostic::new(
                code::HASH_TARGET,
                text!("`{name}` is a hash of itself", "`{name}` — хэш самого себя"),
            )
            .at(word.span)
            .help(text!(
                "name the type of the raw value",
                "назовите тип исходного значения"
            )),
        );
    } else if let Some(next) = &raw.decl.hash_of {
        report.push(
            Diagnostic::new(
                code::HASH_TARGET,
                text!("`{of}` is a hash itself", "`{of}` сам является хэшем"),
            )
            .at(word.span)
            .also(next.span, text!("here", "здесь"))
            .help(text!(
                "name the type of the raw value",
                "назовите тип исходного значения"
            )),
        );
    } else if let Some(base) = raw.base.filter(|base| !base.is_text()) {
        report.push(
            Diagnostic::new(
                code::HASH_TARGET,
                text!(
                    "only texts are hashed, but `{of}` is `{base}`",
                    "хэшируется только текст, а `{of}` — `{base}`"
                ),
            )
            .at(word.span),
        );
    }
    let holds = own.base.is_none_or(|base| {
        !base.is_text()
            || matches!(base, BaseType::Char(128))
            || base.max_chars().is_none_or(|n| n > 128)
            || base == BaseType::Varchar(Some(128))
    });
    if let (false, Some(fragment)) = (holds, &own.decl.base) {
        report.push(
            Diagnostic::new(
                code::HASH_TARGET,
                text!(
                    "a hash has 128 characters and does not fit here",
                    "хэш занимает 128 знаков и сюда не помещается"
                ),
            )
            .at(fragment.span)
            .suggest(Some("char(128)")),
        );
    }
}

fn finish(draft: Draft<'_>) -> Option<ScalarType> {
    let decl = draft.decl;
    Some(ScalarType {
        name: decl.name.value.clone(),
        title: decl.title.clone().unwrap_or_default(),
        note: decl.note.clone(),
        base: draft.base?,
        pattern: draft.pattern,
        algorithm: decl.algorithm,
        hash_of: draft.hash_of.map(|at| Hashing { of: id(at) }),
        personal: decl.personal,
        examples: decl
            .examples
            .iter()
            .map(|word| word.value.clone())
            .collect(),
        source: decl.source.clone(),
        span: decl.name.span,
    })
}
