//! What a user of the generated fixture does.

use generated::classifier::{AddressUse, AttendanceStatus};
use generated::key::{AttendanceId, OrganisationsId, PersonId};
use generated::scalar::{Inn, Oktmo, Snils, SnilsHash};
use generated::table::{Attendance, Organisations, Person};
use vitrina::csv::{ErrorKind, NullForm, Options, Profile, Reader, Writer};
use vitrina::finding::Severity;
use vitrina::{Context, Date, Findings, Invalid, PackageWriter, Prefix, Record, TableVisitor};

fn prefix() -> Prefix {
    Prefix::new("ESH").unwrap()
}

fn attendance() -> Attendance {
    Attendance {
        id: AttendanceId::new(&prefix(), "1").unwrap(),
        person_id: PersonId::new(&prefix(), "7").unwrap(),
        organisation_id: OrganisationsId::new(&prefix(), "9").unwrap(),
        attendance_code: AttendanceStatus::Late,
        late_minutes: Some(15),
        place_code: Some(AddressUse::Code11),
        start_time: "08:30:00".parse().unwrap(),
        create_datetime: "2024-09-02 08:31:00".parse().unwrap(),
        r#type: Some("а \"б\";\"в\"".into()),
    }
}

fn person() -> Person {
    Person {
        id: PersonId::new(&prefix(), "7").unwrap(),
        snils_hash: Some(SnilsHash::from_raw("112-233-445 95").unwrap()),
        birth_date: "2009-05-01".parse().unwrap(),
        weight: Some(0.1),
    }
}

fn findings<R: Record>(record: &R) -> Vec<(String, Option<&'static str>)> {
    let mut findings = Findings::new();
    record.validate(&Context::new(Date::new(2024, 9, 2).unwrap()), &mut findings);
    findings.iter().map(|finding| (finding.code().to_owned(), finding.column())).collect()
}

fn csv<R: Record>(rows: &[R]) -> String {
    let mut out = Vec::new();
    R::write_csv(rows, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn rows_come_back_from_csv() {
    let mut bare = attendance();
    bare.id = AttendanceId::parse("ESH-2").unwrap();
    (bare.late_minutes, bare.place_code, bare.r#type) = (None, None, None);
    let rows = [attendance(), bare];
    let text = csv(&rows);
    assert_eq!(
        text,
        "id;person_id;organisation_id;attendance_code;late_minutes;place_code;start_time;create_datetime;type\n\
         \"ESH-1\";\"ESH-7\";\"ESH-9\";\"late\";\"15\";\"11\";\"08:30:00\";\"2024-09-02 08:31:00\";\"а \"\"б\"\";\"\"в\"\"\"\n\
         \"ESH-2\";\"ESH-7\";\"ESH-9\";\"late\";\"\";\"\";\"08:30:00\";\"2024-09-02 08:31:00\";\"\""
    );
    let back: Vec<Attendance> =
        Attendance::read_csv(text.as_bytes()).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(back == rows);
    let people = [person()];
    let back: Vec<Person> =
        Person::read_csv(csv(&people).as_bytes()).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(back == people);

    let profile = Profile { null: NullForm::Bare, ..Profile::default() };
    let mut writer = Writer::with_profile(Vec::new(), profile).unwrap();
    writer.write(&rows[1]).unwrap();
    let text = writer.finish().unwrap();
    assert!(String::from_utf8_lossy(&text).contains("\"late\";;;\"08:30:00\""));
    let back = Reader::<Attendance, _>::with_options(text.as_slice(), Options::strict(profile));
    assert!(back.unwrap().next().unwrap().unwrap() == rows[1]);
}

#[test]
fn broken_values_are_refused_at_their_place() {
    let text = csv(&[attendance(), attendance()]).replacen("\"15\"", "\"soon\"", 1);
    let mut rows = Attendance::read_csv(text.as_bytes()).unwrap();
    let error = rows.next().unwrap().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Value(Invalid::NotInteger)));
    let position = error.position();
    assert_eq!((position.line, position.column), (2, Some("late_minutes")));
    assert_eq!(position.byte as usize, text.find("\"soon\"").unwrap());
    assert!(!format!("{error} {error:?}").contains("soon"));
    assert!(rows.next().unwrap().is_ok(), "the next row is whole");
    assert!(rows.next().is_none());

    let mut row = attendance();
    row.r#type = Some("a\nb".into());
    let error = Attendance::write_csv([&attendance(), &row], Vec::new()).unwrap_err();
    assert_eq!((error.table(), error.position().row(), error.position().column), ("attendance", 2, Some("type")));
    assert!(matches!(error.kind(), ErrorKind::Value(Invalid::LineBreak)));
}

#[test]
fn checks_hold_as_in_the_model() {
    assert_eq!(findings(&attendance()), []);
    let mut row = attendance();
    row.late_minutes = Some(300);
    row.attendance_code = AttendanceStatus::Present;
    row.r#type = Some("\t".into());
    row.start_time = "08:30:00.5".parse().unwrap();
    assert_eq!(
        findings(&row),
        [
            ("precision".into(), Some("start_time")),
            ("character".into(), Some("type")),
            ("attendance.late_minutes".into(), Some("late_minutes")),
            ("attendance.late".into(), None),
        ]
    );
    row.late_minutes = None;
    row.r#type = Some(String::new());
    row.start_time = attendance().start_time;
    assert_eq!(findings(&row), [("required".into(), Some("type"))], "empty text is no value");
    row.start_time = attendance().start_time;
    row.r#type = None;
    assert_eq!(findings(&row), [], "unknown passes");
    let mut all = Findings::new();
    row.late_minutes = Some(0);
    row.validate(&Context::new(Date::today()), &mut all);
    assert_eq!(all.iter().map(|finding| finding.severity()).max(), Some(Severity::Error));
    assert_eq!(all.iter().next().unwrap().row(), "ESH-1");
}

#[test]
fn conditional_columns_are_required_when_the_condition_is_true() {
    let mut row = person();
    assert_eq!(findings(&row), []);
    row.snils_hash = None;
    assert_eq!(findings(&row), [("required".into(), Some("snils_hash"))]);
    row.birth_date = "2015-05-01".parse().unwrap();
    assert_eq!(findings(&row), []);
    row.weight = Some(f64::NAN);
    assert_eq!(findings(&row), [("value".into(), Some("weight"))]);
}

#[test]
fn lengths_are_judged() {
    let row = Organisations {
        id: OrganisationsId::new(&prefix(), "9").unwrap(),
        inn: Inn::parse("7707083893").unwrap(),
        oktmo: Oktmo::parse("45000000").unwrap(),
        name: "я".repeat(1001),
        partof_id: None,
        active: Some(true),
        gar_guid: Some("0123e567-e89b-12d3-a456-426614174000".parse().unwrap()),
    };
    assert_eq!(findings(&row), [("length".into(), Some("name"))]);
    assert_eq!(findings(&Organisations { name: String::new(), ..row }), [("required".into(), Some("name"))]);
}

#[test]
fn personal_values_are_not_shown() {
    let row = person();
    let hash = row.snils_hash.clone().unwrap();
    let shown = format!("{row:?} {hash:?} {:?}", Snils::parse("11223344595").unwrap());
    for secret in ["2009", hash.as_str(), "11223344595"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("ESH-7") && shown.contains("0.1"), "{shown}");
    assert_eq!(hash.as_str().len(), 128);
    let wrong = SnilsHash::from_raw("112-233-445 96").unwrap_err();
    assert!(matches!(wrong, Invalid::CheckDigit { .. }));
    assert!(SnilsHash::from_hex("11223344595").is_err());
}

#[test]
fn types_check_their_form() {
    assert!(matches!(Inn::parse("7707083894"), Err(Invalid::CheckDigit { .. })));
    assert!(matches!(Oktmo::parse("450000"), Err(Invalid::Pattern { .. })));
    assert!(PersonId::parse("7").is_err() && "ESH-7".parse::<PersonId>().is_ok());
    assert_eq!(AddressUse::Home.number(), 1);
    assert_eq!(AddressUse::from_code("11"), Some(AddressUse::Code11));
    assert_eq!(AttendanceStatus::Present.title(), "присутствовал");
    assert_eq!(AttendanceStatus::ALL.len(), 3);
    assert_eq!(attendance().key().to_string(), "ESH-1");
}

#[test]
fn json_has_bare_values() {
    let json = serde_json::to_value(attendance()).unwrap();
    assert_eq!(json["place_code"], 11);
    assert_eq!(json["attendance_code"], "late");
    assert_eq!(json["start_time"], "08:30:00");
    let text = serde_json::to_string(&attendance()).unwrap();
    assert!(serde_json::from_str::<Attendance>(&text).unwrap() == attendance());
    let mut row = attendance();
    (row.late_minutes, row.place_code, row.r#type) = (None, None, None);
    let mut json = serde_json::to_value(&row).unwrap();
    assert!(json["late_minutes"].is_null());
    assert!(serde_json::from_value::<Attendance>(json.clone()).unwrap() == row);
    json["place_code"] = "11".into();
    let error = serde_json::from_value::<Attendance>(json.clone()).err().unwrap().to_string();
    assert!(error.contains("place_code"), "{error}");
    json["place_code"] = 12.into();
    assert!(serde_json::from_value::<Attendance>(json).is_err());
    let wrong = text.replace("\"type\":", "\"kind\":");
    assert!(serde_json::from_str::<Attendance>(&wrong).is_err());
}

#[test]
fn packages_are_whole_or_absent() {
    let folder = std::env::temp_dir().join(format!("vitrina-package-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let names = || {
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let package = PackageWriter::create(&folder).unwrap();
    package.write(&[person()]).unwrap();
    assert!(names().iter().all(|name| name.ends_with(".partial")), "files on their way");
    drop(package);
    assert!(!folder.exists(), "nothing is left behind");

    let package = PackageWriter::create(&folder).unwrap();
    package.write(&[person(), person()]).unwrap();
    let mut broken = attendance();
    broken.r#type = Some("\0".into());
    let error = package.write(&[attendance(), broken]).unwrap_err();
    assert!(error.to_string().contains("`attendance`, line 3, column `type`"), "{error}");
    let summary = package.finish().unwrap();
    assert_eq!(summary.rows(), 2);
    let csv = || names().into_iter().filter(|name| name.ends_with(".csv")).collect::<Vec<_>>();
    assert_eq!(csv(), ["person.csv"]);

    // With a manifest the folder is refused at once, without one its table is.
    let again = PackageWriter::create(&folder);
    let error = again.and_then(|package| package.write(&[person()])).unwrap_err();
    assert!(error.to_string().contains("exists"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn tables_are_found_by_name() {
    struct Columns;
    impl TableVisitor for Columns {
        type Output = usize;
        fn visit<R: Record + std::fmt::Debug + 'static>(self) -> usize {
            R::TABLE.columns.len()
        }
    }
    assert_eq!(generated::visit("attendance", Columns), Some(9));
    assert_eq!(generated::visit("nothing", Columns), None);
    let names: Vec<&str> = generated::TABLES.iter().map(|table| table.name).collect();
    assert_eq!(names, ["organisations", "person", "attendance"]);
    assert_eq!(generated::SHOWCASE.version, "1.0.0");
}
