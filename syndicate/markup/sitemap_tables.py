"""The elements of sitemaps and their extensions: what stands in what, how often, and of which kind.

Sitemaps are those of sitemaps.org; pictures, news and videos those of Google.
"""

from collections.abc import Mapping

from syndicate.markup import sitemap_values as v
from syndicate.markup.rules import ERROR
from syndicate.markup.sitemap import IMAGE, MOST_IMAGES, NEWS, SITEMAP, VIDEO
from syndicate.markup.structure import Attribute, Child, Element, Kind, Role, Vocabulary, structure_rules
from syndicate.markup.value_addresses import web
from syndicate.markup.value_html import plain
from syndicate.markup.values import anything, at_most, both, filled, media_type, non_negative
from syndicate.model.finding import Rule

STRUCTURE = structure_rules(v.rules, "sitemap", v.SPEC)
# No element of the format itself needs an attribute; for those of extensions there is a rule of their own.
v.rules.rules.remove(STRUCTURE.missing_attribute)
IMAGE_MISSING = v.rules.state(
    "sitemap.image.incomplete", severity=ERROR, spec="Google, image sitemaps", summary="every image has its address",
    why="Google drops the picture.")  # fmt: skip
NEWS_MISSING = v.rules.state(
    "news-sitemap.element.missing", severity=ERROR, spec=v.NEWS_SPEC,
    summary="every article has its publication with name and language, its date and its title",
    why="Google drops the article.")  # fmt: skip
VIDEO_MISSING = v.rules.state(
    "video-sitemap.element.missing", severity=ERROR, spec=v.VIDEO_SPEC,
    summary="every video has a thumbnail, a title and a description", why="Google drops the video.")  # fmt: skip
TAGS = 32

_plain = both(filled, plain)


def of(namespace: str, local: str) -> str:
    """The Clark name of an element of that namespace."""
    return f"{{{namespace}}}{local}"


def _leaf(
    namespace: str, local: str, kind: Kind = anything, *, missing: Rule | None = None, most: int | None = 1,
    attributes: Mapping[str, Attribute] | None = None,
) -> Child:  # fmt: skip
    """An element with a text; needed where there is a rule for its absence."""
    made = Element(name=of(namespace, local), text=kind, attributes=attributes or {})
    return Child(made, int(missing is not None), most, missing)


_LOC = Child(Element(name=of(SITEMAP, "loc"), text=v.loc), 1)
_LASTMOD = Child(Element(name=of(SITEMAP, "lastmod"), text=v.date))
URL = Element(
    name=of(SITEMAP, "url"),
    role=Role.ITEM,
    children=(_LOC, _LASTMOD, _leaf(SITEMAP, "changefreq", v.frequency), _leaf(SITEMAP, "priority", v.priority)),
)
URLSET = Element(name=of(SITEMAP, "urlset"), role=Role.ROOT, children=(Child(URL, most=None),))
SITEMAP_ELEMENT = Element(name=of(SITEMAP, "sitemap"), role=Role.OTHER, children=(_LOC, _LASTMOD))
INDEX = Element(name=of(SITEMAP, "sitemapindex"), role=Role.ROOT, children=(Child(SITEMAP_ELEMENT, most=None),))

_IMAGE = Element(
    name=of(IMAGE, "image"),
    children=(
        _leaf(IMAGE, "loc", both(filled, web), missing=IMAGE_MISSING),
        *(_leaf(IMAGE, local) for local in ("caption", "geo_location", "title", "license")),
    ),
)
_PUBLICATION = Element(
    name=of(NEWS, "publication"),
    children=(
        _leaf(NEWS, "name", both(filled, plain, v.name), missing=NEWS_MISSING),
        _leaf(NEWS, "language", v.news_language, missing=NEWS_MISSING),
    ),
)
_NEWS = Element(
    name=of(NEWS, "news"),
    children=(
        Child(_PUBLICATION, 1, missing=NEWS_MISSING),
        _leaf(NEWS, "access", v.access),
        _leaf(NEWS, "genres"),
        _leaf(NEWS, "publication_date", v.date, missing=NEWS_MISSING),
        _leaf(NEWS, "title", _plain, missing=NEWS_MISSING),
        _leaf(NEWS, "keywords"),
        _leaf(NEWS, "stock_tickers"),
    ),
)
_RELATIONSHIP = {"relationship": Attribute(kind=v.relationship, required=True)}
_VIDEO = Element(
    name=of(VIDEO, "video"),
    children=(
        _leaf(VIDEO, "thumbnail_loc", both(filled, web), missing=VIDEO_MISSING),
        _leaf(VIDEO, "title", both(_plain, at_most(100, v.TITLE)), missing=VIDEO_MISSING),
        _leaf(VIDEO, "description", both(_plain, at_most(2048, v.DESCRIPTION)), missing=VIDEO_MISSING),
        _leaf(VIDEO, "content_loc", web),
        _leaf(VIDEO, "player_loc", web, attributes={"allow_embed": Attribute(kind=v.yes_no), "autoplay": Attribute()}),
        _leaf(VIDEO, "duration", v.seconds),
        _leaf(VIDEO, "expiration_date", v.later_date),
        _leaf(VIDEO, "rating", v.rating),
        _leaf(VIDEO, "content_segment_loc", web, most=None, attributes={"duration": Attribute(kind=v.seconds)}),
        _leaf(VIDEO, "view_count", non_negative),
        _leaf(VIDEO, "publication_date", v.date),
        _leaf(VIDEO, "tag", most=TAGS),
        _leaf(VIDEO, "category"),
        _leaf(VIDEO, "family_friendly", v.yes_no),
        _leaf(VIDEO, "restriction", v.countries, attributes=_RELATIONSHIP),
        _leaf(VIDEO, "gallery_loc", web, attributes={"title": Attribute()}),
        _leaf(VIDEO, "price", most=None, attributes={name: Attribute() for name in ("currency", "type", "resolution")}),
        _leaf(VIDEO, "requires_subscription", v.yes_no),
        _leaf(VIDEO, "uploader", attributes={"info": Attribute(kind=web)}),
        Child(Element(name=of(VIDEO, "tvshow"), open=True)),
        _leaf(VIDEO, "platform", attributes=_RELATIONSHIP),
        _leaf(VIDEO, "live", v.yes_no),
        _leaf(VIDEO, "id", most=None, attributes={"type": Attribute(required=True)}),
    ),
)  # fmt: skip
_ALTERNATE = Element(
    name=of("http://www.w3.org/1999/xhtml", "link"),
    attributes={
        "rel": Attribute(required=True),
        "href": Attribute(kind=web, required=True),
        **{name: Attribute() for name in ("hreflang", "media")},
        "type": Attribute(kind=media_type),
    },
)

# What an article's page may have besides; the last two are of other makers, and known.
VOCABULARIES = {
    one.namespace: one
    for one in (
        Vocabulary(namespace=IMAGE, prefix="image", item=(Child(_IMAGE, most=MOST_IMAGES),)),
        Vocabulary(namespace=NEWS, prefix="news", item=(Child(_NEWS),)),
        Vocabulary(namespace=VIDEO, prefix="video", item=(Child(_VIDEO, most=None),)),
        Vocabulary(namespace="http://www.w3.org/1999/xhtml", prefix="xhtml", item=(Child(_ALTERNATE, most=None),)),
        Vocabulary(namespace="http://www.google.com/schemas/sitemap-mobile/1.0", prefix="mobile", open=True),
        Vocabulary(namespace="http://www.google.com/schemas/sitemap-pagemap/1.0", prefix="pagemap", open=True),
        Vocabulary(
            namespace="http://www.w3.org/2001/XMLSchema-instance",
            prefix="xsi",
            attributes={of("http://www.w3.org/2001/XMLSchema-instance", "schemaLocation"): Attribute()},
        ),
    )
}
