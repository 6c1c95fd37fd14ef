"""An export that has nothing to do sees it without loading what does the work, and never when there is something."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.store.stamp import standing
from tests.newsroom import FEED, Newsroom, make_newsroom, story

NOW = "2026-03-04T12:00:00Z"
MOMENT = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose tree is up to date."""
    newsroom.call(
        "import",
        str(newsroom.story("a.jsonl", story("ferry"), story("later", embargo="2026-03-04T18:00:00Z"))),
        now=NOW,
    )
    assert newsroom.call("export", now=NOW)[0] == 0
    return newsroom


def stands(room: Newsroom, moment: datetime = MOMENT) -> bool:
    return standing(room.config, moment) is not None


def test_the_second_export_says_the_same_and_touches_nothing(room: Newsroom) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in (room.folder / "feeds").rglob("*")}
    assert stands(room)
    fast = room.json("export", now=NOW)
    slow = room.json("export", "all", "town", now=NOW)
    assert fast == slow
    assert {one["state"] for one in fast} == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in (room.folder / "feeds").rglob("*")} == stamps


def test_it_loads_neither_database_layer_nor_settings(room: Newsroom) -> None:
    code = (
        "import sys; from syndicate.cli.main import run; code = run(sys.argv[1:]);"
        "print(code, sorted({'sqlalchemy', 'pydantic', 'lxml', 'feedgen', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--config", str(room.config), "--now", NOW, "export"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "0 []"
    assert "unchanged" in done.stderr


def test_it_does_not_stand_when_the_clock_releases_something(room: Newsroom) -> None:
    assert stands(room, datetime(2026, 3, 4, 17, 59, 59, 999999, tzinfo=UTC))
    assert not stands(room, datetime(2026, 3, 4, 18, tzinfo=UTC))
    assert not stands(room, datetime(2026, 3, 4, 11, tzinfo=UTC)), "an earlier moment is another question"


def test_it_does_not_stand_after_a_change(room: Newsroom) -> None:
    room.call("import", str(room.story("b.jsonl", story("news"))), now=NOW)
    assert not stands(room)
    assert room.call("export", "town", now=NOW)[0] == 0
    assert not stands(room), "only one feed was exported"
    room.call("export", now=NOW)
    assert stands(room)


@pytest.mark.parametrize("kind", ["missing", "truncated", "twin"])
def test_it_does_not_stand_when_the_tree_was_tampered_with(room: Newsroom, kind: str) -> None:
    path = room.folder / "feeds" / "town" / ("rss.xml.gz" if kind == "twin" else "rss.xml")
    before = path.read_bytes()
    path.unlink() if kind == "missing" else path.write_bytes(before[:-1])
    assert not stands(room)
    room.call("export", now=NOW)
    assert path.read_bytes() == before


def test_it_does_not_stand_after_a_change_of_configuration(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNDICATE_PUBLISHER__NAME", "Another Post")
    assert not stands(room)
    monkeypatch.undo()
    assert stands(room)
    (room.folder / "config" / "feeds" / "new.toml").write_text(FEED.format(id="new"), encoding="utf-8")
    assert not stands(room)


def test_it_does_not_stand_after_an_upgrade(room: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "code"
    other.mkdir()
    (other / "new.py").write_text("# a newer release\n", encoding="utf-8")
    monkeypatch.setattr("syndicate.store.stamp._CODE", other)
    assert not stands(room)


def test_age_ends_it(newsroom: Newsroom) -> None:
    path = newsroom.folder / "config" / "feeds" / "young.toml"
    path.write_text(FEED.format(id="young") + 'max_age = "4d"\n', encoding="utf-8")
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    assert stands(newsroom, datetime(2026, 3, 5, 8, 0, 0, tzinfo=UTC))
    late = datetime(2026, 3, 5, 8, 0, 0, 1, tzinfo=UTC)
    assert not stands(newsroom, late)
    newsroom.call("export", now=late.isoformat())
    assert b"ferry" not in newsroom.tree()["young/rss.xml"]


def test_a_held_document_is_told_every_time(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from syndicate.formats import base as formats

    renderer = formats.renderer("atom")
    monkeypatch.setattr(renderer, "frame", lambda envelope: (b"<feed>", b"</feed>"))
    assert room.call("export", "--force", now=NOW)[0] == 1
    assert not stands(room)


def test_any_trouble_with_the_store_is_left_to_the_export(room: Newsroom) -> None:
    store = room.folder / "var" / "syndicate.db"
    store.write_bytes(b"no database")
    assert not stands(room)
    os.utime(store, (time.time(), time.time()))
    assert room.call("export", now=NOW)[0] == 3


@pytest.mark.parametrize("name", ["news#1", "news?mode=rwc", "50%25 off"])
def test_a_folder_whose_name_means_something_in_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    room = make_newsroom(tmp_path / name, capsys)
    room.call("import", str(room.story("a.jsonl", story("ferry"))), now=NOW)
    assert room.call("export", now=NOW)[0] == 0
    assert stands(room)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_definition_that_cannot_be_read_is_told_like_any_fault(room: Newsroom) -> None:
    (room.config.parent / "feeds" / ".#town.toml").symlink_to("somebody@elsewhere.1234")
    assert not stands(room)
    for command in (["export"], ["status"], ["config", "check"]):
        code, out, err = room.call(*command, now=NOW)
        assert code == 2
        assert ".#town.toml: cannot be read" in out + err
