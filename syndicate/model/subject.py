"""What an article is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A concept of a controlled vocabulary, e.g. `medtop` `11000000` "politics"."""

    scheme: str
    code: str
    name: str | None = None

    @property
    def qcode(self) -> str:
        """The short form `scheme:code` (NewsML-G2, QCode)."""
        return f"{self.scheme}:{self.code}"
