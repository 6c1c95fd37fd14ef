"""RSS 1.0 is checked with RSS 2.0, whose rules know what the two share and where they differ."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.markup.xml import Document
from syndicate.model.finding import Finding, Rule

_ALL_RSS = "rss"
_DIALECTS = frozenset({"rss-1.0", "rss-0.90"})
# All of them are those of RSS, and named there.
RULES: tuple[Rule, ...] = ()


def dialect(document: Document) -> str | None:
    """`rss-1.0` or `rss-0.90` for a document that is RDF."""
    found = formats.checker(_ALL_RSS).dialect(document)
    return found if found in _DIALECTS else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    return formats.checker(_ALL_RSS).check(document, data, dialect, now, schemas)
