"""ClickHouse within the process (chdb): `clickhouse_peer.py SHAPE FOLDER fields|keys THREADS FORMULATION`.

Formulations, the fastest of which counts:

- `typed`: the reader makes values of the fields; keys and references are asked in the same statement, so
  that a file is read once and nothing of it is kept but keys;
- `text`: the same with every field read as text and parsed by the statement;
- `whole`: typed tables are loaded whole, everything is asked of them, references by joins.
"""

import sys
from pathlib import Path

from chdb import session

from shape import IDENTIFIER, SHAPES
from usage import measure

TYPES = {
    "uuid": "UUID",
    "identifier": "String",
    "date": "Date32",
    "timestamp": "DateTime('UTC')",
    "int32": "Int32",
    "double": "Float64",
    # `Bool` is not read out of quotes.
    "boolean": "Enum8('false' = 0, 'true' = 1)",
    "text": "String",
}
PARSERS = {
    "uuid": "toUUIDOrNull({})",
    "date": "toDate32OrNull({})",
    "timestamp": "toDateTimeOrNull({}, 'UTC')",
    "int32": "toInt32OrNull({})",
    "double": "toFloat64OrNull({})",
}

# Nothing is wrong with these once they are values; conditions that have them read.
UNSEEN = {
    "uuid": "{} = toUUID('ffffffff-ffff-ffff-ffff-ffffffffffff')",
    "date": "{} < toDate32('1900-01-01')",
    "timestamp": "{} = toDateTime(4294967295, 'UTC')",
    "double": "ifNull(isNaN({}), 0)",
    "boolean": "toInt8({}) > 100",
}
# A boolean, be it read as text or not.
IS_DUTY = "(is_duty = 'true')"


def source(folder, table, as_text):
    columns = []
    for column in table.columns:
        kind = "String" if as_text else TYPES[column.kind]
        if column.values and not as_text:
            kind = "Enum8(" + ", ".join(f"'{code}' = {number}" for number, code in enumerate(column.values)) + ")"
        if column.optional and kind != "String":
            kind = f"Nullable({kind})"
        columns.append(f"{column.name} {kind}")
    structure = ", ".join(columns).replace("'", "\\'")
    return f"file('{folder / table.name}.csv', 'CSVWithNames', '{structure}')"


def faults(table, as_text, with_keys):
    """Conditions of faulty rows. Each value is looked at, or the reader would leave it unread."""
    conditions = []
    for column in table.columns:
        name = column.name
        # An empty field is text without characters.
        is_text = as_text or TYPES[column.kind] == "String"
        given = f"{name} != '' AND " if column.optional and is_text else ""
        if as_text and column.kind == "boolean":
            conditions.append(f"{name} NOT IN ('true', 'false')")
            continue
        parsed = as_text and column.kind in PARSERS
        value = PARSERS[column.kind].format(name) if parsed else name
        if parsed:
            conditions.append(f"{given}{value} IS NULL")
        elif column.kind == "identifier":
            if not (with_keys and column.to):
                conditions.append(f"{given}NOT match({name}, '{IDENTIFIER}')")
        elif column.values and not as_text:
            conditions.append(UNSEEN["boolean"].format(name))
        elif column.values:
            values = ", ".join(f"'{code}'" for code in column.values)
            conditions.append(f"{name} NOT IN ({values})")
        elif column.kind == "text":
            if not column.optional:
                conditions.append(f"{name} = ''")
            conditions.append(f"lengthUTF8({name}) > {column.most or 1 << 40}")
        elif column.kind in UNSEEN:
            conditions.append(UNSEEN[column.kind].format(name))
        if column.least is not None and column.most is not None:
            conditions.append(f"{value} NOT BETWEEN {column.least} AND {column.most}")
        elif column.least is not None:
            conditions.append(f"ifNull({value} < {column.least}, 0)")
    for row in table.rows:
        row = row.format(mark_text_is_null="(mark_text = '')")
        conditions.append(f"NOT ({row.replace('is_duty', IS_DUTY)})")
    return " OR ".join(f"({condition})" for condition in conditions)


def given(column):
    """Of a reference that may be empty: whether it is not."""
    if not column.optional:
        return "1"
    return f"{column.name} != ''"


def fields(run, folder, tables, formulation):
    as_text = formulation == "text"
    return sum(
        run(f"SELECT countIf({faults(table, as_text, False)}) FROM {source(folder, table, as_text)}")
        for table in tables
    )


def load(run, name, columns, read):
    run(f"CREATE TABLE {name} ENGINE = Memory EMPTY AS SELECT {columns} FROM {read}")
    run(f"INSERT INTO {name} SELECT {columns} FROM {read}")


def keys(run, folder, tables, formulation):
    found = 0
    for table in tables:
        as_text = formulation == "text"
        name, read = table.name, source(folder, table, as_text)
        faulty = faults(table, as_text, True)
        key = "toUUIDOrNull(id)" if as_text and table.columns[0].kind == "uuid" else "id"
        if formulation == "whole":
            load(run, name, "*", read)
            found += run(f"SELECT countIf({faulty}) + count() - uniqExact(id) FROM {name}")
            for column in table.references():
                found += run(
                    f"SELECT count() FROM {name} LEFT ANTI JOIN {column.to} AS parent "
                    f"ON {name}.{column.name} = parent.id WHERE {given(column)}"
                )
            continue
        orphans = "".join(
            f" + countIf({given(column)} AND {column.name} NOT IN (SELECT id FROM {column.to}))"
            for column in table.references()
        )
        found += run(f"SELECT countIf({faulty}) + count() - uniqExact({key}){orphans} FROM {read}")
        if table is not tables[-1]:
            load(run, name, "id", read)
    return found


def main():
    shape, folder, task, threads, formulation = sys.argv[1:]
    tables, folder = SHAPES[shape], Path(folder).resolve()
    engine = session.Session()
    settings = {
        "max_threads": threads,
        "max_parsing_threads": threads,
        "input_format_parallel_parsing": int(threads != "1"),
        "format_csv_delimiter": "';'",
        "format_csv_allow_single_quotes": 0,
        "input_format_csv_empty_as_default": 0,
        "input_format_defaults_for_omitted_fields": 0,
        "input_format_null_as_default": 0,
        "date_time_input_format": "'basic'",
    }
    for name, value in settings.items():
        engine.query(f"SET {name} = {value}")
    engine.query("CREATE DATABASE IF NOT EXISTS bench ENGINE = Memory")
    engine.query("USE bench")

    def run(statement):
        answer = str(engine.query(statement, "TSV")).strip()
        return int(answer) if answer else 0

    measure(lambda: {"fields": fields, "keys": keys}[task](run, folder, tables, formulation))


main()
