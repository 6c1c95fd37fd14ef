"""One walk over the elements of a document: who is asked about each, and what need not be asked again.

Documents of one provider repeat themselves: the same elements in the same order, the same codes. What was found good
once, in an element of that kind and with those catalogs, is not looked at again.
"""

from syndicate.formats.newsml_g2 import catalog_rules, content_rules, item_rules, package_rules, value_rules
from syndicate.formats.newsml_g2 import names as n
from syndicate.formats.newsml_g2.structure_rules import Shape
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.rules import RuleSet, Run, answers
from syndicate.markup.xml import XML_NAMESPACE, Node
from syndicate.model.finding import Finding

SETS = (item_rules.rules, catalog_rules.rules, value_rules.rules, content_rules.rules, package_rules.rules)

_ALL = RuleSet.joined(SETS)
_OF_IDS = content_rules.rules.everywhere
_OF_VALUES = (*item_rules.rules.everywhere, *catalog_rules.rules.everywhere, *value_rules.rules.everywhere)
_OURS = item_rules.ns("")
_PAYLOADS = frozenset(map(item_rules.ns, (n.INLINE_XML, n.INLINE_DATA)))
# Attributes that some rule for all elements looks at. Those that name things are of one document each.
_NAMING = frozenset({"id", "partid"})
_IDS = content_rules.IDS
_TAGS = frozenset({f"{{{XML_NAMESPACE}}}lang", "tag"})
_JUDGED = value_rules.NAMES | _TAGS
# What is remembered: so many kinds of children, catalogs, values; no value longer.
_KINDS, _CATALOGS, _VALUES, _LONGEST = 512, 16, 1024, 200


class _Kind:
    """Elements of one name in one place. `inner` are the kinds of their children that were met."""

    __slots__ = ("_good", "asked", "inner", "is_owner", "is_payload", "shape")

    def __init__(self, name: str, around: "_Kind | None" = None) -> None:
        local = name.removeprefix(_OURS)
        self.shape: Shape | None = (
            Shape(local, around.shape if around is not None else None) if name.startswith(_OURS) else None
        )
        self.asked = _ALL.named(name)
        self.is_owner = name in catalog_rules.OWNERS
        self.is_payload = name in _PAYLOADS
        self.inner: dict[str, _Kind] = {}
        self._good: dict[frozenset[str] | None, set[tuple[str, str]]] = {}

    def child(self, name: str) -> "_Kind":
        """The kind of children of that Clark name."""
        kind = self.inner.get(name)
        if kind is None:
            kind = _Kind(name, self)
            if len(self.inner) < _KINDS and len(name) <= _LONGEST:
                self.inner[name] = kind
        return kind

    def judge(self, node: Node, aliases: frozenset[str] | None, run: Run, found: list[Finding]) -> None:
        """What is wrong with the values of attributes, where those aliases are declared."""
        attributes = node.attributes
        if self.shape is not None:
            good = self._good.get(aliases)
            if good is None:
                good = self._catalogs(aliases)
            for pair in attributes.items():
                if pair not in good and not self._is_good(*pair, aliases, good):
                    answers(_OF_VALUES, node, run, found)
                    break
        if not _IDS.isdisjoint(attributes):
            answers(_OF_IDS, node, run, found)

    def _catalogs(self, aliases: frozenset[str] | None) -> set[tuple[str, str]]:
        if len(self._good) >= _CATALOGS:
            self._good.clear()
        self._good[aliases] = good = set[tuple[str, str]]()
        return good

    def _is_good(self, name: str, value: str, aliases: frozenset[str] | None, good: set[tuple[str, str]]) -> bool:
        """Whether no rule for all elements certainly minds the value, which is remembered then."""
        if name not in _JUDGED:
            return True
        kind = value_rules.kind_of(self.shape.local if self.shape is not None else "", name)
        if kind is not None and not kind.takes(value):
            return False
        if name in _TAGS and value and flaw_of_tag(value.strip()):
            return False
        if name in catalog_rules.CODED and not catalog_rules.are_declared(value, aliases):
            return False
        if name not in _NAMING and len(value) <= _LONGEST:
            if len(good) > _VALUES:
                good.clear()
            good.add((name, value))
        return True


_outermost = _Kind("")


def walk(root: Node, run: Run) -> list[Finding]:
    """What is wrong with the elements of the document, in its order."""
    found: list[Finding] = []
    _walk(root, _outermost.child(root.name), None, run, found)
    return found


def _walk(node: Node, kind: _Kind, aliases: frozenset[str] | None, run: Run, found: list[Finding]) -> None:
    """Look at the element and everything in it."""
    shape = kind.shape
    if kind.is_owner:
        aliases = catalog_rules.declared(node, run)
    if shape is not None:
        shape.check(node, found)
    if kind.asked:
        answers(kind.asked, node, run, found)
    if node.attributes:
        kind.judge(node, aliases, run, found)
    content = node.content
    if isinstance(content, str):
        return
    if kind.is_payload:
        _walk_payloads(content, run, found)
        return
    inner = kind.inner
    for piece in content:
        if isinstance(piece, Node):
            _walk(piece, inner.get(piece.name) or kind.child(piece.name), aliases, run, found)


def _walk_payloads(content: list[str | Node], run: Run, found: list[Finding]) -> None:
    """What lies inside a payload is not ours, but for its ids."""
    for piece in content:
        if isinstance(piece, Node):
            if not _IDS.isdisjoint(piece.attributes):
                answers(_OF_IDS, piece, run, found)
            if not isinstance(piece.content, str):
                _walk_payloads(piece.content, run, found)
