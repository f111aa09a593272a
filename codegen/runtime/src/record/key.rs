//! Primary keys as rows of their own: what a file of deleted records holds.

use super::RowSink;
use super::value::Value;

/// A primary key: a value, or a tuple of values for a key of several columns.
pub trait Key {
    /// Puts the key's values into `sink`, in the order of [`Table::primary_key`]; positions count
    /// the columns of the key: 0, 1, 2 ….
    ///
    /// # Errors
    /// The first refusal of the sink.
    ///
    /// [`Table::primary_key`]: super::meta::Table::primary_key
    fn write_key<S: RowSink>(&self, sink: &mut S) -> Result<(), S::Error>;
}

impl<V: Value> Key for V {
    fn write_key<S: RowSink>(&self, sink: &mut S) -> Result<(), S::Error> {
        sink.field(0, self)
    }
}

macro_rules! tuples {
    ($($($part:ident $place:tt)+;)*) => {$(
        impl<$($part: Value),+> Key for ($($part,)+) {
            fn write_key<S: RowSink>(&self, sink: &mut S) -> Result<(), S::Error> {
                $(sink.field($place, &self.$place)?;)+
                Ok(())
            }
        }
    )*};
}

// As far as tuples of the standard library compare.
tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}
