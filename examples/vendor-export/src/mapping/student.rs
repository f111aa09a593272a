//! Where children learn: years, terms, classes, orders, enrolments and who is in which class.

use rusqlite::Row;
use vitrina::{Date, Invalid, RowPlace};
use vitrina_model::classifier::{
    EduGroupKind, MovementOrderKind, StudyForm, StudyPeriodKind, StudyPlaceKind,
};
use vitrina_model::key::{
    AcademicYearId, EduGroupId, EduGroupStudentId, EnrolmentId, MovementOrderId, OrganisationsId,
    StudentId, StudyPeriodId,
};
use vitrina_model::scalar::AcademicYearName;
use vitrina_model::table::{
    AcademicYear, EduGroup, EduGroupStudent, Enrolment, MovementOrder, StudyPeriod,
};

use super::programme::{level, programme};
use super::{Mapped, Mapping, Refusal, date, optional_date};

impl Mapped for AcademicYear {
    const QUERY: &'static str = "SELECT * FROM sch_year ORDER BY year_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("year_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_year {number}"));
        let (start_date, end_date) = period(row, &place)?;
        let school: i64 = row.get("school_no")?;
        let name = format!("{}/{}", start_date.year(), end_date.year());
        let today = mapping.sent.date();
        Ok(AcademicYear {
            id: place.column("id", AcademicYearId::new(&mapping.prefix, number))?,
            organisation_id: Some(place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?),
            year_name: place.column("year_name", AcademicYearName::parse(&name))?,
            start_date,
            end_date,
            is_current: (start_date..=end_date).contains(&today),
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

/// The columns `begins` and `ends`.
fn period<R: Mapped>(row: &Row<'_>, place: &RowPlace<R>) -> Result<(Date, Date), Refusal> {
    Ok((
        place.column("start_date", date(&row.get::<_, String>("begins")?))?,
        place.column("end_date", date(&row.get::<_, String>("ends")?))?,
    ))
}

impl Mapped for StudyPeriod {
    const QUERY: &'static str = "SELECT sch_term.*, school_no \
         FROM sch_term JOIN sch_year USING (year_no) ORDER BY term_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("term_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_term {number}"));
        let (year, school): (i64, i64) = (row.get("year_no")?, row.get("school_no")?);
        let (start_date, end_date) = period(row, &place)?;
        let ordinal: i32 = row.get("ordinal")?;
        Ok(StudyPeriod {
            id: place.column("id", StudyPeriodId::new(&mapping.prefix, number))?,
            academic_year_id: place.column(
                "academic_year_id",
                AcademicYearId::new(&mapping.prefix, year),
            )?,
            organisation_id: place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?,
            period_kind_code: StudyPeriodKind::Quarter,
            period_number: Some(ordinal),
            period_name: format!("{ordinal}-я четверть"),
            start_date,
            end_date,
            education_level_code: None,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

impl Mapped for EduGroup {
    const QUERY: &'static str = "SELECT sch_class.*, begins, ends \
         FROM sch_class JOIN sch_year USING (year_no) ORDER BY class_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("class_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_class {number}"));
        let (year, school): (i64, i64) = (row.get("year_no")?, row.get("school_no")?);
        let (grade, letter): (i32, String) = (row.get("grade")?, row.get("letter")?);
        let (start_date, end_date) = period(row, &place)?;
        Ok(EduGroup {
            id: place.column("id", EduGroupId::new(&mapping.prefix, number))?,
            organisation_id: place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?,
            academic_year_id: place.column(
                "academic_year_id",
                AcademicYearId::new(&mapping.prefix, year),
            )?,
            group_kind_code: EduGroupKind::Class,
            parent_group_id: None,
            group_name: format!("{grade}{letter}"),
            parallel_number: Some(grade),
            course_number: None,
            letter: Some(letter),
            education_program_id: Some(
                place.column("education_program_id", programme(mapping, school, grade))?,
            ),
            education_level_code: place.column("parallel_number", level(grade))?.0,
            study_form_code: Some(StudyForm::FullTime),
            shift_number: row.get("shift")?,
            site_id: None,
            planned_size: None,
            start_date,
            end_date: Some(end_date),
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

impl Mapped for MovementOrder {
    const QUERY: &'static str = "SELECT * FROM sch_order ORDER BY order_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("order_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_order {number}"));
        let school: i64 = row.get("school_no")?;
        let kind = match row.get::<_, String>("kind")?.as_str() {
            "зач" => Ok(MovementOrderKind::Enrol),
            "отч" => Ok(MovementOrderKind::Expel),
            _ => Err(Invalid::NotListed),
        };
        Ok(MovementOrder {
            id: place.column("id", MovementOrderId::new(&mapping.prefix, number))?,
            organisation_id: place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?,
            order_kind_code: place.column("order_kind_code", kind)?,
            order_number: row.get("number")?,
            order_date: place.column("order_date", date(&row.get::<_, String>("dated")?))?,
            academic_year_id: None,
            title_text: None,
            is_canceled: false,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

impl Mapped for Enrolment {
    const QUERY: &'static str = "SELECT sch_place.*, school_no, grade \
         FROM sch_place JOIN sch_class USING (class_no) ORDER BY place_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("place_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_place {number}"));
        let (pupil, school): (i64, i64) = (row.get("pupil_no")?, row.get("school_no")?);
        let grade: i32 = row.get("grade")?;
        let form = match row.get::<_, String>("form")?.as_str() {
            "очная" => Ok(StudyForm::FullTime),
            "заочная" => Ok(StudyForm::PartTime),
            "очно-заочная" => Ok(StudyForm::Mixed),
            _ => Err(Invalid::NotListed),
        };
        let order = |column| {
            let number: Option<i64> = row.get(column)?;
            let key = number.map(|number| MovementOrderId::new(&mapping.prefix, number));
            Ok::<_, rusqlite::Error>(key.transpose())
        };
        Ok(Enrolment {
            id: place.column("id", EnrolmentId::new(&mapping.prefix, number))?,
            student_id: place.column("student_id", StudentId::new(&mapping.prefix, pupil))?,
            organisation_id: place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?,
            education_program_id: Some(
                place.column("education_program_id", programme(mapping, school, grade))?,
            ),
            program_kind_code: place.column("program_kind_code", level(grade))?.1,
            study_form_code: place.column("study_form_code", form)?,
            study_place_kind_code: StudyPlaceKind::Organisation,
            site_id: None,
            realisation_form_code: None,
            funding_source_code: None,
            study_language_code: None,
            start_date: place.column("start_date", date(&row.get::<_, String>("since")?))?,
            plan_end_date: None,
            end_date: place.column("end_date", optional_date(row.get("until")?))?,
            enrol_order_id: place.column("enrol_order_id", order("order_in")?)?,
            leave_order_id: place.column("leave_order_id", order("order_out")?)?,
            is_main: true,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}

impl Mapped for EduGroupStudent {
    const QUERY: &'static str = "SELECT place_no, class_no, pupil_no, since, until \
         FROM sch_place ORDER BY place_no";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let number: i64 = row.get("place_no")?;
        let place = RowPlace::<Self>::new(format_args!("sch_place {number}"));
        let (class, pupil): (i64, i64) = (row.get("class_no")?, row.get("pupil_no")?);
        Ok(EduGroupStudent {
            id: place.column("id", EduGroupStudentId::new(&mapping.prefix, number))?,
            edu_group_id: place.column("edu_group_id", EduGroupId::new(&mapping.prefix, class))?,
            student_id: place.column("student_id", StudentId::new(&mapping.prefix, pupil))?,
            enrolment_id: place
                .column("enrolment_id", EnrolmentId::new(&mapping.prefix, number))?,
            start_date: place.column("start_date", date(&row.get::<_, String>("since")?))?,
            end_date: place.column("end_date", optional_date(row.get("until")?))?,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}
