"""What is selected: by tags, in order, and nothing that the audience may not see."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.feeds.select import conditions, query_of
from syndicate.model.article import Article, Status
from syndicate.model.feed import Feed, Order, Selection
from syndicate.model.subject import Subject
from syndicate.model.visibility import Audience, may_see, takes_over
from syndicate.store import changes, selection
from syndicate.store.engine import Store, open_store
from syndicate.store.selection import Query
from tests.conftest import NOW
from tests.store.filling import put


def guids(store: Store, query: Query, now: datetime = NOW, audience: Audience = Audience.PUBLIC) -> list[str]:
    with store.read() as connection:
        return [one.guid for one in selection.choose(connection, query, audience, now)]


def test_selection_by_each_field(store: Store, article: Article) -> None:
    put(store, article, replace(article, guid="tag:x,2019:other", sections=("sport",), subjects=(), keywords=()))
    for query in (("section:town",), ("subject:medtop:20000337",), ("subject:20000337",), ("keyword:ferry",)):
        assert guids(store, Query(conditions=(query,))) == [article.guid]
    assert len(guids(store, Query())) == 2
    assert guids(store, Query(conditions=(("section:town", "section:sport"), ("keyword:ferry",)))) == [article.guid]
    assert guids(store, Query(excluded=("keyword:ferry",))) == ["tag:x,2019:other"]
    assert guids(store, Query(conditions=(("section:nowhere",),))) == []


def test_an_article_with_two_wanted_tags_comes_once(store: Store, article: Article) -> None:
    put(store, article)
    assert guids(store, Query(conditions=(("keyword:ferry", "keyword:harbour"),))) == [article.guid]


def test_order_limit_and_ties(store: Store, article: Article) -> None:
    times = [(3, 1), (2, 2), (1, 3), (1, 3)]
    for number, (updated, published) in enumerate(times):
        moment = datetime(2026, 1, 10, tzinfo=UTC)
        put(
            store,
            replace(
                article,
                guid=f"tag:x,2019:{number}",
                updated=moment + timedelta(days=updated),
                published=moment - timedelta(days=10 - published),
            ),
        )
    assert guids(store, Query(limit=3)) == ["tag:x,2019:0", "tag:x,2019:1", "tag:x,2019:3"]
    assert guids(store, Query(order=Order.PUBLISHED))[:2] == ["tag:x,2019:3", "tag:x,2019:2"]
    oldest = datetime(2026, 1, 12, tzinfo=UTC)
    assert guids(store, Query(oldest=oldest)) == ["tag:x,2019:0", "tag:x,2019:1"]


def test_an_embargo_hides_its_revision_and_not_the_one_before(store: Store, article: Article) -> None:
    release = NOW + timedelta(hours=1)
    put(store, article, replace(article, version=3, headline="Secret", updated=NOW, embargo=release))
    with store.read() as connection:
        before = selection.choose(connection, Query(), Audience.PUBLIC, release - timedelta(microseconds=1))
        after = selection.choose(connection, Query(), Audience.PUBLIC, release)
        assert changes.next_change_of_view(connection, NOW) == release
    assert [one.version for one in before] == [2]
    assert [one.version for one in after] == [3]


@pytest.mark.parametrize("status", [Status.WITHHELD, Status.CANCELED])
def test_a_withdrawn_article_is_gone_at_once(store: Store, article: Article, status: Status) -> None:
    put(store, article, replace(article, version=3, status=status, embargo=NOW + timedelta(days=1)))
    assert guids(store, Query()) == []
    with store.read() as connection:
        assert selection.standing_of(connection, [article.guid], NOW)[article.guid].status is status
    assert guids(store, Query(), audience=Audience.STAFF) == []


def test_tags_of_an_older_revision_do_not_find_it(store: Store, article: Article) -> None:
    put(store, article, replace(article, version=3, sections=("sport",), updated=NOW))
    assert guids(store, Query(conditions=(("section:town",),))) == []
    assert guids(store, Query(conditions=(("section:sport",),))) == [article.guid]


def test_what_stands_for_an_article_is_told_whoever_may_see_it(store: Store, article: Article) -> None:
    later = NOW + timedelta(hours=1)
    put(store, article, replace(article, version=3, status=Status.WITHHELD, updated=NOW))
    put(store, replace(article, guid="tag:x,2019:other", embargo=later))
    with store.read() as connection:
        wanted = [article.guid, "tag:x,2019:other", "tag:x,2019:none"]
        standing = selection.standing_of(connection, wanted, NOW)
        assert {guid: (one.version, one.status) for guid, one in standing.items()} == {
            article.guid: (3, Status.WITHHELD)
        }
        assert selection.standing_of(connection, wanted, later).keys() == {article.guid, "tag:x,2019:other"}


def test_a_chosen_revision_has_its_times_and_its_text(store: Store, article: Article) -> None:
    expires = datetime(2031, 7, 1, 1, 2, 3, 456789, tzinfo=UTC)
    put(store, replace(article, embargo=NOW - timedelta(microseconds=1), expires=expires))
    with store.read() as connection:
        (one,) = selection.choose(connection, Query(), Audience.PUBLIC, NOW)
        (text,) = selection.texts_of(connection, [one.revision]).values()
    names = ("guid", "version", "status", "published", "updated", "embargo", "expires")
    assert [getattr(one, name) for name in names] == [getattr(text, name) for name in names]
    assert {one: 1}[one._replace(guid=text.guid)] == 1


_moments = st.integers(min_value=-3, max_value=3).map(lambda hours: NOW + timedelta(hours=hours))
_revisions = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(list(Status)),
            "embargo": st.none() | _moments,
            "expires": st.none() | _moments,
            "sections": st.sampled_from([("town",), ("sport",), ("town", "sport"), ()]),
            "subjects": st.sampled_from(
                [(), (Subject(scheme="medtop", code="1"),), (Subject(scheme="own", code="1"),)]
            ),
        }
    ),
    min_size=1,
    max_size=4,
)


def expected(stories: Sequence[Sequence[Article]], feed: Feed, now: datetime) -> set[str]:
    """The rule in words: the newest revision that has taken over, if the public may see it and the feed wants it."""
    standing = [next((one for one in reversed(story) if takes_over(one, now)), None) for story in stories]
    wanted = [one for one in standing if one is not None and may_see(one, Audience.PUBLIC, now)]
    return {one.guid for one in wanted if all(condition.holds for condition in conditions(one, feed, now))}


@settings(max_examples=60, deadline=None)
@given(
    stories=st.lists(_revisions, min_size=1, max_size=4),
    now=_moments,
    published=_moments,
    select_=st.sampled_from(
        [Selection(), Selection(sections=("town",)), Selection(subjects=("1",), sections=("sport",))]
    ),
    exclude=st.sampled_from([Selection(), Selection(subjects=("own:1",))]),
)
def test_the_query_agrees_with_the_decision(
    stories: list[list[dict[str, object]]], now: datetime, published: datetime, select_: Selection, exclude: Selection
) -> None:
    feed = Feed(id="f", title="F", link="https://x.example/", description="F", language="en", formats=("rss",),
                select=select_, exclude=exclude)  # fmt: skip
    base = Article(guid="", headline="H", published=published, updated=NOW - timedelta(days=1))
    told = [
        [
            replace(base, guid=f"tag:x,2019:{n}", version=v, updated=base.updated + timedelta(hours=v), **values)  # type: ignore[arg-type]
            for v, values in enumerate(story, 1)
        ]
        for n, story in enumerate(stories)
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store("sqlite://", Path(folder))
        put(store, *(one for story in told for one in story))
        assert set(guids(store, query_of(feed, now), now)) == expected(told, feed, now)
        store.close()
