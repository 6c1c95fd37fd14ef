"""Writes one long RSS document for the checks: as many items as asked for, from the articles over and over."""

import argparse
import json
from itertools import cycle, islice
from pathlib import Path

from fstring_feeds import rss
from reading import write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--items", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with given.articles.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in islice(lines, given.items)]
    feed = {"title": "Everything", "link": "https://quayside.example/all", "description": "Everything there is"}
    items = [
        {**article, "guid": f"{article['guid']}:{number}", "url": f"{article['url']}/{number}"}
        for number, article in enumerate(islice(cycle(articles), given.items))
    ]
    write(given.out, rss(feed, items))


if __name__ == "__main__":
    main()
