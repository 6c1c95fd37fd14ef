"""What stands in an item and has no place in an article."""

from collections.abc import Iterator, Mapping
from typing import Any

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.newer import canonical

_NAMED = (n.NAME, n.URI, n.LITERAL, n.SCHEME, n.CODE)
_TEXT = (n.ROLE, n.CONTENT_TYPE, n.VALUE)
_CARRIED: Mapping[str, tuple[str, ...]] = {
    # () is for what is carried whole, or says nothing of the content.
    **dict.fromkeys(
        (
            n.URI, "guid", n.TYPE, n.REPRESENTATION_TYPE, n.VERSION, n.FIRST_CREATED, n.VERSION_CREATED,
            n.EMBARGOED_UNTIL, n.PUB_STATUS, n.URGENCY, n.COPYRIGHT_HOLDER, n.COPYRIGHT_NOTICE, n.USAGE_TERMS,
            n.ED_NOTE, n.LANGUAGE, n.TITLE_PROPERTY, n.BY, n.SLUGLINE, n.LOCATED, n.EXPIRES, n.STANDARD, n.CHAR_COUNT,
            n.WORD_COUNT, n.CONTENT_TYPE, "keywords", "source",
        ),
        (),
    ),
    n.HEADLINES: _TEXT,
    n.DESCRIPTIONS: _TEXT,
    n.BODIES: (*_TEXT, n.CHAR_COUNT, n.WORD_COUNT),
    n.PEOPLE: (*_NAMED, n.REL, n.CONTACT_INFO),
    "authors": (n.NAME, n.ROLE, n.EMAIL),
    # Those of AP
    "bylines": (n.BY, n.NAME),
    "photographer": (n.NAME,),
    n.SUBJECTS: (*_NAMED, n.REL),
    **dict.fromkeys((n.ORGANISATIONS, n.PLACES, n.EVENTS, n.OBJECTS, n.GENRES, "service"), _NAMED),
    n.INFO_SOURCES: (n.NAME, n.ROLE, n.REL, n.URI),
    n.RENDITIONS: (n.NAME, n.HREF, n.CONTENT_TYPE, n.WIDTH, n.HEIGHT, n.SIZE_IN_BYTES, n.DURATION),
    n.ASSOCIATIONS: (),
}  # fmt: skip


def lost(values: Mapping[str, Any], dropped: set[str]) -> tuple[str, ...]:
    """The names of properties with content, as the source spells them, in its order; `dropped` are those read in vain.

    A property of an object in a list is `subject/creator`.
    """
    return tuple(dict.fromkeys(_lost(values, dropped)))


def _lost(values: Mapping[str, Any], dropped: set[str]) -> Iterator[str]:
    for name, value in values.items():
        known = canonical(name)
        if _is_empty(value):
            continue
        if known not in _CARRIED or known in dropped:
            yield name
        elif isinstance(value, list) or (_CARRIED[known] and isinstance(value, dict)):
            yield from _inside(name, value, known, dropped)


def _inside(name: str, value: Any, known: str, dropped: set[str]) -> Iterator[str]:
    for one in _objects(value, known):
        for inner, content in one.items():
            path = canonical(inner)
            is_carried = not _CARRIED[known] or path in _CARRIED[known]
            if not _is_empty(content) and (not is_carried or f"{known}/{path}" in dropped):
                yield f"{name}/{inner}"


def _objects(value: Any, known: str) -> list[Mapping[str, Any]]:
    if isinstance(value, dict):
        value = list(value.values()) if known == n.RENDITIONS else [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and value.isspace())
