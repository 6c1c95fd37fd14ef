"""Any document to findings: parse, recognise the format by its content, let the format's rules look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.markup import json_rules, xml_rules
from syndicate.markup.no_document import NO_DOCUMENT
from syndicate.markup.places import MAX_BYTES, parse_places
from syndicate.markup.rules import ERROR, RuleSet
from syndicate.markup.xml import Document, Items
from syndicate.markup.xml_head import root_of
from syndicate.model.finding import Finding, Place, Rule, Severity
from syndicate.profiles.rules import rules as profile_rules

rules = RuleSet("any")
UNKNOWN_FORMAT = rules.state(
    "document.format.unknown", severity=ERROR, spec="none", summary="the document is of a format that is known",
    why="What nobody recognises, nobody can read.", reference="UndefinedElement",
)  # fmt: skip

_HEAD = 4096
# What each of the formats in JSON is known by.
_JSON = (
    'JSON without the "version" of a feed (https://jsonfeed.org/version/1.1), the "uri" of a news item and the'
    ' "@context" of an article'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is wrong with one document; `format` is the dialect that was found (`rss-2.0`), None when none was."""

    format: str | None
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        """Whether there is no error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def check(
    data: bytes,
    *,
    now: datetime,
    as_format: str | None = None,
    schemas: Path | None = None,
    charset: str | None = None,
) -> Report:
    """What is wrong with the document, in the order of its lines. Never raises for what the bytes hold.

    `data` is anything with bytes in it, a file mapped into memory too: feeds are checked item by item, of any size.
    `as_format` is a format's name and takes the place of recognising it; UnknownName when there are no rules for it.
    `schemas` is a folder of official schemas, where there is one. `charset` is what the server says, where one does.
    """
    is_mapped = type(data) is not bytes
    if is_mapped and (len(data) <= MAX_BYTES or schemas is not None or as_format is not None):
        data, is_mapped = bytes(data), False
    is_plain = not is_mapped and charset is None
    if is_plain and (proved := _proved(data, as_format, now, schemas)) is not None:
        return Report(format=proved, findings=())
    document = parse_places(data, lambda opened: _begin(opened, as_format, now), charset=charset)
    name, dialect = _recognise(document, as_format)
    found: list[Finding] = []
    is_text = False
    if name is not None and dialect is not None:
        found.extend(formats.checker(name).check(document, data, dialect, now, schemas))
    elif not any(fault.kind in NO_DOCUMENT for fault in document.faults):
        is_text = document.root is None and document.syntax == "xml" and _is_text(data)
        found.append(_no_markup(as_format) if is_text else _unknown(document, as_format))
    # What a parser of XML says of a text that is none helps nobody.
    found.extend(() if is_text else _of_parse(document))
    document.dismantle()
    return Report(format=dialect, findings=tuple(sorted(found, key=order)))


def _of_parse(document: Document) -> Iterator[Finding]:
    """What the parse has found."""
    rules_by_kind = json_rules.BY_KIND if document.syntax == "json" else xml_rules.BY_KIND
    for fault in document.faults:
        place = Place(line=fault.line, column=fault.column)
        yield Finding(rule=rules_by_kind[fault.kind], message=fault.message, place=place)


def _proved(data: bytes, as_format: str | None, now: datetime, schemas: Path | None) -> str | None:
    """The dialect of a document that one of the formats proves good without a look at its rules."""
    for name in _candidates(as_format, _opening(data)):
        ask, agreed = formats.proved(name), formats.agreed(name)
        dialect = None if ask is None or (schemas and agreed is None) else ask(data, now)
        if dialect is not None:
            return dialect if schemas is None or (agreed and agreed(data, schemas)) else None
    return None


def _begin(document: Document, as_format: str | None, now: datetime) -> Items | None:
    """Let the format's rules look at items while the document is read, where they can."""
    name, dialect = _recognise(document, as_format)
    begin = None if name is None else formats.begin(name)
    return None if begin is None or dialect is None else begin(document, dialect, now)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id."""
    found = {*rules.rules, *xml_rules.rules.rules, *json_rules.rules.rules, *profile_rules.rules}
    for name in formats.having("rules"):
        found.update(formats.checker(name).RULES)
    return tuple(sorted(found, key=lambda rule: rule.id))


@cache
def _checked() -> tuple[str, ...]:
    return formats.having("rules")


@lru_cache(maxsize=256)
def _candidates(as_format: str | None, root: str) -> tuple[str, ...]:
    """The formats that a document with that root may be of; the rules of others need not be loaded."""
    if as_format is not None:
        return (as_format,)
    known = ((name, formats.roots(name)) for name in _checked())
    return tuple(name for name, roots in known if roots is None or root in roots)


def _opening(data: bytes) -> str:
    """The local name of the root element, or the bracket of JSON; empty where a short look does not tell."""
    head = data[:_HEAD].lstrip()
    return head[:1].decode("latin-1") if head[:1] in (b"{", b"[") else root_of(head)[0]


def _root_of(document: Document) -> str:
    """The same of a document that was read."""
    if document.root is None:
        return ""
    return "{" if document.syntax == "json" else document.root.local


def recognised(document: Document) -> str | None:
    """The name of the format that the document is of, None when nobody knows it."""
    return _recognise(document, None)[0]


def _recognise(document: Document, as_format: str | None) -> tuple[str | None, str | None]:
    if as_format is not None and formats.is_only_asked(as_format):
        return as_format, as_format
    for name in _candidates(as_format, _root_of(document)):
        dialect = formats.checker(name).dialect(document)
        if dialect is not None:
            return name, dialect
    if as_format is not None and document.syntax == "json" and document.root is not None:
        # Such a document is known by one member, which is missing; somebody has said what it is.
        newest = formats.newest(as_format)
        return (as_format, newest) if newest is not None else (None, None)
    return None, None


def _is_text(data: bytes) -> bool:
    """Whether there is no tag in what may be read of a document."""
    head = bytes(data[:_HEAD])
    return b"<" not in head and b"<\0" not in head and b"\0<" not in head and head.isascii()


def _no_markup(as_format: str | None) -> Finding:
    asked = " or ".join(f"--as {name}" for name in _checked() if formats.is_only_asked(name))
    cure = f"it is no {as_format}" if as_format else f"a plain text of an article is checked with {asked}"
    return Finding(
        rule=UNKNOWN_FORMAT,
        message=f"this is plain text, and no feed or news document: {cure}",
        place=Place(line=1, column=1),
    )


def _unknown(document: Document, as_format: str | None) -> Finding:
    expected = as_format or ", ".join(_expected(document.syntax))
    root = document.root
    if root is None:
        asked = ", ".join(name for name in _checked() if formats.is_only_asked(name))
        cure = "" if as_format else f" ({asked} has to be named)"
        return Finding(rule=UNKNOWN_FORMAT, message=f"there is no readable element; expected {expected}{cure}")
    place = Place(line=root.line, column=root.column, element=root.qname)
    if root.local.lower() == "html":
        message = "this is a web page, not a feed: name the address or the file of the feed itself"
        return Finding(rule=UNKNOWN_FORMAT, message=message, place=place)
    what = f"a document that begins with {root.qname}" if document.syntax == "xml" else _JSON
    return Finding(rule=UNKNOWN_FORMAT, message=f"{what} is not {expected}", place=place)


def _expected(syntax: str) -> Iterator[str]:
    """The formats that a document in that syntax may be of."""
    for name in _checked():
        roots = formats.roots(name)
        may_be = roots is None or bool(roots & {"{", "["}) == (syntax == "json")
        if may_be and not formats.is_only_asked(name):
            yield name


def order(finding: Finding) -> tuple[int, int, str, str]:
    """The order of findings: as they lie in the document."""
    return (finding.place.line or 0, finding.place.column or 0, finding.rule.id, finding.message)
