"""RSS 2.0 and Atom 1.0 through feedgen: one entry as a fragment, one channel as the frame around fragments.

The only file that imports feedgen, since feedgen 1.0.0 needs mending before it can be relied on:

- it drops rel, type, hreflang, title and length of the links of Atom entries (its issue 135);
- it switches the locale of the whole process to write a date;
- it dates everything *now* unless told otherwise, and writes Atom times without `Z`;
- it leaves out authors without a mail address in RSS, and knows little of Media RSS;
- it raises in mid-document on a character that XML cannot carry.

Joined, head + fragments + tail is the document that feedgen would give for the same entries in one go.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

import feedgen.entry
import feedgen.feed
from feedgen.ext.base import BaseExtension
from lxml import etree

from syndicate.markup.dates import rfc822, rfc3339
from syndicate.markup.html_inline import escape
from syndicate.markup.xml import DECLARATION, XML_NAMESPACE, clean

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
MEDIA = "http://search.yahoo.com/mrss/"

_RSS_EXTRA = {"dc": DC, "dcterms": DCTERMS, "media": MEDIA}
_RSS_NAMESPACES = {**_RSS_EXTRA, "atom": ATOM, "content": CONTENT}
_ATOM_NAMESPACES = {"media": MEDIA}
_DOCS = "https://www.rssboard.org/rss-specification"
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")

# feedgen's own function sets the locale of the process to C and back, which no other thread survives unharmed.
feedgen.feed.formatRFC2822 = rfc822
feedgen.entry.formatRFC2822 = rfc822


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
    type: str | None = None
    medium: str | None = None
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
    language: str | None = None
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


def rss_item(entry: Entry) -> bytes:
    """The entry as one RSS 2.0 `item` and a line end; prefixes as in `rss_frame`. Never raises because of a text."""
    return _whatever_the_text(_rss_item, entry)


def atom_entry(entry: Entry) -> bytes:
    """The entry as one Atom 1.0 `entry` and a line end; prefixes as in `atom_frame`. Never raises because of a text.

    An entry without an alternate link needs content (RFC 4287 §4.1.2), else feedgen refuses it.
    """
    return _whatever_the_text(_atom_entry, entry)


def rss_frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last item of an RSS 2.0 document, in UTF-8."""
    return _whatever_the_text(_rss_frame, channel)


def atom_frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last entry of an Atom 1.0 document, in UTF-8."""
    return _whatever_the_text(_atom_frame, channel)


def generator_of(channel: Channel) -> Any:
    """A feedgen generator for the channel; entries go in with `add_entry(..., order="append")`."""
    made = feedgen.feed.FeedGenerator()
    made.register_extension("rss_prefixes", _RssPrefixes, atom=False)
    made.register_extension("atom_prefixes", _AtomPrefixes, rss=False)
    made.atom_prefixes.updated = channel.updated
    made.id(channel.id)
    made.title(channel.title)
    made.description(channel.description)
    made.subtitle(channel.description)
    # The last link becomes the RSS channel's link.
    made.link(href=channel.self_url, rel="self", type=channel.self_type)
    made.link(href=channel.link, rel="alternate")
    made.language(channel.language)
    made.author(name=channel.author)
    made.updated(channel.updated.replace(microsecond=0))
    made.generator(channel.generator)
    made.docs(_DOCS)
    if channel.rights:
        made.rights(channel.rights)
    return made


def entry_for_rss(entry: Entry) -> Any:
    """A feedgen entry that gives the RSS item."""
    made = _Entry(entry)
    made.title(entry.title)
    made.guid(entry.id, permalink=False)
    # Readers take an RSS description for HTML; `AT&T <b>` must reach them as text.
    if entry.summary:
        made.description(escape(entry.summary), isSummary=True)
    if entry.content:
        made.content(entry.content if entry.content_type == "html" else escape(entry.content))
    for link in entry.links:
        if link.rel in {"alternate", "enclosure"}:
            made.link(_link(link))
    if entry.categories:
        made.category([_category(category) for category in entry.categories])
    made.published(entry.published)
    return made


def entry_for_atom(entry: Entry) -> Any:
    """A feedgen entry that gives the Atom entry."""
    made = _Entry(entry)
    made.id(entry.id)
    made.title(entry.title)
    made.updated(entry.updated)
    made.published(entry.published)
    if entry.links:
        made.link([_link(link) for link in entry.links])
    if entry.authors:
        made.author([_person(author) for author in entry.authors])
    if entry.contributors:
        made.contributor([_person(contributor) for contributor in entry.contributors])
    if entry.categories:
        made.category([_category(category) for category in entry.categories])
    if entry.summary:
        made.summary(entry.summary)
    if entry.content:
        made.content(entry.content, type=entry.content_type)
    if entry.rights:
        made.rights(entry.rights)
    return made


class _RssPrefixes(BaseExtension):  # type: ignore[misc]
    def extend_ns(self) -> dict[str, str]:
        return _RSS_EXTRA


class _AtomPrefixes(BaseExtension):  # type: ignore[misc]
    """The prefixes, and the feed's date with `Z`."""

    updated: datetime

    def extend_ns(self) -> dict[str, str]:
        return _ATOM_NAMESPACES

    def extend_atom(self, feed: "etree._Element") -> "etree._Element":
        _set_date(feed, "updated", self.updated)
        return feed


class _Entry(feedgen.entry.FeedEntry):  # type: ignore[misc]
    """feedgen's entry with what it loses and what it cannot say put into the finished element."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.source_entry = entry

    def rss_entry(self, extensions: bool = True) -> "etree._Element":
        item: etree._Element = super().rss_entry(extensions)
        entry = self.source_entry
        for author in entry.authors:
            _add(item, f"{{{DC}}}creator", author.name)
        for contributor in entry.contributors:
            _add(item, f"{{{DC}}}contributor", contributor.name)
        _add(item, f"{{{DC}}}language", entry.language)
        _add(item, f"{{{DC}}}rights", entry.rights)
        # RSS has no element for it, and some partners take up an update only when a date tells them.
        if entry.updated > entry.published:
            _add(item, f"{{{DCTERMS}}}modified", rfc3339(entry.updated))
        _add_media(item, entry)
        return item

    def atom_entry(self, extensions: bool = True) -> "etree._Element":
        element: etree._Element = super().atom_entry(extensions)
        entry = self.source_entry
        if entry.language:
            element.set(f"{{{XML_NAMESPACE}}}lang", entry.language)
        _set_date(element, "updated", entry.updated)
        _set_date(element, "published", entry.published)
        for link, wanted in zip(element.iterchildren("link"), self.link() or (), strict=False):
            for name in _LINK_ATTRIBUTES:
                if value := wanted.get(name):
                    link.set(name, value)
        _add_media(element, entry)
        return element


def _rss_item(entry: Entry) -> bytes:
    return _cut_root(entry_for_rss(entry).rss_entry(), etree.Element("rss", nsmap=_RSS_NAMESPACES))


def _atom_entry(entry: Entry) -> bytes:
    return _cut_root(entry_for_atom(entry).atom_entry(), etree.Element("feed", nsmap=_ATOM_NAMESPACES))


def _rss_frame(channel: Channel) -> tuple[bytes, bytes]:
    return _cut_at(generator_of(channel).rss_str(xml_declaration=False), b"</channel>")


def _atom_frame(channel: Channel) -> tuple[bytes, bytes]:
    return _cut_at(generator_of(channel).atom_str(xml_declaration=False), b"</feed>")


def _cut_root(element: "etree._Element", root: "etree._Element") -> bytes:
    """The element's bytes as they stand below a root that declares all prefixes (alone it would say `ns0`)."""
    root.append(element)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    whole = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return whole[whole.index(b">") + 1 : whole.rindex(b"<")] + b"\n"


def _cut_at(document: bytes, end_tag: bytes) -> tuple[bytes, bytes]:
    """Head and tail of a document without items; the last end tag is the root's or the channel's own."""
    at = document.rindex(end_tag)
    return DECLARATION + document[:at] + b"\n", document[at:] + b"\n"


def _add(parent: "etree._Element", name: str, text: str | None) -> None:
    if text:
        etree.SubElement(parent, name).text = text


def _set_date(element: "etree._Element", name: str, moment: datetime) -> None:
    found = element.find(name)
    if found is not None:
        found.text = rfc3339(moment)


def _link(link: EntryLink) -> dict[str, str]:
    values = {"href": link.href, "rel": link.rel, "type": link.type, "hreflang": link.hreflang, "title": link.title}
    found = {name: value for name, value in values.items() if value}
    return found if link.length is None else {**found, "length": str(link.length)}


def _category(category: Category) -> dict[str, str]:
    found = {"term": category.term, "scheme": category.scheme, "label": category.label}
    return {name: value for name, value in found.items() if value}


def _person(person: Name) -> dict[str, str]:
    return {"name": person.name, "email": person.email} if person.email else {"name": person.name}


def _add_media(item: "etree._Element", entry: Entry) -> None:
    for media in entry.media:
        several = len(media.files) > 1
        holder = etree.SubElement(item, f"{{{MEDIA}}}group") if several else item
        for index, file in enumerate(media.files):
            made = etree.SubElement(holder, f"{{{MEDIA}}}content", _file_attributes(file))
            if several and index == 0:
                made.set("isDefault", "true")
            if media.duration is not None and file.medium in {"video", "audio"}:
                made.set("duration", str(media.duration))
        _add_media_texts(holder if several else made, media)


def _add_media_texts(holder: "etree._Element", media: MediaObject) -> None:
    _add(holder, f"{{{MEDIA}}}title", media.title)
    _add(holder, f"{{{MEDIA}}}description", media.description)
    _add(holder, f"{{{MEDIA}}}credit", media.credit)
    for thumbnail in media.thumbnails:
        size = {
            name: value for name, value in _file_attributes(thumbnail).items() if name in {"url", "width", "height"}
        }
        etree.SubElement(holder, f"{{{MEDIA}}}thumbnail", size)


def _file_attributes(file: MediaFile) -> dict[str, str]:
    found = {
        "url": file.url,
        "fileSize": file.bytes,
        "type": file.type,
        "medium": file.medium,
        "width": file.width,
        "height": file.height,
    }
    return {name: str(value) for name, value in found.items() if value}


_Source = TypeVar("_Source", Entry, Channel)
_Made = TypeVar("_Made")


def _whatever_the_text(make: Callable[[_Source], _Made], source: _Source) -> _Made:
    """What `make` gives; when XML cannot carry a character, without such characters.

    Trying first is cheaper than looking at every character of every text: import has cleaned almost all of them.
    """
    try:
        return make(source)
    except ValueError:
        return make(_cleaned(source))


def _cleaned(value: Any) -> Any:
    """The record without characters that XML cannot carry, in it and in the records below."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return dataclasses.replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields})
    return value
