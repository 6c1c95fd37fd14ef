"""Two polls of a feed, on a server that does one thing wrong: exactly that is found."""

import gzip
import hashlib
import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from syndicate.cli.subscribe import poll
from syndicate.fetch import Answer, Fetcher, Hop
from syndicate.validate import poll_rules as r
from syndicate.validate.subscription import Visit, look
from tests.conftest import NOW
from tests.feed_server import Document, Reply, Request, Tweak, item, rss, serving, set_header

FETCHER = Fetcher(agent="test (+https://reader.example/)", monotonic=time.monotonic, allow_private=True)
LATER = NOW + timedelta(days=1)


def found(document: Document | None = None, *tweaks: Tweak, path: str = "/feed") -> set[str]:
    """The rules that a visit to such a server finds broken."""

    def tweak(request: Request, reply: Reply) -> None:
        for one in tweaks:
            one(request, reply)

    with serving(document, tweak) as server:
        visit = poll(FETCHER, server.base + path, now=lambda: NOW, wait=server.next_turn)
        return {finding.rule.id for finding in look(visit)}


def test_a_good_server_has_nothing_to_mend() -> None:
    with serving() as server:
        visit = poll(FETCHER, f"{server.base}/feed", now=lambda: NOW, wait=server.next_turn)
        assert look(visit) == ()
        asked = [(one.method, one.turn, one.is_packed, "if-none-match" in one.headers) for one in server.requests]
        agents = {one.headers["user-agent"] for one in server.requests}
    assert asked == [
        ("GET", 0, True, False),
        ("GET", 0, False, False),
        ("HEAD", 0, True, False),
        ("GET", 1, True, True),
        ("GET", 1, True, False),
    ]
    assert agents == {"test (+https://reader.example/)"}
    assert visit.second is not None
    assert visit.second.status == 304


def test_a_story_more_is_nothing_to_mend() -> None:
    assert found(lambda request: rss(request.base, *map(item, range(1 - request.turn, 4)))) == set()


def always(status: int, **headers: str) -> Tweak:
    def tweak(request: Request, reply: Reply) -> None:
        reply.status, reply.body, reply.headers = status, b"", {"Content-Length": "0", **headers}

    return tweak


def conditional(change: Tweak) -> Tweak:
    """The change to answers of conditional requests only."""
    return lambda request, reply: change(request, reply) if "if-none-match" in request.headers else None


def on_head(change: Tweak) -> Tweak:
    return lambda request, reply: change(request, reply) if request.method == "HEAD" else None


def unconditional(request: Request, reply: Reply) -> None:
    """As if there had been no condition."""
    if reply.status == 304:
        plain = rss(request.base)
        reply.status, reply.body = 200, gzip.compress(plain, mtime=0)
        reply.headers |= {"Content-Encoding": "gzip", "Content-Type": "application/rss+xml; charset=utf-8"}


def one_tag(request: Request, reply: Reply) -> None:
    """One strong ETag, whatever the form, never confirmed."""
    unconditional(request, reply)
    reply.headers["ETag"] = f'"{hashlib.sha256(rss(request.base)).hexdigest()}"'


def new_tags(request: Request, reply: Reply) -> None:
    unconditional(request, reply)
    reply.headers["ETag"] = f'"{request.turn}-{request.is_packed}"'


def unpacked(request: Request, reply: Reply) -> None:
    if reply.headers.pop("Content-Encoding", None):
        reply.body = gzip.decompress(reply.body) if reply.body else b""
        reply.headers["Content-Length"] = None if request.method == "HEAD" else str(len(reply.body))


def packed_anyway(request: Request, reply: Reply) -> None:
    if not request.is_packed:
        reply.body = gzip.compress(reply.body)
        reply.headers |= {"Content-Encoding": "gzip", "Content-Length": str(len(reply.body))}


def no_validators(request: Request, reply: Reply) -> None:
    reply.headers |= {"ETag": None, "Last-Modified": None}


def deaf(request: Request, reply: Reply) -> None:
    """304 for ever."""
    if "if-none-match" in request.headers:
        reply.status, reply.body = 304, b""
        reply.headers |= {"Content-Length": None, "Content-Type": None, "Content-Encoding": None}


def with_body(request: Request, reply: Reply) -> None:
    if reply.status == 304:
        reply.raw = iter(
            [b"HTTP/1.1 304 Not Modified\r\nETag: " + str(reply.headers["ETag"]).encode() + b"\r\n\r\n<rss/>"]
        )


def not_again(request: Request, reply: Reply) -> None:
    if request.turn:
        always(429, **{"Retry-After": "600"})(request, reply)


def redirect(status: int) -> Tweak:
    def tweak(request: Request, reply: Reply) -> None:
        if request.path != "/feed":
            always(status, Location="/feed")(request, reply)

    return tweak


LONG = "<description>" + "Repairs at the pier. " * 2000 + "</description>"
HUGE = "<description>" + "Repairs at the pier. " * 120_000 + "</description>"
HUB = '<atom:link rel="hub" href="https://hub.example/"/>'
HEADS: dict[str, tuple[Tweak, set[str]]] = {
    "no validators": (no_validators, {"http.validators.missing"}),
    "Last-Modified only": (set_header("ETag", None), {"http.etag.missing"}),
    "bare ETag": (set_header("ETag", "abc"), {"http.etag.invalid", "http.conditional.ignored"}),
    "Last-Modified later": (
        set_header("Last-Modified", "Thu, 05 Mar 2026 12:00:00 GMT"),
        {"http.last-modified.future"},
    ),
    "Last-Modified odd": (set_header("Last-Modified", "2026-03-01"), {"http.last-modified.invalid"}),
    "condition ignored": (unconditional, {"http.conditional.ignored"}),
    "304 without tag": (conditional(set_header("ETag", None)), {"http.conditional.no-etag"}),
    "304 with body": (with_body, {"http.conditional.body"}),
    "one tag for two": (one_tag, {"http.etag.shared", "http.conditional.ignored"}),
    "another tag each time": (new_tags, {"http.etag.unstable"}),
    "no Vary": (set_header("Vary", None), {"http.vary.missing"}),
    "packed unasked": (packed_anyway, {"http.compression.unasked"}),
    "type of pages": (set_header("Content-Type", "text/html; charset=utf-8"), {"http.content-type.wrong"}),
    "type of Atom": (set_header("Content-Type", "application/atom+xml"), {"http.content-type.wrong"}),
    "no type": (set_header("Content-Type", None), {"http.content-type.missing"}),
    "type of XML": (set_header("Content-Type", "text/xml; charset=UTF-8"), {"http.content-type.generic"}),
    "no charset": (set_header("Content-Type", "application/rss+xml"), {"http.charset.missing"}),
    "other charset": (set_header("Content-Type", "application/rss+xml;charset=latin1"), {"http.charset.contradicts"}),
    "no-store": (set_header("Cache-Control", "no-store"), {"http.cache.forbidden"}),
    "private": (set_header("Cache-Control", "private, max-age=60"), {"http.cache.forbidden"}),
    "Expires: 0": (set_header("Expires", "0"), {"http.expires.past"}),
    "nothing on caching": (set_header("Cache-Control", None), {"http.cache.no-lifetime"}),
    "no-cache": (set_header("Cache-Control", "no-cache"), {"http.cache.no-lifetime"}),
    "a month": (set_header("Cache-Control", "max-age=2592000"), {"http.cache.long"}),
    "for ever": (set_header("Cache-Control", f"max-age={'9' * 400}"), {"http.cache.long"}),
    "for longer than that": (set_header("Cache-Control", f"max-age={'9' * 5000}"), {"http.cache.long"}),
    "five minutes, at length": (set_header("Cache-Control", "max-age=000000000000300"), set()),
    "no number": (set_header("Cache-Control", "max-age=\xb2"), {"http.cache.no-lifetime"}),
    "older than the web": (set_header("Age", "9" * 5000), {"http.date.off"}),
    "no Date": (set_header("Date", None), {"http.date.missing"}),
    "another Date": (set_header("Date", "Wed, 04 Mar 2026 11:00:00 GMT"), {"http.date.off"}),
    "cookie": (set_header("Set-Cookie", "id=7; Path=/"), {"http.cookie.set"}),
    "no CORS": (set_header("Access-Control-Allow-Origin", None), {"http.cors.missing"}),
    "no HEAD": (on_head(always(405)), {"http.head.differs"}),
    "other HEAD": (on_head(set_header("Content-Type", "text/plain")), {"http.head.differs"}),
    "other length": (on_head(set_header("Content-Length", "17")), {"http.head.differs"}),
    "not found": (always(404), {"http.status.error"}),
    "busy": (always(503), {"http.status.error", "http.retry-after.missing"}),
    "busy until": (
        always(503, **{"Retry-After": "Wed, 04 Mar 2026 12:10:00 GMT"}),
        {"http.status.error", "http.retry-after.not-seconds"},
    ),
    "busy for a while": (always(429, **{"Retry-After": "60"}), {"http.status.error"}),
    "no second poll": (not_again, {"http.poll.refused"}),
    "hub in the head": (set_header("Link", '<https://hub.example/>; rel="hub"'), set()),
    "the same self in the head": (set_header("Link", "</feed>; rel=self"), set()),
    "self in the head": (set_header("Link", "<https://x.example/>; rel=self"), {"http.link.self-contradicts"}),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads(name: str) -> None:
    tweak, expected = HEADS[name]
    assert found(None, tweak) == expected


def test_an_expiry_that_is_over() -> None:
    tweaks = (set_header("Cache-Control", None), set_header("Expires", "Tue, 03 Mar 2026 12:00:00 GMT"))
    assert found(None, *tweaks) == {"http.expires.past"}


def test_an_expiry_to_come() -> None:
    tweaks = (set_header("Cache-Control", None), set_header("Expires", "Wed, 04 Mar 2026 12:05:00 GMT"))
    assert found(None, *tweaks) == set()


def test_an_old_answer_of_a_cache_that_says_its_age() -> None:
    assert found(None, set_header("Date", "Wed, 04 Mar 2026 11:00:00 GMT"), set_header("Age", "3600")) == set()


def test_a_large_feed_that_is_not_packed() -> None:
    assert found(lambda request: rss(request.base, item(more=LONG)), unpacked) == {"http.compression.missing"}
    assert found(lambda request: rss(request.base, item(more=LONG))) == set()


def test_a_feed_that_is_too_large() -> None:
    assert found(lambda request: rss(request.base, item(more=HUGE))) == {"http.size.large"}


def test_hubs_of_head_and_document() -> None:
    def document(request: Request) -> bytes:
        return rss(request.base, extra=HUB)

    assert found(document, set_header("Link", '<https://hub.example/>; rel="hub"')) == set()
    assert found(document, set_header("Link", '<https://HUB.example:443>; rel="hub"')) == set()
    other = set_header("Link", '<https://hub.example/new>; rel="hub"')
    assert found(document, other) == {"http.link.hub-contradicts"}


@pytest.mark.parametrize(("status", "rule"), [(301, r.PERMANENT), (308, r.PERMANENT), (302, r.TEMPORARY)])
def test_redirects(status: int, rule: object) -> None:
    assert found(None, redirect(status), path="/old") == {getattr(rule, "id", "")}


def test_a_self_link_to_what_redirects_for_the_time_being() -> None:
    def document(request: Request) -> bytes:
        return rss(request.base).replace(b"/feed", b"/old")

    assert found(document, redirect(307), path="/old") == {"http.redirect.temporary"}
    assert found(document, redirect(301), path="/old") == {"http.redirect.permanent", "poll.self.elsewhere"}


def self_link(address: str) -> set[str]:
    """What is found of a self link in the feed at an address of the public net."""
    body = rss("https://harbour.example").replace(b"https://harbour.example/feed", address.encode())
    first = Answer(address="https://harbour.example/feed", status=200, body=body)
    visit = Visit(asked=first.address, first=first, first_at=NOW, second_at=NOW)
    return {finding.rule.id for finding in look(visit) if finding.rule.id.startswith("poll.")}


def test_self_links_are_compared_in_their_plain_form() -> None:
    for same in ("https://harbour.example/feed", "https://Harbour.example:443/feed#top", "/feed"):
        assert self_link(same) == set()
    for other in ("http://harbour.example/feed", "https://www.harbour.example/feed", "https://[::1/feed"):
        assert self_link(other) == {"poll.self.elsewhere"}


def test_a_server_on_this_machine_stands_in_for_another() -> None:
    assert found(lambda request: rss("https://harbour.example")) == set()
    assert found(lambda request: rss("https://harbour.example/old")) == {"poll.self.elsewhere"}


def items_at(request: Request, **changes: object) -> bytes:
    return rss(request.base, item(1, **changes), item(2))  # type: ignore[arg-type]


def minted(request: Request) -> bytes:
    return items_at(request, guid=f"tag:harbour.example,2019:{request.turn}")


def redated(request: Request) -> bytes:
    return items_at(request, date=NOW - timedelta(hours=2 - request.turn))


def built(request: Request) -> bytes:
    return rss(request.base, date=NOW - timedelta(hours=2 - request.turn))


def at_once(request: Request) -> bytes:
    return rss(request.base, date=NOW - timedelta(seconds=5))


def counted(request: Request) -> bytes:
    return rss(request.base) + f"<!-- made in 0.{request.turn} s -->".encode()


def dated(*dates: datetime) -> Document:
    return lambda request: rss(request.base, *(item(number, date=date) for number, date in enumerate(dates)))


def linked(link: str) -> Document:
    return lambda request: items_at(request, link=link)


DOCUMENTS: dict[str, tuple[Document, set[str]]] = {
    "ids of the moment": (minted, {"poll.id.changed"}),
    "dates of the moment": (redated, {"poll.date.changed"}),
    "built at each request": (built, {"poll.date.build-time"}),
    "built a moment ago": (at_once, {"poll.date.build-time"}),
    "a counter in a comment": (counted, {"poll.bytes.changed"}),
    "no id": (lambda request: items_at(request, guid=""), {"poll.id.missing"}),
    "one id for two": (
        lambda request: items_at(request, guid="tag:harbour.example,2019:story:2"),
        {"poll.id.duplicate"},
    ),
    "no date": (
        lambda request: items_at(request).replace(b"pubDate>Tue, 03 Mar", b"pubDate>some day in"),
        {"poll.date.missing"},
    ),
    "tomorrow": (dated(LATER, NOW - timedelta(days=2)), {"poll.date.future"}),
    "oldest first": (dated(NOW - timedelta(days=2), NOW - timedelta(days=1)), {"poll.items.order"}),
    "tracking": (linked("https://harbour.example/a?utm_source=rss&amp;utm_medium=feed"), {"poll.address.tracking"}),
    "no tracking": (linked("https://harbour.example/utm_source?page=2&amp;item=3"), set()),
    "session": (linked("https://harbour.example/a;jsessionid=0123456789ABCDEF"), {"poll.address.session"}),
    "self elsewhere": (
        lambda request: rss(request.base).replace(b"/feed", b"/other"),
        {"poll.self.elsewhere"},
    ),
    "ttl of a day": (lambda request: rss(request.base, extra="<ttl>1440</ttl>"), {"http.cache.contradicts"}),
    "ttl as max-age": (lambda request: rss(request.base, extra="<ttl>5</ttl>"), set()),
    "hourly": (
        lambda request: rss(request.base, extra="<sy:updatePeriod>hourly</sy:updatePeriod>"),
        {"http.cache.contradicts"},
    ),
    "twelve times an hour": (
        lambda request: rss(
            request.base,
            extra="<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>",
        ),
        set(),
    ),
    "no feed": (lambda request: b"<html><body>Welcome</body></html>", set()),
    "nothing": (lambda request: b"", set()),
    "Latin-1 that says so": (
        lambda request: rss(request.base, encoding="iso-8859-1"),
        {"http.charset.contradicts"},
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str) -> None:
    document, expected = DOCUMENTS[name]
    assert found(document) == expected


def growing(request: Request) -> bytes:
    return rss(request.base, *map(item, range(1 - request.turn, 4)))


def test_304_for_ever() -> None:
    assert found(growing, deaf) == {"http.conditional.stale"}


def test_a_change_between_two_requests_is_no_wrong_304() -> None:
    """The story came after the conditional request: asked once more, the server says so."""
    assert found(lambda request: rss(request.base, *map(item, range(1 - (request.number > 3), 4)))) == set()


def test_a_weak_tag_may_stand_for_other_bytes_of_the_same_stories() -> None:
    weak = set_header("ETag", 'W/"stories-7"')
    assert "http.conditional.stale" not in found(counted, weak, deaf)
    assert found(growing, weak, deaf) == {"http.conditional.stale"}


def test_a_strong_tag_that_stands_for_other_bytes() -> None:
    def tweak(request: Request, reply: Reply) -> None:
        reply.headers["ETag"] = f'"town{"-gzip" if request.is_packed else ""}"'

    assert found(growing, tweak) == {"http.etag.reused"}


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:harbour.example,2019:feed</id><title>Town</title><updated>2026-03-03T08:00:00Z</updated>
<link rel="self" href="{base}/feed"/>
<entry><id>tag:harbour.example,2019:{id}</id><title>Ferry</title><updated>2026-03-03T08:00:00Z</updated>
<link rel="enclosure" href="https://harbour.example/a.mp3"/><link href="https://harbour.example/ferry"/></entry></feed>
"""
RDF = """<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://harbour.example/"><title>Town</title><link>https://harbour.example/</link></channel>
<item rdf:about="https://harbour.example/{id}"><title>Ferry</title><link>https://harbour.example/ferry</link>
<dc:date>2026-03-03</dc:date></item></rdf:RDF>
"""


JSON = """{{"version": "https://jsonfeed.org/version/1.1", "title": "Town", "feed_url": "{base}/feed",
 "home_page_url": "https://harbour.example/", "items": [
 {{"id": "tag:harbour.example,2019:{id}", "url": "https://harbour.example/ferry", "content_text": "Ferry",
  "date_published": "2026-03-03T08:00:00Z"}}]}}
"""


@pytest.mark.parametrize(
    ("text", "media_type"),
    [(ATOM, "application/atom+xml"), (RDF, "application/rdf+xml"), (JSON, "application/feed+json")],
)
def test_other_formats(text: str, media_type: str) -> None:
    def document(request: Request) -> bytes:
        return text.format(base=request.base, id="1").encode()

    def changing(request: Request) -> bytes:
        return text.format(base=request.base, id=request.turn).encode()

    head = set_header("Content-Type", f"{media_type}; charset=utf-8")
    assert found(document, head) == set()
    assert found(changing, head) == {"poll.id.changed"}


def test_a_json_feed_that_is_sent_as_json() -> None:
    def document(request: Request) -> bytes:
        return JSON.format(base=request.base, id="1").encode()

    def hubs(request: Request) -> bytes:
        hub = '"hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items"'
        return document(request).replace(b'"items"', hub.encode(), 1)

    assert found(document, set_header("Content-Type", "application/json")) == {"http.content-type.generic"}
    assert found(document, set_header("Content-Type", "application/rss+xml")) == {"http.content-type.wrong"}
    both = set_header("Content-Type", "application/feed+json")
    assert found(hubs, both, set_header("Link", '<https://hub.example/>; rel="hub"')) == set()
    assert found(hubs, both, set_header("Link", '<https://hub.example/b>; rel="hub"')) == {"http.link.hub-contradicts"}


def answer_of(address: str, hops: tuple[Hop, ...] = ()) -> set[str]:
    """What is found at an address of the public net, of which only the way is looked at."""
    first = Answer(address=address, status=404, hops=hops)
    visit = Visit(asked="https://harbour.example/feed", first=first, first_at=NOW, second_at=NOW)
    return {finding.rule.id for finding in look(visit)} - {"http.status.error"}


def test_the_way_over_the_public_net() -> None:
    assert answer_of("https://harbour.example/feed") == set()
    assert answer_of("http://harbour.example/feed") == {"http.address.insecure"}
    assert answer_of("http://localhost/feed") == set()
    down = Hop(status=302, address="https://harbour.example/feed", target="http://harbour.example/feed")
    assert answer_of("http://harbour.example/feed", (down,)) == {
        "http.redirect.temporary",
        "http.redirect.insecure",
        "http.address.insecure",
    }


def test_every_rule_is_shown_by_a_server_or_a_way() -> None:
    shown = set[str]().union(*(rules for _, rules in (*HEADS.values(), *DOCUMENTS.values())))
    elsewhere = {
        r.FETCH_FAILED, r.PLAIN_HTTP, r.PERMANENT, r.TEMPORARY, r.DOWNGRADE, r.STALE, r.ETAG_REUSED, r.UNPACKED, r.SIZE,
        r.HUB_HEADER,
    }  # fmt: skip
    assert {rule.id for rule in r.rules.rules} == shown | {rule.id for rule in elsewhere}


def test_every_rule_says_what_to_do() -> None:
    for rule in r.rules.rules:
        cure = r.cure_of(rule)
        assert cure
        assert not cure.endswith(".")


def test_a_rule_is_told_once() -> None:
    down = Hop(status=301, address="https://harbour.example/feed", target="https://harbour.example/new")
    first = Answer(address="https://harbour.example/x", status=200, hops=(down, replace(down, address=down.target)))
    visit = Visit(asked=down.address, first=first, first_at=NOW, second_at=NOW)
    ids = [finding.rule.id for finding in look(visit)]
    assert ids.count("http.redirect.permanent") == 1
