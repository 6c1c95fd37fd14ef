"""`diff` names what the next export changes; changes that look wrong are held until somebody says they are meant."""

import json
import random
from typing import Any

import pytest

from tests.newsroom import FEED, Newsroom, story

NOW = "2026-03-04T12:00:00Z"
STORIES = [story(f"s{n}", updated=f"2026-03-01T{10 + n:02}:00:00Z") for n in range(6)]


def published(room: Newsroom) -> dict[str, list[tuple[str, str]]]:
    """The items of each document of feed `town`, with a mark of their bytes."""
    documents = json.loads(room.tree()["town/manifest.json"])["documents"]
    return {path: list(zip(one["guids"], one["fragments"], strict=True)) for path, one in documents.items()}


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom with six stories in `town`, all published."""
    newsroom.call("import", str(newsroom.story("a.jsonl", *STORIES)), now=NOW)
    assert newsroom.call("export", now=NOW)[0] == 0
    return newsroom


def change(room: Newsroom, chance: random.Random, number: int) -> None:
    """One random act of a newsroom."""
    name = f"s{chance.randrange(8)}"
    acts: list[dict[str, Any]] = [
        {"headline": f"Headline {number}"},
        {"status": "withheld"},
        {"sections": ["sport"]},
        {"embargo": "2027-01-01T00:00:00Z", "headline": f"Secret {number}"},
        {"expires": "2026-03-01T00:00:00Z"},
    ]
    moment = f"2026-03-02T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    room.call("import", str(room.story("c.jsonl", story(name, updated=moment, **chance.choice(acts)))), now=NOW)


@pytest.mark.parametrize("rounds", [12, pytest.param(1000, marks=pytest.mark.nightly)])
def test_diff_names_exactly_what_the_export_changes(room: Newsroom, rounds: int) -> None:
    chance = random.Random(rounds)
    print("seed", rounds)
    seen = 0
    for number in range(rounds):
        for _ in range(chance.randrange(3)):
            change(room, chance, number)
        before = published(room)
        said = room.json("diff", "town", now=NOW)
        assert published(room) == before, "diff writes nothing"
        room.call("export", "town", "--accept", "test", now=NOW)
        after = published(room)
        for one in said:
            was, is_ = dict(before.get(one["path"], [])), dict(after.get(one["path"], []))
            real = {("in", guid) for guid in is_.keys() - was.keys()}
            real |= {("out", guid) for guid in was.keys() - is_.keys()}
            real |= {("changed", guid) for guid in is_.keys() & was.keys() if is_[guid] != was[guid]}
            named = {(kind, guid) for kind, guid in one["items"] if kind != "moved"}
            assert named == real, (number, one["path"])
            seen += len(real)
    assert seen


def test_a_moved_item_is_named(room: Newsroom) -> None:
    room.call(
        "import", str(room.story("c.jsonl", story("s0", updated="2026-03-03T00:00:00Z", keywords=["x"]))), now=NOW
    )
    rss = next(one for one in room.json("diff", "town", now=NOW) if one["format"] == "rss")
    assert sorted(rss["items"]) == [["changed", STORIES[0]["guid"]], ["moved", STORIES[0]["guid"]]]
    assert room.json("diff", "all", now=NOW)[0]["state"] == "written"
    room.call("export", now=NOW)
    code, out, err = room.call("diff", "town", now=NOW)
    assert (code, out.splitlines()[1:]) == (0, [])
    assert "town/rss.xml: nothing would change" in err


def redefine(room: Newsroom, feed: str, rest: str) -> None:
    (room.folder / "config" / "feeds" / f"{feed}.toml").write_text(FEED.format(id=feed) + rest, encoding="utf-8")


def held(room: Newsroom, *arguments: str) -> set[str]:
    code, out, _ = room.call("export", *arguments, "--json", now=NOW)
    outcomes = json.loads(out)
    found = {one["code"] for outcome in outcomes if outcome["state"] == "held" for one in outcome["findings"]}
    assert code == (1 if found else 0)
    return found


def test_a_feed_that_loses_half_its_items_is_held(room: Newsroom) -> None:
    before = room.tree()["town/rss.xml"]
    redefine(room, "town", '[select]\nsections = ["twon"]\n')
    assert held(room) == {"feed.items.lost"}
    assert room.tree()["town/rss.xml"] == before
    _, _, err = room.call("export", now=NOW)
    assert "export it with --accept REASON if that is meant [feed.items.lost]" in err
    assert room.call("export", "--accept", "why not", now=NOW)[0] == 2, "the feed must be named"
    assert held(room, "town", "--accept", "the section was renamed") == set()
    assert b"<item" not in room.tree()["town/rss.xml"]
    kept = room.json("status")["accepted"]
    assert {(one["feed"], one["reason"]) for one in kept} == {("town", "the section was renamed")}
    assert held(room) == set()


def test_withdrawn_articles_are_no_loss(room: Newsroom) -> None:
    gone = [{**one, "version": 2, "status": "canceled"} for one in STORIES[:5]]
    room.call("import", str(room.story("c.jsonl", *gone)), now=NOW)
    assert held(room) == set()
    assert room.tree()["town/rss.xml"].count(b"<item>") == 1


def test_a_feed_whose_ids_all_change_is_held(room: Newsroom) -> None:
    redefine(room, "town", '[select]\nsections = ["moved"]\n')
    moved = [story(f"new{n}", sections=["moved"], updated=one["updated"]) for n, one in enumerate(STORIES)]
    room.call("import", str(room.story("c.jsonl", *moved)), now=NOW)
    assert "feed.ids.changed" in held(room, "town")


def test_a_feed_full_of_newer_stories_is_not_held(room: Newsroom) -> None:
    redefine(room, "town", '[select]\nsections = ["town"]\n')
    path = room.folder / "config" / "feeds" / "town.toml"
    path.write_text(path.read_text().replace("[select]", "limit = 3\n[select]"), encoding="utf-8")
    assert held(room, "town", "--accept", "shorter") == set()
    news = [story(f"n{n}", updated=f"2026-03-02T1{n}:00:00Z") for n in range(4)]
    room.call("import", str(room.story("c.jsonl", *news)), now=NOW)
    assert held(room, "town") == set()


def test_a_feed_whose_date_goes_back_is_held(room: Newsroom) -> None:
    redefine(room, "town", '[select]\nsections = ["town"]\n[exclude]\nkeywords = ["late"]\n')
    room.call(
        "import", str(room.story("c.jsonl", story("last", updated="2026-03-03T00:00:00Z", keywords=["late"]))), now=NOW
    )
    redefine(room, "town", '[select]\nsections = ["town"]\n')
    assert held(room, "town") == set()
    redefine(room, "town", '[select]\nsections = ["town"]\n[exclude]\nkeywords = ["late"]\n')
    assert held(room, "town") == {"feed.date.back"}
