"""How a format states its rules: one function each, called once for every element it is about.

rules = RuleSet("rss")

@rules.rule("rss.guid.missing", on=(names.ITEM,), severity=WARNING, spec="RSS 2.0, guid",
            summary="every item has a guid", reference="MissingGuid")
def guid_missing(item: Node, run: Run) -> Iterator[Fault]:
    '''Without a guid, reading apps fall back to the link and show edits as new stories.'''
    if item.find(names.GUID) is None:
        yield at(item, "item has no guid: give it a permanent one", element="guid")
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from syndicate.markup.xml import Node
from syndicate.model.finding import Finding, Place, Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_Kept = TypeVar("_Kept")


@dataclass(slots=True, kw_only=True)
class Run:
    """One run over one document. `now` is the moment to judge dates by; `dialect` is what was detected (`rss-2.0`)."""

    now: datetime
    dialect: str
    _memory: dict[str, Any] = field(default_factory=dict)

    def memory(self, key: str, make: Callable[[], _Kept]) -> _Kept:
        """What a rule remembers from one element to the next in this document (seen ids, say)."""
        if key not in self._memory:
            self._memory[key] = make()
        kept: _Kept = self._memory[key]
        return kept


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule's answer: what is wrong, and where."""

    place: Place
    message: str


Check = Callable[[Node, Run], Iterable[Fault]]
Look = Callable[[Node, Run], Iterable[Finding]]


def at(node: Node, message: str, *, element: str | None = None, attribute: str | None = None) -> Fault:
    """A fault at the node. With `element` the fault is about a (missing) child of that name, else about the node."""
    parent = node.qname if element else (node.parent.qname if node.parent is not None else None)
    place = Place(line=node.line, column=node.column, element=element or node.qname, parent=parent, attribute=attribute)
    return Fault(place, message)


class RuleSet:
    """The rules of one format or namespace, in the order in which they were stated."""

    def __init__(self, *formats: str) -> None:
        self.formats = formats
        self.rules: list[Rule] = []
        self._checks: dict[str, list[tuple[Rule, Check]]] = {}
        self._overall: list[Look] = []
        self._looks: dict[str, list[Look]] = {}
        self._everywhere: list[tuple[Rule, Check]] = []

    def state(self, rule_id: str, *, severity: Severity, spec: str, summary: str, why: str = "",
              reference: str | None = None) -> Rule:  # fmt: skip
        """A rule whose check stands elsewhere (in a table, in a parser)."""
        rule = Rule(id=rule_id, severity=severity, formats=self.formats, summary=summary, spec=spec, why=why,
                    reference=reference)  # fmt: skip
        self.rules.append(rule)
        return rule

    def rule(self, rule_id: str, *, on: Iterable[str] | None, severity: Severity, spec: str, summary: str,
             reference: str | None = None) -> Callable[[Check], Check]:  # fmt: skip
        """A decorator: the function checks every element named in `on` (Clark names), or every element for None."""

        def add(check: Check) -> Check:
            why = (check.__doc__ or "").strip()
            rule = self.state(rule_id, severity=severity, spec=spec, summary=summary, why=why, reference=reference)
            if on is None:
                self._everywhere.append((rule, check))
            for name in on or ():
                self._checks.setdefault(name, []).append((rule, check))
            return check

        return add

    def look(self, *, on: Iterable[str] | None) -> Callable[[Look], Look]:
        """A decorator: the function looks at the elements named in `on`, or at all, and may break several rules."""

        def add(look: Look) -> Look:
            if on is None:
                self._overall.append(look)
            for name in on or ():
                self._looks.setdefault(name, []).append(look)
            return look

        return add

    def check(self, node: Node, run: Run) -> Iterator[Finding]:
        """What the rules about this one element find (its descendants are visited by the caller)."""
        for rule, check in (*self._checks.get(node.name, ()), *self._everywhere):
            for fault in check(node, run):
                yield Finding(rule=rule, message=fault.message, place=fault.place)
        for look in (*self._looks.get(node.name, ()), *self._overall):
            yield from look(node, run)

    @classmethod
    def joined(cls, sets: "Iterable[RuleSet]") -> "RuleSet":
        """One set with the rules of several, asked once for each element instead of once by each set."""
        whole = cls()
        for one in sets:
            whole.rules += one.rules
            whole._everywhere += one._everywhere
            whole._overall += one._overall
            for name, checks in one._checks.items():
                whole._checks.setdefault(name, []).extend(checks)
            for name, looks in one._looks.items():
                whole._looks.setdefault(name, []).extend(looks)
        return whole
