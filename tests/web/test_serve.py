"""`syndicate serve` as a process: how it begins, what it says, how it ends."""

import json
import os
import re
import signal
import socket
import threading
from pathlib import Path

import pytest
import uvicorn

from syndicate.web.server import _Server, _signals
from tests.cli.process import run
from tests.web import tree
from tests.web.servers import Server, configure, syndicate, until
from tests.web.wire import Broken, Client

FEED = """id = "town"
title = "Harbour Post: Town"
link = "https://harbour.example/town"
description = "What happens in town"
formats = ["rss"]
"""
LARGE = tree.text(40_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with a published feed."""
    configure(tmp_path)
    tree.publish(tmp_path / "feeds", "town", {"rss.xml": LARGE})
    tree.publish(tmp_path / "feeds", "quay", {"rss.xml": b"<rss/>"})
    return tmp_path


def age_of(port: int, feed: str) -> str | None:
    with Client(port) as client:
        return client.get(f"/{feed}/rss.xml")["cache-control"]


def lines(server: Server) -> list[dict[str, object]]:
    return [json.loads(line) for line in server.said.read_text(encoding="utf-8").splitlines() if line.startswith("{")]


def test_it_says_where_it_serves_where_its_status_is_and_nothing_more(folder: Path) -> None:
    with syndicate(folder) as server:
        age_of(server.port, "town")
        assert server.stop() == 0
        said = server.said.read_text(encoding="utf-8").splitlines()
    assert len(said) == 2
    assert re.match(r"status page for this machine alone at http://127\.0\.0\.1:\d+/-/status$", said[1])
    assert re.match(rf"serving 0 feeds of .*/feeds at http://127\.0\.0\.1:{server.port}/; stop with", said[0])


def test_it_makes_no_store(folder: Path) -> None:
    with syndicate(folder) as server:
        age_of(server.port, "town")
    assert not (folder / "var").exists()


def test_verbose_logs_a_line_for_each_request(folder: Path) -> None:
    with syndicate(folder, before=("--verbose",)) as server:
        with Client(server.port) as client:
            client.get("/quay/rss.xml?secret=1", {"Accept-Encoding": "identity"})
            client.get("/nothing")
        until(lambda: len(lines(server)) == 2)
    told = [{key: one[key] for key in ("event", "status", "method", "path", "client")} for one in lines(server)]
    assert told == [
        {"event": "serve.answered", "status": 200, "method": "GET", "path": "/quay/rss.xml", "client": "127.0.0.1"},
        {"event": "serve.answered", "status": 404, "method": "GET", "path": "/nothing", "client": "127.0.0.1"},
    ]
    assert lines(server)[0]["bytes"] == len(b"<rss/>")


def test_a_port_in_use_is_named_with_the_cure(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run("serve", "--port", str(port), folder=folder)
    assert (code, out) == (3, "")
    assert err == (
        f"syndicate: 127.0.0.1:{port}: cannot listen there (Address already in use);"
        " stop what does, or choose another with --port\n"
    )


def test_an_address_of_another_machine_is_refused(folder: Path) -> None:
    code, _, err = run("serve", "--host", "192.0.2.1", "--port", "0", folder=folder)
    assert code == 3
    assert "192.0.2.1:0: cannot listen there" in err
    code, _, err = run("serve", "--host", "no host", folder=folder)
    assert code == 3
    assert "no host: is no address of this machine" in err


def test_wrong_settings_are_refused(folder: Path) -> None:
    configure(folder, '[serve]\nport = 70000\nproxies = ["everybody"]\n')
    code, _, err = run("serve", folder=folder)
    assert code == 2
    assert "[serve] port = 70000" in err
    assert "'everybody' is no address or network" in err


def test_settings_and_environment_say_where(folder: Path) -> None:
    configure(folder, '[serve]\nhost = "192.0.2.1"\n')
    code, _, err = run("serve", folder=folder, environment={"SYNDICATE_SERVE__PORT": "1234"})
    assert code == 3
    assert "192.0.2.1:1234: cannot listen there" in err
    code, _, err = run("serve", folder=folder, environment={"SYNDICATE_SERVE__PORT": "web"})
    assert code == 2
    assert "'web' is not a whole number" in err


def test_sigterm_ends_it_after_what_is_under_way(folder: Path) -> None:
    with syndicate(folder) as server, Client(server.port) as reading, Client(server.port) as idle:
        assert idle.get("/quay/rss.xml").status == 200
        reading.send(b"GET /town/rss.xml HTTP/1.1\r\nHost: a\r\n\r\n")
        reading.part = 4096
        reading.more()
        server.signal(signal.SIGTERM)
        assert idle.is_closed()
        reading.part = 1 << 20
        assert reading.reply().body == LARGE
        assert server.process.wait(10) == 0


def test_sighup_reads_the_configuration_again(folder: Path) -> None:
    with syndicate(folder) as server:
        assert age_of(server.port, "town") == "public, max-age=60"
        configure(folder, "[serve]\nmax_age = 90\n")
        (folder / "config" / "feeds" / "town.toml").write_text(FEED + 'cache = "5m"\n', encoding="utf-8")
        server.signal(signal.SIGHUP)
        until(lambda: age_of(server.port, "quay") == "public, max-age=90")
        assert age_of(server.port, "town") == "public, max-age=300"


def test_sighup_before_anything_is_served_reads_it_at_once() -> None:
    server, read = _Server(uvicorn.Config(_nobody)), list[str]()
    with _signals(server, lambda: read.append("again")):
        signal.raise_signal(signal.SIGHUP)
        assert read == ["again"]
    assert not server.should_exit


async def _nobody(*_: object) -> None:
    """An application that is never asked."""


def test_a_broken_configuration_changes_nothing(folder: Path) -> None:
    with syndicate(folder) as server:
        # It says where it serves before it listens to signals.
        until(lambda: _is_served(server.port))
        configure(folder, "[serve]\nmax_age = -1\n")
        server.signal(signal.SIGHUP)
        until(lambda: lines(server))
        assert age_of(server.port, "town") == "public, max-age=60"
    (told,) = lines(server)
    assert told["event"] == "serve.not_reloaded"
    assert "max_age" in str(told["problem"])


def processes(server: Server) -> set[int]:
    """The processes below the first one."""
    found = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(encoding="ascii")
    return {int(pid) for pid in found.split()}


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="no /proc here")
def test_of_several_processes_one_that_dies_is_replaced(folder: Path) -> None:
    with syndicate(folder, "--workers", "2") as server:
        until(lambda: len(processes(server)) == 2)
        before = processes(server)
        until(lambda: _is_served(server.port))
        os.kill(min(before), signal.SIGKILL)
        until(lambda: len(processes(server)) == 2 and processes(server) != before)
        until(lambda: _is_served(server.port))
        configure(folder, "[serve]\nmax_age = 90\n")
        pause = threading.Event()
        pause.wait(0.5)
        server.signal(signal.SIGHUP)
        until(lambda: {age_of(server.port, "quay") for _ in range(20)} == {"public, max-age=90"})
        left = processes(server)
        assert server.stop() == 0
    assert not any(os.path.exists(f"/proc/{pid}") for pid in left)


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="no /proc here")
def test_processes_do_not_outlive_the_first_one(folder: Path) -> None:
    with syndicate(folder, "--workers", "2") as server:
        until(lambda: len(processes(server)) == 2)
        until(lambda: _is_served(server.port))
        children = processes(server)
        assert all(_lives(pid) for pid in children)
        server.process.kill()
        until(lambda: not any(_lives(pid) for pid in children))
        assert not any(_lives(pid) for pid in children)


def _lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def _is_served(port: int) -> bool:
    try:
        return age_of(port, "quay") is not None
    except (Broken, OSError):
        return False


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--hub",), "hub at https://harbour.example/hub\n"),
        ((), "no hub: the feeds name https://harbour.example/hub, which answers where serve runs with --hub\n"),
    ],
)
def test_whether_the_hub_that_feeds_name_is_there_is_said(tmp_path: Path, options: tuple[str, ...], line: str) -> None:
    configure(tmp_path, '\n[websub]\nown = "https://harbour.example/hub"\n')
    with syndicate(tmp_path, *options) as server, Client(server.port) as client:
        assert client.get("/").status == 404
        assert server.said.read_text(encoding="utf-8").endswith(line)
