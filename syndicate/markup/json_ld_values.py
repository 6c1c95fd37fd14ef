"""Values of JSON-LD, however loosely they are written: texts, addresses, people and terms. Nothing here raises.

A value may stand alone or in a list, as a plain text or as `{"@value": ...}`, as a name or as an object that has one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Properties = Mapping[str, Any]
"""An object with the bare names of schema.org."""

_PREFIX = re.compile(r"(?:schema:|https?://(?:www\.)?schema\.org/)(?=\w)")
_WEB = re.compile(r"(?:https?:)?//\S+\Z", re.IGNORECASE)
_NAMES = ("@value", "name", "headline", "text", "value", "@id", "url")
_NEWSCODES = re.compile(r"https?://cv\.iptc\.org/newscodes/(mediatopic|subjectcode)/(\d{8})\Z")
_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"false", "0", "no"})
_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPerson:
    """Somebody, or an organisation, that is named; `type` is that of schema.org, `Person` where none is stated."""

    name: str
    type: str = "Person"
    email: str | None = None
    role: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What an article is about; `code` and `scheme` where it is a term of a vocabulary."""

    name: str | None = None
    code: str | None = None
    scheme: str | None = None


def bare(name: str) -> str:
    """The name of a property or type without the prefix of schema.org."""
    return _PREFIX.sub("", name, count=1) if ":" in name else name


def properties(node: Mapping[str, Any]) -> Properties:
    """The object's properties by their bare names."""
    return {bare(name): value for name, value in node.items()}


def types(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The types that the object states."""
    return tuple(bare(one) for one in pieces(node.get("@type", node.get("type"))) if isinstance(one, str))


def pieces(value: Any) -> list[Any]:
    """The values of one that may be a list, `@list` or `@set`; nulls are none."""
    if isinstance(value, dict) and len(value) == 1:
        value = value.get("@list", value.get("@set", value))
    found = value if isinstance(value, list) else [value]
    return [one for one in found[:_MOST] if one is not None and one != ""]


def line(value: Any) -> str | None:
    """The first text of a value, trimmed; numbers count as texts."""
    return next(iter(lines(value)), None)


def lines(value: Any) -> tuple[str, ...]:
    """All texts of a value, trimmed, the empty ones left out."""
    return tuple(text for one in pieces(value) if (text := _text(one)))


def address(value: Any) -> str | None:
    """The first web address that a value states, as `url`, `contentUrl`, `@id` or as a text; else None."""
    return next(iter(addresses(value)), None)


def addresses(value: Any) -> tuple[str, ...]:
    """All of them, one of each object."""
    return tuple(found for one in pieces(value) if (found := _address(one)))


def split_words(value: Any) -> tuple[str, ...]:
    """Keywords: in a list, or in one text with commas."""
    found = value.split(",")[:_MOST] if isinstance(value, str) else pieces(value)
    return tuple(dict.fromkeys(text for one in found if (text := _text(one))))


def flag(value: Any) -> bool | None:
    """Yes, no, or None for neither."""
    text = (line(value) or "").lower().rpartition("/")[2]
    return True if text in _TRUE else False if text in _FALSE else None


def people(value: Any) -> tuple[LinkedPerson, ...]:
    """The people and organisations that a value names."""
    return tuple(found for one in pieces(value) if (found := _person(one)))


def terms(value: Any) -> tuple[Term, ...]:
    """The subjects that a value names."""
    return tuple(found for one in pieces(value) if (found := _term(one)))


def whole(value: Any) -> int | None:
    """A whole number from 0 on, also one with a unit behind it (`640px`, `12 B`); else None."""
    found = re.match(r"\s*(\d{1,15})(?:\.0*)?\s*(?:px|B|bytes)?\s*\Z", line(value) or "", re.ASCII | re.IGNORECASE)
    return int(found[1]) if found else None


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        known = properties(value)
        told = (known[name] for name in _NAMES if isinstance(known.get(name), str | int))
        return next((text for one in told if (text := _text(one))), None)
    return None


def _address(value: Any, deepest: int = 4) -> str | None:
    if isinstance(value, dict) and deepest:
        known = properties(value)
        stated = [one for name in ("contentUrl", "url", "@id", "@value") for one in pieces(known.get(name))]
        return next(filter(None, (_address(one, deepest - 1) for one in stated)), None)
    return value.strip() if isinstance(value, str) and _WEB.match(value.strip()) else None


def _person(value: Any) -> LinkedPerson | None:
    if not isinstance(value, dict):
        name = _text(value)
        return LinkedPerson(name=name) if name else None
    known = properties(value)
    parts = (line(known.get("givenName")), line(known.get("familyName")))
    name = line(known.get("name")) or " ".join(filter(None, parts)) or None
    if name is None:
        return None
    return LinkedPerson(
        name=name,
        type=next(iter(types(value)), "Person"),
        email=(line(known.get("email")) or "").removeprefix("mailto:") or None,
        role=line(known.get("jobTitle")),
        url=address(known.get("url")) or address(known.get("@id")),
    )


def _term(value: Any) -> Term | None:
    if not isinstance(value, dict):
        name = _text(value)
        return Term(name=name) if name else None
    known = properties(value)
    scheme, code = known.get("inDefinedTermSet"), line(known.get("termCode"))
    if code is None and (found := _NEWSCODES.match(line(known.get("@id")) or "")):
        scheme, code = f"http://cv.iptc.org/newscodes/{found[1]}/", found[2]
    if code is None:
        name = _text(value)
        return Term(name=name) if name else None
    stated = scheme.get("@id", scheme.get("url", scheme.get("name"))) if isinstance(scheme, dict) else scheme
    return Term(name=line(known.get("name")), code=code, scheme=line(stated))
