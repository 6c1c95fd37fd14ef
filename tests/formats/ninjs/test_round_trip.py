"""What is written as ninjs comes back: every field that the format keeps, in every version."""

from dataclasses import fields, replace

from hypothesis import given, settings

from syndicate.formats import base as formats
from syndicate.model.article import Article, Status
from tests.formats.ninjs.documents import VERSIONS, alone, document, draft, ingested, kept, read
from tests.formats.story import STORY
from tests.strategies import articles


@given(articles())
@settings(max_examples=40)
def test_what_is_written_is_read(article: Article) -> None:
    made = ingested(article)
    for name in VERSIONS:
        expected = kept(made, name)
        if made.status is Status.CANCELED:
            expected["urgency"] = 1
        for data in (document(name, made), alone(name, made)):
            found = draft(data)
            assert kept(found.article, name) == expected
            assert (found.lost, found.repairs) == ((), ())
            assert (found.identity, found.stated_version) == (made.guid, made.version)


def test_the_story_comes_back() -> None:
    for name in VERSIONS:
        found = kept(draft(document(name, STORY)).article, name)
        assert found == {**kept(STORY, name), "updated": STORY.updated.replace(microsecond=0)}


def test_roles_of_media_come_back_where_the_version_has_a_place_for_them() -> None:
    roles = [media.role for media in STORY.media]
    for name in VERSIONS:
        assert [media.role for media in draft(alone(name, STORY)).article.media] == roles


def test_what_is_kept_are_fields_of_an_article() -> None:
    for name in VERSIONS:
        assert formats.keeps(name) - {"text"} <= {field.name for field in fields(Article)}


def test_each_article_of_a_feed_is_a_draft_with_its_line() -> None:
    data = document("ninjs-1.6", STORY, replace(STORY, guid="tag:harbour.example,2019:story:32"))
    assert [one.line for one in read(data)] == [33, 34]
