"""Kinds of values that only JSON Feed has, with their rules."""

from collections.abc import Iterator

from syndicate.formats.jsonfeed import names as n
from syndicate.markup.rules import ERROR, RuleSet, Run
from syndicate.markup.structure import Flaw, Value
from syndicate.markup.value_dates import RFC3339, rfc3339
from syndicate.markup.values import one_of

rules = RuleSet("jsonfeed")
SPEC = "JSON Feed 1.1"

VERSION = rules.state(
    "jsonfeed.version.unknown", severity=ERROR, spec=f"{SPEC}, top-level",
    summary="the version is the address of JSON Feed 1 or 1.1", why="Readers know the format by it.")  # fmt: skip

DATE = rules.state(
    "jsonfeed.date.invalid", severity=ERROR, spec=f"{SPEC}, items, date_published; RFC 3339 §5.6",
    summary="dates are those of RFC 3339, with their offset", why="Readers sort the item to the end, or show no date.",
    reference="InvalidRFC3339Date")  # fmt: skip


def date(value: Value, run: Run) -> Iterator[Flaw]:
    """A date as Atom has it."""
    for rule, message in rfc3339(value, run):
        yield (DATE if rule is RFC3339 else rule), message


version = one_of((n.VERSION_1, n.VERSION_1_1), VERSION)
