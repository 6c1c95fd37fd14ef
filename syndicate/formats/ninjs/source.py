"""One item on its way to a draft: its values as sound texts, and what was changed or lost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.item import Item
from syndicate.markup.html import HtmlError, has_markup, plain_of
from syndicate.markup.text import one_line, repair
from syndicate.model.draft import Repair

LONGEST_WORD = 500
_LONGEST_TEXT = 20_000
_MOST = 500
_DIGITS = re.compile(r"\d{1,18}\Z", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Unreadable(ValueError):
    """Why an item is no article; the text is a clause for people."""


@dataclass(slots=True)
class Source:
    """The item in the words of 3.1.

    `dropped` are the paths of properties that could not be carried (`people/rel`),
    `extra` the names of other things that could not.
    """

    item: Item
    repairs: list[Repair] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    extra: list[str] = field(default_factory=list)

    def report(self, name: str, *what: str) -> None:
        """Add repairs of that field."""
        self.repairs += (Repair(field=name, what=one) for one in what)

    def text(self, name: str, values: Item | None = None, label: str = "") -> str:
        """The text of that name; a list of texts as one, and empty when there is none. Repairs go by the label."""
        value = (self.item if values is None else values).get(name)
        if isinstance(value, list):
            value = "\n".join(one for one in value if isinstance(one, str))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        return self.sound(value, label or name) if isinstance(value, str) else ""

    def sound(self, value: str, name: str) -> str:
        """The text as every format can carry it, within the bound."""
        fixed, what = repair(value)
        self.report(name, *what)
        fixed = self.cut(fixed, name, _LONGEST_TEXT)
        return "" if fixed.isspace() else fixed

    def cut(self, value: str, name: str, most: int) -> str:
        """The text, no longer than that."""
        if len(value) > most:
            self.report(name, f"has {len(value)} characters; cut after {most}")
        return value[:most]

    def plain(self, value: str, name: str) -> str:
        """The text without markup. An entity stays: nobody can tell whether it was meant."""
        if not has_markup(value) or ("</" not in value and "<br" not in value):
            return value
        try:
            value, what = plain_of(value)
        except HtmlError as error:
            raise Unreadable(f"{name}: {error}") from None
        self.report(name, "markup left out, its text kept", *what)
        return value

    def prose(self, name: str, values: Item | None = None, label: str = "") -> str:
        """The text of that name without markup, unless the item says that there is none in it."""
        text = self.text(name, values, label)
        is_plain = values is not None and values.get(n.CONTENT_TYPE) == n.PLAIN
        return text if is_plain else self.plain(text, label or name)

    def line(self, name: str, values: Item | None = None, label: str = "") -> str:
        """The same on one line."""
        return one_line(self.prose(name, values, label))

    def word(self, name: str, values: Item | None = None) -> str:
        """A word that says how the rest is meant."""
        return self.text(name, values).strip()

    def objects(self, name: str, values: Item | None = None) -> list[Item]:
        """The objects of that list, no more of them than are read."""
        found = [one for one in (self.item if values is None else values).get(name) or () if isinstance(one, dict)]
        if len(found) > _MOST:
            self.report(name, f"has {len(found)} entries; the first {_MOST} are read")
            self.dropped.add(name)
        return found[:_MOST]

    def words(self, name: str, values: Iterable[str]) -> tuple[str, ...]:
        """The words in their order, each once, without those too long to be found by."""
        return tuple(dict.fromkeys(self._short(name, values)))

    def _short(self, name: str, values: Iterable[str]) -> Iterator[str]:
        for value in values:
            if len(value) > LONGEST_WORD:
                self.report(name, f"an entry of {len(value)} characters left out; at most {LONGEST_WORD} are taken")
            elif value:
                yield value

    def moment(self, name: str, *, decides: bool = False) -> datetime | None:
        """The time in UTC, None when there is none.

        One that decides what goes out must be whole; others are repaired, or left out when they cannot be read.
        """
        text = self.word(name)
        if not text and not (decides and self.item.get(name) is not None):
            return None
        moment = _parsed(text)
        if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            if decides:
                raise Unreadable(f"{name} is {text[:40]!r}, which is no date-time like 2026-03-04T12:00:00Z")
            self.report(name, f"{text[:40]!r} left out: it is no date-time")
            return None
        if moment.tzinfo is None:
            if decides:
                raise Unreadable(f"{name} is {text[:40]!r}: without its zone (Z or +01:00) nobody knows the moment")
            self.report(name, f"{text[:40]!r} has no zone; taken as UTC")
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


def later(one: Any, other: Any) -> Any:
    """The later of two times as their source has them; one that cannot be read comes last of all."""
    if one is None or other is None:
        return one if other is None else other
    moments = [_aware(value) for value in (one, other)]
    return one if moments[0] is None or (moments[1] is not None and moments[0] >= moments[1]) else other


def _aware(value: Any) -> datetime | None:
    moment = _parsed(value.strip()) if isinstance(value, str) else None
    return None if moment is None or moment.tzinfo is None else moment


def number(value: Any) -> int | None:
    """The whole number that the value is, or spells; None when it is none."""
    if isinstance(value, str) and _DIGITS.match(value.strip()):
        return int(value)
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return int(value) if is_whole and not isinstance(value, bool) and 0 <= value < 10**18 else None


def _parsed(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        # An offset may lead out of the years that there are.
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment
