//! A line told into fields: the meaning is that of `vitrina_codegen::quality::csv`.

use std::borrow::Cow;

use memchr::memchr;

/// A field: where its text stands in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    /// The first byte of the text, behind the quote if there is one.
    pub(crate) from: usize,
    /// The end of the text, before the closing quote if there is one.
    pub(crate) to: usize,
    /// Whether it is in quotes.
    pub(crate) quoted: bool,
    /// Whether quotes within are doubled.
    pub(crate) doubled: bool,
}

/// Why a line cannot be told into fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplitFault {
    /// The quote of the field at this position is not closed.
    Open(usize),
    /// Something stands behind the closing quote of the field at this position.
    Stray(usize),
}

impl Field {
    /// The bytes between the quotes.
    pub(crate) fn raw<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        line.get(self.from..self.to).unwrap_or_default()
    }

    /// The text, doubled quotes made one.
    pub(crate) fn text<'l>(&self, line: &'l [u8]) -> Cow<'l, [u8]> {
        let raw = self.raw(line);
        if !self.doubled {
            return Cow::Borrowed(raw);
        }
        let mut text = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = memchr(b'"', rest) {
            text.extend_from_slice(rest.get(..=at).unwrap_or_default());
            rest = rest.get(at + 2..).unwrap_or_default();
        }
        text.extend_from_slice(rest);
        Cow::Owned(text)
    }
}

/// Tells a line into its fields, which take the place of those in `fields`.
pub(crate) fn split(line: &[u8], separator: u8, fields: &mut Vec<Field>) -> Result<(), SplitFault> {
    fields.clear();
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or_default();
        let behind = if rest.first() == Some(&b'"') {
            let from = at + 1;
            let mut doubled = false;
            let mut seek = from;
            let to = loop {
                let inside = line.get(seek..).unwrap_or_default();
                let Some(quote) = memchr(b'"', inside) else {
                    return Err(SplitFault::Open(fields.len()));
                };
                let quote = seek + quote;
                if line.get(quote + 1) == Some(&b'"') {
                    doubled = true;
                    seek = quote + 2;
                } else {
                    break quote;
                }
            };
            fields.push(Field {
                from,
                to,
                quoted: true,
                doubled,
            });
            to + 1
        } else {
            let to = at + memchr(separator, rest).unwrap_or(rest.len());
            fields.push(Field {
                from: at,
                to,
                quoted: false,
                doubled: false,
            });
            to
        };
        match line.get(behind) {
            None => return Ok(()),
            Some(byte) if *byte == separator => at = behind + 1,
            Some(_) => return Err(SplitFault::Stray(fields.len() - 1)),
        }
    }
}

/// Writes a text as a field in quotes.
pub(crate) fn quote(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = memchr(b'"', rest) {
        out.extend_from_slice(rest.get(..=at).unwrap_or_default());
        out.push(b'"');
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Result<Vec<String>, SplitFault> {
        let mut fields = Vec::new();
        split(line.as_bytes(), b';', &mut fields)?;
        let text = |field: &Field| String::from_utf8(field.text(line.as_bytes()).into_owned());
        Ok(fields.iter().map(|field| text(field).unwrap()).collect())
    }

    #[test]
    fn fields_as_the_reference_tells_them() {
        assert_eq!(texts("").unwrap(), [""]);
        assert_eq!(texts(";").unwrap(), ["", ""]);
        assert_eq!(
            texts(r#""a;b";c"d;"""";"x""y""#).unwrap(),
            ["a;b", "c\"d", "\"", "x\"y"]
        );
        assert_eq!(texts(r#"a;"b"#), Err(SplitFault::Open(1)));
        assert_eq!(texts(r#"a;"b"""#), Err(SplitFault::Open(1)));
        assert_eq!(texts(r#""a"b;c"#), Err(SplitFault::Stray(0)));
    }

    #[test]
    fn quoting_is_undone_by_splitting() {
        for text in ["", "a", "\"", "a\"\"b;", ";;"] {
            let mut line = Vec::new();
            quote(text.as_bytes(), &mut line);
            let line = String::from_utf8(line).unwrap();
            assert_eq!(texts(&line).unwrap(), [text]);
        }
    }
}
