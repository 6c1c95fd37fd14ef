"""A newsroom with troubles: one feed is stale, one held, one lacks an article; releases are to come, a run has failed.

All of it is so at `NOW`, which the server is told with `--now`.
"""

import json
import re
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from syndicate.app import open_app
from syndicate.cli.main import run
from syndicate.clock import FixedClock
from syndicate.store import outputs, runs
from syndicate.store.engine import Store
from tests.conftest import NOW
from tests.newsroom import CONFIG, FEED, story
from tests.web.servers import Server

AT = NOW.isoformat()
MINUTE = timedelta(minutes=1)
FEEDS = {
    "all": "",
    "town": 'schedule = "*/15 * * * *"\n[select]\nsections = ["town"]\n',
    "sport": 'schedule = "@hourly"\n[select]\nsections = ["sport"]\n',
    "culture": '[select]\nsections = ["culture"]\n',
}
HIDDEN = ("Mayor to resign on Thursday", "story:secret", "Bridge closes for a year", "story:bridge")
FAULT_GUID = "tag:harbour.example,2019:story:s1"
FAULT = {
    "severity": "error",
    "code": "rss.date.invalid",
    "line": 31,
    "column": None,
    "message": "pubDate 'Someday' is no date of RFC 822: write Sun, 01 Mar 2026 08:00:00 GMT",
    "element": "pubDate",
    "help": "docs/rules.md#rss-date-invalid",
    "guid": FAULT_GUID,
}


def make(folder: Path, settings: str = "") -> Path:
    """The newsroom in that folder, which comes back; `settings` are more lines of its configuration."""
    (folder / "config" / "feeds").mkdir(parents=True)
    (folder / "config" / "syndicate.toml").write_text(CONFIG + settings, encoding="utf-8")
    for feed, rest in FEEDS.items():
        define(folder, feed, rest)
    store(folder, _stories(), NOW - 150 * MINUTE)
    call(folder, "export", at=NOW - 149 * MINUTE)
    # The section was renamed by mistake: culture would lose all it has.
    define(folder, "culture", '[select]\nsections = ["cultrue"]\n')
    call(folder, "export", "culture", at=NOW - 50 * MINUTE)
    store(
        folder, [story("crane", headline="The crane stands again", updated="2026-03-04T11:20:00Z")], NOW - 40 * MINUTE
    )
    call(folder, "export", "all", "sport", at=NOW - 39 * MINUTE)
    with open_app(folder / "config" / "syndicate.toml", FixedClock(NOW)) as app:
        _leave_out(app.store)
        _run(app.store)
    return folder


def _stories() -> list[dict[str, object]]:
    """Twelve stories of three sections, and two that are not out yet."""
    sections = ("town", "sport", "culture")
    out = [
        story(f"s{n}", sections=[sections[n % 3]], updated=f"2026-03-0{1 + n % 3}T{6 + n:02}:00:00Z") for n in range(12)
    ]
    hidden = [
        story("secret", headline=HIDDEN[0], embargo="2026-03-05T06:00:00Z"),
        story("bridge", headline=HIDDEN[2], sections=["sport"], published="2026-03-04T14:00:00Z",
              updated="2026-03-04T14:00:00Z"),
    ]  # fmt: skip
    return [*out, *hidden]


def define(folder: Path, feed: str, rest: str) -> None:
    """A feed definition."""
    path = folder / "config" / "feeds" / f"{feed}.toml"
    path.write_text(FEED.format(id=feed).replace(f": {feed}", f": {feed.capitalize()}") + rest, encoding="utf-8")


def store(folder: Path, articles: list[dict[str, object]], at: object) -> None:
    """Import these articles at that moment."""
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
    call(folder, "import", str(path), at=at)


def call(folder: Path, *arguments: str, at: object) -> int:
    """A command in that folder at that moment."""
    moment = at if isinstance(at, str) else at.isoformat()  # type: ignore[attr-defined]
    return run(["--config", str(folder / "config" / "syndicate.toml"), "--now", moment, "--quiet", *arguments])


def _leave_out(opened: Store) -> None:
    """Let the sport feed's RSS lack an article, as an export would note it."""
    with opened.write() as connection:
        (found,) = (one for one in outputs.of_feed(connection, "sport") if one.format == "rss")
        outputs.keep_all(connection, [replace(found, left_out=(FAULT_GUID,), findings=(FAULT,))])


def _run(opened: Store) -> None:
    """Runs of schedulers: some that ended well, and since 11:30 one after the other that failed."""
    for minutes, outcome, detail in (
        (90, "3 written", None),
        (75, "unchanged", None),
        (60, "2 written", None),
        (45, "unchanged", None),
        (30, runs.FAILED, "PublishError: feeds/town: No space left on device"),
        (15, runs.FAILED, "PublishError: feeds/town: No space left on device"),
    ):
        end(opened, "town", minutes, outcome, detail)
    end(opened, "sport", 60, "3 written, 1 articles left out", None)
    end(opened, "@on-change", 39, "3 written, 1 held", None)


def end(opened: Store, job: str, minutes: int, outcome: str, detail: str | None) -> None:
    """A run of that job so many minutes ago, which took a second and a half."""
    slot = NOW - minutes * MINUTE
    runs.insert_slots(opened, job, [slot], None)
    claim = runs.claim(opened, [job], "desk:411", slot, MINUTE)
    assert claim is not None
    assert runs.finish(opened, claim, slot + timedelta(seconds=1.5), outcome, detail)


def home_of(server: Server) -> int:
    """The port of the status page, once the server has said it."""
    pause = threading.Event()
    for _ in range(500):
        if found := re.search(rb"http://127\.0\.0\.1:(\d+)/-/status", server.said.read_bytes()):
            return int(found[1])
        pause.wait(0.02)
    raise AssertionError("there is no status page")
