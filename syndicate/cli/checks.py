"""What `doctor` says of one thing, here or at an address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was seen, and what to do otherwise."""

    name: str
    well: bool
    seen: str
    cure: str = ""
    is_hint: bool = False

    @property
    def advice(self) -> str | None:
        """What to do, None where nothing is to be done."""
        return self.cure if self.is_hint or not self.well else None

    @property
    def mark(self) -> str:
        """The word for people."""
        return ("hint" if self.is_hint else "ok") if self.well else "NOT WELL"
