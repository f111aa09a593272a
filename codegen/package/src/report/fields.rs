//! A line told into fields for showing: whatever it holds, something comes out, and each field knows where
//! it stands. What is a fault and what is not, the scan has said already.

/// A field of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// What stands between the quotes, doubled ones made one; without quotes, what stands there.
    pub(super) text: String,
    /// Offset in the line of its first byte, the quote included.
    pub(super) byte: usize,
    /// Position in the line of its first character, from 0.
    pub(super) position: usize,
}

/// The fields of a line.
pub(super) fn split(line: &str, separator: char) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut at = Field {
        text: String::new(),
        byte: 0,
        position: 0,
    };
    let mut quoted = false;
    let mut chars = line.char_indices().enumerate().peekable();
    while let Some((position, (byte, letter))) = chars.next() {
        let next = chars.peek().map(|(_, (_, next))| *next);
        match letter {
            '"' if quoted && next == Some('"') => {
                at.text.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            '"' if at.byte == byte => quoted = true,
            _ if letter == separator && !quoted => {
                let following = Field {
                    text: String::new(),
                    byte: byte + letter.len_utf8(),
                    position: position + 1,
                };
                fields.push(std::mem::replace(&mut at, following));
            }
            _ => at.text.push(letter),
        }
    }
    fields.push(at);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        split(line, ';').into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn quotes_are_taken_off_and_doubled_ones_made_one() {
        assert_eq!(texts(r#""a";"b;c";"d""e""#), ["a", "b;c", "d\"e"]);
        assert_eq!(texts(r#"a;;"""#), ["a", "", ""]);
        assert_eq!(texts(""), [""]);
        assert_eq!(texts(r#""a;b"#), ["a;b"]);
    }

    #[test]
    fn fields_know_where_they_stand() {
        let fields = split(r#""ё";"b""#, ';');
        let places: Vec<(usize, usize)> =
            fields.iter().map(|one| (one.byte, one.position)).collect();
        assert_eq!(places, [(0, 0), (5, 4)]);
    }
}
