"""`export`: names of its JSON, chosen feeds and formats, rehearsal, force."""

import hashlib
from pathlib import Path

import pytest

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
NAMES = ["feed", "format", "path", "items", "bytes", "sha256", "state", "findings", "left_out"]
ALL = [("all", "rss"), ("all", "atom"), ("all", "newsml-g2"), ("town", "rss"), ("town", "atom"), ("town", "newsml-g2")]


@pytest.fixture
def filled(newsroom: Newsroom) -> Newsroom:
    """A newsroom with two stories in the store, one of them in town."""
    path = newsroom.story("a.jsonl", story("ferry"), story("tide", sections=["science"]))
    assert newsroom.call("import", str(path), now=NOW)[0] == 0
    return newsroom


def stamps(room: Newsroom) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in room.folder.rglob("*") if path.is_file()}


def test_one_object_per_document_with_the_contracts_names(filled: Newsroom) -> None:
    found = filled.json("export", now=NOW)
    assert [list(one) for one in found] == [NAMES] * 6
    assert [(one["feed"], one["format"]) for one in found] == ALL
    assert [one["items"] for one in found] == [2, 2, 2, 1, 1, 1]
    for one in found:
        data = filled.tree()[one["path"]]
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert (one["state"], one["findings"], one["left_out"]) == ("written", [], [])


def test_only_what_changed_is_written(filled: Newsroom) -> None:
    filled.call("export", now=NOW)
    before = stamps(filled)
    assert {one["state"] for one in filled.json("export", now=NOW)} == {"unchanged"}
    assert stamps(filled) == before
    filled.call("import", str(filled.story("b.jsonl", story("eels", sections=["science"]))), now=NOW)
    states = {(one["feed"], one["format"]): one["state"] for one in filled.json("export", now=NOW)}
    assert {feed for (feed, _), state in states.items() if state == "written"} == {"all"}


def test_a_rehearsal_says_all_and_writes_nothing(filled: Newsroom) -> None:
    rehearsed = filled.json("export", "--dry-run", now=NOW)
    assert not any((filled.folder / "feeds").rglob("*.xml"))
    assert rehearsed == filled.json("export", now=NOW)
    before = stamps(filled)
    filled.call("import", str(filled.story("b.jsonl", story("eels"))), now=NOW)
    tree = filled.tree()
    code, out, err = filled.call("export", "--dry-run", now=NOW)
    assert code == 0
    assert "would be: 6 written" in err
    assert out.count("written") == 6
    assert filled.tree() == tree
    assert {path for path, stamp in stamps(filled).items() if before.get(path) != stamp} <= {
        filled.folder / "b.jsonl",
        filled.folder / "var" / "syndicate.db",
    }


def test_force_writes_the_same_again(filled: Newsroom) -> None:
    filled.call("export", now=NOW)
    before = filled.tree()
    assert {one["state"] for one in filled.json("export", "--force", now=NOW)} == {"written"}
    assert filled.tree() == before


def test_chosen_feeds_and_formats(filled: Newsroom) -> None:
    found = filled.json("export", "town", "--format", "rss", "--format", "atom", now=NOW)
    assert [(one["feed"], one["format"]) for one in found] == [("town", "rss"), ("town", "atom")]
    assert {path.split("/")[0] for path in filled.tree() if path.endswith(".xml")} == {"town"}
    assert "town/newsml-g2.xml" not in filled.tree()
    found = filled.json("export", "town", now=NOW)
    assert [one["state"] for one in found] == ["unchanged", "unchanged", "written"]


def test_documents_that_were_damaged_are_mended(filled: Newsroom) -> None:
    filled.call("export", now=NOW)
    good = filled.tree()
    (filled.folder / "feeds" / "all" / "rss.xml").write_bytes(b"<rss/>")
    (filled.folder / "feeds" / "town" / "atom.xml.gz").unlink()
    states = [one["state"] for one in filled.json("export", now=NOW)]
    assert states == ["written", "unchanged", "unchanged", "unchanged", "written", "unchanged"]
    assert filled.tree() == good


def test_the_moment_decides(filled: Newsroom) -> None:
    path = filled.story("b.jsonl", story("secret", embargo="2026-03-05T06:00:00Z"))
    filled.call("import", str(path), now=NOW)
    counts = [
        filled.json("export", "--dry-run", "town", "--format", "rss", now=moment)[0]["items"]
        for moment in ("2026-03-05T05:59:59Z", "2026-03-05T06:00:00Z", "2026-03-05T01:00:00-05:00")
    ]
    assert counts == [1, 2, 2]


def test_a_store_without_articles_gives_empty_feeds(newsroom: Newsroom) -> None:
    code, _, err = newsroom.call("export", now=NOW)
    assert code == 0, err
    tree = newsroom.tree()
    assert b"<item" not in tree["all/rss.xml"]
    assert "all/newsml-g2.xml" not in tree
    assert newsroom.call("validate", str(newsroom.folder / "feeds"))[0] == 0
