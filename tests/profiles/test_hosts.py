"""Addresses: whose they are, whether they are full ones, and what a campaign adds to them."""

import pytest

from syndicate.profiles.hosts import (
    host_of,
    is_full,
    is_within,
    lacking,
    parameters,
    scheme_of,
    tracked,
    with_campaign,
)

CAMPAIGN = (("utm_source", "lake"),)
BROKEN = "https://[broken"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x", "https://a.example/x?utm_source=lake"),
        ("https://a.example", "https://a.example/?utm_source=lake"),
        ("https://a.example/x?y=%C3%A5&z#top", "https://a.example/x?y=%C3%A5&z&utm_source=lake#top"),
        ("https://a.example/x?utm_source=sea", "https://a.example/x?utm_source=sea"),
        ("HTTPS://a.example/x", "https://a.example/x?utm_source=lake"),
        ("mailto:a@a.example", "mailto:a@a.example"),
        ("/x", "/x"),
        (BROKEN, BROKEN),
    ],
)
def test_a_campaign_is_put_behind_what_is_there(address: str, expected: str) -> None:
    assert with_campaign(address, CAMPAIGN) == expected
    assert with_campaign(expected, CAMPAIGN) == expected
    assert with_campaign(address, ()) == address


def test_parameters_are_told_by_name() -> None:
    assert lacking("https://a.example/?utm_source=sea", CAMPAIGN) == ()
    assert lacking("https://a.example/", CAMPAIGN) == ("utm_source",)
    assert tracked("https://a.example/?UTM_x=1&fbclid=2&id=3") == ("UTM_x", "fbclid")
    assert parameters(BROKEN) == {}


def test_hosts_are_ours_with_what_is_below_them() -> None:
    assert host_of("https://WWW.a.example:8080/x") == "a.example"
    assert (host_of(BROKEN), host_of(None), host_of("mailto:a@b")) == ("", "", "")
    assert is_within("m.a.example", ("www.a.example",))
    assert is_within("a.example", ("A.example",))
    assert not is_within("aa.example", ("a.example",))


@pytest.mark.parametrize(
    ("address", "scheme", "full"),
    [
        ("https://a", "https", True),
        ("MAILTO:a", "mailto", True),
        ("a/b:c", "", False),
        ("//a.example/", "", False),
        ("#a", "", True),
        ("", "", False),
        ("https:/x", "https", False),
        ("https://", "https", False),
        ("data:image/gif;base64,R0", "data", True),
        ("a", "", False),
    ],
)
def test_schemes(address: str, scheme: str, full: bool) -> None:
    assert (scheme_of(address), is_full(address)) == (scheme, full)
