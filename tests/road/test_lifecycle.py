"""Embargo, withdrawal, expiry and new versions, seen from outside."""

from collections.abc import Callable

import pytest

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
BEFORE, RELEASE = "2026-03-05T05:59:59Z", "2026-03-05T06:00:00Z"
CANARY = "quicksilverfish"


def test_an_embargoed_article_is_in_no_byte_before_its_time(
    newsroom: Newsroom, another_newsroom: Callable[[], Newsroom]
) -> None:
    plain = another_newsroom()
    for room in (newsroom, plain):
        assert room.call("import", str(room.story("a.jsonl", story("ferry"))), now=NOW)[0] == 0
    secret = story("secret", headline=f"The {CANARY}", embargo=RELEASE, keywords=[CANARY], slugline=CANARY)
    assert newsroom.call("import", str(newsroom.story("b.jsonl", secret)), now=NOW)[0] == 0
    for room in (newsroom, plain):
        assert room.call("export", now=BEFORE)[0] == 0
    hidden = newsroom.tree()
    assert hidden == plain.tree()
    assert not any(CANARY.encode() in data or CANARY in path for path, data in hidden.items())
    assert not any(b"story:secret" in data or b"story-secret" in path.encode() for path, data in hidden.items())
    assert newsroom.call("export", now=RELEASE)[0] == 0
    shown = newsroom.tree()
    for path in ("all/rss.xml", "all/atom.xml", "all/newsml-g2.xml", "town/rss.xml"):
        assert CANARY.encode() in shown[path], path


def test_explain_says_why_it_is_not_there_yet(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("b.jsonl", story("secret", embargo=RELEASE))), now=NOW)
    guid = story("secret")["guid"]
    before = newsroom.json("explain", guid, "town", now=BEFORE)
    assert not before["in"]
    assert [(one["condition"], one["holds"]) for one in before["conditions"]] == [
        ("visible", False),
        ("select.sections", True),
    ]
    assert "embargoed" in before["conditions"][0]["found"]
    newsroom.call("export", now=RELEASE)
    after = newsroom.json("explain", guid, "town", now=RELEASE)
    assert after["in"]
    assert {one["condition"] for one in after["conditions"]} >= {"limit", "gate.rss", "gate.atom", "gate.newsml-g2"}


@pytest.mark.parametrize(
    "change", [{"status": "withheld"}, {"status": "canceled"}, {"expires": "2026-03-04T12:00:00Z"}], ids=str
)
def test_a_withdrawn_or_expired_article_leaves_every_file(newsroom: Newsroom, change: dict[str, str]) -> None:
    body = [{"type": "paragraph", "html": f"It is about {CANARY}."}]
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"), story("secret", body=body))), now=NOW)
    newsroom.call("export", now=NOW)
    assert any(CANARY.encode() in data for data in newsroom.tree().values())
    later = story("secret", body=body, version=2, **change)
    newsroom.call("import", str(newsroom.story("b.jsonl", later)), now=NOW)
    assert newsroom.call("export", now=NOW)[0] == 0
    assert not any(CANARY.encode() in data or CANARY in path for path, data in newsroom.tree().items())
    assert b"ferry" in newsroom.tree()["town/rss.xml"]


def test_the_last_article_gone_leaves_valid_empty_feeds_and_no_message(newsroom: Newsroom) -> None:
    newsroom.feed("all", 'withdrawn = "0d"\n')
    newsroom.feed("town", 'withdrawn = "0d"\n')
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    newsroom.call("import", str(newsroom.story("b.jsonl", story("ferry", version=2, status="canceled"))), now=NOW)
    assert newsroom.call("export", now=NOW)[0] == 0
    tree = newsroom.tree()
    assert "all/newsml-g2.xml" not in tree
    assert not any(path.startswith("articles/") for path in tree)
    assert b"<item" not in tree["all/rss.xml"]


def test_an_edited_article_is_version_2_under_the_same_id(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("export", now=NOW)
    edited = story("ferry", headline="Ferry runs again")
    code, out, _ = newsroom.call("import", str(newsroom.story("a.jsonl", edited)), now=NOW)
    assert code == 0
    assert "updated" in out
    newsroom.call("export", now=NOW)
    guid = edited["guid"]
    history = newsroom.json("articles", "history", guid)
    assert [(one["version"], one["headline"]) for one in history] == [
        (1, "What happened about ferry"),
        (2, "Ferry runs again"),
    ]
    rss = newsroom.tree()["all/rss.xml"]
    assert rss.count(guid.encode()) == 1
    assert b"Ferry runs again" in rss
    assert b"What happened about ferry" not in rss


def test_importing_the_same_again_changes_nothing(newsroom: Newsroom) -> None:
    path = newsroom.story("a.jsonl", story("ferry"))
    newsroom.call("import", str(path), now=NOW)
    newsroom.call("export", now=NOW)
    before = newsroom.tree()
    _, out, _ = newsroom.call("import", str(path), now="2026-03-05T12:00:00Z")
    assert "unchanged" in out
    states = {one["state"] for one in newsroom.json("export", now="2026-03-05T12:00:00Z")}
    assert states == {"unchanged"}
    assert newsroom.tree() == before
