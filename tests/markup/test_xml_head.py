"""What a file is, from its first bytes."""

import time

import pytest

from syndicate.markup.xml_head import root_of


@pytest.mark.parametrize(
    ("head", "root"),
    [
        (b"<a>", ("a", "")),
        (b'<?xml version="1.0"?>\n<!-- <b> --><o:a x="1" y="2"/>', ("a", ' x="1" y="2"/')),
        (b'<!DOCTYPE a PUBLIC "x" "y" [<!ENTITY c "d">]>\n<a\n>', ("a", "\n")),
        (b"\xef\xbb\xbf<a.b-c >", ("a.b-c", " ")),
        ("<a>".encode("utf-16"), ("a", "")),
        (b"<a", ("", "")),
        (b"text <a>", ("", "")),
        (b"", ("", "")),
        (b"<!-- never ends", ("", "")),
    ],
)
def test_roots(head: bytes, root: tuple[str, str]) -> None:
    assert root_of(head) == root


def test_long_heads_take_no_time() -> None:
    start = time.perf_counter()
    for piece in (b"<!--", b"<!DOCTYPE [", b"<?x ", b"  ", b"<!DOCTYPE a []"):
        root_of(piece * 20_000)
    assert time.perf_counter() - start < 2
