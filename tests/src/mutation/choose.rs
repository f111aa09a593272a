//! Which changes a package gets: each table at most one, so that each can be told apart.

use super::changed::{Changed, ManifestChange};
use super::field::Field;
use super::{Base, file, names, row};
use crate::random::Random;

/// How often another change is drawn for a table, when the one before did not fit.
const TRIES: usize = 12;

/// A package with so many changes as asked, or as many as it has tables.
pub fn change<'b>(base: &'b Base, most: usize, random: &mut Random) -> Changed<'b> {
    let mut changed = Changed::new(base);
    let mut tables: Vec<usize> = (0..base.tables.len()).collect();
    // A package whose manifest is at fault has no further fault that a manifest tells.
    let has_manifest = random.below(4) == 0;
    if has_manifest {
        let at = random.below(tables.len() as u64) as usize;
        let mutation = names::manifest(&mut changed, tables.swap_remove(at), random);
        changed.mutations.push(mutation.of("manifest"));
    }
    let is_listed = !matches!(changed.manifest, None | Some(ManifestChange::Cut));
    while changed.mutations.len() < most && !tables.is_empty() {
        let at = tables.swap_remove(random.below(tables.len() as u64) as usize);
        for _ in 0..TRIES {
            let before = changed.said.clone();
            let (group, mutation) = match random.below(20) {
                0 if !is_listed => ("package", names::change(&mut changed, at, random)),
                0..=2 => ("file", file::change(&mut changed, at, random)),
                3..=9 => ("row", row::change(base, &mut changed.tables[at], random)),
                _ => ("field", of_field(&mut changed, at, random)),
            };
            if let Some(mutation) = mutation {
                changed.tables[at].is_touched = true;
                changed.mutations.push(mutation.of(group));
                break;
            }
            changed.said = before;
        }
    }
    changed
}

fn of_field(changed: &mut Changed<'_>, at: usize, random: &mut Random) -> Option<super::Mutation> {
    let base = changed.base;
    let row = random.below(base.tables[at].lines.len() as u64) as usize;
    let name = changed.tables[at].names[0].0.clone();
    let field = Field {
        base,
        at,
        row,
        file: &name,
    };
    let (line, mutation) = field.change(random)?;
    changed.tables[at].lines[row] = line;
    Some(mutation)
}
