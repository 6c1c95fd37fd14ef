"""A partner whose contract says so gets what is under embargo, marked as such; nobody else sees a word of it."""

import pytest

from syndicate.app import load_configuration
from syndicate.clock import FixedClock
from syndicate.web.hub_service import topics_of
from syndicate.web.server import site_of
from tests.conftest import NOW as MOMENT
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
CANARY = "quicksilverfish"
EMBARGO = "2026-03-05T12:00:00Z"
BODY = [{"type": "paragraph", "html": f"It is about {CANARY}."}]


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.feed("early")
    path = newsroom.folder / "config" / "feeds" / "early.toml"
    lines = [one for one in path.read_text(encoding="utf-8").splitlines() if not one.startswith("formats")]
    path.write_text("\n".join([*lines, 'formats = ["newsml-g2", "nitf"]', "early = true", ""]), encoding="utf-8")
    secret = story("secret", body=BODY, embargo=EMBARGO, headline="What nobody may know yet")
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"), secret)), now=NOW)
    return newsroom


def hits(room: Newsroom, word: str = CANARY) -> set[str]:
    return {path for path, data in room.tree().items() if word.encode() in data}


def test_only_his_folder_holds_it_and_says_until_when(room: Newsroom) -> None:
    assert room.call("export", now=NOW)[0] == 0
    assert {path.partition("/")[0] for path in hits(room)} == {"early"}
    assert {path.partition("/")[0] for path in hits(room, "What nobody may know yet")} == {"early"}
    assert b"<embargoed>2026-03-05T12:00:00Z</embargoed>" in room.tree()["early/newsml-g2.xml"]
    (nitf,) = [path for path in hits(room) if path.startswith("early/nitf/")]
    assert b'management-status="embargoed"' in room.tree()[nitf]
    assert not any("early" in room.tree()[path].decode() for path in ("index.html", "feeds.opml"))
    assert room.json("explain", story("secret")["guid"], "early", now=NOW)["in"]
    assert not room.json("explain", story("secret")["guid"], "all", now=NOW)["in"]
    room.call("export", now=EMBARGO)
    assert "all/rss.xml" in hits(room)


def test_he_alone_is_told_of_a_kill_under_embargo(room: Newsroom) -> None:
    room.call("export", now=NOW)
    assert room.call("articles", "kill", story("secret")["guid"], "--reason", "Invented", now=NOW)[0] == 0
    assert room.call("export", now=NOW)[0] == 0
    assert hits(room) == set()
    assert "early/newsml-g2.xml" in hits(room, "stat:canceled")
    assert "early/newsml-g2.xml" in hits(room, "KILL: What nobody may know yet")
    assert {path.partition("/")[0] for path in hits(room, story("secret")["guid"])} == {"early"}


def test_it_is_never_served(room: Newsroom) -> None:
    room.call("export", now=NOW)
    configuration = load_configuration(room.config)
    feeds = site_of(configuration, FixedClock(MOMENT)).feeds
    for path in (
        "early/newsml-g2.xml",
        "early/nitf/index.json",
        "all/../early/newsml-g2.xml",
        "early/newsml-g2.xml.gz",
    ):
        found = feeds.at_once("GET", f"/{path}".encode(), (), None)
        assert found is not None
        assert found.answer.status in (400, 404), path
    served = feeds.at_once("GET", b"/all/newsml-g2.xml", (), None)
    assert served is not None
    assert served.answer.status == 200
    topics = topics_of(configuration)
    url = configuration.options.output_url.rstrip("/")
    assert topics.is_topic(f"{url}/all/newsml-g2.xml")
    assert not topics.is_topic(f"{url}/early/newsml-g2.xml")


def test_readers_formats_cannot_be_early(room: Newsroom) -> None:
    path = room.folder / "config" / "feeds" / "early.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"nitf"', '"rss"'), encoding="utf-8")
    code, _, err = room.call("config", "check")
    assert code == 2
    assert "early = true: rss cannot say that an article is under embargo" in err
