"""The rules that the tables give rise to: order, number, unknown and missing parts, values of the wrong form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.structure import ATTRIBUTES, CHILDREN, places, row
from syndicate.formats.newsml_g2.values import TEXTS
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, at
from syndicate.markup.structure import shown
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
_VALUE = rules.state(
    "newsml-g2.text.invalid", severity=ERROR, spec=_SPEC,
    summary="elements that hold one value have it in the form that the standard gives it",
    why="Receivers that validate refuse the whole document; others read the value as nothing.",
)  # fmt: skip
_PROPERTIES = frozenset({n.ITEM_META, n.CONTENT_META, n.PART_META, n.RIGHTS_INFO, n.HEADER})
# So many sequences of children are remembered for elements of a kind, none of them longer.
_SEQUENCES, _LONGEST = 256, 64


@dataclass(frozen=True, slots=True)
class _Count:
    """How many children of these Clark names there may be; messages use the name."""

    clarks: tuple[str, ...]
    name: str
    least: int
    most: int | None


class Shape:
    """What the tables say of elements of the NewsML-G2 namespace that have one name and stand in one place.

    Sequences of children that were found good are remembered: most elements of a kind have one of a few.
    """

    __slots__ = ("_good", "_text", "counts", "has_children", "local", "may_say_nothing", "needed", "places", "row")

    def __init__(self, local: str, around: "Shape | None") -> None:
        self.local = local
        self.row: str = local if around is None else row(around.row, local)
        slots = CHILDREN.get(self.row)
        self.needed = ATTRIBUTES.get(local, ())
        self.has_children = slots is not None
        self.may_say_nothing = slots is not None or local == n.EMBARGOED
        if around is None or around.local not in _PROPERTIES:
            self.may_say_nothing = True
        self.places = {_clark(name): index for name, index in places(self.row).items()} if slots is not None else {}
        self.counts = tuple(
            _Count(tuple(map(_clark, slot.names)), slot.names[0], slot.least, slot.most)
            for slot in slots or ()
            if slot.least or slot.most is not None
        )
        self._text = TEXTS.get(local)
        self._good: set[tuple[str, ...]] = set()

    def check(self, node: Node, found: list[Finding]) -> None:
        """What is wrong with the children, the text and the missing attributes of the element."""
        if self.needed:
            found.extend(_of(rule, fault) for rule, fault in _attributes(node, self.needed))
        content = node.content
        if self.has_children:
            if not self._is_known(content):
                self._check_children(node, found)
        elif not content and not self.may_say_nothing and node.closed and not node.attributes:
            found.append(_of(_EMPTY, at(node, f"{node.qname} is empty: leave it out")))
        elif self._text is not None and isinstance(content, str) and not self._text.takes(content) and node.closed:
            message = f"{node.qname} must be {self._text.expected}, not {shown(content)}"
            found.append(_of(_VALUE, at(node, message)))

    def _is_known(self, content: str | list[str | Node]) -> bool:
        """Whether elements with these very children were found good, and no text stands between them."""
        if isinstance(content, str):
            return () in self._good and (not content or content.isspace())
        names = []
        for piece in content:
            if isinstance(piece, Node):
                names.append(piece.name)
            elif not piece.isspace():
                return False
        return tuple(names) in self._good

    def _check_children(self, node: Node, found: list[Finding]) -> None:
        before = len(found)
        found.extend(_of(rule, fault) for rule, fault in _children(node, self))
        names = tuple([child.name for child in node.children])
        if len(found) == before and node.closed and len(names) <= _LONGEST and len(self._good) < _SEQUENCES:
            self._good.add(names)


def _clark(name: str) -> str:
    return f"{{{n.NAMESPACE}}}{name}"


def _of(rule: Rule, fault: Fault) -> Finding:
    return Finding(rule=rule, message=fault.message, place=fault.place)


def _attributes(node: Node, needed: tuple[str, ...]) -> Iterator[tuple[Rule, Fault]]:
    for name in needed:
        if not (node.get(name) or "").strip():
            rule = _GUID_MISSING if name == "guid" else _ATTRIBUTE_MISSING
            yield rule, at(node, f"{node.qname} needs the attribute {name!r}", attribute=name)


def _children(node: Node, shape: Shape) -> Iterator[tuple[Rule, Fault]]:
    text = node.text
    if text and not text.isspace():
        yield _TEXT, at(node, f"{node.qname} holds only elements, not the text {text.strip()[:40]!r}")
    groups = node.groups
    for name in groups:
        if name not in shape.places and namespace_of(name) in (n.NAMESPACE, ""):
            for child in groups[name]:
                yield _UNKNOWN, at(child, f"{shape.row} has no element {child.qname!r}")
    if len(groups) > 1:
        yield from _misplaced(node, shape)
    yield from _numbers(node, shape, groups)


def _misplaced(node: Node, shape: Shape) -> Iterator[tuple[Rule, Fault]]:
    """The first child that stands behind one it should precede; what follows it would only repeat that."""
    before, last = None, -1
    for child in node.children:
        index = shape.places.get(child.name)
        if index is None:
            continue
        if before is not None and index < last:
            rule = _ORDERS.get(shape.local, _OTHER_ORDER)
            yield rule, at(child, f"in {shape.local}, {child.local} must stand before {before.local}")
            return
        before, last = child, index


def _numbers(node: Node, shape: Shape, groups: Mapping[str, list[Node]]) -> Iterator[tuple[Rule, Fault]]:
    for slot in shape.counts:
        count = sum([len(groups[name]) for name in slot.clarks if name in groups])
        if slot.most is not None and count > slot.most:
            last = groups[slot.clarks[0]][-1]
            yield _DUPLICATE, at(last, f"{shape.local} may have {slot.name} only once; there are {count}")
        if count < slot.least and node.closed:
            rule = _MISSING.get(slot.name, _OTHER_MISSING)
            yield rule, at(node, f"{shape.local} needs {slot.name}", element=slot.name)
