"""Times as feeds in the field spell them: RFC 822 in all its disguises, RFC 3339, W3CDTF, and what comes near."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLIEST, _LATEST = 1900, 2200
_LONGEST = 100
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?"
_ZONE = r"(?:\s*(?P<zone>[A-Za-z]{1,5}(?![+\d])|(?:UTC|GMT|Z)?\s*[+-]\d{1,2}:?(?:\d{2})?))?"
_ISO_CLOCK = r"(?P<hour>\d{2}|\d(?=:)):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
_MAIL = re.compile(
    rf"(?:[A-Za-z]{{3,9}}\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>[A-Za-z]{{3,9}})\.?,?[\s-]+"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:,?\s+(?:at\s+)?{_CLOCK}{_ZONE})?(?:\s*\([^()]*\))?\Z"
)
_AMERICAN = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s+)?(?P<month>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})"
    rf"(?:,?\s+(?:at\s+)?{_CLOCK}{_ZONE})?\Z"
)
_ASCTIME = re.compile(
    rf"[A-Za-z]{{3}}\s+(?P<month>[A-Za-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}{_ZONE}\s+(?P<year>\d{{4}})\Z"
)
_ISO = re.compile(
    rf"(?P<year>\d{{4}})(?:-?(?P<month>\d{{2}})(?:-?(?P<day>\d{{2}})(?:[Tt_]|\s+)?(?:{_ISO_CLOCK}{_ZONE})?)?)?\Z"
)
_FORMS = (_ISO, _MAIL, _AMERICAN, _ASCTIME)
# Offsets in hours; RFC 822 §5.1, and the ones that are met beside them. Letters of the military count as UTC
# (RFC 2822 §4.3).
_NAMED = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "west": 1,
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT|Z)?\s*([+-])(\d{1,2}):?(\d{2})?\Z", re.IGNORECASE)


class NoTime(ValueError):
    """A text that says no moment; its own text is a clause for people."""


def moment(text: str) -> tuple[datetime, str | None]:
    """The moment in UTC, and a clause where it had to be guessed: a time without a zone is taken for UTC.

    Raises NoTime.
    """
    made, is_exact = _read(text)
    is_day = is_exact is None
    return made, None if is_exact or is_day else f"{_shown(text)} names no known zone: UTC taken"


def exact_moment(text: str) -> datetime:
    """The moment in UTC; NoTime where its time of day or its zone would have to be guessed too."""
    made, is_exact = _read(text)
    if not is_exact:
        raise NoTime(f"{_shown(text)} names no {'time of day' if is_exact is None else 'known zone'}")
    return made


def _shown(text: str) -> str:
    return repr(" ".join(text[: _LONGEST + 1].split())[:40])


def _read(text: str) -> tuple[datetime, bool | None]:
    """The moment, and whether its zone is known; None where it is a whole day."""
    text = " ".join(text[: _LONGEST + 1].split())
    found = next(filter(None, (form.match(text) for form in _FORMS)), None) if len(text) <= _LONGEST else None
    if found is None:
        raise NoTime(f"{text[:40]!r} left out: no date that is known")
    parts = found.groupdict()
    offset = _offset(parts.get("zone"))
    try:
        made = datetime(
            _year(parts["year"]), _month(parts["month"]), int(parts["day"] or 1), *_clock(parts), tzinfo=UTC
        ) - timedelta(minutes=offset or 0)
        timezone(timedelta(minutes=offset or 0))
    except (ValueError, OverflowError):
        raise NoTime(f"{text[:40]!r} left out: there is no such date") from None
    if not _EARLIEST <= made.year <= _LATEST:
        raise NoTime(f"{text[:40]!r} left out: not in the years {_EARLIEST} to {_LATEST}")
    # A leap second counts as the second before it.
    return made, offset is not None if parts["hour"] else None


def _year(text: str) -> int:
    """Two digits as RFC 2822 §4.3 reads them."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 50 else 1900)


def _month(text: str | None) -> int:
    if text is None:
        return 1
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int]:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    return hour, minute, min(second, 59) if second == 60 else second


def _offset(zone: str | None) -> int | None:
    """Minutes east of Greenwich; None where no zone is named, or one that nobody knows."""
    if zone is None:
        return None
    if found := _OFFSET.match(zone.strip()):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return -minutes if found[1] == "-" else minutes
    name = zone.strip().lower()
    if len(name) == 1:
        return 0
    return _NAMED[name] * 60 if name in _NAMED else None
