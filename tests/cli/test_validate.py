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


def test_news_in_json_below_a_folder_are_told_by_their_members(folder: Path) -> None:
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
        ("in/other.json", "ninjs-3.x"),
        ("in/page.json", "json-ld"),
    ]


def test_json_that_is_passed_over_is_told(folder: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (folder / "in" / f"{name}.json").write_text('{"title": "Harbour Post", "items": []}', encoding="utf-8")
    _, _, err = run("validate", "in", folder=folder)
    told = "4 files of JSON passed over, no feed or news item that is known by its content:"
    assert err == f"{told} in/a.json, in/b.json, in/c.json and 1 more\n"


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
    assert etree.fromstring(reports["junit"][1].encode())[0].get("failures") == "1"
    assert reports["github"][1].startswith(f"::error file={bad},line=3,")
    assert newsroom.call("validate", str(newsroom.folder / "feeds"), "--report", "github")[:2] == (0, "")


def test_any_document_below_a_folder_is_known_by_its_content(folder: Path) -> None:
    below = folder / "in"
    (below / "feed").write_text("\n" + GOOD, encoding="utf-8")
    (below / "wide.txt").write_bytes(GOOD.replace("UTF-8", "UTF-16").encode("utf-16"))
    (below / "item.dat").write_bytes(b"\xef\xbb\xbf<!-- an item --><g:newsItem xmlns:g='x'/>")
    for name, data in (("drawing.svg.txt", b"<svg/>"), ("binary", b"<\x00\x01"), ("empty", b""), ("a.html", b"<html>")):
        (below / name).write_bytes(data)
    (below / "loop").symlink_to(below)
    _, out, _ = run("validate", "in", "--json", folder=folder)
    assert [one["file"] for one in json.loads(out)] == [
        f"in/{name}" for name in ("a.atom", "b.xml", "feed", "item.dat", "wide.txt")
    ]


def test_files_shared_by_processes_are_told_in_order(folder: Path) -> None:
    for number in range(70):
        (folder / "in" / f"{number:02}.xml").write_text(BAD if number % 3 else GOOD, encoding="utf-8")
    alone, shared = (run("validate", "in", "--jobs", jobs, folder=folder) for jobs in ("1", "3"))
    assert alone == shared
    assert alone[0] == 1
    assert alone[1].endswith("72 documents, 47 not valid: 47 errors, 0 warnings, 0 hints\n")


def test_what_is_not_there_stops_nothing_that_is(folder: Path) -> None:
    code, out, err = run("validate", "in/a.atom", "in/none.xml", folder=folder)
    assert code == 2
    assert "in/none.xml: error: the file cannot be read: there is no such file" in out
    assert out.endswith("2 documents, 1 not valid: 1 error, 0 warnings, 0 hints\n")
    assert "in/none.xml: cannot be read: No such file" in err
    code, out, err = run("validate", "paper.example/rss", folder=folder)
    assert (code, out) == (2, "")
    assert "an address begins with https://" in err


def test_nothing_that_is_to_be_checked_is_written_over(folder: Path) -> None:
    before = (folder / "in" / "a.atom").read_bytes()
    for words in (("-o", "in/a.atom"), ("--update-baseline", "--baseline", "in/a.atom")):
        code, _, err = run("validate", "in", *words, folder=folder)
        assert code == 2
        assert "in/a.atom: this is a document that is to be checked" in err
    (folder / "other.xml").write_bytes(before)
    code, _, err = run("validate", "in", "--update-baseline", "--baseline", "other.xml", folder=folder)
    assert code == 2
    assert "other.xml:1: no baseline" in err
    assert (folder / "other.xml").read_bytes() == (folder / "in" / "a.atom").read_bytes() == before


def test_a_baseline_keeps_what_was_not_looked_at(folder: Path) -> None:
    for name in ("c", "d"):
        (folder / "in" / f"{name}.xml").write_text(BAD, encoding="utf-8")
    words = ("--baseline", "known.json", "--update-baseline")
    assert run("validate", "in", *words, folder=folder)[0] == 0
    (folder / "in" / "c.xml").unlink()
    _, _, err = run("validate", "in/a.atom", *words, folder=folder)
    assert "of files that were not looked at kept" in err
    known = (folder / "known.json").read_text(encoding="utf-8")
    assert ("in/d.xml" in known, "in/c.xml" in known) == (True, False)
    assert run("validate", "in", "--baseline", "known.json", folder=folder)[0] == 0


def test_an_option_against_another_is_refused(folder: Path) -> None:
    code, _, err = run("validate", "in", "--schemas", ".", "--no-schemas", folder=folder)
    assert (code, "exclude each other" in err) == (2, True)
    code, _, err = run("validate", "in", "--schemas", "in", folder=folder)
    assert (code, "--schemas in: no official schema" in err) == (2, True)


def test_a_report_can_go_to_a_device(folder: Path) -> None:
    assert run("validate", "in", "-o", "/dev/null", folder=folder)[0] == 1


def test_a_file_that_cannot_be_read_stops_no_other(folder: Path) -> None:
    (folder / "in" / "loop.xml").symlink_to("loop.xml")
    (folder / "in" / "c.xml").mkdir()
    words = ("in/a.atom", "in/b.xml")
    code, out, _ = run("validate", "in", "--json", folder=folder)
    assert code == 1
    assert [one["file"] for one in json.loads(out)] == list(words)


def test_known_findings_are_neither_told_nor_a_failure(folder: Path) -> None:
    words = ("validate", "in", "--baseline", "known.json")
    code, _, err = run(*words, folder=folder)
    assert code == 2
    assert "known.json: there is no baseline; make it with --update-baseline" in err
    code, _, err = run(*words, "--update-baseline", folder=folder)
    assert (code, err.endswith("known.json: 1 finding known from now on\n")) == (0, True)
    code, out, _ = run(*words, folder=folder)
    assert code == 0
    assert out == "2 documents, 0 not valid: 0 errors, 0 warnings, 0 hints; 1 known finding not told\n"
    (folder / "in" / "b.xml").write_text(BAD.replace("<id>", "\n<!-- above -->\n<id>"), encoding="utf-8")
    assert run(*words, folder=folder)[0] == 0
    (folder / "in" / "new.xml").write_text(BAD, encoding="utf-8")
    code, out, _ = run(*words, folder=folder)
    assert code == 1
    assert out.startswith("in/new.xml:3:")
    (folder / "in" / "b.xml").write_text(GOOD, encoding="utf-8")
    assert "1 known finding gone" in run(*words, folder=folder)[2]


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9, "findings": []}', '{"version": 1, "findings": [1]}'])
def test_a_damaged_baseline_is_named(folder: Path, text: str) -> None:
    (folder / "known.json").write_text(text, encoding="utf-8")
    code, out, err = run("validate", "in", "--baseline", "known.json", folder=folder)
    assert (code, out) == (2, "")
    assert "known.json" in err
    assert "--update-baseline" in err


def test_what_fails_can_be_chosen(folder: Path) -> None:
    warned = GOOD.replace('<link rel="self" href="https://harbour.example/town.xml"/>', "")
    (folder / "warned.xml").write_text(warned, encoding="utf-8")
    codes = [run("validate", "warned.xml", "--fail-on", word, folder=folder)[0] for word in ("error", "warning")]
    assert codes == [0, 1]
    assert run("validate", "in/b.xml", "--fail-on", "never", folder=folder)[0] == 0


def test_a_report_can_go_to_a_file(folder: Path) -> None:
    code, out, err = run("validate", "in", "--json", "-o", "report.json", folder=folder)
    assert (code, out, err) == (1, "", "")
    assert len(json.loads((folder / "report.json").read_text(encoding="utf-8"))) == 2
    code, _, err = run("validate", "in", "-o", "none/report.json", folder=folder)
    assert code == 2
    assert "none/report.json: the report cannot be written" in err


def test_standard_input_has_a_bound(folder: Path) -> None:
    code, out, err = run("validate", "-", "--max-size", "1", folder=folder, data=b" " * (1024 * 1024 + 1))
    assert (code, out) == (2, "")
    assert "standard input has more than 1 MiB" in err


def test_what_somebody_says_it_is_is_checked_as_that(folder: Path) -> None:
    (folder / "a.json").write_text('{"title": "Harbour Post", "items": [{"id": "1"}]}', encoding="utf-8")
    code, out, _ = run("validate", "--as", "jsonfeed", "a.json", folder=folder)
    assert code == 1
    assert "needs the member 'version' [jsonfeed.member.missing]" in out
    assert "[jsonfeed.content.missing]" in out
    assert "format.unknown" in run("validate", "--as", "rss", "a.json", folder=folder)[1]


def test_a_plain_text_is_one_finding(folder: Path) -> None:
    (folder / "a.txt").write_text("Fog over the harbour.", encoding="utf-8")
    code, out, _ = run("validate", "a.txt", folder=folder)
    assert code == 1
    assert out.startswith("a.txt:1:1: error: this is plain text, and no feed or news document: ")
    assert out.endswith("1 document, 1 not valid: 1 error, 0 warnings, 0 hints\n")


def test_the_line_of_a_declaration_is_shown(folder: Path) -> None:
    (folder / "a.xml").write_text('<?xml version="1.0"?>\n<rss version="2.0"/>', encoding="utf-8")
    assert '\n    <?xml version="1.0"?>\n    ^\n' in run("validate", "a.xml", folder=folder)[1]
