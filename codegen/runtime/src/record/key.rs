//! Primary keys as rows of their own: what a file of deleted records holds.

use super::RowSink;
use super::value::Value;

/// A primary key: a value, or a tuple of keys for a key of several columns. Generated code has tuples
/// in tuples where a key has more columns than tuples of the standard library compare, and the bits
/// of a number with a fraction in its place.
pub trait Key {
    /// How many columns it has.
    const COLUMNS: usize;

    /// Puts the key's values into `sink`, in the order of [`Table::primary_key`], as the columns
    /// `first`, `first + 1` … of the key; a whole key begins at 0.
    ///
    /// # Errors
    /// The first refusal of the sink.
    ///
    /// [`Table::primary_key`]: super::meta::Table::primary_key
    fn write_key<S: RowSink>(&self, first: usize, sink: &mut S) -> Result<(), S::Error>;
}

impl<V: Value> Key for V {
    const COLUMNS: usize = 1;

    fn write_key<S: RowSink>(&self, first: usize, sink: &mut S) -> Result<(), S::Error> {
        sink.field(first, self)
    }
}

/// The bits of a `float`.
impl Key for u32 {
    const COLUMNS: usize = 1;

    fn write_key<S: RowSink>(&self, first: usize, sink: &mut S) -> Result<(), S::Error> {
        sink.field(first, &f32::from_bits(*self))
    }
}

/// The bits of a `double`.
impl Key for u64 {
    const COLUMNS: usize = 1;

    fn write_key<S: RowSink>(&self, first: usize, sink: &mut S) -> Result<(), S::Error> {
        sink.field(first, &f64::from_bits(*self))
    }
}

macro_rules! tuples {
    ($($($part:ident $place:tt)+;)*) => {$(
        impl<$($part: Key),+> Key for ($($part,)+) {
            const COLUMNS: usize = 0 $(+ $part::COLUMNS)+;

            fn write_key<S: RowSink>(&self, first: usize, sink: &mut S) -> Result<(), S::Error> {
                let mut at = first;
                $(
                    self.$place.write_key(at, sink)?;
                    at += $part::COLUMNS;
                )+
                debug_assert_eq!(at, first + Self::COLUMNS);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every value behind the number of its column.
    struct Shown(Vec<String>);

    impl RowSink for Shown {
        type Error = std::convert::Infallible;

        fn field<V: Value>(&mut self, column: usize, value: &V) -> Result<(), Self::Error> {
            self.0.push(format!("{column} {:?}", value.datum()));
            Ok(())
        }
    }

    #[test]
    fn columns_are_counted_through_tuples_in_tuples() {
        let key = (
            (1, "а".to_owned()),
            2.5_f64.to_bits(),
            (true, 0.5_f32.to_bits()),
        );
        let mut shown = Shown(Vec::new());
        let Ok(()) = key.write_key(0, &mut shown);
        assert_eq!(shown.0, ["0 1", "1 \"а\"", "2 2.5", "3 true", "4 0.5"]);
        fn columns<K: Key>(_: &K) -> usize {
            K::COLUMNS
        }
        assert_eq!((columns(&key), columns(&7)), (5, 1));
    }
}
