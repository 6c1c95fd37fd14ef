"""Addresses as partners look at them: whose they are, and which campaign they name."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

WEB = ("http", "https")
# What campaign parameters are called that nobody needs to find the page.
TRACKING = ("utm_", "cmpid", "fbclid", "gclid", "mc_cid", "mc_eid")


def host_of(address: str | None) -> str:
    """The host in lower case, without `www.`; empty where there is none."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def scheme_of(address: str) -> str:
    """The scheme in lower case, empty for a relative address."""
    before, colon, _ = address.partition(":")
    is_scheme = bool(colon) and before[:1].isalpha() and before.replace("+", "").replace("-", "").isalnum()
    return before.lower() if is_scheme else ""


def is_full(address: str) -> bool:
    """Whether the address leads to the same place wherever it stands; one within the text does, too."""
    scheme = scheme_of(address)
    return bool(host_of(address)) if scheme in WEB else bool(scheme) or address.startswith("#")


def is_within(host: str, hosts: Sequence[str]) -> bool:
    """Whether the host is one of these, or below one of them."""
    return any(host == one or host.endswith(f".{one}") for one in map(_bare, hosts))


def with_campaign(address: str, campaign: Sequence[tuple[str, str]]) -> str:
    """The web address with these parameters; those that it has already stay as they are."""
    if not campaign or scheme_of(address) not in WEB:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    present = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode([(name, value) for name, value in campaign if name not in present])
    query = "&".join(filter(None, (parts.query, added)))
    return urlunsplit(parts._replace(query=query, path=parts.path or "/"))


def lacking(address: str, campaign: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The names of the parameters that the address does not have."""
    present = parameters(address)
    return tuple(name for name, _ in campaign if name not in present)


def tracked(address: str) -> tuple[str, ...]:
    """The names of the address's campaign parameters."""
    return tuple(name for name in parameters(address) if name.lower().startswith(TRACKING))


def parameters(address: str) -> dict[str, str]:
    """The parameters of the address by name."""
    try:
        return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    except ValueError:
        return {}


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
