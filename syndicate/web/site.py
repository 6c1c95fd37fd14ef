"""Where paths are mapped to what answers them: one table, and the feeds for everything else."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from syndicate.web import paths, respond
from syndicate.web.bodies import parts_of
from syndicate.web.feeds import Feeds

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Targets of which it is remembered who answers them.
_MOST = 4096


class Site:
    """Everything that is served, as an ASGI application.

    `apps` are ASGI applications by the path at which they answer (`/hub`), or below which where it ends with a slash
    (`/-/`); they find the whole path in the scope, and hide whatever the tree has there. Without them, as
    `syndicate serve` makes it, the feeds answer everything.
    """

    def __init__(self, feeds: Feeds, apps: Mapping[str, Application] | None = None) -> None:
        self.feeds = feeds
        self._apps = dict(apps or {})
        self._known: dict[bytes, bool] = {}

    def is_for_app(self, target: bytes) -> bool:
        """Whether something else than the feeds answers that target of a request."""
        if not self._apps:
            return False
        if (known := self._known.get(target)) is None:
            path = paths.path_of(target)
            known = not isinstance(path, paths.Refused) and self.app_of(path) is not None
            if len(self._known) < _MOST:
                self._known[target] = known
        return known

    def app_of(self, path: str) -> Application | None:
        """What answers that path, None for the feeds."""
        if found := self._apps.get(path):
            return found
        return next((app for at, app in self._apps.items() if at.endswith("/") and path.startswith(at)), None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        await (self.app_of(scope["path"]) or self._feed)(scope, receive, send)

    async def _feed(self, scope: Scope, _receive: Receive, send: Send) -> None:
        asked = tuple((name, value) for name, value in scope["headers"] if name in respond.ASKED)
        target = scope.get("raw_path") or scope["path"].encode()
        client = scope.get("state", {}).get("counted_for")
        ready = await self.feeds.ready(scope["method"], target, asked, client)
        answer = ready.answer
        await send({"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)})
        for part in () if ready.body is None or scope["method"] == "HEAD" else parts_of(ready.body):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
