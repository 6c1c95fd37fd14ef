"""The floor: the bytes of documents that lie there already, written under another name and renamed; nothing rendered.

With `--gzip` a compressed copy (level 6) is written beside each: the difference is what such copies cost.
"""

import argparse
import gzip
import time
from pathlib import Path

from reading import report, write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="a published tree")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gzip", action="store_true")
    given = parser.parse_args()
    documents = [path.read_bytes() for path in sorted(given.source.glob("*/*.xml"))]
    given.out.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    size = 0
    for number, data in enumerate(documents):
        size += write(given.out / f"{number}.xml", data)
        if given.gzip:
            size += write(given.out / f"{number}.xml.gz", gzip.compress(data, 6))
    report(time.perf_counter() - started, documents=len(documents), bytes=size)


if __name__ == "__main__":
    main()
