//! The sheet for entry by hand as a workbook: the same cells as the CSV, ready to filter.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::sheet::{Cell, HEADERS};

/// Rows that one sheet of the format holds below its header.
const SHEET_ROWS: usize = 1_048_575;

/// UTF-16 units that one cell of the format holds.
const CELL_UNITS: usize = 32_767;

/// The workbook's bytes: the same for the same cells, so its properties carry a fixed time.
///
/// # Errors
/// None in practice: the limits of the format are kept here and everything is written to memory.
pub(super) fn xlsx(title: &str, rows: &[[Cell; HEADERS.len()]]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(clipped(title, 255))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    // Without rows there is one sheet all the same: a workbook must have one.
    let sheets = rows.len().div_ceil(SHEET_ROWS).max(1);
    for at in 0..sheets {
        let rows = rows.get(at * SHEET_ROWS..).unwrap_or_default();
        let rows = rows.get(..SHEET_ROWS).unwrap_or(rows);
        let sheet = workbook.add_worksheet();
        sheet.set_name(match at {
            0 => "Атрибуты".to_owned(),
            n => format!("Атрибуты {}", n + 1),
        })?;
        fill(sheet, rows)?;
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, rows: &[[Cell; HEADERS.len()]]) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    for (column, (title, width)) in (0..).zip(HEADERS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, title, &header)?;
    }
    let mut last = 0;
    for (at, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => {
                    sheet.write_string(at, column, clipped(text, CELL_UNITS))?;
                }
                Cell::Number(number) => {
                    sheet.write_number(at, column, *number as f64)?;
                }
                Cell::Empty => {}
            }
        }
        last = at;
    }
    sheet.set_freeze_panes(1, 0)?;
    let last_column = u16::try_from(HEADERS.len() - 1).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, last_column)?;
    Ok(())
}

/// The text, cut where the format would refuse it.
fn clipped(text: &str, units: usize) -> String {
    let mut left = units;
    let fits = |c: &char| {
        let enough = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        enough
    };
    text.chars().take_while(fits).collect()
}
