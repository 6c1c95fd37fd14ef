"""What an OPML document must be: the table of `structure.py`, and rules about outlines of feeds."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.opml import structure, value_rules
from syndicate.formats.opml.value_rules import SPEC
from syndicate.markup.namespaces.known import SETS as NAMESPACE_SETS
from syndicate.markup.namespaces.known import VOCABULARIES
from syndicate.markup.rules import WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import structure_rules
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("opml")
STRUCTURE = structure_rules(rules, "opml", SPEC)
_SETS = (rules, value_rules.rules, *NAMESPACE_SETS, *VALUE_SETS)
_ROOTS = {"opml": structure.OPML, "outlineDocument": structure.OUTLINE_DOCUMENT}


def dialect(document: Document) -> str | None:
    """`opml-2.0`, or the older version that the document states."""
    root = document.root
    if root is None or root.name not in _ROOTS:
        return None
    version = root.get("version")
    return f"opml-{version}" if version in ("1.0", "1.1") else "opml-2.0"


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    if document.root is None:
        return
    walk = Walk(_GRAMMAR, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    yield from walk.check(document.root, _ROOTS[document.root.name])


@rules.rule("opml.root.obsolete", on=("outlineDocument",), severity=WARNING, spec=SPEC,
            summary="the root is opml", reference="ObsoleteVersion")  # fmt: skip
def obsolete_root(root: Node, run: Run) -> Iterator[Fault]:
    """outlineDocument is from before OPML 1.0."""
    yield at(root, "write opml instead of outlineDocument")


@rules.rule("opml.outline.no-xmlUrl", on=("outline",), severity=WARNING, spec=f"{SPEC}, subscription lists",
            summary="an outline of a feed has its address", reference="MissingXmlURL")  # fmt: skip
def no_xml_url(outline: Node, run: Run) -> Iterator[Fault]:
    """There is nothing to subscribe to."""
    if outline.get("type") == "rss" and outline.get("xmlUrl") is None:
        yield at(outline, "the outline of a feed needs xmlUrl", attribute="xmlUrl")


@rules.rule("opml.outline.no-title", on=("outline",), severity=WARNING, spec=f"{SPEC}, subscription lists",
            summary="an outline of a feed has its title", reference="MissingTitleAttr")  # fmt: skip
def no_title(outline: Node, run: Run) -> Iterator[Fault]:
    """Readers list the feed by its title; some do not look at text."""
    if outline.get("type") == "rss" and outline.get("title") is None:
        yield at(outline, "the outline of a feed should have a title", attribute="title")


@rules.rule("opml.outline.no-url", on=("outline",), severity=WARNING, spec=f"{SPEC}, inclusion, directories",
            summary="an outline of a link has its address", reference="MissingUrlAttr")  # fmt: skip
def no_url(outline: Node, run: Run) -> Iterator[Fault]:
    """The link leads nowhere."""
    if outline.get("type") in ("link", "include") and outline.get("url") is None:
        yield at(outline, f"an outline of type {outline.get('type')} needs url", attribute="url")


@rules.rule("opml.outline.no-type", on=("outline",), severity=WARNING, spec=SPEC,
            summary="an outline with addresses has a type", reference="MissingOutlineType")  # fmt: skip
def no_type(outline: Node, run: Run) -> Iterator[Fault]:
    """Readers take it for a folder."""
    if outline.get("type") is None and (outline.get("xmlUrl") or outline.get("url")):
        yield at(outline, "the outline has an address but no type", attribute="type")


_ALL = RuleSet.joined(_SETS)
_GRAMMAR = Grammar(rules=_ALL, own=STRUCTURE, namespace="", vocabularies=VOCABULARIES)
RULES: tuple[Rule, ...] = tuple(_ALL.rules)
