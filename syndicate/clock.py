"""The only module that reads the time."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time for news (embargo, slots), monotonic time for waiting."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, from an arbitrary start."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start; not moved by changes of the wall clock."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at `moment`: rehearsals with `--now`, and tests."""

    moment: datetime

    def now(self) -> datetime:
        """Always `moment`."""
        return self.moment.astimezone(UTC)

    def monotonic(self) -> float:
        """Seconds that do pass, so that time limits hold in a rehearsal too."""
        return time.monotonic()
