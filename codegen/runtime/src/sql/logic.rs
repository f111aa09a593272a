//! Truth: connectives, comparisons, lists.

/// `a AND b`: false as soon as one is false.
pub fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// `a OR b`: true as soon as one is true.
pub fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// `NOT a`
pub fn not(a: Option<bool>) -> Option<bool> {
    a.map(|a| !a)
}

/// `a IS NULL`; never null itself.
pub fn is_null<T>(a: &Option<T>) -> Option<bool> {
    Some(a.is_none())
}

/// Whether a condition takes effect, as in `WHEN` or `WHERE`: only true does.
pub fn is_true(a: Option<bool>) -> bool {
    a == Some(true)
}

/// Whether a row satisfies a `CHECK`: all but false does.
pub fn holds(a: Option<bool>) -> bool {
    a != Some(false)
}

/// `a = b`; the sides may be borrowed differently (`&str`, `Cow<str>`).
pub fn eq<A: PartialEq<B>, B>(a: Option<A>, b: Option<B>) -> Option<bool> {
    Some(a? == b?)
}

/// `a <> b`
pub fn ne<A: PartialEq<B>, B>(a: Option<A>, b: Option<B>) -> Option<bool> {
    not(eq(a, b))
}

/// `a < b`
pub fn lt<T: PartialOrd>(a: Option<T>, b: Option<T>) -> Option<bool> {
    Some(a? < b?)
}

/// `a <= b`
pub fn le<T: PartialOrd>(a: Option<T>, b: Option<T>) -> Option<bool> {
    Some(a? <= b?)
}

/// `a > b`
pub fn gt<T: PartialOrd>(a: Option<T>, b: Option<T>) -> Option<bool> {
    Some(a? > b?)
}

/// `a >= b`
pub fn ge<T: PartialOrd>(a: Option<T>, b: Option<T>) -> Option<bool> {
    Some(a? >= b?)
}

/// `a IN (…)` of a list without nulls.
pub fn in_list<A: PartialEq<B>, B>(a: Option<A>, list: &[B]) -> Option<bool> {
    let a = a?;
    Some(list.iter().any(|item| a == *item))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    const T: Option<bool> = Some(true);
    const F: Option<bool> = Some(false);
    const N: Option<bool> = None;

    #[test]
    fn truth_tables() {
        for (a, b, both, either) in [
            (T, T, T, T),
            (T, F, F, T),
            (T, N, N, T),
            (F, T, F, T),
            (F, F, F, F),
            (F, N, F, N),
            (N, T, N, T),
            (N, F, F, N),
            (N, N, N, N),
        ] {
            assert_eq!(and(a, b), both, "{a:?} AND {b:?}");
            assert_eq!(or(a, b), either, "{a:?} OR {b:?}");
        }
        assert_eq!([T, F, N].map(not), [F, T, N]);
        assert_eq!([T, F, N].map(is_true), [true, false, false]);
        assert_eq!([T, F, N].map(holds), [true, false, true]);
        assert_eq!([T, F, N].map(|a| is_null(&a)), [F, F, T]);
    }

    #[test]
    fn comparisons() {
        type Compare = fn(Option<i128>, Option<i128>) -> Option<bool>;
        let table: [(Compare, [bool; 3]); 6] = [
            (eq, [false, true, false]),
            (ne, [true, false, true]),
            (lt, [true, false, false]),
            (le, [true, true, false]),
            (gt, [false, false, true]),
            (ge, [false, true, true]),
        ];
        for (compare, [less, equal, greater]) in table {
            assert_eq!(compare(Some(1), Some(2)), Some(less));
            assert_eq!(compare(Some(2), Some(2)), Some(equal));
            assert_eq!(compare(Some(3), Some(2)), Some(greater));
            assert_eq!(compare(None, Some(2)), None);
            assert_eq!(compare(Some(2), None), None);
            assert_eq!(compare(None, None), None);
        }
    }

    #[test]
    fn texts_compare_however_they_are_held() {
        assert_eq!(eq(Some(Cow::Borrowed("а")), Some("а")), T);
        assert_eq!(ne(Some("а"), Some(Cow::<str>::Owned("б".into()))), T);
        assert_eq!(in_list(Some(Cow::Borrowed("а")), &["б", "а"]), T);
    }

    #[test]
    fn lists() {
        assert_eq!(in_list(Some(3_i128), &[1, 2, 3]), T);
        assert_eq!(in_list(Some(4_i128), &[1, 2, 3]), F);
        assert_eq!(in_list(None::<i128>, &[1, 2, 3]), N);
    }
}
