//! The head of a model.

use super::{Mapping, Word};
use crate::lint::{self, Lint};
use crate::model::{BooleanForm, LintLevel, NullForm};
use crate::source::shape::language;
use crate::source::{Span, Spanned};

/// `showcase.yaml`
#[derive(Debug)]
pub(crate) struct ShowcaseDecl {
    pub(crate) language: Option<Spanned<u32>>,
    pub(crate) mnemonic: Option<Word>,
    pub(crate) title: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) version: Option<Spanned<semver::Version>>,
    pub(crate) null: NullForm,
    pub(crate) boolean: BooleanForm,
    pub(crate) groups: Vec<GroupDecl>,
    pub(crate) lints: Vec<LintDecl>,
    pub(crate) rust_crate: Option<String>,
    pub(crate) rust_workspace: bool,
    pub(crate) datasource_type: Vec<Word>,
    /// Path and UUID.
    pub(crate) guids: Vec<(Word, uuid::Uuid)>,
    /// File and output.
    pub(crate) templates: Vec<(Word, Option<Word>)>,
}

/// A group of tables.
#[derive(Debug)]
pub(crate) struct GroupDecl {
    pub(crate) name: Word,
    pub(crate) title: Option<String>,
    /// Tables in their order.
    pub(crate) tables: Vec<Word>,
}

/// The level of a lint.
#[derive(Debug)]
pub(crate) struct LintDecl {
    pub(crate) lint: &'static Lint,
    /// Place of the lint's name.
    pub(crate) span: Span,
    pub(crate) level: LintLevel,
    pub(crate) reason: String,
    pub(crate) tables: Vec<Word>,
    pub(crate) classifiers: Vec<Word>,
    pub(crate) types: Vec<Word>,
    pub(crate) mixins: Vec<Word>,
    /// Whether it is said for some things only, be their names wrong.
    pub(crate) is_scoped: bool,
}

impl LintDecl {
    fn read(mapping: &Mapping<'_>) -> Option<Self> {
        let name = mapping.word("lint")?;
        let scopes = ["tables", "classifiers", "types", "mixins"];
        Some(LintDecl {
            lint: lint::find(&name.value)?,
            span: name.span,
            level: mapping.one_of("level", &LintLevel::ALL)?,
            reason: mapping.text("reason")?,
            tables: mapping.words("tables"),
            classifiers: mapping.words("classifiers"),
            types: mapping.words("types"),
            mixins: mapping.words("mixins"),
            is_scoped: scopes
                .iter()
                .any(|field| mapping.has(field, &language::LINT)),
        })
    }
}

impl ShowcaseDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Self {
        let csv = mapping.mapping("csv");
        let null = [("quoted", NullForm::Quoted), ("bare", NullForm::Bare)];
        let boolean = [
            ("lower", BooleanForm::Lower),
            ("title", BooleanForm::Title),
            ("digit", BooleanForm::Digit),
        ];
        let targets = mapping.mapping("targets");
        let target = |name| targets.and_then(|targets| targets.mapping(name));
        let (rust, prostore, nsud) = (target("rust"), target("prostore"), target("nsud"));
        let guids = nsud.and_then(|nsud| nsud.mapping("guids"));
        ShowcaseDecl {
            language: mapping.number("language"),
            mnemonic: mapping.word("showcase"),
            title: mapping.text("title"),
            note: mapping.text("note"),
            version: mapping.version("version"),
            null: csv
                .and_then(|csv| csv.one_of("null", &null))
                .unwrap_or(NullForm::Quoted),
            boolean: csv
                .and_then(|csv| csv.one_of("boolean", &boolean))
                .unwrap_or(BooleanForm::Lower),
            groups: mapping
                .mappings("groups")
                .filter_map(|group| {
                    Some(GroupDecl {
                        name: group.word("group")?,
                        title: group.text("title"),
                        tables: group.words("tables"),
                    })
                })
                .collect(),
            lints: mapping
                .mappings("lints")
                .filter_map(|lint| LintDecl::read(&lint))
                .collect(),
            rust_crate: rust.and_then(|rust| rust.text("crate")),
            rust_workspace: rust
                .and_then(|rust| rust.boolean("workspace"))
                .is_some_and(|workspace| workspace.value),
            datasource_type: prostore
                .map(|prostore| prostore.words("datasource_type"))
                .unwrap_or_default(),
            guids: guids
                .iter()
                .flat_map(Mapping::table)
                .filter_map(|(path, uuid)| {
                    let uuid = uuid::Uuid::try_parse(&uuid.value).ok()?;
                    Some((path.clone(), uuid))
                })
                .collect(),
            templates: nsud
                .iter()
                .flat_map(|nsud| nsud.mappings("templates"))
                .filter_map(|template| Some((template.word("file")?, template.word("output"))))
                .collect(),
        }
    }
}
