//! What children learn: this vendor keeps no programmes, but a class of some grade means one of the
//! three main programmes of its school.

use rusqlite::Row;
use vitrina::{Invalid, RowPlace};
use vitrina_model::classifier::{EducationLevel, EducationProgramKind, StudyForm};
use vitrina_model::key::{EducationProgramId, OrganisationsId};
use vitrina_model::table::EducationProgram;

use super::{Mapped, Mapping, Refusal};

/// What a grade means in the showcase's lists: level of education and kind of programme.
pub(super) fn level(grade: i32) -> Result<(EducationLevel, EducationProgramKind), Invalid> {
    match grade {
        1..=4 => Ok((EducationLevel::Primary, EducationProgramKind::Primary)),
        5..=9 => Ok((EducationLevel::Basic, EducationProgramKind::Basic)),
        10..=12 => Ok((EducationLevel::Secondary, EducationProgramKind::Secondary)),
        _ => Err(Invalid::OutOfRange),
    }
}

/// The programme of a school for a grade: a school has at most one of each level.
pub(super) fn programme(
    mapping: &Mapping,
    school: i64,
    grade: i32,
) -> Result<EducationProgramId, Invalid> {
    let stage = match level(grade)?.0 {
        EducationLevel::Primary => 1,
        EducationLevel::Basic => 2,
        _ => 3,
    };
    EducationProgramId::new(&mapping.prefix, format_args!("{school}-{stage}"))
}

impl Mapped for EducationProgram {
    /// One row for each programme: the school and the lowest of its grades.
    const QUERY: &'static str = "SELECT school_no, min(grade) AS grade FROM sch_class \
         GROUP BY school_no, CASE WHEN grade <= 4 THEN 1 WHEN grade <= 9 THEN 2 ELSE 3 END \
         ORDER BY school_no, grade";

    fn map(row: &Row<'_>, mapping: &Mapping) -> Result<Self, Refusal> {
        let (school, grade): (i64, i32) = (row.get("school_no")?, row.get("grade")?);
        let place = RowPlace::<Self>::new(format_args!("sch_class {school} {grade}"));
        let (education_level_code, program_kind_code) =
            place.column("education_level_code", level(grade))?;
        Ok(EducationProgram {
            id: place.column("id", programme(mapping, school, grade))?,
            organisation_id: place.column(
                "organisation_id",
                OrganisationsId::new(&mapping.prefix, school),
            )?,
            program_kind_code,
            education_level_code,
            program_name: match education_level_code {
                EducationLevel::Primary => "Начальное общее образование",
                EducationLevel::Basic => "Основное общее образование",
                _ => "Среднее общее образование",
            }
            .into(),
            okso_code: None,
            qualification_name: None,
            fgos_code: None,
            is_adapted: false,
            adaptation_kind_code: None,
            study_form_code: StudyForm::FullTime,
            duration_months: None,
            realisation_form_code: None,
            extra_direction_code: None,
            profile_name: None,
            start_date: None,
            end_date: None,
            modified_datetime: mapping.sent,
            create_datetime: mapping.sent,
            send_datetime: mapping.sent,
        })
    }
}
