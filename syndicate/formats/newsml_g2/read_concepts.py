"""Concepts as items name them: by qcode, URI, literal or name. Aliases are resolved by the catalogs in the item."""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.read_tree import LANG, Element, Notes, child, children, value, words
from syndicate.formats.newsml_g2.schemes import IPTC_URIS, LITERAL, ROLE, SECTION
from syndicate.model.article import Person
from syndicate.model.subject import Subject

_BY_URI = {uri.rstrip("/"): alias for alias, uri in IPTC_URIS.items()}
_PARTS = re.compile("[/#]")
_MOST_PARTS = 20
_OURS = frozenset({ROLE, SECTION})
# Names of these roles are not what people are shown.
_SHORT = ("mnemonic", "short", "gui")
_PERSON = frozenset({"person"})
# IPTC's natures of concepts: what is not about persons and places is a topic.
_TOPICS = frozenset({"", "abstract"})


class Catalog:
    """The aliases that an item declares, with the addresses of their schemes."""

    def __init__(self, owners: Iterable[Element]) -> None:
        self.uris: dict[str, str] = {}
        self._known: dict[str, str] | None = None
        for owner in owners:
            for catalog in children(owner, n.CATALOG):
                for scheme in children(catalog, n.SCHEME):
                    alias, uri = value(scheme, "alias"), value(scheme, "uri")
                    if alias and uri:
                        self.uris.setdefault(alias, uri)

    def code(self, qcode: str | None) -> tuple[str, str] | None:
        """Scheme and code of a qcode; a scheme of IPTC goes by its usual alias, whatever the item calls it."""
        alias, colon, code = (qcode or "").partition(":")
        if not colon or not alias or not code:
            return None
        known = _BY_URI.get(self.uris.get(alias, "").rstrip("/"))
        return known or alias, unquote(code) if alias in _OURS else code

    def split(self, uri: str | None) -> tuple[str, str] | None:
        """Scheme and code of a URI that begins with the address of a scheme; the longest such address counts."""
        if not uri:
            return None
        if self._known is None:
            self._known = {**{address.rstrip("/#"): alias for alias, address in self.uris.items()}, **_BY_URI}
        for end in (found.start() for found in reversed(list(islice(_PARTS.finditer(uri), _MOST_PARTS)))):
            if uri[:end] in self._known and len(uri) > end + 1:
                return self._known[uri[:end]], uri[end + 1 :]
        return None

    def concept(self, element: Element, name: str = "qcode", uri: str = "uri") -> tuple[str, str] | None:
        """Scheme and code of the concept by which the element is identified, or None."""
        return self.code(value(element, name)) or self.split(value(element, uri))

    def word(self, element: Element | None, name: str = "qcode", uri: str = "uri") -> str:
        """The code alone (`usable`), empty where there is none; the last part of a URI that no scheme covers."""
        if element is None:
            return ""
        found = self.concept(element, name, uri)
        if found is not None:
            return found[1]
        stated = value(element, name) or value(element, uri) or ""
        return stated.rstrip("/").rpartition("/")[2]


def name_of(element: Element, language: str | None = None, *, bare: bool = True) -> str | None:
    """The name of the concept: in that language, else in English, else the first; its literal or text without one."""
    found = list(children(element, n.NAME))
    shown = [one for one in found if not (one.get("role") or "").endswith(_SHORT)] or found
    # A name that states no language is in that of the item.
    wanted = ((language or "").split("-")[0], "en")
    ranked = sorted(shown, key=lambda one: _rank(one.get(LANG) or language or "", wanted))
    named = next((text for one in ranked if (text := words(one))), None)
    if named or not bare:
        return named
    return value(element, "literal") or (None if len(element) else words(element))


def _rank(tag: str, wanted: tuple[str, ...]) -> int:
    primary = tag.split("-")[0]
    return wanted.index(primary) if primary in wanted else len(wanted)


def subject_of(element: Element, catalog: Catalog, language: str | None, notes: Notes) -> Subject | None:
    """The subject; one that has neither code nor address is known by its words alone."""
    found, name = catalog.concept(element), name_of(element, language, bare=False)
    kind = catalog.word(element, "type", "typeuri")
    if found is None:
        code = value(element, "literal") or name or value(element, "uri") or value(element, "qcode")
        found = (LITERAL, code) if code else None
    if found is None:
        return None
    if kind not in _TOPICS:
        notes.lose(f"{n.CONTENT_META}/{n.SUBJECT}@type")
    return Subject(scheme=found[0], code=found[1], name=name)


def person_of(element: Element, catalog: Catalog, language: str | None) -> Person | None:
    """The party as author or contributor; its code stands in for a name."""
    name = name_of(element, language) or (catalog.concept(element) or ("", ""))[1]
    if not name:
        return None
    return Person(name=name, email=_email(element), role=catalog.word(element, "role", "roleuri") or None)


def is_person(element: Element, catalog: Catalog) -> bool:
    """Whether the party is said to be a person."""
    return catalog.word(element, "type", "typeuri") in _PERSON or child(element, n.PERSON_DETAILS) is not None


def is_organisation(element: Element, catalog: Catalog) -> bool:
    """Whether the party is said to be none."""
    kind = catalog.word(element, "type", "typeuri")
    return (bool(kind) and kind not in _PERSON) or child(element, n.ORGANISATION_DETAILS) is not None


def _email(element: Element) -> str | None:
    details = child(element, n.PERSON_DETAILS)
    contact = None if details is None else child(details, n.CONTACT_INFO)
    return None if contact is None else words(child(contact, n.EMAIL))
