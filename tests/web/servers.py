"""Servers in processes of their own: ours, and nginx with the example configurations."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.conftest import ROOT, require
from tests.web.tree import CONFIG

EXAMPLES = ROOT / "docs" / "examples"
_Found = TypeVar("_Found")


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server."""

    process: "subprocess.Popen[bytes]"
    port: int
    said: Path

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        self.process.terminate()
        return self.process.wait(20)


def configure(folder: Path, rest: str = "") -> Path:
    """A working directory with a configuration; its published tree is `feeds`."""
    (folder / "config" / "feeds").mkdir(parents=True, exist_ok=True)
    config = folder / "config" / "syndicate.toml"
    config.write_text(CONFIG + rest, encoding="utf-8")
    return config


@contextmanager
def syndicate(folder: Path, *options: str, port: int = 0, before: tuple[str, ...] = ()) -> Iterator[Server]:
    """`syndicate serve` in that working directory; killed at the end if it still runs."""
    said = folder / "serve.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "syndicate", *before, "serve", "--port", str(port), *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=log,
        )
    try:
        found = _until(lambda: re.search(rb"http://[^ ]+?:(\d+)/", said.read_bytes()), process)
        yield Server(process=process, port=int(found[1]), said=said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(10)


def until(is_so: Callable[[], object], seconds: float = 15) -> None:
    """Return as soon as it is so."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if is_so():
            return
        pause.wait(0.02)
    raise AssertionError("it does not come")


@contextmanager
def nginx(folder: Path, example: str, changes: dict[str, str]) -> Iterator[int]:
    """nginx with that example configuration on a free port, which comes back; its lines to change are changed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    require(program, "nginx is not installed")
    assert program is not None
    port = free_port()
    text = (EXAMPLES / example).read_text(encoding="utf-8")
    for old, new in {"listen 127.0.0.1:8081": f"listen 127.0.0.1:{port}", **changes}.items():
        assert old in text
        text = text.replace(old, new)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {", f"http {{ access_log off; {places}", 1).replace(
        "worker_processes auto", "worker_processes 1"
    )
    config = folder / "nginx.conf"
    config.write_text(text, encoding="utf-8")
    # As root its workers would become somebody who may not read a test's folder.
    user = "user root; " if os.geteuid() == 0 else ""
    process = subprocess.Popen(
        [
            program,
            "-e",
            str(folder / "error.log"),
            "-c",
            str(config),
            "-g",
            f"{user}daemon off; pid {folder}/nginx.pid;",
        ]
    )
    try:
        _until(lambda: _answers(port), process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _until(found: Callable[[], _Found | None], process: "subprocess.Popen[bytes]") -> _Found:
    """What `found` finds; the process must live until then."""
    for _ in range(1500):
        if value := found():
            return value
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
            raise AssertionError("the server has ended")
    raise AssertionError("the server does not begin")
