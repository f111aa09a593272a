//! What happens in school: subjects, lessons, and the journal, which becomes attendance and marks.

use rusqlite::Row;
use vitrina::{Invalid, RowPlace, Time};
use vitrina_model::classifier::{
    AbsenceReason, AttendanceStatus, LessonKind, LessonStatus, SubjectKind,
};
use vitrina_model::key::{
    AttendanceId, EduGroupId, LessonId, MarkId, OrganisationsId, StudentId, StudyPeriodId,
    StudySubjectId,
};
use vitrina_model::table::{Attendance, Lesson, Mark, StudySubject};

use super::{Changing, Mapped, Mapping, Refusal, date, moment};

impl Mapped for StudySubject {
    const QUERY: &'static str = "SELECT * FROM sch_subject ORDER BY subject_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("subject_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_subject {number}"));
        let school: i64 = row.get("school_no")?;
        let kind = match row.get::<_, String>("kind")?.as_str() {
            "П" => Ok(SubjectKind::Subject),
            "В" => Ok(SubjectKind::Extracurricular),
            _ => Err(Invalid::NotListed),
        };
        Ok(StudySubject {
            id: place.column("id", StudySubjectId::new(&mapping.prefix, number))?,
            organisation_id: Some(place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?),
            subject_name: row.get("name")?,
            short_name: None,
            federal_subject_code: None,
            subject_kind_code: place.column("subject_kind_code", kind)?,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

/// A time of day as this vendor stores it: minutes since midnight.
fn minutes(minutes: u32) -> Result<Time, Invalid> {
    let hour = u8::try_from(minutes / 60).map_err(|_| Invalid::NoSuchTime)?;
    Time::new(hour, (minutes % 60) as u8, 0, 0)
}

impl Mapped for Lesson {
    const QUERY: &'static str = "SELECT * FROM sch_lesson ORDER BY lesson_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("lesson_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_lesson {number}"));
        let key = |column| row.get::<_, i64>(column);
        let status = match row.get::<_, String>("state")?.as_str() {
            "план" => Ok(LessonStatus::Plan),
            "был" => Ok(LessonStatus::Held),
            "отменён" => Ok(LessonStatus::Canceled),
            _ => Err(Invalid::NotListed),
        };
        let group = EduGroupId::new(&mapping.prefix, key("class_no")?);
        let subject = StudySubjectId::new(&mapping.prefix, key("subject_no")?);
        let period = StudyPeriodId::new(&mapping.prefix, key("term_no")?);
        Ok(Lesson {
            id: place.column("id", LessonId::new(&mapping.prefix, number))?,
            edu_group_id: place.column("edu_group_id", group)?,
            study_subject_id: place.column("study_subject_id", subject)?,
            study_period_id: place.column("study_period_id", period)?,
            employee_id: None,
            room_id: None,
            timetable_slot_id: None,
            lesson_date: place.column("lesson_date", date(&row.get::<_, String>("held_on")?))?,
            lesson_number: row.get("ordinal")?,
            start_time: place.column("start_time", minutes(row.get("from_min")?))?,
            end_time: place.column("end_time", minutes(row.get("to_min")?))?,
            lesson_kind_code: Some(LessonKind::Lesson),
            lesson_status_code: place.column("lesson_status_code", status)?,
            topic_id: None,
            topic_text: row.get("topic")?,
            is_remote: Some(false),
            conference_url: None,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

/// One letter of the vendor's journal says two things.
fn presence(letter: &str) -> Result<(AttendanceStatus, Option<AbsenceReason>), Invalid> {
    use AttendanceStatus::{Absent, Late, Present, Released};
    match letter {
        "" => Ok((Present, None)),
        "о" => Ok((Late, None)),
        "осв" => Ok((Released, None)),
        "н" => Ok((Absent, None)),
        "б" => Ok((Absent, Some(AbsenceReason::Ill))),
        "у" => Ok((Absent, Some(AbsenceReason::Valid))),
        _ => Err(Invalid::NotListed),
    }
}

impl Mapped for Attendance {
    const QUERY: &'static str = "SELECT * FROM sch_journal ORDER BY entry_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("entry_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_journal {number}"));
        let lesson = LessonId::new(&mapping.prefix, row.get::<_, i64>("lesson_no")?);
        let student = StudentId::new(&mapping.prefix, row.get::<_, i64>("pupil_no")?);
        let presence = presence(&row.get::<_, String>("presence")?);
        let (status, reason) = place.column("attendance_code", presence)?;
        let written = place.column("mark_datetime", moment(row.get("written")?))?;
        Ok(Attendance {
            id: place.column("id", AttendanceId::new(&mapping.prefix, number))?,
            lesson_id: place.column("lesson_id", lesson)?,
            student_id: place.column("student_id", student)?,
            attendance_code: status,
            absence_reason_code: reason,
            late_minutes: row.get("late_min")?,
            // Notes of teachers stay in the school.
            comment_text: None,
            mark_datetime: written,
            modified_datetime: written,
            create_datetime: written,
            send_datetime: mapping.sent,
        })
    }
}

impl Changing for Attendance {
    const CHANGED: &'static str = "SELECT * FROM sch_journal \
         WHERE written + 3 * 3600 >= CAST(strftime('%s', ?1) AS INTEGER) ORDER BY entry_no";
    const ERASED: &'static str = "SELECT entry_no FROM sch_erased \
         WHERE erased + 3 * 3600 >= CAST(strftime('%s', ?1) AS INTEGER) ORDER BY entry_no";

    fn key_of(number: i64, mapping: &Mapping) -> Result<AttendanceId, Invalid> {
        AttendanceId::new(&mapping.prefix, number)
    }
}

impl Mapped for Mark {
    const QUERY: &'static str = "SELECT entry_no, lesson_no, pupil_no, mark, written, subject_no \
         FROM sch_journal JOIN sch_lesson USING (lesson_no) \
         WHERE mark IS NOT NULL ORDER BY entry_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("entry_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_journal {number}"));
        let lesson = LessonId::new(&mapping.prefix, row.get::<_, i64>("lesson_no")?);
        let student = StudentId::new(&mapping.prefix, row.get::<_, i64>("pupil_no")?);
        let subject = StudySubjectId::new(&mapping.prefix, row.get::<_, i64>("subject_no")?);
        let written = place.column("mark_datetime", moment(row.get("written")?))?;
        // A point in the journal is a debt: the mark is still to come.
        let mark = Some(row.get::<_, String>("mark")?).filter(|mark| mark != ".");
        Ok(Mark {
            id: place.column("id", MarkId::new(&mapping.prefix, number))?,
            student_id: place.column("student_id", student)?,
            lesson_id: place.column("lesson_id", lesson)?,
            control_work_id: None,
            study_subject_id: place.column("study_subject_id", subject)?,
            numeric_mark: mark.as_deref().and_then(|mark| mark.parse().ok()),
            is_duty: mark.is_none(),
            mark_text: mark,
            weight: None,
            comment_text: None,
            mark_datetime: written,
            employee_id: None,
            modified_datetime: written,
            create_datetime: written,
            send_datetime: mapping.sent,
        })
    }
}

impl Changing for Mark {
    const CHANGED: &'static str = "SELECT entry_no, lesson_no, pupil_no, mark, written, subject_no \
         FROM sch_journal JOIN sch_lesson USING (lesson_no) \
         WHERE mark IS NOT NULL AND written + 3 * 3600 >= CAST(strftime('%s', ?1) AS INTEGER) \
         ORDER BY entry_no";
    const ERASED: &'static str = "SELECT entry_no FROM sch_erased \
         WHERE marked AND erased + 3 * 3600 >= CAST(strftime('%s', ?1) AS INTEGER) ORDER BY entry_no";

    fn key_of(number: i64, mapping: &Mapping) -> Result<MarkId, Invalid> {
        MarkId::new(&mapping.prefix, number)
    }
}
