"""Times as feeds and news documents spell them. Everything written is in UTC."""

import re
from datetime import UTC, datetime
from functools import lru_cache

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OFFSET = re.compile(r":\d\d(?:\.\d+)? ?([+-]\d\d)(:?)(\d\d)\Z", re.ASCII)
_WHOLE_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def rfc3339(moment: datetime) -> str:
    """`2017-05-10T22:05:00Z` (RFC 3339); always `Z`, since some readers ignore offsets. Fractions are cut off."""
    # Two thirds of the time of strftime, which also writes early years with fewer than four digits on some systems.
    return f"{_utc(moment).isoformat()[:19]}Z"


def rfc822(moment: datetime) -> str:
    """`Wed, 10 May 2017 22:05:00 +0000` (RFC 2822 §3.3, four-digit year), whatever the locale."""
    utc = _utc(moment)
    date = f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04}"
    return f"{date} {utc.hour:02}:{utc.minute:02}:{utc.second:02} +0000"


def compact(moment: datetime) -> str:
    """`20170510T220500Z` (ISO 8601 basic form, used by NITF `norm` and NewsML 1)."""
    return rfc3339(moment).replace("-", "").replace(":", "")


def in_words(moment: datetime) -> str:
    """`10 May 2017, 22:05 UTC`, for people: to the minute, in UTC, which it says, and in English."""
    utc = _utc(moment)
    return f"{day_in_words(utc)}, {utc.hour:02}:{utc.minute:02} UTC"


def day_in_words(moment: datetime) -> str:
    """`10 May 2017`, in UTC and in English."""
    utc = _utc(moment)
    return f"{utc.day} {_WHOLE_MONTHS[utc.month - 1]} {utc.year:04}"


@lru_cache(maxsize=16)
def day(moment: datetime) -> str:
    """`2017-05-10`, in UTC."""
    return _utc(moment).date().isoformat()


def parse_rfc3339(text: str) -> datetime:
    """The aware UTC moment, or ValueError. A time without offset is refused: nobody knows which moment it means."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no UTC offset")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC)


def cure_of_offset(text: str, *, has_colon: bool) -> str:
    """What to write where all that is wrong may be the colon of an offset, to be put behind a message; else nothing."""
    found = _OFFSET.search(text.strip())
    if found is None or bool(found[2]) is has_colon:
        return ""
    return f": write {found[1]}{':' if has_colon else ''}{found[3]}"
