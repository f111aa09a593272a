//! What was changed, and what that alone says must be found.

/// One change of a package.
#[derive(Debug, Clone)]
pub struct Mutation {
    /// What sort of change it is: `row: doubled`.
    pub kind: String,
    /// What was done and where, for messages.
    pub title: String,
    /// What must be found.
    pub claims: Vec<Claim>,
    /// Whether the package must stay as valid as it was, as far as the file is concerned.
    pub is_valid: bool,
}

/// What must be found of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The code; none when some fault must be found in the line, by whatever code.
    pub code: Option<&'static str>,
    /// The file; none where the package is at fault.
    pub file: Option<String>,
    /// The line; none where a file as such is at fault.
    pub line: Option<u64>,
    /// The column at fault, if one is.
    pub column: Option<String>,
}

impl Mutation {
    /// A change that breaks nothing by itself.
    pub fn valid(kind: &str, title: impl Into<String>) -> Mutation {
        Mutation {
            kind: kind.to_owned(),
            title: title.into(),
            claims: Vec::new(),
            is_valid: true,
        }
    }

    /// A change of which only the reference knows what it breaks.
    pub fn open(kind: &str, title: impl Into<String>) -> Mutation {
        Mutation {
            is_valid: false,
            ..Mutation::valid(kind, title)
        }
    }

    /// Of this group of changes.
    #[must_use]
    pub fn of(mut self, group: &str) -> Mutation {
        self.kind = format!("{group}: {}", self.kind);
        self
    }

    /// And this must be found.
    #[must_use]
    pub fn with(mut self, claim: Claim) -> Mutation {
        self.claims.push(claim);
        self.is_valid = false;
        self
    }
}

impl Claim {
    /// A fault in a line of a file.
    pub fn of_line(code: &'static str, file: &str, line: u64) -> Claim {
        Claim {
            code: Some(code),
            file: Some(file.to_owned()),
            line: Some(line),
            column: None,
        }
    }

    /// A fault of a file as such.
    pub fn of_file(code: &'static str, file: &str) -> Claim {
        Claim {
            line: None,
            ..Claim::of_line(code, file, 0)
        }
    }

    /// Some fault in a line of a file.
    pub fn of_any(file: &str, line: u64) -> Claim {
        Claim {
            code: None,
            ..Claim::of_line("", file, line)
        }
    }

    /// In this column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Claim {
        self.column = Some(column.to_owned());
        self
    }
}
