"""Machine output on standard output, words for people on standard error; pipes that break; no colours in a pipe."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.process import run, run_shell
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
GUID = story("ferry")["guid"]
TABLES = [
    ["articles", "list"],
    ["articles", "history", GUID],
    ["articles", "show", GUID],
    ["export", "--force"],
    ["import", "a.jsonl"],
    ["import", "--dry-run", "a.jsonl"],
    ["validate", "feeds"],
    ["rules"],
    ["explain", GUID, "town"],
    ["schedule", "list"],
    ["schedule", "history"],
    ["status"],
    ["doctor", "--deep"],
    ["config", "check"],
    ["formats"],
]


@pytest.fixture
def filled(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom with one story that is exported, entered."""
    monkeypatch.chdir(newsroom.folder)
    newsroom.story("a.jsonl", story("ferry"))
    assert newsroom.call("import", "a.jsonl", now=NOW)[0] == 0
    assert newsroom.call("export", now=NOW)[0] == 0
    return newsroom


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_json_is_all_that_stands_on_standard_output(filled: Newsroom, words: list[str]) -> None:
    code, out, err = filled.call(*words, "--json", now=NOW)
    assert code == 0, err
    assert isinstance(json.loads(out), list | dict)


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_tables_in_a_pipe_are_plain(filled: Newsroom, words: list[str]) -> None:
    environment = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}
    code, out, err = run("--now", NOW, *words, folder=filled.folder, environment=environment)
    assert code == 0, err
    assert "\x1b" not in out + err
    assert not any(line != line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_quiet_says_nothing_to_people_and_all_to_machines(filled: Newsroom, words: list[str]) -> None:
    code, out, _ = filled.call(*words, now=NOW)
    quiet_code, quiet_out, quiet_err = filled.call("--quiet", *words, now=NOW)
    assert (quiet_code, quiet_err) == (code, "")
    assert quiet_out == out


def test_quiet_still_names_errors(filled: Newsroom) -> None:
    code, out, err = filled.call("--quiet", "export", "nowhere", now=NOW)
    assert (code, out) == (2, "")
    assert "no feed 'nowhere'" in err


@pytest.mark.parametrize(
    "command",
    [
        "syndicate rules",
        "syndicate rules --json",
        "syndicate --help",
        "syndicate config schema",
        "syndicate validate feeds --report json",
        f"syndicate articles show {GUID}",
        "syndicate export --force --json",
    ],
)
def test_a_broken_pipe_is_no_error(filled: Newsroom, command: str) -> None:
    # `true` reads nothing: the first write may already fail.
    out, err = run_shell(f"{command} | true; echo ${{PIPESTATUS[0]}}", folder=filled.folder)
    assert out == "0\n"
    assert "Traceback" not in err
    assert "Broken pipe" not in err


def test_an_import_into_a_broken_pipe_is_still_whole(newsroom: Newsroom) -> None:
    newsroom.story("many.jsonl", *(story(f"s{number}") for number in range(1200)))
    out, err = run_shell("syndicate import many.jsonl | head -1; echo ${PIPESTATUS[0]}", folder=newsroom.folder)
    assert out.splitlines()[1:] == ["0"], err
    assert "1200 new" in err
    code, _, said = newsroom.call("articles", "list", "--limit", "1")
    assert (code, said.strip()) == (0, "1 of 1200 articles")


def test_nobody_listens_at_all(filled: Newsroom) -> None:
    out, err = run_shell("syndicate export --force >&- 2>&-; echo $?", folder=filled.folder)
    assert (out, err) == ("0\n", "")


def test_columns_line_up(filled: Newsroom) -> None:
    _, out, _ = filled.call("status", now=NOW)
    lines = out.splitlines()
    starts = [match.start() for match in re.finditer(r"\S+", lines[0])]
    for line in lines[1:]:
        assert all(start == 0 or line[start - 2 : start] == "  " for start in starts), line


def test_words_beyond_ascii_in_a_narrow_locale(tmp_path: Path, filled: Newsroom) -> None:
    filled.story("b.jsonl", story("oer", headline="Øer & “eels” 🐍"))
    environment = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, _, err = run("import", "b.jsonl", folder=filled.folder, environment=environment)
    assert code == 0, err
    code, out, err = run("articles", "list", folder=filled.folder, environment=environment)
    assert code == 0, err
    assert "eels" in out
