"""What sitemaps of videos must be: the rules are those of all sitemaps."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from syndicate.markup.sitemap_rules import RULES, begin, kind_of, look
from syndicate.markup.xml import Document
from syndicate.model.finding import Finding

__all__ = ["RULES", "begin", "check", "dialect"]

_KINDS = ("video-sitemap",)


def dialect(document: Document) -> str | None:
    """`video-sitemap` for a sitemap that tells of videos, but not of news."""
    found = kind_of(document)
    return found if found in _KINDS else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    return look(document, data, dialect, now, schemas)
