"""The server: sockets, processes, signals. For readers it opens no store, and renders nothing on a request.

SIGTERM and SIGINT end it after the answers that are under way, SIGHUP reads the configuration again. Of several
processes, all take from one socket; one that dies is replaced.
"""

import asyncio
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import uvicorn

from syndicate.app import Configuration, load_configuration
from syndicate.clock import Clock
from syndicate.errors import EnvironmentFailure, SyndicateError
from syndicate.formats import base as formats
from syndicate.networks import Networks, networks
from syndicate.observe import log
from syndicate.web.catalogue import Catalogue
from syndicate.web.counts import Counts, Row
from syndicate.web.feeds import Feeds
from syndicate.web.hub_links import links_of
from syndicate.web.protocol import Limits, Serving, connections_of
from syndicate.web.rates import Buckets
from syndicate.web.site import Application, Receive, Scope, Send, Site
from syndicate.web.status import Status

# Applications by their paths, for a configuration.
Apps = Callable[[Configuration], Mapping[str, Application]]

# Seconds for answers under way after SIGTERM.
_GRACE = 10
# Seconds before a process that died is replaced: one that cannot begin must not keep the machine busy.
_BREATH = 0.2
_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_FILES = 65_536
# Open files that are not connections: listening, logs, large documents.
_SPARE = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a server is told: its configuration file, what it says in its log, and the socket for this machine alone.

    Without that socket the status page opens only to the password. `has_hub`: it is a WebSub hub too.
    """

    config: Path
    clock: Clock
    is_talkative: bool
    limits: Limits
    has_hub: bool = False
    home: socket.socket | None = None


@dataclass(slots=True)
class _Present:
    """What is served now; replaced as a whole when the configuration is read again."""

    site: Site
    proxies: Networks


def site_of(configuration: Configuration, clock: Clock, apps: Mapping[str, Application] | None = None) -> Site:
    """Everything that is served, by that configuration; `apps` answer beside the feeds."""
    options = configuration.options
    ages = {feed.id: feed.cache for feed in configuration.feeds if feed.cache is not None}
    catalogue = Catalogue(
        str(configuration.folder / options.output_path),
        media_types(),
        lambda folder: ages.get(folder, options.max_age),
        links=links_of(options.output_url, options.all_hubs, formats.topics()),
        unserved=frozenset(feed.id for feed in configuration.feeds if feed.is_hidden),
    )
    prefix = unquote(urlsplit(options.output_url).path).rstrip("/")
    return Site(Feeds(catalogue, clock, Buckets(options.rate, options.burst), prefix), apps)


def media_types() -> Mapping[str, str]:
    """The media type of each file name that a format writes."""
    facts = [formats.written_facts(name) for name in formats.written()]
    return {one.FILE_NAME: one.MEDIA_TYPE for one in facts}


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises EnvironmentFailure with the cure."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise EnvironmentFailure(f"{host}: is no address of this machine ({error.strerror}); see --host") from error
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise EnvironmentFailure(
            f"{host}:{port}: cannot listen there ({error.strerror}); stop what does, or choose another with --port"
        ) from error
    listener.setblocking(False)
    return listener


def run(plan: Plan, listener: socket.socket, configuration: Configuration, workers: int) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. `configuration` is what the plan's file says at the start."""
    limits = _with_room(plan.limits)
    # Before anything is forked, so that all share it.
    counts = Counts(workers)
    if workers == 1:
        return _serve(plan, limits, listener, configuration, counts, 0)
    return _Crew(lambda n: _serve(plan, limits, listener, _reread(plan, configuration), counts, n), workers).run()


def _reread(plan: Plan, configuration: Configuration) -> Configuration:
    """What the file says now, for a process that begins later than the others; what it said, where it is broken."""
    try:
        return load_configuration(plan.config)
    except SyndicateError:
        return configuration


def _with_room(limits: Limits) -> Limits:
    """As many connections as there may be open files, which are raised as far as they may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    room = limits.connections if soft == resource.RLIM_INFINITY else max(16, soft - _SPARE)
    return replace(limits, connections=min(limits.connections, room))


def _serve(
    plan: Plan, limits: Limits, listener: socket.socket, configuration: Configuration, counts: Counts, number: int
) -> int:
    """Serve as process `number` of those that count together."""
    with _hub(plan, configuration) as hub:
        return _serve_beside(hub, plan, limits, listener, configuration, counts.row(number), counts)


@contextmanager
def _hub(plan: Plan, configuration: Configuration) -> Iterator[Apps]:
    """What gives the hub's application by a configuration, where there is to be a hub; at work until the block ends."""
    if not plan.has_hub:
        yield lambda _configuration: {}
        return
    # It needs the store and an HTTP client, which a server of feeds alone does without.
    from syndicate.web.hub_service import hub_of

    with hub_of(configuration, plan.config, plan.clock) as hub:
        yield hub.apps


def _serve_beside(
    hub: Apps,
    plan: Plan,
    limits: Limits,
    listener: socket.socket,
    configuration: Configuration,
    row: Row,
    counts: Counts,
) -> int:
    present = _present(configuration, plan, counts, hub)
    tell = _tell if plan.is_talkative else None
    row.begin()
    serving = Serving(site=lambda: present.site, limits=limits, proxies=lambda: present.proxies, counts=row, log=tell)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_feed = present.site.app_of(scope["path"]) is None
        counting = _counting(row, scope, send) if is_feed else send
        await present.site(scope, receive, _telling(scope, counting) if tell else counting)

    server = _Server(
        uvicorn.Config(
            app,
            http=connections_of(serving),
            ws="none",
            loop="auto",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
            backlog=2048,
        )
    )

    def again() -> None:
        try:
            found = _present(load_configuration(plan.config), plan, counts, hub)
        except SyndicateError as error:
            log().error("serve.not_reloaded", problem=str(error))
            return
        present.site, present.proxies = found.site, found.proxies
        log().info("serve.reloaded", config=str(plan.config))

    with _signals(server, again):
        server.run([listener, *([plan.home] if plan.home else [])])
    return 0


def _present(configuration: Configuration, plan: Plan, counts: Counts, hub: Apps) -> _Present:
    home = plan.home.getsockname()[:2] if plan.home else None
    status = Status(configuration=configuration, clock=plan.clock, counts=counts, home=home)
    apps = {**hub(configuration), **status.apps}
    return _Present(site_of(configuration, plan.clock, apps), networks(configuration.options.proxies))


class _Server(uvicorn.Server):
    """uvicorn's server with our signals: it leaves with code 0, and closes idle connections at once."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None of its own."""
        yield


@contextmanager
def _signals(server: _Server, again: Callable[[], None]) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        server.force_exit = server.should_exit
        server.should_exit = True

    def reload(_number: int, _frame: FrameType | None) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # The loop has not begun, or is over: nobody is being served.
            again()
        else:
            # Between two events of the loop, not in the middle of one.
            loop.call_soon_threadsafe(again)

    wanted = {signal.SIGTERM: stop, signal.SIGINT: stop, signal.SIGHUP: reload}
    before = {number: signal.signal(number, handler) for number, handler in wanted.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(status: int, method: str, target: bytes, client: str, size: int) -> None:
    log().debug(
        "serve.answered", status=status, method=method, path=target.partition(b"?")[0].decode("latin-1"), client=client,
        bytes=size,
    )  # fmt: skip


def _counting(row: Row, scope: Scope, send: Send) -> Send:
    """`send` that counts what it sent of a feed."""
    status, size, coding = 0, 0, None

    async def counted(message: Any) -> None:
        nonlocal status, size, coding
        if message["type"] == "http.response.start":
            status, headers = message["status"], dict(message["headers"])
            if status == 200 and scope["method"] != "HEAD":
                coding = headers.get(b"content-encoding", b"identity").decode()
        size += len(message.get("body", b""))
        await send(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            row.answered(status, size, coding)

    return counted


def _telling(scope: Scope, send: Send) -> Send:
    """`send` that logs what it sent."""
    sent = {"status": 0, "bytes": 0}

    async def told(message: Any) -> None:
        sent["status"] = message.get("status", sent["status"])
        sent["bytes"] += len(message.get("body", b""))
        await send(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            client = (scope.get("client") or ("",))[0]
            _tell(sent["status"], scope["method"], scope["raw_path"], client, sent["bytes"])

    return told


class _Crew:
    """Several processes at one socket; they are forked before anything runs, and do not outlive this one."""

    def __init__(self, work: Callable[[int], int], size: int) -> None:
        self._work = work
        self._size = size
        # The number of each process, by its id: who takes the place of another gets its number.
        self._pids: dict[int, int] = {}
        self._is_ending = False

    def run(self) -> int:
        """Keep so many at work until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._pass_on)
        for place in range(self._size):
            self._begin(place)
        while self._pids:
            pid, status = os.wait()
            place = self._pids.pop(pid, 0)
            if not self._is_ending:
                log().error("serve.process_ended", pid=pid, code=os.waitstatus_to_exitcode(status))
                time.sleep(_BREATH)
                self._begin(place)
        return 0

    def _begin(self, number: int) -> None:
        """One more, unless this is ending; no signal may find it with the handlers of this process."""
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            pid = None if self._is_ending else os.fork()
            if pid == 0:
                self._live(parent, number)
            if pid:
                self._pids[pid] = number
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)

    def _live(self, parent: int, number: int) -> NoReturn:
        """What the new process does, to its end."""
        code = 3
        try:
            _die_with(parent)
            for ending in (signal.SIGTERM, signal.SIGINT):
                signal.signal(ending, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            code = self._work(number)
        except BaseException as error:
            sys.stderr.write(f"syndicate: {error}\n")
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_ending = True
        self._pass_on(signal.SIGTERM, None)

    def _pass_on(self, number: int, _frame: FrameType | None) -> None:
        for pid in tuple(self._pids):
            with suppress(ProcessLookupError):
                os.kill(pid, number)


def _die_with(parent: int) -> None:
    """Have this process killed when its parent is gone; prctl(2), where there is one."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(3)
