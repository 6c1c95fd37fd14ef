"""XHTML elements as extensions: robots meta, links, a body beside the description."""

from collections.abc import Iterator

from syndicate.markup.namespaces.tables import leaf, loose
from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import Attribute, Flaw, Value, Vocabulary, finding, shown
from syndicate.markup.value_html import flaws_of_tag
from syndicate.markup.values import one_of
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding

NS = "http://www.w3.org/1999/xhtml"
rules = RuleSet("rss", "atom")

META_NAME = rules.state(
    "xhtml.meta.name", severity=ERROR, spec="robots.txt for feeds", summary="the name of a meta element is robots",
    why="No other meta element has a meaning in a feed.", reference="InvalidMetaName")  # fmt: skip
META_CONTENT = rules.state(
    "xhtml.meta.content", severity=ERROR, spec="robots.txt for feeds",
    summary="robots are told (no)index and (no)follow, without contradiction",
    why="Crawlers choose one of the contradicting words.", reference="InvalidMetaContent")  # fmt: skip
MISPLACED = rules.state(
    "xhtml.element.misplaced", severity=WARNING, spec="RFC 4287 §6",
    summary="XHTML stands inside content, not beside it", why="Readers skip it.",
    reference="MisplacedXHTMLContent")  # fmt: skip

_WORDS = frozenset({"all", "none", "index", "noindex", "follow", "nofollow", "archive", "noarchive"})


def robots(value: Value, run: Run) -> Iterator[Flaw]:
    """What robots may do."""
    words = [word.strip().lower() for word in value.text.split(",")]
    contradicts = any(f"no{word}" in words for word in words)
    if not set(words) <= _WORDS or contradicts or len(set(words)) != len(words):
        yield META_CONTENT, f"{value.where}: {shown(value.text)} is not what robots understand"


_meta = leaf(
    NS,
    "meta",
    most=None,
    attributes={
        "name": Attribute(kind=one_of(("robots",), META_NAME), required=True),
        "content": Attribute(kind=robots, required=True),
    },
)
_beside = (_meta, loose(NS, "link", most=None), loose(NS, "body"), loose(NS, "div"))
XHTML = Vocabulary(namespace=NS, prefix="xhtml", feed=_beside, item=_beside, open=True)


@rules.look_in(NS)
def misplaced(node: Node, run: Run) -> Iterator[Finding]:
    """An XHTML element directly in an entry, item or feed."""
    parent = node.parent
    if node.namespace != NS or parent is None or node.local in ("meta", "link", "body", "div"):
        return
    if parent.local in ("feed", "entry", "channel", "item") and parent.namespace != NS:
        yield finding(MISPLACED, node, f"{node.qname} beside the content is not shown: put it into the content")


@rules.look(on=(f"{{{NS}}}body", f"{{{NS}}}div"))
def body(node: Node, run: Run) -> Iterator[Finding]:
    """A body beside the description of an item: its elements."""
    if node.parent is None or node.parent.name != "item":
        return
    for inner in node.iter():
        if inner.namespace == NS and inner is not node:
            attributes = tuple((name, text) for name, text in inner.attributes.items() if not name.startswith("{"))
            for rule, message in flaws_of_tag(inner.local, attributes, node.qname):
                yield finding(rule, inner, message)
