from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.addresses import WEB, AddressError, absolute, shown

BASE = "https://harbour.example/2026/ferry"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (" https://a.example/x ", "https://a.example/x"),
        ("HTTPS://A.example:8080/x?y=[1]", "HTTPS://A.example:8080/x?y=[1]"),
        ("../x", "https://harbour.example/x"),
        ("mailto:åse@harbour.example", "mailto:%C3%A5se@harbour.example"),
        ("tel:+4712345678", "tel:+4712345678"),
        ("https://user@bücher.example/é", "https://user@xn--bcher-kva.example/%C3%A9"),
        ("https://a.example/%20x", "https://a.example/%20x"),
    ],
)
def test_absolute(address: str, expected: str) -> None:
    assert absolute(address, BASE) == expected
    assert absolute(expected, None) == expected


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "an empty address"),
        ("\t\n ", "an empty address"),
        ("x", "the relative address 'x'"),
        ("java\tscript:x", "a javascript: address"),
        ("https://[::1", "the broken address 'https://[::1'"),
        ("https:///x", "the broken address 'https:///x'"),
        ("https://" + "ü" * 80 + ".example/", "the broken address"),
        ("ftp://a.example/x", "a ftp: address"),
    ],
)
def test_what_is_no_address_says_why(address: str, reason: str) -> None:
    with pytest.raises(AddressError) as caught:
        absolute(address, None, WEB)
    assert str(caught.value).startswith(reason)


def test_an_address_that_breaks_its_base_is_refused() -> None:
    with pytest.raises(AddressError, match="broken address"):
        absolute("//[x", BASE)


def test_long_addresses_are_shortened_for_messages() -> None:
    assert shown("x" * 81) == "x" * 80 + "..."
    assert shown("x" * 80) == "x" * 80


@given(st.text(), st.sampled_from([None, BASE]))
def test_any_text_gives_an_ascii_address_or_a_reason(text: str, base: str | None) -> None:
    address = "https://a.example/"
    with suppress(AddressError):
        address = absolute(text, base)
    assert address.isascii()
    assert not set(address) & set(' "<>\n\t')
    assert address.partition(":")[0].lower() in {"http", "https", "mailto", "tel"}
