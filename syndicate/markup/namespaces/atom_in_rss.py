"""Atom's elements inside RSS (RSS Advisory Board profile, Namespace Elements)."""

from syndicate.markup import value_atom
from syndicate.markup.namespaces.tables import leaf, loose
from syndicate.markup.rules import RuleSet
from syndicate.markup.structure import Attribute, Child, Element, Vocabulary
from syndicate.markup.value_addresses import full_iri, iri
from syndicate.markup.value_dates import rfc3339
from syndicate.markup.value_html import plain
from syndicate.markup.values import both, byte_count, filled, language, mail, media_type, unless_empty

NS = "http://www.w3.org/2005/Atom"
rules = RuleSet("rss")

_link = leaf(
    NS,
    "link",
    value_atom.nothing_in_link,
    most=None,
    attributes={
        "href": Attribute(kind=iri, required=True, missing=value_atom.HREF_MISSING),
        "rel": Attribute(kind=unless_empty(value_atom.relation)),
        "type": Attribute(kind=media_type),
        "hreflang": Attribute(kind=language),
        "title": Attribute(kind=both(filled, plain)),
        "length": Attribute(kind=byte_count),
    },
)


def _person(local: str) -> Child:
    name = Child(Element(name=f"{{{NS}}}name", text=both(filled, plain, value_atom.person_name)), least=1)
    return Child(
        Element(name=f"{{{NS}}}{local}", children=(name, leaf(NS, "uri", iri), leaf(NS, "email", mail))), most=None
    )


_category = {
    "term": Attribute(kind=filled, required=True),
    "scheme": Attribute(kind=full_iri),
    "label": Attribute(kind=plain),
}
_shared = (
    _link,
    _person("author"),
    _person("contributor"),
    Child(Element(name=f"{{{NS}}}category", attributes=_category, open=True), most=None),
    leaf(NS, "id", both(filled, full_iri)),
    leaf(NS, "updated", rfc3339),
    loose(NS, "title"),
    loose(NS, "rights"),
)
ATOM = Vocabulary(
    namespace=NS,
    prefix="atom",
    feed=(*_shared, loose(NS, "generator"), leaf(NS, "icon", iri), leaf(NS, "logo", iri), loose(NS, "subtitle")),
    item=(*_shared, leaf(NS, "published", rfc3339), loose(NS, "content"), loose(NS, "summary"), loose(NS, "source")),
)
