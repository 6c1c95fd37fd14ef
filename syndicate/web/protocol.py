"""HTTP/1.1 on a connection: uvicorn's protocol with limits, and a short way for feeds.

A request for a feed is answered where its headers end, in one write, without a task. Everything else (other
applications, large files, readers that do not keep up, pipelined requests) goes uvicorn's way, through the same
decisions.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from syndicate.networks import Networks
from syndicate.observe import log
from syndicate.web import respond
from syndicate.web.bodies import Opened, Shared
from syndicate.web.counts import Row
from syndicate.web.feeds import Ready
from syndicate.web.rates import client_of
from syndicate.web.site import Site

# Status, method, target, client's address, bytes of the body: what is known of a request that was answered.
Log = Callable[[int, str, bytes, str, int], None]

_CLOSE = b"connection: close\r\n\r\n"
# More follows at once, to go out in the same packet.
_MORE = getattr(socket, "MSG_MORE", 0)
# Seconds that a client has to read the last answer while it may still be sending.
_LINGER = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one client may take: bytes and seconds, and connections in all."""

    target: int = 8 * 1024
    head: int = 32 * 1024
    headers: int = 100
    body: int = 256 * 1024
    head_time: float = 10.0
    idle_time: float = 75.0
    stall_time: float = 30.0
    connections: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What all connections of a server share. `site` is taken anew for each request."""

    site: Callable[[], Site]
    limits: Limits
    proxies: Callable[[], Networks]
    counts: Row
    log: Log | None = None


class Connection(HttpToolsProtocol):
    """One connection. Its class is made for a server by `connections_of`."""

    serving: ClassVar[Serving]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.url = b""
        self.headers = []
        self._limits = self.serving.limits
        self._counted_for: str | None = None
        self._method = ""
        self._asked: list[tuple[bytes, bytes]] = []
        self._forwarded: bytes | None = None
        self._hosts = 0
        self._has_body = False
        self._body_size = 0
        self._head_size = 0
        self._headers_size = 0
        self._fault = 0
        self._in_head = True
        self._is_short = False
        self._has_ended = False
        self._since = 0.0
        self._stalled: int | None = None
        self._watch: asyncio.TimerHandle | None = None

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come; one too many is told so."""
        super().connection_made(transport)
        self.serving.counts.opened()
        self._since = self.loop.time()
        link = transport.get_extra_info("socket")
        # A second view of the transport's socket, which stays its owner.
        self._link = socket.socket(link.family, link.type, link.proto, fileno=link.fileno())
        self._counted_for = client_of(self._peer, None, self.serving.proxies())
        if len(self.connections) > self._limits.connections:
            self._refuse(respond.busy())
            return
        self._watch = self.loop.call_later(self._limits.head_time, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self.serving.counts.closed()
        if self._watch is not None:
            self._watch.cancel()
        self._has_ended = True
        self._link.detach()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of requests: headers that are too long in coming or too large are not waited for."""
        if self._has_ended:
            return
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # Answered as if nothing had been offered (RFC 9110, 7.8); what follows cannot be told from it.
            return
        except httptools.HttpParserCallbackError as error:
            # A fault of ours: the connection cannot go on, the server can.
            log().error("serve.failed", target=self.url[:200].decode("latin-1"), exc_info=error)
            self._refuse(respond.told(500))
            return
        except httptools.HttpParserError:
            if not self._has_ended:
                self._refuse(respond.told(400))
            return
        if self._in_head:
            self._head_size += len(data)
            if self._head_size > self._limits.head + self._limits.target and not self._has_ended:
                self._refuse(respond.told(431 if self.headers else 414))

    def pause_writing(self) -> None:
        """The client does not keep up."""
        super().pause_writing()
        self._stalled = self.transport.get_write_buffer_size()
        self._since = self.loop.time()

    def resume_writing(self) -> None:
        """The client has caught up."""
        super().resume_writing()
        self._stalled = None
        self._since = self.loop.time()

    def _look(self) -> None:
        """Close what has been silent for too long; look again when the next limit may be reached."""
        if self.transport.is_closing() and self._stalled is None:
            return
        if (limit := self._patience()) is None:
            self._watch = self.loop.call_later(self._limits.head_time, self._look)
            return
        left = self._since + limit - self.loop.time()
        if left > 0:
            self._watch = self.loop.call_later(left, self._look)
        elif self._stalled is not None:
            self._look_at_stalled()
        elif self._head_size if self._in_head else not self._is_answered():
            self._refuse(respond.told(408))
        else:
            self.transport.close()

    def _patience(self) -> float | None:
        """For how many seconds the present state may last; None for as long as it takes."""
        if self._stalled is not None:
            return self._limits.stall_time
        if self._in_head:
            return self._limits.head_time
        if self._is_answered():
            return self._limits.idle_time
        return self._limits.stall_time if self.cycle.more_body else None

    def _is_answered(self) -> bool:
        return self._is_short or self.cycle is None or self.cycle.response_complete

    def _look_at_stalled(self) -> None:
        """A slow reader may take its time, as long as it reads."""
        size = self.transport.get_write_buffer_size()
        if self._stalled is not None and size >= self._stalled:
            self.transport.abort()
            return
        self._stalled = size
        self._since = self.loop.time()
        self._watch = self.loop.call_later(self._limits.stall_time, self._look)

    # The request

    def on_message_begin(self) -> None:
        """A request begins."""
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self._method = ""
        self._asked = []
        self._forwarded = None
        self._hosts = 0
        self._has_body = False
        self._fault = 0
        self._head_size = 0
        self._headers_size = 0
        self._in_head = True
        self._since = self.loop.time()

    def on_url(self, url: bytes) -> None:
        """A part of the target."""
        self.url += url
        if len(self.url) > self._limits.target:
            self._fault = 414

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header; only few of them matter to feeds."""
        name = name.lower()
        self.headers.append((name, value))
        self._headers_size += len(name) + len(value)
        if name in respond.ASKED:
            self._asked.append((name, value))
        elif name == b"host":
            self._hosts += 1
        elif name == b"x-forwarded-for":
            self._forwarded = value if self._forwarded is None else b"%s, %s" % (self._forwarded, value)
        elif name == b"transfer-encoding" or (name == b"content-length" and value.strip() != b"0"):
            self._has_body = True
        elif name == b"expect":
            self.expect_100_continue = value.lower() == b"100-continue"

    def on_headers_complete(self) -> None:
        """The request is known: answer it, if it is for a feed and everything before it is answered."""
        self._in_head = False
        self._is_short = False
        if self._has_ended:
            return
        self._method = self.parser.get_method().decode("ascii")
        fault = self._fault or self._faults()
        if fault:
            self._refuse(respond.told(fault))
            return
        ready = self._short_answer()
        if ready is None:
            self._long_way()
        else:
            self._send(ready)

    def on_body(self, body: bytes) -> None:
        """A part of the request's body; feeds pass it over."""
        if self._is_short or self._has_ended:
            return
        self._body_size += len(body)
        if self._body_size > self._limits.body:
            self._refuse(respond.told(413))
            return
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        if not self._is_short and not self._has_ended:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """uvicorn's way has come to its end; its own timer is not needed."""
        self._since = self.loop.time()
        super().on_response_complete()
        self._unset_keepalive_if_required()

    def _faults(self) -> int:
        """The status for what RFC 9112 (3.2) does not allow, or what is more than anybody needs; 0 if it is well."""
        if len(self.headers) > self._limits.headers or self._headers_size > self._limits.head:
            return 431
        if self._hosts > 1 or (not self._hosts and self.parser.get_http_version() == "1.1"):
            return 400
        return 0

    def _short_answer(self) -> Ready | None:
        """The answer where it is at hand and nothing is to be waited for."""
        is_free = self.cycle is None or self.cycle.response_complete
        if not is_free or self._stalled is not None or self.pipeline:
            return None
        site = self.serving.site()
        method, target = self._method, self.url
        if method == "OPTIONS" and target == b"*":
            target = b"/"
        if site.is_for_app(target):
            return None
        ready = site.feeds.at_once(method, target, tuple(self._asked), self._client())
        return None if ready is None or isinstance(ready.body, Opened) else ready

    def _client(self) -> str | None:
        """Whom this request is counted for."""
        proxies = self.serving.proxies()
        if not proxies or self._forwarded is None:
            return self._counted_for
        return client_of(self._peer, self._forwarded, proxies)

    @property
    def _peer(self) -> str:
        return self.client[0] if self.client else ""

    def _send(self, ready: Ready) -> None:
        """Write the answer in one go; the connection stays unless one of both sides does not want it."""
        head = ready.head
        stays = self.parser.should_keep_alive() and not self._has_body and not self.parser.should_upgrade()
        stays = stays and self.parser.get_http_version() == "1.1"
        if not stays:
            head = head[:-2] + _CLOSE
        body = None if self._method == "HEAD" else ready.body
        size = 0
        if isinstance(body, Opened) or body is None:
            self._write(head)
        else:
            size = self._write_both(head, body)
        self._is_short = True
        self._since = self.loop.time()
        self.server_state.total_requests += 1
        answer = ready.answer
        self.serving.counts.answered(answer.status, size, None if answer.variant is None else answer.variant.coding)
        self._tell(answer.status, size)
        if not stays:
            self._end()

    def _write(self, data: bytes) -> None:
        """Write this, to the socket itself where nothing waits before it: for short answers that is half of the way."""
        sent = self._sent(data)
        if sent < len(data):
            self.transport.write(data[sent:])

    def _write_both(self, head: bytes, body: bytes | Shared) -> int:
        """Write head and body; the size of the body. Large ones the kernel takes from where they are, uncopied."""
        if isinstance(body, bytes):
            self._write(head + body)
            return len(body)
        sent = self._sent(head, _MORE)
        if sent < len(head):
            self.transport.writelines((head[sent:], body.view))
            return body.size
        try:
            taken = os.sendfile(self._link.fileno(), body.descriptor, 0, body.size)
        except OSError:
            taken = 0
        if taken < body.size:
            self.transport.write(body.view[taken:])
        return body.size

    def _sent(self, data: bytes, flags: int = 0) -> int:
        """How much of it the kernel takes at once. What is wrong with the connection, the transport finds out."""
        if self.transport.get_write_buffer_size():
            return 0
        try:
            return self._link.send(data, flags)
        except OSError:
            return 0

    def _long_way(self) -> None:
        """Let uvicorn answer: its own state of a request is made now."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url = url if url != b"*" else b"/"
        self.headers.extend(headers)
        self.expect_100_continue = expects
        self._body_size = 0
        self.scope["state"] = {"counted_for": self._client()}
        feeds = self.serving.site().feeds
        feeds.turn()
        self.server_state.default_headers = [(b"date", feeds.date)]
        try:
            super().on_headers_complete()
        except (UnicodeDecodeError, httptools.HttpParserInvalidURLError):
            self._refuse(respond.told(400))

    def _refuse(self, answer: respond.Answer) -> None:
        """Say what is wrong, if nothing is being said already, and close."""
        is_quiet = self.cycle is None or self.cycle.response_complete
        if self.cycle is not None and not self.cycle.response_complete:
            is_quiet = not self.cycle.response_started and not self.pipeline
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if is_quiet:
            head = self.serving.site().feeds.refusal(answer).head
            text = b"" if self._method == "HEAD" else answer.text
            self.transport.write(head[:-2] + _CLOSE + text)
            self.serving.counts.answered(answer.status, len(text))
            self._tell(answer.status, len(text))
        self._end()

    def _end(self) -> None:
        """Close this side, and the other once the client has read: else what it still sends would take the answer away.

        RFC 9112, 9.6.
        """
        self._has_ended = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGER, self.transport.close)

    def _tell(self, status: int, size: int) -> None:
        if self.serving.log is not None:
            self.serving.log(status, self._method, self.url, self._peer, size)


def connections_of(serving: Serving) -> type[Connection]:
    """The class of all connections of one server."""
    return type("ServedConnection", (Connection,), {"serving": serving})
