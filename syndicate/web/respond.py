"""What a request is answered with: status, headers and which variant. Pure; RFC 9110 and 9111.

Every answer carries `Vary`, so that no cache gives one client another's coding, and may be read by pages of any site.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

from syndicate.web.entry import Entry, Variant
from syndicate.web.negotiate import choose, unmet

Headers = tuple[tuple[bytes, bytes], ...]

METHODS = ("GET", "HEAD", "OPTIONS")
ALLOWED = ", ".join(METHODS).encode()
# The request headers that an answer may depend on.
ASKED = frozenset(
    {b"accept-encoding", b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since"}
)  # fmt: skip
_BASE: Headers = (
    (b"vary", b"Accept-Encoding"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Last-Modified, Retry-After"),
    (b"x-content-type-options", b"nosniff"),
)
_PREFLIGHT: Headers = (
    (b"access-control-allow-methods", ALLOWED),
    (b"access-control-allow-headers", b"If-None-Match, If-Modified-Since, Cache-Control, Pragma, Accept-Encoding"),
    (b"access-control-max-age", b"86400"),
)
_PAGE: Headers = (
    (
        b"content-security-policy",
        b"; ".join(
            (
                b"default-src 'none'",
                b"style-src 'self' 'unsafe-inline'",
                b"img-src 'self' data:",
                b"base-uri 'none'",
                b"form-action 'none'",
                b"frame-ancestors 'none'",
            )
        ),
    ),
    (b"referrer-policy", b"no-referrer"),
)
# For how long an answer that names a fault of the address is kept: a feed may be there in a moment.
_SHORT = b"public, max-age=10"
_NOT_KEPT = b"no-store"
_SAID = {
    400: "This is no request that this server understands.",
    401: "This is for those who run the place: any user name, and the password.",
    404: "There is nothing here.",
    405: "Only GET, HEAD and OPTIONS work here.",
    406: "This document is not to be had in any coding that the request accepts.",
    408: "The request took too long.",
    412: "The document is not the one that the request is meant for.",
    413: "The request's body is too large.",
    414: "The address is too long.",
    429: "Too many requests; come back after the time that Retry-After states, and send If-None-Match.",
    431: "The request's headers are too large.",
    500: "Something is wrong here, which was noted.",
    503: "Too busy; come back in a moment.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status and headers, without `Date`; the body is the variant's file, or else the text. HEAD has neither."""

    status: int
    headers: Headers
    variant: Variant | None = None
    text: bytes = b""


def answer(method: str, headers: Mapping[bytes, bytes], entry: Entry | None, now: int) -> Answer:
    """The answer to a request for what `entry` is, or for nothing. `headers` by lower-case name; `now` in seconds."""
    if method == "OPTIONS":
        return Answer(status=204, headers=((b"allow", ALLOWED), *_BASE, *_PREFLIGHT))
    if method not in ("GET", "HEAD"):
        return told(405, extra=((b"allow", ALLOWED),))
    if entry is None:
        return _as_asked(method, told(404, cache=_SHORT))
    variant = choose(entry.variants, headers.get(b"accept-encoding"))
    if variant is None:
        return _as_asked(method, told(406, cache=_SHORT))
    status = unmet(headers, variant.etag, entry.modified, now)
    if status == 412:
        return _as_asked(method, told(412))
    if status == 304:
        return Answer(status=304, headers=_validators(entry, variant, now) + _BASE)
    return _as_asked(method, _whole(entry, variant, now))


def told(status: int, *, cache: bytes = _NOT_KEPT, extra: Headers = ()) -> Answer:
    """An answer that says in a line of text what is the matter."""
    text = f"{status} {HTTPStatus(status).phrase}. {_SAID[status]}\n".encode()
    about = (
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(text)),
        (b"cache-control", cache),
    )
    return Answer(status=status, headers=(*extra, *about, *_BASE), text=text)


def moved(location: bytes) -> Answer:
    """The redirect to a folder's own address; `location` is relative to the one that was asked for."""
    about = ((b"location", location), (b"content-length", b"0"), (b"cache-control", _SHORT))
    return Answer(status=308, headers=(*about, *_BASE))


def wait(seconds: int) -> Answer:
    """The answer to a client that asks too often: when it may come back (RFC 6585, 4; RFC 9110, 10.2.3)."""
    return told(429, extra=((b"retry-after", b"%d" % seconds),))


def busy() -> Answer:
    """The answer when there is no room for one more."""
    return told(503, extra=((b"retry-after", b"1"),))


def http_date(second: int) -> bytes:
    """The date as HTTP writes it (RFC 9110, 5.6.7)."""
    return formatdate(second, usegmt=True).encode()


def head_of(response: Answer, second: int) -> bytes:
    """Status line and headers as they are sent, with the date and the empty line."""
    line = b"HTTP/1.1 %d %s\r\ndate: %s\r\n" % (
        response.status,
        HTTPStatus(response.status).phrase.encode(),
        http_date(second),
    )
    return line + b"".join(b"%s: %s\r\n" % header for header in response.headers) + b"\r\n"


def _whole(entry: Entry, variant: Variant, now: int) -> Answer:
    coding: Headers = () if variant.coding == "identity" else ((b"content-encoding", variant.coding.encode()),)
    about = (
        (b"content-type", entry.media_type.encode()),
        (b"content-length", b"%d" % variant.size),
        *coding,
        *_validators(entry, variant, now),
        # RFC 9110, 14.3: feeds are asked for as a whole, and a Range is passed over.
        (b"accept-ranges", b"none"),
    )
    return Answer(status=200, headers=about + _BASE + (_PAGE if entry.is_page else ()), variant=variant)


def _validators(entry: Entry, variant: Variant, now: int) -> Headers:
    """What a 304 has in common with the answer that it stands for (RFC 9110, 15.4.5).

    Each version has a date of its own, so of two within a second the later one is dated ahead. No answer is dated after
    its `Date` (RFC 9110, 8.8.2.1); until then it has none, as another version's date would be worse: curl, asked to
    compare dates, throws away a 200 that is not younger than what it has (newsboat fetches like that).
    """
    links: Headers = ((b"link", entry.links),) if entry.links else ()
    return (
        (b"etag", variant.etag),
        *(((b"last-modified", http_date(entry.modified)),) if entry.modified <= now else ()),
        (b"cache-control", b"public, max-age=%d" % entry.max_age),
        *links,
    )


def _as_asked(method: str, response: Answer) -> Answer:
    if method != "HEAD":
        return response
    return Answer(status=response.status, headers=response.headers)
