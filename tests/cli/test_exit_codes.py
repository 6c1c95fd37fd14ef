"""0 done, 1 something is wrong, 2 usage or configuration, 3 environment; each by a real case, never a traceback."""

from pathlib import Path

import pytest

from tests.cli.process import run, run_shell
from tests.conftest import require
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"


def filled(room: Newsroom) -> Newsroom:
    assert room.call("import", str(room.story("a.jsonl", story("ferry"))), now=NOW)[0] == 0
    assert room.call("export", now=NOW)[0] == 0
    return room


def failed(room: Newsroom, *arguments: str, now: str | None = NOW) -> tuple[int, str]:
    """Exit code and words of a command that fails; a failure says nothing on standard output."""
    code, out, err = room.call(*arguments, now=now)
    assert "Traceback" not in err
    assert "internal error" not in err
    assert out == ""
    return code, err


@pytest.mark.parametrize(
    "words",
    [
        ["export"],
        ["status"],
        ["doctor", "--deep"],
        ["articles", "list"],
        ["articles", "show", "tag:harbour.example,2019:story:ferry"],
        ["articles", "history", "tag:harbour.example,2019:story:ferry"],
        ["explain", "tag:harbour.example,2019:story:ferry", "town"],
        ["schedule", "list"],
        ["schedule", "history"],
        ["config", "check"],
        ["config", "schema"],
        ["formats"],
        ["rules"],
    ],
    ids=" ".join,
)
def test_0_when_done(newsroom: Newsroom, words: list[str]) -> None:
    code, _, err = filled(newsroom).call(*words, now=NOW)
    assert code == 0, err


def test_1_a_rejected_article_is_named_and_the_others_are_in(newsroom: Newsroom) -> None:
    path = newsroom.story("a.jsonl", story("ferry"), story("crane", headline=None), story("tide"))
    code, out, err = newsroom.call("import", str(path), now=NOW)
    assert code == 1
    states = [line.split()[:2] for line in out.splitlines()]
    assert states == [["new", f"{path}:1"], ["rejected", f"{path}:2"], ["new", f"{path}:3"]]
    assert "headline" in out
    assert "2 new, 1 rejected" in err


def test_1_an_invalid_document(newsroom: Newsroom) -> None:
    path = newsroom.folder / "feed.xml"
    path.write_text("<rss version='2.0'><channel><title>x</title></channel></rss>", encoding="utf-8")
    code, out, _ = newsroom.call("validate", str(path))
    assert code == 1
    assert f"{path}:1:" in out
    assert "error" in out


def test_1_a_damaged_tree(newsroom: Newsroom) -> None:
    filled(newsroom)
    (newsroom.folder / "feeds" / "all" / "rss.xml").write_text("half a fee", encoding="utf-8")
    assert newsroom.call("doctor", now=NOW)[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "twon"], "no feed 'twon'; did you mean town? (known: all, town)"),
        (["export", "--format", "rrs"], "no format 'rrs'; did you mean rss"),
        (["import", "--reader", "word", "x"], "no reader 'word'; did you mean wxr? (known: article-json"),
        (["import", "--set", "headline", "x"], "'headline' is not FIELD=VALUE"),
        (["import", "--set", "hedline=x", "x"], "'hedline' cannot be set; known: guid, headline"),
        (["import"], "Missing argument 'PATH...'"),
        (["articles", "show", "tag:nobody"], "no article 'tag:nobody'"),
        (["articles", "history", "tag:nobody"], "no article 'tag:nobody'"),
        (["articles", "show", "--version", "7", "tag:harbour.example,2019:story:ferry"], "no version '7 of tag:"),
        (["explain", "tag:nobody", "town"], "no article 'tag:nobody'"),
        (["explain", "tag:harbour.example,2019:story:ferry", "twon"], "no feed 'twon'; did you mean town?"),
        (["validate", "no-such.xml"], "no-such.xml: cannot be read: No such file or directory"),
        (["validate", "http://127.0.0.1/rss.xml"], "is inside the house (127.0.0.1); give --allow-private"),
        (["doctor", "--url", "feeds/town/rss.xml"], "an address to subscribe to begins with https:// or http://"),
        (["doctor", "--url", "http://[::1]/", "--deep"], "--deep is about the published tree here"),
        (["validate", "--as", "rrs", "config"], "there is no document below this folder"),
        (["validate", "--report", "pdf", "x"], "'pdf' is not one of 'text', 'json'"),
        (["exprot"], "No such command 'exprot'"),
        (["export", "--frmat", "rss"], "No such option '--frmat'"),
        (["init"], "Missing argument 'DIR'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_2_wrong_usage(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str) -> None:
    monkeypatch.chdir(filled(newsroom).folder)
    code, err = failed(newsroom, *words)
    assert code == 2
    assert said in err


@pytest.mark.parametrize("moment", ["yesterday", "2026-03-04", "2026-03-04T12:00:00", "2026-13-04T12:00:00Z", ""])
def test_2_a_moment_that_is_none(newsroom: Newsroom, moment: str) -> None:
    code, err = failed(newsroom, "--now", moment, "status", now=None)
    assert code == 2
    assert "2017-05-10T18:05:00-04:00" in err


def test_2_wrong_configuration_names_file_line_and_cure(newsroom: Newsroom) -> None:
    newsroom.feed("town", 'limti = 5\nschedule = "61 * * * *"\n')
    for words in (["export"], ["status"], ["import", "x"], ["explain", "a", "town"], ["schedule", "list"]):
        code, err = failed(newsroom, *words)
        assert code == 2, words
        assert "town.toml:6: limti is not a known key (did you mean 'limit'?)" in err


def test_2_no_configuration(newsroom: Newsroom, tmp_path: Path) -> None:
    code, out, err = run("status", folder=tmp_path / "config")
    assert (code, out) == (2, "")
    assert err == "syndicate: config/syndicate.toml: there is no such file (make one with: syndicate init DIR)\n"


def test_2_init_where_something_is(newsroom: Newsroom) -> None:
    before = newsroom.config.read_bytes()
    code, err = failed(newsroom, "init", str(newsroom.folder))
    assert code == 2
    assert "is already there" in err
    assert newsroom.config.read_bytes() == before


def test_3_an_output_that_cannot_be_written(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    (newsroom.folder / "feeds").write_text("a file where a folder should be", encoding="utf-8")
    code, err = failed(newsroom, "export")
    assert code == 3
    assert f"{newsroom.folder / 'feeds'}: the published tree cannot be written" in err


@pytest.mark.parametrize(
    "words", [["export"], ["status"], ["articles", "list"], ["import", "x"], ["schedule", "history"]]
)
@pytest.mark.parametrize("damage", ["not a database at all\n" * 50, "SQLite format 3\x00" + "\x00" * 5000])
def test_3_a_broken_store(newsroom: Newsroom, words: list[str], damage: str) -> None:
    (newsroom.folder / "var").mkdir()
    (newsroom.folder / "var" / "syndicate.db").write_text(damage, encoding="utf-8")
    code, err = failed(newsroom, *words)
    assert code == 3
    assert "var/syndicate.db: " in err
    assert "backup" in err


def test_3_no_store_yet(newsroom: Newsroom) -> None:
    code, err = failed(newsroom, "articles", "list")
    assert code == 3
    assert "there is no store yet; syndicate import makes one" in err
    assert not (newsroom.folder / "var").exists()


def test_3_a_full_disk_behind_standard_output(newsroom: Newsroom) -> None:
    require(Path("/dev/full").exists(), "this system has no /dev/full")
    for words in ("rules", "formats", "formats --json", "--help", "--version"):
        out, err = run_shell(f"syndicate {words} >/dev/full; echo $?", folder=newsroom.folder)
        assert out == "3\n", words
        assert err == "syndicate: No space left on device\n"


def test_the_cause_is_told_with_verbose(newsroom: Newsroom) -> None:
    (newsroom.folder / "feeds").write_text("a file where a folder should be", encoding="utf-8")
    code, _, err = newsroom.call("--verbose", "export", now=NOW)
    assert code == 3
    assert "Traceback" in err
    assert "FileExistsError" in err
