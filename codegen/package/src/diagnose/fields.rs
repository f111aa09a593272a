//! A line's fields, by any separator: to see whether it is data where a header should be.

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// What stands between the quotes, doubled ones made one.
    pub(super) text: String,
    pub(super) is_quoted: bool,
}

/// The fields of a line; none if a quote is not closed or something stands behind it.
pub(super) fn split(line: &str, separator: char) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let (field, behind) = match rest.strip_prefix('"') {
            Some(inside) => quoted(inside)?,
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                let (text, behind) = rest.split_at(end);
                let field = Field {
                    text: text.to_owned(),
                    is_quoted: false,
                };
                (field, behind)
            }
        };
        fields.push(field);
        if behind.is_empty() {
            return Some(fields);
        }
        rest = behind.strip_prefix(separator)?;
    }
}

fn quoted(mut rest: &str) -> Option<(Field, &str)> {
    let mut text = String::new();
    loop {
        let (part, behind) = rest.split_once('"')?;
        text += part;
        match behind.strip_prefix('"') {
            Some(more) => {
                text.push('"');
                rest = more;
            }
            None => {
                let field = Field {
                    text,
                    is_quoted: true,
                };
                return Some((field, behind));
            }
        }
    }
}
