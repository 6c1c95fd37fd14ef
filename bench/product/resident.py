"""The product's side of W2 in a process that stays: changes one after another, each imported and published.

`publish` is the one place to change when the product gets a way of its own to publish a change from a process that
keeps its state; now it is what every export does.
"""

import argparse
import json
import statistics
import time
from datetime import datetime
from pathlib import Path

from syndicate.app import App, open_app
from syndicate.clock import FixedClock
from syndicate.ingest.run import Import, ingest
from syndicate.model.draft import Reading
from syndicate.pipeline import Order, Outcome, export


def publish(app: App, change: str) -> list[Outcome]:
    """Import the file and bring the published tree up to date; the outcome of each document comes back."""
    reading = Reading(now=app.clock.now(), language=app.publisher.language)
    answers = list(ingest(app.store, [change], Import(reading=reading, tag_authority=app.publisher.tag_authority)))
    if [one.state for one in answers] != ["updated"]:
        raise SystemExit(f"{change}: {answers[0].state}: {answers[0].reason}")
    return list(export(app, Order()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--now", required=True)
    parser.add_argument("changes", nargs="+", help="files with one changed article each, in order")
    given = parser.parse_args()
    took, written = [], 0
    with open_app(given.config, FixedClock(datetime.fromisoformat(given.now))) as app:
        for change in given.changes:
            started = time.perf_counter()
            outcomes = publish(app, change)
            took.append(time.perf_counter() - started)
            written = sum(one.state == "written" for one in outcomes)
    print(json.dumps({"inside": statistics.median(took), "documents": written}))


if __name__ == "__main__":
    main()
