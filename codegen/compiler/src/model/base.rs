//! Base types: the logical types of the showcase, as Prostore has them (there is no exact decimal).

use super::expr::ValueType;

/// A logical type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BaseType {
    /// `boolean`
    Boolean,
    /// `int32`, also written `integer`: 32 bits, signed.
    Int32,
    /// `bigint`: 64 bits, signed.
    BigInt,
    /// `float`: 32 bits.
    Float,
    /// `double`: 64 bits.
    Double,
    /// `char(n)`: exactly `n` characters.
    Char(u32),
    /// `varchar(n)`: at most `n` characters; `varchar` or `text` without `n`: any number.
    Varchar(Option<u32>),
    /// `link`: a reference such as a URL, any length.
    Link,
    /// `uuid`
    Uuid,
    /// `date`: `YYYY-MM-DD`.
    Date,
    /// `time(p)`: `hh:mm:ss` with `p` (0 to 6) digits of a fraction of a second.
    Time(u8),
    /// `timestamp(p)`: date and time without a zone, `p` as for `time`.
    Timestamp(u8),
}

impl BaseType {
    /// The type that expressions see.
    pub fn value_type(self) -> ValueType {
        match self {
            BaseType::Boolean => ValueType::Boolean,
            BaseType::Int32 | BaseType::BigInt => ValueType::Integer,
            BaseType::Float | BaseType::Double => ValueType::Double,
            BaseType::Char(_) | BaseType::Varchar(_) | BaseType::Link => ValueType::Text,
            BaseType::Uuid => ValueType::Uuid,
            BaseType::Date => ValueType::Date,
            BaseType::Time(_) => ValueType::Time,
            BaseType::Timestamp(_) => ValueType::Timestamp,
        }
    }

    /// Whether values are text.
    pub fn is_text(self) -> bool {
        self.value_type() == ValueType::Text
    }

    /// The largest number of characters, where there is one.
    pub fn max_chars(self) -> Option<u32> {
        match self {
            BaseType::Char(n) => Some(n),
            BaseType::Varchar(n) => n,
            _ => None,
        }
    }
}

/// The spelling of the model language: `varchar(255)`, `timestamp(0)`.
impl std::fmt::Display for BaseType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BaseType::Boolean => f.write_str("boolean"),
            BaseType::Int32 => f.write_str("int32"),
            BaseType::BigInt => f.write_str("bigint"),
            BaseType::Float => f.write_str("float"),
            BaseType::Double => f.write_str("double"),
            BaseType::Char(n) => write!(f, "char({n})"),
            BaseType::Varchar(Some(n)) => write!(f, "varchar({n})"),
            BaseType::Varchar(None) => f.write_str("varchar"),
            BaseType::Link => f.write_str("link"),
            BaseType::Uuid => f.write_str("uuid"),
            BaseType::Date => f.write_str("date"),
            BaseType::Time(p) => write!(f, "time({p})"),
            BaseType::Timestamp(p) => write!(f, "timestamp({p})"),
        }
    }
}
