"""A feed from the values of its definition, which `load.py` found good."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from syndicate.model.content import Content
from syndicate.model.cron import Cron
from syndicate.model.feed import Feed, Order, Selection
from syndicate.profiles.definition import profile_of
from syndicate.profiles.feed import for_partner

ON_CHANGE = "on-change"
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES = {"k": 1000, "M": 1_000_000}


def feed_of(values: Mapping[str, Any], language: str) -> Feed:
    """The feed; `language` is that of feeds that state none."""
    age, schedule = values["max_age"], values["schedule"]
    feed = Feed(
        id=values["id"],
        title=values["title"],
        link=values["link"],
        description=values["description"],
        language=values["language"] or language,
        formats=tuple(values["formats"]),
        select=_selection(values["select"]),
        exclude=_selection(values["exclude"]),
        limit=values["limit"],
        max_age=timedelta(seconds=seconds_of(age)) if age else None,
        content=Content(values["content"]),
        order=Order(values["order"]),
        schedule=None if schedule == ON_CHANGE else Cron.parse(schedule),
        zone=values["timezone"],
        withdrawn=timedelta(seconds=seconds_of(values["withdrawn"])),
        profile=profile_of(values["profile"]) if values["profile"] else None,
        early=values["early"],
        public=values["public"],
        destination=values["destination"],
        cache=seconds_of(values["cache"]) if values["cache"] else None,
        max_bytes=bytes_of(values["max_bytes"]) if values["max_bytes"] else None,
        archive=values["archive_page"] if values["archive"] else None,
    )
    return feed if feed.profile is None else for_partner(feed, feed.profile)


def seconds_of(age: str) -> int:
    """The seconds in an age such as `7d`, which was found good."""
    return int(age[:-1]) * _SECONDS[age[-1]]


def bytes_of(size: str) -> int:
    """The bytes in a size such as `500k`, which was found good."""
    return int(size[:-1]) * _BYTES[size[-1]]


def _selection(conditions: Mapping[str, Any]) -> Selection:
    return Selection(**{name: tuple(value) for name, value in conditions.items()})
