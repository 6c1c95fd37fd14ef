"""Writes the feeds with the articles in them as JSON, for peers that have no SQLite in their standard library."""

import argparse
import json
from pathlib import Path

import reading


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    given = parser.parse_args()
    chosen = reading.windows(given.store)
    articles = {article["guid"]: article for _, window in chosen for article in window}
    feeds = [{**feed, "guids": [article["guid"] for article in window]} for feed, window in chosen]
    text = json.dumps({"feeds": feeds, "articles": articles}, ensure_ascii=False)
    (given.store / "windows.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
