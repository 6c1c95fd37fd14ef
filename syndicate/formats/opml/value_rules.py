"""Kinds of values that only OPML has, with their rules."""

import re
from collections.abc import Iterable, Iterator

from syndicate.markup.rules import ERROR, INFO, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, shown
from syndicate.markup.values import is_mail, matches, one_of

rules = RuleSet("opml")
SPEC = "OPML 2.0"

VERSION = rules.state(
    "opml.version.unknown", severity=ERROR, spec=SPEC, summary="the version is 1.0, 1.1 or 2.0",
    why="Readers choose their rules by it.", reference="InvalidOPMLVersion")  # fmt: skip
CONTACT = rules.state(
    "opml.ownerEmail.invalid", severity=ERROR, spec=SPEC, summary="the owner's mail address is one",
    why="Nobody can write there.", reference="InvalidContact")  # fmt: skip
EXPANSION = rules.state(
    "opml.expansionState.invalid", severity=ERROR, spec=SPEC, summary="the expansion state is a list of line numbers",
    why="Editors open the wrong lines.", reference="InvalidExpansionState")  # fmt: skip
OUTLINE_TYPE = rules.state(
    "opml.outline.type", severity=INFO, spec="OPML 1.0",
    summary="before 2.0, types of outlines are those that others know",
    why="Readers show what they know; in OPML 2.0 the list of types is open.",
    reference="InvalidOutlineType")  # fmt: skip
OUTLINE_VERSION = rules.state(
    "opml.outline.version", severity=INFO, spec=SPEC,
    summary="the version of a feed is RSS, RSS1, RSS2 or scriptingNews",
    why="Readers ignore it.", reference="InvalidOutlineVersion")  # fmt: skip

_TYPES = ("link", "rss", "include", "atom", "photo", "blogpost", "directory", "river", "tweet", "thread")
_MAIL_INSIDE = re.compile(r"[^\s<>()\[\],;:\"]{1,64}@[^\s<>()\[\],;:\"]{1,255}")

version = matches(VERSION, r"1\.0|1\.1|2\.0", "1.0, 1.1 or 2.0")
expansion_state = matches(EXPANSION, r"(\d{1,9}(\s*,\s*\d{1,9}){0,10000})?", "line numbers with commas")
_known_type = one_of(_TYPES, OUTLINE_TYPE)
outline_version = one_of(("RSS", "RSS1", "RSS2", "scriptingNews", "ATOM", "ATOM1"), OUTLINE_VERSION)


def outline_type(value: Value, run: Run) -> Iterable[Flaw]:
    """The type of an outline; from 2.0 on everybody may have types of their own."""
    return () if run.dialect == "opml-2.0" else _known_type(value, run)


def contact(value: Value, run: Run) -> Iterator[Flaw]:
    """The mail address of the owner."""
    if not any(map(is_mail, _MAIL_INSIDE.findall(value.text[:1024]))):
        yield CONTACT, f"{value.where} must be a mail address, not {shown(value.text)}"
