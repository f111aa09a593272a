//! Numbers and days.

use crate::Date;

/// The two kinds of numbers in expressions: `i128` for integers, `f64` for doubles.
///
/// Integers saturate, far beyond all that columns hold. A double that would become infinite or
/// undefined becomes null.
pub trait Number: Sized {
    /// `self + other`
    fn add(self, other: Self) -> Option<Self>;
    /// `self - other`
    fn sub(self, other: Self) -> Option<Self>;
    /// `self * other`
    fn mul(self, other: Self) -> Option<Self>;
    /// `self / other`; integers are cut towards zero; none for a zero divisor.
    fn div(self, other: Self) -> Option<Self>;
    /// `-self`
    fn neg(self) -> Self;
}

impl Number for i128 {
    fn add(self, other: i128) -> Option<i128> {
        Some(self.saturating_add(other))
    }

    fn sub(self, other: i128) -> Option<i128> {
        Some(self.saturating_sub(other))
    }

    fn mul(self, other: i128) -> Option<i128> {
        Some(self.saturating_mul(other))
    }

    fn div(self, other: i128) -> Option<i128> {
        (other != 0).then(|| self.saturating_div(other))
    }

    fn neg(self) -> i128 {
        self.saturating_neg()
    }
}

impl Number for f64 {
    fn add(self, other: f64) -> Option<f64> {
        finite(self + other)
    }

    fn sub(self, other: f64) -> Option<f64> {
        finite(self - other)
    }

    fn mul(self, other: f64) -> Option<f64> {
        finite(self * other)
    }

    fn div(self, other: f64) -> Option<f64> {
        // A zero divisor gives infinity or nothing at all.
        finite(self / other)
    }

    fn neg(self) -> f64 {
        -self
    }
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// `a + b`
pub fn add<N: Number>(a: Option<N>, b: Option<N>) -> Option<N> {
    a?.add(b?)
}

/// `a - b`
pub fn sub<N: Number>(a: Option<N>, b: Option<N>) -> Option<N> {
    a?.sub(b?)
}

/// `a * b`
pub fn mul<N: Number>(a: Option<N>, b: Option<N>) -> Option<N> {
    a?.mul(b?)
}

/// `a / b`; integers are cut towards zero; null for a zero divisor.
pub fn div<N: Number>(a: Option<N>, b: Option<N>) -> Option<N> {
    a?.div(b?)
}

/// `a % b` of integers, with the sign of `a`; null for a zero divisor.
pub fn rem(a: Option<i128>, b: Option<i128>) -> Option<i128> {
    let (a, b) = (a?, b?);
    // Only the smallest number by -1 overflows, and its remainder is 0.
    (b != 0).then(|| a.checked_rem(b).unwrap_or(0))
}

/// `-a`
pub fn neg<N: Number>(a: Option<N>) -> Option<N> {
    a.map(N::neg)
}

/// An integer beside a double.
pub fn to_double(a: Option<i128>) -> Option<f64> {
    a.map(|a| a as f64)
}

/// `a - b` of days: how many days `a` lies after `b`.
pub fn days_between(a: Option<Date>, b: Option<Date>) -> Option<i128> {
    Some(i128::from(a?.to_days() - b?.to_days()))
}

/// `date + days`; null outside the calendar.
pub fn add_days(date: Option<Date>, days: Option<i128>) -> Option<Date> {
    let sum = i128::from(date?.to_days()).saturating_add(days?);
    Date::from_days(i64::try_from(sum).ok()?)
}

/// `date - days`; null outside the calendar.
pub fn sub_days(date: Option<Date>, days: Option<i128>) -> Option<Date> {
    add_days(date, neg(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_makes_null() {
        type Operation = fn(Option<i128>, Option<i128>) -> Option<i128>;
        let operations: [Operation; 5] = [add, sub, mul, div, rem];
        for operation in operations {
            assert_eq!(operation(None, Some(1)), None);
            assert_eq!(operation(Some(1), None), None);
            assert_eq!(operation(None, None), None);
            assert!(operation(Some(1), Some(1)).is_some());
        }
        assert_eq!(neg(None::<i128>), None);
        assert_eq!(to_double(None), None);
        assert_eq!(div(None::<f64>, Some(1.0)), None);
    }

    #[test]
    fn integers_divide_towards_zero() {
        for (a, b, quotient, remainder) in [
            (7, 2, 3, 1),
            (-7, 2, -3, -1),
            (7, -2, -3, 1),
            (-7, -2, 3, -1),
        ] {
            assert_eq!(div(Some(a), Some(b)), Some(quotient), "{a} / {b}");
            assert_eq!(rem(Some(a), Some(b)), Some(remainder), "{a} % {b}");
        }
        assert_eq!(div(Some(7_i128), Some(0)), None);
        assert_eq!(rem(Some(7), Some(0)), None);
    }

    #[test]
    fn nothing_overflows() {
        let (min, max) = (Some(i128::MIN), Some(i128::MAX));
        assert_eq!(add(max, Some(1)), max);
        assert_eq!(sub(min, Some(1)), min);
        assert_eq!(mul(max, Some(-2)), min);
        assert_eq!(div(min, Some(-1)), max);
        assert_eq!(rem(min, Some(-1)), Some(0));
        assert_eq!(neg(min), max);
    }

    #[test]
    fn doubles_stay_finite() {
        assert_eq!(add(Some(0.5), Some(0.25)), Some(0.75));
        assert_eq!(div(Some(1.0), Some(4.0)), Some(0.25));
        for zero in [0.0, -0.0] {
            assert_eq!(div(Some(1.0), Some(zero)), None);
            assert_eq!(div(Some(0.0), Some(zero)), None);
        }
        assert_eq!(mul(Some(f64::MAX), Some(2.0)), None);
        assert_eq!(to_double(Some(-3)), Some(-3.0));
    }

    #[test]
    fn days() {
        let date = |text: &str| Some(text.parse::<Date>().unwrap());
        assert_eq!(
            days_between(date("2024-03-01"), date("2024-02-01")),
            Some(29)
        );
        assert_eq!(
            days_between(date("2024-02-01"), date("2024-03-01")),
            Some(-29)
        );
        assert_eq!(days_between(None, date("2024-03-01")), None);
        assert_eq!(add_days(date("2023-12-31"), Some(1)), date("2024-01-01"));
        assert_eq!(sub_days(date("2024-01-01"), Some(1)), date("2023-12-31"));
        for days in [i128::MIN, -4_000_000, 4_000_000, i128::MAX] {
            assert_eq!(add_days(date("2024-01-01"), Some(days)), None, "{days}");
            assert_eq!(sub_days(date("2024-01-01"), Some(days)), None, "{days}");
        }
        assert_eq!(add_days(date("2024-01-01"), None), None);
    }
}
