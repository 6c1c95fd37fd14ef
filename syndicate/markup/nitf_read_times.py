"""Times as NITF and NewsML 1.2 write them, read as leniently as the field needs."""

import re
from datetime import UTC, datetime

_WRITTEN = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def moment_of(text: str | None) -> tuple[datetime | None, str | None]:
    """The moment in UTC, None for what is none, and what had to be assumed about it as a clause.

    `20170510T180500Z` is the form of the standards; hyphens, colons, blanks around it, a missing zone (UTC is assumed)
    and a date alone (its first second) are taken too.
    """
    stated = (text or "").strip()
    if not _WRITTEN.match(stated):
        return None, None
    try:
        moment = datetime.fromisoformat(_mended(stated))
        if moment.tzinfo is None:
            assumed = f"{stated} has no zone: read as UTC"
            return moment.replace(
                tzinfo=UTC
            ), assumed if "T" in stated else f"{stated} is a date: its first second taken"
        return moment.astimezone(UTC), None
    except (ValueError, OverflowError):
        return None, None


def _mended(text: str) -> str:
    """Hours and minutes with their seconds: some leave out a digit of them."""
    day, mark, rest = text.partition("T")
    found = re.fullmatch(r"([0-9]{5})((?:Z|[+-][0-9:]+)?)", rest)
    return f"{day}T{found[1]}0{found[2]}" if mark and found else text
