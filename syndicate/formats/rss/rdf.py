"""The elements of RSS 1.0 and 0.90, which are RDF: the items stand beside the channel (RSS 1.0 §5)."""

from syndicate.formats.rss import names as n
from syndicate.formats.rss import value_rules as v
from syndicate.markup.structure import Attribute, Child, Element, Role
from syndicate.markup.value_addresses import full_uri, uri
from syndicate.markup.value_html import html_without_base, plain
from syndicate.markup.values import anything, both, filled

RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS_1_0 = "http://purl.org/rss/1.0/"
RSS_0_90 = "http://my.netscape.com/rdf/simple/0.9/"
DIALECTS = {RSS_1_0: "rss-1.0", RSS_0_90: "rss-0.90"}


def _rdf(local: str) -> str:
    return f"{{{RDF_NAMESPACE}}}{local}"


ROOT = _rdf("RDF")
_about = {_rdf("about"): Attribute(kind=uri, required=True)}
_resource = {_rdf("resource"): Attribute(kind=uri, required=True)}
_literal = {_rdf("parseType"): Attribute()}
_li = Element(
    name=_rdf("li"),
    attributes={_rdf("resource"): Attribute(kind=uri), "resource": Attribute(kind=uri)},
    text=anything,
)


def root(namespace: str) -> Element:
    """The root of a document in that namespace of RSS."""

    def rss(local: str, **rest: object) -> Element:
        return Element(name=f"{{{namespace}}}{local}", **rest)  # type: ignore[arg-type]

    is_1_0 = namespace == RSS_1_0
    about = _about if is_1_0 else {}
    title = rss(n.TITLE_ELEMENT, text=both(filled, plain))
    link = rss(n.LINK, text=full_uri)
    description = rss(n.DESCRIPTION, text=html_without_base, attributes=_literal, open=True)
    seq = Element(name=_rdf("Seq"), children=(Child(_li, most=None),))
    items = Child(rss("items", children=(Child(seq),)), least=int(is_1_0))
    channel = rss(
        n.CHANNEL,
        role=Role.FEED,
        attributes=about,
        children=(
            Child(title, least=1, missing=v.TITLE_MISSING),
            Child(link, least=1, missing=v.LINK_MISSING),
            Child(description, least=1, missing=v.DESCRIPTION_MISSING),
            Child(rss(n.IMAGE, attributes=_resource)),
            items,
            Child(rss("textinput", attributes=_resource)),
        ),
    )
    item = rss(
        n.ITEM,
        role=Role.ITEM,
        attributes=about,
        children=(Child(title, least=1), Child(link, least=1), Child(description)),
    )
    image = rss(
        n.IMAGE,
        attributes=about,
        children=(
            Child(title, least=1, missing=v.TITLE_MISSING),
            Child(rss(n.URL, text=full_uri), least=1),
            Child(link, least=1, missing=v.LINK_MISSING),
        ),
    )
    text_input = rss(
        "textinput",
        attributes=about,
        children=(
            Child(title, least=1, missing=v.TITLE_MISSING),
            Child(description, least=1, missing=v.DESCRIPTION_MISSING),
            Child(rss(n.NAME, text=anything), least=1),
            Child(link, least=1, missing=v.LINK_MISSING),
        ),
    )
    return Element(
        name=ROOT,
        role=Role.ROOT,
        children=(Child(channel, least=1), Child(image), Child(item, most=None), Child(text_input)),
    )
