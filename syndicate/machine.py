"""What this machine lets the process use."""

import os


def processors() -> int:
    """How many processors there are for this process; fewer than the machine has where it is bound to some."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
