"""Articles as JSON: what is written is read back; what does not fit is named by its path."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.article_json import FieldError, dumps, from_dict, loads, to_dict
from syndicate.model.article import Article
from syndicate.model.body import Embed, ListBlock, MediaBlock, Quote, Related, Table
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from tests.strategies import articles

MINIMAL: dict[str, Any] = {
    "guid": "tag:x,2019:1",
    "headline": "H",
    "published": "2026-01-01T00:00:00Z",
    "updated": "2026-01-01T00:00:00+01:00",
}


@given(articles())
def test_written_and_read_back(article: Article) -> None:
    assert loads(dumps(article)) == article


@given(articles(), st.sampled_from([0, 1, 250_000]))
def test_the_store_keeps_what_the_contract_shows(article: Article, microsecond: int) -> None:
    moved = replace(article, updated=article.updated.replace(microsecond=microsecond), embargo=article.published)
    assert dumps(moved) == orjson.dumps(to_dict(moved))


ODD: list[Any] = [None, "", " ", "x", 0, -1, 3, True, 1.5, [], {}, ["x"], [""], [1], [None], [{}], {"text": "x"},
                 "2026-01-01T00:00:00", "2026-01-01t00:00:00.5+01:00", "paragraph"]  # fmt: skip


def places(values: Any) -> list[tuple[Any, Any]]:
    """Every value inside, by what holds it and its key or index."""
    pairs = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    found = [(values, key) for key, _ in pairs]
    return found + [place for holder, key in found for place in places(holder[key])]


def outcome(read: Callable[[], Article]) -> str:
    """The article with the types of its values, or what was wrong."""
    try:
        return repr(read())
    except FieldError as error:
        return str(error)


@given(articles(), st.data())
def test_what_is_unfit_is_read_as_from_anybody(article: Article, data: st.DataObject) -> None:
    values = to_dict(article)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(values)))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(st.sampled_from(ODD))
    doc = orjson.dumps(values)
    assert outcome(lambda: loads(doc)) == outcome(lambda: from_dict(orjson.loads(doc)))


def test_names_are_those_of_the_contract(article: Article) -> None:
    assert list(to_dict(article)) == [
        "guid", "version", "status", "language", "headline", "slugline", "abstract", "highlights", "authors",
        "contributors", "dateline", "body", "media", "sections", "subjects", "keywords", "genre", "urgency",
        "published", "updated", "embargo", "expires", "url", "rights", "note", "correction", "links", "derived",
        "signal", "significant",
    ]  # fmt: skip
    assert to_dict(article)["published"] == "2026-03-02T08:30:00Z"


def test_every_block_and_media() -> None:
    values = MINIMAL | {
        "body": [
            {"type": "media", "media": "m1"},
            {"type": "list", "ordered": True, "items": ["a", "b"]},
            {"type": "quote", "html": "q", "cite": None},
            {"type": "table", "html": "<table/>"},
            {"type": "related", "title": "r", "url": None},
            {"type": "embed", "url": "https://x.example/", "html": ""},
        ],
        "media": [
            {
                "id": "m1",
                "type": "video",
                "role": "lead",
                "duration": 95,
                "renditions": [{"href": "https://x.example/v.mp4"}],
            }
        ],
    }
    article = from_dict(values)
    assert article.body == (
        MediaBlock(media="m1"),
        ListBlock(items=("a", "b"), ordered=True),
        Quote(html="q"),
        Table(html="<table/>"),
        Related(title="r"),
        Embed(url="https://x.example/"),
    )
    rendition = Rendition(href="https://x.example/v.mp4")
    assert article.media == (
        Media(id="m1", type=MediaType.VIDEO, role=MediaRole.LEAD, duration=95, renditions=(rendition,)),
    )
    assert article.media_of("m1") is article.media[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"headline": None}, "headline is missing"),
        ({"headline": 7}, "headline must be text, not a number"),
        ({"published": "2026-01-01T00:00:00"}, "published is '2026-01-01T00:00:00': not an RFC 3339 time with offset"),
        ({"embargo": "soon"}, "embargo is 'soon': not an RFC 3339 time"),
        ({"status": "cancelled"}, "status is 'cancelled'; one of usable, withheld, canceled is wanted"),
        ({"keywords": "ferry"}, "keywords must be a list, not text"),
        ({"keywords": ["a", 1]}, r"keywords\[1\] must be text"),
        ({"media": [{"id": "a"}, {"id": "b", "duration": -1}]}, r"media\[1\].duration is -1"),
        ({"body": [{"type": "video"}]}, r"body\[0\].type is 'video'; one of paragraph"),
        ({"body": [{"type": "heading", "html": "x", "level": 1}]}, r"body\[0\].level is 1"),
        ({"urgency": 2.5}, "urgency must be a whole number"),
        ({"authors": ["Ada"]}, r"authors\[0\] must be an object, not text"),
        ({"dateline": "Paris"}, "dateline must be an object"),
        ({"rights": []}, None),
        ({"rights": "mine"}, "rights must be an object"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], said: str | None) -> None:
    if said is None:
        assert from_dict(MINIMAL | change).rights.holder is None
        return
    with pytest.raises(FieldError, match=said):
        from_dict(MINIMAL | change)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_values_make_an_article_or_a_field_error(value: object) -> None:
    for name in ("headline", "published", "body", "media", "dateline", "keywords", "urgency", "rights"):
        try:
            made: Article | FieldError = from_dict(MINIMAL | {name: value})
        except FieldError as error:
            made = error
        assert isinstance(made, Article) or name in str(made)
