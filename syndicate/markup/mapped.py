"""Files that are mapped into memory: what was read of them need not stay there."""

import mmap
from typing import Any


def let_go(data: Any, start: int, end: int) -> None:
    """Give back the memory of these bytes, where they are of a mapped file: who needs them again reads them again.

    Of anything else nothing is done, nor where the system knows no such advice.
    """
    held = data.obj if isinstance(data, memoryview) else data
    if not isinstance(held, mmap.mmap) or not hasattr(held, "madvise"):
        return
    first = start - start % mmap.PAGESIZE
    if end > first:
        held.madvise(mmap.MADV_DONTNEED, first, min(end, len(held)) - first)
