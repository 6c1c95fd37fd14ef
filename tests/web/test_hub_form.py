"""What may be asked of the hub: each fault of a request with the words that it is answered with."""

from ipaddress import ip_network
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.web.hub_form import LEASE, LONGEST, MOST_FORM, Bounds, Refusal, Wish, judge, wish_of

TOPIC = "https://harbour.example/feeds/town/rss.xml"
GOOD = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": "https://reader.example/push?id=7"}


def form(**fields: str | None) -> bytes:
    """The good form with other fields; None leaves one out."""
    changed = {**GOOD, **{f"hub.{name}": value for name, value in fields.items()}}
    return urlencode({name: value for name, value in changed.items() if value is not None}).encode()


def refusal(body: bytes, *allow: str) -> Refusal:
    with pytest.raises(Refusal) as told:
        wish_of(body, tuple(ip_network(one) for one in allow))
    return told.value


def test_a_good_form() -> None:
    wish = wish_of(form(secret="x" * 199, lease_seconds="3600", unknown="1"), ())
    assert wish == Wish(
        mode="subscribe", topic=TOPIC, callback=GOOD["hub.callback"], host="reader.example", secret="x" * 199,
        lease_seconds=3600,
    )  # fmt: skip
    assert wish_of(form(mode="unsubscribe"), ()).mode == "unsubscribe"
    assert wish_of(form(secret=""), ()).secret is None


@pytest.mark.parametrize(
    ("callback", "host"),
    [
        ("https://Reader.EXAMPLE:8443/push", "reader.example"),
        ("https://reader.example./push", "reader.example"),
        ("https://häfen.example/push", "xn--hfen-loa.example"),
        ("http://[2606:4700:0:0::6810:1]/", "2606:4700::6810:1"),
    ],
)
def test_a_host_has_one_name(callback: str, host: str) -> None:
    assert wish_of(form(callback=callback), ()).host == host


@pytest.mark.parametrize(
    ("asked", "given"),
    [(None, LEASE), ("", LEASE), ("0", 300), ("1", 300), ("3600", 3600), ("864000", LONGEST), ("9" * 30, LONGEST)],
)
def test_leases_have_bounds(asked: str | None, given: int) -> None:
    assert wish_of(form(lease_seconds=asked), ()).lease_seconds == given


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"mode": None}, 400, "hub.mode is missing"),
        ({"mode": ""}, 400, "hub.mode is missing"),
        ({"mode": "publish"}, 400, "sees by itself"),
        ({"mode": "Subscribe"}, 400, "must be subscribe or unsubscribe"),
        ({"topic": None}, 400, "hub.topic is missing"),
        ({"topic": "https://harbour.example/" + "a" * 2048}, 400, "hub.topic is too long"),
        ({"topic": TOPIC + "\r\nX: y"}, 400, "characters that nobody can see"),
        ({"callback": None}, 400, "hub.callback is missing"),
        ({"callback": "reader.example/push"}, 400, "is not an address of the web"),
        ({"callback": "ftp://reader.example/"}, 400, "is not an address of the web"),
        ({"callback": "file:///etc/passwd"}, 400, "is not an address of the web"),
        ({"callback": "gopher://reader.example/"}, 400, "is not an address of the web"),
        ({"callback": "https://user:word@reader.example/"}, 400, "has a user name in it"),
        ({"callback": "https://reader.example/#part"}, 400, "has a fragment"),
        ({"callback": "https://reader.example:99999/"}, 400, "is not an address"),
        ({"callback": "https://re ader.example/"}, 400, "has a host that is no name"),
        ({"callback": "https://reader.example:22/"}, 403, "a port that no web server has"),
        ({"callback": "https://reader.example:25/"}, 403, "a port that no web server has"),
        ({"callback": "https://reader.example:0/"}, 403, "a port that no web server has"),
        ({"secret": "x" * 200}, 400, "less than 200 bytes"),
        ({"secret": "é" * 100}, 400, "less than 200 bytes"),
        ({"secret": "ferry\0"}, 400, "a zero byte"),
        ({"lease_seconds": "soon"}, 400, "must be a number"),
        ({"lease_seconds": "-1"}, 400, "must be a number"),
        ({"lease_seconds": "1e9"}, 400, "must be a number"),
        ({"lease_seconds": "٣"}, 400, "must be a number"),
    ],
    ids=str,
)
def test_what_is_refused(fields: dict[str, str | None], status: int, words: str) -> None:
    told = refusal(form(**fields))
    assert (told.status, words in told.reason) == (status, True), told.reason


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0.0.0.0", "10.1.2.3", "192.168.0.7",
        "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "[::1]", "[::]",
        "[fe80::1]", "[fd00::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]",
    ],
)  # fmt: skip
def test_callbacks_inside_the_house_are_refused(host: str) -> None:
    told = refusal(form(callback=f"http://{host}/push"))
    assert (told.status, told.reason) in {
        (403, "hub.callback is no address of the public net."),
        (400, "hub.callback is not an address of the web."),
    }


def test_callbacks_inside_the_house_with_leave() -> None:
    allow = tuple(map(ip_network, ("10.1.0.0/16", "127.0.0.0/8")))
    assert wish_of(form(callback="http://10.1.2.3:8000/push"), allow).host == "10.1.2.3"
    assert wish_of(form(callback="http://[::ffff:10.1.2.3]/push"), allow).host == "::ffff:a01:203"
    assert refusal(form(callback="http://10.2.2.3:8000/push"), "10.1.0.0/16").status == 403


@pytest.mark.parametrize(
    "callback", ["http://93.184.216.34/", "http://[2606:2800:220:1::1]:8080/", "HTTPS://R.EXAMPLE/"]
)
def test_public_callbacks_are_taken_with_and_without_encryption(callback: str) -> None:
    assert wish_of(form(callback=callback), ()).callback == callback


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"hub.mode=%ff%fe&hub.topic=a&hub.callback=b",
        b"&".join(b"a%d=1" % n for n in range(50)),
        b"{}",
        form() + b"&hub.mode=unsubscribe",
        form() + b"&hub.callback=https://other.example/",
    ],
    ids=["nothing", "no_ascii", "no_utf8", "many", "json", "two_modes", "two_callbacks"],
)
def test_bodies_that_are_no_good_form(body: bytes) -> None:
    assert refusal(body).status == 400


@given(st.binary(max_size=MOST_FORM))
def test_no_body_does_more_than_be_refused(body: bytes) -> None:
    with pytest.raises(Refusal):
        wish_of(body, ())


BOUNDS = Bounds(in_all=10, of_host=3, unconfirmed=5, unconfirmed_of_host=2)


@pytest.mark.parametrize(
    ("mode", "is_topic", "is_known", "counts", "status"),
    [
        ("subscribe", True, False, (9, 2), None),
        ("subscribe", False, False, (0, 0), 404),
        ("subscribe", False, True, (1, 1), 404),
        ("subscribe", True, False, (3, 3), 403),
        ("subscribe", True, True, (3, 3), None),
        ("subscribe", True, False, (10, 0), 503),
        ("subscribe", True, True, (10, 1), None),
        ("unsubscribe", False, True, (10, 3), None),
        ("unsubscribe", True, False, (0, 0), 404),
    ],
)
def test_what_may_be_granted(
    mode: str, is_topic: bool, is_known: bool, counts: tuple[int, int], status: int | None
) -> None:
    wish = Wish(mode=mode, topic=TOPIC, callback=GOOD["hub.callback"], host="reader.example")
    told = None
    try:
        judge(wish, is_topic=is_topic, is_known=is_known, counts=counts, unconfirmed=(0, 0), bounds=BOUNDS)
    except Refusal as refusal:
        told = refusal.status
    assert told == status


@pytest.mark.parametrize(
    ("is_known", "unconfirmed", "status"),
    [(False, (4, 1), None), (False, (2, 2), 503), (False, (5, 0), 503), (True, (5, 2), None)],
)
def test_what_nobody_has_confirmed_has_bounds_of_its_own(
    is_known: bool, unconfirmed: tuple[int, int], status: int | None
) -> None:
    wish = Wish(mode="subscribe", topic=TOPIC, callback=GOOD["hub.callback"], host="reader.example")
    told = None
    try:
        judge(wish, is_topic=True, is_known=is_known, counts=(0, 0), unconfirmed=unconfirmed, bounds=BOUNDS)
    except Refusal as refusal:
        told = refusal.status
    assert told == status
