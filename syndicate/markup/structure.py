"""Tables of elements, and the walk that holds a document against them.

A format's `names.py` says which children an element may have, how often, and what their texts and attributes are:

    ITEM = Element(ns("item"), children=(Child(TITLE, most=1), Child(GUID, most=1)), role=Role.ITEM)

The walk finds unknown, missing and repeated elements and attributes, texts where none may be, and hands every value to
its kind. Elements of other vocabularies are looked up by the role of the element that they stand in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet, Run
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding, Place, Rule

Flaw = tuple[Rule, str]
"""A rule that a value breaks, and the message."""


@dataclass(frozen=True, slots=True)
class Value:
    """The text of an element, or of one of its attributes (Clark name), on its way to a kind."""

    text: str
    node: Node
    attribute: str | None = None

    @property
    def where(self) -> str:
        """How a message names it."""
        return f"{self.node.qname}@{self.attribute.rpartition('}')[2]}" if self.attribute else self.node.qname


Kind = Callable[[Value, Run], Iterator[Flaw]]
"""What a value must be: yields what is wrong with it."""


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


class Walk:
    """One walk over one document: `rules` of the format, its table of structure, the vocabularies it may use."""

    def __init__(
        self,
        *,
        rules: RuleSet,
        own: StructureRules,
        namespace: str,
        vocabularies: Mapping[str, Vocabulary],
        run: Run,
        strict: bool = True,
    ) -> None:
        self.rules = rules
        self.own = own
        self.namespace = namespace
        self.vocabularies = vocabularies
        self.run = run
        # RDF may describe what is else a text by an element inside.
        self.strict = strict

    def check(self, node: Node, shape: Element) -> Iterator[Finding]:
        """What is wrong with the element and everything in it."""
        yield from self.attributes(node, shape)
        yield from self.text(node, shape)
        yield from self.children(node, shape)
        if node.closed:
            yield from self.missing(node, shape)
        yield from self.named(node)

    def named(self, node: Node) -> Iterator[Finding]:
        """What the rules for elements of this name say."""
        if node.closed:
            yield from self.rules.check(node, self.run)

    def structure(self, node: Node) -> StructureRules:
        return self.own if node.namespace == self.namespace or node.parent is None else FOREIGN

    def attributes(self, node: Node, shape: Element) -> Iterator[Finding]:
        for name, text in node.attributes.items():
            known = shape.attributes.get(name) or self.global_attribute(name)
            if known is None:
                if self.is_odd(name, shape):
                    message = f"{node.qname} has no attribute {name.rpartition('}')[2]!r}"
                    yield finding(self.structure(node).unknown_attribute, node, message, attribute=name)
            elif known.kind is not None:
                for rule, message in known.kind(Value(text, node, name), self.run):
                    yield finding(rule, node, message, attribute=name.rpartition("}")[2])
        for name, attribute in shape.attributes.items():
            if attribute.required and name not in node.attributes:
                rule = attribute.missing or self.structure(node).missing_attribute
                message = f"{node.qname} needs the attribute {name!r}"
                yield finding(rule, node, message, attribute=name)

    def is_odd(self, name: str, shape: Element) -> bool:
        """Whether an attribute that no table has for this element should not be there."""
        if shape.open and not shape.attributes:
            return False
        if not name.startswith("{"):
            return True
        vocabulary = self.vocabularies.get(name[1:].partition("}")[0])
        return vocabulary is not None and bool(vocabulary.attributes)

    def global_attribute(self, name: str) -> Attribute | None:
        if not name.startswith("{"):
            return None
        vocabulary = self.vocabularies.get(name[1:].partition("}")[0])
        return vocabulary.attributes.get(name) if vocabulary else None

    def text(self, node: Node, shape: Element) -> Iterator[Finding]:
        text = node.text
        if shape.text is not None:
            for rule, message in shape.text(Value(text, node), self.run):
                yield finding(rule, node, message)
        elif not shape.open and text and not text.isspace():
            message = f"{node.qname} holds only elements, not the text {shown(text)}"
            yield finding(self.structure(node).text, node, message)

    def children(self, node: Node, shape: Element) -> Iterator[Finding]:
        counts: dict[str, int] = {}
        for child in node.children:
            counts[child.name] = count = counts.get(child.name, 0) + 1
            found = shape.by_name.get(child.name) or self.foreign(child, shape)
            if found is None:
                yield from self.unknown(child, shape)
                continue
            if found.most is not None and count > found.most:
                message = f"{node.qname} may have {child.qname} only {_times(found.most)}; this is number {count}"
                yield finding(self.structure(child).duplicate, child, message)
            yield from self.check(child, found.element)

    def foreign(self, child: Node, shape: Element) -> Child | None:
        vocabulary = self.vocabularies.get(child.namespace)
        return vocabulary.child(shape.role, child.name) if vocabulary else None

    def unknown(self, child: Node, shape: Element) -> Iterator[Finding]:
        """An element that no table has at this place; nothing inside it is looked at."""
        if shape.open:
            return
        if self.strict and not shape.children and shape.text is not None and shape.role is Role.OTHER:
            yield finding(self.own.unknown, child, f"{shape.local} holds text, not the element {child.qname!r}")
            return
        vocabulary = self.vocabularies.get(child.namespace)
        if child.namespace == self.namespace:
            yield finding(self.own.unknown, child, f"{shape.local} has no element {child.qname!r}")
        elif vocabulary is not None:
            if not vocabulary.open:
                yield finding(FOREIGN.unknown, child, f"{child.qname} has no meaning in {shape.local}")
        elif not child.namespace:
            yield finding(NO_VOCABULARY, child, f"{child.qname} is in no namespace: nobody can tell whose it is")
        else:
            yield from self.unknown_namespace(child)
            yield from self.without_namespace(child)
        yield from self.named(child)

    def unknown_namespace(self, child: Node) -> Iterator[Finding]:
        seen = self.run.memory("namespaces", lambda: set[str]())
        if child.namespace not in seen:
            seen.add(child.namespace)
            yield finding(UNKNOWN_NAMESPACE, child, f"the namespace {child.namespace} is not one that we know")

    def without_namespace(self, node: Node) -> Iterator[Finding]:
        """Elements without a namespace inside an extension's element."""
        if self.namespace:
            return
        for inner in node.iter():
            if not inner.namespace and inner is not node:
                yield finding(NO_NAMESPACE, inner, f"{inner.qname} inside {node.qname} is in no namespace")

    def missing(self, node: Node, shape: Element) -> Iterator[Finding]:
        if not any(child.least for child in shape.children):
            return
        present = {child.name for child in node.children}
        for child in shape.children:
            if child.least and child.element.name not in present:
                rule = child.missing or self.structure(node).missing
                local = child.element.local
                yield Finding(rule=rule, message=f"{node.qname} needs the element {local!r}", place=_place(node, local))


def finding(rule: Rule, node: Node, message: str, *, attribute: str | None = None) -> Finding:
    """A finding about the node, or about one of its attributes."""
    parent = node.parent.qname if node.parent is not None else None
    place = Place(line=node.line, column=node.column, element=node.qname, parent=parent, attribute=attribute)
    return Finding(rule=rule, message=message, place=place)


def shown(text: str) -> str:
    """The text in quotes, short enough for a message."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _place(node: Node, element: str) -> Place:
    return Place(line=node.line, column=node.column, element=element, parent=node.qname)


def _times(most: int) -> str:
    return {1: "once", 2: "twice"}.get(most, f"{most} times")
