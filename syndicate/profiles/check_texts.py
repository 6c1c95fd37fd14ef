"""An item's fields, titles, summaries, dates and links against a profile."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from syndicate.markup.dates import parse_rfc3339, rfc3339
from syndicate.markup.value_html import ELEMENTS
from syndicate.model.finding import Finding
from syndicate.profiles import rules
from syndicate.profiles.hosts import host_of, is_full, is_within, lacking, parameters, scheme_of, tracked
from syndicate.profiles.html import look_at
from syndicate.profiles.places import Found
from syndicate.profiles.seen import Item, Level

_LENGTHS = (
    ("headline", "the title", "title", rules.TITLE_SHORT, rules.TITLE_LONG),
    ("abstract", "the summary", "description", rules.DESCRIPTION_SHORT, rules.DESCRIPTION_LONG),
)
_SHOWN = 60
# What may pass between a clock of ours and one of theirs.
_SKEW = timedelta(minutes=5)


def missing_fields(item: Item) -> Iterator[Finding]:
    """The fields that the partner asks for and the item does not have."""
    view = item.view
    for fields, rule, word in (
        (view.profile.required, rules.ITEM_FIELD.error, "needs"),
        (view.profile.wanted, rules.ITEM_FIELD.advice, "should have"),
    ):
        for one in fields:
            if not item.values(one.name):
                where = " or ".join(one.places)
                message = f"{_named(item)} {word} {where} ({one.name})"
                yield view.finding(rule, message, item.node, element=one.places[0].partition("@")[0] or None)


def lengths(item: Item) -> Iterator[Finding]:
    """Titles and summaries that are too short or too long."""
    for level in item.view.levels:
        for field, what, name, short, long in _LENGTHS:
            least, most = level.bound(f"{name}_min"), level.bound(f"{name}_max")
            found = item.first(field) if least or most else None
            if found is None:
                continue
            text = look_at(found.value).text
            if least and len(text) < least:
                message = f"{what} has {len(text)} characters, at least {least} are {level.needed}: {shown(text)}"
                yield item.view.finding(level.rule(short), message, found.node)
            if most and len(text) > most:
                message = f"{what} has {len(text)} characters, at most {most} are {level.taken}: {shown(text)}"
                yield item.view.finding(level.rule(long), message, found.node)


def markup_in_plain(item: Item) -> Iterator[Finding]:
    """Tags in fields that are plain text to the partner."""
    for level in item.view.levels:
        for field in level.limits.plain:
            for found in item.values(field):
                tag = next((one.name for one in look_at(found.value).tags if one.name in ELEMENTS), None)
                if tag is not None:
                    message = f"{found.node.qname} is plain text, but holds <{tag}>: {shown(found.value)}"
                    yield item.view.finding(level.rule(rules.FIELD_MARKUP), message, found.node)


def dates(item: Item, now: datetime) -> Iterator[Finding]:
    """Items that are too old, or dated in the future."""
    found = item.first("published")
    moment = None if found is None else moment_of(found.value)
    if found is None or moment is None:
        return
    for level in item.view.levels:
        age = level.limits.age
        if age is not None and now - moment > age:
            message = f"the item is of {rfc3339(moment)}, items of the last {_in_words(age)} are {level.taken}"
            yield item.view.finding(level.rule(rules.ITEM_OLD), message, found.node)
        if level.limits.past and moment > now + _SKEW:
            message = f"the item is dated in the future: {rfc3339(moment)}"
            yield item.view.finding(level.rule(rules.ITEM_FUTURE), message, found.node)


def links(item: Item) -> Iterator[Finding]:
    """The item's own link and guid: full, secure, with the campaign's parameters where they belong."""
    view, campaign = item.view, item.view.profile.campaign
    found = item.first("url")
    if found is not None:
        if not is_full(found.value) or not host_of(found.value):
            yield view.finding(rules.RELATIVE, f"the link {shown(found.value)} is no full address", found.node)
        if is_within(host_of(found.value), item.hosts) and (names := lacking(found.value, campaign)):
            yield view.finding(rules.UNTRACKED, f"the link has no {' and no '.join(names)}", found.node)
        yield from _own_link(item, found)
    guid = item.first("guid")
    if guid is not None and (found is None or guid.node is not found.node):
        yield from misplaced(item, guid, "the guid")


def misplaced(item: Item, found: Found, what: str) -> Iterator[Finding]:
    """Parameters of the campaign where they must not be."""
    present = parameters(found.value)
    if names := [name for name, value in item.view.profile.campaign if present.get(name) == value]:
        message = f"{what} has {' and '.join(names)}, which belongs to visible links alone: {shown(found.value)}"
        yield item.view.finding(rules.MISPLACED, message, found.node, attribute=found.attribute)


def moment_of(text: str) -> datetime | None:
    """The moment, in either of the two spellings of feeds; None where it is in none."""
    for parse in (parse_rfc3339, parsedate_to_datetime):
        try:
            moment = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.tzinfo is not None:
            return moment
    return None


def _own_link(item: Item, found: Found) -> Iterator[Finding]:
    for level in item.view.levels:
        if level.limits.https and scheme_of(found.value) == "http":
            yield insecure(item, level, found, "the link")
        if level.limits.canonical and (names := tracked(found.value)):
            message = f"the link has {' and '.join(names)}; the page's own address is {level.needed}"
            yield item.view.finding(level.rule(rules.TRACKED), message, found.node)


def insecure(item: Item, level: Level, found: Found, what: str) -> Finding:
    """That something is reached without encryption."""
    message = f"{what} begins with http:, https: is {level.needed}: {shown(found.value)}"
    return item.view.finding(level.rule(rules.INSECURE), message, found.node, attribute=found.attribute)


def _named(item: Item) -> str:
    """The item, so that one finds it again."""
    title = item.first("headline")
    return "the item" if title is None else f"the item {shown(title.value)}"


def shown(text: str) -> str:
    """The text in quotes, short enough for a message."""
    text = " ".join(text.split())
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _in_words(age: timedelta) -> str:
    hours, days = age // timedelta(hours=1), age.days
    return f"{days} days" if days > 1 else f"{hours} hours"
