//! Which rule of the model a check of a package stands for: its code, weight and side of quality.
//!
//! The model's rules name structures (required columns, references, the form of CSV files …); findings
//! have codes. Here one is found for the other, and nowhere else.

use vitrina_codegen::model::{
    Assertion, AssertionBody, CheckSeverity, ColumnId, Metric, Model, Requirement, Rule, Structure,
    Table, TableId,
};

use crate::{Area, Code, GroupKey, code};

/// The rules of a model by what their structures say.
#[derive(Debug)]
pub struct Attribution<'m> {
    model: &'m Model,
    structures: Vec<(&'m Rule, &'m Assertion, &'m Structure)>,
}

/// What a finding counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributed<'m> {
    /// The code of the assertion that says it; none when the model has no such rule.
    pub rule: Option<&'m str>,
    /// The weight of a breach.
    pub severity: CheckSeverity,
    /// The side of quality that is measured.
    pub metric: Metric,
}

/// Which lines of a table are judged for a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Those whose fields could be told.
    Rows,
    /// All of them.
    Lines,
}

impl<'m> Attribution<'m> {
    /// Gathers a model's rules.
    pub fn new(model: &'m Model) -> Attribution<'m> {
        let of_rule = |rule: &'m Rule| {
            rule.assertions
                .iter()
                .filter_map(move |assertion| match &assertion.body {
                    AssertionBody::Structure(structure) => Some((rule, assertion, structure)),
                    AssertionBody::Rows(_) => None,
                })
        };
        Attribution {
            model,
            structures: model.rules().iter().flat_map(of_rule).collect(),
        }
    }

    /// What findings of a group count as.
    pub fn of_group(&self, key: &GroupKey<'_>) -> Attributed<'m> {
        self.of(key.code, key.table, &key.columns, key.rule)
    }

    /// What a finding counts as: by the first rule that says it, else by its code. A row check has its
    /// own weight, an assertion its own of everything.
    pub fn of(
        &self,
        code: Code,
        table: Option<TableId>,
        columns: &[ColumnId],
        rule: Option<&str>,
    ) -> Attributed<'m> {
        let first = self.all(code, table, columns, rule).into_iter().next();
        let mut attributed = first.unwrap_or(Attributed {
            rule: None,
            severity: code.severity(),
            metric: default_metric(code),
        });
        if code == code::ROW_CHECK {
            let checks = table.map(|id| self.model.table(id).checks.as_slice());
            let mut checks = checks.unwrap_or_default().iter();
            if let Some(check) = checks.find(|check| Some(check.code.as_str()) == rule) {
                attributed.severity = check.severity;
            }
        }
        attributed
    }

    /// Everything that a finding counts as: by each rule that says it, in the model's order; nothing when
    /// there is none.
    pub fn all(
        &self,
        code: Code,
        table: Option<TableId>,
        columns: &[ColumnId],
        rule: Option<&str>,
    ) -> Vec<Attributed<'m>> {
        if code == code::RULE {
            return self.assertion(rule).into_iter().collect();
        }
        let says = |structure: &Structure| self.says(structure, code, table, columns, rule);
        self.structures
            .iter()
            .filter(|(_, _, structure)| says(structure))
            .map(|(rule, assertion, _)| attributed(rule, assertion))
            .collect()
    }

    /// What rows that a finding is about are marked as: [`Attribution::all`], or the one default.
    pub fn marks(
        &self,
        code: Code,
        table: TableId,
        columns: &[ColumnId],
        rule: Option<&str>,
    ) -> Vec<(Metric, CheckSeverity)> {
        let mut marks: Vec<(Metric, CheckSeverity)> = self
            .all(code, Some(table), columns, rule)
            .iter()
            .map(|one| (one.metric, one.severity))
            .collect();
        if marks.is_empty() {
            let one = self.of(code, Some(table), columns, rule);
            marks.push((one.metric, one.severity));
        }
        marks
    }

    fn assertion(&self, code: Option<&str>) -> Option<Attributed<'m>> {
        let rules = self.model.rules().iter();
        rules
            .flat_map(|rule| rule.assertions.iter().map(move |one| (rule, one)))
            .find(|(_, one)| Some(one.code.as_str()) == code)
            .map(|(rule, one)| attributed(rule, one))
    }

    fn says(
        &self,
        structure: &Structure,
        code: Code,
        table: Option<TableId>,
        columns: &[ColumnId],
        rule: Option<&str>,
    ) -> bool {
        let form = || {
            let column = self
                .model
                .table(table?)
                .columns
                .get(columns.first()?.index())?;
            self.model.form_id_of(&column.ty)
        };
        match structure {
            Structure::CsvEncoding => ENCODING.contains(&code),
            Structure::CsvHeader => HEADER.contains(&code),
            Structure::CsvQuoting => QUOTING.contains(&code),
            Structure::CsvFieldCount => FIELD_COUNT.contains(&code),
            Structure::CsvControl => CONTROL.contains(&code),
            Structure::CsvNull => code == code::NULL_FORM,
            Structure::CsvDates => code == code::DATE,
            Structure::CsvTables => TABLES.contains(&code),
            Structure::Required => [code::REQUIRED, code::REQUIRED_WHEN].contains(&code),
            Structure::References => code == code::ORPHAN,
            Structure::PrimaryKeys => code == code::PRIMARY_KEY,
            Structure::Deletions => code == code::DELETED,
            Structure::Codes => code == code::CODE,
            Structure::Hashes => code == code::HASH,
            Structure::Kinds => code == code::KIND,
            Structure::Types(ids) => {
                TYPES.contains(&code) && form().is_some_and(|id| ids.contains(&id))
            }
            Structure::Checks(codes) => {
                code == code::ROW_CHECK
                    && rule.is_some_and(|rule| codes.iter().any(|known| known == rule))
            }
            Structure::FreeText(_) => code == code::FREE_TEXT,
        }
    }

    /// What every row of a table that the package holds is judged for by the scan and by keys, with or
    /// without a finding. References count once one of their targets is there.
    pub fn judged(
        &self,
        table: &'m Table,
        holds: impl Fn(TableId) -> bool,
    ) -> Vec<(Metric, Extent)> {
        let model = self.model;
        let applies = |structure: &Structure| match structure {
            Structure::CsvEncoding
            | Structure::CsvQuoting
            | Structure::CsvFieldCount
            | Structure::CsvControl => Some(Extent::Lines),
            Structure::CsvNull => Some(Extent::Rows),
            Structure::CsvDates => rows(table.columns.iter().any(|column| {
                use vitrina_codegen::model::ValueType::{Date, Time, Timestamp};
                matches!(column.ty.base.value_type(), Date | Time | Timestamp)
            })),
            Structure::Required => {
                let mut columns = table.columns.iter();
                rows(columns.any(|one| !matches!(one.requirement, Requirement::Optional)))
            }
            Structure::References => rows(table.foreign_keys.iter().any(|key| holds(key.table))),
            Structure::PrimaryKeys => Some(Extent::Rows),
            Structure::Codes => {
                let mut columns = table.columns.iter();
                rows(columns.any(|column| model.closed_list_of(&column.ty).is_some()))
            }
            Structure::Hashes => rows(table.columns.iter().any(|column| {
                let form = model.form_of(&column.ty);
                form.is_some_and(|form| form.hash_of.is_some())
            })),
            Structure::Types(ids) => rows(table.columns.iter().any(|column| {
                let form = model.form_id_of(&column.ty);
                form.is_some_and(|form| ids.contains(&form))
            })),
            Structure::Checks(codes) => {
                rows(table.checks.iter().any(|check| codes.contains(&check.code)))
            }
            Structure::FreeText(_) => rows(model.free_text_of(table).next().is_some()),
            Structure::CsvHeader
            | Structure::CsvTables
            | Structure::Deletions
            | Structure::Kinds => None,
        };
        let judged = self.structures.iter();
        judged
            .filter_map(|(rule, _, structure)| Some((rule.metric, applies(structure)?)))
            .collect()
    }
}

fn rows(are_judged: bool) -> Option<Extent> {
    are_judged.then_some(Extent::Rows)
}

fn attributed<'m>(rule: &'m Rule, assertion: &'m Assertion) -> Attributed<'m> {
    Attributed {
        rule: Some(&assertion.code),
        severity: assertion.severity,
        metric: rule.metric,
    }
}

const ENCODING: [Code; 5] = [
    code::UTF_16,
    code::WINDOWS_1251,
    code::BYTE_ORDER_MARK,
    code::NOT_TEXT,
    code::NOT_UTF_8,
];

const HEADER: [Code; 7] = [
    code::NO_HEADER,
    code::HEADER_CASE,
    code::HEADER_ORDER,
    code::HEADER_LOOK_ALIKE,
    code::HEADER_REPEATED,
    code::HEADER,
    code::HEADER_QUOTED,
];

const QUOTING: [Code; 4] = [
    code::SEPARATOR,
    code::UNQUOTED,
    code::OPEN_QUOTE,
    code::STRAY_QUOTE,
];

const FIELD_COUNT: [Code; 4] = [
    code::FIELD_COUNT,
    code::CUT,
    code::EMPTY_LINE,
    code::LONG_LINE,
];

const CONTROL: [Code; 4] = [
    code::CARRIAGE_RETURN,
    code::NUL,
    code::LINE_BREAK,
    code::CONTROL,
];

const TABLES: [Code; 4] = [
    code::UNKNOWN_FILE,
    code::SECOND_FILE,
    code::FILE_CASE,
    code::SUBFOLDER,
];

/// A text that should be a hash and is none has not the form of its type either.
const TYPES: [Code; 5] = [
    code::PATTERN,
    code::CHECK_DIGIT,
    code::TOO_LONG,
    code::LENGTH,
    code::HASH,
];

/// The side of quality of what no rule of the model speaks of.
fn default_metric(code: Code) -> Metric {
    match code {
        code::REQUIRED | code::REQUIRED_WHEN | code::MISSING_TABLE | code::KIND => {
            Metric::Completeness
        }
        code::CODE => Metric::Consistency,
        code::DELETED => Metric::Linkage,
        _ => match code.area() {
            Area::Package | Area::File | Area::Row | Area::Field => Metric::Format,
            Area::Check | Area::Rule => Metric::Consistency,
            Area::Key => Metric::Uniqueness,
            Area::Reference => Metric::Linkage,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::model;

    #[test]
    fn codes_find_their_rules() {
        let model = model("model");
        let attribution = Attribution::new(&model);
        let person = model.find_table("person").unwrap();
        let of = |code| attribution.of(code, Some(person.id), &[], None);
        assert_eq!(of(code::UNQUOTED).rule, Some("FMT-03"));
        assert_eq!(of(code::REQUIRED).rule, Some("CMP-01.a"));
        assert_eq!(of(code::REQUIRED).metric, Metric::Completeness);
        assert_eq!(of(code::ORPHAN).metric, Metric::Linkage);
        assert_eq!(of(code::FREE_TEXT).severity, CheckSeverity::Warning);
        let type_fault = of(code::TYPE);
        assert_eq!((type_fault.rule, type_fault.metric), (None, Metric::Format));
        let hash = person.find_column("snils_hash").unwrap().id;
        let hashed = attribution.all(code::HASH, Some(person.id), &[hash], None);
        assert!(!hashed.is_empty() && hashed.iter().all(|one| one.metric == Metric::Format));
    }

    #[test]
    fn a_check_keeps_its_own_weight() {
        let model = model("model");
        let attribution = Attribution::new(&model);
        let mut listed = 0;
        for table in model.tables() {
            for check in &table.checks {
                let rule = Some(check.code.as_str());
                let one = attribution.of(code::ROW_CHECK, Some(table.id), &[], rule);
                assert_eq!(one.severity, check.severity, "{}", check.code);
                listed += usize::from(one.rule.is_some());
            }
        }
        assert!(listed > 40, "{listed}");
    }

    #[test]
    fn assertions_are_their_own() {
        let model = model("model");
        let attribution = Attribution::new(&model);
        for rule in model.rules() {
            for assertion in &rule.assertions {
                let one = attribution.of(code::RULE, None, &[], Some(&assertion.code));
                assert_eq!(
                    (one.rule, one.metric),
                    (Some(&*assertion.code), rule.metric)
                );
            }
        }
    }
}
