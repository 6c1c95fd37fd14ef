"""Web addresses from untrusted markup: absolute, of a known kind, in ASCII, or the reason why not."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LINKS = frozenset({"http", "https", "mailto", "tel"})
WEB = frozenset({"http", "https"})

_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?::\d+)?(?:[/?#][A-Za-z0-9%!#$&'()*+,./:;=?@_~-]*)?\Z")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Browsers drop these inside an address before they look at its scheme (WHATWG URL, "remove all ASCII tab or newline").
_DROPPED = re.compile("[\t\n\r]")
_UNSAFE = re.compile(r'[\x00-\x20\x7f-\xa0"<>\\^`{|}]')
_RESERVED = "%!#$&'()*+,/:;=?@[]~"
_SHOWN = 80


class AddressError(ValueError):
    """An address that cannot be published; the text is a clause for people (`a javascript: address`)."""


def absolute(address: str, base: str | None, schemes: frozenset[str] = LINKS) -> str:
    """The address in full and in ASCII; AddressError when it is of another kind, or relative without a base."""
    if _PLAIN.match(address):
        return address
    address = _DROPPED.sub("", address).strip()
    if not address:
        raise AddressError("an empty address")
    scheme = _SCHEME.match(address)
    if scheme is None:
        address = _joined(address, base)
        scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in schemes:
        raise AddressError(f"a {scheme[1].lower() if scheme else 'strange'}: address")
    if scheme[1].lower() in WEB:
        return _web(address)
    return quote(address, safe=_RESERVED)


def is_plain(address: str) -> bool:
    """Whether `absolute` gives the address back as it is, whatever the base."""
    return _PLAIN.match(address) is not None


def shown(address: str) -> str:
    """The address short enough for a message."""
    return address if len(address) <= _SHOWN else address[:_SHOWN] + "..."


def _joined(address: str, base: str | None) -> str:
    if address.startswith("//") and base is None:
        return "https:" + address
    if base is None:
        raise AddressError(f"the relative address {shown(address)!r}")
    try:
        return urljoin(base, address)
    except ValueError:
        raise AddressError(f"the broken address {shown(address)!r}") from None


def _web(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host:
        raise AddressError(f"the broken address {shown(address)!r}")
    if not address.isascii():
        address = _ascii(address)
    return _UNSAFE.sub(_quoted, address) if _UNSAFE.search(address) else address


def _ascii(address: str) -> str:
    """The address with its host in IDNA and everything else percent-encoded UTF-8 (RFC 3987 §3.1)."""
    parts = urlsplit(address)
    try:
        user, at, host = parts.netloc.rpartition("@")
        host = host if host.isascii() else host.encode("idna").decode()
        netloc = quote(user, safe=_RESERVED) + at + host
        rest = (quote(part, safe=_RESERVED) for part in parts[2:])
        return urlunsplit((parts.scheme, netloc, *rest))
    except ValueError:
        raise AddressError(f"the broken address {shown(address)!r}") from None


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0], safe="")
