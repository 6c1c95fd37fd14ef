"""Feed definitions from `config/feeds/*.toml`: all faults are found in one reading."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from syndicate.errors import ConfigError, ConfigErrors
from syndicate.formats import base as formats
from syndicate.model.cron import Cron
from syndicate.model.feed import Content, Feed, Order, Selection
from syndicate.settings import Conditions, FeedDefinition, PublisherSettings, nearest, read_model, read_toml, seconds_of

ON_CHANGE = "on-change"
# Names in the published tree that are not feeds.
RESERVED = frozenset(
    {"articles"} | {page + suffix for page in ("index.html", "feeds.opml") for suffix in ("", ".gz", ".br")}
)
_Lines = Mapping[tuple[str, ...], int]


def load_feeds(folder: Path, publisher: PublisherSettings) -> tuple[Feed, ...]:
    """The feeds of the folder in the order of their ids; raises ConfigErrors with every fault of every file."""
    feeds: dict[str, tuple[Feed, str]] = {}
    errors: list[ConfigError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            feed, line = _read(path, publisher)
        except ConfigErrors as found:
            errors.extend(found.errors)
        except ConfigError as found:
            errors.append(found)
        else:
            if feed.id in feeds:
                problem = f"id = {feed.id!r} is already the id of {feeds[feed.id][1]}"
                errors.append(ConfigError(str(path), line, problem, "give each feed an id of its own"))
            feeds.setdefault(feed.id, (feed, str(path)))
    if errors:
        raise ConfigErrors(tuple(errors))
    return tuple(feeds[name][0] for name in sorted(feeds))


def _read(path: Path, publisher: PublisherSettings) -> tuple[Feed, int | None]:
    values, lines = read_toml(path)
    definition = read_model(FeedDefinition, values, lines, str(path))
    if faults := tuple(_faults(definition, lines, str(path))):
        raise ConfigErrors(faults)
    return _feed(definition, publisher), lines.get(("id",))


def _faults(definition: FeedDefinition, lines: _Lines, file: str) -> Iterator[ConfigError]:
    def fault(key: str, problem: str, cure: str | None = None) -> ConfigError:
        return ConfigError(file, lines.get((key,)), problem, cure)

    if definition.id in RESERVED:
        yield fault("id", f"id = {definition.id!r} is a name that the published tree needs itself")
    yield from _format_faults(definition, fault)
    if not _is_zone(definition.timezone):
        guess = nearest(definition.timezone, sorted(available_timezones()))
        yield fault(
            "timezone", f"timezone = {definition.timezone!r} is no IANA zone", guess and f"did you mean {guess!r}?"
        )
    if definition.schedule != ON_CHANGE:
        try:
            Cron.parse(definition.schedule)
        except ValueError as error:
            yield fault("schedule", f"schedule = {definition.schedule!r}: {error}")


def _format_faults(definition: FeedDefinition, fault: Callable[..., ConfigError]) -> Iterator[ConfigError]:
    known = list(formats.having("render"))
    for name in definition.formats:
        if name not in known:
            guess = nearest(name, known)
            cure = f"did you mean {guess!r}?" if guess else f"known: {', '.join(known)}"
            yield fault("formats", f"formats: {name!r} is no format that can be written", cure)
        elif Content(definition.content) not in formats.written_facts(name).CONTENTS:
            yield fault(
                "content",
                f"content = {definition.content!r}: {name} items are always whole",
                f"take {name} out of formats, or make a feed of its own for it",
            )
    if len(set(definition.formats)) != len(definition.formats):
        yield fault("formats", "formats names a format twice")


def _feed(definition: FeedDefinition, publisher: PublisherSettings) -> Feed:
    return Feed(
        id=definition.id,
        title=definition.title,
        link=definition.link,
        description=definition.description,
        language=definition.language or publisher.language,
        formats=tuple(definition.formats),
        select=_selection(definition.select),
        exclude=_selection(definition.exclude),
        limit=definition.limit,
        max_age=timedelta(seconds=seconds_of(definition.max_age)) if definition.max_age else None,
        content=Content(definition.content),
        order=Order(definition.order),
        schedule=None if definition.schedule == ON_CHANGE else Cron.parse(definition.schedule),
        zone=definition.timezone,
    )


def _selection(conditions: Conditions) -> Selection:
    values: dict[str, Any] = {name: tuple(value) for name, value in conditions.model_dump().items()}
    return Selection(**values)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def zone_of(feed: Feed) -> ZoneInfo:
    """The feed's time zone; ConfigError when this system does not know it any more."""
    try:
        return ZoneInfo(feed.zone)
    except ZoneInfoNotFoundError as error:
        raise ConfigError(feed.id, None, f"timezone = {feed.zone!r} is unknown on this system") from error
