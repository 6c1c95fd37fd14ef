"""Rules about declarations of namespaces, wherever they stand."""

from collections.abc import Iterator

from syndicate.markup.namespaces import media, names
from syndicate.markup.rules import ERROR, INFO, RuleSet, Run
from syndicate.markup.structure import finding
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding

rules = RuleSet("rss", "atom")

SLASH = rules.state(
    "media.namespace.slash", severity=ERROR, spec=media.SPEC, summary="the namespace of Media RSS ends with a slash",
    why="Without it, it is another namespace, and readers find no media.", reference="MediaRssNamespace")  # fmt: skip
RESERVED = rules.state(
    "namespace.prefix.reserved", severity=INFO, spec="common practice",
    summary="well-known prefixes stand for their usual namespaces",
    why="Mostly there is a typing error in the address of the namespace.", reference="ReservedPrefix")  # fmt: skip

AVOID = rules.state(
    "namespace.prefix.atom", severity=INFO, spec="RFC 4287 §1.3", summary="Atom and XHTML are written without prefixes",
    why="A few old readers look for names without looking at namespaces.",
    reference="AvoidNamespacePrefix")  # fmt: skip

_AVOIDED = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2005/Atom"}
_USUAL = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": names.DUBLIN_CORE,
    "dcterms": names.DUBLIN_CORE_TERMS,
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": media.NS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
_NO_SLASH = media.NS.rstrip("/")


@rules.look_at_declaring
def declarations(node: Node, run: Run) -> Iterator[Finding]:
    """The namespaces that this element declares."""
    outer = node.parent.namespaces if node.parent is not None else {}
    for prefix, uri in node.namespaces.items():
        if outer.get(prefix) == uri:
            continue
        if uri == _NO_SLASH:
            yield finding(SLASH, node, f'write xmlns:{prefix}="{media.NS}", with the slash')
        elif prefix and uri in _AVOIDED and run.dialect.startswith("atom"):
            yield finding(AVOID, node, f"declare {uri} as xmlns instead of xmlns:{prefix}")
        elif _USUAL.get(prefix, uri) != uri:
            yield finding(RESERVED, node, f"{prefix}: usually stands for {_USUAL[prefix]}, not for {uri}")
