"""Cron expressions as cron means them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cron:
    """One cron expression, parsed."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "Cron":
        """The expression, or ValueError that says which field is wrong and why."""
        if len(text.split()) != 5:
            raise ValueError(f"{text!r} has {len(text.split())} fields; cron wants 5")
        return cls(text)
