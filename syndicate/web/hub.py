"""The own WebSub hub as an application: takes what subscribers ask for, and answers before anything is confirmed.

Nothing of it runs on the event loop but reading the form: the store and the tree are asked in a thread.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from syndicate.clock import Clock
from syndicate.errors import EnvironmentFailure
from syndicate.networks import Networks
from syndicate.observe import log
from syndicate.store import subscriptions
from syndicate.store.engine import Store
from syndicate.store.subscriptions import Intent
from syndicate.web.hub_form import MOST_FORM, Bounds, Refusal, Wish, judge, wish_of
from syndicate.web.hub_topics import Topics
from syndicate.web.rates import Buckets
from syndicate.web.site import Receive, Scope, Send

# Requests that are looked at at a time: each may wait for the store.
_SIDE_BY_SIDE = 4
# Requests that one address may send: at once, and a second in the long run. An aggregator subscribes to many feeds.
_BURST, _RATE = 300.0, 2.0
_FORM = b"application/x-www-form-urlencoded"
_ABOUT = "This is a WebSub hub: POST a form with hub.mode, hub.topic and hub.callback here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where wishes are taken; `nudge` tells who confirms them that there is one."""

    store: Store
    topics: Topics
    clock: Clock
    allow: Networks
    nudge: Callable[[], object]
    bounds: Bounds = Bounds()

    def take(self, body: bytes) -> Wish:
        """Keep what the form asks for, to be confirmed; raises Refusal, StoreError, OSError."""
        wish = wish_of(body, self.allow)
        is_wanted = wish.mode == subscriptions.SUBSCRIBE
        is_topic = is_wanted and self.topics.is_topic(wish.topic)
        # While a tree is copied, nobody knows which version the subscriber has seen: then the next one is sent.
        intent = self._intent(wish, self.topics.sha256(wish.topic) if is_topic else None)
        with self.store.write() as connection:
            judge(
                wish,
                is_topic=is_topic,
                is_known=subscriptions.is_known(connection, wish.topic, wish.callback),
                counts=subscriptions.count_of(connection, wish.host),
                unconfirmed=subscriptions.unconfirmed(connection, wish.host),
                bounds=self.bounds,
            )
            subscriptions.ask(connection, intent)
        self.nudge()
        return wish

    def _intent(self, wish: Wish, sha256: str | None) -> Intent:
        return Intent(
            topic=wish.topic,
            callback=wish.callback,
            mode=wish.mode,
            host=wish.host,
            secret=wish.secret,
            lease_seconds=wish.lease_seconds,
            reason=None,
            published_sha256=sha256,
            attempts=0,
            next_try=self.clock.now(),
        )


class Hub:
    """The application at the hub's address."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._buckets = Buckets(_RATE, _BURST)
        self._room = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        try:
            body = await self._form(scope, receive)
            async with self._room:
                wish = await asyncio.to_thread(self._desk.take, body)
            log().info("hub.asked", mode=wish.mode, topic=wish.topic, host=wish.host)
            await _say(send, 202, "Accepted; the callback will be asked whether it was meant.")
        except Refusal as refusal:
            await _say(send, refusal.status, refusal.reason)
        except (EnvironmentFailure, OSError) as error:
            log().error("hub.not_taken", error=str(error))
            await _say(send, 503, "The hub cannot take this now; come back in a moment.")

    async def _form(self, scope: Scope, receive: Receive) -> bytes:
        """The body; raises Refusal for what is no form, or too much."""
        if scope["method"] != "POST":
            raise Refusal(405, _ABOUT)
        client = scope.get("state", {}).get("counted_for")
        if seconds := self._buckets.take(client, 200, self._desk.clock.monotonic()):
            raise Refusal(429, f"Too many requests; come back in {seconds} s.")
        kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
        if kind.partition(b";")[0].strip().lower() != _FORM:
            raise Refusal(415, f"The body must be a form ({_FORM.decode()}).")
        return await _read(receive)


async def _read(receive: Receive) -> bytes:
    body, is_more = b"", True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "The request was cut off.")
        body += message.get("body", b"")
        is_more = message.get("more_body", False)
        if len(body) > MOST_FORM:
            raise Refusal(413, f"The form has more than {MOST_FORM} bytes.")
    return body


async def _say(send: Send, status: int, text: str) -> None:
    body = f"{status} {HTTPStatus(status).phrase}. {text}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if status == 405:
        headers.append((b"allow", b"POST"))
    if status in (429, 503):
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
