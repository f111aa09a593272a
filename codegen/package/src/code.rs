//! The checks of packages: their stable codes and what they say.

use std::collections::BTreeMap;

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::model::CheckSeverity;

/// A check, by its stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// What a check looks at: the order in which causes come before consequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The package: its files, its manifest.
    Package,
    /// A file as a whole.
    File,
    /// The form of a row.
    Row,
    /// The value of a field.
    Field,
    /// The conditions of a row.
    Check,
    /// Keys that come once.
    Key,
    /// References across files.
    Reference,
    /// The model's rules across rows and tables.
    Rule,
}

/// All there is to say of a code.
#[derive(Debug)]
struct Entry {
    code: &'static str,
    area: Area,
    severity: CheckSeverity,
    name: &'static str,
    english: &'static str,
    russian: &'static str,
}

impl Code {
    /// The code: `V0401`.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The code written so, in any case.
    pub fn find(text: &str) -> Option<Code> {
        CODES
            .into_iter()
            .find(|code| code.0.eq_ignore_ascii_case(text))
    }

    /// The code nearest to a mistyped one, if one differs by a single letter.
    pub fn nearest(text: &str) -> Option<Code> {
        let text = text.to_ascii_uppercase();
        CODES.into_iter().find(|code| {
            let pairs = code.0.chars().zip(text.chars());
            code.0.len() == text.len() && pairs.filter(|(known, typed)| known != typed).count() == 1
        })
    }

    /// What it looks at.
    pub fn area(self) -> Area {
        self.entry().area
    }

    /// The weight of a finding, unless a rule of the model says otherwise.
    pub fn severity(self) -> CheckSeverity {
        self.entry().severity
    }

    /// A speaking name: `required`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// What was found, in words; `facts` fill the gaps. Lower case, no full stop.
    pub fn message(self, facts: &Facts, lang: Lang) -> String {
        let template = match lang {
            Lang::En => self.entry().english,
            Lang::Ru => self.entry().russian,
        };
        facts.fill(template, lang)
    }

    fn entry(self) -> &'static Entry {
        // Codes are made here alone, each from a row of the table.
        ENTRIES
            .iter()
            .find(|entry| entry.code == self.0)
            .unwrap_or(&ENTRIES[0])
    }
}

/// What a message says beside its own words: values by the name of their gap. Never a value of a personal
/// column.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facts(BTreeMap<&'static str, Fact>);

/// What fills one gap: the same in both languages, or words of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    value: String,
    russian: Option<String>,
}

impl Facts {
    /// With one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Facts {
        let fact = Fact {
            value: value.into(),
            russian: None,
        };
        self.0.insert(name, fact);
        self
    }

    /// With one more, which is said in words of each language.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, words: Text) -> Facts {
        let fact = Fact {
            value: words.en,
            russian: Some(words.ru),
        };
        self.0.insert(name, fact);
        self
    }

    /// A fact by its name; words in English.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|fact| fact.value.as_str())
    }

    /// A fact by its name, in a language.
    pub fn get_in(&self, name: &str, lang: Lang) -> Option<&str> {
        let fact = self.0.get(name)?;
        Some(match (lang, &fact.russian) {
            (Lang::Ru, Some(russian)) => russian,
            _ => &fact.value,
        })
    }

    /// All of them, by name; words in English.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0
            .iter()
            .map(|(name, fact)| (*name, fact.value.as_str()))
    }

    fn fill(&self, template: &str, lang: Lang) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, gap)) = rest.split_once('{') {
            text += before;
            let Some((name, after)) = gap.split_once('}') else {
                break;
            };
            text += self.get_in(name, lang).unwrap_or("…");
            rest = after;
        }
        text + rest
    }
}

/// The package has no files of {found} tables of the model.
pub const MISSING_TABLE: Code = Code("V0101");
/// The manifest lists `{file}`, but the package does not hold it.
pub const MISSING_LISTED: Code = Code("V0102");
/// `{file}` belongs to no table of the model{hint}.
pub const UNKNOWN_FILE: Code = Code("V0103");
/// `{file}` is empty: not even a header.
pub const EMPTY_FILE: Code = Code("V0104");
/// `{file}` has a header but no rows.
pub const NO_ROWS: Code = Code("V0105");
/// The table `{table}` has another file already: `{file}`.
pub const SECOND_FILE: Code = Code("V0106");
/// The name `{file}` differs from `{expected}` by case.
pub const FILE_CASE: Code = Code("V0107");
/// Files lie in the folder `{file}` inside the package; they belong at its root.
pub const SUBFOLDER: Code = Code("V0108");
/// `manifest.json` cannot be read: {reason}.
pub const MANIFEST_FORM: Code = Code("V0109");
/// `{file}`: {what} {found}, the manifest says {expected}.
pub const MANIFEST_FIGURES: Code = Code("V0110");
/// The SHA-256 of `{file}` is not that of the manifest: the file was changed or damaged.
pub const MANIFEST_HASH: Code = Code("V0111");
/// The package was made for {found}, it is judged by {expected}.
pub const MANIFEST_MODEL: Code = Code("V0112");
/// The manifest does not list `{file}`.
pub const NOT_LISTED: Code = Code("V0113");
/// {found} of {expected} rows of the previous package are gone.
pub const DELETIONS: Code = Code("V0114");
/// The archive's entry `{file}` is refused: {reason}.
pub const ARCHIVE: Code = Code("V0115");
/// `{file}` changed while it was read.
pub const CHANGED: Code = Code("V0116");
/// `{file}` cannot be read: {reason}.
pub const READ_FAILED: Code = Code("V0117");
/// `{file}` was left by a writer that did not finish.
pub const UNFINISHED: Code = Code("V0118");
/// `{file}` is a hidden file or one of an operating system, no part of a package.
pub const HIDDEN_FILE: Code = Code("V0119");
/// The name `{file}` is not `{expected}`: it holds {reason}.
pub const FILE_LOOK_ALIKE: Code = Code("V0120");
/// Part {number} of the table `{table}` is missing.
pub const MISSING_PART: Code = Code("V0121");
/// The file is in {encoding}, UTF-16 of either byte order, not in UTF-8.
pub const UTF_16: Code = Code("V0201");
/// The file seems to be in {encoding}, a Russian eight-bit encoding, not in UTF-8; sure by {confidence} %.
pub const WINDOWS_1251: Code = Code("V0202");
/// The file begins with a byte order mark.
pub const BYTE_ORDER_MARK: Code = Code("V0203");
/// Fields are separated by {found}, not by `;`.
pub const SEPARATOR: Code = Code("V0204");
/// The header is missing: the first line holds data.
pub const NO_HEADER: Code = Code("V0205");
/// The header is not in lower case.
pub const HEADER_CASE: Code = Code("V0206");
/// The columns of the header stand in another order.
pub const HEADER_ORDER: Code = Code("V0207");
/// The header's `{found}` is not `{expected}`: it holds {reason}.
pub const HEADER_LOOK_ALIKE: Code = Code("V0208");
/// The header is repeated among the rows.
pub const HEADER_REPEATED: Code = Code("V0209");
/// Lines end with CR LF, not with LF.
pub const CARRIAGE_RETURN: Code = Code("V0210");
/// The file holds NUL bytes.
pub const NUL: Code = Code("V0211");
/// The last line is cut off.
pub const CUT: Code = Code("V0212");
/// The header is not the table's: {reason}.
pub const HEADER: Code = Code("V0213");
/// The names of the header are in quotes.
pub const HEADER_QUOTED: Code = Code("V0214");
/// A line is longer than {expected} bytes.
pub const LONG_LINE: Code = Code("V0215");
/// The file is no text: it looks like {found}.
pub const NOT_TEXT: Code = Code("V0216");
/// The row has another number of fields than the header.
pub const FIELD_COUNT: Code = Code("V0301");
/// The field is not in quotes.
pub const UNQUOTED: Code = Code("V0302");
/// The quote is not closed: quotes inside a field are doubled.
pub const OPEN_QUOTE: Code = Code("V0303");
/// Something stands behind the closing quote: quotes inside a field are doubled.
pub const STRAY_QUOTE: Code = Code("V0304");
/// A line break inside a field.
pub const LINE_BREAK: Code = Code("V0305");
/// The line is not UTF-8.
pub const NOT_UTF_8: Code = Code("V0306");
/// The line is empty.
pub const EMPTY_LINE: Code = Code("V0307");
/// The required column has no value.
pub const REQUIRED: Code = Code("V0401");
/// The column has no value, though the row's condition demands one.
pub const REQUIRED_WHEN: Code = Code("V0402");
/// Not a value of the type {type}.
pub const TYPE: Code = Code("V0403");
/// Longer than {expected} characters.
pub const TOO_LONG: Code = Code("V0404");
/// Not {expected} characters long.
pub const LENGTH: Code = Code("V0405");
/// Not of the form of `{type}`.
pub const PATTERN: Code = Code("V0406");
/// The check digit of `{type}` is wrong.
pub const CHECK_DIGIT: Code = Code("V0407");
/// Not on the list `{type}`.
pub const CODE: Code = Code("V0408");
/// No such date or time, or not in the form {expected}.
pub const DATE: Code = Code("V0409");
/// Out of the range of the type {type}.
pub const RANGE: Code = Code("V0410");
/// A control character in the field.
pub const CONTROL: Code = Code("V0412");
/// Blanks before or behind the value.
pub const BLANKS: Code = Code("V0413");
/// Latin and Cyrillic letters in one word.
pub const LOOK_ALIKE: Code = Code("V0414");
/// An absent value is written in another form.
pub const NULL_FORM: Code = Code("V0415");
/// The free text holds what looks like a personal number.
pub const FREE_TEXT: Code = Code("V0416");
/// Not a hash: 128 lower-case hexadecimal digits.
pub const HASH: Code = Code("V0417");
/// {title}.
pub const ROW_CHECK: Code = Code("V0501");
/// The primary key comes more than once.
pub const PRIMARY_KEY: Code = Code("V0601");
/// The unique key comes more than once.
pub const UNIQUE_KEY: Code = Code("V0602");
/// No row of `{target}` has this key.
pub const ORPHAN: Code = Code("V0701");
/// {title}.
pub const RULE: Code = Code("V0801");
/// No table that carries this kind of information has a record.
pub const KIND: Code = Code("V0802");
/// The deleted record is referred to.
pub const DELETED: Code = Code("V0803");

/// Every code, in order.
pub const CODES: [Code; 67] = [
    MISSING_TABLE,
    MISSING_LISTED,
    UNKNOWN_FILE,
    EMPTY_FILE,
    NO_ROWS,
    SECOND_FILE,
    FILE_CASE,
    SUBFOLDER,
    MANIFEST_FORM,
    MANIFEST_FIGURES,
    MANIFEST_HASH,
    MANIFEST_MODEL,
    NOT_LISTED,
    DELETIONS,
    ARCHIVE,
    CHANGED,
    READ_FAILED,
    UNFINISHED,
    HIDDEN_FILE,
    FILE_LOOK_ALIKE,
    MISSING_PART,
    UTF_16,
    WINDOWS_1251,
    BYTE_ORDER_MARK,
    SEPARATOR,
    NO_HEADER,
    HEADER_CASE,
    HEADER_ORDER,
    HEADER_LOOK_ALIKE,
    HEADER_REPEATED,
    CARRIAGE_RETURN,
    NUL,
    CUT,
    HEADER,
    HEADER_QUOTED,
    LONG_LINE,
    NOT_TEXT,
    FIELD_COUNT,
    UNQUOTED,
    OPEN_QUOTE,
    STRAY_QUOTE,
    LINE_BREAK,
    NOT_UTF_8,
    EMPTY_LINE,
    REQUIRED,
    REQUIRED_WHEN,
    TYPE,
    TOO_LONG,
    LENGTH,
    PATTERN,
    CHECK_DIGIT,
    CODE,
    DATE,
    RANGE,
    CONTROL,
    BLANKS,
    LOOK_ALIKE,
    NULL_FORM,
    FREE_TEXT,
    HASH,
    ROW_CHECK,
    PRIMARY_KEY,
    UNIQUE_KEY,
    ORPHAN,
    RULE,
    KIND,
    DELETED,
];

static ENTRIES: [Entry; CODES.len()] = [
    Entry {
        code: MISSING_TABLE.0,
        area: Area::Package,
        severity: CheckSeverity::Warning,
        name: "missing-table",
        english: "the package has no file of tables of the model: {found} of {expected}",
        russian: "в пакете нет файлов таблиц модели: {found} из {expected}",
    },
    Entry {
        code: MISSING_LISTED.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "missing-listed-file",
        english: "the manifest lists `{file}`, but the package does not hold it",
        russian: "манифест называет файл `{file}`, но в пакете его нет",
    },
    Entry {
        code: UNKNOWN_FILE.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "unknown-file",
        english: "`{file}` belongs to no table of the model{hint}",
        russian: "файл `{file}` не относится ни к одной таблице модели{hint}",
    },
    Entry {
        code: EMPTY_FILE.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "empty-file",
        english: "`{file}` is empty: not even a header",
        russian: "файл `{file}` пуст: нет даже заголовка",
    },
    Entry {
        code: NO_ROWS.0,
        area: Area::Package,
        severity: CheckSeverity::Warning,
        name: "no-rows",
        english: "`{file}` has a header but no rows",
        russian: "в файле `{file}` есть заголовок, но нет строк",
    },
    Entry {
        code: SECOND_FILE.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "second-file",
        english: "the table `{table}` has another file already: `{file}`",
        russian: "у таблицы `{table}` уже есть другой файл: `{file}`",
    },
    Entry {
        code: FILE_CASE.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "file-name-case",
        english: "the name `{file}` differs from `{expected}` by case",
        russian: "имя `{file}` отличается от `{expected}` регистром букв",
    },
    Entry {
        code: SUBFOLDER.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "file-in-subfolder",
        english: "files lie in the folder `{file}` inside the package; they belong at its root",
        russian: "файлы лежат в папке `{file}` внутри пакета; их место — в его корне",
    },
    Entry {
        code: MANIFEST_FORM.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "manifest-form",
        english: "`manifest.json` cannot be read: {reason}",
        russian: "файл `manifest.json` не читается: {reason}",
    },
    Entry {
        code: MANIFEST_FIGURES.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "manifest-figures",
        english: "`{file}`: {what} {found}, the manifest says {expected}",
        russian: "`{file}`: {what} {found}, в манифесте {expected}",
    },
    Entry {
        code: MANIFEST_HASH.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "manifest-hash",
        english: "the SHA-256 of `{file}` is not that of the manifest: the file was changed or damaged",
        russian: "SHA-256 файла `{file}` не совпадает с манифестом: файл изменён или повреждён",
    },
    Entry {
        code: MANIFEST_MODEL.0,
        area: Area::Package,
        severity: CheckSeverity::Warning,
        name: "manifest-model",
        english: "the package was made for {found}, it is judged by {expected}",
        russian: "пакет создан для {found}, а проверяется по {expected}",
    },
    Entry {
        code: NOT_LISTED.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "file-not-listed",
        english: "the manifest does not list `{file}`",
        russian: "манифест не называет файл `{file}`",
    },
    Entry {
        code: DELETIONS.0,
        area: Area::Package,
        severity: CheckSeverity::Warning,
        name: "many-deletions",
        english: "{found} of {expected} rows of the previous package are gone",
        russian: "исчезло {found} из {expected} строк предыдущего пакета",
    },
    Entry {
        code: ARCHIVE.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "archive",
        english: "the archive's entry `{file}` is refused: {reason}",
        russian: "элемент архива `{file}` отвергнут: {reason}",
    },
    Entry {
        code: CHANGED.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "file-changed",
        english: "`{file}` changed while it was read",
        russian: "файл `{file}` изменился во время чтения",
    },
    Entry {
        code: READ_FAILED.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "read-failed",
        english: "`{file}` cannot be read: {reason}",
        russian: "файл `{file}` не читается: {reason}",
    },
    Entry {
        code: UNFINISHED.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "unfinished-file",
        english: "`{file}` was left by a writer that did not finish: the package may be incomplete",
        russian: "файл `{file}` остался от прерванной записи: пакет может быть неполным",
    },
    Entry {
        code: HIDDEN_FILE.0,
        area: Area::Package,
        severity: CheckSeverity::Warning,
        name: "hidden-file",
        english: "`{file}` is a hidden file or one of an operating system, no part of a package",
        russian: "`{file}` — скрытый или служебный файл операционной системы, в пакете он лишний",
    },
    Entry {
        code: FILE_LOOK_ALIKE.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "file-name-look-alike",
        english: "the name `{file}` is not `{expected}`: it holds {reason}",
        russian: "имя `{file}` — не `{expected}`: в нём {reason}",
    },
    Entry {
        code: MISSING_PART.0,
        area: Area::Package,
        severity: CheckSeverity::Error,
        name: "missing-part",
        english: "part {number} of the table `{table}` is missing: parts are numbered from 0001 without gaps",
        russian: "нет части {number} таблицы `{table}`: части нумеруются с 0001 подряд",
    },
    Entry {
        code: UTF_16.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "utf-16",
        english: "the file is in {encoding}, not in UTF-8",
        russian: "файл в кодировке {encoding}, а не UTF-8",
    },
    Entry {
        code: WINDOWS_1251.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "windows-1251",
        english: "the file is in {encoding} by its letters ({confidence} % sure), not in UTF-8",
        russian: "файл, судя по буквам, в кодировке {encoding} (уверенность {confidence} %), а не UTF-8",
    },
    Entry {
        code: BYTE_ORDER_MARK.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "byte-order-mark",
        english: "the file begins with a byte order mark",
        russian: "файл начинается с метки порядка байтов (BOM)",
    },
    Entry {
        code: SEPARATOR.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "separator",
        english: "fields are separated by {found}, not by `;`",
        russian: "поля разделены знаком {found}, а не `;`",
    },
    Entry {
        code: NO_HEADER.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "no-header",
        english: "the header is missing: the first line holds data",
        russian: "нет заголовка: в первой строке данные",
    },
    Entry {
        code: HEADER_CASE.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "header-case",
        english: "the header is not in lower case",
        russian: "заголовок не в нижнем регистре",
    },
    Entry {
        code: HEADER_ORDER.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "header-order",
        english: "the columns of the header stand in another order",
        russian: "столбцы заголовка стоят в другом порядке",
    },
    Entry {
        code: HEADER_LOOK_ALIKE.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "header-look-alike",
        english: "the header's `{found}` is not `{expected}`: it holds {reason}",
        russian: "в заголовке `{found}` — не `{expected}`: в нём {reason}",
    },
    Entry {
        code: HEADER_REPEATED.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "header-repeated",
        english: "the header is repeated among the rows",
        russian: "заголовок повторяется среди строк",
    },
    Entry {
        code: CARRIAGE_RETURN.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "carriage-return",
        english: "lines end with CR LF, not with LF",
        russian: "строки оканчиваются на CR LF, а не на LF",
    },
    Entry {
        code: NUL.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "nul-bytes",
        english: "the file holds NUL bytes",
        russian: "в файле есть нулевые байты",
    },
    Entry {
        code: CUT.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "last-line-cut",
        english: "the last line is cut off",
        russian: "последняя строка обрывается",
    },
    Entry {
        code: HEADER.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "header",
        english: "the header is not the table's: {reason}",
        russian: "заголовок не соответствует таблице: {reason}",
    },
    Entry {
        code: HEADER_QUOTED.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "header-quoted",
        english: "the names of the header are in quotes",
        russian: "имена в заголовке взяты в кавычки",
    },
    Entry {
        code: LONG_LINE.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "long-line",
        english: "a line is longer than {expected} bytes",
        russian: "строка длиннее {expected} байт",
    },
    Entry {
        code: NOT_TEXT.0,
        area: Area::File,
        severity: CheckSeverity::Error,
        name: "not-text",
        english: "the file is no text: it looks like {found}",
        russian: "файл не текстовый: похоже на {found}",
    },
    Entry {
        code: FIELD_COUNT.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "field-count",
        english: "the row has another number of fields than the header",
        russian: "число полей в строке не равно числу столбцов заголовка",
    },
    Entry {
        code: UNQUOTED.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "unquoted",
        english: "the field is not in quotes",
        russian: "поле не заключено в кавычки",
    },
    Entry {
        code: OPEN_QUOTE.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "open-quote",
        english: "the quote is not closed: quotes inside a field are doubled",
        russian: "кавычка не закрыта: кавычки внутри поля удваиваются",
    },
    Entry {
        code: STRAY_QUOTE.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "stray-quote",
        english: "something stands behind the closing quote: quotes inside a field are doubled",
        russian: "за закрывающей кавычкой лишние знаки: кавычки внутри поля удваиваются",
    },
    Entry {
        code: LINE_BREAK.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "line-break",
        english: "a line break inside a field",
        russian: "внутри поля перевод строки",
    },
    Entry {
        code: NOT_UTF_8.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "not-utf-8",
        english: "the line is not UTF-8",
        russian: "строка не в UTF-8",
    },
    Entry {
        code: EMPTY_LINE.0,
        area: Area::Row,
        severity: CheckSeverity::Error,
        name: "empty-line",
        english: "the line is empty",
        russian: "строка пуста",
    },
    Entry {
        code: REQUIRED.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "required",
        english: "the required column has no value",
        russian: "обязательный столбец не заполнен",
    },
    Entry {
        code: REQUIRED_WHEN.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "required-when",
        english: "the column has no value, though the row's condition demands one",
        russian: "столбец не заполнен, хотя условие строки его требует",
    },
    Entry {
        code: TYPE.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "type",
        english: "not a value of the type {type}",
        russian: "значение не принадлежит типу {type}",
    },
    Entry {
        code: TOO_LONG.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "too-long",
        english: "longer than {expected} characters",
        russian: "длиннее {expected} символов",
    },
    Entry {
        code: LENGTH.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "length",
        english: "not {expected} characters long",
        russian: "длина не равна {expected} символам",
    },
    Entry {
        code: PATTERN.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "pattern",
        english: "not of the form of `{type}`",
        russian: "значение не соответствует форме `{type}`",
    },
    Entry {
        code: CHECK_DIGIT.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "check-digit",
        english: "the check digit of `{type}` is wrong",
        russian: "неверное контрольное число `{type}`",
    },
    Entry {
        code: CODE.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "code",
        english: "not on the list `{type}`",
        russian: "значения нет в справочнике `{type}`",
    },
    Entry {
        code: DATE.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "date",
        english: "no such date or time, or not in the form {expected}",
        russian: "нет такой даты или времени либо форма не {expected}",
    },
    Entry {
        code: RANGE.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "range",
        english: "out of the range of the type {type}",
        russian: "за пределами типа {type}",
    },
    Entry {
        code: CONTROL.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "control-character",
        english: "a control character in the field",
        russian: "в поле есть управляющий символ",
    },
    Entry {
        code: BLANKS.0,
        area: Area::Field,
        severity: CheckSeverity::Warning,
        name: "surrounding-blanks",
        english: "blanks before or behind the value",
        russian: "пробелы перед значением или за ним",
    },
    Entry {
        code: LOOK_ALIKE.0,
        area: Area::Field,
        severity: CheckSeverity::Warning,
        name: "look-alike",
        english: "Latin and Cyrillic letters in one word",
        russian: "латинские и кириллические буквы в одном слове",
    },
    Entry {
        code: NULL_FORM.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "null-form",
        english: "an absent value is written in another form",
        russian: "отсутствие значения записано в другой форме",
    },
    Entry {
        code: FREE_TEXT.0,
        area: Area::Field,
        severity: CheckSeverity::Warning,
        name: "personal-number",
        english: "the free text holds what looks like a personal number",
        russian: "в свободном тексте есть что-то похожее на личный номер",
    },
    Entry {
        code: HASH.0,
        area: Area::Field,
        severity: CheckSeverity::Error,
        name: "hash",
        english: "not a hash: 128 lower-case hexadecimal digits",
        russian: "не хеш: 128 шестнадцатеричных цифр в нижнем регистре",
    },
    Entry {
        code: ROW_CHECK.0,
        area: Area::Check,
        severity: CheckSeverity::Error,
        name: "row-check",
        english: "{title}",
        russian: "{title}",
    },
    Entry {
        code: PRIMARY_KEY.0,
        area: Area::Key,
        severity: CheckSeverity::Error,
        name: "primary-key",
        english: "the primary key comes more than once",
        russian: "первичный ключ повторяется",
    },
    Entry {
        code: UNIQUE_KEY.0,
        area: Area::Key,
        severity: CheckSeverity::Error,
        name: "unique-key",
        english: "the unique key comes more than once",
        russian: "уникальный ключ повторяется",
    },
    Entry {
        code: ORPHAN.0,
        area: Area::Reference,
        severity: CheckSeverity::Error,
        name: "reference",
        english: "no row of `{target}` has this key",
        russian: "в таблице `{target}` нет строки с таким ключом",
    },
    Entry {
        code: RULE.0,
        area: Area::Rule,
        severity: CheckSeverity::Error,
        name: "rule",
        english: "{title}",
        russian: "{title}",
    },
    Entry {
        code: KIND.0,
        area: Area::Rule,
        severity: CheckSeverity::Error,
        name: "kind",
        english: "no table that carries this kind of information has a record",
        russian: "ни в одной таблице с этим видом сведений нет записей",
    },
    Entry {
        code: DELETED.0,
        area: Area::Rule,
        severity: CheckSeverity::Error,
        name: "deleted-record",
        english: "the deleted record is referred to",
        russian: "на удалённую запись есть ссылки",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_row() {
        for (code, entry) in CODES.iter().zip(&ENTRIES) {
            assert_eq!(code.as_str(), entry.code);
            assert_eq!(code.name(), entry.name);
        }
        assert!(CODES.is_sorted());
    }

    #[test]
    fn facts_fill_the_gaps() {
        let facts = Facts::default().with("target", "person");
        assert_eq!(
            ORPHAN.message(&facts, Lang::En),
            "no row of `person` has this key"
        );
    }
}
