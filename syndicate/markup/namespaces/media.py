"""Media RSS 1.5.1 (rssboard.org/media-rss): the table, its kinds of values, its rules."""

import re
from collections.abc import Iterable, Iterator

from syndicate.markup.namespaces import names
from syndicate.markup.namespaces.countries import COUNTRIES
from syndicate.markup.namespaces.tables import NEEDED, TEXT, leaf, loose
from syndicate.markup.rules import ERROR, INFO, WARNING, Fault, RuleSet, Run, at
from syndicate.markup.structure import Attribute, Child, Element, Flaw, Kind, Value, Vocabulary, proved_by, shown
from syndicate.markup.value_addresses import full_uri
from syndicate.markup.value_html import html_without_base, is_surely_plain, plain
from syndicate.markup.values import (
    decimal,
    language,
    matches,
    media_type_attribute,
    non_negative,
    one_of,
    positive,
    true_false,
)
from syndicate.markup.xml import Node

NS = names.MEDIA
SPEC = "Media RSS 1.5.1"
rules = RuleSet("rss", "atom")


def name(local: str) -> str:
    """The Clark name of an element of Media RSS."""
    return f"{{{NS}}}{local}"


TEXT_TYPE = rules.state(
    "media.text.type", severity=ERROR, spec=f"{SPEC}, media:title", summary="texts are of type plain or html",
    why="Readers show the tags as text.", reference="InvalidMediaTextType")  # fmt: skip
MEDIUM = rules.state(
    "media.content.medium", severity=ERROR, spec=f"{SPEC}, media:content",
    summary="the medium is image, audio, video, document or executable", why="Readers do not know how to show it.",
    reference="InvalidMediaMedium")  # fmt: skip
EXPRESSION = rules.state(
    "media.content.expression", severity=ERROR, spec=f"{SPEC}, media:content",
    summary="the expression is full, sample or nonstop", why="Readers take a sample for the whole.",
    reference="InvalidMediaExpression")  # fmt: skip
HASH = rules.state(
    "media.hash.invalid", severity=ERROR, spec=f"{SPEC}, media:hash",
    summary="hashes are of md5 or sha-1, in hexadecimal digits", why="Nobody can compare it with the file.",
    reference="InvalidMediaHash")  # fmt: skip
RATING = rules.state(
    "media.rating.invalid", severity=ERROR, spec=f"{SPEC}, media:rating", summary="ratings belong to their scheme",
    why="Readers cannot tell for whom it is.", reference="InvalidMediaRating")  # fmt: skip
RESTRICTION = rules.state(
    "media.restriction.value", severity=ERROR, spec=f"{SPEC}, media:restriction",
    summary="a restriction without a type is all or none", why="Partners show what they may not show.",
    reference="InvalidMediaRestriction")  # fmt: skip
RELATIONSHIP = rules.state(
    "media.restriction.relationship", severity=ERROR, spec=f"{SPEC}, media:restriction",
    summary="the relationship is allow or deny", why="Partners show what they may not show.",
    reference="InvalidMediaRestrictionRel")  # fmt: skip
RESTRICTION_TYPE = rules.state(
    "media.restriction.type", severity=ERROR, spec=f"{SPEC}, media:restriction",
    summary="the type is country, uri or sharing", why="Partners show what they may not show.",
    reference="InvalidMediaRestrictionType")  # fmt: skip
COUNTRY = rules.state(
    "media.restriction.country", severity=ERROR, spec="ISO 3166-1", summary="countries are two-letter codes",
    why="Partners show what they may not show.", reference="InvalidCountryCode")  # fmt: skip
TIME = rules.state(
    "media.time.invalid", severity=ERROR, spec="RFC 2326 §3.6", summary="times are seconds or h:mm:ss",
    why="Players jump to the beginning.", reference="InvalidNPTTime")  # fmt: skip

RIGHTS = rules.state(
    "media.rights.status", severity=ERROR, spec=f"{SPEC}, media:rights",
    summary="the status of rights is userCreated or official", why="Partners cannot tell whether they may show it.",
)  # fmt: skip
STATE = rules.state(
    "media.status.state", severity=ERROR, spec=f"{SPEC}, media:status",
    summary="the state is active, blocked or deleted", why="Partners go on to show what was taken back.",
)  # fmt: skip
PRICE = rules.state(
    "media.price.type", severity=ERROR, spec=f"{SPEC}, media:price",
    summary="the type of a price is rent, purchase, package or subscription",
    why="People cannot be told what they pay for.",
)  # fmt: skip

_NPT = r"now|\d+(\.\d*)?|\d+:[0-5]?\d:[0-5]?\d(\.\d*)?"
_HASH_LENGTHS = {"md5": 32, "sha-1": 40}
_HEX = re.compile(r"[0-9A-Fa-f]+\Z")
_RATINGS = {
    "urn:simple": r"adult|nonadult",
    "urn:mpaa": r"g|pg|pg-13|r|nc-17|nr|unrated",
    "urn:v-chip": r"(tv-)?(y|y7|y7-fv|g|pg|14|ma)",
    "urn:icra": r"r \([a-z0-9 ]+\)",
}
_SCHEMES = frozenset({*_RATINGS, "urn:ebu", "urn:yvs", "urn:flickr:tags"})
_EBU_ROLES = re.compile(r"[a-z][a-z0-9 ,/&'().-]*\Z")

_PLAYER = name("player")

time = matches(TIME, _NPT, "seconds, h:mm:ss or now")
# The examples of scenes and locations leave the hours out.
_clock = matches(TIME, rf"{_NPT}|\d+:[0-5]?\d(\.\d*)?", "seconds, mm:ss or h:mm:ss")
_size = {"height": Attribute(kind=positive), "width": Attribute(kind=positive)}
_typed = {"type": Attribute(kind=one_of(("plain", "html"), TEXT_TYPE))}


@proved_by(is_surely_plain)
def typed_text(value: Value, run: Run) -> Iterator[Flaw]:
    """Plain text or HTML, as its type says."""
    kind: Kind = html_without_base if value.node.get("type") == "html" else plain
    yield from kind(value, run)


def hash_value(value: Value, run: Run) -> Iterator[Flaw]:
    """A hash of the algorithm that the element names."""
    algorithm, text = value.node.get("algo") or "md5", value.text.strip()
    if len(text) != _HASH_LENGTHS.get(algorithm) or not _HEX.match(text):
        yield HASH, f"{shown(text)} is not the {shown(algorithm)} hash of anything (md5: 32, sha-1: 40 digits)"


def rating(value: Value, run: Run) -> Iterator[Flaw]:
    """A rating that belongs to its scheme."""
    scheme, text = value.node.get("scheme") or "urn:simple", value.text.strip()
    pattern = _RATINGS.get(scheme)
    if pattern and not re.fullmatch(pattern, text, re.IGNORECASE):
        yield RATING, f"{shown(text)} is no rating of {scheme}"


def restriction(value: Value, run: Run) -> Iterator[Flaw]:
    """Who may, or may not, show the media."""
    kind, text = value.node.get("type"), value.text.strip()
    if kind == "country":
        for code in text.split():
            if code.upper() not in COUNTRIES:
                yield COUNTRY, f"{shown(code)} is no country code (ISO 3166)"
    elif kind == "uri":
        for address in text.split():
            yield from full_uri(Value(address, value.node), run)
    elif kind is None and text not in ("", "all", "none"):
        yield RESTRICTION, f"a restriction without a type is all or none, not {shown(text)}"


def scheme(value: Value, run: Run) -> Iterator[Flaw]:
    """The scheme of a rating, credit or category: one of the names of Media RSS, or an address."""
    if value.text.strip() not in _SCHEMES:
        yield from full_uri(value, run)


_address = Attribute(kind=full_uri)
_scheme = Attribute(kind=scheme)
_needed_address = Attribute(kind=full_uri, required=True)


def _holder(local: str, *children: Child, **attributes: Attribute) -> Child:
    """An element of elements."""
    return Child(Element(name=name(local), children=children, attributes=attributes))


_community = (
    leaf(
        NS,
        "starRating",
        attributes={
            "average": Attribute(kind=decimal),
            "count": Attribute(kind=non_negative),
            "min": Attribute(kind=decimal),
            "max": Attribute(kind=decimal),
        },
    ),
    leaf(
        NS, "statistics", attributes={"views": Attribute(kind=non_negative), "favorites": Attribute(kind=non_negative)}
    ),
    leaf(NS, "tags"),
)
# The examples of the specification have the parts of a scene in no namespace.
_scene = Element(
    name=name("scene"),
    children=tuple(
        Child(Element(name=part, text=kind))
        for local, kind in (
            ("sceneTitle", plain),
            ("sceneDescription", plain),
            ("sceneStartTime", _clock),
            ("sceneEndTime", _clock),
        )
        for part in (local, name(local))
    ),
)
_metadata = (
    leaf(NS, "rating", rating, most=None, attributes={"scheme": _scheme}),
    leaf(NS, "adult", true_false, most=None),
    leaf(NS, "title", typed_text, attributes=_typed),
    leaf(NS, "description", typed_text, attributes=_typed),
    leaf(NS, "keywords", plain),
    leaf(NS, "thumbnail", most=None, attributes={"url": _needed_address, **_size, "time": Attribute(kind=time)}),
    leaf(NS, "category", plain, most=None, attributes={"scheme": _scheme, "label": Attribute(kind=plain)}),
    leaf(NS, "hash", hash_value, most=None, attributes={"algo": TEXT}),
    leaf(NS, "player", attributes={"url": _needed_address, **_size}),
    leaf(NS, "credit", plain, most=None, attributes={"role": TEXT, "scheme": _scheme}),
    leaf(NS, "copyright", plain, attributes={"url": _address}),
    leaf(
        NS,
        "text",
        typed_text,
        most=None,
        attributes={
            **_typed,
            "lang": Attribute(kind=language),
            "start": Attribute(kind=time),
            "end": Attribute(kind=time),
        },
    ),
    leaf(
        NS,
        "restriction",
        restriction,
        most=None,
        attributes={
            "relationship": Attribute(kind=one_of(("allow", "deny"), RELATIONSHIP), required=True),
            "type": Attribute(kind=one_of(("country", "uri", "sharing"), RESTRICTION_TYPE)),
        },
    ),
    leaf(
        NS,
        "price",
        most=None,
        attributes={
            "type": Attribute(kind=one_of(("rent", "purchase", "package", "subscription"), PRICE)),
            "info": TEXT,
            "price": Attribute(kind=decimal),
            "currency": TEXT,
        },
    ),
    leaf(NS, "license", plain, most=None, attributes={"type": TEXT, "href": _address}),
    leaf(
        NS,
        "subTitle",
        most=None,
        attributes={"type": TEXT, "lang": Attribute(kind=language), "href": _needed_address},
    ),
    leaf(NS, "peerLink", most=None, attributes={"type": TEXT, "href": _needed_address}),
    leaf(NS, "rights", attributes={"status": Attribute(kind=one_of(("userCreated", "official"), RIGHTS))}),
    leaf(
        NS,
        "status",
        attributes={
            "state": Attribute(kind=one_of(("active", "blocked", "deleted"), STATE)),
            "reason": TEXT,
        },
    ),
    _holder("community", *_community),
    _holder("comments", leaf(NS, "comment", most=None)),
    _holder("embed", leaf(NS, "param", most=None, attributes={"name": NEEDED}), url=_needed_address, **_size),
    _holder("responses", leaf(NS, "response", most=None)),
    _holder("backLinks", leaf(NS, "backLink", most=None)),
    loose(NS, "location", most=None),
    _holder("scenes", Child(_scene, most=None)),
)
CONTENT = Element(
    name=name("content"),
    children=_metadata,
    attributes={
        "url": _address,
        "fileSize": Attribute(kind=non_negative),
        "type": Attribute(kind=media_type_attribute),
        "medium": Attribute(kind=one_of(("image", "audio", "video", "document", "executable"), MEDIUM)),
        "isDefault": Attribute(kind=true_false),
        "expression": Attribute(kind=one_of(("sample", "full", "nonstop"), EXPRESSION)),
        "bitrate": Attribute(kind=decimal),
        "framerate": Attribute(kind=decimal),
        "samplingrate": Attribute(kind=decimal),
        "channels": Attribute(kind=non_negative),
        "duration": Attribute(kind=decimal),
        "lang": Attribute(kind=language),
        **_size,
    },
)
GROUP = Element(name=name("group"), children=(Child(CONTENT, most=None), *_metadata))
VOCABULARY = Vocabulary(
    namespace=NS,
    prefix="media",
    feed=_metadata,
    item=(Child(GROUP, most=None), Child(CONTENT, most=None), *_metadata),
)


@rules.rule("media.group.single", on=(name("group"),), severity=INFO, spec=f"{SPEC}, media:group",
            summary="a group holds several renditions of one thing",
            reference="MediaGroupWithoutAlternatives")  # fmt: skip
def group_single(group: Node, run: Run) -> Iterator[Fault]:
    """A group of one says no more than its content does."""
    if len(group.find_all(CONTENT.name)) < 2:
        yield at(group, "the group holds fewer than two media:content")


@rules.rule("media.content.no-url", on=(name("content"),), severity=ERROR, spec=f"{SPEC}, media:content",
            summary="a content has an address or a player")  # fmt: skip
def content_without_url(content: Node, run: Run) -> Iterable[Fault]:
    """There is nothing to show."""
    if content.attributes.get("url"):
        return ()
    if any(owner is not None and owner.find(_PLAYER) is not None for owner in (content, content.parent)):
        return ()
    return (at(content, "media:content needs url, or a media:player in it", attribute="url"),)


@rules.rule("media.adult.deprecated", on=(name("adult"),), severity=WARNING, spec=f"{SPEC}, media:adult",
            summary="media:rating is used instead of media:adult", reference="DeprecatedMediaAdult")  # fmt: skip
def adult(node: Node, run: Run) -> Iterator[Fault]:
    """It was deprecated in 2005, and readers look for the rating."""
    yield at(node, "write media:rating instead of media:adult")


@rules.rule("media.credit.role", on=(name("credit"),), severity=WARNING, spec=f"{SPEC}, media:credit; EBU roles",
            summary="roles are written in small letters", reference="InvalidCreditRole")  # fmt: skip
def credit_role(credit: Node, run: Run) -> Iterable[Fault]:
    """Roles of the default scheme are compared letter by letter."""
    role = credit.attributes.get("role")
    if role is None or (credit.get("scheme") or "urn:ebu") != "urn:ebu" or _EBU_ROLES.match(role):
        return ()
    message = f"the role {shown(role)} is not one of the EBU, which are in small letters"
    return (at(credit, message, attribute="role"),)
