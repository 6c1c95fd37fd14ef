"""Runs one command and says what it took: wall seconds, processor seconds, peak kilobytes, exit code.

    python -I -S bench/launch.py DESCRIPTOR COMMAND [ARGUMENT]...

A process's peak begins at the memory of whoever started it, so that is this small program, whatever the caller holds.
What the command starts and waits for counts as its own: seconds are summed, the peak is that of the largest process.
"""

import os
import sys
import time

descriptor, argv = int(sys.argv[1]), sys.argv[2:]
os.set_inheritable(descriptor, False)
started = time.perf_counter()
pid = os.posix_spawnp(argv[0], argv, os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - started
code = os.waitstatus_to_exitcode(status)
os.write(descriptor, f"{wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss} {code}".encode())
