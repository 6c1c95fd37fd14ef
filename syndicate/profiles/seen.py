"""One item of a document as a profile looks at it, and how a finding about it is put into words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from syndicate.markup.xml import Node
from syndicate.model.finding import Finding, Place, Rule
from syndicate.model.profile import Limits, Profile
from syndicate.profiles.hosts import host_of
from syndicate.profiles.html import Look, look_at, look_in
from syndicate.profiles.places import PREFIXES, Family, Found, values_at
from syndicate.profiles.rules import Twins

_NEEDED = ("needed", "advised")
_TAKEN = ("taken", "advised")


@dataclass(frozen=True)
class Level:
    """What a partner insists on, or what he advises."""

    limits: Limits
    is_advice: bool

    def rule(self, twins: Twins) -> Rule:
        """The rule of the two that applies."""
        return twins.advice if self.is_advice else twins.error

    @property
    def needed(self) -> str:
        """`needed` or `advised`."""
        return _NEEDED[self.is_advice]

    @property
    def taken(self) -> str:
        """`taken` or `advised`."""
        return _TAKEN[self.is_advice]

    def bound(self, name: str) -> Any:
        """The bound of that name."""
        return getattr(self.limits, name)


@dataclass(frozen=True)
class View:
    """A profile at work on documents of its family."""

    profile: Profile
    family: Family

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The namespaces by the prefixes that the profile's paths use."""
        return {**PREFIXES, **dict(self.profile.namespaces)}

    @cached_property
    def levels(self) -> tuple[Level, Level]:
        """What he insists on, then what he advises."""
        return Level(self.profile.limits, False), Level(self.profile.advice, True)

    def finding(
        self, rule: Rule, message: str, node: Node | None, *, element: str | None = None, attribute: str | None = None
    ) -> Finding:
        """The finding at the node; `element` is a child that it is about."""
        return Finding(rule=rule, message=f"{self.profile.title}: {message}", place=_place(node, element, attribute))

    def values(self, node: Node, name: str) -> Iterator[Found]:
        """What stands in the node for that field of an article."""
        return values_at(node, self.profile.places(name) or self.family.fields.get(name, ()), self.prefixes)


@dataclass(frozen=True)
class Item:
    """One item; what it says is looked up once."""

    view: View
    node: Node
    _values: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    def values(self, name: str) -> tuple[Found, ...]:
        """What stands in the item for that field."""
        if name not in self._values:
            self._values[name] = tuple(self.view.values(self.node, name))
        return self._values[name]

    def first(self, name: str) -> Found | None:
        """The first of these values."""
        return next(iter(self.values(name)), None)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that are the publisher's: those of the profile, or that of the item's link."""
        link = self.first("url")
        host = host_of(link.value) if link is not None else ""
        return self.view.profile.markup.hosts or ((host,) if host else ())

    @cached_property
    def looks(self) -> tuple[tuple[Found, Look], ...]:
        """What stands in the text, as a partner reads it; nothing when there is no text."""
        return tuple((found, _look(found)) for found in self.values("body")[:1])


Rules = Callable[[Item], Iterator[Finding]]


def _look(found: Found) -> Look:
    if found.attribute is None and next(found.node.children, None) is not None:
        return look_in(found.node)
    if found.node.local.endswith("_text"):
        return Look((), " ".join(found.value.split()))
    return look_at(found.value)


def _place(node: Node | None, element: str | None, attribute: str | None) -> Place:
    if node is None:
        return Place()
    parent = node.qname if element else (node.parent.qname if node.parent is not None else None)
    line, column = node.place(node.at)
    return Place(line=line, column=column, element=element or node.qname, parent=parent, attribute=attribute)
