//! Files that are no text, by their first bytes.

use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::text;

/// What a file is, if it is nothing that can hold rows.
pub(super) fn kind(head: &[u8]) -> Option<Text> {
    const KINDS: [(&[u8], &str); 11] = [
        (b"\x1f\x8b", "gzip"),
        (b"BZh", "bzip2"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\xfd7zXZ\x00", "XZ"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"%PDF-", "PDF"),
        (b"PAR1", "Parquet"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"{\\rtf", "RTF"),
        (b"Obj\x01", "Avro"),
    ];
    if head.starts_with(b"PK\x03\x04") {
        let holds = |part: &[u8]| memchr::memmem::find(head, part).is_some();
        return Some(if holds(b"[Content_Types].xml") || holds(b"xl/") {
            text!("an Excel workbook (xlsx)", "книгу Excel (xlsx)")
        } else if holds(b"mimetypeapplication/vnd.oasis") {
            text!("an OpenDocument file (ods)", "документ OpenDocument (ods)")
        } else {
            text!("a zip archive", "архив zip")
        });
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(text!(
            "an old Excel workbook (xls)",
            "книгу старого Excel (xls)"
        ));
    }
    if head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") {
        return Some(text!("text in UTF-32", "текст в UTF-32"));
    }
    if let Some((_, name)) = KINDS.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(text!("{name}", "{name}"));
    }
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    match text.first() {
        Some(b'<') => Some(text!("XML or HTML", "XML или HTML")),
        Some(b'{' | b'[') => Some(text!("JSON", "JSON")),
        _ => None,
    }
}
