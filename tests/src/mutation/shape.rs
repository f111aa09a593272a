//! Files in another shape: encodings, separators, headers, line ends.

/// An encoding with one byte a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EightBit {
    /// Windows-1251.
    Windows1251,
    /// KOI8-R.
    Koi8R,
    /// CP866.
    Cp866,
}

impl EightBit {
    /// All of them.
    pub const ALL: [EightBit; 3] = [EightBit::Windows1251, EightBit::Koi8R, EightBit::Cp866];

    /// A text in this encoding; none if that lacks a character.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        text.chars()
            .map(|one| match u8::try_from(u32::from(one)) {
                Ok(byte) if byte < 0x80 => Some(byte),
                _ => self.letter(one),
            })
            .collect()
    }

    fn letter(self, one: char) -> Option<u8> {
        // Where а and А stand among the letters of Unicode, without ё.
        let small = u32::from(one).checked_sub(0x430).filter(|at| *at < 32);
        let capital = u32::from(one).checked_sub(0x410).filter(|at| *at < 32);
        let place = |at: u32| u8::try_from(at).ok();
        match self {
            EightBit::Windows1251 => match one {
                'ё' => Some(0xb8),
                'Ё' => Some(0xa8),
                '№' => Some(0xb9),
                '«' => Some(0xab),
                '»' => Some(0xbb),
                '—' => Some(0x97),
                _ => match (small, capital) {
                    (Some(at), _) => Some(0xe0 + place(at)?),
                    (_, Some(at)) => Some(0xc0 + place(at)?),
                    _ => None,
                },
            },
            EightBit::Koi8R => {
                let order = "юабцдефгхийклмнопярстужвьызшэщчъ";
                let lower = one.to_lowercase().next()?;
                let at = order.chars().position(|letter| letter == lower);
                match (one, at) {
                    ('ё', _) => Some(0xa3),
                    ('Ё', _) => Some(0xb3),
                    (_, Some(at)) if lower == one => Some(0xc0 + u8::try_from(at).ok()?),
                    (_, Some(at)) => Some(0xe0 + u8::try_from(at).ok()?),
                    _ => None,
                }
            }
            EightBit::Cp866 => match one {
                'ё' => Some(0xf1),
                'Ё' => Some(0xf0),
                '№' => Some(0xfc),
                _ => match (small, capital) {
                    (Some(at), _) if at < 16 => Some(0xa0 + place(at)?),
                    (Some(at), _) => Some(0xe0 + place(at - 16)?),
                    (_, Some(at)) => Some(0x80 + place(at)?),
                    _ => None,
                },
            },
        }
    }
}

/// UTF-16 of one of the byte orders.
pub(super) fn utf_16(text: &str, is_big: bool, has_mark: bool) -> Vec<u8> {
    let mark = has_mark.then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| match is_big {
            true => unit.to_be_bytes(),
            false => unit.to_le_bytes(),
        })
        .collect()
}

/// The fields of a row in order, as they stand, quotes and all; none of a row that leaves them open.
pub(super) fn fields(line: &str) -> Vec<&str> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let Some(end) = end_of_field(rest) else {
            return Vec::new();
        };
        let (field, behind) = rest.split_at(end);
        fields.push(field);
        match behind.strip_prefix(';') {
            Some(behind) => rest = behind,
            None if behind.is_empty() => return fields,
            None => return Vec::new(),
        }
    }
}

/// Where the first field of a text ends; none if its quote is open.
fn end_of_field(text: &str) -> Option<usize> {
    if !text.starts_with('"') {
        return Some(text.find(';').unwrap_or(text.len()));
    }
    let mut at = 1;
    loop {
        at += text.get(at..)?.find('"')? + 1;
        // A doubled one is a quote of the text.
        if !text[at..].starts_with('"') {
            return Some(at);
        }
        at += 1;
    }
}

/// What a field means: without its quotes, doubled ones made one.
pub(super) fn meaning(field: &str) -> String {
    let inner = (field.strip_prefix('"')).and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) => inner.replace("\"\"", "\""),
        None => field.to_owned(),
    }
}

/// A text as a field.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A row with another field in a place.
pub(super) fn with_field(line: &str, at: usize, field: &str) -> String {
    let mut fields = fields(line);
    if let Some(place) = fields.get_mut(at) {
        *place = field;
    }
    fields.join(";")
}
