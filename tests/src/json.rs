//! JSON of rows by the generated Rust types: CSV text in, records, JSON out.

use std::fmt::Debug;

use serde_json::Value;
use vitrina::record::json::{Deserializer, Serialize, Serializer};
use vitrina::record::json::{deserialize_record, serialize_record};
use vitrina::{Record, TableVisitor};

/// A record as the generated `serde` implementations write it.
struct Row<'a, R>(&'a R);

impl<R: Record> Serialize for Row<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_record(self.0, serializer)
    }
}

/// What a table's type makes of a CSV file.
#[derive(Debug)]
pub struct Written {
    /// Each row's JSON.
    pub json: Vec<Value>,
    /// The rows as CSV after the way through JSON and back.
    pub csv: String,
}

/// Reads a CSV file with the type of a table's rows, writes JSON, reads that, writes CSV.
struct Through<'a>(&'a str);

impl TableVisitor for Through<'_> {
    type Output = Result<Written, String>;

    fn visit<R: Record + Debug + 'static>(self) -> Self::Output {
        let rows = R::read_csv(self.0.as_bytes()).map_err(|error| error.to_string())?;
        let mut json = Vec::new();
        let mut again = Vec::new();
        for row in rows {
            let row = row.map_err(|error| error.to_string())?;
            // Through text: a 32-bit number has its own shortest form there.
            let text = serde_json::to_string(&Row(&row)).map_err(|error| error.to_string())?;
            again.push(read::<R>(&text)?);
            json.push(serde_json::from_str(&text).map_err(|error| error.to_string())?);
        }
        let mut csv = Vec::new();
        R::write_csv(&again, &mut csv).map_err(|error| error.to_string())?;
        let csv = String::from_utf8(csv).map_err(|error| error.to_string())?;
        Ok(Written { json, csv })
    }
}

/// A record of its JSON text, by the generated types.
fn read<R: Record>(text: &str) -> Result<R, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let record = deserialize::<R, _>(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    Ok(record)
}

fn deserialize<'de, R: Record, D: Deserializer<'de>>(deserializer: D) -> Result<R, D::Error> {
    deserialize_record(deserializer)
}

/// A CSV file through the generated type of `table`.
///
/// # Errors
/// There is no such table, or the type refuses a row.
pub fn through(table: &str, csv: &str) -> Result<Written, String> {
    vitrina_model::visit(table, Through(csv)).ok_or_else(|| format!("no table `{table}`"))?
}
