"""Kinds of values that only Atom has, with their rules."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from syndicate.markup.rules import WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, by_text_alone, proved_by, shown
from syndicate.markup.values import EMPTY

rules = RuleSet("atom")
SPEC = "RFC 4287"

NOT_CANONICAL = rules.state(
    "atom.id.not-canonical", severity=WARNING, spec=f"{SPEC} §4.2.6.1", summary="ids are in normalised form",
    why="Ids are compared letter by letter: a system that normalises addresses turns it into another id.",
    reference="NonCanonicalURI")  # fmt: skip

_PERCENT = re.compile(r"%(..)")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# Names that are no web addresses, and hold nothing that could be written in another way.
_is_surely_canonical = re.compile(r"(?:urn:|tag:[^,A-Z]*,)[^%]*\Z").match
_PORTS = {"http": 80, "https": 443, "ftp": 21}


@by_text_alone
@proved_by(str.strip)
def filled_term(value: Value, run: Run) -> Iterator[Flaw]:
    """The term of a category."""
    if not value.text.strip():
        yield EMPTY, "the term of the category is empty"


@by_text_alone
@proved_by(_is_surely_canonical)
def canonical(value: Value, run: Run) -> Iterator[Flaw]:
    """A permanent name that stays the same when it is normalised."""
    why = flaw_of_form(value.text.strip())
    if why:
        yield NOT_CANONICAL, f"the id {shown(value.text)} is not normalised: {why}"


def flaw_of_form(address: str) -> str | None:
    """Why normalising (RFC 3986 §6.2) would change the address; None when it would not."""
    scheme = address.partition(":")[0]
    if scheme != scheme.lower():
        return "write the scheme in small letters"
    if scheme == "tag" and address.partition(",")[0] != address.partition(",")[0].lower():
        return "write the host in small letters"
    for escaped in _PERCENT.findall(address):
        if escaped != escaped.upper():
            return f"write %{escaped.upper()}"
        if _is_needless(escaped):
            return f"write %{escaped} as the character itself"
    return _flaw_of_place(address, scheme) if scheme in _PORTS else None


def _is_needless(escaped: str) -> bool:
    try:
        return bool(_UNRESERVED.match(chr(int(escaped, 16))))
    except ValueError:
        return False


def _flaw_of_place(address: str, scheme: str) -> str | None:
    """What is not normalised in the host and path of a web address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if not parts.netloc:
        return None
    if parts.netloc != parts.netloc.lower():
        return "write the host in small letters"
    if port == _PORTS[scheme] or parts.netloc.endswith(":"):
        return "leave out the port"
    if not parts.path:
        return "write a / behind the host"
    if {".", ".."} & set(parts.path.split("/")):
        return "leave out . and .. in the path"
    return None
