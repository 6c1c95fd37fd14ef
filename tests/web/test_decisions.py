"""Decisions about requests: what they are without a server, over many values."""

import re
import string
from dataclasses import replace
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.networks import networks
from syndicate.web import paths, respond
from syndicate.web.entry import Entry, Variant
from syndicate.web.negotiate import choose, date_of, is_listed, unmet
from syndicate.web.paths import Refused
from syndicate.web.rates import Buckets, client_of

NOW = 1_772_625_600
OPAQUE = st.text(string.ascii_letters + string.digits + "-_.:,/ ".replace(" ", ""), max_size=12)
PLAIN = Variant(coding="identity", file="a.xml", size=100, sha256="a" * 64)
GZIP = Variant(coding="gzip", file="a.xml.gz", size=50, sha256="b" * 64)
BR = Variant(coding="br", file="a.xml.br", size=40, sha256="c" * 64)
VARIANTS = (BR, GZIP, PLAIN)
ENTRY = Entry(file="a.xml", media_type="application/xml", modified=NOW - 100, max_age=60, variants=VARIANTS)


@given(st.integers(0, NOW * 2))
def test_a_date_is_read_as_it_was_written(second: int) -> None:
    assert date_of(formatdate(second, usegmt=True).encode(), NOW) == second


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784111777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784111777),
        ("Sun Nov  6 08:49:37 1994", 784111777),
        ("Saturday, 01-Jan-00 00:00:00 GMT", 946684800),
        ("Thu, 29 Feb 2024 00:00:00 GMT", 1709164800),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1483228799),
        ("Wed, 29 Feb 2023 00:00:00 GMT", None),
        ("Thu, 31 Apr 2025 00:00:00 GMT", None),
        ("Thu, 00 Apr 2025 00:00:00 GMT", None),
        ("Thu, 10 Apr 2025 24:00:00 GMT", None),
        ("Thu, 10 Apr 2025 10:60:00 GMT", None),
        ("Thu, 10 Apr 2025 10:00:00 +0000", None),
        ("Thu, 10 Apr 2025 10:00:00 UTC", None),
        ("Thu, 10 apr 2025 10:00:00 GMT", None),
        ("Thu, 10 Apr 2025 10:00:00 GMT; length=5", None),
        (" Thu, 10 Apr 2025 10:00:00 GMT", None),
        ("10 Apr 2025 10:00:00 GMT", None),
        ("1772625600", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_dates_have_three_forms(text: str, second: int | None) -> None:
    assert date_of(text.encode(), NOW) == second


@given(st.binary(max_size=60))
def test_any_bytes_may_stand_where_a_date_should(text: bytes) -> None:
    assert date_of(text, NOW) is None or re.search(rb"\d\d:\d\d:\d\d", text)


@given(st.lists(st.tuples(st.booleans(), OPAQUE)), OPAQUE, st.sampled_from([b",", b", ", b" ,\t", b",,"]))
def test_a_tag_is_found_in_a_list_that_has_it(tags: list[tuple[bool, str]], wanted: str, comma: bytes) -> None:
    listed = comma.join((b"W/" if weak else b"") + f'"{tag}"'.encode() for weak, tag in tags)
    etag = f'"{wanted}"'.encode()
    assert is_listed(etag, listed, weakly=True) == any(tag == wanted for _, tag in tags)
    assert is_listed(etag, listed, weakly=False) == any(tag == wanted and not weak for weak, tag in tags)


@given(st.binary(max_size=40))
def test_no_rubbish_names_a_tag(rubbish: bytes) -> None:
    assert is_listed(b'"' + b"f" * 32 + b'"', rubbish, weakly=True) == (rubbish.strip(b" \t") == b"*")


def test_a_hostile_list_takes_no_longer_than_it_is_long() -> None:
    hostile = b'"a" , ' * 200_000 + b'"'
    assert not is_listed(b'"b"', hostile, weakly=True)
    assert not is_listed(b'"b"', b", " * 500_000 + b"x", weakly=True)


@given(st.lists(st.tuples(st.sampled_from(["gzip", "br", "identity", "*", "zstd"]), st.integers(0, 1000)), max_size=6))
def test_the_chosen_coding_is_one_that_is_taken_and_none_is_liked_better(wanted: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{coding};q={weight / 1000:.3f}" for coding, weight in wanted).encode()
    said = dict(wanted)
    weights = {
        one.coding: said.get(one.coding, said.get("*", 0.5 if one is PLAIN else 0) if one is not PLAIN else 0.5)
        for one in VARIANTS
    }
    if "identity" not in said and said.get("*") == 0:
        weights["identity"] = 0
    chosen = choose(VARIANTS, header)
    if chosen is None:
        assert not any(weights.values())
    else:
        assert weights[chosen.coding] == max(weights.values()) > 0


def test_who_says_nothing_gets_the_document_as_it_is() -> None:
    assert choose(VARIANTS, None) is PLAIN
    assert choose(VARIANTS, b"") is PLAIN
    assert choose(VARIANTS, b"gzip, br") is BR


@given(st.integers(-200, 300))
def test_a_date_is_compared_by_value(offset: int) -> None:
    since = NOW - 100 + offset
    status = unmet({b"if-modified-since": formatdate(since, usegmt=True).encode()}, b'"a"', NOW - 100, NOW)
    assert status == (304 if NOW - 100 <= since <= NOW else None)


def test_versions_of_one_second_never_show_the_same_date() -> None:
    first = Entry(file="a", media_type="text/html", modified=NOW, max_age=0, variants=(PLAIN,))
    second = replace(first, modified=NOW + 1)
    shown = [
        dict(respond.answer("GET", {}, entry, now).headers).get(b"last-modified")
        for entry, now in ((first, NOW), (second, NOW), (second, NOW + 1))
    ]
    assert shown == [formatdate(NOW, usegmt=True).encode(), None, formatdate(NOW + 1, usegmt=True).encode()]
    again = respond.answer("GET", {b"if-modified-since": shown[0] or b""}, second, NOW)
    assert again.status == 200


@given(st.binary(max_size=60))
def test_no_target_leads_out_of_the_tree(target: bytes) -> None:
    path = paths.path_of(b"/" + target)
    file = None if isinstance(path, Refused) else paths.file_of(path)
    if file is not None:
        assert not any(part in ("", ".", "..") or part.startswith(".") for part in file.split("/"))
        assert not file.startswith("/")
        assert "\0" not in file


@pytest.mark.parametrize(
    ("path", "below"),
    [("/news/feeds/a", "/a"), ("/news/feeds/", "/"), ("/news/feeds", None), ("/news/feedsy/a", None), ("/a", None)],
)
def test_a_path_below_the_prefix(path: str, below: str | None) -> None:
    assert paths.below("/news/feeds", path) == below
    assert paths.below("", path) is None


def test_ten_thousand_polite_readers_are_never_told_to_wait() -> None:
    """Behind one address: each asks for a feed every ten minutes, and one in fifty gets it whole."""
    buckets = Buckets(10, 1000)
    answers = [buckets.take("192.0.2.1", 200 if n % 50 == 0 else 304, n * 0.06) for n in range(60_000)]
    assert not any(answers)


def test_a_greedy_client_waits_whole_seconds_and_alone() -> None:
    buckets = Buckets(2, 5)
    assert [buckets.take("192.0.2.1", 200, 0) for _ in range(5)] == [0] * 5
    assert buckets.take("192.0.2.1", 200, 0) == 1
    assert buckets.take("192.0.2.2", 200, 0) == 0
    assert buckets.take("192.0.2.1", 200, 0.5) == 0
    assert buckets.take("192.0.2.1", 200, 100) == 0


def test_who_has_nothing_left_is_still_told_that_nothing_changed() -> None:
    buckets = Buckets(1, 1)
    assert buckets.take("192.0.2.1", 200, 0) == 0
    assert buckets.take("192.0.2.1", 304, 0.02) == 0
    assert buckets.take("192.0.2.1", 200, 0.02) == 1


def test_a_rate_of_nothing_lets_everything_through() -> None:
    buckets = Buckets(0, 1)
    assert not any(buckets.take("192.0.2.1", 200, 0) for _ in range(100))


def test_clients_that_stay_away_are_forgotten() -> None:
    buckets = Buckets(1, 1)
    for n in range(30_000):
        buckets.take(f"10.0.{n // 256}.{n % 256}", 200, 0)
    assert buckets.take("10.0.0.0", 200, 0) == 0
    assert buckets.take("10.0.117.47", 200, 0) == 1


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("127.0.0.1", None, None),
        ("::1", None, None),
        ("", None, None),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "rubbish", None),
        ("10.0.0.1", None, None),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
    ],
)
def test_whom_a_request_is_counted_for(peer: str, forwarded: str | None, client: str | None) -> None:
    found = client_of(peer, None if forwarded is None else forwarded.encode(), networks(("10.0.0.0/8",)))
    assert found == client
