"""RSS 2.0 and Atom 1.0 as feedgen gives them: one entry as a fragment, one channel as the frame around fragments.

feedgen decides which elements there are and in which order, but it is asked once for each shape (`shapes.py`), with
`{names}` in the place of values: filling them in afterwards takes a hundredth of the time. What comes out is the
document that feedgen would give for the same entries in one go (tested by C14N). Shapes that an earlier run learned
spare loading feedgen and lxml.
"""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product
from typing import Any, Literal, TypeVar

from syndicate.markup.dates import rfc822, rfc3339
from syndicate.markup.entry import Channel, Entry, EntryLink, History
from syndicate.markup.entry_extras import dublin_core, media_rss
from syndicate.markup.escape import attribute, escape, xml_data
from syndicate.markup.xml import DECLARATION, clean

# With U+FFFE and U+FFFF all that XML 1.0 forbids and UTF-8 can carry (§2.2). A carriage return is legal, but parsers
# read it as a line feed.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n"))

# By their names and parts, in words.
_shapes: dict[str, str] = {}


def known() -> dict[str, str]:
    """The shapes that were needed so far, for a later run of the same code and the same feedgen to learn."""
    return dict(_shapes)


def learn(shapes: Mapping[str, str]) -> None:
    """Take over what `known` gave in an earlier run, so that feedgen need not be asked for it."""
    _shapes.update(shapes)


def foresee() -> None:
    """Ask feedgen for every shape that articles and channels of ours can have."""
    yes_no = (False, True)
    for flags in product(yes_no, repeat=5):
        _rss_shape(*flags)
    for summary, kind, rights in product(yes_no, (None, "html", "text"), yes_no):
        _atom_shape(summary, kind, rights)
    for rel in ("alternate", "related"):
        _atom_link_shape(rel, False, False, False, False)
    for title, length in product(yes_no, repeat=2):
        _atom_link_shape("enclosure", True, False, title, length)
    for scheme, label in product((None, "x"), repeat=2):
        _rss_category("x", scheme, label)
        _atom_category("x", scheme, label)
    for email in (None, "x"):
        _atom_person("atom author", "x", email)
        _atom_person("atom contributor", "x", email)
    for rights_notice, history in product((None, "x"), (None, History(current="x", previous="x", is_page=True))):
        channel = _channel(rights_notice, history)
        rss_frame(channel)
        atom_frame(channel)


def _channel(rights: str | None, history: History | None) -> Channel:
    """A channel with all that every channel has."""
    texts = {name: "x" for name in _TEXTS if name != "rights"}
    return Channel(**texts, updated=datetime(2001, 2, 3, tzinfo=UTC), rights=rights, hubs=(), history=history)


def rss_item(entry: Entry) -> bytes:
    """The entry as one RSS 2.0 `item` and a line end; prefixes as in `rss_frame`. Never raises because of a text."""
    return _sound(_rss_item, entry)


def atom_entry(entry: Entry) -> bytes:
    """The entry as one Atom 1.0 `entry` and a line end; prefixes as in `atom_frame`. Never raises because of a text.

    Who gives an entry without an alternate link gives it content (RFC 4287 §4.1.2).
    """
    return _sound(_atom_entry, entry)


def rss_frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last item of an RSS 2.0 document, in UTF-8.

    Raises ValueError for a channel without title, link or description.
    """
    stated = _texts(channel)
    texts = {name: escape(value) for name, value in stated.items()}
    addresses = {name: attribute(stated[name]) for name in ("self_url", "self_type")}
    values = texts | addresses | _more("rss more", channel) | {"updated": rfc822(channel.updated)}
    return _frame("rss channel", stated, values, "</channel>")


def atom_frame(channel: Channel) -> tuple[bytes, bytes]:
    """What stands before the first and after the last entry of an Atom 1.0 document, in UTF-8.

    Raises ValueError for a channel without id or title.
    """
    stated = _texts(channel)
    texts = {name: escape(value) for name, value in stated.items()}
    names = ("link", "self_url", "self_type", "language")
    attributes = {name: attribute(stated[name]) for name in names if name in stated}
    values = texts | attributes | _more("atom more", channel) | {"updated": rfc3339(channel.updated)}
    return _frame("atom feed", stated, values, "</feed>")


_TEXTS = tuple(field.name for field in dataclasses.fields(Channel) if field.name not in ("updated", "hubs", "history"))


def _more(name: str, channel: Channel) -> dict[str, str]:
    """The links that not every channel has, by the name of their place in a frame; nothing when there are none.

    An archive page is marked as one beside them.
    """
    links = [(hub, "hub") for hub in channel.hubs]
    mark = ""
    if (history := channel.history) is not None:
        links += [(history.current, "current")] if history.is_page else []
        links += [(history.previous, "prev-archive")] if history.previous else []
        mark = _shape("archive") if history.is_page else ""
    said = [_shape(name).format(href=_attribute(_cleaned(href)), rel=rel) for href, rel in links]
    return {"more": "".join([*said, mark])} if said else {}


def _texts(channel: Channel) -> dict[str, str]:
    """What the channel says by name, without characters that XML cannot carry: none of these is printable."""
    texts = {name: getattr(channel, name) or "" for name in _TEXTS}
    return (
        texts if all(map(str.isprintable, texts.values())) else {name: _cleaned(text) for name, text in texts.items()}
    )


def _frame(name: str, stated: dict[str, str], values: dict[str, str], end_tag: str) -> tuple[bytes, bytes]:
    """Head and tail of a document without items; the last end tag is the root's or the channel's own."""
    parts = [part for part, value in stated.items() if value]
    document = _shape(name, *parts, *(["more"] if "more" in values else [])).format_map(values)
    at = document.rindex(end_tag)
    return DECLARATION + document[:at].encode() + b"\n", document[at:].encode() + b"\n"


def _rss_item(entry: Entry) -> bytes:
    link = next((link for link in entry.links if link.rel == "alternate"), None)
    enclosure = next((link for link in entry.links if link.rel == "enclosure" and link.type), None)
    summary = escape(entry.summary or "")
    shape = _rss_shape(bool(link), bool(entry.summary), bool(entry.content), bool(entry.categories), bool(enclosure))
    values = {
        "title": escape(entry.title or entry.id),
        "link": escape(link.href) if link else "",
        # Readers take a description for HTML: `AT&T <b>` must reach them as text.
        "summary": escape(summary) if "&" in summary else summary,
        "id": escape(entry.id),
        "categories": "".join([_rss_category(one.term, one.scheme, one.label) for one in entry.categories]),
        "url": attribute(enclosure.href) if enclosure else "",
        "length": (enclosure.length or 0) if enclosure else 0,
        "type": attribute(enclosure.type or "") if enclosure else "",
        "published": rfc822(entry.published),
        "extras": dublin_core(entry) + media_rss(entry),
    }
    content = _content(entry) if entry.content_type == "html" else _escaped(_content(entry))
    return _filled(shape, values, content)


def _atom_entry(entry: Entry) -> bytes:
    shape = _atom_shape(bool(entry.summary), entry.content_type if entry.content else None, bool(entry.rights))
    values = {
        "language": attribute(entry.language),
        "id": escape(entry.id),
        "title": escape(entry.title or entry.id),
        "updated": rfc3339(entry.updated),
        "authors": "".join([_atom_person("atom author", one.name, one.email) for one in entry.authors]),
        "links": "".join(map(_atom_link, entry.links)),
        "summary": escape(entry.summary or ""),
        "categories": "".join([_atom_category(one.term, one.scheme, one.label) for one in entry.categories]),
        "contributors": "".join([_atom_person("atom contributor", one.name, one.email) for one in entry.contributors]),
        "published": rfc3339(entry.published),
        "rights": escape(entry.rights or ""),
        "extras": media_rss(entry),
    }
    return _filled(shape, values, _content(entry))


# A shape before and after its content, which is long and the same in both formats.
Halves = tuple[str, str]


@lru_cache(maxsize=64)
def _rss_shape(link: bool, summary: bool, content: bool, categories: bool, enclosure: bool) -> Halves:
    asked = {"link": link, "summary": summary, "content": content, "categories": categories, "enclosure": enclosure}
    return _halves(_shape("rss item", *(name for name, is_there in asked.items() if is_there)))


@lru_cache(maxsize=64)
def _atom_shape(summary: bool, content: Literal["html", "text"] | None, rights: bool) -> Halves:
    asked = {"summary": summary, content or "": bool(content), "rights": rights}
    return _halves(_shape("atom entry", *(name for name, is_there in asked.items() if is_there)))


def _halves(shape: str) -> Halves:
    before, _, after = shape.partition("{content}")
    return before, after


def _filled(shape: Halves, values: Mapping[str, object], content: bytes) -> bytes:
    before, after = shape
    return b"".join((_encoded(before.format_map(values)), content, _encoded(after.format_map(values))))


# A newsroom has few categories and authors, and names them again and again.
@lru_cache(maxsize=4096)
def _rss_category(term: str, scheme: str | None, label: str | None) -> str:
    if not term:
        return ""
    shape = _shape("rss category", *_stated(term=term, scheme=scheme, label=label))
    return shape.format(term=xml_data(term), scheme=_attribute(scheme), label=xml_data(label or ""))


@lru_cache(maxsize=4096)
def _atom_category(term: str, scheme: str | None, label: str | None) -> str:
    if not term:
        return ""
    values = _stated(term=term, scheme=scheme, label=label)
    return _shape("atom category", *values).format_map({name: _attribute(value) for name, value in values.items()})


@lru_cache(maxsize=4096)
def _atom_person(kind: Literal["atom author", "atom contributor"], name: str, email: str | None) -> str:
    if not name:
        return ""
    values = _stated(name=name, email=email)
    return _shape(kind, *values).format_map({name: xml_data(value) for name, value in values.items()})


def _atom_link(link: EntryLink) -> str:
    has_length = link.length is not None
    shape = _atom_link_shape(link.rel, bool(link.type), bool(link.hreflang), bool(link.title), has_length)
    return shape.format(
        href=attribute(link.href),
        type=attribute(link.type or ""),
        hreflang=attribute(link.hreflang or ""),
        title=attribute(link.title or ""),
        length=link.length,
    )


@lru_cache(maxsize=64)
def _atom_link_shape(rel: str, kind: bool, hreflang: bool, title: bool, length: bool) -> str:
    asked = {"type": kind, "hreflang": hreflang, "title": title, "length": length}
    return _shape("atom link", rel, *(name for name, is_there in asked.items() if is_there))


def _shape(name: str, *parts: str) -> str:
    key = " ".join((name, *parts))
    if key not in _shapes:
        # It loads feedgen and lxml, which takes longer than a small export.
        from syndicate.markup.shapes import shape

        _shapes[key] = shape(name, parts)
    return _shapes[key]


# Both formats of an entry are made one after the other, and escaping a long text is a good part of the work.
@lru_cache(maxsize=4)
def _content(entry: Entry) -> bytes:
    return _escaped(_encoded(entry.content or ""))


def _escaped(data: bytes) -> bytes:
    """`escape` for UTF-8, which takes half the time of that for text."""
    return data.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _attribute(value: str | None) -> str:
    return attribute(value or "").replace("\r", "&#13;")


def _stated(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _encoded(text: str) -> bytes:
    """The text in UTF-8; ValueError where XML cannot carry a character.

    Looking at the result is cheaper than at every text beforehand: import has cleaned almost all of them.
    """
    data = text.encode()
    if len(data.translate(None, _CONTROLS)) != len(data) or "\ufffe" in text or "\uffff" in text:
        raise ValueError("a character that XML cannot carry")
    return data


def _sound(make: Callable[[Entry], bytes], entry: Entry) -> bytes:
    """The bytes that `make` gives; where XML cannot carry a character, those of the entry without such characters."""
    try:
        return make(entry)
    except ValueError:
        return make(_cleaned(entry))


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
