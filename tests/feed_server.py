"""A feed on a server of this machine that does everything right, and a place to make it do one thing wrong."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.conftest import NOW

GMT = {"Date": format_datetime(NOW, usegmt=True), "Modified": format_datetime(NOW - timedelta(days=1), usegmt=True)}
ITEM = "<item><title>{title}</title><link>{link}</link>{guid}<pubDate>{date}</pubDate>{more}</item>\n"
FEED = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Harbour Post</title><link>https://harbour.example/</link><description>News</description>
<language>en-GB</language><lastBuildDate>{date}</lastBuildDate>{extra}
<atom:link rel="self" href="{base}/feed" type="application/rss+xml"/>
{items}</channel></rss>
"""


@dataclass
class Request:
    """What was asked. `turn` is 0 before the wait and 1 after it, `number` counts the requests from 0."""

    method: str
    path: str
    headers: dict[str, str]
    base: str
    turn: int
    number: int

    @property
    def is_packed(self) -> bool:
        """Whether gzip is understood."""
        return "gzip" in self.headers.get("accept-encoding", "")


@dataclass
class Reply:
    """What is answered. None as the value of a header leaves it out; `raw` takes the place of everything."""

    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)
    body: bytes = b""
    raw: Iterator[bytes] | None = None


Document = Callable[[Request], bytes]
Tweak = Callable[[Request, Reply], object]


def item(number: int = 1, *, guid: str | None = None, date: datetime | None = None, link: str = "", more: str = "",
         title: str = "") -> str:  # fmt: skip
    """One story of the feed, the higher its number the older."""
    guid = f"tag:harbour.example,2019:story:{number}" if guid is None else guid
    return ITEM.format(
        title=title or f"Ferry {number}",
        link=link or f"https://harbour.example/ferry/{number}",
        guid=f'<guid isPermaLink="false">{guid}</guid>' if guid else "",
        date=format_datetime(date or NOW - timedelta(days=number)),
        more=more,
    )


def rss(
    base: str, *items: str, date: datetime = NOW - timedelta(days=1), extra: str = "", encoding: str = "utf-8"
) -> bytes:
    """The document of the feed; without items it has three."""
    stories = items or tuple(item(number) for number in (1, 2, 3))
    text = FEED.format(base=base, date=format_datetime(date), items="".join(stories), extra=extra, encoding=encoding)
    return text.encode(encoding)


def good(request: Request, document: Document) -> Reply:
    """What a good server answers."""
    plain = document(request)
    body = gzip.compress(plain, mtime=0) if request.is_packed else plain
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers: dict[str, str | None] = {
        "Date": GMT["Date"],
        "ETag": etag,
        "Last-Modified": GMT["Modified"],
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=300",
        "Access-Control-Allow-Origin": "*",
    }
    since = request.headers.get("if-modified-since") if "if-none-match" not in request.headers else None
    if etag in request.headers.get("if-none-match", "") or since == GMT["Modified"]:
        return Reply(304, headers)
    headers |= {"Content-Type": "application/rss+xml; charset=utf-8", "Content-Length": str(len(body))}
    if request.is_packed:
        headers["Content-Encoding"] = "gzip"
    return Reply(200, headers, b"" if request.method == "HEAD" else body)


@dataclass
class FeedServer:
    """The running server: where it is, what it was asked, and at which turn it is."""

    base: str
    document: Document
    tweak: Tweak
    turn: int = 0
    requests: list[Request] = field(default_factory=list)

    def next_turn(self) -> None:
        """The wait between the polls is over."""
        self.turn = 1

    def reply(self, method: str, path: str, headers: dict[str, str]) -> Reply:
        """The good answer, with what is to be wrong about it."""
        request = Request(method, path, headers, self.base, self.turn, len(self.requests))
        self.requests.append(request)
        reply = good(request, self.document)
        self.tweak(request, reply)
        return reply


@contextmanager
def serving(document: Document | None = None, tweak: Tweak = lambda request, reply: None) -> Iterator[FeedServer]:
    """A server on a free port of this machine."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            reply = server.reply(self.command, self.path, asked)
            self.close_connection = True
            try:
                if reply.raw is not None:
                    for piece in reply.raw:
                        self.wfile.write(piece)
                    return
                self.send_response_only(reply.status)
                for name, value in reply.headers.items():
                    if value is not None:
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                return  # the reader has gone: many of these answers are meant to drive it away

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as door:
        door.daemon_threads = True
        base = f"http://127.0.0.1:{door.server_port}"
        server = FeedServer(base, document or (lambda request: rss(request.base)), tweak)
        thread = Thread(target=door.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            door.shutdown()
            thread.join()


def set_header(name: str, value: str | None) -> Tweak:
    """Every answer has that header, or, with None, lacks it."""

    def tweak(request: Request, reply: Reply) -> None:
        reply.headers[name] = value

    return tweak
