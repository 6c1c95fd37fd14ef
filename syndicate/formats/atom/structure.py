"""The elements of Atom 1.0: what stands in what, how often, and of which kind (RFC 4287 §4)."""

from syndicate.formats.atom import names as n
from syndicate.formats.atom import value_rules as v
from syndicate.markup import value_atom
from syndicate.markup.structure import Attribute, Child, Element, Role
from syndicate.markup.value_addresses import full_iri, iri
from syndicate.markup.value_dates import rfc3339
from syndicate.markup.value_html import plain
from syndicate.markup.values import anything, both, byte_count, filled, language, mail, media_type, unless_empty

_text = Attribute()

# What is inside a text construct or a content depends on its type: see `texts.py`.
TYPED = {"type": _text}
TEXTS = tuple(
    Element(name=name, attributes=TYPED, text=anything, open=True)
    for name in (n.TITLE_ELEMENT, n.SUBTITLE, n.SUMMARY, n.RIGHTS)
)
TITLE, SUBTITLE, SUMMARY, RIGHTS = TEXTS
CONTENT = Element(name=n.CONTENT, attributes={**TYPED, "src": Attribute(kind=iri)}, text=anything, open=True)

PERSON = (
    Child(Element(name=n.NAME, text=both(filled, plain, value_atom.person_name)), least=1),
    Child(Element(name=n.URI, text=both(filled, iri))),
    Child(Element(name=n.EMAIL, text=mail)),
)
AUTHOR = Element(name=n.AUTHOR, children=PERSON)
CONTRIBUTOR = Element(name=n.CONTRIBUTOR, children=PERSON)
CATEGORY = Element(
    name=n.CATEGORY,
    attributes={
        "term": Attribute(kind=v.filled_term, required=True),
        "scheme": Attribute(kind=full_iri),
        "label": Attribute(kind=plain),
    },
    text=anything,
    open=True,
)
LINK = Element(
    name=n.LINK,
    attributes={
        "href": Attribute(kind=iri, required=True, missing=value_atom.HREF_MISSING),
        "rel": Attribute(kind=unless_empty(value_atom.relation)),
        "type": Attribute(kind=media_type),
        "hreflang": Attribute(kind=language),
        "title": Attribute(kind=both(filled, plain)),
        "length": Attribute(kind=byte_count),
    },
    text=value_atom.nothing_in_link,
    open=True,
)
ID = Element(name=n.ID, text=both(filled, full_iri, v.canonical))
UPDATED = Element(name=n.UPDATED, text=rfc3339)
PUBLISHED = Element(name=n.PUBLISHED, text=rfc3339)
GENERATOR = Element(
    name=n.GENERATOR, text=both(filled, plain), attributes={"uri": Attribute(kind=iri), "version": _text}
)
ICON = Element(name=n.ICON, text=both(filled, iri))
LOGO = Element(name=n.LOGO, text=both(filled, iri))


def _metadata(least: int) -> tuple[Child, ...]:
    return (
        Child(AUTHOR, most=None),
        Child(CATEGORY, most=None),
        Child(CONTRIBUTOR, most=None),
        Child(GENERATOR),
        Child(ICON),
        Child(ID, least=least),
        Child(LINK, most=None),
        Child(LOGO),
        Child(RIGHTS),
        Child(SUBTITLE),
        Child(TITLE, least=least),
        Child(UPDATED, least=least),
    )


SOURCE = Element(name=n.SOURCE, role=Role.FEED, children=_metadata(0))
ENTRY = Element(
    name=n.ENTRY,
    role=Role.ITEM,
    children=(
        Child(AUTHOR, most=None),
        Child(CATEGORY, most=None),
        Child(CONTENT),
        Child(CONTRIBUTOR, most=None),
        Child(ID, least=1),
        Child(LINK, most=None),
        Child(PUBLISHED),
        Child(RIGHTS),
        Child(SOURCE),
        Child(SUMMARY),
        Child(TITLE, least=1),
        Child(UPDATED, least=1),
    ),
)
FEED = Element(name=n.FEED, role=Role.FEED, children=(*_metadata(1), Child(ENTRY, most=None)))
