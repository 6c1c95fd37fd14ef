"""An item, or a feed without items, as our renderer writes it, proved good in one pass (see `markup/proof.py`)."""

from functools import cache
from re import Pattern

from syndicate.formats.base import Proof
from syndicate.formats.rss import names as n
from syndicate.markup.namespaces import atom_in_rss, media, podcast, small
from syndicate.markup.namespaces.media_proof import PREFIX as MEDIA_PREFIX
from syndicate.markup.namespaces.media_proof import is_sound_media
from syndicate.markup.proof import (
    ANY,
    FILLED,
    LANGUAGE,
    MEDIA_TYPE,
    NUMBER,
    PLAIN,
    PLAIN_VALUE,
    TIME,
    WEB,
    attribute,
    compiled,
    constant,
    either,
    element,
    empty,
    is_html,
    is_language,
    is_short,
    is_sound,
    is_sound_html,
    many,
    maybe,
    named,
)
from syndicate.markup.value_dates import is_past, iso_day
from syndicate.markup.xml import DECLARATION, Node

_PREFIXES = {
    "dc": small.DC_NS,
    "dcterms": small.DCTERMS_NS,
    "content": small.CONTENT_NS,
    MEDIA_PREFIX: media.NS,
    "atom": atom_in_rss.NS,
    "": "",
}
# As feedgen puts them.
_ORDER = ("dc", "dcterms", MEDIA_PREFIX, "atom", "content")
_ENCODED = "content:encoded"
_END_OF_CONTENT = f"</{_ENCODED}>".encode()
_END = f"</{n.ITEM}>".encode()
_GUID = "[A-Za-z][!-%'-;=-~]{9,}+"
_DATE = (
    named("day", r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4}")
    + r" (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] (?:\+0000|GMT)"
)


def proof(owner: Node) -> Proof | None:
    """What proves items good that stand alone in that element: a channel with the usual prefixes, not of a podcast."""
    root = owner.parent
    if owner.name != n.CHANNEL or root is None or root.name != n.RSS or root.parent is not None:
        return None
    bound = all(owner.namespaces.get(prefix, "") == uri for prefix, uri in _PREFIXES.items())
    return is_good if bound and owner.find(n.ITEM) is None and not podcast.is_podcast(owner) else None


def is_good(data: bytes, today: str) -> bool:
    """Whether the rules certainly find nothing in the item, on that day (`2026-03-04`)."""
    before, after = _patterns()
    head, item = before.match(data), data.rstrip(b"\n")
    if head is None or not is_short(data) or not item.endswith(_END):
        return False
    start = at = head.end()
    if head["content"]:
        at = data.find(b"<", start)
        if not data.startswith(_END_OF_CONTENT, at):
            return False
    tail = after.match(data, at + len(_END_OF_CONTENT) if head["content"] else at)
    if tail is None or not is_html(head["html"] or b"") or not is_sound(data[:start] + data[at : tail.end()]):
        return False
    if not is_sound_html(data[start:at]) or not is_sound_media(item[tail.end() : -len(_END)]):
        return False
    return is_past(iso_day(tail["day"].decode()), today) and is_language(tail["language"])


def is_good_feed(data: bytes, today: str) -> bool:
    """Whether the document is a feed of ours without items in which the rules certainly find nothing, on that day."""
    found = _feed().fullmatch(data)
    if found is None or not is_short(data) or not is_sound(data):
        return False
    return is_past(iso_day(found["day"].decode()), today) and is_language(found["language"])


@cache
def _feed() -> Pattern[bytes]:
    prefixes = "".join([attribute(f"xmlns:{name}", constant(_PREFIXES[name])) for name in _ORDER])
    link = attribute("href", WEB) + attribute("rel", "self") + attribute("type", constant(n.MEDIA_TYPE))
    return compiled(
        constant(DECLARATION.decode()),
        f"<{n.RSS}{prefixes}{attribute(n.VERSION, constant('2.0'))}><{n.CHANNEL}>",
        element(n.TITLE_ELEMENT, FILLED),
        element(n.LINK, WEB),
        element(n.DESCRIPTION, FILLED),
        empty("atom:link", link),
        many(empty("atom:link", attribute("href", WEB) + attribute("rel", "hub"))),
        maybe(element(n.COPYRIGHT, FILLED)),
        maybe(element(n.DOCS, WEB)),
        element(n.GENERATOR, FILLED),
        element(n.LANGUAGE, named("language", LANGUAGE)),
        element(n.LAST_BUILD_DATE, _DATE),
        rf"\n</{n.CHANNEL}>\n?</{n.RSS}>\n",
    )


@cache
def _patterns() -> tuple[Pattern[bytes], Pattern[bytes]]:
    """What stands before the content, and what stands between it and the media."""
    description = element(n.DESCRIPTION, named("html", ANY)) + maybe(named("content", f"<{_ENCODED}>"))
    before = compiled(f"<{n.ITEM}>", element(n.TITLE_ELEMENT, FILLED), maybe(element(n.LINK, WEB)), maybe(description))
    domain = maybe(attribute(n.DOMAIN, PLAIN_VALUE))
    enclosure = attribute(n.URL, WEB) + attribute(n.LENGTH, either("0", NUMBER)) + attribute(n.TYPE, MEDIA_TYPE)
    after = compiled(
        element(n.GUID, _GUID, attribute(n.IS_PERMA_LINK, constant("false"))),
        many(element(n.CATEGORY, FILLED, domain)),
        maybe(empty(n.ENCLOSURE, enclosure)),
        element(n.PUB_DATE, _DATE),
        many(element("dc:creator", PLAIN)),
        many(element("dc:contributor", PLAIN)),
        element("dc:language", named("language", LANGUAGE)),
        maybe(element("dc:rights", PLAIN)),
        maybe(element("dcterms:modified", TIME)),
    )
    return before, after
