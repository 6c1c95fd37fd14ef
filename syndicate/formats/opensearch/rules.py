"""What an OpenSearch description must be (OpenSearch 1.1, draft 6)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from syndicate.formats.opensearch.names import NAMESPACE
from syndicate.markup.namespaces import opensearch as v
from syndicate.markup.namespaces.known import SETS as NAMESPACE_SETS
from syndicate.markup.namespaces.known import VOCABULARIES
from syndicate.markup.rules import ERROR, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Attribute, Child, Element, Kind, Role, finding, structure_rules
from syndicate.markup.value_addresses import full_uri
from syndicate.markup.value_all import SETS as VALUE_SETS
from syndicate.markup.value_html import plain
from syndicate.markup.values import anything, at_most, both, integer, mail, media_type, non_negative
from syndicate.markup.walk import Grammar, Walk
from syndicate.markup.xml import Document, Node
from syndicate.model.finding import Finding, Rule

rules = RuleSet("opensearch")
STRUCTURE = structure_rules(rules, "opensearch", v.SPEC)
_SETS = (rules, *NAMESPACE_SETS, *VALUE_SETS)

NO_NAMESPACE = rules.state(
    "opensearch.namespace.missing", severity=ERROR, spec=v.SPEC, summary="the root is in the OpenSearch namespace",
    why="Browsers do not recognise it.", reference="MissingNamespace")  # fmt: skip
OTHER_NAMESPACE = rules.state(
    "opensearch.namespace.invalid", severity=ERROR, spec=v.SPEC, summary="the namespace is that of OpenSearch 1.1",
    why="Browsers do not recognise it; the elements of 1.0 have other names.",
    reference="InvalidNamespace")  # fmt: skip


def _leaf(local: str, kind: Kind = anything, *, least: int = 0, most: int | None = 1) -> Child:
    return Child(Element(name=f"{{{NAMESPACE}}}{local}", text=kind), least, most)


_URL = Element(
    name=f"{{{NAMESPACE}}}Url",
    attributes={
        "template": Attribute(kind=v.template, required=True),
        "type": Attribute(kind=media_type, required=True),
        "rel": Attribute(),
        "method": Attribute(),
        "indexOffset": Attribute(kind=integer),
        "pageOffset": Attribute(kind=integer),
    },
    open=True,
)
_IMAGE = Element(
    name=f"{{{NAMESPACE}}}Image",
    text=full_uri,
    attributes={
        "height": Attribute(kind=non_negative),
        "width": Attribute(kind=non_negative),
        "type": Attribute(kind=media_type),
    },
)
ROOT = Element(
    name=f"{{{NAMESPACE}}}OpenSearchDescription",
    role=Role.ROOT,
    children=(
        _leaf("ShortName", both(plain, at_most(16)), least=1),
        _leaf("Description", both(plain, at_most(1024)), least=1),
        Child(_URL, least=1, most=None),
        _leaf("Contact", mail),
        _leaf("Tags", both(plain, at_most(256))),
        _leaf("LongName", both(plain, at_most(48))),
        Child(_IMAGE, most=None),
        Child(v.QUERY, most=None),
        _leaf("Developer", both(plain, at_most(64))),
        _leaf("Attribution", both(plain, at_most(256))),
        _leaf("SyndicationRight", v.syndication_right),
        _leaf("AdultContent", v.adult_content),
        _leaf("Language", v.any_language, most=None),
        _leaf("InputEncoding", v.encoding, most=None),
        _leaf("OutputEncoding", v.encoding, most=None),
    ),
)


def dialect(document: Document) -> str | None:
    """`opensearch-1.1`."""
    root = document.root
    return "opensearch-1.1" if root is not None and root.local == "OpenSearchDescription" else None


def check(
    document: Document, data: bytes, dialect: str, now: datetime, schemas: Path | None = None
) -> Iterable[Finding]:
    """What is wrong with the document."""
    root = document.root
    if root is None:
        return
    if root.namespace != NAMESPACE:
        rule, what = (OTHER_NAMESPACE, "another") if root.namespace else (NO_NAMESPACE, "no")
        yield finding(rule, root, f'{root.qname} is in {what} namespace: write xmlns="{NAMESPACE}"')
        return
    walk = Walk(_GRAMMAR, Run(now=now, dialect=dialect, is_odd=document.is_odd))
    yield from walk.check(root, ROOT)


@rules.rule("opensearch.query.no-example", on=(ROOT.name,), severity=WARNING, spec=f"{v.SPEC}, Query",
            summary="there is an example of a query", reference="ShouldIncludeExample")  # fmt: skip
def no_example(root: Node, run: Run) -> Iterator[Fault]:
    """Programs cannot test the search."""
    if not any(query.get("role") == "example" for query in root.find_all(v.QUERY.name)):
        yield at(root, 'there is no Query with role="example"', element="Query")


_ALL = RuleSet.joined(_SETS)
_GRAMMAR = Grammar(rules=_ALL, own=STRUCTURE, namespace=NAMESPACE, vocabularies=VOCABULARIES)
RULES: tuple[Rule, ...] = tuple(_ALL.rules)
