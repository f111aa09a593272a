"""DuckDB: `duckdb_peer.py SHAPE FOLDER fields|keys THREADS FORMULATION`.

Formulations, the fastest of which counts:

- `typed`: the reader makes values of the fields, one statement per file asks for the rest; keys are kept
  in a table of their own in the same pass, then counted and joined;
- `text`: the same with every field read as text and cast by the statement;
- `whole`: typed tables are loaded whole, everything is asked of them;
- `once`: no table is kept, each question reads the file.
"""

import sys
from pathlib import Path

import duckdb

from shape import IDENTIFIER, SHAPES
from usage import measure

TYPES = {
    "uuid": "UUID",
    "identifier": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP_S",
    "int32": "INTEGER",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "text": "VARCHAR",
}


def source(folder, table, as_text):
    columns = ", ".join(
        f"'{column.name}': '{'VARCHAR' if as_text else TYPES[column.kind]}'" for column in table.columns
    )
    return (
        f"read_csv('{folder / table.name}.csv', auto_detect=false, header=true, delim=';', quote='\"', "
        f"escape='\"', new_line='\\n', nullstr='', dateformat='%Y-%m-%d', "
        f"timestampformat='%Y-%m-%d %H:%M:%S', columns={{{columns}}})"
    )


def faults(table, as_text, with_keys):
    """Conditions of faulty rows. Each value is looked at, or the reader would leave it unread."""
    conditions = []
    for column in table.columns:
        name = column.name
        value = f"TRY_CAST({name} AS {TYPES[column.kind]})" if as_text else name
        if column.kind == "timestamp" and as_text:
            value = f"TRY_STRPTIME({name}, '%Y-%m-%d %H:%M:%S')"
        if not column.optional:
            conditions.append(f"{value} IS NULL")
        elif as_text and column.kind != "text":
            conditions.append(f"{name} IS NOT NULL AND {value} IS NULL")
        # What is found among keys whose form was looked at needs no second look.
        if column.kind == "identifier" and not (with_keys and column.to):
            conditions.append(f"NOT regexp_full_match({name}, '{IDENTIFIER}')")
        if column.values:
            values = ", ".join(f"'{code}'" for code in column.values)
            conditions.append(f"{name} NOT IN ({values})")
        elif column.kind == "text" and column.most:
            conditions.append(f"length({name}) > {column.most}")
        elif column.least is not None and column.most is not None:
            conditions.append(f"{value} NOT BETWEEN {column.least} AND {column.most}")
        elif column.least is not None:
            conditions.append(f"{value} < {column.least}")
        elif column.optional and not as_text:
            conditions.append(f"({value} IS NULL) IS NULL")
    for row in table.rows:
        row = row.format(mark_text_is_null="(mark_text IS NULL)")
        conditions.append(f"NOT ({row})" if not as_text else f"NOT ({row.replace('is_duty', 'is_duty::BOOLEAN')})")
    return " OR ".join(f"coalesce({condition}, false)" for condition in conditions)


def fields(run, folder, tables, formulation):
    as_text = formulation == "text"
    found = 0
    for table in tables:
        faulty = faults(table, as_text, False)
        found += run(f"SELECT count(*) FILTER (WHERE {faulty}) FROM {source(folder, table, as_text)}")
    return found


def load(run, folder, table, formulation):
    as_text = formulation == "text"
    if formulation == "whole":
        run(f"CREATE TEMP TABLE {table.name} AS SELECT * FROM {source(folder, table, False)}")
        return run(f"SELECT count(*) FILTER (WHERE {faults(table, False, True)}) FROM {table.name}")
    names = [column for column in table.columns if column.name == "id" or column.to]
    kept = ", ".join(
        f"TRY_CAST({column.name} AS UUID) AS {column.name}"
        if as_text and column.kind == "uuid"
        else column.name
        for column in names
    )
    faulty = faults(table, as_text, True)
    run(
        f"CREATE TEMP TABLE {table.name} AS SELECT {kept}, {faulty} AS is_faulty "
        f"FROM {source(folder, table, as_text)}"
    )
    return run(f"SELECT count(*) FILTER (WHERE is_faulty) FROM {table.name}")


def keys(run, folder, tables, formulation):
    found = 0
    if formulation == "once":
        for table in tables:
            read = source(folder, table, False)
            orphans = "".join(
                f" + count(*) FILTER (WHERE {column.name} NOT IN (SELECT id FROM {column.to}))"
                for column in table.references()
            )
            found += run(
                f"SELECT count(*) FILTER (WHERE {faults(table, False, True)}) "
                f"+ count(*) - count(DISTINCT id){orphans} FROM {read}"
            )
            if table is not tables[-1]:
                run(f"CREATE TEMP TABLE {table.name} AS SELECT id FROM {read}")
        return found
    for table in tables:
        found += load(run, folder, table, formulation)
        found += run(f"SELECT count(*) - count(DISTINCT id) FROM {table.name}")
        for column in table.references():
            found += run(
                f"SELECT count(*) FROM {table.name} ANTI JOIN {column.to} AS parent "
                f"ON {table.name}.{column.name} = parent.id WHERE {table.name}.{column.name} IS NOT NULL"
            )
    return found


def main():
    shape, folder, task, threads, formulation = sys.argv[1:]
    tables, folder = SHAPES[shape], Path(folder)
    database = duckdb.connect(config={"threads": int(threads)})
    database.execute("SET enable_progress_bar = false")
    database.execute("SET preserve_insertion_order = false")

    def run(statement):
        row = database.execute(statement).fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    measure(lambda: {"fields": fields, "keys": keys}[task](run, folder, tables, formulation))


main()
