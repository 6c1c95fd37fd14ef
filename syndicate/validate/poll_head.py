"""What the head of one answer says, and whether that serves readers. Pure."""

import codecs
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from syndicate.model.finding import Finding, Rule
from syndicate.validate import poll_rules as r
from syndicate.validate.poll_feed import Seen, moment

if TYPE_CHECKING:
    from syndicate.fetch import Answer

_TYPES = {
    "rss": ("application/rss+xml",),
    "RDF": ("application/rdf+xml", "application/rss+xml"),
    "feed": ("application/atom+xml",),
    "JSON": ("application/feed+json",),
}
_GENERIC = frozenset({"application/xml", "text/xml", "application/json"})
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\Z')
_DAY = 86400
_CLOCK = timedelta(minutes=5)
_LARGE, _TOO_LARGE = 16 * 1024, 2 * 1024 * 1024
# Rhythms of the same feed that differ by more than this factor are no matter of rounding.
_FACTOR = 4
_MOST_SECONDS = 2**31


def found(rule: Rule, message: str) -> Finding:
    """A finding about the answer as a whole."""
    return Finding(rule=rule, message=message)


def check(answer: "Answer", seen: Seen | None, now: datetime) -> Iterator[Finding]:
    """What is wrong with the head of a 200 and with what it says of the body; `now` is when it came."""
    yield from _validators(answer, now)
    yield from _type(answer, seen)
    yield from _lifetime(answer, seen, now)
    yield from _date(answer, now)
    yield from _size(answer)
    if answer.all("set-cookie"):
        names = ", ".join(value.partition("=")[0].strip() for value in answer.all("set-cookie"))
        yield found(r.COOKIE, f"the answer sets cookies: {names}")
    if answer.header("access-control-allow-origin") is None:
        yield found(r.CORS, "there is no Access-Control-Allow-Origin")


def retry(answer: "Answer") -> Iterator[Finding]:
    """What is wrong with when to come back, for a 429 or 503."""
    if answer.status not in (429, 503):
        return
    after = answer.header("retry-after")
    if after is None:
        yield found(r.RETRY_MISSING, f"{answer.status} comes without Retry-After")
    elif not after.strip().isdecimal():
        yield found(r.RETRY_DATE, f"Retry-After is {after!r}")


def is_strong(etag: str | None) -> bool:
    """Whether the tag promises the same bytes."""
    return etag is not None and etag.startswith('"')


def coding(answer: "Answer") -> str:
    """How the body was packed; empty for not at all."""
    packed = (answer.header("content-encoding") or "").strip().lower()
    return "" if packed == "identity" else packed


def varies_by_encoding(answer: "Answer") -> bool:
    """Whether caches are told that there are several forms."""
    names = {name.strip().lower() for name in (answer.header("vary") or "").split(",")}
    return bool(names & {"accept-encoding", "*"})


def related(answer: "Answer", relation: str) -> frozenset[str]:
    """The targets of that relation in the Link headers (RFC 8288 §3)."""
    links = re.findall(r"<([^<>]*)>([^<]*)", answer.header("link") or "")
    relations = ((target, re.search(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', rest)) for target, rest in links)
    return frozenset(target for target, rel in relations if rel and relation in (rel[1] or rel[2]).lower().split())


def _validators(answer: "Answer", now: datetime) -> Iterator[Finding]:
    etag, modified = answer.header("etag"), answer.header("last-modified")
    if etag is None and modified is None:
        yield found(r.VALIDATORS, "there is neither ETag nor Last-Modified")
    elif etag is None:
        yield found(r.ETAG_MISSING, "there is Last-Modified, but no ETag")
    elif not _ETAG.match(etag):
        yield found(r.ETAG_INVALID, f"the ETag is {etag[:80]!r}")
    if modified is not None:
        date = moment(modified)
        if date is None or not modified.strip().endswith("GMT"):
            yield found(r.MODIFIED_INVALID, f"Last-Modified is {modified[:80]!r}")
        elif date > now + _CLOCK:
            yield found(r.MODIFIED_FUTURE, f"Last-Modified is {modified}")


def _type(answer: "Answer", seen: Seen | None) -> Iterator[Finding]:
    header = answer.header("content-type")
    if header is None:
        yield found(r.TYPE_MISSING, "there is no Content-Type")
        return
    media_type = header.partition(";")[0].strip().lower()
    is_known = media_type in _TYPES[seen.kind] if seen else media_type.endswith(("xml", "json"))
    if not is_known and media_type not in _GENERIC:
        yield found(r.TYPE_WRONG, f"Content-Type is {header!r}, which is none of a feed{_right(seen)}")
        return
    if not is_known:
        yield found(r.TYPE_GENERIC, f"Content-Type is {header!r}, which any document may have{_right(seen)}")
    yield from _charset(header, charset(answer), seen)


def _right(seen: Seen | None) -> str:
    """What to write, where it is known of what kind the document is."""
    return f": send {_TYPES[seen.kind][0]}" if seen else ""


def charset(answer: "Answer") -> str | None:
    """The charset that the answer says, None where it says none."""
    given = re.search(r';\s*charset\s*=\s*"?([^\s;"]+)', answer.header("content-type") or "", re.IGNORECASE)
    return given[1] if given else None


def _charset(header: str, given: str | None, seen: Seen | None) -> Iterator[Finding]:
    if given is None:
        if "json" not in header:
            yield found(r.CHARSET_MISSING, f"Content-Type is {header!r}, without a charset: add ; charset=utf-8")
    elif seen is not None and _codec(given) != _codec(seen.encoding or "utf-8"):
        declared = seen.encoding or "none, which means UTF-8"
        yield found(r.CHARSET_WRONG, f"the head says {given}, the XML declaration {declared}")


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name.lower()


def _lifetime(answer: "Answer", seen: Seen | None, now: datetime) -> Iterator[Finding]:
    control = _directives(answer.header("cache-control") or "")
    forbidding = [name for name in ("no-store", "private") if name in control]
    if forbidding:
        yield found(r.CACHE_FORBIDDEN, f"Cache-Control says {', '.join(forbidding)}")
        return
    expires = answer.header("expires")
    end = moment(expires) if expires is not None else None
    is_past = end is None or ("max-age" not in control and end <= (moment(answer.header("date") or "") or now))
    if expires is not None and is_past:
        yield found(r.EXPIRES_PAST, f"Expires is {expires!r}, which is over: send a time to come, or max-age alone")
        return
    seconds = _seconds(control, end, now)
    if not seconds:
        said = answer.header("cache-control")
        told = f"Cache-Control is {said!r} without a max-age" if said else "there is neither Cache-Control nor Expires"
        yield found(r.CACHE_SILENT, f"{told}: say for how long the feed holds, such as max-age=600")
    elif seconds > _DAY:
        yield found(r.CACHE_LONG, f"the feed is said to hold for {seconds / _DAY:.1f} days")
    else:
        yield from _rhythm({"max-age": seconds, **(seen.rhythms if seen else {})})


def _directives(header: str) -> dict[str, str]:
    parts = (part.partition("=") for part in header.lower().split(","))
    return {name.strip(): value.strip(' "') for name, _, value in parts if name.strip()}


def _seconds(control: dict[str, str], end: datetime | None, now: datetime) -> int:
    """For how long the answer is fresh (RFC 9111 §4.2.1, as a reader of its own cache sees it); 0 for not at all."""
    if "no-cache" in control:
        return 0
    if "max-age" in control:
        return _number(control["max-age"])
    return max(0, int((end - now).total_seconds())) if end else 0


def _rhythm(said: dict[str, int]) -> Iterator[Finding]:
    if max(said.values()) > _FACTOR * min(said.values()):
        told = ", ".join(f"{name} {seconds} s" for name, seconds in said.items())
        yield found(r.CACHE_CONTRADICTS, f"the rhythms differ: {told}")


def _date(answer: "Answer", now: datetime) -> Iterator[Finding]:
    header = answer.header("date")
    date = moment(header or "")
    if date is None:
        yield found(r.DATE_MISSING, f"Date is {header!r}" if header else "there is no Date")
    # A cache in front hands the answer on with its old Date and says how old it is.
    elif abs(now - date - timedelta(seconds=_age(answer))) > _CLOCK:
        yield found(r.DATE_OFF, f"Date is {header}, here it is {format_datetime(now, usegmt=True)}")


def _age(answer: "Answer") -> int:
    return _number(answer.header("age") or "")


def _number(text: str) -> int:
    """The seconds, at most 2^31 as caches count (RFC 9111 §1.2.2); 0 when it is no number of them."""
    if not re.fullmatch(r"[0-9]+", text := text.strip()):
        return 0
    digits = text.lstrip("0")[:11]
    return min(int(digits or "0"), _MOST_SECONDS)


def _size(answer: "Answer") -> Iterator[Finding]:
    size = len(answer.body)
    if size > _TOO_LARGE:
        yield found(r.SIZE, f"the feed has {size / (1024 * 1024):.1f} MiB")
    if size >= _LARGE and not coding(answer):
        yield found(r.UNPACKED, f"{size // 1024} KiB come as they are, although gzip and br were asked for")
    if coding(answer) and not varies_by_encoding(answer):
        yield found(r.VARY, f"the {coding(answer)} form has Vary: {answer.header('vary') or 'nothing'}")
