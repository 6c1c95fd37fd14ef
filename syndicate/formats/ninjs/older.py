"""An item of 3.1 as 2.2 and 1.6 have it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.concepts import split_uri
from syndicate.formats.ninjs.item import Item

_NO_KEY = re.compile(r"[^A-Za-z0-9_]")
_COMPLETE = {n.FULL: "complete", n.PARTIAL: "incomplete"}


def to_2(item: Item) -> Item:
    """The item in the spelling of 2.2, where an association does not say how it is related."""
    return {
        n.spelled_2(name): _lowered(_unrelated(value) if name == n.ASSOCIATIONS else value)
        for name, value in item.items()
    }


def _unrelated(associations: Sequence[Item]) -> list[Item]:
    return [{name: value for name, value in one.items() if name != n.REL} for one in associations]


def _lowered(value: Any) -> Any:
    if isinstance(value, dict):
        return {n.spelled_2(name): _lowered(inner) for name, inner in value.items()}
    return [_lowered(one) for one in value] if isinstance(value, list) else value


def to_1(item: Item) -> Item:
    """The item as 1.6 has it: a property for each headline, description and body, objects with a key for each file."""
    old: Item = {}
    for name, value in item.items():
        make = _MAKERS.get(name)
        old.update(make(value) if make else ((n.spelled_1(name), value),))
    return old


def keyed(items: Sequence[Item], make: Callable[[Item], Item]) -> Item:
    """The items as an object: each under its name, in letters that a key may have."""
    found: Item = {}
    for item in items:
        wanted = key = _NO_KEY.sub("_", str(item[n.NAME]))
        while key in found:
            key = f"{wanted}_{len(found)}"
        found[key] = make({name: value for name, value in item.items() if name != n.NAME})
    return found


_Pairs = Iterator[tuple[str, Any]]


def _headlines(items: Sequence[Item]) -> _Pairs:
    for item in items:
        yield "headline", item[n.VALUE]


def _descriptions(items: Sequence[Item]) -> _Pairs:
    """`description_text` is what receivers show; others are called by their role, numbered where there are more."""
    told = Counter(item.get(n.ROLE) for item in items)
    seen: Counter[str | None] = Counter()
    for item in items:
        role = item.get(n.ROLE)
        seen[role] += 1
        number = f"_{seen[role]}" if told[role] > 1 or role == n.HIGHLIGHT else ""
        name = "text" if role in (None, n.SUMMARY) else role
        yield f"description_{name}{number}", item[n.VALUE]


def _bodies(items: Sequence[Item]) -> _Pairs:
    for item in items:
        yield "body_html", item[n.VALUE]
        yield n.spelled_1(n.CHAR_COUNT), item[n.CHAR_COUNT]
        yield n.spelled_1(n.WORD_COUNT), item[n.WORD_COUNT]


def _concepts(name: str) -> Callable[[Sequence[Item]], _Pairs]:
    """Those of a list with scheme and code instead of an address."""

    def make(items: Sequence[Item]) -> _Pairs:
        yield n.spelled_1(name), [_concept(item) for item in items]

    return make


def _concept(item: Item) -> Item:
    made: Item = {}
    for name, value in item.items():
        if name == n.URI:
            made[n.SCHEME], made[n.CODE] = split_uri(value)
        elif name == n.LITERAL:
            made[n.CODE] = value
        else:
            made[n.spelled_1(name)] = value
    return made


def _sources(items: Sequence[Item]) -> _Pairs:
    yield n.spelled_1(n.INFO_SOURCES), [{n.NAME: item[n.NAME], n.REL: item[n.ROLE]} for item in items]


def _renditions(items: Sequence[Item]) -> _Pairs:
    yield n.RENDITIONS, keyed(items, lambda one: {n.spelled_1(name): value for name, value in one.items()})


def _associations(items: Sequence[Item]) -> _Pairs:
    yield n.ASSOCIATIONS, keyed(_unrelated(items), to_1)


_MAKERS: Mapping[str, Callable[[Any], _Pairs | tuple[tuple[str, Any], ...]]] = {
    n.REPRESENTATION_TYPE: lambda value: ((n.spelled_1(n.REPRESENTATION_TYPE), _COMPLETE[value]),),
    n.HEADLINES: _headlines,
    n.DESCRIPTIONS: _descriptions,
    n.BODIES: _bodies,
    n.PEOPLE: _concepts(n.PEOPLE),
    n.SUBJECTS: _concepts(n.SUBJECTS),
    n.INFO_SOURCES: _sources,
    n.RENDITIONS: _renditions,
    n.ASSOCIATIONS: _associations,
}
