//! SQL's three-valued logic over `Option`: `None` is null, and null is neither true nor false.
//!
//! Generated checks are made of these functions, and they mean what the rules mean in a database:
//! any null operand gives null, except for [`is_null`], [`and`], [`or`] and `CASE`; integers are
//! `i128`; division cuts towards zero, and division by zero gives null; characters are counted,
//! not bytes. `CASE WHEN c THEN …` is `if is_true(c) { … }`.
//!
//! ```
//! use vitrina::sql::{eq, ge, holds, is_null, or};
//!
//! // `late_minutes IS NULL OR late_minutes >= 1`, where the column is null
//! let late_minutes: Option<i128> = None;
//! assert!(holds(or(is_null(&late_minutes), ge(late_minutes, Some(1)))));
//! // A check that is neither true nor false does not refuse the row.
//! assert!(holds(eq(late_minutes, Some(5_i128))));
//! ```

mod arithmetic;
mod calendar;
mod like;
mod logic;
mod text;

pub use arithmetic::{
    Number, add, add_days, days_between, div, mul, neg, rem, sub, sub_days, to_double,
};
pub use calendar::{
    date_of, day, full_years, hour, iso_weekday, minute, month, seconds_between, time_of, year,
};
pub use like::like;
pub use logic::{and, eq, ge, gt, holds, in_list, is_null, is_true, le, lt, ne, not, or};
pub use text::{concat, length, lower, split_part, substring, upper};
