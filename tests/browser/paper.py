"""A made-up paper with feeds in sections and two languages, to be looked at in a browser."""

import json
from pathlib import Path
from typing import Any

from tests.cli import process

NOW = "2026-03-06T07:00:00Z"
CONFIG = """[publisher]
name = "The Skerry Mail"
url = "https://skerrymail.example/"
language = "en-GB"
tag_authority = "skerrymail.example,2019"
rights = "© 2026 The Skerry Mail"

[output]
url = "https://skerrymail.example/feeds/"
"""
FEED = """id = "{id}"
title = "{title}"
link = "https://skerrymail.example/{id}"
description = "{description}"
formats = [{formats}]
"""
PAGE = '"rss", "atom", "preview"'
FEEDS = (
    ("latest", "Latest", "Everything that the newsroom sends out", PAGE, ""),
    ("harbour", "Harbour", "Ferries, cranes, tides and who pays for them", PAGE, '[select]\nsections = ["harbour"]\n'),
    ("tides", "Tide tables", "High and low water, a week ahead", '"rss", "atom"', '[select]\nsections = ["harbour"]\n'),
    ("council", "Council", "Votes, budgets and the school roof", PAGE, '[select]\nsections = ["town"]\n'),
    ("arabic", "ميناء سكيري", "أخبار الميناء بالعربية", PAGE, 'language = "ar"\n[select]\nsections = ["بالعربية"]\n'),
    ("nothing", "Regatta", "Starts again in May", PAGE, '[select]\nsections = ["sport"]\n'),
)  # fmt: skip
HOSTILE = '<script>window.stolen = 1</script><img src=x onerror="window.stolen = 1">'


def stories() -> list[dict[str, Any]]:
    """The stories, as `article-json` reads them."""
    return [
        _story(
            "crane", "Crane on pier 4 will stand still until Easter", "harbour", "2026-03-05T16:20:00Z",
            updated="2026-03-06T06:10:00Z",
            abstract="A crack, found by a diver who was looking for something else, costs the harbour 300,000.",
            authors=[{"name": "Ada Holm"}, {"name": "Jon Ferry"}],
            dateline={"text": "Port Ellis —", "place": "Port Ellis"},
            highlights=["The crack is 40 centimetres long", "Containers go by way of Long Skerry"],
            body=[
                _paragraph("The crane that unloads every second container will stand still for six weeks, harbour "
                           "master Rolf Brandt said on <em>Thursday</em>. A diver had found a crack in its foot."),
                _paragraph('The council hears the <a href="https://skerrymail.example/report">surveyor’s report</a> on '
                           "Monday; until then nobody may walk beneath the arm."),
                {"type": "heading", "level": 2, "html": "What it costs"},
                {"type": "table", "html": "<table><tr><th>Item</th><th>Pounds</th></tr><tr><td>New foot</td>"
                                          "<td>210,000</td></tr><tr><td>Barges for six weeks</td><td>90,000</td></tr>"
                                          "</table>"},
                {"type": "quote", "html": "We would rather wait than count.", "cite": "Rolf Brandt, harbour master"},
                {"type": "media", "media": "m2"},
                {"type": "related", "title": "The winter the ferry froze in", "url": "https://skerrymail.example/winter"},
            ],
            media=[
                {"id": "m1", "type": "picture", "role": "lead", "title": "The crane at low water",
                 "caption": "The crack lies a metre below the waterline.", "credit": "Mia Sand",
                 "renditions": [{"href": "https://media.example/crane.jpg", "type": "image/jpeg", "width": 1600,
                                 "height": 900}]},
                {"id": "m2", "type": "video", "title": "A diver shows the crack", "source": "SMTV", "duration": 95,
                 "renditions": [{"href": "https://media.example/crack.mp4", "type": "video/mp4", "width": 1280,
                                 "height": 720}]},
            ],
            correction="An earlier version gave the length of the crack as four metres.",
        ),
        _story("ferry", "Ferry adds a late crossing for the spring tides", "harbour", "2026-03-04T09:00:00Z"),
        _story("eels", "Eels are back in the old dock, and nobody knows why", "harbour", "2026-03-03T12:30:00Z"),
        _story("roof", "School roof: council finds the missing 40,000", "town", "2026-03-05T20:05:00Z"),
        _story("bins", "Blue bins come a week later, and this time it is meant", "town", "2026-03-02T18:00:00Z"),
        _story("hostile", "Letters: what is this doing in my inbox?", "town", "2026-03-01T10:00:00Z",
               body=[_paragraph(HOSTILE.replace("<", "&lt;")), _paragraph("x" * 300)]),
        _story("arabic", "رافعة الميناء تتوقف ستة أسابيع", "بالعربية", "2026-03-05T17:00:00Z", language="ar",
               authors=[{"name": "ليلى حداد"}], body=[_paragraph("قال مدير الميناء رولف براندت إن الرافعة ستتوقف.")]),
    ]  # fmt: skip


def publish(folder: Path) -> Path:
    """The working directory of the paper, exported; the folder."""
    (folder / "config" / "feeds").mkdir(parents=True)
    (folder / "config" / "syndicate.toml").write_text(CONFIG, encoding="utf-8")
    for name, title, description, formats, rest in FEEDS:
        text = FEED.format(id=name, title=title, description=description, formats=formats) + rest
        (folder / "config" / "feeds" / f"{name}.toml").write_text(text, encoding="utf-8")
    lines = [json.dumps(one) for one in stories()]
    (folder / "stories.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for step in (["import", "stories.jsonl"], ["export"]):
        code, _, err = process.run("--now", NOW, *step, folder=folder)
        assert code == 0, err
    return folder


def _story(name: str, headline: str, section: str, published: str, **fields: Any) -> dict[str, Any]:
    return {
        "guid": f"tag:skerrymail.example,2019:story:{name}",
        "headline": headline,
        "sections": [section],
        "published": published,
        "updated": published,
        "url": f"https://skerrymail.example/{name}",
        "language": "en-GB",
        "body": [_paragraph(f"{headline}. The rest of the story can be read on the paper’s own pages.")],
        **fields,
    }


def _paragraph(html: str) -> dict[str, str]:
    return {"type": "paragraph", "html": html}
