//! What `fix` mends: the kinds, by name, and how often.

use std::collections::BTreeMap;

use vitrina_codegen::Lang;

use crate::Code;
use crate::code;

/// A kind of mending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Mend {
    /// The file was moved to the package's root.
    Folder,
    /// The file was given the name of its table.
    FileName,
    /// The file was written anew in UTF-8.
    Encoding,
    /// The byte order mark was removed.
    ByteOrderMark,
    /// Fields are separated by `;` now.
    Separator,
    /// Names of the header were written in lower case.
    HeaderCase,
    /// The columns were put in order, in every row.
    HeaderOrder,
    /// Quotes in the header were removed.
    HeaderQuotes,
    /// Titles of columns, or names with blanks beside them, became the names.
    HeaderNames,
    /// Cyrillic letters in the header became the Latin ones that look so.
    HeaderLetters,
    /// Headers among the rows were removed.
    HeaderRepeated,
    /// Carriage returns at line ends were removed.
    LineEnds,
    /// Empty lines were removed.
    EmptyLines,
    /// The line feed behind the last row was removed.
    FinalLineFeed,
    /// Fields were put in quotes.
    Quotes,
    /// Absent values were written in the profile's form.
    NullForm,
    /// Blanks around values were removed.
    Blanks,
    /// Booleans were written in the profile's form.
    Booleans,
}

/// Kind, name for programs, code of the finding that it cures, English, Russian.
type Entry = (Mend, &'static str, Option<Code>, &'static str, &'static str);

const ENTRIES: [Entry; 18] = [
    (
        Mend::Folder,
        "folder",
        Some(code::SUBFOLDER),
        "moved to the root",
        "перенесён в корень пакета",
    ),
    (
        Mend::FileName,
        "file_name",
        Some(code::FILE_CASE),
        "renamed",
        "переименован",
    ),
    (
        Mend::Encoding,
        "encoding",
        Some(code::WINDOWS_1251),
        "encoding",
        "кодировка",
    ),
    (
        Mend::ByteOrderMark,
        "byte_order_mark",
        Some(code::BYTE_ORDER_MARK),
        "byte order mark",
        "метка порядка байтов (BOM)",
    ),
    (
        Mend::Separator,
        "separator",
        Some(code::SEPARATOR),
        "separator",
        "разделитель",
    ),
    (
        Mend::HeaderCase,
        "header_case",
        Some(code::HEADER_CASE),
        "case of the header",
        "регистр заголовка",
    ),
    (
        Mend::HeaderOrder,
        "header_order",
        Some(code::HEADER_ORDER),
        "order of the columns",
        "порядок столбцов",
    ),
    (
        Mend::HeaderQuotes,
        "header_quotes",
        Some(code::HEADER_QUOTED),
        "quotes in the header",
        "кавычки в заголовке",
    ),
    (
        Mend::HeaderNames,
        "header_names",
        Some(code::HEADER),
        "names in the header",
        "имена в заголовке",
    ),
    (
        Mend::HeaderLetters,
        "header_letters",
        Some(code::HEADER_LOOK_ALIKE),
        "look-alike letters in the header",
        "похожие буквы в заголовке",
    ),
    (
        Mend::HeaderRepeated,
        "header_repeated",
        Some(code::HEADER_REPEATED),
        "repeated headers",
        "повторы заголовка",
    ),
    (
        Mend::LineEnds,
        "line_ends",
        Some(code::CARRIAGE_RETURN),
        "line ends",
        "концы строк",
    ),
    (
        Mend::EmptyLines,
        "empty_lines",
        Some(code::EMPTY_LINE),
        "empty lines",
        "пустые строки",
    ),
    (
        Mend::FinalLineFeed,
        "final_line_feed",
        None,
        "line feed at the end",
        "перевод строки в конце файла",
    ),
    (
        Mend::Quotes,
        "quotes",
        Some(code::UNQUOTED),
        "fields without quotes",
        "поля без кавычек",
    ),
    (
        Mend::NullForm,
        "null_form",
        Some(code::NULL_FORM),
        "form of absent values",
        "форма пустых значений",
    ),
    (
        Mend::Blanks,
        "blanks",
        Some(code::BLANKS),
        "blanks around values",
        "пробелы вокруг значений",
    ),
    (
        Mend::Booleans,
        "booleans",
        Some(code::TYPE),
        "form of booleans",
        "форма логических значений",
    ),
];

impl Mend {
    fn entry(self) -> &'static Entry {
        let mut entries = ENTRIES.iter();
        // Every kind has its row.
        entries
            .find(|(mend, ..)| *mend == self)
            .unwrap_or(&ENTRIES[0])
    }

    /// The name for programs: `header_case`.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The code of the finding that it cures, if there is one.
    pub fn code(self) -> Option<Code> {
        self.entry().2
    }

    /// In words.
    pub fn title(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.entry().3,
            Lang::Ru => self.entry().4,
        }
    }
}

/// How often each kind was needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mends(BTreeMap<Mend, u64>);

impl Mends {
    pub(super) fn add(&mut self, mend: Mend, count: u64) {
        if count > 0 {
            *self.0.entry(mend).or_default() += count;
        }
    }

    /// Whether nothing was mended.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kinds in their order, with files, lines or fields as they have it.
    pub fn iter(&self) -> impl Iterator<Item = (Mend, u64)> {
        self.0.iter().map(|(mend, count)| (*mend, *count))
    }
}

/// What was left as it is, with the first lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lefts(BTreeMap<(Code, crate::Facts), (u64, Vec<u64>)>);

/// Lines that are named of each kind.
const NAMED: usize = 5;

impl Lefts {
    pub(super) fn add(&mut self, code: Code, facts: crate::Facts, line: Option<u64>) {
        let (count, lines) = self.0.entry((code, facts)).or_default();
        *count += 1;
        lines.extend(line.filter(|_| *count <= NAMED as u64));
    }

    /// Whether nothing was left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Kinds with what their messages say, count, and first lines from 1.
    pub fn iter(&self) -> impl Iterator<Item = (Code, &crate::Facts, u64, &[u64])> {
        let all = self.0.iter();
        all.map(|((code, facts), (count, lines))| (*code, facts, *count, lines.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_row() {
        for (at, (mend, name, ..)) in ENTRIES.iter().enumerate() {
            assert_eq!(*mend as usize, at);
            assert_eq!(mend.name(), *name);
        }
        assert_eq!(Mend::Booleans as usize, ENTRIES.len() - 1);
    }
}
