"""Which coding a client takes (RFC 9110, 12.5.3), and whether it has the document already (RFC 9110, 13). Pure."""

import re
from calendar import timegm
from collections.abc import Mapping, Sequence

from syndicate.web.entry import IDENTITY, Variant

_CODING = re.compile(
    rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\Z", re.IGNORECASE
)
# RFC 9110, 8.4.1.3: the same coding under an old name.
_OLD_NAMES = {"x-gzip": "gzip"}
_TAG = re.compile(rb'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,[ \t]*|\Z)')
_GAP = re.compile(rb"[ \t]*(?:,[ \t]*)*")
_MONTHS = {name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_MONTH = b"(?P<month>" + b"|".join(_MONTHS) + b")"
_TIME = rb"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d|60)"
_DAY = b"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_DAY = b"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
# RFC 9110, 5.6.7: the form that is sent, and two that must still be understood.
_DATES = tuple(
    re.compile(form + rb"\Z")
    for form in (
        _DAY + rb", (?P<day>\d\d) " + _MONTH + rb" (?P<year>\d{4}) " + _TIME + b" GMT",
        _LONG_DAY + rb", (?P<day>\d\d)-" + _MONTH + rb"-(?P<short>\d\d) " + _TIME + b" GMT",
        _DAY + b" " + _MONTH + rb" (?P<day>[ \d]\d) " + _TIME + rb" (?P<year>\d{4})",
    )
)
_LONGEST_DATE = 40


def choose(variants: Sequence[Variant], accepted: bytes | None) -> Variant | None:
    """The variant that the client likes best, the smallest of several; None when it takes none of them.

    Without the header nothing is said, and readers that say nothing often cannot unpack.
    """
    if accepted is None:
        return next(one for one in variants if one.coding == IDENTITY)
    wanted = _codings(accepted)
    best, most = None, 0
    for one in variants:
        if (weight := _weight(one.coding, wanted)) > most:
            best, most = one, weight
    return best


def _codings(accepted: bytes) -> dict[str, int]:
    """Weights by coding in thousandths; members that are no codings are passed over."""
    found: dict[str, int] = {}
    for member in accepted.split(b","):
        if matched := _CODING.match(member.strip(b" \t")):
            name = matched[1].decode().lower()
            weight = 1000 if matched[2] is None else round(float(matched[2]) * 1000)
            found[_OLD_NAMES.get(name, name)] = weight
    return found


def _weight(coding: str, wanted: Mapping[str, int]) -> int:
    """What is not named is refused, but for the document as it is: that is taken last, unless it is refused."""
    if coding != IDENTITY:
        return 2 * wanted.get(coding, wanted.get("*", 0))
    if coding in wanted:
        return 2 * wanted[coding]
    return 1 if wanted.get("*", 1) else 0


def is_listed(etag: bytes, tags: bytes, *, weakly: bool) -> bool:
    """Whether a list of entity tags names this strong one; `*` names any. What is no list names none.

    RFC 9110, 8.8.3.2: a weak tag is equal to a strong one in a weak comparison only.
    """
    tags = tags.strip(b" \t")
    if tags == b"*":
        return True
    place, found, end = _past_gap(tags, 0), False, len(tags)
    while place < end:
        one = _TAG.match(tags, place)
        if one is None:
            return False
        found |= one[1] == etag and (weakly or tags[place : place + 2] != b"W/")
        place = _past_gap(tags, one.end())
    return found


def _past_gap(tags: bytes, place: int) -> int:
    gap = _GAP.match(tags, place)
    return place if gap is None else gap.end()


def date_of(text: bytes, now: int) -> int | None:
    """The second (Unix time) that an HTTP date names, in any of its three forms; None when it is no date."""
    if len(text) > _LONGEST_DATE:
        return None
    found = next((match for form in _DATES if (match := form.match(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else _full_year(int(parts["short"]), now)
    day, month = int(parts["day"]), _MONTHS[parts["month"]]
    if not 1 <= day <= _days(year, month):
        return None
    return timegm((year, month, day, int(parts["hour"]), int(parts["minute"]), min(int(parts["second"]), 59)))


def _full_year(short: int, now: int) -> int:
    """RFC 9110, 5.6.7: what seems more than 50 years ahead is the last year in the past with these digits."""
    present = 1970 + now // 31_556_952
    year = present - present % 100 + short
    return year - 100 if year > present + 50 else year


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def unmet(headers: Mapping[bytes, bytes], etag: bytes, modified: int, now: int) -> int | None:
    """The status of the first condition that is not met: 412 or 304; None when the document is to be sent.

    In the order of RFC 9110, 13.2.2. `modified` and `now` are whole seconds. Dates are compared by value; one that is
    no date, or lies ahead of us, says nothing.
    """
    if (wanted := headers.get(b"if-match")) is not None:
        if not is_listed(etag, wanted, weakly=False):
            return 412
    elif (since := _past(headers.get(b"if-unmodified-since"), now)) is not None and modified > since:
        return 412
    if (held := headers.get(b"if-none-match")) is not None:
        return 304 if is_listed(etag, held, weakly=True) else None
    since = _past(headers.get(b"if-modified-since"), now)
    return 304 if since is not None and modified <= since else None


def _past(text: bytes | None, now: int) -> int | None:
    since = None if text is None else date_of(text, now)
    return since if since is not None and since <= now else None
