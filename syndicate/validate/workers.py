"""Many files looked at by several processes; the answers come in the order of the files, whoever gives them."""

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from syndicate.errors import EnvironmentFailure
from syndicate.machine import processors

# Most who check a file or two need no second process, and what makes one takes as long to load as all rules.
if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

_Answer = TypeVar("_Answer")
# Files that a process takes at a time, and how many such heaps lie ready for each.
_HEAP, _AHEAD = 8, 4
# So many files are looked at before others are begun: these have then loaded what the files need, schemas too.
_FIRST = 24
# Below so many files a second process takes longer to begin than it saves.
_WORTH = 64
# So many may be asked for on any machine.
_MOST = 8


def processes(wanted: int | None, files: int) -> int:
    """How many processes look at so many files: as many as are wanted, else one for each core where it pays."""
    if wanted is not None:
        # More of them only take longer to begin.
        return max(1, min(wanted, files, max(_MOST, 2 * processors())))
    return 1 if files < _WORTH else min(processors(), files)


def in_order(names: Sequence[str], look: Callable[[str], _Answer], size: int) -> Iterator[_Answer]:
    """What `look` says of each name, in order. With several processes it must be something that can be sent to them.

    EnvironmentFailure when one of the processes was ended from outside.
    """
    if size < 2:
        yield from map(look, names)
        return
    yield from map(look, names[:_FIRST])
    from concurrent.futures import ProcessPoolExecutor

    heaps = deque(names[at : at + _HEAP] for at in range(_FIRST, len(names), _HEAP))
    waiting: deque[tuple[Sequence[str], Future[list[_Answer]]]] = deque()
    with ProcessPoolExecutor(size, mp_context=_context(), initializer=_begin) as pool:
        try:
            while heaps or waiting:
                while heaps and len(waiting) < size * _AHEAD:
                    heap = heaps.popleft()
                    waiting.append((heap, pool.submit(_heap, look, heap)))
                yield from _answers(*waiting.popleft())
        finally:
            # Waited for: Python before 3.12 may end with an error of its own while one is still going down.
            pool.shutdown(wait=True, cancel_futures=True)


def _answers(heap: Sequence[str], future: "Future[list[_Answer]]") -> list[_Answer]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool as error:
        told = f"a process that checked files was ended from outside, at {heap[0]} or soon after"
        raise EnvironmentFailure(f"{told}: check with --jobs 1, or with more memory") from error


def _heap(look: Callable[[str], _Answer], names: Sequence[str]) -> list[_Answer]:
    return [look(name) for name in names]


def _begin() -> None:
    """Who interrupts the command ends it; its processes go with it, and say nothing of their own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _context() -> "BaseContext":
    """Forked processes have everything loaded; where there is no fork, they begin anew."""
    import multiprocessing

    has_fork = "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if has_fork else "spawn")
