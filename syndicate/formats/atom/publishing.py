"""AtomPub documents: the service document and the list of categories (RFC 5023 §7, §8)."""

import re
from collections.abc import Iterable, Iterator

from syndicate.formats.atom import names as n
from syndicate.formats.atom import structure
from syndicate.markup.namespaces.legacy import APP_NS
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Attribute, Child, Element, Flaw, Role, Value, shown, structure_rules
from syndicate.markup.value_addresses import full_iri, iri
from syndicate.markup.values import MEDIA_TYPE, is_media_type, one_of
from syndicate.markup.xml import Node

rules = RuleSet("atom")
SPEC = "RFC 5023"
STRUCTURE = structure_rules(rules, "app", SPEC)
# AtomPub limits no element of its own; for Atom's elements in a service document there is the rule for extensions.
rules.rules.remove(STRUCTURE.duplicate)

PARAMETER = rules.state(
    "app.accept.parameter", severity=WARNING, spec=f"{SPEC} §8.3.4",
    summary="media ranges have parameters with a meaning",
    why="Clients ignore the others.", reference="UndefinedParam")  # fmt: skip
FIXED = rules.state(
    "app.categories.fixed", severity=ERROR, spec=f"{SPEC} §7.2.1", summary="fixed is yes or no",
    why="Clients cannot tell whether they may add categories.", reference="InvalidYesNo")  # fmt: skip

_OURS = f"{{{APP_NS}}}"
_PARAMETERS = frozenset({"type", "charset", "version"})
_RANGE = re.compile(r"\*/\*|[^/\s*]+/\*")


def _app(local: str) -> str:
    return f"{{{APP_NS}}}{local}"


def accept(value: Value, run: Run) -> Iterator[Flaw]:
    """A media range, or nothing when nothing may be posted."""
    for one in value.text.split(","):
        yield from _media_range(value, one)


def _media_range(value: Value, text: str) -> Iterator[Flaw]:
    kind, *parameters = (part.strip() for part in text.split(";"))
    if kind and not _RANGE.fullmatch(kind) and not is_media_type(kind):
        yield MEDIA_TYPE, f"{value.where} must be a media range like image/*, not {shown(kind)}"
    for parameter in parameters:
        if parameter.partition("=")[0].lower() not in _PARAMETERS:
            yield PARAMETER, f"the parameter {shown(parameter)} has no meaning here"


CATEGORIES = Element(
    name=_app("categories"),
    attributes={
        "href": Attribute(kind=iri),
        "fixed": Attribute(kind=one_of(("yes", "no"), FIXED)),
        "scheme": Attribute(kind=full_iri),
    },
    children=(Child(structure.CATEGORY, most=None),),
)
COLLECTION = Element(
    name=_app("collection"),
    attributes={"href": Attribute(kind=iri, required=True)},
    children=(
        Child(structure.TITLE, least=1),
        Child(Element(name=_app("accept"), text=accept), most=None),
        Child(CATEGORIES, most=None),
    ),
)
WORKSPACE = Element(name=_app("workspace"), children=(Child(structure.TITLE, least=1), Child(COLLECTION, most=None)))
SERVICE = Element(name=_app("service"), role=Role.ROOT, children=(Child(WORKSPACE, least=1, most=None),))
ROOTS = {SERVICE.name: SERVICE, CATEGORIES.name: CATEGORIES}


@rules.rule("app.categories.conflict", on=(CATEGORIES.name,), severity=ERROR, spec=f"{SPEC} §7.2.1",
            summary="categories elsewhere have neither fixed nor scheme here",
            reference="ConflictingCatAttr")  # fmt: skip
def conflict(categories: Node, run: Run) -> Iterator[Fault]:
    """The document at the address says them."""
    if categories.get("href") is not None:
        for attribute in ("fixed", "scheme"):
            if categories.get(attribute) is not None:
                yield at(categories, f"categories with href have no {attribute}", attribute=attribute)


@rules.rule("app.categories.children", on=(CATEGORIES.name,), severity=ERROR, spec=f"{SPEC} §7.2.1",
            summary="categories elsewhere are not listed here", reference="ConflictingCatChildren")  # fmt: skip
def children(categories: Node, run: Run) -> Iterator[Fault]:
    """The document at the address lists them."""
    if categories.get("href") is not None and any(categories.children):
        yield at(categories, "categories with href are empty")


@rules.rule("app.element.questionable", on=(n.ID, n.CATEGORY, n.TITLE_ELEMENT, COLLECTION.name), severity=INFO,
            spec=SPEC, summary="Atom's elements stand where AtomPub gives them a meaning",
            reference="QuestionableUsage")  # fmt: skip
def questionable(node: Node, run: Run) -> Iterable[Fault]:
    """Clients ignore them."""
    parent = node.parent
    if node.name != COLLECTION.name and (parent is None or not parent.name.startswith(_OURS)):
        return ()
    return _questionable(node, parent)


def _questionable(node: Node, parent: Node | None) -> Iterator[Fault]:
    if parent is not None and node.name == COLLECTION.name and parent.name == n.ENTRY:
        yield at(node, "a collection has no meaning in an entry")
    if node.name == COLLECTION.name or parent is None or parent.namespace != APP_NS or parent.local == "categories":
        return
    if node.name != n.TITLE_ELEMENT or parent.local == "service":
        yield at(node, f"{node.qname} has no meaning in {parent.qname}")
