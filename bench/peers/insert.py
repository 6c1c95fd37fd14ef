"""A bare SQLite insert: each line parsed, the article and its tags put into two tables, a commit every 500 articles."""

import argparse
import json
import sqlite3
import sys
import time
from itertools import islice
from pathlib import Path

from reading import report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from make_store import SCHEMA, tags_of

BATCH = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.unlink(missing_ok=True)
    started = time.perf_counter()
    connection = sqlite3.connect(given.out)
    connection.executescript(SCHEMA)
    count = 0
    with given.articles.open(encoding="utf-8") as lines:
        while batch := list(islice(lines, BATCH)):
            articles = [(json.loads(line), line) for line in batch]
            connection.executemany(
                "INSERT INTO article VALUES (?, ?, ?)", [(one["guid"], one["updated"], line) for one, line in articles]
            )
            connection.executemany(
                "INSERT INTO tagged VALUES (?, ?, ?)",
                [(tag, one["updated"], one["guid"]) for one, _ in articles for tag in tags_of(one)],
            )
            connection.commit()
            count += len(batch)
    connection.close()
    report(time.perf_counter() - started, articles=count)


if __name__ == "__main__":
    main()
