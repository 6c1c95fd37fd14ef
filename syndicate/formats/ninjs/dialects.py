"""Which version of ninjs a document is in."""

import re

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.structure import SHAPES
from syndicate.markup.json_nodes import JsonNode

_STATED = re.compile(r"(?:ninjs-schema_)?([123])(?:\.|\Z)")
_IN_FULL = re.compile(r"(?:ninjs-schema_|\A)([123]\.\d)(?:\D|\Z)")
_NEWEST_FIRST = ("ninjs-3.x", "ninjs-2.x", "ninjs-1.x")
# Names that no other kind of JSON document has.
_MARKS = frozenset(
    spell(name)
    for spell in (str, n.spelled_2)
    for name in (
        n.REPRESENTATION_TYPE, n.FIRST_CREATED, n.VERSION_CREATED, n.CONTENT_CREATED, n.EMBARGOED_UNTIL, n.PUB_STATUS,
        n.INFO_SOURCES, n.COPYRIGHT_NOTICE, n.USAGE_TERMS,
    )
)  # fmt: skip
# A document with fewer known properties needs one of the names above.
_ENOUGH = 3


def dialect_of(root: JsonNode) -> str | None:
    """`ninjs-1.x`, `ninjs-2.x` or `ninjs-3.x`: the version that the item states, else the one that knows most of it.

    None when it is no item: it has neither a uri (or Superdesk's guid) nor a name that only ninjs has.
    """
    if root.type != "object":
        return None
    names = [child.qname for child in root.children]
    stated = _stated(root)
    if stated:
        return stated
    is_named = n.URI in names or "guid" in names
    known = {dialect: sum(_is_known(root, name, dialect) for name in names) for dialect in _NEWEST_FIRST}
    best = max(_NEWEST_FIRST, key=lambda dialect: known[dialect])
    is_likely = known[best] >= min(_ENOUGH, len(names)) and n.URI in names
    return best if is_likely or (is_named and not _MARKS.isdisjoint(names)) or _has_marks(names) else None


def version_of(root: JsonNode) -> str | None:
    """The version that the item states, such as `2.1`; None where it states none in full."""
    for name in (n.OLD_STANDARD, n.STANDARD):
        standard = root.find(name)
        for key in (n.VERSION, n.SCHEMA) if standard is not None else ():
            child = standard.find(key) if standard is not None else None
            if child is not None and (found := _IN_FULL.search(child.text)):
                return found[1]
    return None


def _stated(root: JsonNode) -> str | None:
    for name in (n.OLD_STANDARD, n.STANDARD):
        standard = root.find(name)
        if standard is None:
            continue
        about = " ".join(child.text for child in standard.children)
        version = standard.find(n.VERSION)
        schema = standard.find(n.SCHEMA)
        if "ninjs" not in about.lower():
            continue
        for text in (version.text if version is not None else "", schema.text if schema is not None else ""):
            found = _STATED.search(text)
            if found and (found[1] == "1") == (name == n.OLD_STANDARD):
                return f"ninjs-{found[1]}.x"
        return "ninjs-1.x" if name == n.OLD_STANDARD else "ninjs-3.x"
    return None


def _is_known(root: JsonNode, name: str, dialect: str) -> bool:
    shape = SHAPES[dialect].member(name)
    found = root.find(name)
    if shape is None or not isinstance(found, JsonNode):
        return False
    if shape.words:
        return found.text in shape.words
    # Associations and renditions are called the same in all versions, but are objects in 1.x.
    return found.type == shape.type if shape.type in ("object", "list") else True


def _has_marks(names: list[str]) -> bool:
    return len(_MARKS.intersection(names)) > 1
