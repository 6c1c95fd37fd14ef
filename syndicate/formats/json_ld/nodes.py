"""JSON-LD as nodes that know their places: where its articles are, and what members they have."""

from collections.abc import Iterator

from syndicate.formats.json_ld import names as n
from syndicate.markup.json_ld import AROUND, ARTICLES
from syndicate.markup.json_ld_values import bare
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.xml import Node

_DEEPEST = 32


def members(node: Node) -> dict[str, JsonNode]:
    """The members of an object by their bare names, the last one of each."""
    return {bare(one.qname): one for one in node.children if isinstance(one, JsonNode)}


def pieces(node: JsonNode | None) -> list[JsonNode]:
    """The values of a member that may be a list; nulls are none."""
    if node is None or node.type == "null":
        return []
    return [one for one in _elements(node) if one.type != "null"] if node.type == "list" else [node]


def types(node: Node) -> tuple[str, ...]:
    """The types that an object states."""
    return tuple(bare(one.text) for one in pieces(members(node).get(n.TYPE)) if one.type == "text")


def article_nodes(root: Node | None) -> Iterator[JsonNode]:
    """The objects that are articles, in the order in which `json_ld.articles` gives them."""
    waiting = [(root, 0)] if isinstance(root, JsonNode) else []
    while waiting:
        node, depth = waiting.pop()
        if node.type == "object" and not ARTICLES.isdisjoint(types(node)):
            yield node
        elif depth < _DEEPEST:
            known = members(node) if node.type == "object" else {}
            inner = _elements(node) if node.type == "list" else [known[name] for name in AROUND if name in known]
            waiting.extend((one, depth + 1) for one in reversed(inner))


def _elements(node: JsonNode) -> list[JsonNode]:
    return [one for one in node.children if isinstance(one, JsonNode)]
