"""Real readers subscribe to the demo's feeds and poll them through a correction, a new story and a kill."""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import require
from tests.newsroom import Newsroom
from tests.readers import newsroom as news
from tests.readers.entries import Entry, Reader
from tests.readers.newsroom import BELL, FIRST, MENDED, MILL, ROOF, Story
from tests.readers.shelf import PAGE, READERS, table
from tests.web.servers import Server, syndicate
from tests.web.wire import Client

Poll = Callable[[], list[Entry]]
FORMS = ("rss", "atom")
OTHERS = [story for story in FIRST if story is not ROOF]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_reader_follows_the_newsroom(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    require(reader.is_there(), f"{reader.name} is not installed")
    (tmp_path / "room").mkdir()
    room = news.open_newsroom(tmp_path / "room", capsys)
    with syndicate(room.folder, before=("--verbose",)) as server:
        polls = {form: subscribe(reader, tmp_path / form, form, server) for form in FORMS}
        for form, poll in polls.items():
            lists(reader, form, poll(), FIRST)
            unchanged_costs_a_304(reader, form, poll, server)
        news.correct(room)
        is_served(room, server)
        everyone_sees(reader, polls, [MENDED, *OTHERS])
        news.add(room)
        is_served(room, server)
        everyone_sees(reader, polls, [BELL, MENDED, *OTHERS])
        news.kill(room)
        is_served(room, server)
        left = [story for story in (BELL, MENDED, *OTHERS) if story is not MILL]
        everyone_sees(reader, polls, [*left, MILL] if reader.keeps else left)
        if reader.keeps:
            fresh = subscribe(reader, tmp_path / "fresh", "rss", server)
            lists(reader, "rss", fresh(), left)
        assert {entry.id for entry in polls["rss"]()} >= {story.id for story in left}


def subscribe(reader: Reader, folder: Path, form: str, server: Server) -> Poll:
    folder.mkdir()
    return reader.subscribe(folder, f"http://127.0.0.1:{server.port}/all/{form}.xml")


def is_served(room: Newsroom, server: Server) -> None:
    """Return as soon as what was published last is served; the server looks for changes every tenth of a second."""
    pause = threading.Event()
    for form in FORMS:
        wanted = (room.folder / "feeds" / "all" / f"{form}.xml").read_bytes()
        with Client(server.port) as client:
            for _ in range(100):
                if client.get(f"/all/{form}.xml").body == wanted:
                    break
                pause.wait(0.02)


def everyone_sees(reader: Reader, polls: dict[str, Poll], stories: Sequence[Story]) -> None:
    for form, poll in polls.items():
        lists(reader, form, poll(), stories)


def lists(reader: Reader, form: str, entries: list[Entry], stories: Sequence[Story]) -> None:
    """Each story is there once, with every field that the reader shows, and nothing else is there."""
    shown = reader.shown_in(form)
    found = {entry.id: {name: getattr(entry, name) for name in shown} for entry in entries}
    assert found == {story.id: {name: how.of(story) for name, how in shown.items()} for story in stories}
    assert len(entries) == len(stories)
    texts = {entry.id: entry.text or "" for entry in entries}
    for story in stories:
        assert in_order(texts[story.id], story.text) == list(story.text)


def in_order(text: str, words: Sequence[str]) -> list[str]:
    """Those of the words that stand in the text, each behind the one before."""
    found: list[str] = []
    at = 0
    for one in words:
        if (place := text.find(one, at)) >= 0:
            found.append(one)
            at = place + len(one)
    return found


def unchanged_costs_a_304(reader: Reader, form: str, poll: Poll, server: Server) -> None:
    """Polls again until the poll that is the first to ask conditionally: it lists the same, for a 304 and no 200."""
    for number in range(2, reader.conditional_from + 1):
        before = len(answers(server, form, at_least=number - 1))
        lists(reader, form, poll(), FIRST)
        told = answers(server, form, at_least=before + 1)[before:]
        # A newer release may ask conditionally sooner than the one that the page names.
        assert set(told) <= ({304} if number == reader.conditional_from else {200, 304})


def answers(server: Server, form: str, *, at_least: int) -> list[int]:
    """The states that the server gave for that document, as its log tells them."""
    pause = threading.Event()
    for _ in range(250):
        lines = [line for line in server.said.read_text(encoding="utf-8").split("\n")[:-1] if line.startswith("{")]
        told = [json.loads(line) for line in lines]
        states = [int(one["status"]) for one in told if one["path"] == f"/all/{form}.xml"]
        if len(states) >= at_least:
            return states
        pause.wait(0.02)
    raise AssertionError("the server logs no request")


def test_the_page_says_what_is_tested() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert table() in page, "docs/readers.md ought to have this table:\n" + table()


def test_the_newsroom_is_the_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room: Newsroom = news.open_newsroom(tmp_path, capsys)
    listed = room.json("articles", "list")
    assert {one["guid"] for one in listed} == {story.id for story in FIRST}
