"""What feedgen makes of items, entries and channels, with `{names}` in the place of values.

The only file that imports feedgen, since feedgen 1.0.0 needs mending before it can be relied on:

- it drops rel, type, hreflang, title and length of the links of Atom entries (its issue 135);
- it switches the locale of the whole process to write a date;
- it dates everything *now* unless told otherwise, and writes Atom times without `Z`;
- it leaves out authors without a mail address in RSS, and knows little of Media RSS;
- it raises in mid-document on a character that XML cannot carry.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedgen.entry
import feedgen.feed
from feedgen.ext.base import BaseExtension
from lxml import etree

from syndicate.markup.dates import rfc822
from syndicate.markup.entry_extras import ATOM_PREFIXES, RSS_PREFIXES
from syndicate.markup.namespaces.names import HISTORY
from syndicate.markup.xml import XML_NAMESPACE

# The parts that a thing has; other parts may be asked for too and are not looked at.
Parts = tuple[str, ...]

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DOCS = "https://www.rssboard.org/rss-specification"
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")
# Stand for dates while a shape is made.
_PUBLISHED = datetime(2001, 2, 3, tzinfo=UTC)
_UPDATED = datetime(2004, 5, 6, tzinfo=UTC)

# feedgen's own function sets the locale of the process to C and back, which no other thread survives unharmed.
feedgen.feed.formatRFC2822 = rfc822
feedgen.entry.formatRFC2822 = rfc822


def shape(name: str, parts: Parts) -> str:
    """What feedgen makes of a thing of that name (`rss item`) that has those parts and no others.

    Raises ValueError when feedgen insists on a part that is not there.
    """
    return _MAKERS[name](parts)


def _rss_item(parts: Parts) -> str:
    made = feedgen.entry.FeedEntry()
    made.title("{title}")
    made.guid("{id}", permalink=False)
    made.published(_PUBLISHED)
    if "link" in parts:
        made.link(href="{link}", rel="alternate")
    if "summary" in parts:
        made.description("{summary}", isSummary=True)
    if "content" in parts:
        made.content("{content}")
    if "categories" in parts:
        made.category(term="{categories}")
    if "enclosure" in parts:
        made.enclosure("{url}", "{length}", "{type}")
    text = _serialised(made.rss_entry(), {"content": _CONTENT})
    text = text.replace(rfc822(_PUBLISHED), "{published}")
    return text.replace("<category>{categories}</category>", "{categories}").replace("</item>", "{extras}</item>\n")


def _atom_entry(parts: Parts) -> str:
    """`html` and `text` are the types of its content."""
    made = _blank_atom_entry()
    made.link(href="{links}")
    made.author(name="{authors}")
    made.contributor(name="{contributors}")
    made.category(term="{categories}")
    if "summary" in parts:
        made.summary("{summary}")
    for kind in ("html", "text"):
        if kind in parts:
            made.content("{content}", type=kind)
    if "rights" in parts:
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


def _rss_category(parts: Parts) -> str:
    made = feedgen.entry.FeedEntry()
    made.title("-")
    made.category(_named(parts, "term", "scheme", "label"))
    return _serialised(made.rss_entry().find("category"), {})


def _atom_category(parts: Parts) -> str:
    made = _blank_atom_entry()
    made.category(_named(parts, "term", "scheme", "label"))
    return _only(made, "category")


def _atom_author(parts: Parts) -> str:
    made = _blank_atom_entry()
    made.author(_named(parts, "name", "email"))
    return _only(made, "author")


def _atom_contributor(parts: Parts) -> str:
    made = _blank_atom_entry()
    made.contributor(_named(parts, "name", "email"))
    return _only(made, "contributor")


def _atom_link(parts: Parts) -> str:
    """The first part is its relation."""
    rel, *names = parts
    made = _blank_atom_entry()
    made.link({"rel": rel, **_named(("href", *names), "href", "type", "hreflang", "title", "length")})
    return _only(made, "link")


def _rss_channel(parts: Parts) -> str:
    """The whole document, without items."""
    text: str = _generator(parts).rss_str(xml_declaration=False).decode()
    return _with_more(text.replace(rfc822(_UPDATED), "{updated}"), parts)


def _atom_feed(parts: Parts) -> str:
    """The whole document, without entries."""
    text: str = _generator(parts).atom_str(xml_declaration=False).decode()
    return _with_more(text.replace(_UPDATED.isoformat(), "{updated}"), parts)


_SELF = 'rel="self" type="{self_type}"/>'


def _with_more(text: str, parts: Parts) -> str:
    """The channel with a place for more links behind its own address; feedgen knows none in RSS."""
    return text.replace(_SELF, f"{_SELF}{{more}}", 1) if "more" in parts else text


_MAKERS: dict[str, Callable[[Parts], str]] = {
    "rss item": _rss_item,
    "rss category": _rss_category,
    "rss channel": _rss_channel,
    "atom entry": _atom_entry,
    "atom category": _atom_category,
    "atom author": _atom_author,
    "atom contributor": _atom_contributor,
    "atom link": _atom_link,
    "atom feed": _atom_feed,
    # To hubs (WebSub §4), and to other documents of an archive.
    "rss more": lambda _parts: '<atom:link href="{href}" rel="{rel}"/>',
    "atom more": lambda _parts: '<link href="{href}" rel="{rel}"/>',
    "archive": lambda _parts: f'<fh:archive xmlns:fh="{HISTORY}"/>',
}


class _MendedEntry(feedgen.entry.FeedEntry):  # type: ignore[misc]
    """feedgen's entry with the attributes of its links put back."""

    def atom_entry(self, extensions: bool = True) -> etree._Element:
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
    def extend_ns(self) -> dict[str, str]:
        return ATOM_PREFIXES


def _generator(parts: Parts) -> Any:
    """feedgen's generator for a channel with those parts, without entries."""
    value = {name: f"{{{name}}}" if name in parts else "" for name in CHANNEL_PARTS}
    made = feedgen.feed.FeedGenerator()
    made.register_extension("rss_prefixes", _RssPrefixes, atom=False)
    made.register_extension("atom_prefixes", _AtomPrefixes, rss=False)
    made.id(value["id"])
    made.title(value["title"])
    made.description(value["description"])
    made.subtitle(value["description"])
    # The last link becomes the RSS channel's link.
    made.link(href=value["self_url"], rel="self", type=value["self_type"])
    made.link(href=value["link"], rel="alternate")
    made.language(value["language"])
    made.author(name=value["author"])
    made.updated(_UPDATED)
    made.generator(value["generator"])
    made.docs(_DOCS)
    if value["rights"]:
        made.rights(value["rights"])
    return made


CHANNEL_PARTS = ("id", "title", "link", "description", "language", "self_url", "self_type", "author", "generator",
                 "rights")  # fmt: skip


def _named(parts: Parts, *names: str) -> dict[str, str]:
    return {name: f"{{{name}}}" for name in names if name in parts}


def _serialised(element: etree._Element, prefixes: dict[str, str]) -> str:
    """The element's text as it stands below a root that declares the prefixes (alone it would say `ns0`)."""
    root = etree.Element("root", nsmap=prefixes)
    root.append(element)
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(prefixes))
    whole = etree.tostring(root, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("<")]
