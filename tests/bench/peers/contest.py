"""Packages checked by several engines in turn; tables of medians.

`contest.py --judge PROGRAM --vitrina PROGRAM --models FOLDER --data FOLDER [--rounds N] SHAPE…`

Every run is a process of its own that tells what its check alone took: loading the engine, the model or
the interpreter does not count. The command `vitrina validate` counts from start to exit. Each engine has
several formulations; one round finds the fastest for each task and number of threads, and only that one
takes part in the rounds that count.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import faults

HERE = Path(__file__).parent
ENGINES = {
    "DuckDB": ("duckdb_peer.py", {"fields": ["typed", "text"], "keys": ["typed", "text", "whole", "once"]}),
    "ClickHouse": ("clickhouse_peer.py", {"fields": ["typed", "text"], "keys": ["typed", "text", "whole"]}),
}
TASKS = {"fields": "fields alone", "keys": "fields, keys and references"}
AIMS = {"marks": 5.0, "region": 4.0}
AIM_THREADS = 1.7


def one_run(command):
    """What the program says of itself."""
    run = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        told = json.loads(run.stdout.decode().strip().splitlines()[-1])
    except (IndexError, ValueError):
        sys.exit(f"{' '.join(map(str, command))}:\n{run.stdout.decode()}{run.stderr.decode()}")
    told["said"] = run.stderr.decode().strip()
    return told


def whole_command(command):
    """What the system says of a process from start to exit."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "wall": wall,
        "processor": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024,
        "found": process.returncode,
        "said": f"exit code {process.returncode}",
    }


class Contest:
    """The runs over one package."""

    def __init__(self, arguments, shape):
        self.arguments = arguments
        self.shape = shape
        self.folder = Path(arguments.data) / shape
        self.bytes = sum(file.stat().st_size for file in self.folder.glob("*.csv"))
        self.mark = self.folder / "mark.csv"

    def ours(self, task, threads, folder=None):
        model = Path(self.arguments.models) / self.shape
        return [self.arguments.judge, "validate", model, folder or self.folder, threads, task]

    def peer(self, engine, task, threads, formulation, folder=None):
        program = HERE / ENGINES[engine][0]
        return [sys.executable, program, self.shape, folder or self.folder, task, threads, formulation]

    def command(self, threads):
        model = Path(self.arguments.models) / self.shape
        return [self.arguments.vitrina, "validate", self.folder, "--model", model, "--threads", threads]

    def ways(self, task):
        """(name, threads) and how to run it, of the fastest formulation of each engine."""
        ways = {}
        for threads in (1, 2):
            ways["memory copy", threads] = lambda t=threads: self.copy(t)
            ways["vitrina", threads] = lambda t=threads: one_run(self.ours(task, t))
            if task == "keys" and self.arguments.vitrina:
                ways["vitrina validate, whole command", threads] = lambda t=threads: whole_command(
                    self.command(t)
                )
            for engine, (_, formulations) in ENGINES.items():
                tried = {}
                for formulation in formulations[task]:
                    run = one_run(self.peer(engine, task, threads, formulation))
                    if run["found"]:
                        sys.exit(f"{engine}, {formulation}, refuses a valid package: {run['said']}")
                    tried[formulation] = run["processor" if self.arguments.by_processor else "wall"]
                best = min(tried, key=tried.get)
                told = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in tried.items())
                print(f"<!-- {engine}, {TASKS[task]}, {threads} threads: {told} -->", flush=True)
                ways[f"{engine}, `{best}`", threads] = lambda e=engine, t=threads, f=best: one_run(
                    self.peer(e, task, t, f)
                )
        return ways

    def copy(self, threads):
        run = one_run([self.arguments.judge, "copy", self.mark, threads])
        share = self.bytes / self.mark.stat().st_size
        return run | {"found": 0, "wall": run["wall"] * share, "processor": run["processor"] * share}

    def measure(self, task):
        """The runs of each way, after rounds in turn."""
        ways = self.ways(task)
        runs = {way: [] for way in ways}
        for number in range(self.arguments.rounds + 1):
            for way, run in ways.items():
                told = run()
                if told["found"]:
                    sys.exit(f"{way[0]} refuses a valid package: {told['said']}")
                # The first round warms up.
                if number:
                    runs[way].append(told)
        return runs

    def table(self, task):
        runs = self.measure(task)
        median = {
            way: {what: statistics.median(run[what] for run in told) for what in ("wall", "processor", "peak")}
            for way, told in runs.items()
        }
        print(f"\n### `{self.shape}`, {TASKS[task]}: {self.bytes / 1e6:.1f} MB\n")
        print("| what | threads | wall, ms | processor, ms | GB/s | of memory copy | peak, MiB | ours is | by processor |")
        print("|---|---|---|---|---|---|---|---|---|")
        for (name, threads), took in sorted(median.items(), key=lambda item: item[0][1]):
            copy, ours = median["memory copy", threads], median["vitrina", threads]
            print(
                f"| {name} | {threads} | {took['wall'] * 1e3:,.1f} | {took['processor'] * 1e3:,.1f} "
                f"| {self.bytes / took['wall'] / 1e9:.2f} | {copy['wall'] / took['wall'] * 100:.0f} % "
                f"| {took['peak'] / (1 << 20):,.0f} | {took['wall'] / ours['wall']:.1f}× "
                f"| {took['processor'] / ours['processor']:.1f}× |"
            )
        print()
        what = "processor" if self.arguments.by_processor else "wall"
        for threads in (1, 2):
            peers = {
                name: took[what]
                for (name, count), took in median.items()
                if count == threads and name.startswith(tuple(ENGINES))
            }
            best = min(peers, key=peers.get)
            ratio = peers[best] / median["vitrina", threads][what]
            aim = AIMS[self.shape]
            print(
                f"- {threads} thread{'s'[: threads - 1]}: {ratio:.1f}× the best peer ({best})"
                f"{f', aim {aim:.0f}×: {verdict(ratio, aim)}' if task == 'keys' else ''}"
            )
        gain = median["vitrina", 1]["wall"] / median["vitrina", 2]["wall"]
        print(f"- on 2 threads {gain:.2f}× as fast as on 1, aim {AIM_THREADS}×: {verdict(gain, AIM_THREADS)}", flush=True)

    def strictness(self, small):
        """How many planted faults each engine finds, in the formulations that hold keys and those that do not."""
        found = {engine: 0 for engine in ["vitrina", *ENGINES]}
        missed = []
        count = 0
        for name, with_keys, folder in faults.plant(self.shape, small, small.parent / f"{self.shape}-fault"):
            count += 1
            task = "keys" if with_keys else "fields"
            for engine in found:
                if engine == "vitrina":
                    run = one_run(self.ours(task, 1, folder))
                else:
                    run = one_run(self.peer(engine, task, 1, "typed", folder))
                found[engine] += bool(run["found"])
                if not run["found"]:
                    missed.append(f"{engine}: {name}")
        told = ", ".join(f"{engine} {number}" for engine, number in found.items())
        print(f"- of {count} planted faults, found by: {told}")
        for one in missed:
            print(f"  - missed by {one}")


def verdict(reached, aim):
    return "reached" if reached >= aim else "not reached"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judge", required=True)
    parser.add_argument("--vitrina")
    parser.add_argument("--models", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--small", help="the same shapes with few rows, to plant faults in")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--by-processor", action="store_true", help="judge by processor time: others use the machine")
    parser.add_argument("shapes", nargs="+", choices=sorted(AIMS))
    arguments = parser.parse_args()
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{arguments.rounds} rounds in turn, medians; {os.cpu_count()} cores; load before the run: {load}\n")
    for shape in arguments.shapes:
        contest = Contest(arguments, shape)
        if arguments.small:
            contest.strictness(Path(arguments.small) / shape)
        for task in TASKS:
            contest.table(task)


main()
