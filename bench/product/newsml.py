"""The product's side of W3: a NewsML-G2 item for each article, in one process; reading the articles is not timed."""

import argparse
import json
import time
from datetime import datetime
from itertools import islice
from pathlib import Path

from syndicate.formats import base as formats
from syndicate.formats.newsml_g2 import render
from syndicate.markup.xml import DECLARATION
from syndicate.model.article import Article
from syndicate.model.content import Content
from syndicate.model.draft import Draft, Reading
from syndicate.model.feed import Publisher

PUBLISHER = Publisher(
    name="Quayside Courier",
    url="https://quayside.example/",
    language="en-GB",
    tag_authority="quayside.example,2020",
    rights="© Quayside Courier",
)


def read(path: Path, items: int, now: str) -> list[Article]:
    """The first articles of the file, as an import would read them."""
    reading = Reading(now=datetime.fromisoformat(now), language=PUBLISHER.language)
    with path.open("rb") as stream:
        drafts = formats.reader("article-json").read(stream, str(path), reading)
        return [one.article for one in islice(drafts, items) if isinstance(one, Draft)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--now", required=True)
    parser.add_argument("--out", type=Path, help="write the items below this folder too (not timed)")
    given = parser.parse_args()
    articles = read(given.articles, given.items, given.now)
    started = time.perf_counter()
    made = [render.fragment(article, PUBLISHER, Content.FULL) for article in articles]
    took = time.perf_counter() - started
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(made):
            (given.out / f"{number}.xml").write_bytes(DECLARATION + data)
    print(json.dumps({"inside": took, "items": len(made), "bytes": sum(map(len, made))}))


if __name__ == "__main__":
    main()
