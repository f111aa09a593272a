//! Sampling and mutants where conditions ask for parts of days, times and texts.

use super::hard::exercise;
use super::models::*;
use crate::model::*;

const ID: BaseType = BaseType::Varchar(Some(40));

#[test]
fn parts_of_moments_and_texts_satisfy_their_checks() {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    let (date, string, moment) = (ValueType::Date, ValueType::Text, ValueType::Timestamp);
    let part = |part, of| call(Function::Extract(part), vec![of]);
    let columns = vec![
        column("id", ID),
        column("born", BaseType::Date),
        optional("leap", BaseType::Date),
        column("begins", BaseType::Timestamp(0)),
        column("ends", BaseType::Timestamp(3)),
        column("bell", BaseType::Time(0)),
        column("class", BaseType::Varchar(Some(12))),
        column("first", BaseType::Date),
        column("whole", BaseType::Varchar(Some(40))),
        column("head", BaseType::Char(10)),
        column("tail", BaseType::Varchar(Some(9))),
    ];
    let tested = table("tested", 1, columns);
    let age = || call(Function::FullYears, vec![at(1, date), today()]);
    let school = and(compare(Ge, age(), int(6)), compare(Lt, age(), int(18)));
    let tested = check(tested, "age", school);
    let leap = and(
        compare(Eq, part(DatePart::Month, at(2, date)), int(2)),
        compare(Eq, part(DatePart::Day, at(2, date)), int(29)),
    );
    let tested = check(tested, "leap", leap);
    let early = and(
        compare(Ge, part(DatePart::Hour, at(3, moment)), int(8)),
        compare(Eq, part(DatePart::Minute, at(3, moment)), int(30)),
    );
    let tested = check(tested, "early", early);
    let weekday = part(DatePart::IsoWeekday, at(3, moment));
    let tested = check(tested, "weekday", compare(Le, weekday, int(5)));
    let lasts = || call(Function::SecondsBetween, vec![at(3, moment), at(4, moment)]);
    let lesson = and(
        compare(Gt, lasts(), int(30 * 60)),
        compare(Le, lasts(), int(45 * 60)),
    );
    let tested = check(tested, "lesson", lesson);
    let bell = call(Function::CastTime, vec![at(3, moment)]);
    let tested = check(tested, "bell", compare(Eq, bell, at(5, ValueType::Time)));
    let piece = |n| {
        let arguments = vec![at(6, string), text(" — "), int(n)];
        call(Function::SplitPart, arguments)
    };
    let parallel = within(
        piece(1),
        vec![Literal::Text("7".into()), Literal::Text("11".into())],
    );
    let letter = and(
        compare(Ne, piece(2), text("")),
        compare(Eq, length(piece(2)), int(1)),
    );
    let tested = check(tested, "parallel", parallel);
    let tested = check(tested, "letter", letter);
    let day = call(Function::CastDate, vec![at(3, moment)]);
    let tested = check(tested, "first", compare(Eq, at(7, date), day));
    let year = compare(Eq, part(DatePart::Year, at(7, date)), int(2025));
    let tested = check(tested, "year", year);
    let joined = |tail| call(Function::Concat, vec![at(9, string), tail]);
    let joined = joined(call(Function::Concat, vec![text("-"), at(10, string)]));
    let tested = check(tested, "joined", compare(Eq, at(8, string), joined));
    let ends = call(Function::Concat, vec![text("№"), at(10, string)]);
    let known = ["№1", "№ 2"].map(|known| Literal::Text(known.into()));
    let tested = check(tested, "known", within(ends, known.into()));
    let (package, unbreakable) = exercise(&model(vec![tested]), 40);
    assert_eq!(unbreakable, [""; 0]);
    let rows = &package.tables[0].rows;
    assert_eq!(rows.len(), 40);
    let leap_days = rows.iter().filter(|row| row[2].is_some()).count();
    assert!((1..40).contains(&leap_days), "{leap_days}");
}
