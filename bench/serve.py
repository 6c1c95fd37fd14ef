"""Measures `syndicate serve` beside nginx and Starlette's StaticFiles, in turn, and prints one JSON document.

    python bench/serve.py --rounds 5 --seconds 3 --tmp /dev/shm > serve.json
    python bench/serve.py --rounds 5 --chart docs/images/serve.svg > serve.json

One process each, a feed of 322 kB on loopback, 16 connections; where there are two processors, servers have the first
and the load generator the second. Ratios are medians over the rounds, so that what slows the machine down for a while
cancels out; those in processor time of the server alone are disturbed least. nginx runs from memory of its open files,
which the example configuration must not do: it is as fast as it can be.
"""

import argparse
import hashlib
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import machine
from measure import environment
from serve_chart import chart

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from syndicate.publish import manifest  # noqa: E402
from syndicate.publish.files import Tree  # noqa: E402

SIZE, CONNECTIONS, SLOW = 322_000, 16, 500
TARGET = "/politics/rss.xml"
OURS, NGINX, STATIC = "syndicate serve", "nginx", "StaticFiles"
# What is compared: of our server to a peer, or of our server with slow connections to itself without; the bar, the aim.
COMPARISONS = (
    ("unchanged (304)", OURS, NGINX, "rate", 0.35, 0.5, True),
    ("unchanged (304)", OURS, STATIC, "rate", 3.0, None, True),
    ("whole feed", OURS, NGINX, "rate", 0.6, 0.9, True),
    ("whole feed", OURS, STATIC, "rate", None, None, True),
    ("whole feed, gzip as it lies", OURS, NGINX, "rate", None, None, True),
    (f"p99 beside {SLOW} slow connections", OURS, OURS, "p99", 1.5, None, False),
)
CONFIG = """[publisher]
name = "Bench"
url = "https://bench.example/"
tag_authority = "bench.example,2020"

[output]
url = "https://bench.example/"
"""
NGINX_CONFIG = """worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; daemon off; {user}
events {{ worker_connections 2048; }}
http {{ access_log off; sendfile on; tcp_nopush on; etag on; gzip_static on; keepalive_requests 100000000;
  types {{ application/rss+xml xml; }} open_file_cache max=1000 inactive=60s; open_file_cache_valid 1s;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {docs}; }} }}
"""


@dataclass
class Server:
    """A running server, and what was measured of it by workload: one value per round."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    found: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def cpu(self) -> float:
        """Seconds of processor that it and its children have taken so far."""
        return sum(_cpu(pid) for pid in (self.process.pid, *_children(self.process.pid)))


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def document() -> bytes:
    """A feed of the size that is measured, as compressible as news is."""
    words = [hashlib.sha256(b"%d" % (n % 4000)).hexdigest()[: 3 + n % 6] for n in range(SIZE // 5)]
    text = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>' + " ".join(words)
    end = "</title></channel></rss>"
    return (text[: SIZE - len(end)] + end).encode()


def make_tree(folder: Path) -> Path:
    """A published tree with that feed, and the configuration to serve it."""
    (folder / "config" / "feeds").mkdir(parents=True)
    (folder / "config" / "syndicate.toml").write_text(CONFIG, encoding="utf-8")
    data, tree = document(), Tree(folder / "feeds")
    path = TARGET[1:]
    one = manifest.Document(
        format="rss", path=path, media_type="application/rss+xml", size=len(data), parts="", guids=(), fragments=(),
        updated=datetime(2026, 3, 1, tzinfo=UTC), chunks=lambda: iter((data,)),
    )  # fmt: skip
    with tree.lock():
        manifest.save(tree, "politics", {"documents": {path: manifest.publish(tree, one, ("gzip", "br"))}})
        tree.complete()
    return folder / "feeds"


@contextmanager
def begun(name: str, argv: Sequence[str], port: int, folder: Path, **more: str) -> Iterator[Server]:
    """The server, once it answers."""
    log = (folder / f"{port}.log").open("wb")
    process = subprocess.Popen([*pinned(0), *argv], cwd=folder, env=environment() | more, stdout=log, stderr=log)
    try:
        for _ in range(500):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield Server(name, port, process)
    finally:
        process.terminate()
        process.wait()
        log.close()


def pinned(processor: int) -> tuple[str, ...]:
    """What runs a command on that processor, where there are two."""
    several = hasattr(os, "sched_getaffinity") and {0, 1} <= os.sched_getaffinity(0)
    return ("taskset", "-c", str(processor)) if several and shutil.which("taskset") else ()


def servers(folder: Path, skipped: dict[str, str]) -> Iterator[Any]:
    """Every server that this machine has, ours first."""
    docs = make_tree(folder)
    port = free_port()
    yield begun(OURS, (sys.executable, "-m", "syndicate", "serve", "--port", str(port)), port, folder)
    if program := shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"):
        port = free_port()
        config = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(NGINX_CONFIG.format(folder=folder, port=port, docs=docs, user=user), encoding="utf-8")
        yield begun(NGINX, (program, "-e", str(folder / "error.log"), "-c", str(config)), port, folder)
    else:
        skipped[NGINX] = "it is not installed"
    try:
        import starlette  # noqa: F401
    except ImportError:
        skipped[STATIC] = "starlette is not installed"
        return
    port = free_port()
    argv = (sys.executable, "-m", "uvicorn", "--app-dir", str(ROOT / "bench" / "peers"), "--port", str(port),
            "--no-access-log", "--log-level", "error", "serve_static:app")  # fmt: skip
    yield begun(STATIC, argv, port, folder, DOCS=str(docs))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def load(server: Server, seconds: float, headers: dict[str, str]) -> dict[str, float]:
    """Requests a second, the slowest hundredth's milliseconds, microseconds of processor for each request."""
    before = server.cpu()
    if shutil.which("wrk"):
        given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        url = f"http://127.0.0.1:{server.port}{TARGET}"
        argv = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--latency", *given, url]
        said = subprocess.run([*pinned(1), *argv], capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            sys.exit(f"bench: {server.name}: wrong answers\n{said}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
        number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
        p99 = float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
        count = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    else:
        argv = [sys.executable, str(ROOT / "bench/peers/serve_load.py"), str(server.port), TARGET, str(CONNECTIONS),
                str(seconds), headers.get("If-None-Match", "")]  # fmt: skip
        told = json.loads(subprocess.run([*pinned(1), *argv], capture_output=True, check=True).stdout)
        if told["wrong"]:
            sys.exit(f"bench: {server.name}: {told['wrong']} wrong answers")
        rate, p99, count = told["rate"], told["p99"] * 1000, round(told["rate"] * seconds)
    return {"rate": rate, "p99": p99, "cpu_us": (server.cpu() - before) / max(1, count) * 1e6}


def tag_of(server: Server, coding: str = "identity") -> str:
    """The feed's tag at that server."""
    link = http.client.HTTPConnection("127.0.0.1", server.port)
    link.request("GET", TARGET, headers={"Accept-Encoding": coding})
    reply = link.getresponse()
    reply.read()
    return reply.getheader("ETag") or sys.exit(f"bench: {server.name}: no tag")


@contextmanager
def slow_connections(port: int) -> Iterator[None]:
    """So many clients that never come to the end of their request; those that are turned away come back."""
    done = threading.Event()

    def stay() -> None:
        held: list[socket.socket] = []
        while not done.is_set():
            while len(held) < SLOW:
                one = socket.create_connection(("127.0.0.1", port))
                one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
                held.append(one)
            for place, one in enumerate(held):
                try:
                    one.sendall(b"X: y\r\n")
                except OSError:
                    one.close()
                    held[place] = socket.create_connection(("127.0.0.1", port))
            done.wait(1)
        for one in held:
            one.close()

    thread = threading.Thread(target=stay)
    thread.start()
    try:
        done.wait(1)
        yield
    finally:
        done.set()
        thread.join()


def run(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The whole document."""
    skipped: dict[str, str] = {}
    with ExitStack() as stack:
        running = [stack.enter_context(one) for one in servers(folder, skipped)]
        for turn in range(given.rounds + 1):
            print(f"round {turn} of {given.rounds}" if turn else "warming up", file=sys.stderr)
            for name, figures in one_round(running, given.seconds if turn else 1):
                for server, found in figures:
                    if turn:
                        server.found.setdefault(name, []).append(found)
    workloads = {name: {server.name: _medians(server.found[name]) for server in running if name in server.found}
                 for name in running[0].found}  # fmt: skip
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(folder),
        "load_generator": "wrk" if shutil.which("wrk") else "serve_load.py",
        "rounds": given.rounds,
        "seconds": given.seconds,
        "bytes": SIZE,
        "connections": CONNECTIONS,
        "workloads": workloads,
        "ratios": list(ratios(running)),
        "skipped": skipped,
    }


def one_round(running: Sequence[Server], seconds: float) -> Iterator[tuple[str, list[tuple[Server, dict[str, float]]]]]:
    """Every workload on every server, the servers in turn."""
    ours = running[0]
    yield "unchanged (304)", [(one, load(one, seconds, {"If-None-Match": tag_of(one)})) for one in running]
    yield "whole feed", [(one, load(one, seconds, {})) for one in running]
    gzip = [one for one in running if one.name != STATIC] if shutil.which("wrk") else []
    yield "whole feed, gzip as it lies", [(one, load(one, seconds, {"Accept-Encoding": "gzip"})) for one in gzip]
    alone = load(ours, seconds, {"If-None-Match": tag_of(ours)})
    with slow_connections(ours.port):
        beside = load(ours, seconds, {"If-None-Match": tag_of(ours)})
    yield "alone", [(ours, alone)]
    yield f"p99 beside {SLOW} slow connections", [(ours, beside)]


def ratios(running: Sequence[Server]) -> Iterator[dict[str, Any]]:
    """The comparisons, with the median ratio of the rounds and the same in processor time."""
    by_name = {server.name: server for server in running}
    for name, of, to, figure, bar, aim, at_least in COMPARISONS:
        if to not in by_name or name not in by_name[to].found:
            continue
        ours = by_name[of].found[name]
        theirs = by_name[to].found["alone" if of == to else name]
        ratio = statistics.median(a[figure] / b[figure] for a, b in zip(ours, theirs, strict=True))
        cpu = statistics.median(b["cpu_us"] / a["cpu_us"] for a, b in zip(ours, theirs, strict=True) if a["cpu_us"])
        met = None if bar is None else ratio >= bar if at_least else ratio <= bar
        yield {"name": name, "of": of, "to": to, "figure": figure, "ratio": round(ratio, 3), "cpu_ratio": round(cpu, 3),
               "bar": bar, "aim": aim, "at_least": at_least, "met": met}  # fmt: skip


def _medians(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(one[name] for one in rounds), 3) for name in rounds[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    parser.add_argument("--tmp", type=Path, help="where to work")
    parser.add_argument("--chart", type=Path, help="an SVG to write")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="syndicate-serve-", dir=given.tmp) as folder:
        found = run(given, Path(folder))
    print(json.dumps(found, indent=1))
    if given.chart:
        given.chart.write_text(chart(found), encoding="utf-8")


if __name__ == "__main__":
    main()
