"""What an official schema says against a document, as findings with places: for every format that has one.

The schema is that of the version which the document states, where that is at hand; else that of the next newer version,
else the newest. What cannot be judged so is told as `missing`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from syndicate.markup import schema_files
from syndicate.markup.rules import ERROR, INFO, RuleSet
from syndicate.markup.schema_files import SchemaFile, Shelf
from syndicate.markup.xml import Document, Node, parse
from syndicate.model.finding import Finding, Place, Rule

if TYPE_CHECKING:
    from lxml import etree

    from syndicate.markup.xsd import Compiled, Said

MOST = 100
_IN_BRACES = re.compile(r"\{[^}]*\}")
_ELEMENT = re.compile(r"[Ee]lement '?([^' ]+)'?")
_ATTRIBUTE = re.compile(r"attribute '([^']+)'")
_STEP = re.compile(r"(?:[^/:\[]+:)?([^/:\[]+)(?:\[(\d+)\])?")
ADD = "bring it with `syndicate schemas add`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """How documents of a standard are checked by its schemas.

    `along` are standards whose schemas judge what else is in a document; `fixed` are attributes of the root that each
    version fixes to its own words, so that no other version can judge them. `payload` may hold anything in a DTD.
    `later` are elements of standards that are younger than the schema and allow what it does not. `holder` may hold any
    number of documents.
    """

    standard: str
    invalid: Rule
    missing: Rule | None
    along: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    is_moved: bool = False
    payload: str = ""
    later: tuple[str, ...] = ()
    holder: str = ""


class Stated(TypedDict):
    """The rules of a format about its schemas."""

    invalid: Rule
    missing: Rule | None


def state(rules: RuleSet, name: str, spec: str, *, is_alone: bool = False) -> Stated:
    """The rules of a format: the document is valid, and what is needed to say so is at hand.

    Of a schema that is alone nothing else can be missing: there is one version, and it lets in whatever is of others.
    """
    invalid = rules.state(
        f"{name}.schema.invalid", severity=ERROR, spec=spec, summary="the document is valid by the official schema",
        why="Receivers that validate refuse the whole document.",
    )  # fmt: skip
    if is_alone:
        return {"invalid": invalid, "missing": None}
    missing = rules.state(
        f"{name}.schema.missing", severity=INFO, spec=spec,
        summary="the schema of the stated version is at hand, and those of all that is in the document",
        why="What is checked by the schema of another version may be judged too hard or too mildly.",
    )  # fmt: skip
    return {"invalid": invalid, "missing": missing}


def check(
    official: Official,
    document: Document,
    data: bytes,
    schemas: Path,
    stated: str | None = None,
    *,
    beside: Mapping[str, str] | None = None,
) -> Iterator[Finding]:
    """What the schema in that folder says; nothing without one. At most 100 findings and how many more there are.

    `beside` are the versions of other standards in the document.
    """
    shelf = schema_files.shelf(schemas)
    main = shelf.choose(official.standard, stated)
    root = document.root
    if main is None or root is None:
        return
    # Loaded where somebody has schemas: lxml takes longer to load than all rules.
    from lxml import etree

    from syndicate.markup import xsd

    ready = xsd.compiled(shelf, main, _beside(official, shelf, main, beside or {}))
    if not ready.schema:
        yield from about(official, root, f"{main.path.name} cannot be used: {ready.reason}")
        return
    yield from of_another(official, root, main, stated)
    body = data.lstrip()
    try:
        tree = parse(body, has_blanks=main.label.kind != "xsd")
    except etree.XMLSyntaxError as error:
        if root.closed:
            yield from about(official, root, f"it cannot be checked by the schema: {error.msg}")
        return
    for one in list(tree.iter(*official.later)) if official.later else ():
        if (holder := one.getparent()) is not None:
            holder.remove(one)
    if main.label.kind == "dtd" and official.payload:
        _take_out(tree, official.payload, ready)
    unless = official.fixed if stated != main.version else ()
    if official.holder:
        said = xsd.judge_apart(tree, ready, official.holder)
    else:
        said = xsd.judge(tree, ready, main.label.namespace if official.is_moved else None, unless=unless)
    yield from _told(official, root, said, ready, data[: len(data) - len(body)].count(b"\n"))


def is_agreed(official: Official, data: bytes, schemas: Path, stated: str) -> bool:
    """Whether the schema of the stated version is at hand and certainly finds nothing in the document; a quick look."""
    schema = _exact(official, schemas, stated)
    if schema is None:
        return False
    from lxml import etree

    try:
        agreed: bool = schema.validate(parse(data, has_blanks=False))
    except etree.XMLSyntaxError:
        return False
    return agreed


@lru_cache(maxsize=32)
def _exact(official: Official, schemas: Path, stated: str) -> "etree.XMLSchema | None":
    """The schema of exactly that version, with those at hand of what else its documents hold; None without it.

    What is of a schema that is not at hand makes a document invalid by the others, so it is never agreed.
    """
    from syndicate.markup import xsd

    shelf = schema_files.shelf(schemas)
    main = shelf.choose(official.standard, stated)
    if main is None or main.version != stated or main.label.kind != "xsd":
        return None
    schema: etree.XMLSchema | None = xsd.compiled(shelf, main, _beside(official, shelf, main, {})).schema
    return schema


def _beside(official: Official, shelf: Shelf, main: SchemaFile, stated: Mapping[str, str]) -> tuple[SchemaFile, ...]:
    if main.label.kind != "xsd":
        return ()
    found = [one for name in official.along if (one := shelf.choose(name, stated.get(name))) is not None]
    return tuple(one for one in found if one.label.kind == "xsd" and one.label.namespace != main.label.namespace)


def _told(official: Official, root: Node, said: "list[Said]", ready: "Compiled", shift: int) -> Iterator[Finding]:
    from syndicate.markup import xsd

    unjudged = {namespace: one for one in reversed(said) if (namespace := xsd.unjudged(one, ready)) is not None}
    for namespace, one in reversed(unjudged.items()):
        message = f"what is of {namespace or 'no namespace'} is not checked, as no schema for it is at hand: {ADD}"
        if official.missing is not None:
            yield Finding(rule=official.missing, message=message, place=_place(root, one, shift))
    grave = [one for one in said if xsd.unjudged(one, ready) is None] if unjudged else said
    for one in grave[:MOST]:
        yield Finding(rule=official.invalid, message=_IN_BRACES.sub("", one.message), place=_place(root, one, shift))
    if len(grave) > MOST:
        yield Finding(rule=official.invalid, message=f"the schema finds {len(grave) - MOST} more errors", place=Place())


def of_another(official: Official, root: Node, main: SchemaFile, stated: str | None) -> Iterator[Finding]:
    """That the document is checked by the schema of another version than it states, where that is so."""
    if stated and stated != main.version:
        told = f"checked by the schema of {main.version}, as that of {stated} is not at hand: {ADD}"
        yield from about(official, root, told)


def about(official: Official, root: Node, message: str) -> Iterator[Finding]:
    """What is missing, told at the root."""
    if official.missing is not None:
        place = Place(line=root.line, column=root.column, element=root.qname)
        yield Finding(rule=official.missing, message=message, place=place)


def _take_out(tree: "etree._Element", payload: str, ready: "Compiled") -> None:
    """Take out what is in the payload and not of the DTD, which says nothing about it although it lets it in."""
    for holder in tree.iter(f"{{*}}{payload}"):
        for child in list(holder):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] not in ready.elements:
                holder.remove(child)


def _place(root: Node, said: "Said", shift: int) -> Place:
    """The place of the element that is meant; only its line where the element is no longer there."""
    found, attribute = _ELEMENT.search(said.message), _ATTRIBUTE.search(said.message)
    local = _IN_BRACES.sub("", found[1]) if found else ""
    named = _IN_BRACES.sub("", attribute[1]) if attribute else None
    node = _follow(root, said.path)
    if node is None or (node.local != local and said.line and node.line != said.line + shift):
        return Place(line=said.line + shift or None, element=local or None, attribute=named)
    parent = node.parent.qname if node.parent is not None else None
    return Place(line=node.line, column=node.column, element=node.qname, parent=parent, attribute=named)


def _follow(root: Node, path: str) -> Node | None:
    """The element at the end of a way such as `/*/*[2]/nitf:head`, where `*` stands for names without prefix."""
    steps = _STEP.findall(path.removeprefix("/").partition("/")[2])
    node: Node | None = root if path.startswith("/") else None
    for name, number in steps:
        if node is None:
            return None
        among = [one for one in node.children if name == "*" or one.local == name]
        index = int(number or 1) - 1
        node = among[index] if index < len(among) else None
    return node
