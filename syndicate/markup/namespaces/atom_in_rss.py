"""Atom's elements inside RSS (RSS Advisory Board profile, Namespace Elements)."""

from syndicate.markup.namespaces.tables import TEXT, leaf, loose
from syndicate.markup.rules import RuleSet
from syndicate.markup.structure import Attribute, Vocabulary
from syndicate.markup.value_addresses import iri
from syndicate.markup.value_dates import rfc3339
from syndicate.markup.values import anything, language, media_type, non_negative

NS = "http://www.w3.org/2005/Atom"
rules = RuleSet("rss")

_link = leaf(
    NS,
    "link",
    anything,
    most=None,
    attributes={
        "href": Attribute(kind=iri, required=True),
        "rel": TEXT,
        "type": Attribute(kind=media_type),
        "hreflang": Attribute(kind=language),
        "title": TEXT,
        "length": Attribute(kind=non_negative),
    },
)
_shared = (
    _link,
    loose(NS, "author", most=None),
    loose(NS, "contributor", most=None),
    loose(NS, "category", most=None),
    leaf(NS, "id", iri),
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
