//! From sampled cells to the rows of generated types.

use vitrina::record::value::Value;
use vitrina::{Invalid, Record, RowSource};
use vitrina_codegen::sample::Cells;

/// Gives the cells of a row as the values of a generated type.
#[derive(Debug)]
pub struct CellSource<'a>(pub &'a Cells);

impl RowSource for CellSource<'_> {
    /// The position of the column, and why its cell is no value of it.
    type Error = (usize, Invalid);

    fn field<V: Value>(&mut self, column: usize) -> Result<V, Self::Error> {
        match self.0.get(column).and_then(Option::as_deref) {
            Some(text) => V::from_text(text),
            None => V::absent().ok_or(Invalid::Empty),
        }
        .map_err(|invalid| (column, invalid))
    }
}

/// A row of a generated type.
///
/// # Errors
/// Table and column of the first cell that is no value of its column, and why.
pub fn record<R: Record>(cells: &Cells) -> Result<R, String> {
    R::read_row(&mut CellSource(cells)).map_err(|(column, invalid)| {
        let name = R::TABLE.column_name(column);
        format!("{}.{name}: {invalid}", R::TABLE.name)
    })
}
