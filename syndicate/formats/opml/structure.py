"""The elements of OPML 1.0 to 2.0: what stands in what, how often, and of which kind (opml.org, OPML 2.0)."""

from syndicate.formats.opml import value_rules as v
from syndicate.markup.structure import Attribute, Child, Element, Role
from syndicate.markup.value_addresses import full_uri, uri
from syndicate.markup.value_dates import rfc822
from syndicate.markup.value_html import plain
from syndicate.markup.values import anything, integer, language, true_false

_text = Attribute()


def _leaf(name: str, kind: object = anything) -> Child:
    return Child(Element(name=name, text=kind))  # type: ignore[arg-type]


HEAD = Element(
    name="head",
    children=(
        _leaf("title", plain),
        _leaf("dateCreated", rfc822),
        _leaf("dateModified", rfc822),
        _leaf("ownerName", plain),
        _leaf("ownerEmail", v.contact),
        _leaf("ownerId", uri),
        _leaf("docs", uri),
        _leaf("expansionState", v.expansion_state),
        _leaf("vertScrollState", integer),
        *(_leaf(name, integer) for name in ("windowTop", "windowLeft", "windowBottom", "windowRight")),
    ),
)
_ATTRIBUTES = {
    "text": Attribute(required=True),
    "type": Attribute(kind=v.outline_type),
    "isComment": Attribute(kind=true_false),
    "isBreakpoint": Attribute(kind=true_false),
    "created": Attribute(kind=rfc822),
    "category": _text,
    "title": _text,
    "description": _text,
    "language": Attribute(kind=language),
    "version": Attribute(kind=v.outline_version),
    "xmlUrl": Attribute(kind=full_uri),
    "htmlUrl": Attribute(kind=full_uri),
    "url": Attribute(kind=full_uri),
}
_LEVELS = 32


def _outline(levels: int) -> Element:
    inner = (Child(_outline(levels - 1), most=None),) if levels else ()
    return Element(name="outline", attributes=_ATTRIBUTES, children=inner, open=not levels)


# Outlines hold outlines; a table has an end, and nobody nests a list of feeds as deep as this one.
OUTLINE = _outline(_LEVELS)
BODY = Element(name="body", children=(Child(OUTLINE, least=1, most=None),))
OPML = Element(
    name="opml",
    role=Role.ROOT,
    attributes={"version": Attribute(kind=v.version, required=True)},
    children=(Child(HEAD, least=1), Child(BODY, least=1)),
)
OUTLINE_DOCUMENT = Element(
    name="outlineDocument", role=Role.ROOT, children=OPML.children, attributes={"version": Attribute(kind=v.version)}
)
