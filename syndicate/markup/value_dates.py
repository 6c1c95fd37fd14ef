"""Kinds of dates: RFC 822 as RSS has it, RFC 3339 as Atom has it, W3CDTF as Dublin Core has it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from syndicate.markup.dates import cure_of_offset
from syndicate.markup.rules import ERROR, WARNING, RuleSet, Run
from syndicate.markup.structure import Flaw, Value, by_text_alone, proved_by, shown
from syndicate.model.finding import Rule

rules = RuleSet("rss", "atom")

RFC822 = rules.state(
    "rss.date.invalid", severity=ERROR, spec="RSS 2.0; RFC 822 §5", summary="dates are RFC 822 dates with a zone",
    why="Readers show another time, or today's.", reference="InvalidRFC2822Date")  # fmt: skip
WEEKDAY = rules.state(
    "rss.date.weekday", severity=ERROR, spec="RFC 2822 §3.3", summary="the weekday is that of the date",
    why="Strict parsers refuse the date; one of the two is wrong.", reference="IncorrectDOW")  # fmt: skip
RISKY = rules.state(
    "rss.date.risky", severity=WARNING, spec="RFC 2822 §3.3",
    summary="dates are written the one way that every parser reads",
    why="Two-digit years, comments and letters for zones are legal but misread.",
    reference="ProblematicalRFC822Date")  # fmt: skip
RFC3339 = rules.state(
    "atom.date.invalid", severity=ERROR, spec="RFC 4287 §3.3; RFC 3339",
    summary="dates are RFC 3339 date-times with T and an offset", why="Readers show another time, or today's.",
    reference="InvalidRFC3339Date")  # fmt: skip
W3CDTF = rules.state(
    "value.date.w3cdtf", severity=ERROR, spec="W3C Date and Time Formats",
    summary="dates of Dublin Core are W3CDTF dates", why="Readers show another time, or today's.",
    reference="InvalidW3CDTFDate")  # fmt: skip
ISO8601 = rules.state(
    "value.date.iso8601", severity=ERROR, spec="ISO 8601", summary="date-times are ISO 8601 date-times",
    why="Readers show another time, or today's.", reference="InvalidISO8601DateTime")  # fmt: skip
FUTURE = rules.state(
    "value.date.future", severity=WARNING, spec="RFC 4287; RSS 2.0",
    summary="nothing is dated in the future",
    why="Readers keep such items on top of the list until that day, or hide them.",
    reference="ImplausibleDate")  # fmt: skip
ANCIENT = rules.state(
    "value.date.ancient", severity=WARNING, spec="common sense",
    summary="nothing is dated before there were newspapers",
    why="Such dates are default values of a system that had none.", reference="ImplausibleDate")  # fmt: skip
SPACE = rules.state(
    "atom.text.white-space", severity=ERROR, spec="RFC 4287 §2, §3.3",
    summary="no white space stands around dates and addresses",
    why="Atom does not trim it: the value with the space is another value.", reference="UnexpectedWhitespace",
)  # fmt: skip

_TOLERANCE = timedelta(days=1)
_FIRST_YEAR = 1600
_LAST_YEAR = 9999
_LIKE_YEAR_0 = 400
_LEAP = 60
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_ZONES = {"ut": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
                "pdt": -7}  # fmt: skip
_RFC822 = re.compile(
    r"(?:(?P<weekday>[a-z]{3})\s*,\s*)?(?P<day>\d{1,2})\s+(?P<month>[a-z]{3})\s+(?P<year>\d{4}|\d{2})\s+"
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s+(?P<zone>[+-]\d{4}|[a-z]{1,3})\Z",
    re.IGNORECASE | re.ASCII,
)
_SAFE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|Z)\Z",
    re.ASCII,
)
_COMMENT = re.compile(r"\([^()]*\)")
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))\Z",
    re.ASCII,
)
_W3CDTF = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-](\d\d):(\d\d)))?)?)?\Z", re.ASCII
)
_ISO8601 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:Z|[+-](\d\d):?(\d\d))?\Z", re.ASCII
)


# The common forms, of days that every month has: most dates need no closer look. Compared as texts, a day before
# today is in no zone in the future.
_FIRST_DAY = "1601"
_is_common_iso = re.compile(
    r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ\Z", re.ASCII
).match
_COMMON_822 = re.compile(
    r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}) "
    r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:\+0000|GMT)\Z",
    re.ASCII,
)


def rfc822(value: Value, run: Run) -> Iterable[Flaw]:
    """A date as RSS has it."""
    found = _COMMON_822.match(value.text)
    if found and is_past(iso_day(found[1]), run.today):
        return ()
    return _rfc822(value, run)


def is_past(text: str | None, today: str) -> bool:
    """Whether a day, or a time of day in UTC, lies before that day and after the first newspapers; as `2026-03-04`."""
    return text is not None and _FIRST_DAY < text < today


@lru_cache(maxsize=1024)
def iso_day(text: str) -> str | None:
    """The day `Wed, 04 Mar 2026` as `2026-03-04`; None when there is no such day or it is another weekday."""
    try:
        day = date(int(text[12:16]), _MONTHS.index(text[8:11].lower()) + 1, int(text[5:7]))
    except ValueError:
        return None
    return day.isoformat() if _DAYS[day.weekday()] == text[:3].lower() else None


def _rfc822(value: Value, run: Run) -> Iterator[Flaw]:
    text = value.text.strip()
    found, moment = _parsed_822(text)
    if found is None or moment is None:
        cure = cure_of_offset(text, has_colon=False)
        yield RFC822, f"{value.where} must be a date like Wed, 04 Mar 2026 12:00:00 GMT, not {shown(value.text)}{cure}"
        return
    weekday = found["weekday"]
    if weekday and weekday.lower() != _DAYS[moment.weekday()]:
        yield WEEKDAY, f"{value.where}: {moment:%d %B %Y} is no {weekday}"
    if not _SAFE.match(text) or _is_odd(found["zone"]):
        yield RISKY, f"{value.where}: {shown(text)} is legal but often misread: write Wed, 04 Mar 2026 12:00:00 GMT"
    yield from _plausible(value, moment, run)


@lru_cache(maxsize=64)
def _parsed_822(text: str) -> tuple[re.Match[str] | None, datetime | None]:
    found = _RFC822.match(_without_comments(text))
    return found, _moment_822(found) if found else None


def _is_odd(zone: str) -> bool:
    """Whether no place on earth has that offset: all are whole quarters of an hour."""
    return zone[0] in "+-" and int(zone[3:]) % 15 != 0


def rfc3339(value: Value, run: Run) -> Iterable[Flaw]:
    """A date as Atom has it; white space around it is a fault of its own."""
    if is_past(value.text, run.today) and _is_common_iso(value.text):
        return ()
    return _rfc3339(value, run)


def _rfc3339(value: Value, run: Run) -> Iterator[Flaw]:
    text = value.text.strip()
    if text != value.text and text:
        yield SPACE, f"{value.where} has white space around its date"
    found = _RFC3339.match(text)
    moment = _moment_iso(found) if found else None
    if moment is None:
        cure = cure_of_offset(text, has_colon=True)
        yield RFC3339, f"{value.where} must be a date-time like 2026-03-04T12:00:00Z, not {shown(value.text)}{cure}"
    else:
        yield from _plausible(value, moment, run)


@by_text_alone
@proved_by(_is_common_iso)
def w3cdtf(value: Value, run: Run) -> Iterator[Flaw]:
    """A date as Dublin Core has it."""
    yield from _iso(value, _W3CDTF, W3CDTF, "2026-03-04 or 2026-03-04T12:00:00Z")


@by_text_alone
@proved_by(_is_common_iso)
def iso8601(value: Value, run: Run) -> Iterator[Flaw]:
    """A date-time of ISO 8601."""
    yield from _iso(value, _ISO8601, ISO8601, "2026-03-04T12:00:00Z")


def _iso(value: Value, pattern: re.Pattern[str], rule: Rule, example: str) -> Iterator[Flaw]:
    found = pattern.match(value.text.strip())
    if found is None or _moment_iso(found) is None:
        yield rule, f"{value.where} must be a date like {example}, not {shown(value.text)}"


def parsed(text: str) -> datetime | None:
    """The moment of an RFC 3339 text, None when it is none."""
    found = _RFC3339.match(text.strip())
    return _moment_iso(found) if found else None


def _without_comments(text: str) -> str:
    """RFC 822 §3.4.3: comments in brackets count as white space."""
    for _ in range(8):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text.strip()


def _moment_822(found: re.Match[str]) -> datetime | None:
    zone, month = found["zone"].lower(), found["month"].lower()
    weekday = (found["weekday"] or "mon").lower()
    if month not in _MONTHS or weekday not in _DAYS:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 50 else 2000
    offset = _offset_822(zone)
    if offset is None:
        return None
    return _moment(year, _MONTHS.index(month) + 1, int(found["day"]), int(found["hour"]), int(found["minute"]),
                   int(found["second"] or 0), offset)  # fmt: skip


def _offset_822(zone: str) -> int | None:
    """Minutes east of Greenwich; military letters are taken for Greenwich, as RFC 2822 §4.3 asks."""
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[3:])
        return None if hours > 23 or minutes > 59 else (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
    if len(zone) == 1 and zone != "j":
        return 0
    return _NAMED_ZONES[zone] * 60 if zone in _NAMED_ZONES else None


def _moment_iso(found: re.Match[str]) -> datetime | None:
    parts = [int(part) if part else None for part in found.groups()]
    year, month, day, hour, minute, second, off_hours, off_minutes = parts
    if (off_hours or 0) > 23 or (off_minutes or 0) > 59:
        return None
    offset = (off_hours or 0) * 60 + (off_minutes or 0)
    # ISO 8601 has a year 0000, Python has not; only that it is long ago matters.
    moment = _moment(year or _LIKE_YEAR_0, 1 if month is None else month, 1 if day is None else day, hour or 0,
                     minute or 0, second or 0, -offset if "-" in found[0][10:] else offset)  # fmt: skip
    return moment if moment is None or second != _LEAP or _has_leap(moment) else None


def _has_leap(moment: datetime) -> bool:
    """Whether a second may be put in behind that one: at the end of a month, by UTC (RFC 3339 §5.7, appendix D)."""
    last = moment.astimezone(UTC) if _FIRST_YEAR <= moment.year < _LAST_YEAR else moment
    return (last.hour, last.minute) == (23, 59) and (last + timedelta(days=1)).day == 1


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int, offset: int) -> datetime | None:
    """The moment; a leap second counts as the second before it."""
    try:
        zone = timezone(timedelta(minutes=offset))
        return datetime(year, month, day, hour, minute, min(second, 59) if second == _LEAP else second, tzinfo=zone)
    except ValueError:
        return None


def _plausible(value: Value, moment: datetime, run: Run) -> Iterator[Flaw]:
    if moment.year < _FIRST_YEAR:
        yield ANCIENT, f"{value.where} lies before {_FIRST_YEAR}: {shown(value.text)}"
    elif moment.year >= _LAST_YEAR or moment.astimezone(UTC) - _TOLERANCE > run.now:
        yield FUTURE, f"{value.where} lies in the future: {shown(value.text)}"
