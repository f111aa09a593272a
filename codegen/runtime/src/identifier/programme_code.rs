//! Codes of professions and specialities of secondary vocational education (СПО), and of the groups
//! that hold them: `09.02.07`.
//!
//! The first pair is the enlarged group, the second the sort of programme, the third the number in
//! the group. Form: ОК 009-2016 without its digit of the level; there is no check digit. What the
//! second pair means is common knowledge, not verified.

use super::macros::{identifier_text, identifier_type};
use super::{Identifier, typed};
use crate::Invalid;

identifier_type! {
    /// The code of a programme, stored `09.02.07`.
    ProgrammeCode
}

/// What a code of a programme names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProgrammeCodeKind {
    /// An enlarged group of professions and specialities: the second and the third pair are 00.
    Group,
    /// A profession, for skilled workers and employees (ППКРС): the second pair is 01.
    Profession,
    /// A speciality, for mid-level specialists (ППССЗ): the second pair is 02.
    Speciality,
    /// What is no programme of СПО: other second pairs.
    Other,
}

impl ProgrammeCode {
    /// What the code names.
    pub fn kind(&self) -> ProgrammeCodeKind {
        match self.0.get(3..5) {
            Some("00") if self.0.ends_with(".00") => ProgrammeCodeKind::Group,
            Some("01") => ProgrammeCodeKind::Profession,
            Some("02") => ProgrammeCodeKind::Speciality,
            _ => ProgrammeCodeKind::Other,
        }
    }

    /// The code of the enlarged group: `09.00.00`.
    pub fn group(&self) -> ProgrammeCode {
        ProgrammeCode(format!("{}.00.00", self.0.get(..2).unwrap_or_default()))
    }
}

impl Identifier for ProgrammeCode {
    const NAME: &'static str = "programme_code";
    const TITLE: (&'static str, &'static str) = (
        "code of a profession or speciality",
        "код профессии, специальности СПО",
    );

    identifier_text!();

    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::ProgrammeCodeForm`].
    fn check(text: &str) -> Result<(), Invalid> {
        match text.as_bytes() {
            [] => Err(Invalid::Empty),
            [a, b, b'.', c, d, b'.', e, f]
                if [a, b, c, d, e, f].iter().all(|byte| byte.is_ascii_digit()) =>
            {
                Ok(())
            }
            _ => Err(Invalid::ProgrammeCodeForm),
        }
    }

    /// Three pairs of digits with points, whatever separated them.
    fn normalise(text: &str) -> String {
        let digits: String = typed::digits(text)
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | '/'))
            .collect();
        match digits.as_bytes() {
            [a, b, c, d, e, f] if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                let [a, b, c, d, e, f] = [a, b, c, d, e, f].map(|&byte| char::from(byte));
                format!("{a}{b}.{c}{d}.{e}{f}")
            }
            _ => typed::free_text(text),
        }
    }

    fn is_personal(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_pair_says_the_kind() {
        for (text, kind) in [
            ("09.02.07", ProgrammeCodeKind::Speciality),
            ("15.01.05", ProgrammeCodeKind::Profession),
            ("09.00.00", ProgrammeCodeKind::Group),
            ("09.00.01", ProgrammeCodeKind::Other),
            ("44.03.01", ProgrammeCodeKind::Other),
        ] {
            assert_eq!(ProgrammeCode::parse(text).unwrap().kind(), kind, "{text}");
        }
        let code = ProgrammeCode::parse("09.02.07").unwrap();
        assert_eq!(code.group().as_str(), "09.00.00");
        assert_eq!(code.group().kind(), ProgrammeCodeKind::Group);
    }

    #[test]
    fn points_are_put_in() {
        for typed in [
            "09.02.07",
            "090207",
            "09 02 07",
            "09-02-07",
            "09,02,07",
            "О9.О2.О7",
        ] {
            assert_eq!(ProgrammeCode::normalise(typed), "09.02.07");
        }
        for text in ["9.2.7", "09.02.7", "09.02.077", "2.09.02.07", "ab.cd.ef"] {
            assert_eq!(
                ProgrammeCode::check(text),
                Err(Invalid::ProgrammeCodeForm),
                "{text}"
            );
            assert_eq!(ProgrammeCode::normalise(text), text);
        }
    }
}
