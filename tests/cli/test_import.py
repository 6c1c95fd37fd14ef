"""`import`: files, folders, standard input, rehearsals, and the names of articles as JSON."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.process import run
from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
NAMES = [
    *("guid", "version", "status", "language", "headline", "slugline", "abstract", "highlights"),
    *("authors", "contributors", "dateline", "body", "media", "sections", "subjects", "keywords"),
    *("genre", "urgency", "published", "updated", "embargo", "expires", "url", "rights"),
    *("note", "correction", "links", "derived", "signal", "significant"),
]
ANSWER = ["state", "file", "line", "guid", "version", "reason", "notes", "repairs", "lost"]


def test_articles_come_from_standard_input(newsroom: Newsroom) -> None:
    lines = "".join(json.dumps(story(name)) + "\n" for name in ("ferry", "crane"))
    code, out, err = run("import", "-", folder=newsroom.folder, data=lines.encode())
    assert code == 0, err
    assert [line.split()[:2] for line in out.splitlines()] == [["new", "-:1"], ["new", "-:2"]]
    assert err == "2 new\n"


def test_a_page_comes_from_standard_input(newsroom: Newsroom) -> None:
    page = "Published 5:20 PM GMT, Tue March 3, 2026\n\nPort Ellis HP  — \n\nThe ferry stops for two weeks.\n"
    words = ["import", "--reader", "page-text", "--set", "guid=tag:harbour.example,2019:story:1", "-"]
    code, out, err = run(*words, folder=newsroom.folder, data=page.encode())
    assert code == 0, out + err
    assert out.startswith("new  -")
    assert newsroom.json("articles", "show", "tag:harbour.example,2019:story:1")["dateline"]["place"] == "Port Ellis"


def test_names_that_are_no_text_or_would_be_obeyed_by_a_terminal(newsroom: Newsroom) -> None:
    folder = newsroom.folder / "odd"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({**story("ferry"), "\x1b]0;x\x07": 1}))
    try:
        Path(os.fsdecode(bytes(folder) + b"/\xff\x1b[31m.json")).write_text(json.dumps(story("crane")))
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")
    code, out, err = run("import", "odd", folder=newsroom.folder)
    assert (code, "\x1b" in out + err) == (0, False), err
    assert "new  odd/\ufffd\ufffd[31m.json:1" in out
    answers = newsroom.json("import", str(folder))
    assert [Path(one["file"]).name for one in answers] == ["a.json", "\ufffd\x1b[31m.json"]


def test_nothing_on_standard_input(newsroom: Newsroom) -> None:
    code, out, err = run("import", "-", folder=newsroom.folder)
    assert code == 1
    assert out.startswith("rejected  -")
    assert "Traceback" not in err


def test_folders_are_walked_in_order_and_hidden_files_passed_over(newsroom: Newsroom) -> None:
    for folder, name in (("b", "two"), ("a", "one"), (".git", "three")):
        (newsroom.folder / "in" / folder).mkdir(parents=True)
        newsroom.story(f"in/{folder}/{name}.jsonl", story(name))
    code, out, _ = newsroom.call("import", str(newsroom.folder / "in"), now=NOW)
    assert code == 0
    assert [Path(line.split()[1]).name for line in out.splitlines()] == ["one.jsonl:1", "two.jsonl:1"]


def test_a_file_that_nobody_can_read_is_named_and_the_rest_goes_on(newsroom: Newsroom) -> None:
    (newsroom.folder / "in").mkdir()
    (newsroom.folder / "in" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    newsroom.story("in/stories.jsonl", story("ferry"))
    code, out, err = newsroom.call("import", str(newsroom.folder / "missing.txt"), str(newsroom.folder / "in"), now=NOW)
    assert code == 1
    missing, good = out.splitlines()
    assert missing.startswith(f"rejected  {newsroom.folder / 'missing.txt'}  cannot be read: No such file")
    assert good.startswith("new")
    assert "1 file skipped (syndicate --verbose import names them)\n1 new, 1 rejected" in err


def test_a_rehearsal_prints_articles_with_the_contracts_names(newsroom: Newsroom) -> None:
    path = newsroom.story("a.jsonl", story("ferry"), story("crane", headline=None), story("tide"))
    code, out, err = newsroom.call("import", "--dry-run", "--json", str(path), now=NOW)
    found = json.loads(out)
    assert code == 1
    assert [list(one) for one in found] == [NAMES, NAMES]
    assert [one["guid"] for one in found] == [story("ferry")["guid"], story("tide")["guid"]]
    assert f"{path}:2: rejected: " in err
    assert "would be: 2 new, 1 rejected" in err


def test_a_rehearsal_keeps_nothing(newsroom: Newsroom) -> None:
    path = str(newsroom.story("a.jsonl", story("ferry")))
    assert newsroom.call("import", "--dry-run", path, now=NOW)[1].startswith("new")
    assert newsroom.call("import", path, now=NOW)[1].startswith("new")
    newsroom.story("a.jsonl", story("ferry", headline="Ferry runs again"))
    assert newsroom.call("import", "--dry-run", path, now=NOW)[1].startswith("updated")
    assert newsroom.json("articles", "show", story("ferry")["guid"])["version"] == 1


def test_what_is_shown_can_be_imported_again(newsroom: Newsroom) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))), now=NOW)
    shown = newsroom.json("articles", "show", story("ferry")["guid"])
    assert list(shown) == NAMES
    newsroom.story("b.jsonl", shown)
    code, out, _ = newsroom.call("import", str(newsroom.folder / "b.jsonl"), now=NOW)
    assert (code, out.split()[0]) == (0, "unchanged")


def test_the_answers_as_json(newsroom: Newsroom) -> None:
    path = newsroom.story("a.jsonl", story("ferry", headline="A\x07 bell"), story("crane", published="soon"))
    found = newsroom.json("import", str(path), now=NOW)
    assert [list(one) for one in found] == [ANSWER, ANSWER]
    assert [(one["state"], one["line"], one["version"]) for one in found] == [("new", 1, 1), ("rejected", 2, None)]
    assert found[0]["repairs"][0]["field"] == "headline"
    assert "published" in found[1]["reason"]


@pytest.mark.parametrize(
    ("setting", "name", "value"),
    [
        ("sections=politics", "sections", ["politics"]),
        ("sections=politics,town", "sections", ["politics", "town"]),
        ("published=2017-05-10T18:05:00-04:00", "published", "2017-05-10T22:05:00Z"),
        ("urgency=2", "urgency", 2),
        ("genre=", "genre", None),
        ("rights.usage=No archive = use", "rights", {"holder": None, "notice": None, "usage": "No archive = use"}),
    ],
)
def test_set_fills_a_field(newsroom: Newsroom, setting: str, name: str, value: object) -> None:
    path = newsroom.story("a.jsonl", story("ferry", genre="feature"))
    (found,) = newsroom.json("import", "--dry-run", "--set", setting, str(path), now=NOW)
    assert found[name] == value


def test_what_is_skipped_is_counted_and_named_when_asked(newsroom: Newsroom) -> None:
    folder = newsroom.folder / "in"
    folder.mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    code, out, err = newsroom.call("import", str(folder), now=NOW)
    assert (code, out) == (0, "")
    assert err == "1 file skipped (syndicate --verbose import names them)\nno articles found\n"
    code, out, err = newsroom.call("--verbose", "import", str(folder), now=NOW)
    assert (code, out) == (0, f"skipped  {folder / 'picture.png'}  no reader knows this kind of file\n")
    assert err == "1 file skipped\nno articles found\n"
    (found,) = newsroom.json("import", str(folder), now=NOW)
    assert (found["state"], found["reason"]) == ("skipped", "no reader knows this kind of file")
    code, out, err = newsroom.call("--verbose", "import", "--dry-run", "--json", str(folder), now=NOW)
    assert json.loads(out) == []
    assert f"{folder / 'picture.png'}: skipped: no reader knows this kind of file" in err


def test_what_articles_cannot_carry_is_counted_and_named_when_asked(newsroom: Newsroom) -> None:
    path = newsroom.folder / "ferry.md"
    path.write_text("---\ntitle: Ferry\nlayout: wide\nmood: calm\n---\nIt sails.\n", encoding="utf-8")
    code, out, err = newsroom.call("import", "--dry-run", str(path), now=NOW)
    assert code == 0
    assert out.count("\n") == 1
    assert (
        "1 article could not carry all that the source says (syndicate --verbose import names them)\nwould be: 1 new\n"
        in err
    )
    err = newsroom.call("--verbose", "import", "--dry-run", str(path), now=NOW)[2]
    assert f"{path}: not carried: layout, mood\n" in err
    (found,) = newsroom.json("import", str(path), now=NOW)
    assert found["lost"] == ["layout", "mood"]
