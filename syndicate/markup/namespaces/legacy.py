"""Namespaces that few publish today, or that belong to one service; most are only known, a few are checked."""

from collections.abc import Iterator

from syndicate.markup.namespaces.tables import TEXT, leaf, loose
from syndicate.markup.rules import ERROR, Fault, RuleSet, Run, at
from syndicate.markup.structure import FOREIGN, Attribute, Flaw, Value, Vocabulary, finding, shown
from syndicate.markup.value_addresses import full_uri, scheme_of, uri, web
from syndicate.markup.value_dates import iso8601, rfc3339
from syndicate.markup.value_html import RELATIVE, plain
from syndicate.markup.values import decimal, non_negative, one_of, positive
from syndicate.markup.xml import Node
from syndicate.model.finding import Finding

rules = RuleSet("rss", "atom")

RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RESOURCE = f"{{{RDF_NS}}}resource"
_RDF_ATTRIBUTES = ("resource", "about", "parseType", "ID", "datatype", "nodeID", "type")
RDF = Vocabulary(
    namespace=RDF_NS,
    prefix="rdf",
    attributes={
        f"{{{RDF_NS}}}{name}": TEXT for name in ("resource", "about", "parseType", "ID", "datatype", "nodeID", "type")
    },
    open=True,
)
ADMIN_NS = "http://webns.net/mvcb/"
ADMIN = Vocabulary(
    namespace=ADMIN_NS,
    prefix="admin",
    feed=(
        leaf(ADMIN_NS, "generatorAgent", attributes={_RESOURCE: Attribute(kind=full_uri, required=True)}),
        leaf(ADMIN_NS, "errorReportsTo", attributes={_RESOURCE: Attribute(kind=full_uri, required=True)}),
    ),
)
BLOG_NS = "http://backend.userland.com/blogChannelModule"
BLOG = Vocabulary(
    namespace=BLOG_NS,
    prefix="blogChannel",
    feed=tuple(leaf(BLOG_NS, local, full_uri) for local in ("blogRoll", "mySubscriptions", "blink", "changes")),
)
TRACKBACK_NS = "http://madskills.com/public/xml/rss/module/trackback/"


def resource(value: Value, run: Run) -> Iterator[Flaw]:
    """An address: in RDF as rdf:resource, elsewhere as text."""
    stated = value.node.get(_RESOURCE)
    if run.dialect != "rss-1.0":
        yield from full_uri(value, run)
    elif stated is None:
        yield FOREIGN.missing_attribute, f"{value.where} needs the attribute 'rdf:resource'"


def resource_attribute(value: Value, run: Run) -> Iterator[Flaw]:
    """An address in RDF; other formats have no such attribute."""
    if run.dialect == "rss-1.0":
        yield from full_uri(value, run)
    else:
        yield FOREIGN.unknown_attribute, f"{value.where}: outside of RDF the address is the text of the element"


TRACKBACK = Vocabulary(
    namespace=TRACKBACK_NS,
    prefix="trackback",
    item=tuple(
        leaf(TRACKBACK_NS, local, resource, most=None, attributes={_RESOURCE: Attribute(kind=resource_attribute)})
        for local in ("ping", "about")
    ),
)
FEEDBURNER_NS = "http://rssnamespace.org/feedburner/ext/1.0"


def flare(value: Value, run: Run) -> Iterator[Flaw]:
    """The address of a picture; RSS has no base that it could be relative to."""
    flaws = tuple(uri(value, run))
    yield from flaws
    if not flaws and run.dialect.startswith("rss") and scheme_of(value.text.strip()) is None:
        yield RELATIVE, f"{value.where} has the relative address {shown(value.text)}"


_fb_any = (leaf(FEEDBURNER_NS, "awareness", uri),)
FEEDBURNER = Vocabulary(
    namespace=FEEDBURNER_NS,
    prefix="feedburner",
    feed=(
        *_fb_any,
        leaf(FEEDBURNER_NS, "browserFriendly", plain),
        leaf(FEEDBURNER_NS, "emailServiceId"),
        leaf(
            FEEDBURNER_NS,
            "feedFlare",
            plain,
            most=None,
            attributes={"href": Attribute(kind=uri), "src": Attribute(kind=flare)},
        ),
        leaf(FEEDBURNER_NS, "feedburnerHostname", uri),
        leaf(FEEDBURNER_NS, "info", attributes={"uri": TEXT}),
    ),
    item=(
        *_fb_any,
        leaf(FEEDBURNER_NS, "origLink", uri),
        leaf(FEEDBURNER_NS, "origEnclosureLink", uri),
    ),
)
TALK_NS = "http://conversationsnetwork.org/rssNamespace-1.0/"
TALK = Vocabulary(
    namespace=TALK_NS,
    prefix="conversationsNetwork",
    feed=(leaf(TALK_NS, "introMilliseconds", non_negative),),
    item=(
        leaf(TALK_NS, "image", web),
        leaf(TALK_NS, "introMilliseconds", non_negative),
        leaf(TALK_NS, "ratingAverage", decimal),
        leaf(TALK_NS, "ratingCount", non_negative),
        leaf(TALK_NS, "ratingIndividual", positive),
        leaf(TALK_NS, "ratingTimestamp", iso8601),
    ),
    open=True,
)
ACCESS_NS = "http://www.bloglines.com/about/specs/fac-1.0"
RELATIONSHIP = rules.state(
    "access.restriction.relationship", severity=ERROR, spec="Feed Access Control 1.0",
    summary="the relationship is allow or deny", why="Directories list what should stay private.",
    reference="InvalidAccessRestrictionRel")  # fmt: skip
ACCESS = Vocabulary(
    namespace=ACCESS_NS,
    prefix="access",
    root=(
        leaf(
            ACCESS_NS,
            "restriction",
            attributes={"relationship": Attribute(kind=one_of(("allow", "deny"), RELATIONSHIP), required=True)},
        ),
    ),
)
APP_NS = "http://www.w3.org/2007/app"
APP = Vocabulary(
    namespace=APP_NS,
    prefix="app",
    feed=(loose(APP_NS, "collection"),),
    item=(leaf(APP_NS, "edited", rfc3339), loose(APP_NS, "control"), loose(APP_NS, "collection")),
)
HISTORY_NS = "http://purl.org/syndication/history/1.0"
HISTORY = Vocabulary(
    namespace=HISTORY_NS,
    prefix="fh",
    feed=(leaf(HISTORY_NS, "complete"), leaf(HISTORY_NS, "archive"), leaf(HISTORY_NS, "incremental")),
)
TOMBSTONES_NS = "http://purl.org/atompub/tombstones/1.0"
TOMBSTONES = Vocabulary(
    namespace=TOMBSTONES_NS,
    prefix="at",
    feed=(loose(TOMBSTONES_NS, "deleted-entry", most=None),),
    item=(loose(TOMBSTONES_NS, "deleted-entry", most=None),),
)

# Known, but not looked into.
KNOWN = {
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/company/": "cp",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/search/": "search",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/audio/": "audio",
    "http://purl.org/rss/1.0/modules/email/": "email",
    "http://purl.org/rss/1.0/modules/threading/": "thread",
    "http://purl.org/rss/1.0/modules/servicestatus/": "ss",
    "http://purl.org/rss/1.0/modules/textinput/": "ti",
    "http://purl.org/rss/1.0/modules/dcterms/": "dcterms",
    "http://purl.org/rss/1.0/modules/rss091#": "rss091",
    "http://purl.org/net/rss1.1#": "rss11",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.opengis.net/gml": "gml",
    "http://www.microsoft.com/schemas/rss/core/2005": "cf",
    "http://schemas.ingestion.microsoft.com/common/": "mi",
    "http://www.smartnews.be/snf": "snf",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://base.google.com/ns/1.0": "g",
    "http://base.google.com/cns/1.0": "c",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://schemas.google.com/g/2005": "gd",
    "http://www.youtube.com/xml/schemas/2015": "yt",
    "http://podlove.org/simple-chapters": "psc",
    "http://webns.net/mvcb": "admin",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://iptc.org/std/nar/2006-10-01/": "iptc",
    "http://ap.org/schemas/03/2005/apcm": "apcm",
    "http://activitystrea.ms/spec/1.0/": "activity",
    "http://activitystrea.ms/schema/1.0/": "activity",
    "http://portablecontacts.net/spec/1.0": "poco",
    "http://rssnamespace.org/feedburner/ext/1.0/": "feedburner",
    "http://www.rawvoice.com/rawvoiceRssModule/": "rawvoice",
    "http://www.spotify.com/ns/rss": "spotify",
    "http://webfeeds.org/rss/1.0": "webfeeds",
    "http://feedly.com/feeds/1.0": "webfeeds",
    "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
    "http://www.georss.org/georss/10": "georss",
    "http://pipes.yahoo.com": "pipes",
    "http://search.yahoo.com/mrss": "media",
    "http://xml.weather.yahoo.com/ns/rss/1.0": "yweather",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "urn:ietf:params:xml:ns:xrd-1.0": "xrd",
    "com-wordpress:feed-additions:1": "",
}

VOCABULARIES = (RDF, ADMIN, BLOG, TRACKBACK, FEEDBURNER, TALK, ACCESS, APP, HISTORY, TOMBSTONES)


@rules.rule("app.control.draft", on=(f"{{{APP_NS}}}control",), severity=ERROR, spec="RFC 5023 §13.1.1",
            summary="draft is yes or no", reference="InvalidYesNo")  # fmt: skip
def draft(control: Node, run: Run) -> Iterator[Fault]:
    """A draft could be published."""
    for node in control.find_all(f"{{{APP_NS}}}draft"):
        if node.text.strip() not in ("yes", "no"):
            yield at(node, f"draft must be yes or no, not {node.text.strip()!r}")


@rules.look(on=(f"{{{ACCESS_NS}}}restriction",))
def restriction(node: Node, run: Run) -> Iterator[Finding]:
    """A restriction that does not say what it is."""
    if node.get("relationship") is None:
        yield finding(RELATIONSHIP, node, 'say relationship="allow" or "deny"', attribute="relationship")
