"""The published tree as a web site: requests to answers, with everything that answers need at hand.

What is decided about a request is kept for as long as files are not looked at again (`LOOK_EVERY`): a reader that
asks what another has just asked gets the same bytes.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from syndicate.clock import Clock
from syndicate.errors import EnvironmentFailure
from syndicate.web import paths, respond
from syndicate.web.bodies import Body
from syndicate.web.catalogue import LOOK_EVERY, Catalogue
from syndicate.web.entry import Entry
from syndicate.web.paths import Refused
from syndicate.web.rates import Buckets
from syndicate.web.respond import Answer

# Headers of a request that the answer depends on, as they came; names in lower case.
Asked = tuple[tuple[bytes, bytes], ...]

_TRIES = 3
# Different requests remembered at a time.
_MOST = 4096
# What the tree may do at the moment.
_FAILURES = (OSError, EnvironmentFailure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An answer that only has to be sent: its status, its head as bytes, its body (None: no body follows)."""

    answer: Answer
    head: bytes
    body: Body | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    method: str
    target: bytes
    headers: Mapping[bytes, bytes]


class Feeds:
    """Answers requests for the files of a published tree; `prefix` is a path that may stand before theirs."""

    def __init__(self, catalogue: Catalogue, clock: Clock, buckets: Buckets, prefix: str = "") -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._buckets = buckets
        self._prefix = prefix
        self._until = -1.0
        self._second = 0
        self._ready: dict[tuple[str, bytes, Asked], Ready] = {}
        self._loading: dict[str, asyncio.Task[None]] = {}
        self.date = b""

    def at_once(self, method: str, target: bytes, asked: Asked, client: str | None) -> Ready | None:
        """The answer for that client, counted for it (None is nobody in particular); None where it takes long."""
        now = self.turn()
        found = self._ready.get((method, target, asked))
        if found is None:
            if self._slow_files(target):
                return None
            found = self._remembered(_request(method, target, asked), asked, now)
        return self._counted(found, client, now)

    async def ready(self, method: str, target: bytes, asked: Asked, client: str | None) -> Ready:
        """The same; large files are read beside the other requests, each once for all who ask for it."""
        found = self.at_once(method, target, asked, client)
        if found is not None:
            return found
        try:
            for file in self._slow_files(target):
                await self._loaded(file)
        except _FAILURES:
            return self.refusal(respond.busy())
        # What was read is not asked for again: a large file that is not shown would be slow for ever.
        now = self.turn()
        return self._counted(self._remembered(_request(method, target, asked), asked, now), client, now)

    async def _loaded(self, file: str) -> None:
        """Return when the catalogue has that file; who comes while it is being read waits for the same reading."""
        task = self._loading.get(file)
        if task is None:
            task = self._loading[file] = asyncio.create_task(self._load(file))
            task.add_done_callback(lambda _: self._loading.pop(file))
        # One who goes away does not take the reading from the others.
        await asyncio.shield(task)

    async def _load(self, file: str) -> None:
        loaded = await asyncio.get_running_loop().run_in_executor(None, self._catalogue.load, file)
        self._catalogue.keep(file, loaded, self._clock.monotonic())

    def _counted(self, found: Ready, client: str | None, now: float) -> Ready:
        """The answer, or that the client has to wait."""
        if client is None or not (seconds := self._buckets.take(client, found.answer.status, now)):
            return found
        return self._with_head(respond.wait(seconds), None)

    def _remembered(self, request: _Request, asked: Asked, now: float) -> Ready:
        if len(self._ready) >= _MOST:
            self._ready.clear()
        found = self._ready[request.method, request.target, asked] = self._decided(request, now)
        return found

    def turn(self) -> float:
        """The present monotonic second; what was decided too long ago is forgotten, and `date` is the present one."""
        now = self._clock.monotonic()
        if now >= self._until:
            self._until = now + LOOK_EVERY
            self._ready.clear()
            self._second = int(self._clock.now().timestamp())
            self.date = respond.http_date(self._second)
        return now

    def refusal(self, answer: Answer) -> Ready:
        """An answer that no file is looked at for, ready to be sent."""
        self.turn()
        return self._with_head(answer, None)

    def _slow_files(self, target: bytes) -> tuple[str, ...]:
        """The files that take long to read before this target can be answered; none for most."""
        path = paths.path_of(target)
        if isinstance(path, Refused):
            return ()
        now = self._clock.monotonic()
        return tuple(file for file in self._files(path) if self._catalogue.is_slow(file, now))

    def _decided(self, request: _Request, now: float) -> Ready:
        try:
            return self._answered(request, now)
        except _FAILURES:
            return self._with_head(respond.busy(), None)

    def _answered(self, request: _Request, now: float) -> Ready:
        for _ in range(_TRIES):
            answer, file = self._answer(request, now)
            if answer.variant is None:
                return self._with_head(answer, None)
            body = self._catalogue.body(answer.variant)
            if body is not None:
                return self._with_head(answer, body)
            self._catalogue.forget(file)
        return self._with_head(respond.busy(), None)

    def _answer(self, request: _Request, now: float) -> tuple[Answer, str]:
        path = paths.path_of(request.target)
        if path is Refused.MALFORMED and request.method in respond.METHODS:
            return respond.told(400), ""
        if isinstance(path, Refused):
            return respond.answer(request.method, request.headers, None, self._second), ""
        entry = self._entry(path, now)
        if entry is None and self._entry(path + "/", now) is not None:
            return respond.moved(_folder_of(path)), ""
        answer = respond.answer(request.method, request.headers, entry, self._second)
        return answer, "" if entry is None else entry.file

    def _entry(self, path: str, now: float) -> Entry | None:
        found = (self._catalogue.find(file, now) for file in self._files(path))
        return next((entry for entry in found if entry is not None), None)

    def _files(self, path: str) -> Iterator[str]:
        """What the path may mean: the prefix may be left out, as it is behind most proxies."""
        for one in (path, paths.below(self._prefix, path)):
            file = None if one is None else paths.file_of(one)
            if file is not None:
                yield file

    def _with_head(self, answer: Answer, body: Body | None) -> Ready:
        return Ready(answer=answer, head=respond.head_of(answer, self._second), body=body or answer.text or None)


def _request(method: str, target: bytes, asked: Asked) -> _Request:
    """The request with headers that came several times joined (RFC 9110, 5.2)."""
    headers: dict[bytes, bytes] = {}
    for name, value in asked:
        headers[name] = b"%s, %s" % (headers[name], value) if name in headers else value
    return _Request(method=method, target=target, headers=headers)


def _folder_of(path: str) -> bytes:
    """The folder's own address, relative to the one without a slash: so no path can lead to another host."""
    return f"./{quote(os.path.basename(path))}/".encode()
