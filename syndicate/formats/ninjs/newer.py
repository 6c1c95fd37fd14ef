"""An item of any version, Superdesk's dialect of 1.x too, as 3.1 would have it. What it says more stays as it is."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.item import Item
from syndicate.formats.ninjs.source import later

PROPERTIES = (
    n.URI, n.TYPE, n.REPRESENTATION_TYPE, n.PROFILE, n.VERSION, n.FIRST_CREATED, n.VERSION_CREATED, n.CONTENT_CREATED,
    n.EMBARGOED_UNTIL, n.PUB_STATUS, n.URGENCY, n.COPYRIGHT_HOLDER, n.COPYRIGHT_NOTICE, n.USAGE_TERMS, n.ED_NOTE,
    n.LANGUAGE, n.DESCRIPTIONS, n.BODIES, n.HEADLINES, n.PEOPLE, n.ORGANISATIONS, n.PLACES, n.SUBJECTS, n.EVENTS,
    n.EVENT_DETAILS, n.PLANNED_COVERAGE, n.OBJECTS, n.INFO_SOURCES, n.TITLE_PROPERTY, n.BY, n.SLUGLINE, n.LOCATED,
    n.RENDITIONS, n.ASSOCIATIONS, n.ALT_IDS, n.TRUST_INDICATORS, n.STANDARD, n.GENRES, n.EXPIRES, n.RIGHTS_INFO,
    n.DIGITAL_SOURCE_TYPE, n.CONTENT_TYPE, n.CHAR_COUNT, n.WORD_COUNT, n.CONTACT_INFO, n.SIZE_IN_BYTES,
)  # fmt: skip
_CANONICAL = {
    **{spelled: name for name in PROPERTIES for spelled in (n.spelled_1(name), n.spelled_2(name), name)},
    "pub_status": n.PUB_STATUS,
}
_TEXTS = {"headline": n.HEADLINES, "description": n.DESCRIPTIONS, "body": n.BODIES}
_TYPES = {"html": n.HTML, "xhtml": "application/xhtml+xml", "text": n.PLAIN}
_NUMBER = re.compile(r"_\d+\Z")
ORIGINAL = ""
"""Under this name stand, in an association, its properties as the source has them, in a text of 1.x its own name."""


def canonical(name: str) -> str:
    """What 3.1 calls the property; a headline, description or body of 1.x is one of a list."""
    known = _CANONICAL.get(name) or _CANONICAL.get(name.lower())
    # An embargo must not be passed over because of its spelling.
    if known is None and "embargo" in name.lower():
        return n.EMBARGOED_UNTIL
    if known is None and "_" in name:
        known = _TEXTS.get(name.partition("_")[0])
    return known or name


def newer(values: Mapping[str, Any]) -> Item:
    """The item in the words of 3.1: lists of objects, each with its name or role."""
    item: Item = {}
    for name, value in values.items():
        known = canonical(name)
        if known in (n.HEADLINES, n.DESCRIPTIONS, n.BODIES) and isinstance(value, str):
            item.setdefault(known, []).append(_text(name, value))
        elif known in _LISTS:
            item.setdefault(known, []).extend(_LISTS[known](value))
        elif known == n.EMBARGOED_UNTIL:
            item[known] = later(item.get(known), value)
        elif known not in item:
            item[known] = value
    return item


def is_item(value: Any) -> bool:
    """Whether the value is an object that names itself as an item does."""
    return isinstance(value, dict) and any(isinstance(value.get(name), str) for name in (n.URI, "guid"))


def _text(name: str, value: str) -> Item:
    """A text of 1.x: what follows the underscore is its role, and for some its type."""
    kind, _, suffix = name.partition("_")
    role = _NUMBER.sub("", suffix) or n.MAIN
    made = {n.ROLE: role, n.VALUE: value, ORIGINAL: name}
    last = suffix.rpartition("_")[2]
    return {**made, n.CONTENT_TYPE: _TYPES[last]} if last in _TYPES and kind != "headline" else made


def _objects(value: Any) -> Iterator[Item]:
    """The objects of a list, or one that stands alone; a text alone is a name."""
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            yield {canonical(name): inner for name, inner in one.items()}
        elif isinstance(one, str) and one.strip():
            yield {n.NAME: one}


def _named(value: Any) -> Iterator[Item]:
    """The objects of a list, or of an object that has them under their names."""
    if isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, dict):
                yield {**dict(_objects_of(one)), n.NAME: name}
    elif isinstance(value, list):
        yield from (dict(_objects_of(one)) for one in value if isinstance(one, dict))


def _objects_of(one: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((canonical(name), inner) for name, inner in one.items())


def _associations(value: Any) -> Iterator[Item]:
    """Whole items, each with the name and relation that it has here."""
    if isinstance(value, dict):
        pairs = [(name, one) for name, one in value.items() if isinstance(one, dict)]
    else:
        pairs = [(one.get(n.NAME), one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    for name, one in pairs:
        stated = {n.NAME: name} if isinstance(name, str) else {}
        yield {**newer(one), **stated, ORIGINAL: one}


_LISTS: Mapping[str, Callable[[Any], Iterator[Item]]] = {
    **dict.fromkeys(
        (
            n.HEADLINES, n.DESCRIPTIONS, n.BODIES, n.PEOPLE, n.ORGANISATIONS, n.PLACES, n.SUBJECTS, n.EVENTS,
            n.OBJECTS, n.INFO_SOURCES, n.GENRES, "service", "authors",
            "bylines", "photographer",
        ),
        _objects,
    ),
    n.RENDITIONS: _named,
    n.ASSOCIATIONS: _associations,
}  # fmt: skip
