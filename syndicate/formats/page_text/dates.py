"""The line of a page that says when it was published and updated: `Published 6:05 AM EST, Mon February 6, 2017`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Hours east of Greenwich. Letters that mean several zones (IST) are left out; CST is that of North America.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "SAST": 2, "EAT": 3, "WAT": 1, "PKT": 5, "HKT": 8,
    "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
# "ET" means winter or summer time, whichever the day has.
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}

_LABEL = r"(?P<label>first published|last updated|published|updated|posted)"
_CLOCK = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2})?|(?P<military>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?:\s*\(?(?P<zone>[A-Z]{1,4}(?=[\s,()]))\)?)?(?:\s*\([^()]{1,20}\))?"
_WEEKDAY = r"(?:(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?,?\s+)?"
_MONTH_FIRST = r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_FIRST = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month2>[A-Za-z]{3,9})\.?"
_PHRASE = re.compile(
    rf"{_LABEL}(?:\s+(?:at|on))?:?\s+(?:{_CLOCK}{_ZONE}\s*,?\s+)?(?:on\s+)?"
    rf"{_WEEKDAY}(?:{_MONTH_FIRST}|{_DAY_FIRST}),?\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s|•·;,.()/-]*")


@dataclass(frozen=True, slots=True)
class Stated:
    """One moment of a date line. `problem` says what had to be assumed, or (without `moment`) why it is unreadable."""

    is_update: bool
    moment: datetime | None
    problem: str | None = None


def read_date_line(line: str) -> tuple[Stated, ...]:
    """The moments of the line; empty when it is no date line as a whole."""
    found, position = [], 0
    while phrase := _PHRASE.match(line, position):
        found.append(phrase)
        between = _BETWEEN.match(line, phrase.end())
        position = between.end() if between else phrase.end()
    return tuple(map(_stated, found)) if found and position == len(line) else ()


def _stated(phrase: re.Match[str]) -> Stated:
    is_update = "updated" in phrase["label"].lower()
    try:
        local = _local(phrase)
    except ValueError as error:
        return Stated(is_update, None, str(error))
    problems = tuple(_doubts(phrase, local))
    moment = _in_utc(local, (phrase["zone"] or "UTC").upper())
    return Stated(is_update, moment, "; ".join(problems) or None)


def _local(phrase: re.Match[str]) -> datetime:
    name = (phrase["month"] or phrase["month2"]).lower()
    if name[:3] not in _MONTHS:
        raise ValueError(f"{name!r} is no month")
    if not 1900 <= int(phrase["year"]) <= 2200:
        raise ValueError(f"the year {phrase['year']} cannot be meant")
    hour, minute = _clock(phrase)
    month, day = _MONTHS.index(name[:3]) + 1, int(phrase["day"] or phrase["day2"])
    return datetime(int(phrase["year"]), month, day, hour, minute, tzinfo=UTC)


def _clock(phrase: re.Match[str]) -> tuple[int, int]:
    """Hour and minute on the 24-hour clock; 12 AM is midnight, 12 PM is noon."""
    hour, minute = int(phrase["hour"] or 0), int(phrase["minute"] or phrase["military"] or 0)
    half = (phrase["half"] or "").lower()[:1]
    if half and hour > 12:
        raise ValueError(f"{hour} is no hour of a 12-hour clock")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, minute


def _in_utc(local: datetime, zone: str) -> datetime:
    if zone in _PLACES:
        return local.replace(tzinfo=ZoneInfo(_PLACES[zone])).astimezone(UTC)
    return local.replace(tzinfo=timezone(timedelta(hours=_ZONES.get(zone, 0)))).astimezone(UTC)


def _doubts(phrase: re.Match[str], local: datetime) -> Iterator[str]:
    zone, weekday = phrase["zone"], phrase["weekday"]
    if phrase["hour"] is None:
        yield "it names no time of day: midnight is taken"
    elif zone is None:
        yield "it names no time zone: UTC is taken"
    elif zone.upper() not in _ZONES and zone.upper() not in _PLACES:
        yield f"the time zone {zone} is not known: UTC is taken"
    if weekday and weekday[:3].lower() != _WEEKDAYS[local.weekday()]:
        yield f"the day was no {weekday}: the date is taken"
