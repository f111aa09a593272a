"""One run of an engine in a process of its own: what it took, as a line of JSON."""

import json
import sys
import time


def peak():
    """The most memory that was ever resident, in bytes; not that of the process that started this one."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    raise OSError("the system does not tell the peak of memory")


def measure(check):
    """Runs `check`, which gives the number of faults found; prints what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    try:
        found = check()
    except Exception as error:  # the engine's own way to refuse a value
        print(str(error).splitlines()[0], file=sys.stderr)
        found = 1
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(json.dumps({"wall": wall, "processor": processor, "peak": peak(), "found": found}))
