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
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from syndicate.markup.dates import day
from syndicate.markup.xml import Node, namespace_of
from syndicate.model.finding import Finding, Place, Rule, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
# The longest text of HTML that rules look through, in characters.
LONGEST_HTML = 256 * 1024

_Kept = TypeVar("_Kept")
_LATER = Place()


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule's answer: what is wrong, and where.

    `unless` is asked at the end of the document, when what stands behind the element is known too: true takes it back.
    Most are taken back, so the place of such a fault is asked for then: `later` tells it.
    """

    place: Place
    message: str
    unless: Callable[[], bool] | None = None
    later: Callable[[], Place] | None = None


@dataclass(slots=True, kw_only=True)
class Run:
    """One run over one document. `now` is the moment to judge dates by; `dialect` is what was detected (`rss-2.0`).

    `schemas` is a folder of official files (catalogs, schemas), where there is one. `is_odd` is False when no character
    in the document can show a broken encoding; `pending` are faults that may be taken back at the end of the document.
    """

    now: datetime
    dialect: str
    schemas: Path | None = None
    is_odd: bool = True
    pending: list[tuple[Rule, Fault]] = field(default_factory=list)
    _memory: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> str:
        """The day as `2026-03-04`, in UTC."""
        return self.memory("today", lambda: day(self.now))

    def memory(self, key: str, make: Callable[[], _Kept]) -> _Kept:
        """What a rule remembers from one element to the next in this document (seen ids, say)."""
        if key not in self._memory:
            self._memory[key] = make()
        kept: _Kept = self._memory[key]
        return kept

    def settled(self) -> Iterator[Finding]:
        """The pending faults that stand, at the end of the document."""
        for rule, fault in self.pending:
            if fault.unless is None or not fault.unless():
                place = fault.place if fault.later is None else fault.later()
                yield Finding(rule=rule, message=fault.message, place=place)
        self.pending.clear()


Check = Callable[[Node, Run], Iterable[Fault]]
Look = Callable[[Node, Run], Iterable[Finding]]
Asked = tuple[tuple[Rule | None, Callable[[Node, Run], Iterable[Any]]], ...]
"""Who is asked about an element: checks, with their rules, answer with faults; looks, with None, with findings."""


def at(
    node: Node,
    message: str,
    *,
    element: str | None = None,
    attribute: str | None = None,
    unless: Callable[[], bool] | None = None,
) -> Fault:
    """A fault at the node. With `element` the fault is about a (missing) child of that name, else about the node."""
    parent = node.qname if element else (node.parent.qname if node.parent is not None else None)
    where = partial(_place, node.root, node.at, element=element or node.qname, parent=parent, attribute=attribute)
    return Fault(where(), message) if unless is None else Fault(_LATER, message, unless, where)


def _place(root: Node, tag: int, *, element: str, parent: str | None, attribute: str | None) -> Place:
    line, column = root.place(tag)
    return Place(line=line, column=column, element=element, parent=parent, attribute=attribute)


def answers(asked: Asked, node: Node, run: Run, found: list[Finding]) -> None:
    """Ask about the element; what is wrong goes to `found`, or to the run's pending faults."""
    for rule, ask in asked:
        if rule is None:
            found.extend(ask(node, run))
        else:
            for fault in ask(node, run):
                if fault.unless is not None:
                    run.pending.append((rule, fault))
                else:
                    found.append(Finding(rule=rule, message=fault.message, place=fault.place))


class RuleSet:
    """The rules of one format or namespace, in the order in which they were stated."""

    def __init__(self, *formats: str) -> None:
        self.formats = formats
        self.rules: list[Rule] = []
        self._by_name: dict[str, Asked] = {}
        self._by_namespace: dict[str, Asked] = {}
        self.everywhere: Asked = ()
        """Asked about all elements."""
        self.declaring: Asked = ()
        """Asked about elements that declare namespaces."""
        self.odd: Asked = ()
        """Asked about all elements of documents that hold characters which show a broken encoding."""

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
                self.everywhere += ((rule, check),)
            for name in on or ():
                _add(self._by_name, name, ((rule, check),))
            return check

        return add

    def look(self, *, on: Iterable[str]) -> Callable[[Look], Look]:
        """A decorator: the function looks at the elements named in `on` and may break several rules."""

        def add(look: Look) -> Look:
            for name in on:
                _add(self._by_name, name, ((None, look),))
            return look

        return add

    def look_in(self, *namespaces: str) -> Callable[[Look], Look]:
        """A decorator: the function looks at all elements of the namespaces."""

        def add(look: Look) -> Look:
            for namespace in namespaces:
                _add(self._by_namespace, namespace, ((None, look),))
            return look

        return add

    def look_at_declaring(self, look: Look) -> Look:
        """A decorator: the function looks at elements that declare namespaces."""
        self.declaring += ((None, look),)
        return look

    def look_at_odd(self, look: Look) -> Look:
        """A decorator: the function looks at all elements of documents with characters of a broken encoding."""
        self.odd += ((None, look),)
        return look

    def named(self, name: str) -> Asked:
        """Who is asked about elements of that very name."""
        return self._by_name.get(name, ())

    def asked(self, name: str) -> Asked:
        """Who is asked about every element of that Clark name."""
        of_namespace = self._by_namespace.get(namespace_of(name), ())
        return (*self._by_name.get(name, ()), *of_namespace, *self.everywhere)

    @classmethod
    def joined(cls, sets: "Iterable[RuleSet]") -> "RuleSet":
        """One set with the rules of several, asked once for each element instead of once by each set."""
        whole = cls()
        for one in sets:
            whole.rules += one.rules
            whole.everywhere += one.everywhere
            whole.declaring += one.declaring
            whole.odd += one.odd
            for name, asked in one._by_name.items():
                _add(whole._by_name, name, asked)
            for namespace, asked in one._by_namespace.items():
                _add(whole._by_namespace, namespace, asked)
        return whole


def _add(shelf: dict[str, Asked], key: str, asked: Asked) -> None:
    shelf[key] = (*shelf.get(key, ()), *asked)
