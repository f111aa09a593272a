//! Marks with UUID keys, and the students and lessons they refer to.

use serde::{Deserialize, Serialize};
use vitrina::Uuid;

use super::{Chance, Shape};
use crate::model::classifier::MarkKind;
use crate::model::key::{LessonId, MarkId, StudentId};
use crate::model::table::{Lesson, Mark, Student};
use crate::peer::stamp;

/// Students referred to.
pub(crate) const STUDENTS: u64 = 100_000;
/// Lessons referred to.
pub(crate) const LESSONS: u64 = 80_000;

fn uuid(seed: u64) -> Uuid {
    let mut chance = Chance::new(seed);
    let mut bytes = [0; 16];
    let (high, low) = bytes.split_at_mut(8);
    high.copy_from_slice(&chance.next().to_be_bytes());
    low.copy_from_slice(&chance.next().to_be_bytes());
    // Version 4, variant 1.
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    Uuid::from_bytes(bytes)
}

fn student_id(number: u64) -> StudentId {
    StudentId(uuid((1 << 40) + number))
}

fn lesson_id(number: u64) -> LessonId {
    LessonId(uuid((2 << 40) + number))
}

/// The student of a number below [`STUDENTS`].
pub(crate) fn student(number: u64) -> Student {
    Student {
        id: student_id(number),
        birth_date: Chance::new(number).date(),
    }
}

/// The lesson of a number below [`LESSONS`].
pub(crate) fn lesson(number: u64) -> Lesson {
    let mut chance = Chance::new(number);
    Lesson {
        id: lesson_id(number),
        lesson_date: chance.date(),
        topic_text: chance.sentence(3..8, 0),
    }
}

/// Marks with UUID keys, some 220 bytes a row.
pub(crate) struct UuidMarks;

#[derive(Serialize, Deserialize)]
pub(crate) struct PeerMark {
    id: uuid::Uuid,
    student_id: uuid::Uuid,
    lesson_id: uuid::Uuid,
    kind_code: String,
    mark: i32,
    is_final: bool,
    comment_text: Option<String>,
    #[serde(with = "stamp")]
    mark_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    modified_datetime: chrono::NaiveDateTime,
}

impl Shape for UuidMarks {
    const TITLE: &'static str = "`mark` with UUID keys";
    type Row = Mark;
    type Peer = PeerMark;

    fn row(number: u64) -> Mark {
        let mut chance = Chance::new(number);
        let empty = chance.percent(55);
        Mark {
            id: MarkId(uuid((3 << 40) + number)),
            student_id: student_id(chance.below(STUDENTS)),
            lesson_id: lesson_id(chance.below(LESSONS)),
            kind_code: chance.one(MarkKind::ALL),
            mark: 1 + chance.below(5) as i32,
            is_final: chance.percent(10),
            // 45 of 100 rows have a comment, two of them with quotes.
            comment_text: (!empty).then(|| chance.sentence(2..9, 4)),
            mark_datetime: chance.timestamp(),
            modified_datetime: chance.timestamp(),
        }
    }

    fn peer(row: &Mark) -> PeerMark {
        PeerMark {
            id: row.id.0.into(),
            student_id: row.student_id.0.into(),
            lesson_id: row.lesson_id.0.into(),
            kind_code: row.kind_code.code().into(),
            mark: row.mark,
            is_final: row.is_final,
            comment_text: row.comment_text.clone(),
            mark_datetime: row.mark_datetime.into(),
            modified_datetime: row.modified_datetime.into(),
        }
    }
}
