"""Prints the fields of CSV files, as Python's own reader sees them, as JSON: a list per file."""

import csv
import json
import sys

files = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        files.append(list(csv.reader(file, delimiter=";", strict=True)))
json.dump(files, sys.stdout)
