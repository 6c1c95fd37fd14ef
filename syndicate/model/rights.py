"""Who holds the rights, and what may be done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """Holder, notice and usage terms as text."""

    holder: str | None = None
    notice: str | None = None
    usage: str | None = None
