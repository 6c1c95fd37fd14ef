"""One feed in depth: what is to come in it, however much is to come in others before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.condition import detail
from syndicate.condition.detail import InDepth, in_depth
from syndicate.model.article import Article
from syndicate.model.feed import Feed, Selection
from syndicate.store.engine import Store, open_store
from syndicate.web.status_page import feed_page
from syndicate.web.status_parts import Frame
from tests.conftest import NOW
from tests.store.filling import put

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TOWN = Feed(
    id="town",
    title="Town",
    link="https://harbour.example/town",
    description="Town",
    language="en",
    formats=("rss",),
    select=Selection(sections=("town",)),
)
SPORT = replace(TOWN, id="sport", select=Selection(sections=("sport",)))


@pytest.fixture
def store(tmp_path: Path, article: Article) -> Iterator[Store]:
    """A store with a hundred embargoes for sport, and one for the town behind them."""
    opened = open_store("sqlite:///store.db", tmp_path)
    sport = replace(article, sections=("sport",))
    put(opened, *(replace(sport, guid=f"tag:x,2019:{n}", embargo=NOW + n * MINUTE) for n in range(1, 101)))
    put(opened, replace(article, guid="tag:x,2019:last", embargo=NOW + 5 * HOUR))
    yield opened
    opened.close()


def town(store: Store) -> InDepth:
    found = in_depth(store, (TOWN, SPORT), "town", NOW, 5 * MINUTE)
    assert found is not None
    return found


def page(store: Store) -> str:
    frame = Frame(publisher="Harbour Post", now=NOW, is_still=True)
    return feed_page(frame, town(store), sees_all=False).decode()


def test_what_comes_behind_many_releases_of_other_feeds_is_found(store: Store) -> None:
    found = town(store)
    assert [(one.guid, one.feeds) for one in found.releases] == [("tag:x,2019:last", ("town",))]
    assert not found.has_later
    assert "More may come" not in page(store)


def test_where_not_everything_was_looked_at_it_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detail, "_MOST_LOOKED_AT", 100)
    assert (town(store).releases, town(store).has_later) == ((), True)
    assert "Nothing of what is to come soonest is in it." in page(store)
    monkeypatch.setattr(detail, "_MOST_LOOKED_AT", 101)
    assert "More may come later: not everything was looked at." in page(store)


def test_a_feed_with_very_many_releases_shows_the_first(store: Store) -> None:
    found = in_depth(store, (TOWN, SPORT), "sport", NOW, 5 * MINUTE)
    assert found is not None
    assert len(found.releases) == 100
    assert found.has_later
