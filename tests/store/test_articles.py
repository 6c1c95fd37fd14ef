"""The store's promises: versions are only added, and the change log has no holes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.errors import StoreError
from syndicate.model.article import Article, Status
from syndicate.store import articles
from syndicate.store.engine import Store, count_changes
from tests.conftest import NOW
from tests.store.filling import added, put


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


def test_only_the_standing_revision_is_listed(store: Store, article: Article) -> None:
    put(store, article, replace(article, version=3), replace(article, version=4))
    put(store, replace(article, version=5), replace(article, version=6, embargo=NOW))
    with store.read() as connection:
        listed = connection.rows("SELECT version FROM revision WHERE listed = ? ORDER BY version", (True,))
        assert listed == [(5,), (6,)]
        assert connection.value("SELECT count(DISTINCT revision_id) FROM revision_tag") == 2


def test_a_revision_that_is_not_listed_any_more_has_no_tags_and_no_fragments(store: Store, article: Article) -> None:
    put(store, article, replace(article, guid="tag:x,2019:other"))
    with store.write() as connection:
        connection.run(
            "INSERT INTO fragment (revision_id, format, content, key, sha256, size, lines, findings, data)"
            " SELECT id, 'rss', 'full', 'k', 'h', 1, 1, ?, ? FROM revision",
            (b"", b"x"),
        )
    put(store, replace(article, version=3, sections=("sport",), status=Status.WITHHELD))
    with store.read() as connection:
        assert connection.rows(
            "SELECT DISTINCT a.guid FROM revision_tag t JOIN revision r ON r.id = t.revision_id"
            " JOIN article a ON a.id = r.article_id"
        ) == [("tag:x,2019:other",)]
        assert connection.value("SELECT count(*) FROM fragment") == 1


def test_the_newest_are_those_last_changed(store: Store, article: Article) -> None:
    others = [replace(article, guid=f"tag:x,2019:{n}", updated=NOW - timedelta(days=n)) for n in range(3)]
    put(store, *others)
    put(store, replace(others[0], version=3, headline="Again"))
    put(store, replace(others[2], version=3, status=Status.CANCELED))
    with store.read() as connection:
        found = [(one.article.guid[-1], one.article.version) for one in articles.newest(connection, 10)]
        assert found == [("2", 3), ("0", 3), ("1", 2)]
        assert len(articles.newest(connection, 2)) == 2
        assert articles.newest(connection, 0) == ()
        assert articles.count(connection) == 3


def test_guids_are_found_by_a_part_taken_literally(store: Store, article: Article) -> None:
    put(store, *(replace(article, guid=guid) for guid in ("tag:x,2019:a_b", "tag:x,2019:a/b%", "tag:x,2019:ab")))
    with store.read() as connection:
        assert articles.guids_like(connection, "a_") == ("tag:x,2019:a_b",)
        assert articles.guids_like(connection, "/b%") == ("tag:x,2019:a/b%",)
        assert len(articles.guids_like(connection, "2019", limit=2)) == 2


def test_more_articles_than_marks_in_one_question(store: Store, article: Article) -> None:
    several = [replace(article, guid=f"tag:x,2019:{n}", body=()) for n in range(1201)]
    put(store, *several)
    put(store, *(replace(one, version=3, updated=NOW) for one in several))
    with store.read() as connection:
        latest = articles.latest_of(connection, {one.guid for one in several})
        assert len(latest) == 1201
        assert {one.article.version for one in latest.values()} == {3}
        assert connection.value("SELECT count(*) FROM revision WHERE listed = ?", (True,)) == 1201
