//! Check digits as SQL functions of the schema: one per algorithm that the model uses.
//!
//! Each takes the text as it is stored and is true when the runtime's function of the same name
//! accepts it, form included; null stays null, so an absent value passes its CHECK. The checks are
//! single expressions and not STRICT, because that lets the server put them into the constraint
//! instead of calling them; their loops are in PL/pgSQL, which costs a tenth of a subquery.

use std::collections::BTreeSet;

use super::{expr, identifier};
use crate::model::{Algorithm, CheckSeverity, Model, Requirement, Table};

/// The condition that the text of `column` passes `algorithm`.
pub(super) fn call(model: &Model, algorithm: Algorithm, column: &str) -> String {
    let schema = identifier(&model.showcase().mnemonic);
    format!("{schema}.check_{}({column})", algorithm.name())
}

/// The statements that make the functions that the model's columns call.
pub(super) fn definitions(model: &Model) -> String {
    let used: BTreeSet<&str> = model
        .tables()
        .iter()
        .flat_map(|table| &table.columns)
        .filter(|column| column.ty.base.is_text())
        .filter_map(|column| model.form_of(&column.ty)?.algorithm)
        .map(Algorithm::name)
        .collect();
    let algorithms: Vec<_> = Algorithm::ALL
        .into_iter()
        .filter(|(name, _)| used.contains(name))
        .map(|(_, algorithm)| algorithm)
        .collect();
    let adds_days = model.tables().iter().any(adds_days);
    functions(
        &identifier(&model.showcase().mnemonic),
        &algorithms,
        adds_days,
    )
}

/// Whether a constraint of the table calls `add_days`.
fn adds_days(table: &Table) -> bool {
    let mut checks = table
        .checks
        .iter()
        .filter(|check| check.severity == CheckSeverity::Error);
    checks.any(|check| expr::adds_days(&check.expr))
        || table.columns.iter().any(|column| {
            matches!(&column.requirement, Requirement::When(condition) if expr::adds_days(condition))
        })
}

/// The statements that make the functions of `algorithms` in `schema` (an identifier, in quotes if
/// it needs them), their helpers first, and `add_days` if asked for.
pub fn functions(schema: &str, algorithms: &[Algorithm], adds_days: bool) -> String {
    let mut sql = String::new();
    if adds_days {
        sql.push_str(ADD_DAYS);
    }
    let any = |list: &[Algorithm]| algorithms.iter().any(|algorithm| list.contains(algorithm));
    if any(&[Algorithm::Snils, Algorithm::Inn]) {
        sql.push_str(WEIGHTED_SUM);
    }
    if any(&[Algorithm::Okpo, Algorithm::Okato]) {
        sql.push_str(CLASSIFIER_DIGIT);
    }
    for algorithm in algorithms {
        sql.push_str(body(*algorithm));
    }
    sql.replace("{schema}", schema)
}

fn body(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Snils => SNILS,
        Algorithm::Inn => INN,
        Algorithm::Ogrn => OGRN,
        Algorithm::Okpo => OKPO,
        Algorithm::Okato => OKATO,
        Algorithm::AcademicYear => ACADEMIC_YEAR,
    }
}

const WEIGHTED_SUM: &str = "
-- Сумма произведений цифр на веса; цифр не меньше, чем весов.
CREATE OR REPLACE FUNCTION {schema}.weighted_sum(digits text, weights integer[])
    RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    total integer := 0;
BEGIN
    FOR place IN 1..array_length(weights, 1) LOOP
        total := total + weights[place] * substr(digits, place, 1)::integer;
    END LOOP;
    RETURN total;
END $$;
";

const CLASSIFIER_DIGIT: &str = "
-- Последняя цифра — контрольная по ПР 50.1.024-2005. Веса 1, 2, 3 … 10, 1 …; при остатке 10 веса
-- сдвигаются на два, и остаток 10 значит ноль. С девятой цифры сдвинутые веса понимают по-разному
-- (1, 2 …; 11, 12 …; 2, 3 …): подходит любое прочтение.
CREATE OR REPLACE FUNCTION {schema}.classifier_digit(value text)
    RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    last integer := right(value, 1)::integer;
    digit integer;
    first integer := 0;
    shifted integer := 0;
    tail integer := 0;
BEGIN
    FOR place IN 1..length(value) - 1 LOOP
        digit := substr(value, place, 1)::integer;
        first := first + digit * (mod(place - 1, 10) + 1);
        IF place < 9 THEN
            shifted := shifted + digit * (place + 2);
        ELSE
            -- Девятый вес здесь 0, что по модулю 11 то же, что 11.
            shifted := shifted + digit * (place - 9);
            tail := tail + digit;
        END IF;
    END LOOP;
    IF mod(first, 11) < 10 THEN
        RETURN last = mod(first, 11);
    END IF;
    RETURN last IN (
        mod(mod(shifted, 11), 10),
        mod(mod(shifted + tail, 11), 10),
        mod(mod(shifted + 2 * tail, 11), 10)
    );
END $$;
";

const ADD_DAYS: &str = "
-- День через столько-то дней; вне годов 0001–9999 его нет.
CREATE OR REPLACE FUNCTION {schema}.add_days(day date, days numeric)
    RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN days BETWEEN DATE '0001-01-01' - day AND DATE '9999-12-31' - day
            THEN day + days::integer
    END;
";

const SNILS: &str = "
-- СНИЛС: контрольное число проверяется у номеров больше 001-001-998.
CREATE OR REPLACE FUNCTION {schema}.check_snils(value text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value IS NULL THEN NULL
        WHEN value !~ '^[0-9]{11}$' THEN false
        WHEN left(value, 9)::integer <= 1001998 THEN true
        ELSE mod(mod({schema}.weighted_sum(value, '{9,8,7,6,5,4,3,2,1}'), 101), 100)
            = right(value, 2)::integer
    END;
";

const INN: &str = "
-- ИНН: 10 цифр с одной контрольной или 12 с двумя; региона 00 нет.
CREATE OR REPLACE FUNCTION {schema}.check_inn(value text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value IS NULL THEN NULL
        WHEN value ~ '^00' THEN false
        WHEN value ~ '^[0-9]{10}$' THEN
            mod(mod({schema}.weighted_sum(value, '{2,4,10,3,5,9,4,6,8}'), 11), 10)
                = right(value, 1)::integer
        WHEN value ~ '^[0-9]{12}$' THEN
            mod(mod({schema}.weighted_sum(value, '{7,2,4,10,3,5,9,4,6,8}'), 11), 10)
                = substr(value, 11, 1)::integer
            AND mod(mod({schema}.weighted_sum(value, '{3,7,2,4,10,3,5,9,4,6,8}'), 11), 10)
                = right(value, 1)::integer
        ELSE false
    END;
";

const OGRN: &str = "
-- ОГРН: 13 цифр, остаток от деления на 11; ОГРНИП: 15 цифр, остаток от деления на 13.
CREATE OR REPLACE FUNCTION {schema}.check_ogrn(value text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value IS NULL THEN NULL
        WHEN value ~ '^[15][0-9]{12}$' THEN
            mod(mod(left(value, 12)::bigint, 11), 10) = right(value, 1)::bigint
        WHEN value ~ '^3[0-9]{14}$' THEN
            mod(mod(left(value, 14)::bigint, 13), 10) = right(value, 1)::bigint
        ELSE false
    END;
";

const OKPO: &str = "
-- ОКПО: 8 или 10 цифр, последняя контрольная.
CREATE OR REPLACE FUNCTION {schema}.check_okpo(value text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value IS NULL THEN NULL
        WHEN value ~ '^([0-9]{8}|[0-9]{10})$' THEN
            {schema}.classifier_digit(value)
        ELSE false
    END;
";

const OKATO: &str = "
-- ОКАТО: 3, 6, 9 или 12 цифр, последняя контрольная; 2, 5, 8 или 11 — без контрольной.
CREATE OR REPLACE FUNCTION {schema}.check_okato(value text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value IS NULL THEN NULL
        WHEN value ~ '^([0-9]{2}|[0-9]{5}|[0-9]{8}|[0-9]{11})$' THEN true
        WHEN value ~ '^([0-9]{3}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' THEN
            {schema}.classifier_digit(value)
        ELSE false
    END;
";

const ACADEMIC_YEAR: &str = "
-- Учебный год ГГГГ/ГГГГ: второй год следует за первым.
CREATE OR REPLACE FUNCTION {schema}.check_academic_year(value text)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN value IS NULL THEN NULL
        WHEN value ~ '^[0-9]{4}/[0-9]{4}$' THEN
            left(value, 4)::integer + 1 = right(value, 4)::integer
        ELSE false
    END;
";
