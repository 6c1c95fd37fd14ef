"""What a reading program shows of a feed, in one shape for all of them."""

import html
import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.readers.newsroom import Story


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry as a reader lists it; None is a field that is empty there, or that it does not have.

    Times are RFC 3339 in UTC, `text` is without markup and with single blanks, `enclosure` an address.
    """

    id: str | None = None
    title: str | None = None
    link: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    text: str | None = None
    enclosure: str | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How a reader shows a field: in words for the documentation, and as a function of what was published."""

    words: str
    of: Callable[[Story], str | None]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reading program: how to subscribe with it, and what is known of it.

    `subscribe` takes an empty folder and an address; what it gives back polls once and returns all that is listed then.
    `conditional_from` is the number of the first poll that asks only for what is new. `keeps` tells whether it goes on
    listing an entry that is in the feed no longer. What differs between the formats stands in `in_rss` and `in_atom`.
    """

    name: str
    program: str
    is_there: Callable[[], bool]
    subscribe: Callable[[Path, str], Callable[[], list[Entry]]]
    shows: Mapping[str, Shown]
    in_rss: Mapping[str, Shown] = field(default_factory=dict)
    in_atom: Mapping[str, Shown] = field(default_factory=dict)
    conditional_from: int = 2
    keeps: bool = False

    def shown_in(self, form: str) -> dict[str, Shown]:
        """How it shows each field in `rss` or `atom`."""
        return {**self.shows, **(self.in_rss if form == "rss" else self.in_atom)}


YES = {
    "title": Shown(words="yes", of=lambda story: story.title),
    "link": Shown(words="yes", of=lambda story: story.link),
    "id": Shown(words="yes", of=lambda story: story.id),
    "published": Shown(words="yes", of=lambda story: story.published),
    "updated": Shown(words="yes", of=lambda story: story.updated),
    "author": Shown(words="all", of=lambda story: ", ".join(story.authors) or None),
    "enclosure": Shown(words="yes", of=lambda story: story.enclosure),
}
LINK_OR_ID = Shown(words="the id where there is none", of=lambda story: story.link or story.id)
WHEN_CHANGED = Shown(words="when changed", of=lambda story: story.updated if story.updated != story.published else None)
LAST_AUTHOR = Shown(words="last", of=lambda story: story.authors[-1] if story.authors else None)
FIRST_AUTHOR = Shown(words="first", of=lambda story: story.authors[0] if story.authors else None)
NOT = Shown(words="–", of=lambda story: None)


def plain(markup: str) -> str:
    """The words of some HTML, with single blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def run_program(*command: str | Path, folder: Path) -> str:
    """What a reader prints, run at home in that folder with nothing of ours in its environment; AssertionError with
    its complaints when it fails."""
    done = subprocess.run(
        list(command),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, (command, done.stdout[-500:], done.stderr[-2000:])
    return done.stdout.decode()
