"""What this machine lets the process use, and how the process uses it."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


def processors() -> int:
    """How many processors there are for this process; fewer than the machine has where it is bound to some."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let Python look for circles of dead objects a hundred times less often while this lasts.

    Records are made by the hundred thousand and form no circles: looking for some costs up to a sixth of all.
    """
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
