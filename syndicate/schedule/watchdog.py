"""Noticing that the scheduler has gone silent, so that the process can end and be started again."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Watchdog:
    """Counts the silent seconds between signs of life; `beat()` may come from any thread.

    `interval` is how often `look()` is called. A much longer gap means that the whole process stood still (it was
    stopped, or the machine slept): nobody could give a sign then, and the gap counts as two intervals.
    """

    silence: float
    interval: float = 1.0
    _alive: bool = True
    _silent: float = 0.0
    _looked: float | None = None

    def beat(self) -> None:
        """Take note of a sign of life."""
        self._alive = True

    def look(self, at: float) -> float:
        """The seconds (monotonic time `at`) since the last sign of life, frozen time left out."""
        passed = 0.0 if self._looked is None else min(at - self._looked, 2 * self.interval)
        self._looked = at
        self._silent = 0.0 if self._alive else self._silent + passed
        self._alive = False
        return self._silent

    def is_dead(self, at: float) -> bool:
        """Whether there was no sign of life for `silence` seconds."""
        return self.look(at) >= self.silence
