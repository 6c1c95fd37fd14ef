"""Rules about single values of ninjs: dates, addresses, HTML, counts, GeoJSON."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs.counts import counts_of, words_of
from syndicate.markup.json_nodes import JsonNode
from syndicate.markup.languages import flaw_of_tag
from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, shown
from syndicate.markup.value_dates import parsed
from syndicate.markup.value_html import html_without_base, plain
from syndicate.markup.xml import Node
from syndicate.model.finding import Rule

rules = RuleSet("ninjs")
SPEC = "IPTC ninjs"

DATE = rules.state(
    "ninjs.date.invalid", severity=WARNING, spec=f"{SPEC}; RFC 3339 §5.6",
    summary="times are date-times with T and a zone",
    why="Receivers in other zones take another moment for it, or refuse the item.")  # fmt: skip
EMBARGO = rules.state(
    "ninjs.embargo.invalid", severity=ERROR, spec=f"{SPEC}, embargoedUntil, expires; RFC 3339 §5.6",
    summary="an embargo or expiry is a moment, with its zone",
    why="A receiver who guesses the zone publishes hours too early.")  # fmt: skip
EMBARGO_OVER = rules.state(
    "ninjs.embargo.over", severity=INFO, spec=f"{SPEC}, embargoedUntil",
    summary="an embargo lies in the future",
    why="One that is over says nothing; a new version does without it.")  # fmt: skip
URI = rules.state(
    "ninjs.uri.invalid", severity=WARNING, spec=f"{SPEC}, uri; RFC 3986 §3",
    summary="uris have a scheme, and no character that a URI cannot have",
    why="A name without a scheme is taken by somebody else too; an item may be mixed up with another one.")  # fmt: skip
HREF = rules.state(
    "ninjs.rendition.href", severity=WARNING, spec=f"{SPEC}, renditions, href",
    summary="files are named by full web addresses", why="Receivers have no base to start from.")  # fmt: skip
LANGUAGE = rules.state(
    "ninjs.language.invalid", severity=WARNING, spec=f"{SPEC}, language; BCP 47",
    summary="languages are tags of BCP 47", why="Receivers sort and hyphenate by it.")  # fmt: skip
COUNT = rules.state(
    "ninjs.count.wrong", severity=WARNING, spec=f"{SPEC}, wordCount, charCount",
    summary="counts are those of the text, captions of figures left out",
    why="Pages are planned by them: a wrong count is worse than none.")  # fmt: skip
TRUNCATED = rules.state(
    "ninjs.date.truncated", severity=ERROR, spec=f"{SPEC} 3.0, truncated dates",
    summary="an expected date is a year, month, day or date-time", why="The schema refuses the item.")  # fmt: skip
GEOJSON = rules.state(
    "ninjs.geojson.invalid", severity=ERROR, spec="RFC 7946 §3", summary="places on the map are GeoJSON",
    why="Maps cannot show them; the schema refuses the item.")  # fmt: skip
ONE = rules.state(
    "ninjs.member.one", severity=ERROR, spec=SPEC, summary="of members that exclude each other there is exactly one",
    why="Receivers do not know which one to take; the schema refuses the item.")  # fmt: skip
UNUSUAL_URGENCY = rules.state(
    "ninjs.urgency.unusual", severity=WARNING, spec=f"{SPEC}, urgency", summary="urgency is a whole number from 1 to 9",
    why="Receivers order their queues by it; the schemas of 1.x and 2.x let any number pass.")  # fmt: skip

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+\Z")
_HREF = re.compile(r"(?:https?|rtmps?|rtsp|ftps?|sftp)://[^\s<>\"/?#]+(?:[/?#][^\s<>\"]*)?\Z", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)\Z", re.ASCII)
_TRUNCATED = re.compile(
    r"-?(?:[1-9][0-9]*)?[0-9]{4}(?:-(?:1[0-2]|0[1-9])(?:-(?:3[01]|0[1-9]|[12][0-9])"
    r"(?:T(?:2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?)?)?)?\n?\Z"
)
_POSITIONS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_URGENCIES = frozenset("123456789")


def moment_of(text: str) -> datetime | None:
    """The moment that a date-time with its zone says, None for everything else."""
    return parsed(text) if _MOMENT.match(text) else None


def date(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """A date-time."""
    if moment_of(node.text) is None:
        yield DATE, f"{node.qname} must be a date-time like 2026-03-04T12:00:00Z, not {shown(node.text)}"


def decisive(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """A date-time that decides what may be shown."""
    moment = moment_of(node.text)
    if moment is None:
        yield (
            EMBARGO,
            f"{node.qname} must be a date-time with its zone like 2026-03-04T12:00:00Z, not {shown(node.text)}",
        )
    elif moment <= run.now and node.qname in (n.EMBARGOED_UNTIL, n.spelled_2(n.EMBARGOED_UNTIL)):
        yield EMBARGO_OVER, f"{node.qname} is over: send a new version without it"


def uri(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """A URI with its scheme."""
    if not _URI.match(node.text):
        yield (
            URI,
            f"{node.qname} must be a URI with its scheme like tag:example.com,2017:story:1, not {shown(node.text)}",
        )


def href(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """The address of a file."""
    if not _HREF.match(node.text):
        yield HREF, f"href must be a full address like https://example.com/1.jpg, not {shown(node.text)}"


def language(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """A language tag."""
    flaw = flaw_of_tag(node.text)
    if flaw:
        yield LANGUAGE, f"language: {shown(node.text)} {flaw}"


def truncated(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """A date as far as it is known."""
    if not _TRUNCATED.match(node.text):
        yield TRUNCATED, f"{node.qname} must be a date like 2026-03 or 2026-03-04T12:00:00Z, not {shown(node.text)}"


def plain_text(node: JsonNode, run: Run) -> Iterable[Flaw]:
    """A text that is read as it stands."""
    return plain(Value(node.text, node), run)


def html_text(node: JsonNode, run: Run) -> Iterable[Flaw]:
    """HTML that is fit for publishing."""
    return html_without_base(Value(node.text, node), run)


def common_urgency(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """An urgency, where the schema takes any number."""
    if node.text not in _URGENCIES:
        yield UNUSUAL_URGENCY, f"urgency must be a whole number from 1 (first) to 9, not {shown(node.text)}"


def body(node: JsonNode, run: Run) -> Iterator[Flaw | tuple[Rule, str, Node]]:
    """A body as an object: what its type asks of its text, and its counts."""
    value = node.find(n.VALUE)
    if value is None:
        return
    kind = next((one.text for name in (n.CONTENT_TYPE, n.spelled_2(n.CONTENT_TYPE)) if (one := node.find(name))), "")
    if "html" in kind.lower() and isinstance(value, JsonNode):
        yield from ((rule, message, value) for rule, message in html_text(value, run))
    yield from wrong_counts(node, value.text)


def old_counts(node: JsonNode, run: Run) -> Iterator[tuple[Rule, str, Node]]:
    """The counts of an item of 1.x, which are those of its body."""
    text = next((one.text for name in ("body_html", "body_xhtml", "body_text") if (one := node.find(name))), None)
    if text is not None:
        yield from wrong_counts(node, text)


def dates(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """The dates of an event: when it begins or ends, each known or expected."""
    groups = (("startDate", "expectedStartDate"), ("endDate", "expectedEndDate"))
    if not any(sum(node.find(name) is not None for name in group) == 1 for group in groups):
        yield ONE, "dates must hold startDate or expectedStartDate, endDate or expectedEndDate, one of the two each"


def headline(node: JsonNode, run: Run) -> Iterator[tuple[Rule, str, Node]]:
    """A headline or description as an object: one that says nothing of its type, or says so, is plain."""
    value = node.find(n.VALUE)
    kind = next((one.text for name in (n.CONTENT_TYPE, n.spelled_2(n.CONTENT_TYPE)) if (one := node.find(name))), "")
    if isinstance(value, JsonNode) and kind in ("", n.PLAIN):
        yield from ((rule, message, value) for rule, message in plain_text(value, run))


def wrong_counts(owner: JsonNode, text: str) -> Iterator[tuple[Rule, str, Node]]:
    """Counts that are not those of the text; characters may be counted with or without spaces and markup."""
    words, characters = counts_of(text)
    good: tuple[tuple[str, Callable[[], set[int]]], ...] = (
        (n.WORD_COUNT, lambda: {words}),
        (n.CHAR_COUNT, lambda: {characters, len(text), sum(map(len, words_of(text)))}),
    )
    for name, allowed in good:
        found = owner.find(name) or owner.find(n.spelled_2(name))
        if found is not None and found.text.isdecimal() and int(found.text[:18]) not in allowed():
            told = words if name == n.WORD_COUNT else characters
            yield COUNT, f"{found.qname} is {shown(found.text)}, but the text has {told}", found


def geojson(node: JsonNode, run: Run) -> Iterator[Flaw]:
    """A geometry, or something that has geometries."""
    flaw = _geo_flaw(node)
    if flaw:
        yield GEOJSON, f"{node.qname}: {flaw}"


def _geo_flaw(node: JsonNode) -> str | None:
    kind = node.find("type")
    word = kind.text if kind is not None else ""
    if word in _POSITIONS:
        coordinates = node.find("coordinates")
        is_good = isinstance(coordinates, JsonNode) and _are_positions(coordinates, _POSITIONS[word])
        return None if is_good else f"a {word} needs coordinates, longitude before latitude"
    needed = {"Feature": ("properties", "geometry"), "FeatureCollection": ("features",),
              "GeometryCollection": ("geometries",)}.get(word)  # fmt: skip
    if needed is None:
        return f"type must be one of {', '.join(_POSITIONS)}, Feature ..., not {shown(word)}"
    missing = [name for name in needed if node.find(name) is None]
    return f"{missing[0]} is missing" if missing else None


def _are_positions(node: JsonNode, depth: int) -> bool:
    children = [one for one in node.children if isinstance(one, JsonNode)]
    if node.type != "list":
        return False
    if depth:
        return all(_are_positions(one, depth - 1) for one in children)
    return len(children) >= 2 and all(one.type == "number" for one in children)
