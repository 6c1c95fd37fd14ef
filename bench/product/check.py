"""The product's side of W4 in one process: the same documents checked again and again, the first time not counted."""

import argparse
import json
import time
from datetime import datetime
from pathlib import Path

from syndicate.validate.run import check


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how often; `inside` is the mean of all but the first")
    parser.add_argument("--now", required=True)
    parser.add_argument("--schemas", type=Path)
    parser.add_argument("path", type=Path, help="a document, or a folder of them")
    given = parser.parse_args()
    now = datetime.fromisoformat(given.now)
    paths = sorted(given.path.glob("*.xml")) if given.path.is_dir() else [given.path]
    started = time.perf_counter()
    bad = 0
    for turn in range(given.times):
        if turn == 1:
            started = time.perf_counter()
        bad = sum(not check(path.read_bytes(), now=now, schemas=given.schemas).valid for path in paths)
    took = (time.perf_counter() - started) / max(1, given.times - 1)
    print(json.dumps({"inside": took, "documents": len(paths), "bad": bad}))
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
