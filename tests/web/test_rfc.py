"""RFC 9110 and 9111, row by row: on our server, and on nginx with the example configuration as far as nginx can."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

import brotli
import pytest

from syndicate.markup import gzip_parts
from tests.web import tree
from tests.web.servers import configure, nginx, syndicate
from tests.web.wire import Client, Reply, ask

RSS = tree.text(300)
INDEX = b"<!DOCTYPE html><title>Feeds</title>" + b"<p>Harbour</p>" * 50
GOOD = {"br": "br", "gzip": "gzip", "identity": None}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A request, and what it must be answered with. `nginx` is its status there, 0 where it cannot be asked for that.

    In header values `{tag}` is the document's tag in the coding that `accept` gets, `{plain}` and `{gzip}` those of the
    document as it is and of its twin, `{modified}` its date; `{earlier}`, `{later}`, `{ahead}` other dates, `{rfc850}`
    and `{asctime}` its date in the two old forms.
    """

    name: str
    status: int
    target: str = "/town/rss.xml"
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    coding: str | None = None
    nginx: int | None = None


ROWS = (
    # Methods (RFC 9110, 9)
    Row(name="get", status=200),
    Row(name="head", status=200, method="HEAD"),
    Row(name="head_with_coding", status=200, method="HEAD", headers={"Accept-Encoding": "gzip"}, coding="gzip"),
    Row(name="head_unchanged", status=304, method="HEAD", headers={"If-None-Match": "{tag}"}),
    Row(name="options", status=204, method="OPTIONS"),
    Row(name="options_of_the_server", status=204, method="OPTIONS", target="*", nginx=0),
    Row(name="options_of_nothing", status=204, method="OPTIONS", target="/nothing"),
    Row(name="post", status=405, method="POST", headers={"Content-Length": "0"}),
    Row(name="put", status=405, method="PUT", headers={"Content-Length": "0"}),
    Row(name="delete", status=405, method="DELETE"),
    Row(name="patch", status=405, method="PATCH", headers={"Content-Length": "0"}),
    Row(name="trace", status=405, method="TRACE"),
    # If-None-Match (13.1.2)
    Row(name="tag", status=304, headers={"If-None-Match": "{tag}"}),
    Row(name="tag_of_another", status=200, headers={"If-None-Match": '"another"'}),
    Row(name="tag_weak", status=304, headers={"If-None-Match": "W/{tag}"}),
    Row(name="tag_star", status=304, headers={"If-None-Match": "*"}),
    Row(name="tags", status=304, headers={"If-None-Match": '"a", {tag}, "b"'}),
    Row(name="tags_close_together", status=304, headers={"If-None-Match": '"a",W/"b",{tag}'}),
    Row(name="tags_with_empty_members", status=304, headers={"If-None-Match": ', ,"a" ,, {tag} ,'}, nginx=0),
    Row(name="tags_of_others", status=200, headers={"If-None-Match": '"a", W/"b"'}),
    Row(name="tag_with_comma", status=304, headers={"If-None-Match": '"a,b", {tag}'}),
    Row(name="tag_inside_another", status=200, headers={"If-None-Match": '"x{bare}"'}),
    Row(name="tag_unquoted", status=200, headers={"If-None-Match": "{bare}"}),
    Row(name="tag_half_quoted", status=200, headers={"If-None-Match": '"{bare}'}),
    Row(name="tag_lower_weak", status=200, headers={"If-None-Match": "w/{tag}"}, nginx=0),
    Row(name="tag_empty_value", status=200, headers={"If-None-Match": ""}),
    Row(name="tag_empty", status=200, headers={"If-None-Match": '""'}),
    Row(name="tag_beside_a_star", status=200, headers={"If-None-Match": '"a", *'}),
    Row(name="tags_and_rubbish", status=200, headers={"If-None-Match": "rubbish {tag}"}, nginx=0),
    Row(name="tag_of_the_other_coding", status=200,
        headers={"If-None-Match": "{plain}", "Accept-Encoding": "gzip"}, coding="gzip"),
    Row(name="tag_of_gzip_asked_plainly", status=200, headers={"If-None-Match": "{gzip}"}),
    Row(name="tag_of_gzip", status=304, headers={"If-None-Match": "{gzip}", "Accept-Encoding": "gzip"}),
    Row(name="tag_of_br", status=304, headers={"If-None-Match": "{br}", "Accept-Encoding": "br"}, nginx=0),
    Row(name="tags_of_all_codings", status=304,
        headers={"If-None-Match": "{plain}, {gzip}", "Accept-Encoding": "gzip"}),
    Row(name="tag_of_nothing", status=404, target="/town/nothing.xml", headers={"If-None-Match": "*"}),
    # If-Modified-Since (13.1.3): by value, and only without tags
    Row(name="date", status=304, headers={"If-Modified-Since": "{modified}"}),
    Row(name="date_later", status=304, headers={"If-Modified-Since": "{later}"}),
    Row(name="date_earlier", status=200, headers={"If-Modified-Since": "{earlier}"}),
    Row(name="date_rfc850", status=304, headers={"If-Modified-Since": "{rfc850}"}),
    Row(name="date_asctime", status=304, headers={"If-Modified-Since": "{asctime}"}),
    Row(name="date_ahead", status=200, headers={"If-Modified-Since": "{ahead}"}, nginx=0),
    Row(name="date_malformed", status=200, headers={"If-Modified-Since": "yesterday"}),
    Row(name="date_iso", status=200, headers={"If-Modified-Since": "2026-03-04T05:06:07Z"}),
    Row(name="date_impossible", status=200, headers={"If-Modified-Since": "Mon, 31 Feb 2022 10:00:00 GMT"}, nginx=0),
    Row(name="date_other_zone", status=200, headers={"If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 +0100"}, nginx=0),
    Row(name="date_empty", status=200, headers={"If-Modified-Since": ""}),
    Row(name="tag_before_date", status=200, headers={"If-None-Match": '"another"', "If-Modified-Since": "{modified}"}),
    Row(name="tag_beside_old_date", status=304, headers={"If-None-Match": "{tag}", "If-Modified-Since": "{earlier}"},
        nginx=200),
    Row(name="broken_tag_before_date", status=200, headers={"If-None-Match": "x", "If-Modified-Since": "{modified}"}),
    # If-Match, If-Unmodified-Since (13.1.1, 13.1.4)
    Row(name="match", status=200, headers={"If-Match": "{tag}"}),
    Row(name="match_star", status=200, headers={"If-Match": "*"}),
    Row(name="match_weak", status=412, headers={"If-Match": "W/{tag}"}),
    Row(name="match_another", status=412, headers={"If-Match": '"another"'}),
    Row(name="match_and_none_match", status=304, headers={"If-Match": "{tag}", "If-None-Match": "{tag}"}),
    Row(name="match_fails_before_none_match", status=412, headers={"If-Match": '"x"', "If-None-Match": "{tag}"}),
    Row(name="unmodified", status=200, headers={"If-Unmodified-Since": "{modified}"}),
    Row(name="unmodified_no_more", status=412, headers={"If-Unmodified-Since": "{earlier}"}),
    Row(name="unmodified_malformed", status=200, headers={"If-Unmodified-Since": "never"}, nginx=0),
    Row(name="match_before_unmodified", status=200,
        headers={"If-Match": "{tag}", "If-Unmodified-Since": "{earlier}"}, nginx=0),
    # Accept-Encoding (12.5.3)
    Row(name="gzip", status=200, headers={"Accept-Encoding": "gzip"}, coding="gzip"),
    Row(name="x_gzip", status=200, headers={"Accept-Encoding": "x-gzip"}, coding="gzip", nginx=0),
    Row(name="gzip_in_capitals", status=200, headers={"Accept-Encoding": "GZIP"}, coding="gzip"),
    Row(name="br", status=200, headers={"Accept-Encoding": "br"}, coding="br", nginx=0),
    Row(name="smallest", status=200,
        headers={"Accept-Encoding": "gzip, deflate, br, zstd"}, coding="{smallest}", nginx=0),
    Row(name="preferred", status=200, headers={"Accept-Encoding": "br;q=0.5, gzip;q=0.9"}, coding="gzip"),
    Row(name="preferred_other", status=200, headers={"Accept-Encoding": "br;q=1.0, gzip;q=0.9"}, coding="br", nginx=0),
    Row(name="identity_preferred", status=200, headers={"Accept-Encoding": "gzip;q=0.5, identity"}, nginx=0),
    Row(name="identity", status=200, headers={"Accept-Encoding": "identity"}),
    Row(name="gzip_refused", status=200, headers={"Accept-Encoding": "gzip;q=0"}),
    Row(name="gzip_refused_star", status=200, headers={"Accept-Encoding": "gzip;q=0, br;q=0, *"}),
    Row(name="star", status=200, headers={"Accept-Encoding": "*"}, coding="{smallest}", nginx=0),
    Row(name="star_refused", status=406, headers={"Accept-Encoding": "*;q=0"}, nginx=0),
    Row(name="star_refused_but_gzip", status=200, headers={"Accept-Encoding": "gzip, *;q=0"}, coding="gzip"),
    Row(name="identity_refused", status=200, headers={"Accept-Encoding": "gzip, identity;q=0"}, coding="gzip"),
    Row(name="only_identity_refused", status=406, headers={"Accept-Encoding": "identity;q=0"}, nginx=0),
    Row(name="unknown_coding", status=200, headers={"Accept-Encoding": "sdch, compress"}),
    Row(name="empty_coding", status=200, headers={"Accept-Encoding": ""}),
    Row(name="weight_malformed", status=200, headers={"Accept-Encoding": "gzip;q=fast"}, nginx=0),
    Row(name="weight_too_great", status=200, headers={"Accept-Encoding": "gzip;q=1.5"}, nginx=0),
    Row(name="weight_with_blanks", status=200, headers={"Accept-Encoding": "gzip ; q=0.3"}, coding="gzip", nginx=0),
    # Range is passed over (14.2)
    Row(name="range", status=200, headers={"Range": "bytes=0-99"}),
    Row(name="range_of_nothing", status=200, headers={"Range": "bytes=99999999-"}),
    Row(name="range_with_condition", status=200, headers={"Range": "bytes=0-99", "If-Range": "{tag}"}),
    # Targets (9112, 3.2; 3986)
    Row(name="query", status=200, target="/town/rss.xml?utm_source=x&y=1"),
    Row(name="percent", status=200, target="/%74own/rss%2Exml"),
    Row(name="absolute", status=200, target="http://harbour.example/town/rss.xml"),
    Row(name="index", status=200, target="/"),
    Row(name="index_by_name", status=200, target="/index.html"),
    Row(name="index_of_a_folder", status=200, target="/town/"),
    Row(name="folder", status=308, target="/town", nginx=301),
    Row(name="folder_without_index", status=404, target="/articles/", nginx=403),
    Row(name="article", status=200, target="/articles/tag-harbour.example-2019-a-1f/newsml-g2.xml"),
    Row(name="nothing", status=404, target="/nothing"),
    Row(name="manifest", status=404, target="/town/manifest.json"),
    Row(name="manifest_in_percents", status=404, target="/town/%6danifest.json"),
    Row(name="twin", status=404, target="/town/rss.xml.gz"),
    Row(name="lock", status=404, target="/.lock"),
    Row(name="temporary", status=404, target="/.tmp/running"),
    Row(name="dots", status=404, target="/../config/syndicate.toml", nginx=400),
    Row(name="dots_inside", status=404, target="/town/../../config/syndicate.toml", nginx=400),
    Row(name="dots_in_percents", status=404, target="/%2e%2e/config/syndicate.toml", nginx=400),
    Row(name="dots_twice_encoded", status=404, target="/%252e%252e/config/syndicate.toml"),
    Row(name="one_dot", status=404, target="/./town/rss.xml", nginx=0),
    Row(name="slash_encoded", status=404, target="/town%2Frss.xml", nginx=0),
    Row(name="slash_encoded_way_out", status=404, target="/..%2Fconfig%2Fsyndicate.toml", nginx=400),
    Row(name="backslash", status=404, target="/town\\rss.xml"),
    Row(name="backslash_encoded", status=404, target="/..%5Cconfig%5Csyndicate.toml"),
    Row(name="slashes", status=404, target="//town//rss.xml", nginx=0),
    Row(name="other_host_as_path", status=404, target="//evil.example/..", nginx=0),
    Row(name="nul", status=400, target="/town/rss.xml%00.html"),
    Row(name="newline", status=400, target="/town/rss.xml%0d%0aX: y", nginx=0),
    Row(name="percent_broken", status=400, target="/town/%zz", nginx=400),
    Row(name="percent_cut", status=400, target="/town/rss.xml%2", nginx=400),
    Row(name="not_utf8", status=400, target="/town/%ff%fe", nginx=404),
    Row(name="case_matters", status=404, target="/Town/RSS.xml"),
    Row(name="name_too_long", status=404, target="/" + "a" * 2000, nginx=0),
    Row(name="long_query", status=200, target="/town/rss.xml?" + "a" * 7000),
    Row(name="link_out_of_the_tree", status=404, target="/town/way-out.html", nginx=0),
    Row(name="below_the_prefix", status=200, target="/news/feeds/town/rss.xml", nginx=0),
    # Headers
    Row(name="unknown_headers", status=200,
        headers={"X-Anything": "1", "Cookie": "a=b", "Authorization": "Basic eDp5"}),
    Row(name="from_a_page", status=200, headers={"Origin": "https://reader.example"}),
    Row(name="asks_for_html", status=200, headers={"Accept": "text/html"}),
    Row(name="no_cache", status=304, headers={"Cache-Control": "no-cache", "If-None-Match": "{tag}"}),
    Row(name="upgrade", status=200, headers={"Connection": "Upgrade", "Upgrade": "h2c"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with a published tree."""
    folder = tmp_path_factory.mktemp("served")
    configure(folder)
    root = folder / "feeds"
    tree.publish(root, "town", {"rss.xml": RSS})
    tree.page(root, "index.html", INDEX)
    tree.page(root, "town/index.html", INDEX)
    tree.page(root, "articles/tag-harbour.example-2019-a-1f/newsml-g2.xml", RSS)
    (root / "town" / "way-out.html").symlink_to(folder / "config" / "syndicate.toml")
    _make_older(root)
    return folder


def _make_older(root: Path) -> None:
    """Date the files a day back, so that no date depends on when the test runs."""
    for path in root.rglob("*.*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, ns=(path.stat().st_mtime_ns - 86_400_000_000_000,) * 2)


@pytest.fixture(scope="module")
def ours(folder: Path) -> Iterator[int]:
    """The port of our server."""
    with syndicate(folder) as server:
        yield server.port


@pytest.fixture(scope="module")
def theirs(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx that serves the files."""
    with nginx(tmp_path_factory.mktemp("nginx"), "nginx.conf", {"/srv/news/feeds": str(folder / "feeds")}) as port:
        yield port


def words(port: int, row: Row) -> dict[str, str]:
    """What the marks in a row stand for, at that server."""
    tags = {}
    with Client(port) as client:
        for coding in ("identity", "gzip", "br"):
            target = row.target if row.status in (200, 304, 412) and row.target != "*" else "/town/rss.xml"
            reply = client.get(target, {"Accept-Encoding": coding})
            tags[coding] = reply["etag"] or ""
            modified = reply["last-modified"] or formatdate(0, usegmt=True)
    moment = parsedate_to_datetime(modified)
    second = moment.timestamp()
    accepted = row.headers.get("Accept-Encoding", "")
    return {
        "plain": tags["identity"],
        "gzip": tags["gzip"],
        "br": tags["br"],
        "tag": tags["gzip"] if "gzip" in accepted else tags["identity"],
        "bare": tags["identity"].strip('"'),
        "modified": modified,
        "earlier": formatdate(second - 1, usegmt=True),
        "later": formatdate(second + 60, usegmt=True),
        "ahead": formatdate(second + 10 * 86400, usegmt=True),
        "rfc850": f"{moment:%A, %d-%b-%y %H:%M:%S} GMT",
        "asctime": f"{moment:%a %b} {moment.day:2} {moment:%H:%M:%S %Y}",
        "smallest": min((len(brotli_of(RSS)), "br"), (len(gzip_of(RSS)), "gzip"))[1],
    }


def brotli_of(data: bytes) -> bytes:
    return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=2))


def gzip_of(data: bytes) -> bytes:
    stream = gzip_parts.Stream()
    return stream.add(data) + b"".join(stream.end())


def answered(port: int, row: Row) -> tuple[Reply, dict[str, str]]:
    marks = words(port, row)
    headers = {name: value.format(**marks) for name, value in row.headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "harbour.example", **headers}.items())
    target = row.target.replace(" ", "%20")
    return ask(port, f"{row.method} {target} HTTP/1.1\r\n{lines}\r\n".encode(), row.method), marks


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_our_server(row: Row, ours: int) -> None:
    reply, marks = answered(ours, row)
    assert reply.status == row.status
    assert reply["vary"] == "Accept-Encoding"
    assert reply["access-control-allow-origin"] == "*"
    assert reply["x-content-type-options"] == "nosniff"
    assert reply["date"] is not None
    check(row, reply, marks)
    if row.status in (200, 304):
        assert reply["cache-control"] == "public, max-age=60"
    if row.status == 404:
        assert reply["cache-control"] == "public, max-age=10"


@pytest.mark.parametrize("row", [row for row in ROWS if row.nginx != 0], ids=lambda row: row.name)
def test_nginx_with_the_example_configuration(row: Row, theirs: int) -> None:
    reply, marks = answered(theirs, row)
    assert reply.status == (row.nginx or row.status)
    if row.nginx is None:
        assert reply["access-control-allow-origin"] == "*"
        check(row, reply, marks)
    if row.status in (200, 304):
        assert reply["cache-control"] == "public, max-age=60"
        assert "Accept-Encoding" in [value for name, value in reply.headers if name == "vary"]


def check(row: Row, reply: Reply, marks: dict[str, str]) -> None:
    """What holds of such an answer at any server."""
    if row.status == 304:
        assert reply["etag"] == (marks["br"] if row.name == "tag_of_br" else marks["tag"])
        assert reply["last-modified"] is not None
        assert reply["content-length"] is None
        assert reply["content-type"] is None
        assert reply.body == b""
    if row.status == 200:
        assert reply["content-encoding"] == (None if row.coding is None else row.coding.format(**marks))
        assert reply["content-length"] is not None
        assert reply["accept-ranges"] in (None, "none")
        body = INDEX if "html" in (reply["content-type"] or "") else RSS
        kind = "text/html" if body is INDEX else "application/"
        assert (reply["content-type"] or "").startswith(kind)
        assert (reply["content-type"] or "").endswith("; charset=utf-8")
        assert ("default-src 'none'" in (reply["content-security-policy"] or "")) == (body is INDEX)
        assert unpacked(reply) == (b"" if row.method == "HEAD" else body)
    if row.status == 405:
        assert reply["allow"] == "GET, HEAD, OPTIONS"
    if row.method == "OPTIONS":
        assert reply["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in (reply["access-control-allow-headers"] or "")
        assert reply["access-control-max-age"] == "86400"
    if row.status == 308:
        assert reply["location"] == "./town/"


def unpacked(reply: Reply) -> bytes:
    if not reply.body or reply["content-encoding"] is None:
        return reply.body
    return gzip.decompress(reply.body) if reply["content-encoding"] == "gzip" else bytes(brotli.decompress(reply.body))


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_head_is_get_without_the_body(ours: int, coding: str) -> None:
    with Client(ours) as client:
        replies = [client.get("/town/rss.xml", {"Accept-Encoding": coding}, method) for method in ("GET", "HEAD")]
    got, told = ([one for one in reply.headers if one[0] != "date"] for reply in replies)
    assert got == told
    assert replies[0].body
    assert not replies[1].body


def test_each_coding_has_a_tag_of_its_own(ours: int) -> None:
    with Client(ours) as client:
        tags = {
            client.get("/town/rss.xml", {"Accept-Encoding": coding})["etag"] for coding in ("identity", "gzip", "br")
        }
    assert len(tags) == 3


def test_several_lines_of_a_header_are_one_list(ours: int) -> None:
    tag = ask(ours, b"GET /town/rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")["etag"]
    lines = f'If-None-Match: "a"\r\nIf-None-Match: {tag}\r\n'
    assert ask(ours, f"GET /town/rss.xml HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode()).status == 304


RAW = {
    "no_host": (400, b"GET / HTTP/1.1\r\n\r\n"),
    "two_hosts": (400, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    "no_host_before_1_1": (200, b"GET / HTTP/1.0\r\n\r\n"),
    "no_http": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    "unknown_method": (400, b"FEED / HTTP/1.1\r\nHost: a\r\n\r\n"),
    "blank_in_a_name": (400, b"GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
    "nul_in_a_value": (400, b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n"),
    "nul_in_the_target": (400, b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "both_lengths": (400, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"),
    "two_lengths": (400, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    "no_path": (400, b"GET town HTTP/1.1\r\nHost: a\r\n\r\n"),
    "connect": (405, b"CONNECT harbour.example:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "long_target": (414, b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"),
    "endless_target": (414, b"GET /" + b"a" * 200_000),
    "long_header": (431, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 33_000 + b"\r\n\r\n"),
    "endless_header": (431, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000),
    "many_headers": (431, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 200 + b"\r\n"),
    "body": (200, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"),
    "body_in_chunks": (200, b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
}


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_good_request_is_answered_and_closed(ours: int, name: str) -> None:
    status, data = RAW[name]
    with Client(ours) as client:
        client.send(data)
        reply = client.reply()
        assert reply.status == status
        assert reply["connection"] == "close"
        assert client.is_closed()


def test_pipelined_requests_are_answered_in_order(ours: int) -> None:
    targets = ["/town/rss.xml", "/nothing", "/", "/town/rss.xml"] * 20
    with Client(ours) as client:
        client.send(b"".join(f"GET {one} HTTP/1.1\r\nHost: a\r\n\r\n".encode() for one in targets))
        replies = [client.reply() for _ in targets]
    assert [reply.status for reply in replies] == [200, 404, 200, 200] * 20
    assert [len(reply.body) for reply in replies[:3]] == [len(RSS), len(replies[1].body), len(INDEX)]


def test_a_request_may_come_byte_by_byte(ours: int) -> None:
    with Client(ours) as client:
        for byte in b"GET /town/rss.xml HTTP/1.1\r\nHost: a\r\n\r\n":
            client.send(bytes([byte]))
        assert client.reply().body == RSS


def test_behind_nginx_everything_passes_as_it_is(folder: Path, ours: int, tmp_path: Path) -> None:
    with nginx(tmp_path, "nginx-proxy.conf", {"127.0.0.1:8080": f"127.0.0.1:{ours}"}) as port:
        for row in (
            row for row in ROWS if row.name in {"get", "tag", "tag_of_gzip", "br", "date", "post", "options", "nothing"}
        ):
            behind, direct = answered(port, row)[0], answered(ours, row)[0]
            assert (behind.status, behind.body) == (direct.status, direct.body)
            for name in ("etag", "last-modified", "vary", "cache-control", "content-encoding", "content-type"):
                assert behind[name] == direct[name], f"{row.name}: {name}"
