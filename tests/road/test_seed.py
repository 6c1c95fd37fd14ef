"""A saved article page on its whole road: read, kept, published, read again by others; corrected, and killed."""

import gzip
import json
import shutil
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import brotli
import feedparser
import pytest
from lxml import etree

from syndicate.formats import base as formats
from syndicate.model.content import Content
from tests.conftest import ROOT, require
from tests.life.words import text_of, words_of
from tests.newsroom import Newsroom, story

SET = ["--set", "published=2017-05-10T18:05:00-04:00", "--set", "sections=politics"]
NOW = "2017-05-11T12:00:00Z"
ADDRESS = "https://example.com/2017/05/10/story"
NOTICE = "Correction: our earlier version misnamed a hotel."
RETRACTION = "Withdrawn: we cannot vouch for it."
REASON = "Notebook missing."
OURS = ROOT / "tests" / "stories" / "pages" / "harbour-crane.txt"


@dataclass(frozen=True)
class Expected:
    """What a reader of the page counts by hand."""

    blocks: dict[str, int]
    durations: list[int]
    highlights: int
    place: str
    source: str
    contributors: list[str]


CRANE = Expected(
    blocks={"paragraph": 6, "heading": 2, "related": 2, "media": 1, "tagline": 1},
    durations=[3909, 42],
    highlights=2,
    place="Port Ellis",
    source="HPTV",
    contributors=["Tove Lind", "Per Aas", "Mary-Jo O’Dell"],
)
SEED = Expected(
    blocks={"paragraph": 35, "heading": 4, "related": 2, "media": 1, "tagline": 1},
    durations=[95, 172],
    highlights=2,
    place="Washington",
    source="CNN",
    contributors=["Dan Merica", "Emma Burrows", "Michelle Kosinski", "Zachary Cohen"],
)


@pytest.fixture(params=["ours", "seed"])
def page(request: pytest.FixtureRequest) -> tuple[Path, Expected]:
    """A page and what is in it: a made-up one of our own, and the one that was handed to us where it is at hand."""
    if request.param == "ours":
        return OURS, CRANE
    (seed,) = sorted((request.getfixturevalue("shared") / "seeds").glob("*.txt"))
    return seed, SEED


@pytest.fixture
def clone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Newsroom:
    """A working directory with the configuration that the repository itself has."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return Newsroom(tmp_path, capsys)


@pytest.fixture
def published(clone: Newsroom, page: tuple[Path, Expected]) -> Newsroom:
    """The page imported and exported."""
    code, out, err = clone.call("import", *SET, str(page[0]), now=NOW)
    assert (code, out.split()[0]) == (0, "new"), err
    code, _, err = clone.call("export", now=NOW)
    assert code == 0, err
    return clone


def the_article(room: Newsroom) -> dict[str, Any]:
    (article,) = room.json("articles", "list")
    assert isinstance(article, dict)
    return article


def entries(room: Newsroom, path: str) -> list[Any]:
    found = feedparser.parse(room.tree()[path], sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    return list(found.entries)


def test_everything_on_the_page_is_in_the_article(published: Newsroom, page: tuple[Path, Expected]) -> None:
    article, expected = the_article(published), page[1]
    assert Counter(block["type"] for block in article["body"]) == expected.blocks
    assert [media["duration"] for media in article["media"]] == expected.durations
    assert {(media["type"], media["source"]) for media in article["media"]} == {("video", expected.source)}
    assert len(article["highlights"]) == expected.highlights
    assert (article["dateline"]["place"], article["dateline"]["source"]) == (expected.place, expected.source)
    assert [person["name"] for person in article["contributors"]] == expected.contributors
    assert article["headline"] == article["highlights"][0]
    assert "headline" in article["derived"]
    assert "published" not in article["derived"]
    assert (article["published"], article["sections"]) == ("2017-05-10T22:05:00Z", ["politics"])
    assert article["guid"] == f"tag:example.com,2017:page:{page[0].stem}"


def test_every_word_of_the_page_is_in_the_article(published: Newsroom, page: tuple[Path, Expected]) -> None:
    shown = " ".join(str(part) for part in walk(the_article(published)))
    for line in page[0].read_text(encoding="utf-8").splitlines():
        if line.strip() and "Source:" not in line and line != "Story highlights":
            assert " ".join(line.split()) in " ".join(shown.replace("&amp;", "&").replace("&lt;", "<").split()), line


def walk(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [part for one in value.values() for part in walk(one)]
    return [part for one in value for part in walk(one)] if isinstance(value, list) else [value]


def test_the_same_again_is_unchanged_and_an_edit_is_version_2(
    published: Newsroom, page: tuple[Path, Expected], tmp_path: Path
) -> None:
    code, out, _ = published.call("import", *SET, str(page[0]), now="2018-01-01T00:00:00Z")
    assert (code, out.split()[0]) == (0, "unchanged")
    assert {one["state"] for one in published.json("export", now="2018-01-01T00:00:00Z")} == {"unchanged"}
    (tmp_path / "edited").mkdir()
    edited = tmp_path / "edited" / page[0].name
    edited.write_text(page[0].read_text(encoding="utf-8").replace("contributed to", "helped with"), encoding="utf-8")
    code, out, _ = published.call("import", *SET, str(edited), now="2018-01-01T00:00:00Z")
    assert (code, out.split()[0]) == (0, "updated")
    assert the_article(published)["version"] == 2


def test_our_own_rules_find_nothing(published: Newsroom) -> None:
    code, out, _ = published.call("validate", str(published.folder / "feeds"), "--json", now=NOW)
    found = {message["code"] for one in json_of(out) for message in one["messages"] if message["severity"] != "info"}
    assert (code, found) == (0, set())
    assert {one["format"] for one in json_of(out)} >= {"rss-2.0", "atom-1.0", "newsml-g2-2.35"}


def json_of(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("feed", ["all", "politics"])
def test_readers_see_the_same_in_rss_and_atom(published: Newsroom, feed: str) -> None:
    (rss,), (atom,) = (entries(published, f"{feed}/{name}.xml") for name in ("rss", "atom"))
    article = the_article(published)
    for name in ("id", "title", "published_parsed"):
        assert rss[name] == atom[name], name
    assert (rss.id, rss.title) == (article["guid"], article["headline"])
    assert rss.published_parsed[:5] == atom.updated_parsed[:5] == (2017, 5, 10, 22, 5)
    assert rss.content[0].value == atom.content[0].value


def test_the_news_documents_are_valid_by_the_official_schemas(
    published: Newsroom, shared: Path, tmp_path: Path
) -> None:
    require(shutil.which("xmllint"), "xmllint is not installed")
    schemas = shared / "schemas"
    joined = tmp_path / "joined.xsd"
    joined.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:import namespace="http://iptc.org/std/nar/2006-10-01/"'
        f' schemaLocation="{(schemas / "newsml-g2/2.35/NewsML-G2_2.35-spec-All-Power.xsd").as_uri()}"/>'
        '<xs:import namespace="http://iptc.org/std/NITF/2006-10-18/"'
        f' schemaLocation="{(schemas / "nitf/3.6/nitf-3-6.xsd").as_uri()}"/></xs:schema>',
        encoding="utf-8",
    )
    documents = sorted((published.folder / "feeds").rglob("newsml-g2.xml"))
    assert len(documents) == 3
    done = subprocess.run(
        ["xmllint", "--nonet", "--noout", "--schema", str(joined), *map(str, documents)],
        capture_output=True,
        check=False,
        timeout=120,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(" validates") == 3


def test_iptcs_reader_reads_the_item(published: Newsroom) -> None:
    (path,) = (published.folder / "feeds" / "articles").rglob("newsml-g2.xml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has escapes that warn when Python first compiles it
        reader = pytest.importorskip("NewsMLG2")
        item = reader.NewsMLG2Document(path.read_bytes()).get_item()
    article = the_article(published)
    assert (item.guid, item.version) == (article["guid"], str(article["version"]))
    assert str(item.contentmeta.headline[0]) == article["headline"]
    assert item.itemmeta.pubstatus.qcode == "stat:usable"


def test_the_payload_has_every_paragraph(published: Newsroom) -> None:
    (path,) = (published.folder / "feeds" / "articles").rglob("newsml-g2.xml")
    text = " ".join("".join(map(str, etree.fromstring(path.read_bytes()).itertext())).split())
    for block in the_article(published)["body"]:
        if block["type"] == "paragraph":
            plain = etree.fromstring(f"<p>{block['html']}</p>")
            assert " ".join("".join(map(str, plain.itertext())).split()) in text


# From here on: one story through its life, in every format there is.


@pytest.fixture
def whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Newsroom:
    """A working directory with a feed for each content level in all formats that have it, and one with an archive."""
    folder = tmp_path / "config"
    (folder / "feeds").mkdir(parents=True)
    shutil.copy(ROOT / "config" / "syndicate.toml", folder)
    room = Newsroom(tmp_path, capsys)
    for content in Content:
        names = [name for name in formats.written() if content in formats.written_facts(name).CONTENTS]
        define(room, content.value, names, f'content = "{content.value}"\n')
    archives = [name for name in formats.written() if formats.has_archives(name)]
    define(room, "past", archives, 'limit = 1\norder = "published"\narchive = true\narchive_page = 1\n')
    return room


def define(room: Newsroom, feed_id: str, names: list[str], rest: str) -> None:
    room.feed(feed_id, rest)
    path = room.folder / "config" / "feeds" / f"{feed_id}.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"formats = {json.dumps(names)}" if line.startswith("formats") else line for line in lines]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def done(room: Newsroom, *arguments: str) -> None:
    code, out, err = room.call(*arguments, now=NOW)
    assert code == 0, out + err


def other_stories(room: Newsroom) -> frozenset[str]:
    """The words that are published before the page is: of the feeds, the formats, one story that stays, one killed."""
    bare = {"body": [], "published": "2017-05-11T08:00:00Z", "updated": "2017-05-11T08:00:00Z"}
    stories = [story(name, headline=name, contributors=[{"name": "Cy"}], **bare) for name in ("stays", "goes")]
    done(room, "import", str(room.story("others.jsonl", *stories)))
    done(room, "export")
    done(room, "articles", "kill", "--notice", RETRACTION, "--reason", REASON, str(stories[1]["guid"]))
    done(room, "export")
    return words_in(room.tree())


def words_in(tree: dict[str, bytes]) -> frozenset[str]:
    return words_of(*(text_of(unpacked(path, data)) for path, data in tree.items()))


def unpacked(path: str, data: bytes) -> bytes:
    """The document that a file is, or is a compressed twin of."""
    if path.endswith(".gz"):
        return gzip.decompress(data)
    return bytes(brotli.decompress(data)) if path.endswith(".br") else data


def files_of(room: Newsroom, name: str) -> list[Path]:
    """The published documents of one format, without their twins."""
    root = room.folder / "feeds"
    return sorted(path for pattern in patterns(name) for path in root.glob(pattern) if path.name != "index.json")


def patterns(name: str) -> Iterator[str]:
    """Where documents of the format lie: a feed's, one article's, a page of an archive."""
    file, each = Path(formats.written_facts(name).FILE_NAME), formats.each(name)
    if each is not None:
        yield f"*/{file.parent}/*{each}"
    else:
        yield f"*/{file}"
        yield f"articles/*/{file}"
        yield f"*/archive/{file.stem}-*{file.suffix}"


def all_are_valid(room: Newsroom) -> None:
    """Every document that is published, each taken for what it is meant to be."""
    root = room.folder / "feeds"
    left = {path for path in root.rglob("*") if path.is_file() and path.suffix not in (".gz", ".br")}
    for name in formats.written():
        if paths := files_of(room, name):
            asked = formats.format_of(name)
            code, out, err = room.call("validate", "--as", asked, "--json", *map(str, paths), now=NOW)
            faults = [message for one in json_of(out) for message in one["messages"] if message["severity"] == "error"]
            assert (code, faults, len(json_of(out))) == (0, [], len(paths)), f"{name}: {err}"
        left -= set(paths)
    # What is no document of articles: lists of files, the front page, the lists of feeds and sitemaps.
    around = {"manifest.json", "index.json", ".lock", "index.html", "feeds.opml", "sitemap-index.xml"}
    assert {path.name for path in left} == around
    done(room, "validate", str(root))


def are_told(room: Newsroom, words: str) -> set[str]:
    """The formats in which the feed with whole texts says these words."""
    folder = room.folder / "feeds" / "full"
    return {
        name
        for name in formats.written()
        if any(
            words in unquote(text_of(path.read_bytes())) for path in files_of(room, name) if path.is_relative_to(folder)
        )
    }


@pytest.fixture
def out(whole: Newsroom, page: tuple[Path, Expected]) -> tuple[Newsroom, str, frozenset[str]]:
    """The page published beside other stories; its guid, and the words that nothing but it says."""
    others = other_stories(whole)
    done(whole, "import", *SET, "--set", f"url={ADDRESS}", str(page[0]))
    done(whole, "export")
    guid = f"tag:example.com,2017:page:{page[0].stem}"
    (headline,) = (one["headline"] for one in whole.json("articles", "list") if one["guid"] == guid)
    stays = words_of(headline, *page[1].contributors, guid, ADDRESS)
    return whole, guid, words_of(page[0].read_text(encoding="utf-8")) - others - stays


def test_a_page_is_valid_in_every_format_when_new_when_corrected_and_when_killed(
    out: tuple[Newsroom, str, frozenset[str]],
) -> None:
    room, guid, _ = out
    all_are_valid(room)
    done(room, "articles", "correct", "--notice", NOTICE, guid)
    done(room, "export")
    all_are_valid(room)
    assert are_told(room, NOTICE) == {name for name in formats.written() if says(name)}
    done(room, "articles", "kill", "--notice", RETRACTION, "--reason", REASON, guid)
    done(room, "export")
    all_are_valid(room)
    assert are_told(room, guid) == {name for name in formats.written() if formats.tells_withdrawals(name)}


def says(name: str) -> bool:
    """Whether the format has the text of a page without sound."""
    return Content.FULL in formats.written_facts(name).CONTENTS and "sitemap" not in name and name != "rss-podcast"


def test_a_kill_leaves_no_word_of_the_page_anywhere(out: tuple[Newsroom, str, frozenset[str]]) -> None:
    room, guid, words = out
    told = words & words_of(*texts_of(room, guid))
    assert len(told) > 40
    for place in ("past/archive/rss-", "past/archive/atom-", "full/", "articles/"):
        for end in (".xml", ".xml.gz", ".xml.br"):
            found = {path: data for path, data in room.tree().items() if path.startswith(place) and path.endswith(end)}
            assert told <= words_in(found), place
    done(room, "articles", "correct", "--notice", NOTICE, guid)
    done(room, "export")
    done(room, "articles", "kill", "--notice", RETRACTION, "--reason", REASON, guid)
    done(room, "export")
    left = {path: words & words_in({path: data}) for path, data in room.tree().items()}
    assert {path: found for path, found in left.items() if found} == {}
    assert NOTICE not in "".join(text_of(unpacked(path, data)) for path, data in room.tree().items())


def texts_of(room: Newsroom, guid: str) -> list[str]:
    """The paragraphs of an article."""
    (article,) = (one for one in room.json("articles", "list") if one["guid"] == guid)
    return [block["html"] for block in article["body"] if block["type"] == "paragraph"]
