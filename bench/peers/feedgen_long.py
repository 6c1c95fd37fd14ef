"""One long RSS feed of the newest articles through feedgen."""

import argparse
import json
import sqlite3
import time
from pathlib import Path

from feedgen.feed import FeedGenerator
from feedgen_feeds import add
from reading import moment, report, write

NEWEST = """SELECT doc FROM article WHERE guid IN
(SELECT guid FROM article ORDER BY updated DESC, guid DESC LIMIT ?) ORDER BY updated DESC, guid DESC"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--items", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    started = time.perf_counter()
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.title("Everything")
    generator.description("Everything there is")
    generator.link(href="https://quayside.example/all", rel="alternate")
    count = 0
    for (text,) in sqlite3.connect(given.store / "peers.sqlite").execute(NEWEST, (given.items,)):
        article = json.loads(text)
        if count == 0:
            generator.lastBuildDate(moment(article["updated"]))
        add(generator, article)
        count += 1
    size = write(given.out, generator.rss_str())
    report(time.perf_counter() - started, items=count, bytes=size)


if __name__ == "__main__":
    main()
