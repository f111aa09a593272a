//! A line told into fields as people write them: with blanks beside the quotes.

use memchr::memchr;

use crate::files::split::{Field, SplitFault};

/// A field, and whether blanks stand outside of its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Loose {
    pub(super) field: Field,
    pub(super) padded: bool,
}

/// Tells a line into its fields, which take the place of those in `fields`.
pub(super) fn split(line: &[u8], separator: u8, fields: &mut Vec<Loose>) -> Result<(), SplitFault> {
    fields.clear();
    let mut at = 0;
    loop {
        let begin = skip_blanks(line, at, separator);
        let behind = if line.get(begin) == Some(&b'"') {
            let (field, end) = quoted(line, begin).ok_or(SplitFault::Open(fields.len()))?;
            let behind = skip_blanks(line, end, separator);
            let padded = begin > at || behind > end;
            fields.push(Loose { field, padded });
            behind
        } else {
            let rest = line.get(at..).unwrap_or_default();
            let to = at + memchr(separator, rest).unwrap_or(rest.len());
            let field = Field {
                from: at,
                to,
                quoted: false,
                doubled: false,
            };
            let padded = false;
            fields.push(Loose { field, padded });
            to
        };
        match line.get(behind) {
            None => return Ok(()),
            Some(byte) if *byte == separator => at = behind + 1,
            Some(_) => return Err(SplitFault::Stray(fields.len() - 1)),
        }
    }
}

fn skip_blanks(line: &[u8], from: usize, separator: u8) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    let blanks = rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t') && **byte != separator);
    from + blanks.count()
}

/// The field whose quote stands at `begin`, and the place behind its closing quote.
fn quoted(line: &[u8], begin: usize) -> Option<(Field, usize)> {
    let from = begin + 1;
    let mut doubled = false;
    let mut seek = from;
    loop {
        let quote = seek + memchr(b'"', line.get(seek..)?)?;
        if line.get(quote + 1) != Some(&b'"') {
            let field = Field {
                from,
                to: quote,
                quoted: true,
                doubled,
            };
            return Some((field, quote + 1));
        }
        doubled = true;
        seek = quote + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::split as strict;

    fn texts(line: &str, separator: u8) -> Option<Vec<String>> {
        let mut fields = Vec::new();
        split(line.as_bytes(), separator, &mut fields).ok()?;
        let text = |one: &Loose| String::from_utf8(one.field.text(line.as_bytes()).into_owned());
        Some(fields.iter().map(|field| text(field).unwrap()).collect())
    }

    #[test]
    fn blanks_beside_quotes_do_not_count() {
        assert_eq!(texts(" \"a\" ;\t\"b;\"", b';').unwrap(), ["a", "b;"]);
        assert_eq!(texts(" a ; b", b';').unwrap(), [" a ", " b"]);
        assert_eq!(texts("\"a\"\t \"b\" ", b'\t').unwrap(), ["a", "b"]);
        assert_eq!(texts("\"a\" b;c", b';'), None);
        assert_eq!(texts("x; \"a", b';'), None);
        assert_eq!(texts("  ", b';').unwrap(), ["  "]);
    }

    #[test]
    fn lines_without_them_are_told_as_elsewhere() {
        for line in [
            "",
            ";",
            "\"a\"\"b\";c",
            "\"\";\"\"\"\"",
            "a\"b;c",
            "\"a",
            "\"a\"b",
        ] {
            let (mut loose, mut exact) = (Vec::new(), Vec::new());
            let one = split(line.as_bytes(), b';', &mut loose);
            let other = strict::split(line.as_bytes(), b';', &mut exact);
            assert_eq!(one, other, "{line}");
            if one.is_ok() {
                let fields: Vec<Field> = loose.iter().map(|one| one.field).collect();
                assert_eq!(fields, exact, "{line}");
            }
        }
    }
}
