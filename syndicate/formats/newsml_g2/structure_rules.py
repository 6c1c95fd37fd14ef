"""The rules that the table of structure gives rise to: order, number, unknown and missing parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.structure import ATTRIBUTES, CHILDREN, places
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, at
from syndicate.markup.xml import Node, namespace_of
from syndicate.model.finding import Finding, Rule

rules = RuleSet("newsml-g2")
_SPEC = "NewsML-G2 2.35, All Power schema"


def _order(part: str, what: str) -> Rule:
    return rules.state(
        f"newsml-g2.{part}.order", severity=ERROR, spec=_SPEC, summary=f"the children of {what} stand in their order",
        why="The order is fixed; receivers that validate refuse the whole document.",
    )  # fmt: skip


def _missing(part: str, summary: str, why: str) -> Rule:
    return rules.state(f"newsml-g2.{part}.missing", severity=ERROR, spec=_SPEC, summary=summary, why=why)


_ORDERS = {
    **dict.fromkeys(n.ITEMS, _order("item", "an item")),
    n.ITEM_META: _order("item-meta", "itemMeta"),
    n.CONTENT_META: _order("content-meta", "contentMeta"),
    n.RIGHTS_INFO: _order("rights-info", "rightsInfo"),
    n.HEADER: _order("header", "the header"),
}
_OTHER_ORDER = _order("element", "other elements")
_MISSING = {
    n.ITEM_META: _missing("item-meta", "every item has itemMeta", "Class, provider, time and status stand in it."),
    n.ITEM_CLASS: _missing("item-class", "every item has a class", "Receivers choose by it how to store the item."),
    n.PROVIDER: _missing("provider", "every item has a provider", "Guids and rights are judged by who provides it."),
    n.VERSION_CREATED: _missing("version-created", "every item says when this version was made",
                                "Receivers order versions by it."),
    n.HEADER: _missing("header", "every message has a header", "The schema asks for it, and receivers log by it."),
    n.SENT: _missing("sent", "the header says when the message was sent", "Receivers order messages by it."),
    n.ITEM_SET: _missing("item-set", "every message has an itemSet", "The items stand in it."),
}  # fmt: skip
_GUID_MISSING = _missing("guid", "every item has a guid", "Without it nothing can be updated, corrected or killed.")
_OTHER_MISSING = _missing("element", "every required element is there", "The parent says nothing without it.")
_ATTRIBUTE_MISSING = _missing("attribute", "every required attribute is there", "The element says nothing without it.")
_UNKNOWN = rules.state(
    "newsml-g2.element.unknown", severity=ERROR, spec=_SPEC, summary="elements stand where the standard has them",
    why="Receivers skip what they do not know at that place, so what it says is lost.",
)  # fmt: skip
_DUPLICATE = rules.state(
    "newsml-g2.element.duplicate", severity=ERROR, spec=_SPEC, summary="an element that may stand once stands once",
    why="Some receivers take the first, some the last.",
)  # fmt: skip
_EMPTY = rules.state(
    "newsml-g2.element.empty", severity=WARNING, spec="NewsML-G2 guidelines",
    summary="elements that are there say something",
    why="An empty element is mostly a template whose value is lost: leave it out.",
)  # fmt: skip
_TEXT = rules.state(
    "newsml-g2.text.unexpected", severity=ERROR, spec=_SPEC, summary="text stands only in elements that take text",
    why="Receivers never see it; mostly it is left over from a broken template.",
)  # fmt: skip
_PROPERTIES = frozenset({n.ITEM_META, n.CONTENT_META, n.PART_META, n.RIGHTS_INFO, n.HEADER})


@dataclass(frozen=True, slots=True)
class _Count:
    """How many children of these Clark names there may be; messages use the name."""

    clarks: tuple[str, ...]
    name: str
    least: int
    most: int | None


def check(node: Node, found: list[Finding]) -> None:
    """What is wrong with the children, text and attributes of one element of the NewsML-G2 namespace."""
    local = node.local
    if local in ATTRIBUTES:
        found.extend(_of(rule, fault) for rule, fault in _attributes(node, local))
    if local in CHILDREN:
        found.extend(_of(rule, fault) for rule, fault in _children(node, local))
    elif not node.content and _says_nothing(node):
        found.append(_of(_EMPTY, at(node, f"{node.qname} is empty: leave it out")))


def _says_nothing(node: Node) -> bool:
    """Whether a property of an item or a message is there without a value. Elements inside texts (br) are not meant."""
    if node.content or node.attributes or node.local == n.EMBARGOED or node.parent is None:
        return False
    return node.closed and node.parent.namespace == n.NAMESPACE and node.parent.local in _PROPERTIES


def _of(rule: Rule, fault: Fault) -> Finding:
    return Finding(rule=rule, message=fault.message, place=fault.place)


def _attributes(node: Node, local: str) -> Iterator[tuple[Rule, Fault]]:
    for name in ATTRIBUTES[local]:
        if not (node.get(name) or "").strip():
            rule = _GUID_MISSING if name == "guid" else _ATTRIBUTE_MISSING
            yield rule, at(node, f"{node.qname} needs the attribute {name!r}", attribute=name)


def _children(node: Node, local: str) -> Iterator[tuple[Rule, Fault]]:
    text = node.text
    if text and not text.isspace():
        yield _TEXT, at(node, f"{node.qname} holds only elements, not the text {text.strip()[:40]!r}")
    place, groups = _places(local), node.groups
    for name in groups:
        if name not in place and namespace_of(name) in (n.NAMESPACE, ""):
            for child in groups[name]:
                yield _UNKNOWN, at(child, f"{local} has no element {child.qname!r}")
    if len(groups) > 1:
        yield from _misplaced(node, local, place)
    yield from _numbers(node, local, groups)


def _misplaced(node: Node, local: str, place: Mapping[str, int]) -> Iterator[tuple[Rule, Fault]]:
    """The first child that stands behind one it should precede; what follows it would only repeat that."""
    before, last = None, -1
    for child in node.children:
        index = place.get(child.name)
        if index is None:
            continue
        if before is not None and index < last:
            rule = _ORDERS.get(local, _OTHER_ORDER)
            yield rule, at(child, f"in {local}, {child.local} must stand before {before.local}")
            return
        before, last = child, index


def _numbers(node: Node, local: str, groups: Mapping[str, list[Node]]) -> Iterator[tuple[Rule, Fault]]:
    for slot in _counts(local):
        count = sum([len(groups[name]) for name in slot.clarks if name in groups])
        if slot.most is not None and count > slot.most:
            last = groups[slot.clarks[0]][-1]
            yield _DUPLICATE, at(last, f"{local} may have {slot.name} only once; there are {count}")
        if count < slot.least and node.closed:
            rule = _MISSING.get(slot.name, _OTHER_MISSING)
            yield rule, at(node, f"{local} needs {slot.name}", element=slot.name)


@cache
def _places(local: str) -> Mapping[str, int]:
    """The index of each child's slot by Clark name."""
    return {f"{{{n.NAMESPACE}}}{name}": index for name, index in places(local).items()}


@cache
def _counts(local: str) -> tuple[_Count, ...]:
    """The slots of an element whose children are counted."""
    return tuple(
        _Count(tuple(f"{{{n.NAMESPACE}}}{name}" for name in slot.names), slot.names[0], slot.least, slot.most)
        for slot in CHILDREN[local]
        if slot.least or slot.most is not None
    )
