//! The `csv` crate as someone uses it who cares: values rendered by hand into buffers on the stack,
//! fields handed over as bytes, one writer kept.

use csv::{QuoteStyle, WriterBuilder};
use vitrina::record::datum::Datum;
use vitrina::record::value::Value;
use vitrina::{Date, Record, RowSink, Time};

/// A timestamp of serde users: `YYYY-MM-DD hh:mm:ss`.
pub(crate) mod stamp {
    use chrono::NaiveDateTime;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    const FORM: &str = "%Y-%m-%d %H:%M:%S";

    pub(crate) fn serialize<S: Serializer>(at: &NaiveDateTime, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&at.format(FORM))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<NaiveDateTime, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        NaiveDateTime::parse_from_str(&text, FORM).map_err(D::Error::custom)
    }
}

/// A writer of the dialect, without a header.
pub(crate) fn writer<W: std::io::Write>(out: W) -> csv::Writer<W> {
    WriterBuilder::new()
        .delimiter(b';')
        .quote_style(QuoteStyle::Always)
        .has_headers(false)
        .buffer_capacity(64 * 1024)
        .from_writer(out)
}

/// Writes rows field by field.
pub(crate) fn write<R: Record, W: std::io::Write>(rows: &[R], out: W) -> csv::Result<W> {
    let mut fields = Fields(writer(out));
    for row in rows {
        row.write_row(&mut fields)?;
        fields.0.write_record(None::<&[u8]>)?;
    }
    fields
        .0
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

struct Fields<W: std::io::Write>(csv::Writer<W>);

const HEX: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut table = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    table
};

const PAIRS: [[u8; 2]; 100] = {
    let mut table = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        table[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    table
};

fn pair(out: &mut [u8], at: usize, number: usize) {
    out[at..at + 2].copy_from_slice(&PAIRS[number]);
}

fn date(out: &mut [u8], date: Date) {
    pair(out, 0, usize::from(date.year()) / 100);
    pair(out, 2, usize::from(date.year()) % 100);
    out[4] = b'-';
    pair(out, 5, usize::from(date.month()));
    out[7] = b'-';
    pair(out, 8, usize::from(date.day()));
}

fn time(out: &mut [u8], time: Time) {
    pair(out, 0, usize::from(time.hour()));
    out[2] = b':';
    pair(out, 3, usize::from(time.minute()));
    out[5] = b':';
    pair(out, 6, usize::from(time.second()));
}

impl<W: std::io::Write> RowSink for Fields<W> {
    type Error = csv::Error;

    #[inline(always)]
    fn field<V: Value>(&mut self, _column: usize, value: &V) -> csv::Result<()> {
        match value.datum() {
            Datum::Null => self.0.write_field(b""),
            Datum::Text(text) => self.0.write_field(text),
            Datum::Boolean(true) => self.0.write_field(b"true"),
            Datum::Boolean(false) => self.0.write_field(b"false"),
            Datum::Integer(number) => self.0.write_field(itoa::Buffer::new().format(number)),
            Datum::Double(number) => {
                let mut buffer = zmij::Buffer::new();
                let text = buffer.format_finite(number);
                self.0.write_field(text.strip_suffix(".0").unwrap_or(text))
            }
            Datum::Float(number) => self
                .0
                .write_field(zmij::Buffer::new().format_finite(number)),
            Datum::Uuid(uuid) => {
                let mut text = [b'-'; 36];
                let mut at = 0;
                for (place, byte) in uuid.to_bytes().into_iter().enumerate() {
                    at += usize::from(matches!(place, 4 | 6 | 8 | 10));
                    text[at..at + 2].copy_from_slice(&HEX[usize::from(byte)]);
                    at += 2;
                }
                self.0.write_field(text)
            }
            Datum::Date(day) => {
                let mut text = [0; 10];
                date(&mut text, day);
                self.0.write_field(text)
            }
            Datum::Time(at) => {
                let mut text = [0; 8];
                time(&mut text, at);
                self.0.write_field(text)
            }
            Datum::Timestamp(at) => {
                let mut text = [b' '; 19];
                date(&mut text[..10], at.date());
                time(&mut text[11..], at.time());
                self.0.write_field(text)
            }
        }
    }
}
