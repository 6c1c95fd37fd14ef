"""The members of JSON Feed 1 and 1.1: what stands in what, of which type and kind (jsonfeed.org/version/1.1)."""

from collections.abc import Iterator

from syndicate.formats.jsonfeed import names as n
from syndicate.formats.jsonfeed import value_rules as v
from syndicate.markup.json_nodes import ROOT, Type
from syndicate.markup.structure import Child, Element, Kind, Role
from syndicate.markup.value_addresses import full_iri
from syndicate.markup.value_html import html_without_base, plain
from syndicate.markup.values import DECIMAL, anything, both, byte_count, filled, language, media_type, within

_TEXT: tuple[Type, ...] = ("text",)
_plain = both(filled, plain)
# Thirty years, in seconds.
_LONGEST = 10**9


def _leaf(name: str, kind: Kind, *, needed: bool = False) -> Child:
    return Child(Element(name=name, text=kind), least=int(needed))


def _list(name: str, element: Element) -> Child:
    return Child(Element(name=name, children=(Child(element, most=None),)))


def _objects(name: str, *members: Child) -> Child:
    return _list(name, Element(name=f"{name}[]", children=members))


_AUTHOR = (_leaf(n.NAME, _plain), _leaf(n.URL, full_iri), _leaf(n.AVATAR, full_iri))
_AUTHORS = (Child(Element(name=n.AUTHOR, children=_AUTHOR)), _objects(n.AUTHORS, *_AUTHOR))
ITEM = Element(
    name=f"{n.ITEMS}[]",
    role=Role.ITEM,
    children=(
        _leaf(n.ID, filled, needed=True),
        _leaf(n.URL, full_iri),
        _leaf(n.EXTERNAL_URL, full_iri),
        _leaf(n.TITLE_MEMBER, plain),
        _leaf(n.CONTENT_HTML, html_without_base),
        _leaf(n.CONTENT_TEXT, anything),
        _leaf(n.SUMMARY, plain),
        _leaf(n.IMAGE, full_iri),
        _leaf(n.BANNER_IMAGE, full_iri),
        _leaf(n.DATE_PUBLISHED, v.date),
        _leaf(n.DATE_MODIFIED, v.date),
        *_AUTHORS,
        _list(n.TAGS, Element(name=f"{n.TAGS}[]", text=_plain)),
        _leaf(n.LANGUAGE, language),
        _objects(
            n.ATTACHMENTS,
            _leaf(n.URL, full_iri, needed=True),
            _leaf(n.MIME_TYPE, media_type, needed=True),
            _leaf(n.TITLE_MEMBER, plain),
            _leaf(n.SIZE_IN_BYTES, byte_count),
            _leaf(n.DURATION_IN_SECONDS, within(DECIMAL, 0, _LONGEST)),
        ),
    ),
)
FEED = Element(
    name=ROOT,
    role=Role.FEED,
    children=(
        _leaf(n.VERSION, v.version, needed=True),
        _leaf(n.TITLE_MEMBER, _plain, needed=True),
        _leaf(n.HOME_PAGE_URL, full_iri),
        _leaf(n.FEED_URL, full_iri),
        _leaf(n.DESCRIPTION, plain),
        _leaf(n.USER_COMMENT, anything),
        _leaf(n.NEXT_URL, full_iri),
        _leaf(n.ICON, full_iri),
        _leaf(n.FAVICON, full_iri),
        *_AUTHORS,
        _leaf(n.LANGUAGE, language),
        _leaf(n.EXPIRED, anything),
        _objects(n.HUBS, _leaf(n.TYPE, filled, needed=True), _leaf(n.URL, full_iri, needed=True)),
        Child(Element(name=n.ITEMS, children=(Child(ITEM, most=None),)), least=1),
    ),
)

# Every member is a text but these. Readers are told to take an id that is a number for its text.
TYPES: dict[str, tuple[Type, ...]] = {
    ROOT: ("object",),
    n.ID: ("text", "number"),
    n.AUTHOR: ("object",),
    n.EXPIRED: ("true or false",),
    n.SIZE_IN_BYTES: ("number",),
    n.DURATION_IN_SECONDS: ("number",),
    **dict.fromkeys((n.ITEMS, n.AUTHORS, n.HUBS, n.ATTACHMENTS, n.TAGS), ("list",)),
    **dict.fromkeys((f"{name}[]" for name in (n.ITEMS, n.AUTHORS, n.HUBS, n.ATTACHMENTS)), ("object",)),
}


def types_of(name: str) -> tuple[Type, ...]:
    """The types that the member of that name may be of; none for a name that the format does not have."""
    return TYPES.get(name, _TEXT if name in _KNOWN else ())


def _names(shape: Element) -> Iterator[str]:
    yield shape.name
    for child in shape.children:
        yield from _names(child.element)


_KNOWN = frozenset(_names(FEED))
