"""What the server counts: numbers in memory that all its processes share, one row each, added up when asked for.

Nothing is locked: each process writes to its own row only. A process that takes the place of one that died goes on in
its row, so that no number ever falls but that of open connections.
"""

import mmap
from collections.abc import Sequence
from dataclasses import dataclass

# Statuses that are counted by themselves; what else there may be is counted together (0).
STATUSES = (200, 204, 304, 308, 400, 401, 404, 405, 406, 408, 412, 413, 414, 429, 431, 500, 503, 0)
CODINGS = ("identity", "gzip", "br")
_BY_STATUS = {status: place for place, status in enumerate(STATUSES)}
_OTHER = len(STATUSES) - 1
_BY_CODING = {coding: len(STATUSES) + place for place, coding in enumerate(CODINGS)}
_BYTES = len(STATUSES) + len(CODINGS)
_OPENED = _BYTES + 1
_CLOSED = _BYTES + 2
_WIDTH = _BYTES + 3
_CELL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The sums of all processes since the server began; `size` in bytes, bodies alone."""

    statuses: dict[int, int]
    codings: dict[str, int]
    size: int
    connections: int
    opened: int


class Row:
    """The numbers of one process."""

    __slots__ = ("_cells",)

    def __init__(self, cells: "memoryview[int]") -> None:
        self._cells = cells

    def answered(self, status: int, size: int, coding: str | None = None) -> None:
        """One more answer of that status, with a body of that many bytes; `coding` is that of a whole document."""
        cells = self._cells
        cells[_BY_STATUS.get(status, _OTHER)] += 1
        if size:
            cells[_BYTES] += size
        if coding is not None:
            cells[_BY_CODING[coding]] += 1

    def opened(self) -> None:
        """One more connection."""
        self._cells[_OPENED] += 1

    def closed(self) -> None:
        """One connection less."""
        self._cells[_CLOSED] += 1

    def begin(self) -> None:
        """A process begins, alone or in the place of another, whose connections went with it."""
        self._cells[_CLOSED] = self._cells[_OPENED]


class Counts:
    """The numbers of so many processes; made before they are forked."""

    def __init__(self, processes: int) -> None:
        self._memory = mmap.mmap(-1, processes * _WIDTH * _CELL)
        self._cells = memoryview(self._memory).cast("Q")
        self._processes = processes

    def row(self, number: int) -> Row:
        """The row of that process, counted from 0."""
        return Row(self._cells[number * _WIDTH : (number + 1) * _WIDTH])

    def sums(self) -> Sums:
        """What all processes have counted up to now."""
        rows = [self._cells[n * _WIDTH : (n + 1) * _WIDTH].tolist() for n in range(self._processes)]
        added: Sequence[int] = [sum(column) for column in zip(*rows, strict=True)]
        return Sums(
            statuses={status: added[place] for status, place in _BY_STATUS.items()},
            codings={coding: added[place] for coding, place in _BY_CODING.items()},
            size=added[_BYTES],
            connections=added[_OPENED] - added[_CLOSED],
            opened=added[_OPENED],
        )
