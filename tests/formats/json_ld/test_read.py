"""JSON-LD as it comes in: what we wrote, what others write, what nobody should."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.errors import InputError, LimitError
from syndicate.formats import base as formats
from syndicate.formats.json_ld import names, read, render
from syndicate.markup import json_ld
from syndicate.markup.body_text import body_text
from syndicate.markup.text import one_line, repair
from syndicate.model.article import Article, Dateline, Person, Status
from syndicate.model.body import ListBlock, Paragraph
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading, Rejected
from syndicate.model.media import Media, MediaRole, MediaType, Rendition
from syndicate.model.subject import Subject
from tests.formats.feed_checks import document
from tests.formats.story import NOW, PUBLISHER, STORY
from tests.strategies import articles

READING = Reading(now=NOW, language="de")


def drafts(data: bytes | dict[str, Any] | list[Any]) -> list[Draft | Rejected]:
    """What is read."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(read.read(io.BytesIO(data), "a.json", READING))


def draft_of(**members: Any) -> Draft:
    """The draft of one article of others."""
    usual = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry stops",
             "url": "https://other.example/a", "datePublished": "2026-03-01T10:00:00+01:00"}  # fmt: skip
    (found,) = drafts({name: value for name, value in (usual | members).items() if value is not None})
    assert isinstance(found, Draft), found
    return found


def rejected(**members: Any) -> str:
    """Why the article of others is none."""
    usual = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "F",
        "url": "https://other.example/a",
    }
    (found,) = drafts({name: value for name, value in (usual | members).items() if value is not None})
    assert isinstance(found, Rejected), found
    return found.reason


def text_of(article: Article) -> list[str]:
    """The words of the body."""
    return repair(body_text(render.replace_all_but_body(article)))[0].split()


def normal(value: Any) -> Any:
    """A value as import would have left it: sound texts on one line, none that are empty."""
    if isinstance(value, str):
        return one_line(repair(value)[0]).strip() or None
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(filter(None, map(normal, value))))
    if isinstance(value, Media):
        value = replace(value, id="", role=MediaRole.LEAD, name=None)
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return type(value)(**{name: normal(getattr(value, name)) for name in value.__dataclass_fields__})
    return value


@settings(max_examples=80)
@given(articles())
def test_what_we_write_we_read(article: Article) -> None:
    if article.status is not Status.USABLE:
        article = replace(article, correction=article.correction or "Wrong man.")
    (found,) = drafts(document("json-ld", article))
    assert isinstance(found, Draft)
    for name in names.KEEPS - {"guid", "text", "sections", "keywords", "headline", "media"}:
        assert normal(getattr(found.article, name)) == normal(getattr(article, name)), name
    assert found.article.guid == article.guid
    assert found.article.headline == (normal(article.headline) or article.guid)
    assert text_of(found.article) == text_of(article)
    for name in ("sections", "keywords"):
        assert getattr(found.article, name) == tuple(dict.fromkeys(normal(getattr(article, name)))), name
    told = tuple(one for one in article.media if one.renditions or normal(one.title) or normal(one.caption))
    assert [*map(normal, found.article.media)] == [*map(normal, told)]
    assert found.stated_version == article.version
    assert set(found.lost) <= {"publisher"}


def test_what_we_write_is_ours_and_nobody_elses() -> None:
    for content in Content:
        data = document("json-ld", STORY, content=content)
        assert read.detect(data, "json-ld.json")
        alone = render.alone(render.fragment(STORY, PUBLISHER, content))
        assert read.detect(alone, "-")
        assert len(drafts(alone)) == 1
    for name in ("jsonfeed", "rss", "newsml-g2"):
        assert not read.detect(document(name, STORY), formats.written_facts(name).FILE_NAME)
    assert not read.detect(data, "page.html")
    assert not read.detect(b'{"headline": "A"}', "a.json")
    assert read.detect(b'\xef\xbb\xbf {"@type": ["NewsArticle"]}', "a.jsonld")
    assert read.detect(b'{"@context": "https:\\/\\/schema.org"', "")


def test_an_article_of_others() -> None:
    found = draft_of(
        identifier="4711",
        description=" The ferry stops. ",
        articleBody="First.\n\nSecond\nline.",
        dateModified="2026-03-01T12:00:00Z",
        inLanguage={"@type": "Language", "name": "English", "alternateName": "en"},
        author=[{"@type": "Person", "givenName": "Ada", "familyName": "Holm", "jobTitle": "Editor",
                 "url": "https://other.example/ada"}, "Jon Ferry"],
        publisher={"@type": "Organization", "name": "Other Post"},
        articleSection="Town",
        keywords="ferry, pier , ferry",
        about=[{"@type": "Thing", "name": "Harbours"}, {"@id": "http://cv.iptc.org/newscodes/mediatopic/20000337"}],
        image={"@type": "ImageObject", "url": "https://other.example/a.jpg", "width": "640px", "caption": "Pier"},
        video={"@type": "VideoObject", "name": "V", "duration": "PT1M5S", "contentUrl": "https://other.example/v.mp4",
               "thumbnailUrl": ["https://other.example/v.jpg", "https://other.example/v?1"]},
        alternativeHeadline="Buses run",
        isAccessibleForFree=False,
        commentCount=7,
    )  # fmt: skip
    article = found.article
    assert (article.guid, found.identity) == ("", "https://other.example/a")
    assert article.published == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    assert (article.abstract, article.language, article.sections) == ("The ferry stops.", "en", ("Town",))
    assert article.keywords == ("ferry", "pier", "Harbours")
    assert article.subjects == (Subject(scheme="medtop", code="20000337"),)
    assert article.authors == (Person(name="Ada Holm", role="Editor"), Person(name="Jon Ferry"))
    assert article.body == (Paragraph(html="First."), Paragraph(html="Second<br/>line."))
    assert article.media == (
        Media(id="m1", type=MediaType.PICTURE, role=MediaRole.LEAD, caption="Pier",
              renditions=(Rendition(href="https://other.example/a.jpg", width=640),)),
        Media(id="m2", type=MediaType.VIDEO, role=MediaRole.GALLERY, title="V", duration=65,
              renditions=(Rendition(href="https://other.example/v.mp4"), Rendition(href="https://other.example/v.jpg"))),
    )  # fmt: skip
    assert set(found.lost) == {"author/url", "publisher", "alternativeHeadline", "isAccessibleForFree", "commentCount"}


def test_articles_of_a_graph_and_a_list_are_found_with_their_lines() -> None:
    data = b"""{"@context": "https://schema.org", "@graph": [
        {"@type": "Person", "@id": "#ada", "name": "Ada"},
        {"@type": "WebPage", "mainEntity":
            {"@type": "Article", "@id": "https://other.example/a#article", "headline": "A", "author": {"@id": "#ada"},
             "citation": {"@type": "NewsArticle", "headline": "another"}}},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item":
            {"@type": "NewsArticle", "headline": "B", "mainEntityOfPage": {"@id": "https://other.example/b"}}}]}
    ]}"""
    first, second = drafts(data)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (first.line, first.article.headline, first.article.authors) == (3, "A", (Person(name="Ada"),))
    assert (second.line, second.article.url) == (6, "https://other.example/b")
    assert set(first.article.derived) == {"published", "updated"}
    assert first.lost == ("citation",)


@pytest.mark.parametrize(
    ("word", "status"),
    [("Canceled", Status.CANCELED), ("https://schema.org/Retracted", Status.CANCELED), ("Withheld", Status.WITHHELD),
     ("Draft", Status.WITHHELD), ("Published", Status.USABLE), (None, Status.USABLE), ("witheld", Status.WITHHELD),
     ("https://schema.org/Killed/", Status.CANCELED)],
)  # fmt: skip
def test_status(word: str | None, status: Status) -> None:
    assert draft_of(creativeWorkStatus=word).article.status is status


def test_an_embargo_in_words_of_others_withholds() -> None:
    found = draft_of(embargoDate="2026-05-01")
    assert (found.article.status, found.lost) == (Status.WITHHELD, ("embargoDate",))
    assert "embargoDate is no word of schema.org" in found.repairs[0].what
    assert draft_of(embargoDate="2026-05-01", creativeWorkStatus="Canceled").article.status is Status.CANCELED


def test_a_few_objects_do_not_stand_in_the_place_of_many_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_ld, "_MOST_RESOLVED", 10_000)
    picture = {"@id": "#p", "@type": "ImageObject", "encoding": [{"contentUrl": "https://x.example/1"}] * 90}
    many = {"@id": "#m", "@type": "ImageObject", "encoding": [{"contentUrl": "https://x.example/1"}] * 100}
    stories = [
        {"@type": "Article", "headline": "F", "url": "https://x.example/a", "image": {"@id": name}}
        for name in ("#m", *["#p"] * 60)
    ]
    found = drafts({"@context": "https://schema.org", "@graph": [picture, many, *stories]})
    shown = [bool(one.article.media) for one in found if isinstance(one, Draft)]
    assert (len(shown), sum(shown), shown[:2], shown[-1]) == (61, 10_000 // 184, [False, True], False)


def test_what_was_withdrawn_needs_no_headline() -> None:
    found = draft_of(creativeWorkStatus="Canceled", headline=None, identifier="tag:other.example,2020:1")
    assert (found.article.headline, found.article.guid) == ("tag:other.example,2020:1", "tag:other.example,2020:1")
    assert "headline" in found.article.derived


def test_what_cannot_be_taken_says_why() -> None:
    assert rejected(headline=None) == "headline is missing: every article needs one"
    assert rejected(expires="some day").startswith("expires is 'some day'")
    assert "guid" in rejected(url=None)
    assert rejected(articleBody="<p>x</p>" * 400_000).startswith("articleBody: ")


def test_a_headline_of_nothing_but_tags_is_text() -> None:
    found = draft_of(headline="<b>" * 200)
    assert found.article.headline == "<b>" * 200
    assert "nested" in found.repairs[0].what


def test_what_is_not_certain_is_told() -> None:
    found = draft_of(datePublished="2026-03-01", dateModified="soon", version="new", identifier="tag:a.example,2020:1")
    assert found.article.published == datetime(2026, 3, 1, tzinfo=UTC)
    assert found.article.derived == ("published", "updated")
    assert {one.field for one in found.repairs} == {"published", "updated", "version"}
    assert draft_of(dateline="Port Ellis, March 1").article.dateline == Dateline(text="Port Ellis, March 1")
    assert draft_of(contentLocation={"name": "Port Ellis"}).article.dateline == Dateline(
        text="Port Ellis", place="Port Ellis"
    )


def test_html_where_text_is_due_is_read_as_html() -> None:
    found = draft_of(articleBody="<p>One &amp; <b>two</b></p><p>Three</p>", headline="A <i>ferry</i>")
    assert found.article.body == (Paragraph(html="One &amp; <strong>two</strong>"), Paragraph(html="Three"))
    assert found.article.headline == "A ferry"
    assert any("HTML" in one.what for one in found.repairs)


def test_lists_are_known_again() -> None:
    text = "\u2022 a\n\u2022 b\n\n1. c\n2. d\n\n1. e\n3. f"
    assert draft_of(articleBody=text).article.body == (
        ListBlock(items=("a", "b")),
        ListBlock(items=("c", "d"), ordered=True),
        Paragraph(html="1. e<br/>3. f"),
    )


def test_media_of_a_strange_address_are_left_out_and_told() -> None:
    found = draft_of(image=["https://other.example/a.jpg", {"contentUrl": "https://[x/a.jpg"}])
    assert len(found.article.media) == 1
    assert any(one.field == "media" for one in found.repairs)


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"{", 1), (b'{\n"a": }', 2), (b"", 1), (b'{"@type": "Person"}', 1), (b'{"a": "\\ud800", }', None)],
)
def test_a_file_that_is_no_article_is_refused(data: bytes, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        drafts(data)
    assert caught.value.line == line


def test_half_a_character_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"@type": "NewsArticle", "headline": "A\\ud800b", "url": "https://other.example/a"}'
    (found,) = drafts(data)
    assert isinstance(found, Draft)
    assert found.article.headline == "Ab"
    assert found.repairs[0].field == "document"
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    with pytest.raises(LimitError):
        drafts(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 9999) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["https://a.example/x", "2026-03-01", "PT5S", "NewsArticle", "<p>x</p>", "mailto:a@b.example"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["@id", "@type", "@value", "@list", "name", "url", "contentUrl", "encoding",
                                       "thumbnailUrl", "termCode", "inDefinedTermSet", "text", "position"]),
                      inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
_MEMBERS = ("headline", "url", "identifier", "datePublished", "dateModified", "expires", "author", "image", "video",
            "keywords", "about", "articleBody", "abstract", "correction", "inLanguage", "version", "publisher",
            "usageInfo", "isAccessibleForFree", "creativeWorkStatus", "mainEntityOfPage", "dateline")  # fmt: skip


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(_MEMBERS), _JSON, max_size=8))
def test_no_value_is_too_strange(members: dict[str, Any]) -> None:
    data = json.dumps({**members, "@type": "NewsArticle"}).encode()
    assert len(drafts(data)) == 1


@pytest.mark.parametrize("open_", ['{"@graph":', "[", '{"@type":"Article","image":{"contentUrl":'])
def test_deep_nesting_does_no_harm(open_: str) -> None:
    for depth in (20, 200):
        close = {"[": "]"}.get(open_, "}" * open_.count("{"))
        data = (open_ * depth + '{"@type":"NewsArticle","headline":"A"}' + close * depth).encode()
        try:
            assert len(drafts(data)) == 1
        except InputError:
            assert "Article" not in open_
