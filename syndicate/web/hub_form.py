"""What a subscriber may ask of the own hub: the form, read and judged. Pure; WebSub §5.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from syndicate.errors import AddressRefused
from syndicate.fetch import checked, is_public, is_within
from syndicate.networks import Networks
from syndicate.store.subscriptions import SUBSCRIBE, UNSUBSCRIBE

# Bytes of the form, of an address, and of a secret (§5.1: less than 200).
MOST_FORM = 8 * 1024
_MOST_ADDRESS = 2048
_MOST_SECRET = 199
_MOST_FIELDS = 20
# Seconds of a lease: when nothing is asked for, at least, at most.
LEASE, _SHORTEST, LONGEST = 86_400, 300, 10 * 86_400
# Below, other services than web servers listen, which must not be talked to in somebody's name.
_FREE_PORTS = 1024
_WEB_PORTS = (None, 80, 443)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for; it is granted only once the callback has confirmed it.

    `host` is the callback's in small letters, without a dot at its end.
    """

    mode: str
    topic: str
    callback: str
    host: str
    secret: str | None = None
    lease_seconds: int = LEASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many subscriptions there may be, and how many requests for one that nobody has confirmed yet.

    Each in all, and at callbacks of one host. Who can write a request can invent any number of callbacks.
    """

    in_all: int = 10_000
    of_host: int = 1_000
    unconfirmed: int = 1_000
    unconfirmed_of_host: int = 100


@dataclass
class Refusal(Exception):
    """Why something is not done: a status, and a sentence for whoever wrote the request."""

    status: int
    reason: str


def wish_of(body: bytes, allow: Networks) -> Wish:
    """What the form asks for; raises Refusal. Callbacks inside the house must lie in one of the networks of `allow`."""
    fields = _fields(body)
    mode = _needed(fields, "hub.mode")
    if mode == "publish":
        raise Refusal(400, "This hub sees by itself what is published here; nobody has to tell it.")
    if mode not in (SUBSCRIBE, UNSUBSCRIBE):
        raise Refusal(400, "hub.mode must be subscribe or unsubscribe.")
    callback = _needed(fields, "hub.callback")
    return Wish(
        mode=mode,
        topic=_needed(fields, "hub.topic"),
        callback=callback,
        host=_host(callback, allow),
        secret=_secret(fields.get("hub.secret")),
        lease_seconds=_lease(fields.get("hub.lease_seconds")),
    )


def judge(
    wish: Wish, *, is_topic: bool, is_known: bool, counts: tuple[int, int], unconfirmed: tuple[int, int], bounds: Bounds
) -> None:
    """Raise Refusal when the wish cannot be granted whatever the callback says.

    `is_topic`: the topic is published here; `is_known`: that callback has subscribed to it; `counts` are the
    subscriptions in all, and at callbacks of that host; `unconfirmed` are the requests for one, in the same way.
    """
    if wish.mode == UNSUBSCRIBE:
        if not is_known:
            raise Refusal(404, "That callback has no subscription to that topic.")
        return
    if not is_topic:
        raise Refusal(404, "hub.topic is no document that is published here; take the self link of a feed.")
    if is_known:
        return
    (in_all, of_host), (asked, asked_of_host) = counts, unconfirmed
    if of_host >= bounds.of_host:
        raise Refusal(403, f"There are {of_host} subscriptions of that host already; no more are taken.")
    if asked_of_host >= bounds.unconfirmed_of_host:
        raise Refusal(503, "Many requests of that host wait to be confirmed; come back later.")
    if in_all >= bounds.in_all or asked >= bounds.unconfirmed:
        raise Refusal(503, "This hub is full; come back later.")


def _fields(body: bytes) -> Mapping[str, str]:
    try:
        found = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refusal(400, "The body must be a form in UTF-8, percent-encoded, of few fields.") from None
    for name, values in found.items():
        if name.startswith("hub.") and len(values) > 1:
            raise Refusal(400, "Each field of the hub must come once.")
    return {name: values[0] for name, values in found.items()}


def _needed(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise Refusal(400, f"{name} is missing.")
    if len(value) > _MOST_ADDRESS or not value.isprintable():
        raise Refusal(400, f"{name} is too long, or has characters that nobody can see.")
    return value


def _host(callback: str, allow: Networks) -> str:
    """The callback's host; what its name leads to is looked at whenever it is asked."""
    try:
        parts = urlsplit(checked(callback))
    except AddressRefused as error:
        raise Refusal(400, f"hub.callback {error.problem}.") from None
    if urlsplit(callback).fragment:
        raise Refusal(400, "hub.callback has a fragment.")
    if parts.port not in _WEB_PORTS and (parts.port or 0) < _FREE_PORTS:
        raise Refusal(403, "hub.callback has a port that no web server has.")
    # With a dot at its end, a name leads to the same host.
    host = (parts.hostname or "").rstrip(".")
    try:
        is_inside = not is_public(host) and not is_within(host, allow)
    except ValueError:
        is_inside = _is_number(host)
    if is_inside:
        raise Refusal(403, "hub.callback is no address of the public net.")
    return host


def _is_number(host: str) -> bool:
    """Whether the host is an address in one of the old forms (`127.1`, `0x7f000001`), which no name ends like."""
    last = host.rstrip(".").rpartition(".")[2]
    return last.isdigit() or last.startswith("0x")


def _secret(value: str | None) -> str | None:
    if value is not None and len(value.encode()) > _MOST_SECRET:
        raise Refusal(400, "hub.secret must be less than 200 bytes long.")
    if value is not None and "\0" in value:
        raise Refusal(400, "hub.secret must not have a zero byte.")
    return value or None


def _lease(value: str | None) -> int:
    if not value:
        return LEASE
    if not (value.isascii() and value.isdigit()):
        raise Refusal(400, "hub.lease_seconds must be a number of seconds.")
    return min(max(int(value[:12]), _SHORTEST), LONGEST)
