"""RSS 2.0 and Atom 1.0 through feedgen: one entry as a fragment, one channel as the frame around fragments.

The only file that imports feedgen, since feedgen 1.0.0 needs mending before it can be relied on:

- it drops rel, type, hreflang, title and length of the links of Atom entries (its issue 135);
- it switches the locale of the whole process to write a date;
- it dates everything *now* unless told otherwise, and writes Atom times without `Z`;
- it leaves out authors without a mail address in RSS, and knows little of Media RSS;
- it raises in mid-document on a character that XML cannot carry.

feedgen decides which elements there are and in which order, but it is asked once for each shape of an entry, with
`{names}` in the place of values: filling them in afterwards takes a tenth of the time. What comes out is the document
that feedgen would give for the same entries in one go (tested by C14N).
"""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar

import feedgen.entry
import feedgen.feed
from feedgen.ext.base import BaseExtension
from lxml import etree

from syndicate.markup.dates import rfc822, rfc3339
from syndicate.markup.entry import Category, Channel, Entry, EntryLink, Name
from syndicate.markup.entry_extras import ATOM_PREFIXES, RSS_PREFIXES, dublin_core, media_rss
from syndicate.markup.escape import attribute, escape
from syndicate.markup.xml import DECLARATION, XML_NAMESPACE, clean

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DOCS = "https://www.rssboard.org/rss-specification"
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")
# With U+FFFE and U+FFFF all that XML 1.0 forbids and UTF-8 can carry (§2.2). A carriage return is legal, but parsers
# read it as a line feed.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n"))
# Stand for dates while a shape is made.
_PUBLISHED = datetime(2001, 2, 3, tzinfo=UTC)
_UPDATED = datetime(2004, 5, 6, tzinfo=UTC)

# feedgen's own function sets the locale of the process to C and back, which no other thread survives unharmed.
feedgen.feed.formatRFC2822 = rfc822
feedgen.entry.formatRFC2822 = rfc822


def rss_item(entry: Entry) -> bytes:
    """The entry as one RSS 2.0 `item` and a line end; prefixes as in `rss_frame`. Never raises because of a text."""
    return _sound(_rss_item, entry)


def atom_entry(entry: Entry) -> bytes:
    """The entry as one Atom 1.0 `entry` and a line end; prefixes as in `atom_frame`. Never raises because of a text.

    Who gives an entry without an alternate link gives it content (RFC 4287 §4.1.2).
    """
    return _sound(_atom_entry, entry)


def rss_frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last item of an RSS 2.0 document, in UTF-8."""
    document = _generator(_cleaned(channel)).rss_str(xml_declaration=False)
    return _cut(document, b"</channel>")


def atom_frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last entry of an Atom 1.0 document, in UTF-8."""
    document = _generator(_cleaned(channel)).atom_str(xml_declaration=False)
    return _cut(document, b"</feed>")


def _rss_item(entry: Entry) -> str:
    link = next((link for link in entry.links if link.rel == "alternate"), None)
    enclosure = next((link for link in entry.links if link.rel == "enclosure" and link.type), None)
    shape = _rss_shape(bool(link), bool(entry.summary), bool(entry.content), bool(entry.categories), bool(enclosure))
    return shape.format(
        title=escape(entry.title or entry.id),
        link=escape(link.href) if link else "",
        # Readers take a description for HTML: `AT&T <b>` must reach them as text.
        summary=escape(escape(entry.summary or "")),
        content=_content(entry) if entry.content_type == "html" else escape(_content(entry)),
        id=escape(entry.id),
        categories="".join(map(_rss_category, entry.categories)),
        url=attribute(enclosure.href) if enclosure else "",
        length=enclosure.length or 0 if enclosure else 0,
        type=attribute(enclosure.type or "") if enclosure else "",
        published=rfc822(entry.published),
        extras=dublin_core(entry) + media_rss(entry),
    )


def _atom_entry(entry: Entry) -> str:
    content = entry.content_type if entry.content else None
    shape = _atom_shape(bool(entry.summary), content, bool(entry.rights))
    return shape.format(
        language=attribute(entry.language),
        id=escape(entry.id),
        title=escape(entry.title or entry.id),
        updated=rfc3339(entry.updated),
        authors="".join(_atom_person("author", one) for one in entry.authors),
        content=_content(entry),
        links="".join(map(_atom_link, entry.links)),
        summary=escape(entry.summary or ""),
        categories="".join(map(_atom_category, entry.categories)),
        contributors="".join(_atom_person("contributor", one) for one in entry.contributors),
        published=rfc3339(entry.published),
        rights=escape(entry.rights or ""),
        extras=media_rss(entry),
    )


@cache
def _rss_shape(link: bool, summary: bool, content: bool, categories: bool, enclosure: bool) -> str:
    """What feedgen makes of an item with those parts."""
    made = feedgen.entry.FeedEntry()
    made.title("{title}")
    made.guid("{id}", permalink=False)
    made.published(_PUBLISHED)
    if link:
        made.link(href="{link}", rel="alternate")
    if summary:
        made.description("{summary}", isSummary=True)
    if content:
        made.content("{content}")
    if categories:
        made.category(term="{categories}")
    if enclosure:
        made.enclosure("{url}", "{length}", "{type}")
    text = _serialised(made.rss_entry(), {"content": _CONTENT})
    text = text.replace(rfc822(_PUBLISHED), "{published}")
    return text.replace("<category>{categories}</category>", "{categories}").replace("</item>", "{extras}</item>\n")


@cache
def _atom_shape(summary: bool, content: Literal["html", "text"] | None, rights: bool) -> str:
    """What feedgen makes of an entry with those parts."""
    made = _blank_atom_entry()
    made.link(href="{links}")
    made.author(name="{authors}")
    made.contributor(name="{contributors}")
    made.category(term="{categories}")
    if summary:
        made.summary("{summary}")
    if content:
        made.content("{content}", type=content)
    if rights:
        made.rights("{rights}")
    element = made.atom_entry()
    element.set(f"{{{XML_NAMESPACE}}}lang", "{language}")
    for name in ("link", "author", "contributor", "category"):
        element.find(name).clear()
    text = _serialised(element, {})
    for date, name in ((_PUBLISHED, "published"), (_UPDATED, "updated")):
        text = text.replace(date.isoformat(), f"{{{name}}}")
    for one, several in (("link", "links"), ("author", "authors"), ("category", "categories")):
        text = text.replace(f"<{one}/>", f"{{{several}}}")
    return text.replace("<contributor/>", "{contributors}").replace("</entry>", "{extras}</entry>\n")


# A newsroom has few categories and authors, and names them again and again.
@lru_cache(maxsize=4096)
def _rss_category(category: Category) -> str:
    if not category.term:
        return ""
    made = feedgen.entry.FeedEntry()
    made.title("-")
    made.category(_stated(term=category.term, scheme=category.scheme, label=category.label))
    return _serialised(made.rss_entry().find("category"), {})


@lru_cache(maxsize=4096)
def _atom_category(category: Category) -> str:
    if not category.term:
        return ""
    made = _blank_atom_entry()
    made.category(_stated(term=category.term, scheme=category.scheme, label=category.label))
    return _only(made, "category")


@lru_cache(maxsize=4096)
def _atom_person(kind: Literal["author", "contributor"], person: Name) -> str:
    if not person.name:
        return ""
    made = _blank_atom_entry()
    getattr(made, kind)(_stated(name=person.name, email=person.email))
    return _only(made, kind)


def _atom_link(link: EntryLink) -> str:
    values = _stated(type=link.type, hreflang=link.hreflang, title=link.title)
    if link.length is not None:
        values["length"] = str(link.length)
    shape = _atom_link_shape(link.rel, tuple(values))
    return shape.format(href=attribute(link.href), **{name: attribute(value) for name, value in values.items()})


@cache
def _atom_link_shape(rel: str, names: tuple[str, ...]) -> str:
    made = _blank_atom_entry()
    made.link({"href": "{href}", "rel": rel, **{name: f"{{{name}}}" for name in names}})
    return _only(made, "link")


class _MendedEntry(feedgen.entry.FeedEntry):  # type: ignore[misc]
    """feedgen's entry with the attributes of its links put back."""

    def atom_entry(self, extensions: bool = True) -> "etree._Element":
        element: etree._Element = super().atom_entry(extensions)
        for link, wanted in zip(element.iterchildren("link"), self.link() or (), strict=True):
            for name in _LINK_ATTRIBUTES:
                if value := wanted.get(name):
                    link.set(name, value)
        return element


def _blank_atom_entry() -> Any:
    """A feedgen entry with what feedgen insists on, but for a link or content."""
    made = _MendedEntry()
    made.id("{id}")
    made.title("{title}")
    made.published(_PUBLISHED)
    made.updated(_UPDATED)
    return made


def _only(made: Any, name: str) -> str:
    """That one element of the Atom entry."""
    made.content("-")
    return _serialised(made.atom_entry().find(name), {})


class _RssPrefixes(BaseExtension):  # type: ignore[misc]
    def extend_ns(self) -> dict[str, str]:
        return RSS_PREFIXES


class _AtomPrefixes(BaseExtension):  # type: ignore[misc]
    """The prefixes, and the feed's date with `Z`."""

    updated: datetime

    def extend_ns(self) -> dict[str, str]:
        return ATOM_PREFIXES

    def extend_atom(self, feed: "etree._Element") -> "etree._Element":
        found = feed.find("updated")
        if found is not None:
            found.text = rfc3339(self.updated)
        return feed


def _generator(channel: Channel) -> Any:
    """feedgen's generator for the channel, without entries."""
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
    made.updated(channel.updated)
    made.generator(channel.generator)
    made.docs(_DOCS)
    if channel.rights:
        made.rights(channel.rights)
    return made


def _serialised(element: "etree._Element", prefixes: dict[str, str]) -> str:
    """The element's text as it stands below a root that declares the prefixes (alone it would say `ns0`)."""
    root = etree.Element("root", nsmap=prefixes)
    root.append(element)
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(prefixes))
    whole = etree.tostring(root, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def _cut(document: bytes, end_tag: bytes) -> tuple[bytes, bytes]:
    """Head and tail of a document without items; the last end tag is the root's or the channel's own."""
    at = document.rindex(end_tag)
    return DECLARATION + document[:at] + b"\n", document[at:] + b"\n"


# Both formats of an entry are often made in one go, and escaping a long text is a good part of the work.
@lru_cache(maxsize=128)
def _content(entry: Entry) -> str:
    return escape(entry.content or "")


def _stated(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _sound(make: Callable[[Entry], str], entry: Entry) -> bytes:
    """The bytes that `make` gives; where XML cannot carry a character, those of the entry without such characters.

    Looking at the result is cheaper than at every text beforehand: import has cleaned almost all of them.
    """
    try:
        text = make(entry)
        data = text.encode()
        if len(data.translate(None, _CONTROLS)) == len(data) and "\ufffe" not in text and "\uffff" not in text:
            return data
    except ValueError:
        pass
    return make(_cleaned(entry)).encode()


_Record = TypeVar("_Record")


def _cleaned(record: _Record) -> _Record:
    """The record without characters that XML cannot carry, in it and in the records below."""
    value: Any = record
    if isinstance(value, str):
        value = clean(value.replace("\r\n", "\n").replace("\r", "\n"))
    elif isinstance(value, tuple):
        value = tuple(_cleaned(one) for one in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)}
        value = dataclasses.replace(value, **fields)
    return value  # type: ignore[no-any-return]
