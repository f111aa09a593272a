"""Packages with one fault each, to see that every engine looks at what it says it does."""

import csv
import shutil

UNKNOWN = {"marks": "00000000-0000-4000-8000-000000000000", "region": "ESH-999999999"}

# Name, column, and the new value of row 7 from the old one.
EDITS = {
    "marks": [
        ("a key without a digit", "id", lambda old: old[:-1]),
        ("a key with a letter beyond f", "id", lambda old: "g" + old[1:]),
        ("no key", "id", lambda old: ""),
        ("a reference that is no key", "student_id", lambda old: "x"),
        ("no reference", "lesson_id", lambda old: ""),
        ("a code that is not in the list", "kind_code", lambda old: "quiz"),
        ("no code", "kind_code", lambda old: ""),
        ("a mark that is no number", "mark", lambda old: "five"),
        ("a mark with a fraction", "mark", lambda old: "4.5"),
        ("a mark beyond the range", "mark", lambda old: "101"),
        ("a mark below the range", "mark", lambda old: "0"),
        ("no mark", "mark", lambda old: ""),
        ("no boolean", "is_final", lambda old: ""),
        ("a boolean that is none", "is_final", lambda old: "maybe"),
        ("a text that is too long", "comment_text", lambda old: "ё" * 501),
        ("a day that does not exist", "mark_datetime", lambda old: "2025-02-30" + old[10:]),
        ("a month that does not exist", "mark_datetime", lambda old: "2025-13-01" + old[10:]),
        ("an hour that does not exist", "modified_datetime", lambda old: old[:11] + "25:00:00"),
        ("no timestamp", "modified_datetime", lambda old: ""),
    ],
    "region": [
        ("a key without a prefix", "id", lambda old: old[4:]),
        ("no key", "id", lambda old: ""),
        ("a key with a blank", "id", lambda old: old + " 1"),
        ("a key of Cyrillic letters", "id", lambda old: "ЕШН-1"),
        ("a reference of another form", "student_id", lambda old: old[4:]),
        ("no reference", "lesson_id", lambda old: ""),
        ("a text that is too long", "mark_text", lambda old: "5" * 21),
        ("a number that is none", "numeric_mark", lambda old: "five"),
        ("a boolean that is none", "is_duty", lambda old: "maybe"),
        ("a debt with a mark", "is_duty", lambda old: "false" if old == "true" else "true"),
        ("a weight below the range", "weight", lambda old: "-1"),
        ("a day that does not exist", "mark_datetime", lambda old: "2025-02-30" + old[10:]),
        ("no timestamp", "send_datetime", lambda old: ""),
    ],
}
KEYS = {
    "marks": ["student_id", "lesson_id"],
    "region": ["student_id", "lesson_id", "control_work_id", "study_subject_id", "employee_id"],
}


def plant(shape, folder, out):
    """Yields (name, whether it needs keys, folder) for each fault; the folder lives until the next one."""
    with open(folder / "mark.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(folder, out)
    edits = [(name, False, column, change) for name, column, change in EDITS[shape]]
    edits += [
        (f"`{column}` that is not there", True, column, lambda old: UNKNOWN[shape]) for column in KEYS[shape]
    ]
    edits.append(("a key twice", True, "id", lambda old: rows[5][0]))
    for name, with_keys, column, change in edits:
        place = header.index(column)
        changed = [list(row) for row in rows]
        changed[7][place] = change(changed[7][place])
        with open(out / "mark.csv", "w", encoding="utf-8", newline="") as file:
            file.write(";".join(header) + "\n")
            csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(changed)
        yield name, with_keys, out
    shutil.rmtree(out)
