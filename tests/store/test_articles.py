"""The store's promises: versions are only added, the change log has no holes, nobody sees what is hidden."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.errors import StoreError
from syndicate.feeds.select import conditions, query_of
from syndicate.model.article import Article, Status
from syndicate.model.feed import Feed, Order, Selection
from syndicate.model.subject import Subject
from syndicate.model.visibility import Audience, may_see, takes_over
from syndicate.store import articles, changes, selection
from syndicate.store.articles import Addition
from syndicate.store.engine import Store, count_changes, open_store
from syndicate.store.selection import Query
from tests.conftest import NOW


def put(store: Store, *revisions: Article) -> None:
    with store.write() as connection:
        articles.add_all(connection, [added(one) for one in revisions], batch=1, now=NOW)


def added(revision: Article) -> Addition:
    return Addition(article=revision, kind="new", source="test:1")


def guids(store: Store, query: Query, now: datetime = NOW, audience: Audience = Audience.PUBLIC) -> list[str]:
    with store.read() as connection:
        return [one.guid for one in selection.choose(connection, query, audience, now)]


def test_an_article_comes_back_as_it_went_in(store: Store, article: Article) -> None:
    put(store, article)
    with store.read() as connection:
        found = articles.history(connection, article.guid)
    assert [one.article for one in found] == [article]
    assert found[0].source == "test:1"
    assert found[0].accepted == NOW


def test_versions_are_added_and_the_change_log_counts_on(store: Store, article: Article) -> None:
    later = replace(article, version=3, headline="Ferry runs again", updated=NOW)
    put(store, article, later)
    with store.read() as connection:
        assert [one.article.version for one in articles.history(connection, article.guid)] == [2, 3]
        assert articles.latest_of(connection, [article.guid, "tag:none"])[article.guid].article == later
        assert connection.rows("SELECT number FROM change ORDER BY number") == [(1,), (2,)]
        assert count_changes(connection) == 2


def test_a_version_cannot_be_written_twice(store: Store, article: Article) -> None:
    put(store, article)
    with pytest.raises(StoreError):
        put(store, replace(article, headline="Another text under the same number"))
    with store.read() as connection:
        assert count_changes(connection) == 1


def test_a_failed_transaction_leaves_no_hole_in_the_log(store: Store, article: Article) -> None:
    def fail_midway() -> None:
        with store.write() as connection:
            articles.add_all(connection, [added(article)], batch=1, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    put(store, article)
    with store.read() as connection:
        assert count_changes(connection) == 1


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
        assert selection.visible(connection, article.guid, Audience.PUBLIC, NOW) is None
        assert selection.visible(connection, article.guid, Audience.STAFF, NOW) is not None


def test_tags_of_an_older_revision_do_not_find_it(store: Store, article: Article) -> None:
    put(store, article, replace(article, version=3, sections=("sport",), updated=NOW))
    assert guids(store, Query(conditions=(("section:town",),))) == []
    assert guids(store, Query(conditions=(("section:sport",),))) == [article.guid]


def test_only_the_standing_revision_is_listed(store: Store, article: Article) -> None:
    put(store, article, replace(article, version=3), replace(article, version=4))
    put(store, replace(article, version=5), replace(article, version=6, embargo=NOW))
    with store.read() as connection:
        listed = connection.rows("SELECT version FROM revision WHERE listed = ? ORDER BY version", (True,))
        assert listed == [(5,), (6,)]
        assert connection.value("SELECT count(DISTINCT revision_id) FROM revision_tag") == 2


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
