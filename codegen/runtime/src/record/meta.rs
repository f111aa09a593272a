//! What a model says about its tables, as constants that generated code fills in. Programs read
//! them; they make none.

use super::datum::Datum;
use super::put::Put;
use crate::Invalid;
use crate::csv::Profile;

/// A showcase and the version of its model.
#[derive(Debug)]
pub struct Showcase {
    /// Mnemonic: the schema's name in DDL.
    pub mnemonic: &'static str,
    /// Title, Russian.
    pub title: &'static str,
    /// Semantic version of the model.
    pub version: &'static str,
    /// How this showcase's CSV is written.
    pub profile: Profile,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// The showcase that it belongs to.
    pub showcase: &'static Showcase,
    /// Physical name.
    pub name: &'static str,
    /// Title, Russian.
    pub title: &'static str,
    /// Group of tables.
    pub group: Option<&'static str>,
    /// Where the table comes from.
    pub origin: Origin,
    /// Clauses that demand it.
    pub clauses: &'static [Clause],
    /// Numbers of the kinds of information that it carries.
    pub kinds: &'static [u32],
    /// The first line of its CSV file: the columns' names in lower case, joined by `;`.
    pub header: &'static str,
    /// The columns, in the order of DDL and CSV.
    pub columns: &'static [Column],
    /// Positions of the primary key's columns.
    pub primary_key: &'static [usize],
    /// Positions of the columns of each further unique key.
    pub unique: &'static [&'static [usize]],
    /// References to other tables.
    pub references: &'static [Reference],
    /// Conditions of a row.
    pub checks: &'static [Check],
}

impl Table {
    /// The name of the column at a position; empty when there is none.
    pub fn column_name(&self, column: usize) -> &'static str {
        self.columns.get(column).map_or("", |column| column.name)
    }
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Physical name.
    pub name: &'static str,
    /// Title, Russian.
    pub title: &'static str,
    /// How values are stored.
    pub base: Base,
    /// Whether a value must be there.
    pub requirement: Requirement,
    /// How personal the values are.
    pub personal: Option<Personal>,
    /// The scalar type or the classifier that says what the values mean.
    pub domain: Option<&'static str>,
}

/// A logical type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// `boolean`
    Boolean,
    /// `int32`
    Int32,
    /// `bigint`
    BigInt,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `char(n)`: exactly `n` characters.
    Char(u32),
    /// `varchar(n)`: at most `n` characters.
    Varchar(u32),
    /// `varchar`: text of any length.
    Text,
    /// `link`: a reference such as a URL, any length.
    Link,
    /// `uuid`
    Uuid,
    /// `date`
    Date,
    /// `time(p)`
    Time(u8),
    /// `timestamp(p)`
    Timestamp(u8),
}

impl Base {
    /// Digits of a fraction of a second; 0 for what is no time.
    pub fn precision(self) -> u8 {
        match self {
            Base::Time(precision) | Base::Timestamp(precision) => precision,
            _ => 0,
        }
    }
}

/// Whether a column must have a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// In every row.
    Always,
    /// In rows of which the model's condition is true.
    When,
    /// In none.
    Optional,
}

/// Classes of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personal {
    /// Identifies a person by itself, also when hashed.
    Identifier,
    /// Reaches a person: telephone, e-mail.
    Contact,
    /// A person's name.
    Name,
    /// Says something of a person.
    Attribute,
    /// Free text that may hold personal data.
    Text,
}

/// Where something comes from, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Seen in an open implementation of the showcase's export.
    Confirmed,
    /// Named by an order that governs the showcase.
    Order,
    /// Named by another document of the project.
    Seed,
    /// Named by another norm or an open federal registry.
    Norm,
    /// Seen in a regional vendor's public interface or code list.
    Vendor,
    /// A design decision of the model.
    Inference,
}

/// A clause of a norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// Short name of the norm.
    pub regulation: &'static str,
    /// Number of the clause.
    pub number: &'static str,
}

/// A reference to a key of a table.
#[derive(Debug)]
pub struct Reference {
    /// Positions of the columns that refer.
    pub columns: &'static [usize],
    /// Physical name of the table referred to.
    pub table: &'static str,
    /// Physical names of the columns referred to.
    pub target: &'static [&'static str],
}

/// A condition of a row.
#[derive(Debug)]
pub struct Check {
    /// Unique code: `attendance.late`.
    pub code: &'static str,
    /// What must hold, Russian; the title of the column for a column's own check.
    pub title: &'static str,
    /// The condition, an SQL expression as the model has it.
    pub condition: &'static str,
    /// Weight of a breach.
    pub severity: Severity,
    /// Position of the column that declares it, for a column's own check.
    pub column: Option<usize>,
}

/// The weight of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is suspicious: databases take it.
    Warning,
    /// The row is wrong: databases refuse it.
    Error,
}

/// A value of a closed classifier.
#[derive(Debug)]
pub struct Entry {
    /// The code as it stands in the data.
    pub code: &'static str,
    /// Title, Russian.
    pub title: &'static str,
    /// The code as a number, in an `int32` list.
    pub number: Option<i32>,
}

impl Entry {
    /// The code as a bare value: a number in an `int32` list.
    #[inline]
    pub fn datum(&self) -> Datum<'static> {
        match self.number {
            Some(number) => Datum::Integer(i64::from(number)),
            None => Datum::Text(self.code),
        }
    }

    /// Gives the code to what writes it.
    #[inline(always)]
    pub fn put<P: Put>(&self, to: P) -> P::Out {
        match self.number {
            Some(number) => to.integer(i64::from(number)),
            None => to.text(self.code),
        }
    }
}

/// A closed classifier.
#[derive(Debug)]
pub struct Classifier {
    /// Name.
    pub name: &'static str,
    /// Title, Russian.
    pub title: &'static str,
    /// The values, as listed.
    pub entries: &'static [Entry],
    /// Positions of the values, ordered by code.
    pub by_code: &'static [u32],
}

impl Classifier {
    /// The position of a code in the list.
    pub fn find(&self, code: &str) -> Option<usize> {
        // In a short list the lengths tell most codes apart.
        if self.entries.len() <= 16 {
            let is_it = |entry: &Entry| {
                entry.code.len() == code.len()
                    && entry.code.as_bytes().first() == code.as_bytes().first()
                    && (code.len() == 1 || entry.code == code)
            };
            return self.entries.iter().position(is_it);
        }
        let found = self.by_code.binary_search_by(|&position| {
            self.entries
                .get(position as usize)
                .map_or("", |entry| entry.code)
                .cmp(code)
        });
        found
            .ok()
            .and_then(|at| self.by_code.get(at))
            .map(|&position| position as usize)
    }

    /// The position of a bare value in the list: a number in an `int32` list, else text.
    ///
    /// # Errors
    /// The value is of another type or not listed.
    pub fn find_datum(&self, datum: Datum<'_>) -> Result<usize, Invalid> {
        let numbers = self
            .entries
            .first()
            .is_some_and(|entry| entry.number.is_some());
        let found = match datum {
            Datum::Null => return Err(Invalid::Empty),
            Datum::Integer(wanted) if numbers => self.entries.iter().position(|entry| {
                entry
                    .number
                    .is_some_and(|number| i64::from(number) == wanted)
            }),
            Datum::Text(code) if !numbers => self.find(code),
            _ if numbers => return Err(Invalid::NotInteger),
            _ => return Err(Invalid::NotText),
        };
        found.ok_or(Invalid::NotListed)
    }
}
