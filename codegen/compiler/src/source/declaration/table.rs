//! Tables, columns and mixins.

use super::{Mapping, Word};
use crate::model::{CheckSeverity, Origin, PersonalClass};
use crate::source::shape::language;
use crate::source::{FileId, Fragment, Span, Spanned};

/// `tables/<group>/<table>.yaml`
#[derive(Debug)]
pub(crate) struct TableDecl {
    pub(crate) file: FileId,
    /// Folder under `tables/`.
    pub(crate) group: Option<String>,
    pub(crate) name: Word,
    pub(crate) title: Option<Word>,
    /// Whether a title is written, be it wrong.
    pub(crate) is_titled: bool,
    pub(crate) note: Option<String>,
    pub(crate) origin: Option<Origin>,
    pub(crate) clauses: Vec<Word>,
    pub(crate) kinds: Vec<Spanned<u32>>,
    /// Place of `structure: ddl`, if it is said.
    pub(crate) ddl: Option<Span>,
    /// Whether a primary key is written, be it wrong.
    pub(crate) is_keyed: bool,
    pub(crate) primary_key: Option<Spanned<Vec<Word>>>,
    pub(crate) unique: Vec<Spanned<Vec<Word>>>,
    pub(crate) unique_key: Option<Span>,
    pub(crate) foreign_keys: Vec<ForeignKeyDecl>,
    pub(crate) distributed_by: Option<Spanned<Vec<Word>>>,
    /// Place of the key `columns`; absent when the field is.
    pub(crate) columns_key: Option<Span>,
    pub(crate) columns: Vec<ColumnDecl>,
    /// Whether an entry of `columns` is no column at all, which is reported already.
    pub(crate) columns_lost: bool,
    pub(crate) mixins: Vec<Word>,
    pub(crate) checks: Vec<CheckDecl>,
    pub(crate) since: Option<Spanned<semver::Version>>,
    pub(crate) deprecated: Option<DeprecationDecl>,
}

/// A mixin of `mixins.yaml`
#[derive(Debug)]
pub(crate) struct MixinDecl {
    pub(crate) name: Word,
    pub(crate) title: Option<String>,
    pub(crate) columns: Vec<ColumnDecl>,
}

/// A column of a table or a mixin.
#[derive(Debug)]
pub(crate) struct ColumnDecl {
    pub(crate) name: Word,
    pub(crate) ty: Option<Fragment>,
    pub(crate) references: Option<Word>,
    pub(crate) classifier: Option<Word>,
    /// Whether one of the three is written, be it wrong.
    pub(crate) is_typed: bool,
    pub(crate) optional: Option<Spanned<bool>>,
    pub(crate) required_when: Option<Fragment>,
    pub(crate) title: Option<Word>,
    /// Whether a title is written, be it wrong.
    pub(crate) is_titled: bool,
    pub(crate) note: Option<String>,
    pub(crate) origin: Vec<Origin>,
    pub(crate) clauses: Vec<Word>,
    pub(crate) check: Option<CheckDecl>,
    pub(crate) personal: Option<PersonalClass>,
    pub(crate) examples: Vec<Word>,
    pub(crate) since: Option<Spanned<semver::Version>>,
    pub(crate) deprecated: Option<DeprecationDecl>,
}

/// A check of a table or a column.
#[derive(Debug)]
pub(crate) struct CheckDecl {
    /// Absent for a column's.
    pub(crate) code: Option<Word>,
    pub(crate) title: Option<String>,
    pub(crate) expr: Fragment,
    pub(crate) severity: CheckSeverity,
}

/// A reference by several columns.
#[derive(Debug)]
pub(crate) struct ForeignKeyDecl {
    pub(crate) columns: Vec<Word>,
    pub(crate) references: Word,
    pub(crate) target: Vec<Word>,
    pub(crate) span: Span,
}

/// A farewell.
#[derive(Debug)]
pub(crate) struct DeprecationDecl {
    pub(crate) since: Spanned<semver::Version>,
    pub(crate) reason: String,
    pub(crate) replaced_by: Option<Word>,
}

impl TableDecl {
    pub(crate) fn read(mapping: &Mapping<'_>, file: FileId, group: Option<String>) -> Option<Self> {
        let names = |field| {
            mapping
                .key(field)
                .map(|key| Spanned::new(mapping.words(field), key))
        };
        let columns: Vec<_> = mapping
            .mappings("columns")
            .map(|c| ColumnDecl::read(&c))
            .collect();
        Some(TableDecl {
            file,
            group,
            name: mapping.word("table")?,
            title: mapping.word("title"),
            is_titled: mapping.has("title", &language::TABLE),
            note: mapping.text("note"),
            origin: mapping.one_of("origin", &Origin::ALL),
            clauses: mapping.words("clauses"),
            kinds: mapping.numbers("kinds"),
            ddl: mapping
                .word("structure")
                .filter(|word| word.value == "ddl")
                .map(|word| word.span),
            is_keyed: mapping.has("primary_key", &language::TABLE),
            primary_key: names("primary_key"),
            unique: mapping.lists("unique"),
            unique_key: mapping.key("unique"),
            foreign_keys: mapping
                .mappings("foreign_keys")
                .filter_map(|key| {
                    Some(ForeignKeyDecl {
                        columns: key.words("columns"),
                        references: key.word("references")?,
                        target: key.words("target"),
                        span: key.key("columns").unwrap_or(key.span),
                    })
                })
                .collect(),
            distributed_by: names("distributed_by"),
            columns_key: mapping.key("columns"),
            columns_lost: columns.iter().any(Option::is_none)
                || columns.len() != mapping.length("columns"),
            columns: columns.into_iter().flatten().collect(),
            mixins: mapping.words("mixins"),
            checks: mapping
                .mappings("checks")
                .filter_map(|c| CheckDecl::read(&c))
                .collect(),
            since: mapping.version("since"),
            deprecated: DeprecationDecl::read(mapping),
        })
    }
}

impl MixinDecl {
    pub(crate) fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(MixinDecl {
            name: mapping.word("mixin")?,
            title: mapping.text("title"),
            columns: mapping
                .mappings("columns")
                .filter_map(|c| ColumnDecl::read(&c))
                .collect(),
        })
    }
}

impl ColumnDecl {
    fn read(mapping: &Mapping<'_>) -> Option<Self> {
        let short = mapping.fragment("check").map(|expr| CheckDecl {
            code: None,
            title: None,
            expr,
            severity: CheckSeverity::Error,
        });
        let check = short.or_else(|| CheckDecl::read(&mapping.mapping("check")?));
        Some(ColumnDecl {
            name: mapping.word("name")?,
            ty: mapping.fragment("type"),
            references: mapping.word("references"),
            classifier: mapping.word("classifier"),
            is_typed: ["type", "references", "classifier"]
                .iter()
                .any(|field| mapping.has(field, &language::COLUMN)),
            optional: mapping.boolean("optional"),
            required_when: mapping.fragment("required_when"),
            title: mapping.word("title"),
            is_titled: mapping.has("title", &language::COLUMN),
            note: mapping.text("note"),
            origin: mapping.many_of("origin", &Origin::ALL),
            clauses: mapping.words("clauses"),
            check,
            personal: mapping.one_of("personal", &PersonalClass::ALL),
            examples: mapping.words("example"),
            since: mapping.version("since"),
            deprecated: DeprecationDecl::read(mapping),
        })
    }
}

impl CheckDecl {
    fn read(mapping: &Mapping<'_>) -> Option<Self> {
        Some(CheckDecl {
            code: mapping.word("code"),
            title: mapping.text("title"),
            expr: mapping.fragment("expr")?,
            severity: mapping
                .one_of("severity", &CheckSeverity::ALL)
                .unwrap_or(CheckSeverity::Error),
        })
    }
}

impl DeprecationDecl {
    fn read(mapping: &Mapping<'_>) -> Option<Self> {
        let mapping = mapping.mapping("deprecated")?;
        Some(DeprecationDecl {
            since: mapping.version("since")?,
            reason: mapping.text("reason")?,
            replaced_by: mapping.word("replaced_by"),
        })
    }
}
