use super::{TypeSyntax, parse};
use crate::diagnostic::Report;
use crate::source::{FileId, Fragment, Span};

/// What a type written behind Cyrillic letters of a YAML file comes out as.
fn run(written: &str) -> Result<String, (String, String)> {
    let file = format!("# типы\ntype: {written}\n");
    let start = file.len() - written.len() - 1;
    let span = Span::new(FileId(0), start, start + written.len());
    let fragment = Fragment::new(written.to_owned(), span, &file);
    let mut report = Report::new();
    let parsed = parse(&fragment, &mut report);
    match (parsed, report.sorted().as_slice()) {
        (Some(TypeSyntax::Base(base)), []) => Ok(base.to_string()),
        (Some(TypeSyntax::Named(name)), []) => {
            let at = file.get(name.span.start as usize..name.span.end as usize);
            assert!(at.is_some_and(|at| at.contains(&name.value)));
            Ok(format!("named {}", name.value))
        }
        (None, [one]) => {
            let span = one.primary.as_ref().expect("a place").span;
            let at = file.get(span.start as usize..span.end as usize);
            Err((one.code.to_string(), at.unwrap_or("<outside>").to_owned()))
        }
        (parsed, found) => panic!("{written}: {parsed:?} {found:?}"),
    }
}

#[test]
fn types_of_the_showcase() {
    for (written, base) in [
        ("boolean", "boolean"),
        ("BOOLEAN", "boolean"),
        ("bool", "boolean"),
        ("int32", "int32"),
        ("Integer", "int32"),
        ("int4", "int32"),
        ("bigint", "bigint"),
        ("int64", "bigint"),
        ("int8", "bigint"),
        ("long", "bigint"),
        ("float", "float"),
        ("real", "float"),
        ("float4", "float"),
        ("double", "double"),
        ("double precision", "double"),
        ("float8", "double"),
        ("char(11)", "char(11)"),
        ("character(2)", "char(2)"),
        ("varchar(255)", "varchar(255)"),
        ("VARCHAR (10485760)", "varchar(10485760)"),
        ("character varying(7)", "varchar(7)"),
        ("varchar", "varchar"),
        ("text", "varchar"),
        ("string", "varchar"),
        ("link", "link"),
        ("uuid", "uuid"),
        ("date", "date"),
        ("time", "time(0)"),
        ("time(6)", "time(6)"),
        ("timestamp", "timestamp(0)"),
        ("timestamp(3)", "timestamp(3)"),
        ("timestamp without time zone", "timestamp(0)"),
        ("record_id", "named record_id"),
        ("snils", "named snils"),
        ("Снилс", "named Снилс"),
        ("\"date\"", "named date"),
    ] {
        assert_eq!(run(written), Ok(base.to_owned()), "{written}");
    }
}

#[test]
fn types_that_are_refused() {
    for (written, code, at) in [
        ("decimal(10,2)", "E0303", "decimal(10,2)"),
        ("numeric", "E0303", "numeric"),
        ("money", "E0303", "money"),
        ("int", "E0303", "int"),
        ("smallint", "E0303", "smallint"),
        ("tinyint", "E0303", "tinyint"),
        ("bigint unsigned", "E0303", "bigint unsigned"),
        ("json", "E0303", "json"),
        ("jsonb", "E0303", "jsonb"),
        ("bytea", "E0303", "bytea"),
        ("date[]", "E0303", "date[]"),
        ("timestamptz", "E0303", "timestamptz"),
        (
            "timestamp with time zone",
            "E0303",
            "timestamp with time zone",
        ),
        ("datetime", "E0303", "datetime"),
        ("interval", "E0303", "interval"),
        ("serial", "E0303", "serial"),
        ("snils(11)", "E0303", "snils(11)"),
        ("string(5)", "E0303", "string(5)"),
        ("float(24)", "E0303", "float(24)"),
        ("varchar(10 octets)", "E0303", "varchar(10 octets)"),
        ("varchar(max)", "E0303", "varchar(max)"),
        ("a.b", "E0303", "a.b"),
        ("char", "E0304", "char"),
        ("char(0)", "E0304", "char(0)"),
        ("varchar(0)", "E0304", "varchar(0)"),
        ("varchar(10485761)", "E0304", "varchar(10485761)"),
        ("time(7)", "E0304", "time(7)"),
        ("timestamp(300)", "E0304", "timestamp(300)"),
        ("varchar(", "E0302", "varchar("),
        ("varchar(-1)", "E0302", "-"),
        ("varchar(x)", "E0302", "x"),
        (
            "varchar(99999999999999999999)",
            "E0302",
            "99999999999999999999",
        ),
        ("boolean not null", "E0302", "not null"),
        ("12", "E0302", "12"),
        ("'text'", "E0302", "'text'"),
        ("'text", "E0302", "'text"),
        ("", "E0302", ""),
    ] {
        assert_eq!(
            run(written),
            Err((code.to_owned(), at.to_owned())),
            "{written}"
        );
    }
}
