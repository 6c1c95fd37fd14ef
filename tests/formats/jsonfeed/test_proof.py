"""What is proved good without a look at the rules is good by the rules; what our renderer writes is mostly proved."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given

from syndicate.formats.jsonfeed import proof
from syndicate.markup.json_nodes import parse_json
from syndicate.model.article import Article, Status
from syndicate.validate.part import check_item
from tests.strategies import articles
from tests.validate.items import LATE, frame_for, in_document, item_of, key
from tests.validate.test_proof import FRENCH, VALUES, stories

DAY = "9000-01-01"
FRAME = frame_for("jsonfeed", LATE)
TEXTS = [value.decode("utf-8", "surrogateescape") for value in VALUES]
OTHERS: list[Any] = [None, True, 0, -1, 1.5, 10**12, [], ["x"], [1], {}, {"name": "x"}, [{}], [{"name": ""}], [[]],
                     [{"url": "https://a.example/"}], [{"url": "https://a.example/", "mime_type": "x/y", "z": 1}],
                     [{"name": "x", "url": "/x"}]]  # fmt: skip


def changed(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The item with a member left out, put in, or with another value, also further inside."""
    for name in (*item, "odd", "_own", "author", "external_url", "user_comment"):
        yield {key: value for key, value in item.items() if key != name}
        for value in (*TEXTS, *OTHERS):
            yield {**item, name: value}
        inner = item.get(name)
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield from ({**item, name: [one, *inner[1:]]} for one in changed(inner[0]))
        elif isinstance(inner, list):
            yield from ({**item, name: [one, *inner]} for one in (*TEXTS, *OTHERS))


def test_our_stories_are_proved() -> None:
    assert FRAME.proof is proof.is_good
    lines = [item_of("jsonfeed", article) for article in stories() if article.status is Status.USABLE]
    proved = [proof.is_good(line, DAY) for line in lines]
    assert all(proved)
    assert [one for line in lines for one in in_document(FRAME, line, LATE)] == []


def test_what_is_proved_of_any_article_is_true() -> None:
    seen: list[bool] = []

    @given(articles(status=Status.USABLE))
    def compare(article: Article) -> None:
        item = item_of("jsonfeed", article)
        seen.append(proof.is_good(item, DAY))
        assert [key(one) for one in check_item(FRAME, item, now=LATE)] == in_document(FRAME, item, LATE)

    compare()
    assert sum(seen) > len(seen) / 3


def test_no_change_is_proved_good_that_is_not() -> None:
    item = orjson.loads(item_of("jsonfeed", FRENCH))
    item["attachments"] = [{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg", "title": "Son",
                            "size_in_bytes": 1, "duration_in_seconds": 2}]  # fmt: skip
    item["authors"] = [{"name": "Ada"}]
    proved = 0
    for one in changed(item):
        try:
            line = orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError:  # Text that is no UTF-8 cannot be written.
            continue
        if proof.is_good(line, DAY):
            proved += 1
            assert in_document(FRAME, line, LATE) == [], line.decode()
    assert proved > 200


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"1",
        b'{"id": "x"}',
        b'{"id":"x","id":"y","content_text":"","date_published":"2026-03-02T08:30:00Z"}',
        b'{"id":"x","content_text":"\\u0041","date_published":"2026-03-02T08:30:00Z"}',
        b'{"id":"x","content_text":"\xc2\x9d","date_published":"2026-03-02T08:30:00Z"}',
        b'{"id":"x","content_text":"\xff","date_published":"2026-03-02T08:30:00Z"}',
        b'{"id":"x","content_text":"","date_published":"9001-03-02T08:30:00Z"}',
        b'{"id":"x","content_text":"","date_published":"2026-03-02T08:30:00Z","date_modified":"2026-03-01T08:30:00Z"}',
    ],
)
def test_what_is_not_written_as_ours_is_not_proved(line: bytes) -> None:
    assert not proof.is_good(line, DAY)


@pytest.mark.parametrize(
    "feed",
    [
        b'{"version":"https://jsonfeed.org/version/1","items":[{}]}',
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{},{}]}',
        b'{"items":[{}]}',
        b'{"version":"https://jsonfeed.org/version/1.1","tags":[{}]}',
        b'[{"version":"https://jsonfeed.org/version/1.1","items":[{}]}]',
    ],
)
def test_in_another_feed_nothing_is_proved(feed: bytes) -> None:
    root = parse_json(feed).root
    assert root is not None
    owner = next(node for node in root.iter() if node.name in ("items", "tags"))
    assert proof.proof(owner) is None
