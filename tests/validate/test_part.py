"""One item alone has the findings that it has in its document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.formats import base as formats
from syndicate.model.feed import Content
from syndicate.model.finding import Finding
from syndicate.validate.part import Frame, check_item, frame_of
from syndicate.validate.run import check
from tests.formats.story import NOW, PUBLISHER, STORY, envelope

NAMES = ("rss", "atom", "newsml-g2")
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


def frame_and_item(name: str) -> tuple[Frame, bytes]:
    renderer = formats.renderer(name)
    head, tail = renderer.frame(envelope(formats.written_facts(name).FILE_NAME))
    item = renderer.fragment(STORY, PUBLISHER, Content.FULL)
    return frame_of(name, head, tail), item if item.endswith(b"\n") else item + b"\n"


def in_document(frame: Frame, item: bytes) -> list[tuple[str, str, int, int | None]]:
    before, lines = frame.head.count(b"\n"), item.count(b"\n")
    found = check(frame.head + item + frame.tail, now=NOW, as_format=frame.format).findings
    inside = [one for one in found if before < (one.place.line or 0) <= before + lines]
    return [(rule, message, line - before, column) for rule, message, line, column in map(_key, inside)]


def _key(one: Finding) -> tuple[str, str, int, int | None]:
    return one.rule.id, one.message, one.place.line or 0, one.place.column


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", [(b"", b""), *DAMAGES])
def test_an_item_alone_is_as_in_its_document(name: str, damage: tuple[bytes, bytes]) -> None:
    frame, item = frame_and_item(name)
    item = item.replace(*damage, 1)
    found = [_key(one) for one in check_item(frame, item, now=NOW)]
    assert found == in_document(frame, item)


@pytest.mark.parametrize("name", NAMES)
def test_any_damage_to_an_item(name: str) -> None:
    frame, whole = frame_and_item(name)

    @given(st.integers(0, len(whole)), st.integers(0, 40), st.sampled_from([b"", b"<", b">", b'"', b"</item>", b"<b>"]))
    def compare(start: int, length: int, put: bytes) -> None:
        item = whole[:start] + put + whole[start + length :] + b"\n"
        assert [_key(one) for one in check_item(frame, item, now=NOW)] == in_document(frame, item)

    compare()


@pytest.mark.parametrize(("name", "is_begun"), [("rss", True), ("atom", True), ("newsml-g2", False)])
def test_only_formats_that_look_at_items_one_by_one_have_a_short_way(name: str, is_begun: bool) -> None:
    frame, _ = frame_and_item(name)
    assert (frame.begin is not None) is is_begun
    assert bool(frame.opening) is is_begun


def test_an_entry_takes_its_author_from_the_feed_and_the_feed_alone() -> None:
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2026:f</id>\n'
    author = b"<author><name>Ada</name></author>\n"
    entry = b"<entry><id>tag:a.example,2026:e</id></entry>\n"
    for frame, is_missing in ((head, True), (head + author, False)):
        found = check_item(frame_of("atom", frame, b"</feed>\n"), entry, now=NOW)
        assert ("atom.author.missing" in {one.rule.id for one in found}) is is_missing
