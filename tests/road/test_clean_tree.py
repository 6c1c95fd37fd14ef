"""What we publish is clean by our own validator: every name that is written, every profile, archives, schemas too."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.cli.main import run
from syndicate.formats import base as formats
from syndicate.model.content import Content
from syndicate.profiles.load import load_profile, shipped
from tests.newsroom import CONFIG, Newsroom, story

NOW = "2026-03-04T12:00:00Z"
# Flipboard begins with 30 items.
COUNT = 31
SENTENCE = "A crane on the old quay lifted the first of four ferries while the people of Port Ellis watched. "
# What only the newsroom can say to a partner.
VALUES = {
    "smartnews": {"logo": "https://harbour.example/logo.png"},
    "podcast": {"explicit": "false", "image": "https://harbour.example/show.jpg"},
}
HUB = '\n[websub]\nown = "https://harbour.example/feeds/hub"\n'
# What is left, each for a reason of its own: rule -> the documents that may have it.
KNOWN = {
    # A feed of headlines is meant to be one.
    "atom.entry.no-text": ("headline/atom.xml",),
    # Whether a podcast is for adults only is nothing that a program may make up; with the profile it is said.
    "itunes.channel.incomplete": ("full/podcast.xml", "summary/podcast.xml"),
    # Nothing is before the oldest page, and to say what is after it would change it.
    "atom.archive.no-links": ("past/archive/atom-",),
}
# What validate calls the documents of a name, where it does not begin with that.
CALLED = {
    "newsml-1-2": "newsml-1.2",
    "newsml-g2-package": "newsml-g2",
    "newsml-g2-superdesk": "newsml-g2",
    "newsml-g2-xhtml": "newsml-g2",
    "ninjs-1.6": "ninjs-1",
    "ninjs-2.2": "ninjs-2",
    "ninjs": "ninjs-3",
    "nitf-namespace": "nitf",
    "rss-1-0": "rss-1.0",
    "rss": "rss-2.0",
    "rss-podcast": "rss-2.0",
}


def media(number: int) -> list[dict[str, Any]]:
    """A picture, a video with one of its own, and a sound."""
    base = f"https://harbour.example/{number}"
    picture = {"href": f"{base}.jpg", "type": "image/jpeg", "width": 1600, "height": 900, "bytes": 123_456}
    still = {**picture, "href": f"{base}-still.jpg"}
    film = {"href": f"{base}.mp4", "type": "video/mp4", "width": 1280, "height": 720, "bytes": 9_876_543}
    horn = {"href": f"{base}.mp3", "type": "audio/mpeg", "bytes": 976_543}
    said = {"credit": "Ada Holm", "caption": "On the quay"}
    return [
        {"id": "m1", "type": "picture", "role": "lead", "title": "Crane", "renditions": [picture]} | said,
        {"id": "m2", "type": "video", "title": "Ferry & crane", "duration": 95, "renditions": [film, still]} | said,
        {"id": "m3", "type": "audio", "title": "The horn", "duration": 61, "renditions": [horn]} | said,
    ]


def told(number: int, **fields: Any) -> dict[str, Any]:
    """A story with everything that readers and partners ask for."""
    at = (datetime.fromisoformat(NOW) - timedelta(minutes=20 * number + 5)).isoformat()
    body = [
        {"type": "paragraph", "html": SENTENCE * 5},
        {"type": "heading", "level": 2, "html": "On the quay"},
        {"type": "media", "media": "m1"},
        {"type": "paragraph", "html": f'{SENTENCE}See <a href="https://harbour.example/plan">the plan</a> &amp; wait.'},
        {"type": "list", "ordered": False, "items": ["Tickets", "Buses"]},
        {"type": "quote", "html": "We waited for years.", "cite": "Agnes Holm"},
        {"type": "table", "html": "<table><tr><td>Ferry</td><td>08:00</td></tr></table>"},
        {"type": "related", "title": "The old quay", "url": "https://harbour.example/quay"},
        {"type": "tagline", "html": "Tove Lind contributed to this report."},
    ]
    whole = {
        "headline": f"Ferry {number} leaves the harbour & “returns” on time",
        "abstract": SENTENCE * 4,
        "slugline": f"ferry-{number}",
        "authors": [{"name": "Ada Holm"}],
        "dateline": {"place": "Port Ellis"},
        "keywords": ["ferry", "harbour"],
        "subjects": [{"scheme": "medtop", "code": "04000000", "name": "economy, business and finance"}],
        "urgency": 4,
        "language": "en-GB",
        "published": at,
        "updated": at,
        "body": body,
        "media": media(number),
    }
    return story(f"ferry-{number}", **{**whole, **fields})


def stories() -> Iterator[dict[str, Any]]:
    """Whole stories, and one with next to nothing."""
    yield from map(told, range(COUNT))
    bare = {"body": [{"type": "paragraph", "html": "Fog."}], "published": "2026-03-04T11:30:00Z"}
    yield {"guid": "tag:harbour.example,2019:story:fog", "headline": "Fog", **bare}


def define(room: Newsroom, feed: str, names: list[str], rest: str = "") -> None:
    room.feed(feed, rest)
    path = room.folder / "config" / "feeds" / f"{feed}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["rss", "atom", "newsml-g2"]', json.dumps(names)), encoding="utf-8")


def levels() -> Iterator[tuple[str, list[str]]]:
    """How much of an article a feed holds, and the names that are written so."""
    for content in Content:
        yield content.value, [name for name in formats.written() if content in formats.written_facts(name).CONTENTS]


def configure(room: Newsroom) -> None:
    """A feed for each level, one with an archive, one for each partner."""
    (room.folder / "config" / "feeds").mkdir(parents=True)
    (room.folder / "config" / "profiles").mkdir()
    for name, values in VALUES.items():
        said = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
        text = f'base = "{name}"\nname = "{name}"\n[values]\n{said}'
        (room.folder / "config" / "profiles" / f"{name}.toml").write_text(text, encoding="utf-8")
    room.config.write_text(CONFIG + HUB, encoding="utf-8")
    for level, names in levels():
        define(room, level, names, f'content = "{level}"\nlimit = 6\n')
    archives = [name for name in formats.written() if formats.has_archives(name)]
    define(room, "past", archives, 'limit = 10\norder = "published"\narchive = true\narchive_page = 7\n')
    for name in shipped():
        define(room, f"for-{name}", [load_profile(name).format], f'profile = "{name}"\n')


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a newsroom that has published its stories. No test changes it."""
    # There is no capture of output for a whole module; nothing is read from it here.
    room = Newsroom(tmp_path_factory.mktemp("clean"), None)  # type: ignore[arg-type]
    configure(room)
    at = ["--config", str(room.config), "--now", NOW, "--quiet"]
    assert run([*at, "import", str(room.story("a.jsonl", *stories()))]) == 0
    assert run([*at, "export"]) == 0
    return room.folder


@pytest.fixture
def room(published: Path, capsys: pytest.CaptureFixture[str]) -> Newsroom:
    return Newsroom(published, capsys)


def faults(room: Newsroom, *arguments: str, below: str = "") -> list[tuple[str, str, str]]:
    """Errors and warnings: the document below `feeds/`, the rule, what is said."""
    root = room.folder / "feeds"
    _, out, err = room.call("validate", *arguments, "--json", str(root / below), now=NOW)
    assert out, err
    return [
        (Path(one["file"]).relative_to(root).as_posix(), message["code"], message["message"])
        for one in json.loads(out)
        for message in one["messages"]
        if message["severity"] != "info"
    ]


def unknown(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [one for one in found if not one[0].startswith(KNOWN.get(one[1], ("nowhere",)))]


def test_every_name_that_is_written_is_clean(room: Newsroom) -> None:
    tree = room.tree()
    for level, names in levels():
        for name in names:
            file = f"{level}/{formats.written_facts(name).FILE_NAME}"
            assert b"ferry-1" in tree[file], file
    found = faults(room)
    assert unknown(found) == []
    assert {rule for _, rule, _ in found} == set(KNOWN), "what is mended is no longer known"


def test_every_name_is_told_for_what_it_is(room: Newsroom) -> None:
    """Each document by itself: below a folder, a text is not looked at unless it is named."""
    root = room.folder / "feeds"
    for level, names in levels():
        for name in names:
            _, out, err = room.call("validate", "--json", *map(str, documents(root / level, name)), now=NOW)
            assert out, err
            called = {str(one["format"]) for one in json.loads(out)}
            assert len(called) == 1, name
            assert called.pop().startswith(CALLED.get(name, name)), name
            said = [message for one in json.loads(out) for message in one["messages"] if message["severity"] != "info"]
            assert [message for message in said if message["code"] not in KNOWN] == [], name


def documents(folder: Path, name: str) -> list[Path]:
    """The document of the name, or the files of articles that its list names."""
    file = folder / formats.written_facts(name).FILE_NAME
    if formats.each(name) is None:
        return [file]
    return [file.parent / one["file"] for one in json.loads(file.read_bytes())["items"]]


def test_every_name_is_clean_by_official_schemas(room: Newsroom, shared: Path) -> None:
    assert unknown(faults(room, "--schemas", str(shared / "schemas"))) == []


def test_what_every_partner_gets_is_what_he_takes(room: Newsroom) -> None:
    tree = room.tree()
    for name in shipped():
        file = formats.written_facts(load_profile(name).format).FILE_NAME
        assert b"ferry-1" in tree[f"for-{name}/{file}"], name
        # The story with next to nothing may go to partners who take it, with what they miss in it.
        found = faults(room, "--profile", name, below=f"for-{name}")
        assert [one for one in found if "'Fog'" not in one[2]] == [], name


def test_a_newsroom_without_a_story_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = Newsroom(tmp_path, capsys)
    configure(room)
    assert room.call("export", now=NOW)[0] in (0, 1)  # Flipboard's feed waits for its items
    assert unknown(faults(room)) == []
