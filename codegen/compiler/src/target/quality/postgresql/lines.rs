//! SQL as lines with an indentation, so that queries nest without their texts being touched: a
//! literal may hold a line break of its own.

/// Lines of SQL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines(Vec<(usize, String)>);

impl Lines {
    pub(super) fn new() -> Lines {
        Lines::default()
    }

    /// Adds a line.
    pub(super) fn line(&mut self, text: impl Into<String>) -> &mut Lines {
        self.0.push((0, text.into()));
        self
    }

    /// Adds lines, `depth` steps further to the right.
    pub(super) fn block(&mut self, depth: usize, lines: Lines) -> &mut Lines {
        self.0
            .extend(lines.0.into_iter().map(|(own, text)| (own + depth, text)));
        self
    }

    /// Writes `text` behind the last line.
    pub(super) fn end(&mut self, text: &str) -> &mut Lines {
        match self.0.last_mut() {
            Some((_, last)) => last.push_str(text),
            None => self.0.push((0, text.to_owned())),
        }
        self
    }

    /// Adds lines, the first of them behind the last line.
    pub(super) fn append(&mut self, lines: Lines) -> &mut Lines {
        let mut lines = lines.0.into_iter();
        if let Some((_, first)) = lines.next() {
            self.end(&first);
        }
        self.0.extend(lines);
        self
    }

    /// Whether there is no line.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds `WHERE a AND b …`, a line for each condition; nothing for none.
    pub(super) fn filter(&mut self, conditions: Vec<Lines>) -> &mut Lines {
        self.joined("WHERE ", 1, conditions)
    }

    /// Adds the conditions joined by AND, `word` before the first.
    pub(super) fn joined(
        &mut self,
        word: &str,
        depth: usize,
        conditions: Vec<Lines>,
    ) -> &mut Lines {
        for (place, condition) in conditions.into_iter().enumerate() {
            let (depth, word) = match place {
                0 => (0, word),
                _ => (depth, "AND "),
            };
            for (line, (own, text)) in condition.0.into_iter().enumerate() {
                let text = if line == 0 {
                    format!("{word}{text}")
                } else {
                    text
                };
                self.0.push((own + depth, text));
            }
        }
        self
    }
}

impl From<String> for Lines {
    fn from(text: String) -> Lines {
        Lines(vec![(0, text)])
    }
}

impl std::fmt::Display for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, (depth, text)) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            let width = depth * 4;
            write!(f, "{:width$}{text}", "")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_move_and_texts_stay() {
        let mut inner = Lines::new();
        inner.line("SELECT 'a\nb'").filter(vec![
            Lines::from("x".to_owned()),
            Lines::from("y".to_owned()),
        ]);
        let mut outer = Lines::new();
        outer.line("(").block(1, inner).line(")").end(" AS q");
        assert_eq!(
            outer.to_string(),
            "(\n    SELECT 'a\nb'\n    WHERE x\n        AND y\n) AS q"
        );
    }
}
