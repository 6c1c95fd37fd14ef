"""One entry of a feed and the feed around it, in words that RSS and Atom share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from syndicate.model.media import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An author or contributor."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category; `scheme` is an IRI, `label` what people read."""

    term: str
    scheme: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLink:
    """A link of an entry; `length` in bytes. feedgen takes alternate, enclosure, related, self and via."""

    href: str
    rel: Literal["alternate", "enclosure", "related", "self", "via"] = "alternate"
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None
    length: int | None = None


# Compared by identity, so that what both formats share can be remembered without looking through all texts.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One item or entry. All texts are plain but `content`, which is HTML when `content_type` says so.

    Times are aware. `language` is a BCP 47 tag.
    """

    id: str
    title: str
    published: datetime
    updated: datetime
    language: str
    links: tuple[EntryLink, ...] = ()
    summary: str | None = None
    content: str | None = None
    content_type: Literal["html", "text"] = "html"
    authors: tuple[Name, ...] = ()
    contributors: tuple[Name, ...] = ()
    categories: tuple[Category, ...] = ()
    rights: str | None = None
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A document's place in an archived feed (RFC 5005, 4), by addresses.

    `current` is the document that readers subscribe to, `previous` the archive page before this document, if there is
    one; `is_page` tells that it is an archive page itself.
    """

    current: str
    previous: str | None = None
    is_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says about itself; `link` is the page it is about, `self_url` its own address of `self_type`.

    `hubs` are the addresses where one is told of its changes (WebSub), `history` its place in an archive.
    """

    id: str
    title: str
    link: str
    description: str
    language: str
    self_url: str
    self_type: str
    author: str
    updated: datetime
    generator: str
    rights: str | None = None
    hubs: tuple[str, ...] = ()
    history: History | None = None
