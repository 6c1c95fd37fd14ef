"""What WebSub costs those who do not use it: nothing is loaded for it."""

import pytest

from tests.cli.process import loaded
from tests.newsroom import Newsroom, story

WANTED = ("httpcore2", "syndicate.fetch", "syndicate.deliver", "syndicate.store.pings", "syndicate.store.subscriptions")


@pytest.mark.parametrize(
    "words", [["export"], ["export", "--force"], ["diff", "town"], ["schedule", "list"]], ids=" ".join
)
def test_without_hubs_nothing_is_loaded_for_them(newsroom: Newsroom, words: list[str]) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    assert loaded(WANTED, *words, folder=newsroom.folder)[0] == set()


def test_with_a_hub_but_nothing_to_tell_no_client_is_loaded(newsroom: Newsroom) -> None:
    text = newsroom.config.read_text(encoding="utf-8")
    newsroom.config.write_text(f'{text}[websub]\nown = "https://harbour.example/hub"\n', encoding="utf-8")
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    assert loaded(("httpcore2",), "export", folder=newsroom.folder)[0] == set()
