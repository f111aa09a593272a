//! Rows of the big model: keys of text with a prefix, hashes, Cyrillic text.

use serde::{Deserialize, Serialize};
use vitrina::Prefix;
use vitrina_model::classifier::{CitizenshipKind, EntityStatus, Sex};
use vitrina_model::key::{
    ControlWorkId, EduGroupId, EmployeeId, HomeworkId, LessonId, MarkId, PersonId, StudentId,
    StudySubjectId,
};
use vitrina_model::scalar::{OksmCode, SnilsHash};
use vitrina_model::table::{Homework, Mark, Person};

use super::{Chance, Shape};
use crate::peer::stamp;

fn prefix() -> Prefix {
    Prefix::new("ESH").expect("a prefix")
}

macro_rules! key {
    ($key:ident, $id:expr) => {
        $key::new(&prefix(), $id).expect("a key")
    };
}

/// `mark` of the big model.
pub(crate) struct Marks;

#[derive(Serialize, Deserialize)]
pub(crate) struct PeerMark {
    id: String,
    student_id: String,
    lesson_id: String,
    control_work_id: Option<String>,
    study_subject_id: String,
    mark_text: Option<String>,
    numeric_mark: Option<f64>,
    is_duty: bool,
    weight: Option<f64>,
    comment_text: Option<String>,
    #[serde(with = "stamp")]
    mark_datetime: chrono::NaiveDateTime,
    employee_id: Option<String>,
    #[serde(with = "stamp")]
    modified_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    create_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    send_datetime: chrono::NaiveDateTime,
}

impl Shape for Marks {
    const TITLE: &'static str = "`mark` of the big model";
    type Row = Mark;
    type Peer = PeerMark;

    fn row(number: u64) -> Mark {
        let mut chance = Chance::new(number);
        let mark = 1 + chance.below(5);
        Mark {
            id: key!(MarkId, 10_000_000 + number),
            student_id: key!(StudentId, 100_000 + chance.below(400_000)),
            lesson_id: key!(LessonId, 1_000_000 + chance.below(4_000_000)),
            control_work_id: chance
                .percent(20)
                .then(|| key!(ControlWorkId, chance.below(100_000))),
            study_subject_id: key!(StudySubjectId, chance.below(1000)),
            mark_text: Some(mark.to_string()),
            numeric_mark: Some(mark as f64),
            is_duty: false,
            weight: Some(chance.one(&[1.0, 1.5, 2.0, 0.75])),
            comment_text: chance.percent(30).then(|| chance.sentence(2..9, 4)),
            mark_datetime: chance.timestamp(),
            employee_id: chance
                .percent(90)
                .then(|| key!(EmployeeId, chance.below(40_000))),
            modified_datetime: chance.timestamp(),
            create_datetime: chance.timestamp(),
            send_datetime: chance.timestamp(),
        }
    }

    fn peer(row: &Mark) -> PeerMark {
        PeerMark {
            id: row.id.to_string(),
            student_id: row.student_id.to_string(),
            lesson_id: row.lesson_id.to_string(),
            control_work_id: row.control_work_id.as_ref().map(ToString::to_string),
            study_subject_id: row.study_subject_id.to_string(),
            mark_text: row.mark_text.clone(),
            numeric_mark: row.numeric_mark,
            is_duty: row.is_duty,
            weight: row.weight,
            comment_text: row.comment_text.clone(),
            mark_datetime: row.mark_datetime.into(),
            employee_id: row.employee_id.as_ref().map(ToString::to_string),
            modified_datetime: row.modified_datetime.into(),
            create_datetime: row.create_datetime.into(),
            send_datetime: row.send_datetime.into(),
        }
    }
}

/// `person` of the big model: a hash and codes.
pub(crate) struct Persons;

#[derive(Serialize, Deserialize)]
pub(crate) struct PeerPerson {
    id: String,
    snils_hash: Option<String>,
    birth_date: chrono::NaiveDate,
    sex_code: Option<String>,
    citizenship_kind_code: String,
    citizenship_country_code: Option<String>,
    record_status_code: String,
    #[serde(with = "stamp")]
    modified_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    create_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    send_datetime: chrono::NaiveDateTime,
}

impl Shape for Persons {
    const TITLE: &'static str = "`person` of the big model";
    type Row = Person;
    type Peer = PeerPerson;

    fn row(number: u64) -> Person {
        let mut chance = Chance::new(number);
        let hex: String = (0..8).map(|_| format!("{:016x}", chance.next())).collect();
        Person {
            id: key!(PersonId, 1_000_000 + number),
            snils_hash: chance
                .percent(95)
                .then(|| SnilsHash::from_hex(&hex).expect("a hash")),
            birth_date: chance.date(),
            sex_code: Some(chance.one(Sex::ALL)),
            citizenship_kind_code: chance.one(CitizenshipKind::ALL),
            citizenship_country_code: Some(OksmCode::parse("643").expect("a code")),
            record_status_code: chance.one(EntityStatus::ALL),
            modified_datetime: chance.timestamp(),
            create_datetime: chance.timestamp(),
            send_datetime: chance.timestamp(),
        }
    }

    fn peer(row: &Person) -> PeerPerson {
        PeerPerson {
            id: row.id.to_string(),
            snils_hash: row.snils_hash.as_ref().map(ToString::to_string),
            birth_date: row.birth_date.into(),
            sex_code: row.sex_code.map(|code| code.to_string()),
            citizenship_kind_code: row.citizenship_kind_code.to_string(),
            citizenship_country_code: row
                .citizenship_country_code
                .as_ref()
                .map(ToString::to_string),
            record_status_code: row.record_status_code.to_string(),
            modified_datetime: row.modified_datetime.into(),
            create_datetime: row.create_datetime.into(),
            send_datetime: row.send_datetime.into(),
        }
    }
}

/// `homework` of the big model: Cyrillic text in every row.
pub(crate) struct Homeworks;

#[derive(Serialize, Deserialize)]
pub(crate) struct PeerHomework {
    id: String,
    lesson_id: String,
    edu_group_id: String,
    study_subject_id: String,
    employee_id: Option<String>,
    homework_text: String,
    assign_date: chrono::NaiveDate,
    due_date: chrono::NaiveDate,
    due_lesson_id: Option<String>,
    is_individual: bool,
    duration_minutes: Option<i32>,
    #[serde(with = "stamp")]
    modified_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    create_datetime: chrono::NaiveDateTime,
    #[serde(with = "stamp")]
    send_datetime: chrono::NaiveDateTime,
}

impl Shape for Homeworks {
    const TITLE: &'static str = "`homework` of the big model";
    type Row = Homework;
    type Peer = PeerHomework;

    fn row(number: u64) -> Homework {
        let mut chance = Chance::new(number);
        Homework {
            id: key!(HomeworkId, 10_000_000 + number),
            lesson_id: key!(LessonId, 1_000_000 + chance.below(4_000_000)),
            edu_group_id: key!(EduGroupId, chance.below(20_000)),
            study_subject_id: key!(StudySubjectId, chance.below(1000)),
            employee_id: chance
                .percent(90)
                .then(|| key!(EmployeeId, chance.below(40_000))),
            homework_text: chance.sentence(5..25, 4),
            assign_date: chance.date(),
            due_date: chance.date(),
            due_lesson_id: chance
                .percent(50)
                .then(|| key!(LessonId, 1_000_000 + chance.below(4_000_000))),
            is_individual: chance.percent(5),
            duration_minutes: chance.percent(50).then(|| 5 + chance.below(115) as i32),
            modified_datetime: chance.timestamp(),
            create_datetime: chance.timestamp(),
            send_datetime: chance.timestamp(),
        }
    }

    fn peer(row: &Homework) -> PeerHomework {
        PeerHomework {
            id: row.id.to_string(),
            lesson_id: row.lesson_id.to_string(),
            edu_group_id: row.edu_group_id.to_string(),
            study_subject_id: row.study_subject_id.to_string(),
            employee_id: row.employee_id.as_ref().map(ToString::to_string),
            homework_text: row.homework_text.clone(),
            assign_date: row.assign_date.into(),
            due_date: row.due_date.into(),
            due_lesson_id: row.due_lesson_id.as_ref().map(ToString::to_string),
            is_individual: row.is_individual,
            duration_minutes: row.duration_minutes,
            modified_datetime: row.modified_datetime.into(),
            create_datetime: row.create_datetime.into(),
            send_datetime: row.send_datetime.into(),
        }
    }
}
