//! Words and figures that several forms share, in both languages.

use vitrina_codegen::Lang;
use vitrina_codegen::diagnostic::Text;
use vitrina_codegen::diagnostic::render::{plural_en, plural_ru};
use vitrina_codegen::model::{CheckSeverity, Metric};
use vitrina_codegen::quality::Share;
use vitrina_codegen::text;

use super::evidence::{Mode, PackageKind};
use crate::Area;

/// Names of metrics: those of the model, and English ones.
pub(super) fn metric(metric: Metric) -> Text {
    Text {
        en: metric.name().to_owned(),
        ru: metric.title().to_owned(),
    }
}

/// The word of a weight.
pub(super) fn severity(severity: CheckSeverity) -> Text {
    match severity {
        CheckSeverity::Error => text!("error", "ошибка"),
        CheckSeverity::Warning => text!("warning", "предупреждение"),
    }
}

/// Findings of a weight, counted.
pub(super) fn findings(severity: CheckSeverity, count: u64, lang: Lang) -> String {
    let forms = match severity {
        CheckSeverity::Error => (["error", "errors"], ["ошибка", "ошибки", "ошибок"]),
        CheckSeverity::Warning => (
            ["warning", "warnings"],
            ["предупреждение", "предупреждения", "предупреждений"],
        ),
    };
    counted(count, forms, lang)
}

/// Rows, counted.
pub(super) fn rows(count: u64, lang: Lang) -> String {
    let forms = (["row", "rows"], ["строка", "строки", "строк"]);
    counted(count, forms, lang)
}

/// How often something was found.
pub(super) fn times(count: u64, lang: Lang) -> String {
    counted(count, (["time", "times"], ["раз", "раза", "раз"]), lang)
}

/// Files, counted.
pub(super) fn files(count: u64, lang: Lang) -> String {
    counted(
        count,
        (["file", "files"], ["файл", "файла", "файлов"]),
        lang,
    )
}

/// A number with its noun.
pub(super) fn counted(
    count: u64,
    (en, ru): ([&'static str; 2], [&'static str; 3]),
    lang: Lang,
) -> String {
    // Only the last two digits decide on a Russian form, and one alone on an English one.
    let small = match count {
        0..=99 => count as usize,
        _ => 100 + (count % 100) as usize,
    };
    let noun = match lang {
        Lang::En => plural_en(small, en),
        Lang::Ru => plural_ru(small, ru),
    };
    format!("{} {noun}", number(count, lang))
}

/// The name of an area.
pub(super) fn area(area: Area) -> Text {
    match area {
        Area::Package => text!("package", "пакет"),
        Area::File => text!("file", "файл"),
        Area::Row => text!("form of the row", "форма строки"),
        Area::Field => text!("field", "поле"),
        Area::Check => text!("check of the row", "проверка строки"),
        Area::Key => text!("key", "ключ"),
        Area::Reference => text!("reference", "ссылка"),
        Area::Rule => text!("rule", "правило"),
    }
}

/// The word for programs of an area.
pub(super) fn area_word(area: Area) -> &'static str {
    match area {
        Area::Package => "package",
        Area::File => "file",
        Area::Row => "row",
        Area::Field => "field",
        Area::Check => "check",
        Area::Key => "key",
        Area::Reference => "reference",
        Area::Rule => "rule",
    }
}

/// What the package is: folder, zip.
pub(super) fn kind(kind: PackageKind) -> Text {
    match kind {
        PackageKind::Folder => text!("folder", "папка"),
        PackageKind::Zip => text!("zip archive", "архив zip"),
    }
}

/// What the rows are for.
pub(super) fn mode(mode: Mode) -> Text {
    match mode {
        Mode::Full => text!("full package", "полный пакет"),
        Mode::Upsert => text!("changes (upsert)", "изменения (upsert)"),
        Mode::Delete => text!("deletions (delete)", "удаления (delete)"),
    }
}

/// The word for programs of a mode.
pub(super) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Full => "full",
        Mode::Upsert => "upsert",
        Mode::Delete => "delete",
    }
}

/// A whole number in groups of three, parted by no-break spaces in Russian and commas in English.
pub(super) fn number(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let parting = match lang {
        Lang::En => ',',
        // Four digits stand together in Russian.
        Lang::Ru if digits.len() < 5 => return digits,
        Lang::Ru => '\u{a0}',
    };
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(parting);
        }
        out.push(digit);
    }
    out
}

/// Bytes with a unit of powers of ten.
pub(super) fn bytes(bytes: u64, lang: Lang) -> String {
    const UNITS: [(u64, &str, &str); 4] = [
        (1_000_000_000_000, "TB", "ТБ"),
        (1_000_000_000, "GB", "ГБ"),
        (1_000_000, "MB", "МБ"),
        (1_000, "kB", "кБ"),
    ];
    let unit = UNITS.iter().find(|(size, ..)| bytes >= *size);
    let (text, unit) = match unit {
        None => {
            let unit = match lang {
                Lang::En => "B",
                Lang::Ru => "Б",
            };
            return format!("{bytes}\u{a0}{unit}");
        }
        Some((size, en, ru)) => {
            let unit = match lang {
                Lang::En => *en,
                Lang::Ru => *ru,
            };
            (format!("{:.1}", bytes as f64 / *size as f64), unit)
        }
    };
    format!("{}\u{a0}{unit}", point(text, lang))
}

/// The share of records that break nothing, in per cent with two digits; a hundred only when all of
/// them do. A dash for none.
pub(super) fn share(share: Share, lang: Lang) -> String {
    percent(
        share
            .judged
            .saturating_sub(share.errors)
            .saturating_sub(share.warnings),
        share.judged,
        lang,
    )
}

/// A part of a whole in per cent with two digits, rounded down unless it is the whole.
pub(super) fn percent(part: u64, whole: u64, lang: Lang) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let hundredths = u128::from(part) * 10_000 / u128::from(whole);
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let text = match text.strip_suffix(".00") {
        Some(whole) => whole.to_owned(),
        None => point(text, lang),
    };
    format!("{text}\u{a0}%")
}

fn point(text: String, lang: Lang) -> String {
    match lang {
        Lang::En => text,
        Lang::Ru => text.replace('.', ","),
    }
}

/// What a value may hold on a screen or in a log: control characters as their pictures, marks that turn
/// the direction of writing as escapes; cut behind `limit` characters.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit * 2));
    for (at, letter) in text.chars().enumerate() {
        if at == limit {
            out.push('…');
            break;
        }
        match letter {
            '\0'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'));
            }
            '\u{7f}' => out.push('\u{2421}'),
            '\u{80}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => out.push_str(&format!("\\u{{{:x}}}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_the_language_has_them() {
        assert_eq!(number(1234567, Lang::En), "1,234,567");
        assert_eq!(number(1234, Lang::Ru), "1234");
        assert_eq!(number(12345, Lang::Ru), "12\u{a0}345");
        assert_eq!(bytes(999, Lang::En), "999\u{a0}B");
        assert_eq!(bytes(1_500_000, Lang::Ru), "1,5\u{a0}МБ");
        assert_eq!(rows(1_000_021, Lang::Ru), "1\u{a0}000\u{a0}021 строка");
        assert_eq!(rows(101, Lang::En), "101 rows");
        assert_eq!(rows(1, Lang::En), "1 row");
    }

    #[test]
    fn a_hundred_per_cent_is_all_of_them() {
        assert_eq!(percent(999_999, 1_000_000, Lang::Ru), "99,99\u{a0}%");
        assert_eq!(percent(7, 7, Lang::Ru), "100\u{a0}%");
        assert_eq!(percent(0, 0, Lang::En), "—");
        assert_eq!(percent(1, 8, Lang::En), "12.50\u{a0}%");
    }

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        assert_eq!(printable("\u{1b}[2J\u{202e}x", 99), "␛[2J\\u{202e}x");
        assert_eq!(printable("абв", 2), "аб…");
    }
}
