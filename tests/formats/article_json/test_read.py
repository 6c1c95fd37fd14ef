import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.formats.article_json.read import detect, read
from syndicate.formats.article_json.split import MAX_BYTES, split
from syndicate.markup.article_json import dumps, loads, to_dict
from syndicate.markup.text import is_sound
from syndicate.model.article import Article, Dateline, Link, Person
from syndicate.model.body import Embed, Heading, ListBlock, MediaBlock, Paragraph, Quote, Related, Table
from syndicate.model.draft import Draft, Piece, Reading, Rejected
from syndicate.model.media import MediaRole

STORIES = Path(__file__).parent.parent.parent / "stories" / "json"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
READING = Reading(now=NOW, language="en-GB")
GUID = "tag:harbour.example,2019:story:1"


def answers(data: str | bytes) -> list[Draft | Rejected]:
    return list(read(io.BytesIO(data.encode() if isinstance(data, str) else data), "a.jsonl", READING))


def story(**values: Any) -> dict[str, Any]:
    return {"guid": GUID, "headline": "Ferry stops", "published": "2026-03-02T08:30:00Z", **values}


def drafted(**values: Any) -> Draft:
    [draft] = answers(json.dumps(story(**values)))
    assert isinstance(draft, Draft), draft
    return draft


def refused(**values: Any) -> str:
    [answer] = answers(json.dumps(story(**values)))
    assert isinstance(answer, Rejected)
    assert (answer.file, answer.line) == ("a.jsonl", 1)
    return answer.reason


@pytest.mark.parametrize("name", ["embarg", "embago", "expire", "statuss", "publishd"])
def test_a_misspelt_field_that_decides_what_goes_out_is_refused(name: str) -> None:
    reason = refused(**{name: "2030-01-01T06:00:00Z"})
    assert f"{name} is not a known field; did you mean" in reason


@pytest.mark.parametrize("guid", ["tag:harbour.example,2019:story:Æble", "tag:x,2019:a b", "no-uri"])
def test_a_guid_is_a_uri(guid: str) -> None:
    assert "guid" in refused(guid=guid)


def repairs(draft: Draft) -> list[tuple[str, str]]:
    return [(repair.field, repair.what) for repair in draft.repairs]


def guids(found: Iterable[Draft | Rejected]) -> list[str]:
    return [one.article.guid if isinstance(one, Draft) else f"{one.line}: {one.reason}" for one in found]


def test_stories_from_a_file() -> None:
    first, second = answers((STORIES / "articles.jsonl").read_bytes())
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    article = first.article
    assert (first.stated_version, first.line, first.repairs) == (3, 1, ())
    assert (article.version, article.urgency, article.keywords) == (3, 4, ("ferry", "harbour"))
    assert article.updated == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert article.derived == ()
    assert article.body == (
        Paragraph(html="The ferry stops on <strong>Monday</strong>."),
        Heading(html="Buses"),
        Paragraph(html='They leave <a href="https://harbour.example/pier4">pier 4</a> each hour &amp; half.'),
        MediaBlock(media="m1"),
    )
    assert article.media[0].caption == "The bent crane"
    assert (second.article.guid, second.identity, second.line) == ("", "https://harbour.example/2026/03/04/library", 2)
    assert second.article.derived == ("published", "updated")
    assert second.article.published == NOW


def test_an_article_that_we_wrote_comes_back_the_same(article: Article) -> None:
    [draft] = answers(dumps(article))
    assert isinstance(draft, Draft)
    assert draft.article == article
    assert (draft.stated_version, draft.repairs) == (article.version, ())


@pytest.mark.parametrize("depth", [600, 990, 5000])
def test_deep_nesting_is_rejected_or_ignored(depth: int) -> None:
    data = '{{"guid": "{}", "headline": "x\\u0007", "odd": {}}}'.format(GUID, "[" * depth + "]" * depth)
    [answer] = answers(data)
    if isinstance(answer, Draft):
        assert answer.article.headline == "x"
    else:
        assert answer.reason.startswith(("is nested too deep", "is not JSON"))


def test_defaults_for_what_is_missing() -> None:
    [draft] = answers(json.dumps({"guid": GUID, "headline": "Ferry"}))
    assert isinstance(draft, Draft)
    expected = Article(
        guid=GUID, headline="Ferry", published=NOW, updated=NOW, language="en-GB", derived=("published", "updated")
    )
    assert draft.article == expected
    assert draft.stated_version is None


@pytest.mark.parametrize(
    ("name", "value", "field", "what"),
    [
        ("headline", "Ferry\x07 stops", "headline", "control character U+0007 removed"),
        ("headline", "Ferry \ud800stops", "headline", "lone surrogate U+D800 removed"),
        ("headline", "Ferry \u202estops", "headline", "bidi override U+202E removed"),
        ("headline", "<b>Ferry</b> stops", "headline", "markup left out, its text kept"),
        ("headline", "Ferry ]]> stops", "headline", "holds ]]>; written escaped"),
        ("headline", "Ferry &amp; crane", "headline", "holds the entity &amp; as text; left as it is"),
        ("headline", "A &amp;amp; B", "headline", "holds &amp;amp;, escaped twice at its source; left as it is"),
        ("slugline", "../../etc/passwd", "slugline", "'../../etc/passwd' left out: it looks like a path"),
        ("slugline", "/etc/passwd", "slugline", "'/etc/passwd' left out: it looks like a path"),
        ("slugline", "~root", "slugline", "'~root' left out: it looks like a path"),
        ("slugline", "a\\b", "slugline", "'a\\\\b' left out: it looks like a path"),
        ("language", "en_GB", "language", "'en_GB' written 'en-GB'"),
        ("language", "English, please", "language", "'English, please' is no language tag; 'en-GB' taken"),
        ("urgency", 9, "urgency", "9 left out: 1 (most urgent) to 8 are known"),
        ("url", "javascript:alert(1)", "url", "a javascript: address left out"),
        ("updated", "2026-03-01T08:30:00Z", "updated", "before published: the time of publication taken"),
        ("headlin", "x", "headlin", "unknown field 'headlin' ignored (did you mean 'headline'?)"),
        ("authors", [{"name": "A", "email": "no"}], "authors[0].email", "'no' left out: no e-mail address"),
        ("links", [{"rel": "previous"}], "links[0]", "left out: it has neither guid nor url"),
        ("body", [{"type": "media", "media": "m9"}], "body[0]", "left out: the article has no media 'm9'"),
        ("body", [{"type": "paragraph", "html": "<script>x</script>y"}], "body[0]", "script left out"),
        ("body_html", "<p>a</p><script>alert(1)</script>", "body_html", "script left out"),
        ("highlights", ["<i>x</i>"], "highlights[0]", "markup left out, its text kept"),
    ],
)  # fmt: skip
def test_repairs_are_reported(name: str, value: Any, field: str, what: str) -> None:
    assert (field, what) in repairs(drafted(**{name: value}))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"headline": None}, "headline is missing: every article needs one"),
        ({"headline": " \n "}, "headline is missing: every article needs one"),
        ({"headline": "<b></b>"}, "headline is missing: every article needs one"),
        ({"headline": "x" * 1_000_000}, "headline has 1000000 characters; at most 2000 are taken"),
        ({"headline": 7}, "headline must be text, not a number"),
        ({"keywords": ["k"] * 10_000}, "keywords has 10000 entries; at most 500 are taken"),
        ({"published": "1017-05-10T00:00:00Z"}, "published is 1017-05-10T00:00:00+00:00: before the year 1900"),
        ({"updated": "9999-12-31T23:59:59Z"}, "updated is 9999-12-31T23:59:59+00:00: after the year 2200"),
        ({"version": 2**64 - 1}, "version is 18446744073709551615; at most 1000000000 is taken"),
        ({"keywords": ["k" * 600]}, "keywords has an entry of 600 characters; at most 500 are taken"),
        ({"authors": ["a" * 600]}, "authors has an entry of 600 characters; at most 500 are taken"),
        ({"subjects": [{"scheme": "s", "code": "c" * 500}]},
         "subjects[0].code has an entry of 502 characters; at most 500 are taken"),
        ({"guid": "4711"}, "guid is '4711': not a URI in ASCII such as 'tag:example.com,2017:story:4711'"),
        ({"guid": "tag:a b"}, "guid is 'tag:a b': not a URI in ASCII such as 'tag:example.com,2017:story:4711'"),
        ({"guid": "tag:" + "x" * 600}, "guid has 604 characters; at most 500 are taken"),
        ({"guid": None}, "guid is missing, and so is url: one of them must name the article for good"),
        ({"guid": None, "url": "/a"}, "url is '/a': the relative address '/a', and there is no guid"),
        ({"status": "gone"}, "status is 'gone'; one of usable, withheld, canceled is wanted"),
        ({"body_html": "x" * 300_000}, "body_html: the HTML is larger than 256 KiB"),
        ({"body": [{"type": "paragraph", "html": "x" * 90_000}] * 3}, "body: the HTML is larger than 256 KiB"),
        ({"body_html": "<div>" * 200}, "body_html: the HTML is nested more than 128 deep"),
        ({"body": [{"type": "paragraph", "html": "<em>" * 200}]}, "body[0]: the HTML is nested more than 128 deep"),
        ({"dateline": "Port Ellis"}, "dateline must be an object with text, place and source"),
        ({"rights": "Harbour Press"}, "rights must be an object with holder, notice and usage"),
        ({"rights": {"holder": 7}}, "holder must be text, not a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_repaired_is_rejected(values: dict[str, Any], reason: str) -> None:
    assert refused(**values) == reason


@pytest.mark.parametrize("name", ["published", "updated", "embargo", "expires"])
@pytest.mark.parametrize(
    "value", ["tomorrow", "0000-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T08:00:00", " ", 0, False]
)
def test_a_time_that_cannot_be_read_is_rejected(name: str, value: object) -> None:
    reason = refused(**{name: value})
    assert reason.startswith(f"{name} ")


def test_a_rejection_names_the_guid_when_it_is_one() -> None:
    [bad] = answers(json.dumps(story(embargo="soon")))
    [worse] = answers(json.dumps(story(guid="4711")))
    assert isinstance(bad, Rejected)
    assert isinstance(worse, Rejected)
    assert (bad.guid, worse.guid) == (GUID, None)


def test_broken_lines_do_not_stop_the_others() -> None:
    lines = [json.dumps(story()), '{"guid": "x", ', "[1]", "7", json.dumps(story(guid="tag:b,2019:2"))]
    found = answers("\n".join(lines))
    assert guids(found) == [
        GUID,
        "2: is not JSON at column 14: unexpected end of data",
        "3: is no article: an object with the article's fields is wanted",
        "4: is no article: an object with the article's fields is wanted",
        "tag:b,2019:2",
    ]


@pytest.mark.parametrize("first", ['{"guid": "x", ', '{"guid": "x', "{", "}{"])
def test_a_broken_first_line_does_not_stop_the_others(first: str) -> None:
    found = answers(f"{first}\n{json.dumps(story())}\n{json.dumps(story())}\n")
    assert guids(found)[1:] == [GUID, GUID]
    assert isinstance(found[0], Rejected)


def test_a_line_that_is_not_utf_8_is_rejected_alone() -> None:
    found = answers(b'{"headline": "Caf\xe9"}\n' + json.dumps(story()).encode())
    assert guids(found) == ["1: is not UTF-8 at byte 17 of the article: save the file as UTF-8", GUID]


def test_a_line_beyond_the_bound_is_rejected_alone() -> None:
    long = b'{"headline": "' + b"x" * MAX_BYTES + b'"}'
    assert guids(answers(long + b"\n" + json.dumps(story()).encode())) == [
        "1: is longer than 8 MiB: no article is",
        GUID,
    ]
    assert guids(answers(b"[" + long + b",\n" + json.dumps(story()).encode() + b"]")) == [
        "1: is longer than 8 MiB: no article is", GUID,
    ]  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_is_read_element_by_element(indent: int | None) -> None:
    stories = [story(guid=f"tag:b,2019:{n}", abstract='\\"[{,}]\\') for n in range(3)]
    found = answers(json.dumps(stories, indent=indent))
    assert guids(found) == ["tag:b,2019:0", "tag:b,2019:1", "tag:b,2019:2"]
    assert all(isinstance(one, Draft) and one.article.abstract == '\\"[{,}]\\' for one in found)
    if indent:
        assert [one.line for one in found] == [2, 8, 14]


@given(st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.integers())), max_size=6), st.integers(1, 30))
def test_lists_are_cut_at_the_same_places_whatever_the_chunks(values: list[dict[str, Any]], size: int) -> None:
    class Slow(io.BytesIO):
        def read(self, count: int | None = -1, /) -> bytes:
            return super().read(size)

        def readline(self, count: int | None = -1, /) -> bytes:
            return super().readline(size)

    pieces = list(split(Slow(json.dumps(values).encode())))
    assert [json.loads(piece.data) for piece in pieces if isinstance(piece, Piece)] == values


def test_faults_of_lists() -> None:
    one = json.dumps(story())
    cut_off = "the list does not end: the file is cut off, or brackets do not match from here on"
    assert guids(answers(f"[{one}, {{]")) == [GUID, f"1: {cut_off}"]
    assert guids(answers(f"[{one},\n {one}")) == [GUID, f"2: {cut_off}"]
    assert guids(answers(f"[{one}]\n{one}")) == [GUID, "2: there is more after the end of the list"]
    assert guids(answers(f"[{one},]")) == [GUID]
    assert guids(answers("[]")) == []


def test_one_object_over_many_lines() -> None:
    assert guids(answers(json.dumps(story(), indent=1))) == [GUID]
    [broken] = answers(json.dumps(story(), indent=1).replace("Ferry", '"'))
    assert isinstance(broken, Rejected)
    assert broken.reason.startswith("is not JSON at line 3, column ")


def test_an_empty_file_is_rejected() -> None:
    assert guids(answers(b"\n \n")) == ["3: the file is empty: an article, a list or lines of them are wanted"]


def test_every_kind_of_block() -> None:
    draft = drafted(
        url="https://harbour.example/a/",
        media=[{"type": "video", "role": "lead"}, {"id": "m1", "renditions": [{"href": "v.mp4"}, {"href": "data:x"}]}],
        body=[
            {"type": "heading", "level": 3, "html": "<i>H</i>"},
            {"type": "media", "media": "m1"},
            {"type": "list", "ordered": True, "items": ["a & b", "<p></p>"]},
            {"type": "quote", "html": "It bent.", "cite": "Ada"},
            {"type": "table", "html": "<table><tr><td>1</td></tr></table>"},
            {"type": "table", "html": "no table"},
            {"type": "related", "title": "How cranes bend", "url": "cranes"},
            {"type": "embed", "url": "https://v.example/1", "html": "A map"},
            {"type": "embed", "url": "javascript:x", "html": "A map"},
            {"type": "paragraph", "html": "<br>"},
        ],
    )
    assert draft.article.body == (
        Heading(html="<em>H</em>", level=3),
        MediaBlock(media="m1"),
        ListBlock(items=("a &amp; b",), ordered=True),
        Quote(html="It bent.", cite="Ada"),
        Table(html="<table><tr><td>1</td></tr></table>"),
        Paragraph(html="no table"),
        Related(title="How cranes bend", url="https://harbour.example/a/cranes"),
        Embed(url="https://v.example/1", html="A map"),
        Paragraph(html="A map"),
    )
    first, second = draft.article.media
    assert (first.id, first.role, second.id) == ("m1", MediaRole.LEAD, "m1-2")
    assert [one.href for one in second.renditions] == ["https://harbour.example/a/v.mp4"]
    assert repairs(draft) == [
        ("media[1].id", "'m1' is taken; named 'm1-2'"),
        ("media[1].renditions[1].href", "a data: address left out"),
        ("body[5]", "holds no table; its text kept"),
        ("body[8].url", "a javascript: address left out"),
    ]


def test_people_by_name_and_datelines_without_text() -> None:
    article = drafted(authors=["Ada Holm"], dateline={"place": "Noss", "source": "HP"}).article
    assert article.authors == (Person(name="Ada Holm"),)
    assert article.dateline == Dateline(text="Noss HP", place="Noss", source="HP")


def test_links_keep_what_can_be_published() -> None:
    links = [{"rel": "previous", "guid": "tag:b,2019:1"}, {"rel": "seeAlso", "url": "https://a.example/ b"}]
    assert drafted(links=links).article.links == (
        Link(rel="previous", guid="tag:b,2019:1"),
        Link(rel="seeAlso", url="https://a.example/%20b"),
    )


def test_body_wins_over_body_html() -> None:
    draft = drafted(body=[{"type": "paragraph", "html": "x"}], body_html="<p>y</p>")
    assert draft.article.body == (Paragraph(html="x"),)
    assert repairs(draft) == [("body_html", "ignored, since there is a body")]


def test_sound_escapes_are_no_repair() -> None:
    draft = drafted(headline="Øre – “x”", body_html="<p>é</p>")
    assert "\\u" in json.dumps(story(headline="Øre – “x”"))
    assert draft.repairs == ()


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"{", "a.json", True),
        (b"x", "a.jsonl", True),
        (b" [", "-", True),
        (b"<", "-", False),
        (b"{", "a.txt", False),
        (b'{"version": "https://jsonfeed.org/version/1.1"', "a.json", False),
    ],
)
def test_detection(head: bytes, name: str, expected: bool) -> None:
    assert detect(head, name) is expected


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*Article.__dataclass_fields__, "body_html", "other"])


@given(st.dictionaries(NAMES, VALUES, max_size=6), st.text(st.characters(exclude_categories=())))
def test_any_values_give_an_article_or_a_reason(values: dict[str, Any], text: str) -> None:
    stories = [values, story(headline=f"H{text}", abstract=text, body_html=text, keywords=[text])]
    for answer in answers("\n".join(map(json.dumps, stories))):
        if isinstance(answer, Draft):
            kept = replace(answer.article, guid=GUID)
            assert loads(dumps(kept)) == kept
            assert is_sound(json.dumps(to_dict(answer.article), ensure_ascii=False).replace("\\r", ""))
        else:
            assert answer.reason
