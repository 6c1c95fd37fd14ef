"""The short way of an article to what is kept of it gives what the long way gives."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.formats.article_json.read import read_piece, write_piece
from syndicate.ingest.prepare import Import, prepared
from syndicate.model.draft import Draft, Piece, Reading, Written
from tests.conftest import NOW

READING = Reading(now=NOW, language="en-GB")
ORDER = Import(reading=READING, tag_authority="harbour.example,2019")
QUAY = "https://harbour.example/quay.jpg"
RENDITION = {"href": QUAY, "type": "image/jpeg", "width": 1600, "height": 900, "bytes": 12_000}
MEDIA = {
    "id": "quay", "type": "picture", "role": "lead", "name": None, "title": "Quay", "caption": "The quay of Port Ellis",
    "credit": "Ana Ferro", "source": None, "duration": None, "renditions": [RENDITION],
}  # fmt: skip
FIGURE = f'<figure><img src="{QUAY}" alt="Quay"><figcaption>The quay. <em>Ana Ferro</em></figcaption></figure>'
STORY: dict[str, Any] = {
    "guid": "tag:harbour.example,2019:story:1",
    "version": 3,
    "headline": "Ferry stops — “for now”",
    "highlights": ["Two weeks", "  No  bus "],
    "authors": [{"name": "Ana Ferro", "email": "ana@harbour.example"}, "Bo Lind"],
    "contributors": [{"name": "Ida Nord"}],
    "dateline": {"place": "Port Ellis", "source": "HP"},
    "body_html": f"<p>The ferry &amp; the bus <em>stop</em>.</p>\n{FIGURE}<h3>Why</h3><ul><li>Ice</li></ul><p> </p>",
    "media": [MEDIA],
    "sections": ["Town", "town"],
    "subjects": [{"scheme": "medtop", "code": "20000430", "name": "ferry"}],
    "keywords": ["ice", " ice"],
    "genre": "Feature",
    "published": "2026-03-02T08:30:00+01:00",
    "embargo": "2026-03-05T06:00:00.25Z",
    "expires": "2027-03-05T06:00:00Z",
    "url": "https://harbour.example/1",
    "rights": {"holder": "HP"},
    "links": [{"rel": "previous", "guid": "tag:harbour.example,2019:story:0"}],
    "derived": ["headline"],
}


def _written(values: Mapping[str, Any]) -> bool:
    """Whether the short way was taken; either way the answers are the same."""
    piece = Piece(orjson.dumps(values), 7)
    found = write_piece(piece, "a.jsonl", READING)
    assert prepared(found, ORDER) == prepared(read_piece(piece, "a.jsonl", READING), ORDER)
    return isinstance(found, Written)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"media": None, "body_html": "<p>Text</p>"},
        {"media": [{name: value for name, value in MEDIA.items() if name != "name"}]},
        {"media": [MEDIA, MEDIA | {"id": "other", "renditions": []}]},
        {"media": [MEDIA | {"duration": 95, "renditions": [dict.fromkeys(RENDITION) | {"href": QUAY}]}]},
        {"version": None, "headline": "Bell\x07 <b>rings</b>", "colour": "blue", "urgency": 9, "status": "withheld"},
        {"published": None, "language": "??", "slugline": "../x", "rights": None},
        {"body": [], "body_html": f"<blockquote>It stops.</blockquote>{FIGURE.replace('The quay. ', '')}"},
    ],
)
def test_most_articles_go_the_short_way(changes: dict[str, Any]) -> None:
    assert _written(STORY | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"guid": None},
        {"body": [{"type": "paragraph", "html": "Text"}]},
        {"body_html": None},
        {"body_html": "no markup at all"},
        {"body_html": "<p>not closed"},
        {"body_html": f'<figure><img src="{QUAY}" width="1" height="1"></figure>'},
        {"body_html": '<figure><img src="/quay.jpg"></figure>'},
        {"body_html": '<figure><img src="https://harbour.example/other.jpg"></figure>'},
        {"body_html": f'<figure><img src="{QUAY}"><figcaption>The lighthouse.</figcaption></figure>'},
        {"media": [MEDIA | {"caption": None}]},
        {"media": [MEDIA | {"caption": ""}]},
        {"media": [MEDIA, MEDIA]},
        {"media": [MEDIA | {"id": None}]},
        {"media": [MEDIA | {"type": None}]},
        {"media": [MEDIA | {"role": []}]},
        {"media": [MEDIA | {"duration": -1}]},
        {"media": [MEDIA | {"renditions": None}]},
        {"media": [MEDIA | {"renditions": 0}]},
        {"media": [MEDIA | {"renditions": [RENDITION | {"href": "/quay.jpg"}]}]},
        {"media": [MEDIA | {"renditions": [RENDITION | {"width": True}]}]},
        {"media": [MEDIA | {"renditions": [{"href": QUAY}]}]},
        {"media": ["quay"]},
        {"media": {"id": "quay"}},
    ],
)
def test_what_needs_more_goes_the_long_way(changes: dict[str, Any]) -> None:
    assert not _written(STORY | changes)


SCALARS: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        0,
        1,
        7,
        -1,
        1.5,
        "",
        " ",
        "x",
        " a  b ",
        "<b>x</b>",
        "&amp;",
        "picture",
        "inline",
        QUAY,
        "a@b",
        [],
        {},
    ]
)
TEXTS = st.sampled_from([*FIGURE.split("<"), "p>", "/p>", "em>x", "/em>y\n", "br>", 'a href="/1">z', "/a>&lt;", "h2>"])
PARTS = st.one_of(SCALARS, st.lists(SCALARS, max_size=2))
HTML = st.lists(TEXTS, max_size=6).map(lambda parts: STORY["body_html"] + "<".join(["", *parts]))


@given(
    st.dictionaries(st.sampled_from(list(STORY)), PARTS, max_size=2),
    st.dictionaries(st.sampled_from(list(MEDIA)), PARTS, max_size=2),
    st.dictionaries(st.sampled_from(list(RENDITION)), PARTS, max_size=1),
    st.none() | HTML,
)
def test_both_ways_say_the_same(
    fields: dict[str, Any], media: dict[str, Any], rendition: dict[str, Any], html: str | None
) -> None:
    values = STORY | {"media": [MEDIA | {"renditions": [RENDITION | rendition]} | media]}
    values |= fields | ({"body_html": html} if html else {})
    assert _written(values) in {True, False}


def test_a_draft_comes_of_what_has_no_guid_yet() -> None:
    found = write_piece(Piece(orjson.dumps(STORY | {"guid": None}), 1), "a.jsonl", READING)
    assert isinstance(found, Draft)
    assert found.identity == "https://harbour.example/1"
