"""What WebSub says on the wire (https://www.w3.org/TR/websub/): pings, intents, denials, pushes."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from syndicate.deliver.attempt import Attempt, attempt
from syndicate.deliver.retry import Verdict
from syndicate.fetch import Fetcher

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is published at a topic now: its bytes with their hash (hex), media type, and header `Link`."""

    topic: str
    body: bytes
    sha256: str
    media_type: str
    links: bytes


def ping(fetcher: Fetcher, hub: str, topic: str, now: datetime) -> Attempt:
    """Tell somebody else's hub that the topic has changed; older hubs know it as `hub.url`."""
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
    return attempt(lambda: fetcher.ask(hub, method="POST", headers=_FORM, body=form), now)


def verify(fetcher: Fetcher, callback: str, fields: Mapping[str, str], now: datetime) -> Attempt:
    """Ask a subscriber whether it meant it (§5.3): done only when it answers 2xx with the challenge and nothing else.

    `fields` are mode, topic, challenge and, of a subscription, the seconds that it will last.
    """
    found = _get(fetcher, callback, fields, now)
    if found.verdict is Verdict.DONE and found.body.strip() != fields["challenge"].encode():
        return Attempt(verdict=Verdict.REFUSED, said="does not answer with the challenge")
    return Attempt(verdict=Verdict.REFUSED, said=found.said) if found.verdict is Verdict.GONE else found


def deny(fetcher: Fetcher, callback: str, topic: str, reason: str, now: datetime) -> Attempt:
    """Tell a subscriber that it gets nothing of the topic, or nothing more (§5.2)."""
    return _get(fetcher, callback, {"mode": "denied", "topic": topic, "reason": reason}, now)


def push(fetcher: Fetcher, callback: str, secret: str | None, content: Content, now: datetime) -> Attempt:
    """Send a subscriber what is published now (§7), signed when it has given a secret.

    The key is the same for the same content, so that a subscriber knows what it has been sent twice.
    """
    headers = {
        "Content-Type": content.media_type,
        "Link": content.links.decode("ascii"),
        "Idempotency-Key": f'"{content.sha256[:32]}"',
    }
    if secret is not None:
        headers["X-Hub-Signature"] = signature(secret, content.body)
    return attempt(lambda: fetcher.ask(callback, method="POST", headers=headers, body=content.body), now)


def signature(secret: str, body: bytes) -> str:
    """The header that proves who sent the body (§7.1); no SHA-1, which is broken."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def with_fields(callback: str, fields: Mapping[str, str]) -> str:
    """The callback with these fields behind the query that it has already (§5.3: it is kept)."""
    parts = urlsplit(callback)
    added = urlencode({f"hub.{name}": value for name, value in fields.items()})
    query = f"{parts.query}&{added}" if parts.query else added
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _get(fetcher: Fetcher, callback: str, fields: Mapping[str, str], now: datetime) -> Attempt:
    return attempt(lambda: fetcher.ask(with_fields(callback, fields)), now)
