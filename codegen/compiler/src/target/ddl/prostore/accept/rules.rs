//! What the executor checks behind the grammar: names and keys.

use super::{CreateTable, Name, Refusal, Rule, Statement};
use crate::target::ddl::prostore::{
    INFORMATION_SCHEMA, MAX_NAME, Profile, has_form, is_reserved, is_system_column,
};

/// Refuses a statement whose names or keys the server does not take.
pub(super) fn check(profile: Profile, statement: &Statement) -> Result<(), Refusal> {
    match statement {
        Statement::CreateDatabase(database) => {
            name(profile, &database.name)?;
            match database.name.text == INFORMATION_SCHEMA {
                true => refuse(Rule::ReservedDatabase, &database.name),
                false => Ok(()),
            }
        }
        Statement::CreateTable(table) => create_table(profile, table),
    }
}

/// The statement as it takes effect: columns of the primary key are NOT NULL whatever was written.
pub(super) fn settled(mut statement: Statement) -> Statement {
    if let Statement::CreateTable(table) = &mut statement {
        for column in &mut table.columns {
            let in_key = table
                .primary_key
                .iter()
                .any(|key| key.text == column.name.text);
            column.required |= in_key;
        }
    }
    statement
}

fn refuse<T>(rule: Rule, name: &Name) -> Result<T, Refusal> {
    let at = name.at.clone();
    Err(Refusal { rule, at })
}

fn name(profile: Profile, name: &Name) -> Result<(), Refusal> {
    if is_reserved(profile, &name.text) {
        refuse(Rule::ReservedWord, name)
    } else if !has_form(&name.text) {
        refuse(Rule::NameForm, name)
    } else if name.text.len() > MAX_NAME {
        refuse(Rule::NameTooLong, name)
    } else {
        Ok(())
    }
}

fn create_table(profile: Profile, table: &CreateTable) -> Result<(), Refusal> {
    if let Some(database) = &table.database {
        name(profile, database)?;
    }
    name(profile, &table.name)?;
    for (place, column) in table.columns.iter().enumerate() {
        // A system column of line 7 is a reserved word too; the narrower rule says more.
        if is_system_column(&column.name.text) {
            return refuse(Rule::SystemColumn, &column.name);
        }
        name(profile, &column.name)?;
        let before = table.columns.iter().take(place);
        if before
            .clone()
            .any(|other| other.name.text == column.name.text)
        {
            return refuse(Rule::ColumnRepeated, &column.name);
        }
    }
    key(table, &table.primary_key)?;
    key(table, &table.distributed_by)?;
    for column in &table.distributed_by {
        if !table.primary_key.iter().any(|key| key.text == column.text) {
            return refuse(Rule::DistributedByOutsideKey, column);
        }
    }
    Ok(())
}

fn key(table: &CreateTable, columns: &[Name]) -> Result<(), Refusal> {
    for (place, column) in columns.iter().enumerate() {
        if !table
            .columns
            .iter()
            .any(|other| other.name.text == column.text)
        {
            return refuse(Rule::KeyColumnUnknown, column);
        }
        if columns
            .iter()
            .take(place)
            .any(|other| other.text == column.text)
        {
            return refuse(Rule::KeyColumnRepeated, column);
        }
    }
    Ok(())
}
