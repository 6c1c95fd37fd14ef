"""Feed definitions from `config/feeds/*.toml`: all faults are found in one reading."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from syndicate.errors import ConfigError, ConfigErrors, UnknownName
from syndicate.feeds.definition import ON_CHANGE
from syndicate.formats import base as formats
from syndicate.model.content import Content
from syndicate.model.cron import Cron
from syndicate.model.feed import Feed
from syndicate.profiles.load import load_values
from syndicate.settings import FeedDefinition, nearest, read_model, read_toml

# Names in the published tree that are not feeds.
_RESERVED = re.compile(r"articles|(?:index(?:-[0-9]+)?\.html|feeds\.opml|sitemap-index\.xml)(?:\.gz|\.br)?")
_Lines = Mapping[tuple[str, ...], int]


def load_definitions(folder: Path) -> list[dict[str, Any]]:
    """The values of the folder's feed definitions in the order of their ids, for `feed_of`.

    Raises ConfigErrors with every fault of every file.
    """
    found: dict[str, dict[str, Any]] = {}
    files: dict[str, str] = {}
    errors: list[ConfigError] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            definition, line = _read(path)
        except ConfigErrors as faults:
            errors.extend(faults.errors)
        except ConfigError as fault:
            errors.append(fault)
        else:
            name = definition["id"]
            if name in found:
                problem = f"id = {name!r} is already the id of {files[name]}"
                errors.append(ConfigError(str(path), line, problem, "give each feed an id of its own"))
            found.setdefault(name, definition)
            files.setdefault(name, str(path))
    if errors:
        raise ConfigErrors(tuple(errors))
    return [found[name] for name in sorted(found)]


def _read(path: Path) -> tuple[dict[str, Any], int | None]:
    values, lines = read_toml(path)
    definition = read_model(FeedDefinition, values, lines, str(path))
    if faults := tuple(_faults(definition, lines, str(path))):
        raise ConfigErrors(faults)
    return definition.model_dump() | {"profile": _profile(definition, lines, path)}, lines.get(("id",))


def _profile(definition: FeedDefinition, lines: _Lines, path: Path) -> dict[str, Any] | None:
    """The values of the feed's profile; it is for one format, and so is the feed."""
    if definition.profile is None:
        return None
    line = lines.get(("profile",))
    try:
        values = load_values(definition.profile, path.parent.parent / "profiles")
    except UnknownName as error:
        raise ConfigError(str(path), line, f"profile = {definition.profile!r}: {error}") from None
    if definition.formats != [values["format"]]:
        problem = f"profile = {definition.profile!r} is for {values['format']} alone"
        raise ConfigError(str(path), line, problem, f'formats = ["{values["format"]}"]; other formats in another feed')
    return values


def _faults(definition: FeedDefinition, lines: _Lines, file: str) -> Iterator[ConfigError]:
    def fault(key: str, problem: str, cure: str | None = None) -> ConfigError:
        return ConfigError(file, lines.get((key,)), problem, cure)

    if _RESERVED.fullmatch(definition.id):
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
    known = list(formats.written())
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
    unsafe = [name for name in definition.formats if name in known and "embargo" not in formats.keeps(name)]
    if definition.early and unsafe:
        yield fault("early", f"early = true: {', '.join(unsafe)} cannot say that an article is under embargo")
    if len(set(definition.formats)) != len(definition.formats):
        yield fault("formats", "formats names a format twice")
    if definition.archive and not any(name in known and formats.has_archives(name) for name in definition.formats):
        yield fault("archive", "archive = true: none of the feed's formats has archive pages", "add atom or rss")


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
