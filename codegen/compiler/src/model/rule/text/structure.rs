//! What the model's structure says, in words.

use super::listed;
use crate::diagnostic::Text;
use crate::model::{Model, Structure};
use crate::text;

pub(super) fn words(model: &Model, structure: &Structure) -> Text {
    match structure {
        Structure::CsvEncoding => text!(
            "every file is UTF-8 without a byte order mark",
            "каждый файл записан в UTF-8 без метки порядка байтов"
        ),
        Structure::CsvHeader => text!(
            "the header names the table's columns, all of them, in their order, in lower case",
            "заголовок называет колонки таблицы: все, по порядку, строчными буквами"
        ),
        Structure::CsvQuoting => text!(
            "fields are separated by `;` and quoted, quotes within them are doubled",
            "поля разделены знаком `;` и взяты в кавычки, кавычки внутри них удвоены"
        ),
        Structure::CsvFieldCount => text!(
            "every row has as many fields as the header",
            "в каждой строке столько полей, сколько в заголовке"
        ),
        Structure::CsvControl => text!(
            "no field holds a line break or another control character",
            "в полях нет переводов строк и других управляющих знаков"
        ),
        Structure::CsvNull => text!(
            "an absent value is written the agreed way, and only where it may be absent",
            "отсутствующее значение записано условленным образом и только там, где оно допустимо"
        ),
        Structure::CsvDates => text!(
            "dates are `YYYY-MM-DD`, timestamps `YYYY-MM-DD hh:mm:ss`, and they exist",
            "даты записаны как `ГГГГ-ММ-ДД`, дата со временем — как `ГГГГ-ММ-ДД чч:мм:сс`, и такие дни существуют"
        ),
        Structure::CsvTables => text!(
            "there is one file for a table, and every file is of a table of the model",
            "на таблицу приходится один файл, и каждый файл относится к таблице модели"
        ),
        Structure::Required => text!(
            "required columns are filled, conditionally required ones where their condition is true",
            "обязательные колонки заполнены, условно обязательные — там, где их условие истинно"
        ),
        Structure::References => text!(
            "every reference finds its row",
            "каждая ссылка находит свою строку"
        ),
        Structure::PrimaryKeys => text!(
            "no primary key stands twice",
            "первичные ключи не повторяются"
        ),
        Structure::Deletions => text!(
            "no record is deleted that others refer to",
            "не удаляются записи, на которые ссылаются другие"
        ),
        Structure::Codes => text!(
            "values of closed lists are on the list",
            "значения закрытых справочников есть в справочнике"
        ),
        Structure::Hashes => text!(
            "columns of hashed identifiers hold hashes, not the identifiers",
            "в колонках хэшей стоят хэши, а не сами идентификаторы"
        ),
        Structure::Kinds => text!(
            "every kind of information has at least one record",
            "по каждому виду сведений есть хотя бы одна запись"
        ),
        Structure::Types(ids) => {
            let names = listed(ids.iter().map(|id| model.scalar(*id).name.as_str()));
            text!(
                "values of the types {names} have the form and the check digits of their type",
                "значения типов {names} имеют форму и контрольные числа своего типа"
            )
        }
        Structure::Checks(codes) => {
            let codes = listed(codes.iter().map(String::as_str));
            text!(
                "the checks of rows {codes} hold",
                "выполняются проверки строк {codes}"
            )
        }
        Structure::FreeText(patterns) => {
            let patterns = listed(patterns.iter().map(|pattern| pattern.text.as_str()));
            text!(
                "none of these patterns is found in free text: {patterns}",
                "в свободном тексте не находится ни один из шаблонов {patterns}"
            )
        }
    }
}
