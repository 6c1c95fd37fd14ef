"""One entry of a feed and the feed around it, in words that RSS and Atom share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """One file of a media object. Sizes in pixels and bytes; `medium` is image, video, audio or document."""

    url: str
    medium: Literal["image", "video", "audio", "document"]
    type: str | None = None
    width: int | None = None
    height: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaObject:
    """A picture or video (Media RSS): the same thing in one or more files, best first; `duration` in seconds."""

    files: tuple[MediaFile, ...]
    thumbnails: tuple[MediaFile, ...] = ()
    title: str | None = None
    description: str | None = None
    credit: str | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
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
    media: tuple[MediaObject, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says about itself; `link` is the page it is about, `self_url` its own address of `self_type`."""

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
