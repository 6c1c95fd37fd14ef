"""The small extension namespaces: Dublin Core, content, syndication, slash, wfw, threading, places, licences."""

import re
from collections.abc import Iterator

from syndicate.markup.namespaces import names, opensearch
from syndicate.markup.namespaces.tables import TEXT, leaf, loose
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Attribute, Flaw, Value, Vocabulary, shown
from syndicate.markup.value_addresses import full_uri, iri
from syndicate.markup.value_dates import rfc3339, w3cdtf
from syndicate.markup.value_html import html_without_base, plain
from syndicate.markup.values import (
    both,
    decimal,
    filled,
    language,
    matches,
    media_type,
    non_negative,
    one_of,
    positive,
    within,
)
from syndicate.markup.xml import Node

rules = RuleSet("rss", "atom")

DC_NS = names.DUBLIN_CORE
_DC_TEXTS = ("contributor", "coverage", "creator", "description", "format", "identifier", "publisher", "relation",
             "source", "subject", "title", "type")  # fmt: skip
_dc_any = tuple(leaf(DC_NS, local, plain, most=None) for local in _DC_TEXTS)
DC = Vocabulary(
    namespace=DC_NS,
    prefix="dc",
    feed=(*_dc_any, leaf(DC_NS, "date", w3cdtf), leaf(DC_NS, "language", language), leaf(DC_NS, "rights", plain)),
    anywhere=(
        *_dc_any,
        leaf(DC_NS, "date", w3cdtf, most=None),
        leaf(DC_NS, "language", language, most=None),
        leaf(DC_NS, "rights", plain, most=None),
    ),
)

DCTERMS_NS = names.DUBLIN_CORE_TERMS
_DCTERMS_DATES = ("created", "issued", "modified", "dateAccepted", "dateCopyrighted", "dateSubmitted")
DCTERMS = Vocabulary(
    namespace=DCTERMS_NS,
    prefix="dcterms",
    anywhere=tuple(leaf(DCTERMS_NS, local, w3cdtf, most=None) for local in _DCTERMS_DATES),
    open=True,
)

CONTENT_NS = "http://purl.org/rss/1.0/modules/content/"
_ENCODED = f"{{{CONTENT_NS}}}encoded"
CONTENT = Vocabulary(
    namespace=CONTENT_NS,
    prefix="content",
    item=(leaf(CONTENT_NS, "encoded", html_without_base), loose(CONTENT_NS, "items")),
)

SY_NS = "http://purl.org/rss/1.0/modules/syndication/"
UPDATE_PERIOD = rules.state(
    "sy.updatePeriod.unknown", severity=ERROR, spec="RSS 1.0 module syndication",
    summary="the period is hourly, daily, weekly, monthly or yearly", why="Readers poll at a rhythm of their own.",
    reference="InvalidUpdatePeriod")  # fmt: skip
SY = Vocabulary(
    namespace=SY_NS,
    prefix="sy",
    feed=(
        leaf(SY_NS, "updatePeriod", one_of(("hourly", "daily", "weekly", "monthly", "yearly"), UPDATE_PERIOD)),
        leaf(SY_NS, "updateFrequency", both(filled, positive)),
        leaf(SY_NS, "updateBase", w3cdtf),
    ),
)

SLASH_NS = "http://purl.org/rss/1.0/modules/slash/"
HIT_PARADE = rules.state(
    "slash.hit_parade.invalid", severity=ERROR, spec="RSS 1.0 module slash",
    summary="the hit parade is a list of numbers with commas", why="Readers cannot draw it.",
    reference="InvalidCommaSeparatedIntegers")  # fmt: skip
SLASH = Vocabulary(
    namespace=SLASH_NS,
    prefix="slash",
    item=(
        leaf(SLASH_NS, "section"),
        leaf(SLASH_NS, "department"),
        leaf(SLASH_NS, "comments", non_negative),
        leaf(SLASH_NS, "hit_parade", matches(HIT_PARADE, r"\d+(,\d+)*", "numbers with commas")),
    ),
)

WFW_NS = "http://wellformedweb.org/CommentAPI/"
WFW = Vocabulary(
    namespace=WFW_NS,
    prefix="wfw",
    item=(
        leaf(WFW_NS, "comment", full_uri),
        leaf(WFW_NS, "commentRss", full_uri),
        leaf(WFW_NS, "commentRSS", full_uri),
    ),
)

THR_NS = "http://purl.org/syndication/thread/1.0"
THR_WHEN = rules.state(
    "thr.when.draft", severity=ERROR, spec="RFC 4685 §4", summary="the time of the newest reply is thr:updated",
    why="thr:when is from a draft, readers do not know it.", reference="NoThrWhen")  # fmt: skip


def _when(value: Value, run: Run) -> Iterator[Flaw]:
    yield THR_WHEN, "thr:when is from a draft: write thr:updated"


THR = Vocabulary(
    namespace=THR_NS,
    prefix="thr",
    anywhere=(
        leaf(
            THR_NS,
            "in-reply-to",
            most=None,
            attributes={
                "ref": Attribute(kind=iri, required=True),
                "href": Attribute(kind=iri),
                "source": Attribute(kind=iri),
                "type": Attribute(kind=media_type),
            },
        ),
        leaf(THR_NS, "total", non_negative),
    ),
    attributes={
        f"{{{THR_NS}}}count": Attribute(kind=non_negative),
        f"{{{THR_NS}}}updated": Attribute(kind=rfc3339),
        f"{{{THR_NS}}}when": Attribute(kind=_when),
    },
)

LATITUDE = rules.state(
    "geo.latitude.range", severity=ERROR, spec="WGS84 Geo", summary="latitudes are from -90 to 90",
    why="Maps show another place, or none.", reference="InvalidLatitude")  # fmt: skip
LONGITUDE = rules.state(
    "geo.longitude.range", severity=ERROR, spec="WGS84 Geo", summary="longitudes are from -180 to 180",
    why="Maps show another place, or none.", reference="InvalidLongitude")  # fmt: skip
COORDINATE = rules.state(
    "georss.coordinate.invalid", severity=ERROR, spec="GeoRSS Simple", summary="points are one latitude and longitude",
    why="Maps show another place, or none.", reference="InvalidCoord")  # fmt: skip
COORDINATES = rules.state(
    "georss.coordinates.invalid", severity=ERROR, spec="GeoRSS Simple", summary="shapes are pairs of coordinates",
    why="Maps show another shape, or none.", reference="InvalidCoordList")  # fmt: skip
COMMA = rules.state(
    "georss.coordinate.comma", severity=WARNING, spec="GeoRSS Simple", summary="coordinates are separated by blanks",
    why="Many readers split at blanks only.", reference="CoordComma")  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{0,20})?\Z", re.ASCII)


def _coordinates(value: Value, least: int, most: int | None) -> Iterator[Flaw]:
    text = value.text.strip()
    if "," in text:
        yield COMMA, f"{value.where}: write a blank instead of the comma in {shown(text)}"
    numbers = text.replace(",", " ").split()
    pairs, rest = divmod(len(numbers), 2)
    good = not rest and pairs >= least and (most is None or pairs <= most) and all(map(_NUMBER.match, numbers))
    if not good or any(abs(float(number)) > (90, 180)[at % 2] for at, number in enumerate(numbers)):
        rule = COORDINATE if most == 1 else COORDINATES
        yield rule, f"{value.where} must be pairs of latitude and longitude, not {shown(text)}"


def _point(value: Value, run: Run) -> Iterator[Flaw]:
    yield from _coordinates(value, 1, 1)


def _line(value: Value, run: Run) -> Iterator[Flaw]:
    yield from _coordinates(value, 2, None)


def _polygon(value: Value, run: Run) -> Iterator[Flaw]:
    yield from _coordinates(value, 4, None)


def _box(value: Value, run: Run) -> Iterator[Flaw]:
    yield from _coordinates(value, 2, 2)


_latitude, _longitude = within(LATITUDE, -90, 90), within(LONGITUDE, -180, 180)

GEORSS_NS = "http://www.georss.org/georss"
GEORSS = Vocabulary(
    namespace=GEORSS_NS,
    prefix="georss",
    anywhere=(
        loose(GEORSS_NS, "where", most=None),
        leaf(GEORSS_NS, "point", _point, most=None, attributes={"featuretypetag": TEXT, "relationshiptag": TEXT}),
        leaf(GEORSS_NS, "line", _line, most=None),
        leaf(GEORSS_NS, "polygon", _polygon, most=None),
        leaf(GEORSS_NS, "box", _box, most=None),
        leaf(GEORSS_NS, "elev", decimal),
        leaf(GEORSS_NS, "floor", decimal),
        leaf(GEORSS_NS, "radius", decimal),
        leaf(GEORSS_NS, "featureTypeTag"),
        leaf(GEORSS_NS, "relationshipTag"),
        leaf(GEORSS_NS, "featureName"),
    ),
)
GEO_NS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
GEO = Vocabulary(
    namespace=GEO_NS,
    prefix="geo",
    anywhere=(
        leaf(GEO_NS, "lat", _latitude),
        leaf(GEO_NS, "long", _longitude),
        leaf(GEO_NS, "lon", _longitude),
        leaf(GEO_NS, "alt", decimal),
        loose(GEO_NS, "Point", most=None),
    ),
)
ICBM_NS = "http://postneo.com/icbm"
ICBM = Vocabulary(
    namespace=ICBM_NS,
    prefix="icbm",
    anywhere=(leaf(ICBM_NS, "latitude", _latitude), leaf(ICBM_NS, "longitude", _longitude)),
)

LICENCE_NS = "http://backend.userland.com/creativeCommonsRssModule"
LICENCE = Vocabulary(
    namespace=LICENCE_NS, prefix="creativeCommons", anywhere=(leaf(LICENCE_NS, "license", full_uri, most=None),)
)

GEOURL_NS = "http://geourl.org/rss/module/"
GEOURL = Vocabulary(
    namespace=GEOURL_NS,
    prefix="geourl",
    anywhere=(leaf(GEOURL_NS, "latitude", _latitude), leaf(GEOURL_NS, "longitude", _longitude)),
)

VOCABULARIES = (
    DC,
    DCTERMS,
    CONTENT,
    SY,
    SLASH,
    WFW,
    THR,
    GEORSS,
    GEO,
    ICBM,
    GEOURL,
    LICENCE,
    opensearch.VOCABULARY_1_0,
)


@rules.rule("wfw.commentRSS.spelling", on=(f"{{{WFW_NS}}}commentRSS",), severity=WARNING, spec="Comment API",
            summary="the element is written commentRss", reference="CommentRSS")  # fmt: skip
def comment_rss(node: Node, run: Run) -> Iterator[Fault]:
    """Names of elements are compared letter by letter."""
    yield at(node, "write commentRss instead of commentRSS")


@rules.rule("content.description.missing", on=("item",), severity=WARNING, spec="RSS Advisory Board profile, content",
            summary="an item with content:encoded has a description too",
            reference="NeedDescriptionBeforeContent")  # fmt: skip
def description_missing(item: Node, run: Run) -> Iterator[Fault]:
    """Readers that do not know content:encoded have nothing to show."""
    if run.dialect == "rss-2.0" and item.find(_ENCODED) is not None and item.find("description") is None:
        yield at(item, "the item has content:encoded but no description", element="description")


@rules.rule("content.encoded.order", on=("item",), severity=INFO, spec="RSS Advisory Board profile, content",
            summary="the description stands before content:encoded",
            reference="NeedDescriptionBeforeContent")  # fmt: skip
def content_order(item: Node, run: Run) -> Iterator[Fault]:
    """A few readers show whichever comes last."""
    encoded, description = item.find(_ENCODED), item.find("description")
    if encoded and description and encoded.at < description.at:
        yield at(item, "content:encoded stands before the description")
