"""The properties of ninjs 1.x, 2.x and 3.x: what stands in what, of which type and kind (the newest schema of each)."""

import re
from collections.abc import Callable

from syndicate.formats.ninjs import names as n
from syndicate.formats.ninjs import value_rules as v
from syndicate.formats.ninjs.shapes import Shape, listed, number, one_of, record, text, whole

_OLD_TYPES = ("text", "audio", "video", "picture", "graphic", "composite", "component")
_TYPES = (*_OLD_TYPES, "event", "planning")
_STATUSES = ("usable", "withheld", "canceled")
_FREQUENCIES = ("secondly", "minutely", "hourly", "daily", "weekly", "monthly", "yearly")
_TEXT, _PLAIN, _NUMBER, _URI, _DATE = text(), text(v.plain_text), number(), text(v.uri), text(v.date)
_ANYTHING = Shape(type="object", open=True)
_KEY = r"[a-zA-Z0-9_]+"

_Members = dict[str, Shape]
_Spell = Callable[[str], str]


def _texts(*names: str) -> _Members:
    return dict.fromkeys(names, _TEXT)


def _contacts(spell: _Spell) -> Shape:
    places = record(spelled(spell, {"lines": listed(_TEXT), **_texts("locality", "area", "postalCode", "country")}))
    members = {**_texts("type", "role", "lang", "name", "value"), "address": places}
    return listed(one_of(record(members), "value", "address"))


def spelled(spell: _Spell, members: _Members) -> _Members:
    """The members with their names as a version spells them."""
    return {spell(name): shape for name, shape in members.items()}


def _whole_item(spell: _Spell, types: tuple[str, ...], complete: tuple[str, ...]) -> _Members:
    """What an item says of itself in every version."""
    return {
        n.URI: _URI,
        n.TYPE: text(words=types),
        spell(n.REPRESENTATION_TYPE): text(words=complete),
        **_texts(n.PROFILE, n.VERSION),
        **dict.fromkeys(map(spell, (n.FIRST_CREATED, n.VERSION_CREATED, n.CONTENT_CREATED)), _DATE),
        **dict.fromkeys(map(spell, (n.EMBARGOED_UNTIL, n.EXPIRES)), text(v.decisive)),
        spell(n.PUB_STATUS): text(words=_STATUSES),
        **_texts(*map(spell, (n.COPYRIGHT_HOLDER, n.COPYRIGHT_NOTICE, n.USAGE_TERMS, n.ED_NOTE))),
        n.LANGUAGE: text(v.language),
        **dict.fromkeys((n.TITLE_PROPERTY, spell(n.BY), n.SLUGLINE, n.LOCATED), _PLAIN),
        spell(n.STANDARD): record({n.NAME: _TEXT, n.VERSION: _TEXT, n.SCHEMA: _URI}),
        spell(n.DIGITAL_SOURCE_TYPE): record({n.NAME: _TEXT, n.URI: _URI, n.LITERAL: _TEXT}),
    }


def _rights(spell: _Spell, *, is_open: bool) -> Shape:
    members = spelled(spell, {"langId": _URI, "linkedRights": _URI, "encodedRights": _TEXT})
    shape = Shape(type="object", members=members, open=is_open)
    return one_of(shape, *map(spell, ("linkedRights", "encodedRights")))


def _named(spell: _Spell, relation: str, *, contacts: bool = False, uri: Shape = _URI) -> _Members:
    """Somebody or something with a name, in 2.x and 3.x."""
    members = {n.NAME: _TEXT, relation: _TEXT, n.URI: uri, n.LITERAL: _TEXT}
    return {**members, spell(n.CONTACT_INFO): _contacts(spell)} if contacts else members


def _organisation(spell: _Spell, symbols: tuple[str, ...]) -> Shape:
    symbol = record({**_texts(*symbols), spell("symbolType"): _URI})
    return record({**_named(spell, n.REL, contacts=True), "symbols": listed(symbol)})


_RELEVANCE = {"creator": _TEXT, "relevance": whole(0, 100), "confidence": whole(0, 100)}


def _later(spell: _Spell, count: Shape, rendition: Shape, organisation: Shape) -> _Members:
    """What 2.x and 3.x have in common."""
    texts = {n.ROLE: _TEXT, spell(n.CONTENT_TYPE): _TEXT, n.VALUE: _TEXT}
    counted = {**texts, spell(n.CHAR_COUNT): count, spell(n.WORD_COUNT): count}
    place = {
        **_named(spell, n.REL, contacts=True),
        spell("geoJSON"): Shape(type="object", open=True, looks=(v.geojson,)),
    }
    return {
        n.DESCRIPTIONS: listed(record(texts, v.headline, needs=(n.VALUE,))),
        n.HEADLINES: listed(record(texts, v.headline, needs=(n.VALUE,))),
        n.BODIES: listed(record(counted, v.body, needs=(n.VALUE,))),
        n.PEOPLE: listed(record(_named(spell, n.REL, contacts=True))),
        n.ORGANISATIONS: listed(organisation),
        n.PLACES: listed(record(place)),
        n.SUBJECTS: listed(record({**_named(spell, n.REL), **_RELEVANCE})),
        n.OBJECTS: listed(record(_named(spell, n.REL))),
        spell(n.INFO_SOURCES): listed(record(_named(spell, n.ROLE, contacts=True))),
        n.RENDITIONS: listed(rendition),
        spell(n.ALT_IDS): listed(record(_texts(n.ROLE, n.VALUE))),
        spell(n.TRUST_INDICATORS): listed(record({n.ROLE: _URI, n.TITLE_PROPERTY: _TEXT, n.HREF: _URI})),
        n.GENRES: listed(record({n.NAME: _TEXT, n.URI: _TEXT, n.LITERAL: _TEXT})),
    }


def _third() -> Shape:
    spell: _Spell = str
    rendition = record({
        n.NAME: _TEXT, n.HREF: text(v.href), n.CONTENT_TYPE: _TEXT, n.TITLE_PROPERTY: _TEXT, n.WIDTH: whole(),
        n.HEIGHT: whole(), n.SIZE_IN_BYTES: whole(), n.DURATION: _NUMBER, "frameRate": _NUMBER,
        **_texts("format", "aspectRatio", "videoCodec", "transportProtocol", "bitrate"),
        "poi": record({"x": whole(), "y": whole()}), "scanType": text(words=("progressive", "interlaced")),
    }, needs=(n.NAME,))  # fmt: skip
    organisation = _organisation(spell, ("exchange", "symbol"))
    dates = _dates()
    urgency = whole(1, 9)
    coverage = record({
        n.URI: _URI, n.TITLE_PROPERTY: _TEXT, n.PUB_STATUS: text(words=_STATUSES), n.TYPE: text(words=_TYPES),
        "commissioned": record({
            "by": _TEXT, "on": _DATE, "references": listed(record(_texts(n.NAME, n.VALUE))),
        }),
        "dates": dates, "audiences": listed(record({"audience": _TEXT, "significance": whole()})),
        "exclAudience": listed(_TEXT), n.ED_NOTE: _TEXT, n.URGENCY: urgency, n.LANGUAGE: text(v.language),
        "itemCount": record({"rangeFrom": whole(), "rangeTo": whole()}), n.WORD_COUNT: whole(),
        n.RENDITIONS: listed(rendition),
    })  # fmt: skip
    details = {"eventStatus": _URI, "plannedCoverageStatus": _URI, "dates": dates, "organiser": organisation}
    members = {
        **_whole_item(spell, _TYPES, (n.FULL, n.PARTIAL)),
        **_later(spell, whole(), rendition, organisation),
        n.URGENCY: urgency,
        n.EVENTS: listed(record({"id": _TEXT, **_named(spell, n.REL)})),
        n.EVENT_DETAILS: record(details),
        n.PLANNED_COVERAGE: listed(coverage),
        n.RIGHTS_INFO: _rights(spell, is_open=False),
    }
    return _with_associations(members, {n.NAME: _TEXT, n.REL: _TEXT})


def _dates() -> Shape:
    truncated = text(v.truncated)
    rule = record({
        "frequency": text(words=_FREQUENCIES), "interval": whole(), "until": _DATE, "count": whole(),
    })  # fmt: skip
    # The schema asks of recurrenceDates that they are a list and a text at once; a list is what is meant.
    recurrence = record({"recurrenceDates": listed(truncated), "recurrenceRules": listed(rule)})
    return record({
        "startDate": _DATE, "endDate": _DATE, "expectedStartDate": truncated, "expectedEndDate": truncated,
        "expectedDuration": _TEXT, "recurrence": recurrence,
    }, v.dates)  # fmt: skip


def _second() -> Shape:
    spell = n.spelled_2
    members = spelled(spell, {
        n.NAME: _TEXT, n.HREF: text(v.href), n.CONTENT_TYPE: _TEXT, n.TITLE_PROPERTY: _TEXT, "format": _TEXT,
        **dict.fromkeys((n.HEIGHT, n.WIDTH, n.SIZE_IN_BYTES, n.DURATION), _NUMBER),
    })  # fmt: skip
    rendition = record(members, needs=(n.NAME,))
    organisation = _organisation(spell, ("ticker", "exchange", "symbol"))
    return _with_associations({
        **_whole_item(spell, _OLD_TYPES, (n.FULL, n.PARTIAL)),
        **_later(spell, _NUMBER, rendition, organisation),
        n.URGENCY: number(v.common_urgency),
        n.EVENTS: listed(record(_named(spell, n.REL))),
        spell(n.RIGHTS_INFO): _rights(spell, is_open=True),
    }, {n.NAME: _TEXT})  # fmt: skip


def _with_associations(members: _Members, tie: _Members) -> Shape:
    """The item, with items in it that say how they are tied to it."""
    associations = listed(record({}))
    members[n.ASSOCIATIONS] = associations
    inner = record({**members, **tie}, needs=(n.NAME, n.URI))
    # A list of items of the same kind: the one place where the table goes round in a circle.
    object.__setattr__(associations, "element", inner)
    return record(members, needs=(n.URI,))


def _first() -> Shape:
    spell = n.spelled_1
    coded = {n.NAME: _TEXT, n.REL: _TEXT, n.SCHEME: _URI, n.CODE: _TEXT}
    reachable = {**coded, spell(n.CONTACT_INFO): _contacts(spell)}
    symbol = record({**_texts("ticker", "exchange", "symbol"), spell("symbolType"): _URI})
    rendition = record(spelled(spell, {
        n.HREF: text(v.href), n.CONTENT_TYPE: _TEXT, n.TITLE_PROPERTY: _TEXT, "format": _TEXT,
        **dict.fromkeys((n.HEIGHT, n.WIDTH, n.SIZE_IN_BYTES, n.DURATION), _NUMBER),
    }))  # fmt: skip
    trust = {n.SCHEME: _URI, n.CODE: _TEXT, n.TITLE_PROPERTY: _TEXT, n.HREF: _URI}
    geometry = (re.compile(f"geometry_{_KEY}"), _ANYTHING)
    associations = Shape(type="object", keys=())
    members = {
        **_whole_item(spell, _OLD_TYPES, ("complete", "incomplete")),
        n.MIMETYPE: _TEXT,
        n.URGENCY: number(v.common_urgency),
        **dict.fromkeys(map(spell, (n.CHAR_COUNT, n.WORD_COUNT)), _NUMBER),
        "headline": _PLAIN,
        spell(n.PEOPLE): listed(record(reachable)),
        spell(n.ORGANISATIONS): listed(record({**reachable, "symbols": listed(symbol)})),
        spell(n.PLACES): listed(Shape(type="object", members=reachable, keys=(geometry,))),
        spell(n.SUBJECTS): listed(record({**coded, **_RELEVANCE})),
        **dict.fromkeys(map(spell, (n.EVENTS, n.OBJECTS)), listed(record(coded))),
        spell(n.INFO_SOURCES): listed(record(reachable)),
        n.RENDITIONS: Shape(type="object", keys=((re.compile(_KEY), rendition),)),
        n.ASSOCIATIONS: associations,
        spell(n.ALT_IDS): _ANYTHING,
        spell(n.TRUST_INDICATORS): listed(record(trust)),
        spell(n.GENRES): listed(record({n.NAME: _TEXT, n.SCHEME: _URI, n.CODE: _TEXT})),
        spell(n.RIGHTS_INFO): _rights(spell, is_open=True),
    }  # fmt: skip
    html = re.compile(f"body_(?:{_KEY}_)?x?html")
    keys = (
        (html, text(v.html_text)),
        (re.compile(f"body_{_KEY}"), _TEXT),
        *((re.compile(f"{kind}_{_KEY}"), _TEXT) for kind in ("description", "headline")),
    )
    item = Shape(type="object", members=members, keys=keys, needs=(n.URI,), looks=(v.old_counts,))
    object.__setattr__(associations, "keys", ((re.compile(_KEY), item),))
    return item


SHAPES = {"ninjs-1.x": _first(), "ninjs-2.x": _second(), "ninjs-3.x": _third()}
