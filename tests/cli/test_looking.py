"""Commands that look: `articles`, `status`, `doctor`, `schedule list` and `history`, `config`, `formats`, `rules`."""

import json
from datetime import timedelta

import pytest

from syndicate.app import open_app
from syndicate.clock import SystemClock
from syndicate.formats import base as formats
from syndicate.store import runs
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
GUID = story("ferry")["guid"]


@pytest.fixture
def filled(newsroom: Newsroom) -> Newsroom:
    """A newsroom with two versions of a story, exported."""
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry", headline="Ferry runs again"))), now=NOW)
    assert newsroom.call("export", now=NOW)[0] == 0
    return newsroom


def test_articles_list(filled: Newsroom) -> None:
    code, out, err = filled.call("articles", "list", now=NOW)
    assert code == 0
    assert out.splitlines()[0].split() == ["guid", "version", "status", "updated", "headline"]
    assert out.splitlines()[1].split(maxsplit=4)[:3] == [GUID, "2", "usable"]
    assert err == "1 of 1 article\n"
    assert [one["version"] for one in filled.json("articles", "list")] == [2]


def test_articles_show_the_newest_or_the_version_asked_for(filled: Newsroom) -> None:
    assert filled.json("articles", "show", GUID)["headline"] == "Ferry runs again"
    assert filled.json("articles", "show", GUID, "--version", "1")["headline"] == "What happened about ferry"
    _, out, _ = filled.call("articles", "show", GUID)
    assert "headline: Ferry runs again" in out
    assert "The whole town speaks about ferry." in out


def test_articles_history(filled: Newsroom) -> None:
    history = filled.json("articles", "history", GUID)
    assert [(one["version"], one["status"], one["headline"]) for one in history] == [
        (1, "usable", "What happened about ferry"),
        (2, "usable", "Ferry runs again"),
    ]
    assert list(history[0]) == ["version", "status", "updated", "embargo", "accepted", "source", "headline"]
    assert len(filled.call("articles", "history", GUID)[1].splitlines()) == 3


@pytest.mark.parametrize(
    ("guid", "said"),
    [("story:fer", f"(known: {GUID})"), ("story:feri", "(syndicate articles list shows what there is)")],
)
def test_a_guid_that_is_not_there_is_met_with_advice(filled: Newsroom, guid: str, said: str) -> None:
    code, _, err = filled.call("articles", "show", guid)
    assert (code, err) == (2, f"syndicate: no article {guid!r} {said}\n")


def test_status(filled: Newsroom) -> None:
    found = filled.json("status", now=NOW)
    assert list(found) == [
        "now",
        "articles",
        "changes_not_exported",
        "next_change_of_view",
        "feeds",
        "documents",
        "accepted",
        "problems",
        "pings",
        "subscriptions",
    ]
    assert (found["now"], found["articles"], found["changes_not_exported"]) == (NOW, 1, 0)
    assert {one["state"] for one in found["documents"]} == {"good"}
    secret = story("secret", embargo="2026-03-05T06:00:00Z")
    filled.call("import", str(filled.story("b.jsonl", secret)), now=NOW)
    found = filled.json("status", now=NOW)
    assert (found["changes_not_exported"], found["next_change_of_view"]) == (1, "2026-03-05T06:00:00Z")
    code, _, err = filled.call("status", now=NOW)
    assert code == 0
    assert "2 articles, 1 change not exported yet; next embargo or expiry: 2026-03-05T06:00:00Z" in err


def test_doctor_when_all_is_well(filled: Newsroom) -> None:
    found = filled.json("doctor", "--deep", now=NOW)
    assert [one["check"] for one in found if not one["well"]] == []
    assert {"python", "sqlite", "store", "output", "disk", "time zones", "runs", "published tree"} <= {
        one["check"] for one in found
    }
    assert all(one["cure"] is None for one in found)


@pytest.mark.parametrize("path", ["all/rss.xml", "town/atom.xml.br", "articles"])
def test_doctor_looks_deep_into_the_tree(filled: Newsroom, path: str) -> None:
    target = filled.folder / "feeds" / path
    if target.is_dir():
        target = next(target.rglob("*.xml"))
    data = target.read_bytes()
    target.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    assert filled.call("doctor", now=NOW)[0] == 0
    code, out, _ = filled.call("doctor", "--deep", "--json", now=NOW)
    assert code == 1
    (bad,) = [one for one in json.loads(out) if not one["well"]]
    assert (bad["check"], bad["cure"]) == ("published tree", "syndicate export --force")
    assert target.relative_to(filled.folder / "feeds").as_posix() in bad["seen"]
    filled.call("export", "--force", now=NOW)
    assert filled.call("doctor", "--deep", now=NOW)[0] == 0


def test_doctor_names_a_missing_file_a_broken_store_and_a_bad_setting(filled: Newsroom) -> None:
    (filled.folder / "feeds" / "all" / "rss.xml").unlink()
    assert "all/rss.xml" in filled.call("doctor", now=NOW)[1]
    (filled.folder / "var" / "syndicate.db").write_bytes(b"nothing of a database" * 99)
    code, out, _ = filled.call("doctor", now=NOW)
    assert code == 1
    assert "file is not a database" in out
    filled.feed("town", "limti = 1\n")
    code, out, _ = filled.call("doctor", now=NOW)
    assert code == 1
    assert "did you mean 'limit'?" in out


def test_schedule_list(newsroom: Newsroom) -> None:
    newsroom.feed("town", 'schedule = "*/5 * * * *"\ntimezone = "America/New_York"\n')
    found = newsroom.json("schedule", "list", "--count", "2", now="2026-03-04T12:01:00Z")
    assert [(one["job"], one["slot"], one["feeds"]) for one in found if one["slot"]] == [
        ("town", "2026-03-04T12:05:00Z", ["town"]),
        ("town", "2026-03-04T12:10:00Z", ["town"]),
    ]
    _, out, _ = newsroom.call("schedule", "list", "--count", "2", now="2026-03-04T12:01:00Z")
    assert out.splitlines()[0].split() == ["slot", "job", "feeds"]
    assert "on change" in out


def test_schedule_history_tells_waiting_running_and_done(newsroom: Newsroom) -> None:
    with open_app(newsroom.config, SystemClock()) as app:
        now = app.clock.now()
        for number, job in enumerate(("ends", "works", "waits")):
            runs.insert_slots(app.store, job, [now + timedelta(seconds=number)], None)
        later = now + timedelta(minutes=1)
        ended = runs.claim(app.store, ["ends"], "here:1", later, timedelta(minutes=1))
        assert ended is not None
        assert runs.finish(app.store, ended, later, "done", "6 written")
        assert runs.claim(app.store, ["works"], "here:1", later, timedelta(minutes=1)) is not None
    _, out, _ = newsroom.call("schedule", "history")
    assert [line.split()[1:3] for line in out.splitlines()[1:]] == [
        ["waits", "waiting"],
        ["works", "running"],
        ["ends", "done"],
    ]
    found = newsroom.json("schedule", "history", "--job", "ends")
    assert [(one["job"], one["outcome"], one["detail"]) for one in found] == [("ends", "done", "6 written")]
    assert len(newsroom.json("schedule", "history", "--limit", "2")) == 2


def test_config_check(newsroom: Newsroom) -> None:
    assert newsroom.json("config", "check") == {"valid": True, "feeds": 2, "errors": []}
    assert newsroom.call("config", "check")[2] == f"{newsroom.config}: good, 2 feeds\n"
    newsroom.feed("town", 'limti = 5\ntimezone = "Europe/Pariss"\n')
    newsroom.feed("bad", 'formats = "rss"\n')
    code, out, err = newsroom.call("config", "check", "--json")
    found = json.loads(out)
    assert code == 2
    assert (found["valid"], found["feeds"]) == (False, 0)
    assert [(one["file"].rpartition("/")[2], one["line"]) for one in found["errors"]] == [
        ("bad.toml", 6),
        ("town.toml", 6),
    ]
    assert found["errors"][1]["cure"] == "did you mean 'limit'?"
    assert len(err.splitlines()) == len(found["errors"])


def test_config_schema_describes_both_kinds_of_files(newsroom: Newsroom) -> None:
    code, out, _ = newsroom.call("config", "schema")
    schema = json.loads(out)
    assert code == 0
    assert set(schema) == {"settings", "feed"}
    assert {"id", "title", "formats", "select", "schedule"} <= set(schema["feed"]["properties"])


def test_formats_says_what_each_can_do(newsroom: Newsroom) -> None:
    found = {one["name"]: one for one in newsroom.json("formats")}
    assert set(found) == set(formats.names())
    assert [found["rss"][key] for key in ("reads", "writes", "validates")] == [True, True, True]
    assert [found["page-text"][key] for key in ("reads", "writes", "validates")] == [True, False, False]


def test_rules_have_what_the_contract_names(newsroom: Newsroom) -> None:
    found = newsroom.json("rules")
    assert {"id", "severity", "formats", "summary", "spec", "reference"} <= set(found[0])
    assert [one["id"] for one in found] == sorted({one["id"] for one in found})
    assert {one["severity"] for one in found} <= {"error", "warning", "info"}


def test_rules_tells_all_about_one(newsroom: Newsroom) -> None:
    code, said = newsroom.call("rules", "rss.guid.missing")[:2]
    assert code == 0
    assert said.startswith("# rss.guid.missing\n")
    (found,) = newsroom.json("rules", "rss.guid.missing")
    assert "<guid" not in found["bad"]
    assert "<guid" in found["good"]
    assert found["cure"] in said


def test_rules_tells_all_about_those_that_begin_alike(newsroom: Newsroom) -> None:
    found = newsroom.json("rules", "rss.guid.")
    assert len(found) > 1
    assert all(one["id"].startswith("rss.guid.") for one in found)


def test_rules_knows_what_was_meant(newsroom: Newsroom) -> None:
    code, _, errors = newsroom.call("rules", "rss.guid.mising")
    assert code == 2
    assert "did you mean rss.guid.missing" in errors
