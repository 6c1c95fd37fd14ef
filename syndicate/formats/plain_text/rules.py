"""What a plain text must be, so that every program that opens it shows the same.

Hardly anything in a text says that it is one of an article, so a text is looked at as such for those who ask for it;
only one without a fault is known by itself: it names its article in its last line, and the time on a line of its own.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.markup.rules import ERROR, WARNING, RuleSet
from syndicate.markup.structure import shown
from syndicate.markup.xml import Document
from syndicate.model.finding import Finding, Place, Rule

ONLY_ASKED = True
"""Whether a document is of this format for all who say so, whatever `dialect` makes of it."""

rules = RuleSet("plain-text")
_UNICODE = "RFC 3629; RFC 2046 §4.1"

UNDECODABLE = rules.state(
    "plain-text.encoding.undecodable", severity=ERROR, spec=_UNICODE, summary="the text is in UTF-8",
    why="Programs show other characters, or none.")  # fmt: skip
MARK = rules.state(
    "plain-text.encoding.byte-order-mark", severity=WARNING, spec=f"{_UNICODE}; Unicode §23.8",
    summary="no byte order mark stands before the text", why="Some programs show it.")  # fmt: skip
CONTROL = rules.state(
    "plain-text.character.control", severity=ERROR, spec="ISO 6429",
    summary="the text holds no control characters but tabs and line feeds",
    why="They ring bells, turn pages or end the text.")  # fmt: skip
REPLACED = rules.state(
    "plain-text.character.replacement", severity=WARNING, spec="Unicode §23.8",
    summary="the text holds no replacement characters",
    why="They show that it went through a wrong encoding on its way.")  # fmt: skip
RETURN = rules.state(
    "plain-text.line.return", severity=WARNING, spec="POSIX.1-2017, 3.206",
    summary="lines end with a line feed alone", why="Some programs show every other line empty.")  # fmt: skip
FIRST = rules.state(
    "plain-text.line.first", severity=ERROR, spec="common practice", summary="the first line says something",
    why="Programs list a text by its first line.")  # fmt: skip
LAST = rules.state(
    "plain-text.line.last", severity=WARNING, spec="POSIX.1-2017, 3.206", summary="the last line is ended",
    why="Texts that are put behind one another run together.")  # fmt: skip
GUID = rules.state(
    "plain-text.guid.missing", severity=ERROR, spec="RFC 3986 §3", summary="the last line is a permanent name",
    why="Nobody can tell a new version from another story.")  # fmt: skip
DATE = rules.state(
    "plain-text.date.missing", severity=ERROR, spec="common practice", summary="a line says when the article went out",
    why="Nobody can tell whether it is news.")  # fmt: skip

_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d UTC(?: ·|$)", re.ASCII | re.MULTILINE)
_GUID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-;=?-~]+\Z")


def dialect(document: Document) -> str | None:
    """None: what is neither XML nor JSON may be anything."""
    return None


def proved(data: bytes, now: datetime) -> str | None:
    """`plain-text` for a text of an article without a fault."""
    is_other = data.lstrip()[:1] in (b"<", b"{", b"[")
    return "plain-text" if not is_other and next(_flaws(data), None) is None else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the text."""
    # What was found is that it is no XML.
    document.faults = []
    return _flaws(data)


def _flaws(data: bytes) -> Iterator[Finding]:
    if data.startswith(_BOM):
        yield _at(MARK, "", 0, "a byte order mark stands before the text")
        data = data.removeprefix(_BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        yield _at(UNDECODABLE, before, len(before), f"byte 0x{data[error.start]:02X} is no UTF-8")
        text = data.decode("utf-8", "replace")
    else:
        if (found := text.find("\ufffd")) >= 0:
            yield _at(REPLACED, text, found, "the text holds U+FFFD: it went through a wrong encoding")
    yield from _of_characters(text)
    # One empty line may stand before the text.
    if not text.removeprefix("\n").partition("\n")[0].strip():
        yield _at(FIRST, text, 0, "the first line is empty")
    if text and not text.endswith("\n"):
        yield _at(LAST, text, len(text), "the last line does not end with a line feed")
    last = text.rstrip().rpartition("\n")[2].strip()
    if not _GUID.match(last):
        message = f"the last line must be a permanent name like tag:example.com,2026:story:17, not {shown(last)}"
        yield _at(GUID, text, len(text.rstrip()), message)
    if not _DATE.search(text):
        yield _at(DATE, text, 0, "no line begins with a time like 2026-03-04 12:00 UTC")


def _of_characters(text: str) -> Iterator[Finding]:
    if control := _CONTROL.search(text):
        yield _at(CONTROL, text, control.start(), f"the text holds the control character U+{ord(control[0]):04X}")
    if (found := text.find("\r")) >= 0:
        yield _at(RETURN, text, found, "the line ends with a carriage return")


def _at(rule: Rule, text: str, index: int, message: str) -> Finding:
    line, last = text.count("\n", 0, index) + 1, text.rfind("\n", 0, index)
    return Finding(rule=rule, message=message, place=Place(line=line, column=index - last))


RULES: tuple[Rule, ...] = tuple(rules.rules)
