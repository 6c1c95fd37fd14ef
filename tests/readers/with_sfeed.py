"""sfeed, small programs for the shell. Its sfeedrc here has the two functions that docs/readers.md shows."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ROOT
from tests.readers.entries import FIRST_AUTHOR, NOT, YES, Entry, Reader, plain, run_program

PAGE = ROOT / "docs" / "readers.md"


def _subscribe(folder: Path, address: str) -> Callable[[], list[Entry]]:
    (folder / ".sfeed" / "etags").mkdir(parents=True)
    (folder / "feeds").mkdir()
    (functions,) = re.findall(r"^```sh sfeedrc\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    config = folder / "sfeedrc"
    config.write_text(
        f'sfeedpath="$HOME/feeds"\n{functions}\nfeeds() {{\n\tfeed "news" "{address}"\n}}\n', encoding="utf-8"
    )

    def poll() -> list[Entry]:
        run_program("sfeed_update", config, folder=folder)
        lines = (folder / "feeds" / "news").read_text(encoding="utf-8").splitlines()
        return [_entry(*line.split("\t")) for line in lines]

    return poll


def _entry(seconds: str, title: str, link: str, content: str, _kind: str, guid: str, *rest: str) -> Entry:
    author, enclosure, _categories = rest
    return Entry(
        id=guid,
        title=title,
        link=link or None,
        published=datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        author=author or None,
        text=plain(content.replace("\\n", "\n")),
        enclosure=enclosure or None,
    )


READER = Reader(
    name="sfeed",
    program="shell",
    is_there=lambda: all(map(shutil.which, ("sfeed_update", "sfeed", "curl"))),
    subscribe=_subscribe,
    shows={**YES, "updated": NOT, "author": FIRST_AUTHOR},
    keeps=True,
)
