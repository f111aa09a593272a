//! The grammar: clauses and their order.

use std::ops::Range;

use super::lexer::{Kind, Token};
use super::{ColumnDefinition, CreateDatabase, CreateTable, Name, Refusal, Rule, Statement};
use crate::model::BaseType;
use crate::target::ddl::prostore::Profile;

/// Reads the one statement that `tokens` are; `end` is the length of the text.
pub(super) fn statement(
    profile: Profile,
    tokens: &[Token<'_>],
    end: usize,
) -> Result<Statement, Refusal> {
    let mut parser = Parser {
        profile,
        tokens,
        place: 0,
        end,
    };
    if tokens.is_empty() {
        return parser.refuse(Rule::Empty);
    }
    if parser.is_word("COMMENT") {
        return parser.refuse(Rule::Comment);
    }
    if !parser.accept("CREATE") {
        return parser.refuse(Rule::Statement);
    }
    let statement = if parser.accept("DATABASE") {
        Statement::CreateDatabase(parser.database()?)
    } else if parser.accept("TABLE") {
        Statement::CreateTable(parser.table()?)
    } else {
        return parser.refuse(Rule::Statement);
    };
    match parser.peek() {
        None => Ok(statement),
        Some(_) => parser.refuse(Rule::Syntax),
    }
}

struct Parser<'a> {
    profile: Profile,
    tokens: &'a [Token<'a>],
    place: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Kind<'a>> {
        self.tokens.get(self.place).map(|token| &token.kind)
    }

    /// The place of the next token, or the end.
    fn here(&self) -> Range<usize> {
        self.tokens
            .get(self.place)
            .map_or(self.end..self.end, |token| token.at.clone())
    }

    fn refuse<T>(&self, rule: Rule) -> Result<T, Refusal> {
        let at = self.here();
        Err(Refusal { rule, at })
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Kind::Word(text)) if text.eq_ignore_ascii_case(word))
    }

    fn accept(&mut self, word: &str) -> bool {
        let is = self.is_word(word);
        self.place += usize::from(is);
        is
    }

    fn expect(&mut self, word: &str) -> Result<(), Refusal> {
        match self.accept(word) {
            true => Ok(()),
            false => self.refuse(Rule::Syntax),
        }
    }

    fn accept_symbol(&mut self, symbol: char) -> bool {
        let is = self.peek() == Some(&Kind::Symbol(symbol));
        self.place += usize::from(is);
        is
    }

    fn expect_symbol(&mut self, symbol: char) -> Result<(), Refusal> {
        match self.accept_symbol(symbol) {
            true => Ok(()),
            false => self.refuse(Rule::Syntax),
        }
    }

    fn if_not_exists(&mut self) -> Result<bool, Refusal> {
        if !self.accept("IF") {
            return Ok(false);
        }
        self.expect("NOT")?;
        self.expect("EXISTS")?;
        Ok(true)
    }

    /// A name, bare or in double quotes; whether it may be one is for the rules to say.
    fn name(&mut self) -> Result<Name, Refusal> {
        let at = self.here();
        let text = match self.peek() {
            Some(Kind::Word(text)) => text.to_lowercase(),
            Some(Kind::Quoted(text)) => text.to_lowercase(),
            Some(Kind::Number(_)) => return self.refuse(Rule::NameForm),
            _ => return self.refuse(Rule::Syntax),
        };
        self.place += 1;
        Ok(Name { text, at })
    }

    fn database(&mut self) -> Result<CreateDatabase, Refusal> {
        Ok(CreateDatabase {
            if_not_exists: self.if_not_exists()?,
            name: self.name()?,
            logical_only: self.accept("LOGICAL_ONLY"),
        })
    }

    fn table(&mut self) -> Result<CreateTable, Refusal> {
        let if_not_exists = self.if_not_exists()?;
        let first = self.name()?;
        let (database, name) = match self.accept_symbol('.') {
            true => (Some(first), self.name()?),
            false => (None, first),
        };
        self.expect_symbol('(')?;
        let mut columns = Vec::new();
        let mut primary_key = None;
        loop {
            self.refuse_table_constraint()?;
            if self.is_word("CONSTRAINT") || self.is_word("PRIMARY") {
                if primary_key.is_some() {
                    return self.refuse(Rule::Syntax);
                }
                primary_key = Some(self.primary_key()?);
            } else if primary_key.is_some() {
                return self.refuse(Rule::ClauseOrder);
            } else {
                columns.push(self.column()?);
            }
            if !self.accept_symbol(',') {
                break;
            }
        }
        let Some(primary_key) = primary_key else {
            return self.refuse(Rule::NoPrimaryKey);
        };
        self.expect_symbol(')')?;
        let distributed_by = self.distributed_by()?;
        let datasource_type = self.datasource_type()?;
        let logical_only = self.accept("LOGICAL_ONLY");
        self.refuse_further_clause()?;
        Ok(CreateTable {
            database,
            name,
            if_not_exists,
            columns,
            primary_key,
            distributed_by,
            datasource_type,
            logical_only,
        })
    }

    /// Refuses what other databases have in place of a column.
    fn refuse_table_constraint(&self) -> Result<(), Refusal> {
        // Words that begin a constraint are reserved, so no column is meant by them.
        match self.peek() {
            Some(Kind::Word(word)) => match word.to_ascii_uppercase().as_str() {
                "FOREIGN" => self.refuse(Rule::ForeignKey),
                "UNIQUE" | "CHECK" => self.refuse(Rule::UniqueOrCheck),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// `[CONSTRAINT name] PRIMARY KEY (…)`
    fn primary_key(&mut self) -> Result<Vec<Name>, Refusal> {
        if self.accept("CONSTRAINT") {
            self.name()?;
            self.refuse_table_constraint()?;
        }
        self.expect("PRIMARY")?;
        self.expect("KEY")?;
        self.names()
    }

    /// `(a, b)`
    fn names(&mut self) -> Result<Vec<Name>, Refusal> {
        self.expect_symbol('(')?;
        let mut names = vec![self.name()?];
        while self.accept_symbol(',') {
            names.push(self.name()?);
        }
        self.expect_symbol(')')?;
        Ok(names)
    }

    fn column(&mut self) -> Result<ColumnDefinition, Refusal> {
        let name = self.name()?;
        let ty = self.column_type()?;
        let required = if self.accept("NOT") {
            self.expect("NULL")?;
            true
        } else {
            self.accept("NULL");
            false
        };
        let rule = match self.peek() {
            Some(Kind::Word(word)) => match word.to_ascii_uppercase().as_str() {
                "PRIMARY" => Rule::ColumnPrimaryKey,
                "REFERENCES" => Rule::ForeignKey,
                "UNIQUE" | "CHECK" => Rule::UniqueOrCheck,
                "DEFAULT" => Rule::Default,
                "COMMENT" => Rule::Comment,
                _ => Rule::Syntax,
            },
            Some(Kind::Symbol(',' | ')')) => return Ok(ColumnDefinition { name, ty, required }),
            _ => Rule::Syntax,
        };
        self.refuse(rule)
    }

    fn column_type(&mut self) -> Result<BaseType, Refusal> {
        let at = self.here();
        let Some(Kind::Word(word)) = self.peek() else {
            return self.refuse(Rule::UnknownType);
        };
        self.place += 1;
        let seven = self.profile == Profile::V7;
        let mut word = word.to_ascii_uppercase();
        if word == "DOUBLE" {
            self.accept("PRECISION");
        }
        if word == "CHARACTER" {
            self.expect("VARYING")?;
            word = "VARCHAR".into();
        }
        let ty = match word.as_str() {
            "BOOLEAN" => BaseType::Boolean,
            "BIGINT" => BaseType::BigInt,
            "INT32" => BaseType::Int32,
            // 64 bits, whatever the word promises; line 7 reads `INTEGER` as 32.
            "INT" => BaseType::BigInt,
            "INTEGER" if seven => BaseType::Int32,
            "INTEGER" => BaseType::BigInt,
            "INT64" | "LONG" if seven => BaseType::BigInt,
            "DOUBLE" => BaseType::Double,
            "FLOAT" => BaseType::Float,
            "UUID" => BaseType::Uuid,
            "LINK" => BaseType::Link,
            "DATE" => BaseType::Date,
            "TIME" => BaseType::Time(self.precision()?),
            "TIMESTAMP" => BaseType::Timestamp(self.precision()?),
            "VARCHAR" => BaseType::Varchar(self.size()?),
            "STRING" if seven => BaseType::Varchar(self.size()?),
            "CHAR" => match self.size()? {
                Some(n) => BaseType::Char(n),
                None => return self.refuse(Rule::TypeSize),
            },
            "DECIMAL" | "NUMERIC" | "SMALLINT" | "TINYINT" | "REAL" | "TEXT" => {
                let rule = Rule::UnsupportedType;
                return Err(Refusal { rule, at });
            }
            _ => {
                let rule = Rule::UnknownType;
                return Err(Refusal { rule, at });
            }
        };
        match self.peek() {
            Some(Kind::Symbol('(')) => self.refuse(Rule::TypeSize),
            _ => Ok(ty),
        }
    }

    /// `(n)` with `n` above 0, if it is there.
    fn size(&mut self) -> Result<Option<u32>, Refusal> {
        if !self.accept_symbol('(') {
            return Ok(None);
        }
        let size = match self.peek() {
            Some(Kind::Number(digits)) => digits.parse().ok().filter(|n| *n > 0),
            _ => None,
        };
        if size.is_none() {
            return self.refuse(Rule::TypeSize);
        }
        self.place += 1;
        self.expect_symbol(')')?;
        Ok(size)
    }

    /// `(p)` with `p` up to 6, which is also the default.
    fn precision(&mut self) -> Result<u8, Refusal> {
        if !self.accept_symbol('(') {
            return Ok(6);
        }
        let digits = match self.peek() {
            Some(Kind::Number(digits)) => digits.parse().ok().filter(|p| *p <= 6),
            _ => None,
        };
        let Some(digits) = digits else {
            return self.refuse(Rule::Precision);
        };
        self.place += 1;
        self.expect_symbol(')')?;
        Ok(digits)
    }

    fn distributed_by(&mut self) -> Result<Vec<Name>, Refusal> {
        if self.is_word("DATASOURCE_TYPE") || self.is_word("LOGICAL_ONLY") {
            let later = self.tokens.get(self.place..).unwrap_or(&[]);
            let follows = later.iter().any(
                |token| matches!(token.kind, Kind::Word(word) if word.eq_ignore_ascii_case("DISTRIBUTED")),
            );
            return self.refuse(match follows {
                true => Rule::ClauseOrder,
                false => Rule::NoDistributedBy,
            });
        }
        if !self.accept("DISTRIBUTED") {
            self.refuse_further_clause()?;
            return self.refuse(Rule::NoDistributedBy);
        }
        self.expect("BY")?;
        self.names()
    }

    /// `[DATASOURCE_TYPE (ds, …)]`
    fn datasource_type(&mut self) -> Result<Vec<Name>, Refusal> {
        if !self.accept("DATASOURCE_TYPE") {
            return Ok(Vec::new());
        }
        self.expect_symbol('(')?;
        let mut stores = vec![self.store()?];
        while self.accept_symbol(',') {
            stores.push(self.store()?);
        }
        self.expect_symbol(')')?;
        Ok(stores)
    }

    fn store(&mut self) -> Result<Name, Refusal> {
        let at = self.here();
        let text = match (self.profile, self.peek()) {
            (Profile::V5_5, Some(Kind::Word(text))) => text.to_lowercase(),
            (Profile::V5_5, Some(Kind::Quoted(text))) => text.to_lowercase(),
            (Profile::V7, Some(Kind::Text(text))) => text.to_lowercase(),
            (_, Some(Kind::Word(_) | Kind::Quoted(_) | Kind::Text(_))) => {
                return self.refuse(Rule::DatasourceQuoting);
            }
            _ => return self.refuse(Rule::Syntax),
        };
        self.place += 1;
        Ok(Name { text, at })
    }

    /// Refuses a clause that stands where the statement should end.
    fn refuse_further_clause(&self) -> Result<(), Refusal> {
        let Some(Kind::Word(word)) = self.peek() else {
            return Ok(());
        };
        let rule = match word.to_ascii_uppercase().as_str() {
            "DISTRIBUTED" | "DATASOURCE_TYPE" | "LOGICAL_ONLY" => Rule::ClauseOrder,
            "COMMENT" => Rule::Comment,
            "PARTITION" | "FOR" | "RETENTION" | "OPTIONS" if self.profile == Profile::V7 => {
                Rule::UnprovedClause
            }
            _ => Rule::UnknownClause,
        };
        self.refuse(rule)
    }
}
