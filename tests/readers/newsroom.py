"""What the newsroom publishes for the readers to read: the demo's stories, a harder one, and three acts."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from syndicate.cli.init import write_samples
from tests.newsroom import Newsroom

MINTED = "tag:harbour.example,2019:"


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a reader ought to show of a story; `text` are words of it in their order, the last ones among them."""

    id: str
    title: str
    published: str
    updated: str
    text: tuple[str, ...]
    link: str | None = None
    authors: tuple[str, ...] = ()
    enclosure: str | None = None
    is_sound: bool = False


FERRY = Story(
    id=f"{MINTED}page:ferry-repairs",
    title="Ferry to Long Skerry stops for two weeks while a crane is mended",
    published="2026-03-03T17:20:00Z",
    updated="2026-03-03T17:20:00Z",
    text=("with 31 passengers & nine cars", "a night boat < 12 metres long", "Priya Raman contributed to this report."),
)
ROOF = Story(
    id=f"{MINTED}story:school-roof",
    title="School roof: council finds the missing 40,000",
    link="https://harbour.example/2026/02/26/school-roof",
    published="2026-02-26T16:20:00Z",
    updated="2026-02-27T09:05:00Z",
    authors=("Jonas Feld",),
    text=("booked under “playground”", "The council has found the 40,000", "It is 40,000."),
)
EELS = Story(
    id=f"{MINTED}story:eel-count",
    title="Eels return to the Ellis in numbers not seen since the sixties",
    link="https://harbour.example/2026/02/27/eels",
    published="2026-02-27T07:00:00Z",
    updated="2026-02-27T07:00:00Z",
    authors=("Priya Raman",),
    text=("five times as many as a year ago", "2025: 240 eels", "Ingrid Moss, river trust"),
    enclosure="https://harbour.example/media/eels-1600.jpg",
)
MILL = Story(
    id=f"{MINTED}story:tide-mill",
    title="What a tide mill can still teach engineers",
    link="https://harbour.example/2026/02/25/tide-mill",
    published="2026-02-25T12:00:00Z",
    updated="2026-02-25T12:00:00Z",
    authors=("Tove Lind",),
    text=("ground flour by the tide", "41 %", "Eels return to the Ellis"),
)
TEA = Story(
    id=f"{MINTED}story:tea",
    title="Tea & toast < 3 pence: Café “Élan” opens on the quay – 港 says yes",
    link="https://harbour.example/2026/02/24/tea?cup=1&saucer=2",
    published="2026-02-24T06:30:00Z",
    updated="2026-02-24T10:45:00Z",
    authors=("Ada Holm", "Søren Åby"),
    text=("Tea costs 2 pence & toast costs < 3", "Über den Kai: 港", "The last word is &amp;."),
    enclosure="https://harbour.example/media/kettle.mp3",
    is_sound=True,
)
FIRST = (FERRY, ROOF, EELS, MILL, TEA)
MENDED = replace(
    ROOF,
    title="School roof: council finds the missing 44,000",
    updated="2026-03-04T09:00:00Z",
    text=("The council has found the 44,000", "Work starts in the Easter holidays."),
)
BELL = Story(
    id=f"{MINTED}story:bell",
    title="The bell of the old light rings again",
    link="https://harbour.example/2026/03/04/bell",
    published="2026-03-04T10:00:00Z",
    updated="2026-03-04T10:00:00Z",
    authors=("Tove Lind",),
    text=("It rang at six.",),
)


def open_newsroom(folder: Path, capture: pytest.CaptureFixture[str]) -> Newsroom:
    """The demo's newsroom with one more story, exported."""
    write_samples(folder)
    room = Newsroom(folder, capture)
    room.story("stories/tea.jsonl", _tea())
    _do(room, "import", str(folder / "stories"), now="2026-03-04T06:00:00Z")
    _do(room, "export", now="2026-03-04T06:00:00Z")
    return room


def correct(room: Newsroom) -> None:
    """Mend the sum in the story about the roof: `ROOF` becomes `MENDED`."""
    mended = _as_json(MENDED, MENDED.text)
    _do(room, "import", str(room.story("mended.jsonl", mended)), now="2026-03-04T09:00:00Z")
    _do(room, "export", now="2026-03-04T09:00:00Z")


def add(room: Newsroom) -> None:
    """Publish `BELL`."""
    _do(room, "import", str(room.story("bell.jsonl", _as_json(BELL, BELL.text))), now="2026-03-04T10:00:00Z")
    _do(room, "export", now="2026-03-04T10:00:00Z")


def kill(room: Newsroom) -> None:
    """Take `MILL` back."""
    killed = {**_as_json(MILL, ()), "status": "canceled"}
    _do(room, "import", str(room.story("killed.jsonl", killed)), now="2026-03-04T11:00:00Z")
    _do(room, "export", now="2026-03-04T11:00:00Z")


def _do(room: Newsroom, *arguments: str, now: str) -> None:
    code, out, err = room.call(*arguments, now=now)
    assert code == 0, out + err


def _as_json(story: Story, paragraphs: tuple[str, ...]) -> dict[str, Any]:
    return {
        "guid": story.id,
        "headline": story.title,
        "authors": [{"name": name} for name in story.authors],
        "body": [{"type": "paragraph", "html": text} for text in paragraphs],
        "published": story.published,
        "updated": story.updated,
        "url": story.link,
    }


def _tea() -> dict[str, Any]:
    paragraphs = (
        "<strong>Tea</strong> costs 2 pence &amp; toast costs &lt; 3, says the menu.",
        'Über den Kai: <span lang="ja">港</span>',
        "The last word is &amp;amp;.",
    )
    sound = {"href": TEA.enclosure, "type": "audio/mpeg", "bytes": 48213}
    media = {"id": "m1", "type": "audio", "role": "lead", "title": "A kettle", "duration": 12, "renditions": [sound]}
    return {**_as_json(TEA, paragraphs), "media": [media]}
