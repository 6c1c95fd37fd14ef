"""Putting revisions into a store for a test."""

from datetime import datetime

from syndicate.model.article import Article
from syndicate.store import articles
from syndicate.store.articles import Addition
from syndicate.store.engine import Store
from tests.conftest import NOW


def put(store: Store, *revisions: Article, now: datetime = NOW) -> None:
    """Add these revisions in one transaction, accepted at that moment."""
    with store.write() as connection:
        articles.add_all(connection, [added(one) for one in revisions], batch=1, now=now)


def added(revision: Article) -> Addition:
    """The revision as something to add."""
    return Addition(article=revision, kind="new", source="test:1")
