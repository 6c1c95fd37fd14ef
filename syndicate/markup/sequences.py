"""Tables of elements whose order is fixed, written like the content models of a DTD, and documents held against them.

    TABLE = table({
        "head": ("title? meta* docdata?", "id"),
        "p": ("# (em|a|br)*", "id class"),
        "meta": ("", "id name content!"),
    })

A model is a sequence of slots: a name or a choice `(a|b)`, once, `?`, `*` or `+`; `#` says that text may stand in the
element, `...` that what is inside is not judged. Of the attributes `!` marks those that are required; `=a|b` lists the
values that one may have. Elements are known by their local names: who checks says which namespace is meant.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from syndicate.markup.rules import ERROR, RuleSet
from syndicate.markup.structure import shown
from syndicate.markup.xml import Node, namespace_of
from syndicate.model.finding import Finding, Place, Rule

_SLOT = re.compile(r"(?:\((?P<choice>[^()]+)\)|(?P<name>[\w.:-]+))(?P<times>[?*+]?)")
_ATTRIBUTE = re.compile(r"(?P<name>[\w.:-]+)(?P<required>!?)(?:=(?P<values>\S+))?")
_TIMES: Mapping[str, tuple[int, int | None]] = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a sequence: elements of these names, `least` to `most` of them."""

    names: tuple[str, ...]
    least: int
    most: int | None


@dataclass(frozen=True)
class Shape:
    """What an element may hold: slots in order, attributes with their values (None for any), which are required."""

    slots: tuple[Slot, ...]
    attributes: Mapping[str, frozenset[str] | None]
    required: tuple[str, ...]
    mixed: bool
    open: bool

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The index of each child's slot."""
        return {name: index for index, slot in enumerate(self.slots) for name in slot.names}


Table = Mapping[str, Shape]


def table(models: Mapping[str, tuple[str, str]]) -> Table:
    """The shapes of elements by local name, from their models and attributes."""
    return {name: _shape(model, attributes) for name, (model, attributes) in models.items()}


def _shape(model: str, attributes: str) -> Shape:
    slots = [
        Slot(tuple((slot["choice"] or slot["name"]).split("|")), *_TIMES[slot["times"]])
        for slot in _SLOT.finditer(model.replace("#", "").replace("...", ""))
    ]
    stated = [found for one in attributes.split() if (found := _ATTRIBUTE.fullmatch(one))]
    values = {one["name"]: frozenset(one["values"].split("|")) if one["values"] else None for one in stated}
    required = tuple(one["name"] for one in stated if one["required"])
    return Shape(tuple(slots), values, required, mixed="#" in model, open="..." in model)


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceRules:
    """The rules that such a table gives rise to."""

    unknown: Rule
    order: Rule
    missing: Rule
    duplicate: Rule
    text: Rule
    attribute_unknown: Rule
    attribute_missing: Rule
    attribute_value: Rule


def sequence_rules(rules: RuleSet, prefix: str, spec: str) -> SequenceRules:
    """The rules `<prefix>.element.unknown` and so on, stated in that set."""

    def state(rule_id: str, summary: str, why: str) -> Rule:
        return rules.state(f"{prefix}.{rule_id}", severity=ERROR, spec=spec, summary=summary, why=why)

    return SequenceRules(
        unknown=state("element.unknown", "elements stand where the standard has them",
                      "Receivers skip what they do not know at that place, so what it says is lost."),
        order=state("element.order", "the children of an element stand in their order",
                    "The order is fixed; receivers that validate refuse the whole document."),
        missing=state("element.missing", "every required element is there", "The parent says nothing without it."),
        duplicate=state("element.duplicate", "an element that may stand once stands once",
                        "Some receivers take the first, some the last."),
        text=state("text.unexpected", "text stands only in elements that take text",
                   "Receivers never see it; mostly the element around it is missing."),
        attribute_unknown=state("attribute.unknown", "only attributes of the standard are used",
                                "Receivers skip what they do not know, so its value is lost."),
        attribute_missing=state("attribute.missing", "every required attribute is there",
                                "The element says nothing without it."),
        attribute_value=state("attribute.value", "attributes with a list of values have one of them",
                              "Receivers do not know what another value means."),
    )  # fmt: skip


def every(root: Node) -> Iterator[Node]:
    """The element and all elements in it, in document order; deep nesting costs no more than flat one."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node.content, str):
            waiting.extend(reversed(list(node.children)))


def check(
    node: Node, shapes: Table, namespace: str, rules: SequenceRules, found: list[Finding], *, is_closed: bool = False
) -> None:
    """What is wrong with the children, text and attributes of one element of that namespace; unknown ones pass.

    Elements of other namespaces may stand anywhere, unless the vocabulary `is_closed`.
    """
    shape = shapes.get(node.local)
    if shape is None:
        return
    found.extend(_attributes(node, shape, rules))
    if shape.open:
        return
    # White space may stand between elements, but not where there are none.
    if not shape.mixed and (text := node.text) and not (shape.slots and text.isspace()):
        message = f"{node.qname} holds only elements, not the text {shown(text)}"
        found.append(_finding(rules.text, node, message))
    groups = {name: nodes for name, nodes in node.groups.items() if is_closed or namespace_of(name) in (namespace, "")}
    for name, nodes in groups.items():
        if name.rpartition("}")[2] not in shape.places or namespace_of(name) != namespace:
            found.extend(_finding(rules.unknown, one, f"{node.local} has no element {one.qname!r}") for one in nodes)
    found.extend(_misplaced(node, shape, namespace, rules))
    found.extend(_numbers(node, shape, namespace, rules))


def _attributes(node: Node, shape: Shape, rules: SequenceRules) -> Iterator[Finding]:
    for name, value in node.attributes.items():
        if name.startswith("{"):
            continue
        if name not in shape.attributes:
            yield _finding(rules.attribute_unknown, node, f"{node.local} has no attribute {name!r}", attribute=name)
        elif (values := shape.attributes[name]) and value.strip() not in values:
            message = f"{name} must be one of {', '.join(sorted(values))}, not {shown(value)}"
            yield _finding(rules.attribute_value, node, message, attribute=name)
    for name in shape.required:
        if name not in node.attributes:
            message = f"{node.qname} needs the attribute {name!r}"
            yield _finding(rules.attribute_missing, node, message, attribute=name)


def _misplaced(node: Node, shape: Shape, namespace: str, rules: SequenceRules) -> Iterator[Finding]:
    """The first child that stands behind one it should precede; what follows it would only repeat that."""
    before, last = None, -1
    for child in node.children:
        index = shape.places.get(child.local) if child.namespace == namespace else None
        if index is None:
            continue
        if before is not None and index < last:
            yield _finding(rules.order, child, f"in {node.local}, {child.local} must stand before {before.local}")
            return
        before, last = child, index


def _numbers(node: Node, shape: Shape, namespace: str, rules: SequenceRules) -> Iterator[Finding]:
    prefix = f"{{{namespace}}}" if namespace else ""
    for slot in shape.slots:
        nodes = [one for name in slot.names for one in node.find_all(prefix + name)]
        if slot.most is not None and len(nodes) > slot.most:
            what = " or ".join(slot.names)
            message = f"{node.local} may have {what} only once; there are {len(nodes)}"
            yield _finding(rules.duplicate, nodes[-1], message)
        if len(nodes) < slot.least and node.closed:
            message = f"{node.qname} needs {' or '.join(slot.names[:4])}"
            yield _finding(rules.missing, node, message, element=slot.names[0])


def _finding(
    rule: Rule, node: Node, message: str, *, element: str | None = None, attribute: str | None = None
) -> Finding:
    parent = node.qname if element else (node.parent.qname if node.parent is not None else None)
    place = Place(line=node.line, column=node.column, element=element or node.qname, parent=parent, attribute=attribute)
    return Finding(rule=rule, message=message, place=place)
