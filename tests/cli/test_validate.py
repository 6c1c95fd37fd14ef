"""`validate`: files, folders, standard input, reports; no store, no configuration."""

import json
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.process import run
from tests.newsroom import Newsroom, story

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:harbour.example,2019:feed:town</id><title>Town</title><updated>2026-03-01T08:00:00Z</updated>
<author><name>Harbour Post</name></author><link rel="self" href="https://harbour.example/town.xml"/>
</feed>
"""
BAD = GOOD.replace("2026-03-01T08:00:00Z", "yesterday")
MESSAGE = ["severity", "code", "line", "column", "message", "element", "parent", "attribute", "reference", "help"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good and a bad feed, and files that are no documents; nothing else of ours is near."""
    (tmp_path / "in" / ".git").mkdir(parents=True)
    for name, text in (("b.xml", BAD), ("a.atom", GOOD), ("notes.txt", "x"), ("b.xml.gz", "x"), (".git/c.xml", "x")):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_one_object_per_argument_in_order(folder: Path) -> None:
    words = ["validate", "--report", "json", "in/b.xml", "in/a.atom", "in/b.xml"]
    code, out, err = run(*words, folder=folder)
    found = json.loads(out)
    assert (code, err) == (1, "")
    assert [(one["file"], one["format"], one["valid"]) for one in found] == [
        ("in/b.xml", "atom-1.0", False),
        ("in/a.atom", "atom-1.0", True),
        ("in/b.xml", "atom-1.0", False),
    ]
    assert [list(message) for message in found[0]["messages"]] == [MESSAGE] * len(found[0]["messages"])
    (error,) = [message for message in found[0]["messages"] if message["severity"] == "error"]
    assert (error["line"], error["element"], error["parent"]) == (3, "updated", "feed")
    assert error["help"] == f"docs/rules.md#{error['code'].replace('.', '-')}"


def test_folders_are_walked_for_documents(folder: Path) -> None:
    code, out, _ = run("validate", "in", "--json", folder=folder)
    assert code == 1
    assert [one["file"] for one in json.loads(out)] == ["in/a.atom", "in/b.xml"]


def test_json_feeds_below_a_folder_are_told_from_other_json(folder: Path) -> None:
    (folder / "in" / "data.json").write_text('{"version": "1"}', encoding="utf-8")
    (folder / "in" / "feed.json").write_text('{"version": "https://jsonfeed.org/version/1.1"}', encoding="utf-8")
    _, out, _ = run("validate", "in", "--json", folder=folder)
    assert [one["file"] for one in json.loads(out)] == ["in/a.atom", "in/b.xml", "in/feed.json"]


def test_news_in_json_below_a_folder_are_told_by_what_they_say_to_be(folder: Path) -> None:
    item = '{{"uri": "tag:a.example,2026:1", "standard": {{"name": "ninjs", "schema": "{}"}}}}'
    for name, text in (
        ("ninjs", item.format("https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json")),
        ("other", item.format("https://a.example/")),
        ("page", '{"@context": "https:\\/\\/schema.org", "@type": "NewsArticle"}'),
    ):
        (folder / "in" / f"{name}.json").write_text(text, encoding="utf-8")
    _, out, _ = run("validate", "in", "--json", folder=folder)
    assert [(one["file"], one["format"]) for one in json.loads(out)[2:]] == [
        ("in/ninjs.json", "ninjs-3.x"),
        ("in/page.json", "json-ld"),
    ]


def test_pages_of_ours_are_documents_and_other_pages_are_not(newsroom: Newsroom) -> None:
    newsroom.show("town")
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    newsroom.call("export")
    (newsroom.folder / "feeds" / "about.html").write_text("<p>About us", encoding="utf-8")
    code, out, _ = newsroom.call("validate", str(newsroom.folder / "feeds"), "--json")
    found = {Path(one["file"]).relative_to(newsroom.folder / "feeds").as_posix(): one for one in json.loads(out)}
    assert code == 0
    assert [name for name in found if name.endswith(".html")] == ["town/index.html"]
    assert (found["town/index.html"]["format"], found["town/index.html"]["messages"]) == ("preview", [])


def test_standard_input(folder: Path) -> None:
    code, out, _ = run("validate", "-", "--json", folder=folder, data=GOOD.encode())
    assert code == 0
    assert [(one["file"], one["valid"]) for one in json.loads(out)] == [("-", True)]
    code, out, _ = run("validate", "-", folder=folder, data=BAD.encode())
    assert code == 1
    assert out.startswith("-:3:")


def test_the_format_can_be_told(folder: Path) -> None:
    assert run("validate", "--as", "atom", "in/a.atom", folder=folder)[0] == 0
    code, out, _ = run("validate", "--as", "rss", "in/a.atom", folder=folder)
    assert code == 1
    assert "is not rss [document.format.unknown]" in out


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"<", b"<rss", b"\xef\xbb\xbf", b"plain words", b"<a/>" * 2])
def test_whatever_comes_in_is_a_finding(folder: Path, data: bytes) -> None:
    code, out, err = run("validate", "-", "--json", folder=folder, data=data)
    assert (code, err) == (1, "")
    assert [one["valid"] for one in json.loads(out)] == [False]


def test_every_report(newsroom: Newsroom, folder: Path) -> None:
    newsroom.call("import", str(newsroom.story("a.jsonl", story("ferry"))))
    newsroom.call("export")
    bad = str(folder / "in" / "b.xml")
    reports = {name: newsroom.call("validate", bad, "--report", name) for name in ("text", "sarif", "junit", "github")}
    assert {code for code, _, _ in reports.values()} == {1}
    assert reports["text"][1].splitlines()[0].startswith(f"{bad}:3:")
    assert reports["text"][1].splitlines()[-1].startswith("1 document, 1 not valid: 1 error")
    assert json.loads(reports["sarif"][1])["version"] == "2.1.0"
    assert etree.fromstring(reports["junit"][1].encode()).get("failures") == "1"
    assert reports["github"][1].startswith(f"::error file={bad},line=3,")
    assert newsroom.call("validate", str(newsroom.folder / "feeds"), "--report", "github")[:2] == (0, "")
