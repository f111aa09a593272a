//! Bytes to text, by the encoding that the XML declaration names: UTF-8 or Windows-1251.

use crate::diagnostic::{Diagnostic, code};
use crate::text;

/// What Windows-1251 means by the bytes 0x80 to 0xBF; those above are `А` to `я` in order. The
/// replacement character stands for the one byte that means nothing.
const UPPER: [char; 64] = [
    'Ђ', 'Ѓ', '‚', 'ѓ', '„', '…', '†', '‡', '€', '‰', 'Љ', '‹', 'Њ', 'Ќ', 'Ћ', 'Џ', // 8
    'ђ', '‘', '’', '“', '”', '•', '–', '—', '\u{fffd}', '™', 'љ', '›', 'њ', 'ќ', 'ћ',
    'џ', // 9
    '\u{a0}', 'Ў', 'ў', 'Ј', '¤', 'Ґ', '¦', '§', 'Ё', '©', 'Є', '«', '¬', '\u{ad}', '®',
    'Ї', // A
    '°', '±', 'І', 'і', 'ґ', 'µ', '¶', '·', 'ё', '№', 'є', '»', 'ј', 'Ѕ', 'ѕ', 'ї', // B
];

/// A text that could be read, with the finding when it could not be wholly.
pub(super) struct Decoded {
    /// The text without a byte order mark.
    pub(super) text: String,
    /// What is wrong, and at which bytes of `text`.
    pub(super) problem: Option<(Diagnostic, (usize, usize))>,
}

/// The text of a file. `path` is for the cure.
pub(super) fn decode(bytes: Vec<u8>, path: &str) -> Decoded {
    if let Some(name) = utf16(&bytes) {
        return refused(name, path);
    }
    let declared = declared(&bytes);
    match declared.as_deref().unwrap_or("utf-8") {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => utf8(bytes),
        "windows-1251" | "cp1251" | "cp-1251" | "win-1251" => windows_1251(&bytes),
        name => refused(&name.to_uppercase(), path),
    }
}

/// UTF-16 by its mark, or by the zero beside the first bracket.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => Some("UTF-16LE"),
        [0xfe, 0xff, ..] | [0, b'<', ..] => Some("UTF-16BE"),
        _ => None,
    }
}

/// The encoding that the declaration names, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    const REACH: usize = 512;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.get(..bytes.len().min(REACH))?;
    let head: String = head
        .iter()
        .map(|&byte| match byte.is_ascii() {
            true => char::from(byte),
            false => '?',
        })
        .collect();
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let name = value.strip_prefix(quote)?.split_once(quote)?.0;
    Some(name.trim().to_ascii_lowercase())
}

fn utf8(bytes: Vec<u8>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            },
            problem: None,
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let finding = Diagnostic::new(
                code::IMPORT_ENCODING,
                text!(
                    "the file is not UTF-8 from here on",
                    "отсюда файл не в UTF-8"
                ),
            )
            .help(text!(
                "if it is Windows-1251, let its first line say so: `<?xml version=\"1.0\" encoding=\"windows-1251\"?>`",
                "если это Windows-1251, пусть об этом скажет первая строка: `<?xml version=\"1.0\" encoding=\"windows-1251\"?>`"
            ));
            Decoded {
                text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
                problem: Some((finding, (at, at + '\u{fffd}'.len_utf8()))),
            }
        }
    }
}

fn windows_1251(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut problem = None;
    for &byte in bytes {
        let c = match byte {
            0..0x80 => char::from(byte),
            0xc0.. => char::from_u32(0x410 + u32::from(byte) - 0xc0).unwrap_or('\u{fffd}'),
            _ => UPPER[usize::from(byte - 0x80)],
        };
        if c == '\u{fffd}' && problem.is_none() {
            let finding = Diagnostic::new(
                code::IMPORT_ENCODING,
                text!(
                    "the byte 0x{byte:02X} means nothing in Windows-1251",
                    "байт 0x{byte:02X} в Windows-1251 ничего не значит"
                ),
            )
            .help(text!(
                "find out which encoding the file is really in",
                "выясните, в какой кодировке файл на самом деле"
            ));
            problem = Some((finding, (text.len(), text.len() + c.len_utf8())));
        }
        text.push(c);
    }
    Decoded { text, problem }
}

/// A file whose encoding is none of ours; it has no text.
fn refused(name: &str, path: &str) -> Decoded {
    // The name comes from the file and goes into a command: only what names of encodings hold.
    let safe: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
        .collect();
    let finding = Diagnostic::new(
        code::IMPORT_ENCODING,
        text!(
            "the file is in the encoding `{safe}`, which is not read",
            "файл в кодировке `{safe}`, которая не читается"
        ),
    )
    .help(text!(
        "convert it, `iconv -f {safe} -t UTF-8 {path} > utf8.xml`, and name UTF-8 in the first line of `utf8.xml`",
        "перекодируйте его, `iconv -f {safe} -t UTF-8 {path} > utf8.xml`, и назовите UTF-8 в первой строке `utf8.xml`"
    ));
    Decoded {
        text: String::new(),
        problem: Some((finding, (0, 0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let decoded = decode(bytes.to_vec(), "a.xml");
        assert!(decoded.problem.is_none(), "{:?}", decoded.problem);
        decoded.text
    }

    fn message(bytes: &[u8]) -> String {
        let (finding, _) = decode(bytes.to_vec(), "a.xml").problem.unwrap();
        finding.message.en
    }

    #[test]
    fn both_encodings_give_the_same_text() {
        let text = "<?xml version='1.0' encoding='windows-1251'?><a b=\"Ёлка №1 «я»\"/>";
        let mut bytes = Vec::new();
        for c in text.chars() {
            bytes.push(match c {
                'А'..='я' => u8::try_from(u32::from(c) - 0x410 + 0xc0).unwrap(),
                c if c.is_ascii() => u8::try_from(c).unwrap(),
                c => 0x80 + u8::try_from(UPPER.iter().position(|u| *u == c).unwrap()).unwrap(),
            });
        }
        assert_eq!(read(&bytes), text);
        let utf8 = text.replace("windows-1251", "UTF-8");
        assert_eq!(read(utf8.as_bytes()), utf8);
        assert_eq!(read("\u{feff}<a/>".as_bytes()), "<a/>");
        assert_eq!(read(b""), "");
    }

    #[test]
    fn letters_stand_where_the_standard_puts_them() {
        let head = b"<?xml version=\"1.0\" encoding = \"CP1251\" ?>";
        let letters = b"\xa8\xb8\xb9\xc0\xdf\xe0\xff\xab\xbb\x97";
        assert!(read(&[&head[..], letters].concat()).ends_with("Ёё№АЯая«»—"));
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_cure() {
        let koi8 = b"<?xml version='1.0' encoding='KOI8-R'?><a/>";
        let (finding, _) = decode(koi8.to_vec(), "list.xml").problem.unwrap();
        let help = finding.help.unwrap().en;
        assert!(help.contains("`iconv -f KOI8-R -t UTF-8 list.xml > utf8.xml`"));
        assert!(message(b"\xff\xfe<\0").contains("UTF-16LE"));
        assert!(message(b"\0<\0?").contains("UTF-16BE"));
        assert!(message(b"<a>\xcf</a>").contains("not UTF-8"));
        let odd = b"<?xml version='1.0' encoding='windows-1251'?>\x98";
        let (finding, place) = decode(odd.to_vec(), "a.xml").problem.unwrap();
        assert!(finding.message.en.contains("0x98"));
        assert_eq!(place, (45, 48));
    }
}
