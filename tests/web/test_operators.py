"""Who may see how things stand, as a table; and how often somebody may try a password."""

import base64

import pytest

from syndicate.web.operators import Sight, Tries, challenge, is_trying, sight, visit

ALL, FIGURES, ASKED, NOTHING = Sight.ALL, Sight.FIGURES, Sight.ASKED, Sight.NOTHING


def basic(pair: bytes) -> tuple[bytes, bytes]:
    return b"authorization", b"Basic " + base64.b64encode(pair)


@pytest.mark.parametrize(
    ("headers", "at_home", "expected"),
    [
        # The port of this machine, asked by this machine's own names.
        ([(b"host", b"127.0.0.1:8081")], True, FIGURES),
        ([(b"host", b"localhost:8081")], True, FIGURES),
        ([(b"host", b"LOCALHOST")], True, FIGURES),
        ([(b"host", b"[::1]:9000")], True, FIGURES),
        ([(b"host", b"127.9.9.9")], True, FIGURES),
        # A foreign page that has its name lead here (DNS rebinding), an address of the net, no name at all.
        ([(b"host", b"evil.example:8081")], True, NOTHING),
        ([(b"host", b"localhost.evil.example")], True, NOTHING),
        ([(b"host", b"192.0.2.7:8081")], True, NOTHING),
        ([(b"host", b"")], True, NOTHING),
        ([(b"host", b"[::1")], True, FIGURES),
        ([(b"host", b"\xff")], True, NOTHING),
        ([], True, NOTHING),
        # Somebody passes on what others ask.
        *(
            ([(b"host", b"127.0.0.1"), (name, b"192.0.2.7")], True, NOTHING)
            for name in (b"x-forwarded-for", b"x-forwarded-proto", b"forwarded", b"via", b"x-real-ip")
        ),
        # The readers' port, whatever is claimed: a proxy may stand before it and not say so.
        ([(b"host", b"127.0.0.1:8080")], False, NOTHING),
        ([(b"host", b"localhost")], False, NOTHING),
        ([(b"host", b"127.0.0.1"), basic(b"me:")], False, NOTHING),
    ],
)
def test_without_a_password(headers: list[tuple[bytes, bytes]], at_home: bool, expected: Sight) -> None:
    assert sight(visit(at_home, headers), None) is expected


@pytest.mark.parametrize("at_home", [True, False])
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], ASKED),
        ([basic(b"me:tide")], ALL),
        ([basic(b":tide")], ALL),
        ([(b"authorization", b"basic   " + base64.b64encode(b"me:tide"))], ALL),
        ([basic(b"me:tide"), (b"via", b"proxy")], ALL),
        ([basic(b"me:tides")], ASKED),
        ([basic(b"me:")], ASKED),
        ([basic(b"tide")], ASKED),
        ([(b"authorization", b"Basic tide")], ASKED),
        ([(b"authorization", b"Bearer " + base64.b64encode(b"me:tide"))], ASKED),
        ([(b"authorization", b"")], ASKED),
        ([basic(b"me:tide"), basic(b"me:tide")], ASKED),
    ],
)
def test_with_a_password(headers: list[tuple[bytes, bytes]], at_home: bool, expected: Sight) -> None:
    assert sight(visit(at_home, headers), "tide") is expected


def test_an_empty_password_lets_nobody_in() -> None:
    assert sight(visit(True, [basic(b"me:")]), "") is ASKED


def test_a_password_may_hold_any_character() -> None:
    assert sight(visit(False, [basic("me:è:ß".encode())]), "è:ß") is ALL


def test_who_is_an_operator() -> None:
    assert [one.is_operator for one in (ALL, FIGURES, ASKED, NOTHING)] == [True, True, False, False]
    assert challenge() == (b"www-authenticate", b'Basic realm="syndicate status", charset="UTF-8"')
    assert is_trying(visit(False, [basic(b"")]))
    assert not is_trying(visit(False, []))


def test_wrong_passwords_are_few() -> None:
    tries = Tries(burst=3, pause=5.0)
    for _ in range(3):
        assert tries.may_try("a", 0.0)
        tries.failed("a", 0.0)
    assert not tries.may_try("a", 4.9)
    assert tries.may_try("b", 0.0)
    assert tries.may_try("a", 5.0)
    tries.failed("a", 5.0)
    assert not tries.may_try("a", 5.0)
    assert tries.may_try("a", 10.0)


def test_only_so_many_who_tried_are_remembered() -> None:
    tries = Tries(burst=1, pause=5.0)
    for who in range(10_001):
        tries.failed(who, 0.0)
    assert tries.may_try(0, 0.0)
    assert not tries.may_try(10_000, 0.0)
