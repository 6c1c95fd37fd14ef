"""One revision of one story."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from syndicate.model.body import Block
from syndicate.model.media import Media
from syndicate.model.rights import Rights
from syndicate.model.subject import Subject


class Status(StrEnum):
    """What receivers may do with a revision (IPTC `stat`)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Signal(StrEnum):
    """What a revision is to the one before it (IPTC `sig`)."""

    UPDATE = "update"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author or contributor."""

    name: str
    email: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The words that open the text: `text` as printed, `place` and `source` taken from it."""

    text: str
    place: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie to another story: `rel` is `previous`, `seeAlso` ...; `guid` or `url` says which."""

    rel: str
    guid: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One revision of one story; times are aware and in UTC.

    `guid` is permanent, `version` grows by each change, `published` is when the story first went out and never
    changes, `updated` when this revision was made. `significant` is when the last change was made that readers should
    hear of, None when that is `updated`; `signal` says what the revision is to the one before it, None for a first
    one. Before `embargo` nobody outside may see the revision, from `expires` on it leaves the feeds. `note` is for
    editors, `correction` tells readers what was wrong. `derived` names the fields that the reader had to infer.
    """

    guid: str
    headline: str
    published: datetime
    updated: datetime
    version: int = 1
    status: Status = Status.USABLE
    language: str = "en"
    slugline: str | None = None
    abstract: str | None = None
    highlights: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    dateline: Dateline | None = None
    body: tuple[Block, ...] = ()
    media: tuple[Media, ...] = ()
    sections: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    genre: str | None = None
    urgency: int | None = None
    embargo: datetime | None = None
    expires: datetime | None = None
    url: str | None = None
    rights: Rights = Rights()
    note: str | None = None
    correction: str | None = None
    links: tuple[Link, ...] = ()
    derived: tuple[str, ...] = ()
    signal: Signal | None = None
    significant: datetime | None = None

    @property
    def changed(self) -> datetime:
        """When readers should last have looked at it again: `updated` of Atom (RFC 4287, 4.2.15)."""
        return self.significant or self.updated

    def media_of(self, media_id: str) -> Media | None:
        """The article's media of that id, or None."""
        return next((media for media in self.media if media.id == media_id), None)
