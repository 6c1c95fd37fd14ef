"""What changes, and which tags that touches."""

from dataclasses import replace
from datetime import timedelta

from syndicate.model.article import Article, Status
from syndicate.model.tags import tags_of
from syndicate.store import changes
from syndicate.store.engine import Store
from syndicate.store.tags import EVERYTHING
from tests.conftest import NOW
from tests.store.filling import put

HOUR = timedelta(hours=1)


def test_a_change_touches_the_tags_before_and_after(store: Store, article: Article) -> None:
    later = replace(article, version=3, sections=("sport",), keywords=(), updated=NOW)
    put(store, replace(article, guid="tag:x,2019:other", keywords=("tide",)), article)
    put(store, later)
    with store.read() as connection:
        assert changes.tags_changed(connection, 2, 3) == {EVERYTHING, *tags_of(article), *tags_of(later)}
        assert "keyword:tide" in changes.tags_changed(connection, 0, 3)
        assert changes.tags_changed(connection, 3, 3) == set()


def test_a_change_touches_what_stood_behind_an_embargo(store: Store, article: Article) -> None:
    hidden = replace(article, version=3, sections=("sport",), embargo=NOW + HOUR)
    put(store, article, hidden)
    put(store, replace(article, version=4, sections=("weather",), status=Status.WITHHELD))
    with store.read() as connection:
        found = changes.tags_changed(connection, 2, 3)
        assert {"section:town", "section:sport", "section:weather"} <= found


def test_a_change_touches_what_was_out_before_a_withdrawal(store: Store, article: Article) -> None:
    put(store, article)
    put(store, replace(article, version=3, sections=("sport",), status=Status.WITHHELD))
    put(store, replace(article, version=4, sections=("sport",), status=Status.CANCELED))
    with store.read() as connection:
        assert "section:town" in changes.tags_changed(connection, 2, 3)
        (change,) = changes.each_changed(connection, 2, 3)
        assert "section:town" in change.tags


def test_what_was_withdrawn_does_not_come_in_sight(store: Store, article: Article) -> None:
    sport = replace(article, guid="tag:x,2019:sport", sections=("sport",), embargo=NOW + HOUR)
    put(store, sport, replace(article, embargo=NOW + 2 * HOUR))
    put(store, replace(sport, version=sport.version + 1, status=Status.CANCELED))
    with store.read() as connection:
        assert changes.next_change_of_view(connection, NOW) == NOW + HOUR
        assert changes.next_move_in_sight(connection, NOW) == NOW + 2 * HOUR
        assert changes.next_move_in_sight(connection, NOW + 2 * HOUR) is None
        found = changes.tags_moved_in_sight(connection, NOW, NOW + 2 * HOUR)
        assert "section:sport" in changes.tags_moved(connection, NOW, NOW + 2 * HOUR)
    assert "section:town" in found
    assert "section:sport" not in found


def test_what_stands_under_an_embargo_may_expire_in_sight(store: Store, article: Article) -> None:
    put(store, replace(article, expires=NOW + HOUR))
    put(store, replace(article, version=article.version + 1, embargo=NOW + 2 * HOUR))
    with store.read() as connection:
        assert changes.next_move_in_sight(connection, NOW) == NOW + HOUR


def test_each_change_by_itself(store: Store, article: Article) -> None:
    gone = replace(article, version=3, sections=("sport",), status=Status.CANCELED)
    put(store, article)
    put(store, gone, now=NOW + HOUR)
    put(store, replace(article, version=4, sections=("weather",)))
    with store.read() as connection:
        found = changes.each_changed(connection, 0, 2)
    assert [(one.number, one.at, one.is_removal) for one in found] == [(1, NOW, False), (2, NOW + HOUR, True)]
    assert [one.tags for one in found] == [
        {EVERYTHING, *tags_of(article)},
        {EVERYTHING, *tags_of(article), *tags_of(gone)},
    ]


def test_the_clock_touches_what_comes_and_what_goes(store: Store, article: Article) -> None:
    put(store, replace(article, guid="tag:x,2019:1", sections=("one",), embargo=NOW + HOUR))
    put(store, replace(article, guid="tag:x,2019:2", sections=("two",), expires=NOW + 2 * HOUR))
    put(store, replace(article, guid="tag:x,2019:3", sections=("three",), published=NOW + 3 * HOUR))
    sections = {"section:one", "section:two", "section:three"}
    with store.read() as connection:
        moved = [changes.tags_moved(connection, NOW + n * HOUR, NOW + (n + 1) * HOUR) & sections for n in range(4)]
        moments = [changes.next_change_of_view(connection, NOW + n * HOUR) for n in range(4)]
    assert moved == [{"section:one"}, {"section:two"}, {"section:three"}, set()]
    assert moments == [NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR, None]
