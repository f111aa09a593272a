//! The facts that a descriptor of a showcase carries, built once from the model; JSON, XML, the
//! sheet for entry by hand and the templates are printings of this one tree.

use super::guid::Guid;
use crate::model::{
    BaseType, ClassifierId, ClauseId, Column, ColumnId, Domain, EsnsiBinding, Model, Table,
    Validity,
};

/// Version of the descriptor's own format: the first number grows when a reader of the earlier
/// format would misread the new one.
pub const VERSION: &str = "1.1";

/// What every descriptor says of itself, English.
pub const STATEMENT_EN: &str = "This is the Vitrina project's own format. It is not the official \
format of a showcase model of ЕИП НСУД: no sample and no schema of that one is known publicly.";

/// What every descriptor says of itself, Russian.
pub const STATEMENT_RU: &str = "Это собственный формат проекта Vitrina. Это не официальный формат \
модели витрины ЕИП НСУД: ни его образца, ни его схемы в открытом доступе нет.";

/// The whole descriptor.
#[derive(Debug)]
pub struct Descriptor {
    /// The showcase.
    pub showcase: ShowcaseFacts,
    /// Its tables, in the model's order.
    pub tables: Vec<TableFacts>,
    /// The classifiers that attributes are bound to, in the model's order.
    pub classifiers: Vec<ClassifierFacts>,
}

/// The showcase.
#[derive(Debug)]
pub struct ShowcaseFacts {
    /// Mnemonic.
    pub mnemonic: String,
    /// Title, Russian.
    pub title: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// What must be known of the numbers of kinds of information as a whole, Russian.
    pub kinds_note: Option<String>,
    /// Version of the model.
    pub version: String,
    /// Identifier.
    pub guid: Guid,
}

/// A table.
#[derive(Debug)]
pub struct TableFacts {
    /// Physical name.
    pub tech_name: String,
    /// Title, Russian.
    pub name: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Title of its group, Russian.
    pub group: Option<String>,
    /// Identifier.
    pub guid: Guid,
    /// Place among the tables, from 1.
    pub ordinal: usize,
    /// Numbers of the kinds of information (виды сведений).
    pub kinds: Vec<u32>,
    /// Clauses that demand the table.
    pub clauses: Vec<ClauseFacts>,
    /// The attributes, in the order of the columns.
    pub attributes: Vec<AttributeFacts>,
    /// Unique keys beside the primary one, as names of attributes.
    pub unique_keys: Vec<Vec<String>>,
}

/// A clause of a norm.
#[derive(Debug)]
pub struct ClauseFacts {
    /// Short name of the norm.
    pub regulation: String,
    /// Number of the clause.
    pub clause: String,
}

/// An attribute.
#[derive(Debug)]
pub struct AttributeFacts {
    /// Physical name.
    pub tech_name: String,
    /// Title, Russian.
    pub name: String,
    /// Remark, Russian.
    pub note: Option<String>,
    /// Identifier.
    pub guid: Guid,
    /// Place in the table, from 1.
    pub ordinal: usize,
    /// Logical type of Prostore.
    pub prostore_type: &'static str,
    /// Largest number of characters of a VARCHAR, exact number of a CHAR.
    pub length: Option<u32>,
    /// Digits of the fraction of a second of a TIME or TIMESTAMP.
    pub precision: Option<u8>,
    /// Whether a row may have no value.
    pub nullable: bool,
    /// Place in the primary key, from 1.
    pub primary_key_order: Option<usize>,
    /// Place in the sharding key, from 1.
    pub distribution_order: Option<usize>,
    /// Whether its value alone names a row.
    pub unique: bool,
    /// Whether rows are looked up by it: part of a unique key or of a reference.
    pub index: bool,
    /// The references it takes part in.
    pub references: Vec<ReferenceFacts>,
    /// Name of the classifier whose codes it holds.
    pub classifier: Option<String>,
    /// Class of personal data.
    pub personal: Option<&'static str>,
    /// Clauses that demand the attribute itself.
    pub clauses: Vec<ClauseFacts>,
}

/// The part of one attribute in a reference to another table.
#[derive(Debug)]
pub struct ReferenceFacts {
    /// Number of the reference in its table, from 1: attributes of one composite reference share it.
    pub key: usize,
    /// The table referred to.
    pub table: String,
    /// The attribute referred to.
    pub attribute: String,
    /// The identifier of that attribute.
    pub attribute_guid: Guid,
    /// How many rows may refer to one row: `0..1` or `0..*`.
    pub source_multiplicity: &'static str,
    /// How many rows a row refers to: `0..1` or `1`.
    pub target_multiplicity: &'static str,
}

/// A classifier.
#[derive(Debug)]
pub struct ClassifierFacts {
    /// Name.
    pub name: String,
    /// Title, Russian.
    pub title: String,
    /// Who keeps the list.
    pub authority: String,
    /// Where this text of the list was taken from, Russian.
    pub source: Option<String>,
    /// When the list is in force.
    pub validity: Validity,
    /// Binding to ЕСНСИ; without one the list is kept as `authority` says.
    pub esnsi: Option<EsnsiBinding>,
    /// Logical type of Prostore of the codes.
    pub prostore_type: &'static str,
    /// Whether the list is too large or too fluid to be given whole.
    pub open: bool,
    /// Codes and titles; examples when the list is open.
    pub values: Vec<ClassifierValueFacts>,
}

/// A value of a classifier.
#[derive(Debug)]
pub struct ClassifierValueFacts {
    /// Code, as it stands in the data.
    pub code: String,
    /// Title, Russian.
    pub title: String,
    /// Code of the broader value.
    pub parent: Option<String>,
    /// When the value is in force.
    pub validity: Validity,
}

/// Builds the descriptor of a model.
pub fn descriptor(model: &Model) -> Descriptor {
    let showcase = model.showcase();
    let tables = (1..).zip(model.tables());
    Descriptor {
        showcase: ShowcaseFacts {
            mnemonic: showcase.mnemonic.clone(),
            title: showcase.title.clone(),
            note: showcase.note.clone(),
            kinds_note: model.kinds_note().map(str::to_owned),
            version: showcase.version.to_string(),
            guid: Guid::of_showcase(model),
        },
        tables: tables
            .map(|(ordinal, table)| table_facts(model, table, ordinal))
            .collect(),
        classifiers: classifiers(model),
    }
}

fn table_facts(model: &Model, table: &Table, ordinal: usize) -> TableFacts {
    let name = |id: &ColumnId| table.column(*id).name.clone();
    let groups = &model.showcase().groups;
    TableFacts {
        tech_name: table.name.clone(),
        name: table.title.clone(),
        note: table.note.clone(),
        group: table
            .group
            .and_then(|at| groups.get(at as usize))
            .map(|group| group.title.clone()),
        guid: Guid::of_table(model, table),
        ordinal,
        kinds: table.kinds.clone(),
        clauses: clauses(model, &table.clauses),
        attributes: table
            .columns
            .iter()
            .map(|column| attribute_facts(model, table, column))
            .collect(),
        unique_keys: table
            .unique
            .iter()
            .map(|key| key.columns.iter().map(name).collect())
            .collect(),
    }
}

fn attribute_facts(model: &Model, table: &Table, column: &Column) -> AttributeFacts {
    let (prostore_type, length, precision) = prostore(column.ty.base);
    let place = |key: &[ColumnId]| key.iter().position(|id| *id == column.id).map(|at| at + 1);
    let references = references(model, table, column);
    AttributeFacts {
        tech_name: column.name.clone(),
        name: column.title.clone(),
        note: column.note.clone(),
        guid: Guid::of_column(model, table, column),
        ordinal: column.id.index() + 1,
        prostore_type,
        length,
        precision,
        nullable: !column.is_required(),
        primary_key_order: place(&table.primary_key),
        distribution_order: place(&table.distributed_by),
        unique: is_unique(table, &[column.id]),
        index: !references.is_empty()
            || (table.unique.iter()).any(|key| key.columns.contains(&column.id)),
        references,
        classifier: match column.ty.domain {
            Domain::Classifier(id) => Some(model.classifier(id).name.clone()),
            _ => None,
        },
        personal: model.personal_of(column).map(|class| class.name()),
        clauses: clauses(model, &column.clauses),
    }
}

fn references(model: &Model, table: &Table, column: &Column) -> Vec<ReferenceFacts> {
    let mut found = Vec::new();
    for (key, reference) in (1..).zip(&table.foreign_keys) {
        let target = model.table(reference.table);
        for (from, to) in reference.columns.iter().zip(&reference.target) {
            if *from != column.id {
                continue;
            }
            let to = target.column(*to);
            let required = (reference.columns.iter()).all(|id| table.column(*id).is_required());
            found.push(ReferenceFacts {
                key,
                table: target.name.clone(),
                attribute: to.name.clone(),
                attribute_guid: Guid::of_column(model, target, to),
                source_multiplicity: match is_unique(table, &reference.columns) {
                    true => "0..1",
                    false => "0..*",
                },
                target_multiplicity: if required { "1" } else { "0..1" },
            });
        }
    }
    found
}

/// Whether these columns hold a whole key of the table.
fn is_unique(table: &Table, columns: &[ColumnId]) -> bool {
    let held = |key: &[ColumnId]| key.iter().all(|id| columns.contains(id));
    held(&table.primary_key) || table.unique.iter().any(|key| held(&key.columns))
}

fn clauses(model: &Model, ids: &[ClauseId]) -> Vec<ClauseFacts> {
    let clause = |id: &ClauseId| ClauseFacts {
        regulation: model.regulation_of(*id).name.clone(),
        clause: model.clause(*id).number.clone(),
    };
    ids.iter().map(clause).collect()
}

fn classifiers(model: &Model) -> Vec<ClassifierFacts> {
    let columns = model.tables().iter().flat_map(|table| &table.columns);
    let mut used: Vec<ClassifierId> = columns
        .filter_map(|column| match column.ty.domain {
            Domain::Classifier(id) => Some(id),
            _ => None,
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    used.into_iter()
        .map(|id| {
            let list = model.classifier(id);
            ClassifierFacts {
                name: list.name.clone(),
                title: list.title.clone(),
                authority: list.authority.clone(),
                source: list.source.clone(),
                validity: list.validity.clone(),
                esnsi: list.esnsi.clone(),
                prostore_type: prostore(list.base).0,
                open: list.open,
                values: (list.values.iter())
                    .map(|value| ClassifierValueFacts {
                        code: value.code.clone(),
                        title: value.title.clone(),
                        parent: value.parent.clone(),
                        validity: value.validity.clone(),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Prostore's name of a base type, its length, its precision. `INT` and `INTEGER` never appear:
/// they are 64 bits wide in one version of Prostore and 32 in another.
fn prostore(base: BaseType) -> (&'static str, Option<u32>, Option<u8>) {
    match base {
        BaseType::Boolean => ("BOOLEAN", None, None),
        BaseType::Int32 => ("INT32", None, None),
        BaseType::BigInt => ("BIGINT", None, None),
        BaseType::Float => ("FLOAT", None, None),
        BaseType::Double => ("DOUBLE", None, None),
        BaseType::Char(n) => ("CHAR", Some(n), None),
        BaseType::Varchar(n) => ("VARCHAR", n, None),
        BaseType::Link => ("LINK", None, None),
        BaseType::Uuid => ("UUID", None, None),
        BaseType::Date => ("DATE", None, None),
        BaseType::Time(p) => ("TIME", None, Some(p)),
        BaseType::Timestamp(p) => ("TIMESTAMP", None, Some(p)),
    }
}
