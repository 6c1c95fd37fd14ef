"""Feed definitions: faults of all files at once, with file, line and cure."""

from pathlib import Path

import pytest

from syndicate.errors import ConfigErrors
from syndicate.feeds.definition import feed_of
from syndicate.feeds.load import load_definitions
from syndicate.model.content import Content
from syndicate.model.feed import Order

GOOD = """id = "town"
title = "Town"
link = "https://p.example/town"
description = "Town"
formats = ["rss", "atom"]
schedule = "*/5 * * * *"
timezone = "America/New_York"
max_age = "7d"
content = "summary"

[select]
sections = ["town"]
"""


def load(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigErrors) as caught:
        load_definitions(folder)
    return str(caught.value)


def test_a_good_definition(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text(GOOD, encoding="utf-8")
    (feed,) = (feed_of(one, "de") for one in load_definitions(tmp_path))
    assert (feed.id, feed.language, feed.content, feed.order) == ("town", "de", Content.SUMMARY, Order.UPDATED)
    assert feed.schedule is not None
    assert feed.schedule.text == "*/5 * * * *"
    assert feed.select.sections == ("town",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"*/5 * * * *"', '"*/5 * *"', ":6: schedule = '*/5 * *'"),
        ('"*/5 * * * *"', '"61 * * * *"', ":6: schedule = '61 * * * *'"),
        (
            "America/New_York",
            "America/NewYork",
            ":7: timezone = 'America/NewYork' is no IANA zone (did you mean 'America/New_York'?)",
        ),
        ('"rss", "atom"', '"rss", "atm"', ":5: formats: 'atm' is no format that can be written (did you mean 'atom'?)"),
        ('"rss", "atom"', '"rss", "rss"', ":5: formats names a format twice"),
        ('"rss", "atom"', '"newsml-g2"', ":9: content = 'summary': newsml-g2 items are always whole"),
        ('id = "town"', 'id = "articles"', ":1: id = 'articles' is a name that the published tree needs itself"),
        ('id = "town"', 'id = "../town"', ":1: id = '../town'"),
        ("sections =", "section =", ":12: [select] section is not a known key (did you mean 'sections'?)"),
    ],
)
def test_faults_name_line_and_cure(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert f"bad.toml{said}" in load(tmp_path, bad=GOOD.replace(old, new))


def test_two_feeds_cannot_share_an_id(tmp_path: Path) -> None:
    said = load(tmp_path, a=GOOD, b="# another\n" + GOOD)
    assert f"b.toml:2: id = 'town' is already the id of {tmp_path}/a.toml" in said


def test_faults_of_all_files_come_together(tmp_path: Path) -> None:
    said = load(tmp_path, a=GOOD.replace("limit", "x").replace("title", "titel"), b=GOOD.replace("7d", "7"))
    assert "a.toml:2" in said
    assert "b.toml:8" in said
