"""The W3C feed validator over the same document, from a checkout of it for Python 3."""

import argparse
import sys
import time
from pathlib import Path

from reading import report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkout", type=Path, required=True)
    parser.add_argument("--times", type=int, default=1, help="how often; `inside` is the mean of all but the first")
    parser.add_argument("path", type=Path)
    given = parser.parse_args()
    sys.path.insert(0, str(given.checkout / "src"))
    import feedvalidator

    data = given.path.read_bytes()
    started = time.perf_counter()
    events = 0
    for turn in range(given.times):
        if turn == 1:
            started = time.perf_counter()
        found = feedvalidator.validateString(data, firstOccurrenceOnly=0, base="https://quayside.example/")
        events = len(found["loggedEvents"])
    report((time.perf_counter() - started) / max(1, given.times - 1), documents=1, events=events)


if __name__ == "__main__":
    main()
