//! The rules that a statement can break, each with the fact that it stands for.

/// A rule of Prostore's DDL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// There is no statement, only blanks or comments.
    Empty,
    /// A back-tick quotes no name here.
    BackTick,
    /// A quote or a comment does not end.
    Unclosed,
    /// A `;` stands in the statement or behind it.
    Semicolon,
    /// A `;` stands in a comment.
    SemicolonInComment,
    /// The statement is neither CREATE DATABASE nor CREATE TABLE.
    Statement,
    /// Something else is expected here.
    Syntax,
    /// A clause stands before one that must come first.
    ClauseOrder,
    /// A clause that the profile does not have.
    UnknownClause,
    /// A clause of line 7 whose place is not known.
    UnprovedClause,
    /// A name is a reserved word, quoted or not.
    ReservedWord,
    /// A name is not of the form `[a-zA-Z][a-zA-Z0-9_]*`.
    NameForm,
    /// A name has more than 128 characters.
    NameTooLong,
    /// A column is named like a system column.
    SystemColumn,
    /// A database is named INFORMATION_SCHEMA.
    ReservedDatabase,
    /// Two columns have one name after lower-casing.
    ColumnRepeated,
    /// A type is no logical type.
    UnknownType,
    /// A type parses, but the executor does not support it.
    UnsupportedType,
    /// A size is missing, zero or not allowed.
    TypeSize,
    /// A precision is above 6.
    Precision,
    /// PRIMARY KEY stands on a column.
    ColumnPrimaryKey,
    /// FOREIGN KEY or REFERENCES.
    ForeignKey,
    /// UNIQUE or CHECK.
    UniqueOrCheck,
    /// DEFAULT.
    Default,
    /// COMMENT.
    Comment,
    /// There is no primary key.
    NoPrimaryKey,
    /// There is no sharding key.
    NoDistributedBy,
    /// A key names a column that is not there.
    KeyColumnUnknown,
    /// A key names a column twice.
    KeyColumnRepeated,
    /// The sharding key leaves the primary key.
    DistributedByOutsideKey,
    /// A store of DATASOURCE_TYPE is not quoted as the profile wants it.
    DatasourceQuoting,
}

impl Rule {
    /// The fact behind the rule, in one line.
    pub fn fact(self) -> &'static str {
        match self {
            Rule::Empty => "a statement is expected, comments alone are none",
            Rule::BackTick => "names are quoted with double quotes, a back-tick is a parse error",
            Rule::Unclosed => "the quote or comment does not end",
            Rule::Semicolon => "the grammar takes one statement without `;`",
            Rule::SemicolonInComment => "the JDBC driver splits scripts on `;` inside comments too",
            Rule::Statement => "only CREATE DATABASE and CREATE TABLE are judged",
            Rule::Syntax => "the grammar expects something else here",
            Rule::ClauseOrder => {
                "clauses follow one order: columns, PRIMARY KEY, DISTRIBUTED BY, DATASOURCE_TYPE, LOGICAL_ONLY"
            }
            Rule::UnknownClause => "the grammar has no such clause",
            Rule::UnprovedClause => "the clause exists in line 7, but its place is not proved",
            Rule::ReservedWord => "the name is a reserved word, and quotes do not help",
            Rule::NameForm => "names have the form [a-zA-Z][a-zA-Z0-9_]*",
            Rule::NameTooLong => "names have at most 128 characters",
            Rule::SystemColumn => "the server adds a column of this name itself",
            Rule::ReservedDatabase => "INFORMATION_SCHEMA belongs to the server",
            Rule::ColumnRepeated => "names of columns are unique after lower-casing",
            Rule::UnknownType => "the type is no logical type",
            Rule::UnsupportedType => "the type parses, but the executor does not support it",
            Rule::TypeSize => "the size is missing, zero or not allowed for the type",
            Rule::Precision => "times have 0 to 6 digits of a fraction",
            Rule::ColumnPrimaryKey => "PRIMARY KEY on a column is a parse error",
            Rule::ForeignKey => "FOREIGN KEY and REFERENCES are parse errors",
            Rule::UniqueOrCheck => "UNIQUE and CHECK parse and are refused by the executor",
            Rule::Default => "DEFAULT is ignored without a word and no longer documented",
            Rule::Comment => "COMMENT is a parse error",
            Rule::NoPrimaryKey => "the primary key is mandatory",
            Rule::NoDistributedBy => "the sharding key is mandatory",
            Rule::KeyColumnUnknown => "every column of a key is a column of the table",
            Rule::KeyColumnRepeated => "a key names a column once",
            Rule::DistributedByOutsideKey => "every sharding column belongs to the primary key",
            Rule::DatasourceQuoting => {
                "5.5 takes bare or double-quoted stores, 7 shows single-quoted ones"
            }
        }
    }
}
