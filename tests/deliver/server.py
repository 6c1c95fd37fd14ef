"""A server of somebody else on this machine: it keeps what it was sent, and answers what it is told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from time import monotonic
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Got:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def fields(self) -> dict[str, str]:
        """The fields of its query, or of its form."""
        text = self.body.decode() if self.method == "POST" else urlsplit(self.path).query
        return {name: values[-1] for name, values in parse_qs(text).items()}


@dataclass
class Said:
    """What is answered: status, headers, body; or raw bytes, piece by piece, in place of everything."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    raw: Iterator[bytes] | None = None


Answer = Callable[[Got], Said]


def confirming(got: Got) -> Said:
    """A subscriber that confirms whatever it is asked."""
    return Said(body=got.fields.get("hub.challenge", "").encode()) if got.method == "GET" else Said(204)


@dataclass
class Elsewhere:
    """The running server. `answer` may be replaced at any time."""

    port: int
    answer: Answer
    got: list[Got] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)
    host: str = "127.0.0.1"

    @property
    def base(self) -> str:
        """Its address without a path."""
        return f"http://{self.host}:{self.port}"

    @property
    def pushes(self) -> list[Got]:
        """What was posted to it."""
        return [one for one in self.got if one.method == "POST"]

    def until(self, is_so: Callable[[], object], seconds: float = 20) -> None:
        """Return as soon as it is so; looked at after each request."""
        end = monotonic() + seconds
        while not is_so():
            assert monotonic() < end, f"it does not come; there came {[(one.method, one.path) for one in self.got]}"
            with self.changed:
                self.changed.wait(0.05)


@contextmanager
def elsewhere(answer: Answer = confirming, port: int = 0, host: str = "127.0.0.1") -> Iterator[Elsewhere]:
    """A server on a free port of this machine, or on that one; hosts are told apart by addresses of 127.0.0.0/8."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            got = Got(self.command, self.path, headers, body, monotonic())
            with found.changed:
                found.got.append(got)
                found.changed.notify_all()
            try:
                self.say(found.answer(got))
            except OSError:
                return  # the other side has gone: many of these answers are meant to drive it away

        do_POST = do_GET  # noqa: N815

        def say(self, said: Said) -> None:
            if said.raw is not None:
                for piece in said.raw:
                    self.wfile.write(piece)
                return
            self.send_response_only(said.status)
            for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            return

    with Server((host, port), Door) as server:
        found = Elsewhere(server.server_port, answer, host=host)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()
