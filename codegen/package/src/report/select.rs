//! A report cut down to some tables.

use super::data::{Report, Severities};

impl Report {
    /// Keeps findings, figures and what was not checked of these tables, and what concerns the package as a
    /// whole. The shares of the package, its indicators and what was left out beyond the limit stay those
    /// of everything.
    pub fn keep_tables(&mut self, names: &[String]) {
        let is_kept =
            |table: &Option<String>| table.as_ref().is_none_or(|name| names.contains(name));
        self.tables.retain(|table| names.contains(&table.name));
        self.findings.retain(|finding| is_kept(&finding.table));
        self.checks.retain(|check| is_kept(&check.table));
        for skipped in &mut self.unchecked {
            skipped.parts.retain(|part| is_kept(&part.table));
        }
        self.unchecked.retain(|skipped| !skipped.parts.is_empty());
        self.totals = self.omitted.findings;
        let (mut new, mut known) = (self.omitted.findings, Severities::default());
        for finding in &self.findings {
            self.totals.add(finding.severity, finding.count);
            new.add(finding.severity, finding.fresh());
            known.add(
                finding.severity,
                finding.count.saturating_sub(finding.fresh()),
            );
        }
        if let Some(comparison) = &mut self.comparison {
            comparison.gone.retain(|gone| is_kept(&gone.table));
            (comparison.new, comparison.known) = (new, known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::report;

    #[test]
    fn only_the_tables_asked_for_are_left_and_counted() {
        let mut report = report();
        let whole = report.totals;
        report.keep_tables(&["attendance".to_owned()]);
        assert_eq!(report.tables.len(), 1);
        let mut others = report
            .findings
            .iter()
            .filter_map(|one| one.table.as_deref());
        assert!(others.all(|table| table == "attendance"));
        assert!(report.findings.iter().any(|one| one.table.is_none()));
        let errors: u64 = report
            .findings
            .iter()
            .filter(|one| one.severity.name() == "error")
            .map(|one| one.count)
            .sum();
        assert_eq!(report.totals.errors, errors);
        assert!(errors < whole.errors);
    }
}
