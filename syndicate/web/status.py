"""How things stand, over HTTP: `/healthz` for everybody, below `/-/` the status page and metrics for operators.

The feeds ask no store; these pages do, beside the requests (`watch.py`), so that a store that is away slows nobody.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Any, ParamSpec, TypeVar
from urllib.parse import parse_qs

import orjson

from syndicate.app import Configuration
from syndicate.clock import Clock
from syndicate.condition import detail
from syndicate.condition.look import Condition, look
from syndicate.errors import StoreError, SyndicateError
from syndicate.observe import log
from syndicate.store import runs
from syndicate.store.engine import Store, open_as_it_is
from syndicate.web import metrics, respond
from syndicate.web.counts import Counts
from syndicate.web.health import health
from syndicate.web.operators import Sight, Tries, Visit, challenge, is_trying, sight, visit
from syndicate.web.site import Application, Receive, Scope, Send
from syndicate.web.status_page import away_page, feed_page, missing_page, overview_page, rule_page, runs_page
from syndicate.web.status_parts import REFRESH, ROOT, STYLE_HASH, Frame
from syndicate.web.watch import Watch

HEALTH = "/healthz"
BELOW = "/-/"
METRICS = "/-/metrics"
_MOST_RUNS = 200
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_PRIVATE: respond.Headers = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_POLICY = (
    b"content-security-policy",
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'".encode(),
)
_HTML = (b"content-type", b"text/html; charset=utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer: its status, its headers but the length, its body."""

    status: int
    headers: respond.Headers
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Status:
    """What answers; `home` is the address and port that only this machine reaches, if any."""

    configuration: Configuration
    clock: Clock
    counts: Counts
    home: tuple[str, int] | None

    @property
    def apps(self) -> Mapping[str, Application]:
        """The applications by the path that they answer at."""
        return {HEALTH: self._app(self._health), BELOW: self._app(self._below)}

    @cached_property
    def _watch(self) -> Watch:
        options, folder = self.configuration.options, self.configuration.folder
        return Watch(lambda: open_as_it_is(options.store_url, folder), self.clock.monotonic)

    @cached_property
    def _tries(self) -> Tries:
        return Tries()

    @property
    def _grace(self) -> timedelta:
        return timedelta(seconds=self.configuration.options.stale_after)

    def _app(self, answer: Callable[[Scope, Visit], Awaitable[Said]]) -> Application:
        """The answers as an ASGI application."""

        async def app(scope: Scope, _receive: Receive, send: Send) -> None:
            try:
                said = await self._said(scope, answer)
            except Exception as error:
                log().exception("serve.failed", target=scope["path"], error=repr(error))
                said = _told(500)
            headers = [*said.headers]
            if said.status != 204:
                headers.append((b"content-length", b"%d" % len(said.body)))
            await send({"type": "http.response.start", "status": said.status, "headers": headers})
            body = b"" if scope["method"] == "HEAD" else said.body
            await send({"type": "http.response.body", "body": body})

        return app

    async def _said(self, scope: Scope, answer: Callable[[Scope, Visit], Awaitable[Said]]) -> Said:
        if scope["method"] not in ("GET", "HEAD"):
            return _nothing(scope)
        # The address too: at another one, the same port may be that of the readers.
        at_home = self.home is not None and tuple(scope.get("server") or ()) == self.home
        return await answer(scope, visit(at_home, scope["headers"]))

    async def _health(self, scope: Scope, found: Visit) -> Said:
        seen = self._sight(scope, found)
        condition, problem = await self._condition()
        status, said = health(condition, problem, is_operator=seen is not None and seen.is_operator)
        body = orjson.dumps(said, option=orjson.OPT_UTC_Z) + b"\n"
        return Said(status=status, headers=((b"content-type", b"application/json"), *_PRIVATE), body=body)

    def _sight(self, scope: Scope, found: Visit) -> Sight | None:
        """What the visitor may see; None for one that has tried too many passwords."""
        password = self.configuration.options.password
        if password is None or not is_trying(found):
            return sight(found, password)
        who, now = (found.at_home, scope.get("state", {}).get("counted_for")), self.clock.monotonic()
        if not self._tries.may_try(who, now):
            return None
        seen = sight(found, password)
        if not seen.is_operator:
            self._tries.failed(who, now)
        return seen

    async def _below(self, scope: Scope, found: Visit) -> Said:
        seen = self._sight(scope, found)
        if seen is None:
            return _told(429, (b"retry-after", b"%d" % self._tries.pause))
        if seen is Sight.ASKED:
            return _told(401, challenge())
        if seen is Sight.NOTHING:
            return _nothing(scope)
        if scope["path"] == METRICS:
            return await self._metrics(found)
        return await self._page(scope, sees_all=seen is Sight.ALL)

    async def _metrics(self, found: Visit) -> Said:
        condition, _ = await self._condition()
        accept = found.headers.get(b"accept", b"").decode("latin-1")
        # Beside the requests: the first time, it loads what writes the format.
        body, media_type = await _beside(metrics.render, condition, self.counts.sums(), accept)
        return Said(status=200, headers=((b"content-type", media_type.encode()), *_PRIVATE), body=body)

    async def _condition(self) -> tuple[Condition | None, str | None]:
        try:
            return await self._watch.ask("condition", self._look), None
        except SyndicateError as error:
            return None, str(error)

    def _look(self, store: Store) -> Condition:
        return look(store, self.configuration.feeds, self.clock.now(), self._grace)

    async def _page(self, scope: Scope, *, sees_all: bool) -> Said:
        path = scope["path"]
        is_still = parse_qs(scope["query_string"].decode("latin-1")).get("still") == ["1"]
        publisher = self.configuration.publisher
        frame = Frame(publisher=publisher.name, now=self.clock.now(), is_still=is_still)
        if path.rstrip("/") + "/" in (f"{ROOT}/", BELOW) and path != ROOT:
            return Said(status=308, headers=((b"location", ROOT.encode()), *_PRIVATE), body=b"")
        try:
            body = await self._body(path, frame, sees_all=sees_all)
        except StoreError as error:
            return _html(503, away_page(frame, ROOT, str(error)), is_still)
        if body is None:
            return _html(404, missing_page(frame, "page of that name"), True)
        return _html(200, body, is_still)

    async def _body(self, path: str, frame: Frame, *, sees_all: bool) -> bytes | None:
        """The page at that path, None where there is none; raises StoreError."""
        feeds, ask = self.configuration.feeds, self._watch.ask
        kind, _, name = path.removeprefix(f"{ROOT}/").partition("/")
        if path == ROOT:
            found = await ask("overview", lambda store: detail.overview(store, feeds, frame.now, self._grace))
            return await _beside(overview_page, frame, found, sees_all=sees_all)
        if not path.startswith(f"{ROOT}/"):
            return None
        if kind == "runs" and not name:
            return await _beside(runs_page, frame, await ask("runs", _history))
        if kind == "rules":
            return await _beside(_rule, frame, name)
        # Without the folder too, where feeds stood at first; `runs` and `rules` are found only in it.
        feed_id = name if kind == "feeds" and name else path.removeprefix(f"{ROOT}/")
        if feed_id not in {feed.id for feed in feeds}:
            return None
        one = await ask(f"feed {feed_id}", lambda store: detail.in_depth(store, feeds, feed_id, frame.now, self._grace))
        return None if one is None else await _beside(feed_page, frame, one, sees_all=sees_all)


async def _beside(make: Callable[_Given, _Made], *values: _Given.args, **named: _Given.kwargs) -> _Made:
    """What is made of these in a thread of its own: a page of many feeds takes as long as a hundred requests."""
    return await asyncio.get_running_loop().run_in_executor(None, partial(make, *values, **named))


def _history(store: Store) -> tuple[runs.RunRecord, ...]:
    with store.read() as connection:
        return runs.history(connection, _MOST_RUNS)


def _rule(frame: Frame, name: str) -> bytes | None:
    from syndicate.condition.rulebook import every_rule

    found = next((rule for rule in every_rule() if rule.id == name), None)
    return None if found is None else rule_page(frame, found)


def _html(status: int, body: bytes, is_still: bool) -> Said:
    again: Any = () if is_still else ((b"refresh", b"%d" % REFRESH),)
    return Said(status=status, headers=(_HTML, *again, _POLICY, *_PRIVATE), body=body)


def _nothing(scope: Scope) -> Said:
    """What everybody gets where the tree has nothing."""
    # The whole of it even for HEAD: its body is left away where everything is sent.
    answer = respond.answer("GET" if scope["method"] == "HEAD" else scope["method"], {}, None, 0)
    headers = tuple(one for one in answer.headers if one[0] != b"content-length")
    return Said(status=answer.status, headers=headers, body=answer.text)


def _told(status: int, *extra: tuple[bytes, bytes]) -> Said:
    """What is the matter, in a line of text."""
    text = (b"content-type", b"text/plain; charset=utf-8")
    return Said(status=status, headers=(*extra, text, *_PRIVATE), body=respond.told(status).text)
