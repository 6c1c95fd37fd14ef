"""Times as agencies write them: blanks round them, dates in eight digits, no zone."""

import re
from datetime import UTC, datetime

_BLANKS = re.compile(r"\s+")
_MOMENT = re.compile(
    r"(?P<date>\d{4}-?\d\d-?\d\d)"
    r"(?:T?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?\Z",
    re.ASCII,
)
_EARLIEST, _LATEST = 1900, 2200
_NO_ZONE = "has no zone; read as UTC"
_NO_TIME = "has no time of day; read as its beginning in UTC"


def moment(text: str) -> tuple[datetime, str | None]:
    """The moment in UTC, and a clause when part of it had to be assumed. ValueError when it cannot be read."""
    found = _MOMENT.match(_BLANKS.sub("", text))
    if found is None:
        raise ValueError(f"is {text.strip()[:40]!r}: not a time such as 2017-05-10T22:05:00Z")
    date = found["date"].replace("-", "")
    zone = (found["zone"] or "Z").replace("Z", "+00:00").replace(":", "")
    clock = f"{found['hour'] or '00'}{found['minute'] or '00'}{found['second'] or '00'}"
    part = (found["part"] or "0")[:6].ljust(6, "0")
    try:
        made = datetime.strptime(f"{date}{clock}{part}{zone:0<5}", "%Y%m%d%H%M%S%f%z").astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"is {text.strip()[:40]!r}: there is no such time") from None
    if not _EARLIEST <= made.year <= _LATEST:
        raise ValueError(f"is {text.strip()[:40]!r}: a year from {_EARLIEST} to {_LATEST} is wanted")
    if found["hour"] is None:
        return made, _NO_TIME
    return made, None if found["zone"] else _NO_ZONE


def seconds(text: str | None, unit: str | None) -> int | None:
    """A duration in whole seconds: a number of what `unit` names, or a clock (`00:01:35.5`). None if unread."""
    text = (text or "").strip()
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return int(text) // 1000 if (unit or "").endswith("milliseconds") else int(text)
    found = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.:,]\d+)?", text, re.ASCII)
    if found is None:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest
