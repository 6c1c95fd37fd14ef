"""A feed for a partner: shaped by his profile, held against it; files of its own where a document is one article."""

from typing import Any

import orjson
import pytest
from lxml import etree

from tests.newsroom import Newsroom, story

NOW = "2026-03-04T12:00:00Z"
LONG = "The council met on the quay until late. " * 20
PICTURE = {
    "id": "m1",
    "type": "picture",
    "role": "lead",
    "renditions": [{"href": "https://harbour.example/p.jpg", "type": "image/jpeg", "width": 1600, "height": 900}],
}
PROFILE = """
name = "gazette"
title = "The Gazette"
purpose = "What the Gazette takes over"
base = "rss-board"
[limits]
title_max = 30
images_min = 1
[campaign]
utm_source = "gazette"
"""


def whole(name: str, **fields: Any) -> dict[str, Any]:
    link = '<a href="https://harbour.example/other">Another</a>'
    body = [{"type": "paragraph", "html": LONG}, {"type": "paragraph", "html": link}]
    return story(name, body=body, media=[PICTURE], authors=[{"name": "Ada Holm"}], **fields)


def export(room: Newsroom, code: int = 0) -> str:
    found, _, err = room.call("export", now=NOW)
    assert found == code, err
    return str(err)


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    folder = newsroom.folder / "config" / "profiles"
    folder.mkdir()
    (folder / "gazette.toml").write_text(PROFILE, encoding="utf-8")
    partner(newsroom, "gazette", "rss")
    return newsroom


def partner(room: Newsroom, profile: str, format_name: str) -> None:
    room.feed("partner")
    path = room.folder / "config" / "feeds" / "partner.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("formats")]
    path.write_text("\n".join([*lines, f'formats = ["{format_name}"]', f'profile = "{profile}"', ""]), "utf-8")


def put(room: Newsroom, *articles: dict[str, Any]) -> None:
    assert room.call("import", str(room.story("a.jsonl", *articles)), now=NOW)[0] == 0


def test_articles_are_shaped_for_the_partner_alone(room: Newsroom) -> None:
    put(room, whole("ferry", headline="A headline that is longer than the Gazette has room for"))
    export(room)
    item: Any = etree.fromstring(room.tree()["partner/rss.xml"]).find(".//item")
    assert item.findtext("title").endswith("…")
    assert len(item.findtext("title")) <= 30
    assert item.findtext("link") == "https://harbour.example/ferry?utm_source=gazette"
    assert item.findtext("guid") == "tag:harbour.example,2019:story:ferry"
    assert b"utm_source=gazette" in room.tree()["partner/rss.xml"]
    assert b"p.jpg?" not in room.tree()["partner/rss.xml"]
    assert b"utm_source" not in room.tree()["all/rss.xml"]
    assert b"has room for" in room.tree()["all/rss.xml"]


def test_what_he_does_not_take_is_told_and_is_no_failure(room: Newsroom) -> None:
    put(room, whole("ferry"), story("bare"))
    err = export(room)
    assert "partner/rss.xml: left out tag:harbour.example,2019:story:bare:" in err
    assert "at least 1 are needed [profile.images.few]" in err
    assert len(etree.fromstring(room.tree()["partner/rss.xml"]).findall(".//item")) == 1
    assert "nothing" not in room.call("export", now=NOW)[2]


def test_an_explanation_names_the_articles_own_errors_alone(room: Newsroom) -> None:
    path = room.folder / "config" / "profiles" / "gazette.toml"
    path.write_text(PROFILE.replace("images_min", "body_min = 100\nimages_min"), encoding="utf-8")
    put(room, whole("ferry"), story("bare"), story("short", media=[PICTURE]))
    said = room.call("preview", "partner", now=NOW)[2]
    assert "2 articles left out" in said
    assert "syndicate export --dry-run partner" in said
    export(room)
    for name, rule in (("bare", "profile.body.short, profile.images.few"), ("short", "profile.body.short")):
        found = room.json("explain", f"tag:harbour.example,2019:story:{name}", "partner", now=NOW)
        (gate,) = (one for one in found["conditions"] if one["condition"] == "gate.rss")
        assert gate["found"] == f"left out for errors of its own: {rule}"


def test_another_profile_makes_the_feed_anew(room: Newsroom) -> None:
    put(room, whole("ferry"))
    export(room)
    path = room.folder / "config" / "profiles" / "gazette.toml"
    path.write_text(PROFILE.replace('utm_source = "gazette"', 'utm_source = "evening"'), encoding="utf-8")
    export(room)
    assert b"utm_source=evening" in room.tree()["partner/rss.xml"]


@pytest.mark.parametrize(
    ("profile", "format_name", "said"),
    [("gazete", "rss", "no profile 'gazete'"), ("gazette", "atom", "profile = 'gazette' is for rss alone")],
)
def test_faults_name_the_line(room: Newsroom, profile: str, format_name: str, said: str) -> None:
    partner(room, profile, format_name)
    code, _, err = room.call("config", "check")
    assert code == 2
    assert "partner.toml:" in err
    assert said in err


def test_each_article_is_a_file_where_a_document_is_one(newsroom: Newsroom) -> None:
    newsroom.feed("wire")
    path = newsroom.folder / "config" / "feeds" / "wire.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "\n".join('formats = ["nitf"]' if "formats" in line else line for line in text.splitlines()), "utf-8"
    )
    put(newsroom, story("ferry"), story("tide"))
    export(newsroom)
    listed = orjson.loads(newsroom.tree()["wire/nitf/index.json"])
    files = [f"wire/nitf/{one['file']}" for one in listed["items"]]
    assert len(files) == 2
    for file in files:
        assert newsroom.call("validate", str(newsroom.folder / "feeds" / file))[0] == 0
    before = newsroom.tree()
    put(newsroom, story("ferry", headline="Ferry runs again"))
    export(newsroom)
    changed = {path for path, data in newsroom.tree().items() if before.get(path) != data and path.startswith("wire/")}
    assert {path for path in changed if path.endswith(".xml")} == {one for one in files if "ferry" in one}
    assert newsroom.call("articles", "kill", "tag:harbour.example,2019:story:tide", now=NOW)[0] == 0
    export(newsroom)
    tide = next(one for one in files if "tide" in one)
    assert b'management-status="canceled"' in newsroom.tree()[tide]
    assert b"speaks about tide" not in newsroom.tree()[tide]
    assert newsroom.call("export", now="2026-03-20T12:00:00Z")[0] == 0
    assert tide not in newsroom.tree()
    path.unlink()
    assert newsroom.call("export", now="2026-03-20T12:00:00Z")[0] == 0
    assert not any(one.startswith("wire/") for one in newsroom.tree())


def test_a_podcast_waits_for_what_only_its_publisher_can_say(newsroom: Newsroom) -> None:
    partner(newsroom, "podcast", "rss-podcast")
    sound = {"href": "https://harbour.example/horn.mp3", "type": "audio/mpeg", "bytes": 976_543}
    put(newsroom, story("ferry", media=[{"id": "s1", "type": "audio", "duration": 61, "renditions": [sound]}]))
    err = export(newsroom, code=1)
    for place, name in (("itunes:explicit", "explicit"), ("itunes:image@href", "image")):
        written = f"an export writes it once [values] of config/profiles/podcast.toml has {name}; a new file begins"
        assert f"channel needs {place} ({name}); {written}" in err
    assert "partner/podcast.xml" not in newsroom.tree()
    folder = newsroom.folder / "config" / "profiles"
    folder.mkdir()
    values = '[values]\nexplicit = "false"\nimage = "https://harbour.example/show.jpg"\n'
    (folder / "podcast.toml").write_text(f'base = "podcast"\nname = "podcast"\n{values}', encoding="utf-8")
    assert "[itunes." not in export(newsroom)
    data = newsroom.tree()["partner/podcast.xml"]
    assert b'<itunes:explicit>false</itunes:explicit><itunes:image href="https://harbour.example/show.jpg"/>' in data
    assert [data.count(one) for one in (b"<itunes:explicit>", b"<itunes:category ", b"<itunes:author>")] == [1, 1, 1]
    said = values.replace('"false"', '"perhaps"')
    (folder / "podcast.toml").write_text(f'base = "podcast"\nname = "podcast"\n{said}', encoding="utf-8")
    assert "itunes:explicit must be true or false, not 'perhaps'" in export(newsroom, code=1)
