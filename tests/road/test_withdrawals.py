"""Who had a story is told that it was withdrawn: partners and Atom always, other readers when they are to be told."""

from typing import Any

import pytest
from lxml import etree

from tests.newsroom import Newsroom, story

NOW, LATER = "2026-03-04T12:00:00Z", "2026-03-12T12:00:00Z"
CANARY = "quicksilverfish"
GUID = "tag:harbour.example,2019:story:secret"
SECRET = story("secret", body=[{"type": "paragraph", "html": f"It is about {CANARY}."}])
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
G2 = {"n": "http://iptc.org/std/nar/2006-10-01/"}


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose secret story is out, and then has another one beside it."""
    put(newsroom, SECRET, story("ferry"))
    export(newsroom)
    assert hits(newsroom)
    return newsroom


def put(room: Newsroom, *articles: dict[str, Any]) -> None:
    assert room.call("import", str(room.story("a.jsonl", *articles)), now=NOW)[0] == 0


def export(room: Newsroom, now: str = NOW) -> None:
    assert room.call("export", now=now)[0] == 0


def act(room: Newsroom, name: str, *words: str, code: int = 0) -> str:
    found, out, _ = room.call("articles", name, GUID, *words, now=NOW)
    assert found == code, out
    return str(out)


def hits(room: Newsroom, word: str = CANARY) -> list[str]:
    return [path for path, data in room.tree().items() if word.encode() in data]


def xml(room: Newsroom, path: str) -> Any:
    return etree.fromstring(room.tree()[path])


def test_a_kill_takes_every_word_and_is_told(room: Newsroom) -> None:
    act(room, "kill", "--notice", "The catch was never made.", "--reason", "Invented")
    export(room)
    assert hits(room) == []
    item = xml(room, "all/rss.xml").xpath(f"//item[guid='{GUID}']")[0]
    assert "The catch was never made." in item.findtext("description")
    feed = xml(room, "all/atom.xml")
    assert feed.xpath(f"//at:deleted-entry[@ref='{GUID}']/at:comment/text()", namespaces=ATOM) == [
        "The catch was never made."
    ]
    assert "never made" in feed.xpath(f"string(//a:entry[a:id='{GUID}']/a:content)", namespaces=ATOM)
    told = xml(room, "all/newsml-g2.xml").xpath(f"//n:newsItem[@guid='{GUID}']", namespaces=G2)[0]
    assert told.get("version") == "2"
    assert told.xpath("n:itemMeta/n:pubStatus/@qcode", namespaces=G2) == ["stat:canceled"]
    assert (
        room.call("validate", *(str(room.folder / "feeds" / "all" / name) for name in ("rss.xml", "atom.xml")))[0] == 0
    )


def test_a_guid_that_is_misspelt_does_not_save_the_others(room: Newsroom) -> None:
    code, out, err = room.call("articles", "kill", "tag:nowhere,2019:a", "tag:nowhere,2019:b", GUID, now=NOW)
    assert (code, out) == (2, f"{GUID}: version 2, canceled (was version 1, usable)\n")
    assert "tag:nowhere,2019:a" in err
    assert "tag:nowhere,2019:b" in err
    code, out, _ = room.call("articles", "take-down", "tag:nowhere,2019:a", GUID, "--json", now=NOW)
    assert code == 2
    assert f'"{GUID}"' in out


def test_without_a_notice_readers_are_told_nothing(room: Newsroom) -> None:
    act(room, "kill", "--reason", "Invented")
    export(room)
    assert xml(room, "all/rss.xml").xpath(f"//item[guid='{GUID}']") == []
    assert xml(room, "all/atom.xml").xpath(f"//a:entry[a:id='{GUID}']", namespaces=ATOM) == []
    assert len(xml(room, "all/atom.xml").xpath("//at:deleted-entry", namespaces=ATOM)) == 1
    assert b"Invented" not in room.tree()["all/atom.xml"]


def test_a_take_down_takes_the_headline_too_even_after_a_kill(room: Newsroom) -> None:
    act(room, "kill", "--notice", "Of no sort.", "--headline", "Killed: about a fish")
    export(room)
    assert hits(room, "Killed: about a fish")
    act(room, "take-down", "--reason", "A court order")
    export(room)
    assert hits(room, "Killed: about a fish") == hits(room, "Of no sort.") == hits(room, CANARY) == []
    assert xml(room, "all/newsml-g2.xml").xpath(f"//n:newsItem[@guid='{GUID}']/@version", namespaces=G2) == ["3"]
    assert "it is canceled" in act(room, "release", code=1)


def test_it_is_told_for_as_long_as_the_feed_says(room: Newsroom) -> None:
    room.feed("town", 'withdrawn = "2d"\n[select]\nsections = ["town"]\n')
    act(room, "withhold")
    export(room)
    assert b"stat:withheld" in room.tree()["town/newsml-g2.xml"]
    export(room, "2026-03-06T11:59:59Z")
    assert b"stat:withheld" in room.tree()["town/newsml-g2.xml"]
    export(room, "2026-03-06T12:00:00Z")
    assert b"stat:withheld" not in room.tree()["town/newsml-g2.xml"]
    assert b"stat:withheld" in room.tree()["all/newsml-g2.xml"]
    export(room, "2026-03-11T12:00:00Z")
    assert b"stat:withheld" not in room.tree()["all/newsml-g2.xml"]


def test_explain_says_whether_and_until_when_it_is_told(room: Newsroom) -> None:
    def told(feed: str, now: str = NOW) -> tuple[bool, str]:
        found = room.json("explain", GUID, feed, now=now)
        assert not found["in"]
        (one,) = [one for one in found["conditions"] if one["condition"] == "withdrawal told"]
        return one["holds"], one["found"]

    room.feed("sport", '[select]\nsections = ["sport"]\n')
    act(room, "kill")
    assert told("town") == (True, "canceled until 2026-03-11T12:00:00Z")
    assert told("sport") == told("town", LATER) == (False, "nothing is said of it")


def test_what_was_withheld_comes_back_as_it_was(room: Newsroom) -> None:
    act(room, "withhold", "--notice", "We look into it.")
    export(room)
    assert hits(room) == []
    assert xml(room, "all/rss.xml").xpath(f"//item[guid='{GUID}']")
    assert "version 3, usable (was version 2, withheld)" in act(room, "release")
    export(room)
    assert "all/rss.xml" in hits(room)
    assert xml(room, "all/atom.xml").xpath("//at:deleted-entry", namespaces=ATOM) == []


def test_nobody_hears_of_a_story_that_was_never_out(newsroom: Newsroom) -> None:
    put(newsroom, story("ferry"), SECRET | {"embargo": LATER})
    export(newsroom)
    act(newsroom, "kill", "--notice", "Never mind.")
    export(newsroom)
    assert hits(newsroom, GUID) == hits(newsroom, "Never mind.") == []


def test_nobody_hears_of_a_story_that_was_killed_before_its_publication(newsroom: Newsroom) -> None:
    put(newsroom, story("ferry"), SECRET | {"published": LATER, "updated": LATER})
    act(newsroom, "kill", "--notice", "Never mind.")
    for moment in (NOW, LATER):
        export(newsroom, moment)
        assert hits(newsroom, GUID) == []


def test_nobody_hears_of_a_story_that_was_withheld_before_its_embargo_was_over(newsroom: Newsroom) -> None:
    put(newsroom, story("ferry"), SECRET | {"embargo": "2026-03-05T12:00:00Z"})
    act(newsroom, "withhold")
    export(newsroom, "2026-03-06T12:00:00Z")
    newsroom.call("articles", "kill", GUID, now="2026-03-06T12:00:00Z")
    export(newsroom, "2026-03-06T12:00:00Z")
    assert hits(newsroom, GUID) == []


@pytest.mark.parametrize(("accepted", "stated"), [("06", "2026-03-04T13:00:00Z"), ("04", "2026-03-09T13:00:00Z")])
def test_what_a_withdrawal_states_does_not_say_whether_the_story_was_out(
    newsroom: Newsroom, accepted: str, stated: str
) -> None:
    put(newsroom, story("ferry"), SECRET | {"embargo": "2026-03-05T12:00:00Z"})
    moment = f"2026-03-{accepted}T13:00:00Z"
    export(newsroom, moment)
    was_out = hits(newsroom)
    killed = newsroom.story("b.jsonl", SECRET | {"status": "canceled", "updated": stated})
    assert newsroom.call("import", str(killed), now=moment)[0] == 0
    export(newsroom, moment)
    assert bool(hits(newsroom, GUID)) == bool(was_out)
    assert hits(newsroom) == []


def test_a_whole_history_that_comes_in_at_once_says_itself_whether_the_story_was_out(newsroom: Newsroom) -> None:
    embargo = "2026-03-02T12:00:00Z"
    dead = {"version": 2, "status": "canceled", "updated": "2026-03-01T20:00:00Z"}
    put(newsroom, story("ferry"), SECRET | {"embargo": embargo}, SECRET | dead)
    put(newsroom, story("tide", embargo=embargo), story("tide", **dead | {"updated": "2026-03-03T20:00:00Z"}))
    export(newsroom)
    assert hits(newsroom, GUID) == []
    assert b"story:tide" in newsroom.tree()["town/newsml-g2.xml"]


def test_it_is_told_where_the_story_was_and_not_where_it_is_filed_now(room: Newsroom) -> None:
    put(room, SECRET | {"version": 2, "status": "canceled", "sections": ["elsewhere"]})
    room.feed("elsewhere", '[select]\nsections = ["elsewhere"]\n')
    export(room)
    assert b"stat:canceled" in room.tree()["town/newsml-g2.xml"]
    assert "elsewhere/newsml-g2.xml" not in room.tree()


def test_a_kill_reaches_partners_through_a_held_document(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from syndicate.formats import base as formats

    renderer = formats.renderer("newsml-g2")
    real = renderer.frame
    monkeypatch.setattr(renderer, "frame", lambda one: (real(one)[0].replace(b"<sent>", b"<sent>x"), real(one)[1]))
    act(room, "kill", "--reason", "Invented")
    room.call("export", "--force", now=NOW)
    assert hits(room) == []


@pytest.mark.parametrize("how", ["kill", "take-down", "withhold", "withhold kill", "import"])
def test_a_withdrawal_says_nothing_of_an_update_under_embargo(room: Newsroom, how: str) -> None:
    words = {"headline": "Zanzibar falls", "slugline": "zanzibar", "subjects": [{"scheme": "x", "code": "zanzibar"}]}
    update = SECRET | words | {"version": 2, "embargo": LATER, "url": "https://harbour.example/zanzibar"}
    put(room, update)
    export(room)
    assert hits(room)
    if how == "import":
        put(room, update | {"version": 3, "status": "canceled"})
    else:
        for name in how.split():
            act(room, name)
    for moment in (NOW, "2026-03-05T12:00:00Z", LATER):
        export(room, moment)
        assert hits(room) == []
        assert [path for path, data in room.tree().items() if b"zanzibar" in data.lower() or "zanzibar" in path] == []
        assert (GUID.encode() in room.tree()["all/newsml-g2.xml"]) == (moment != LATER)


def test_a_kill_is_told_in_a_document_that_is_held_for_its_selection(room: Newsroom) -> None:
    put(room, *(story(f"more-{number}") for number in range(4)))
    export(room)
    room.feed("town", '[select]\nsections = ["twon"]\n')
    act(room, "kill", "--reason", "Invented")
    code, _, err = room.call("export", now=NOW)
    assert code == 1
    assert "without what was withdrawn since" in err
    assert hits(room) == []
    told = xml(room, "town/newsml-g2.xml").xpath(
        "//n:newsItem[n:itemMeta/n:pubStatus/@qcode='stat:canceled']/@guid", namespaces=G2
    )
    assert told == [GUID]
    assert len(xml(room, "town/newsml-g2.xml").xpath("//n:newsItem", namespaces=G2)) == 6


def test_an_embargo_that_is_moved_lets_nothing_out_at_its_first_end(newsroom: Newsroom) -> None:
    put(newsroom, story("ferry"), SECRET | {"embargo": "2026-03-05T12:00:00Z"})
    act(newsroom, "embargo", "--until", "2026-03-09T12:00:00Z")
    put(newsroom, SECRET | {"version": 4, "embargo": "2026-03-10T12:00:00Z"})
    for moment in ("2026-03-05T12:00:00Z", "2026-03-09T12:00:00Z", "2026-03-10T11:59:59Z"):
        export(newsroom, moment)
        assert hits(newsroom) == []
        assert not newsroom.json("explain", GUID, "town", now=moment)["in"]
    export(newsroom, "2026-03-10T12:00:00Z")
    assert "town/rss.xml" in hits(newsroom)
    assert "it is out already" in act(newsroom, "withhold") + act(newsroom, "release") + str(
        newsroom.call("articles", "embargo", GUID, "--until", "2026-03-19T12:00:00Z", now="2026-03-11T12:00:00Z")
    )


def test_importing_the_untouched_source_again_undoes_nothing(room: Newsroom) -> None:
    act(room, "correct", "--notice", "It was another fish.", "--set", "headline=Another fish")
    assert "unchanged" in room.call("import", str(room.folder / "a.jsonl"), now=NOW)[1]
    put(room, {**SECRET, "keywords": ["fish"]}, story("ferry"))
    shown = room.json("articles", "show", GUID, now=NOW)
    assert (shown["headline"], shown["correction"]) == ("Another fish", "It was another fish.")
    assert (shown["keywords"], shown["version"]) == (["fish"], 3)
    act(room, "withhold")
    put(room, {**SECRET, "keywords": ["fish", "port"]}, story("ferry"))
    assert room.json("articles", "show", GUID, now=NOW)["status"] == "withheld"


def test_no_import_undoes_an_act_however_often_the_source_was_read_since(room: Newsroom) -> None:
    act(room, "correct", "--set", "headline=Another fish")
    act(room, "withhold")
    for keywords in (["fish"], ["fish"], ["fish", "port"], ["port"]):
        put(room, {**SECRET, "keywords": keywords}, story("ferry"))
        shown = room.json("articles", "show", GUID, now=NOW)
        assert (shown["headline"], shown["status"], shown["keywords"]) == ("Another fish", "withheld", keywords)
    act(room, "correct", "--set", "abstract=It swims.")
    put(room, {**SECRET, "urgency": 2}, story("ferry"))
    shown = room.json("articles", "show", GUID, now=NOW)
    assert (shown["headline"], shown["status"], shown["abstract"]) == ("Another fish", "withheld", "It swims.")
    export(room)
    assert hits(room) == []


def test_no_version_after_another_in_one_file_undoes_an_act(room: Newsroom) -> None:
    act(room, "withhold")
    put(room, {**SECRET, "version": 2, "urgency": 2}, {**SECRET, "version": 4, "urgency": 1})
    shown = room.json("articles", "show", GUID, now=NOW)
    assert (shown["status"], shown["urgency"], shown["version"]) == ("withheld", 1, 4)


def test_files_in_a_folder_that_is_called_like_an_act_are_none(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    (room.folder / "articles kill").mkdir()
    room.story("articles kill/a.jsonl", {**SECRET, "keywords": ["fish"]})
    monkeypatch.chdir(room.folder)
    assert room.call("import", "articles kill/a.jsonl", now=NOW)[0] == 0
    assert "1 updated" in room.call("import", "a.jsonl", now=NOW)[2]


def test_a_story_that_is_withheld_and_embargoed_comes_out_at_the_end_of_its_embargo(room: Newsroom) -> None:
    act(room, "withhold")
    act(room, "embargo", "--until", "2026-03-09T12:00:00Z")
    act(room, "release")
    export(room, "2026-03-09T11:59:59Z")
    assert hits(room) == []
    export(room, "2026-03-09T12:00:00Z")
    assert "all/rss.xml" in hits(room)


def test_a_feed_that_is_not_public_is_neither_listed_nor_shared(newsroom: Newsroom) -> None:
    newsroom.feed("partner", "public = false\n")
    newsroom.feed("all", "public = false\n")
    newsroom.feed("town", "public = false\n")
    put(newsroom, SECRET)
    export(newsroom)
    assert b"partner" not in newsroom.tree()["index.html"]
    assert not any(path.startswith("articles/") for path in newsroom.tree())
    assert "partner/newsml-g2.xml" in hits(newsroom)


def test_a_feed_that_was_public_leaves_nothing_in_sight(newsroom: Newsroom) -> None:
    put(newsroom, SECRET)
    export(newsroom)
    was_public = newsroom.tree()
    for feed_id in ("all", "town"):
        path = newsroom.folder / "config" / "feeds" / f"{feed_id}.toml"
        path.write_text(f"public = false\n{path.read_text()}")
        export(newsroom)
    assert {path for path in was_public if path.startswith("articles/")}
    assert not any(path.startswith("articles/") for path in newsroom.tree())
    outside = {path: data for path, data in newsroom.tree().items() if "/" not in path}
    assert outside
    assert not [path for path, data in outside.items() if b"all/" in data or b"town/" in data]
