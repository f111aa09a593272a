"""Whole packages of several sizes, validated and compared within a gibibyte; a table of what that took.

`large.py VITRINA MODEL WORK SIZE…`; sizes as `400MB`, `20GB`. Each size is removed before the next.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import edits

# Bytes that a student's records take in a package of `vitrina sample`, with all that hangs on them.
STUDENT = 21_000
# The day that the scenario is about.
AT = "2025-02-14 12:00:00"
MEMORY, PEAK = "1GiB", 1.5 * (1 << 30)
GROWTH = 2.0
# Of the package's bytes: what the commands may keep aside while they run, and what `delta` writes.
ASIDE = 0.6
# The smallest share of a package that is copied with edits rather than linked.
COPIED = 0.2
UNITS = {"MB": 10**6, "GB": 10**9}


def bytes_of(size):
    parts = re.fullmatch(r"(\d+)(MB|GB)", size)
    if not parts:
        sys.exit(f"`{size}` is no size: write 400MB or 20GB")
    return int(parts[1]) * UNITS[parts[2]]


def free(folder):
    return shutil.disk_usage(folder).free


def measured(command):
    """Runs a command to its end; gives seconds, seconds of the processor, peak in bytes, exit code."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - start
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, process.returncode, said.decode()


class Sizes:
    """The rows of the table."""

    def __init__(self, vitrina, model, work):
        self.vitrina, self.model, self.work = vitrina, model, work
        self.first = {}
        self.temporary = work / "temporary"

    def run(self, what, size, count, command, expected):
        """One command; `count` bytes are read by it once."""
        self.temporary.mkdir(exist_ok=True)
        command = [self.vitrina, *command, "--model", self.model, "--memory", MEMORY, "--temporary", self.temporary]
        wall, processor, peak, code, said = measured(command)
        if code != expected:
            sys.exit(f"{' '.join(map(str, command))}: exit code {code}\n{said[-4000:]}")
        left = list(self.temporary.iterdir())
        if left:
            sys.exit(f"{what} left {len(left)} files behind in {self.temporary}")
        each = wall / count * 1e9
        first = self.first.setdefault(what, each)
        within = "yes" if peak <= PEAK and each <= GROWTH * first else "no"
        print(
            f"| {what} | {size} | {count / 1e6:,.0f} | {wall:,.1f} | {processor:,.1f} | {each:.2f} "
            f"| {processor / count * 1e9:.2f} | {peak / (1 << 20):,.0f} | {each / first:.2f}× | {within} |",
            flush=True,
        )

    def size(self, size):
        aim = bytes_of(size)
        need = int(aim * (1 + COPIED + ASIDE))
        if free(self.work) < need:
            sys.exit(
                f"{size} need {need / 1e9:.1f} GB below {self.work}, {free(self.work) / 1e9:.1f} GB are free"
            )
        old, new, out = self.work / "old", self.work / "new", self.work / "delta"
        students = max(aim // STUDENT, 60)
        command = [self.vitrina, "sample", "--model", self.model, "--students", students, "--seed", 1, "--out", old]
        *_, code, said = measured(command)
        if code != 0:
            sys.exit(f"vitrina sample: exit code {code}\n{said[-4000:]}")
        count = sum(file.stat().st_size for file in old.glob("*.csv"))
        self.run("validate", size, count, ["validate", old, "--at", AT], 0)
        linked = edits.copy(old, new, free(self.work) - int(aim * ASIDE))
        if linked:
            print(f"<!-- {size}: too little room, {linked / 1e9:.1f} GB of both packages are the same files -->")
        both = count + sum(file.stat().st_size for file in new.glob("*.csv"))
        self.run("delta", size, both, ["delta", old, new, "--out", out], 0)
        for folder in (old, new, out):
            shutil.rmtree(folder)


def main():
    vitrina, model, work, *sizes = sys.argv[1:]
    work = Path(work)
    for size in sizes:
        bytes_of(size)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    rows = Sizes(vitrina, model, work)
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"`--memory {MEMORY}`, all rules, {os.cpu_count()} cores; load before the run: {load}\n")
    print(
        "| what | package | MB read | wall, s | processor, s | ns a byte | of the processor "
        "| peak, MiB | a byte, of the first | within limits |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    try:
        for size in sizes:
            rows.size(size)
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
