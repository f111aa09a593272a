"""What the tables of the two shapes hold: the ground of every engine's statements.

The same facts as `tests/bench/models` and, for `mark` of the big model, `model/tables` have them.
"""

from dataclasses import dataclass

# `record_id` of the big model.
IDENTIFIER = r"^[0-9A-Za-z_]{1,20}-[!-~]{1,79}$"


@dataclass(frozen=True)
class Column:
    """A column. `kind`: uuid, identifier, date, timestamp, int32, double, boolean or text."""

    name: str
    kind: str
    optional: bool = False
    most: int | None = None  # characters, or the largest number
    least: int | None = None
    values: tuple[str, ...] = ()
    to: str | None = None  # the table that it refers to


@dataclass(frozen=True)
class Table:
    """A table; its key is `id`. `rows` are conditions that every row has to meet, as plain SQL."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[str, ...] = ()

    def references(self):
        return [column for column in self.columns if column.to]


def parents(identifier, **tables):
    return [Table(name, (Column("id", identifier), *columns)) for name, columns in tables.items()]


MARKS = parents(
    "uuid",
    student=[Column("birth_date", "date")],
    lesson=[Column("lesson_date", "date"), Column("topic_text", "text", most=200)],
) + [
    Table(
        "mark",
        (
            Column("id", "uuid"),
            Column("student_id", "uuid", to="student"),
            Column("lesson_id", "uuid", to="lesson"),
            Column("kind_code", "text", values=("lesson", "homework", "control", "exam")),
            Column("mark", "int32", least=1, most=100),
            Column("is_final", "boolean"),
            Column("comment_text", "text", optional=True, most=500),
            Column("mark_datetime", "timestamp"),
            Column("modified_datetime", "timestamp"),
        ),
    )
]

REGION = parents(
    "identifier",
    student=[Column("start_date", "date")],
    employee=[Column("start_date", "date")],
    study_subject=[Column("subject_name", "text", most=255)],
    lesson=[Column("lesson_date", "date")],
    control_work=[Column("work_title", "text", most=500)],
) + [
    Table(
        "mark",
        (
            Column("id", "identifier"),
            Column("student_id", "identifier", to="student"),
            Column("lesson_id", "identifier", to="lesson"),
            Column("control_work_id", "identifier", optional=True, to="control_work"),
            Column("study_subject_id", "identifier", to="study_subject"),
            Column("mark_text", "text", optional=True, most=20),
            Column("numeric_mark", "double", optional=True),
            Column("is_duty", "boolean"),
            Column("weight", "double", optional=True, least=0),
            Column("comment_text", "text", optional=True),
            Column("mark_datetime", "timestamp"),
            Column("employee_id", "identifier", optional=True, to="employee"),
            Column("modified_datetime", "timestamp"),
            Column("create_datetime", "timestamp"),
            Column("send_datetime", "timestamp"),
        ),
        # A debt has no mark, and everything else has one.
        rows=("is_duty = {mark_text_is_null}",),
    )
]

SHAPES = {"marks": MARKS, "region": REGION}
