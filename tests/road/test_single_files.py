"""Documents of single articles: those that all feeds share, and those of one feed in a format that holds one each."""

import pytest

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
CANARY = "quicksilverfish"
SECRET = story("secret", abstract="In short.", body=[{"type": "paragraph", "html": f"It is about {CANARY}."}])


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom with one feed for partners, and two stories in the store."""
    (newsroom.folder / "config" / "feeds" / "all.toml").unlink()
    put(newsroom, '"newsml-g2", "ninjs"')
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"), SECRET)), now=NOW)
    return newsroom


def put(room: Newsroom, formats: str, more: str = "", feed: str = "town") -> None:
    """Define the feed with these formats."""
    room.feed(feed)
    path = room.folder / "config" / "feeds" / f"{feed}.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"rss", "atom", "newsml-g2"', formats) + more, encoding="utf-8"
    )


def export(room: Newsroom, *feeds: str) -> dict[str, bytes]:
    """The tree after an export."""
    assert room.call("export", *feeds, now=NOW)[0] == 0
    return room.tree()


def shared(room: Newsroom) -> list[str]:
    return [path for path in room.tree() if path.startswith("articles/")]


def test_a_feed_that_is_for_one_partner_from_now_on_leaves_nothing_to_everybody(room: Newsroom) -> None:
    export(room)
    was = shared(room)
    put(room, '"newsml-g2", "ninjs"', "early = true\n")
    export(room)
    assert shared(room) == []
    put(room, '"newsml-g2", "ninjs"')
    export(room)
    assert shared(room) == was


def test_what_all_feeds_share_holds_the_whole_article_whoever_is_exported_last(room: Newsroom) -> None:
    put(room, '"ninjs", "json-ld"', feed="full")
    put(room, '"ninjs", "json-ld"', 'content = "summary"\n')
    tree = export(room)
    assert sum(CANARY.encode() in tree[path] for path in shared(room)) == 2
    for feed in ("town", "full", "town"):
        assert {one["state"] for one in room.json("export", feed, now=NOW)} == {"unchanged"}
    assert room.tree() == tree


def test_files_of_one_feed_follow_what_stands_around_their_article(room: Newsroom) -> None:
    put(room, '"plain-text", "nitf"')
    export(room)
    text = room.config.read_text(encoding="utf-8")
    room.config.write_text(text.replace('name = "Harbour Post"', 'name = "Quayside Times"'), encoding="utf-8")
    tree = export(room)
    texts = [data for path, data in tree.items() if path.endswith(".txt")]
    assert len(texts) == 2
    assert all(data.startswith(b"Quayside Times\n") for data in texts)


def test_a_file_that_is_lost_costs_only_the_documents_of_its_format(room: Newsroom) -> None:
    put(room, '"plain-text", "nitf"')
    tree = export(room)
    lost = next(path for path in tree if path.startswith("town/nitf/tag") and path.endswith(".xml"))
    (room.folder / "feeds" / lost).unlink()
    assert [one["state"] for one in room.json("export", "town", now=NOW)] == ["unchanged", "written"]
    assert room.tree() == tree


def test_nothing_is_left_of_a_feed_that_is_gone(room: Newsroom) -> None:
    put(room, '"plain-text", "nitf", "newsml-g2"', feed="gone")
    export(room)
    (room.folder / "config" / "feeds" / "gone.toml").unlink()
    export(room)
    assert not (room.folder / "feeds" / "gone").exists()


def test_a_killed_file_says_so_and_goes_when_its_time_is_over(room: Newsroom) -> None:
    put(room, '"nitf"', 'withdrawn = "2d"\n')
    before = export(room)
    (path,) = [path for path, data in before.items() if CANARY.encode() in data and path.endswith(".xml")]
    assert room.call("articles", "kill", SECRET["guid"], now=NOW)[0] == 0
    assert b'management-status="canceled"' in export(room)[path]
    assert room.call("export", now="2026-03-06T12:00:00Z")[0] == 0
    assert not [one for one in room.tree() if one.startswith(path)]
    assert [one for one in room.tree() if one.startswith("town/nitf/tag")]
