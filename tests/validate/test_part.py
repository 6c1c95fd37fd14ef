"""One item alone has the findings that it has in its document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.validate.part import check_item, frame_of
from tests.formats.story import NOW
from tests.validate.items import NAMES, frame_for, in_document, item_of, key

DAMAGES = (
    (b"<pubDate>", b"<pubDate>x"),
    (b"<updated>", b"<updated>x"),
    (b"<versionCreated>", b"<versionCreated>x"),
    (b"</title>", b"&lt;b&gt;x&lt;/b&gt;</title>"),
    (b"<title>", b"<title>&nbsp;"),
    (b"<title>", b"<odd/><title>"),
    (b"<title>", b'<o:dd xmlns:o="urn:o"><x/></o:dd><title>'),
    (b"</title>", b"</title></item>\n<item>"),
    (b"</title>", b"</title></entry>\n<entry>"),
    (b"</title>", b"</title></item></channel><channel>\n<item>"),
    (b"</title>", b"</titel>"),
    (b"<item>", b"text\n<item>"),
    (b"<item>", b"<item><author>Ada</author>"),
    (b'href="https', b'href="/x'),
    (b'url="https', b'url="javascript:'),
    (b"Ada", "\x85\ufffd".encode()),
    (b"<author><name>Ada Holm", b"<author><name>"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", [(b"", b""), *DAMAGES])
def test_an_item_alone_is_as_in_its_document(name: str, damage: tuple[bytes, bytes]) -> None:
    frame, item = frame_for(name), item_of(name)
    item = item.replace(*damage, 1)
    found = [key(one) for one in check_item(frame, item, now=NOW)]
    assert found == in_document(frame, item)


@pytest.mark.parametrize("name", NAMES)
def test_any_damage_to_an_item(name: str) -> None:
    frame, whole = frame_for(name), item_of(name)

    @given(st.integers(0, len(whole)), st.integers(0, 40), st.sampled_from([b"", b"<", b">", b'"', b"</item>", b"<b>"]))
    def compare(start: int, length: int, put: bytes) -> None:
        item = whole[:start] + put + whole[start + length :] + b"\n"
        assert [key(one) for one in check_item(frame, item, now=NOW)] == in_document(frame, item)

    compare()


@pytest.mark.parametrize(("name", "is_begun"), [("rss", True), ("atom", True), ("newsml-g2", False)])
def test_only_formats_that_look_at_items_one_by_one_have_a_short_way(name: str, is_begun: bool) -> None:
    frame = frame_for(name)
    assert (frame.begin is not None) is is_begun
    assert bool(frame.opening) is is_begun


def test_an_entry_takes_its_author_from_the_feed_and_the_feed_alone() -> None:
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2026:f</id>\n'
    author = b"<author><name>Ada</name></author>\n"
    entry = b"<entry><id>tag:a.example,2026:e</id></entry>\n"
    for frame, is_missing in ((head, True), (head + author, False)):
        found = check_item(frame_of("atom", frame, b"</feed>\n"), entry, now=NOW)
        assert ("atom.author.missing" in {one.rule.id for one in found}) is is_missing
