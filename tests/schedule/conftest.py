"""A store, and a clock that is moved by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.store.engine import Store, open_store


@dataclass
class HandClock:
    """Wall and monotonic time that pass only when told."""

    wall: datetime
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def forward(self, **span: float) -> None:
        """Let time pass."""
        passed = timedelta(**span)
        self.wall += passed
        self.seconds += passed.total_seconds()

    def step(self, **span: float) -> None:
        """Move the wall clock alone."""
        self.wall += timedelta(**span)


@pytest.fixture
def clock() -> HandClock:
    """Noon, by hand."""
    return HandClock(datetime(2026, 3, 4, 12, 0, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite."""
    opened = open_store("sqlite:///store.db", tmp_path)
    yield opened
    opened.close()
