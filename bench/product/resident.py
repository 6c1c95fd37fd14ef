"""The product's side of W2 in a process that stays, as the scheduler does: changes imported and published one by one.

What is timed is the publishing: from the change that is committed to the last rename; `each` is that per document, and
`each_cpu` the same in seconds of processor. The first change only makes the process know what is published, and is not
counted. With `--idle` the changes only come before, and what is timed is being asked again, so many times, when nothing
has changed.
"""

import argparse
import json
import statistics
import time
from datetime import datetime
from pathlib import Path

from syndicate.app import App, open_app
from syndicate.clock import FixedClock
from syndicate.ingest.prepare import Import
from syndicate.ingest.run import ingest
from syndicate.model.draft import Reading
from syndicate.outcome import Outcome
from syndicate.schedule.resident import Resident


def bring_in(app: App, change: str) -> None:
    """Import the file; its one article must be a new version."""
    reading = Reading(now=app.clock.now(), language=app.publisher.language)
    answers = list(ingest(app.store, [change], Import(reading=reading, tag_authority=app.publisher.tag_authority)))
    if [one.state for one in answers] != ["updated"]:
        raise SystemExit(f"{change}: {answers[0].state}: {answers[0].reason}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--now", required=True)
    parser.add_argument("--idle", type=int, default=0)
    parser.add_argument("changes", nargs="+", help="files with one changed article each, in order")
    given = parser.parse_args()
    took: list[tuple[float, float]] = []
    outcomes: list[Outcome] = []
    with open_app(given.config, FixedClock(datetime.fromisoformat(given.now))) as app:
        resident, feeds = Resident(app), tuple(feed.id for feed in app.feeds)
        for change in given.changes:
            bring_in(app, change)
            seconds, outcomes = timed(resident, feeds)
            took.append(seconds)
        idle = [timed(resident, feeds) for _ in range(given.idle)]
    written = sum(one.state == "written" for one in outcomes)
    asked_in_vain = sum(len(found) for _, found in idle)
    counted = [seconds for seconds, _ in idle] or took[1:]
    inside, cpu = (statistics.median(values) for values in zip(*counted, strict=True))
    documents = max(1, written)
    figures = {"inside": inside, "each": inside / documents, "each_cpu": cpu / documents}
    print(json.dumps(figures | {"documents": written, "idle": asked_in_vain}))


def timed(resident: Resident, feeds: tuple[str, ...]) -> tuple[tuple[float, float], list[Outcome]]:
    """Seconds, of the clock and of the processor, of bringing the feeds up to date, and what became of them."""
    started, used = time.perf_counter(), time.process_time()
    outcomes = resident.update(feeds)
    return (time.perf_counter() - started, time.process_time() - used), outcomes


if __name__ == "__main__":
    main()
