"""A feed as its definition gives it, and the publisher it belongs to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.model.cron import Cron


class Content(StrEnum):
    """How much of an article a feed carries."""

    FULL = "full"
    SUMMARY = "summary"
    HEADLINE = "headline"


class Order(StrEnum):
    """By which time a feed is ordered, newest first; also the time that `max_age` is measured by."""

    UPDATED = "updated"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes. `tag_authority` is `domain,date` of RFC 4151: what guids are minted from."""

    name: str
    url: str
    language: str
    tag_authority: str
    rights: str | None = None

    @property
    def since(self) -> datetime:
        """The first instant of the tag authority's date: no feed of this publisher is older."""
        year, *rest = self.tag_authority.partition(",")[2].split("-")
        month, day = (int(part) for part in [*rest, "1", "1"][:2])
        return datetime.fromisoformat(f"{int(year):04}-{month:02}-{day:02}T00:00:00+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions on an article; all fields with values must hold, any value of a field is enough."""

    sections: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: which articles, how many, in which formats, when.

    `schedule` is None for a feed that is built on change; `zone` is the IANA zone that its cron times are meant in.
    `cache` is for how many seconds readers may keep its documents, None for the server's own number. `withdrawn` is how
    long a story that was withdrawn from the feed is told of in formats that can.
    """

    id: str
    title: str
    link: str
    description: str
    language: str
    formats: tuple[str, ...]
    select: Selection = Selection()
    exclude: Selection = Selection()
    limit: int = 50
    max_age: timedelta | None = None
    content: Content = Content.FULL
    order: Order = Order.UPDATED
    schedule: Cron | None = None
    zone: str = "UTC"
    cache: int | None = None
    withdrawn: timedelta = timedelta(days=7)
