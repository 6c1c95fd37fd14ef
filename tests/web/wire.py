"""A client that sends exactly the bytes it is given, and believes nothing that it is not sent."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

_WITHOUT_BODY = (204, 304)


class Broken(Exception):
    """The connection was closed before the answer was complete."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer: header names in lower case, values in the order they came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        """The header of that name, which must not have come twice."""
        values = [value for one, value in self.headers if one == name]
        assert len(values) < 2, f"{name} came {len(values)} times"
        return values[0] if values else None


class Client:
    """A connection. It reads at most `part` bytes at once, and calls `between` before."""

    def __init__(self, port: int, timeout: float = 10) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._rest = b""
        self.part = 1 << 20
        self.between: Callable[[], None] | None = None

    def close(self) -> None:
        """Go away."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send these bytes."""
        self._socket.sendall(data)

    def get(self, target: str, headers: dict[str, str] | None = None, method: str = "GET") -> Reply:
        """Ask for something as a well-behaved client does."""
        lines = [f"{name}: {value}\r\n" for name, value in {"Host": "harbour.example", **(headers or {})}.items()]
        self.send(f"{method} {target} HTTP/1.1\r\n{''.join(lines)}\r\n".encode())
        return self.reply(method)

    def reply(self, method: str = "GET") -> Reply:
        """The next answer; Broken when it does not come to its end."""
        while b"\r\n\r\n" not in self._rest:
            self.more()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(": ") for line in lines)
        headers = tuple((name.lower(), value) for name, _, value in pairs)
        status = int(first.split()[1])
        size = 0 if method == "HEAD" or status in _WITHOUT_BODY else self._size(headers)
        while size is None or len(self._rest) < size:
            if size is None:
                return self._chunked(status, headers)
            self.more()
        body, self._rest = self._rest[:size], self._rest[size:]
        return Reply(status=status, headers=headers, body=body)

    def is_closed(self) -> bool:
        """Whether the server closes this connection without another word."""
        try:
            return not self._rest and self._socket.recv(1) == b""
        except ConnectionError:
            return True

    def _size(self, headers: tuple[tuple[str, str], ...]) -> int | None:
        found = dict(headers)
        return None if found.get("transfer-encoding") == "chunked" else int(found["content-length"])

    def _chunked(self, status: int, headers: tuple[tuple[str, str], ...]) -> Reply:
        body = b""
        while True:
            while b"\r\n" not in self._rest:
                self.more()
            line, _, self._rest = self._rest.partition(b"\r\n")
            size = int(line, 16)
            while len(self._rest) < size + 2:
                self.more()
            body, self._rest = body + self._rest[:size], self._rest[size + 2 :]
            if not size:
                return Reply(status=status, headers=headers, body=body)

    def more(self) -> None:
        """Read more of what the server sends."""
        if self.between is not None:
            self.between()
        try:
            data = self._socket.recv(self.part)
        except ConnectionError as error:
            raise Broken from error
        if not data:
            raise Broken
        self._rest += data


def ask(port: int, data: bytes, method: str = "GET") -> Reply:
    """The answer to exactly these bytes."""
    with Client(port) as client:
        client.send(data)
        return client.reply(method)
