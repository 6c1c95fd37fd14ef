"""A store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.store.engine import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite."""
    opened = open_store("sqlite:///store.db", tmp_path)
    yield opened
    opened.close()
