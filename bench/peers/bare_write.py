"""The floor of a change: the bytes of the documents that it touches, written, made durable and renamed, nothing else.

Each file is flushed before its rename, as the product does it. `inside` is the median of many times.
"""

import argparse
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from reading import report


def put(out: Path, documents: Sequence[bytes]) -> float:
    """Write all of them; the seconds that it took."""
    started = time.perf_counter()
    for number, data in enumerate(documents):
        path = f"{out}/{number}.xml"
        with open(f"{path}.new", "wb", buffering=0) as file:
            file.write(data)
            os.fsync(file.fileno())
        os.rename(f"{path}.new", path)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("paths", nargs="+", type=Path, help="documents that lie there already")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    documents = [path.read_bytes() for path in given.paths]
    took = statistics.median([put(given.out, documents) for _ in range(given.times)])
    report(took, documents=len(documents), bytes=sum(map(len, documents)), each=took / len(documents))


if __name__ == "__main__":
    main()
