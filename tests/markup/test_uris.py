"""Guids and file names: permanent, safe, and different for different things."""

import re

from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup import uris


def test_a_plain_name_stays_readable() -> None:
    assert uris.mint("example.com,2017", "000_44f8af") == "tag:example.com,2017:page:000_44f8af"


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_sources_get_different_guids(one: str, other: str) -> None:
    assert (uris.mint("x.example,2019", one) == uris.mint("x.example,2019", other)) == (one == other)
    assert re.fullmatch(r"tag:x\.example,2019:page:[A-Za-z0-9._-]+", uris.mint("x.example,2019", one))


@given(st.text(min_size=1), st.text(min_size=1))
def test_file_names_are_safe_and_different(one: str, other: str) -> None:
    name = uris.file_name(one)
    assert re.fullmatch(r"[a-z0-9_][a-z0-9._-]*", name)
    assert len(name) <= 93
    assert (name == uris.file_name(other)) == (one == other)


def test_a_path_in_a_guid_stays_inside() -> None:
    assert "/" not in uris.file_name("../../etc/passwd")
    assert not uris.file_name("../../etc/passwd").startswith(".")


def test_joining() -> None:
    assert uris.join("https://x.example/feeds", "a/rss.xml") == "https://x.example/feeds/a/rss.xml"
    assert uris.join("https://x.example/feeds/", "a", "rss.xml") == "https://x.example/feeds/a/rss.xml"
