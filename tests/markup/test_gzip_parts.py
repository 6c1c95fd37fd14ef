"""Joined gzip files: any reader unpacks them, to the same bytes."""

import gzip
import subprocess

from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.gzip_parts import join, piece


@given(st.binary(max_size=2000), st.lists(st.binary(max_size=3000), max_size=5), st.binary(max_size=200))
def test_joined_files_unpack_to_the_whole(head: bytes, parts: list[bytes], tail: bytes) -> None:
    whole = b"".join((head, *parts, tail))
    joined = join(head, [piece(part) for part in parts], tail, whole)
    assert gzip.decompress(joined) == whole
    assert joined == join(head, [piece(part) for part in parts], tail, whole)


def test_the_gzip_program_finds_it_sound() -> None:
    part = b"<item>text and text and text</item>\n" * 100
    whole = b"<rss>" + part * 3 + b"</rss>"
    joined = join(b"<rss>", [piece(part)] * 3, b"</rss>", whole)
    assert subprocess.run(["gzip", "-dc"], input=joined, capture_output=True, check=True).stdout == whole
    assert len(joined) < len(whole) // 10
