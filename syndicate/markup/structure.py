"""Tables of elements: what stands in what, how often, and of which kind. `walk.py` holds documents against them.

A format's `names.py` says which children an element may have, how often, and what their texts and attributes are:

    ITEM = Element(ns("item"), children=(Child(TITLE, most=1), Child(GUID, most=1)), role=Role.ITEM)

The walk finds unknown, missing and repeated elements and attributes, texts where none may be, and hands every value to
its kind. Elements of other vocabularies are looked up by the role of the element that they stand in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet, Run
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding, Place, Rule

Flaw = tuple[Rule, str]
"""A rule that a value breaks, and the message."""


@dataclass(slots=True)
class Value:
    """The text of an element, or of one of its attributes (Clark name), on its way to a kind. Not to be changed."""

    text: str
    node: Node
    attribute: str | None = None

    @property
    def where(self) -> str:
        """How a message names it."""
        return f"{self.node.qname}@{self.attribute.rpartition('}')[2]}" if self.attribute else self.node.qname


Kind = Callable[[Value, Run], Iterable[Flaw]]
"""What a value must be: answers with what is wrong with it."""

Test = Callable[[str], object]
"""Something true for texts in which a kind finds no flaw, whatever node they are of; it may be false for others."""

_TESTS: dict[Kind, Test] = {}
_BY_TEXT_ALONE: set[Kind] = set()


def proved_by(test: Test) -> Callable[[Kind], Kind]:
    """A decorator for kinds: a quick test that proves most good values good, whatever else the kind looks at."""

    def mark(kind: Kind) -> Kind:
        _TESTS[kind] = test
        return kind

    return mark


def by_text_alone(kind: Kind) -> Kind:
    """A decorator for kinds that look at nothing but the text: what they once found good is good again."""
    _BY_TEXT_ALONE.add(kind)
    return kind


def test_of(kind: Kind) -> Test | None:
    """The quick test of a kind; None when it has none."""
    return _TESTS.get(kind)


def is_by_text_alone(kind: Kind) -> bool:
    """Whether the kind looks at nothing but the text."""
    return kind in _BY_TEXT_ALONE


class Role(StrEnum):
    """What an element is to other vocabularies."""

    FEED = "feed"
    ITEM = "item"
    ROOT = "root"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute; `kind` None takes any text."""

    kind: Kind | None = None
    required: bool = False
    missing: Rule | None = None
    """The rule for its absence, where there is a special one."""


@dataclass(frozen=True, slots=True)
class Child:
    """How often an element stands in another one; `most` None is any number."""

    element: "Element"
    least: int = 0
    most: int | None = 1
    missing: Rule | None = None
    """The rule for its absence, where there is a special one."""


@dataclass(frozen=True, kw_only=True)
class Element:
    """What an element may hold. `text` None means: elements only; `open`: what is inside is not ours to check."""

    name: str
    children: tuple[Child, ...] = ()
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    text: Kind | None = None
    role: Role = Role.OTHER
    open: bool = False

    @cached_property
    def by_name(self) -> dict[str, Child]:
        """The children by Clark name."""
        return {child.element.name: child for child in self.children}

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """An extension namespace: what it adds to the root, to a feed, to an item, or anywhere."""

    namespace: str
    prefix: str
    root: tuple[Child, ...] = ()
    feed: tuple[Child, ...] = ()
    item: tuple[Child, ...] = ()
    anywhere: tuple[Child, ...] = ()
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    """Attributes of this namespace, on elements of other namespaces."""
    open: bool = False
    """Whether elements that are not listed are fine."""

    def child(self, role: Role, name: str) -> Child | None:
        """How the element of that Clark name stands in an element of that role; None when it may not."""
        places = {Role.ROOT: self.root, Role.FEED: self.feed, Role.ITEM: self.item}.get(role, ())
        return next((child for child in (*places, *self.anywhere) if child.element.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureRules:
    """The rules that a table gives rise to."""

    unknown: Rule
    missing: Rule
    duplicate: Rule
    unknown_attribute: Rule
    missing_attribute: Rule
    text: Rule


def structure_rules(rules: RuleSet, prefix: str, spec: str) -> StructureRules:
    """The rules `<prefix>.element.unknown` and so on, stated in that set."""

    def state(rule_id: str, summary: str, why: str, reference: str) -> Rule:
        return rules.state(
            f"{prefix}.{rule_id}", severity=ERROR, spec=spec, summary=summary, why=why, reference=reference
        )

    return StructureRules(
        unknown=state("element.unknown", "only elements that are defined at their place are used",
                      "Readers skip what they do not know, so its text is lost.", "UndefinedElement"),
        missing=state("element.missing", "every required element is there",
                      "Strict readers refuse the feed, others guess.", "MissingElement"),
        duplicate=state("element.duplicate", "an element that may stand once stands once",
                        "Some readers take the first, some the last.", "DuplicateElement"),
        unknown_attribute=state("attribute.unknown", "only attributes that are defined for their element are used",
                                "Readers skip what they do not know, so its value is lost.", "UnexpectedAttribute"),
        missing_attribute=state("attribute.missing", "every required attribute is there",
                                "The element says nothing without it.", "MissingAttribute"),
        text=state("text.unexpected", "text stands only in elements that take text",
                   "Readers never show it; mostly it is left over from a broken template.", "UnexpectedText"),
    )  # fmt: skip


def member_rules(rules: RuleSet, prefix: str, spec: str) -> StructureRules:
    """The rules `<prefix>.member.unknown` and so on for JSON, which has no attributes, and no text beside members."""

    def state(rule_id: str, summary: str, why: str, reference: str) -> Rule:
        return rules.state(
            f"{prefix}.member.{rule_id}", severity=ERROR, spec=spec, summary=summary, why=why, reference=reference
        )

    unknown = state("unknown", "only members that are defined at their place are used, or names that begin with `_`",
                    "Readers skip what they do not know, so its value is lost.", "UndefinedElement")  # fmt: skip
    missing = state("missing", "every required member is there", "Strict readers refuse the feed, others guess.",
                    "MissingElement")  # fmt: skip
    duplicate = state("duplicate", "no name stands twice in an object",
                      "Some readers take the first, some the last.", "DuplicateElement")  # fmt: skip
    return StructureRules(
        unknown=unknown, missing=missing, duplicate=duplicate, unknown_attribute=unknown, missing_attribute=missing,
        text=unknown,
    )  # fmt: skip


foreign_rules = RuleSet("rss", "atom")
FOREIGN = structure_rules(foreign_rules, "extension", "the extension's own specification")
NO_NAMESPACE = foreign_rules.state(
    "extension.element.no-namespace", severity=ERROR, spec="RSS 2.0, Extending RSS; RFC 4287 §6.3",
    summary="extension elements are in a namespace",
    why="Without a namespace nobody can tell whose element it is.", reference="NotInANamespace",
)  # fmt: skip
NO_VOCABULARY = foreign_rules.state(
    "extension.element.no-vocabulary", severity=WARNING, spec="RFC 4287 §6.3",
    summary="foreign elements are in a namespace", why="Without one nobody can tell whose element it is.",
    reference="UndeterminableVocabulary",
)  # fmt: skip
UNKNOWN_NAMESPACE = foreign_rules.state(
    "extension.namespace.unknown", severity=INFO, spec="Namespaces in XML 1.0",
    summary="namespaces are known ones", why="It may be a private one, or a known one with a typing error in it.",
    reference="UnknownNamespace",
)  # fmt: skip


def finding(rule: Rule, node: Node, message: str, *, attribute: str | None = None) -> Finding:
    """A finding about the node, or about one of its attributes."""
    parent = node.parent.qname if node.parent is not None else None
    line, column = node.place(node.at)
    place = Place(line=line, column=column, element=node.qname, parent=parent, attribute=attribute)
    return Finding(rule=rule, message=message, place=place)


def shown(text: str) -> str:
    """The text in quotes, short enough for a message."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 60 else text[:57] + "...")
