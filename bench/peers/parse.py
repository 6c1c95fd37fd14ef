"""Other people's readers over the same documents: feedparser, lxml whole or item by item, lxml with a schema."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from reading import report


def feedparser(path: Path) -> None:
    """Read as feedparser does; it does not raise for a bad document, so that is checked."""
    import feedparser as library

    read = library.parse(path.read_bytes())
    if read.bozo or not read.entries:
        raise SystemExit(f"{path}: feedparser could not read it")


def lxml(path: Path) -> None:
    """Parse the whole document."""
    from lxml import etree

    etree.parse(path, etree.XMLParser(huge_tree=True))


def iterparse(path: Path) -> None:
    """Parse and drop item by item, in little memory."""
    from lxml import etree

    for _, item in etree.iterparse(path, tag=("item", "{*}entry"), huge_tree=True):
        item.clear(keep_tail=False)
        while (before := item.getprevious()) is not None and (parent := item.getparent()) is not None:
            parent.remove(before)


READERS: dict[str, Callable[[Path], None]] = {"feedparser": feedparser, "lxml": lxml, "iterparse": iterparse}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with", dest="reader", choices=READERS, required=True)
    parser.add_argument("--times", type=int, default=1, help="how often; `inside` is the mean of all but the first")
    parser.add_argument("path", type=Path, help="a document, or a folder of them")
    given = parser.parse_args()
    paths = sorted(given.path.glob("*.xml")) if given.path.is_dir() else [given.path]
    read = READERS[given.reader]
    started = time.perf_counter()
    for turn in range(given.times):
        if turn == 1:
            started = time.perf_counter()
        for path in paths:
            read(path)
    report((time.perf_counter() - started) / max(1, given.times - 1), documents=len(paths))


if __name__ == "__main__":
    main()
